//! The one door: opens the store, applies change sets, publishes snapshots.
//!
//! Writers come one at a time and wait for each other; readers take the newest snapshot and wait for nobody. The clock
//! is asked here and nowhere below.

mod apply;
pub mod contribution;
mod error;
mod groups;
pub mod joining;
mod merged;
mod past;
mod questions;
mod rehearsal;
mod snapshot;
mod snapshots;
mod validate;

use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use arc_swap::ArcSwap;
use jiff::Timestamp;

pub use apply::apply;
pub use error::ApplyError;
pub use merged::{Merged, merged};
pub use rehearsal::snapshot_of;
pub use snapshot::Snapshot;
pub use snapshots::{PastError, Snapshots};

use crate::dataset::{self, Files};
use crate::model::change::{Change, ChangeSet, Entry, Hash, OperationId, Revision};
use crate::model::state::State;
use crate::model::violation::{Origin, Violation, Violations};
use crate::store::Store;
use past::Past;

/// Everything that is known, on disk and in memory.
#[derive(Debug)]
pub struct KnowledgeGraph {
    store: Store,
    /// Held by the one who writes.
    writing: Mutex<()>,
    current: Arc<ArcSwap<Snapshot>>,
    past: Past,
    /// Tells the thread that indexes names that there is a newer snapshot.
    newer: OnceLock<SyncSender<()>>,
}

/// What became of a set of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The revision that holds the changes.
    pub revision: Revision,
    /// What it took to get there.
    pub outcome: Outcome,
}

/// What it took to have a set of changes applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new entry of the change log.
    Committed,
    /// Nothing: a set with this operation id was applied before.
    AlreadyApplied,
    /// Nothing: all values were there.
    Unchanged,
}

impl KnowledgeGraph {
    /// Opens the store in a folder and publishes what it holds. An empty store is filled first.
    ///
    /// Killed at any moment, the next start finds the store empty or filled, never in between.
    ///
    /// # Errors
    /// The store cannot be opened or read, or the first fill breaks a rule.
    pub fn open(path: &Path, first_fill: impl FnOnce() -> Result<ChangeSet, Violations>) -> Result<Self, ApplyError> {
        let store = Store::open(path)?;
        let state = store.load()?;
        let is_empty = state.revision() == 0;
        let current = Arc::new(ArcSwap::from_pointee(Snapshot::of(state)));
        let (writing, past, newer) = (Mutex::new(()), Past::default(), OnceLock::new());
        let graph = Self { store, writing, current, past, newer };
        if is_empty {
            graph.apply(first_fill()?)?;
        }
        Ok(graph)
    }

    /// The newest version of everything. It never changes; ask again for a newer one.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// Builds the graph of the newest snapshot, and from now on that of each before readers get it; and indexes the names of
    /// each newest one on a thread of its own, so that searches need not wait for it longer than they must. Of snapshots
    /// that follow each other quickly only the last is sure to be indexed so.
    pub fn keep_searchable(&self) {
        self.current.load().graph();
        self.newer.get_or_init(|| {
            let (newer, told) = sync_channel(1);
            let current = Arc::clone(&self.current);
            thread::spawn(move || {
                loop {
                    current.load_full().search();
                    // The graph that tells it is gone.
                    if told.recv().is_err() {
                        return;
                    }
                }
            });
            newer
        });
    }

