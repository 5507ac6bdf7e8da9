//! How long patterns take, beside loops written by hand over the same adjacency that give the same rows.
//!
//! `cargo bench --bench pattern` makes up a network of 100,000 organizations and 600,000 relationships;
//! `cargo bench --bench pattern -- STORE` asks a copy of a store in a folder. A pattern's time holds everything: reading it,
//! planning, matching, sorting; "prepared" is what matching and sorting take of a pattern that was read and planned
//! before. The loop's holds looking up the ids, matching and sorting; its adjacency is flat arrays that are made before.
//! Beside it stands what the same loop takes that only counts.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "what goes wrong in a benchmark shall end it")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use consortia::graph::{Budget, Graph, Matches, PatternQuestion, View, matches, prepare};
use consortia::knowledge::{KnowledgeGraph, curated};
use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use consortia::model::state::State;

#[path = "support/plain.rs"]
mod plain;
#[path = "support/random.rs"]
mod random;

use plain::{End, Plain};
use random::Random;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ENTITIES: usize = 100_000;
const RELATIONSHIPS: usize = 600_000;
/// The least runs of which a median is taken.
const RUNS: usize = 11;
/// How long is gone on beyond them, so that what is quick is measured often.
const LEAST_TIME: Duration = Duration::from_millis(200);

fn synthetic() -> State {
    let mut random = Random(1);
    let kind = |position: usize| match position % 10 {
        0 | 1 => EntityKind::University,
        2 | 3 => EntityKind::Hospital,
        4..=6 => EntityKind::Consortium,
        _ => EntityKind::Company,
    };
    let citation = Citation {
        document: DocumentId::new("registry").unwrap(),
        locator: None,
        strength: Strength::Stated,
        note: None,
    };
    let ids: Vec<EntityId> = (0..ENTITIES).map(|n| EntityId::new(&format!("e{n:06}")).unwrap()).collect();
    let entities = ids.iter().enumerate().map(|(position, id)| {
        let mut record = EntityRecord::new(id.clone(), kind(position), format!("Entity {position}"));
        record.citations = vec![citation.clone()];
        Arc::new(Versioned { revision: 1, value: Entity::new(record).unwrap() })
    });
    let of = |wanted| (0..ENTITIES).filter(|&n| kind(n) == wanted).collect::<Vec<_>>();
    let (consortia, universities) = (of(EntityKind::Consortium), of(EntityKind::University));
    let hospitals = of(EntityKind::Hospital);
    let members: Vec<usize> = (0..ENTITIES).filter(|&n| kind(n) != EntityKind::Consortium).collect();
    let mut relationships = BTreeMap::new();
    while relationships.len() < RELATIONSHIPS {
        let (source, kind, target) = match random.below(10) {
            0..=7 => (
                members[random.mostly_small(members.len())],
                RelationshipKind::MemberOf,
                consortia[random.mostly_small(consortia.len())],
            ),
            8 => (
                hospitals[random.below(hospitals.len())],
                RelationshipKind::AffiliatedWith,
                universities[random.mostly_small(universities.len())],
            ),
            _ => (
                members[random.below(members.len())],
                RelationshipKind::CollaboratesWith,
                members[random.mostly_small(members.len())],
            ),
        };
        if source != target {
            let mut record = RelationshipRecord::new(ids[source].clone(), kind, ids[target].clone());
            record.citations = vec![citation.clone()];
            let value = Relationship::new(record).unwrap();
            relationships.insert(value.id().clone(), Arc::new(Versioned { revision: 1, value }));
        }
    }
    State { entities: entities.collect(), relationships: relationships.into_values().collect(), ..State::default() }
}

/// One step of a loop: over which kind, which way, to which kind.
type Leg = (RelationshipKind, bool, EntityKind);

/// Whether a relationship may be the step.
fn is_step(end: &End, (kind, forward, _): Leg) -> bool {
    end.kind == kind && end.forward == forward
}

/// Loops within each other, one for each step.
trait Loops<const N: usize> {
    /// Calls back with each chain of steps from some starts on: its entities, then its relationships.
    fn each(&self, plain: &Plain, starts: &[u32], found: impl FnMut([u32; N]));
}

