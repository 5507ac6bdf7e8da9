//! Rows of a question with parts that may be missing, from the rows of what has to be there with each set of these parts.
//!
//! A row with some of them is one of the answer unless one more could be there: for a part that is left out there is no
//! row that has it beside what stands before it. That is what `OPTIONAL MATCH` says, one after the other.

use std::collections::BTreeSet;

use super::rows::Rows;
use crate::graph::pattern::check::Together;
use crate::graph::pattern::condition::NOTHING;
use crate::graph::pattern::query::{Bound, Query};
use crate::graph::{Budget, Exhausted};

/// A row by its blocks: of each the numbers of its chains and of its variables, as they stand in the row.
struct Blocks<'r>(Vec<(&'r [u32], &'r [u32])>);

impl<'r> Blocks<'r> {
    fn of(asked: &Together, row: &'r [u32]) -> Self {
        let mut at = 1;
        let mut chains = vec![at];
        for _ in &asked.query.chains {
            at += 2 + 2 * row[at] as usize;
            chains.push(at);
        }
        let mut variables = vec![at];
        for variable in &asked.query.variables {
            at += match variable.what {
                Bound::One { .. } => 1,
                Bound::Group { .. } => 1 + row[at] as usize,
                Bound::Path { .. } => 0,
            };
            variables.push(at);
        }
        let mut start = (0, 0);
        let blocks = asked.ends.iter().map(|&end| {
            let (first, past) = (std::mem::replace(&mut start, end), end);
            (&row[chains[first.0]..chains[past.0]], &row[variables[first.1]..variables[past.1]])
        });
        Self(blocks.collect())
    }

    /// What tells the row from others by its first blocks.
    fn key(&self, blocks: usize) -> Vec<u32> {
        self.0[..blocks].iter().flat_map(|(chains, variables)| chains.iter().chain(*variables)).copied().collect()
    }
}

/// The rows of the whole question; of each part the optional blocks that it takes, in their order, and its rows.
/// *O(b r log r)* for *r* rows of all parts and *b* optional blocks. A row costs as many visits as it has elements, each
/// time that it is compared.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover them.
pub(in crate::graph::pattern) fn joined(
    budget: &Budget,
    whole: &Together,
    parts: &[(&[usize], &Together, &Rows)],
) -> Result<Rows, Exhausted> {
    let optional = whole.ends.len() - 1;
    let (mut values, mut places) = (Vec::new(), Vec::new());
    for &(taken, asked, rows) in parts {
        // For each block that is left out the rows of what stands before it that go on with it.
        let mut longer: Vec<(usize, BTreeSet<Vec<u32>>)> = Vec::new();
        for block in (0..optional).filter(|block| !taken.contains(block)) {
            let before = taken.iter().filter(|&&earlier| earlier < block).count();
            let with: Vec<usize> = taken[..before].iter().copied().chain([block]).collect();
            let mut keys = BTreeSet::new();
            if let Some(&(_, asked, rows)) = parts.iter().find(|(taken, ..)| *taken == with.as_slice()) {
                for position in 0..rows.len() {
                    let row = rows.get(position);
                    budget.spend(row.len())?;
                    keys.insert(Blocks::of(asked, &row).key(1 + before));
                }
            }
            longer.push((1 + before, keys));
        }
        for position in 0..rows.len() {
            let row = rows.get(position);
            budget.spend(row.len())?;
            let blocks = Blocks::of(asked, &row);
            if longer.iter().any(|(before, keys)| keys.contains(&blocks.key(*before))) {
                continue;
            }
            let start = values.len();
            write(whole, taken, &blocks, row[0], &mut values);
            places.push((start, (values.len() - start) as u32));
        }
    }
    Ok(Rows::sorted(values, places))
}

/// Writes a row of the whole question: nothing stands for the chains and variables of blocks that are left out.
fn write(whole: &Together, taken: &[usize], blocks: &Blocks<'_>, steps: u32, values: &mut Vec<u32>) {
    let at = |block: usize| match block.checked_sub(1) {
        None => Some(0),
        Some(optional) => taken.iter().position(|&each| each == optional).map(|position| position + 1),
    };
    values.push(steps);
    let mut start = 0;
    for (block, &(end, _)) in whole.ends.iter().enumerate() {
        match at(block) {
            Some(own) => values.extend_from_slice(blocks.0[own].0),
            None => values.extend(std::iter::repeat_n(NOTHING, end - start)),
        }
        start = end;
    }
    let mut start = 0;
    for (block, &(_, end)) in whole.ends.iter().enumerate() {
        match at(block) {
            Some(own) => values.extend_from_slice(blocks.0[own].1),
            None => values.extend(std::iter::repeat_n(NOTHING, elements(&whole.query, start, end))),
        }
        start = end;
    }
}

/// How many of some variables have elements in a row.
fn elements(query: &Query, start: usize, end: usize) -> usize {
    query.variables[start..end].iter().filter(|variable| !matches!(variable.what, Bound::Path { .. })).count()
}
