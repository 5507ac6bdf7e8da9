//! Random worlds with random decisions: what must hold of every merge.

use std::collections::{BTreeMap, BTreeSet};

use consortia::dataset::{self, File, Files};
use consortia::knowledge::{Snapshot, apply, merged};
use consortia::model::change::{Change, Entry};
use consortia::model::citation::Citation;
use consortia::model::id::EntityId;
use consortia::model::state::State;
use consortia::model::text;
use proptest::prelude::*;
use proptest::sample::Index;

use super::{decided, values};
use crate::history::{arbitrary, set};

/// A world and pairs of its entities that are of one family.
fn world() -> impl Strategy<Value = (Vec<Change>, Vec<(String, String)>)> {
    (arbitrary::world(), prop::collection::vec(any::<[Index; 2]>(), 1..5)).prop_map(|(world, wishes)| {
        let entities: Vec<_> = world
            .iter()
            .filter_map(|change| match change {
                Change::UpsertEntity(entity) => Some((entity.id.to_string(), entity.kind.family())),
                _ => None,
            })
            .collect();
        let mut pairs = BTreeSet::new();
        for [one, other] in wishes {
            let (one, other) = (one.get(&entities), other.get(&entities));
            if one.0 != other.0 && one.1 == other.1 {
                let (one, other) = if one.0 < other.0 { (one, other) } else { (other, one) };
                pairs.insert((one.0.clone(), other.0.clone()));
            }
        }
        (world, pairs.into_iter().collect())
    })
}

fn next(state: &State, changes: Vec<Change>) -> State {
    let revision = state.revision() + 1;
    let entry = Entry { revision, previous: state.head(), set: set(&format!("set-{revision}"), changes) };
    apply(state, &entry).unwrap().0
}

fn same(pairs: &[(String, String)]) -> Vec<Change> {
    pairs.iter().map(|(one, other)| decided(one, other, "SAME", None)).collect()
}

