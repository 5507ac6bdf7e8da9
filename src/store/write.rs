//! What a change of the store puts and removes, as the records that hold it, and the one transaction that does it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sled::Transactional;
use sled::transaction::{ConflictableTransactionError, TransactionError};

use super::engine::engine_error;
use super::error::StoreError;
use super::format::{encode, piece_key, pieces};
use super::tree::{COMMITS, DOCUMENTS, ENTITIES, HEAD, LOG, META, OPERATIONS, RELATIONSHIPS, Trees, revision_key};
use crate::model::change::{Entry, Hash, Revision, Versioned};
use crate::model::citation::Document;
use crate::model::entity::Entity;
use crate::model::id::{DocumentId, EntityId, RelationshipId};
use crate::model::relationship::Relationship;

/// One record to be put or removed.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// Adds a document or takes the place of the one with its id.
    PutDocument(Arc<Versioned<Document>>),
    /// Adds an entity or takes the place of the one with its id.
    PutEntity(Arc<Versioned<Entity>>),
    /// Adds a relationship or takes the place of the one with its id.
    PutRelationship(Arc<Versioned<Relationship>>),
    /// Removes a document.
    DeleteDocument(DocumentId),
    /// Removes an entity.
    DeleteEntity(EntityId),
    /// Removes a relationship.
    DeleteRelationship(RelationshipId),
}

/// The applied revision; written in the same transaction as what it applied.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) revision: Revision,
    pub(super) hash: Hash,
}

/// A record to be put, or removed where it has no pieces.
pub(super) struct Record {
    tree: usize,
    key: Vec<u8>,
    pieces: Option<Vec<(Vec<u8>, Vec<u8>)>>,
}

impl Record {
    fn put<T: Serialize>(tree: &'static str, key: &[u8], value: &T) -> Self {
        Self { tree: Trees::position(tree), key: key.to_owned(), pieces: Some(encode(tree, key, value)) }
    }

    fn delete(tree: &'static str, key: &str) -> Self {
        Self { tree: Trees::position(tree), key: key.as_bytes().to_owned(), pieces: None }
    }
}

/// All that an entry puts and removes. Made before the transaction, which must not be kept waiting.
pub(super) fn records(entry: &Entry, writes: &[Write]) -> Vec<Record> {
    let header = entry.header();
    let key = revision_key(entry.revision);
    let log = [
        Record::put(LOG, &key, entry),
        Record::put(COMMITS, &key, &header),
        Record::put(OPERATIONS, entry.set.operation.as_str().as_bytes(), &entry.revision),
        Record::put(META, HEAD, &Head { revision: entry.revision, hash: header.hash }),
    ];
    let data = writes.iter().map(|write| match write {
        Write::PutDocument(document) => Record::put(DOCUMENTS, document.id.as_str().as_bytes(), document),
        Write::PutEntity(entity) => Record::put(ENTITIES, entity.id.as_str().as_bytes(), entity),
        Write::PutRelationship(relationship) => {
            Record::put(RELATIONSHIPS, relationship.id().as_str().as_bytes(), relationship)
        }
        Write::DeleteDocument(id) => Record::delete(DOCUMENTS, id.as_str()),
        Write::DeleteEntity(id) => Record::delete(ENTITIES, id.as_str()),
        Write::DeleteRelationship(id) => Record::delete(RELATIONSHIPS, id.as_str()),
    });
    log.into_iter().chain(data).collect()
}

/// Puts and removes all records in one transaction over all trees, or none of them.
pub(super) fn commit(trees: &Trees, records: &[Record]) -> Result<(), StoreError> {
    let trees = trees.all();
    let outcome = trees.as_slice().transaction(|trees| {
        for record in records {
            let tree = &trees[record.tree];
            let kept = record.pieces.as_ref().map_or(0, Vec::len) as u32;
            let old = tree.get(piece_key(&record.key, 0))?.map_or(0, |first| pieces(&first));
            for surplus in kept..old {
                tree.remove(piece_key(&record.key, surplus))?;
            }
            for (key, value) in record.pieces.iter().flatten() {
                tree.insert(key.as_slice(), value.as_slice())?;
            }
        }
        Ok::<(), ConflictableTransactionError<std::convert::Infallible>>(())
    });
    outcome.map_err(|error| match error {
        TransactionError::Storage(error) => engine_error(error),
        TransactionError::Abort(never) => match never {},
    })
}
