//! Conditions on registers, and whether they hold.

use super::property::{EntityProperty, RelationshipProperty};
use super::query::{Register, Registers};
use super::syntax::ast::Comparison;
use super::value::{Letters, Truth, Value, compare, not};
use crate::graph::cities::City;
use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::kinds::{EntityKinds, RelationshipKinds};
use crate::graph::{Exhausted, Scope};
use crate::model::country::CountryCode;

/// Nothing is in the register: of a part that was left out.
pub(super) const NOTHING: u32 = u32::MAX;

/// How many items of a list in the text of a pattern are compared for one visit.
const ITEMS: usize = 16;

/// What is asked. It costs what the properties cost that it reads, and visits for long lists.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    All(Vec<Condition>),
    OneOf(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Comparison, Letters, Operand, Operand),
    /// One of the names by which the property knows it holds this folded text, as the index has them: what has to be so
    /// for a comparison with names to hold, without a look at them.
    MayBeCalled(Register, EntityProperty, String),
    /// The country is one of these, without a look at the record.
    InCountries(Register, Vec<CountryCode>),
    /// The city is one of these, by whatever name.
    InCities(Register, Vec<City>),
    /// Both are in one city, by whatever name.
    InOneCity(Register, Register),
    IsNull(Operand),
    /// A condition is true, false or, with `None`, unknown; this itself is never unknown.
    Is(Box<Condition>, Truth),
    IsOfEntityKinds(Register, EntityKinds),
    IsOfRelationshipKinds(Register, RelationshipKinds),
    /// Two registers hold the same entity or the same relationship.
    Same(Register, Register),
    Holds(Operand),
}

/// What a value is read from.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    Constant(Value<'static>),
    Entity(Register),
    Relationship(Register),
    EntityProperty(Register, EntityProperty),
    RelationshipProperty(Register, RelationshipProperty),
    List(Vec<Operand>),
    /// How many items a list has, or characters a text.
    Size(Box<Operand>),
    /// How many elements a group has.
    GroupSize(Register),
    /// How many steps the path of a chain has.
    PathLength(usize),
}

/// What conditions are asked of.
pub(super) trait Row {
    /// The number of the element in a register, or [`NOTHING`].
    fn register(&self, register: Register) -> u32;

    /// How many elements a group has; asked of whole rows only.
    fn group_size(&self, register: Register) -> usize;

    /// How many steps a path has; asked of whole rows only.
    fn path_length(&self, chain: usize) -> usize;
}

impl Condition {
    /// Whether it holds, where unknown does not.
    pub(super) fn holds<'g, R: Row>(&self, scope: Scope<'g>, row: &R) -> Result<bool, Exhausted> {
        Ok(self.truth(scope, row)? == Some(true))
    }

    /// The registers that it reads.
    pub(super) fn registers(&self) -> Registers {
        match self {
            Self::All(conditions) | Self::OneOf(conditions) => {
                conditions.iter().fold(Registers::default(), |all, condition| all.or(condition.registers()))
            }
            Self::Not(condition) | Self::Is(condition, _) => condition.registers(),
            Self::Compare(_, _, left, right) => left.registers().or(right.registers()),
            Self::MayBeCalled(register, ..)
            | Self::InCountries(register, _)
            | Self::InCities(register, _)
            | Self::IsOfEntityKinds(register, _)
            | Self::IsOfRelationshipKinds(register, _) => Registers::of(*register),
            Self::IsNull(operand) | Self::Holds(operand) => operand.registers(),
            Self::Same(one, other) | Self::InOneCity(one, other) => Registers::of(*one).or(Registers::of(*other)),
        }
    }

    fn truth<'g, R: Row>(&self, scope: Scope<'g>, row: &R) -> Result<Truth, Exhausted> {
        // Of all, one false decides; of one of them, one true.
        let decided_by = |conditions: &[Self], decisive: bool| -> Result<Truth, Exhausted> {
            let mut truth = Some(!decisive);
            for condition in conditions {
                match condition.truth(scope, row)? {
                    Some(found) if found == decisive => return Ok(Some(decisive)),
                    Some(_) => {}
                    None => truth = None,
                }
            }
            Ok(truth)
        };
        Ok(match self {
            Self::All(conditions) => decided_by(conditions, false)?,
            Self::OneOf(conditions) => decided_by(conditions, true)?,
            Self::Not(condition) => not(condition.truth(scope, row)?),
            Self::Is(condition, truth) => Some(condition.truth(scope, row)? == *truth),
            Self::Compare(by, letters, left, right) => match (left, right) {
                (left, Operand::Constant(right)) => {
                    scope.budget.charge(right.items() / ITEMS)?;
                    compare(*by, *letters, &left.value(scope, row)?, right)
                }
                (left, right) => compare(*by, *letters, &left.value(scope, row)?, &right.value(scope, row)?),
            },
            Self::MayBeCalled(register, property, text) => match entity(row.register(*register)) {
                None => None,
                Some(entity) => {
                    let (skipped, taken) = match property {
                        EntityProperty::Name => (0, 1),
                        EntityProperty::Aliases => (1, usize::MAX),
                        _ => (0, usize::MAX),
                    };
                    let mut names = scope.graph.names.of_entity(entity).skip(skipped).take(taken);
                    let may = names.any(|name| name.contains(text.as_str()));
                    if !may {
                        scope.budget.spend(1 + property.items(scope.graph.entity(entity)))?;
                    }
                    Some(may)
                }
            },
            Self::InCities(register, cities) => {
                scope.budget.charge(1 + cities.len() / ITEMS)?;
                let city = entity(row.register(*register)).and_then(|entity| scope.graph.cities().of(entity));
                city.map(|city| cities.contains(&city))
            }
            Self::InOneCity(one, other) => {
                scope.budget.charge(2)?;
                let city =
                    |register: &Register| entity(row.register(*register)).and_then(|at| scope.graph.cities().of(at));
                city(one).zip(city(other)).map(|(one, other)| one == other)
            }
            Self::InCountries(register, countries) => {
                scope.budget.charge(countries.len() / ITEMS)?;
                let country = entity(row.register(*register)).and_then(|entity| scope.graph.facts(entity).country);
                country.map(|country| countries.contains(&country))
            }
            Self::IsNull(operand) => Some(match operand.value(scope, row)? {
                Value::Null => true,
                Value::Keys(keys) => keys.is_empty(),
                Value::Truth(_)
                | Value::Number(_)
                | Value::Text(_)
                | Value::Date(..)
                | Value::Days(..)
                | Value::Entity(_)
                | Value::Relationship(_)
                | Value::List(_) => false,
            }),
            Self::IsOfEntityKinds(register, kinds) => {
                entity(row.register(*register)).map(|entity| kinds.contains(scope.graph.facts(entity).kind))
            }
            Self::IsOfRelationshipKinds(register, kinds) => relationship(row.register(*register))
                .map(|relationship| kinds.contains(scope.graph.relationship_facts(relationship).kind)),
            Self::Same(one, other) => {
                let [one, other] = [one, other].map(|&register| row.register(register));
                (one != NOTHING && other != NOTHING).then_some(one == other)
            }
            Self::Holds(operand) => match operand.value(scope, row)? {
                Value::Truth(truth) => Some(truth),
                Value::Null
                | Value::Number(_)
                | Value::Text(_)
                | Value::Date(..)
                | Value::Days(..)
                | Value::Entity(_)
                | Value::Relationship(_)
                | Value::List(_)
                | Value::Keys(_) => None,
            },
        })
    }
}

