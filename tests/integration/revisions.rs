//! The second clock: what was known after an earlier revision, over the API, from every way a store keeps it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use consortia::api::Api;
use consortia::api::executor::{Executor, Operation};
use consortia::api::limits::Limits;
use consortia::knowledge::{KnowledgeGraph, PastError, Snapshots};
use consortia::model::change::Change;
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{EntityId, RelationshipId};
use consortia::model::state::State;
use serde_json::{Value, json};

use crate::history::{set, small_world};

/// Somebody who waits for ever.
fn forever() -> impl Fn() -> bool {
    || false
}

fn forum() -> Entity {
    let world = small_world();
    let Some(Change::UpsertEntity(forum)) = world.into_iter().find(|change| change.subject() == "forum-2022") else {
        panic!("the small world has the forum")
    };
    forum
}

fn topic(number: usize, name: &str) -> Change {
    let id = EntityId::new(&format!("topic-{number:05}")).unwrap();
    let mut record = EntityRecord::new(id, EntityKind::Topic, name.to_owned());
    record.citations.clone_from(&forum().citations);
    Change::UpsertEntity(Entity::new(record).unwrap())
}

fn without(number: usize) -> Change {
    Change::DeleteEntity(EntityId::new(&format!("topic-{number:05}")).unwrap())
}

fn topics(name: &str, numbers: std::ops::Range<usize>) -> Vec<Change> {
    numbers.map(|number| topic(number, name)).collect()
}

/// A graph over which these steps have gone, and its state after each of them, the empty one first.
fn grown(folder: &Path, steps: Vec<Vec<Change>>) -> (KnowledgeGraph, Vec<State>) {
    let mut sets = steps.into_iter().enumerate().map(|(number, changes)| set(&format!("step-{number}"), changes));
    let first = sets.next().unwrap();
    let graph = KnowledgeGraph::open(folder, || Ok(first)).unwrap();
    let mut states = vec![State::default(), graph.snapshot().state().clone()];
    for set in sets {
        graph.apply(set).unwrap();
        states.push(graph.snapshot().state().clone());
    }
    (graph, states)
}

fn a_history() -> Vec<Vec<Change>> {
    vec![
        small_world(),
        vec![topic(1, "Cardiology"), topic(2, "Surgery")],
        vec![topic(1, "Heart medicine"), without(2)],
        vec![topic(2, "Surgery again")],
        vec![without(1)],
    ]
}

fn holds_every_revision(graph: &KnowledgeGraph, states: &[State], order: impl Iterator<Item = usize>) {
    let newest = graph.newest();
    for revision in order {
        let past = graph.at(&newest, revision as u64, &forever()).unwrap();
        assert!(*past.state() == states[revision], "revision {revision} is not what it was");
        assert_eq!(past.graph().entity_count(), states[revision].entities.len());
    }
}

#[test]
fn every_revision_is_what_it_was_asked_in_any_order_and_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (graph, states) = grown(folder.path(), a_history());
    holds_every_revision(&graph, &states, 0..=5);
    holds_every_revision(&graph, &states, (0..=5).rev());
    drop(graph);
    let graph = KnowledgeGraph::open(folder.path(), || panic!("it holds something")).unwrap();
    holds_every_revision(&graph, &states, [4, 1, 3, 0, 2, 5, 4, 3].into_iter());
}

#[test]
fn a_revision_before_at_and_after_the_blocks_of_the_store_is_what_it_was() {
    let mut steps = vec![small_world(), topics("a topic", 10..5_000)];
    steps.extend([vec![topic(11, "another name"), without(12)], vec![topic(12, "it is back"), without(4_999)]]);
    steps.push(topics("all anew", 3_000..8_000));
    steps.push(vec![topic(3_000, "newest of all")]);
    let folder = tempfile::tempdir().unwrap();
    let (mut graph, states) = grown(folder.path(), steps);
    for order in [[6, 5, 4, 3, 2, 1, 0], [0, 1, 2, 3, 4, 5, 6], [3, 5, 2, 6, 4, 1, 3]] {
        holds_every_revision(&graph, &states, order.into_iter());
        drop(graph);
        graph = KnowledgeGraph::open(folder.path(), || panic!("it holds something")).unwrap();
    }
}

#[test]
fn what_did_not_change_since_is_shared_with_the_newest_version() {
    let folder = tempfile::tempdir().unwrap();
    let (graph, _) = grown(folder.path(), a_history());
    let newest = graph.newest();
    let past = graph.at(&newest, 2, &forever()).unwrap();
    let id = forum().id.clone();
    let (now, then) = (newest.state().entity(id.as_str()).unwrap(), past.state().entity(id.as_str()).unwrap());
    assert!(Arc::ptr_eq(now, then));
    assert!(Arc::ptr_eq(&newest.state().commits[0], &past.state().commits[0]));
}

