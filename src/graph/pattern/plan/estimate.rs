//! How many rows a part of a plan is likely to make, from the census of the graph.

use super::Scan;
use crate::graph::Direction;
use crate::graph::index::EntityIndex;
use crate::graph::kinds::EntityKinds;
use crate::graph::pattern::condition::{Condition, Operand};
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

    /// How a register is best filled first: from what a key or a name finds, or by reading all of its kinds.
    pub(super) fn scan(&self, register: Register) -> Scan {
        let mut found: Option<Vec<EntityIndex>> = None;
        let mut selectivity = 1.0;
        for needed in self.conditions_of(register) {
            let looked_up = self.looked_up(&needed.condition);
            selectivity *= self.selectivity(&needed.condition, looked_up.as_deref());
            if let Some(fewer) = looked_up
                && found.as_ref().is_none_or(|found| fewer.len() < found.len())
            {
                found = Some(fewer);
            }
        }
        let population = self.population(register);
        let (read, passing) = found.as_ref().map_or((population, population * selectivity), |found| {
            let count = found.len() as f64;
            (count, count)
        });
        Scan { found, read, passing, population, selectivity }
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
        let Condition::Compare(by, _, Operand::EntityProperty(_, property), Operand::Constant(value)) = condition
        else {
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

    /// Which part of what is tested is likely to pass; `found` is what a condition on a key or a name finds.
    fn selectivity(&self, condition: &Condition, found: Option<&[EntityIndex]>) -> f64 {
        let total = self.graph.entity_count().max(1) as f64;
        match condition {
            Condition::All(parts) => parts.iter().map(|part| self.selectivity_of(part)).product(),
            Condition::OneOf(parts) => parts.iter().map(|part| self.selectivity_of(part)).sum::<f64>().min(1.0),
            Condition::Not(inner) => (1.0 - self.selectivity_of(inner)).max(0.1),
            Condition::InCountries(_, countries) => {
                countries.iter().map(|&country| self.graph.census.in_country(country) as f64).sum::<f64>() / total
            }
            Condition::Compare(Comparison::Equal | Comparison::In, ..) if found.is_some() => {
                found.map_or(1.0, |found| found.len() as f64 / total)
            }
            Condition::Compare(Comparison::Equal, ..) => 0.1,
            Condition::Compare(Comparison::NotEqual, ..) => 0.9,
            Condition::Compare(..) => 0.3,
            Condition::Same(..) => 1.0 / total,
            Condition::MayBeCalled(..) => 1.0,
            Condition::InCities(_, cities) => {
                cities.iter().map(|&city| self.graph.cities().population(city) as f64).sum::<f64>() / total
            }
            Condition::InOneCity(..) => 0.01,
            Condition::IsNull(_)
            | Condition::Is(..)
            | Condition::IsOfEntityKinds(..)
            | Condition::IsOfRelationshipKinds(..)
            | Condition::Holds(_) => 0.5,
        }
    }

    fn selectivity_of(&self, condition: &Condition) -> f64 {
        self.selectivity(condition, self.looked_up(condition).as_deref())
    }

    /// How many rows one row becomes when a segment is walked between two junctions, along the pattern and against it.
    pub(super) fn growths(&self, segment: &Segment, left: Register, right: Register) -> [f64; 2] {
        match segment {
            Segment::Edge(edge, direction) => self.edge_growths(*edge, *direction, left, right),
            Segment::Repeat(repeat) => [true, false].map(|along| {
                let once = self.sequence_growth(&repeat.body, along).max(0.01);
                let most = repeat.most.unwrap_or(repeat.least + 3).min(repeat.least + 3);
                (repeat.least..=most).map(|times| once.powi(times as i32)).sum::<f64>().min(1e9)
            }),
        }
    }

    /// How many rows one row becomes when a sequence is walked.
    fn sequence_growth(&self, sequence: &Sequence, along: bool) -> f64 {
        let steps = sequence.segments.iter().enumerate().map(|(position, segment)| {
            self.growths(segment, sequence.junctions[position], sequence.junctions[position + 1])[usize::from(!along)]
        });
        steps.product::<f64>().min(1e9)
    }

    fn edge_growths(&self, edge: Register, direction: Direction, left: Register, right: Register) -> [f64; 2] {
        let Held::Relationship(kinds) = self.query.registers[edge] else { return [0.0; 2] };
        let [left, right] = [left, right].map(|register| self.kinds(register));
        let joined = self.graph.census.joined(left, kinds, direction, right) as f64;
        [left, right].map(|from| joined / (self.graph.census.count(from).max(1) as f64))
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
