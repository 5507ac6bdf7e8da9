//! The store on a real disk: torn, foreign, in use, killed.

mod blocks;
mod damage;
mod killed;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use consortia::knowledge;
use consortia::model::change::{Change, ChangeSet, Entry, Hash};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::EntityId;
use consortia::model::state::State;
use consortia::store::{Store, StoreError};
use sled::IVec;

use crate::history::{set, small_world};

/// Appends a set to a store and gives the state that it makes.
fn append(store: &Store, state: &State, set: ChangeSet) -> State {
    let entry = Entry { revision: state.revision() + 1, previous: state.head(), set };
    let (next, writes) = knowledge::apply(state, &entry).unwrap();
    store.append(&entry, &next, &writes).unwrap();
    next
}

/// A store that holds the small world and nothing else.
fn small_store(folder: &Path) -> State {
    append(&Store::open(folder).unwrap(), &State::default(), set("fill", small_world()))
}

fn described(length: usize) -> Change {
    let Some(Change::UpsertEntity(entity)) = small_world().into_iter().find(|change| change.subject() == "ada-example")
    else {
        panic!("the small world has Ada")
    };
    let mut record = EntityRecord::from(entity);
    record.description = Some("é四".chars().cycle().take(length).collect());
    Change::UpsertEntity(Entity::new(record).unwrap())
}

/// The engine alone, as soon as threads of a store that was closed have let go of its file.
fn engine(folder: &Path) -> sled::Db {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        match sled::open(folder) {
            Err(sled::Error::Io(error)) if error.to_string().contains("lock") && Instant::now() < deadline => {
                std::thread::yield_now();
            }
            opened => return opened.unwrap(),
        }
    }
}

/// Lets the engine change a closed store behind our back.
fn meddle(folder: &Path, tree: &str, change: impl Fn(&sled::Tree)) {
    let db = engine(folder);
    change(&db.open_tree(tree).unwrap());
    db.flush().unwrap();
}

fn key_of(id: &str) -> Vec<u8> {
    [id.as_bytes(), &[0, 0, 0, 0, 0]].concat()
}

#[test]
fn what_was_appended_is_there_when_the_store_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = small_store(folder.path());
    for (number, length) in [10_000, 3, 4_000].into_iter().enumerate() {
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.load().unwrap(), state);
        state = append(&store, &state, set(&format!("describe-{number}"), vec![described(length)]));
        assert_eq!(store.load().unwrap(), state);
        store.verify().unwrap();
    }
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.load().unwrap(), state);
    assert_eq!(store.entry(1).unwrap().unwrap().set.changes, small_world());
    assert_eq!(store.entry(5).unwrap(), None);
    assert_eq!(store.operation(&set("describe-1", vec![]).operation).unwrap(), Some(3));
    assert_eq!(store.operation(&set("describe-9", vec![]).operation).unwrap(), None);
}

#[test]
fn a_record_that_shrinks_or_goes_leaves_no_piece_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = small_store(folder.path());
    let pieces = |folder: &Path| {
        let mut keys: Vec<IVec> = Vec::new();
        let db = engine(folder);
        keys.extend(db.open_tree("entities").unwrap().scan_prefix(b"ada-example\0").keys().map(Result::unwrap));
        keys.len()
    };
    let relationships = ["ada-example:holds-post-at:university-of-oxford:dean", "ada-example:signed:forum-agreement"];
    let mut removal: Vec<Change> =
        relationships.into_iter().map(|id| Change::DeleteRelationship(id.to_owned().try_into().unwrap())).collect();
    removal.push(Change::DeleteEntity(EntityId::new("ada-example").unwrap()));
    let steps = [(vec![described(10_000)], 7), (vec![described(3)], 1), (vec![described(2_000)], 2), (removal, 0)];
    for (number, (changes, expected)) in steps.into_iter().enumerate() {
        state = append(&Store::open(folder.path()).unwrap(), &state, set(&format!("step-{number}"), changes));
        assert_eq!(pieces(folder.path()), expected);
    }
    assert_eq!(Store::open(folder.path()).unwrap().load().unwrap(), state);
}

