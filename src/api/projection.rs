//! One-mode networks, with what is shared on every edge.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};

use super::connection::{PageArguments, Window, connection};
use super::document::Citation;
use super::entity::{Entity, EntityConnection, entities};
use super::relationship::Relationship;
use super::scope::{Scope, int, page_limit};
use crate::{graph, model, wording};

/// A projection of the view that was asked.
pub(crate) struct Projection {
    pub(super) scope: Scope,
    pub(super) projection: Arc<graph::Projection>,
}

/// A network of entities of one sort, joined where they share entities of another: universities that share a consortium.
#[Object]
impl Projection {
    /// The entities that share something with another, sorted by id.
    async fn entities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<EntityConnection> {
        let found = self.projection.entities();
        entities(ctx, &self.scope, found, &PageArguments { first, after, last, before })
    }

    /// The pairs that share something, by how much, most first; then by their names, then by their ids.
    async fn edges(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<ProjectedTieConnection> {
        let edges = self.projection.edges();
        let tie = |at: usize| ProjectedTie {
            scope: self.scope.clone(),
            projection: Arc::clone(&self.projection),
            edge: edges[at],
        };
        let arguments = PageArguments { first, after, last, before };
        let window = Window::cut(&arguments, page_limit(ctx)?, edges.len(), |at| tie(at).key())?;
        Ok(ProjectedTieConnection(window.into_page(|at, cursor| ProjectedTieEdge { cursor, node: tie(at) })))
    }

    /// How many entities share something with another.
    async fn node_count(&self) -> i32 {
        int(self.projection.entities().len())
    }

    /// How many pairs share something.
    async fn edge_count(&self) -> i32 {
        int(self.projection.edges().len())
    }
}

/// Two entities of a projection that share others.
#[derive(Clone)]
pub(crate) struct ProjectedTie {
    scope: Scope,
    projection: Arc<graph::Projection>,
    edge: graph::ProjectionEdge,
}

impl ProjectedTie {
    fn end(&self, place: u32) -> graph::EntityIndex {
        self.projection.entities()[place as usize]
    }

    fn key(&self) -> String {
        let id = |place| self.scope.graph().entity(self.end(place)).id.clone();
        format!("{} {}", id(self.edge.one), id(self.edge.other))
    }
}

/// Two entities that share others.
#[Object]
impl ProjectedTie {
    /// The one whose id comes first.
    async fn source(&self) -> Entity {
        Entity::new(&self.scope, self.end(self.edge.one))
    }

    /// The other one. Projections have no direction.
    async fn target(&self) -> Entity {
        Entity::new(&self.scope, self.end(self.edge.other))
    }

    /// How many entities they share.
    async fn weight(&self) -> i32 {
        i32::try_from(self.edge.weight).unwrap_or(i32::MAX)
    }

    /// How likely so strong a tie is by chance, 0 to 1, at the end where it is less likely: were the weight of that end
    /// spread over its ties at random (the disparity filter of Serrano, Boguñá and Vespignani, PNAS 2009). The smaller,
    /// the more the tie stands out; 1 where both ends have no other. `backbone` keeps what is below a limit.
    async fn significance(&self) -> f64 {
        self.edge.significance
    }

    /// What they share, each with the relationships that say so, sorted by id.
    async fn witnesses(&self) -> Vec<Witness> {
        let witnesses = self.projection.witnesses(&self.edge).into_iter();
        witnesses.map(|witness| Witness { scope: self.scope.clone(), witness }).collect()
    }

    /// It as a plain English sentence; of many names three are told, and how many more there are.
    async fn sentence(&self) -> String {
        let graph = self.scope.graph();
        let witnesses = self.projection.witnesses(&self.edge);
        let shared: Vec<&model::entity::Entity> =
            witnesses.iter().map(|witness| &graph.entity(witness.through).value).collect();
        wording::shared(graph.entity(self.end(self.edge.one)), graph.entity(self.end(self.edge.other)), &shared)
    }
}

/// What two entities of a projection share.
pub(crate) struct Witness {
    scope: Scope,
    witness: graph::Witness,
}

impl Witness {
    fn wrapped(&self, found: &[graph::RelationshipIndex]) -> Vec<Relationship> {
        found.iter().map(|&index| Relationship::new(&self.scope, index)).collect()
    }
}

/// An entity that two others share, with the relationships that say so.
#[Object]
impl Witness {
    /// What they share.
    async fn through(&self) -> Entity {
        Entity::new(&self.scope, self.witness.through)
    }

    /// The relationships of `source` with it, sorted by id; at least one.
    async fn of_source(&self) -> Vec<Relationship> {
        self.wrapped(&self.witness.one)
    }

    /// The relationships of `target` with it, sorted by id; at least one.
    async fn of_target(&self) -> Vec<Relationship> {
        self.wrapped(&self.witness.other)
    }

    /// Where all of these were read, as far as the view shows it, sorted by document, each once.
    async fn citations(&self) -> Vec<Citation> {
        let graph = self.scope.graph();
        let relationships = self.witness.one.iter().chain(&self.witness.other);
        let shown = relationships.map(|&index| self.scope.view.shown(graph, index)).collect::<Vec<_>>();
        let mut citations: Vec<_> = shown.iter().flat_map(|relationship| &relationship.citations).collect();
        citations.sort();
        citations.dedup();
        citations.into_iter().map(|citation| Citation::new(&self.scope, citation)).collect()
    }
}

/// A pair in a list.
#[derive(SimpleObject)]
pub(crate) struct ProjectedTieEdge {
    /// Points to this place in the list.
    cursor: String,
    /// The pair.
    node: ProjectedTie,
}

connection! {
    /// Pairs of entities that share others, page by page.
    ProjectedTieConnection, ProjectedTieEdge, ProjectedTie
}
