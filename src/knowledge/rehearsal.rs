//! What a set of changes would do, without doing it.

use super::{ApplyError, KnowledgeGraph, Snapshot, apply};
use crate::model::change::{Change, ChangeSet, Entry, Hash, Versioned};
use crate::model::state::State;

/// How many of the changes of a set would do what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Would add what is not there.
    pub added: usize,
    /// Would take the place of what is there.
    pub changed: usize,
    /// Would remove what is there.
    pub removed: usize,
    /// Ask for what is there, or remove what is not.
    pub unchanged: usize,
}

impl KnowledgeGraph {
    /// What applying a set now would do, and whether it would be refused. Nothing is written.
    ///
    /// # Errors
    /// The set breaks a rule.
    pub fn rehearse(&self, set: ChangeSet) -> Result<Differences, ApplyError> {
        let current = self.snapshot();
        let state = current.stored();
        let entry = Entry { revision: state.revision() + 1, previous: state.head(), set };
        apply(state, &entry)?;
        Ok(differences(state, &entry.set))
    }
}

/// What a set makes of nothing, without a store.
///
/// # Errors
/// The set breaks a rule.
pub fn snapshot_of(set: ChangeSet) -> Result<Snapshot, ApplyError> {
    let entry = Entry { revision: 1, previous: Hash::ZERO, set };
    Ok(Snapshot::build(apply(&State::default(), &entry)?.0))
}

fn differences(state: &State, set: &ChangeSet) -> Differences {
    let mut differences = Differences::default();
    for change in &set.changes {
        let counter = match change {
            Change::UpsertDocument(document) => {
                upsert(&mut differences, state.document(document.id.as_str()), document)
            }
            Change::UpsertEntity(entity) => upsert(&mut differences, state.entity(entity.id.as_str()), entity),
            Change::UpsertRelationship(relationship) => {
                upsert(&mut differences, state.relationship(relationship.id().as_str()), relationship)
            }
            Change::DeleteDocument(id) => removal(&mut differences, state.document(id.as_str()).is_some()),
            Change::DeleteEntity(id) => removal(&mut differences, state.entity(id.as_str()).is_some()),
            Change::DeleteRelationship(id) => removal(&mut differences, state.relationship(id.as_str()).is_some()),
            Change::Decide(decision) => upsert(&mut differences, state.decision(decision.id().as_str()), decision),
            Change::Withdraw(id) => removal(&mut differences, state.decision(id.as_str()).is_some()),
        };
        *counter += 1;
    }
    differences
}

fn upsert<'d, T: PartialEq>(
    differences: &'d mut Differences,
    there: Option<&std::sync::Arc<Versioned<T>>>,
    wanted: &T,
) -> &'d mut usize {
    match there {
        None => &mut differences.added,
        Some(there) if there.value == *wanted => &mut differences.unchanged,
        Some(_) => &mut differences.changed,
    }
}

fn removal(differences: &mut Differences, is_there: bool) -> &mut usize {
    if is_there { &mut differences.removed } else { &mut differences.unchanged }
}
