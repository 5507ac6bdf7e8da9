//! A walk through the graph with nothing left out: which relationships, and which way each was walked.

use super::Graph;
use super::index::{EntityIndex, RelationshipIndex};

/// One relationship of a [`Path`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// What was walked.
    pub relationship: RelationshipIndex,
    /// Whether it was walked from its source to its target.
    pub forward: bool,
}

/// A walk that comes to no entity twice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// The entities in the order of the walk: one more than steps.
    pub entities: Vec<EntityIndex>,
    /// The steps: the n-th leads from the n-th entity to the next.
    pub steps: Vec<Step>,
}

impl Path {
    /// How many steps it has.
    pub fn length(&self) -> usize {
        self.steps.len()
    }

    /// From the entities of a walk and the relationships between them.
    pub(super) fn new(graph: &Graph, entities: &[EntityIndex], relationships: &[RelationshipIndex]) -> Self {
        let steps = relationships
            .iter()
            .zip(entities)
            .map(|(&relationship, &leaves)| Step { relationship, forward: graph.ends(relationship).0 == leaves });
        Self { steps: steps.collect(), entities: entities.to_vec() }
    }
}
