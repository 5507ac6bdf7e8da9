//! Records that a registry withdrew in favor of others: their ids lead to those, by decisions in the registry's name.

use std::collections::{BTreeMap, HashSet};

use super::identity::Identities;
use super::{Extent, Fate, Ours, Proposal};
use crate::import::{Retired, Said};
use crate::model::change::{Change, Versioned};
use crate::model::decision::{Decision, DecisionId, DecisionRecord, Verdict};
use crate::model::entity::Entity;
use crate::model::id::EntityId;
use crate::model::identifier::Identifier;
use crate::model::state::State;
use crate::model::violation::Violation;

/// Those whose heirs are known here; of the others a note is made.
pub(super) fn with_heirs(
    (state, ours): (&State, &Ours),
    retired: Vec<Said<Retired>>,
    entities: &[Said<Entity>],
    (identities, references): (&Identities, &BTreeMap<EntityId, Identifier>),
    proposal: &mut Proposal,
) -> Vec<Said<Retired>> {
    let said: HashSet<&EntityId> = entities.iter().map(|said| &said.value.id).collect();
    let (known, unknown): (Vec<_>, Vec<_>) = retired.into_iter().partition(|said_one| {
        let heir = &said_one.value.heir;
        let there = || state.entity(identities.id(heir).as_str());
        let stays = |entity: &Versioned<Entity>| entity.citations.iter().any(|citation| ours.leaves(citation));
        said.contains(heir) || (references.contains_key(heir) && there().is_some_and(|entity| stays(entity)))
    });
    for said in unknown {
        let problem = format!("it was withdrawn in favor of \"{}\", which is not known here", said.value.heir);
        let note = Violation::new(problem, "it is passed over").about(&said.value.entity.id);
        proposal.notes.push(note.at(Some(&said.origin)));
    }
    known
}

/// What each of them decides: it and its heir are the same, and the heir stays, unless only the other stands under an
/// id that somebody else gave it.
pub(super) fn decisions(retired: &[Said<Retired>], registry: &str, identities: &Identities) -> Vec<Said<Decision>> {
    let decide = |said: &Said<Retired>| {
        let Retired { entity, heir, at } = &said.value;
        let (one, other) = (identities.id(&entity.id), identities.id(heir));
        let is_others = *one != entity.id && other == heir;
        let record = DecisionRecord {
            one: one.clone(),
            other: other.clone(),
            verdict: Verdict::Same,
            keep: Some(if is_others { one.clone() } else { other.clone() }),
            by: registry.to_owned(),
            at: *at,
            reason: format!("The registry withdrew the record of {} in favor of {heir}.", entity.id),
            score: None,
        };
        // One entity here: there is nothing to decide.
        Decision::new(record).ok().map(|decision| Said::new(decision, said.origin.clone()))
    };
    retired.iter().filter_map(decide).collect()
}

/// Proposes to take back what the registry decided and does not say any more: of the records that are given.
pub(super) fn withdraw(
    state: &State,
    registry: &str,
    said: &HashSet<DecisionId>,
    given: impl Fn(&EntityId) -> bool,
    extent: Extent,
    proposal: &mut Proposal,
) {
    let all = state.decisions.iter().map(|decision| &decision.value).filter(|decision| decision.by == registry);
    let over = all.filter(|decision| !said.contains(decision.id()));
    let over = over.filter(|decision| extent == Extent::Whole || given(&decision.one) && given(&decision.other));
    let ids: Vec<DecisionId> = over.map(|decision| decision.id().clone()).collect();
    ids.into_iter().for_each(|id| proposal.push(Change::Withdraw(id), None, Fate::Withdrawn));
}