/// The smallest id of all that an entity is the same as, found by walking.
fn smallest(pairs: &[(String, String)], id: &str) -> String {
    let mut reached = BTreeSet::from([id]);
    for _ in pairs {
        for (one, other) in pairs {
            if reached.contains(one.as_str()) || reached.contains(other.as_str()) {
                reached.extend([one.as_str(), other.as_str()]);
            }
        }
    }
    reached.first().copied().unwrap_or(id).to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_decisions_makes_no_difference((world, pairs) in world()) {
        let start = next(&State::default(), world);
        let at_once = next(&start, same(&pairs));
        let one_by_one = same(&pairs).into_iter().rev().fold(start, |state, change| next(&state, vec![change]));
        let (one, other) = (Snapshot::build(at_once), Snapshot::build(one_by_one));
        prop_assert_eq!(values(one.state()), values(other.state()));
        prop_assert_eq!(one.graph().redirects(), other.graph().redirects());
    }

    #[test]
    fn a_decision_that_is_withdrawn_leaves_no_trace((world, pairs) in world()) {
        let start = next(&State::default(), world);
        let decided = next(&start, same(&pairs));
        prop_assert_eq!(merged(&decided).is_some(), !pairs.is_empty());
        let withdrawals = decided.decisions.iter().map(|decision| Change::Withdraw(decision.id().clone())).collect();
        let after = next(&decided, withdrawals);
        prop_assert!(merged(&after).is_none());
        let lists = |state: &State| (state.documents.clone(), state.entities.clone(), state.relationships.clone());
        prop_assert_eq!(lists(&after), lists(&start));
        prop_assert_eq!(lists(&decided), lists(&start), "a merge is never written");
        prop_assert_eq!(lists(Snapshot::build(after).state()), lists(&start));
    }

    #[test]
    fn nothing_is_lost_and_nothing_added((world, pairs) in world()) {
        let state = next(&next(&State::default(), world), same(&pairs));
        let snapshot = Snapshot::build(state.clone());
        let (graph, seen) = (snapshot.graph(), snapshot.state());
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut facts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for entity in &state.entities {
            let kept = smallest(&pairs, entity.id.as_str());
            let found = graph.entity(graph.find_entity(entity.id.as_str()).unwrap());
            prop_assert_eq!(found.id.as_str(), &kept);
            names.entry(kept.clone()).or_default().extend(entity.all_names().map(text::folded));
            let facts = facts.entry(kept).or_default();
            facts.extend(entity.identifiers.iter().map(ToString::to_string));
            facts.extend(entity.citations.iter().map(|citation| format!("{citation:?}")));
            facts.extend(entity.figures.iter().map(|figure| format!("{figure:?}")));
        }
        prop_assert_eq!(seen.entities.len(), names.len());
        for entity in &seen.entities {
            let own: BTreeSet<String> = entity.all_names().map(text::folded).collect();
            prop_assert_eq!(&own, &names[entity.id.as_str()]);
            let mut said: BTreeSet<String> = entity.identifiers.iter().map(ToString::to_string).collect();
            said.extend(entity.citations.iter().map(|citation| format!("{citation:?}")));
            said.extend(entity.figures.iter().map(|figure| format!("{figure:?}")));
            prop_assert_eq!(&said, &facts[entity.id.as_str()]);
        }
        let mut citations: BTreeMap<String, BTreeSet<Citation>> = BTreeMap::new();
        for relationship in &state.relationships {
            let ends = [&relationship.source, &relationship.target].map(|end| smallest(&pairs, end.as_str()));
            let Some(found) = graph.find_relationship(relationship.id().as_str()) else {
                prop_assert_eq!(&ends[0], &ends[1], "only what leads from one to itself goes");
                continue;
            };
            let found = graph.relationship(found);
            let mut now = [&found.source, &found.target].map(ToString::to_string);
            let mut then = ends;
            if relationship.kind.spec().symmetric {
                now.sort();
                then.sort();
            }
            prop_assert_eq!(now, then);
            prop_assert_eq!(found.kind, relationship.kind);
            let behalf = relationship.on_behalf_of.as_ref().map(|id| smallest(&pairs, id.as_str()));
            prop_assert_eq!(behalf.as_deref(), found.on_behalf_of.as_ref().map(EntityId::as_str));
            prop_assert_eq!((&found.since, &found.until), (&relationship.since, &relationship.until));
            prop_assert_eq!(found.role.as_deref().map(text::folded), relationship.role.as_deref().map(text::folded));
            let key = |id: &str| id.splitn(4, ':').nth(3).unwrap_or_default().to_owned();
            let (now_key, then_key) = (key(found.id().as_str()), key(relationship.id().as_str()));
            prop_assert!(now_key.starts_with(&then_key) || then_key.len() > 60, "{} of {}", now_key, then_key);
            citations.entry(found.id().to_string()).or_default().extend(relationship.citations.iter().cloned());
        }
        prop_assert_eq!(seen.relationships.len(), citations.len());
        let mut turned = BTreeSet::new();
        for relationship in &seen.relationships {
            let own: BTreeSet<Citation> = relationship.citations.iter().cloned().collect();
            prop_assert_eq!(&own, &citations[relationship.id().as_str()]);
            let mut ends = [relationship.source.as_str(), relationship.target.as_str()];
            if relationship.kind.spec().symmetric {
                ends.sort_unstable();
            }
            let key = relationship.id().as_str().splitn(4, ':').nth(3).unwrap_or_default();
            prop_assert!(turned.insert((ends, relationship.kind, key)), "what reads the same either way stands once");
        }
        let is_sorted = seen.relationships.is_sorted_by(|one, next| one.id() < next.id());
        prop_assert!(is_sorted && seen.entities.is_sorted_by(|one, next| one.id < next.id));
    }

    #[test]
    fn an_export_that_is_loaded_gives_the_same_again((world, pairs) in world(), keep in any::<bool>()) {
        let mut decisions = same(&pairs);
        if let (true, [(one, other)]) = (keep, pairs.as_slice()) {
            decisions = vec![decided(one, other, "SAME", Some(other))];
            let state = next(&next(&State::default(), world.clone()), decisions.clone());
            let kept = EntityId::new(other).unwrap();
            let snapshot = Snapshot::build(state);
            prop_assert_eq!(snapshot.graph().redirects().entity(one), Some(&kept));
        }
        let state = next(&State::default(), world.into_iter().chain(decisions).collect());
        let files = dataset::write(&state).into_iter().map(|(path, text)| File { path: path.into(), text });
        let reading = dataset::read(&Files::from_iter(files));
        prop_assert_eq!(reading.violations.to_string(), "");
        let again = next(&State::default(), reading.changes);
        prop_assert_eq!(&again.decisions, &state.decisions);
        let (again, state) = (Snapshot::build(again), Snapshot::build(state));
        prop_assert_eq!(values(again.state()), values(state.state()));
    }
}
