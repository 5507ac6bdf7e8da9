//! Whether suggestions come true, beside the same trial made by hand on a graph from which relationships are really gone.

use std::collections::BTreeSet;
use std::sync::Arc;

use consortia::graph::{
    Backtest, BacktestQuestion, Budget, Direction, EntityFilter, EntityIndex, Graph, RelationshipIndex,
    SuggestionMethod, View, backtest, suggestions,
};
use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use consortia::model::state::State;
use proptest::prelude::*;

const METHODS: [SuggestionMethod; 4] = [
    SuggestionMethod::AdamicAdar,
    SuggestionMethod::ResourceAllocation,
    SuggestionMethod::SharedConsortia,
    SuggestionMethod::NewPartners,
];

fn citation() -> Citation {
    Citation { document: DocumentId::new("report").unwrap(), locator: None, strength: Strength::Stated, note: None }
}

/// Consortia have ids that begin with "k", universities others.
fn kind(id: &str) -> EntityKind {
    if id.starts_with('k') { EntityKind::Consortium } else { EntityKind::University }
}

/// Entities with the years in which they began, and relationships: memberships in consortia, and collaborations.
fn state(entities: &[(String, Option<i16>)], relationships: &[(String, String, Option<i16>)]) -> State {
    let date = |year: Option<i16>| year.map(|year| year.to_string().parse().unwrap());
    let mut entities: Vec<Arc<Versioned<Entity>>> = entities
        .iter()
        .map(|(id, year)| {
            let mut record = EntityRecord::new(EntityId::new(id).unwrap(), kind(id), format!("Body {id}"));
            record.citations = vec![citation()];
            record.since = date(*year);
            Arc::new(Versioned { revision: 1, value: Entity::new(record).unwrap() })
        })
        .collect();
    entities.sort_by(|one, other| one.id.cmp(&other.id));
    let mut relationships: Vec<Arc<Versioned<Relationship>>> = relationships
        .iter()
        .map(|(source, target, year)| {
            let kind = match kind(target) {
                EntityKind::Consortium => RelationshipKind::MemberOf,
                _ => RelationshipKind::CollaboratesWith,
            };
            let [source, target] = [source, target].map(|id| EntityId::new(id).unwrap());
            let mut record = RelationshipRecord::new(source, kind, target);
            record.citations = vec![citation()];
            record.since = date(*year);
            Arc::new(Versioned { revision: 1, value: Relationship::new(record).unwrap() })
        })
        .collect();
    relationships.sort_by(|one, other| one.id().cmp(other.id()));
    relationships.dedup_by(|one, other| one.id() == other.id());
    State { entities, relationships, ..State::default() }
}

fn tried(graph: &Graph, by: SuggestionMethod, since: i16) -> Backtest {
    let question = BacktestQuestion { by, since, organizations: usize::MAX };
    backtest(graph, &View::everything(), &question, &Budget::unlimited()).unwrap()
}

/// A and Z were in K together when A joined L, where Z was. C was in K too; ten others are better connected than C.
fn joined_later() -> State {
    let others: Vec<String> = ('d'..='m').filter(|&letter| letter != 'k').chain(['n']).map(String::from).collect();
    let mut entities: Vec<(String, Option<i16>)> =
        ["a", "c", "z", "kk", "kl", "ko", "kp"].map(|id| (id.into(), None)).into();
    entities.extend(others.iter().map(|id| (id.clone(), None)));
    let early = |one: &str, other: &str| (one.to_owned(), other.to_owned(), Some(2020));
    let mut relationships = vec![early("a", "kk"), early("c", "kk"), early("z", "kk"), early("z", "kl")];
    relationships.push(("a".into(), "kl".into(), Some(2024)));
    relationships.extend(others.iter().flat_map(|id| [early(id, "ko"), early(id, "kp")]));
    state(&entities, &relationships)
}

