//! The rows of an answer: flat, sorted, each once.

use super::walker::Walker;
use crate::graph::pattern::plan::Plan;
use crate::graph::pattern::query::{Bound, Query};
use crate::graph::{Exhausted, Scope};

/// Rows one after the other. A row is the number of all steps; for each chain the number of its steps, its entities,
/// its relationships; for each variable that is no path its element, or how many and which.
#[derive(Debug, Default)]
pub(in crate::graph::pattern) struct Rows {
    values: Vec<u32>,
    /// Where each row starts, in the order of the answer, and how long it is.
    places: Vec<(usize, u32)>,
}

impl Rows {
    pub(in crate::graph::pattern) fn len(&self) -> usize {
        self.places.len()
    }

    pub(in crate::graph::pattern) fn get(&self, position: usize) -> &[u32] {
        self.at(self.places[position])
    }

    fn at(&self, (start, length): (usize, u32)) -> &[u32] {
        &self.values[start..start + length as usize]
    }

    /// By the number of all steps; then, chain after chain, by the number of its steps, its entities, its
    /// relationships; then by the elements of the variables.
    fn sort(&mut self) {
        let mut places = std::mem::take(&mut self.places);
        places.sort_by(|&one, &other| self.at(one).cmp(self.at(other)));
        places.dedup_by(|one, other| self.at(*one) == self.at(*other));
        self.places = places;
    }

    /// Keeps of the rows with the same values for some variables the first.
    pub(in crate::graph::pattern) fn keep_first_of(&mut self, mut key: impl FnMut(&[u32]) -> Vec<u32>) {
        let mut seen = std::collections::BTreeSet::new();
        let mut places = std::mem::take(&mut self.places);
        places.retain(|&place| seen.insert(key(self.at(place))));
        self.places = places;
    }
}

/// All rows of a plan; its steps are told how many they made.
pub(in crate::graph::pattern) fn run(scope: Scope<'_>, query: &Query, plan: &mut Plan) -> Result<Rows, Exhausted> {
    let mut rows = Rows::default();
    let mut walker = Walker::new(scope, query, &plan.program, plan.steps.len());
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    walker.run(&mut |walker| {
        let start = rows.values.len();
        rows.values.push(0);
        for chain in 0..query.chains.len() {
            nodes.clear();
            edges.clear();
            walker.append_path(chain, &mut nodes, &mut edges);
            rows.values[start] += edges.len() as u32;
            rows.values.push(edges.len() as u32);
            rows.values.extend_from_slice(&nodes);
            rows.values.extend_from_slice(&edges);
        }
        for variable in &query.variables {
            match variable.what {
                Bound::One { register, .. } => rows.values.push(walker.slots[register]),
                Bound::Group { register } => {
                    let length = rows.values.len();
                    rows.values.push(0);
                    walker.append_group(register, &mut rows.values);
                    rows.values[length] = (rows.values.len() - length - 1) as u32;
                }
                Bound::Path { .. } => {}
            }
        }
        let length = rows.values.len() - start;
        scope.budget.spend(length)?;
        rows.places.push((start, length as u32));
        Ok(())
    })?;
    for (step, &made) in plan.steps.iter_mut().zip(&walker.counts) {
        step.actual = made;
    }
    rows.sort();
    Ok(rows)
}
