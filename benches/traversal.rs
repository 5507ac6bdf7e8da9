//! How long questions take on a synthetic network of 100,000 entities and 1,000,000 relationships, beside plain loops
//! over petgraph that answer the same questions in the same run and must give the same answers.
//!
//! `cargo bench --bench traversal` prints the medians. Both the members of consortia and the consortia are drawn with a
//! preference for few: the greatest university is in some hundreds of them, the greatest consortium has some hundreds
//! of members. The same seed gives the same network on every machine.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "what goes wrong in a benchmark shall end it")]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use consortia::graph::{
    Budget, EntityFilter, EntityIndex, Graph, Layout, LinkQuestion, NetworkQuestion, PathQuestion, PathSelection,
    PathWeights, RelationshipFilter, View, link_paths, links, network, paths, statistics,
};
use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use consortia::model::state::State;
use petgraph::graph::{DiGraph, NodeIndex};

#[path = "support/random.rs"]
mod random;

use random::Random;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ENTITIES: usize = 100_000;
const RELATIONSHIPS: usize = 1_000_000;
const QUESTIONS: usize = 30;

fn kind(position: usize) -> EntityKind {
    match position % 20 {
        0 | 1 => EntityKind::University,
        2..=5 => EntityKind::Hospital,
        6..=8 => EntityKind::Consortium,
        9..=11 => EntityKind::ResearchCenter,
        12 | 13 => EntityKind::Company,
        14 => EntityKind::Event,
        15 => EntityKind::Topic,
        _ => EntityKind::Person,
    }
}

