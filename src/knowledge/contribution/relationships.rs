//! The relationships of a contribution beside those that are there.

use std::collections::HashSet;

use super::cycles;
use super::entities::Kinds;
use super::family::Family;
use super::identity::Identities;
use super::{Fate, Ours, Outcome, Proposal, refuse};
use crate::import::Said;
use crate::model::change::Change;
use crate::model::entity::EntityKind;
use crate::model::id::{EntityId, RelationshipId};
use crate::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use crate::model::state::State;
use crate::model::violation::{Origin, Violation};

/// The relationships that a contribution has, and whom they name.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) ids: HashSet<RelationshipId>,
    pub(super) ends: HashSet<EntityId>,
    /// The ids that relationships had before others were told apart from them.
    pub(super) gone: Vec<RelationshipId>,
}

/// A relationship as it is to stand, and the records that say so.
pub(super) struct Settled {
    pub(super) value: Relationship,
    /// Empty where only others say it.
    pub(super) origins: Vec<Origin>,
}

/// Proposes what the contribution's relationships change, and tells which they are.
pub(super) fn propose(
    state: &State,
    ours: &Ours,
    said: Vec<Said<Relationship>>,
    identities: &Identities,
    kinds: &Kinds,
    proposal: &mut Proposal,
) -> Kept {
    let chosen = said.iter().map(|said| &said.value).filter(|value| value.key.is_some());
    let chosen = chosen.map(|value| value.id().clone()).collect();
    let context = Context { state, ours, identities, kinds, chosen };
    let pairs: HashSet<(&EntityId, RelationshipKind, &EntityId)> = said
        .iter()
        .map(|said| &said.value)
        .filter(|value| value.kind.spec().symmetric)
        .map(|value| (identities.id(&value.source), value.kind, identities.id(&value.target)))
        .collect();
    let mut list: Vec<Said<Relationship>> = Vec::with_capacity(said.len());
    for one in &said {
        match context.placed(&one.value, &pairs) {
            Ok(value) => list.push(Said { value, origin: one.origin.clone(), stands_in: one.stands_in }),
            Err(violations) => {
                let subject = one.value.id().as_str();
                violations.into_iter().for_each(|violation| refuse(proposal, one, violation, subject));
            }
        }
    }
    // Not by place: the order of the records makes no difference.
    list.sort_by(|one, other| (one.value.id(), &one.value.role).cmp(&(other.value.id(), &other.value.role)));
    let mut kept = Kept::default();
    let mut settled: Vec<Settled> = Vec::with_capacity(list.len());
    for family in list.chunk_by(|one, next| one.value.id() == next.value.id()) {
        Family::of(&context, family).settle(&mut settled, &mut kept, proposal);
    }
    settled.sort_by(|one, other| one.value.id().cmp(other.value.id()));
    let part_of = settled.iter().map(|settled| &settled.value).filter(|value| value.kind == RelationshipKind::PartOf);
    let cyclic = cycles::closing(part_of, context.part_of_there());
    for Settled { value, origins } in settled {
        if cyclic.contains(value.id()) {
            kept.ids.remove(value.id());
            let problem =
                format!("\"{}\" is itself a part of \"{}\", directly or through others", value.target, value.source);
            let violation = Violation::new(problem, "remove one link of the circle").of("target").about(value.id());
            proposal.refused.push(violation.at(origins.first()));
            continue;
        }
        kept.ends.extend([&value.source, &value.target].into_iter().chain(&value.on_behalf_of).cloned());
        context.propose_one(value, &origins, proposal);
    }
    kept
}

pub(super) struct Context<'a> {
    state: &'a State,
    pub(super) ours: &'a Ours,
    identities: &'a Identities,
    kinds: &'a Kinds,
    /// The ids of what the contribution gives a key.
    pub(super) chosen: HashSet<RelationshipId>,
}

