//! Which edges stand out: the disparity filter.
//!
//! Were the weight of an entity spread over its *k* edges by chance, an edge would hold a share of *p* or more of it
//! with probability *(1 - p)^(k - 1)*. Source: M. Á. Serrano, M. Boguñá, A. Vespignani, Extracting the multiscale
//! backbone of complex weighted networks, PNAS 106 (2009), 6483-6488.

use super::ProjectionEdge;

/// Says of every edge how likely it is by chance, seen from the end from which it is less likely. *O(n)*.
pub(super) fn judge(members: usize, edges: &mut [ProjectionEdge]) {
    let mut degrees = vec![0_u32; members];
    let mut strengths = vec![0_u64; members];
    for edge in edges.iter() {
        for end in [edge.one, edge.other] {
            degrees[end as usize] += 1;
            strengths[end as usize] += u64::from(edge.weight);
        }
    }
    for edge in edges {
        let seen_from = |end: u32| {
            let share = f64::from(edge.weight) / strengths[end as usize] as f64;
            // An only edge holds all there is: that says nothing.
            match degrees[end as usize] {
                0 | 1 => 1.0,
                degree => (1.0 - share).powi(degree as i32 - 1),
            }
        };
        edge.significance = seen_from(edge.one).min(seen_from(edge.other));
    }
}
