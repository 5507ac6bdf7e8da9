//! Traversals over small worlds made by hand, and against naive searches over random ones.

mod examples;
mod listings;
mod properties;
mod reference;
mod seeds;
mod world;
