//! The first part of a round: nodes move to the group where they gain most, until none gains.

use std::collections::VecDeque;

use super::level::Level;
use crate::graph::random::Random;
use crate::graph::{Budget, Exhausted};

/// How much must be gained, as a part of the weight of everything, so that rounding never moves a node to and fro.
const GAIN: f64 = 1e-12;

/// The weight of one node's ties to each group: only what was touched is ever cleared.
pub(super) struct Touched {
    pub(super) weights: Vec<f64>,
    pub(super) groups: Vec<u32>,
}

impl Touched {
    pub(super) fn new(count: usize) -> Self {
        Self { weights: vec![0.0; count], groups: Vec::new() }
    }

    pub(super) fn add(&mut self, group: u32, weight: f64) {
        let known = &mut self.weights[group as usize];
        if *known == 0.0 {
            self.groups.push(group);
        }
        *known += weight;
    }

    pub(super) fn clear(&mut self) {
        for group in self.groups.drain(..) {
            self.weights[group as usize] = 0.0;
        }
    }
}

/// Moves nodes between groups while that raises the quality: every move gains, so that it ends. Only nodes with a
/// neighbor that moved away are looked at again. On equal gain a node stays, or else goes to the group with the least
/// number.
pub(super) fn move_nodes(
    level: &Level,
    groups: &mut [u32],
    resolution: f64,
    random: &mut Random,
    budget: &Budget,
) -> Result<(), Exhausted> {
    let count = level.count();
    let mut totals = vec![0.0; count];
    let mut sizes = vec![0_u32; count];
    for (&group, strength) in groups.iter().zip(&level.strengths) {
        totals[group as usize] += strength;
        sizes[group as usize] += 1;
    }
    let mut empty: Vec<u32> = (0..count as u32).rev().filter(|&group| sizes[group as usize] == 0).collect();
    let mut order: Vec<u32> = (0..count as u32).collect();
    random.shuffle(&mut order);
    let mut queue = VecDeque::from(order);
    let mut waits = vec![true; count];
    let mut touched = Touched::new(count);
    let least_gain = GAIN * level.total;
    let mut read = 0;
    while let Some(node) = queue.pop_front() {
        let node = node as usize;
        waits[node] = false;
        read += level.others(node).len() + 1;
        if read > Budget::CLOCK_INTERVAL as usize {
            budget.sweep(read)?;
            read = 0;
        }
        let own = groups[node];
        let strength = level.strengths[node];
        let expected = resolution * strength / level.total;
        totals[own as usize] -= strength;
        for (other, weight) in level.of_node(node) {
            touched.add(groups[other], weight);
        }
        let stays = touched.weights[own as usize] - expected * totals[own as usize];
        let (mut best, mut most) = (own, stays);
        for &group in &touched.groups {
            let gain = touched.weights[group as usize] - expected * totals[group as usize];
            let is_equal = best != own && group < best && gain > most - least_gain && gain > stays + least_gain;
            if gain > most + least_gain || is_equal {
                (best, most) = (group, gain);
            }
        }
        // To be alone gains nothing, which may be more.
        if most < -least_gain
            && let Some(&alone) = empty.last()
        {
            best = alone;
        }
        touched.clear();
        totals[best as usize] += strength;
        if best != own {
            if sizes[best as usize] == 0 {
                empty.pop();
            }
            sizes[best as usize] += 1;
            sizes[own as usize] -= 1;
            if sizes[own as usize] == 0 {
                empty.push(own);
            }
            groups[node] = best;
            for &other in level.others(node) {
                if groups[other as usize] != best && !waits[other as usize] {
                    waits[other as usize] = true;
                    queue.push_back(other);
                }
            }
        }
    }
    budget.sweep(read)
}