#[test]
fn one_hidden_membership_is_found_again_by_who_was_met_before() {
    let graph = Graph::build(&joined_later());
    let found = tried(&graph, SuggestionMethod::AdamicAdar, 2023);
    let id = |entity: &EntityIndex| graph.entity(*entity).id.to_string();
    assert_eq!((found.eligible, found.drawn.len(), found.hidden.len()), (1, 1, 1));
    assert_eq!(graph.relationship(found.hidden[0]).id().as_str(), "a:member-of:kl");
    assert_eq!(found.asked.iter().map(id).collect::<Vec<_>>(), ["a"]);
    // C and Z are suggested, Z was lost; of ten places eight stay empty.
    assert_eq!((found.precision, found.hit_rate), (0.1, 1.0));
    // Of the twelve candidates ten are drawn, one of them is right.
    assert!((found.by_chance - 1.0 / 12.0).abs() < 1e-11, "{}", found.by_chance);
    // The ten others have as many neighbors as Z, and come before it by their ids.
    assert_eq!(found.by_degree, 0.0);
}

#[test]
fn an_old_partner_is_no_new_one() {
    let found = tried(&Graph::build(&joined_later()), SuggestionMethod::NewPartners, 2023);
    assert_eq!((found.drawn.len(), found.asked.len(), found.precision, found.by_chance), (1, 0, 0.0, 0.0));
}

#[test]
fn what_says_the_same_goes_with_what_is_hidden() {
    let ids = ["a", "b", "kk", "kl", "km"].map(|id| (id.to_owned(), None));
    // L belongs to K; M does not.
    let early = [("b", "kk"), ("b", "kl"), ("kl", "kk"), ("a", "kl"), ("b", "km"), ("a", "km")];
    let mut relationships = early.map(|(one, other)| (one.to_owned(), other.to_owned(), Some(2020))).to_vec();
    relationships.push(("a".into(), "kk".into(), Some(2024)));
    let graph = Graph::build(&state(&ids, &relationships));
    let found = tried(&graph, SuggestionMethod::SharedConsortia, 2024);
    let id = |one: &RelationshipIndex| graph.relationship(*one).id().to_string();
    assert_eq!(found.drawn.iter().map(id).collect::<Vec<_>>(), ["a:member-of:kk"]);
    assert_eq!(found.hidden.iter().map(id).collect::<Vec<_>>(), ["a:member-of:kk", "a:member-of:kl"]);
    assert_eq!(found.precision, 0.1, "B is found by M alone");
}

/// Universities that meet in projects at random, each project told twice: as a consortium, and as one that belongs to it.
#[test]
fn nothing_is_learned_from_chance_however_often_it_is_told() {
    let university = |at: u64| format!("u{at:03}");
    let mut drawn = 1_u64;
    let mut below = |bound: u64| {
        drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (drawn >> 33) % bound
    };
    let mut entities: Vec<(String, Option<i16>)> = (0..200).map(|at| (university(at), None)).collect();
    let mut relationships = Vec::new();
    for project in 0..150_u64 {
        let year = Some(2016 + (project / 15) as i16);
        let [consortium, again] = ["ka", "kb"].map(|sort| format!("{sort}{project:03}"));
        entities.extend([(consortium.clone(), year), (again.clone(), year)]);
        relationships.push((again.clone(), consortium.clone(), year));
        for _ in 0..6 {
            let member = university(below(200));
            relationships.push((member.clone(), consortium.clone(), year));
            relationships.push((member, again.clone(), year));
        }
    }
    let graph = Graph::build(&state(&entities, &relationships));
    for by in METHODS {
        let found = tried(&graph, by, 2020);
        assert!(found.asked.len() > 50, "{by:?}: {}", found.asked.len());
        assert!(
            found.precision < 2.0 * found.by_chance,
            "{by:?}: {} where {} is chance",
            found.precision,
            found.by_chance
        );
    }
}

