//! The GraphQL schema: looks up what a snapshot holds and wraps it. No I/O and no algorithm is here.
//!
//! A request is executed against one snapshot; every wrapper carries it and the view that was asked.

pub mod citation;
mod commit;
mod community;
mod comparison;
mod connection;
mod cut;
mod decision;
mod document;
mod doubles;
mod entity;
mod error;
pub mod executor;
pub mod export;
mod input;
pub mod limits;
mod link;
mod measured;
mod mistakes;
mod neighbor;
mod network;
mod node;
mod path;
mod pattern;
mod projection;
mod propagation;
mod quality;
mod query;
mod ranking;
mod reconcile;
mod redirects;
mod relationship;
mod scalar;
mod scope;
mod search;
mod shared;
mod statistics;
mod suggestion;
mod timeline;
mod variables;
mod vocabulary;

use std::future::ready;
use std::sync::{Arc, OnceLock};

use async_graphql::{EmptyMutation, EmptySubscription, SDLExportOptions, Schema, SchemaBuilder};

use citation::{Asked, Bibliography, Collector, FieldOrder};
use doubles::{Doubled, PossibleDoubles};
pub use error::Code;
use executor::{Executor, Operation, Outcome, Refusal, Running};
use export::Exports;
use input::view::not_there;
use limits::Limits;
use measured::{Lane, Measures};
use mistakes::Mistakes;
use propagation::NullPropagation;
use query::Query;
pub use reconcile::CANDIDATES_LIMIT;
use redirects::{Redirected, Redirects};

use crate::knowledge::{PastError, Snapshot, Snapshots};
use crate::model::cited::CitedQuery;

/// How many long questions run at a time, where nobody says otherwise.
pub const MEASURES: usize = 1;
/// How many bytes of what long measures found are kept, where nobody says otherwise.
pub const MEASURE_BYTES: u64 = 64 << 20;

fn schema() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    Schema::build(Query, EmptyMutation, EmptySubscription)
        .extension(Mistakes)
        .extension(NullPropagation)
        .extension(Redirects)
        .extension(PossibleDoubles)
        .extension(FieldOrder)
}

/// The schema in GraphQL's own language, as `schema.graphql` has it.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().include_specified_by().prefer_single_line_descriptions().use_space_ident();
    schema().finish().sdl_with_options(options)
}

/// Answers operations, each from the newest snapshot when it comes in.
pub struct Api {
    schema: Schema<Query, EmptyMutation, EmptySubscription>,
    limits: Limits,
    snapshots: Arc<dyn Snapshots>,
    measures: Arc<Measures>,
    /// What addresses of the server begin with, once that is known.
    address: Arc<OnceLock<String>>,
}

impl Api {
    /// An API over these snapshots; each operation sees the newest when it comes in, and the past if it asks for it.
    pub fn new(limits: Limits, snapshots: Arc<dyn Snapshots>) -> Self {
        let measures = Arc::new(Measures::new(MEASURES, MEASURE_BYTES));
        Self { schema: limits.guard(schema()).finish(), limits, snapshots, measures, address: Arc::default() }
    }

    /// Has at most so many long questions run at a time, at least one, and keeps so many bytes of what measures found.
    #[must_use]
    pub fn measuring(self, at_once: usize, bytes: u64) -> Self {
        Self { measures: Arc::new(Measures::new(at_once, bytes)), ..self }
    }

    /// Says what addresses of the server begin with: `https://example.org`. Counts once; citations hold it.
    pub fn is_at(&self, address: &str) {
        self.address.get_or_init(|| address.trim_end_matches('/').to_owned());
    }

    /// The newest snapshot, or for a query that was cited that of its revision.
    fn seen(&self, operation: &Operation) -> Result<Arc<Snapshot>, PastError> {
        let newest = self.snapshots.newest();
        match &operation.replays {
            None => Ok(newest),
            Some(query) => self.snapshots.at(&newest, query.revision, &|| operation.deadline.is_over()),
        }
    }
}

impl Executor for Api {
    fn run(&self, operation: Operation) -> Running<'_> {
        let snapshot = match self.seen(&operation) {
            Ok(snapshot) => snapshot,
            Err(error) => return Box::pin(ready(Outcome::Refused(Refusal::of(not_there(&error))))),
        };
        let collector = match &operation {
            Operation { replays: Some(_), .. } => Collector::noting(),
            Operation { document, .. } if document.contains("citation") => Collector::noting(),
            Operation { .. } => Collector::default(),
        };
        let cited = Arc::new(collector);
        let asked = Asked::of(&operation, &self.address);
        let replayed = operation.replays.clone().map(|query| (query, Arc::clone(&snapshot), Arc::clone(&cited)));
        let lane = Arc::new(Lane::new(Arc::clone(&self.measures), operation.turn.clone()));
        let budget = Arc::new(lane.watch(operation.deadline.budget(self.limits.visits)));
        let running = executor::run_with(&self.schema, operation, Some(Arc::clone(&budget)), |data| {
            data.insert(snapshot);
            data.insert(cited);
            data.insert(asked);
            data.insert(Arc::clone(&self.snapshots));
            data.insert(self.limits);
            data.insert(budget);
            data.insert(lane);
            data.insert(Arc::new(Redirected::with_names()));
            data.insert(Arc::new(Doubled::default()));
        });
        let Some((query, snapshot, cited)) = replayed else { return running };
        Box::pin(async move {
            let outcome = running.await;
            let address = self.address.get().map_or("", String::as_str);
            outcome.cited_as(Bibliography::new(&query, &snapshot, address, cited.documents()))
        })
    }

    fn recall(&self, token: &str) -> Result<Option<CitedQuery>, Refusal> {
        self.snapshots.kept(token).map_err(|source| {
            tracing::error!(%source, "a cited query cannot be read");
            Refusal::of(Code::Internal.error("this query cannot be read from the store; tell its operator"))
        })
    }

    fn exports(self: Arc<Self>) -> Option<Arc<dyn Exports>> {
        Some(self)
    }
}
