//! What is damaged, lost, unfinished or too many on disk.

use std::fs;
use std::path::Path;

use consortia::knowledge::KnowledgeGraph;
use consortia::model::state::State;
use consortia::store::{Store, StoreError};

use super::{append, described, key_of, meddle, small_store};
use crate::history::{set, small_world};

/// The tree and key that opening or reading a store says are damaged.
fn damaged(folder: &Path) -> (&'static str, String, String) {
    match Store::open(folder).and_then(|store| store.verify()) {
        Err(StoreError::Corrupted { tree, key, reason }) => (tree, key, reason),
        other => panic!("a damaged record was to be found: {other:?}"),
    }
}

#[test]
fn a_damaged_record_is_named_by_its_tree_and_key() {
    let cases: [(&'static str, &str, Vec<u8>); 5] = [
        ("documents", "forum-report", key_of("forum-report")),
        ("entities", "forum-2022", key_of("forum-2022")),
        ("relationships", "ada-example:signed:forum-agreement", key_of("ada-example:signed:forum-agreement")),
        ("commits", "1", [&1_u64.to_be_bytes()[..], &[0; 5]].concat()),
        ("log", "1", [&1_u64.to_be_bytes()[..], &[0; 5]].concat()),
    ];
    for (tree, named, key) in cases {
        for at in [9, 30] {
            let folder = tempfile::tempdir().unwrap();
            small_store(folder.path());
            meddle(folder.path(), tree, |tree| {
                let mut record = tree.get(&key).unwrap().unwrap().to_vec();
                record[at] ^= 4;
                tree.insert(key.as_slice(), record).unwrap();
            });
            let (found, key, reason) = damaged(folder.path());
            assert_eq!((found, key.as_str()), (tree, named));
            assert_eq!(reason, "its check value is wrong");
        }
    }
}

#[test]
fn a_missing_swapped_or_foreign_record_is_noticed() {
    let check = |tree: &'static str, change: &dyn Fn(&sled::Tree), key: &str, part: &str| {
        let folder = tempfile::tempdir().unwrap();
        let state = small_store(folder.path());
        append(&Store::open(folder.path()).unwrap(), &state, set("describe", vec![described(10_000)]));
        meddle(folder.path(), tree, change);
        let (found, named, reason) = damaged(folder.path());
        assert_eq!((found, named.as_str()), (tree, key));
        assert!(reason.contains(part), "{reason}");
    };
    let swap = |tree: &sled::Tree| {
        let one = tree.get(key_of("forum-2022")).unwrap().unwrap();
        tree.insert(key_of("forum-agreement"), one).unwrap();
    };
    check("entities", &swap, "forum-agreement", "check value");
    check("entities", &|tree| drop(tree.insert(b"x", b"y").unwrap()), "x", "no piece number");
    check("entities", &|tree| drop(tree.insert(key_of("x"), b"y").unwrap()), "x", "cut off");
    let piece = |number: u8| [b"ada-example".as_slice(), &[0, 0, 0, 0, number]].concat();
    check("entities", &|tree| drop(tree.remove(piece(3)).unwrap().unwrap()), "ada-example", "a piece of it is missing");
    check("entities", &|tree| drop(tree.remove(piece(0)).unwrap().unwrap()), "ada-example", "a piece of it is missing");
    check("entities", &|tree| drop(tree.remove(piece(6)).unwrap().unwrap()), "ada-example", "its length is wrong");
    let first = [&1_u64.to_be_bytes()[..], &[0; 5]].concat();
    check("log", &|tree| drop(tree.remove(&first).unwrap().unwrap()), "1", "it is missing");
    check("commits", &|tree| drop(tree.remove(&first).unwrap().unwrap()), "2", "does not follow");
    check("meta", &|tree| drop(tree.remove(key_of("head")).unwrap().unwrap()), "head", "not the newest");
    check("operations", &|tree| drop(tree.remove(key_of("fill")).unwrap().unwrap()), "", "not as many");
}

#[test]
fn a_store_that_lost_what_was_acknowledged_is_refused_and_not_filled_again() {
    let folder = tempfile::tempdir().unwrap();
    small_store(folder.path());
    let files = ["db", "conf"];
    files.iter().for_each(|file| fs::remove_file(folder.path().join(file)).unwrap());
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("snap.") {
            fs::remove_file(path).unwrap();
        }
    }
    let refused = KnowledgeGraph::open(folder.path(), || panic!("it is not to be filled")).unwrap_err();
    assert!(refused.to_string().contains("revision 1 was acknowledged, and what can be read ends at 0"), "{refused}");

    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    small_store(one.path());
    append(&Store::open(other.path()).unwrap(), &State::default(), set("else", small_world()));
    fs::copy(other.path().join("consortia.heads"), one.path().join("consortia.heads")).unwrap();
    assert!(matches!(Store::open(one.path()), Err(StoreError::Lost { found: 1, acknowledged: 1, .. })));

    fs::remove_file(other.path().join("consortia.heads")).unwrap();
    assert!(matches!(Store::open(other.path()), Err(StoreError::Folder { .. })));
}

#[test]
fn what_a_power_cut_left_of_a_line_that_was_never_acknowledged_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let state = small_store(folder.path());
    let heads = folder.path().join("consortia.heads");
    let whole = fs::read(&heads).unwrap();
    for torn in [&whole[..40], &[0; 86], &[0; 100]] {
        fs::write(&heads, [&whole, torn].concat()).unwrap();
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.load().unwrap(), state);
        assert_eq!(fs::read(&heads).unwrap(), whole);
    }
    let state = append(&Store::open(folder.path()).unwrap(), &state, set("next", vec![described(5)]));
    // Killed between the engine's commit and the note of it: the note is made up for.
    fs::write(&heads, &whole).unwrap();
    assert_eq!(Store::open(folder.path()).unwrap().load().unwrap(), state);
    assert_eq!(fs::read(&heads).unwrap().len(), 2 * whole.len());
}

#[test]
fn a_snapshot_that_the_engine_did_not_finish_is_no_hindrance() {
    let folder = tempfile::tempdir().unwrap();
    let state = small_store(folder.path());
    fs::write(folder.path().join("snap.7FFFFFFFFFFFFFFF.generating"), "half").unwrap();
    assert!(sled::open(folder.path()).is_err(), "the engine takes it for a whole one");
    assert_eq!(Store::open(folder.path()).unwrap().load().unwrap(), state);
}

#[test]
fn damaged_files_of_a_store_are_an_error_and_of_an_unfinished_one_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    small_store(folder.path());
    fs::write(folder.path().join("snap.7FFFFFFFFFFFFFFF"), "nonsense of some length").unwrap();
    let refused = Store::open(folder.path()).unwrap_err();
    assert!(matches!(refused, StoreError::Damaged { .. }), "{refused:?}");
    assert!(refused.to_string().contains("keep a copy of the folder"), "{refused}");

    fs::remove_file(folder.path().join("consortia.store")).unwrap();
    fs::remove_file(folder.path().join("consortia.heads")).unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.load().unwrap(), State::default());
    assert!(folder.path().join("consortia.unfinished-1/db").exists(), "nothing is deleted");
}
