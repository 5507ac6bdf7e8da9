//! What a walk asks of an entity or a relationship at every step, small enough to stay in the processor's cache.

use crate::model::citation::Strength;
use crate::model::country::CountryCode;
use crate::model::edtf::{Day, EdtfDate};
use crate::model::entity::{Entity, EntityKind};
use crate::model::relationship::{Relationship, RelationshipKind};

/// The weight of a node.
#[derive(Clone, Copy)]
pub(super) struct EntityFacts {
    /// The first and the last day on which it is taken to have existed.
    pub(super) days: (Day, Day),
    pub(super) kind: EntityKind,
    pub(super) country: Option<CountryCode>,
    /// The calendar year in which it began, where that can be no other.
    pub(super) year: Option<i16>,
    /// The strength of its best citation.
    pub(super) strength: Strength,
    /// Whether it is a field of a classification: a topic that is part of one, or has one as a part.
    pub(super) is_field: bool,
}

/// Where the days of a relationship come from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// It has a date.
    Own,
    /// What it belongs to has one.
    Thing,
    /// Neither has; there are only the documents that tell of it.
    Told,
}

/// The weight of an edge.
#[derive(Clone, Copy)]
pub(super) struct RelationshipFacts {
    /// The first and the last day on which it is taken to have held.
    pub(super) days: (Day, Day),
    pub(super) kind: RelationshipKind,
    /// The calendar year in which it began to hold, where that can be no other.
    pub(super) year: Option<i16>,
    /// Where its days come from.
    pub(super) basis: Basis,
    /// The strength of its best citation.
    pub(super) strength: Strength,
}

impl EntityFacts {
    pub(super) fn of(entity: &Entity) -> Self {
        let strength = entity.citations.iter().map(|citation| citation.strength).max();
        Self {
            days: entity.days(),
            kind: entity.kind,
            country: entity.country,
            year: entity.since.as_ref().and_then(only_year),
            strength: strength.unwrap_or(Strength::Inferred),
            is_field: false,
        }
    }
}

impl RelationshipFacts {
    /// Whether it has a date of its own.
    pub(super) fn is_dated(&self) -> bool {
        self.basis == Basis::Own
    }

    pub(super) fn of(relationship: &Relationship) -> Self {
        Self {
            days: relationship.period().days(),
            kind: relationship.kind,
            year: relationship.since.as_ref().and_then(only_year),
            basis: if relationship.period().is_undated() { Basis::Told } else { Basis::Own },
            strength: relationship.strength(),
        }
    }
}

/// The calendar year of a date that can mean no other.
fn only_year(date: &EdtfDate) -> Option<i16> {
    let (first, last) = date.years();
    first.filter(|_| first == last)
}
