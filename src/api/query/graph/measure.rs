//! What is counted and measured.

use async_graphql::{Context, Object, Result};

use super::entity_filter;
use crate::api::community::{CommunityConnection, ComponentConnection, communities, connected_components};
use crate::api::connection::PageArguments;
use crate::api::cut::{BridgeConnection, CutVertexConnection, bridges_of, cut_vertices_of};
use crate::api::input::entity_filter::EntityFilter;
use crate::api::ranking::{Centrality, RankingConnection, ranking};
use crate::api::scope::Scope;
use crate::api::statistics::Statistics;

/// The fields that count and measure.
pub(crate) struct Measures(pub(super) Scope);

/// The fields that count and measure.
#[Object]
impl Measures {
    /// How much there is of what in the view.
    async fn statistics(&self) -> Result<Option<Statistics>> {
        Statistics::count(&self.0.of_field()).map(Some)
    }

    /// The entities of the view by where they stand in it: who has the most ties, who is near to everybody, who lies
    /// between others. Best first; equals sorted by name, then by id.
    ///
    /// The fields of a classification (topics that are part of others) do not count unless `view.entityKinds` names the
    /// kinds; so it is with groups and parts.
    ///
    /// The scores are those of the whole view: `filter` says who is listed and ranked, not who counts.
    async fn ranking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What they are ranked by.")] by: Centrality,
        #[graphql(desc = "List only entities like this.")] filter: Option<EntityFilter>,
        #[graphql(desc = "At most this many.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Option<RankingConnection>> {
        let scope = &self.0.of_field();
        let filter = entity_filter(scope, filter, "filter")?;
        ranking(ctx, scope, by, &filter, &PageArguments::onwards(first, 20, after)).map(Some)
    }

    /// The groups that the view falls into: entities that are tied more closely among themselves than to the rest (Leiden's
    /// algorithm, the same groups each time). Every entity is in one group; the largest group comes first, equals by their
    /// first entity.
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
        let arguments = PageArguments::onwards(first, 20, after);
        communities(ctx, &self.0.of_field(), resolution.unwrap_or(1.0), &arguments).map(Some)
    }

    /// The parts that the view falls into, between which there is no relationship at all: the largest first, equals by
    /// their first entity. An entity without relationships is a part of its own.
    async fn components(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Option<ComponentConnection>> {
        connected_components(ctx, &self.0.of_field(), &PageArguments::onwards(first, 20, after)).map(Some)
    }

    /// Who holds the view together: the entities without which a part of it would fall apart, by how many would be cut off,
    /// most first, then by name.
    async fn cut_vertices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Option<CutVertexConnection>> {
        cut_vertices_of(ctx, &self.0.of_field(), &PageArguments::onwards(first, 20, after)).map(Some)
    }

    /// The pairs of entities between which all ways between two sides of the view lead, by how many would be cut off
    /// without, most first, then by name. Several relationships between the same two are one tie.
    async fn bridges(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Option<BridgeConnection>> {
        bridges_of(ctx, &self.0.of_field(), &PageArguments::onwards(first, 20, after)).map(Some)
    }
}
