//! The embedded sled store: everything on disk, read whole and written at once or not at all.
//!
//! What [`Store::append`] acknowledges survives a kill and a power cut. Whether a change may be made is decided above;
//! here is only checked that the log goes on without a gap.
//!
//! A small set is one record for each value that it changes, all in one transaction. A large one, or one that brings the
//! records to more than some thousands, and to more than a sixteenth of all values, is stored as a new base of compressed
//! blocks (`blocks.rs`): written and synced first, then made to count by one small transaction. What was written and
//! never came to count is removed when the store is opened.

mod blocks;
mod cited;
mod engine;
mod error;
mod folder;
mod format;
mod load;
mod parallel;
mod tree;
mod witness;
mod write;

use std::fs::File;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

pub use error::StoreError;
pub use write::Write;

use crate::model::change::{Commit, Entry, Hash, OperationId, Revision};
use crate::model::state::State;
use engine::{engine_error, open_engine};
use folder::{Folder, failed};
use format::{FORMAT, corrupted};
use tree::{BLOCKS, COMMITS, HEAD, LOG, META, OPERATIONS, Trees, revision_key};
use witness::Witness;
use write::{Head, acknowledgement, commit, log_record, records};

/// How many values may always have a record of their own.
const ABOVE: u64 = 4_096;

/// An open store. No other process can open it meanwhile.
#[derive(Debug)]
pub struct Store {
    trees: Trees,
    db: sled::Db,
    /// The engine's file, for syncs that reach the disk.
    file: File,
    /// What was acknowledged, outside of the engine.
    witness: Witness,
    /// Set when a write failed half-way: what memory and disk hold may differ.
    is_stopped: AtomicBool,
    /// Dropped last: it holds the lock.
    folder: Folder,
}

