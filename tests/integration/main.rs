//! All tests that need more than one file of the program, as one binary. Each module says what it holds.

#![expect(clippy::unwrap_used, reason = "in a test, what cannot be had is a failure")]

mod architecture;
mod budget;
mod citation;
mod cli;
mod cookbook;
mod dataset;
mod doubts;
mod export;
mod graphql;
mod history;
mod http;
mod import;
mod limits;
mod load;
mod matching;
mod measure;
mod merging;
mod mistakes;
mod naming;
mod paging;
mod pattern;
mod readme;
mod revisions;
mod schema;
mod search;
mod store;
mod support;
mod tense;
mod traversal;
mod variables;