fn synthetic() -> State {
    let mut random = Random(1);
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
    let of = |kinds: &[EntityKind]| -> Vec<usize> { (0..ENTITIES).filter(|&n| kinds.contains(&kind(n))).collect() };
    let consortia = of(&[EntityKind::Consortium]);
    let members = of(&[EntityKind::University, EntityKind::Hospital, EntityKind::ResearchCenter, EntityKind::Company]);
    let (hospitals, universities) = (of(&[EntityKind::Hospital]), of(&[EntityKind::University]));
    let (persons, topics, events) = (of(&[EntityKind::Person]), of(&[EntityKind::Topic]), of(&[EntityKind::Event]));
    let mut relationships = BTreeMap::new();
    while relationships.len() < RELATIONSHIPS {
        let member = members[random.mostly_small(members.len())];
        let (source, kind, target) = match random.below(20) {
            0..=9 => (member, RelationshipKind::MemberOf, consortia[random.mostly_small(consortia.len())]),
            10..=12 => (member, RelationshipKind::CollaboratesWith, members[random.mostly_small(members.len())]),
            13 => (
                hospitals[random.below(hospitals.len())],
                RelationshipKind::AffiliatedWith,
                universities[random.mostly_small(universities.len())],
            ),
            14 | 15 => (persons[random.below(persons.len())], RelationshipKind::HoldsPostAt, member),
            16 | 17 => (member, RelationshipKind::ParticipatedIn, events[random.below(events.len())]),
            _ => (member, RelationshipKind::Concerns, topics[random.mostly_small(topics.len())]),
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

/// What the plain loops run over: petgraph as it comes, kinds as weights.
type Plain = DiGraph<EntityKind, RelationshipKind>;

fn plain(state: &State) -> Plain {
    let mut graph = Plain::with_capacity(state.entities.len(), state.relationships.len());
    state.entities.iter().for_each(|entity| {
        graph.add_node(entity.kind);
    });
    let node = |id: &EntityId| NodeIndex::new(id.as_str()[1..].parse().unwrap());
    for relationship in &state.relationships {
        graph.add_edge(node(&relationship.source), node(&relationship.target), relationship.kind);
    }
    graph
}

/// Hospitals linked to the universities through a consortium, each half one step.
fn plain_links_of_reach_1(graph: &Plain, from: &[usize]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for &from in from {
        for through in graph.neighbors_undirected(NodeIndex::new(from)) {
            if graph[through] == EntityKind::Consortium {
                found.extend(
                    graph
                        .neighbors_undirected(through)
                        .filter(|&to| graph[to] == EntityKind::Hospital)
                        .map(|to| to.index()),
                );
            }
        }
    }
    found
}

/// The same with halves of up to two steps: every walk is walked.
fn plain_links_of_reach_2(graph: &Plain, from: &[usize]) -> BTreeSet<usize> {
    let may_stand_between = |node| !matches!(graph[node], EntityKind::Person | EntityKind::Topic);
    let mut found = BTreeSet::new();
    let mut halves = BTreeSet::new();
    for &from in from {
        let from = NodeIndex::new(from);
        for first in graph.neighbors_undirected(from).filter(|&node| may_stand_between(node)) {
            if graph[first] == EntityKind::Consortium {
                halves.insert((from, None, first));
            }
            for second in graph.neighbors_undirected(first) {
                if graph[second] == EntityKind::Consortium && second != from {
                    halves.insert((from, Some(first), second));
                }
            }
        }
    }
    for (from, between, through) in halves {
        for third in graph.neighbors_undirected(through) {
            if third == from || Some(third) == between || !may_stand_between(third) {
                continue;
            }
            if graph[third] == EntityKind::Hospital {
                found.insert(third.index());
            }
            for fourth in graph.neighbors_undirected(third) {
                if graph[fourth] == EntityKind::Hospital && fourth != from && Some(fourth) != between {
                    found.insert(fourth.index());
                }
            }
        }
    }
    found
}

fn plain_distance(graph: &Plain, from: usize, to: usize) -> Option<usize> {
    let mut distances = vec![usize::MAX; graph.node_count()];
    distances[from] = 0;
    let mut queue = VecDeque::from([NodeIndex::new(from)]);
    while let Some(at) = queue.pop_front() {
        if at.index() == to {
            return Some(distances[to]);
        }
        for next in graph.neighbors_undirected(at) {
            if distances[next.index()] == usize::MAX {
                distances[next.index()] = distances[at.index()] + 1;
                queue.push_back(next);
            }
        }
    }
    None
}

fn plain_neighborhood(graph: &Plain, around: usize) -> usize {
    let around = NodeIndex::new(around);
    let mut seen: BTreeSet<NodeIndex> = [around].into();
    seen.extend(graph.neighbors_undirected(around));
    seen.len()
}

/// Asks each question once and prints the median; gives the answers back.
fn measure<T>(what: &str, mut ask: impl FnMut(usize) -> T) -> Vec<T> {
    measure_some(what, QUESTIONS, &mut ask)
}

fn measure_some<T>(what: &str, count: usize, ask: &mut impl FnMut(usize) -> T) -> Vec<T> {
    let mut times: Vec<Duration> = Vec::new();
    let answers = (0..count)
        .map(|question| {
            let start = Instant::now();
            let answer = ask(question);
            times.push(start.elapsed());
            answer
        })
        .collect();
    times.sort_unstable();
    println!("{what:<60} {:>12.1?} median {:>12.1?} worst, of {count}", times[count / 2], times[count - 1]);
    answers
}

fn main() {
    let state = synthetic();
    let start = Instant::now();
    let graph = Graph::build(&state);
    println!("building the graph: {:.1?}", start.elapsed());
    let plain = plain(&state);
    let view = View::everything();
    let mut random = Random(2);
    let universities: Vec<usize> = (0..ENTITIES).filter(|&n| kind(n) == EntityKind::University).collect();
    let mut five = || -> Vec<usize> { (0..5).map(|_| universities[random.mostly_small(universities.len())]).collect() };
    let groups: Vec<Vec<usize>> = (0..QUESTIONS).map(|_| five()).collect();
    let entity = |position: usize| graph.find_entity(&format!("e{position:06}")).unwrap();
    let link_question = |question: usize, reach| LinkQuestion {
        from: groups[question].iter().map(|&position| entity(position)).collect(),
        through: EntityFilter::of_kinds([EntityKind::Consortium]),
        to: EntityFilter::of_kinds([EntityKind::Hospital]),
        via: RelationshipFilter::default(),
        reach,
    };
    let positions = |found: &[consortia::graph::Link]| -> BTreeSet<usize> {
        found.iter().map(|link| link.entity.position()).collect()
    };

    let ask = |question, reach| links(&graph, &view, &link_question(question, reach), &Budget::unlimited()).unwrap();
    let found = measure("links of five universities, reach 1", |question| ask(question, 1));
    let naive = measure("  a plain loop over petgraph", |question| plain_links_of_reach_1(&plain, &groups[question]));
    assert!(found.iter().zip(&naive).all(|(found, naive)| positions(found) == *naive));
    let found = measure("links of five universities, reach 2", |question| ask(question, 2));
    let pairs = found.iter().map(|links| links.iter().map(|link| link.through.len()).sum::<usize>()).max();
    println!("  at most {} pairs of hospital and consortium in an answer", pairs.unwrap_or(0));
    let visits = |question| {
        let budget = Budget::unlimited();
        links(&graph, &view, &link_question(question, 2), &budget).unwrap();
        budget.spent()
    };
    println!("  at most {} visits", (0..QUESTIONS).map(visits).max().unwrap_or(0));
    let few = 3;
    let naive = measure_some("  a plain loop over petgraph", few, &mut |question| {
        plain_links_of_reach_2(&plain, &groups[question])
    });
    assert!(found.iter().zip(&naive).all(|(found, naive)| positions(found) == *naive));
    measure("three paths of each of the first ten links, reach 2", |question| {
        let asked = link_question(question, 2);
        let walk = |link| link_paths(&graph, &view, &asked, link, 3, &Budget::unlimited()).unwrap().len();
        found[question].iter().take(10).map(walk).sum::<usize>()
    });

    let path_question = |question: usize, select| PathQuestion {
        from: vec![entity(groups[question][0])],
        to: vec![entity((question * 3_331 + 7) % ENTITIES)],
        select,
        max_length: 6,
        avoid: None,
        via: RelationshipFilter::default(),
        k: 3,
        weights: PathWeights::default(),
    };
    let ask = |question, select| paths(&graph, &view, &path_question(question, select), &Budget::unlimited()).unwrap();
    let found = measure("one shortest path", |question| ask(question, PathSelection::AnyShortest));
    let naive = measure("  a plain loop over petgraph", |question| {
        plain_distance(&plain, groups[question][0], (question * 3_331 + 7) % ENTITIES)
    });
    let lengths = found.iter().map(|paths| paths.first().map(consortia::graph::Path::length));
    assert!(lengths.zip(naive).all(|(length, naive)| length == naive));
    measure("all shortest paths", |question| ask(question, PathSelection::AllShortest).len());

    let picture = |around: EntityIndex, layout| NetworkQuestion {
        around: Some(vec![around]),
        depth: 1,
        filter: EntityFilter::default(),
        show: None,
        max_nodes: 200,
        layout,
    };
    let ask = |question: usize, layout| {
        network(&graph, &view, &picture(entity(groups[question][0]), layout), &Budget::unlimited()).unwrap()
    };
    let found = measure("network of depth 1, 200 nodes on a circle", |question| ask(question, Layout::Circular));
    let naive =
        measure("  a plain loop over petgraph, nodes only", |question| plain_neighborhood(&plain, groups[question][0]));
    assert!(found.iter().zip(&naive).all(|(found, &naive)| found.node_count == naive));
    measure("network of depth 1, 200 nodes by forces", |question| ask(question, Layout::Force).edge_count);
    measure("statistics of everything", |_| statistics(&graph, &view, &Budget::unlimited()).unwrap().relationships);
}