impl Store {
    /// Opens the store in a folder. A folder that is new or empty becomes an empty store.
    ///
    /// # Errors
    /// The folder is in use, holds something else, cannot be written, is damaged, or is of a newer format.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let folder = Folder::take(path)?;
        let format = folder.format()?;
        if let Some(found) = format
            && found > FORMAT
        {
            return Err(StoreError::NewerFormat { found, known: FORMAT });
        }
        folder.remove_unfinished_snapshots()?;
        let (db, trees) = match open_engine(path) {
            Err(StoreError::Damaged { .. }) if format.is_none() => {
                folder.set_aside()?;
                open_engine(path)?
            }
            opened => opened?,
        };
        if format.is_none() {
            Witness::create(path)?;
        }
        folder.sync()?;
        let file_path = path.join("db");
        let file = File::options().write(true).open(&file_path).map_err(failed("open", &file_path))?;
        if format != Some(FORMAT) {
            folder.mark()?;
        }
        let (witness, revision, hash) = Witness::open(path)?;
        let store = Self { trees, db, file, witness, is_stopped: AtomicBool::new(false), folder };
        store.check_acknowledged(revision, hash)?;
        Ok(store)
    }

    /// Checks that the store holds the newest revision that was acknowledged, and notes one that came after it: a kill
    /// can fall between the two.
    fn check_acknowledged(&self, revision: Revision, hash: Hash) -> Result<(), StoreError> {
        let head = self.head()?;
        let commit: Option<Commit> = self.trees.read(COMMITS, &revision_key(revision))?;
        if revision > 0 && commit.is_none_or(|commit| commit.hash != hash) {
            let folder = self.path().to_owned();
            return Err(StoreError::Lost { folder, found: head.revision, acknowledged: revision });
        }
        if head.revision > revision {
            self.witness.note(head.revision, head.hash)?;
        }
        // A head that is behind is damaged: it may not say what is too many.
        if head.revision >= revision { self.sweep(head) } else { Ok(()) }
    }

    /// Removes what was written and never came to count, and what a new base took the place of.
    fn sweep(&self, head: Head) -> Result<(), StoreError> {
        self.trees.remove(LOG, revision_key(head.revision + 1).to_vec()..)?;
        let Some(base) = head.base else { return self.trees.remove(BLOCKS, ..) };
        self.trees.remove(BLOCKS, ..blocks::base_key(base.revision).to_vec())?;
        self.trees.remove(BLOCKS, blocks::base_key(base.revision + 1).to_vec()..)?;
        if head.above == 0 {
            for tree in blocks::SECTIONS {
                self.trees.remove(tree, ..)?;
            }
        }
        Ok(())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Everything in it but the changes of the log.
    ///
    /// # Errors
    /// A record is damaged or missing.
    pub fn load(&self) -> Result<State, StoreError> {
        load::load(&self.trees, self.head()?)
    }

    /// The revision whose values are stored as one, from which those after it are reached by the fewest entries of the
    /// log; `None` where there are only records.
    ///
    /// # Errors
    /// The record is damaged.
    pub fn base(&self) -> Result<Option<Revision>, StoreError> {
        Ok(self.head()?.base.map(|base| base.revision))
    }

    /// The values of [`Store::base`] and its revision, without the change log. Not to be relied on while a writer
    /// appends: it may be removing them.
    ///
    /// # Errors
    /// A record is damaged or missing.
    pub fn load_base(&self) -> Result<Option<(Revision, State)>, StoreError> {
        load::load_base(&self.trees, self.head()?)
    }

    /// The entry that made a revision; `None` where there is none.
    ///
    /// # Errors
    /// The record is damaged.
    pub fn entry(&self, revision: Revision) -> Result<Option<Entry>, StoreError> {
        self.trees.read(LOG, &revision_key(revision))
    }

    /// The entry that made a revision that is there.
    ///
    /// # Errors
    /// The record is damaged or missing.
    pub fn applied(&self, revision: Revision) -> Result<Entry, StoreError> {
        let missing = || corrupted(LOG, &revision_key(revision), "it is missing");
        self.entry(revision)?.ok_or_else(missing)
    }

    /// The revision that an operation made; `None` where it was never applied.
    ///
    /// # Errors
    /// The record is damaged.
    pub fn operation(&self, id: &OperationId) -> Result<Option<Revision>, StoreError> {
        self.trees.read(OPERATIONS, id.as_str().as_bytes())
    }

    /// Writes an entry of the log, its operation id, the applied revision and the data, and makes them count in one
    /// transaction. `next` is the state that the entry makes, and `writes` is what it changes in it. When it returns,
    /// they are on the disk; when it fails, none of them are seen again, at the latest after a restart.
    ///
    /// **Complexity**: in the size of the entry; for one that is stored as a new base, in the size of the state.
    ///
    /// # Errors
    /// The entry does not follow the newest one or does not make `next`, or the disk failed.
    pub fn append(&self, entry: &Entry, next: &State, writes: &[Write]) -> Result<(), StoreError> {
        if self.is_stopped.load(Ordering::Acquire) {
            return Err(StoreError::Stopped);
        }
        let newest = self.head()?;
        let made = next.commits.last().filter(|commit| {
            (commit.revision, next.revision(), commit.previous) == (entry.revision, entry.revision, newest.hash)
                && commit.operation == entry.set.operation
        });
        let Some(made) = made.filter(|_| entry.revision == newest.revision + 1 && entry.previous == newest.hash) else {
            return Err(StoreError::OutOfStep { given: entry.revision, newest: newest.revision });
        };
        let written = self.write(entry, (next, made), writes, newest);
        if written.is_err() {
            self.is_stopped.store(true, Ordering::Release);
        }
        written
    }

    fn write(
        &self,
        entry: &Entry,
        (next, made): (&State, &Commit),
        writes: &[Write],
        newest: Head,
    ) -> Result<(), StoreError> {
        let mut head = Head { revision: made.revision, hash: made.hash, ..newest };
        head.above += writes.len() as u64;
        let values = next.documents.len() + next.entities.len() + next.relationships.len() + next.decisions.len();
        let is_large = head.above > ABOVE.max(values as u64 / 16);
        let mut batch = if is_large {
            let (base, log) = thread::scope(|scope| {
                let log = scope.spawn(|| log_record(entry));
                let base = blocks::write(&self.trees, next);
                (base, log.join().unwrap_or_else(|panic| resume_unwind(panic)))
            });
            self.trees.stage(LOG, &revision_key(entry.revision), &log)?;
            head = Head { base: Some(base?), above: 0, ..head };
            // No later write may reach the disk before these.
            self.sync()?;
            Vec::new()
        } else {
            records(entry, writes, head.base)
        };
        batch.extend(acknowledgement(made, &head));
        commit(&self.trees, &batch)?;
        self.sync()?;
        self.witness.note(made.revision, made.hash)?;
        // The entry counts, and what is left of the sweep is done when the store is opened.
        if is_large && self.sweep(head).is_err() {
            self.is_stopped.store(true, Ordering::Release);
        }
        Ok(())
    }

    /// Brings to the disk what was written.
    fn sync(&self) -> Result<(), StoreError> {
        self.db.flush().map_err(engine_error)?;
        // The engine's flush reaches the system's cache, not the disk.
        self.file.sync_data().map_err(failed("sync", self.path()))
    }

    /// Reads every record and checks that the log is whole: each entry follows the one before by number and hash, has
    /// its header and its operation id, and nothing else is there.
    ///
    /// # Errors
    /// The first record that is damaged, missing or too many.
    pub fn verify(&self) -> Result<(), StoreError> {
        let state = self.load()?;
        let operations: Vec<(Vec<u8>, Revision)> = self.trees.read_all(OPERATIONS)?;
        if operations.len() != state.commits.len() {
            return Err(corrupted(OPERATIONS, b"", "there are not as many as entries of the log"));
        }
        for commit in &state.commits {
            if self.applied(commit.revision)?.header() != **commit {
                let key = revision_key(commit.revision);
                return Err(corrupted(LOG, &key, "it does not have the hash that was noted when it was written"));
            }
            if self.operation(&commit.operation)? != Some(commit.revision) {
                return Err(corrupted(OPERATIONS, commit.operation.as_str().as_bytes(), "it names another revision"));
            }
        }
        if self.entry(state.revision() + 1)?.is_some() {
            return Err(corrupted(LOG, &revision_key(state.revision() + 1), "it is not applied"));
        }
        Ok(())
    }

    fn head(&self) -> Result<Head, StoreError> {
        let empty = Head { revision: 0, hash: Hash::ZERO, base: None, above: 0 };
        Ok(self.trees.read(META, HEAD)?.unwrap_or(empty))
    }
}
