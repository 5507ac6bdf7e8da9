//! What every run does alike, depth first or by breadth: taking a step, and moving values between slots.

use super::log::{Entry, What};
use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::pattern::condition::NOTHING;
use crate::graph::pattern::plan::program::{Instruction, Step};
use crate::graph::{Exhausted, Graph, Scope};

/// Where the relationships between two known ends stand, the second of one of some runs of kinds. *O(log d)* for *d*
/// relationships; that costs a visit besides those that are found.
pub(super) fn known_places(
    graph: &Graph,
    runs: &[(usize, usize)],
    from: EntityIndex,
    to: EntityIndex,
) -> std::ops::Range<usize> {
    let kind = graph.facts(to).kind as usize;
    let places = graph.adjacency.places(from, (kind, kind + 1));
    if !runs.iter().any(|&(first, past)| first <= kind && kind < past) {
        return places.start..places.start;
    }
    let incidences = graph.adjacency.at(places.clone());
    let start = incidences.partition_point(|incidence| incidence.other < to);
    let length = incidences[start..].partition_point(|incidence| incidence.other == to);
    places.start + start..places.start + start + length
}

/// Writes a step into a log.
pub(super) fn note(log: &mut Vec<Entry>, step: &Step, relationship: RelationshipIndex, other: EntityIndex) {
    let what = if step.edge_bound { What::EdgeAgain } else { What::Edge };
    log.push(Entry { register: step.edge, value: relationship.0, what });
    let what = if step.to_bound { What::NodeAgain } else { What::Node };
    log.push(Entry { register: step.to, value: other.0, what });
}

/// Runs an instruction that has neither alternatives nor conditions, and says where to go on; `None` where it fails.
///
/// Repetitions within each other start many times where no relationship is crossed, so that each start is booked by what
/// it clears.
pub(super) fn silently(
    instruction: &Instruction,
    pc: usize,
    slots: &mut [u32],
    scope: Scope<'_>,
    log: &mut Vec<Entry>,
) -> Result<Option<usize>, Exhausted> {
    match instruction {
        Instruction::IsOf(register, kinds) => {
            if !kinds.contains(scope.graph.facts(EntityIndex(slots[*register])).kind) {
                return Ok(None);
            }
        }
        Instruction::Enter { slots: own, at, clear } => {
            scope.budget.spend(clear.len())?;
            slots[own.count] = 0;
            slots[own.at] = slots[*at];
            slots[own.log.0] = log.len() as u32;
            for &register in clear {
                slots[register] = NOTHING;
            }
        }
        Instruction::Begin { slots: own, to } => {
            slots[*to] = slots[own.at];
            log.push(Entry { register: *to, value: slots[*to], what: What::Start });
        }
        Instruction::End { slots: own, from, cap, branch } => {
            let count = slots[own.count] + 1;
            slots[own.count] = cap.map_or(count, |cap| count.min(cap));
            slots[own.at] = slots[*from];
            return Ok(Some(*branch));
        }
        Instruction::Leave { slots: own, to, bound } => {
            slots[own.log.1] = log.len() as u32;
            if *bound && slots[*to] != slots[own.at] {
                return Ok(None);
            }
            slots[*to] = slots[own.at];
            // No step leads here, so that nothing else would say what a name of this place stands for.
            if !*bound {
                log.push(Entry { register: *to, value: slots[*to], what: What::Start });
            }
        }
        Instruction::Scan { .. }
        | Instruction::Meet { .. }
        | Instruction::Step(_)
        | Instruction::Test(_)
        | Instruction::Branch { .. }
        | Instruction::Select(_)
        | Instruction::Count(_)
        | Instruction::Accept => {}
    }
    Ok(Some(pc + 1))
}
