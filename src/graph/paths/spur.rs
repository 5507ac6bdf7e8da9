//! The best path from an entity to the end that comes to none of the entities before it: a search that is led by how
//! near the end is.
//!
//! Source: P. E. Hart, N. J. Nilsson, B. Raphael, A Formal Basis for the Heuristic Determination of Minimum Cost Paths,
//! IEEE Transactions on Systems Science and Cybernetics 4 (1968), 100-107.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::graph::Exhausted;
use crate::graph::index::{EntityIndex, RelationshipIndex};

use super::search::{Sense, Walker};
use super::weights::StepCosts;

/// What a walk costs and how many steps it has, compared in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Measure {
    pub(super) cost: u64,
    pub(super) steps: u32,
}

impl Measure {
    const ENDLESS: Self = Self { cost: u64::MAX, steps: u32::MAX };

    /// With one step more; without costs, only steps are counted.
    pub(super) fn and(self, costs: Option<&StepCosts<'_>>, relationship: RelationshipIndex) -> Self {
        let cost = costs.map_or(0, |costs| costs.of(relationship));
        Self { cost: self.cost + cost, steps: self.steps + 1 }
    }

    fn plus(self, other: Self) -> Self {
        Self { cost: self.cost.saturating_add(other.cost), steps: self.steps.saturating_add(other.steps) }
    }
}

/// Where a path goes on, and what it may not do there.
pub(super) struct Spur<'a> {
    /// The entities so far, the one where it goes on last; it comes to none of them again.
    pub(super) root: &'a [EntityIndex],
    /// What the steps so far come to.
    pub(super) measure: Measure,
    /// The relationships that its next step may not walk.
    pub(super) forbidden: &'a [RelationshipIndex],
}

/// The best walk found so far to an entity in a number of steps.
#[derive(Clone, Copy)]
struct Label {
    entity: EntityIndex,
    measure: Measure,
    /// The label before, 0 at the start.
    before: u32,
    /// The relationship that leads here from there.
    relationship: RelationshipIndex,
}

/// Searches to one end.
pub(super) struct SpurSearch {
    to: EntityIndex,
    max_steps: usize,
    /// A lower bound of what is left to the end: exact for entities nearer than the horizon.
    left: Vec<Measure>,
    horizon: Measure,
    open: BinaryHeap<Reverse<(Measure, EntityIndex)>>,
    /// For each entity and number of steps the place of its label; 0 where there is none.
    places: Vec<u32>,
    labels: Vec<Label>,
    steps: Vec<(EntityIndex, RelationshipIndex)>,
}

/// A walk: its measure, the entities from the spur on, the relationships between them.
type Walked = (Measure, Vec<EntityIndex>, Vec<RelationshipIndex>);

