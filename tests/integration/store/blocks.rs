//! Sets so large that they are stored as blocks of values, and what comes after them.

use std::fs;
use std::path::Path;

use consortia::knowledge::{Applied, KnowledgeGraph, Outcome};
use consortia::model::change::{Change, ChangeSet};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::EntityId;
use consortia::model::state::State;
use consortia::store::{Store, StoreError};

use super::{append, described, engine, key_of, meddle, small_store};
use crate::history::{set, small_world};

/// Thousands of topics, which differ from those of another edition.
fn topics(edition: usize, numbers: impl Iterator<Item = usize>) -> Vec<Change> {
    let world = small_world();
    let Some(Change::UpsertEntity(model)) = world.iter().find(|change| change.subject() == "forum-2022") else {
        panic!("the small world has the forum")
    };
    let citations = &model.citations;
    let topic = |number| {
        let id = EntityId::new(&format!("topic-{number}")).unwrap();
        let mut record = EntityRecord::new(id, EntityKind::Topic, format!("Topic {number}, edition {edition}"));
        record.citations.clone_from(citations);
        Change::UpsertEntity(Entity::new(record).unwrap())
    };
    numbers.map(topic).collect()
}

/// The small world and 5,000 topics.
fn large() -> ChangeSet {
    set("large", small_world().into_iter().chain(topics(1, 0..5_000)).collect())
}

/// How many keys each of some trees has.
fn keys<const N: usize>(folder: &Path, trees: [&str; N]) -> [usize; N] {
    let db = engine(folder);
    trees.map(|tree| db.open_tree(tree).unwrap().len())
}

/// That a closed store holds a state, after a look at every record.
fn holds(folder: &Path, state: &State) {
    let store = Store::open(folder).unwrap();
    store.verify().unwrap();
    assert!(store.load().unwrap() == *state, "what is read is what was stored");
}

#[test]
fn a_large_set_becomes_blocks_and_what_follows_is_laid_over_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = append(&Store::open(folder.path()).unwrap(), &State::default(), large());
    holds(folder.path(), &state);
    let [documents, entities, blocks] = keys(folder.path(), ["documents", "entities", "blocks"]);
    assert_eq!((documents, entities), (0, 0), "no value has a record of its own");
    assert!((12..100).contains(&blocks), "10 blocks of topics and one each of documents and relationships: {blocks}");

    let delete = |number: usize| Change::DeleteEntity(EntityId::new(&format!("topic-{number}")).unwrap());
    let steps: [Vec<Change>; 4] = [
        vec![described(9_000), delete(0), delete(4_999)],
        topics(2, [1, 0, 6_000].into_iter()),
        vec![delete(1), delete(6_000), described(3)],
        topics(3, [6_000].into_iter()),
    ];
    for (number, changes) in steps.into_iter().enumerate() {
        let store = Store::open(folder.path()).unwrap();
        state = append(&store, &state, set(&format!("step-{number}"), changes));
        assert!(store.load().unwrap() == state);
        drop(store);
        holds(folder.path(), &state);
    }
    assert_eq!(keys(folder.path(), ["entities"]), [1 + 4], "Ada, and the topics 0, 1, 4999 and 6000");

    // Another large set takes up all of it, and leaves nothing of what was there.
    let changes = topics(4, 1_000..6_000).into_iter().chain([delete(0)]).collect();
    state = append(&Store::open(folder.path()).unwrap(), &state, set("again", changes));
    holds(folder.path(), &state);
    let [entities, again] = keys(folder.path(), ["entities", "blocks"]);
    assert_eq!(entities, 0);
    assert!(again < blocks + blocks / 2, "the blocks from before are gone: {blocks} and then {again}");
    assert_eq!(fs::read_dir(folder.path().join("blobs")).unwrap().count(), 0);
}

#[test]
fn many_small_sets_become_blocks_too() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut state = append(&store, &State::default(), set("world", small_world()));
    for number in 0..5 {
        let part = topics(number, number * 800..number * 800 + 1_000);
        state = append(&store, &state, set(&format!("part-{number}"), part));
        assert!(store.load().unwrap() == state);
    }
    drop(store);
    let [entities, blocks] = keys(folder.path(), ["entities", "blocks"]);
    assert_eq!(entities, 0);
    assert!(blocks > 0);
    holds(folder.path(), &state);
}

