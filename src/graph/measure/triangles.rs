//! What triangles tell: how closed a neighborhood is, and who stands between others as a broker.

use crate::graph::ties::Ties;
use crate::graph::{Budget, Exhausted};

/// The part of the pairs among a node's neighbors that are tied to each other, 0 to 1; 0 below two neighbors.
///
/// **Complexity.** *O(E √E)*.
///
/// Source: D. Watts, S. Strogatz, Collective dynamics of small-world networks, Nature 393 (1998) 440.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the search for triangles.
pub fn clustering(ties: &Ties, budget: &Budget) -> Result<Vec<f64>, Exhausted> {
    let triangles = Triangles::of(ties, budget)?;
    let score = |node| {
        let degree = ties.degree(node) as f64;
        if degree < 2.0 { 0.0 } else { 2.0 * f64::from(triangles.at_nodes[node]) / (degree * (degree - 1.0)) }
    };
    Ok((0..ties.count()).map(score).collect())
}

/// How many of a node's neighbors are not redundant: their number less the mean number of ties that each has to the
/// others. `NaN` without neighbors.
///
/// **Complexity.** *O(E √E)*.
///
/// Source: R. Burt, Structural Holes, 1992, in the form of S. Borgatti, Structural holes: unpacking Burt's redundancy
/// measures, Connections 20 (1997) 35.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the search for triangles.
pub fn effective_size(ties: &Ties, budget: &Budget) -> Result<Vec<f64>, Exhausted> {
    let triangles = Triangles::of(ties, budget)?;
    let score = |node| {
        let degree = ties.degree(node) as f64;
        if degree == 0.0 { f64::NAN } else { degree - 2.0 * f64::from(triangles.at_nodes[node]) / degree }
    };
    Ok((0..ties.count()).map(score).collect())
}

/// How much a node's neighbors are tied to each other and so leave it no hole to stand in: low for brokers. Every tie
/// counts alike; `NaN` without neighbors.
///
/// For neighbors *j* and common neighbors *q* it is the sum over *j* of *(p(j) + Σ p(q) p(q to j))²*, *p* being one
/// over the number of ties of who looks.
///
/// **Complexity.** *O(E √E)*.
///
/// Source: R. Burt, Structural Holes, 1992; Structural holes and good ideas, American Journal of Sociology 110 (2004)
/// 349.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the search for triangles.
pub fn constraint(ties: &Ties, budget: &Budget) -> Result<Vec<f64>, Exhausted> {
    let triangles = Triangles::of(ties, budget)?;
    let mut scores: Vec<f64> =
        (0..ties.count()).map(|node| if ties.degree(node) == 0 { f64::NAN } else { 0.0 }).collect();
    for (&(one, other), &shared) in triangles.ties.iter().zip(&triangles.at_ties) {
        let [one, other] = [one as usize, other as usize];
        let invested = (1.0 + shared) * (1.0 + shared);
        for node in [one, other] {
            let degree = ties.degree(node) as f64;
            scores[node] += invested / (degree * degree);
        }
    }
    Ok(scores)
}

/// What the triangles of a graph add up to.
struct Triangles {
    /// How many each node is in.
    at_nodes: Vec<u32>,
    /// The ties, each once, from the end with fewer ties.
    ties: Vec<(u32, u32)>,
    /// For each tie the sum, over the common neighbors of its ends, of one over their number of ties.
    at_ties: Vec<f64>,
}

impl Triangles {
    /// Each triangle is found once, from its node with the fewest ties: nobody has more than *√(2E)* neighbors with
    /// more ties than itself.
    fn of(ties: &Ties, budget: &Budget) -> Result<Self, Exhausted> {
        const UNMARKED: u32 = u32::MAX;
        budget.sweep(2 * ties.pass())?;
        let count = ties.count();
        let rank = |node: usize| (ties.degree(node), node);
        let (mut starts, mut upward) = (vec![0], Vec::with_capacity(ties.tie_count()));
        for node in 0..count {
            let others = ties.others(node).iter();
            upward
                .extend(others.filter(|&&other| rank(node) < rank(other as usize)).map(|&other| (node as u32, other)));
            starts.push(upward.len());
        }
        let mut found = Self { at_nodes: vec![0; count], at_ties: vec![0.0; upward.len()], ties: upward };
        let per_tie = |node: usize| 1.0 / ties.degree(node) as f64;
        let mut marks = vec![UNMARKED; count];
        for node in 0..count {
            let own = starts[node]..starts[node + 1];
            own.clone().for_each(|tie| marks[found.ties[tie].1 as usize] = tie as u32);
            let read: usize =
                own.clone().map(|tie| found.ties[tie].1 as usize).map(|at| starts[at + 1] - starts[at]).sum();
            budget.spend(read / Budget::SWEEP + 1)?;
            for first in own.clone() {
                let second = found.ties[first].1 as usize;
                for between in starts[second]..starts[second + 1] {
                    let third = found.ties[between].1 as usize;
                    if marks[third] == UNMARKED {
                        continue;
                    }
                    for corner in [node, second, third] {
                        found.at_nodes[corner] += 1;
                    }
                    found.at_ties[first] += per_tie(third);
                    found.at_ties[marks[third] as usize] += per_tie(second);
                    found.at_ties[between] += per_tie(node);
                }
            }
            own.for_each(|tie| marks[found.ties[tie].1 as usize] = UNMARKED);
        }
        Ok(found)
    }
}
