//! The shortest paths of one pair: a breadth-first search from both ends until they meet, then a walk that comes one
//! step nearer each time.
//!
//! Source: I. Pohl, Bi-directional Search, Machine Intelligence 6 (1971), 127-140.

use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::{Exhausted, TraversalError};

use super::Found;
use super::search::{Distances, Sense, Walker};

/// What is known from both ends of a pair.
pub(super) struct Search {
    onward: Distances,
    /// Where both have met: of all entities on shortest paths, and of some that no shortest path comes to.
    back: Distances,
}

impl Search {
    /// For a graph of so many entities.
    pub(super) fn new(entities: usize) -> Self {
        Self { onward: Distances::new(entities, Sense::Onward), back: Distances::new(entities, Sense::Back) }
    }
}

/// All shortest paths.
pub(super) fn all(
    walker: &mut Walker<'_>,
    search: &mut Search,
    from: EntityIndex,
    to: EntityIndex,
    max_length: usize,
    found: &mut Found<'_>,
) -> Result<(), TraversalError> {
    if !search.meet(walker, from, to, max_length)? {
        return Ok(());
    }
    let mut steps = Vec::new();
    descend(walker, &search.back, &mut vec![from], &mut Vec::new(), &mut steps, found)
}

/// The first of the shortest paths by the ids of its entities, then of its relationships.
pub(super) fn any(
    walker: &mut Walker<'_>,
    search: &mut Search,
    from: EntityIndex,
    to: EntityIndex,
    max_length: usize,
    found: &mut Found<'_>,
) -> Result<(), TraversalError> {
    if !search.meet(walker, from, to, max_length)? {
        return Ok(());
    }
    let (mut entities, mut relationships, mut steps) = (vec![from], Vec::new(), Vec::new());
    let mut at = from;
    while at != to {
        steps.clear();
        walker.steps(at, Sense::Onward, &mut steps)?;
        let nearer = steps.iter().filter(|&&(other, _)| is_nearer(&search.back, at, other)).min();
        let &(other, relationship) = nearer.expect("from an entity on a shortest path one step leads nearer");
        entities.push(other);
        relationships.push(relationship);
        at = other;
    }
    found.keep(&entities, &relationships)
}

/// Walks every step that leads nearer to the end.
fn descend(
    walker: &mut Walker<'_>,
    distances: &Distances,
    entities: &mut Vec<EntityIndex>,
    relationships: &mut Vec<RelationshipIndex>,
    steps: &mut Vec<(EntityIndex, RelationshipIndex)>,
    found: &mut Found<'_>,
) -> Result<(), TraversalError> {
    let at = *entities.last().expect("a walk starts somewhere");
    if distances.of(at) == Some(0) {
        return found.keep(entities, relationships);
    }
    let start = steps.len();
    walker.steps(at, Sense::Onward, steps)?;
    for position in start..steps.len() {
        let (other, relationship) = steps[position];
        if is_nearer(distances, at, other) {
            entities.push(other);
            relationships.push(relationship);
            descend(walker, distances, entities, relationships, steps, found)?;
            entities.pop();
            relationships.pop();
        }
    }
    steps.truncate(start);
    Ok(())
}

fn is_nearer(distances: &Distances, at: EntityIndex, other: EntityIndex) -> bool {
    distances.of(other).is_some_and(|distance| Some(distance + 1) == distances.of(at))
}

impl Search {
    /// Searches from both ends until they have met; `false` where the end is farther than allowed.
    ///
    /// Both searches have met when they have reached a common entity. Until then neither has an entity of the other, so
    /// the sum of their depths is a lower bound of the distance, and at the first common entity it is the distance.
    fn meet(
        &mut self,
        walker: &mut Walker<'_>,
        from: EntityIndex,
        to: EntityIndex,
        max_length: usize,
    ) -> Result<bool, Exhausted> {
        let Self { onward, back } = self;
        onward.start(from, to);
        back.start(to, from);
        loop {
            let length = onward.depth() + back.depth();
            if length == max_length || onward.front().is_empty() || back.front().is_empty() {
                return Ok(false);
            }
            let weight = |distances: &Distances| -> usize {
                distances.front().iter().map(|&entity| walker.scope.graph.incidences(entity).len()).sum()
            };
            let (nearer, farther) =
                if weight(onward) <= weight(back) { (&mut *onward, &*back) } else { (&mut *back, &*onward) };
            nearer.advance(walker)?;
            let common: Vec<_> =
                nearer.front().iter().copied().filter(|&entity| farther.of(entity).is_some()).collect();
            if !common.is_empty() {
                self.complete(walker, common, length + 1)?;
                return Ok(true);
            }
        }
    }

    /// Carries the distances to the end on from where the searches met, back to the start.
    fn complete(&mut self, walker: &mut Walker<'_>, common: Vec<EntityIndex>, length: usize) -> Result<(), Exhausted> {
        let Self { onward, back } = self;
        let mut layer = common;
        let mut others = Vec::new();
        for distance in (length - onward.depth() + 1)..=length {
            let mut next = Vec::new();
            for &at in &layer {
                others.clear();
                walker.others(at, Sense::Back, &mut others)?;
                for &other in &others {
                    if onward.of(other) == Some(length - distance) && back.of(other).is_none() {
                        back.set(other, distance);
                        next.push(other);
                    }
                }
            }
            layer = next;
        }
        Ok(())
    }
}