#[test]
fn what_a_killed_import_left_is_removed_and_never_seen() {
    let folder = tempfile::tempdir().unwrap();
    let state = append(&Store::open(folder.path()).unwrap(), &State::default(), large());
    let before = keys(folder.path(), ["blocks", "log", "entities"]);
    let tail = |revision: u64, rest: &[u8]| [&revision.to_be_bytes()[..], rest, &[0; 5]].concat();
    let staged = |key: Vec<u8>| move |tree: &sled::Tree| drop(tree.insert(key.as_slice(), b"half".as_slice()).unwrap());
    // Killed while it wrote the blocks and the entry of revision 2, before the transaction that makes them count.
    meddle(folder.path(), "blocks", staged(tail(2, &[1, 0, 0, 0, 0])));
    meddle(folder.path(), "log", staged(tail(2, &[])));
    // Killed before what the blocks of revision 1 took the place of was removed.
    meddle(folder.path(), "blocks", staged(tail(0, &[1, 0, 0, 0, 0])));
    meddle(folder.path(), "entities", staged(key_of("forum-2022")));
    holds(folder.path(), &state);
    assert_eq!(keys(folder.path(), ["blocks", "log", "entities"]), before);

    // A store without a base.
    let folder = tempfile::tempdir().unwrap();
    let state = small_store(folder.path());
    meddle(folder.path(), "blocks", staged(tail(2, &[1, 0, 0, 0, 0])));
    holds(folder.path(), &state);
    assert_eq!(keys(folder.path(), ["blocks"]), [0]);
}

#[test]
fn a_damaged_or_missing_block_is_named() {
    let block = |number: u8| [&1_u64.to_be_bytes()[..], &[1, 0, 0, 0, number, 0, 0, 0, 0, 0]].concat();
    let check = |change: &dyn Fn(&sled::Tree), named: &str, part: &str| {
        let folder = tempfile::tempdir().unwrap();
        append(&Store::open(folder.path()).unwrap(), &State::default(), large());
        meddle(folder.path(), "blocks", change);
        match Store::open(folder.path()).unwrap().load() {
            Err(StoreError::Corrupted { tree: "blocks", key, reason }) => {
                assert_eq!(key, named);
                assert!(reason.contains(part), "{reason}");
            }
            other => panic!("a damaged block was to be found: {:?}", other.map(|state| state.revision())),
        }
    };
    let alter = |tree: &sled::Tree| {
        let mut record = tree.get(block(3)).unwrap().unwrap().to_vec();
        record[200] ^= 1;
        tree.insert(block(3), record).unwrap();
    };
    let swap = |tree: &sled::Tree| {
        let record = tree.get(block(3)).unwrap().unwrap();
        tree.insert(block(4), record).unwrap();
    };
    let remove = |number: u8| {
        move |tree: &sled::Tree| {
            let keys: Vec<_> = tree.scan_prefix(&block(number)[..13]).keys().map(Result::unwrap).collect();
            assert!(!keys.is_empty());
            keys.into_iter().for_each(|key| drop(tree.remove(key).unwrap()));
        }
    };
    check(&alter, "1-1-3", "check value");
    check(&swap, "1-1-4", "");
    check(&remove(2), "1-1-2", "missing");
    check(&remove(9), "1-1-9", "missing");
}

#[test]
fn a_large_set_that_is_sent_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let graph = KnowledgeGraph::open(folder.path(), || Ok(large())).unwrap();
    let again = ChangeSet { message: "once more".into(), ..large() };
    assert_eq!(graph.apply(again).unwrap(), Applied { revision: 1, outcome: Outcome::AlreadyApplied });
    let other = ChangeSet { changes: topics(2, 0..5_000), ..large() };
    assert!(graph.apply(other).unwrap_err().to_string().contains("stands for the other changes"));
    graph.verify().unwrap();
}