impl Loops<7> for [Leg; 3] {
    fn each(&self, plain: &Plain, starts: &[u32], mut found: impl FnMut([u32; 7])) {
        let [first, second, third] = *self;
        for &a in starts {
            for r in plain.of_kind(a, first.2).iter().filter(|end| is_step(end, first)) {
                for s in plain.of_kind(r.other, second.2).iter().filter(|end| is_step(end, second)) {
                    for t in plain.of_kind(s.other, third.2).iter().filter(|end| is_step(end, third)) {
                        found([a, r.other, s.other, t.other, r.relationship, s.relationship, t.relationship]);
                    }
                }
            }
        }
    }
}

impl Loops<5> for [Leg; 2] {
    fn each(&self, plain: &Plain, starts: &[u32], mut found: impl FnMut([u32; 5])) {
        let [first, second] = *self;
        for &a in starts {
            for r in plain.of_kind(a, first.2).iter().filter(|end| is_step(end, first)) {
                for s in plain.of_kind(r.other, second.2).iter().filter(|end| is_step(end, second)) {
                    found([a, r.other, s.other, r.relationship, s.relationship]);
                }
            }
        }
    }
}

/// The median of several runs, and the last answer.
fn median<T>(mut ask: impl FnMut() -> T) -> (Duration, T) {
    let mut times = Vec::new();
    let mut answer = None;
    let begun = Instant::now();
    while times.len() < RUNS || begun.elapsed() < LEAST_TIME {
        let start = Instant::now();
        answer = Some(ask());
        times.push(start.elapsed());
    }
    times.sort_unstable();
    (times[times.len() / 2], answer.unwrap())
}

/// Measures a pattern beside loops that keep and sort its rows, and beside the same loops when they only count.
fn compare<'a, const N: usize>(
    graph: &Graph,
    plain: &Plain,
    pattern: &str,
    starts: impl Fn() -> Cow<'a, [u32]>,
    legs: impl Loops<N>,
) {
    let (view, question) =
        (View::everything(), PatternQuestion { pattern: pattern.to_owned(), parameters: BTreeMap::new() });
    let (pattern_time, found) =
        median(|| -> Matches { matches(graph, &view, &question, &Budget::unlimited()).unwrap() });
    let prepared = prepare(graph, &view, &question).unwrap();
    let (prepared_time, again) = median(|| prepared.matches(&Budget::unlimited()).unwrap());
    assert_eq!(again.len(), found.len(), "{pattern}");
    let (loop_time, rows) = median(|| {
        let mut rows = Vec::new();
        legs.each(plain, &starts(), |row| rows.push(row));
        rows.sort_unstable();
        rows
    });
    let (count_time, count) = median(|| {
        let mut count = 0;
        legs.each(plain, &starts(), |row| count += usize::from(black_box(row[N - 1]) < u32::MAX));
        count
    });
    assert_eq!(count, rows.len(), "{pattern}");
    assert_eq!(found.len(), rows.len(), "{pattern}");
    for position in (0..rows.len()).step_by(rows.len().div_ceil(1_000).max(1)) {
        let found = found.get(graph, position);
        let path = found.paths[0].as_ref().expect("nothing is optional in the pattern");
        let nodes = path.entities.iter().map(|entity| entity.position() as u32);
        let edges = path.steps.iter().map(|step| step.relationship.position() as u32);
        assert_eq!(nodes.chain(edges).collect::<Vec<_>>(), rows[position], "{pattern}");
    }
    let ratio = |time: Duration| time.as_secs_f64() / loop_time.as_secs_f64();
    let shown: String = pattern.chars().take(110).collect();
    println!(
        "{pattern_time:>10.2?} {prepared_time:>10.2?} prepared, {loop_time:>10.2?} by hand, {:>5.2}x {:>5.2}x, \
         {count_time:>10.2?} counted, {:>8} rows: {shown}",
        ratio(pattern_time),
        ratio(prepared_time),
        rows.len()
    );
}

