//! A projection, ready to be drawn.

use std::cmp::Reverse;

use super::Projection;
use crate::graph::community::leiden;
use crate::graph::network::{Layout, places};
use crate::graph::ties::Ties;
use crate::graph::{Budget, Exhausted, Graph, NetworkNode};

/// The part of a projection that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionPicture {
    /// The entities with the most ties, most first, then by folded name, then by id.
    pub nodes: Vec<NetworkNode>,
    /// The places in [`Projection::edges`] of all edges among them, in that order.
    pub edges: Vec<usize>,
}

/// Places the `max_nodes` entities that have the most ties, by the ties among them. The same question gives the same
/// picture.
///
/// **Complexity.** *O(n log n + m)* for *n* entities and *m* edges; then the communities and the layout of what is
/// kept.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover a visit for each entity and each edge, and the communities.
pub fn picture(
    graph: &Graph,
    projection: &Projection,
    max_nodes: usize,
    layout: Layout,
    budget: &Budget,
) -> Result<ProjectionPicture, Exhausted> {
    const ABSENT: u32 = u32::MAX;
    budget.spend(projection.entities().len() + projection.edges.len())?;
    let whole = projection.ties();
    let mut order: Vec<usize> = (0..whole.count()).collect();
    let rank = |node: usize| graph.name_rank(projection.entities()[node]);
    order.sort_by_key(|&node| (Reverse(whole.degree(node)), rank(node), node));
    order.truncate(max_nodes);
    let mut kept = vec![ABSENT; whole.count()];
    for (place, &node) in (0..).zip(&order) {
        kept[node] = place;
    }
    let ends = |at: &usize| {
        let edge = &projection.edges[*at];
        (kept[edge.one as usize], kept[edge.other as usize], edge.weight)
    };
    let among = |at: &usize| ends(at).0 != ABSENT && ends(at).1 != ABSENT;
    let edges: Vec<usize> = (0..projection.edges.len()).filter(among).collect();
    let members = order.iter().map(|&node| projection.entities()[node]).collect();
    let ties = Ties::weighted(members, edges.iter().map(ends));
    let communities: Vec<usize> = leiden(&ties, 1.0, budget)?.groups.into_iter().map(|group| group as usize).collect();
    let pairs: Vec<(usize, usize)> =
        edges.iter().map(ends).map(|(one, other, _)| (one as usize, other as usize)).collect();
    let nodes = places(layout, &communities, &pairs, budget)?.into_iter().enumerate();
    let nodes = nodes.map(|(place, [x, y])| NetworkNode {
        entity: ties.members()[place],
        x,
        y,
        degree: ties.degree(place),
        community: communities[place],
    });
    Ok(ProjectionPicture { nodes: nodes.collect(), edges })
}
