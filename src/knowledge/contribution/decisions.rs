//! The decisions of a contribution beside those that are there, and those that go with the entities they name.

use std::collections::{BTreeSet, HashSet};

use super::entities::Kinds;
use super::identity::Identities;
use super::{Fate, Outcome, Proposal, refuse};
use crate::import::Said;
use crate::model::change::Change;
use crate::model::decision::{Decision, DecisionRecord};
use crate::model::id::EntityId;
use crate::model::state::State;
use crate::model::violation::Violation;

/// Proposes the decisions that nobody made here. What is decided here already stays, and a note says so, unless the
/// contribution's own takes its place.
pub(super) fn propose(
    state: &State,
    said: Vec<Said<Decision>>,
    replaces: impl Fn(&Decision) -> bool,
    identities: &Identities,
    kinds: &Kinds,
    proposal: &mut Proposal,
) {
    let mut proposed = HashSet::new();
    for said in said {
        let mut record: DecisionRecord = said.value.clone().into();
        let keep = record.keep.as_ref().map(|keep| identities.id(keep).clone());
        (record.one, record.other) = (identities.id(&record.one).clone(), identities.id(&record.other).clone());
        record.keep = keep;
        let subject = said.value.id().as_str();
        let note = |problem: &str| Violation::new(problem, "it is left out").about(subject).at(Some(&said.origin));
        if record.one == record.other {
            proposal.notes.push(note("the two are one entity here"));
            continue;
        }
        let is_known = |id: &EntityId| kinds.contains_key(id) || state.entity(id.as_str()).is_some();
        if let Some(unknown) = [&record.one, &record.other].into_iter().find(|id| !is_known(id)) {
            let problem = format!("no entity has the id \"{unknown}\"");
            refuse(proposal, &said, Violation::new(problem, "add the entity to the files, or correct the id"), subject);
            continue;
        }
        match Decision::new(record) {
            Ok(new) => match state.decision(new.id().as_str()) {
                Some(old) if old.value == new => {
                    proposal.tell(&[said.origin], Outcome::Unchanged);
                    proposal.unchanged += 1;
                }
                Some(old) if replaces(&old.value) => {
                    proposal.tell(std::slice::from_ref(&said.origin), Outcome::Taken);
                    proposal.push(Change::Decide(new), Some(said.origin), Fate::Changed);
                }
                Some(_) => proposal.notes.push(note("it is decided here already, by others or otherwise")),
                None if proposed.insert(new.id().clone()) => {
                    proposal.tell(std::slice::from_ref(&said.origin), Outcome::Taken);
                    proposal.push(Change::Decide(new), Some(said.origin), Fate::New);
                }
                None => proposal.notes.push(note("another decision is about the same two here")),
            },
            Err(violations) => violations.0.into_iter().for_each(|violation| {
                refuse(proposal, &said, violation, subject);
            }),
        }
    }
}

/// Proposes that the decisions about entities that go, go with them.
pub(super) fn withdraw(state: &State, proposal: &mut Proposal) {
    let gone = deleted(&proposal.changes);
    let altered: HashSet<&str> = proposal.changes.iter().map(Change::subject).collect();
    let concerned =
        |decision: &&Decision| gone.contains(decision.one.as_str()) || gone.contains(decision.other.as_str());
    let decisions = state.decisions.iter().map(|decision| &decision.value).filter(concerned);
    let left = decisions.filter(|decision| !altered.contains(decision.id().as_str()));
    let withdrawn: Vec<_> = left.map(|decision| decision.id().clone()).collect();
    for id in withdrawn {
        proposal.push(Change::Withdraw(id), None, Fate::Withdrawn);
    }
}

/// The ids of the entities that changes delete.
pub(in crate::knowledge) fn deleted(changes: &[Change]) -> BTreeSet<&str> {
    changes.iter().filter(|change| matches!(change, Change::DeleteEntity(_))).map(Change::subject).collect()
}
