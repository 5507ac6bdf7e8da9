//! Groups that are tied more closely among themselves than to the rest: Leiden's rounds.

use std::cmp::Reverse;

use super::level::{Level, without_gaps};
use super::moving::move_nodes;
use super::refining::refined;
use crate::graph::components::parts;
use crate::graph::random::Random;
use crate::graph::ties::Ties;
use crate::graph::{Budget, Exhausted};

/// How often the rounds begin anew from what was found; more find a little more, and take as long each.
const ITERATIONS: usize = 3;
/// How much all starts may read together, in numbers of one pass, where one start is not all there is.
const STARTS_READ: usize = 200_000;
/// How many starts there are at most.
const MOST_STARTS: usize = 10;

/// The group of each node, and how good the groups are together.
#[derive(Clone, Debug, PartialEq)]
pub struct Partition {
    /// By the position of the node; 0 is the largest group, equals are numbered by their first node.
    pub groups: Vec<u32>,
    /// How many groups there are.
    pub count: usize,
    /// The modularity at the resolution that was asked for.
    pub quality: f64,
}

/// The groups of nodes whose modularity is as great as can be found; each is connected.
///
/// A tie counts with its weight. A node without ties is a group of its own. Greater resolutions give smaller groups; 1
/// is Newman's modularity. Orders are drawn the same each time, and no number depends on the machine. A small graph is
/// tried in up to ten orders, of which the best is taken.
///
/// **Complexity.** *O(V + E)* per round; some five to ten rounds in each of three iterations.
///
/// Source: V. Traag, L. Waltman, N. J. van Eck, From Louvain to Leiden, Scientific Reports 9 (2019) 5233; of the parts
/// that a node may join when groups are refined, the best is taken and none is drawn.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the rounds.
pub fn leiden(ties: &Ties, resolution: f64, budget: &Budget) -> Result<Partition, Exhausted> {
    let starts = (STARTS_READ / ties.pass().max(1)).clamp(1, MOST_STARTS);
    best_of(starts, ties, resolution, budget)
}

/// The best of what is found in some orders; the first of equals.
pub(super) fn best_of(starts: usize, ties: &Ties, resolution: f64, budget: &Budget) -> Result<Partition, Exhausted> {
    budget.sweep(ties.pass())?;
    let lowest = Level::lowest(ties);
    let mut random = Random::of(1);
    let mut best = one_start(ties, &lowest, resolution, &mut random, budget)?;
    for _ in 1..starts {
        let next = one_start(ties, &lowest, resolution, &mut random, budget)?;
        if next.quality > best.quality {
            best = next;
        }
    }
    Ok(best)
}

fn one_start(
    ties: &Ties,
    lowest: &Level,
    resolution: f64,
    random: &mut Random,
    budget: &Budget,
) -> Result<Partition, Exhausted> {
    let mut groups: Vec<u32> = (0..ties.count() as u32).collect();
    for _ in 0..ITERATIONS {
        let before = groups.clone();
        iterate(lowest, &mut groups, resolution, random, budget)?;
        if groups == before {
            break;
        }
    }
    // The rounds end with connected groups; where the last of them was cut short this makes sure.
    let mut groups = parts(ties, |one, other| groups[one] == groups[other]);
    let count = number_by_size(&mut groups);
    Ok(Partition { quality: modularity(ties, &groups, resolution), groups, count })
}

/// Moves, refines and merges until nothing merges. Begins from the groups given.
fn iterate(
    lowest: &Level,
    groups: &mut Vec<u32>,
    resolution: f64,
    random: &mut Random,
    budget: &Budget,
) -> Result<(), Exhausted> {
    // The node of the level for each node of the lowest.
    let mut nodes: Vec<u32> = (0..lowest.count() as u32).collect();
    let mut above: Option<Level> = None;
    let mut level_groups = std::mem::take(groups);
    loop {
        let level = above.as_ref().unwrap_or(lowest);
        move_nodes(level, &mut level_groups, resolution, random, budget)?;
        let mut parts = refined(level, &level_groups, resolution, random, budget)?;
        let count = without_gaps(&mut parts);
        if count == level.count() {
            break;
        }
        budget.sweep(level.pass())?;
        let merged = level.merged(&parts, count);
        let mut merged_groups = vec![0; count];
        for (&part, &group) in parts.iter().zip(&level_groups) {
            merged_groups[part as usize] = group;
        }
        without_gaps(&mut merged_groups);
        for node in &mut nodes {
            *node = parts[*node as usize];
        }
        (above, level_groups) = (Some(merged), merged_groups);
    }
    *groups = nodes.into_iter().map(|node| level_groups[node as usize]).collect();
    without_gaps(groups);
    Ok(())
}

/// Numbers groups from the largest, equals by their first node; gives how many there are.
fn number_by_size(groups: &mut [u32]) -> usize {
    let count = without_gaps(groups);
    let mut sizes = vec![0_usize; count];
    groups.iter().for_each(|&group| sizes[group as usize] += 1);
    let mut order: Vec<u32> = (0..count as u32).collect();
    order.sort_by_key(|&group| Reverse(sizes[group as usize]));
    let mut numbers = vec![0; count];
    for (number, &group) in (0..).zip(&order) {
        numbers[group as usize] = number;
    }
    groups.iter_mut().for_each(|group| *group = numbers[*group as usize]);
    count
}

/// The weight within groups less what chance would put there, as a part of all weight; 0 where there are no ties.
///
/// Source: M. Newman, Analysis of weighted networks, Physical Review E 70 (2004) 056131; the resolution J. Reichardt,
/// S. Bornholdt, Physical Review E 74 (2006) 016110.
pub fn modularity(ties: &Ties, groups: &[u32], resolution: f64) -> f64 {
    let count = groups.iter().max().map_or(0, |&last| last as usize + 1);
    let mut strengths = vec![0_u64; count];
    let mut within = 0_u64;
    for (node, &group) in groups.iter().enumerate() {
        for (other, weight) in ties.of_node(node) {
            within += if groups[other] == group { u64::from(weight) } else { 0 };
            strengths[group as usize] += u64::from(weight);
        }
    }
    let total: u64 = strengths.iter().sum();
    if total == 0 {
        return 0.0;
    }
    let share = |&strength: &u64| strength as f64 / total as f64;
    let by_chance: f64 = strengths.iter().map(share).map(|share| share * share).sum();
    within as f64 / total as f64 - resolution * by_chance
}
