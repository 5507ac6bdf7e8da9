//! A path as clauses, and what need not be named twice.

use super::PathStep;
use super::clause::{Clause, list_of};
use super::noun::{has_word, noun, short_noun};
use crate::model::entity::{Entity, EntityKind};

/// How many clauses in a row may start with "which".
const CHAIN: usize = 2;

pub(super) fn text(start: &Entity, steps: &[PathStep<'_>]) -> String {
    if steps.is_empty() {
        return format!("it is {} itself", noun(start));
    }
    let clauses = clauses(steps);
    let mut text = clauses[0].text();
    let mut chain = 0;
    for (position, clause) in clauses.iter().enumerate().skip(1) {
        let before = &clauses[position - 1];
        if chain < CHAIN && continues(before, clause) {
            chain += 1;
            let relative = if clause.sources[0].kind == EntityKind::Person { "who" } else { "which" };
            text.push_str(", ");
            text.push_str(&clause.text_with(relative, &object(&clauses[..position], clause)));
        } else {
            chain = 0;
            text.push_str("; ");
            text.push_str(
                &clause.text_with(&subject(&clauses[..position], clause), &object(&clauses[..position], clause)),
            );
        }
    }
    text
}

fn clauses<'a>(steps: &[PathStep<'a>]) -> Vec<Clause<'a>> {
    let mut clauses: Vec<Clause<'a>> = Vec::new();
    for step in steps {
        let next = Clause::new(step.relationship, step.source, step.target, step.on_behalf_of);
        let rest = match clauses.last_mut() {
            Some(last) => last.absorb(next),
            None => Some(next),
        };
        clauses.extend(rest);
    }
    clauses
}

/// Whether a clause tells of exactly what the one before ended with.
fn continues(before: &Clause<'_>, clause: &Clause<'_>) -> bool {
    before.ends_in_target() && clause.sources.len() == 1 && clause.sources[0].id == before.targets[0].id
}

fn subject(told: &[Clause<'_>], clause: &Clause<'_>) -> String {
    match clause.sources.as_slice() {
        [only] => short(told, clause, only).unwrap_or_else(|| noun(only)),
        several => list_of(several),
    }
}

/// The target of a clause: "it" where the clause before had the same target and told of nothing else that the verb
/// could mean; a short form where only one thing on the path can be called that; its name otherwise.
fn object(told: &[Clause<'_>], clause: &Clause<'_>) -> String {
    let [target] = clause.targets.as_slice() else { return list_of(&clause.targets) };
    let Some(before) = told.last() else { return noun(target) };
    let others = before.sources.iter().chain(&before.on_behalf_of).chain(&clause.sources).chain(&clause.on_behalf_of);
    let possible = clause.kind.spec().targets;
    let same = before.targets.len() == 1 && before.targets[0].id == target.id;
    if same && others.into_iter().all(|other| !possible.contains(&other.kind.family())) {
        return "it".to_owned();
    }
    short(told, clause, target).unwrap_or_else(|| noun(target))
}

/// "the consortium", where it was named before and nothing else named so far, or in this clause, is called one.
fn short(told: &[Clause<'_>], clause: &Clause<'_>, entity: &Entity) -> Option<String> {
    let word = short_noun(entity)?;
    let named =
        || told.iter().flat_map(|clause| clause.sources.iter().chain(&clause.targets).chain(&clause.on_behalf_of));
    let here = clause.sources.iter().chain(&clause.targets).chain(&clause.on_behalf_of);
    let known = named().any(|other| other.id == entity.id);
    let alone = named().chain(here).all(|other| other.id == entity.id || !has_word(&other.name, word));
    (known && alone).then(|| format!("the {word}"))
}
