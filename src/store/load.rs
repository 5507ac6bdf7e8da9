//! From what lies on disk to a [`State`]: the records laid over the blocks of the base.

use std::cmp::Ordering;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::blocks;
use super::error::StoreError;
use super::format::{Keyed, Stored, corrupted, decode};
use super::parallel;
use super::tree::{COMMITS, DECISIONS, DOCUMENTS, ENTITIES, HEAD, META, RELATIONSHIPS, Trees, revision_key};
use super::write::{Base, Head};
use crate::model::change::{Commit, Hash, Revision, Versioned};
use crate::model::citation::Document;
use crate::model::decision::Decision;
use crate::model::entity::Entity;
use crate::model::relationship::Relationship;
use crate::model::state::State;

/// How many records are decoded at a time.
const AT_ONCE: usize = 512;

/// Everything that a head stands for.
pub(super) fn load(trees: &Trees, head: Head) -> Result<State, StoreError> {
    let base = head.base.as_ref();
    let state = State {
        documents: values(trees, base, DOCUMENTS, |document: &Document| document.id.as_str())?,
        entities: values(trees, base, ENTITIES, |entity: &Entity| entity.id.as_str())?,
        relationships: values(trees, base, RELATIONSHIPS, |relationship: &Relationship| relationship.id().as_str())?,
        decisions: values(trees, base, DECISIONS, |decision: &Decision| decision.id().as_str())?,
        commits: commits(trees)?,
    };
    if (head.revision, head.hash) != (state.revision(), state.head()) {
        return Err(corrupted(META, HEAD, "it is not the newest entry of the log"));
    }
    Ok(state)
}

/// The values of the base alone, without the change log; `None` where there is no base.
pub(super) fn load_base(trees: &Trees, head: Head) -> Result<Option<(Revision, State)>, StoreError> {
    let Some(base) = head.base else { return Ok(None) };
    let state = State {
        documents: blocks::read(trees, &base, DOCUMENTS, |document: &Document| document.id.as_str())?,
        entities: blocks::read(trees, &base, ENTITIES, |entity: &Entity| entity.id.as_str())?,
        relationships: blocks::read(trees, &base, RELATIONSHIPS, |relationship: &Relationship| {
            relationship.id().as_str()
        })?,
        decisions: blocks::read(trees, &base, DECISIONS, |decision: &Decision| decision.id().as_str())?,
        commits: Vec::new(),
    };
    Ok(Some((base.revision, state)))
}

fn commits(trees: &Trees) -> Result<Vec<Arc<Commit>>, StoreError> {
    let mut commits: Vec<Arc<Commit>> = Vec::new();
    for (key, commit) in trees.read_all::<Commit>(COMMITS)? {
        let revision = commits.len() as Revision + 1;
        let previous = commits.last().map_or(Hash::ZERO, |commit| commit.hash);
        if key != revision_key(revision) || commit.revision != revision || commit.previous != previous {
            return Err(corrupted(COMMITS, &key, "it does not follow the entry before"));
        }
        commits.push(Arc::new(commit));
    }
    Ok(commits)
}

/// An id, and the value that is there, or that none is.
type Laid<T> = (Vec<u8>, Stored<Arc<Versioned<T>>>);

fn values<T: DeserializeOwned + Send + Sync>(
    trees: &Trees,
    base: Option<&Base>,
    tree: &'static str,
    id: fn(&T) -> &str,
) -> Result<Vec<Arc<Versioned<T>>>, StoreError> {
    let below = base.map_or(Ok(Vec::new()), |base| blocks::read(trees, base, tree, id))?;
    let mut records = trees.records(tree);
    let some = std::iter::from_fn(|| {
        let some: Result<Vec<Keyed>, StoreError> = records.by_ref().take(AT_ONCE).collect();
        (!some.as_ref().is_ok_and(Vec::is_empty)).then_some(some)
    });
    let above = parallel::each(some, |some| some.into_iter().map(|record| laid(tree, id, record)).collect())?;
    Ok(laid_over(below, above, id))
}

fn laid<T: DeserializeOwned>(
    tree: &'static str,
    id: fn(&T) -> &str,
    (key, record): Keyed,
) -> Result<Laid<T>, StoreError> {
    let stored: Stored<Arc<Versioned<T>>> = decode(tree, &key, &record)?;
    match &stored {
        Stored::Value(value) if id(&value.value).as_bytes() != key => Err(corrupted(tree, &key, "it holds another id")),
        Stored::Value(_) | Stored::Gone => Ok((key, stored)),
    }
}

/// Two sorted lists as one; where both have an id, the record counts.
fn laid_over<T>(below: Vec<Arc<Versioned<T>>>, above: Vec<Vec<Laid<T>>>, id: fn(&T) -> &str) -> Vec<Arc<Versioned<T>>> {
    if above.is_empty() {
        return below;
    }
    let mut values = Vec::with_capacity(below.len() + above.iter().map(Vec::len).sum::<usize>());
    let mut below = below.into_iter().peekable();
    for (key, stored) in above.into_iter().flatten() {
        let order = |value: &Arc<Versioned<T>>| id(&value.value).as_bytes().cmp(&key);
        while let Some(value) = below.next_if(|value| order(value) == Ordering::Less) {
            values.push(value);
        }
        below.next_if(|value| order(value) == Ordering::Equal);
        if let Stored::Value(value) = stored {
            values.push(value);
        }
    }
    values.extend(below);
    values
}