#[test]
fn the_start_of_a_consortium_stands_for_a_membership_without_a_date() {
    let entities = [("a", None), ("b", None), ("ka", Some(2024)), ("kb", Some(2020)), ("kc", Some(2024))];
    let relationships = [("a", "ka", None), ("b", "kb", None), ("a", "b", None), ("b", "kc", Some(2019))];
    let entities = entities.map(|(id, year)| (id.to_owned(), year));
    let relationships = relationships.map(|(one, other, year)| (one.to_owned(), other.to_owned(), year));
    let graph = Graph::build(&state(&entities, &relationships));
    assert_eq!(
        tried(&graph, SuggestionMethod::AdamicAdar, 2024).eligible,
        1,
        "only that of A in the consortium of 2024"
    );
    assert_eq!(tried(&graph, SuggestionMethod::AdamicAdar, 2025).eligible, 0);
}

#[test]
fn no_more_are_asked_than_may_and_the_budget_is_heeded() {
    let graph = Graph::build(&joined_later());
    let question = BacktestQuestion { by: SuggestionMethod::AdamicAdar, since: 2020, organizations: 1 };
    let ask = |budget: &Budget| backtest(&graph, &View::everything(), &question, budget);
    let budget = Budget::unlimited();
    let found = ask(&budget).unwrap();
    assert_eq!((found.eligible, found.drawn.len(), found.asked.len()), (25, 3, 1));
    assert_eq!(ask(&Budget::unlimited()).unwrap(), found, "the draws are the same each time");
    assert!(ask(&Budget::of(budget.spent())).is_ok());
    assert!(ask(&Budget::of(budget.spent() - 1)).is_err());
}

/// Those at the other ends of an entity's relationships.
fn near(graph: &Graph, entity: EntityIndex) -> BTreeSet<EntityIndex> {
    graph.incident(entity, Direction::Both).map(|(_, other, _)| other).collect()
}

fn is_university(graph: &Graph, entity: &EntityIndex) -> bool {
    graph.entity(*entity).kind == EntityKind::University
}

/// Those whom an organization works with: directly, or in a consortium.
fn partners(graph: &Graph, entity: EntityIndex) -> BTreeSet<EntityIndex> {
    let near = near(graph, entity);
    let joint = near.iter().filter(|other| !is_university(graph, other)).flat_map(|&joint| self::near(graph, joint));
    let joint = joint.filter(|other| is_university(graph, other));
    let direct = near.iter().copied().filter(|other| is_university(graph, other));
    joint.chain(direct).filter(|&other| other != entity).collect()
}

