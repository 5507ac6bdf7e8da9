//! PageRank: how often a walker who follows ties at random comes by.

use crate::graph::ties::Ties;
use crate::graph::{Budget, Exhausted};

/// How likely the walker goes on; otherwise it starts again anywhere.
const DAMPING: f64 = 0.85;
/// How much farther than to its balance each share is moved: `2 / (1 + sqrt(1 - DAMPING²))`, the best factor where ties
/// join two sides only, as those of members and consortia mostly do.
const RELAXATION: f64 = 1.310;
/// The sum of what all shares were off in a pass, as a part of the whole, below which the passes end. What is left then
/// is of the same order.
const CHANGE: f64 = 1e-13;

/// The share of a walker's time that is spent at each node; the shares add up to 1.
///
/// The walker leaves over one of the relationships at random, so a tie is taken in proportion to its weight, in either
/// direction; where there is none it starts again anywhere. Two nodes without ties have equal shares.
///
/// Solved as the linear system that it is, by successive over-relaxation: each pass uses what it has just found, and
/// goes a little beyond. The system is symmetric and positive definite, so that the passes end (Ostrowski 1954).
/// Starting again from nodes without ties only scales the solution.
///
/// **Complexity.** *O(V + E)* per pass, some 30 passes.
///
/// Source: L. Page, S. Brin, R. Motwani, T. Winograd, The PageRank citation ranking, Stanford 1999; as a linear system
/// D. Gleich, PageRank beyond the web, SIAM Review 57 (2015) 321; the factor: D. Young, Iterative methods for solving
/// partial difference equations of elliptic type, Trans. AMS 76 (1954) 92.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the passes.
pub fn page_rank(ties: &Ties, budget: &Budget) -> Result<Vec<f64>, Exhausted> {
    let count = ties.count();
    let base = 1.0 / count as f64;
    // Each node's share for one relationship: what it passes on over each of them.
    let strengths: Vec<f64> = (0..count).map(|node| ties.weighted_degree(node) as f64).collect();
    let mut per_relationship: Vec<f64> =
        strengths.iter().map(|&strength| if strength > 0.0 { base / strength } else { 0.0 }).collect();
    loop {
        budget.sweep(ties.pass())?;
        let (mut change, mut total) = (0.0, 0.0);
        for node in 0..count {
            if strengths[node] == 0.0 {
                continue;
            }
            let received: f64 =
                ties.of_node(node).map(|(other, weight)| per_relationship[other] * f64::from(weight)).sum();
            let share = base + DAMPING * received;
            let off = share - per_relationship[node] * strengths[node];
            change += off.abs();
            total += share;
            per_relationship[node] += RELAXATION * off / strengths[node];
        }
        if change <= CHANGE * total {
            break;
        }
    }
    let mut shares: Vec<f64> = strengths
        .iter()
        .zip(&per_relationship)
        .map(|(&strength, &share)| if strength > 0.0 { share * strength } else { base })
        .collect();
    let total: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= total);
    Ok(shares)
}
