//! A path as clauses, and what need not be named twice.

use super::Statement;
use super::clause::Clause;
use super::listing::{ends_in_apposition, list_of};
use super::noun::{Noun, has_word, is_plural, noun, short_noun};
use super::sense::Sense;
use crate::model::entity::{Entity, EntityKind, Family};

/// How many clauses in a row may hang on the one before.
const CHAIN: usize = 2;

pub(super) fn text(start: &Entity, steps: &[Statement<'_>]) -> String {
    if steps.is_empty() {
        return format!("it is {} itself", noun(start));
    }
    let clauses = clauses(steps);
    let mut text = clauses[0].text();
    let mut chain = 0;
    for (position, clause) in clauses.iter().enumerate().skip(1) {
        let told = &clauses[..position];
        let object = object(told, clause);
        let hanging = if chain < CHAIN { hanging(&clauses[position - 1], clause, &object) } else { None };
        chain = if hanging.is_some() { chain + 1 } else { 0 };
        match hanging {
            Some(hanging) => {
                let before = &clauses[position - 1];
                let explained = before.targets.last().is_some_and(|last| ends_in_apposition(&text, last));
                if hanging.starts_with(" and") && (explained || before.ends_in_role()) {
                    text.push(',');
                }
                text.push_str(&hanging);
            }
            None => {
                text.push_str("; ");
                text.push_str(&clause.text_with(&subject(told, clause), object));
            }
        }
    }
    text
}

/// A clause that goes on about what the one before told of: its target at its very end (", which …"), or its subject
/// (" and …"). `None` where neither would be clear.
fn hanging(before: &Clause<'_>, clause: &Clause<'_>, object: &Noun) -> Option<String> {
    if let ([last], true) = (before.targets.as_slice(), before.ends_in_target())
        && clause.sources.iter().any(|source| source.id == last.id)
    {
        let relative = if last.kind == EntityKind::Person { "who" } else { "which" };
        let others: Vec<&Entity> = clause.sources.iter().filter(|source| source.id != last.id).copied().collect();
        if clause.sense == Sense::Work && !others.is_empty() {
            return None;
        }
        if others.is_empty() {
            return Some(format!(", {}", clause.text_with(relative, object.clone())));
        }
        let subject = format!("{relative}, together with {},", list_of(&others));
        return Some(format!(", {}", clause.of_source(last).text_with(&subject, object.clone())));
    }
    let same = before.sources.len() == 1 && clause.sources.len() == 1 && before.sources[0].id == clause.sources[0].id;
    (same && before.targets.len() == 1).then(|| format!(" and{}", clause.text_with("", object.clone())))
}

/// What the steps say. A step back over a relationship says nothing new.
fn clauses<'a>(steps: &[Statement<'a>]) -> Vec<Clause<'a>> {
    let mut clauses: Vec<Clause<'a>> = Vec::new();
    let is_new = |&(at, step): &(usize, &Statement<'a>)| {
        !steps[..at].iter().any(|before| before.relationship.id() == step.relationship.id())
    };
    for (_, step) in steps.iter().enumerate().filter(is_new) {
        let next = Clause::new(step);
        let rest = match clauses.last_mut() {
            Some(last) => last.absorb(next),
            None => Some(next),
        };
        clauses.extend(rest);
    }
    clauses
}

fn subject(told: &[Clause<'_>], clause: &Clause<'_>) -> String {
    match clause.sources.as_slice() {
        [only] => short(told, clause, only).unwrap_or_else(|| clause.subject()),
        several => list_of(several),
    }
}

/// The target of a clause: "it" where the clause before had the same event, agreement or program for its target and told
/// of nothing else that the verb could mean; a short form where only one thing on the path can be called that; its name
/// otherwise.
fn object(told: &[Clause<'_>], clause: &Clause<'_>) -> Noun {
    let ([target], Some(before)) = (clause.targets.as_slice(), told.last()) else { return clause.object() };
    if clause.tells_visit() {
        return clause.object();
    }
    let others = before.sources.iter().chain(&before.on_behalf_of).chain(&clause.sources).chain(&clause.on_behalf_of);
    let possible = clause.kind.spec().targets;
    let same = before.targets.len() == 1 && before.targets[0].id == target.id && !before.tells_visit();
    let is_named = matches!(target.kind.family(), Family::Organization | Family::Person);
    if same && !is_named && others.into_iter().all(|other| !possible.contains(&other.kind.family())) {
        return Noun::from(if is_plural(target) { "them" } else { "it" });
    }
    short(told, clause, target).map_or_else(|| clause.object(), |short| Noun::from(short.as_str()))
}

/// "the consortium", where it was named before and nothing else of its family that was named so far, or is named in
/// this clause, is called one. A meeting *for* a consortium is none.
fn short(told: &[Clause<'_>], clause: &Clause<'_>, entity: &Entity) -> Option<String> {
    let word = short_noun(entity)?;
    let named =
        || told.iter().flat_map(|clause| clause.sources.iter().chain(&clause.targets).chain(&clause.on_behalf_of));
    let here = clause.sources.iter().chain(&clause.targets).chain(&clause.on_behalf_of);
    let known = named().any(|other| other.id == entity.id);
    let confusable = |other: &Entity| other.kind.family() == entity.kind.family() && has_word(&other.name, word);
    let alone = named().chain(here).all(|other| other.id == entity.id || !confusable(other));
    (known && alone).then(|| format!("the {word}"))
}
