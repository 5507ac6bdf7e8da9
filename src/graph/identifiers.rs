//! From the keys of outside registries to entities.

use std::sync::Arc;

use crate::model::change::Versioned;
use crate::model::entity::Entity;
use crate::model::identifier::Identifier;

use super::index::EntityIndex;

/// All identifiers of all entities, sorted.
pub(super) struct Identifiers(Vec<(Identifier, EntityIndex)>);

impl Identifiers {
    /// *O(n log n)* for *n* identifiers.
    pub(super) fn of(entities: &[Arc<Versioned<Entity>>]) -> Self {
        let each = entities.iter().enumerate().flat_map(|(position, entity)| {
            entity.identifiers.iter().map(move |identifier| (identifier.clone(), EntityIndex(position as u32)))
        });
        let mut sorted: Vec<_> = each.collect();
        sorted.sort();
        Self(sorted)
    }

    /// The entities that bear the identifier, in the order of their ids. *O(log n)*.
    pub(super) fn exactly(&self, identifier: &Identifier) -> Vec<EntityIndex> {
        let start = self.0.partition_point(|(other, _)| other < identifier);
        self.0[start..].iter().take_while(|(other, _)| other == identifier).map(|&(_, entity)| entity).collect()
    }
}
