//! The root fields.

mod graph;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

pub(crate) use graph::Graph;
pub(in crate::api) use graph::within;

use super::commit::{CommitConnection, commits};
use super::comparison::Comparison;
use super::connection::PageArguments;
use super::document::{Document, DocumentConnection, documents};
use super::error::Code;
use super::input::budget::BudgetInput;
use super::input::view::{ViewInput, unknown_document};
use super::node::{AnyNode, node};
use super::scope::{Scope, page_limit};

/// The root of all questions.
pub(crate) struct Query;

/// The root of all questions.
#[Object]
impl Query {
    /// One consistent snapshot of the graph, optionally narrowed. All that is asked below it sees one revision and one
    /// view. A field that is refused is null, with an error that has its path; the fields beside it are answered.
    async fn graph(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the graph to; all of it when left out.")] view: Option<ViewInput>,
        #[graphql(desc = "What all that is asked below may cost; the server's limits when left out.")] budget: Option<
            BudgetInput,
        >,
    ) -> Result<Option<Graph>> {
        let mut scope = Scope::viewed(ctx, view)?;
        if let Some(budget) = budget {
            let budget = Arc::new(budget.resolve(&scope.budget)?);
            scope = scope.on(budget);
        }
        Ok(Some(Graph::new(&scope)))
    }

    /// What a second view shows and a first does not, or shows otherwise: two dates (`asOf`), two revisions
    /// (`revision`), or any two views.
    async fn compare(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first view: what was.")] a: ViewInput,
        #[graphql(desc = "The second view: what is.")] b: ViewInput,
        #[graphql(desc = "What all that is asked below may cost; the server's limits when left out.")] budget: Option<
            BudgetInput,
        >,
    ) -> Result<Option<Comparison>> {
        let (mut before, mut after) = (Scope::viewed(ctx, Some(a))?, Scope::viewed(ctx, Some(b))?);
        if let Some(budget) = budget {
            let budget = Arc::new(budget.resolve(&after.budget)?);
            (before, after) = (before.on(Arc::clone(&budget)), after.on(budget));
        }
        Comparison::of(before, after).map(Some)
    }

    /// What has this id: an entity, a relationship, a document, a commit or a decision. Null, without an error, when
    /// nothing has.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of an entity, a relationship, a document, a commit or a decision.")] id: ID,
    ) -> Result<Option<AnyNode>> {
        Ok(node(&Scope::whole(ctx)?, &id))
    }

    /// What has these ids, in their order; null in the place of an id that nothing has.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The ids, as `node` takes them; at most as many as a page may have, 500 unless the server says otherwise."
        )]
        ids: Vec<ID>,
    ) -> Result<Option<Vec<Option<AnyNode>>>> {
        let limit = page_limit(ctx)?;
        if ids.len() > limit {
            return Err(Code::LimitExceeded.error(format!(
                "ids: {} ids are too many for one request; ask for at most {limit}, or start the server with a larger \
                 --max-page",
                ids.len()
            )));
        }
        let scope = Scope::whole(ctx)?;
        Ok(Some(ids.iter().map(|id| node(&scope, id)).collect()))
    }

    /// The document with this id. Null with an error that suggests the nearest id when nothing has it.
    async fn document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The document's id: `hkust-pumch-agreement`.")] id: ID,
    ) -> Result<Option<Document>> {
        let scope = Scope::whole(ctx)?;
        match Document::find(&scope, &id) {
            Some(document) => Ok(Some(document)),
            None => Err(unknown_document(&scope.snapshot, "id", &id)),
        }
    }

    /// What was read: the press releases, pages and registries that the citations point to, sorted by id.
    async fn documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<Option<DocumentConnection>> {
        documents(ctx, &Scope::whole(ctx)?, &PageArguments::either_way(first, after, last, before)).map(Some)
    }

    /// The change log: who changed what, when and why, newest first.
    async fn commits(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only commits after this revision, 0 or more; all when left out.")] since: Option<i32>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<Option<CommitConnection>> {
        commits(ctx, &Scope::whole(ctx)?, since, &PageArguments::either_way(first, after, last, before)).map(Some)
    }
}
