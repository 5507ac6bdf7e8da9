//! What a walk asks of an entity or a relationship at every step, small enough to stay in the processor's cache.

use crate::model::citation::Strength;
use crate::model::country::CountryCode;
use crate::model::edtf::Day;
use crate::model::entity::{Entity, EntityKind};
use crate::model::relationship::{Relationship, RelationshipKind};

/// The weight of a node.
#[derive(Clone, Copy)]
pub(super) struct EntityFacts {
    /// The first and the last day on which it may have existed.
    pub(super) days: (Day, Day),
    pub(super) kind: EntityKind,
    pub(super) country: Option<CountryCode>,
    /// The strength of its best citation.
    pub(super) strength: Strength,
}

/// The weight of an edge.
#[derive(Clone, Copy)]
pub(super) struct RelationshipFacts {
    /// The first and the last day on which it may have held.
    pub(super) days: (Day, Day),
    pub(super) kind: RelationshipKind,
    /// Whether it has a date at all.
    pub(super) dated: bool,
    /// The strength of its best citation.
    pub(super) strength: Strength,
}

impl EntityFacts {
    pub(super) fn of(entity: &Entity) -> Self {
        let strength = entity.citations.iter().map(|citation| citation.strength).max();
        Self {
            days: entity.period().days(),
            kind: entity.kind,
            country: entity.country,
            strength: strength.unwrap_or(Strength::Inferred),
        }
    }
}

impl RelationshipFacts {
    pub(super) fn of(relationship: &Relationship) -> Self {
        Self {
            days: relationship.period().days(),
            kind: relationship.kind,
            dated: !relationship.period().is_undated(),
            strength: relationship.strength(),
        }
    }
}
