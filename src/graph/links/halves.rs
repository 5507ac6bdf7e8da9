//! The halves of links: what may stand between two entities, found once per start and joined without being enumerated.

use crate::graph::adjacency::{Incidence, by_other};
use crate::graph::index::EntityIndex;
use crate::graph::kinds::EntityKinds;
use crate::graph::{Budget, Exhausted, Scope};

use super::REACH_LIMIT;
use super::positions::Positions;
use super::rules::{Position, Via};

/// What stands between the two ends of all halves from one entity to another.
pub(super) struct Halves {
    /// Whether one step suffices.
    direct: bool,
    /// Halves of two steps: up to `reach + 1` of the entities between.
    singles: [EntityIndex; REACH_LIMIT + 1],
    single_count: u8,
    longer: Option<Box<Longer>>,
}

/// What stands between in halves of more than two steps.
#[derive(Default)]
struct Longer {
    /// In halves of three steps: pairs of entities, one after the other.
    pairs: Vec<EntityIndex>,
    /// In halves of four steps: triples of entities, one after the other.
    triples: Vec<EntityIndex>,
}

impl Halves {
    fn new() -> Self {
        Self { direct: false, singles: [EntityIndex(0); REACH_LIMIT + 1], single_count: 0, longer: None }
    }

    /// Keeps one more half; the entities between are in the order of the walk.
    fn keep(&mut self, between: &[EntityIndex], reach: usize) {
        match between {
            [] => self.direct = true,
            &[single] => {
                if !self.has_enough_singles(reach) && !self.singles().contains(&single) {
                    self.singles[usize::from(self.single_count)] = single;
                    self.single_count += 1;
                }
            }
            [_, _] => self.longer.get_or_insert_default().pairs.extend_from_slice(between),
            [..] => self.longer.get_or_insert_default().triples.extend_from_slice(between),
        }
    }

    fn has_enough_singles(&self, reach: usize) -> bool {
        usize::from(self.single_count) > reach
    }

    fn singles(&self) -> &[EntityIndex] {
        &self.singles[..usize::from(self.single_count)]
    }

    /// No half has fewer steps.
    pub(super) fn fewest_steps(&self) -> usize {
        if self.direct { 1 } else { 2 }
    }

    /// What stands between in the halves of a number of steps.
    fn of_steps(&self, steps: usize) -> impl Iterator<Item = &[EntityIndex]> {
        let (direct, flat): (bool, &[EntityIndex]) = match steps {
            1 => (self.direct, &[]),
            2 => (false, self.singles()),
            3 => (false, self.longer.as_ref().map_or(&[], |longer| &longer.pairs)),
            4 => (false, self.longer.as_ref().map_or(&[], |longer| &longer.triples)),
            _ => (false, &[]),
        };
        direct.then_some(&[][..]).into_iter().chain(flat.chunks_exact(steps.saturating_sub(1).max(1)))
    }

    /// The steps of the shortest walk from `from` by one of these halves and by one of `seconds` to `to`.
    pub(super) fn shortest_walk(
        &self,
        from: EntityIndex,
        seconds: &Self,
        to: EntityIndex,
        reach: usize,
        budget: &Budget,
    ) -> Result<Option<usize>, Exhausted> {
        for steps in 2..=2 * reach {
            for first_steps in steps.saturating_sub(reach).max(1)..=reach.min(steps - 1) {
                for first in self.of_steps(first_steps).filter(|first| !first.contains(&to)) {
                    let mut tried = 0;
                    let fits = seconds.of_steps(steps - first_steps).any(|second| {
                        tried += 1;
                        !second.contains(&from) && second.iter().all(|entity| !first.contains(entity))
                    });
                    if reach > 2 {
                        budget.spend(tried)?;
                    }
                    if fits {
                        return Ok(Some(steps));
                    }
                }
            }
        }
        Ok(None)
    }
}

/// The halves from one start, by their ends.
pub(super) struct Ends {
    /// The position of each entity's halves.
    positions: Positions,
    halves: Vec<(EntityIndex, Halves)>,
}

