//! Patterns: their notation, their rows against a naive evaluator, their errors, their plans.

mod errors;
mod foreign;
mod generated;
mod guide;
mod hostile;
mod naive;
mod plans;
mod properties;
mod words;
mod world;
