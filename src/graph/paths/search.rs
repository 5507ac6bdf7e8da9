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
/// not reached, except for `other_end`.
pub(super) struct Distances {
    sense: Sense,
    other_end: EntityIndex,
    steps: Vec<u8>,
    /// The entities at each distance.
    pub(super) layers: Vec<Vec<EntityIndex>>,
}

impl Distances {
    pub(super) fn new(scope: Scope<'_>, end: EntityIndex, other_end: EntityIndex, sense: Sense) -> Self {
        let mut steps = vec![FAR; scope.graph.entity_count()];
        steps[end.position()] = 0;
        Self { sense, other_end, steps, layers: vec![vec![end]] }
    }

    /// The distance of an entity; `None` where it was not reached.
    pub(super) fn of(&self, entity: EntityIndex) -> Option<usize> {
        let steps = self.steps[entity.position()];
        (steps != FAR).then_some(usize::from(steps))
    }

    /// How far the search has come.
    pub(super) fn depth(&self) -> usize {
        self.layers.len() - 1
    }

    /// The entities that were reached last; empty when there is nowhere to go on.
    pub(super) fn front(&self) -> &[EntityIndex] {
        self.layers.last().map_or(&[], Vec::as_slice)
    }

    /// Notes a distance that was found in another way.
    pub(super) fn set(&mut self, entity: EntityIndex, distance: usize) {
        self.steps[entity.position()] = distance as u8;
    }

    /// Reaches the next layer.
    pub(super) fn advance(&mut self, walker: &mut Walker<'_>) -> Result<(), Exhausted> {
        let distance = self.layers.len();
        let mut layer = Vec::new();
        let mut others = Vec::new();
        for position in 0..self.front().len() {
            let at = self.front()[position];
            // A path ends at its other end.
            if at == self.other_end {
                continue;
            }
            others.clear();
            walker.others(at, self.sense, &mut others)?;
            for &other in &others {
                if self.of(other).is_none() && (other == self.other_end || walker.leads_through(other)?) {
                    self.set(other, distance);
                    layer.push(other);
                }
            }
        }
        self.layers.push(layer);
        Ok(())
    }
}
