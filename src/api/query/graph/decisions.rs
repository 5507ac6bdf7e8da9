//! What was decided about which entities are the same, and what is still to be decided.

use async_graphql::{Context, Object, Result};

use crate::api::connection::PageArguments;
use crate::api::decision::{DecisionConnection, DecisionVerdict, decisions};
use crate::api::scope::Scope;
use crate::model::decision::Verdict;

/// The fields about decisions.
pub(crate) struct Decisions(pub(super) Scope);

/// The fields about decisions.
#[Object]
impl Decisions {
    /// The open questions: pairs of entities that may be the same and that somebody has to decide about, the likeliest
    /// first, those without a score last. What other decisions answer is left out. The view is not asked.
    async fn questions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<Option<DecisionConnection>> {
        let arguments = PageArguments::either_way(first, after, last, before);
        let scope = &self.0.of_field();
        decisions(ctx, scope, scope.snapshot.questions(), &arguments).map(Some)
    }

    /// What was decided about which entities are the same, sorted by the ids of the two. The view is not asked.
    async fn decisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only decisions with this verdict.")] verdict: Option<DecisionVerdict>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<Option<DecisionConnection>> {
        let wanted = verdict.map(Verdict::from);
        let scope = &self.0.of_field();
        let all = scope.snapshot.state().decisions.iter().enumerate();
        let found = all.filter(|(_, decision)| wanted.is_none_or(|wanted| decision.verdict == wanted));
        let found: Vec<usize> = found.map(|(position, _)| position).collect();
        decisions(ctx, scope, &found, &PageArguments::either_way(first, after, last, before)).map(Some)
    }
}
