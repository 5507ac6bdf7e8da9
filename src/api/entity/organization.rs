//! Organizations, and shorthands for what one relationship joins to them.

use async_graphql::{Context, MergedObject, Object, Result};

use super::fields::{EntityFields, Handle};
use super::hop::Hop;
use crate::api::connection::PageArguments;
use crate::api::neighbor::NeighborConnection;
use crate::graph::Direction;
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

/// A body of people: a university, hospital, consortium, company, office, …
#[derive(MergedObject, Clone)]
pub(crate) struct Organization(EntityFields, OrganizationFields);

impl Organization {
    pub(super) fn new(handle: Handle) -> Self {
        Self(EntityFields(handle.clone()), OrganizationFields(handle))
    }
}

impl std::ops::Deref for Organization {
    type Target = EntityFields;
    fn deref(&self) -> &EntityFields {
        &self.0
    }
}

/// The fields that only organizations have.
#[derive(Clone)]
pub(crate) struct OrganizationFields(Handle);

#[Object]
impl OrganizationFields {
    /// What it is a part of; null where that is nothing in the view. The first by name where there are several.
    async fn parent(&self) -> Result<Option<Organization>> {
        let hop = Hop { kinds: &[RelationshipKind::PartOf], direction: Direction::Out, ends: &[] };
        let parent = hop.ends_of(&self.0)?.first().map(|neighbor| neighbor.entity);
        Ok(parent.map(|index| Organization::new(Handle { scope: self.0.scope.clone(), index })))
    }

    /// What is a part of it: its schools, departments, offices.
    async fn parts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::PartOf], direction: Direction::In, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The organizations and persons that are its members.
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::MemberOf], direction: Direction::In, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The organizations and persons that founded it.
    async fn founders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Founded], direction: Direction::In, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The hospitals that are affiliated with it, or it with them, or that are a part of it.
    async fn hospitals(
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
            kinds: &[RelationshipKind::AffiliatedWith, RelationshipKind::PartOf],
            direction: Direction::Both,
            ends: &[EntityKind::Hospital],
        };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The organizations and persons affiliated with it, and those that it is affiliated with.
    async fn affiliates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::AffiliatedWith], direction: Direction::Both, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The consortia that it founded or is a member of.
    async fn consortia(
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
            kinds: &[RelationshipKind::MemberOf, RelationshipKind::Founded],
            direction: Direction::Out,
            ends: &[EntityKind::Consortium],
        };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The organizations and persons that it works together with.
    async fn partners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::CollaboratesWith], direction: Direction::Both, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The persons who hold a post at it; the role of each relationship is the title.
    async fn staff(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::HoldsPostAt], direction: Direction::In, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The agreements that it is a party to.
    async fn agreements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::PartyTo], direction: Direction::Out, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The events that it organized, hosted or took part in.
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
            kinds: &[RelationshipKind::Organized, RelationshipKind::Hosted, RelationshipKind::ParticipatedIn],
            direction: Direction::Out,
            ends: &[EntityKind::Event],
        };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The programs that it offers.
    async fn programs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<NeighborConnection> {
        let hop = Hop { kinds: &[RelationshipKind::Offers], direction: Direction::Out, ends: &[] };
        hop.follow(ctx, &self.0, PageArguments { first, after, last, before })
    }

    /// The fields that it works on.
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
