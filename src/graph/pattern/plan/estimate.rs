//! How many rows a part of a plan is likely to make, from the census of the graph.

use crate::graph::Direction;
use crate::graph::index::EntityIndex;
use crate::graph::kinds::EntityKinds;
use crate::graph::pattern::condition::{Condition, Operand};
use crate::graph::pattern::plan::program::Source;
use crate::graph::pattern::property::EntityProperty;
use crate::graph::pattern::query::{Held, Needed, Query, Register, Registers, Segment, Sequence};
use crate::graph::pattern::syntax::ast::{Comparison, Selector};
use crate::graph::pattern::value::Value;
use crate::graph::{Graph, View};
use crate::model::identifier::Identifier;

/// What is known about the parts of a query before it is run.
pub(super) struct Estimates<'a> {
    graph: &'a Graph,
    view: &'a View,
    query: &'a Query,
}

impl<'a> Estimates<'a> {
    pub(super) fn new(graph: &'a Graph, view: &'a View, query: &'a Query) -> Self {
        Self { graph, view, query }
    }

    /// The kinds that an entity in a register may be of, in the view.
    pub(super) fn kinds(&self, register: Register) -> EntityKinds {
        match self.query.registers[register] {
            Held::Entity(kinds) => kinds.and(self.view.entity_kinds()),
            Held::Relationship(_) => EntityKinds::NONE,
        }
    }

    /// How many entities may be in a register by their kinds.
    pub(super) fn population(&self, register: Register) -> f64 {
        self.graph.census.count(self.kinds(register)) as f64
    }

    /// From where a register is best filled, and with how many entities.
    pub(super) fn source(&self, register: Register) -> (Source, f64) {
        let mut best: Option<Vec<EntityIndex>> = None;
        for needed in self.conditions_of(register) {
            if let Some(found) = self.looked_up(&needed.condition)
                && best.as_ref().is_none_or(|best| found.len() < best.len())
            {
                best = Some(found);
            }
        }
        match best {
            Some(entities) => {
                let count = entities.len() as f64;
                (Source::Entities(entities), count)
            }
            None => {
                let selectivity: f64 =
                    self.conditions_of(register).map(|needed| self.selectivity(&needed.condition)).product();
                (Source::Kinds(self.kinds(register)), self.population(register) * selectivity)
            }
        }
    }

    /// The conditions on one register alone that hold for every row.
    pub(super) fn conditions_of(&self, register: Register) -> impl Iterator<Item = &'a Needed> {
        let only = Registers::of(register);
        let ends = |sequence: &Sequence| Registers::of(sequence.first()).or(Registers::of(sequence.last()));
        let of_chains = self.query.chains.iter().flat_map(move |chain| {
            let usable = chain.selector == Selector::All || only.is_within(ends(&chain.sequence));
            chain.sequence.conditions.iter().filter(move |_| usable)
        });
        of_chains.chain(&self.query.conditions).filter(move |needed| needed.registers == only && !needed.late)
    }

    /// The few entities for which a condition can hold, where an index knows them.
    fn looked_up<'v>(&self, condition: &'v Condition) -> Option<Vec<EntityIndex>> {
        let Condition::Compare(by, Operand::EntityProperty(_, property), Operand::Constant(value)) = condition else {
            return None;
        };
        let values: Vec<&'v str> = match (by, value) {
            (Comparison::Equal, Value::Text(text)) => vec![text],
            // What is no text equals no text.
            (Comparison::In, Value::List(items)) => {
                let text = |item: &'v Value<'static>| if let Value::Text(text) = item { Some(&**text) } else { None };
                items.iter().filter_map(text).collect()
            }
            _ => return None,
        };
        let mut found: Vec<EntityIndex> = match property {
            EntityProperty::Id => values.iter().filter_map(|id| self.graph.find_entity(id)).collect(),
            EntityProperty::Name => values.iter().flat_map(|name| self.graph.names.called(name)).copied().collect(),
            EntityProperty::Key(scheme) => {
                let keys = values.iter().filter_map(|key| Identifier::new(*scheme, key).ok());
                keys.flat_map(|key| self.graph.find_by_identifier(&key)).collect()
            }
            _ => return None,
        };
        found.sort_unstable();
        found.dedup();
        Some(found)
    }

    /// Which part of what is tested is likely to pass.
    pub(super) fn selectivity(&self, condition: &Condition) -> f64 {
        let total = self.graph.entity_count().max(1) as f64;
        match condition {
            Condition::All(parts) => parts.iter().map(|part| self.selectivity(part)).product(),
            Condition::OneOf(parts) => parts.iter().map(|part| self.selectivity(part)).sum::<f64>().min(1.0),
            Condition::Not(inner) => (1.0 - self.selectivity(inner)).max(0.1),
            Condition::InCountries(_, countries) => {
                countries.iter().map(|&country| self.graph.census.in_country(country) as f64).sum::<f64>() / total
            }
            Condition::Compare(Comparison::Equal, ..) => match self.looked_up(condition) {
                Some(found) => found.len() as f64 / total,
                None => 0.1,
            },
            Condition::Compare(Comparison::NotEqual, ..) => 0.9,
            Condition::Compare(..) => 0.3,
            Condition::Same(..) => 1.0 / total,
            Condition::IsNull(_)
            | Condition::IsOfEntityKinds(..)
            | Condition::IsOfRelationshipKinds(..)
            | Condition::Holds(_) => 0.5,
        }
    }

    /// How many rows one row becomes when a segment is walked between two junctions.
    pub(super) fn growth(&self, segment: &Segment, from: Register, to: Register, along: bool) -> f64 {
        match segment {
            Segment::Edge(edge, direction) => self.edge_growth(*edge, seen(*direction, along), from, to),
            Segment::Repeat(repeat) => {
                let once = self.sequence_growth(&repeat.body, along).max(0.01);
                let most = repeat.most.unwrap_or(repeat.least + 3).min(repeat.least + 3);
                (repeat.least..=most).map(|times| once.powi(times as i32)).sum::<f64>().min(1e9)
            }
        }
    }

    /// How many rows one row becomes when a sequence is walked.
    fn sequence_growth(&self, sequence: &Sequence, along: bool) -> f64 {
        let steps = sequence.segments.iter().enumerate().map(|(position, segment)| {
            let (left, right) = (sequence.junctions[position], sequence.junctions[position + 1]);
            let (from, to) = if along { (left, right) } else { (right, left) };
            self.growth(segment, from, to, along)
        });
        steps.product::<f64>().min(1e9)
    }

    fn edge_growth(&self, edge: Register, direction: Direction, from: Register, to: Register) -> f64 {
        let Held::Relationship(kinds) = self.query.registers[edge] else { return 0.0 };
        let [from, to] = [from, to].map(|register| self.kinds(register));
        let joined = self.graph.census.joined(from, kinds, direction, to) as f64;
        joined / (self.graph.census.count(from).max(1) as f64)
    }
}

/// A direction as it is seen when a pattern is walked along or against its order.
pub(super) fn seen(direction: Direction, along: bool) -> Direction {
    match (direction, along) {
        (Direction::Out, false) => Direction::In,
        (Direction::In, false) => Direction::Out,
        (direction, _) => direction,
    }
}
