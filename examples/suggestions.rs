//! How good suggestions are, tried on what happened: `cargo run --release --example suggestions -- STORE [YEAR]`.
//!
//! Every tenth of the memberships that began in a year or later is hidden, drawn the same each time. Then each
//! organization that lost one is given ten suggestions by what is left. A suggestion is a hit when a hidden membership
//! had brought the two together in a consortium. Precision at 10 is the part of hits among ten, as a mean over the
//! organizations; a list shorter than ten counts its missing places as misses. Two tasks:
//!
//! - `again`: anybody the organization has no direct relationship to, old partners included;
//! - `new`: only those it shares no consortium, agreement, event or program with in what is left. Of the methods only
//!   `NEW_PARTNERS` is tried, as the others name old partners.
//!
//! Beside the methods stand two baselines over the same candidates: ten drawn at random, and the ten with the most
//! relationships. The store is the folder that `consortia serve` works on; nobody else may have it open.

#![expect(clippy::print_stdout, reason = "an example prints what it found")]
#![expect(clippy::unwrap_used, reason = "what goes wrong in an example shall end it")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use consortia::graph::{
    Budget, Direction, EntityFilter, EntityIndex, Graph, RelationshipIndex, SuggestionMethod, View, suggestions,
};
use consortia::knowledge::{KnowledgeGraph, curated};
use consortia::model::entity::{EntityKind, Family};
use consortia::model::relationship::RelationshipKind;
use consortia::model::state::State;

const PLACES: usize = 10;
/// Every so many of the later memberships is hidden.
const ONE_IN: u64 = 10;
/// How many organizations are asked, drawn the same each time.
const ASKED: usize = 1_000;

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((u128::from(z ^ (z >> 31)) * bound as u128) >> 64) as usize
    }
}

fn is_organization(graph: &Graph, entity: EntityIndex) -> bool {
    let kind = graph.entity(entity).kind;
    kind.family() == Family::Organization && kind != EntityKind::Consortium
}

fn around(graph: &Graph, entity: EntityIndex) -> BTreeSet<EntityIndex> {
    graph.incident(entity, Direction::Both).map(|(_, other, _)| other).collect()
}

/// Those that an organization takes part in something with.
fn partners(graph: &Graph, entity: EntityIndex) -> BTreeSet<EntityIndex> {
    let near = around(graph, entity);
    let joint = near.iter().filter(|&&other| {
        matches!(
            graph.entity(other).kind,
            EntityKind::Consortium | EntityKind::Agreement | EntityKind::Event | EntityKind::Program
        )
    });
    joint.flat_map(|&joint| around(graph, joint)).chain(near.iter().copied()).collect()
}

