//! What it costs to show what is the same as one: decisions about pairs of organizations of a real store, made up in
//! the order of their ids, against building the snapshot without any.
//!
//! `cargo run --release --example merging -- STORE [COUNT…]`. Nothing is written.

#![expect(clippy::print_stdout, reason = "its output is what it is run for")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use consortia::knowledge::{Snapshot, merged};
use consortia::model::change::Versioned;
use consortia::model::decision::{Decision, DecisionRecord, Verdict};
use consortia::model::entity::Family;
use consortia::model::state::State;
use consortia::store::Store;

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((store, counts)) = arguments.split_first() else {
        println!("usage: merging STORE [COUNT…]");
        return Ok(());
    };
    let state = Store::open(Path::new(store))?.load()?;
    println!("{} entities, {} relationships", state.entities.len(), state.relationships.len());
    let counts: Vec<usize> = counts.iter().map(|count| count.parse()).collect::<Result<_, _>>()?;
    for count in [0].into_iter().chain(if counts.is_empty() { vec![1_000, 10_000] } else { counts }) {
        let decided = decided(&state, count)?;
        let (merging, found) = best(|| merged(&decided));
        let gone = found.map_or(0, |found| state.relationships.len() - found.state.relationships.len());
        let (building, snapshot) = best(|| Snapshot::build(decided.clone()));
        println!(
            "{:>6} decisions: merged in {:>6.1} ms, snapshot built in {:>7.1} ms; {} entities seen, {gone} relationships \
             fewer",
            decided.decisions.len(),
            merging,
            building,
            snapshot.state().entities.len(),
        );
    }
    Ok(())
}

/// The state with decisions that organizations are the same as ones some places further in the order of ids.
fn decided(state: &State, count: usize) -> Result<State, Error> {
    let organizations: Vec<_> =
        state.entities.iter().filter(|entity| entity.kind.family() == Family::Organization).collect();
    let step = (organizations.len() / count.max(1)).max(2);
    let mut decisions = Vec::with_capacity(count);
    for pair in organizations.chunks(step).take(count) {
        let [one, .., other] = pair else { continue };
        decisions.push(Arc::new(Versioned {
            revision: state.revision(),
            value: Decision::new(DecisionRecord {
                one: one.id.clone(),
                other: other.id.clone(),
                verdict: Verdict::Same,
                keep: Some(one.id.clone()),
                by: "an example".to_owned(),
                at: jiff::Timestamp::UNIX_EPOCH,
                reason: "to measure".to_owned(),
                score: None,
            })?,
        }));
    }
    decisions.sort_by(|one, other| one.id().cmp(other.id()));
    Ok(State { decisions, ..state.clone() })
}

/// The shortest of five times in milliseconds, and the last result.
fn best<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut run = || {
        let start = Instant::now();
        let result = work();
        (start.elapsed().as_secs_f64() * 1e3, result)
    };
    let mut best = run();
    for _ in 0..4 {
        let (time, result) = run();
        best = (best.0.min(time), result);
    }
    best
}