proptest! {
    #[test]
    fn a_trial_by_hand_comes_to_the_same(
        edges in prop::collection::vec((0_usize..20, 0_usize..20, prop::option::of(2018_i16..2026)), 1..60),
        since in 2018_i16..2027,
    ) {
        let entities: Vec<(String, Option<i16>)> =
            (0..20).map(|at| (if at < 16 { format!("u{at:02}") } else { format!("k{at:02}") }, Some(2015 + at as i16 % 12))).collect();
        let relationships: Vec<(String, String, Option<i16>)> = edges
            .iter()
            .filter(|(one, other, _)| one != other)
            .map(|&(one, other, year)| (entities[one].0.clone(), entities[other].0.clone(), year))
            .collect();
        let whole_state = state(&entities, &relationships);
        let whole = Graph::build(&whole_state);
        for by in METHODS {
            let found = tried(&whole, by, since);
            let begun = |relationship: &Relationship| {
                let ends = [&relationship.source, &relationship.target];
                let joint = ends.into_iter().find(|end| kind(end.as_str()) == EntityKind::Consortium);
                let joint = joint.map(|id| whole_state.entities.iter().find(|entity| entity.id == *id).unwrap());
                let date = relationship.since.as_ref().or_else(|| joint?.since.as_ref());
                date.and_then(|date| date.years().0)
            };
            let is_between_consortia =
                |one: &Relationship| [&one.source, &one.target].iter().all(|end| kind(end.as_str()) == EntityKind::Consortium);
            let eligible: Vec<usize> = (0..whole_state.relationships.len())
                .filter(|&at| !is_between_consortia(&whole_state.relationships[at]))
                .filter(|&at| begun(&whole_state.relationships[at]).is_some_and(|year| year >= since))
                .collect();
            let positions = |list: &[RelationshipIndex]| list.iter().map(|one| one.position()).collect::<BTreeSet<_>>();
            let (drawn, hidden) = (positions(&found.drawn), positions(&found.hidden));
            prop_assert_eq!(found.eligible, eligible.len());
            prop_assert_eq!(drawn.len(), eligible.len().div_ceil(10));
            prop_assert!(drawn.iter().all(|at| eligible.contains(at)));
            let mut same = BTreeSet::new();
            for &at in &drawn {
                let (source, target) = whole.ends(found.drawn.iter().copied().find(|one| one.position() == at).unwrap());
                let organization = if is_university(&whole, &source) { source } else { target };
                let other = if organization == source { target } else { source };
                let beside = near(&whole, other).into_iter().filter(|beside| {
                    !is_university(&whole, &other) && !is_university(&whole, beside)
                });
                let others: BTreeSet<EntityIndex> = beside.chain([other]).collect();
                let own = whole.incident(organization, Direction::Both);
                same.extend(own.filter(|(_, end, _)| others.contains(end)).map(|(one, _, _)| one.position()));
            }
            prop_assert_eq!(&hidden, &same);

            let kept = whole_state.relationships.iter().enumerate().filter(|(at, _)| !hidden.contains(at));
            let relationships = kept.map(|(_, relationship)| Arc::clone(relationship)).collect();
            let left = Graph::build(&State { relationships, entities: whole_state.entities.clone(), ..State::default() });
            let (mut asked, mut precisions, mut chances, mut degrees) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            for entity in whole.entities().filter(|entity| is_university(&whole, entity)) {
                let mut truth = BTreeSet::new();
                for (relationship, other, _) in whole.incident(entity, Direction::Both) {
                    if hidden.contains(&relationship.position()) {
                        if is_university(&whole, &other) {
                            truth.insert(other);
                        } else {
                            truth.extend(near(&whole, other).into_iter().filter(|one| is_university(&whole, one)));
                        }
                    }
                }
                let barred = if by == SuggestionMethod::NewPartners { partners(&left, entity) } else { near(&left, entity) };
                let may_be = |other: &EntityIndex| *other != entity && !barred.contains(other);
                truth.retain(may_be);
                if truth.is_empty() {
                    continue;
                }
                let anyone = EntityFilter::default();
                let listed = suggestions(&left, &View::everything(), entity, by, &anyone, 10, &Budget::unlimited()).unwrap();
                asked.push(entity);
                precisions.push(listed.iter().filter(|one| truth.contains(&one.entity)).count() as f64 / 10.0);
                let mut open: Vec<EntityIndex> = left.entities().filter(|other| is_university(&left, other)).filter(may_be).collect();
                let places = open.len().min(10) as f64;
                chances.push(places * truth.len() as f64 / open.len() as f64 / 10.0);
                open.sort_by_key(|&other| (std::cmp::Reverse(near(&left, other).len()), other));
                degrees.push(open.iter().take(10).filter(|other| truth.contains(other)).count() as f64 / 10.0);
            }
            prop_assert_eq!(&found.asked, &asked);
            let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
            let hits: Vec<f64> = precisions.iter().map(|&precision| f64::from(precision > 0.0)).collect();
            for (ours, naive) in [
                (found.precision, mean(&precisions)),
                (found.hit_rate, mean(&hits)),
                (found.by_chance, mean(&chances)),
                (found.by_degree, mean(&degrees)),
            ] {
                prop_assert!((ours - naive).abs() < 1e-11, "{by:?}: {ours} and {naive}");
            }
        }
    }
}
