//! Random change sets against a naive reference; cut, reopen, compare.

#![expect(clippy::unwrap_used, reason = "what cannot be had ends the test")]

pub(crate) mod arbitrary;
mod reference;

use std::path::Path;
use std::sync::Arc;

use consortia::dataset::{self, Files};
use consortia::knowledge::{self, ApplyError, KnowledgeGraph, Outcome};
use consortia::model::change::{Change, ChangeSet, Entry, OperationId};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
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

fn small_graph(folder: &Path) -> KnowledgeGraph {
    KnowledgeGraph::open(folder, || Ok(set("fill", small_world()))).unwrap()
}

fn nothing() -> Result<ChangeSet, Violations> {
    panic!("a store that holds something is not filled again")
}

/// The violations of a set that must be refused and leave no trace.
fn refused(graph: &KnowledgeGraph, changes: Vec<Change>) -> Vec<String> {
    let before = graph.snapshot();
    let Err(ApplyError::Rejected { violations }) = graph.apply(set("refused", changes)) else {
        panic!("the set was to be refused")
    };
    assert!(Arc::ptr_eq(&before, &graph.snapshot()), "nothing new is published");
    assert_eq!(graph.entry(before.state().revision() + 1).unwrap(), None);
    violations.0.iter().map(ToString::to_string).collect()
}

fn changed(id: &str, change: impl FnOnce(&mut EntityRecord)) -> Change {
    let entity = small_world().into_iter().find_map(|known| match known {
        Change::UpsertEntity(entity) if entity.id.as_str() == id => Some(entity),
        _ => None,
    });
    let mut record = EntityRecord::from(entity.unwrap());
    change(&mut record);
    Change::UpsertEntity(Entity::new(record).unwrap())
}

#[test]
fn what_is_deleted_must_not_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let graph = small_graph(folder.path());
    let found = refused(&graph, vec![Change::DeleteEntity(EntityId::new("university-of-oxford").unwrap())]);
    let lost = |by: &str, field: &str| {
        format!(
            "university-of-oxford: {field}: \"university-of-oxford\" cannot be deleted, \"{by}\" names it; \
             delete or change that one in the same set"
        )
    };
    assert_eq!(
        found,
        [
            lost("ada-example:holds-post-at:university-of-oxford:dean", "target"),
            lost("ada-example:signed:forum-agreement", "on_behalf_of"),
            lost("university-of-oxford:founded:health-consortium", "source"),
        ]
    );
    let found = refused(&graph, vec![Change::DeleteDocument(DocumentId::new("other-report").unwrap())]);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().all(|line| line.starts_with("other-report: citations: ")), "{found:?}");
    let found = refused(&graph, vec![Change::DeleteEntity(EntityId::new("nobody").unwrap())]);
    assert_eq!(found, ["nobody: it cannot be deleted, it does not exist; check its id, or leave the change out"]);
}

#[test]
fn an_entity_cannot_become_a_kind_that_its_relationships_do_not_fit() {
    let folder = tempfile::tempdir().unwrap();
    let graph = small_graph(folder.path());
    let found = refused(
        &graph,
        vec![changed("forum-agreement", |record| {
            record.kind = EntityKind::Program;
            record.term = None;
        })],
    );
    assert_eq!(
        found,
        ["ada-example:signed:forum-agreement: target: target \"forum-agreement\" is a PROGRAM, SIGNED points to \
          agreements; name another end, or use another kind of relationship"]
    );
    let applied = graph.apply(set(
        "fits",
        vec![changed("university-of-oxford", |record| {
            record.kind = EntityKind::Nonprofit;
        })],
    ));
    assert_eq!(applied.unwrap().outcome, Outcome::Committed);
}

#[test]
fn all_that_is_wrong_with_a_set_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let graph = small_graph(folder.path());
    let mut unknown = changed("ada-example", |record| {
        record.citations[0].document = DocumentId::new("forum-reprot").unwrap();
    });
    if let Change::UpsertEntity(entity) = &mut unknown {
        let mut record = EntityRecord::from(entity.clone());
        record.id = EntityId::new("other-report").unwrap();
        *entity = Entity::new(record).unwrap();
    }
    let found = refused(
        &graph,
        vec![
            unknown.clone(),
            unknown,
            Change::DeleteEntity(EntityId::new("nobody").unwrap()),
            Change::UpsertRelationship(relationship("ada-exmaple", RelationshipKind::Signed, "medical-education")),
        ],
    );
    assert_eq!(
        found,
        [
            "other-report: changes 1 and 2 of the set both alter it; alter each thing once in a set",
            "nobody: it cannot be deleted, it does not exist; check its id, or leave the change out",
            "other-report: id: an entity and a document have this id; give one of them another id",
            "other-report: citations: no document has the id \"forum-reprot\"; did you mean \"forum-report\"? if not, \
             add the document first",
            "other-report: id: an entity and a document have this id; give one of them another id",
            "other-report: citations: no document has the id \"forum-reprot\"; did you mean \"forum-report\"? if not, \
             add the document first",
            "ada-exmaple:signed:medical-education: source: no entity has the id \"ada-exmaple\"; did you mean \
             \"ada-example\"? if not, add the entity in the same set",
        ]
    );
}

