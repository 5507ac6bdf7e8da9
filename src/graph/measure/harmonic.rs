//! Harmonic closeness: how near everybody else is.

use super::parallel::{in_pieces, summed};
use super::{Measured, Method};
use crate::graph::random::Random;
use crate::graph::ties::Ties;
use crate::graph::{Budget, Exhausted, component_numbers};

/// How many searches run at once, one in each bit of a word.
const TOGETHER: usize = 64;
/// Up to how much reading distances are measured from every node: words of searches times the arrays that each reads.
const EXACT: usize = 15_000_000;
/// From how many nodes distances are measured where there is more to read.
const SAMPLES: usize = 1_024;
/// How likely it is that some score is farther from the exact one than is said.
const DOUBT: f64 = 0.05;

/// The mean, over all other nodes, of one over the distance; 0 for a node that is out of reach. 1 where everyone is a
/// neighbor. Every tie is one step.
///
/// In a large graph distances are measured from 1,024 nodes that are drawn, the same each time, and only neighbors are
/// counted one by one; with a probability of 0.95 every score then is within `error` of the exact one (Hoeffding's
/// inequality for all nodes at once, what is drawn lying between 0 and 1/2).
///
/// **Complexity.** *O(D (V + E) n / 64)* for *D* steps across the graph and *n* nodes that distances are measured from.
///
/// Source: Y. Rochat, Closeness centrality extended to unconnected graphs, 2009; D. Eppstein, J. Wang, Fast
/// approximation of centrality, Journal of Graph Algorithms and Applications 8 (2004) 39.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the searches.
pub fn harmonic(ties: &Ties, budget: &Budget) -> Result<Measured, Exhausted> {
    if ties.count().div_ceil(TOGETHER) * ties.pass() <= EXACT {
        return Ok(Measured { values: from_everyone(ties, budget)?, method: Method::Exact });
    }
    from_some(ties, budget)
}

/// How many others a node has; 1 where there are none.
fn others(ties: &Ties) -> f64 {
    ties.count().saturating_sub(1).max(1) as f64
}

/// The exact harmonic closeness of each node.
fn from_everyone(ties: &Ties, budget: &Budget) -> Result<Vec<f64>, Exhausted> {
    let (from, others): (Vec<u32>, f64) = ((0..ties.count() as u32).collect(), others(ties));
    Ok(inverse_distances(ties, &from, 1, budget)?.into_iter().map(|sum| sum / others).collect())
}

/// What distances from nodes that are drawn say.
fn from_some(ties: &Ties, budget: &Budget) -> Result<Measured, Exhausted> {
    let (count, others) = (ties.count(), others(ties));
    let mut random = Random::of(1);
    let from: Vec<u32> = (0..SAMPLES).map(|_| random.below(count) as u32).collect();
    // A draw that is the node itself counts as 0, so the mean over draws is that over the others times (n - 1) / n.
    let scale = count as f64 / others;
    let mut values = inverse_distances(ties, &from, 2, budget)?;
    for (node, value) in values.iter_mut().enumerate() {
        *value = (ties.degree(node) as f64 / others + scale * *value / SAMPLES as f64).min(1.0);
    }
    let error = scale * 0.5 * ((2.0 * count as f64 / DOUBT).ln() / (2.0 * SAMPLES as f64)).sqrt();
    Ok(Measured { values, method: Method::Sampled { samples: SAMPLES, error, confidence: 1.0 - DOUBT } })
}

/// For each node the sum of one over its distance from each of these, of those that are at least so far away.
fn inverse_distances(ties: &Ties, from: &[u32], least: u32, budget: &Budget) -> Result<Vec<f64>, Exhausted> {
    let words: Vec<&[u32]> = from.chunks(TOGETHER).collect();
    let components = component_numbers(ties, budget)?;
    let sums = in_pieces(words.len(), |range| {
        let mut search = Search::new(&components);
        let mut sums = vec![0.0; ties.count()];
        for word in &words[range] {
            search.run(ties, word, least, &mut sums, budget)?;
        }
        Ok(sums)
    })?;
    Ok(summed(sums, ties.count()))
}

/// Breadth-first searches from 64 nodes at once.
///
/// Source: M. Then et al., The more the merrier: efficient multi-source graph traversal, PVLDB 8 (2014) 449.
struct Search<'a> {
    components: &'a [u32],
    /// For each component which searches begin in it.
    inside: Vec<u64>,
    /// For each node which searches have come to it, and which came to it in the last step.
    seen: Vec<u64>,
    last: Vec<u64>,
    next: Vec<u64>,
}

impl<'a> Search<'a> {
    fn new(components: &'a [u32]) -> Self {
        let count = components.len();
        let parts = components.iter().max().map_or(0, |&last| last as usize + 1);
        Self { components, inside: vec![0; parts], seen: vec![0; count], last: vec![0; count], next: vec![0; count] }
    }

    fn run(
        &mut self,
        ties: &Ties,
        from: &[u32],
        least: u32,
        sums: &mut [f64],
        budget: &Budget,
    ) -> Result<(), Exhausted> {
        self.last.fill(0);
        self.inside.fill(0);
        for (bit, &node) in from.iter().enumerate() {
            self.last[node as usize] |= 1 << bit;
            self.inside[self.components[node as usize] as usize] |= 1 << bit;
        }
        self.seen.copy_from_slice(&self.last);
        // How many ends of ties belong to nodes to which some search has not come yet: those are read.
        let (mut distance, mut unfinished) = (0, ties.pass());
        let mut moving = true;
        while moving {
            budget.sweep(unfinished + ties.count())?;
            distance += 1;
            let worth = if distance >= least { 1.0 / f64::from(distance) } else { 0.0 };
            (moving, unfinished) = (false, 0);
            for (node, sum) in sums.iter_mut().enumerate() {
                let seen = self.seen[node];
                let mut reached = 0;
                let all = self.inside[self.components[node] as usize];
                if seen != all {
                    let others = ties.others(node);
                    reached = others.iter().fold(0, |word, &other| word | self.last[other as usize]) & !seen;
                    *sum += f64::from(reached.count_ones()) * worth;
                    moving |= reached != 0;
                    if seen | reached != all {
                        unfinished += others.len();
                    }
                }
                self.next[node] = reached;
            }
            for (seen, &reached) in self.seen.iter_mut().zip(&self.next) {
                *seen |= reached;
            }
            std::mem::swap(&mut self.last, &mut self.next);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::index::EntityIndex;

    #[test]
    fn distances_from_some_come_as_near_to_those_from_everyone_as_they_say() {
        // Chains of three hang on a ring, and some nodes lie apart.
        let (count, ring) = (400, 90);
        let around = (0..ring).map(|node| (node, (node + 1) % ring));
        let chains = (ring..4 * ring).map(|node| (node - ring, node));
        let pairs: Vec<(usize, usize)> = around.chain(chains).collect();
        let ties = Ties::from_pairs((0..count).map(EntityIndex).collect(), &pairs);
        let budget = Budget::unlimited();
        let exact = from_everyone(&ties, &budget).unwrap();
        let drawn = from_some(&ties, &budget).unwrap();
        let Method::Sampled { error, .. } = drawn.method else { panic!("nodes were drawn") };
        let worst = exact.iter().zip(&drawn.values).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
        assert!(worst > 0.0 && worst <= error, "{worst} is more than {error}");
        assert!(exact.iter().fold(0.0, |most: f64, &score| most.max(score)) > error, "the test says nothing");
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        assert!((mean(&exact) - mean(&drawn.values)).abs() < error / 10.0, "no side is favored");
    }
}