fn alone(graph: &Graph, pattern: &str) {
    let (view, question) =
        (View::everything(), PatternQuestion { pattern: pattern.to_owned(), parameters: BTreeMap::new() });
    let (time, found) = median(|| matches(graph, &view, &question, &Budget::unlimited()).unwrap());
    let shown: String = pattern.chars().take(110).collect();
    println!("{time:>10.2?} {:>38} rows: {shown}", found.len());
}

fn measure(graph: &Graph) {
    let plain = Plain::of(graph);
    let of = |kind| (0..graph.entity_count() as u32).filter(|&n| plain.kinds[n as usize] == kind).collect::<Vec<_>>();
    let (universities, hospitals) = (of(EntityKind::University), of(EntityKind::Hospital));
    let degree = |&entity: &u32| plain.of_kind(entity, EntityKind::Consortium).len();
    let mut busy = universities.clone();
    busy.sort_by_key(|entity| (std::cmp::Reverse(degree(entity)), *entity));
    let id = |entity: u32| graph.entity(graph.entity_at(entity as usize).unwrap()).id.to_string();
    let five = |skipped: usize, apart: usize| -> Vec<String> {
        busy.iter().skip(skipped).step_by(apart).take(5).map(|&entity| id(entity)).collect()
    };
    let (some, busiest) = (five(busy.len() / 100, (busy.len() / 100).max(1)), five(0, 1));
    let from = |ids: &[String]| format!("(u:University WHERE u.id IN ['{}'])", ids.join("', '"));
    let found = |ids: &[String]| {
        let position = |id: &String| graph.find_entity(id).unwrap().position() as u32;
        let mut found: Vec<u32> = ids.iter().map(position).collect();
        found.sort_unstable();
        Cow::Owned(found)
    };
    let member = |forward, kind| (RelationshipKind::MemberOf, forward, kind);
    let tied = |forward, kind| (RelationshipKind::AffiliatedWith, forward, kind);
    println!("{} entities, {} relationships", graph.entity_count(), graph.relationship_count());
    let to_consortium = member(true, EntityKind::Consortium);
    let to_hospital = member(false, EntityKind::Hospital);
    for ids in [&some, &busiest] {
        let starts = || found(ids);
        let pattern = format!("{}-[:MEMBER_OF]->(c:Consortium)<-[:MEMBER_OF]-(h:Hospital)", from(ids));
        compare(graph, &plain, &pattern, starts, [to_consortium, to_hospital]);
        let further = format!("{pattern}-[:MEMBER_OF]->(d:Consortium)");
        compare(graph, &plain, &further, starts, [to_consortium, to_hospital, to_consortium]);
        let further = format!("{pattern}-[:AFFILIATED_WITH]->(v:University)");
        compare(graph, &plain, &further, starts, [to_consortium, to_hospital, tied(true, EntityKind::University)]);
    }
    let pattern = "(h:Hospital)-[:AFFILIATED_WITH]->(u:University)-[:MEMBER_OF]->(c:Consortium)";
    let starts = || Cow::Borrowed(hospitals.as_slice());
    compare(graph, &plain, pattern, starts, [tied(true, EntityKind::University), to_consortium]);
    let (one, other) = (&some[0], id(hospitals[hospitals.len() / 2]));
    alone(graph, &format!("ANY SHORTEST (a {{id: '{one}'}})-[]-*(b {{id: '{other}'}})"));
    alone(graph, &format!("ALL SHORTEST (a {{id: '{one}'}})-[]-*(b {{id: '{other}'}})"));
    alone(graph, &format!("ACYCLIC (a {{id: '{one}'}})-[:PART_OF|AFFILIATED_WITH]-{{1,4}}(b {{id: '{other}'}})"));
    alone(graph, &format!("(a {{id: '{one}'}})-[:MEMBER_OF]->(c)<-[:MEMBER_OF]-(b {{id: '{other}'}})"));
}

fn main() {
    match std::env::args().skip(1).find(|argument| !argument.starts_with("--")) {
        Some(store) => {
            let graph = KnowledgeGraph::open(Path::new(&store), curated).unwrap();
            measure(graph.snapshot().graph());
        }
        None => measure(&Graph::build(&synthetic())),
    }
}
