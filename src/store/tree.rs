//! The trees of the store and the keys in them.

use std::ops::RangeBounds;

use serde::de::DeserializeOwned;

use super::engine::engine_error;
use super::error::StoreError;
use super::format::{Assembly, Keyed, Stored, corrupted, cut, decode, piece_key, pieces};
use crate::model::change::Revision;

/// Document id to document.
pub(super) const DOCUMENTS: &str = "documents";
/// Entity id to entity.
pub(super) const ENTITIES: &str = "entities";
/// Relationship id to relationship.
pub(super) const RELATIONSHIPS: &str = "relationships";
/// The ids of two entities to what was decided about them.
pub(super) const DECISIONS: &str = "decisions";
/// Revision to entry of the change log.
pub(super) const LOG: &str = "log";
/// Revision to the entry's header, so that the log need not be read to start.
pub(super) const COMMITS: &str = "commits";
/// Operation id to revision.
pub(super) const OPERATIONS: &str = "operations";
/// Base revision, section and number to block.
pub(super) const BLOCKS: &str = "blocks";
/// Token to the query that somebody cites.
pub(super) const CITED: &str = "cited";
/// The one record [`HEAD`].
pub(super) const META: &str = "meta";

/// The key of the applied revision, its hash, and what lies below the records.
pub(super) const HEAD: &[u8] = b"head";

/// All trees, in the order of [`Trees`].
const NAMES: [&str; 10] =
    [DOCUMENTS, ENTITIES, RELATIONSHIPS, DECISIONS, LOG, COMMITS, OPERATIONS, META, BLOCKS, CITED];

/// How many pieces are written outside of a transaction at once.
const STAGED: usize = 64;

/// The open trees.
#[derive(Debug)]
pub(super) struct Trees(Vec<(&'static str, sled::Tree)>);

impl Trees {
    /// Opens all trees; makes those that are missing.
    pub(super) fn open(db: &sled::Db) -> Result<Self, sled::Error> {
        NAMES.into_iter().map(|name| Ok((name, db.open_tree(name)?))).collect::<Result<_, _>>().map(Self)
    }

    fn tree(&self, name: &'static str) -> &sled::Tree {
        let found = self.0.iter().find(|(known, _)| *known == name);
        &found.expect("all trees of the list are open").1
    }

    /// All trees for a transaction.
    pub(super) fn all(&self) -> Vec<&sled::Tree> {
        self.0.iter().map(|(_, tree)| tree).collect()
    }

    /// The place of a tree in [`Trees::all`].
    pub(super) fn position(name: &'static str) -> usize {
        NAMES.iter().position(|known| *known == name).expect("only names of the list are asked for")
    }

    /// All records of a tree in the order of their keys, not yet decoded.
    pub(super) fn records(&self, name: &'static str) -> impl Iterator<Item = Result<Keyed, StoreError>> {
        self.records_from(name, &[])
    }

    /// The records of a tree whose keys begin like this, in the order of their keys, not yet decoded.
    pub(super) fn records_from(
        &self,
        name: &'static str,
        prefix: &[u8],
    ) -> impl Iterator<Item = Result<Keyed, StoreError>> + use<> {
        let mut pieces = self.tree(name).scan_prefix(prefix);
        let mut assembly = Assembly::new(name);
        std::iter::from_fn(move || {
            for piece in &mut pieces {
                match piece.map_err(engine_error).and_then(|(key, value)| assembly.push(&key, &value)) {
                    Ok(None) => {}
                    Ok(Some(record)) => return Some(Ok(record)),
                    Err(error) => return Some(Err(error)),
                }
            }
            assembly.finish().map(Ok)
        })
    }

    /// All values of a tree in the order of their keys.
    pub(super) fn read_all<T: DeserializeOwned>(&self, name: &'static str) -> Result<Vec<(Vec<u8>, T)>, StoreError> {
        let value = |(key, record): Keyed| Ok((present(name, &key, decode(name, &key, &record)?)?, key));
        self.records(name).map(|record| record.and_then(value).map(|(value, key)| (key, value))).collect()
    }

    /// One value.
    pub(super) fn read<T: DeserializeOwned>(&self, name: &'static str, key: &[u8]) -> Result<Option<T>, StoreError> {
        let tree = self.tree(name);
        let Some(first) = tree.get(piece_key(key, 0)).map_err(engine_error)? else { return Ok(None) };
        let mut assembly = Assembly::new(name);
        assembly.push(&piece_key(key, 0), &first)?;
        for number in 1..pieces(&first) {
            let piece_key = piece_key(key, number);
            let piece = tree.get(&piece_key).map_err(engine_error)?;
            let piece = piece.ok_or_else(|| corrupted(name, key, "a piece of it is missing"))?;
            assembly.push(&piece_key, &piece)?;
        }
        let Some((key, record)) = assembly.finish() else { return Ok(None) };
        present(name, &key, decode(name, &key, &record)?).map(Some)
    }

    /// How many keys a tree has. *O(n)*.
    pub(super) fn count(&self, name: &'static str) -> usize {
        self.tree(name).len()
    }

    /// Writes a record outside of a transaction: what nothing names until one does.
    pub(super) fn stage(&self, name: &'static str, key: &[u8], record: &[u8]) -> Result<(), StoreError> {
        let mut pieces = cut(key, record);
        while pieces.len() > 0 {
            let mut batch = sled::Batch::default();
            for (key, piece) in pieces.by_ref().take(STAGED) {
                batch.insert(key, piece);
            }
            self.tree(name).apply_batch(batch).map_err(engine_error)?;
        }
        Ok(())
    }

    /// Removes the keys of a tree in a range, some at a time.
    pub(super) fn remove(&self, name: &'static str, keys: impl RangeBounds<Vec<u8>>) -> Result<(), StoreError> {
        let tree = self.tree(name);
        let mut left = tree.range(keys).keys();
        loop {
            let mut batch = sled::Batch::default();
            let mut any = false;
            for key in left.by_ref().take(STAGED) {
                batch.remove(key.map_err(engine_error)?);
                any = true;
            }
            if !any {
                return Ok(());
            }
            tree.apply_batch(batch).map_err(engine_error)?;
        }
    }
}

/// What is there in a tree in which nothing lies above blocks.
fn present<T>(tree: &'static str, key: &[u8], stored: Stored<T>) -> Result<T, StoreError> {
    match stored {
        Stored::Value(value) => Ok(value),
        Stored::Gone => Err(corrupted(tree, key, "it is not what the tree holds")),
    }
}

/// The key of a revision: big-endian, so that keys sort as revisions do.
pub(super) fn revision_key(revision: Revision) -> [u8; 8] {
    revision.to_be_bytes()
}
