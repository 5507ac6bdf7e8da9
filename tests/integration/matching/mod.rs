//! Names as other registries write them, against a small world of institutions: which one is meant, how surely and why.

mod conformance;
mod faults;
mod names;
mod service;
mod table;
