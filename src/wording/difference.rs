//! What differs between two views.

use super::article::with_indefinite_article;
use super::listing::list;
use super::noun::{kind_nouns, noun};
use super::{Statement, sentence};
use crate::model::entity::Entity;

/// A part that is not alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// What it is called: "role", "citations".
    pub name: &'static str,
    /// What it was; `None` where it said nothing, or where one line cannot say it.
    pub before: Option<String>,
    /// What it is; `None` where it says nothing, or where one line cannot say it.
    pub after: Option<String>,
}

/// How many of a sort are gained, lost, changed and as before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Only in the second view.
    pub gained: usize,
    /// Only in the first view.
    pub lost: usize,
    /// In both, and not alike.
    pub changed: usize,
    /// In both, and alike.
    pub kept: usize,
}

/// An entity that only the second view has: "New: West China Hospital, a hospital."
pub fn gained(entity: &Entity) -> String {
    presented("New", entity)
}

/// An entity that only the first view has, as it ended before the date of the second: "Over: the 2022 Forum, an event."
pub fn over(entity: &Entity) -> String {
    presented("Over", entity)
}

/// A relationship that only the first view has, as it ended before the date of the second.
pub fn over_relationship(statement: &Statement<'_>) -> String {
    sentence(&format!("Over: {}", statement.clause().text()))
}

/// An entity that only the first view has: "Gone: West China Hospital, a hospital."
pub fn lost(entity: &Entity) -> String {
    presented("Gone", entity)
}

fn presented(word: &str, entity: &Entity) -> String {
    let kind = kind_nouns(entity.kind)[0];
    sentence(&format!("{word}: {}, {}", noun(entity), with_indefinite_article(kind)))
}

/// A relationship that only the second view has: "New: West China Hospital is affiliated with Sichuan University."
pub fn gained_relationship(statement: &Statement<'_>) -> String {
    sentence(&format!("New: {}", statement.clause().text()))
}

/// A relationship that only the first view has: "Gone: …"
pub fn lost_relationship(statement: &Statement<'_>) -> String {
    sentence(&format!("Gone: {}", statement.clause().text()))
}

/// What changed in an entity: "West China Hospital: the city is now Chengdu and the names changed."
pub fn changed(entity: &Entity, changes: &[FieldChange]) -> String {
    sentence(&format!("{}: {}", noun(entity), told(changes)))
}

/// What changed in a relationship, told as it is now: "Yao Leye is Vice President of Sichuan University: the role changed
/// from \"Professor\" to \"Vice President\"."
pub fn changed_relationship(statement: &Statement<'_>, changes: &[FieldChange]) -> String {
    sentence(&format!("{}: {}", statement.clause().text(), told(changes)))
}

fn told(changes: &[FieldChange]) -> String {
    let tell = |change: &FieldChange| {
        let name = change.name;
        let is = if name.ends_with('s') { "are" } else { "is" };
        match (&change.before, &change.after) {
            (Some(before), Some(after)) => format!("the {name} changed from \"{before}\" to \"{after}\""),
            (None, Some(after)) => format!("the {name} {is} now \"{after}\""),
            (Some(before), None) => format!("the {name} \"{before}\" {is} no longer given"),
            (None, None) => format!("the {name} changed"),
        }
    };
    list(&changes.iter().map(tell).collect::<Vec<_>>())
}

/// A whole comparison, without what there is none of: "3 relationships gained; 1 relationship lost; 30 entities and 100
/// relationships as before."; of views that show the same, "The two views show the same: 30 entities and 100
/// relationships."
pub fn compared(entities: Tally, relationships: Tally) -> String {
    let part = |entities: usize, relationships: usize, verb: &str| {
        counted(entities, relationships).map(|counted| format!("{counted} {verb}"))
    };
    let parts = [
        part(entities.gained, relationships.gained, "gained"),
        part(entities.lost, relationships.lost, "lost"),
        part(entities.changed, relationships.changed, "changed"),
    ];
    let differing: Vec<String> = parts.into_iter().flatten().collect();
    let kept = counted(entities.kept, relationships.kept);
    sentence(&match (differing.is_empty(), kept) {
        (true, None) => "neither view shows anything".to_owned(),
        (true, Some(kept)) => format!("the two views show the same: {kept}"),
        (false, kept) => {
            let kept = kept.map(|kept| format!("{kept} as before"));
            differing.into_iter().chain(kept).collect::<Vec<_>>().join("; ")
        }
    })
}

/// "1 entity and 3 relationships", without what there is none of; `None` where there is nothing.
fn counted(entities: usize, relationships: usize) -> Option<String> {
    let count = |count: usize, [singular, plural]: [&str; 2]| match count {
        0 => None,
        1 => Some(format!("1 {singular}")),
        several => Some(format!("{several} {plural}")),
    };
    let counts = [count(entities, ["entity", "entities"]), count(relationships, ["relationship", "relationships"])];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    (!counts.is_empty()).then(|| list(&counts))
}
