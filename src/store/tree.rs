//! The trees of the store and the keys in them.

use serde::de::DeserializeOwned;

use super::engine::engine_error;
use super::error::StoreError;
use super::format::{Assembly, corrupted, piece_key, pieces};
use crate::model::change::Revision;

/// Document id to document.
pub(super) const DOCUMENTS: &str = "documents";
/// Entity id to entity.
pub(super) const ENTITIES: &str = "entities";
/// Relationship id to relationship.
pub(super) const RELATIONSHIPS: &str = "relationships";
/// Revision to entry of the change log.
pub(super) const LOG: &str = "log";
/// Revision to the entry's header, so that the log need not be read to start.
pub(super) const COMMITS: &str = "commits";
/// Operation id to revision.
pub(super) const OPERATIONS: &str = "operations";
/// The one record [`HEAD`].
pub(super) const META: &str = "meta";

/// The key of the applied revision and its hash.
pub(super) const HEAD: &[u8] = b"head";

/// All trees, in the order of [`Trees`].
const NAMES: [&str; 7] = [DOCUMENTS, ENTITIES, RELATIONSHIPS, LOG, COMMITS, OPERATIONS, META];

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

    /// All records of a tree in the order of their keys.
    pub(super) fn read_all<T: DeserializeOwned>(&self, name: &'static str) -> Result<Vec<(Vec<u8>, T)>, StoreError> {
        let mut assembly = Assembly::new(name);
        let mut records = Vec::new();
        for piece in self.tree(name) {
            let (key, value) = piece.map_err(engine_error)?;
            records.extend(assembly.push(&key, &value)?);
        }
        records.extend(assembly.finish()?);
        Ok(records)
    }

    /// One record.
    pub(super) fn read<T: DeserializeOwned>(&self, name: &'static str, key: &[u8]) -> Result<Option<T>, StoreError> {
        let tree = self.tree(name);
        let Some(first) = tree.get(piece_key(key, 0)).map_err(engine_error)? else { return Ok(None) };
        let mut assembly = Assembly::new(name);
        assembly.push::<T>(&piece_key(key, 0), &first)?;
        for number in 1..pieces(&first) {
            let piece_key = piece_key(key, number);
            let piece = tree.get(&piece_key).map_err(engine_error)?;
            let piece = piece.ok_or_else(|| corrupted(name, key, "a piece of it is missing"))?;
            assembly.push::<T>(&piece_key, &piece)?;
        }
        Ok(assembly.finish()?.map(|(_, value)| value))
    }
}

/// The key of a revision: big-endian, so that keys sort as revisions do.
pub(super) fn revision_key(revision: Revision) -> [u8; 8] {
    revision.to_be_bytes()
}
