//! Paths from entity to entity, every step cited.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::{Object, SimpleObject};

use super::connection::connection;
use super::document::Citation;
use super::entity::Entity;
use super::relationship::{Relationship, statement};
use super::scope::{Scope, int};
use super::vocabulary::Strength;
use crate::{graph, model, wording};

/// A path in the view that was asked.
#[derive(Clone)]
pub(crate) struct Path {
    scope: Scope,
    path: graph::Path,
    weights: Arc<graph::PathWeights>,
}

impl Path {
    pub(super) fn new(scope: &Scope, path: graph::Path) -> Self {
        Self::weighted(scope, path, Arc::default())
    }

    /// A path whose strength is told by these weights.
    pub(super) fn weighted(scope: &Scope, path: graph::Path, weights: Arc<graph::PathWeights>) -> Self {
        Self { scope: scope.clone(), path, weights }
    }

    /// The ids of its relationships, which no other path from the same entity has.
    pub(super) fn key(scope: &Scope, path: &graph::Path) -> String {
        let start = scope.graph().entity(path.entities[0]).id.to_string();
        let steps = path.steps.iter().map(|step| scope.graph().relationship(step.relationship).id().to_string());
        std::iter::once(start).chain(steps).collect::<Vec<_>>().join(" ")
    }

    /// The relationships it walks, with the citations alone that the view shows.
    fn relationships(&self) -> Vec<Cow<'_, model::relationship::Relationship>> {
        for step in &self.path.steps {
            self.scope.note(&self.scope.graph().relationship(step.relationship).citations);
        }
        let steps = self.path.steps.iter();
        steps.map(|step| self.scope.view.shown(self.scope.graph(), step.relationship)).collect()
    }
}

/// One step of a path.
#[derive(SimpleObject)]
pub(crate) struct Step {
    /// The relationship that the step walks.
    relationship: Relationship,
    /// Whether it walks from the relationship's source to its target; false means against the arrow.
    forward: bool,
}

/// A walk from entity to entity that meets none twice.
#[Object]
impl Path {
    /// The entities it meets, from its start to its end: one more than it has steps.
    async fn entities(&self) -> Vec<Entity> {
        self.path.entities.iter().map(|&index| Entity::new(&self.scope, index)).collect()
    }

    /// The relationships it walks, in order.
    async fn steps(&self) -> Vec<Step> {
        let steps = self.path.steps.iter();
        steps
            .map(|step| Step { relationship: Relationship::new(&self.scope, step.relationship), forward: step.forward })
            .collect()
    }

    /// How many steps it has.
    async fn length(&self) -> i32 {
        int(self.path.steps.len())
    }

    /// How strong it is, 0 to 1, to six places: the product of what its steps leave by the `weights` that were
    /// asked with it, or by the defaults of PathWeightsInput. 1 for a path of no steps.
    async fn score(&self) -> f64 {
        graph::path_strength(self.scope.graph(), &self.scope.view, &self.weights, &self.path)
    }

    /// It as a plain English sentence.
    async fn sentence(&self) -> String {
        let relationships = self.relationships();
        let steps = self.path.steps.iter().zip(&relationships);
        let steps: Vec<_> =
            steps.map(|(step, relationship)| statement(&self.scope, step.relationship, relationship)).collect();
        wording::path(self.scope.graph().entity(self.path.entities[0]), &steps)
    }

    /// Where its steps were read: the citations of all its relationships, sorted by document, each once.
    async fn citations(&self) -> Vec<Citation> {
        let relationships = self.relationships();
        let mut citations: Vec<_> = relationships.iter().flat_map(|relationship| &relationship.citations).collect();
        citations.sort();
        citations.dedup();
        citations.into_iter().map(|citation| Citation::new(&self.scope, citation)).collect()
    }

    /// How firmly its weakest step stands: STATED when every step is stated by a document, also for a path of no steps.
    async fn weakest(&self) -> Strength {
        let weakest = self.relationships().iter().map(|relationship| relationship.strength()).min();
        weakest.unwrap_or(model::citation::Strength::Stated).into()
    }
}

/// A path in a list.
#[derive(SimpleObject)]
pub(crate) struct PathEdge {
    /// Points to this place in the list.
    pub(super) cursor: String,
    /// The path.
    pub(super) node: Path,
}

connection! {
    /// Paths, page by page.
    PathConnection, PathEdge, Path
}
