//! Each rule of the whole graph, and what a set of changes comes to.

use std::path::Path;
use std::sync::Arc;

use consortia::knowledge::{ApplyError, KnowledgeGraph, Outcome};
use consortia::model::change::Change;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};

use super::{nothing, set, small_world};

fn small_graph(folder: &Path) -> KnowledgeGraph {
    KnowledgeGraph::open(folder, || Ok(set("fill", small_world()))).unwrap()
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

fn relationship(source: &str, kind: RelationshipKind, target: &str) -> Relationship {
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
