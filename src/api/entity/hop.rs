//! The one step that every shorthand of the typed entities takes.

use async_graphql::{Context, Result};

use super::fields::Handle;
use crate::api::connection::PageArguments;
use crate::api::neighbor::{NeighborConnection, neighbors};
use crate::graph::{self, Direction, EntityFilter, Neighbor, RelationshipFilter};
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

/// A step over relationships of some kinds, in one direction, to entities of some kinds.
pub(super) struct Hop {
    /// The kinds of relationship it may take.
    pub(super) kinds: &'static [RelationshipKind],
    /// The end of the relationship that the step starts at.
    pub(super) direction: Direction,
    /// The kinds of entity it may reach; all where empty.
    pub(super) ends: &'static [EntityKind],
}

impl Hop {
    fn via(&self) -> RelationshipFilter {
        RelationshipFilter {
            kinds: Some(self.kinds.iter().copied().collect()),
            direction: self.direction,
            ..Default::default()
        }
    }

    fn filter(&self) -> EntityFilter {
        let kinds = (!self.ends.is_empty()).then(|| self.ends.iter().copied().collect());
        EntityFilter { kinds, ..Default::default() }
    }

    /// What it reaches, in pages.
    pub(super) fn follow(
        &self,
        ctx: &Context<'_>,
        handle: &Handle,
        arguments: PageArguments,
    ) -> Result<NeighborConnection> {
        neighbors(ctx, handle, &self.filter(), &self.via(), &arguments)
    }

    /// What it reaches, sorted by name.
    pub(super) fn ends_of(&self, handle: &Handle) -> Result<Vec<Neighbor>> {
        handle
            .scope
            .ask(|graph, view, budget| graph::neighbors(graph, view, handle.index, &self.filter(), &self.via(), budget))
    }
}
