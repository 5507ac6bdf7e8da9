//! The embedded sled store: everything on disk, read whole and written at once or not at all.
//!
//! What [`Store::append`] acknowledges survives a kill and a power cut. Whether a change may be made is decided above;
//! here is only checked that the log goes on without a gap.

mod engine;
mod error;
mod folder;
mod format;
mod tree;
mod witness;
mod write;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::de::DeserializeOwned;

pub use error::StoreError;
pub use write::Write;

use crate::model::change::{Commit, Entry, Hash, OperationId, Revision, Versioned};
use crate::model::citation::Document;
use crate::model::entity::Entity;
use crate::model::relationship::Relationship;
use crate::model::state::State;
use engine::{engine_error, open_engine};
use folder::{Folder, failed};
use format::{FORMAT, corrupted};
use tree::{COMMITS, DOCUMENTS, ENTITIES, HEAD, LOG, META, OPERATIONS, RELATIONSHIPS, Trees, revision_key};
use witness::Witness;
use write::{Head, commit, records};

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
        if format.is_none() {
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
        if head.revision > revision { self.witness.note(head.revision, head.hash) } else { Ok(()) }
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
        let state = State {
            documents: self.values(DOCUMENTS, |document: &Document| document.id.as_str())?,
            entities: self.values(ENTITIES, |entity: &Entity| entity.id.as_str())?,
            relationships: self.values(RELATIONSHIPS, |relationship: &Relationship| relationship.id().as_str())?,
            commits: self.commits()?,
        };
        let head = self.head()?;
        if head != (Head { revision: state.revision(), hash: state.head() }) {
            return Err(corrupted(META, HEAD, "it is not the newest entry of the log"));
        }
        Ok(state)
    }

    /// The entry that made a revision; `None` where there is none.
    ///
    /// # Errors
    /// The record is damaged.
    pub fn entry(&self, revision: Revision) -> Result<Option<Entry>, StoreError> {
        self.trees.read(LOG, &revision_key(revision))
    }

    /// The revision that an operation made; `None` where it was never applied.
    ///
    /// # Errors
    /// The record is damaged.
    pub fn operation(&self, id: &OperationId) -> Result<Option<Revision>, StoreError> {
        self.trees.read(OPERATIONS, id.as_str().as_bytes())
    }

    /// Writes an entry of the log, its operation id, the applied revision and the data in one transaction. When it
    /// returns, they are on the disk; when it fails, none of them are seen again, at the latest after a restart.
    ///
    /// # Errors
    /// The entry does not follow the newest one, or the disk failed.
    pub fn append(&self, entry: &Entry, writes: &[Write]) -> Result<(), StoreError> {
        if self.is_stopped.load(Ordering::Acquire) {
            return Err(StoreError::Stopped);
        }
        let newest = self.head()?;
        if entry.revision != newest.revision + 1 || entry.previous != newest.hash {
            return Err(StoreError::OutOfStep { given: entry.revision, newest: newest.revision });
        }
        let records = records(entry, writes);
        let written = commit(&self.trees, &records).and_then(|()| {
            self.db.flush().map_err(engine_error)?;
            // The engine's flush reaches the system's cache, not the disk.
            self.file.sync_data().map_err(failed("sync", self.path()))?;
            self.witness.note(entry.revision, entry.hash())
        });
        if written.is_err() {
            self.is_stopped.store(true, Ordering::Release);
        }
        written
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
            let key = revision_key(commit.revision);
            let entry = self.entry(commit.revision)?;
            let entry = entry.ok_or_else(|| corrupted(LOG, &key, "it is missing"))?;
            if entry.header() != *commit {
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
        Ok(self.trees.read(META, HEAD)?.unwrap_or(Head { revision: 0, hash: Hash::ZERO }))
    }

    fn commits(&self) -> Result<Vec<Commit>, StoreError> {
        let mut commits: Vec<Commit> = Vec::new();
        for (key, commit) in self.trees.read_all::<Commit>(COMMITS)? {
            let revision = commits.len() as Revision + 1;
            let previous = commits.last().map_or(Hash::ZERO, |commit| commit.hash);
            if key != revision_key(revision) || commit.revision != revision || commit.previous != previous {
                return Err(corrupted(COMMITS, &key, "it does not follow the entry before"));
            }
            commits.push(commit);
        }
        Ok(commits)
    }

    fn values<T: DeserializeOwned>(
        &self,
        tree: &'static str,
        id: fn(&T) -> &str,
    ) -> Result<Vec<Arc<Versioned<T>>>, StoreError> {
        let records: Vec<(Vec<u8>, Versioned<T>)> = self.trees.read_all(tree)?;
        records
            .into_iter()
            .map(|(key, value)| {
                if id(&value.value).as_bytes() == key {
                    Ok(Arc::new(value))
                } else {
                    Err(corrupted(tree, &key, "it holds another id"))
                }
            })
            .collect()
    }
}
