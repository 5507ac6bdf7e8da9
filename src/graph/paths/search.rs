//! The steps that paths may take, and how far entities are from an end.

use crate::graph::adjacency::by_other;
use crate::graph::filter::{EntityMatcher, RelationshipMatcher};
use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::{Exhausted, Scope};

/// Stands for "not reached".
const FAR: u8 = u8::MAX;

/// Which steps paths may take between two entities.
pub(super) struct Walker<'a> {
    pub(super) scope: Scope<'a>,
    via: RelationshipMatcher<'a>,
    avoid: Option<EntityMatcher<'a>>,
}

/// Whether a search runs along the path, or against it from its end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Onward,
    Back,
}

impl<'a> Walker<'a> {
    pub(super) fn new(scope: Scope<'a>, via: RelationshipMatcher<'a>, avoid: Option<EntityMatcher<'a>>) -> Self {
        Self { scope, via, avoid }
    }

    /// Whether a path may lead through the entity; its ends are not asked.
    pub(super) fn leads_through(&mut self, entity: EntityIndex) -> Result<bool, Exhausted> {
        match &mut self.avoid {
            Some(avoid) => Ok(!avoid.matches(entity)?),
            None => Ok(true),
        }
    }

    /// The entities one step on from `at` (or one step back), in the order of kind and id, into `found`.
    pub(super) fn others(
        &mut self,
        at: EntityIndex,
        sense: Sense,
        found: &mut Vec<EntityIndex>,
    ) -> Result<(), Exhausted> {
        let incidences = self.scope.graph.incidences(at);
        self.scope.budget.spend(incidences.len())?;
        for parallel in by_other(incidences) {
            for incidence in parallel {
                let admitted = match sense {
                    Sense::Onward => self.via.admits(at, incidence)?,
                    Sense::Back => self.via.admits_back(at, incidence)?,
                };
                if admitted {
                    found.push(incidence.other);
                    break;
                }
            }
        }
        Ok(())
    }

    /// The steps on from `at` (or back), in the order of the other end's kind, its id and the relationship's id, into
    /// `found`.
    pub(super) fn steps(
        &mut self,
        at: EntityIndex,
        sense: Sense,
        found: &mut Vec<(EntityIndex, RelationshipIndex)>,
    ) -> Result<(), Exhausted> {
        let incidences = self.scope.graph.incidences(at);
        self.scope.budget.spend(incidences.len())?;
        for incidence in incidences {
            let admitted = match sense {
                Sense::Onward => self.via.admits(at, incidence)?,
                Sense::Back => self.via.admits_back(at, incidence)?,
            };
            if admitted {
                found.push((incidence.other, incidence.relationship));
            }
        }
        Ok(())
    }
}

/// How far entities are from one end, in steps that a path may take; entities that a path may not lead through are
/// not reached, except for the other end. One array of the size of the graph, for one pair after the other.
pub(super) struct Distances {
    sense: Sense,
    other_end: Option<EntityIndex>,
    steps: Vec<u8>,
    /// All that have a distance.
    reached: Vec<EntityIndex>,
    /// The entities that were reached last; empty when there is nowhere to go on.
    front: Vec<EntityIndex>,
    depth: usize,
}

impl Distances {
    /// For a graph of so many entities, none of which has a distance.
    pub(super) fn new(entities: usize, sense: Sense) -> Self {
        let steps = vec![FAR; entities];
        Self { sense, other_end: None, steps, reached: Vec::new(), front: Vec::new(), depth: 0 }
    }

    /// Forgets what was reached and starts anew from an end. *O(n)* for the *n* that were reached.
    pub(super) fn start(&mut self, end: EntityIndex, other_end: EntityIndex) {
        for entity in self.reached.drain(..) {
            self.steps[entity.position()] = FAR;
        }
        self.other_end = Some(other_end);
        self.front.clear();
        self.front.push(end);
        self.depth = 0;
        self.set(end, 0);
    }

    /// The distance of an entity; `None` where it was not reached.
    pub(super) fn of(&self, entity: EntityIndex) -> Option<usize> {
        let steps = self.steps[entity.position()];
        (steps != FAR).then_some(usize::from(steps))
    }

    /// How far the search has come.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The entities that were reached last; empty when there is nowhere to go on.
    pub(super) fn front(&self) -> &[EntityIndex] {
        &self.front
    }

    /// Gives an entity without a distance this one, at most [`LENGTH_LIMIT`](super::LENGTH_LIMIT).
    pub(super) fn set(&mut self, entity: EntityIndex, distance: usize) {
        self.steps[entity.position()] = distance as u8;
        self.reached.push(entity);
    }

    /// Reaches the next layer.
    pub(super) fn advance(&mut self, walker: &mut Walker<'_>) -> Result<(), Exhausted> {
        self.depth += 1;
        let mut others = Vec::new();
        for at in std::mem::take(&mut self.front) {
            // A path ends at its other end.
            if Some(at) == self.other_end {
                continue;
            }
            others.clear();
            walker.others(at, self.sense, &mut others)?;
            for &other in &others {
                if self.of(other).is_none() && (Some(other) == self.other_end || walker.leads_through(other)?) {
                    self.set(other, self.depth);
                    self.front.push(other);
                }
            }
        }
        Ok(())
    }
}
