//! What a walk has filled, for conditions and for rows: its slots, and what its repetitions went over.

use super::log::{self, Entry};
use super::walker::Walker;
use crate::graph::pattern::condition::Row;
use crate::graph::pattern::query::{Register, Segment};
use crate::graph::pattern::syntax::ast::Selector;

impl Walker<'_> {
    /// The parts of the log that belong to the repetitions of a chain, from left to right, each with whether it was
    /// walked so; of a selected chain its whole log.
    pub(super) fn logs(&self, chain: usize) -> Vec<(&[Entry], bool)> {
        if let Some((paths, position)) = &self.selected[chain] {
            let path = &paths[*position];
            return vec![(&path.log, path.forward)];
        }
        let walked = self.program.walked[chain].iter().flatten();
        walked
            .map(|(slots, forward)| {
                let [start, end] = [slots.log.0, slots.log.1].map(|slot| self.slots[slot] as usize);
                (&self.log[start..end], *forward)
            })
            .collect()
    }

    /// Appends the entities and the relationships of the path of a chain, from left to right.
    pub(super) fn append_path(&self, chain: usize, nodes: &mut Vec<u32>, edges: &mut Vec<u32>) {
        let sequence = &self.query.chains[chain].sequence;
        nodes.push(self.slots[sequence.first()]);
        if self.query.chains[chain].selector != Selector::All {
            for (log, forward) in self.logs(chain) {
                log::append_path(log, forward, self.slots[sequence.last()], nodes, edges);
            }
            return;
        }
        for (position, segment) in sequence.segments.iter().enumerate() {
            let right = self.slots[sequence.junctions[position + 1]];
            match segment {
                Segment::Edge(edge, _) => {
                    edges.push(self.slots[*edge]);
                    nodes.push(right);
                }
                Segment::Repeat(_) => {
                    if let Some((slots, forward)) = self.program.walked[chain][position] {
                        let [start, end] = [slots.log.0, slots.log.1].map(|slot| self.slots[slot] as usize);
                        log::append_path(&self.log[start..end], forward, right, nodes, edges);
                    }
                }
            }
        }
    }

    pub(super) fn append_group(&self, register: Register, group: &mut Vec<u32>) {
        for chain in 0..self.query.chains.len() {
            for (log, forward) in self.logs(chain) {
                log::append_group(log, forward, register, group);
            }
        }
    }
}

impl Row for Walker<'_> {
    fn register(&self, register: Register) -> u32 {
        self.slots[register]
    }

    fn group_size(&self, register: Register) -> usize {
        let mut group = Vec::new();
        self.append_group(register, &mut group);
        group.len()
    }

    fn path_length(&self, chain: usize) -> usize {
        let (mut nodes, mut edges) = (Vec::new(), Vec::new());
        self.append_path(chain, &mut nodes, &mut edges);
        edges.len()
    }
}
