//! All tests that need more than one file of the program, as one binary. Each module says what it holds.

mod architecture;
mod dataset;
mod graphql;
mod history;
mod http;
mod limits;
mod schema;
mod search;
mod store;
mod support;
mod traversal;
