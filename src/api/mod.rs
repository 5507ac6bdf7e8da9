//! The GraphQL schema: looks up what a snapshot holds and wraps it. No I/O and no algorithm is here.
//!
//! A request is executed against one snapshot; every wrapper carries it and the view that was asked.

mod commit;
mod community;
mod comparison;
mod connection;
mod cut;
mod decision;
mod document;
mod entity;
mod error;
pub mod executor;
pub mod export;
mod input;
pub mod limits;
mod link;
mod measured;
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

use std::sync::Arc;

use async_graphql::{EmptyMutation, EmptySubscription, SDLExportOptions, Schema, SchemaBuilder};

pub use error::Code;
use executor::{Executor, Operation, Running};
use export::Exports;
use limits::Limits;
use measured::{Lane, Measures};
use propagation::NullPropagation;
use query::Query;
use redirects::{Redirected, Redirects};

use crate::knowledge::Snapshots;

/// How many long measures run at a time, where nobody says otherwise.
pub const MEASURES: usize = 1;
/// How many bytes of what long measures found are kept, where nobody says otherwise.
pub const MEASURE_BYTES: u64 = 64 << 20;

fn schema() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    Schema::build(Query, EmptyMutation, EmptySubscription).extension(NullPropagation).extension(Redirects)
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
}

impl Api {
    /// An API over these snapshots; each operation sees the newest when it comes in, and the past if it asks for it.
    pub fn new(limits: Limits, snapshots: Arc<dyn Snapshots>) -> Self {
        let measures = Arc::new(Measures::new(MEASURES, MEASURE_BYTES));
        Self { schema: limits.guard(schema()).finish(), limits, snapshots, measures }
    }

    /// Has at most so many long measures run at a time, at least one, and keeps so many bytes of what they found.
    #[must_use]
    pub fn measuring(self, at_once: usize, bytes: u64) -> Self {
        Self { measures: Arc::new(Measures::new(at_once, bytes)), ..self }
    }
}

impl Executor for Api {
    fn run(&self, operation: Operation) -> Running<'_> {
        let lane = Lane::new(Arc::clone(&self.measures), operation.turn.clone());
        let budget = Arc::new(operation.deadline.budget(self.limits.visits));
        executor::run_with(&self.schema, operation, Some(Arc::clone(&budget)), |data| {
            data.insert(self.snapshots.newest());
            data.insert(Arc::clone(&self.snapshots));
            data.insert(self.limits);
            data.insert(budget);
            data.insert(Arc::new(lane));
            data.insert(Arc::new(Redirected::default()));
        })
    }

    fn exports(self: Arc<Self>) -> Option<Arc<dyn Exports>> {
        Some(self)
    }
}
