//! Betweenness from shortest paths that are drawn.

use crate::graph::measure::parallel::{in_pieces, summed};
use crate::graph::measure::{Measured, Method};
use crate::graph::random::Random;
use crate::graph::ties::Ties;
use crate::graph::{Budget, Exhausted};

/// How far a score may be from the exact one.
pub(super) const ERROR: f64 = 0.01;
/// How likely it is that some score is farther away.
const DOUBT: f64 = 0.05;

/// The part of the drawn paths that leads over each node.
///
/// A path is drawn by drawing two nodes and then one of the shortest paths between them. The number of draws follows
/// from the error and from the length of the longest shortest path, of which twice the eccentricity of one node in each
/// component is a bound. Each draw has a seed of its own, so the result does not depend on how the draws are shared out.
///
/// Source: M. Riondato, E. Kornaropoulos, Fast approximation of betweenness centrality through sampling, Data Mining
/// and Knowledge Discovery 30 (2016) 438; the search from both ends M. Borassi, E. Natale, KADABRA, ESA 2016.
pub(super) fn betweenness(ties: &Ties, error: f64, budget: &Budget) -> Result<Measured, Exhausted> {
    let count = ties.count();
    let diameter = vertex_diameter(ties, budget)?;
    let dimension = f64::from(diameter.saturating_sub(2).max(1).ilog2()) + 1.0;
    // Of n² draws of two nodes, (n - 1) (n - 2) are of two different others: means over those are wanted.
    let of_others = count.saturating_sub(1) as f64 * count.saturating_sub(2) as f64;
    let scale = (count as f64).powi(2) / of_others.max(1.0);
    let samples = (0.5 * (scale / error).powi(2) * (dimension + (1.0 / DOUBT).ln())).ceil() as usize;
    let hits = in_pieces(samples, |range| {
        let mut search = Search::new(count);
        let mut hits = vec![0_u32; count];
        for sample in range {
            let mut random = Random::of(sample as u64);
            let (from, to) = (random.below(count), random.below(count));
            if from != to {
                search.run(ties, from, to, &mut random, &mut hits, budget)?;
            }
        }
        Ok(hits)
    })?;
    let score = |hits: u32| (scale * f64::from(hits) / samples as f64).min(1.0);
    let values = summed(hits, count).into_iter().map(score).collect();
    Ok(Measured { values, method: Method::Sampled { samples, error, confidence: 1.0 - DOUBT } })
}

/// A bound of the vertex diameter: how many nodes a shortest path has at most.
fn vertex_diameter(ties: &Ties, budget: &Budget) -> Result<u32, Exhausted> {
    budget.sweep(ties.pass())?;
    let mut distances = vec![u32::MAX; ties.count()];
    let mut queue: Vec<u32> = Vec::with_capacity(ties.count());
    let mut longest = 0;
    for first in 0..ties.count() {
        if distances[first] != u32::MAX {
            continue;
        }
        distances[first] = 0;
        queue.clear();
        queue.push(first as u32);
        let mut at = 0;
        while let Some(&node) = queue.get(at) {
            at += 1;
            for &other in ties.others(node as usize) {
                if distances[other as usize] == u32::MAX {
                    distances[other as usize] = distances[node as usize] + 1;
                    queue.push(other);
                }
            }
        }
        let eccentricity = queue.last().map_or(0, |&last| distances[last as usize]);
        longest = longest.max(2 * eccentricity + 1);
    }
    Ok(longest)
}

const UNSEEN: u32 = u32::MAX;

/// A search from one end: how far each node is, and how many shortest paths lead to it.
struct Half {
    distances: Vec<u32>,
    path_counts: Vec<f64>,
    /// The nodes reached, nearest first, and where the farthest of them begin.
    order: Vec<u32>,
    frontier: usize,
}

impl Half {
    fn new(count: usize) -> Self {
        Self { distances: vec![UNSEEN; count], path_counts: vec![0.0; count], order: Vec::new(), frontier: 0 }
    }