#[test]
fn a_revision_that_is_kept_is_not_put_together_again() {
    let folder = tempfile::tempdir().unwrap();
    let (graph, _) = grown(folder.path(), a_history());
    let newest = graph.newest();
    let one = graph.at(&newest, 2, &forever()).unwrap();
    let impatient = graph.at(&newest, 2, &|| true).unwrap();
    assert!(Arc::ptr_eq(&one, &impatient), "what is there is given at once");
    let refused = graph.at(&newest, 3, &|| true).unwrap_err();
    assert!(matches!(refused, PastError::Late { asked: 3 }), "{refused:?}");
    assert!(refused.to_string().contains("takes too long"), "{refused}");
    let later = graph.at(&newest, 3, &forever()).unwrap();
    assert_eq!(later.state().revision(), 3, "one who gave up leaves it to the next");
}

#[test]
fn many_who_ask_at_once_get_the_same_version() {
    let folder = tempfile::tempdir().unwrap();
    let (graph, states) = grown(folder.path(), a_history());
    let newest = graph.newest();
    std::thread::scope(|scope| {
        let ask = |revision: u64| {
            let (graph, newest) = (&graph, &newest);
            scope.spawn(move || graph.at(newest, revision, &|| false).unwrap())
        };
        let asked: Vec<_> = [2, 2, 3, 2, 1, 4, 2].map(|revision| (revision, ask(revision))).into();
        for (revision, asked) in asked {
            assert!(*asked.join().unwrap().state() == states[revision as usize]);
        }
    });
}

/// What the API over a graph answers.
fn ask(graph: &Arc<KnowledgeGraph>, document: &str) -> Value {
    let api = Api::new(Limits::default(), Arc::clone(graph) as _);
    let running = api.run(Operation::new(document, Duration::from_secs(60)));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    serde_json::to_value(runtime.block_on(running)).unwrap()
}

#[test]
fn a_view_of_the_past_shows_what_was_known_then_and_one_of_now_what_is_known_now() {
    let folder = tempfile::tempdir().unwrap();
    let graph = Arc::new(grown(folder.path(), a_history()).0);
    let answer = ask(
        &graph,
        r#"{
          now: graph { revision entities(filter: { kinds: [TOPIC] }) { nodes { name } } }
          two: graph(view: { revision: 2 }) {
            revision entities(filter: { kinds: [TOPIC] }) { nodes { name revision } } search(text: "Cardiology") { nodes { name } }
          }
          three: graph(view: { revision: 3 }) { revision entity(id: "topic-00001") { name revision } }
          none: graph(view: { revision: 0 }) { revision statistics { entities relationships documents } }
        }"#,
    );
    let expected = json!({
        "now": { "revision": 5, "entities": { "nodes": [{ "name": "Medical education" }, { "name": "Surgery again" }] } },
        "two": {
            "revision": 2,
            "entities": { "nodes": [
                { "name": "Cardiology", "revision": 2 },
                { "name": "Medical education", "revision": 1 },
                { "name": "Surgery", "revision": 2 },
            ] },
            "search": { "nodes": [{ "name": "Cardiology" }] },
        },
        "three": { "revision": 3, "entity": { "name": "Heart medicine", "revision": 3 } },
        "none": { "revision": 0, "statistics": { "entities": 0, "relationships": 0, "documents": 0 } },
    });
    assert_eq!(answer.get("errors"), None, "{answer}");
    assert_eq!(answer["data"], expected);
}

#[test]
fn what_was_withdrawn_is_seen_with_its_citations_and_documents() {
    let folder = tempfile::tempdir().unwrap();
    let world = small_world();
    let relationship = world.iter().find_map(|change| match change {
        Change::UpsertRelationship(relationship) => Some(relationship.id().clone()),
        _ => None,
    });
    let id: RelationshipId = relationship.unwrap();
    let graph = grown(folder.path(), vec![world, vec![Change::DeleteRelationship(id.clone())]]).0;
    let graph = Arc::new(graph);
    let of = |view: &str| {
        let fields = "relationships { nodes { id citations { document { id title } } source { name } } }";
        let answer = ask(&graph, &format!("{{ graph{view} {{ {fields} }} }}"));
        assert_eq!(answer.get("errors"), None, "{answer}");
        answer["data"]["graph"]["relationships"]["nodes"].as_array().unwrap().clone()
    };
    let (now, then) = (of(""), of("(view: { revision: 1 })"));
    assert_eq!(then.len(), now.len() + 1);
    let withdrawn = then.iter().find(|found| found["id"] == id.as_str()).unwrap();
    assert!(withdrawn["citations"][0]["document"]["title"].is_string(), "{withdrawn}");
}

#[test]
fn a_revision_out_of_range_is_told_the_range() {
    let folder = tempfile::tempdir().unwrap();
    let graph = Arc::new(grown(folder.path(), a_history()).0);
    for revision in ["-1", "6", "2147483647"] {
        let answer = ask(&graph, &format!("{{ graph(view: {{ revision: {revision} }}) {{ revision }} }}"));
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "INVALID_INPUT", "{answer}");
        let message = error["message"].as_str().unwrap();
        let expected = format!("view.revision: there is no revision {revision}; give a number from 0");
        assert!(message.starts_with(&expected) && message.contains("to 5 (the newest)"), "{message}");
    }
}
