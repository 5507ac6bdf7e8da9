//! The change log: who changed what, when and why.

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::connection::{PageArguments, Window, connection};
use super::error::Code;
use super::scalar::DateTime;
use super::scope::{Scope, int, page_limit, revision};
use crate::model;

/// What a commit's id starts with, before its revision.
const PREFIX: &str = "commit:";

/// An entry of the change log.
#[derive(Clone)]
pub(crate) struct Commit {
    scope: Scope,
    position: usize,
}

impl Commit {
    /// The commit with this id, `commit:7`.
    pub(super) fn find(scope: &Scope, id: &str) -> Option<Self> {
        let revision: usize = id.strip_prefix(PREFIX)?.parse().ok()?;
        let position = revision.checked_sub(1)?;
        let canonical = id == format!("{PREFIX}{revision}");
        (canonical && position < scope.snapshot.state().commits.len()).then(|| Self { scope: scope.clone(), position })
    }

    fn value(&self) -> &model::change::Commit {
        &self.scope.snapshot.state().commits[self.position]
    }
}

/// Changes that landed together, chained to the ones before by a hash.
#[Object]
impl Commit {
    /// The stable key: `commit:` and the revision.
    pub(super) async fn id(&self) -> ID {
        ID(format!("{PREFIX}{}", self.value().revision))
    }

    /// The revision of the graph that it made.
    async fn revision(&self) -> i32 {
        revision(self.value().revision)
    }

    /// The SHA-256 of this entry, in hexadecimal; it covers the hash of the one before.
    async fn hash(&self) -> String {
        self.value().hash.to_string()
    }

    /// The hash of the commit before; 64 zeros of the first.
    async fn previous(&self) -> String {
        self.value().previous.to_string()
    }

    /// Its maker's key for it; the same one twice changes nothing.
    async fn operation(&self) -> String {
        self.value().operation.as_str().to_owned()
    }

    /// Who made it.
    async fn author(&self) -> String {
        self.value().author.clone()
    }

    /// Why it was made.
    async fn message(&self) -> String {
        self.value().message.clone()
    }

    /// When it was made.
    async fn time(&self) -> DateTime {
        DateTime(self.value().time)
    }

    /// How many documents, entities, relationships and decisions it changed.
    async fn change_count(&self) -> i32 {
        int(self.value().changes)
    }
}

/// A commit in a list.
#[derive(SimpleObject)]
pub(crate) struct CommitEdge {
    /// Points to this place in the list.
    pub(super) cursor: String,
    /// The commit.
    pub(super) node: Commit,
}

connection! {
    /// Commits, page by page.
    CommitConnection, CommitEdge, Commit
}

/// The commits after a revision, newest first, in pages.
///
/// # Errors
/// `INVALID_INPUT` for a negative revision, and the errors of paging.
pub(super) fn commits(
    ctx: &Context<'_>,
    scope: &Scope,
    since: Option<i32>,
    arguments: &PageArguments,
) -> Result<CommitConnection> {
    let since = usize::try_from(since.unwrap_or(0)).map_err(|_| {
        Code::InvalidInput.error("since: a revision is never negative; leave it out, or give 0 for all commits")
    })?;
    let count = scope.snapshot.state().commits.len();
    let newest_first: Vec<usize> = (since.min(count)..count).rev().collect();
    let key = |at: usize| format!("{PREFIX}{}", newest_first[at] + 1);
    let window = Window::cut(arguments, page_limit(ctx)?, newest_first.len(), key)?;
    Ok(CommitConnection(window.into_page(|at, cursor| CommitEdge {
        cursor,
        node: Commit { scope: scope.clone(), position: newest_first[at] },
    })))
}
