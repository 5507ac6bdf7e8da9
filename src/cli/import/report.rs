//! What an import did or would do, for people and for programs.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::json;

use crate::knowledge::contribution::{Fate, Proposal, Tally};
use crate::model::change::Change;
use crate::model::decision::{Decision, Verdict};
use crate::model::violation::{Origin, Violation};

/// How many examples the summary shows of each sort.
const EXAMPLES: usize = 20;

/// The counts, and the first examples of each.
pub(super) fn summary(proposal: &Proposal) -> String {
    let Tally { read, taken, unchanged, passed_over, refused } = proposal.tally;
    let mut text = format!(
        "{read} records: {taken} taken, {unchanged} unchanged, {passed_over} passed over, {refused} refused\n\
         {} new, {} changed, {} unchanged, {} withdrawn, {} refused, {} noted\n",
        proposal.count(Fate::New),
        proposal.count(Fate::Changed),
        proposal.unchanged,
        proposal.count(Fate::Withdrawn),
        proposal.refused.len(),
        proposal.notes.len()
    );
    for fate in [Fate::New, Fate::Changed, Fate::Withdrawn] {
        let subjects = proposal.changes.iter().zip(&proposal.fates).filter(|(_, found)| **found == fate);
        let subjects = subjects.map(|(change, _)| change.subject().to_owned());
        list(&mut text, word(fate), subjects, proposal.count(fate));
    }
    for (verdict, title) in [(Verdict::Same, "the same as what was there"), (Verdict::Unsure, "to be reviewed")] {
        let found: Vec<&Decision> = matched(proposal).filter(|decision| decision.verdict == verdict).collect();
        let lines = found.iter().map(|decision| {
            format!("{} and {} ({})", decision.one, decision.other, decision.score.unwrap_or_default())
        });
        list(&mut text, &format!("{title} ({})", found.len()), lines, found.len());
    }
    let shown = |violations: &'_ [Violation]| violations.iter().map(ToString::to_string).collect::<Vec<_>>();
    let first = |violations: &'_ [Violation]| shown(&violations[..violations.len().min(EXAMPLES)]).into_iter();
    list(&mut text, "refused", first(&proposal.refused), proposal.refused.len());
    list(&mut text, "noted", first(&proposal.notes), proposal.notes.len());
    let passed_over = proposal.passed_over.iter().map(|(what, count)| format!("{count} {what}"));
    list(&mut text, "passed over", passed_over, proposal.passed_over.len());
    text
}

/// What the matcher found about what is new.
fn matched(proposal: &Proposal) -> impl Iterator<Item = &Decision> {
    let all = proposal.changes.iter().zip(&proposal.fates);
    all.filter(|(_, fate)| **fate == Fate::Matched).filter_map(|(change, _)| decision(change))
}

fn decision(change: &Change) -> Option<&Decision> {
    match change {
        Change::Decide(decision) => Some(decision),
        Change::UpsertDocument(_)
        | Change::UpsertEntity(_)
        | Change::UpsertRelationship(_)
        | Change::DeleteDocument(_)
        | Change::DeleteEntity(_)
        | Change::DeleteRelationship(_)
        | Change::Withdraw(_) => None,
    }
}

fn list(text: &mut String, title: &str, lines: impl Iterator<Item = String>, count: usize) {
    if count == 0 {
        return;
    }
    writeln!(text, "{title}:").expect("a String takes all that is written to it");
    for line in lines.take(EXAMPLES) {
        writeln!(text, "  {line}").expect("a String takes all that is written to it");
    }
    if count > EXAMPLES {
        writeln!(text, "  and {} more", count - EXAMPLES).expect("a String takes all that is written to it");
    }
}

fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::New => "new",
        Fate::Changed => "changed",
        Fate::Withdrawn => "withdrawn",
        Fate::Matched => "matched",
    }
}

/// Everything, one JSON object a line.
pub(super) fn write(path: &Path, proposal: &Proposal) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let place = |origin: Option<&Origin>| origin.map(|origin| json!({"file": &*origin.file, "line": origin.line}));
    for (position, change) in proposal.changes.iter().enumerate() {
        let origin = proposal.origins.get(position).and_then(Option::as_ref);
        let mut line = json!({"fate": word(proposal.fates[position]), "id": change.subject(), "record": place(origin)});
        if let Some(decision) = decision(change) {
            line["decision"] = json!(decision);
        }
        writeln!(file, "{line}")?;
    }
    for (fate, violations) in [("refused", &proposal.refused), ("noted", &proposal.notes)] {
        for violation in violations {
            let line = json!({
                "fate": fate,
                "id": violation.subject,
                "record": place(violation.origin.as_ref()),
                "field": violation.field,
                "problem": violation.problem,
                "remedy": violation.remedy,
            });
            writeln!(file, "{line}")?;
        }
    }
    for (what, count) in &proposal.passed_over {
        writeln!(file, "{}", json!({"fate": "passed over", "what": what, "count": count}))?;
    }
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}
