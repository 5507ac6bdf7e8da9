//! How long measures of a whole store take: `cargo bench --bench measures -- STORE [EDGES]` opens the store (the folder
//! `consortia serve` works on; nobody else may have it open) and prints the best of five runs, the mean time that the
//! processors spent on one (of all threads; Linux only), and what each books of a budget. EDGES is a file to write the
//! ties to, one pair of numbers and its weight a line; `scripts/measures-igraph EDGES` takes the same measures with
//! igraph.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "what goes wrong in a benchmark shall end it")]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use consortia::graph::community::leiden;
use consortia::graph::measure::{Centrality, Method, measure};
use consortia::graph::{
    Budget, EntityFilter, Exhausted, Ties, View, bridges, component_numbers, cut_vertices, similar, suggestions,
};
use consortia::graph::{Similarity, SuggestionMethod};
use consortia::knowledge::{KnowledgeGraph, curated};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const RUNS: usize = 5;

fn time<T>(what: &str, mut take: impl FnMut(&Budget) -> Result<T, Exhausted>) -> T {
    let mut times: Vec<Duration> = Vec::new();
    let mut last = None;
    let before = processor_time();
    for _ in 0..RUNS {
        let budget = Budget::unlimited();
        let start = Instant::now();
        let taken = take(&budget).unwrap();
        times.push(start.elapsed());
        last = Some((taken, budget.spent()));
    }
    let spent = (processor_time() - before) / RUNS as f64;
    let (taken, visits) = last.unwrap();
    let best = times.iter().min().unwrap().as_secs_f64() * 1000.0;
    println!("{what:<36} {best:>9.1} ms best {spent:>9.1} ms of processors {visits:>12} visits");
    taken
}

/// How many milliseconds processors have spent on this process; 0 where nobody says.
fn processor_time() -> f64 {
    const TICK: f64 = 10.0;
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the process stands in brackets and may hold spaces; user and system time are the 12th and 13th after
    // it.
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() * TICK
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some(store) = arguments.first() else {
        println!("usage: cargo bench --bench measures -- STORE [EDGES]; without a store nothing is measured");
        return;
    };
    let snapshot = KnowledgeGraph::open(Path::new(store), curated).unwrap().snapshot();
    let graph = snapshot.graph();
    let view = View::everything();
    let ties = time("ties of everything", |budget| Ties::of(graph, &view, budget));
    println!("{} entities, {} ties", ties.count(), ties.tie_count());
    if let Some(file) = arguments.get(1) {
        let mut text = format!("{}\n", ties.count());
        for node in 0..ties.count() {
            for (other, weight) in ties.of_node(node).filter(|&(other, _)| node < other) {
                writeln!(text, "{node} {other} {weight}").unwrap();
            }
        }
        fs::write(file, text).unwrap();
    }
    time("components", |budget| component_numbers(&ties, budget));
    let partition = time("communities (Leiden)", |budget| leiden(&ties, 1.0, budget));
    println!("  modularity {:.4}, {} groups", partition.quality, partition.count);
    for by in Centrality::ALL {
        let measured = time(&format!("{by:?}"), |budget| measure(&ties, by, budget));
        if let Method::Sampled { samples, error, confidence } = measured.method {
            println!("  from {samples} draws, within {error:.4} with a probability of {confidence}");
        }
    }
    time("cut vertices, with the ties", |budget| cut_vertices(graph, &view, budget));
    time("bridges, with the ties", |budget| bridges(graph, &view, budget));
    let busiest = (0..ties.count()).max_by_key(|&node| (ties.degree(node), node)).unwrap();
    let busiest = ties.members()[busiest];
    println!("of the entity with the most ties, {}:", graph.entity(busiest).name);
    let anyone = EntityFilter::default();
    let ways = [
        SuggestionMethod::AdamicAdar,
        SuggestionMethod::ResourceAllocation,
        SuggestionMethod::SharedConsortia,
        SuggestionMethod::NewPartners,
    ];
    for by in ways {
        time(&format!("suggestions {by:?}"), |budget| suggestions(graph, &view, busiest, by, &anyone, 10, budget));
    }
    time("similar (Jaccard)", |budget| similar(graph, &view, busiest, Similarity::Jaccard, &anyone, budget));
}
