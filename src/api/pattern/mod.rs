//! The rows of a matched pattern: what each variable stands for, and the evidence for it.

mod parameter;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{MergedObject, Object, SimpleObject};

pub(super) use self::parameter::parameters;
use super::connection::connection;
use super::document::Citation;
use super::entity::Entity;
use super::path::Path;
use super::relationship::Relationship;
use super::scope::Scope;
use super::vocabulary::Strength;
use crate::graph::{self, BoundValue, RelationshipIndex};
use crate::model;

/// A row in the view that was asked.
#[derive(Clone)]
pub(crate) struct Match {
    scope: Scope,
    row: Arc<graph::Match>,
}

impl Match {
    pub(super) fn new(scope: &Scope, row: graph::Match) -> Self {
        Self { scope: scope.clone(), row: Arc::new(row) }
    }

    /// What tells it from all other rows of the same pattern.
    pub(super) fn key(scope: &Scope, row: &graph::Match) -> String {
        let paths = row.paths.iter().map(|path| path.as_ref().map_or("-".to_owned(), |path| Path::key(scope, path)));
        let bound = row.bindings.iter().map(|binding| match &binding.value {
            BoundValue::Nothing | BoundValue::Path(_) => String::new(),
            BoundValue::Entity(entity) => entity.position().to_string(),
            BoundValue::Relationship(relationship) => relationship.position().to_string(),
            BoundValue::Entities(all) => format!("{:?}", all.iter().map(|each| each.position()).collect::<Vec<_>>()),
            BoundValue::Relationships(all) => {
                format!("{:?}", all.iter().map(|each| each.position()).collect::<Vec<_>>())
            }
        });
        paths.chain(bound).collect::<Vec<_>>().join(",")
    }

    /// The relationships of all its paths, each once, in the order in which the paths come to them.
    fn walked(&self) -> Vec<RelationshipIndex> {
        let mut seen = BTreeSet::new();
        let steps = self.row.paths.iter().flatten().flat_map(|path| &path.steps).map(|step| step.relationship);
        steps.filter(|&relationship| seen.insert(relationship)).collect()
    }

    fn shown(&self) -> Vec<Cow<'_, model::relationship::Relationship>> {
        let graph = self.scope.graph();
        self.walked().into_iter().map(|relationship| self.scope.view.shown(graph, relationship)).collect()
    }

    fn bound(&self, position: usize) -> Binding {
        Binding { scope: self.scope.clone(), row: Arc::clone(&self.row), position }
    }
}

/// One way in which a pattern matches.
#[Object]
impl Match {
    /// What the variables stand for, in the order in which the pattern names them first, or as `RETURN` has them.
    async fn bindings(&self) -> Vec<Binding> {
        (0..self.row.bindings.len()).map(|position| self.bound(position)).collect()
    }

    /// What one variable stands for; null where the pattern has no such variable or `RETURN` leaves it out.
    async fn binding(
        &self,
        #[graphql(desc = "The name of the variable as it stands in the pattern.")] name: String,
    ) -> Option<Binding> {
        self.row.bindings.iter().position(|binding| binding.name == name).map(|position| self.bound(position))
    }

    /// The path of each pattern, in their order, from left to right; of an OPTIONAL MATCH that is not there, none. With
    /// `RETURN DISTINCT` those of the first row that has these values.
    async fn paths(&self) -> Vec<Path> {
        self.row.paths.iter().flatten().map(|path| Path::new(&self.scope, path.clone())).collect()
    }

    /// All relationships that its paths walk, each once: the evidence.
    async fn relationships(&self) -> Vec<Relationship> {
        self.walked().into_iter().map(|relationship| Relationship::new(&self.scope, relationship)).collect()
    }

    /// Where all of it was read: the citations of its relationships, sorted by document, each once.
    async fn citations(&self) -> Vec<Citation> {
        let shown = self.shown();
        let mut citations: Vec<_> = shown.iter().flat_map(|relationship| &relationship.citations).collect();
        citations.sort();
        citations.dedup();
        citations.into_iter().map(|citation| Citation::new(&self.scope, citation)).collect()
    }

    /// How firmly its weakest relationship stands; STATED too where it has none.
    async fn weakest(&self) -> Strength {
        let weakest = self.shown().iter().map(|relationship| relationship.strength()).min();
        weakest.unwrap_or(model::citation::Strength::Stated).into()
    }
}

