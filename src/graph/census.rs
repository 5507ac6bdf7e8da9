//! How many of what are joined to what: from it the cost of a way to answer is estimated.

use std::collections::BTreeMap;

use crate::model::country::CountryCode;
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

use super::Direction;
use super::facts::EntityFacts;
use super::grouped::Grouped;
use super::index::EntityIndex;
use super::kinds::{EntityKinds, RelationshipKinds};

const KINDS: usize = EntityKind::ALL.len();
const RELATIONSHIP_KINDS: usize = RelationshipKind::ALL.len();

/// Counts by kind, and the entities of each kind.
pub(super) struct Census {
    /// The entities of each kind in the order of their ids.
    entities: Grouped<EntityIndex>,
    countries: BTreeMap<CountryCode, u32>,
    /// How many relationships lead from a kind by a kind to a kind.
    joined: Vec<u32>,
}

impl Census {
    /// *O(V + E)*.
    pub(super) fn of<'f>(
        entities: impl Iterator<Item = &'f EntityFacts>,
        relationships: impl Iterator<Item = (EntityIndex, RelationshipKind, EntityIndex)>,
    ) -> Self {
        let mut countries = BTreeMap::new();
        let mut kinds = Vec::new();
        for facts in entities {
            kinds.push(facts.kind);
            if let Some(country) = facts.country {
                *countries.entry(country).or_insert(0) += 1;
            }
        }
        let each = kinds.iter().map(|&kind| kind as usize).zip((0..).map(EntityIndex));
        let entities = Grouped::of(KINDS, each);
        let mut joined = vec![0_u32; KINDS * RELATIONSHIP_KINDS * KINDS];
        for (source, kind, target) in relationships {
            let [source, target] = [source, target].map(|end| kinds[end.position()]);
            joined[place(source, kind, target)] += 1;
        }
        Self { entities, countries, joined }
    }

    /// The entities of one kind in the order of their ids.
    pub(super) fn entities(&self, kind: EntityKind) -> &[EntityIndex] {
        self.entities.group(kind as usize)
    }

    /// How many entities are of one of these kinds.
    pub(super) fn count(&self, kinds: EntityKinds) -> usize {
        kinds.iter().map(|kind| self.entities(kind).len()).sum()
    }

    /// How many entities are in a country.
    pub(super) fn in_country(&self, country: CountryCode) -> usize {
        self.countries.get(&country).copied().unwrap_or(0) as usize
    }

    /// How many relationships of some kinds there are between entities of two sets of kinds, seen from the first.
    pub(super) fn joined(
        &self,
        from: EntityKinds,
        by: RelationshipKinds,
        direction: Direction,
        to: EntityKinds,
    ) -> usize {
        let mut sum = 0;
        for kind in by.iter() {
            for one in from.iter() {
                for other in to.iter() {
                    let forward = self.joined[place(one, kind, other)] as usize;
                    let back = self.joined[place(other, kind, one)] as usize;
                    sum += match direction {
                        Direction::Out => forward,
                        Direction::In => back,
                        Direction::Both => forward + back,
                    };
                }
            }
        }
        sum
    }
}

fn place(source: EntityKind, kind: RelationshipKind, target: EntityKind) -> usize {
    (source as usize * RELATIONSHIP_KINDS + kind as usize) * KINDS + target as usize
}
