//! Entities by a measure of where they stand in the view.

use async_graphql::{Context, Enum, MergedObject, Object, Result, SimpleObject};

use super::connection::{PageArguments, Window, connection};
use super::entity::Entity;
use super::scope::{Scope, int, page_limit};
use crate::graph::EntityFilter;
use crate::graph::measure::{self, Method};

/// What entities are ranked by. All measures are taken on the ties of the view: two entities are tied where at least one
/// relationship joins them, whatever its kind and direction. The kinds of the view say who counts; leave persons and
/// topics out of it to rank organizations by their alliances alone.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "measure::Centrality")]
pub(crate) enum Centrality {
    /// To how many entities it is tied.
    Degree,
    /// How many relationships it has; several with one other entity count as several.
    WeightedDegree,
    /// How near it is to everybody: the mean of 1 divided by the distance in ties, over all other entities; who is out of
    /// reach counts 0. From 0 to 1. Sampled in a large view.
    Harmonic,
    /// On how many of the shortest paths between others it lies: the mean share over all pairs of others, 0 to 1. Sampled in
    /// a large view.
    Betweenness,
    /// The share of time that a walker spends at it who follows relationships at random, in either direction, and one step
    /// in seven starts again anywhere (damping 0.85). All shares add up to 1.
    #[graphql(name = "PAGERANK")]
    PageRank,
    /// How much it is tied to those that count themselves: its part in the greatest eigenvector, whose length is 1. Only
    /// the densest of unconnected parts has scores above 0.
    Eigenvector,
    /// The greatest k so that it belongs to a group in which everyone is tied to at least k others of the group.
    Core,
    /// Which part of the pairs among its neighbors are tied to each other, 0 to 1; 0 below two neighbors.
    Clustering,
    /// Burt's constraint: how much its neighbors are tied to each other and leave it nothing to broker. The least comes
    /// first. Entities without ties are not listed.
    Constraint,
    /// Burt's effective size: how many of its neighbors bring it contacts that the others do not. Entities without ties are
    /// not listed.
    EffectiveSize,
}

/// How scores were come by.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RankingMethod {
    /// Computed as the definition says.
    Exact,
    /// Estimated from draws that are the same each time; `error` says how far off they may be.
    Sampled,
}

/// An entity in a ranking.
#[derive(SimpleObject)]
pub(crate) struct RankingEdge {
    /// Points to this place in the list.
    cursor: String,
    /// The entity.
    node: Entity,
    /// Its rank among the listed, 1 for the best. Equals share a rank, and those after them keep theirs: 1, 2, 2, 4.
    rank: i32,
    /// The score, to 12 digits.
    score: f64,
}

connection! {
    /// Entities by a measure, page by page.
    RankingPage, RankingEdge, Entity
}

/// How the scores of a ranking were come by.
pub(crate) struct RankingFacts(Method);

/// How the scores of a ranking were come by.
#[Object]
impl RankingFacts {
    /// Whether the scores are exact or sampled.
    async fn method(&self) -> RankingMethod {
        match self.0 {
            Method::Exact => RankingMethod::Exact,
            Method::Sampled { .. } => RankingMethod::Sampled,
        }
    }

    /// How many draws the scores are estimated from; null where they are exact.
    async fn samples(&self) -> Option<i32> {
        match self.0 {
            Method::Exact => None,
            Method::Sampled { samples, .. } => Some(int(samples)),
        }
    }

    /// How far from the exact one a score may be, more or less; null where they are exact.
    async fn error(&self) -> Option<f64> {
        match self.0 {
            Method::Exact => None,
            Method::Sampled { error, .. } => Some(error),
        }
    }

    /// How likely it is that no score is farther off than `error`, 0 to 1; null where they are exact.
    async fn confidence(&self) -> Option<f64> {
        match self.0 {
            Method::Exact => None,
            Method::Sampled { confidence, .. } => Some(confidence),
        }
    }
}

/// Entities by a measure, page by page, and how it was taken.
#[derive(MergedObject)]
pub(crate) struct RankingConnection(RankingPage, RankingFacts);

/// The entities of the view by a measure, best first.
pub(super) fn ranking(
    ctx: &Context<'_>,
    scope: &Scope,
    by: Centrality,
    filter: &EntityFilter,
    arguments: &PageArguments,
) -> Result<RankingConnection> {
    let measure: measure::Centrality = by.into();
    let find = |graph: &_, view: &_, budget: &_| measure::scores(graph, view, measure, budget);
    let scores = scope.measured(format!("scores {measure:?}"), find, measure::Scores::bytes)?;
    ranked(ctx, scope, &scores, by, filter, arguments)
}

/// The entities that were measured, best first.
pub(super) fn ranked(
    ctx: &Context<'_>,
    scope: &Scope,
    scores: &measure::Scores,
    by: Centrality,
    filter: &EntityFilter,
    arguments: &PageArguments,
) -> Result<RankingConnection> {
    let method = scores.method;
    let ranked = scope.ask(|graph, view, budget| measure::ranking(graph, view, scores, by.into(), filter, budget))?;
    let key = |at: usize| scope.graph().entity(ranked[at].entity).id.to_string();
    let page = Window::cut(arguments, page_limit(ctx)?, ranked.len(), key)?.into_page(|at, cursor| RankingEdge {
        cursor,
        node: Entity::new(scope, ranked[at].entity),
        rank: int(ranked[at].rank),
        score: ranked[at].score,
    });
    Ok(RankingConnection(RankingPage(page), RankingFacts(method)))
}
