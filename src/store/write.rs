//! What a change of the store puts and removes, as the records that hold it, and the one transaction that does it.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize};
use sled::Transactional;
use sled::transaction::{ConflictableTransactionError, TransactionError};

use super::engine::engine_error;
use super::error::StoreError;
use super::format::{cut, gone, packed, piece_key, pieces, plain};
use super::tree::{
    COMMITS, DECISIONS, DOCUMENTS, ENTITIES, HEAD, LOG, META, OPERATIONS, RELATIONSHIPS, Trees, revision_key,
};
use crate::model::change::{Commit, Entry, Hash, Revision, Versioned};
use crate::model::citation::Document;
use crate::model::decision::{Decision, DecisionId};
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
    /// Adds a decision or takes the place of the one with its id.
    PutDecision(Arc<Versioned<Decision>>),
    /// Removes a document.
    DeleteDocument(DocumentId),
    /// Removes an entity.
    DeleteEntity(EntityId),
    /// Removes a relationship.
    DeleteRelationship(RelationshipId),
    /// Removes a decision.
    DeleteDecision(DecisionId),
}

/// The applied revision, and where its values are; written in the same transaction as what it applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) revision: Revision,
    pub(super) hash: Hash,
    /// The blocks below the records; `None` where there are only records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) base: Option<Base>,
    /// How many records were written since the base; 0 also where nobody counted.
    #[serde(default)]
    pub(super) above: u64,
}

/// Which blocks hold all values of a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Base {
    pub(super) revision: Revision,
    /// How many blocks each of the [`SECTIONS`](super::blocks::SECTIONS) has; a base of format 2 has none of decisions.
    #[serde(deserialize_with = "sections")]
    pub(super) blocks: [u32; 4],
}

/// The numbers of blocks, of which those of the last sections may be left out.
fn sections<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u32; 4], D::Error> {
    let mut given = Vec::<u32>::deserialize(deserializer)?;
    if given.len() == 3 {
        given.push(0);
    }
    let count = given.len();
    given.try_into().map_err(|_| serde::de::Error::invalid_length(count, &"3 or 4 numbers of blocks"))
}

/// A record to be put, or removed where there is none.
pub(super) struct Record {
    tree: usize,
    key: Vec<u8>,
    record: Option<Vec<u8>>,
}

impl Record {
    fn put<T: Serialize>(tree: &'static str, key: &[u8], value: &T) -> Self {
        Self { tree: Trees::position(tree), key: key.to_owned(), record: Some(plain(tree, key, value)) }
    }

    /// Above a base what goes must be said to be gone.
    fn delete(tree: &'static str, key: &str, base: Option<Base>) -> Self {
        let key = key.as_bytes();
        Self { tree: Trees::position(tree), key: key.to_owned(), record: base.map(|_| gone(tree, key)) }
    }
}

/// The record of an entry of the log.
pub(super) fn log_record(entry: &Entry) -> Vec<u8> {
    packed(LOG, &revision_key(entry.revision), entry)
}

/// What makes a revision count: its header, its operation id and the head.
pub(super) fn acknowledgement(commit: &Commit, head: &Head) -> Vec<Record> {
    vec![
        Record::put(COMMITS, &revision_key(commit.revision), commit),
        Record::put(OPERATIONS, commit.operation.as_str().as_bytes(), &commit.revision),
        Record::put(META, HEAD, head),
    ]
}

/// All that an entry puts and removes, as records of their own. Made before the transaction, which must not be kept
/// waiting.
pub(super) fn records(entry: &Entry, writes: &[Write], base: Option<Base>) -> Vec<Record> {
    let key = revision_key(entry.revision).to_vec();
    let log = Record { tree: Trees::position(LOG), key, record: Some(log_record(entry)) };
    let data = writes.iter().map(|write| match write {
        Write::PutDocument(document) => Record::put(DOCUMENTS, document.id.as_str().as_bytes(), document),
        Write::PutEntity(entity) => Record::put(ENTITIES, entity.id.as_str().as_bytes(), entity),
        Write::PutRelationship(relationship) => {
            Record::put(RELATIONSHIPS, relationship.id().as_str().as_bytes(), relationship)
        }
        Write::PutDecision(decision) => Record::put(DECISIONS, decision.id().as_str().as_bytes(), decision),
        Write::DeleteDocument(id) => Record::delete(DOCUMENTS, id.as_str(), base),
        Write::DeleteEntity(id) => Record::delete(ENTITIES, id.as_str(), base),
        Write::DeleteRelationship(id) => Record::delete(RELATIONSHIPS, id.as_str(), base),
        Write::DeleteDecision(id) => Record::delete(DECISIONS, id.as_str(), base),
    });
    std::iter::once(log).chain(data).collect()
}

/// Puts and removes all records in one transaction over all trees, or none of them.
pub(super) fn commit(trees: &Trees, records: &[Record]) -> Result<(), StoreError> {
    let trees = trees.all();
    let outcome = trees.as_slice().transaction(|trees| {
        for record in records {
            let tree = &trees[record.tree];
            let kept = record.record.as_ref().map_or(0, |record| pieces(record));
            let old = tree.get(piece_key(&record.key, 0))?.map_or(0, |first| pieces(&first));
            for surplus in kept..old {
                tree.remove(piece_key(&record.key, surplus))?;
            }
            for (key, piece) in record.record.iter().flat_map(|whole| cut(&record.key, whole)) {
                tree.insert(key, piece)?;
            }
        }
        Ok::<(), ConflictableTransactionError<std::convert::Infallible>>(())
    });
    outcome.map_err(|error| match error {
        TransactionError::Storage(error) => engine_error(error),
        TransactionError::Abort(never) => match never {},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_of_format_2_has_no_blocks_of_decisions() {
        let head = |blocks: &str| {
            let hash = "0".repeat(64);
            let json =
                format!(r#"{{"revision":7,"hash":"{hash}","base":{{"revision":5,"blocks":{blocks}}},"above":2}}"#);
            serde_json::from_str::<Head>(&json).map(|head| head.base.map(|base| base.blocks))
        };
        assert_eq!(head("[1,20,300]").unwrap(), Some([1, 20, 300, 0]));
        assert_eq!(head("[1,20,300,4]").unwrap(), Some([1, 20, 300, 4]));
        assert!(head("[1,20]").is_err() && head("[1,20,300,4,5]").is_err());
    }
}
