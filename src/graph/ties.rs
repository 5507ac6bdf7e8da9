//! Who is tied to whom in a view, as flat arrays: what measures and communities are computed on.
//!
//! Made once per question and read many times: no view is asked and nothing is hashed after that.

use super::adjacency::by_other;
use super::index::EntityIndex;
use super::{Budget, Exhausted, Graph, View};

/// The simple undirected graph of a view.
///
/// Its nodes are the entities of the view in the order of their ids, each known by its position among them. Two are
/// tied where at least one relationship of the view joins them, whatever its kind and direction; how many do is the
/// weight of the tie. No node is tied to itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    members: Vec<EntityIndex>,
    /// Where the ties of each node start, and the total.
    starts: Vec<u32>,
    /// The other ends, ascending for each node.
    others: Vec<u32>,
    weights: Vec<u32>,
}

impl Ties {
    /// The ties of what is walked of a view. *O(V + E)*, and what the view costs.
    ///
    /// # Errors
    /// [`Exhausted`] when the budget does not cover a visit for each entity, and one for each end of a relationship.
    pub fn of(graph: &Graph, view: &View, budget: &Budget) -> Result<Self, Exhausted> {
        const OUTSIDE: u32 = u32::MAX;
        let view = &*view.walked();
        budget.spend(graph.entity_count())?;
        let mut members = Vec::new();
        let mut positions = vec![OUTSIDE; graph.entity_count()];
        for entity in graph.entities() {
            if view.admits_entity(graph, entity, budget)? {
                positions[entity.position()] = members.len() as u32;
                members.push(entity);
            }
        }
        let mut starts = Vec::with_capacity(members.len() + 1);
        starts.push(0);
        let (mut others, mut weights) = (Vec::new(), Vec::new());
        for &entity in &members {
            let incidences = graph.incidences(entity);
            budget.spend(incidences.len())?;
            for parallel in by_other(incidences) {
                let other = parallel[0].other;
                let weight =
                    parallel.iter().filter(|incidence| view.admits_incidence(graph, entity, incidence)).count();
                if weight > 0 && other != entity {
                    others.push(positions[other.position()]);
                    weights.push(weight as u32);
                }
            }
            starts.push(others.len() as u32);
        }
        Ok(Self { members, starts, others, weights }.transposed())
    }

    /// The ties that some pairs of nodes make, one for each time that a pair is named; pairs of equals make none. The
    /// nodes stand for the entities given.
    pub(super) fn from_pairs(members: Vec<EntityIndex>, pairs: &[(usize, usize)]) -> Self {
        let mut sorted: Vec<(u32, u32)> = pairs
            .iter()
            .filter(|(one, other)| one != other)
            .flat_map(|&(one, other)| [(one as u32, other as u32), (other as u32, one as u32)])
            .collect();
        sorted.sort_unstable();
        let mut ties = Self { starts: vec![0; members.len() + 1], members, others: Vec::new(), weights: Vec::new() };
        for parallel in sorted.chunk_by(|one, next| one == next) {
            ties.others.push(parallel[0].1);
            ties.weights.push(parallel.len() as u32);
            ties.starts[parallel[0].0 as usize + 1] = ties.others.len() as u32;
        }
        for node in 1..ties.starts.len() {
            ties.starts[node] = ties.starts[node].max(ties.starts[node - 1]);
        }
        ties
    }

    /// Ties that are given, each once, as two different places among the entities and a weight. *O(V + E)*.
    pub(super) fn weighted(members: Vec<EntityIndex>, edges: impl Iterator<Item = (u32, u32, u32)> + Clone) -> Self {
        let mut starts = vec![0_u32; members.len() + 1];
        for (one, other, _) in edges.clone() {
            starts[one as usize + 1] += 1;
            starts[other as usize + 1] += 1;
        }
        for node in 0..members.len() {
            starts[node + 1] += starts[node];
        }
        let total = starts.last().map_or(0, |&total| total as usize);
        let (mut next, mut others, mut weights) = (starts.clone(), vec![0; total], vec![0; total]);
        for (one, other, weight) in edges {
            for (end, far) in [(one, other), (other, one)] {
                let place = &mut next[end as usize];
                others[*place as usize] = far;
                weights[*place as usize] = weight;
                *place += 1;
            }
        }
        Self { members, starts, others, weights }.transposed()
    }

    /// The same ties, read from their other ends: that sorts them.
    fn transposed(self) -> Self {
        let mut next = self.starts.clone();
        let mut others = vec![0; self.others.len()];
        let mut weights = vec![0; self.others.len()];
        for node in 0..self.count() {
            for (other, weight) in self.of_node(node) {
                let place = &mut next[other];
                others[*place as usize] = node as u32;
                weights[*place as usize] = weight;
                *place += 1;
            }
        }
        Self { members: self.members, starts: self.starts, others, weights }
    }

    /// How many nodes there are.
    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// How many ties there are; each counts once.
    pub fn tie_count(&self) -> usize {
        self.others.len() / 2
    }

    /// The entities that the nodes stand for, in the order of their ids.
    pub fn members(&self) -> &[EntityIndex] {
        &self.members
    }

    /// How many ties a node has.
    pub fn degree(&self, node: usize) -> usize {
        (self.starts[node + 1] - self.starts[node]) as usize
    }

    /// How many relationships a node is an end of.
    pub fn weighted_degree(&self, node: usize) -> u64 {
        self.weights[self.slots(node)].iter().map(|&weight| u64::from(weight)).sum()
    }

    /// The other ends of a node's ties, ascending.
    pub fn others(&self, node: usize) -> &[u32] {
        &self.others[self.slots(node)]
    }

    /// The other ends of a node's ties, ascending, each with the weight of the tie.
    pub fn of_node(&self, node: usize) -> impl Iterator<Item = (usize, u32)> + '_ {
        let slots = self.slots(node);
        self.others[slots.clone()].iter().map(|&other| other as usize).zip(self.weights[slots].iter().copied())
    }

    /// How many numbers a pass over all ties reads: two for each tie and one for each node.
    pub(super) fn pass(&self) -> usize {
        self.others.len() + self.members.len()
    }

    /// Where the ties of each node start, the other ends and the weights, for what builds upon them.
    pub(super) fn arrays(&self) -> (&[u32], &[u32], &[u32]) {
        (&self.starts, &self.others, &self.weights)
    }

    fn slots(&self, node: usize) -> std::ops::Range<usize> {
        self.starts[node] as usize..self.starts[node + 1] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_named_twice_weigh_twice_and_pairs_of_equals_are_no_ties() {
        let members = (0..4).map(EntityIndex).collect();
        let ties = Ties::from_pairs(members, &[(2, 0), (0, 2), (1, 1), (3, 2)]);
        assert_eq!(ties.tie_count(), 2);
        assert_eq!(ties.of_node(2).collect::<Vec<_>>(), [(0, 2), (3, 1)]);
        assert_eq!((0..4).map(|node| ties.degree(node)).collect::<Vec<_>>(), [1, 0, 2, 1]);
        assert_eq!(ties.weighted_degree(2), 3);
    }
}
