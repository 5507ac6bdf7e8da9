//! The weighted graphs of one round after the other: each node of one is a group of nodes of the one below.

use crate::graph::grouped::Grouped;
use crate::graph::ties::Ties;

/// A weighted graph whose nodes are groups of nodes of the view.
pub(super) struct Level {
    starts: Vec<u32>,
    others: Vec<u32>,
    weights: Vec<u32>,
    /// The weight of all ties of each node, those within it counted twice.
    pub(super) strengths: Vec<f64>,
    /// Twice the weight of everything; 1 where there are no ties.
    pub(super) total: f64,
}

impl Level {
    pub(super) fn lowest(ties: &Ties) -> Self {
        let (starts, others, weights) = ties.arrays();
        let strengths: Vec<f64> = (0..ties.count()).map(|node| ties.weighted_degree(node) as f64).collect();
        let total = strengths.iter().sum::<f64>().max(1.0);
        Self { starts: starts.to_vec(), others: others.to_vec(), weights: weights.to_vec(), strengths, total }
    }

    pub(super) fn count(&self) -> usize {
        self.strengths.len()
    }

    /// How many numbers a pass reads.
    pub(super) fn pass(&self) -> usize {
        self.others.len() + self.count()
    }

    pub(super) fn others(&self, node: usize) -> &[u32] {
        &self.others[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// The other ends of a node's ties, each with the weight of the tie.
    pub(super) fn of_node(&self, node: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let slots = self.starts[node] as usize..self.starts[node + 1] as usize;
        let weights = self.weights[slots.clone()].iter().map(|&weight| f64::from(weight));
        self.others[slots].iter().map(|&other| other as usize).zip(weights)
    }

    /// The level above, whose nodes are the groups, numbered from 0 without gaps.
    pub(super) fn merged(&self, groups: &[u32], count: usize) -> Self {
        let members = Grouped::of(count, groups.iter().map(|&group| group as usize).zip(0_u32..));
        let mut above = Self {
            starts: vec![0],
            others: Vec::new(),
            weights: Vec::new(),
            strengths: vec![0.0; count],
            total: self.total,
        };
        for (&group, strength) in groups.iter().zip(&self.strengths) {
            above.strengths[group as usize] += strength;
        }
        let mut to_group = vec![0_u32; count];
        for group in 0..count {
            let first = above.others.len();
            for &node in members.group(group) {
                let slots = self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize;
                for (&other, &weight) in self.others[slots.clone()].iter().zip(&self.weights[slots]) {
                    let other = groups[other as usize];
                    if other as usize != group {
                        if to_group[other as usize] == 0 {
                            above.others.push(other);
                        }
                        to_group[other as usize] += weight;
                    }
                }
            }
            for &other in &above.others[first..] {
                above.weights.push(std::mem::take(&mut to_group[other as usize]));
            }
            above.starts.push(above.others.len() as u32);
        }
        above
    }
}

/// Numbers groups in the order in which they first appear, without gaps; gives how many there are.
pub(super) fn without_gaps(groups: &mut [u32]) -> usize {
    const NONE: u32 = u32::MAX;
    let past = groups.iter().max().map_or(0, |&last| last as usize + 1);
    let mut numbers = vec![NONE; past];
    let mut next = 0;
    for group in groups {
        let number = &mut numbers[*group as usize];
        if *number == NONE {
            *number = next;
            next += 1;
        }
        *group = *number;
    }
    next as usize
}
