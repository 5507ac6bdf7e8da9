//! The relationships of a contribution beside those that are there.

use std::collections::HashSet;

use super::cycles;
use super::entities::Settled;
use super::identity::Identities;
use super::{Fate, Ours, Proposal, refuse};
use crate::import::Said;
use crate::model::change::Change;
use crate::model::entity::EntityKind;
use crate::model::id::{EntityId, RelationshipId};
use crate::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use crate::model::state::State;
use crate::model::violation::Violation;

/// The relationships that a contribution has, and whom they name.
#[derive(Default)]
pub(super) struct Kept {
    ids: HashSet<RelationshipId>,
    pub(super) ends: HashSet<EntityId>,
}

/// Proposes what the contribution's relationships change, and tells which they are.
pub(super) fn propose(
    state: &State,
    ours: &Ours,
    said: Vec<Said<Relationship>>,
    identities: &Identities,
    settled: &Settled,
    proposal: &mut Proposal,
) -> Kept {
    let context = Context { state, ours, identities, settled };
    let mut list: Vec<Said<Relationship>> = Vec::with_capacity(said.len());
    let mut oriented: HashSet<RelationshipId> = HashSet::new();
    for mut one in said {
        match context.placed(&one.value, &mut oriented) {
            Ok(None) => list.push(one),
            Ok(Some(placed)) => {
                one.value = placed;
                list.push(one);
            }
            Err(violations) => {
                let subject = one.value.id().clone();
                violations.into_iter().for_each(|violation| refuse(proposal, &one, violation, subject.as_str()));
            }
        }
    }
    list.sort_by(|one, other| one.value.id().cmp(other.value.id()));
    let list = merged(list, proposal);
    let part_of = list.iter().map(|said| &said.value).filter(|value| value.kind == RelationshipKind::PartOf);
    let cyclic = cycles::closing(part_of, context.part_of_there());
    let mut kept = Kept::default();
    for said in list {
        if cyclic.contains(said.value.id()) {
            let problem = format!(
                "\"{}\" is itself a part of \"{}\", directly or through others",
                said.value.target, said.value.source
            );
            let violation = Violation::new(problem, "remove one link of the circle").of("target");
            refuse(proposal, &said, violation, said.value.id().as_str());
            continue;
        }
        kept.ids.insert(said.value.id().clone());
        kept.ends.extend([&said.value.source, &said.value.target].into_iter().chain(&said.value.on_behalf_of).cloned());
        context.propose_one(said, proposal);
    }
    kept
}

/// What is said twice becomes one with the citations of both; the list is sorted by id.
fn merged(list: Vec<Said<Relationship>>, proposal: &mut Proposal) -> Vec<Said<Relationship>> {
    let mut result: Vec<Said<Relationship>> = Vec::with_capacity(list.len());
    for said in list {
        let Some(last) = result.last_mut().filter(|last| last.value.id() == said.value.id()) else {
            result.push(said);
            continue;
        };
        let mut record: RelationshipRecord = last.value.clone().into();
        record.citations.extend(said.value.citations.iter().cloned());
        match Relationship::new(record) {
            Ok(both) => last.value = both,
            Err(violations) => violations.0.into_iter().for_each(|violation| refuse(proposal, &said, violation, "")),
        }
    }
    result
}

struct Context<'a> {
    state: &'a State,
    ours: &'a Ours,
    identities: &'a Identities,
    settled: &'a Settled,
}

