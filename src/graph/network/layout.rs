//! Where the nodes of a network are drawn.

use std::f64::consts::TAU;

use super::force::Simulation;
use crate::graph::{Budget, Exhausted};

/// How the nodes of a network are placed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Edges pull, nodes push, as d3-force does it: what is connected comes together.
    #[default]
    Force,
    /// On a circle, communities side by side, the biggest first.
    Circular,
}

/// A place per node, each coordinate -1 to 1, rounded to four decimals.
///
/// **Complexity.** Circular *O(n log n)*; force *O(i (n log n + m))* for *n* nodes, *m* edges and *i* rounds, of which
/// there are 300 up to 150 nodes and fewer for more, but at least 30.
///
/// Source of the force layout: M. Bostock, d3-force (2016), with the tree of J. Barnes, P. Hut, Nature 324 (1986),
/// 446-449.
pub(in crate::graph) fn places(
    layout: Layout,
    communities: &[usize],
    edges: &[(usize, usize)],
    budget: &Budget,
) -> Result<Vec<[f64; 2]>, Exhausted> {
    let mut places = match layout {
        Layout::Force => force(communities, edges, budget)?,
        Layout::Circular => circle(communities),
    };
    for coordinate in places.iter_mut().flatten() {
        // Adding zero makes a negative zero positive.
        *coordinate = (*coordinate * 10_000.0).round() / 10_000.0 + 0.0;
    }
    Ok(places)
}

fn circle(communities: &[usize]) -> Vec<[f64; 2]> {
    let count = communities.len();
    if count < 2 {
        return vec![[0.0, 0.0]; count];
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&position| communities[position]);
    let mut places = vec![[0.0, 0.0]; count];
    for (turn, position) in order.into_iter().enumerate() {
        let (sine, cosine) = (TAU * turn as f64 / count as f64).sin_cos();
        places[position] = [cosine, sine];
    }
    places
}

fn force(communities: &[usize], edges: &[(usize, usize)], budget: &Budget) -> Result<Vec<[f64; 2]>, Exhausted> {
    let count = communities.len();
    if count < 2 {
        return Ok(vec![[0.0, 0.0]; count]);
    }
    let rounds = (45_000 / count).clamp(30, 300);
    let mut simulation = Simulation::new(communities, edges, rounds);
    for _ in 0..rounds {
        budget.check_clock()?;
        simulation.round();
    }
    Ok(fitted(simulation.places().collect()))
}

/// Moves the middle of the picture to 0, 0 and its farthest edge to 1.
fn fitted(mut places: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    let mut reach = 0.0_f64;
    for axis in 0..2 {
        let along = places.iter().map(|place| place[axis]);
        let (low, high) = along.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let middle = low.midpoint(high);
        places.iter_mut().for_each(|place| place[axis] -= middle);
        reach = reach.max(high - middle);
    }
    for coordinate in places.iter_mut().flatten() {
        *coordinate = if reach > 0.0 && coordinate.is_finite() { (*coordinate / reach).clamp(-1.0, 1.0) } else { 0.0 };
    }
    places
}
