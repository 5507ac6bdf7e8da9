//! Which entities are one and the same by what was decided, and whether the decisions agree.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::change::{Revision, Versioned};
use crate::model::decision::{Decision, Verdict};
use crate::model::id::EntityId;
use crate::model::violation::Violation;

/// Entities that are one.
pub(super) struct Group<'s> {
    /// The one whose id stays.
    pub(super) kept: &'s EntityId,
    /// All others, sorted.
    pub(super) others: Vec<&'s EntityId>,
    /// The newest revision of the decisions that make it.
    pub(super) revision: Revision,
    /// More than one id that decisions keep and none gives away, or ids that decisions keep and give away in a circle.
    conflict: Vec<&'s EntityId>,
}

/// All groups of more than one entity.
pub(super) struct Groups<'s> {
    places: HashMap<&'s EntityId, usize>,
    /// Sorted by the smallest id of each.
    pub(super) list: Vec<Group<'s>>,
}

impl<'s> Groups<'s> {
    /// What follows from the decisions, whatever their order. *O(n log n)*.
    ///
    /// The id that stays is the one that a decision keeps and none gives away; where no decision of the group says which
    /// to keep, the smallest.
    pub(super) fn of(decisions: &'s [Arc<Versioned<Decision>>]) -> Self {
        let same = || decisions.iter().filter(|decision| decision.verdict == Verdict::Same);
        let mut numbers: BTreeMap<&EntityId, usize> =
            same().flat_map(|decision| [(&decision.one, 0), (&decision.other, 0)]).collect();
        numbers.values_mut().zip(0..).for_each(|(number, next)| *number = next);
        let mut roots: Vec<usize> = (0..numbers.len()).collect();
        for decision in same() {
            let [one, other] = [&decision.one, &decision.other].map(|id| root(&mut roots, numbers[id]));
            // The smaller number stays the root, so that a root is the smallest id of its group.
            roots[one.max(other)] = one.min(other);
        }
        let mut members: BTreeMap<usize, Vec<&EntityId>> = BTreeMap::new();
        for (id, number) in &numbers {
            members.entry(root(&mut roots, *number)).or_default().push(id);
        }
        let mut wishes: BTreeMap<usize, Vec<&Versioned<Decision>>> = BTreeMap::new();
        for decision in same() {
            wishes.entry(root(&mut roots, numbers[&decision.one])).or_default().push(decision);
        }
        let list: Vec<Group<'s>> =
            members.into_values().zip(wishes.into_values()).map(|(members, made)| Group::of(&members, &made)).collect();
        let places = list.iter().enumerate().flat_map(|(place, group)| group.all().map(move |id| (id, place)));
        Self { places: places.collect(), list }
    }

    /// The group that an entity is in, if it is in one.
    pub(super) fn find(&self, id: &EntityId) -> Option<&Group<'s>> {
        self.places.get(id).map(|&place| &self.list[place])
    }

    /// The id that answers for an entity: its own where it is in no group.
    pub(super) fn kept<'i>(&'i self, id: &'i EntityId) -> &'i EntityId {
        self.find(id).map_or(id, |group| group.kept)
    }

    /// Where decisions contradict each other.
    pub(super) fn contradictions(&self, decisions: &[Arc<Versioned<Decision>>]) -> Vec<Violation> {
        let mut found = Vec::new();
        for group in self.list.iter().filter(|group| !group.conflict.is_empty()) {
            let ids: Vec<String> = group.conflict.iter().map(|id| format!("\"{id}\"")).collect();
            let problem = format!("of what is the same, decisions keep {}", ids.join(" and "));
            let remedy = "keep one id in all decisions about it; a decision made again takes the place of the first";
            found.push(Violation::new(problem, remedy).of("keep").about(group.conflict[0]));
        }
        for decision in decisions.iter().filter(|decision| decision.verdict == Verdict::Different) {
            if self.kept(&decision.one) == self.kept(&decision.other) {
                let problem = "they are DIFFERENT, and other decisions make them the same";
                let remedy = "withdraw this decision, or one of those that lead from the one to the other";
                found.push(Violation::new(problem, remedy).of("verdict").about(decision.id()));
            }
        }
        found
    }
}

impl<'s> Group<'s> {
    fn of(members: &[&'s EntityId], made: &[&'s Versioned<Decision>]) -> Self {
        let kept: BTreeSet<&EntityId> = made.iter().filter_map(|decision| decision.keep.as_ref()).collect();
        let given_away: BTreeSet<&EntityId> = made.iter().filter_map(|decision| gone(decision)).collect();
        let wanted: Vec<&EntityId> = members.iter().copied().filter(|id| kept.contains(id)).collect();
        let stay: Vec<&EntityId> = wanted.iter().copied().filter(|id| !given_away.contains(id)).collect();
        let conflict = match (wanted.len(), stay.len()) {
            (0, _) | (_, 1) => Vec::new(),
            (_, 0) => wanted,
            (_, _) => stay.clone(),
        };
        let kept = stay.first().copied().unwrap_or(members[0]);
        Self {
            kept,
            others: members.iter().copied().filter(|id| *id != kept).collect(),
            revision: made.iter().map(|decision| decision.revision).max().unwrap_or(0),
            conflict,
        }
    }

    fn all(&self) -> impl Iterator<Item = &'s EntityId> {
        std::iter::once(self.kept).chain(self.others.iter().copied())
    }
}

/// The entity of the two that a decision gives away.
fn gone(decision: &Decision) -> Option<&EntityId> {
    let keep = decision.keep.as_ref()?;
    Some(if *keep == decision.one { &decision.other } else { &decision.one })
}

fn root(roots: &mut [usize], mut number: usize) -> usize {
    while roots[number] != number {
        roots[number] = roots[roots[number]];
        number = roots[number];
    }
    number
}