impl SpurSearch {
    pub(super) fn new(entities: usize, to: EntityIndex, max_steps: usize) -> Self {
        let mut left = vec![Measure::ENDLESS; entities];
        left[to.position()] = Measure::default();
        Self {
            to,
            max_steps,
            left,
            horizon: Measure::default(),
            open: BinaryHeap::from([Reverse((Measure::default(), to))]),
            places: vec![0; entities * (max_steps + 1)],
            labels: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// Measures backwards from the end until `from` is reached, going on where it stopped before; `false` where it
    /// cannot be reached.
    pub(super) fn prepare(
        &mut self,
        walker: &mut Walker<'_>,
        costs: Option<&StepCosts<'_>>,
        from: EntityIndex,
    ) -> Result<bool, Exhausted> {
        while self.left[from.position()] > self.horizon {
            let Some(Reverse((measure, at))) = self.open.pop() else { return Ok(false) };
            if measure > self.left[at.position()] {
                continue;
            }
            self.horizon = measure;
            // What may not be led through may still be a start.
            if at != self.to && !walker.leads_through(at)? {
                continue;
            }
            self.steps.clear();
            walker.steps(at, Sense::Back, &mut self.steps)?;
            for &(other, relationship) in &self.steps {
                let next = measure.and(costs, relationship);
                if next < self.left[other.position()] {
                    self.left[other.position()] = next;
                    self.open.push(Reverse((next, other)));
                }
            }
        }
        Ok(true)
    }

    /// The best path that goes on from a spur, `None` where there is none within the steps allowed.
    pub(super) fn run(
        &mut self,
        walker: &mut Walker<'_>,
        costs: Option<&StepCosts<'_>>,
        spur: &Spur<'_>,
    ) -> Result<Option<Walked>, Exhausted> {
        let start = *spur.root.last().expect("a path starts somewhere");
        let mut open = BinaryHeap::new();
        let no_step = RelationshipIndex(0);
        let first = Label { entity: start, measure: spur.measure, before: 0, relationship: no_step };
        // Place 0 stands for none.
        self.labels.extend([first, first]);
        open.push(Reverse((self.bound(start, spur.measure), spur.measure.steps, 1_u32)));
        let mut reached = None;
        while let Some(Reverse((_, _, place))) = open.pop() {
            let label = self.labels[place as usize];
            if label.entity == self.to {
                reached = Some(place);
                break;
            }
            if place != 1 && self.places[self.slot(label.entity, label.measure)] != place {
                continue;
            }
            self.expand(walker, costs, spur, place, &mut open)?;
        }
        let walked = reached.map(|place| self.walked(place));
        for position in 2..self.labels.len() {
            let label = self.labels[position];
            let slot = self.slot(label.entity, label.measure);
            self.places[slot] = 0;
        }
        self.labels.clear();
        Ok(walked)
    }

    fn expand(
        &mut self,
        walker: &mut Walker<'_>,
        costs: Option<&StepCosts<'_>>,
        spur: &Spur<'_>,
        place: u32,
        open: &mut BinaryHeap<Reverse<(Measure, u32, u32)>>,
    ) -> Result<(), Exhausted> {
        let label = self.labels[place as usize];
        let mut steps = std::mem::take(&mut self.steps);
        steps.clear();
        walker.steps(label.entity, Sense::Onward, &mut steps)?;
        for &(other, relationship) in &steps {
            let measure = label.measure.and(costs, relationship);
            let ends = other == self.to;
            // Without costs, the measure of what is left is a number of steps.
            let least = if costs.is_some() { u32::from(!ends) } else { self.left_of(other).steps };
            let allowed = measure.steps.saturating_add(least) as usize <= self.max_steps
                && !spur.root.contains(&other)
                && !(place == 1 && spur.forbidden.contains(&relationship))
                && self.left_of(other) != Measure::ENDLESS;
            let next = Label { entity: other, measure, before: place, relationship };
            if allowed && self.is_better(&next, spur) && (ends || walker.leads_through(other)?) {
                self.keep(next, open);
            }
        }
        self.steps = steps;
        Ok(())
    }

    /// Whether no walk to the same entity is at least as cheap with fewer steps, or better with as many.
    fn is_better(&self, next: &Label, spur: &Spur<'_>) -> bool {
        let row = next.entity.position() * (self.max_steps + 1);
        let fewer = &self.places[row + spur.measure.steps as usize + 1..row + next.measure.steps as usize];
        let is_beaten = |&place: &u32| place != 0 && self.labels[place as usize].measure.cost <= next.measure.cost;
        if fewer.iter().any(is_beaten) {
            return false;
        }
        match self.places[row + next.measure.steps as usize] {
            0 => true,
            place => {
                let known = &self.labels[place as usize];
                (next.measure.cost.cmp(&known.measure.cost)).then_with(|| self.compare_ids(next, known))
                    == Ordering::Less
            }
        }
    }

    /// Compares two walks of as many steps to one entity by the entities on the way, then by the relationships.
    fn compare_ids(&self, one: &Label, other: &Label) -> Ordering {
        if one.before == other.before {
            return one.relationship.cmp(&other.relationship);
        }
        let (mut one, mut other, mut order) = (one.before, other.before, Ordering::Equal);
        while one != other {
            let (at, against) = (&self.labels[one as usize], &self.labels[other as usize]);
            // The first difference counts, and this comes to it last.
            let here = at.entity.cmp(&against.entity);
            order = if here == Ordering::Equal { order } else { here };
            (one, other) = (at.before, against.before);
        }
        order
    }

    fn keep(&mut self, next: Label, open: &mut BinaryHeap<Reverse<(Measure, u32, u32)>>) {
        let slot = self.slot(next.entity, next.measure);
        let known = self.places[slot];
        if known != 0 && self.labels[known as usize].measure == next.measure {
            // As good, by other ids: it has not been gone on from, as all its like are met before.
            self.labels[known as usize] = next;
            return;
        }
        let place = self.labels.len() as u32;
        self.places[slot] = place;
        open.push(Reverse((self.bound(next.entity, next.measure), next.measure.steps, place)));
        self.labels.push(next);
    }

    fn slot(&self, entity: EntityIndex, measure: Measure) -> usize {
        entity.position() * (self.max_steps + 1) + measure.steps as usize
    }

    fn left_of(&self, entity: EntityIndex) -> Measure {
        let known = self.left[entity.position()];
        // Beyond the horizon nothing is known but that it is beyond; where all was measured, it leads nowhere.
        if known > self.horizon && !self.open.is_empty() { self.horizon } else { known }
    }

    fn bound(&self, entity: EntityIndex, measure: Measure) -> Measure {
        measure.plus(self.left_of(entity))
    }

    fn walked(&self, place: u32) -> Walked {
        let measure = self.labels[place as usize].measure;
        let (mut entities, mut relationships, mut at) = (Vec::new(), Vec::new(), place);
        while at != 0 {
            let label = &self.labels[at as usize];
            entities.push(label.entity);
            if label.before != 0 {
                relationships.push(label.relationship);
            }
            at = label.before;
        }
        entities.reverse();
        relationships.reverse();
        (measure, entities, relationships)
    }
}
