//! Random change sets against a naive reference; cut, reopen, compare.

pub(crate) mod arbitrary;
mod reference;
mod rules;

use std::path::Path;

use consortia::dataset::{self, Files};
use consortia::knowledge::{self, ApplyError, KnowledgeGraph, Outcome, Snapshots};
use consortia::model::change::{Change, ChangeSet, Entry, OperationId};
use consortia::model::decision::Verdict;
use consortia::model::entity::EntityKind;
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::relationship::RelationshipKind;
use consortia::model::state::State;
use consortia::model::violation::Violations;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use reference::Reference;

/// A set of changes as somebody would send it.
pub(crate) fn set(operation: &str, changes: Vec<Change>) -> ChangeSet {
    ChangeSet {
        operation: OperationId::new(operation).unwrap(),
        author: "a test".into(),
        message: "because".into(),
        time: "2024-02-03T04:05:06Z".parse().unwrap(),
        changes,
        origins: Vec::new(),
    }
}

/// The changes of `tests/worlds/small`.
pub(crate) fn small_world() -> Vec<Change> {
    let reading = dataset::read(&Files::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worlds/small")));
    assert_eq!(reading.violations.to_string(), "");
    reading.changes
}

fn nothing() -> Result<ChangeSet, Violations> {
    panic!("a store that holds something is not filled again")
}

/// One step of a history.
#[derive(Clone, Debug)]
enum Step {
    Apply(Vec<Wish>),
    /// Sends an earlier set again.
    Repeat(Index),
    /// Closes the store and opens it again.
    Reopen,
}

/// A change, or one that is chosen when what is there is known.
#[derive(Clone, Debug)]
enum Wish {
    Change(Box<Change>),
    /// Relates two entities that are there in one of the ways that fit.
    Relate([Index; 4]),
    /// Decides about two entities that are there, of one family or not; the flag says which of the two stays.
    Decide([Index; 2], Verdict, Option<bool>),
    /// Puts the value that is there.
    Same(Index),
    DeleteOneOf(Index),
}

fn wish() -> impl Strategy<Value = Wish> {
    let documents: Vec<DocumentId> =
        (0..3).map(|number| DocumentId::new(&format!("document-{number}")).unwrap()).collect();
    let entity_id = (0..8).prop_map(|number| EntityId::new(&format!("entity-{number}")).unwrap());
    let ids: Vec<String> = (0..4).map(|number| format!("document-{number}")).chain(["entity-1".into()]).collect();
    let document = select(ids).prop_flat_map(|id| arbitrary::document(DocumentId::new(&id).unwrap()));
    let cited = documents.clone();
    let entity = (entity_id.clone(), select(&EntityKind::ALL[..]))
        .prop_flat_map(move |(id, kind)| arbitrary::entity(id, kind, &cited));
    let relationship = (entity_id.clone(), select(&RelationshipKind::ALL[..]), entity_id)
        .prop_filter("two ends", |(source, _, target)| source != target)
        .prop_flat_map(move |(source, kind, target)| arbitrary::relationship(source, kind, target, None, &documents));
    prop_oneof![
        2 => document.prop_map(|document| Wish::Change(Box::new(Change::UpsertDocument(document)))),
        3 => entity.prop_map(|entity| Wish::Change(Box::new(Change::UpsertEntity(entity)))),
        4 => any::<[Index; 4]>().prop_map(Wish::Relate),
        1 => relationship.prop_map(|relationship| Wish::Change(Box::new(Change::UpsertRelationship(relationship)))),
        4 => (any::<[Index; 2]>(), select(&Verdict::ALL[..]), any::<Option<bool>>())
            .prop_map(|(ends, verdict, keep)| Wish::Decide(ends, verdict, keep)),
        1 => any::<Index>().prop_map(Wish::Same),
        3 => any::<Index>().prop_map(Wish::DeleteOneOf),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => prop::collection::vec(wish(), 1..4).prop_map(Step::Apply),
        1 => any::<Index>().prop_map(Step::Repeat),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..16)
}

/// The log of a graph, replayed from nothing.
fn replayed(graph: &KnowledgeGraph) -> State {
    let entries = (1..=graph.snapshot().stored().revision()).map(|revision| graph.entry(revision).unwrap().unwrap());
    entries.fold(State::default(), |state, entry: Entry| knowledge::apply(&state, &entry).unwrap().0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_history_is_what_a_naive_reference_makes_of_it(world in arbitrary::world(), steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let mut reference = Reference::default();
        prop_assert!(reference.apply(&world), "the world is whole");
        let mut sent = vec![set("fill", world)];
        let mut graph = KnowledgeGraph::open(folder.path(), || Ok(sent[0].clone())).unwrap();
        let mut states = vec![State::default(), graph.snapshot().stored().clone()];
        for (number, step) in steps.into_iter().enumerate() {
            match step {
                Step::Apply(wishes) => {
                    let changes = wishes.into_iter().filter_map(|wish| reference.granted(wish)).collect::<Vec<_>>();
                    let set = set(&format!("step-{number}"), changes);
                    let before = reference.clone();
                    let accepted = reference.apply(&set.changes);
                    match graph.apply(set.clone()) {
                        Ok(applied) => {
                            prop_assert!(accepted, "{:#?} was accepted", set.changes);
                            let changed = reference.revision > before.revision;
                            let outcome = if changed { Outcome::Committed } else { Outcome::Unchanged };
                            prop_assert_eq!((applied.revision, applied.outcome), (reference.revision, outcome));
                            if changed {
                                sent.push(set);
                                states.push(graph.snapshot().stored().clone());
                            }
                        }
                        Err(ApplyError::Rejected { violations }) => {
                            prop_assert!(!accepted, "{} was refused", violations);
                        }
                        Err(other) => return Err(TestCaseError::fail(other.to_string())),
                    }
                }
                Step::Repeat(which) => {
                    let applied = graph.apply(which.get(&sent).clone()).unwrap();
                    let revision = which.index(sent.len()) as u64 + 1;
                    prop_assert_eq!((applied.revision, applied.outcome), (revision, Outcome::AlreadyApplied));
                }
                Step::Reopen => {
                    drop(graph);
                    graph = KnowledgeGraph::open(folder.path(), nothing).unwrap();
                }
            }
            prop_assert!(reference.equals(graph.snapshot().stored()));
        }
        let published = graph.snapshot();
        prop_assert_eq!(&replayed(&graph), published.stored());
        graph.verify().unwrap();
        drop(graph);
        let reopened = KnowledgeGraph::open(folder.path(), nothing).unwrap();
        let again = reopened.snapshot();
        prop_assert_eq!(again.stored(), published.stored());
        for (revision, state) in states.iter().enumerate().rev() {
            let past = reopened.at(&again, revision as u64, &|| false).unwrap();
            prop_assert!(past.stored() == state, "revision {} is not what it was", revision);
        }
    }
}
