//! How long links take on a real store, beside loops written by hand over the same adjacency.
//!
//! `cargo bench --bench links -- STORE` opens the store (the folder `consortia serve` works on; nobody else may have it
//! open) and asks which hospitals link through a consortium to five universities: twelve times, for five neighbors each
//! in the list of the sixty universities that have the most relationships. At reach 1 the loop gives the same links,
//! sorted alike. At reach 2 it walks every walk and keeps only who is linked: not to whom, through what and how far,
//! which the answer has. It prints the median and the worst of the twelve, each the best of five runs.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "what goes wrong in a benchmark shall end it")]

use std::cmp::Reverse;
use std::path::Path;
use std::time::{Duration, Instant};

use consortia::graph::{
    Budget, Direction, EntityFilter, EntityIndex, Graph, Link, LinkQuestion, RelationshipFilter, View, links,
};
use consortia::knowledge::{KnowledgeGraph, curated};
use consortia::model::entity::EntityKind;
use consortia::model::text;

#[path = "support/plain.rs"]
#[expect(dead_code, reason = "what a relationship is matters to patterns only")]
mod plain;

use plain::Plain;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const GROUPS: usize = 12;
const RUNS: usize = 5;

/// Who is linked, to which of the five, through what.
type Found = (u32, Vec<u32>, Vec<u32>);

/// Hospitals linked through a consortium, each half one step.
fn by_hand_in_one_step(ranks: &[u32], plain: &Plain, five: &[u32]) -> Vec<Found> {
    let mut rows = Vec::new();
    for &from in five {
        for first in plain.of_kind(from, EntityKind::Consortium) {
            for second in plain.of_kind(first.other, EntityKind::Hospital) {
                rows.push((second.other, first.other, from));
            }
        }
    }
    rows.sort_unstable();
    rows.dedup();
    let mut found: Vec<Found> = Vec::new();
    for row in rows.chunk_by(|one, next| one.0 == next.0) {
        let mut from: Vec<u32> = row.iter().map(|row| row.2).collect();
        from.sort_unstable();
        from.dedup();
        let mut through: Vec<u32> = row.iter().map(|row| row.1).collect();
        through.dedup();
        found.push((row[0].0, from, through));
    }
    found.sort_unstable_by_key(|found| (Reverse(found.1.len()), Reverse(found.2.len()), ranks[found.0 as usize]));
    found
}

/// The place of each entity in the order of names.
fn ranks(graph: &Graph) -> Vec<u32> {
    let mut order: Vec<EntityIndex> = graph.entities().collect();
    order.sort_by_cached_key(|&entity| (text::folded(&graph.entity(entity).name), entity));
    let mut ranks = vec![0; order.len()];
    order.iter().zip(0..).for_each(|(entity, rank)| ranks[entity.position()] = rank);
    ranks
}

/// Who may stand between the ends of a half.
const BETWEEN: fn(&EntityKind) -> bool = |kind| !matches!(kind, EntityKind::Person | EntityKind::Topic);

/// The hospitals linked through a consortium, each half one step or two.
fn by_hand_in_two_steps(plain: &Plain, five: &[u32]) -> Vec<u32> {
    let between: Vec<EntityKind> = EntityKind::ALL.into_iter().filter(BETWEEN).collect();
    let mut halves = Vec::new();
    for &from in five {
        halves.extend(plain.of_kind(from, EntityKind::Consortium).iter().map(|end| (from, None, end.other)));
        for first in between.iter().flat_map(|&kind| plain.of_kind(from, kind)) {
            let seconds = plain.of_kind(first.other, EntityKind::Consortium).iter();
            halves.extend(seconds.filter(|end| end.other != from).map(|end| (from, Some(first.other), end.other)));
        }
    }
    halves.sort_unstable();
    halves.dedup();
    let mut found = vec![false; plain.kinds.len()];
    for (from, middle, through) in halves {
        let is_new = |other: u32| other != from && Some(other) != middle && other != through;
        for third in between.iter().flat_map(|&kind| plain.of_kind(through, kind)).filter(|end| is_new(end.other)) {
            if plain.kinds[third.other as usize] == EntityKind::Hospital {
                found[third.other as usize] = true;
            }
            for fourth in plain.of_kind(third.other, EntityKind::Hospital).iter().filter(|end| is_new(end.other)) {
                found[fourth.other as usize] = true;
            }
        }
    }
    (0..plain.kinds.len() as u32).filter(|&entity| found[entity as usize]).collect()
}

fn best<T>(mut ask: impl FnMut() -> T) -> (Duration, T) {
    let mut best: Option<(Duration, T)> = None;
    for _ in 0..RUNS {
        let start = Instant::now();
        let answer = ask();
        let taken = start.elapsed();
        if best.as_ref().is_none_or(|(least, _)| taken < *least) {
            best = Some((taken, answer));
        }
    }
    best.unwrap()
}

fn print(what: &str, mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    println!("{what:<40} {:>10.2?} median {:>10.2?} worst", times[times.len() / 2], times[times.len() - 1]);
    times[times.len() / 2]
}

fn main() {
    let store = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let knowledge = KnowledgeGraph::open(Path::new(&store.expect("name a store")), curated).unwrap();
    let snapshot = knowledge.snapshot();
    let graph = snapshot.graph();
    println!("{} entities, {} relationships", graph.entity_count(), graph.relationship_count());
    let (plain, ranks, view) = (Plain::of(graph), ranks(graph), View::everything());
    let mut busy: Vec<EntityIndex> =
        graph.entities().filter(|&entity| graph.entity(entity).kind == EntityKind::University).collect();
    let degree = |entity: EntityIndex| graph.incident(entity, Direction::Both).count();
    busy.sort_by_cached_key(|&entity| (Reverse(degree(entity)), entity));
    let groups: Vec<Vec<EntityIndex>> = busy.chunks(5).take(GROUPS).map(<[_]>::to_vec).collect();
    let ask = |from: &[EntityIndex], reach| -> Vec<Link> {
        let question = LinkQuestion {
            from: from.to_vec(),
            through: EntityFilter::of_kinds([EntityKind::Consortium]),
            to: EntityFilter::of_kinds([EntityKind::Hospital]),
            via: RelationshipFilter::default(),
            reach,
        };
        links(graph, &view, &question, &Budget::unlimited()).unwrap()
    };
    let positions = |entities: &[EntityIndex]| -> Vec<u32> {
        let mut positions: Vec<u32> = entities.iter().map(|entity| entity.position() as u32).collect();
        positions.sort_unstable();
        positions
    };
    for reach in [1, 2] {
        let (mut times, mut by_hand) = (Vec::new(), Vec::new());
        for group in &groups {
            let (taken, found) = best(|| ask(group, reach));
            times.push(taken);
            let five = positions(group);
            if reach == 1 {
                let (taken, expected) = best(|| by_hand_in_one_step(&ranks, &plain, &five));
                by_hand.push(taken);
                let found: Vec<Found> = found
                    .iter()
                    .map(|link| (link.entity.position() as u32, positions(&link.from), positions(&link.through)))
                    .collect();
                assert_eq!(found, expected);
            } else {
                let (taken, expected) = best(|| by_hand_in_two_steps(&plain, &five));
                by_hand.push(taken);
                assert_eq!(positions(&found.iter().map(|link| link.entity).collect::<Vec<_>>()), expected);
            }
        }
        let own = print(&format!("links, reach {reach}"), times);
        let hand = print("  by hand", by_hand);
        println!("  {:.2} times", own.as_secs_f64() / hand.as_secs_f64());
    }
}
