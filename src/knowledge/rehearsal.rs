//! What a set of changes would make, without a store.

use super::{ApplyError, Snapshot, apply};
use crate::model::change::{ChangeSet, Entry, Hash};
use crate::model::state::State;

/// What a set makes of nothing, without a store.
///
/// # Errors
/// The set breaks a rule.
pub fn snapshot_of(set: ChangeSet) -> Result<Snapshot, ApplyError> {
    let entry = Entry { revision: 1, previous: Hash::ZERO, set };
    Ok(Snapshot::build(apply(&State::default(), &entry)?.0))
}
