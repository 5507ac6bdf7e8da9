//! Persons, and shorthands for what one relationship joins to them.

use async_graphql::{Context, MergedObject, Object, Result};

use super::fields::{EntityFields, Handle};
use super::hop::Hop;
use crate::api::connection::PageArguments;
use crate::api::neighbor::NeighborConnection;
use crate::graph::Direction;
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

/// A human being, known here by posts held and acts done.
#[derive(MergedObject, Clone)]
pub(crate) struct Person(EntityFields, PersonFields);

impl Person {
    pub(super) fn new(handle: Handle) -> Self {
        Self(EntityFields(handle.clone()), PersonFields(handle))
    }
}

impl std::ops::Deref for Person {
    type Target = EntityFields;
    fn deref(&self) -> &EntityFields {
        &self.0
    }
}

/// The fields that only persons have.
#[derive(Clone)]
pub(crate) struct PersonFields(Handle);

#[Object]
impl PersonFields {
    /// The organizations where the person holds a post; the role of each relationship is the title.
    async fn posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::HoldsPostAt], direction: Direction::Out, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The agreements that the person signed.
    async fn signed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Signed], direction: Direction::Out, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// What the person witnessed without signing.
    async fn witnessed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Witnessed], direction: Direction::Out, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The events that the person took part in, organized or hosted; the role of each relationship says as what.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop {
            kinds: &[RelationshipKind::ParticipatedIn, RelationshipKind::Organized, RelationshipKind::Hosted],
            direction: Direction::Out,
            ends: &[EntityKind::Event],
        };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The organizations that the person is affiliated with or a member of.
    async fn affiliations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop {
            kinds: &[RelationshipKind::AffiliatedWith, RelationshipKind::MemberOf],
            direction: Direction::Out,
            ends: &[],
        };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }
}
