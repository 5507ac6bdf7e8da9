//! What became of each record of a contribution: every record that was read is counted once.

use std::collections::HashMap;

use super::Proposal;
use crate::model::violation::{Origin, Violation};

/// What became of the records that were read. The others add up to `read`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many records the files hold: rows, objects, projects, tables of TOML.
    pub read: usize,
    /// Of how many something is new or changed.
    pub taken: usize,
    /// How many say what is there already.
    pub unchanged: usize,
    /// How many say nothing that is taken over, by rule: what another record says better, or is of another sort.
    pub passed_over: usize,
    /// How many are refused, whole or in part.
    pub refused: usize,
}

/// What became of something that a record says. The greater one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    PassedOver,
    Unchanged,
    Taken,
    Refused,
}

/// Counts the records by their places. A record ends where the next one of its file begins; `parts` are records that
/// are told by another one's outcome.
///
/// **Complexity**: *O(n log n)* for *n* records and outcomes.
pub(super) fn tally(mut records: Vec<Origin>, parts: &HashMap<Origin, Origin>, proposal: &Proposal) -> Tally {
    records.sort_unstable();
    let record = |origin: &Origin| {
        let position = records.partition_point(|start| start <= origin).checked_sub(1)?;
        (records[position].file == origin.file).then_some(position)
    };
    let mut outcomes = vec![Outcome::PassedOver; records.len()];
    let refused = proposal.refused.iter().filter_map(|violation: &Violation| violation.origin.as_ref());
    let all = proposal.outcomes.iter().map(|(origin, outcome)| (origin, *outcome));
    for (origin, outcome) in all.chain(refused.map(|origin| (origin, Outcome::Refused))) {
        if let Some(position) = record(origin) {
            outcomes[position] = outcomes[position].max(outcome);
        }
    }
    for (part, whole) in parts {
        if let (Some(part), Some(whole)) = (record(part), record(whole)) {
            outcomes[part] = outcomes[part].max(outcomes[whole]);
        }
    }
    let mut tally = Tally { read: records.len(), ..Tally::default() };
    for outcome in outcomes {
        *match outcome {
            Outcome::PassedOver => &mut tally.passed_over,
            Outcome::Unchanged => &mut tally.unchanged,
            Outcome::Taken => &mut tally.taken,
            Outcome::Refused => &mut tally.refused,
        } += 1;
    }
    tally
}
