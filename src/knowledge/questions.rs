//! Which of the questions that were left open are still open, and which decisions are about whom.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::groups::Groups;
use crate::model::change::Versioned;
use crate::model::decision::{Decision, Verdict};
use crate::model::id::EntityId;

/// The positions of the decisions nobody is sure of and no others answer: those about two entities that were neither
/// made one, nor told apart, themselves or by what they are the same as.
pub(super) fn open(decisions: &[Arc<Versioned<Decision>>]) -> Vec<usize> {
    let groups = Groups::of(decisions);
    let pair = |decision: &Decision| -> (EntityId, EntityId) {
        let [one, other] = [&decision.one, &decision.other].map(|id| groups.kept(id).clone());
        if one <= other { (one, other) } else { (other, one) }
    };
    let of = |verdict| decisions.iter().enumerate().filter(move |(_, decision)| decision.verdict == verdict);
    let apart: HashSet<_> = of(Verdict::Different).map(|(_, decision)| pair(decision)).collect();
    let is_open = |decision: &Decision| {
        let pair = pair(decision);
        pair.0 != pair.1 && !apart.contains(&pair)
    };
    let mut open: Vec<usize> =
        of(Verdict::Unsure).filter(|(_, decision)| is_open(decision)).map(|(position, _)| position).collect();
    let score = |position: usize| decisions[position].score.unwrap_or(-1.0);
    open.sort_by(|&one, &other| score(other).total_cmp(&score(one)));
    open
}

/// The positions of the decisions about each entity, by its id.
pub(super) fn by_entity(decisions: &[Arc<Versioned<Decision>>]) -> HashMap<EntityId, Vec<usize>> {
    let mut about: HashMap<EntityId, Vec<usize>> = HashMap::new();
    for (position, decision) in decisions.iter().enumerate() {
        for id in [&decision.one, &decision.other] {
            about.entry(id.clone()).or_default().push(position);
        }
    }
    about
}
