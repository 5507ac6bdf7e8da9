//! Traversals over small worlds made by hand, and against naive searches over random ones.

mod analysis;
mod examples;
mod holding;
mod listings;
mod properties;
mod reference;
mod seeds;
mod world;