/// A variable of a row.
#[derive(Clone)]
pub(crate) struct Binding {
    scope: Scope,
    row: Arc<graph::Match>,
    position: usize,
}

impl Binding {
    fn value(&self) -> &BoundValue {
        &self.row.bindings[self.position].value
    }
}

/// What a variable of a pattern stands for in one row: one of the fields besides `name` has it, the others are null.
#[Object]
impl Binding {
    /// The name of the variable.
    async fn name(&self) -> &str {
        &self.row.bindings[self.position].name
    }

    /// The entity, where it is a node; null also where what is optional is not there.
    async fn entity(&self) -> Option<Entity> {
        match self.value() {
            BoundValue::Entity(entity) => Some(Entity::new(&self.scope, *entity)),
            BoundValue::Nothing
            | BoundValue::Relationship(_)
            | BoundValue::Entities(_)
            | BoundValue::Relationships(_)
            | BoundValue::Path(_) => None,
        }
    }

    /// The relationship, where it is an edge; null also where what is optional is not there.
    async fn relationship(&self) -> Option<Relationship> {
        match self.value() {
            BoundValue::Relationship(relationship) => Some(Relationship::new(&self.scope, *relationship)),
            BoundValue::Nothing
            | BoundValue::Entity(_)
            | BoundValue::Entities(_)
            | BoundValue::Relationships(_)
            | BoundValue::Path(_) => None,
        }
    }

    /// The entities, where it is a node of a repeated part: one for each repetition, from left to right. Null
    /// otherwise.
    async fn entities(&self) -> Option<Vec<Entity>> {
        match self.value() {
            BoundValue::Entities(all) => Some(all.iter().map(|&each| Entity::new(&self.scope, each)).collect()),
            BoundValue::Nothing
            | BoundValue::Entity(_)
            | BoundValue::Relationship(_)
            | BoundValue::Relationships(_)
            | BoundValue::Path(_) => None,
        }
    }

    /// The relationships, where it is an edge of a repeated part: one for each repetition, from left to right.
    /// Null otherwise.
    async fn relationships(&self) -> Option<Vec<Relationship>> {
        match self.value() {
            BoundValue::Relationships(all) => {
                Some(all.iter().map(|&each| Relationship::new(&self.scope, each)).collect())
            }
            BoundValue::Nothing
            | BoundValue::Entity(_)
            | BoundValue::Relationship(_)
            | BoundValue::Entities(_)
            | BoundValue::Path(_) => None,
        }
    }

    /// The path, where it names one; null otherwise.
    async fn path(&self) -> Option<Path> {
        match self.value() {
            BoundValue::Path(path) => Some(Path::new(&self.scope, path.clone())),
            BoundValue::Nothing
            | BoundValue::Entity(_)
            | BoundValue::Relationship(_)
            | BoundValue::Entities(_)
            | BoundValue::Relationships(_) => None,
        }
    }
}

/// A row in a list.
#[derive(SimpleObject)]
pub(crate) struct MatchEdge {
    /// Points to this place in the list.
    pub(super) cursor: String,
    /// The row.
    pub(super) node: Match,
}

connection! {
    /// Rows, page by page.
    MatchPage, MatchEdge, Match
}

/// One step of how a pattern was answered.
#[derive(SimpleObject)]
pub(crate) struct PlanStep {
    /// What it does, in the words of the pattern.
    action: String,
    /// How many rows it was expected to make.
    estimated_rows: f64,
    /// How many rows it made.
    actual_rows: f64,
}

/// How the rows were found.
#[derive(SimpleObject)]
pub(crate) struct Explanation {
    /// The steps in the order in which they were taken; null unless `explain` asks for them.
    plan: Option<Vec<PlanStep>>,
}

impl Explanation {
    pub(super) fn of(plan: Option<Vec<graph::PlanStep>>) -> Self {
        let step = |step: graph::PlanStep| PlanStep {
            action: step.action,
            estimated_rows: (step.estimated * 10.0).round() / 10.0,
            actual_rows: step.actual as f64,
        };
        Self { plan: plan.map(|steps| steps.into_iter().map(step).collect()) }
    }
}

/// Rows, page by page, and how they were found.
#[derive(MergedObject)]
pub(crate) struct MatchConnection(pub(super) MatchPage, pub(super) Explanation);
