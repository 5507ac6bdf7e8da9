//! From the keys of outside registries to entities.

use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::quality::FixedState;

use crate::model::change::Versioned;
use crate::model::entity::Entity;
use crate::model::identifier::Identifier;

use super::index::EntityIndex;

/// The hashes of all identifiers, each with an entity that bears it, sorted.
pub(super) struct Identifiers(Vec<(u64, EntityIndex)>);

impl Identifiers {
    /// *O(n log n)* for *n* identifiers.
    pub(super) fn of(entities: &[Arc<Versioned<Entity>>]) -> Self {
        let each = entities.iter().enumerate().flat_map(|(position, entity)| {
            entity.identifiers.iter().map(move |identifier| (hash(identifier), EntityIndex(position as u32)))
        });
        let mut sorted: Vec<_> = each.collect();
        sorted.sort_unstable();
        Self(sorted)
    }

    /// The entities that may bear the identifier, in the order of their ids: all that do, and those with one of the same
    /// hash. *O(log n)*.
    pub(super) fn near(&self, identifier: &Identifier) -> impl Iterator<Item = EntityIndex> + '_ {
        let hash = hash(identifier);
        let start = self.0.partition_point(|&(other, _)| other < hash);
        self.0[start..].iter().take_while(move |&&(other, _)| other == hash).map(|&(_, entity)| entity)
    }
}

fn hash(identifier: &Identifier) -> u64 {
    FixedState::default().hash_one(identifier)
}
