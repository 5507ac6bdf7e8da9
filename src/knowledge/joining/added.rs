//! Which of the organizations that a contribution adds may be ones that are there already: decisions for what is
//! certain, open questions for what is doubtful.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::panic::resume_unwind;
use std::thread;

use jiff::Timestamp;

use super::{Certain, QUESTIONS, because, decision, is_body, is_certain, ror};
use crate::knowledge::Snapshot;
use crate::knowledge::contribution::{Fate, Proposal, deleted};
use crate::matching::{Candidate, MEDIUM, Matcher, Question};
use crate::model::change::Change;
use crate::model::decision::{Decision, DecisionId, DecisionRecord, Verdict};
use crate::model::entity::Entity;
use crate::model::relationship::RelationshipKind;
use crate::model::state::State;

/// Adds to a proposal what the matcher finds about each organization that it adds: that it is the same as one of the
/// snapshot, or that somebody should look. Those that are doubtful are asked about, up to three each.
///
/// Only organizations are compared, only with those that the snapshot has and the proposal does not delete, and never two
/// of which ROR has a record each.
/// A pair about which there is a decision is left alone.
///
/// **Complexity**: one question to the matcher for each organization added, on all cores.
pub fn match_added(snapshot: &Snapshot, proposal: &mut Proposal, certain: Certain, by: &str, at: Timestamp) {
    let mut added: Vec<&Entity> = Vec::new();
    for (change, fate) in proposal.changes.iter().zip(&proposal.fates) {
        if let Change::UpsertEntity(entity) = change
            && *fate == Fate::New
            && is_body(entity)
        {
            added.push(entity);
        }
    }
    if added.is_empty() {
        return;
    }
    let state = snapshot.state();
    let parents = parents(state, proposal, &added);
    let (decided, deleted) = (decided(proposal), deleted(&proposal.changes));
    let matching = Matching { matcher: snapshot.matcher(), state, parents, decided, deleted, certain, by, at };
    let width = thread::available_parallelism().map_or(1, std::num::NonZero::get).min(added.len());
    let found: Vec<Decision> = thread::scope(|scope| {
        let parts = added.chunks(added.len().div_ceil(width));
        let running: Vec<_> =
            parts.map(|part| scope.spawn(|| part.iter().flat_map(|entity| matching.about(entity)).collect())).collect();
        let joined = running.into_iter().map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)));
        joined.flat_map(|part: Vec<Decision>| part).collect()
    });
    for decision in found {
        proposal.push(Change::Decide(decision), None, Fate::Matched);
    }
}

struct Matching<'a> {
    matcher: &'a Matcher,
    state: &'a State,
    parents: HashMap<&'a str, String>,
    decided: HashSet<DecisionId>,
    deleted: BTreeSet<&'a str>,
    certain: Certain,
    by: &'a str,
    at: Timestamp,
}

impl Matching<'_> {
    fn about(&self, entity: &Entity) -> Vec<Decision> {
        let parent = self.parents.get(entity.id.as_str()).cloned();
        let question = Question { parent, ..Question::about(entity) };
        let mut accept = |position: usize| {
            let other = &self.state.entities[position];
            is_body(other) && !self.deleted.contains(other.id.as_str()) && !told_apart(entity, other)
        };
        let found = self.matcher.candidates(&question, QUESTIONS, &mut accept);
        if let Some(first) = found.first().filter(|first| {
            self.certain == Certain::Merged
                && is_certain(first.score, first, entity, &self.state.entities[first.position], false)
        }) {
            return self.decision(entity, first, Verdict::Same).into_iter().collect();
        }
        let doubtful = found.iter().filter(|candidate| candidate.score >= MEDIUM);
        doubtful.filter_map(|candidate| self.decision(entity, candidate, Verdict::Unsure)).collect()
    }

    /// What is decided of an entity and a candidate; `None` where it is decided already.
    fn decision(&self, entity: &Entity, candidate: &Candidate, verdict: Verdict) -> Option<Decision> {
        let there = &self.state.entities[candidate.position].id;
        let id = DecisionId::of(&entity.id, there);
        if self.decided.contains(&id) || self.state.decision(id.as_str()).is_some() {
            return None;
        }
        let record = DecisionRecord {
            one: entity.id.clone(),
            other: there.clone(),
            verdict,
            keep: (verdict == Verdict::Same).then(|| there.clone()),
            by: self.by.to_owned(),
            at: self.at,
            reason: because(candidate, there),
            score: Some((candidate.score * 1e4).round() / 1e4),
        };
        Some(decision(record))
    }
}

/// Whether ROR has a record of each.
fn told_apart(one: &Entity, other: &Entity) -> bool {
    ror(one).is_some() && ror(other).is_some()
}

/// The name of the body that each of the entities added is a part of, where it is a part of one.
fn parents<'a>(state: &State, proposal: &'a Proposal, added: &[&'a Entity]) -> HashMap<&'a str, String> {
    let names: HashMap<&str, &str> = added.iter().map(|entity| (entity.id.as_str(), entity.name.as_str())).collect();
    let mut parents = HashMap::new();
    for change in &proposal.changes {
        if let Change::UpsertRelationship(relationship) = change
            && matches!(relationship.kind, RelationshipKind::PartOf | RelationshipKind::AffiliatedWith)
        {
            let whole = relationship.target.as_str();
            let known = || state.entity(whole).map(|entity| entity.name.clone());
            let name = names.get(whole).map(|name| (*name).to_owned()).or_else(known);
            parents.extend(name.map(|name| (relationship.source.as_str(), name)));
        }
    }
    parents
}

fn decided(proposal: &Proposal) -> HashSet<DecisionId> {
    let mut decided = HashSet::new();
    for change in &proposal.changes {
        if let Change::Decide(decision) = change {
            decided.insert(decision.id().clone());
        }
    }
    decided
}
