//! Open questions, one after the other: what is known of both, and a letter for an answer.

use std::io::{BufRead, Write};

use super::super::now;
use super::{Told, described, entity};
use crate::knowledge::Snapshot;
use crate::model::decision::{Decision, DecisionRecord, Verdict};
use crate::model::entity::Entity;
use crate::model::id::EntityId;
use crate::model::violation::Violations;

const HELP: &str = "y  they are the same, the first id stays\no  they are the same, the other id stays\nn  they are two\n\
                    s  skip it for now\nq  quit; what was decided stays\n";

/// Asks each question until the answers end, and hands what was decided to `decide` at once.
///
/// An answer is `y`, `o`, `n`, `s` or `q`, and after a space the reason; where that is left out, that of the question is
/// taken.
pub(super) fn each(
    questions: &[Decision],
    snapshot: &Snapshot,
    by: &str,
    answers: &mut dyn BufRead,
    out: &mut dyn Write,
    decide: &mut dyn FnMut(Decision) -> anyhow::Result<Told>,
) -> anyhow::Result<()> {
    if questions.is_empty() {
        writeln!(out, "no open questions")?;
        return Ok(());
    }
    for (number, question) in questions.iter().enumerate() {
        writeln!(out, "\nQuestion {} of {}: are they the same?", number + 1, questions.len())?;
        for (sign, id) in [("1", &question.one), ("2", &question.other)] {
            writeln!(out, "  {sign}  {}", described(entity(snapshot, id)))?;
            details(out, entity(snapshot, id))?;
        }
        match question.score {
            Some(score) => writeln!(out, "  {} (score {score})", question.reason)?,
            None => writeln!(out, "  {}", question.reason)?,
        }
        loop {
            write!(out, "[y]es, keep 1 / yes, keep [o]ther / [n]o / [s]kip / [q]uit? ")?;
            out.flush()?;
            let mut line = String::new();
            if answers.read_line(&mut line)? == 0 {
                writeln!(out)?;
                return Ok(());
            }
            let (letter, reason) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
            let decision = match letter {
                "y" => answered(question, Verdict::Same, Some(&question.one), reason, by),
                "o" => answered(question, Verdict::Same, Some(&question.other), reason, by),
                "n" => answered(question, Verdict::Different, None, reason, by),
                "s" => break,
                "q" => return Ok(()),
                _ => {
                    out.write_all(HELP.as_bytes())?;
                    continue;
                }
            };
            match decision {
                Ok(decision) => match decide(decision)? {
                    Ok(text) => {
                        writeln!(out, "{text}")?;
                        break;
                    }
                    Err(violations) => writeln!(out, "{violations}")?,
                },
                Err(violations) => writeln!(out, "{violations}")?,
            }
        }
    }
    Ok(())
}

fn answered(
    question: &Decision,
    verdict: Verdict,
    keep: Option<&EntityId>,
    reason: &str,
    by: &str,
) -> Result<Decision, Violations> {
    let reason = reason.trim();
    Decision::new(DecisionRecord {
        verdict,
        keep: keep.cloned(),
        by: by.to_owned(),
        at: now(),
        reason: if reason.is_empty() { question.reason.clone() } else { reason.to_owned() },
        ..question.clone().into()
    })
}

fn details(out: &mut dyn Write, entity: &Entity) -> std::io::Result<()> {
    let names: Vec<&str> = entity.names.iter().map(|name| name.text.as_str()).take(4).collect();
    if !names.is_empty() {
        writeln!(out, "     also {}", names.join("; "))?;
    }
    let identifiers: Vec<String> = entity.identifiers.iter().map(ToString::to_string).collect();
    let more = entity.homepage.iter().cloned().chain(identifiers).collect::<Vec<_>>();
    if !more.is_empty() {
        writeln!(out, "     {}", more.join("  "))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::snapshot_of;
    use crate::model::change::{Change, ChangeSet, OperationId};

    /// Two pairs of hospitals that nobody is sure of.
    fn asked() -> (Snapshot, Vec<Decision>) {
        let document = serde_json::json!({ "upsert_document": { "id": "report", "title": "A report" } });
        let hospital = |id: &str| {
            let citations = serde_json::json!([{ "document": "report" }]);
            serde_json::json!({ "upsert_entity": { "id": id, "kind": "HOSPITAL", "name": id, "citations": citations } })
        };
        let unsure = |one: &str, other: &str| {
            serde_json::json!({ "decide": {
                "one": one, "other": other, "verdict": "UNSURE", "by": "an import", "at": "2026-03-04T05:06:07Z",
                "reason": "alike", "score": 0.5,
            } })
        };
        let changes = [document, hospital("a"), hospital("b"), hospital("c"), unsure("a", "b"), unsure("b", "c")];
        let changes: Vec<Change> = changes.into_iter().map(|change| serde_json::from_value(change).unwrap()).collect();
        let decisions = changes.iter().filter_map(|change| match change {
            Change::Decide(decision) => Some(decision.clone()),
            _ => None,
        });
        let decisions = decisions.collect();
        let set = ChangeSet {
            operation: OperationId::new("fill").unwrap(),
            author: "a test".into(),
            message: "because".into(),
            time: jiff::Timestamp::UNIX_EPOCH,
            changes,
            origins: Vec::new(),
        };
        (snapshot_of(set).unwrap(), decisions)
    }

    /// What was decided and what was shown for some answers; every decision is taken but those about `refused`.
    fn answers(text: &str, refused: Option<&str>) -> (Vec<Decision>, String) {
        let (snapshot, questions) = asked();
        let (mut out, mut decided) = (Vec::new(), Vec::new());
        each(&questions, &snapshot, "Ada", &mut text.as_bytes(), &mut out, &mut |decision| {
            if refused == Some(decision.id().as_str()) {
                return Ok(Err(Violations::from(crate::model::violation::Violation::new("no", "do not"))));
            }
            decided.push(decision);
            Ok(Ok("done".to_owned()))
        })
        .unwrap();
        (decided, String::from_utf8(out).unwrap())
    }

    #[test]
    fn an_answer_becomes_a_decision_of_the_one_who_answers() {
        let (decided, shown) = answers("what?\ny one telephone number\no\n", None);
        assert!(shown.contains("Question 1 of 2") && shown.contains("quit; what was decided stays"), "{shown}");
        let told: Vec<_> = decided
            .iter()
            .map(|d| (d.verdict, d.keep.as_ref().map(|id| id.as_str()), d.reason.as_str(), d.by.as_str()))
            .collect();
        let expected =
            [(Verdict::Same, Some("a"), "one telephone number", "Ada"), (Verdict::Same, Some("c"), "alike", "Ada")];
        assert_eq!(told, expected);
    }

    #[test]
    fn skipping_quitting_and_the_end_of_the_answers_decide_nothing() {
        let (decided, shown) = answers("s\nn\n", None);
        assert_eq!((decided.len(), decided[0].verdict), (1, Verdict::Different));
        assert_eq!(decided[0].id().as_str(), "b:c");
        assert!(shown.contains("Question 2 of 2"));
        assert!(answers("q\ny\n", None).0.is_empty());
        assert!(answers("", None).0.is_empty());
    }

    #[test]
    fn a_refused_answer_is_asked_for_again() {
        let (decided, shown) = answers("y\ns\nn\n", Some("a:b"));
        assert_eq!(decided.len(), 1);
        assert!(shown.contains("no; do not"), "{shown}");
    }
}
