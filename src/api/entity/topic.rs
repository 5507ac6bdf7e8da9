//! Topics, and who works on them.

use async_graphql::{Context, MergedObject, Object, Result};

use super::fields::{EntityFields, Handle};
use super::hop::Hop;
use crate::api::connection::PageArguments;
use crate::api::neighbor::NeighborConnection;
use crate::graph::Direction;
use crate::model::relationship::RelationshipKind;

/// A field of work.
#[derive(MergedObject, Clone)]
pub(crate) struct Topic(EntityFields, TopicFields);

impl Topic {
    pub(super) fn new(handle: Handle) -> Self {
        Self(EntityFields(handle.clone()), TopicFields(handle))
    }
}

impl std::ops::Deref for Topic {
    type Target = EntityFields;
    fn deref(&self) -> &EntityFields {
        &self.0
    }
}

/// The fields that only topics have.
#[derive(Clone)]
pub(crate) struct TopicFields(Handle);

#[Object]
impl TopicFields {
    /// The organizations, events, agreements and programs that work on it or are about it.
    async fn concern_of(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Concerns], direction: Direction::In, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }
}
