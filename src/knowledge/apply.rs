//! What an entry of the change log makes of a state: a pure function, so that replaying the log gives the same state
//! anywhere. Nothing here asks the clock, the disk or a random number.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use super::validate;
use crate::model::change::{Change, Commit, Entry, Revision, Versioned};
use crate::model::citation::Document;
use crate::model::decision::{Decision, DecisionId};
use crate::model::entity::Entity;
use crate::model::id::{DocumentId, EntityId, RelationshipId};
use crate::model::relationship::Relationship;
use crate::model::state::State;
use crate::model::violation::{Violation, Violations};
use crate::store::Write;

/// The state after an entry, and what changed in it, sorted by kind and id.
///
/// A value that equals the one that is there keeps its revision and is not written. Where nothing is written, the
/// entry changes nothing and needs no place in the log.
///
/// **Complexity**: *O(s + c log s)* for a state of *s* values and an entry of *c* changes.
///
/// # Errors
/// All that is wrong with the entry: it does not follow the state, a change is not possible, or the state that it
/// would make breaks a rule of the whole graph.
pub fn apply(state: &State, entry: &Entry) -> Result<(State, Vec<Write>), Violations> {
    let mut violations = Violations::default();
    if entry.revision != state.revision() + 1 || entry.previous != state.head() {
        violations.push(Violation::new(
            format!("entry {} does not follow revision {}", entry.revision, state.revision()),
            "apply the entries of one log in their order",
        ));
    }
    violations.keep(entry.set.check());
    let (plan, header) = thread::scope(|scope| {
        let header = scope.spawn(|| entry.header());
        let mut plan = Plan::default();
        plan.add(state, entry, &mut violations);
        (plan, header.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    let next = plan.made_of(state, state.commits.iter().cloned().chain([Arc::new(header)]).collect());
    validate::set(state, &next, &entry.set, &mut violations);
    violations.into_result()?;
    Ok((next, plan.writes()))
}

/// Entries that were applied before, applied again: what they say is known to be right, and is not checked.
pub(super) struct Replay<'s> {
    start: &'s State,
    plan: Plan,
}

impl<'s> Replay<'s> {
    /// Goes on from a state.
    pub(super) fn from(start: &'s State) -> Self {
        Self { start, plan: Plan::default() }
    }

    /// Takes in the entry that follows. *O(c log s)* for an entry of *c* changes and a state of *s* values.
    pub(super) fn add(&mut self, entry: &Entry) {
        self.plan.add(self.start, entry, &mut Violations::default());
    }

    /// The state after all of them, whose change log is `commits`. *O(s)*.
    pub(super) fn finish(self, commits: Vec<Arc<Commit>>) -> State {
        self.plan.made_of(self.start, commits)
    }
}

/// The new value of an id, `None` where it is removed.
type Edits<I, T> = BTreeMap<I, Option<Arc<Versioned<T>>>>;

/// What an entry, or some that follow each other, change: only values that differ from those before them.
#[derive(Default)]
struct Plan {
    documents: Edits<DocumentId, Document>,
    entities: Edits<EntityId, Entity>,
    relationships: Edits<RelationshipId, Relationship>,
    decisions: Edits<DecisionId, Decision>,
}

impl Plan {
    /// Adds what the next entry changes.
    fn add(&mut self, state: &State, entry: &Entry, violations: &mut Violations) {
        let mut seen: BTreeMap<(&str, bool), usize> = BTreeMap::new();
        for (position, change) in entry.set.changes.iter().enumerate() {
            let origin = entry.set.origin(position);
            // A document and an entity with one id are told apart here: that they share it is a violation of its own.
            let is_document = matches!(change, Change::UpsertDocument(_) | Change::DeleteDocument(_));
            if let Some(first) = seen.insert((change.subject(), is_document), position) {
                violations.push(
                    Violation::new(
                        format!("changes {} and {} of the set both alter it", first + 1, position + 1),
                        "alter each thing once in a set",
                    )
                    .about(change.subject())
                    .at(origin),
                );
            }
            let refused = match change {
                Change::UpsertDocument(new) => {
                    upsert(&mut self.documents, state.document(new.id.as_str()), &new.id, new, entry.revision)
                }
                Change::UpsertEntity(new) => {
                    upsert(&mut self.entities, state.entity(new.id.as_str()), &new.id, new, entry.revision)
                }
                Change::UpsertRelationship(new) => {
                    let old = state.relationship(new.id().as_str());
                    upsert(&mut self.relationships, old, new.id(), new, entry.revision)
                }
                Change::DeleteDocument(id) => delete(&mut self.documents, state.document(id.as_str()), id),
                Change::DeleteEntity(id) => delete(&mut self.entities, state.entity(id.as_str()), id),
                Change::DeleteRelationship(id) => delete(&mut self.relationships, state.relationship(id.as_str()), id),
                Change::Decide(new) => {
                    let old = state.decision(new.id().as_str());
                    upsert(&mut self.decisions, old, new.id(), new, entry.revision)
                }
                Change::Withdraw(id) => delete(&mut self.decisions, state.decision(id.as_str()), id),
            };
            if let Err(violation) = refused {
                violations.push(violation.about(change.subject()).at(origin));
            }
        }
    }

    /// The state that the changes make of the one before them, with this change log.
    fn made_of(&self, state: &State, commits: Vec<Arc<Commit>>) -> State {
        State {
            documents: edited(&state.documents, &self.documents, |document| &document.id),
            entities: edited(&state.entities, &self.entities, |entity| &entity.id),
            relationships: edited(&state.relationships, &self.relationships, |relationship| relationship.id()),
            decisions: edited(&state.decisions, &self.decisions, |decision| decision.id()),
            commits,
        }
    }

    fn writes(self) -> Vec<Write> {
        let documents = self.documents.into_iter().map(|(id, new)| match new {
            Some(document) => Write::PutDocument(document),
            None => Write::DeleteDocument(id),
        });
        let entities = self.entities.into_iter().map(|(id, new)| match new {
            Some(entity) => Write::PutEntity(entity),
            None => Write::DeleteEntity(id),
        });
        let relationships = self.relationships.into_iter().map(|(id, new)| match new {
            Some(relationship) => Write::PutRelationship(relationship),
            None => Write::DeleteRelationship(id),
        });
        let decisions = self.decisions.into_iter().map(|(id, new)| match new {
            Some(decision) => Write::PutDecision(decision),
            None => Write::DeleteDecision(id),
        });
        documents.chain(entities).chain(relationships).chain(decisions).collect()
    }
}

fn upsert<I: Ord + Clone, T: PartialEq + Clone>(
    edits: &mut Edits<I, T>,
    old: Option<&Arc<Versioned<T>>>,
    id: &I,
    new: &T,
    revision: Revision,
) -> Result<(), Violation> {
    let old = edits.get(id).map_or(old, Option::as_ref);
    if old.is_none_or(|old| old.value != *new) {
        edits.insert(id.clone(), Some(Arc::new(Versioned { revision, value: new.clone() })));
    }
    Ok(())
}

fn delete<I: Ord + Clone, T>(
    edits: &mut Edits<I, T>,
    old: Option<&Arc<Versioned<T>>>,
    id: &I,
) -> Result<(), Violation> {
    if edits.get(id).map_or(old, Option::as_ref).is_none() {
        return Err(Violation::new("it cannot be deleted, it does not exist", "check its id, or leave the change out"));
    }
    edits.insert(id.clone(), None);
    Ok(())
}

/// A sorted list with edits made to it, sorted.
fn edited<I: Ord, T>(list: &[Arc<Versioned<T>>], edits: &Edits<I, T>, id: impl Fn(&T) -> &I) -> Vec<Arc<Versioned<T>>> {
    let mut result = Vec::with_capacity(list.len() + edits.len());
    let mut old = list.iter().peekable();
    for (edited, new) in edits {
        while let Some(value) = old.next_if(|value| id(&value.value) < edited) {
            result.push(value.clone());
        }
        old.next_if(|value| id(&value.value).cmp(edited) == Ordering::Equal);
        result.extend(new.clone());
    }
    result.extend(old.cloned());
    result
}
