//! Events, and shorthands for what one relationship joins to them.

use async_graphql::{Context, MergedObject, Object, Result};

use super::fields::{EntityFields, Handle};
use super::hop::Hop;
use crate::api::connection::PageArguments;
use crate::api::neighbor::NeighborConnection;
use crate::api::scalar::EdtfDate;
use crate::api::vocabulary::EventFormat;
use crate::graph::Direction;
use crate::model::relationship::RelationshipKind;

/// Something that happened at a time: a meeting, a forum, a visit, a ceremony.
#[derive(MergedObject, Clone)]
pub(crate) struct Event(EntityFields, EventFields);

impl Event {
    pub(super) fn new(handle: Handle) -> Self {
        Self(EntityFields(handle.clone()), EventFields(handle))
    }
}

impl std::ops::Deref for Event {
    type Target = EntityFields;
    fn deref(&self) -> &EntityFields {
        &self.0
    }
}

/// The fields that only events have.
#[derive(Clone)]
pub(crate) struct EventFields(Handle);

#[Object]
impl EventFields {
    /// When it took place: a day, or an interval from its start to its end; null where no document says.
    async fn date(&self) -> Option<EdtfDate> {
        self.0.value().period().as_date().map(EdtfDate)
    }

    /// How people met; null where no document says.
    async fn format(&self) -> Option<EventFormat> {
        self.0.value().format.map(Into::into)
    }

    /// The city where it took place, in English; null where no document says.
    async fn place(&self) -> Option<String> {
        self.0.value().city.clone()
    }

    /// The organizations and persons that planned and ran it.
    async fn organizers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Organized], direction: Direction::In, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The organizations and persons that gave it its place or its roof.
    async fn hosts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Hosted], direction: Direction::In, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The organizations and persons that took part; the role of each relationship says as what.
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

    /// The agreements and programs that it passed.
    async fn adopted(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Adopted], direction: Direction::Out, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// What it was about: consortia, agreements, programs, topics.
    async fn concerns(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Concerns], direction: Direction::Out, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }
}
