//! Groups of entities that are tied more closely among themselves than to the rest.
//!
//! How groups are found is Leiden's algorithm over [`Ties`]; what the groups are made of is told here. Their names in
//! words are left to [`wording`](crate::wording).

mod leiden;
mod level;
mod moving;
mod refining;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::index::EntityIndex;
use super::kinds::EntityKinds;
use super::measure::rounded;
use super::ties::Ties;
use super::{Budget, Exhausted, Graph, View};
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

pub use self::leiden::{Partition, leiden, modularity};

/// A group of entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Community {
    /// Who, by how many relationships join each to others of the group (most first), then by folded name, then by id.
    pub members: Vec<EntityIndex>,
    /// How many relationships join members of it.
    pub within: u64,
    /// How many relationships lead out of it.
    pub outward: u64,
}

/// The groups that a view falls into.
#[derive(Clone, Debug, PartialEq)]
pub struct Communities {
    /// The largest first, equals by their first entity. An entity without ties is a group of its own.
    pub list: Vec<Community>,
    /// How good the groups are together: the modularity at the resolution that was asked for, to 12 digits.
    pub quality: f64,
}

impl Communities {
    /// How much memory they take, for who keeps them.
    pub fn bytes(&self) -> usize {
        let members: usize = self.list.iter().map(|community| community.members.capacity()).sum();
        size_of::<Self>() + self.list.capacity() * size_of::<Community>() + members * size_of::<EntityIndex>()
    }
}

/// The groups that a view falls into.
///
/// The resolution is finite and at least 0; greater ones give smaller groups.
///
/// **Complexity.** That of [`leiden()`], and *O(V log V)* for the order of members.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the search.
pub fn communities(graph: &Graph, view: &View, resolution: f64, budget: &Budget) -> Result<Communities, Exhausted> {
    communities_of(graph, &Ties::of(graph, view, budget)?, resolution, budget)
}

/// The groups that a network falls into that is given by its ties, as [`communities`].
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the search.
pub fn communities_of(graph: &Graph, ties: &Ties, resolution: f64, budget: &Budget) -> Result<Communities, Exhausted> {
    let partition = leiden(ties, resolution, budget)?;
    budget.sweep(ties.pass())?;
    let mut groups: Vec<Vec<(u64, usize)>> = vec![Vec::new(); partition.count];
    let mut list: Vec<Community> = Vec::with_capacity(partition.count);
    list.resize(partition.count, Community { members: Vec::new(), within: 0, outward: 0 });
    for (node, &group) in partition.groups.iter().enumerate() {
        let of_group = |&(other, _): &(usize, u32)| partition.groups[other] == group;
        let within: u64 = ties.of_node(node).filter(of_group).map(|(_, weight)| u64::from(weight)).sum();
        let community = &mut list[group as usize];
        community.within += within;
        community.outward += ties.weighted_degree(node) - within;
        groups[group as usize].push((within, node));
    }
    for (community, mut group) in list.iter_mut().zip(groups) {
        let entity = |node: usize| ties.members()[node];
        group.sort_unstable_by_key(|&(within, node)| (Reverse(within), graph.name_rank(entity(node)), node));
        community.members = group.into_iter().map(|(_, node)| entity(node)).collect();
        community.within /= 2;
    }
    Ok(Communities { list, quality: rounded(partition.quality) })
}

/// The topics that at least two of some entities concern in the view, each with how many do, most first, then by folded
/// name, then by id.
///
/// **Complexity.** *O(d)* for *d* ties of the entities to topics, and *O(t log t)* for *t* topics.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the relationships that are visited.
pub fn shared_topics(
    graph: &Graph,
    view: &View,
    entities: &[EntityIndex],
    budget: &Budget,
) -> Result<Vec<(EntityIndex, usize)>, Exhausted> {
    let mut counts: BTreeMap<EntityIndex, usize> = BTreeMap::new();
    for &entity in entities {
        for incidences in graph.adjacency.of_kinds(entity, EntityKinds::NONE.with(EntityKind::Topic)) {
            budget.spend(incidences.len())?;
            for parallel in super::adjacency::by_other(incidences) {
                let concerns = parallel.iter().any(|incidence| {
                    incidence.forward
                        && incidence.kind == RelationshipKind::Concerns
                        && view.admits_incidence(graph, entity, incidence)
                });
                if concerns {
                    *counts.entry(parallel[0].other).or_default() += 1;
                }
            }
        }
    }
    let mut topics: Vec<_> = counts.into_iter().filter(|&(_, count)| count > 1).collect();
    topics.sort_unstable_by_key(|&(topic, count)| (Reverse(count), graph.name_rank(topic), topic));
    Ok(topics)
}

/// The community of each of some entities, by pairs of their positions; 0 is the largest, equals by their first. For
/// pictures.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the search.
pub(super) fn communities_of_pairs(
    entities: &[EntityIndex],
    pairs: &[(usize, usize)],
    budget: &Budget,
) -> Result<Vec<usize>, Exhausted> {
    let ties = Ties::from_pairs(entities.to_vec(), pairs);
    // One start: a picture shall not wait for the last thousandth.
    Ok(leiden::best_of(1, &ties, 1.0, budget)?.groups.into_iter().map(|group| group as usize).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(count: u32, edges: &[(usize, usize)]) -> Vec<usize> {
        let entities: Vec<EntityIndex> = (0..count).map(EntityIndex).collect();
        communities_of_pairs(&entities, edges, &Budget::unlimited()).unwrap()
    }

    #[test]
    fn two_cliques_joined_by_one_edge_are_two_communities_the_bigger_first() {
        let edges = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (3, 5), (3, 6), (4, 5), (4, 6), (5, 6)];
        assert_eq!(of(7, &edges), [1, 1, 1, 0, 0, 0, 0]);
    }

    #[test]
    fn nodes_without_edges_are_alone_and_come_last() {
        assert_eq!(of(4, &[(1, 3)]), [1, 0, 2, 0]);
        assert_eq!(of(0, &[]), [] as [usize; 0]);
        assert_eq!(of(2, &[]), [0, 1]);
    }

    #[test]
    fn a_ring_of_cliques_falls_into_its_cliques() {
        // The ring of cliques of Blondel's figure: eight cliques of five, each tied to the next by one edge.
        let mut edges = Vec::new();
        for clique in 0..8 {
            let first = clique * 5;
            edges.extend((0..5).flat_map(|one| (one + 1..5).map(move |other| (first + one, first + other))));
            edges.push((first, (first + 5) % 40));
        }
        let expected: Vec<usize> = (0..40).map(|node| node / 5).collect();
        assert_eq!(of(40, &edges), expected);
    }
}
