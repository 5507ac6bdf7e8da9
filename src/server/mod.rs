//! The axum server: GraphQL over HTTP, the query page, health.
