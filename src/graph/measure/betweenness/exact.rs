//! Betweenness from all shortest paths.

use crate::graph::measure::parallel::{in_pieces, summed};
use crate::graph::ties::Ties;
use crate::graph::{Budget, Exhausted};

/// The exact betweenness of each node.
///
/// Source: U. Brandes, A faster algorithm for betweenness centrality, Journal of Mathematical Sociology 25 (2001) 163.
pub(super) fn betweenness(ties: &Ties, budget: &Budget) -> Result<Vec<f64>, Exhausted> {
    let count = ties.count();
    let sums = in_pieces(count, |range| {
        let mut search = Search::new(count);
        let mut sums = vec![0.0; count];
        for node in range {
            budget.sweep(2 * ties.pass())?;
            search.run(ties, node, &mut sums);
        }
        Ok(sums)
    })?;
    // Each pair has been counted from both its ends, as has each pair in the number of pairs.
    let pairs = (count.saturating_sub(1) * count.saturating_sub(2)).max(1) as f64;
    Ok(summed(sums, count).into_iter().map(|sum| sum / pairs).collect())
}

const UNSEEN: u32 = u32::MAX;

struct Search {
    distances: Vec<u32>,
    /// How many shortest paths lead to each node.
    path_counts: Vec<f64>,
    /// How much of the paths to those behind it leads over each node.
    dependencies: Vec<f64>,
    /// The nodes reached, nearest first.
    order: Vec<u32>,
}

impl Search {
    fn new(count: usize) -> Self {
        Self {
            distances: vec![UNSEEN; count],
            path_counts: vec![0.0; count],
            dependencies: vec![0.0; count],
            order: Vec::with_capacity(count),
        }
    }

    fn run(&mut self, ties: &Ties, from: usize, sums: &mut [f64]) {
        (self.distances[from], self.path_counts[from]) = (0, 1.0);
        self.order.push(from as u32);
        let mut at = 0;
        while let Some(&node) = self.order.get(at) {
            at += 1;
            let (distance, paths) = (self.distances[node as usize] + 1, self.path_counts[node as usize]);
            for &other in ties.others(node as usize) {
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
        for &node in self.order.iter().rev() {
            let node = node as usize;
            let per_path = (1.0 + self.dependencies[node]) / self.path_counts[node];
            for &other in ties.others(node) {
                if self.distances[other as usize] + 1 == self.distances[node] {
                    self.dependencies[other as usize] += self.path_counts[other as usize] * per_path;
                }
            }
            if node != from {
                sums[node] += self.dependencies[node];
            }
        }
        for node in self.order.drain(..) {
            self.distances[node as usize] = UNSEEN;
            (self.path_counts[node as usize], self.dependencies[node as usize]) = (0.0, 0.0);
        }
    }
}
