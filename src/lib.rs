//! A knowledge graph of who works with whom in medical education and research, with the citation of every fact,
//! answered over GraphQL.
//!
//! # Floors
//!
//! A module may name what stands below it, nothing beside it or above it; a test reads the sources and names every
//! breach.
//!
//! | floor | modules | alone here |
//! |---|---|---|
//! | 5 | [`cli`] | clap, printing, exit codes, choice of log output |
//! | 4 | [`server`] | axum, tower, the embedded pages |
//! | 3 | [`api`] | async-graphql |
//! | 2 | [`knowledge`] | locks, the swap of snapshots, the clock |
//! | 1 | [`store`] [`graph`] [`search`] [`matching`] [`wording`] [`dataset`] [`import`] [`export`] | sled · petgraph · fst · weights · sentences · toml · foreign files in · foreign formats out |
//! | 0 | [`model`] | serde derives |
//!
//! # Promises
//!
//! - The model is inert: no I/O, no clock, no randomness. A value that exists is valid.
//! - Only [`knowledge::KnowledgeGraph::apply`] changes anything: it validates all, stores all and flushes, then
//!   publishes. A refused set leaves no trace.
//! - One request sees one snapshot. Readers never wait for writers.
//! - The graph is derived: rebuilt from the store it equals the one in memory.
//! - Resolvers look up and wrap; a traversal lives in [`graph`].
//! - Output has an order: a query asked twice gives the same bytes.
//! - The serde form of [`model`] is the form of the store and of `data/`.
//! - Every relationship says where it was read, and when it held where that is known.
//!
//! Start reading at [`model::relationship`], then [`graph`], then [`knowledge`].

pub mod api;
pub mod cli;
pub mod dataset;
pub mod export;
pub mod graph;
pub mod import;
pub mod knowledge;
pub mod matching;
pub mod model;
pub mod search;
pub mod server;
pub mod store;
pub mod wording;
