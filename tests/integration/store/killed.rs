//! A process of its own, killed with a store open.

use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use consortia::knowledge::KnowledgeGraph;
use consortia::store::{Store, StoreError};

use super::{described, large_fill};
use crate::history::set;

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
        .args(["--exact", "store::killed::a_process_that_commits_says_so_only_after_it_is_done", "--nocapture"])
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
    let entities = if state.revision() == 0 { 0 } else { 5_008 };
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
