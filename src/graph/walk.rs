//! Walks of a few steps that add something up at where they come to.

use super::index::EntityIndex;

/// A number for each entity that was come to, in one array of the size of the graph.
pub(super) struct Walk {
    values: Vec<f64>,
    reached: Vec<EntityIndex>,
}

impl Walk {
    pub(super) fn new(count: usize) -> Self {
        Self { values: vec![0.0; count], reached: Vec::new() }
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
