//! The paths of a chain from one entity on that its selector keeps.
//!
//! Walks are searched for by their length, see [`shortest`]. What may meet nothing twice is listed
//! whole: which of its beginnings matter cannot be told from where they end.

use std::collections::BTreeMap;

use super::log::{Entry, append_group, append_path};
use super::shortest;
use super::walker::Walker;
use crate::graph::pattern::plan::program::Select;
use crate::graph::pattern::query::{Bound, Query, Register};
use crate::graph::pattern::syntax::ast::{Mode, Selector};
use crate::graph::{Exhausted, Scope};

/// A path that was selected.
#[derive(Clone, Debug)]
pub(super) struct Selected {
    pub(super) to: u32,
    pub(super) log: Vec<Entry>,
    /// Whether it was walked from left to right.
    pub(super) forward: bool,
}

/// The selected paths from the entity in a slot, by their other end, then in the order of rows.
pub(super) fn select(
    scope: Scope<'_>,
    query: &Query,
    asked: &Select,
    slots: &[u32],
) -> Result<Vec<Selected>, Exhausted> {
    let selector = query.chains[asked.chain].selector;
    match query.chains[asked.chain].mode {
        Mode::Walk => shortest::search(scope, query, asked, slots),
        Mode::Trail | Mode::Acyclic | Mode::Simple => {
            let mut ends: BTreeMap<u32, Vec<Selected>> = BTreeMap::new();
            let mut walker = Walker::new(scope, query, &asked.program, 0);
            walker.slots[asked.from] = slots[asked.from];
            if asked.to_bound {
                walker.slots[asked.to] = slots[asked.to];
            }
            walker.run(&mut |walker| {
                scope.budget.spend(1 + walker.log().len())?;
                let to = walker.slots[asked.to];
                let path = Selected { to, log: walker.log().to_vec(), forward: asked.forward };
                ends.entry(to).or_default().push(path);
                Ok(())
            })?;
            let names = names(query, asked);
            let start = slots[asked.from];
            Ok(ends.into_values().flat_map(|paths| keep(selector, &names, start, paths)).collect())
        }
    }
}

/// The registers of a chain that have a name.
pub(super) fn names(query: &Query, asked: &Select) -> Vec<Register> {
    let own = query.chains[asked.chain].sequence.all_registers();
    let named = query.variables.iter().filter_map(|variable| match variable.what {
        Bound::One { register, .. } | Bound::Group { register } => Some(register),
        Bound::Path { .. } => None,
    });
    named.filter(|&register| own.contains(register)).collect()
}

/// What tells a path from others between the same ends, in the order of rows.
pub(super) fn key(names: &[Register], start: u32, path: &Selected) -> Vec<u32> {
    let (first, right) = if path.forward { (start, path.to) } else { (path.to, start) };
    let (mut nodes, mut edges) = (vec![first], Vec::new());
    append_path(&path.log, path.forward, right, &mut nodes, &mut edges);
    let mut key = vec![edges.len() as u32];
    key.append(&mut nodes);
    key.append(&mut edges);
    for &register in names {
        let mut group = Vec::new();
        append_group(&path.log, path.forward, register, &mut group);
        key.push(group.len() as u32);
        key.append(&mut group);
    }
    key
}

/// Those of the paths between two ends that a selector keeps, in the order of rows, each once.
pub(super) fn keep(selector: Selector, names: &[Register], start: u32, paths: Vec<Selected>) -> Vec<Selected> {
    let mut keyed: Vec<(Vec<u32>, Selected)> = paths.into_iter().map(|path| (key(names, start, &path), path)).collect();
    keyed.sort_by(|(one, _), (other, _)| one.cmp(other));
    keyed.dedup_by(|(one, _), (other, _)| one == other);
    let kept = match selector {
        Selector::All => keyed.len(),
        Selector::Shortest(count) => count.min(keyed.len()),
        Selector::ShortestGroups(count) => {
            let mut groups = keyed.chunk_by(|(one, _), (other, _)| one[0] == other[0]);
            groups.by_ref().take(count).map(<[_]>::len).sum()
        }
    };
    keyed.truncate(kept);
    keyed.into_iter().map(|(_, path)| path).collect()
}
