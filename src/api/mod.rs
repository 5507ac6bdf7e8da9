//! The GraphQL schema: looks up what a snapshot holds and wraps it.

pub mod executor;
pub mod limits;
