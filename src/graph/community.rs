//! Groups that are tied more closely among themselves than to the rest, by their modularity.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Budget, Exhausted};

/// The community of each of `count` nodes, numbered from the biggest; equal sizes by their first node.
///
/// Parallel edges weigh as many. A node without edges is a community of its own. Nodes are moved in their order, on equal
/// gain to the community with the least number; weights are whole numbers, so the result is the same on every machine.
///
/// **Complexity.** *O(m)* per round for *m* edges; the number of rounds is small in practice, and bounded because each
/// raises the modularity.
///
/// Source: V. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, Fast unfolding of communities in large networks,
/// Journal of Statistical Mechanics (2008) P10008.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the rounds.
pub(super) fn communities(count: usize, edges: &[(usize, usize)], budget: &Budget) -> Result<Vec<usize>, Exhausted> {
    let mut level = Level::new(count, edges);
    let mut membership: Vec<usize> = (0..count).collect();
    loop {
        let (groups, moved) = level.group(budget)?;
        if !moved {
            break;
        }
        for group in &mut membership {
            *group = groups[*group];
        }
        level = level.merged(&groups);
    }
    Ok(by_size(&membership))
}

/// A weighted graph whose nodes are the communities of the level below.
struct Level {
    /// For each node its neighbors and the weights of the edges to them.
    neighbors: Vec<Vec<(usize, i128)>>,
    /// Twice the weight of the edges within each node.
    within: Vec<i128>,
}

impl Level {
    fn new(count: usize, edges: &[(usize, usize)]) -> Self {
        let mut weights = vec![BTreeMap::new(); count];
        for &(one, other) in edges {
            *weights[one].entry(other).or_insert(0) += 1;
            *weights[other].entry(one).or_insert(0) += 1;
        }
        Self { neighbors: weights.into_iter().map(|each| each.into_iter().collect()).collect(), within: vec![0; count] }
    }

    /// Moves nodes to the neighboring community with the greatest gain until none gains. The communities are numbered
    /// without gaps.
    fn group(&self, budget: &Budget) -> Result<(Vec<usize>, bool), Exhausted> {
        let count = self.neighbors.len();
        let degree =
            |node: usize| self.neighbors[node].iter().map(|&(_, weight)| weight).sum::<i128>() + self.within[node];
        let degrees: Vec<i128> = (0..count).map(degree).collect();
        let total: i128 = degrees.iter().sum();
        let mut groups: Vec<usize> = (0..count).collect();
        let mut totals = degrees.clone();
        let mut to_group = vec![0_i128; count];
        let mut moved = false;
        loop {
            let mut moves = 0;
            for node in 0..count {
                budget.spend(self.neighbors[node].len())?;
                let own = groups[node];
                totals[own] -= degrees[node];
                for &(neighbor, weight) in &self.neighbors[node] {
                    to_group[groups[neighbor]] += weight;
                }
                let gain = |group: usize| to_group[group] * total - degrees[node] * totals[group];
                let mut best = (gain(own), own);
                for &(neighbor, _) in &self.neighbors[node] {
                    let group = groups[neighbor];
                    let value = gain(group);
                    // To stay is best among equals.
                    if value > best.0 || (value == best.0 && best.1 != own && group < best.1) {
                        best = (value, group);
                    }
                }
                for &(neighbor, _) in &self.neighbors[node] {
                    to_group[groups[neighbor]] = 0;
                }
                totals[best.1] += degrees[node];
                groups[node] = best.1;
                moves += usize::from(best.1 != own);
            }
            moved |= moves > 0;
            if moves == 0 {
                return Ok((without_gaps(&groups), moved));
            }
        }
    }

    /// The level above: each community becomes a node.
    fn merged(&self, groups: &[usize]) -> Self {
        let count = groups.iter().max().map_or(0, |&last| last + 1);
        let mut within = vec![0; count];
        let mut weights = vec![BTreeMap::new(); count];
        for (node, neighbors) in self.neighbors.iter().enumerate() {
            within[groups[node]] += self.within[node];
            for &(neighbor, weight) in neighbors {
                if groups[neighbor] == groups[node] {
                    within[groups[node]] += weight;
                } else {
                    *weights[groups[node]].entry(groups[neighbor]).or_insert(0) += weight;
                }
            }
        }
        Self { neighbors: weights.into_iter().map(|each| each.into_iter().collect()).collect(), within }
    }
}

/// Numbers communities in the order in which they first appear.
fn without_gaps(groups: &[usize]) -> Vec<usize> {
    let mut numbers = vec![usize::MAX; groups.len()];
    let mut next = 0;
    let mut number = |group: usize| {
        if numbers[group] == usize::MAX {
            numbers[group] = next;
            next += 1;
        }
        numbers[group]
    };
    groups.iter().map(|&group| number(group)).collect()
}

/// Numbers communities from the biggest.
fn by_size(membership: &[usize]) -> Vec<usize> {
    let first_seen = without_gaps(membership);
    let mut sizes = vec![0_usize; membership.len()];
    first_seen.iter().for_each(|&group| sizes[group] += 1);
    let mut order: Vec<usize> = (0..membership.len()).collect();
    order.sort_by_key(|&group| Reverse(sizes[group]));
    let mut numbers = vec![0; membership.len()];
    for (number, &group) in order.iter().enumerate() {
        numbers[group] = number;
    }
    first_seen.into_iter().map(|group| numbers[group]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
        communities(count, edges, &Budget::unlimited()).unwrap()
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
        // The ring of cliques of the paper's figure: eight cliques of five, each tied to the next by one edge.
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
