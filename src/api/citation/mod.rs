//! Answers one can cite: a short token of query and revision, who, what and when in the forms of bibliographies, and the
//! documents behind the answer.

mod bibliography;
mod canonical;
mod collector;
mod order;

use std::future::poll_fn;
use std::sync::{Arc, OnceLock};
use std::task::Poll;

use async_graphql::parser::types::DocumentOperations;
use async_graphql::{Context, Enum, Object, Result};
use serde_json::{Map, Value};

pub use bibliography::Bibliography;
pub(super) use collector::Collector;
pub(super) use order::FieldOrder;

use canonical::canonical;

use super::document::Document;
use super::error::Code;
use super::executor::Operation;
use super::limits::parse;
use super::scope::{Scope, revision};
use super::variables::chosen;
use crate::knowledge::{Snapshot, Snapshots};
use crate::model::change::Revision;
use crate::model::cited::{API, CitedQuery, LONGEST};
use crate::store::StoreError;

/// What a client sent, for the field that cites it.
pub(super) struct Asked {
    document: String,
    operation: Option<String>,
    variables: Map<String, Value>,
    /// What addresses of the server begin with.
    address: Arc<OnceLock<String>>,
}

impl Asked {
    pub(super) fn of(operation: &Operation, address: &Arc<OnceLock<String>>) -> Self {
        Self {
            document: operation.document.clone(),
            operation: operation.name.clone(),
            variables: operation.variables.clone(),
            address: Arc::clone(address),
        }
    }

    /// The query of this revision in its canonical form: of the variables only those that the operation declares.
    fn query(&self, revision: Revision) -> Result<CitedQuery> {
        let document = canonical(&self.document);
        let parsed = parse(&document).map_err(|error| Code::Internal.error(error.to_string()))?;
        let declared = |name: &String| {
            let operation = chosen(&parsed, self.operation.as_deref());
            let mut variables = operation.iter().flat_map(|operation| &operation.node.variable_definitions);
            variables.any(|variable| variable.node.name.node.as_str() == name)
        };
        let variables = self.variables.iter().filter(|(name, _)| declared(name));
        let mut variables = Value::Object(variables.map(|(name, value)| (name.clone(), value.clone())).collect());
        variables.sort_all_objects();
        let Value::Object(variables) = variables else { unreachable!("an object that is sorted is an object") };
        let only = || match &parsed.operations {
            DocumentOperations::Multiple(named) if named.len() == 1 => named.keys().next().map(ToString::to_string),
            DocumentOperations::Multiple(_) | DocumentOperations::Single(_) => None,
        };
        let operation = self.operation.clone().or_else(only);
        let query = CitedQuery { api: API, revision, document, operation, variables };
        if query.size() > LONGEST {
            return Err(Code::LimitExceeded.error(format!(
                "citation: the query has {} bytes without blanks and comments, {LONGEST} can be cited; shorten it, or ask \
                 in several queries",
                query.size()
            )));
        }
        Ok(query)
    }
}

/// In which form a bibliography is written.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CitationStyle {
    /// A line as the American Psychological Association writes it, 7th edition; then one for each document.
    Apa,
    /// Entries for BibTeX and BibLaTeX.
    Bibtex,
    /// A JSON list for citation managers and CSL processors.
    CslJson,
}

/// How the answer that this stands in is cited: by the query, the revision that it was asked of, and the documents behind
/// it. The query is kept; nothing about who asked is.
pub(crate) struct AnswerCitation {
    scope: Scope,
    query: CitedQuery,
    newest: Arc<Snapshot>,
    address: String,
}

impl AnswerCitation {
    /// The citation of the query that is being answered, which is kept from now on.
    pub(super) fn new(ctx: &Context<'_>, scope: &Scope) -> Result<Self> {
        let newest = Arc::clone(ctx.data::<Arc<Snapshot>>()?);
        let asked = ctx.data::<Asked>()?;
        let query = asked.query(newest.state().revision())?;
        ctx.data::<Arc<dyn Snapshots>>()?.keep(&query).map_err(|error| {
            tracing::error!(%error, "a query that is cited cannot be kept");
            if matches!(error, StoreError::TooManyCited { .. }) {
                return Code::LimitExceeded.error(format!("citation: {error}"));
            }
            Code::Internal.error("citation: the query cannot be kept; tell the operator of the server")
        })?;
        let address = asked.address.get().cloned().unwrap_or_default();
        Ok(Self { scope: scope.clone(), query, newest, address })
    }

    /// The bibliography, once all other fields of the answer have been read.
    async fn bibliography(&self) -> Bibliography {
        after_the_others().await;
        Bibliography::new(&self.query, &self.newest, &self.address, self.scope.cited.documents())
    }
}

/// Lets the fields beside it be answered first: they do so without waiting for anything.
async fn after_the_others() {
    for _ in 0..2 {
        let mut is_first = true;
        poll_fn(|context| {
            if std::mem::take(&mut is_first) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
    }
}

/// How this answer is cited.
#[Object]
impl AnswerCitation {
    /// Twenty letters and digits that stand for the query, its variables and the revision: the same query of the same
    /// revision has the same token.
    async fn token(&self) -> String {
        self.query.token()
    }

    /// Where the answer can be had again, the same bytes, also when the graph has gone on: with `.html`, `.bib`,
    /// `.csl.json` or `.txt` at its end as a page or a bibliography.
    async fn url(&self) -> String {
        bibliography::url(&self.address, &self.query.token())
    }

    /// The newest revision when the query was asked, which its answer is cited as.
    async fn revision(&self) -> i32 {
        revision(self.query.revision)
    }

    /// Who, what, when and where, and the same of each document behind the answer. There is no date of access in it: the
    /// answer never changes.
    async fn text(
        &self,
        #[graphql(desc = "The form.", default_with = "Some(CitationStyle::Apa)")] style: Option<CitationStyle>,
    ) -> String {
        let bibliography = self.bibliography().await;
        match style.unwrap_or(CitationStyle::Apa) {
            CitationStyle::Apa => bibliography.apa(),
            CitationStyle::Bibtex => bibliography.bibtex(),
            CitationStyle::CslJson => bibliography.csl_json(),
        }
    }

    /// The documents that the records in the answer cite, as far as the view shows them, sorted by id; all documents of
    /// the view where a measure of the whole view was asked.
    async fn documents(&self) -> Vec<Document> {
        after_the_others().await;
        let documents = self.scope.cited.documents();
        documents.keys().filter_map(|id| Document::find(&self.scope, id.as_str())).collect()
    }
}