impl Context<'_> {
    /// The relationship between the ids at which its ends stand; `None` where it is so already.
    fn placed(
        &self,
        value: &Relationship,
        oriented: &mut HashSet<RelationshipId>,
    ) -> Result<Option<Relationship>, Vec<Violation>> {
        let source = self.identities.id(&value.source);
        let target = self.identities.id(&value.target);
        let behalf = value.on_behalf_of.as_ref().map(|id| self.identities.id(id));
        let mut violations = Vec::new();
        let mut kind = |field: &'static str, id: &EntityId| {
            let found = self.kind(id);
            if found.is_none() {
                let problem = format!("no entity has the id \"{id}\"");
                violations.push(Violation::new(problem, "add the entity to the files, or correct the id").of(field));
            }
            found
        };
        let kinds = (kind("source", source), kind("target", target));
        if let Some(behalf) = behalf {
            kind("on_behalf_of", behalf);
        }
        if let (Some(one), Some(other)) = kinds {
            violations.extend(value.kind.check_ends((source, one), (target, other)).err());
        }
        if !violations.is_empty() {
            return Err(violations);
        }
        let is_symmetric = value.kind.spec().symmetric;
        if !is_symmetric && *source == value.source && *target == value.target && behalf == value.on_behalf_of.as_ref()
        {
            return Ok(None);
        }
        let mut record: RelationshipRecord = value.clone().into();
        (record.source, record.target, record.on_behalf_of) = (source.clone(), target.clone(), behalf.cloned());
        if is_symmetric {
            let id = record.id();
            std::mem::swap(&mut record.source, &mut record.target);
            let reverse = record.id();
            let stands_reversed = oriented.contains(&reverse) || self.state.relationship(reverse.as_str()).is_some();
            if !stands_reversed || oriented.contains(&id) {
                std::mem::swap(&mut record.source, &mut record.target);
            }
            oriented.insert(record.id());
        }
        Relationship::new(record).map(Some).map_err(|violations| violations.0)
    }

    /// The kind of an entity of the contribution, or of one that stands without it.
    fn kind(&self, id: &EntityId) -> Option<EntityKind> {
        self.settled.get(id).copied().or_else(|| {
            let old = self.state.entity(id.as_str())?;
            let others = old.citations.iter().chain(old.figures.iter().map(|figure| &figure.citation));
            others.into_iter().any(|citation| !self.ours.has(citation)).then_some(old.kind)
        })
    }

    fn propose_one(&self, said: Said<Relationship>, proposal: &mut Proposal) {
        let Said { value, origin, .. } = said;
        let Some(old) = self.state.relationship(value.id().as_str()).map(|old| &old.value) else {
            return proposal.push(Change::UpsertRelationship(value), Some(origin), Fate::New);
        };
        let others: Vec<_> = old.citations.iter().filter(|citation| !self.ours.has(citation)).cloned().collect();
        let new = if others.is_empty() {
            value
        } else {
            let mut record: RelationshipRecord = old.clone().into();
            record.citations = others.into_iter().chain(value.citations.iter().cloned()).collect();
            if record.since.is_none() && record.until.is_none() {
                (record.since, record.until) = (value.since.clone(), value.until.clone());
            }
            match Relationship::new(record) {
                Ok(new) => new,
                Err(violations) => {
                    proposal.refused.extend(violations.0.into_iter().map(|violation| violation.at(Some(&origin))));
                    return;
                }
            }
        };
        if *old == new {
            proposal.unchanged += 1;
        } else {
            proposal.push(Change::UpsertRelationship(new), Some(origin), Fate::Changed);
        }
    }

    /// What is part of what, as others than the contribution's documents have it.
    fn part_of_there(&self) -> impl Iterator<Item = &Relationship> {
        let all = self.state.relationships.iter().map(|relationship| &relationship.value);
        all.filter(|relationship| relationship.kind == RelationshipKind::PartOf)
            .filter(|relationship| relationship.citations.iter().any(|citation| !self.ours.has(citation)))
    }
}

/// Proposes what goes with the relationships that the documents no longer have; gives back those that go whole.
pub(super) fn withdraw<'s>(
    state: &'s State,
    ours: &Ours,
    kept: &Kept,
    proposal: &mut Proposal,
) -> HashSet<&'s RelationshipId> {
    let mut lost = HashSet::new();
    for relationship in state.relationships.iter().map(|relationship| &relationship.value) {
        if kept.ids.contains(relationship.id()) || !relationship.citations.iter().any(|citation| ours.has(citation)) {
            continue;
        }
        let mut record: RelationshipRecord = relationship.clone().into();
        record.citations.retain(|citation| !ours.has(citation));
        match Relationship::new(record) {
            Ok(rest) => proposal.push(Change::UpsertRelationship(rest), None, Fate::Withdrawn),
            // Without a citation it is none.
            Err(_) => {
                lost.insert(relationship.id());
                proposal.push(Change::DeleteRelationship(relationship.id().clone()), None, Fate::Withdrawn);
            }
        }
    }
    lost
}
