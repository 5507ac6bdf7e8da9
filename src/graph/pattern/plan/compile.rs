//! From the parts of a query, in the order that was planned, to instructions.

use std::sync::Arc;

use crate::graph::View;
use crate::graph::kinds::EntityKinds;
use crate::graph::pattern::condition::Condition;
use crate::graph::pattern::plan::estimate::seen;
use crate::graph::pattern::plan::program::{Instruction, LoopSlots, Program, Step};
use crate::graph::pattern::query::{Held, Needed, Query, Register, Registers, Repeat, Segment, Sequence};
use crate::graph::pattern::syntax::ast::Mode;

pub(super) struct Compiler<'a> {
    query: &'a Query,
    view: &'a View,
    pub(super) instructions: Vec<Instruction>,
    slots: usize,
    pub(super) bound: Registers,
    /// Conditions that have not been asked yet.
    pending: Vec<&'a Needed>,
    walked: Vec<Vec<Option<(LoopSlots, bool)>>>,
    /// Whether every step has to be noted: of a selected path.
    logs_all: bool,
}

/// Which chain a segment is of, and how it is walked.
#[derive(Clone, Copy)]
pub(super) struct Along {
    pub(super) chain: usize,
    pub(super) forward: bool,
    /// Whether it is within a repetition.
    pub(super) within: bool,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(query: &'a Query, view: &'a View, pending: Vec<&'a Needed>, logs_all: bool) -> Self {
        Self {
            query,
            view,
            instructions: Vec::new(),
            slots: query.registers.len(),
            bound: Registers::default(),
            pending,
            walked: query.chains.iter().map(|chain| vec![None; chain.sequence.segments.len()]).collect(),
            logs_all,
        }
    }

    pub(super) fn finish(mut self) -> Program {
        self.instructions.push(Instruction::Accept);
        Program { instructions: self.instructions, slots: self.slots, walked: self.walked }
    }

    /// Notes that a register is filled, and asks what can be asked now.
    pub(super) fn bind(&mut self, register: Register) {
        self.bound.insert(register);
        self.ask();
    }

    /// Asks the conditions whose registers are all known.
    pub(super) fn ask(&mut self) {
        let bound = self.bound;
        let (ready, pending) =
            self.pending.iter().partition::<Vec<_>, _>(|needed| !needed.late && needed.registers.is_within(bound));
        self.pending = pending;
        self.instructions.extend(ready.into_iter().map(|needed| Instruction::Test(Arc::clone(&needed.condition))));
    }

    /// Asks the conditions that need the whole row.
    pub(super) fn ask_late(&mut self) {
        let late = std::mem::take(&mut self.pending);
        self.instructions.extend(late.into_iter().map(|needed| Instruction::Test(Arc::clone(&needed.condition))));
    }

    /// Walks a segment of a chain, seen as the `position`-th of it.
    pub(super) fn walk(&mut self, sequence: &'a Sequence, position: usize, along: Along) {
        let (left, right) = (sequence.junctions[position], sequence.junctions[position + 1]);
        let (from, to) = if along.forward { (left, right) } else { (right, left) };
        match &sequence.segments[position] {
            Segment::Edge(edge, direction) => {
                let Held::Relationship(kinds) = &self.query.registers[*edge] else {
                    unreachable!("an edge has the register of a relationship")
                };
                let step = Step {
                    from,
                    edge: *edge,
                    to,
                    kinds: *kinds,
                    direction: seen(*direction, along.forward),
                    runs: self.kinds(to).and(self.view.entity_kinds()).runs().collect(),
                    edge_bound: self.bound.contains(*edge),
                    to_bound: self.bound.contains(to),
                    chain: along.chain,
                    mode: self.query.chains[along.chain].mode,
                    logged: along.within || self.logs_all,
                    volatile: along.within,
                };
                self.instructions.push(Instruction::Step(Box::new(step)));
                self.bound.insert(*edge);
                self.bind(to);
            }
            Segment::Repeat(repeat) => {
                let slots = self.repeat(repeat, from, to, along);
                if !along.within {
                    self.walked[along.chain][position] = Some((slots, along.forward));
                }
            }
        }
    }

    fn repeat(&mut self, repeat: &'a Repeat, from: Register, to: Register, along: Along) -> LoopSlots {
        let slots = LoopSlots { count: self.slots, at: self.slots + 1, log: (self.slots + 2, self.slots + 3) };
        self.slots += 4;
        let clear = repeat.registers.iter().collect();
        self.instructions.push(Instruction::Enter { slots, at: from, clear });
        let branch = self.instructions.len();
        let most = repeat.most.map(|most| most as u32);
        self.instructions.push(Instruction::Branch { slots, least: repeat.least as u32, most, exit: 0 });

        let (outer_bound, outer_pending) = (self.bound, std::mem::take(&mut self.pending));
        self.pending = repeat.body.conditions.iter().collect();
        let body = &repeat.body;
        let (first, last) = if along.forward { (body.first(), body.last()) } else { (body.last(), body.first()) };
        self.instructions.push(Instruction::Begin { slots, to: first });
        self.check_kinds(first);
        self.bind(first);
        let inner = Along { within: true, ..along };
        for step in 0..body.segments.len() {
            self.walk(body, if along.forward { step } else { body.segments.len() - 1 - step }, inner);
        }
        let cap = if repeat.most.is_none() { Some(repeat.least as u32) } else { None };
        self.instructions.push(Instruction::End { slots, from: last, cap, branch });
        self.bound = outer_bound;
        self.pending = outer_pending;

        let behind = self.instructions.len();
        if let Instruction::Branch { exit, .. } = &mut self.instructions[branch] {
            *exit = behind;
        }
        let bound = self.bound.contains(to);
        self.instructions.push(Instruction::Leave { slots, to, bound });
        if !bound {
            self.check_kinds(to);
        }
        self.bind(to);
        slots
    }

    fn check_kinds(&mut self, register: Register) {
        let kinds = self.kinds(register);
        if kinds != EntityKinds::ALL {
            self.instructions.push(Instruction::IsOf(register, kinds));
        }
    }

    fn kinds(&self, register: Register) -> EntityKinds {
        match self.query.registers[register] {
            Held::Entity(kinds) => kinds,
            Held::Relationship(_) => EntityKinds::NONE,
        }
    }

    /// Notes where the path of a chain with a mode starts.
    pub(super) fn meet(&mut self, chain: usize, register: Register) {
        if self.query.chains[chain].mode != Mode::Walk {
            self.instructions.push(Instruction::Meet { chain, register });
        }
    }

    pub(super) fn test(&mut self, condition: &Arc<Condition>) {
        self.instructions.push(Instruction::Test(Arc::clone(condition)));
    }
}
