//! Rows that say whether two entities are the same: what people decided, not what documents say.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::register::Register;
use super::relationship::end;
use super::row::Row;
use super::word::Word;
use crate::model::decision::{Decision, DecisionId, DecisionRecord, Verdict};
use crate::model::id::EntityId;
use crate::model::text;
use crate::model::violation::{Origin, Violation, Violations};

const FIELDS: &[&str] = &["one", "other", "verdict", "keep", "by", "at", "reason", "score"];

/// All decisions that rows give.
#[derive(Default)]
pub(super) struct Decisions(BTreeMap<DecisionId, (Decision, Origin)>);

impl Decisions {
    /// Adds what a row says; notes what is wrong with it.
    pub(super) fn read(&mut self, mut row: Row<'_>, register: &Register<'_>, violations: &mut Violations) {
        row.allow(FIELDS);
        if let Some(record) = record(&mut row, register) {
            row.about(DecisionId::of(&record.one, &record.other).as_str());
            match Decision::new(record) {
                Ok(decision) if row.is_sound() => self.add(&mut row, decision),
                Ok(_) => {}
                Err(found) => row.refuse_all(found),
            }
        }
        row.settle(violations);
    }

    fn add(&mut self, row: &mut Row<'_>, decision: Decision) {
        let known = self.0.get(decision.id()).map(|(_, first)| first);
        match known {
            Some(first) => {
                let problem = format!("the two are decided about at {first} already");
                row.refuse(Violation::new(problem, "remove one of the two rows"));
            }
            None => drop(self.0.insert(decision.id().clone(), (decision, row.origin()))),
        }
    }

    /// The decisions, sorted by id, each with its place.
    pub(super) fn finish(self) -> impl Iterator<Item = (Decision, Origin)> {
        self.0.into_values()
    }
}

fn record(row: &mut Row<'_>, register: &Register<'_>) -> Option<DecisionRecord> {
    let one = end(row, "one", register);
    let other = end(row, "other", register);
    let verdict = row.required("verdict", <Verdict as Word>::parse);
    let keep = row.parsed("keep", EntityId::new);
    let by = row.required("by", text::line);
    let at = row.required("at", moment);
    let reason = row.required("reason", text::prose);
    let score = row.has("score").then(|| row.number("score")).flatten();
    let ((one, one_kind), (other, other_kind)) = (one?, other?);
    if let (Some(first), Some(second)) = (one_kind, other_kind)
        && let Err(violation) = Decision::check_kinds((&one, first), (&other, second))
    {
        row.refuse(violation);
    }
    Some(DecisionRecord { one, other, verdict: verdict?, keep, by: by?, at: at?, reason: reason?, score })
}

fn moment(text: &str) -> Result<Timestamp, Violation> {
    text.parse().map_err(|_| {
        let shown: String = text.chars().take(40).collect();
        Violation::new(format!("\"{shown}\" is no moment"), "write it as 2026-03-09T12:00:00Z")
    })
}