#[test]
fn a_large_set_lands_in_one_piece_and_in_no_file_that_is_never_synced() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let state = append(&store, &State::default(), large_fill());
    assert_eq!(store.load().unwrap(), state);
    store.verify().unwrap();
    drop(store);
    assert_eq!(fs::read_dir(folder.path().join("blobs")).unwrap().count(), 0);
    assert_eq!(Store::open(folder.path()).unwrap().load().unwrap(), state);
}

/// `tests/formats/store-1` was written by the first version of this program and is never written again: the small world
/// of that time and a long description.
#[test]
fn a_store_of_format_1_is_read_for_ever() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/store-1");
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(sample).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    let store = Store::open(folder.path()).unwrap();
    store.verify().unwrap();
    let state = store.load().unwrap();
    assert_eq!(state.revision(), 2);
    assert_eq!(state.head().to_string(), "a341b54a9e8884074b0b45425a0f1d8d955b549cfa2d6455639a587f831010d7");
    assert_eq!((state.documents.len(), state.entities.len(), state.relationships.len()), (2, 8, 6));
    let ada = state.entity("ada-example").unwrap();
    assert_eq!((ada.revision, ada.description.as_ref().unwrap().len()), (2, 8_579));
    let university = state.entity("sichuan-university").unwrap();
    assert_eq!(university.coordinates.unwrap().latitude(), 30.63);
    assert_eq!(university.names[1].text, "四川大学");
    assert_eq!(store.operation(&set("describe", vec![]).operation).unwrap(), Some(2));
    // It is of the newest format from now on, so that an older program leaves it alone.
    let mark = fs::read_to_string(folder.path().join("consortia.store")).unwrap();
    assert!(mark.contains("format 3."), "{mark}");
    let state = append(&store, &state, set("next", vec![described(5)]));
    drop(store);
    assert_eq!(Store::open(folder.path()).unwrap().load().unwrap(), state);
}

/// `tests/formats/store-2.tar.zst` was written by the last program of that format and is never written again: the curated
/// data of that time, 4,200 hospitals with made-up names in a table, which are stored in blocks, and the same table without
/// the seventh.
#[test]
fn a_store_of_format_2_is_read_for_ever() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/store-2.tar.zst");
    let folder = tempfile::tempdir().unwrap();
    let unpacked = zstd::Decoder::new(fs::File::open(sample).unwrap()).unwrap();
    tar::Archive::new(unpacked).unpack(folder.path()).unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.verify().unwrap();
    let state = store.load().unwrap();
    assert_eq!(state.revision(), 3);
    assert_eq!(state.head().to_string(), "624b81dac8ae8dbe1144df9b71eeded55de222933ea45105a912e983d567fe9c");
    assert_eq!((state.documents.len(), state.entities.len(), state.relationships.len()), (6 + 1, 171 + 4_199, 349));
    assert!(state.entity("made-up-hospital-7").is_none());
    // What stood behind the seventh stands a line further up in the second table.
    for (id, revision, line) in [("made-up-hospital-3", 2, "line 4"), ("made-up-hospital-4200", 3, "line 4200")] {
        let hospital = state.entity(id).unwrap();
        assert_eq!((hospital.revision, hospital.citations[0].locator.as_deref()), (revision, Some(line)));
    }
    let gone = Change::DeleteEntity(EntityId::new("made-up-hospital-1").unwrap());
    let state = append(&store, &state, set("next", vec![gone]));
    drop(store);
    let mark = fs::read_to_string(folder.path().join("consortia.store")).unwrap();
    assert!(mark.contains("format 3."), "{mark}");
    assert_eq!(Store::open(folder.path()).unwrap().load().unwrap(), state);
}

