//! The rows of an answer: flat, sorted, each once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::shape::Shape;
use super::straight;
use super::walker::Walker;
use crate::graph::pattern::plan::Plan;
use crate::graph::pattern::query::{Bound, Query};
use crate::graph::{Exhausted, Scope};

/// Rows one after the other. A row is the number of all steps; for each chain the number of its steps, its entities,
/// its relationships; for each variable that is no path its element, or how many and which.
#[derive(Debug)]
pub(in crate::graph::pattern) struct Rows {
    values: Vec<u32>,
    layout: Layout,
}

#[derive(Debug)]
enum Layout {
    /// Where each row starts, in the order of the answer, and how long it is.
    Listed(Vec<(usize, u32)>),
    /// Rows in the order of the answer, each so wide and with what the shape has.
    Even { width: usize, shape: Shape },
}

impl Rows {
    /// Rows of a shape in the order of the answer, each once.
    pub(super) fn of_shape(values: Vec<u32>, width: usize, shape: Shape) -> Self {
        Self { values, layout: Layout::Even { width, shape } }
    }

    /// By the number of all steps; then, chain after chain, by the number of its steps, its entities, its
    /// relationships; then by the elements of the variables.
    pub(super) fn sorted(values: Vec<u32>, mut places: Vec<(usize, u32)>) -> Self {
        let at = |&(start, length): &(usize, u32)| &values[start..start + length as usize];
        places.sort_by(|one, other| at(one).cmp(at(other)));
        places.dedup_by(|one, other| at(one) == at(other));
        Self { values, layout: Layout::Listed(places) }
    }

    pub(in crate::graph::pattern) fn len(&self) -> usize {
        match &self.layout {
            Layout::Listed(places) => places.len(),
            Layout::Even { width, .. } => self.values.len() / width,
        }
    }

    pub(in crate::graph::pattern) fn get(&self, position: usize) -> Cow<'_, [u32]> {
        match &self.layout {
            Layout::Listed(places) => {
                let (start, length) = places[position];
                Cow::Borrowed(&self.values[start..start + length as usize])
            }
            Layout::Even { width, shape } => {
                Cow::Owned(shape.written(&self.values[position * width..(position + 1) * width]))
            }
        }
    }

    /// Keeps of the rows with the same values for some variables the first.
    pub(in crate::graph::pattern) fn keep_first_of(&mut self, mut key: impl FnMut(&[u32]) -> Vec<u32>) {
        let mut seen = BTreeSet::new();
        let kept: Vec<usize> = (0..self.len()).filter(|&position| seen.insert(key(&self.get(position)))).collect();
        match &mut self.layout {
            Layout::Listed(places) => *places = kept.into_iter().map(|position| places[position]).collect(),
            Layout::Even { width, .. } => {
                for (position, &from) in kept.iter().enumerate() {
                    self.values.copy_within(from * *width..(from + 1) * *width, position * *width);
                }
                self.values.truncate(kept.len() * *width);
            }
        }
    }
}

/// All rows of a plan, and how many each of its steps made.
pub(in crate::graph::pattern) fn run(
    scope: Scope<'_>,
    query: &Query,
    plan: &Plan,
) -> Result<(Rows, Vec<u64>), Exhausted> {
    if let Some(found) = straight::run(scope, query, &plan.program)? {
        return Ok(found);
    }
    let (mut values, mut places) = (Vec::new(), Vec::new());
    let mut walker = Walker::new(scope, query, &plan.program, plan.steps.len());
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    walker.run(&mut |walker| {
        let start = values.len();
        values.push(0);
        for chain in 0..query.chains.len() {
            nodes.clear();
            edges.clear();
            walker.append_path(chain, &mut nodes, &mut edges);
            values[start] += edges.len() as u32;
            values.push(edges.len() as u32);
            values.extend_from_slice(&nodes);
            values.extend_from_slice(&edges);
        }
        for variable in &query.variables {
            match variable.what {
                Bound::One { register, .. } => values.push(walker.slots[register]),
                Bound::Group { register } => {
                    let length = values.len();
                    values.push(0);
                    walker.append_group(register, &mut values);
                    values[length] = (values.len() - length - 1) as u32;
                }
                Bound::Path { .. } => {}
            }
        }
        let length = values.len() - start;
        scope.budget.spend(length)?;
        places.push((start, length as u32));
        Ok(())
    })?;
    let counts = walker.counts;
    Ok((Rows::sorted(values, places), counts))
}