impl Operand {
    fn registers(&self) -> Registers {
        match self {
            Self::Constant(_) | Self::PathLength(_) => Registers::default(),
            Self::Entity(register)
            | Self::Relationship(register)
            | Self::EntityProperty(register, _)
            | Self::RelationshipProperty(register, _)
            | Self::GroupSize(register) => Registers::of(*register),
            Self::List(items) => items.iter().fold(Registers::default(), |all, item| all.or(item.registers())),
            Self::Size(operand) => operand.registers(),
        }
    }

    fn value<'g, R: Row>(&self, scope: Scope<'g>, row: &R) -> Result<Value<'g>, Exhausted> {
        Ok(match self {
            Self::Constant(value) => {
                scope.budget.charge(value.items())?;
                value.clone()
            }
            Self::Entity(register) => entity(row.register(*register)).map_or(Value::Null, Value::Entity),
            Self::Relationship(register) => {
                relationship(row.register(*register)).map_or(Value::Null, Value::Relationship)
            }
            Self::EntityProperty(register, property) => match entity(row.register(*register)) {
                Some(entity) => property.of(scope.graph, scope.view, entity, scope.budget)?,
                None => Value::Null,
            },
            Self::RelationshipProperty(register, property) => match relationship(row.register(*register)) {
                Some(relationship) => property.of(scope.graph, scope.view, relationship, scope.budget)?,
                None => Value::Null,
            },
            Self::List(items) => {
                scope.budget.charge(items.len())?;
                Value::List(items.iter().map(|item| item.value(scope, row)).collect::<Result<_, _>>()?)
            }
            Self::Size(operand) => match operand.value(scope, row)? {
                Value::List(items) => Value::Number(items.len() as f64),
                Value::Keys(keys) => Value::Number(keys.len() as f64),
                Value::Text(text) => Value::Number(text.chars().count() as f64),
                Value::Null
                | Value::Truth(_)
                | Value::Number(_)
                | Value::Date(..)
                | Value::Days(..)
                | Value::Entity(_)
                | Value::Relationship(_) => Value::Null,
            },
            Self::GroupSize(register) => Value::Number(row.group_size(*register) as f64),
            Self::PathLength(chain) => Value::Number(row.path_length(*chain) as f64),
        })
    }
}

fn entity(number: u32) -> Option<EntityIndex> {
    (number != NOTHING).then_some(EntityIndex(number))
}

fn relationship(number: u32) -> Option<RelationshipIndex> {
    (number != NOTHING).then_some(RelationshipIndex(number))
}
