//! What is asked about time.

use async_graphql::{Context, ID, Object, Result};

use crate::api::connection::PageArguments;
use crate::api::input::entity_filter::RelationshipFilter;
use crate::api::scalar::EdtfDate;
use crate::api::scope::Scope;
use crate::api::timeline::{TimelineConnection, timeline};
use crate::graph;

/// The fields that ask about time.
pub(crate) struct Times(pub(super) Scope);

/// The fields that ask about time.
#[Object]
impl Times {
    /// What began, ended and happened, and what is or was planned, in the order of time.
    ///
    /// A state such as a membership gives an entry where it begins and one where it ends, an act or an event one entry;
    /// what has no date gives none. Told are the relationships of the entities around that pass the filter, the entities
    /// around, and the events and agreements at the other ends of what is told; of the whole view without a filter every
    /// entity. Sorted by the earliest day that the date may mean, or where that is open by the latest; then the more
    /// precise date first, entities before relationships, then by id.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The ids of the entities that it is about, or names that one alone bears; the whole view when left out."
        )]
        around: Option<Vec<ID>>,
        #[graphql(
            desc = "Only relationships like this one, seen from the entities around; from either end for the whole view."
        )]
        filter: Option<RelationshipFilter>,
        #[graphql(desc = "Only what may lie in this date or interval: 2024, 2022-01/2023-06, ../2000.")]
        between: Option<EdtfDate>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<Option<TimelineConnection>> {
        let scope = &self.0.of_field();
        let question = graph::TimelineQuestion {
            around: around.map(|ids| scope.entities("around", &ids)).transpose()?,
            filter: filter.map(|filter| filter.resolve(scope, "filter")).transpose()?,
            between: between.map(|date| date.0),
        };
        timeline(ctx, scope, &question, &PageArguments::either_way(first, after, last, before)).map(Some)
    }
}