pub(crate) fn relationship(
    source: &str,
    kind: RelationshipKind,
    target: &str,
) -> consortia::model::relationship::Relationship {
    use consortia::model::citation::{Citation, Strength};
    use consortia::model::relationship::{Relationship, RelationshipRecord};
    let id = |text: &str| EntityId::new(text).unwrap();
    let mut record = RelationshipRecord::new(id(source), kind, id(target));
    record.citations.push(Citation {
        document: DocumentId::new("forum-report").unwrap(),
        locator: None,
        strength: Strength::Stated,
        note: None,
    });
    Relationship::new(record).unwrap()
}

#[test]
fn what_reads_the_same_either_way_stands_once() {
    let folder = tempfile::tempdir().unwrap();
    let graph = small_graph(folder.path());
    let kind = RelationshipKind::CollaboratesWith;
    let one = Change::UpsertRelationship(relationship("sichuan-university", kind, "university-of-oxford"));
    let other = Change::UpsertRelationship(relationship("university-of-oxford", kind, "sichuan-university"));
    let told = ["university-of-oxford:collaborates-with:sichuan-university: the same stands the other way round as \
                 \"sichuan-university:collaborates-with:university-of-oxford\"; COLLABORATES_WITH is read either way; \
                 add the citation to the one that is there"];
    assert_eq!(refused(&graph, vec![one.clone(), other.clone()]), told);
    graph.apply(set("one", vec![one])).unwrap();
    assert_eq!(refused(&graph, vec![other]), told);
}

#[test]
fn a_set_sent_twice_is_applied_once() {
    let folder = tempfile::tempdir().unwrap();
    let graph = small_graph(folder.path());
    let rename = |name: &str| set("rename", vec![changed("ada-example", |record| name.clone_into(&mut record.name))]);
    let first = graph.apply(rename("Ada E.")).unwrap();
    assert_eq!((first.revision, first.outcome), (2, Outcome::Committed));
    graph.apply(set("again", vec![changed("ada-example", |record| record.name = "A. Example".into())])).unwrap();
    drop(graph);
    let graph = KnowledgeGraph::open(folder.path(), nothing).unwrap();
    let second = graph.apply(rename("Ada E.")).unwrap();
    assert_eq!((second.revision, second.outcome), (2, Outcome::AlreadyApplied));
    let state = graph.snapshot();
    assert_eq!(state.state().revision(), 3);
    assert_eq!(state.state().entity("ada-example").unwrap().name, "A. Example");
    let Err(ApplyError::Rejected { violations }) = graph.apply(rename("Other")) else { panic!("another set") };
    assert!(violations.to_string().contains("stands for the other changes of revision 2"), "{violations}");
}

#[test]
fn a_set_that_changes_nothing_makes_no_entry() {
    let folder = tempfile::tempdir().unwrap();
    let graph = small_graph(folder.path());
    let applied = graph.apply(set("same", small_world())).unwrap();
    assert_eq!((applied.revision, applied.outcome), (1, Outcome::Unchanged));
    let mut changes = small_world();
    changes.retain(|change| change.subject() != "ada-example");
    changes.push(changed("ada-example", |record| record.name = "A. Example".into()));
    graph.apply(set("one-of-many", changes)).unwrap();
    let snapshot = graph.snapshot();
    let revisions = |id: &str| snapshot.state().entity(id).unwrap().revision;
    assert_eq!((revisions("ada-example"), revisions("forum-2022")), (2, 1));
}

#[test]
fn writers_wait_for_each_other_and_readers_see_whole_versions() {
    let folder = tempfile::tempdir().unwrap();
    let graph = small_graph(folder.path());
    let both = |number: usize| {
        let name = format!("Number {number}");
        let rename = |id: &str| changed(id, |record| name.clone_into(&mut record.name));
        set(&format!("both-{number}"), vec![rename("ada-example"), rename("forum-2022")])
    };
    std::thread::scope(|scope| {
        for writer in 0..3 {
            let graph = &graph;
            scope.spawn(move || (0..5).for_each(|turn| assert!(graph.apply(both(writer * 5 + turn)).is_ok())));
        }
        scope.spawn(|| {
            let mut newest = 0;
            while newest < 16 {
                let snapshot = graph.snapshot();
                let state = snapshot.state();
                assert!(state.revision() >= newest, "a reader never goes back");
                newest = state.revision();
                if newest > 1 {
                    assert_eq!(state.entity("ada-example").unwrap().name, state.entity("forum-2022").unwrap().name);
                }
            }
        });
    });
    graph.verify().unwrap();
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
    let entries = (1..=graph.snapshot().state().revision()).map(|revision| graph.entry(revision).unwrap().unwrap());
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
            prop_assert!(reference.equals(graph.snapshot().state()));
        }
        let published = graph.snapshot();
        prop_assert_eq!(&replayed(&graph), published.state());
        graph.verify().unwrap();
        drop(graph);
        let reopened = KnowledgeGraph::open(folder.path(), nothing).unwrap();
        let again = reopened.snapshot();
        prop_assert_eq!(again.state(), published.state());
    }
}
