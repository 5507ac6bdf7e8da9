//! Which organizations are probably one and told as two: because somebody asked and nobody answered, or because they have
//! one name in one country. Nothing is guessed beyond that.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::model::change::Versioned;
use crate::model::country::CountryCode;
use crate::model::entity::{Entity, Family};
use crate::model::identifier::IdentifierScheme;
use crate::model::name::NameKind;

use super::index::EntityIndex;
use super::names::Names;

/// A shorter name, in bytes, is as likely an acronym of two.
const TELLING: usize = 8;
/// A name that more bear in one country tells nobody apart and says nothing.
const BEARERS: usize = 8;

/// Why two entities are probably one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Somebody asked whether they are the same, and nobody answered.
    Asked,
    /// They have a name and the country in common.
    Named,
}

/// An entity that is probably the same as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Double {
    one: EntityIndex,
    /// The other.
    pub other: EntityIndex,
    /// Why it is thought so.
    pub doubt: Doubt,
}

/// The pairs, each both ways round, sorted.
#[derive(Default)]
pub(super) struct Doubles(Vec<Double>);

impl Doubles {
    /// Those that have a name in common, acronyms, former and misspelled ones set aside, and the country; but not two of
    /// which ROR has a record each, nor projects, nor what has no name. *O(n)* in the letters of all names.
    pub(super) fn by_name(entities: &[Arc<Versioned<Entity>>], names: &Names) -> Self {
        let mut bearers: HashMap<(CountryCode, &str), Vec<EntityIndex>, RandomState> = HashMap::default();
        for (position, entity) in (0..).zip(entities) {
            let is_body =
                entity.kind.family() == Family::Organization && !entity.is_placeholder() && !entity.is_project();
            let Some(country) = entity.country.filter(|_| is_body) else { continue };
            for (nth, name) in names.of_entity(EntityIndex(position)).enumerate() {
                let kind = nth.checked_sub(1).map_or(NameKind::Preferred, |other| entity.names[other].kind);
                let tells = !matches!(kind, NameKind::Acronym | NameKind::Former | NameKind::Misspelling);
                if tells && name.len() >= TELLING {
                    let found = bearers.entry((country, name)).or_default();
                    if found.last() != Some(&EntityIndex(position)) {
                        found.push(EntityIndex(position));
                    }
                }
            }
        }
        let is_of_ror = |index: EntityIndex| {
            entities[index.position()].identifiers.iter().any(|key| key.scheme() == IdentifierScheme::Ror)
        };
        let mut doubles = Self::default();
        for found in bearers.into_values().filter(|found| (2..=BEARERS).contains(&found.len())) {
            for (nth, &one) in found.iter().enumerate() {
                let others = found[nth + 1..].iter().filter(|&&other| !(is_of_ror(one) && is_of_ror(other)));
                others.for_each(|&other| doubles.add(one, other, Doubt::Named));
            }
        }
        doubles.settle();
        doubles
    }

    /// The same with those that were asked about, and without those that were told apart.
    pub(super) fn decided(&mut self, asked: &[(EntityIndex, EntityIndex)], apart: &[(EntityIndex, EntityIndex)]) {
        asked.iter().for_each(|&(one, other)| self.add(one, other, Doubt::Asked));
        self.settle();
        let is_apart = |double: &Double| {
            apart.iter().any(|&(one, other)| {
                (double.one, double.other) == (one, other) || (double.one, double.other) == (other, one)
            })
        };
        if !apart.is_empty() {
            self.0.retain(|double| !is_apart(double));
        }
    }

    /// Those that an entity is probably the same as, in the order of their ids. *O(log n)*.
    pub(super) fn of(&self, entity: EntityIndex) -> &[Double] {
        let start = self.0.partition_point(|double| double.one < entity);
        let length = self.0[start..].partition_point(|double| double.one == entity);
        &self.0[start..start + length]
    }

    fn add(&mut self, one: EntityIndex, other: EntityIndex, doubt: Doubt) {
        if one != other {
            self.0.extend([Double { one, other, doubt }, Double { one: other, other: one, doubt }]);
        }
    }

    /// A question says more than a name.
    fn settle(&mut self) {
        self.0.sort_unstable();
        self.0.dedup_by_key(|double| (double.one, double.other));
    }
}