/// The memberships that began in a year or later, as positions; the start of a consortium stands for a membership that
/// has no date.
fn later(graph: &Graph, year: i16) -> Vec<RelationshipIndex> {
    let began = |relationship: RelationshipIndex| {
        let record = graph.relationship(relationship);
        let own = record.since.as_ref();
        let since = own.or_else(|| graph.entity(graph.ends(relationship).1).since.as_ref());
        since.and_then(|date| date.years().0)
    };
    graph
        .relationships()
        .filter(|&relationship| graph.relationship(relationship).kind == RelationshipKind::MemberOf)
        .filter(|&relationship| graph.entity(graph.ends(relationship).1).kind == EntityKind::Consortium)
        .filter(|&relationship| began(relationship).is_some_and(|began| began >= year))
        .collect()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(store) = arguments.first() else {
        println!("usage: cargo run --release --example suggestions -- STORE [YEAR]");
        return;
    };
    let year = arguments.get(1).map_or(2024, |year| year.parse().unwrap());
    let snapshot = KnowledgeGraph::open(Path::new(store), curated).unwrap().snapshot();
    let whole = snapshot.graph();

    let mut random = Random(1);
    let candidates = later(whole, year);
    let mut hidden = candidates.clone();
    hidden.retain(|_| random.below(ONE_IN as usize) == 0);
    let taken: BTreeSet<usize> = hidden.iter().map(|relationship| relationship.position()).collect();
    let state = snapshot.state();
    let left = State {
        documents: state.documents.clone(),
        entities: state.entities.clone(),
        relationships: state
            .relationships
            .iter()
            .enumerate()
            .filter(|(at, _)| !taken.contains(at))
            .map(|(_, relationship)| relationship.clone())
            .collect(),
        ..State::default()
    };
    // Entities keep their places: only relationships were taken out.
    let left = Graph::build(&left);
    println!("hidden: {} of {} memberships that began in {year} or later", hidden.len(), candidates.len());

    let mut lost: BTreeMap<EntityIndex, BTreeSet<EntityIndex>> = BTreeMap::new();
    for &relationship in &hidden {
        let (member, consortium) = whole.ends(relationship);
        let met =
            around(whole, consortium).into_iter().filter(|&other| other != member && is_organization(whole, other));
        lost.entry(member).or_default().extend(met);
    }
    let mut asked: Vec<EntityIndex> = lost.keys().copied().filter(|&entity| is_organization(whole, entity)).collect();
    while asked.len() > ASKED {
        asked.swap_remove(random.below(asked.len()));
    }
    asked.sort_unstable();

    let organizations: Vec<EntityIndex> = left.entities().filter(|&entity| is_organization(&left, entity)).collect();
    let mut by_degree = organizations.clone();
    by_degree.sort_by_key(|&entity| (std::cmp::Reverse(around(&left, entity).len()), entity));
    let anyone = EntityFilter::default();
    let view = View::everything();

    for task in ["again", "new"] {
        let mut scores: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        let mut asked_here = 0;
        for &entity in &asked {
            let barred = if task == "new" { partners(&left, entity) } else { around(&left, entity) };
            let may_be = |other: &EntityIndex| *other != entity && !barred.contains(other);
            let truth: BTreeSet<EntityIndex> = lost[&entity].iter().copied().filter(may_be).collect();
            if truth.is_empty() {
                continue;
            }
            asked_here += 1;
            let mut note = |name: &str, listed: Vec<EntityIndex>| {
                let hits = listed.iter().filter(|other| truth.contains(other)).count();
                scores.entry(name.to_owned()).or_default().push(hits as f64 / PLACES as f64);
            };
            let places = organizations.iter().copied().filter(|other| may_be(other)).take(PLACES).count();
            let mut drawn = BTreeSet::new();
            while drawn.len() < places {
                drawn.extend(Some(organizations[random.below(organizations.len())]).filter(may_be));
            }
            note("0 drawn at random", drawn.into_iter().collect());
            note("1 most relationships", by_degree.iter().copied().filter(may_be).take(PLACES).collect());
            let methods = [
                ("2 ADAMIC_ADAR", SuggestionMethod::AdamicAdar),
                ("3 RESOURCE_ALLOCATION", SuggestionMethod::ResourceAllocation),
                ("4 SHARED_CONSORTIA", SuggestionMethod::SharedConsortia),
                ("5 NEW_PARTNERS", SuggestionMethod::NewPartners),
            ];
            for (name, by) in methods {
                if task == "new" && by != SuggestionMethod::NewPartners {
                    continue;
                }
                let found = suggestions(&left, &view, entity, by, &anyone, PLACES, &Budget::unlimited()).unwrap();
                note(name, found.into_iter().map(|one| one.entity).filter(may_be).collect());
            }
        }
        println!("{task}: {asked_here} organizations");
        for (name, scores) in scores {
            let mean = scores.iter().sum::<f64>() / scores.len() as f64;
            let any = scores.iter().filter(|&&score| score > 0.0).count() as f64 / scores.len() as f64;
            println!("  {:<24} precision at 10: {mean:.4}; at least one hit: {any:.3}", &name[2..]);
        }
    }
}
