//! What is asked about gaps and conflicts.

use async_graphql::{Context, Object, Result};

use crate::api::connection::PageArguments;
use crate::api::input::entity_filter::EntityFilter;
use crate::api::quality::{QualityConnection, quality};
use crate::api::scope::Scope;
use crate::api::vocabulary::QualityIssueKind;
use crate::graph::{self, IssueKinds};

/// The fields that ask about gaps and conflicts.
pub(crate) struct Qualities(pub(super) Scope);

/// The fields that ask about gaps and conflicts.
#[Object]
impl Qualities {
    /// What is missing from the view, and what its documents disagree on: the gravest kind first, then what is about
    /// entities before what is about relationships, then by id.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn quality(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only issues of these kinds; none when the list is empty.")] kinds: Option<
            Vec<QualityIssueKind>,
        >,
        #[graphql(desc = "Only issues of entities like this, and of relationships with such an end.")] filter: Option<
            EntityFilter,
        >,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<Option<QualityConnection>> {
        let scope = &self.0.of_field();
        let kinds = kinds.map(|kinds| kinds.into_iter().map(Into::into).collect());
        let question = graph::QualityQuestion {
            kinds: kinds.unwrap_or(IssueKinds::ALL),
            filter: filter.map(|filter| filter.resolve(scope, "filter")).transpose()?,
        };
        quality(ctx, scope, &question, &PageArguments::either_way(first, after, last, before)).map(Some)
    }
}
