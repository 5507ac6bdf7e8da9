//! All paths of one pair that come to no entity twice, up to a length.

use crate::graph::TraversalError;
use crate::graph::index::{EntityIndex, RelationshipIndex};

use super::Found;
use super::search::{Distances, Sense, Walker};

/// All simple paths: a depth-first walk that turns back where the end is farther than the steps that are left.
/// `distances` are to be measured back from the end.
pub(super) fn all(
    walker: &mut Walker<'_>,
    distances: &mut Distances,
    from: EntityIndex,
    to: EntityIndex,
    max_length: usize,
    found: &mut Found<'_>,
) -> Result<(), TraversalError> {
    distances.start(to, from);
    while distances.depth() < max_length && !distances.front().is_empty() {
        distances.advance(walker)?;
    }
    if distances.of(from).is_none() {
        return Ok(());
    }
    let mut walk = Walk { to, max_length, distances, entities: vec![from], relationships: Vec::new() };
    walk.on(walker, &mut Vec::new(), found)
}

struct Walk<'a> {
    to: EntityIndex,
    max_length: usize,
    distances: &'a Distances,
    entities: Vec<EntityIndex>,
    relationships: Vec<RelationshipIndex>,
}

impl Walk<'_> {
    fn on(
        &mut self,
        walker: &mut Walker<'_>,
        steps: &mut Vec<(EntityIndex, RelationshipIndex)>,
        found: &mut Found<'_>,
    ) -> Result<(), TraversalError> {
        let at = *self.entities.last().expect("a walk starts somewhere");
        if at == self.to {
            return found.keep(&self.entities, &self.relationships);
        }
        let left = self.max_length - self.relationships.len();
        let start = steps.len();
        walker.steps(at, Sense::Onward, steps)?;
        for position in start..steps.len() {
            let (other, relationship) = steps[position];
            let in_reach = self.distances.of(other).is_some_and(|distance| distance < left);
            if in_reach && !self.entities.contains(&other) {
                self.entities.push(other);
                self.relationships.push(relationship);
                self.on(walker, steps, found)?;
                self.entities.pop();
                self.relationships.pop();
            }
        }
        steps.truncate(start);
        Ok(())
    }
}
