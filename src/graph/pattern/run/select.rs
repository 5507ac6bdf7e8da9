//! The paths of a chain from one entity on that its selector keeps.
//!
//! Walks are searched for by their length, see [`shortest`]. What may meet nothing twice is listed, as which of its
//! beginnings matter cannot be told from where they end: up to as many steps as it takes between two known ends, else
//! whole.

use std::collections::BTreeMap;

use super::log::{Entry, append_group, append_path};
use super::shortest::{self, Scratch};
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

impl Selected {
    fn steps(&self) -> usize {
        self.log.iter().filter(|entry| entry.is_edge()).count()
    }
}

/// The selected paths from the entity in a slot, by their other end, then in the order of rows.
pub(super) fn select(
    scope: Scope<'_>,
    query: &Query,
    asked: &Select,
    slots: &[u32],
    scratch: &mut Option<Scratch>,
) -> Result<Vec<Selected>, Exhausted> {
    match query.chains[asked.chain].mode {
        Mode::Walk => shortest::search(scope, query, asked, slots, scratch),
        Mode::Trail | Mode::Acyclic | Mode::Simple if asked.to_bound => deepen(scope, query, asked, slots),
        Mode::Trail | Mode::Acyclic | Mode::Simple => Ok(list(scope, query, asked, slots, usize::MAX)?.paths),
    }
}

/// The paths between two known ends, listed up to more and more steps until the selector has all that it keeps.
///
/// One step more comes next, or twice as many more as before where those hardly cost anything: lists that cost about the
/// same are few, and all others together cost no more than a few times the last one.
fn deepen(scope: Scope<'_>, query: &Query, asked: &Select, slots: &[u32]) -> Result<Vec<Selected>, Exhausted> {
    let chain = &query.chains[asked.chain];
    let mut most_steps = chain.sequence.least_steps().max(1);
    let (mut more, mut taken_before) = (1, 0);
    loop {
        let Listed { paths, is_cut, taken } = list(scope, query, asked, slots, most_steps)?;
        let is_enough = match chain.selector {
            Selector::All => false,
            Selector::Shortest(count) => paths.len() >= count,
            Selector::ShortestGroups(count) => paths.chunk_by(|one, next| one.steps() == next.steps()).count() >= count,
        };
        if is_enough || !is_cut {
            return Ok(paths);
        }
        more = if 2 * taken < 3 * taken_before { 2 * more } else { 1 };
        most_steps = most_steps.saturating_add(more);
        taken_before = taken;
    }
}

/// The paths that a selector keeps of those with so many steps or fewer.
struct Listed {
    paths: Vec<Selected>,
    /// Whether there might be longer ones.
    is_cut: bool,
    /// How many steps were taken to find them.
    taken: u64,
}

fn list(
    scope: Scope<'_>,
    query: &Query,
    asked: &Select,
    slots: &[u32],
    most_steps: usize,
) -> Result<Listed, Exhausted> {
    let mut ends: BTreeMap<u32, Vec<Selected>> = BTreeMap::new();
    let mut walker = Walker::new(scope, query, &asked.program, 0);
    walker.most_steps = most_steps;
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
    let (selector, names) = (query.chains[asked.chain].selector, names(query, asked));
    let kept = ends.into_values().flat_map(|paths| keep(selector, &names, slots[asked.from], paths));
    Ok(Listed { paths: kept.collect(), is_cut: walker.is_cut, taken: walker.taken })
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
