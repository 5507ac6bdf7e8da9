//! One-mode networks, with what is shared on every edge.

use std::any::Any;
use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};

use super::community::{CommunityConnection, ComponentConnection, bytes_of_parts, fineness, grouped, parts};
use super::connection::{PageArguments, Window, connection, count};
use super::cut::{CutVertexConnection, bytes_of_vertices, holding};
use super::document::Citation;
use super::entity::{Entity, EntityConnection, entities};
use super::error::Code;
use super::input::entity_filter::{EntityFilter, RelationshipFilter};
use super::network::NetworkNode;
use super::ranking::{Centrality, RankingConnection, ranked};
use super::relationship::Relationship;
use super::scope::{Scope, int, page_limit};
use super::vocabulary::Layout;
use crate::graph::community::{Communities, communities_of};
use crate::graph::{Budget, Exhausted, Ties};
use crate::{graph, model, wording};

/// A projection of the view that was asked.
pub(crate) struct Projection {
    pub(super) scope: Scope,
    pub(super) projection: Arc<graph::Projection>,
    /// What was asked for, as a text that is the same for equal questions.
    pub(super) question: String,
}

impl Projection {
    /// What a measure of the projection says, found now or before; see [`Scope::measured`].
    fn measured<T: Any + Send + Sync>(
        &self,
        measure: String,
        take: impl FnOnce(&Ties, &Budget) -> std::result::Result<T, Exhausted>,
        bytes: impl FnOnce(&T) -> usize,
    ) -> Result<Arc<T>> {
        let question = format!("{measure} of {}", self.question);
        self.scope.of_field().measured(question, |_, _, budget| take(&self.projection.ties(), budget), bytes)
    }

    fn tie(&self, at: usize) -> ProjectedTie {
        ProjectedTie {
            scope: self.scope.clone(),
            projection: Arc::clone(&self.projection),
            edge: self.projection.edges()[at],
        }
    }
}

/// The question for a projection in the graph's terms.
///
/// # Errors
/// `NOT_FOUND` for an id that nothing has, `INVALID_INPUT` for a number out of range.
pub(super) fn question(
    scope: &Scope,
    of: EntityFilter,
    through: EntityFilter,
    via: Option<RelationshipFilter>,
    min_weight: Option<i32>,
    backbone: Option<f64>,
) -> Result<graph::ProjectionQuestion> {
    let least = u32::try_from(min_weight.unwrap_or(1)).ok().filter(|&least| least > 0);
    Ok(graph::ProjectionQuestion {
        of: of.resolve(scope, "of")?,
        through: through.resolve(scope, "through")?,
        via: via.map(|via| via.resolve(scope, "via")).transpose()?.unwrap_or_default(),
        min_weight: least
            .ok_or_else(|| Code::InvalidInput.error("minWeight: nothing is shared less than once; give 1 or more"))?,
        backbone: backbone.map(alpha).transpose()?,
    })
}

fn alpha(value: f64) -> Result<f64> {
    if value > 0.0 && value <= 1.0 {
        return Ok(value);
    }
    Err(Code::InvalidInput
        .error(format!("backbone: {value} is out of range; give a number above 0, at most 1; 0.05 is usual")))
}

