//! A pattern after its names have been looked up: registers to fill, and the conditions on them.

use std::sync::Arc;

use super::condition::Condition;
use super::syntax::ast::{Mode, Selector};
use crate::graph::Direction;
use crate::graph::kinds::{EntityKinds, RelationshipKinds};

/// A place for an entity or a relationship while a pattern is matched.
pub(super) type Register = usize;

/// The most registers of a pattern: one for each node and edge.
pub(super) const REGISTER_LIMIT: usize = 100;

/// A set of registers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Registers(pub(super) u128);

impl Registers {
    pub(super) fn of(register: Register) -> Self {
        Self(1 << register)
    }

    pub(super) fn contains(self, register: Register) -> bool {
        self.0 & (1 << register) != 0
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(super) fn insert(&mut self, register: Register) {
        self.0 |= 1 << register;
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Register> {
        (0..u128::BITS as usize).filter(move |&register| self.contains(register))
    }
}

/// What a register holds, and of which kinds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Held {
    Entity(EntityKinds),
    Relationship(RelationshipKinds),
}

/// A whole question.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) chains: Vec<Chain>,
    pub(super) registers: Vec<Held>,
    /// In the order in which they are first named.
    pub(super) variables: Vec<Variable>,
    /// What the rows have to hold besides what the chains ask: the last `WHERE`.
    pub(super) conditions: Vec<Needed>,
    /// The variables that are given back, by their positions, and whether each row is given once; `None` is all.
    pub(super) returned: Option<(Vec<usize>, bool)>,
}

/// A condition, and what has to be known before it can be asked.
#[derive(Clone, Debug)]
pub(super) struct Needed {
    /// Shared with the instructions that ask it.
    pub(super) condition: Arc<Condition>,
    pub(super) registers: Registers,
    /// Whether it asks for groups or paths, which are known when all is.
    pub(super) late: bool,
}

/// A path pattern.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) selector: Selector,
    pub(super) mode: Mode,
    pub(super) sequence: Sequence,
}

/// Junctions with a segment between each two: one junction more than segments.
#[derive(Clone, Debug, Default)]
pub(super) struct Sequence {
    pub(super) junctions: Vec<Register>,
    pub(super) segments: Vec<Segment>,
    /// Conditions on the registers of this sequence that are part of the pattern: asked before paths are selected.
    pub(super) conditions: Vec<Needed>,
}

#[derive(Clone, Debug)]
pub(super) enum Segment {
    Edge(Register, Direction),
    Repeat(Box<Repeat>),
}

/// A sequence some times after itself: the last junction of one time is the first of the next.
#[derive(Clone, Debug)]
pub(super) struct Repeat {
    pub(super) body: Sequence,
    pub(super) least: usize,
    pub(super) most: Option<usize>,
    /// The registers of the body and of what is repeated in it.
    pub(super) registers: Registers,
    /// Registers outside it that its conditions ask for.
    pub(super) needs: Registers,
    /// Its number among all that is repeated, from 1.
    pub(super) number: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) what: Bound,
}

/// What a variable is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// One element; `optional` where there may be none.
    One { register: Register, optional: bool },
    /// As many as there were repetitions, in the order of the path.
    Group { register: Register },
    /// The whole path of a chain.
    Path { chain: usize },
}

impl Sequence {
    /// All registers of it and of what is repeated in it.
    pub(super) fn all_registers(&self) -> Registers {
        let mut all =
            self.junctions.iter().fold(Registers::default(), |all, &register| all.or(Registers::of(register)));
        for segment in &self.segments {
            all = all.or(match segment {
                Segment::Edge(register, _) => Registers::of(*register),
                Segment::Repeat(repeat) => repeat.registers,
            });
        }
        all
    }

    pub(super) fn first(&self) -> Register {
        self.junctions[0]
    }

    pub(super) fn last(&self) -> Register {
        self.junctions[self.junctions.len() - 1]
    }

    /// The fewest steps it may have; nested quantifiers may ask for more than can be counted.
    pub(super) fn least_steps(&self) -> usize {
        let steps = self.segments.iter().map(|segment| match segment {
            Segment::Edge(..) => 1,
            Segment::Repeat(repeat) => repeat.least.saturating_mul(repeat.body.least_steps()),
        });
        steps.fold(0, usize::saturating_add)
    }
}
