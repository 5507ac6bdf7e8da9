//! Open questions, one after the other: what is known of both, and a letter for an answer.

use std::io::{BufRead, Write};

use super::{Told, described, entity, now};
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
