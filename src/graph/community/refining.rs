//! The second part of a round: each group is built anew out of single nodes, so that what hangs together badly comes
//! apart.

use super::level::Level;
use super::moving::Touched;
use crate::graph::random::Random;
use crate::graph::{Budget, Exhausted};

/// Parts of the groups, numbered by one of their nodes. Each is connected: a node joins a part only over a tie.
///
/// A node that is still alone joins the part of its group where that gains most, if it gains at all and both the node
/// and the part are tied well enough to the rest of the group.
pub(super) fn refined(
    level: &Level,
    groups: &[u32],
    resolution: f64,
    random: &mut Random,
    budget: &Budget,
) -> Result<Vec<u32>, Exhausted> {
    budget.sweep(2 * level.pass())?;
    let count = level.count();
    let mut group_totals = vec![0.0; count];
    for (&group, strength) in groups.iter().zip(&level.strengths) {
        group_totals[group as usize] += strength;
    }
    // Of each part: the weight of its ties to the rest of its group, and of all its ties.
    let mut ties_to_rest: Vec<f64> = (0..count)
        .map(|node| {
            level.of_node(node).filter(|&(other, _)| groups[other] == groups[node]).map(|(_, weight)| weight).sum()
        })
        .collect();
    let mut totals = level.strengths.clone();
    let mut parts: Vec<u32> = (0..count as u32).collect();
    let mut is_alone = vec![true; count];
    let mut order = parts.clone();
    random.shuffle(&mut order);
    let mut touched = Touched::new(count);
    for node in order {
        let node = node as usize;
        let group = groups[node];
        let whole = group_totals[group as usize];
        let is_well_tied = |total: f64, to_rest: f64| to_rest >= resolution * total * (whole - total) / level.total;
        if !is_alone[node] || !is_well_tied(totals[node], ties_to_rest[node]) {
            continue;
        }
        for (other, weight) in level.of_node(node) {
            if groups[other] == group {
                touched.add(parts[other], weight);
            }
        }
        let expected = resolution * level.strengths[node] / level.total;
        let mut best = None;
        let mut most = 0.0;
        for &part in &touched.groups {
            let at = part as usize;
            let gain = touched.weights[at] - expected * totals[at];
            if gain > most && is_well_tied(totals[at], ties_to_rest[at]) {
                (best, most) = (Some(part), gain);
            }
        }
        if let Some(part) = best {
            let at = part as usize;
            is_alone[at] = false;
            is_alone[node] = false;
            parts[node] = part;
            totals[at] += level.strengths[node];
            ties_to_rest[at] += ties_to_rest[node] - 2.0 * touched.weights[at];
        }
        touched.clear();
    }
    Ok(parts)
}
