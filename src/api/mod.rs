//! The GraphQL schema: looks up what a snapshot holds and wraps it.
