//! The base: all values of one revision in compressed blocks, below the records of the revisions after it.
//!
//! A record of its own for each of a million values costs the engine a key, a page's share and a place in one great
//! transaction. A set that changes many values is stored as a new base instead: the lists of the state that it makes,
//! some hundred values to a block, each block a record like any other. The blocks are written before the transaction
//! that makes them count; until then nothing names them.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::StoreError;
use super::format::{Stored, corrupted, decode, packed};
use super::parallel;
use super::tree::{BLOCKS, DECISIONS, DOCUMENTS, ENTITIES, RELATIONSHIPS, Trees};
use super::write::Base;
use crate::model::change::{Revision, Versioned};
use crate::model::state::State;

/// How many values are in a block; the last of a list may have fewer.
const VALUES: usize = 512;

/// The trees whose values are kept in blocks, in the order of [`Base::blocks`].
pub(super) const SECTIONS: [&str; 4] = [DOCUMENTS, ENTITIES, RELATIONSHIPS, DECISIONS];

/// The place of a tree in [`SECTIONS`].
pub(super) fn section(tree: &'static str) -> usize {
    SECTIONS.iter().position(|known| *known == tree).expect("only values are kept in blocks")
}

/// The first key of a base; those of all its blocks begin with it.
pub(super) fn base_key(revision: Revision) -> [u8; 8] {
    revision.to_be_bytes()
}

fn section_key(revision: Revision, section: usize) -> Vec<u8> {
    [&base_key(revision)[..], &[section as u8]].concat()
}

fn block_key(revision: Revision, section: usize, number: usize) -> Vec<u8> {
    [&section_key(revision, section)[..], &(number as u32).to_be_bytes()].concat()
}

/// Writes the blocks of a state. Nothing names them yet.
pub(super) fn write(trees: &Trees, state: &State) -> Result<Base, StoreError> {
    let revision = state.revision();
    let blocks = [
        write_list(trees, revision, section(DOCUMENTS), &state.documents)?,
        write_list(trees, revision, section(ENTITIES), &state.entities)?,
        write_list(trees, revision, section(RELATIONSHIPS), &state.relationships)?,
        write_list(trees, revision, section(DECISIONS), &state.decisions)?,
    ];
    Ok(Base { revision, blocks })
}

fn write_list<T: Serialize + Send + Sync>(
    trees: &Trees,
    revision: Revision,
    section: usize,
    list: &[Arc<Versioned<T>>],
) -> Result<u32, StoreError> {
    let blocks: Vec<_> = list.chunks(VALUES).enumerate().collect();
    for some in blocks.chunks(8 * parallel::width()) {
        let packing = parallel::each(some.iter().map(Ok), |&(number, values)| {
            let key = block_key(revision, section, number);
            Ok((packed(BLOCKS, &key, &values), key))
        });
        for (record, key) in packing? {
            trees.stage(BLOCKS, &key, &record)?;
        }
    }
    Ok(blocks.len() as u32)
}

/// The values of one tree as the base has them, in the order of their ids.
pub(super) fn read<T: DeserializeOwned + Send + Sync>(
    trees: &Trees,
    base: &Base,
    tree: &'static str,
    id: fn(&T) -> &str,
) -> Result<Vec<Arc<Versioned<T>>>, StoreError> {
    let section = section(tree);
    let records = trees.records_from(BLOCKS, &section_key(base.revision, section));
    let mut blocks = parallel::each(records, |(key, record)| {
        let values = decode::<Vec<Arc<Versioned<T>>>>(BLOCKS, &key, &record)?;
        match values {
            Stored::Value(values) => Ok((key, values)),
            Stored::Gone => Err(corrupted(BLOCKS, &key, "it is not what the tree holds")),
        }
    })?;
    for number in 0..(base.blocks[section] as usize).max(blocks.len()) {
        let key = block_key(base.revision, section, number);
        match blocks.get(number) {
            Some((found, _)) if *found == key && number < base.blocks[section] as usize => {}
            Some(_) | None => return Err(corrupted(BLOCKS, &key, "it is missing, or one too many")),
        }
    }
    let mut values = Vec::with_capacity(blocks.len() * VALUES);
    for (key, block) in &mut blocks {
        values.append(block);
        let rest = values.len().saturating_sub(VALUES + 1);
        if !values[rest..].is_sorted_by(|one: &Arc<Versioned<T>>, next| id(&one.value) < id(&next.value)) {
            return Err(corrupted(BLOCKS, key, "its values are not in order"));
        }
    }
    Ok(values)
}
