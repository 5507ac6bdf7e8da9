//! The store on a real disk: torn, foreign, in use, killed.

#![expect(clippy::unwrap_used, reason = "what cannot be had ends the test")]

use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use consortia::knowledge::{self, KnowledgeGraph};
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
    store.append(&entry, &writes).unwrap();
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

/// The tree and key that opening or reading a store says are damaged.
fn damaged(folder: &Path) -> (&'static str, String, String) {
    match Store::open(folder).and_then(|store| store.verify()) {
        Err(StoreError::Corrupted { tree, key, reason }) => (tree, key, reason),
        other => panic!("a damaged record was to be found: {other:?}"),
    }
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

#[test]
fn an_entry_that_does_not_follow_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let state = small_store(folder.path());
    let store = Store::open(folder.path()).unwrap();
    let entry = |revision, previous| Entry { revision, previous, set: set("next", vec![]) };
    for wrong in [entry(1, state.head()), entry(3, state.head()), entry(2, Hash::ZERO)] {
        let refused = store.append(&wrong, &[]);
        assert!(matches!(refused, Err(StoreError::OutOfStep { newest: 1, .. })), "{refused:?}");
    }
    assert_eq!(store.load().unwrap(), state);
    store.append(&entry(2, state.head()), &[]).unwrap();
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
    fs::write(&mark, text.replace("format 1.", "format 2.")).unwrap();
    let refused = Store::open(folder.path()).unwrap_err();
    assert!(matches!(refused, StoreError::NewerFormat { found: 2, known: 1 }), "{refused:?}");
    fs::write(&mark, text).unwrap();
    assert_eq!(Store::open(folder.path()).unwrap().load().unwrap(), state);

    meddle(folder.path(), "entities", |tree| {
        let mut record = tree.get(key_of("forum-2022")).unwrap().unwrap().to_vec();
        record[0] = 2;
        tree.insert(key_of("forum-2022"), record).unwrap();
    });
    let refused = Store::open(folder.path()).unwrap().load().unwrap_err();
    assert!(matches!(refused, StoreError::NewerFormat { found: 2, known: 1 }), "{refused:?}");
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

/// What a process that is going to be killed fills its store with: hundreds of records, some of many pieces.
fn large_fill() -> ChangeSet {
    let mut changes = small_world();
    let Some(Change::UpsertEntity(model)) = changes.iter().find(|change| change.subject() == "forum-2022").cloned()
    else {
        panic!("the small world has the forum")
    };
    for number in 0..600 {
        let mut record = EntityRecord::from(model.clone());
        record.id = EntityId::new(&format!("event-{number}")).unwrap();
        record.kind = EntityKind::Event;
        record.description = Some(format!("The {number}th of many events. ").repeat(if number % 100 == 0 {
            300
        } else {
            number % 20 + 1
        }));
        changes.push(Change::UpsertEntity(Entity::new(record).unwrap()));
    }
    set("fill", changes)
}

const FOLDER: &str = "CONSORTIA_TEST_FOLDER";

/// Fills a store and commits to it, and says so of each revision. Run as a process of its own, which is told the folder,
/// it goes on until it is killed; as a test among others it stops soon.
#[test]
fn a_process_that_commits_says_so_only_after_it_is_done() {
    let own = tempfile::tempdir().unwrap();
    let told = std::env::var_os(FOLDER);
    let folder = told.as_ref().map_or(own.path(), Path::new);
    let graph = KnowledgeGraph::open(folder, || Ok(large_fill())).unwrap();
    let acknowledge = |revision: u64| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nrevision {revision}").unwrap();
        out.flush().unwrap();
    };
    acknowledge(graph.snapshot().state().revision());
    let last = if told.is_some() { u64::MAX } else { 4 };
    while graph.snapshot().state().revision() < last {
        let next = graph.snapshot().state().revision() + 1;
        let applied = graph.apply(set(&format!("commit-{next}"), vec![described(next as usize % 9_000 + 1)])).unwrap();
        assert_eq!(applied.revision, next);
        acknowledge(applied.revision);
    }
    graph.verify().unwrap();
}

/// That test as a process of its own, and the revisions that it acknowledges.
fn committing(folder: &Path) -> (Child, mpsc::Receiver<u64>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::a_process_that_commits_says_so_only_after_it_is_done", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (sender, receiver) = mpsc::channel();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if let Some(revision) = line.strip_prefix("revision ") {
                sender.send(revision.parse().unwrap()).ok();
            }
        }
    });
    (child, receiver)
}

/// Kills a process that commits some time after it started, or after it acknowledged something; gives the newest
/// revision that it acknowledged.
fn killed(folder: &Path, after: Duration) -> u64 {
    let (mut child, acknowledged) = committing(folder);
    let deadline = Instant::now() + after;
    let mut newest = 0;
    while let Ok(revision) = acknowledged.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        newest = revision;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    acknowledged.iter().last().unwrap_or(newest)
}

/// The revision of a store that was killed; that it is whole was checked.
fn examined(folder: &Path) -> u64 {
    let store = Store::open(folder).unwrap();
    store.verify().unwrap();
    let state = store.load().unwrap();
    let entities = if state.revision() == 0 { 0 } else { 608 };
    assert_eq!(state.entities.len(), entities, "filled or empty, never in between");
    state.revision()
}

#[test]
fn a_process_killed_at_any_moment_leaves_all_it_acknowledged_and_nothing_by_halves() {
    let folder = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let (mut child, acknowledged) = committing(folder.path());
    assert_eq!(acknowledged.recv(), Ok(1));
    let filling = start.elapsed();
    child.kill().unwrap();
    child.wait().unwrap();
    for eighth in 1..=8 {
        let folder = tempfile::tempdir().unwrap();
        let newest = killed(folder.path(), filling * eighth / 8);
        let found = examined(folder.path());
        assert!(found >= newest, "{newest} was acknowledged and {found} is there");
        let graph = KnowledgeGraph::open(folder.path(), || Ok(large_fill())).unwrap();
        assert!(graph.snapshot().state().revision() >= 1, "the next start fills it");
        graph.verify().unwrap();
    }
    let mut before = examined(folder.path());
    for fifth in 1..=5 {
        let newest = killed(folder.path(), filling * (fifth + 5) / 5);
        let found = examined(folder.path());
        assert!(found >= newest.max(before), "{newest} was acknowledged and {found} is there");
        before = found;
    }
}

#[test]
fn a_store_that_another_process_has_open_is_refused_and_that_process_named() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, acknowledged) = committing(folder.path());
    acknowledged.recv().unwrap();
    let refused = Store::open(folder.path());
    let process = child.id();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(matches!(refused, Err(StoreError::InUse { holder: Some(holder), .. }) if holder == process), "{refused:?}");
    Store::open(folder.path()).unwrap();
}
