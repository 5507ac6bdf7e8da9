//! How good each method of suggestion is on a store: `cargo run --release --example suggestions -- STORE [YEAR]`.
//!
//! What is hidden and what is a hit is told at [`backtest`]; `graph { suggestionBacktest }` asks the same of a server. Here
//! up to 1,000 organizations are asked, and no limit is set. The store is the folder that `consortia serve` works on;
//! nobody else may have it open.

#![expect(clippy::print_stdout, reason = "an example prints what it found")]
#![expect(clippy::unwrap_used, reason = "what goes wrong in an example shall end it")]

use std::path::Path;
use std::time::Instant;

use consortia::graph::{BACKTEST_LIMIT, BacktestQuestion, Budget, SuggestionMethod, View, backtest};
use consortia::knowledge::{KnowledgeGraph, curated};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(store) = arguments.first() else {
        println!("usage: cargo run --release --example suggestions -- STORE [YEAR]");
        return;
    };
    let since = arguments.get(1).map_or(2024, |year| year.parse().unwrap());
    let snapshot = KnowledgeGraph::open(Path::new(store), curated).unwrap().snapshot();
    for by in [
        SuggestionMethod::AdamicAdar,
        SuggestionMethod::ResourceAllocation,
        SuggestionMethod::SharedConsortia,
        SuggestionMethod::NewPartners,
    ] {
        let question = BacktestQuestion { by, since, organizations: BACKTEST_LIMIT };
        let (budget, start) = (Budget::unlimited(), Instant::now());
        let found = backtest(snapshot.graph(), &View::everything(), &question, &budget).unwrap();
        println!(
            "{by:?}: {} of {} relationships from {since} on hidden, {} organizations; precision at 10: {:.4}, at least \
             one hit: {:.3}; by chance {:.4}, by degree {:.4}; {} visits, {:.1?}",
            found.hidden.len(),
            found.eligible,
            found.asked.len(),
            found.precision,
            found.hit_rate,
            found.by_chance,
            found.by_degree,
            budget.spent(),
            start.elapsed()
        );
    }
}