    fn start(&mut self, node: usize) {
        (self.distances[node], self.path_counts[node], self.frontier) = (0, 1.0, 0);
        self.order.push(node as u32);
    }

    /// How many ties the next step reads.
    fn cost(&self, ties: &Ties) -> usize {
        self.order[self.frontier..].iter().map(|&node| ties.degree(node as usize)).sum()
    }

    /// One step further from the whole frontier.
    fn grow(&mut self, ties: &Ties) {
        let (first, past) = (self.frontier, self.order.len());
        for at in first..past {
            let node = self.order[at] as usize;
            let (distance, paths) = (self.distances[node] + 1, self.path_counts[node]);
            for &other in ties.others(node) {
                let known = &mut self.distances[other as usize];
                if *known == UNSEEN {
                    *known = distance;
                    self.order.push(other);
                }
                if *known == distance {
                    self.path_counts[other as usize] += paths;
                }
            }
        }
        self.frontier = past;
    }

    /// Draws a path from a node back to the start, and counts the nodes on it but for the two ends.
    fn walk_back(&self, ties: &Ties, from: usize, random: &mut Random, hits: &mut [u32]) {
        let mut node = from;
        while self.distances[node] > 1 {
            let nearer = |&&other: &&u32| self.distances[other as usize].wrapping_add(1) == self.distances[node];
            let before = || ties.others(node).iter().filter(nearer);
            let drawn = pick(
                before().map(|&other| (other as usize, self.path_counts[other as usize])),
                self.path_counts[node],
                random,
            );
            node = drawn;
            hits[node] += 1;
        }
    }

    fn clear(&mut self) {
        for node in self.order.drain(..) {
            (self.distances[node as usize], self.path_counts[node as usize]) = (UNSEEN, 0.0);
        }
    }
}

/// One of some nodes, in proportion to their weights, which add up to the total; the last where rounding leaves a rest.
fn pick(weighted: impl Iterator<Item = (usize, f64)>, total: f64, random: &mut Random) -> usize {
    let mut left = random.unit() * total;
    let mut picked = 0;
    for (node, weight) in weighted {
        picked = node;
        left -= weight;
        if left < 0.0 {
            break;
        }
    }
    picked
}

/// Searches from both ends that grow where it costs less until they meet.
struct Search {
    halves: [Half; 2],
}

impl Search {
    fn new(count: usize) -> Self {
        Self { halves: [Half::new(count), Half::new(count)] }
    }

    /// Draws one of the shortest paths between two nodes and counts the nodes on it but for the ends; none where there
    /// is no path.
    fn run(
        &mut self,
        ties: &Ties,
        from: usize,
        to: usize,
        random: &mut Random,
        hits: &mut [u32],
        budget: &Budget,
    ) -> Result<(), Exhausted> {
        self.halves[0].start(from);
        self.halves[1].start(to);
        let mut read = 0;
        loop {
            let costs = [0, 1].map(|side| self.halves[side].cost(ties));
            // A half that cannot grow has seen its whole part of the graph and not met the other.
            if costs.contains(&0) {
                break;
            }
            let growing = usize::from(costs[1] < costs[0]);
            read += costs[growing];
            self.halves[growing].grow(ties);
            let [grown, other] = [&self.halves[growing], &self.halves[1 - growing]];
            // Every shortest path has one of the nodes reached last: the half that did not grow is complete up to them.
            let meeting = || {
                let reached = grown.order[grown.frontier..].iter().map(|&node| node as usize);
                let met = reached.filter(|&node| other.distances[node] != UNSEEN);
                met.map(|node| (node, grown.path_counts[node] * other.path_counts[node]))
            };
            let total: f64 = meeting().map(|(_, paths)| paths).sum();
            if total > 0.0 {
                let node = pick(meeting(), total, random);
                if node != from && node != to {
                    hits[node] += 1;
                }
                self.halves.iter().for_each(|half| half.walk_back(ties, node, random, hits));
                break;
            }
        }
        self.halves.iter_mut().for_each(Half::clear);
        budget.spend(read / Budget::SWEEP + 1)
    }
}
