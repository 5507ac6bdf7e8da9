//! Cores: how deep in the dense middle a node lies.

use crate::graph::ties::Ties;
use crate::graph::{Budget, Exhausted};

/// The core number of each node: the greatest *k* so that it belongs to a group in which everyone is tied to at least
/// *k* others of the group. Every tie counts alike; a node without ties has 0.
///
/// **Complexity.** *O(V + E)*.
///
/// Source: V. Batagelj, M. Zaveršnik, An O(m) algorithm for cores decomposition of networks, arXiv cs/0310049 (2003).
///
/// # Errors
/// [`Exhausted`] when the budget does not cover two passes.
pub fn core_numbers(ties: &Ties, budget: &Budget) -> Result<Vec<u32>, Exhausted> {
    budget.sweep(2 * ties.pass())?;
    let count = ties.count();
    let mut degrees: Vec<u32> = (0..count).map(|node| ties.degree(node) as u32).collect();
    let greatest = degrees.iter().max().map_or(0, |&degree| degree as usize);
    // Nodes by degree; where the nodes of each degree start; where each node stands.
    let mut starts = vec![0_u32; greatest + 2];
    degrees.iter().for_each(|&degree| starts[degree as usize + 1] += 1);
    for degree in 1..starts.len() {
        starts[degree] += starts[degree - 1];
    }
    let mut next = starts.clone();
    let (mut order, mut places) = (vec![0_u32; count], vec![0_u32; count]);
    for node in 0..count {
        let place = &mut next[degrees[node] as usize];
        (order[*place as usize], places[node]) = (node as u32, *place);
        *place += 1;
    }
    for at in 0..count {
        let node = order[at] as usize;
        for &other in ties.others(node) {
            let degree = degrees[other as usize];
            if degree > degrees[node] {
                // It changes places with the first of its degree, which then starts one later.
                let (place, first) = (places[other as usize], starts[degree as usize]);
                let moved = order[first as usize];
                (order[first as usize], order[place as usize]) = (other, moved);
                (places[other as usize], places[moved as usize]) = (first, place);
                starts[degree as usize] += 1;
                degrees[other as usize] -= 1;
            }
        }
    }
    Ok(degrees)
}
