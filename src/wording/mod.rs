//! Relationships, paths, links, moments, differences and issues as plain English sentences.
//!
//! A sentence names who did what, in the words of its kind, with the role as the document has it, on whose behalf, and
//! when; what is only concluded ends in "(inferred)". The day on which it is told is given with it, and sets the tense.
//! Which path is told, and in which order, is the caller's.

mod article;
mod clause;
mod date;
mod difference;
mod group;
mod issue;
mod lexicon;
mod link;
mod listing;
mod moment;
mod noun;
mod own;
mod path;
mod role;
mod sense;
mod tense;
#[cfg(test)]
mod tests;
mod turn;
mod verb;
mod visit;

use crate::model::edtf::{Day, EdtfDate};
use crate::model::entity::Entity;
use crate::model::relationship::Relationship;

pub use self::difference::{FieldChange, Tally, changed, changed_relationship, compared, gained, gained_relationship};
pub use self::difference::{lost, lost_relationship, over, over_relationship};
pub use self::issue::{
    asked_double, dates_disagree, figures_disagree, named_by_number, named_double, no_country, no_hospital, no_members,
    only_inferred, outside_lifetime, roles_disagree, undated, undated_entity, unrelated,
};
pub use self::link::{link, shared};
pub use self::moment::{Moment, entity_moment, moment, planned_moment};

/// A relationship with its ends, told on a day.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// What is stated.
    pub relationship: &'a Relationship,
    /// Its source.
    pub source: &'a Entity,
    /// Its target.
    pub target: &'a Entity,
    /// Whom the source stood for.
    pub on_behalf_of: Option<&'a Entity>,
    /// The latest time that its documents tell of as the present; `None` where none is known.
    pub as_of: Option<&'a EdtfDate>,
    /// The day on which it is told: what comes after it is told as still to come. [`Day::MAX`] where none is known.
    pub today: Day,
}

impl<'a> Statement<'a> {
    fn clause(&self) -> clause::Clause<'a> {
        clause::Clause::new(self)
    }
}

/// A relationship as a sentence: "West China Hospital hosted the 2023 Preparatory Meeting on 13 December 2023."
pub fn relationship(statement: &Statement<'_>) -> String {
    sentence(&statement.clause().text())
}

/// A path as one sentence of clauses in their natural direction, whichever way the path walks them.
///
/// Neighboring clauses that say the same of two entities become one, and what was named in the clause before is not
/// named again where "which" or "it" can mean nothing else. A path without steps says that it stays at its start.
pub fn path(start: &Entity, steps: &[Statement<'_>]) -> String {
    sentence(&path::text(start, steps))
}

/// A name for a group: some of its members by name, how many others there are, and what they share, if anything:
/// "Oxford, Sichuan and 12 others: cancer, nursing". All members are named where only one would be left.
pub fn group(members: &[&str], topics: &[&str]) -> String {
    group::name(members, topics)
}

/// A text as a sentence: it starts with a capital letter, where its first letter has one, and ends in one full stop.
fn sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut sentence = noun::capitalized(text);
    sentence.push('.');
    sentence
}
