//! What can go wrong on disk, and what to try.

use std::io;
use std::path::PathBuf;

/// Why the store could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process, or another part of this one, has it open.
    #[error(
        "the store in {} is in use{}; stop that one, or name another folder with --data-dir",
        folder.display(),
        holder.map_or_else(String::new, |process| format!(" by process {process}"))
    )]
    InUse {
        /// The folder of the store.
        folder: PathBuf,
        /// The process that has it, where that is known.
        holder: Option<u32>,
    },
    /// No more queries can be kept.
    #[error("{kept} cited queries are kept, and no more can be; cite one that is there, or keep a store of your own")]
    TooManyCited {
        /// How many are kept.
        kept: usize,
    },
    /// The folder holds something else.
    #[error(
        "{} is no store: it holds {found}, and nothing that was written by consortia; name an empty or a new folder \
         with --data-dir",
        folder.display()
    )]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// One of the files in it.
        found: String,
    },
    /// A record is not what was written.
    #[error(
        "the record {key} of the tree {tree} is damaged: {reason}; keep a copy of the folder, then restore a backup or \
         load an export into a new folder"
    )]
    Corrupted {
        /// The tree that holds the record.
        tree: &'static str,
        /// The record's key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The files below the records are damaged.
    #[error(
        "the files in {} are damaged: {source}; keep a copy of the folder, and in the copy remove the files named snap.* \
         and try again; else restore a backup, or load an export into a new folder",
        folder.display()
    )]
    Damaged {
        /// The folder of the store.
        folder: PathBuf,
        /// What the engine says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// It holds less than was acknowledged.
    #[error(
        "the store in {} has lost changes: revision {acknowledged} was acknowledged, and what can be read ends at \
         {found}. Its files are damaged, or come from different copies; restore a backup, or load an export into a new \
         folder",
        folder.display()
    )]
    Lost {
        /// The folder of the store.
        folder: PathBuf,
        /// The newest revision that can be read.
        found: u64,
        /// The newest revision that was acknowledged.
        acknowledged: u64,
    },
    /// A newer version of this program wrote it.
    #[error("the store has format {found} and this program knows formats up to {known}; use a newer consortia")]
    NewerFormat {
        /// The format of the store.
        found: u32,
        /// The newest format that this program knows.
        known: u32,
    },
    /// An entry was to be appended that does not follow the newest one.
    #[error("entry {given} cannot follow revision {newest} of the store; reload the store and apply the change again")]
    OutOfStep {
        /// The revision of the entry.
        given: u64,
        /// The revision of the store.
        newest: u64,
    },
    /// A write failed before, and what is on disk is not known until the store is opened again.
    #[error("an earlier write to the store failed; restart the program, which reads again what is on disk")]
    Stopped,
    /// The folder cannot be used.
    #[error("cannot {action} {}: {source}; check that the folder exists, can be written and has free space", path.display())]
    Folder {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The engine failed.
    #[error("the store failed: {source}; check the disk and its free space, then restart the program")]
    Engine {
        /// What the engine says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
