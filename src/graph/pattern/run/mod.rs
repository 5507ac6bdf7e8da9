//! A program run over a graph, and the rows that come of it.

mod liveness;
mod log;
mod met;
mod moves;
mod optional;
mod rows;
mod select;
mod shape;
mod shortest;
mod straight;
mod walked;
mod walker;

pub(super) use self::optional::joined;
pub(super) use self::rows::{Rows, run};
