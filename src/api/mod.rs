//! The GraphQL schema: looks up what a snapshot holds and wraps it. No I/O and no algorithm is here.
//!
//! A request is executed against one snapshot; every wrapper carries it and the view that was asked.

mod commit;
mod comparison;
mod connection;
mod document;
mod entity;
mod error;
pub mod executor;
pub mod export;
mod input;
pub mod limits;
mod link;
mod neighbor;
mod network;
mod node;
mod path;
mod projection;
mod propagation;
mod quality;
mod query;
mod reconcile;
mod relationship;
mod scalar;
mod scope;
mod search;
mod statistics;
mod timeline;
mod variables;
mod vocabulary;

use std::sync::Arc;

use async_graphql::{EmptyMutation, EmptySubscription, SDLExportOptions, Schema, SchemaBuilder};

pub use error::Code;
use executor::{Executor, Operation, Running};
use export::Exports;
use limits::Limits;
use propagation::NullPropagation;
use query::Query;

use crate::knowledge::Snapshots;

fn schema() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    Schema::build(Query, EmptyMutation, EmptySubscription).extension(NullPropagation)
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
}

impl Api {
    /// An API over these snapshots; each operation sees the newest when it comes in, and the past if it asks for it.
    pub fn new(limits: Limits, snapshots: Arc<dyn Snapshots>) -> Self {
        Self { schema: limits.guard(schema()).finish(), limits, snapshots }
    }
}

impl Executor for Api {
    fn run(&self, operation: Operation) -> Running<'_> {
        let budget = Arc::new(operation.deadline.budget(self.limits.visits));
        executor::run_with(&self.schema, operation, Some(Arc::clone(&budget)), |data| {
            data.insert(self.snapshots.newest());
            data.insert(Arc::clone(&self.snapshots));
            data.insert(self.limits);
            data.insert(budget);
        })
    }

    fn exports(self: Arc<Self>) -> Option<Arc<dyn Exports>> {
        Some(self)
    }
}
