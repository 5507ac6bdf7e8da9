//! The walks of one link, written out.

use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::{Budget, Exhausted, Graph, Path, Scope, TraversalError, View};

use super::rules::{Rules, Via};
use super::{Link, LinkQuestion, REACH_LIMIT};

/// Stands for "farther than was looked".
const FAR: u8 = u8::MAX;

/// The first walks of a link, as [`links`](super::links) defines them, shortest first, then by the ids of their
/// relationships from first to last. Parallel relationships make different walks.
///
/// **Complexity.** A search back from the linked entity in `reach` steps, then a walk of each length in turn that turns
/// back where the entity is out of reach, until there are `first`: *O(d log d)* per entity that it comes to.
///
/// # Errors
/// [`TraversalError::OutOfRange`] for a reach of 0 or above the limit; [`TraversalError::Exhausted`] when the budget
/// does not suffice.
pub fn link_paths(
    graph: &Graph,
    view: &View,
    question: &LinkQuestion,
    link: &Link,
    first: usize,
    budget: &Budget,
) -> Result<Vec<Path>, TraversalError> {
    TraversalError::check("reach", question.reach, 1..=REACH_LIMIT)?;
    let scope = Scope { graph, view, budget };
    let via = Rules::new(scope, question).via;
    let mut walks = Walks {
        scope,
        reach: question.reach,
        link,
        via,
        distances: Vec::new(),
        entities: Vec::new(),
        relationships: Vec::new(),
        found: Vec::new(),
        wanted: first,
    };
    walks.measure()?;
    for length in link.distance..=2 * question.reach {
        if walks.found.len() < first {
            walks.of_length(length)?;
        }
    }
    Ok(walks.found)
}

struct Walks<'a> {
    scope: Scope<'a>,
    reach: usize,
    link: &'a Link,
    via: Via<'a>,
    /// For each entity how many steps it is from the linked entity, where it is at most `reach`.
    distances: Vec<u8>,
    entities: Vec<EntityIndex>,
    relationships: Vec<RelationshipIndex>,
    found: Vec<Path>,
    wanted: usize,
}

/// A step from an entity, and the entity it leads to. Sorted by relationship.
type Onward = (RelationshipIndex, EntityIndex);

impl Walks<'_> {
    /// Works out the distances.
    fn measure(&mut self) -> Result<(), Exhausted> {
        let Scope { graph, budget, .. } = self.scope;
        self.distances = vec![FAR; graph.entity_count()];
        self.distances[self.link.entity.position()] = 0;
        let mut front = vec![self.link.entity];
        for distance in 1..=self.reach {
            let mut next = Vec::new();
            for &at in &front {
                let incidences = graph.incidences(at);
                budget.spend(incidences.len())?;
                for incidence in incidences {
                    let other = incidence.other;
                    if self.distances[other.position()] == FAR && self.via.matcher.admits_back(at, incidence)? {
                        self.distances[other.position()] = distance as u8;
                        let goes_on = self.may_stand_between(other);
                        next.extend(goes_on.then_some(other));
                    }
                }
            }
            front = next;
        }
        Ok(())
    }

    /// Whether steps may run onto the entity half-way or on the way.
    fn may_stand_between(&self, entity: EntityIndex) -> bool {
        self.via.kinds.contains(self.scope.graph.facts(entity).kind) || self.is_through(entity)
    }

    fn is_through(&self, entity: EntityIndex) -> bool {
        self.link.through.binary_search(&entity).is_ok()
    }

    /// Finds walks of one length until there are as many as wanted.
    fn of_length(&mut self, length: usize) -> Result<(), Exhausted> {
        let mut starts: Vec<(RelationshipIndex, EntityIndex, EntityIndex)> = Vec::new();
        for &from in &self.link.from {
            self.entities.push(from);
            let onward = self.onward(length)?;
            starts.extend(onward.into_iter().map(|(relationship, other)| (relationship, from, other)));
            self.entities.pop();
        }
        starts.sort_unstable();
        // A relationship between two `from` entities starts walks of both, which then mix.
        for group in starts.chunk_by(|one, next| one.0 == next.0) {
            let (kept, wanted) = (self.found.len(), self.wanted);
            for &(relationship, from, other) in group {
                self.entities.push(from);
                self.step((relationship, other), length)?;
                self.entities.pop();
                // Each of the two may give all that are wanted.
                self.wanted = self.found.len().saturating_add(wanted - kept);
            }
            self.wanted = wanted;
            let relationships = |path: &Path| path.steps.iter().map(|step| step.relationship).collect::<Vec<_>>();
            if group.len() > 1 {
                self.found[kept..].sort_by_cached_key(relationships);
            }
            self.found.truncate(wanted);
            if self.found.len() == wanted {
                break;
            }
        }
        Ok(())
    }

    fn step(&mut self, (relationship, other): Onward, length: usize) -> Result<(), Exhausted> {
        self.entities.push(other);
        self.relationships.push(relationship);
        if self.relationships.len() < length {
            for onward in self.onward(length)? {
                if self.found.len() < self.wanted {
                    self.step(onward, length)?;
                }
            }
        } else if self.has_a_middle() {
            self.found.push(Path::new(self.scope.graph, &self.entities, &self.relationships));
        }
        self.entities.pop();
        self.relationships.pop();
        Ok(())
    }

    /// The steps by which the walk may go on to have this length.
    fn onward(&mut self, length: usize) -> Result<Vec<Onward>, Exhausted> {
        let Scope { graph, budget, .. } = self.scope;
        let at = *self.entities.last().expect("a walk starts somewhere");
        let left = length - self.entities.len();
        let incidences = graph.incidences(at);
        budget.spend(incidences.len())?;
        let mut onward = Vec::new();
        for incidence in incidences {
            let other = incidence.other;
            let fits = if left == 0 {
                other == self.link.entity
            } else {
                other != self.link.entity && self.may_stand_between(other)
            };
            let distance = self.distances[other.position()];
            let in_reach = usize::from(distance) <= left || distance == FAR && left > self.reach;
            if fits && in_reach && !self.entities.contains(&other) && self.via.matcher.admits(at, incidence)? {
                onward.push((incidence.relationship, other));
            }
        }
        onward.sort_unstable();
        Ok(onward)
    }

    /// Whether a `through` entity stands where both halves are within reach, and nothing else is out of place.
    fn has_a_middle(&self) -> bool {
        let length = self.relationships.len();
        let is_in_place =
            |position: usize| self.via.kinds.contains(self.scope.graph.facts(self.entities[position]).kind);
        let earliest = length.saturating_sub(self.reach).max(1);
        (earliest..=self.reach.min(length - 1)).any(|middle| {
            self.is_through(self.entities[middle])
                && (1..length).all(|position| position == middle || is_in_place(position))
        })
    }
}
