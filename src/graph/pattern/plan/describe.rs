//! The steps of a plan in the words of the pattern.

use crate::graph::Direction;
use crate::graph::kinds::{EntityKinds, RelationshipKinds};
use crate::graph::pattern::check::pascal;
use crate::graph::pattern::query::{Bound, Held, Query, Register, Registers, Segment, Sequence};
use crate::graph::pattern::syntax::ast::{Mode, Selector};
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

pub(super) struct Describer<'a> {
    query: &'a Query,
}

impl<'a> Describer<'a> {
    pub(super) fn new(query: &'a Query) -> Self {
        Self { query }
    }

    pub(super) fn scan(&self, register: Register, found: Option<usize>) -> String {
        let node = self.node(register);
        match found {
            Some(count) => format!("look up {node}: {count} by a key or a name"),
            None => format!("read all {node}"),
        }
    }

    pub(super) fn walk(&self, sequence: &Sequence, position: usize, forward: bool, bound: Registers) -> String {
        let (left, right) = (sequence.junctions[position], sequence.junctions[position + 1]);
        let to = if forward { right } else { left };
        let verb = if bound.contains(to) { "join" } else { "walk" };
        let segment = self.segment(&sequence.segments[position]);
        let (left, right) = (self.node(left), self.node(right));
        let way = if forward { "from left to right" } else { "from right to left" };
        format!("{verb} {left}{segment}{right} {way}")
    }

    pub(super) fn select(&self, chain: usize, forward: bool, bound: Registers) -> String {
        let chain = &self.query.chains[chain];
        let sequence = &chain.sequence;
        let what = match chain.selector {
            Selector::All => "ALL".to_owned(),
            Selector::Shortest(count) => format!("SHORTEST {count}"),
            Selector::ShortestGroups(count) => format!("SHORTEST {count} GROUPS"),
        };
        let mode = match chain.mode {
            Mode::Walk => "WALK",
            Mode::Trail => "TRAIL",
            Mode::Acyclic => "ACYCLIC",
            Mode::Simple => "SIMPLE",
        };
        let path = self.sequence(sequence);
        let to = if forward { sequence.last() } else { sequence.first() };
        let way = if forward { "from left to right" } else { "from right to left" };
        let joined = if bound.contains(to) { " between known ends" } else { "" };
        format!("select {what} {mode} {path} {way}{joined}")
    }

    fn sequence(&self, sequence: &Sequence) -> String {
        let mut text = self.node(sequence.first());
        for (segment, &junction) in sequence.segments.iter().zip(&sequence.junctions[1..]) {
            text += &self.segment(segment);
            text += &self.node(junction);
        }
        text
    }

    fn segment(&self, segment: &Segment) -> String {
        match segment {
            Segment::Edge(register, direction) => {
                let inner = self.name(*register) + &self.labels(*register);
                match direction {
                    Direction::Out => format!("-[{inner}]->"),
                    Direction::In => format!("<-[{inner}]-"),
                    Direction::Both => format!("-[{inner}]-"),
                }
            }
            Segment::Repeat(repeat) => {
                let most = repeat.most.map_or(String::new(), |most| most.to_string());
                format!("({}){{{},{most}}}", self.sequence(&repeat.body), repeat.least)
            }
        }
    }

    fn node(&self, register: Register) -> String {
        format!("({}{})", self.name(register), self.labels(register))
    }

    fn name(&self, register: Register) -> String {
        let named = self.query.variables.iter().find(|variable| match variable.what {
            Bound::One { register: own, .. } | Bound::Group { register: own } => own == register,
            Bound::Path { .. } => false,
        });
        named.map(|variable| variable.name.clone()).unwrap_or_default()
    }

    fn labels(&self, register: Register) -> String {
        // Whichever list is shorter: of the kinds that are meant, or of those that are not.
        let shorter = |meant: Vec<String>, others: Vec<String>| {
            if others.len() < meant.len() {
                others.iter().map(|name| format!("!{name}")).collect::<Vec<_>>().join("&")
            } else {
                meant.join("|")
            }
        };
        let labels = match self.query.registers[register] {
            Held::Entity(EntityKinds::ALL) | Held::Relationship(RelationshipKinds::ALL) => return String::new(),
            Held::Entity(kinds) => {
                let (meant, others): (Vec<_>, Vec<_>) =
                    EntityKind::ALL.into_iter().partition(|&kind| kinds.contains(kind));
                let named = |kinds: Vec<EntityKind>| kinds.into_iter().map(|kind| pascal(kind.name())).collect();
                shorter(named(meant), named(others))
            }
            Held::Relationship(kinds) => {
                let (meant, others): (Vec<_>, Vec<_>) =
                    RelationshipKind::ALL.into_iter().partition(|&kind| kinds.contains(kind));
                let named =
                    |kinds: Vec<RelationshipKind>| kinds.into_iter().map(|kind| kind.name().to_owned()).collect();
                shorter(named(meant), named(others))
            }
        };
        if labels.is_empty() { ":!%".to_owned() } else { format!(":{labels}") }
    }
}
