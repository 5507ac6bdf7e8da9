//! Who has the same neighbors as somebody.

use std::borrow::Cow;

use super::filter::EntityMatcher;
use super::index::EntityIndex;
use super::measure::rounded;
use super::walk::Walk;
use super::{Budget, EntityFilter, Exhausted, Graph, Scope, View};

/// How two neighborhoods are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Similarity {
    /// The neighbors that both have, as a part of those that one of them has.
    #[default]
    Jaccard,
    /// The neighbors that both have, as a part of the geometric mean of how many each has (Salton's cosine).
    Cosine,
}

/// An entity that is like another.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    /// Who.
    pub entity: EntityIndex,
    /// How alike, 0 to 1; 1 where all neighbors are the same.
    pub score: f64,
    /// How many neighbors both have.
    pub shared: usize,
}

/// The entities that pass a filter and have at least one neighbor in common with this one, the most alike first, then
/// by folded name, then by id.
///
/// Neighbors are all entities that a relationship of the view joins to one; parallel relationships count once.
///
/// **Complexity.** *O(Σ d)* over the neighbors and over those that share one with it.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover that.
pub fn similar(
    graph: &Graph,
    view: &View,
    to: EntityIndex,
    by: Similarity,
    filter: &EntityFilter,
    budget: &Budget,
) -> Result<Vec<Similar>, Exhausted> {
    let mut matcher = EntityMatcher::new(Scope { graph, view, budget }, filter);
    let view = &*if graph.is_field(to) { Cow::Borrowed(view) } else { view.walked() };
    let scope = Scope { graph, view, budget };
    let mut walk = Walk::new(graph.entity_count());
    let own = scope.neighbors(to)?;
    for &neighbor in &own {
        for other in scope.neighbors(neighbor)? {
            walk.add(other, 1.0);
        }
    }
    let mut found = Vec::new();
    for (entity, shared) in walk.take() {
        if entity == to || !matcher.matches(entity)? {
            continue;
        }
        let (one, other) = (own.len() as f64, scope.neighbors(entity)?.len() as f64);
        let score = match by {
            Similarity::Jaccard => shared / (one + other - shared),
            Similarity::Cosine => shared / (one * other).sqrt(),
        };
        found.push(Similar { entity, score: rounded(score), shared: shared as usize });
    }
    let name = |similar: &Similar| (graph.name_rank(similar.entity), similar.entity);
    found.sort_unstable_by(|one, other| other.score.total_cmp(&one.score).then_with(|| name(one).cmp(&name(other))));
    Ok(found)
}