/// A projection, ready to draw.
#[derive(SimpleObject)]
pub(crate) struct ProjectedNetwork {
    /// The entities with the most ties, most first, then by name, then by id.
    nodes: Vec<NetworkNode>,
    /// All ties among them, by how much is shared, most first.
    edges: Vec<ProjectedTie>,
    /// Whether entities were left out to keep to `maxNodes`.
    truncated: bool,
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
    ) -> Result<Option<EntityConnection>> {
        let found = self.projection.entities();
        entities(ctx, &self.scope, found, &PageArguments::either_way(first, after, last, before)).map(Some)
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
    ) -> Result<Option<ProjectedTieConnection>> {
        let arguments = PageArguments::either_way(first, after, last, before);
        let total = self.projection.edges().len();
        let window = Window::cut(&arguments, page_limit(ctx)?, total, |at| self.tie(at).key())?;
        let edge = |at, cursor| ProjectedTieEdge { cursor, node: self.tie(at) };
        Ok(Some(ProjectedTieConnection(window.into_page(edge))))
    }

    /// Its entities by where they stand in it: the ties of the projection count, with their weights where the measure has
    /// weights. Best first; equals sorted by name, then by id. The scores are those of the whole projection: `filter` says
    /// who is listed, not who counts.
    async fn ranking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What they are ranked by.")] by: Centrality,
        #[graphql(desc = "List only entities like this.")] filter: Option<EntityFilter>,
        #[graphql(desc = "At most this many.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Option<RankingConnection>> {
        let scope = &self.scope;
        let filter = filter.map(|filter| filter.resolve(scope, "filter")).transpose()?.unwrap_or_default();
        let measure: graph::measure::Centrality = by.into();
        let find = |ties: &_, budget: &_| graph::measure::scores_of(ties, measure, budget);
        let scores = self.measured(format!("scores {measure:?}"), find, graph::measure::Scores::bytes)?;
        ranked(ctx, scope, &scores, by, &filter, &PageArguments::onwards(first, 20, after)).map(Some)
    }

    /// The groups that it falls into: entities that share more among themselves than with the rest (Leiden's algorithm,
    /// the same groups each time). The largest first, equals by their first entity.
    async fn communities(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How fine: 1 is plain modularity, greater numbers give smaller groups; 0 to 1000.",
            default_with = "Some(1.0)"
        )]
        resolution: Option<f64>,
        #[graphql(desc = "At most this many.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Option<CommunityConnection>> {
        let resolution = fineness(resolution.unwrap_or(1.0))?;
        let find = |ties: &_, budget: &_| communities_of(self.scope.graph(), ties, resolution, budget);
        let all = self.measured(format!("communities {resolution:?}"), find, Communities::bytes)?;
        grouped(ctx, &self.scope, &all, &PageArguments::onwards(first, 20, after)).map(Some)
    }

    /// The parts that it falls into, between which nothing is shared: the largest first, equals by their first entity.
    async fn components(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Option<ComponentConnection>> {
        let found = self.measured("components".to_owned(), graph::components_of, |found| bytes_of_parts(found))?;
        parts(ctx, &self.scope, &found, &PageArguments::onwards(first, 20, after)).map(Some)
    }

    /// The entities without which a part of it would fall apart, by how many would be cut off, most first, then by name.
    async fn cut_vertices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Option<CutVertexConnection>> {
        let find = |ties: &_, budget: &_| graph::cut_vertices_of(self.scope.graph(), ties, budget);
        let found = self.measured("cut vertices".to_owned(), find, |found| bytes_of_vertices(found))?;
        holding(ctx, &self.scope, &found, &PageArguments::onwards(first, 20, after)).map(Some)
    }

    /// A picture of it: the entities with the most ties, with places and communities, and the ties among them.
    async fn network(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many entities, those with the most ties.", default_with = "Some(200)")]
        max_nodes: Option<i32>,
        #[graphql(desc = "How they are placed.", default_with = "Some(Layout::Force)")] layout: Option<Layout>,
    ) -> Result<Option<ProjectedNetwork>> {
        let most = count("maxNodes", max_nodes, 200, page_limit(ctx)?)?;
        let layout = layout.unwrap_or(Layout::Force).into();
        let projection = &self.projection;
        let scope = self.scope.of_field();
        let picture = scope.ask(|graph, _, budget| graph::picture(graph, projection, most, layout, budget))?;
        let truncated = picture.nodes.len() < projection.entities().len();
        if truncated {
            self.scope.budget.note_cut();
        }
        Ok(Some(ProjectedNetwork {
            nodes: picture.nodes.iter().map(|node| NetworkNode::new(&self.scope, node)).collect(),
            edges: picture.edges.iter().map(|&at| self.tie(at)).collect(),
            truncated,
        }))
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
        let told = |index| &self.scope.told_of(index).value;
        let witnesses = self.projection.witnesses(&self.edge);
        let shared: Vec<&model::entity::Entity> = witnesses.iter().map(|witness| told(witness.through)).collect();
        wording::shared(told(self.end(self.edge.one)), told(self.end(self.edge.other)), &shared)
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
