//! Which entities of a state are one so far, while it is found out which more are.

use std::collections::{HashMap, HashSet};

use super::{is_numbered, ror};
use crate::knowledge::groups::Groups as Decided;
use crate::model::decision::{DecisionId, Verdict};
use crate::model::id::EntityId;
use crate::model::relationship::{Relationship, RelationshipKind};
use crate::model::state::State;

/// Entities that are one, by their positions in a state.
pub(super) struct Groups<'s> {
    state: &'s State,
    /// The one that answers for each of those that are in a group; itself where it does.
    kept: HashMap<usize, usize>,
    /// The members of each group, by the one that answers.
    members: HashMap<usize, Vec<usize>>,
    /// Those that answer for a group of which a member is not known to ROR by itself.
    of_ror: HashSet<usize>,
    /// Pairs that were told apart.
    apart: Vec<(usize, usize)>,
    /// Pairs of which a relationship says what the one is to the other: the smaller position first.
    related: HashSet<(usize, usize)>,
    asked: HashSet<DecisionId>,
}

impl<'s> Groups<'s> {
    /// What the decisions of a state make one.
    pub(super) fn of(state: &'s State) -> Self {
        let position = |id: &EntityId| state.entities.binary_search_by(|entity| entity.id.cmp(id)).ok();
        let mut groups = Self {
            state,
            kept: HashMap::new(),
            members: HashMap::new(),
            of_ror: HashSet::new(),
            apart: Vec::new(),
            related: related(state),
            asked: HashSet::new(),
        };
        for group in &Decided::of(&state.decisions).list {
            let Some(kept) = position(group.kept) else { continue };
            let others: Vec<usize> = group.others.iter().filter_map(|id| position(id)).collect();
            others.into_iter().for_each(|other| groups.unite(kept, other));
        }
        let different = state.decisions.iter().filter(|decision| decision.verdict == Verdict::Different);
        groups.apart = different.filter_map(|found| position(&found.one).zip(position(&found.other))).collect();
        groups
    }

    /// The one that answers for an entity.
    pub(super) fn kept(&self, position: usize) -> usize {
        self.kept.get(&position).copied().unwrap_or(position)
    }

    /// Whether it, or something that it is the same as, is an organization of ROR.
    pub(super) fn is_of_ror(&self, position: usize) -> bool {
        ror(&self.state.entities[position]).is_some() || self.of_ror.contains(&self.kept(position))
    }

    /// Whether two may still be made one: they are not yet, no decision is about them or tells them apart, and ROR does
    /// not have both.
    pub(super) fn may_join(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.kept(one), self.kept(other));
        if one == other || self.is_decided(one, other) || self.are_told_of_as_two(one, other) {
            return false;
        }
        let are_of_ror = self.is_of_ror(one) && self.is_of_ror(other);
        let is_apart = |&(first, second): &(usize, usize)| {
            let pair = (self.kept(first), self.kept(second));
            pair == (one, other) || pair == (other, one)
        };
        !are_of_ror && !self.apart.iter().any(is_apart)
    }

    /// Whether a relationship ties the two, or one document names both and neither is but a number of a registry.
    fn are_told_of_as_two(&self, one: usize, other: usize) -> bool {
        let [first, second] = [one, other].map(|position| &self.state.entities[position]);
        self.related.contains(&(one.min(other), one.max(other)))
            || !is_numbered(first)
                && !is_numbered(second)
                && first
                    .citations
                    .iter()
                    .any(|citation| second.citations.iter().any(|theirs| theirs.document == citation.document))
    }

    /// Whether there is a decision about two, or was one just now.
    pub(super) fn is_decided(&self, one: usize, other: usize) -> bool {
        let id = self.pair(one, other);
        self.asked.contains(&id) || self.state.decision(id.as_str()).is_some()
    }

    /// Notes that two were asked about.
    pub(super) fn ask(&mut self, one: usize, other: usize) {
        let id = self.pair(one, other);
        self.asked.insert(id);
    }

    /// Makes two one. Gives back those that answered for them, the one that stays first.
    pub(super) fn join(&mut self, one: usize, other: usize) -> [usize; 2] {
        let (one, other) = (self.kept(one), self.kept(other));
        let (stays, goes) = if self.rank(one) <= self.rank(other) { (one, other) } else { (other, one) };
        self.unite(stays, goes);
        [stays, goes]
    }

    fn unite(&mut self, stays: usize, goes: usize) {
        let is_of_ror = self.is_of_ror(stays) || self.is_of_ror(goes);
        let mut moved = self.members.remove(&goes).unwrap_or_default();
        moved.push(goes);
        for member in &moved {
            self.kept.insert(*member, stays);
        }
        self.members.entry(stays).or_default().extend(moved);
        if is_of_ror {
            self.of_ror.insert(stays);
        }
    }

    /// The smallest stays: what is nobody's number, then what ROR has, then by id, which is the order of positions.
    fn rank(&self, position: usize) -> (bool, bool, usize) {
        let entity = &self.state.entities[position];
        (is_numbered(entity), ror(entity).is_none(), position)
    }

    fn pair(&self, one: usize, other: usize) -> DecisionId {
        DecisionId::of(&self.state.entities[one].id, &self.state.entities[other].id)
    }
}

/// The pairs of organizations that a relationship ties: a part and its whole, two that work together.
fn related(state: &State) -> HashSet<(usize, usize)> {
    let position = |id: &EntityId| state.entities.binary_search_by(|entity| entity.id.cmp(id)).ok();
    let ties = state.relationships.iter().filter(|relationship| {
        matches!(
            relationship.kind,
            RelationshipKind::PartOf
                | RelationshipKind::AffiliatedWith
                | RelationshipKind::CollaboratesWith
                | RelationshipKind::Succeeds
        )
    });
    let pair = |tie: &Relationship| Some((position(&tie.source)?, position(&tie.target)?));
    ties.filter_map(|tie| pair(&tie.value)).map(|(one, other)| (one.min(other), one.max(other))).collect()
}
