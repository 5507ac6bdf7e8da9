//! What entities have in common, who is like whom, and who is likely to find whom.

use async_graphql::{Context, ID, Object, Result};

use super::{entity_filter, within};
use crate::api::connection::{PageArguments, count};
use crate::api::error::Code;
use crate::api::input::entity_filter::EntityFilter;
use crate::api::scope::{Scope, page_limit};
use crate::api::shared::Common;
use crate::api::suggestion::{
    SimilarConnection, Similarity, Suggestion, SuggestionBacktest, SuggestionMethod, backtest, similar, suggestions,
};
use crate::graph;

/// The fields that compare neighborhoods.
pub(crate) struct Kinships(pub(super) Scope);

/// The fields that compare neighborhoods.
#[Object]
impl Kinships {
    /// What two or more entities have in common: neighbors, memberships, events, topics, with the relationships that say so.
    async fn common(
        &self,
        #[graphql(desc = "The ids of the entities, or names that one alone bears; at least two.")] ids: Vec<ID>,
        #[graphql(
            desc = "List what at least this many of them share, from 2 to the number of ids.",
            default_with = "Some(2)"
        )]
        at_least: Option<i32>,
    ) -> Result<Option<Common>> {
        let scope = self.0.of_field();
        let of = scope.entities("ids", &ids)?;
        if of.len() < 2 {
            return Err(Code::InvalidInput
                .error("ids: one entity has nothing in common with others; name at least two different ones"));
        }
        let at_least = within("atLeast", at_least.unwrap_or(2), 2..=of.len())?;
        Ok(Some(Common { scope, of, at_least }))
    }

    /// Organizations not yet linked to this one that the structure suggests, best first, each with its reasons. Suggested
    /// is who has no direct relationship to it; consortia are not suggested, but are reasons.
    async fn suggestions(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "for", desc = "The id of the entity that looks for partners, or a name that it alone bears.")]
        to: ID,
        #[graphql(desc = "What they are scored by.", default_with = "Some(SuggestionMethod::AdamicAdar)")] by: Option<
            SuggestionMethod,
        >,
        #[graphql(desc = "Only organizations like this.")] filter: Option<EntityFilter>,
        #[graphql(desc = "At most this many.", default_with = "Some(10)")] first: Option<i32>,
    ) -> Result<Option<Vec<Suggestion>>> {
        let scope = &self.0.of_field();
        let to = scope.entity("for", &to)?;
        let filter = entity_filter(scope, filter, "filter")?;
        let first = count("first", first, 10, page_limit(ctx)?)?;
        suggestions(scope, to, by.unwrap_or(SuggestionMethod::AdamicAdar), &filter, first).map(Some)
    }

    /// How well a method of suggestion finds what is hidden of the view: of what began in a year or later one in ten
    /// relationships is, and what is left, of these years too, is asked for ten suggestions for each organization that
    /// lost one.
    async fn suggestion_backtest(
        &self,
        #[graphql(desc = "The calendar year from which on what began may be hidden.")] since: i32,
        #[graphql(desc = "The method that is tried.", default_with = "Some(SuggestionMethod::AdamicAdar)")] by: Option<
            SuggestionMethod,
        >,
        #[graphql(
            desc = "The most organizations that are given suggestions, drawn the same each time, 1 to 1000; 100 when left out, 20 for NEW_PARTNERS, which reads far more."
        )]
        organizations: Option<i32>,
    ) -> Result<Option<SuggestionBacktest>> {
        let by = by.unwrap_or(SuggestionMethod::AdamicAdar);
        let default = if by == SuggestionMethod::NewPartners { 20 } else { 100 };
        let organizations = within("organizations", organizations.unwrap_or(default), 1..=graph::BACKTEST_LIMIT)?;
        backtest(&self.0.of_field(), by, since, organizations).map(Some)
    }

    /// Who has the same neighbors as this entity: the most alike first, then by name. Neighbors are all that a relationship
    /// of the view joins to one, topics and events included, but not the fields of a classification unless
    /// `view.entityKinds` names the kinds.
    async fn similar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the entity that others are compared with, or a name that it alone bears.")] to: ID,
        #[graphql(desc = "How neighborhoods are compared.", default_with = "Some(Similarity::Jaccard)")] by: Option<
            Similarity,
        >,
        #[graphql(desc = "Only entities like this; those of the same kind when left out.")] filter: Option<
            EntityFilter,
        >,
        #[graphql(desc = "At most this many.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Option<SimilarConnection>> {
        let scope = &self.0.of_field();
        let to = scope.entity("to", &to)?;
        let filter = match filter {
            Some(filter) => filter.resolve(scope, "filter")?,
            None => graph::EntityFilter::of_kinds([scope.graph().entity(to).kind]),
        };
        let (by, arguments) = (by.unwrap_or(Similarity::Jaccard), PageArguments::onwards(first, 20, after));
        similar(ctx, scope, to, by, &filter, &arguments).map(Some)
    }
}
