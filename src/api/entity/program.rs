//! Programs, and shorthands for what one relationship joins to them.

use async_graphql::{Context, MergedObject, Object, Result};

use super::fields::{EntityFields, Handle};
use super::hop::Hop;
use crate::api::connection::PageArguments;
use crate::api::neighbor::NeighborConnection;
use crate::graph::Direction;
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

/// Something that is offered or run: a course, an exchange, a ranking, a strategy.
#[derive(MergedObject, Clone)]
pub(crate) struct Program(EntityFields, ProgramFields);

impl Program {
    pub(super) fn new(handle: Handle) -> Self {
        Self(EntityFields(handle.clone()), ProgramFields(handle))
    }
}

impl std::ops::Deref for Program {
    type Target = EntityFields;
    fn deref(&self) -> &EntityFields {
        &self.0
    }
}

/// The fields that only programs have.
#[derive(Clone)]
pub(crate) struct ProgramFields(Handle);

#[Object]
impl ProgramFields {
    /// The organizations that offer it.
    async fn offered_by(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Offers], direction: Direction::In, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The organizations and persons that take part; the role of each relationship says as what.
    async fn participants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::ParticipatedIn], direction: Direction::In, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The fields that it is about.
    async fn topics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Concerns], direction: Direction::Out, ends: &[EntityKind::Topic] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }
}
