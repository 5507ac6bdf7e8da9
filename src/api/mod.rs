//! The GraphQL schema: looks up what a snapshot holds and wraps it. No I/O and no algorithm is here.
//!
//! A request is executed against one snapshot; every wrapper carries it and the view that was asked.

mod commit;
mod connection;
mod document;
mod entity;
mod error;
pub mod executor;
mod input;
pub mod limits;
mod link;
mod neighbor;
mod network;
mod node;
mod path;
mod query;
mod relationship;
mod scalar;
mod scope;
mod search;
mod statistics;
mod vocabulary;

pub use error::Code;
