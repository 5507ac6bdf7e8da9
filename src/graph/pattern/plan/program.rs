//! What a pattern becomes before it is run: instructions that fill slots, one after the other, going back where one
//! fails.

use std::sync::Arc;

use crate::graph::Direction;
use crate::graph::index::EntityIndex;
use crate::graph::kinds::{EntityKinds, RelationshipKinds};
use crate::graph::pattern::condition::Condition;
use crate::graph::pattern::query::Register;
use crate::graph::pattern::syntax::ast::Mode;

/// A place in the memory of a run: a register, or what a repetition counts.
pub(in crate::graph::pattern) type Slot = usize;

#[derive(Debug)]
pub(in crate::graph::pattern) enum Instruction {
    /// Fills a register with each of some entities.
    Scan { to: Register, source: Source },
    /// Notes an entity as met by the path of a chain; fails where the mode forbids it.
    Meet { chain: usize, register: Register },
    /// Goes over each relationship that fits to each entity that fits.
    Step(Box<Step>),
    /// Goes on where the condition holds.
    Test(Arc<Condition>),
    /// Goes on where the entity is of one of these kinds.
    IsOf(Register, EntityKinds),
    /// Starts a repetition at an entity.
    Enter { slots: LoopSlots, at: Register, clear: Vec<Register> },
    /// Repeats once more, or goes on behind the repetition.
    Branch { slots: LoopSlots, least: u32, most: Option<u32>, exit: usize },
    /// Starts one time of a repetition: its first junction is where the one before has ended.
    Begin { slots: LoopSlots, to: Register },
    /// Ends one time of a repetition.
    End { slots: LoopSlots, from: Register, cap: Option<u32>, branch: usize },
    /// Ends a repetition at an entity, which is known already where `bound`.
    Leave { slots: LoopSlots, to: Register, bound: bool },
    /// Goes over the selected paths of a chain.
    Select(Box<Select>),
    /// Counts a row for a step of the plan.
    Count(usize),
    /// All is found.
    Accept,
}

/// The slots of one repetition.
#[derive(Clone, Copy, Debug)]
pub(in crate::graph::pattern) struct LoopSlots {
    /// How often it has been gone through.
    pub(in crate::graph::pattern) count: Slot,
    /// The entity where it stands.
    pub(in crate::graph::pattern) at: Slot,
    /// How long the log was when it started, and when it ended.
    pub(in crate::graph::pattern) log: (Slot, Slot),
}

#[derive(Debug)]
pub(in crate::graph::pattern) enum Source {
    /// These, in the order of their ids.
    Entities(Vec<EntityIndex>),
    /// All of these kinds.
    Kinds(EntityKinds),
}

#[derive(Debug)]
pub(in crate::graph::pattern) struct Step {
    pub(in crate::graph::pattern) from: Register,
    pub(in crate::graph::pattern) edge: Register,
    pub(in crate::graph::pattern) to: Register,
    pub(in crate::graph::pattern) kinds: RelationshipKinds,
    /// Seen from `from`.
    pub(in crate::graph::pattern) direction: Direction,
    /// The kinds at the other end, as runs.
    pub(in crate::graph::pattern) runs: Vec<(usize, usize)>,
    pub(in crate::graph::pattern) edge_bound: bool,
    pub(in crate::graph::pattern) to_bound: bool,
    pub(in crate::graph::pattern) chain: usize,
    pub(in crate::graph::pattern) mode: Mode,
    /// Whether it is within a repetition or a selected path, so that it has to be noted each time.
    pub(in crate::graph::pattern) logged: bool,
    /// Whether slots have to be kept while its alternatives are tried.
    pub(in crate::graph::pattern) volatile: bool,
}

#[derive(Debug)]
pub(in crate::graph::pattern) struct Select {
    pub(in crate::graph::pattern) chain: usize,
    pub(in crate::graph::pattern) from: Register,
    pub(in crate::graph::pattern) to: Register,
    /// Whether it is walked from its first junction to its last.
    pub(in crate::graph::pattern) forward: bool,
    pub(in crate::graph::pattern) to_bound: bool,
    /// How its paths are walked from `from` on.
    pub(in crate::graph::pattern) program: Program,
}

/// Instructions, and how much memory they need.
#[derive(Debug)]
pub(in crate::graph::pattern) struct Program {
    pub(in crate::graph::pattern) instructions: Vec<Instruction>,
    pub(in crate::graph::pattern) slots: usize,
    /// For each chain and each of its repetitions: its log, and whether it is walked along the pattern.
    pub(in crate::graph::pattern) walked: Vec<Vec<Option<(LoopSlots, bool)>>>,
}
