//! Traversals over small worlds made by hand, and against naive searches over random ones.

#![expect(clippy::unwrap_used, reason = "what goes wrong in a test shall end it")]

mod examples;
mod listings;
mod properties;
mod reference;
mod seeds;
mod world;
