//! The server over a real socket, as GraphQL-over-HTTP says.
