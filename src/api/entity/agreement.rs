//! Agreements, and shorthands for what one relationship joins to them.

use async_graphql::{Context, MergedObject, Object, Result};

use super::fields::{EntityFields, Handle};
use super::hop::Hop;
use crate::api::connection::PageArguments;
use crate::api::neighbor::NeighborConnection;
use crate::api::scalar::Duration;
use crate::graph::Direction;
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

/// Something that parties agreed on in writing: an agreement, a declaration, an initiative.
#[derive(MergedObject, Clone)]
pub(crate) struct Agreement(EntityFields, AgreementFields);

impl Agreement {
    pub(super) fn new(handle: Handle) -> Self {
        Self(EntityFields(handle.clone()), AgreementFields(handle))
    }
}

impl std::ops::Deref for Agreement {
    type Target = EntityFields;
    fn deref(&self) -> &EntityFields {
        &self.0
    }
}

/// The fields that only agreements have.
#[derive(Clone)]
pub(crate) struct AgreementFields(Handle);

#[Object]
impl AgreementFields {
    /// How long it runs, as the document words it; null where it does not say.
    async fn term(&self) -> Option<Duration> {
        self.0.value().term.clone().map(Duration)
    }

    /// The organizations and persons that it binds.
    async fn parties(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::PartyTo], direction: Direction::In, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// Those who signed it; each relationship says in which role and on behalf of whom.
    async fn signatories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Signed], direction: Direction::In, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// Those who were present at the signing and did not sign.
    async fn witnesses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Witnessed], direction: Direction::In, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The meetings and bodies that passed it.
    async fn adopted_by(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Adopted], direction: Direction::In, ends: &[] };
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
