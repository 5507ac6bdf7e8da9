//! What several entities have in common.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::index::{EntityIndex, RelationshipIndex};
use super::{Budget, EntityFilter, Exhausted, Graph, RelationshipFilter, View, neighbors};

/// Something that several entities have as a neighbor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// What.
    pub entity: EntityIndex,
    /// By whom, in the order of the question; at least as many as were asked for.
    pub by: Vec<EntityIndex>,
    /// The relationships between each of these and it, in the order of `by`.
    pub relationships: Vec<RelationshipIndex>,
}

/// The entities that are neighbors of at least so many of those given: by how many share them (most first), then by
/// folded name, then by id.
///
/// Filters are meant as in [`neighbors()`]; those given are themselves in the answer where they are neighbors of
/// others.
///
/// **Complexity.** *O(d log d)* for *d* relationships of those given, and what the filters cost.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover their relationships.
pub fn shared(
    graph: &Graph,
    view: &View,
    of: &[EntityIndex],
    at_least: usize,
    filter: &EntityFilter,
    via: &RelationshipFilter,
    budget: &Budget,
) -> Result<Vec<Shared>, Exhausted> {
    let mut found: BTreeMap<EntityIndex, Shared> = BTreeMap::new();
    for &entity in of {
        for neighbor in neighbors(graph, view, entity, filter, via, budget)? {
            let empty = || Shared { entity: neighbor.entity, by: Vec::new(), relationships: Vec::new() };
            let shared = found.entry(neighbor.entity).or_insert_with(empty);
            shared.by.push(entity);
            shared.relationships.extend(neighbor.relationships);
        }
    }
    let mut found: Vec<Shared> = found.into_values().filter(|shared| shared.by.len() >= at_least).collect();
    found.sort_by_key(|shared| (Reverse(shared.by.len()), graph.name_rank(shared.entity), shared.entity));
    Ok(found)
}