impl Ends {
    pub(super) fn new(entities: usize) -> Self {
        Self { positions: Positions::new(entities), halves: Vec::new() }
    }

    /// How many ends there are.
    pub(super) fn count(&self) -> usize {
        self.halves.len()
    }

    /// Takes everything out, in no order that means anything.
    pub(super) fn drain(&mut self, mut take: impl FnMut(EntityIndex, Halves)) {
        self.positions.clear();
        self.halves.drain(..).for_each(|(end, halves)| take(end, halves));
    }

    fn at(&mut self, end: EntityIndex) -> &mut Halves {
        let position = self.positions.get(end).unwrap_or_else(|| {
            self.positions.set(end, self.halves.len());
            self.halves.push((end, Halves::new()));
            self.halves.len() - 1
        });
        &mut self.halves[position].1
    }

    /// Whether another half of two steps to this end would add nothing.
    fn has_enough_singles(&self, end: EntityIndex, reach: usize) -> bool {
        self.positions.get(end).is_some_and(|position| self.halves[position].1.has_enough_singles(reach))
    }
}

/// Walks the halves from one start.
pub(super) struct Halver<'a> {
    scope: Scope<'a>,
    reach: usize,
    /// The start, then what stands between on the walk so far.
    walk: Vec<EntityIndex>,
}

impl<'a> Halver<'a> {
    pub(super) fn new(scope: Scope<'a>, reach: usize) -> Self {
        Self { scope, reach, walk: Vec::with_capacity(reach) }
    }

    /// Collects the halves from `start` to what the position admits.
    pub(super) fn collect(
        &mut self,
        start: EntityIndex,
        via: &mut Via<'_>,
        position: &mut Position<'_>,
        ends: &mut Ends,
    ) -> Result<(), Exhausted> {
        self.walk.clear();
        self.walk.push(start);
        self.on(start, via, position, ends)
    }

    /// What may stand after so many steps, the start included, and not be the end.
    fn between(&self, steps: usize, via: &Via<'_>) -> EntityKinds {
        if steps < self.reach { via.kinds } else { EntityKinds::NONE }
    }

    fn on(
        &mut self,
        at: EntityIndex,
        via: &mut Via<'_>,
        position: &mut Position<'_>,
        ends: &mut Ends,
    ) -> Result<(), Exhausted> {
        let Scope { graph, budget, .. } = self.scope;
        let between = self.between(self.walk.len(), via);
        let onwards = self.between(self.walk.len() + 1, via).or(position.kinds);
        for incidences in graph.adjacency.of_kinds(at, between.or(position.kinds)) {
            budget.spend(incidences.len())?;
            for parallel in by_other(incidences) {
                let Incidence { other, other_kind, .. } = parallel[0];
                if self.walk.contains(&other) {
                    continue;
                }
                let goes_on = between.contains(other_kind) && graph.adjacency.leads_to(other, onwards);
                let adds_nothing = self.walk.len() == 2 && ends.has_enough_singles(other, self.reach);
                let is_end = !adds_nothing
                    && position.kinds.contains(other_kind)
                    && graph.adjacency.leads_to(other, position.onwards)
                    && position.admits(other)?;
                if !(goes_on || is_end) || !leads_on(via, at, parallel)? {
                    continue;
                }
                if is_end {
                    ends.at(other).keep(&self.walk[1..], self.reach);
                }
                if goes_on {
                    self.walk.push(other);
                    self.on(other, via, position, ends)?;
                    self.walk.pop();
                }
            }
        }
        Ok(())
    }
}

/// Whether one of some parallel relationships may be walked.
fn leads_on(via: &mut Via<'_>, at: EntityIndex, parallel: &[Incidence]) -> Result<bool, Exhausted> {
    for incidence in parallel {
        if via.matcher.admits(at, incidence)? {
            return Ok(true);
        }
    }
    Ok(false)
}