impl Context<'_> {
    /// The relationship between the ids at which its ends stand.
    fn placed(
        &self,
        value: &Relationship,
        pairs: &HashSet<(&EntityId, RelationshipKind, &EntityId)>,
    ) -> Result<Relationship, Vec<Violation>> {
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
        let is_turned = value.kind.spec().symmetric && self.is_turned(source, value.kind, target, pairs);
        let (source, target) = if is_turned { (target, source) } else { (source, target) };
        if *source == value.source && *target == value.target && behalf == value.on_behalf_of.as_ref() {
            return Ok(value.clone());
        }
        let mut record: RelationshipRecord = value.clone().into();
        (record.source, record.target, record.on_behalf_of) = (source.clone(), target.clone(), behalf.cloned());
        Relationship::new(record).map_err(|violations| violations.0)
    }

    /// Whether what reads the same either way stands the other way round: here already, or, where the contribution has
    /// it both ways, from the smaller id.
    fn is_turned(
        &self,
        source: &EntityId,
        kind: RelationshipKind,
        target: &EntityId,
        pairs: &HashSet<(&EntityId, RelationshipKind, &EntityId)>,
    ) -> bool {
        let is_there = |source, target| self.between(source, kind, target).next().is_some();
        if is_there(source, target) {
            return false;
        }
        is_there(target, source) || (target < source && pairs.contains(&(target, kind, source)))
    }

    /// What the state has of two ends and a kind, sorted by id. *O(log n)*.
    pub(super) fn between<'s>(
        &'s self,
        source: &EntityId,
        kind: RelationshipKind,
        target: &EntityId,
    ) -> impl Iterator<Item = &'s Relationship> {
        let shortest = RelationshipRecord::new(source.clone(), kind, target.clone()).id();
        let (source, target) = (source.clone(), target.clone());
        let all = &self.state.relationships;
        let start = all.partition_point(|relationship| *relationship.id() < shortest);
        let same_start = move |relationship: &&Relationship| relationship.id().as_str().starts_with(shortest.as_str());
        let rest = all[start..].iter().map(|relationship| &relationship.value).take_while(same_start);
        rest.filter(move |relationship| (&relationship.source, &relationship.target) == (&source, &target))
    }

    /// The kind of an entity of the contribution, or of one that stands without it.
    fn kind(&self, id: &EntityId) -> Option<EntityKind> {
        self.kinds.get(id).copied().or_else(|| {
            let old = self.state.entity(id.as_str())?;
            let mut all = old.citations.iter().chain(old.figures.iter().map(|figure| &figure.citation));
            all.any(|citation| self.ours.leaves(citation)).then_some(old.kind)
        })
    }

    fn propose_one(&self, value: Relationship, origins: &[Origin], proposal: &mut Proposal) {
        let old = self.state.relationship(value.id().as_str()).map(|old| &old.value);
        let origin = origins.first().cloned();
        let is_unchanged = old.is_some_and(|old| *old == value);
        proposal.tell(origins, if is_unchanged { Outcome::Unchanged } else { Outcome::Taken });
        match old {
            Some(_) if is_unchanged => proposal.unchanged += usize::from(!origins.is_empty()),
            Some(_) => proposal.push(Change::UpsertRelationship(value), origin, Fate::Changed),
            None if origins.is_empty() => proposal.push(Change::UpsertRelationship(value), None, Fate::Changed),
            None => proposal.push(Change::UpsertRelationship(value), origin, Fate::New),
        }
    }

    /// What is part of what, as it stands without the contribution.
    fn part_of_there(&self) -> impl Iterator<Item = &Relationship> {
        let all = self.state.relationships.iter().map(|relationship| &relationship.value);
        all.filter(|relationship| relationship.kind == RelationshipKind::PartOf)
            .filter(|relationship| relationship.citations.iter().any(|citation| self.ours.leaves(citation)))
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
    let gone: HashSet<&RelationshipId> = kept.gone.iter().filter(|id| !kept.ids.contains(*id)).collect();
    for relationship in state.relationships.iter().map(|relationship| &relationship.value) {
        if kept.ids.contains(relationship.id()) {
            continue;
        }
        if gone.contains(relationship.id()) {
            proposal.push(Change::DeleteRelationship(relationship.id().clone()), None, Fate::Withdrawn);
            lost.insert(relationship.id());
            continue;
        }
        if relationship.citations.iter().all(|citation| ours.leaves(citation)) {
            continue;
        }
        let mut record: RelationshipRecord = relationship.clone().into();
        record.citations.retain(|citation| ours.leaves(citation));
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
