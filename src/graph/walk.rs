//! Walks of a few steps that add something up at where they come to.

use super::adjacency::by_other;
use super::index::EntityIndex;
use super::{Exhausted, Scope};

/// A number for each entity that was come to, in one array of the size of the graph.
pub(super) struct Walk {
    values: Vec<f64>,
    reached: Vec<EntityIndex>,
}

impl Walk {
    pub(super) fn new(count: usize) -> Self {
        Self { values: vec![0.0; count], reached: Vec::new() }
    }

    /// The entities that a relationship of the view joins to this one, each once, by kind and then by id.
    pub(super) fn neighbors(&self, scope: Scope<'_>, entity: EntityIndex) -> Result<Vec<EntityIndex>, Exhausted> {
        let Scope { graph, view, budget } = scope;
        let incidences = graph.incidences(entity);
        budget.spend(incidences.len())?;
        let is_seen = |parallel: &&[_]| parallel.iter().any(|one| view.admits_incidence(graph, entity, one));
        let seen = by_other(incidences).filter(is_seen).map(|parallel| parallel[0].other);
        Ok(seen.filter(|&other| other != entity).collect())
    }

    /// Adds something above 0 at an entity.
    pub(super) fn add(&mut self, entity: EntityIndex, value: f64) {
        let sum = &mut self.values[entity.position()];
        if *sum == 0.0 {
            self.reached.push(entity);
        }
        *sum += value;
    }

    /// What was added up, in the order of ids; everything is 0 again.
    pub(super) fn take(&mut self) -> Vec<(EntityIndex, f64)> {
        let mut reached = std::mem::take(&mut self.reached);
        reached.sort_unstable();
        let value = |&entity: &EntityIndex| (entity, std::mem::take(&mut self.values[entity.position()]));
        reached.iter().map(value).collect()
    }
}
