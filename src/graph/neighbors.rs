//! The entities one step away, each with the relationships that make it a neighbor.

use super::adjacency::by_other;
use super::filter::{EntityMatcher, RelationshipMatcher};
use super::index::{EntityIndex, RelationshipIndex};
use super::relationships::sort;
use super::{Budget, EntityFilter, Exhausted, Graph, RelationshipFilter, Scope, View};

/// An entity one step away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbor {
    /// Who.
    pub entity: EntityIndex,
    /// By which relationships, by kind in the order of declaration, then by id; at least one.
    pub relationships: Vec<RelationshipIndex>,
}

/// The neighbors of an entity that pass `filter`, by relationships in the view that pass `via`.
///
/// Direction and other end of `via` are seen from the entity. The order is by folded name, then by id.
///
/// **Complexity.** *O(d log d)* for *d* relationships of the entity, and what the filters cost.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the relationships of the entity.
pub fn neighbors(
    graph: &Graph,
    view: &View,
    entity: EntityIndex,
    filter: &EntityFilter,
    via: &RelationshipFilter,
    budget: &Budget,
) -> Result<Vec<Neighbor>, Exhausted> {
    let scope = Scope { graph, view, budget };
    let mut filter_matcher = EntityMatcher::new(scope, filter);
    let mut via_matcher = RelationshipMatcher::new(scope, via);
    let kinds = filter.possible_kinds().and(via_matcher.other_kinds());
    let mut found = Vec::new();
    for incidences in graph.adjacency.of_kinds(entity, kinds) {
        budget.spend(incidences.len())?;
        for parallel in by_other(incidences) {
            let other = parallel[0].other;
            if !filter_matcher.matches(other)? {
                continue;
            }
            let mut relationships = Vec::new();
            for incidence in parallel {
                if via_matcher.admits(entity, incidence)? {
                    relationships.push(incidence.relationship);
                }
            }
            if !relationships.is_empty() {
                sort(graph, &mut relationships);
                found.push(Neighbor { entity: other, relationships });
            }
        }
    }
    found.sort_unstable_by_key(|neighbor| (graph.name_rank(neighbor.entity), neighbor.entity));
    Ok(found)
}
