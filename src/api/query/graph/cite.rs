//! How an answer is cited.

use async_graphql::{Context, Object, Result};

use crate::api::citation::AnswerCitation;
use crate::api::scope::Scope;

/// The field that cites the answer it stands in.
pub(crate) struct Citing(pub(super) Scope);

/// The field that cites the answer it stands in.
#[Object]
impl Citing {
    /// How the answer that this stands in is cited, all of it: a token under which it can be had again, and who, what and
    /// when for a bibliography. The query is kept; nothing about who asked is. Null with an error where the query is too
    /// long to be cited.
    async fn citation(&self, ctx: &Context<'_>) -> Result<Option<AnswerCitation>> {
        AnswerCitation::new(ctx, &self.0).map(Some)
    }
}