    /// Applies all changes of a set or none of them. When it returns, they are on disk and in the newest snapshot.
    ///
    /// A set whose operation id was applied before changes nothing, and neither does one that asks for what is there.
    ///
    /// # Errors
    /// The set breaks a rule, its operation id stands for other changes, or the store failed.
    pub fn apply(&self, set: ChangeSet) -> Result<Applied, ApplyError> {
        // A writer that panicked left the store whole: it changes in one step or not at all.
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let current = self.current.load_full();
        if let Some(revision) = self.store.operation(&set.operation)? {
            let operation = set.operation.clone();
            let commit = revision.checked_sub(1).and_then(|earlier| current.stored().commits.get(earlier as usize));
            return match commit {
                Some(commit) if commit.is_of(set) => Ok(Applied { revision, outcome: Outcome::AlreadyApplied }),
                Some(_) | None => Err(Violations::from(operation_taken(&operation, revision)).into()),
            };
        }
        let state = current.stored();
        let entry = Entry { revision: state.revision() + 1, previous: state.head(), set };
        let (next, writes) = apply(state, &entry)?;
        if writes.is_empty() {
            return Ok(Applied { revision: state.revision(), outcome: Outcome::Unchanged });
        }
        self.store.append(&entry, &next, &writes)?;
        let revision = entry.revision;
        // Of a large set they are what memory there is; the state shares the values.
        drop((entry, writes, current));
        let newest = Snapshot::of(next);
        if self.newer.get().is_some() {
            newest.graph();
        }
        self.current.store(Arc::new(newest));
        if let Some(newer) = self.newer.get() {
            // A channel that is full has told already.
            newer.try_send(()).ok();
        }
        Ok(Applied { revision, outcome: Outcome::Committed })
    }

    /// An entry of the change log with all its changes; `None` where there is none of this number.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn entry(&self, revision: Revision) -> Result<Option<Entry>, ApplyError> {
        Ok(self.store.entry(revision)?)
    }

    /// Reads the whole store, replays its log from nothing, and compares the two with each other and with the newest
    /// snapshot. Writers wait meanwhile.
    ///
    /// # Errors
    /// The store cannot be read, or an entry of the log breaks a rule; a violation names the revision where the log
    /// and the store part.
    pub fn verify(&self) -> Result<(), ApplyError> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let store = &self.store;
        store.verify()?;
        let mut replayed = State::default();
        while let Some(entry) = store.entry(replayed.revision() + 1)? {
            replayed = apply(&replayed, &entry)?.0;
        }
        if replayed != store.load()? || replayed != *self.current.load().stored() {
            return Err(Violations::from(Violation::new(
                format!("the change log, replayed to revision {}, gives another state", replayed.revision()),
                "keep a copy of the store; export it, and load the export into a new one",
            ))
            .into());
        }
        Ok(())
    }
}

fn operation_taken(operation: &OperationId, revision: Revision) -> Violation {
    Violation::new(
        format!("the operation id \"{}\" stands for the other changes of revision {revision}", operation.as_str()),
        "give new changes a new operation id",
    )
    .of("operation")
}

/// Changes that came from no file as a set that is made now, with an operation id of its own.
///
/// # Errors
/// What is wrong with the author or the message.
pub fn set_now(changes: Vec<Change>, author: &str, message: &str) -> Result<ChangeSet, Violations> {
    let set = ChangeSet {
        operation: OperationId::new(&uuid::Uuid::new_v4().to_string())?,
        author: author.to_owned(),
        message: message.to_owned(),
        time: Timestamp::now(),
        changes,
        origins: Vec::new(),
    };
    set.check()?;
    Ok(set)
}

/// The changes of a dataset as a set that is made now, with an operation id of its own.
///
/// # Errors
/// All that is wrong with the files.
pub fn change_set(files: &Files, author: &str, message: &str) -> Result<ChangeSet, Violations> {
    let reading = dataset::read(files);
    reading.violations.into_result()?;
    Ok(ChangeSet { origins: reading.origins, ..set_now(reading.changes, author, message)? })
}

/// The curated data that the program carries, as a set that is made now.
///
/// # Errors
/// All that is wrong with it; a test says that nothing is.
pub fn curated() -> Result<ChangeSet, Violations> {
    let message = concat!("The curated data of Consortia ", env!("CARGO_PKG_VERSION"));
    change_set(&Files::embedded(), "Consortia", message)
}

/// All that is wrong with the changes of a whole dataset, without a store: what applying them to nothing would refuse.
pub fn check(changes: Vec<Change>, origins: Vec<Option<Origin>>) -> Violations {
    let set = ChangeSet {
        operation: OperationId::new("check").expect("a word of letters is an operation id"),
        author: "check".to_owned(),
        message: "check".to_owned(),
        time: Timestamp::UNIX_EPOCH,
        changes,
        origins,
    };
    let entry = Entry { revision: 1, previous: Hash::ZERO, set };
    apply(&State::default(), &entry).err().unwrap_or_default()
}
