//! Betweenness: on how many shortest paths one lies.

mod exact;
mod sampled;

use super::{Measured, Method};
use crate::graph::ties::Ties;
use crate::graph::{Budget, Exhausted};

/// Up to how much reading all shortest paths are walked: nodes times the arrays that are read from each.
const EXACT: usize = 60_000_000;

/// The part of the shortest paths between two others that lead over a node, as a mean over all pairs of others: 0 to 1.
/// Every tie is one step; where there are several shortest paths, each counts in part; a pair without a path counts 0.
///
/// In a large graph paths are drawn, the same each time; with a probability of 0.95 every score then is within `error`
/// of the exact one.
///
/// **Complexity.** *O(V (V + E))* where all paths are walked; some ten thousand searches from both ends, which meet
/// after a small part of the graph, where paths are drawn.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the searches.
pub fn betweenness(ties: &Ties, budget: &Budget) -> Result<Measured, Exhausted> {
    if ties.count().saturating_mul(ties.pass()) <= EXACT {
        return Ok(Measured { values: exact::betweenness(ties, budget)?, method: Method::Exact });
    }
    sampled::betweenness(ties, sampled::ERROR, budget)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::index::EntityIndex;
    use crate::graph::random::Random;

    #[test]
    fn drawn_paths_come_as_near_to_all_paths_as_they_say() {
        let mut random = Random::of(7);
        let count = 300;
        // Two crowds, a few ties between them, and some nodes apart.
        let pairs: Vec<(usize, usize)> = (0..700)
            .map(|at| {
                let side = if at % 2 == 0 { 0 } else { 140 };
                let other = if at % 50 == 0 { 140 - side } else { side };
                (side + random.below(140), other + random.below(140))
            })
            .collect();
        let ties = Ties::from_pairs((0..count as u32).map(EntityIndex).collect(), &pairs);
        let budget = Budget::unlimited();
        let exact = exact::betweenness(&ties, &budget).unwrap();
        let drawn = sampled::betweenness(&ties, 0.02, &budget).unwrap();
        let Method::Sampled { error, .. } = drawn.method else { panic!("paths were drawn") };
        let worst = exact.iter().zip(&drawn.values).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
        assert!(worst > 0.0 && worst <= error, "{worst} is more than {error}");
        assert!(exact.iter().fold(0.0, |most: f64, &score| most.max(score)) > 3.0 * error, "the test says nothing");
    }

    #[test]
    fn drawing_the_same_node_twice_takes_nothing_from_the_scores() {
        // In a small star the middle is on every path, and one pair of six is of a node and itself.
        let spokes: Vec<(usize, usize)> = (1..6).map(|spoke| (0, spoke)).collect();
        let ties = Ties::from_pairs((0..6).map(EntityIndex).collect(), &spokes);
        let drawn = sampled::betweenness(&ties, 0.02, &Budget::unlimited()).unwrap();
        assert!((drawn.values[0] - 1.0).abs() <= 0.02, "{}", drawn.values[0]);
        assert_eq!(drawn.values[1..], [0.0; 5]);
    }
}
