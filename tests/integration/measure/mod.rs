//! Measures, groups, parts and suggestions over small random graphs, against what their definitions say word by word.

mod backtest;
mod groups;
mod kinship;
mod reference;
mod scores;
mod world;