#[test]
fn an_entry_that_does_not_follow_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let state = small_store(folder.path());
    let store = Store::open(folder.path()).unwrap();
    let entry = |revision, previous| Entry { revision, previous, set: set("next", vec![]) };
    let after = |entry: &Entry| {
        let mut next = state.clone();
        next.commits.push(entry.header().into());
        next
    };
    for wrong in [entry(1, state.head()), entry(3, state.head()), entry(2, Hash::ZERO)] {
        let refused = store.append(&wrong, &after(&wrong), &[]);
        assert!(matches!(refused, Err(StoreError::OutOfStep { newest: 1, .. })), "{refused:?}");
    }
    let right = entry(2, state.head());
    let refused = store.append(&right, &state, &[]);
    assert!(matches!(refused, Err(StoreError::OutOfStep { given: 2, newest: 1 })), "not its state: {refused:?}");
    assert_eq!(store.load().unwrap(), state);
    store.append(&right, &after(&right), &[]).unwrap();
    assert_eq!(store.load().unwrap(), after(&right));
}

#[test]
fn a_store_that_is_open_is_refused_and_its_holder_named() {
    let folder = tempfile::tempdir().unwrap();
    let first = Store::open(folder.path()).unwrap();
    let refused = Store::open(folder.path()).unwrap_err();
    let own = std::process::id();
    assert!(matches!(refused, StoreError::InUse { holder: Some(holder), .. } if holder == own), "{refused:?}");
    let message = refused.to_string();
    assert!(message.contains(&format!("is in use by process {own}; stop that one")), "{message}");
    drop(first);
    Store::open(folder.path()).unwrap();
}

#[test]
fn a_folder_of_something_else_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    let refused = Store::open(folder.path()).unwrap_err();
    assert!(matches!(&refused, StoreError::Foreign { found, .. } if found == "notes.txt"), "{refused:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

    let folder = tempfile::tempdir().unwrap();
    drop(engine(folder.path()));
    let before = fs::read_dir(folder.path()).unwrap().count();
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Foreign { .. })), "another program's store");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), before);

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("consortia.store"), "something else").unwrap();
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Foreign { .. })));
}

#[test]
fn a_folder_that_cannot_be_made_or_written_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    for path in [file.clone(), file.join("store")] {
        let refused = Store::open(&path).unwrap_err();
        assert!(matches!(refused, StoreError::Folder { .. }), "{refused:?}");
        assert!(refused.to_string().contains(&path.display().to_string()), "{refused}");
    }
    // Where its lock should be is a folder: it cannot be written, not even by the owner of the machine.
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("consortia.lock")).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Folder { action: "write", .. })));
}

#[test]
fn a_store_of_a_newer_format_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let state = small_store(folder.path());
    let mark = folder.path().join("consortia.store");
    let text = fs::read_to_string(&mark).unwrap();
    fs::write(&mark, text.replace("format 3.", "format 4.")).unwrap();
    let refused = Store::open(folder.path()).unwrap_err();
    assert!(matches!(refused, StoreError::NewerFormat { found: 4, known: 3 }), "{refused:?}");
    fs::write(&mark, text).unwrap();
    assert_eq!(Store::open(folder.path()).unwrap().load().unwrap(), state);

    meddle(folder.path(), "entities", |tree| {
        let mut record = tree.get(key_of("forum-2022")).unwrap().unwrap().to_vec();
        record[0] = 4;
        tree.insert(key_of("forum-2022"), record).unwrap();
    });
    let refused = Store::open(folder.path()).unwrap().load().unwrap_err();
    assert!(matches!(refused, StoreError::NewerFormat { found: 4, known: 3 }), "{refused:?}");
}

/// What a process that is going to be killed fills its store with: thousands of values, which become blocks.
fn large_fill() -> ChangeSet {
    let mut changes = small_world();
    let Some(Change::UpsertEntity(model)) = changes.iter().find(|change| change.subject() == "forum-2022").cloned()
    else {
        panic!("the small world has the forum")
    };
    for number in 0..5_000 {
        let mut record = EntityRecord::from(model.clone());
        record.id = EntityId::new(&format!("event-{number}")).unwrap();
        record.kind = EntityKind::Event;
        record.description =
            Some(format!("The {number}th of many events. ").repeat(if number % 1_000 == 0 { 300 } else { 1 }));
        changes.push(Change::UpsertEntity(Entity::new(record).unwrap()));
    }
    set("fill", changes)
}
