//! Names inside a sentence: which lose their capital, which are plurals, and what an entity is called for short.

use super::article::{
    head_of, indefinite, organization_takes_article, public_body_takes_article, starts_with_article,
    with_article_of_body, with_definite_article,
};
use crate::model::entity::{Entity, EntityKind};

/// The name of an entity as it stands inside a sentence.
pub(super) fn noun(entity: &Entity) -> String {
    let name = entity.name.as_str();
    match entity.kind {
        EntityKind::Consortium | EntityKind::Agreement => with_article_of_body(name),
        EntityKind::Office | EntityKind::Government if public_body_takes_article(name) => with_definite_article(name),
        EntityKind::Event => with_definite_article(&described(name)),
        EntityKind::Program if names_any_of_a_sort(entity) => described(name),
        EntityKind::Program if names_a_sort(name) => with_definite_article(&described(name)),
        EntityKind::Topic => topic(name),
        kind @ (EntityKind::University
        | EntityKind::MedicalSchool
        | EntityKind::Hospital
        | EntityKind::ResearchCenter
        | EntityKind::Company
        | EntityKind::Foundation
        | EntityKind::Nonprofit)
            if organization_takes_article(kind, name) =>
        {
            with_definite_article(name)
        }
        EntityKind::University
        | EntityKind::MedicalSchool
        | EntityKind::Hospital
        | EntityKind::ResearchCenter
        | EntityKind::Company
        | EntityKind::Foundation
        | EntityKind::Nonprofit
        | EntityKind::Office
        | EntityKind::Government
        | EntityKind::Program
        | EntityKind::Person => name.to_owned(),
    }
}

/// A name that describes rather than names, without the capital that it would have at the start of a page: "Visit of a
/// delegation", but not "Erasmus program".
fn described(name: &str) -> String {
    const OPENERS: [&str; 34] = [
        "Academic",
        "Annual",
        "Award",
        "Clinical",
        "Closing",
        "Conference",
        "Delegation",
        "Establishment",
        "Exchange",
        "First",
        "Founding",
        "Inaugural",
        "International",
        "Joint",
        "Launch",
        "Lecture",
        "Medical",
        "Meeting",
        "Opening",
        "Performance",
        "Planned",
        "Platform",
        "Preparatory",
        "Second",
        "Seminar",
        "Signing",
        "Summit",
        "Symposium",
        "Task",
        "Third",
        "Tour",
        "Training",
        "Visit",
        "Workshop",
    ];
    let mut words = name.split_whitespace();
    let opens = words.next().is_some_and(|first| OPENERS.contains(&first));
    if opens && words.next().is_some_and(|second| second.starts_with(char::is_lowercase)) {
        uncapitalized(name)
    } else {
        name.to_owned()
    }
}

fn uncapitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

/// Whether the name of a program or an event is a plural, which takes another verb: "training programs", "World Rankings
/// 2024", "Lectures on oncology".
pub(super) fn is_plural(entity: &Entity) -> bool {
    let may_be = match entity.kind {
        EntityKind::Program => names_a_sort(&entity.name),
        EntityKind::Event => true,
        EntityKind::University
        | EntityKind::MedicalSchool
        | EntityKind::Hospital
        | EntityKind::Consortium
        | EntityKind::ResearchCenter
        | EntityKind::Office
        | EntityKind::Company
        | EntityKind::Foundation
        | EntityKind::Government
        | EntityKind::Nonprofit
        | EntityKind::Agreement
        | EntityKind::Person
        | EntityKind::Topic => false,
    };
    if !may_be {
        return false;
    }
    let mut words =
        head_of(&entity.name).split_whitespace().filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    words
        .next_back()
        .is_some_and(|word| word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)))
}

/// Whether the name of a program says what sort of thing it is, as "MBBS program" and "Research Assessment Exercise" do
/// and "Healthy China" does not.
fn names_a_sort(name: &str) -> bool {
    const SORTS: [&str; 14] = [
        "award",
        "course",
        "exchange",
        "exercise",
        "fellowship",
        "framework",
        "initiative",
        "plan",
        "program",
        "programme",
        "project",
        "ranking",
        "rankings",
        "strategy",
    ];
    name.split_whitespace().skip(1).any(|word| word.starts_with(char::is_lowercase))
        || SORTS.iter().any(|sort| has_word(name, sort))
}

/// Whether a program is any of what its name describes: "clinical rotations in China", but "*the* training programs *of* the
/// school" and "the World Rankings 2024".
fn names_any_of_a_sort(program: &Entity) -> bool {
    let name = program.name.as_str();
    let of_something = name[head_of(name).len()..].starts_with(" of ");
    is_plural(program) && described(name) != name && !of_something
}

/// "Medical education" loses its capital; what goes on with one, or is named after somebody, is a proper name.
fn topic(name: &str) -> String {
    let mut words = name.split_whitespace();
    let word = words.next().unwrap_or(name);
    let proper = word.chars().skip(1).any(char::is_uppercase)
        || words.next().is_some_and(|second| second.starts_with(char::is_uppercase))
        || word.ends_with("ese")
        || word.ends_with("'s")
        || word.ends_with("’s");
    with_article_of_topic(name, if proper { name.to_owned() } else { uncapitalized(name) })
}

/// "The quality *of* health care", "the biomedical *industry*", "a think *tank* for global health": what is one of a
/// sort, or is that of something, takes an article; "medical education" and "causes and cures of disease" take none.
fn with_article_of_topic(name: &str, inside: String) -> String {
    const ONE: [&str; 6] = ["community", "economy", "environment", "industry", "sector", "workforce"];
    const ONE_OF_MANY: [&str; 6] = ["center", "centre", "hub", "network", "platform", "tank"];
    let head = head_of(name);
    let last = head.split_whitespace().next_back().unwrap_or(head).to_lowercase();
    let is_plural = last.ends_with('s') && !["ss", "us", "is", "ics"].iter().any(|end| last.ends_with(end));
    let of_something = name[head.len()..].starts_with(" of ") && !is_plural && !head.contains(" and ");
    if starts_with_article(name) {
        inside
    } else if ONE_OF_MANY.contains(&last.as_str()) {
        indefinite(&inside)
    } else if of_something || (ONE.contains(&last.as_str()) && last.len() < head.len()) {
        with_definite_article(&inside)
    } else {
        inside
    }
}

/// What entities of a kind are called, one and several.
pub(super) fn kind_nouns(kind: EntityKind) -> [&'static str; 2] {
    match kind {
        EntityKind::University => ["university", "universities"],
        EntityKind::MedicalSchool => ["medical school", "medical schools"],
        EntityKind::Hospital => ["hospital", "hospitals"],
        EntityKind::Consortium => ["consortium", "consortia"],
        EntityKind::ResearchCenter => ["research center", "research centers"],
        EntityKind::Office => ["office", "offices"],
        EntityKind::Company => ["company", "companies"],
        EntityKind::Foundation => ["foundation", "foundations"],
        EntityKind::Government => ["government body", "government bodies"],
        EntityKind::Nonprofit => ["nonprofit body", "nonprofit bodies"],
        EntityKind::Person => ["person", "people"],
        EntityKind::Agreement => ["agreement", "agreements"],
        EntityKind::Event => ["event", "events"],
        EntityKind::Program => ["program", "programs"],
        EntityKind::Topic => ["topic", "topics"],
    }
}

/// The text with its first letter as a capital, where its first word is not spelled with a small one: "eHealth".
pub(super) fn capitalized(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or(text);
    if first.starts_with(char::is_lowercase) && first.split('-').next().unwrap_or(first).contains(char::is_uppercase) {
        return text.to_owned();
    }
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// What an entity may be called for short after "the", as its own name says: "consortium", "forum". `None` where the
/// name says nothing of the kind.
pub(super) fn short_noun(entity: &Entity) -> Option<&'static str> {
    let nouns: &[&'static str] = match entity.kind {
        EntityKind::Consortium => &["consortium", "alliance", "network", "association", "federation", "league"],
        EntityKind::Agreement => &["agreement", "memorandum", "declaration", "initiative"],
        EntityKind::Event => {
            &["forum", "meeting", "conference", "symposium", "summit", "workshop", "ceremony", "visit", "discussion"]
        }
        EntityKind::Program => &["program", "course", "scheme", "ranking", "exchange", "platform"],
        EntityKind::University
        | EntityKind::MedicalSchool
        | EntityKind::Hospital
        | EntityKind::ResearchCenter
        | EntityKind::Office
        | EntityKind::Company
        | EntityKind::Foundation
        | EntityKind::Government
        | EntityKind::Nonprofit
        | EntityKind::Person
        | EntityKind::Topic => &[],
    };
    // The word that the name is about, not one of those that tell what for: a platform for talent exchange is none.
    let mut words = head_of(&entity.name).split_whitespace().rev();
    let last = words.find(|word| !word.starts_with(|c: char| c.is_ascii_digit() || c == '('))?;
    let is_said = |noun: &&&str| last.eq_ignore_ascii_case(noun);
    nouns.iter().find(is_said).copied()
}

/// The words of what a name is about, without what it is for, of or in.
pub(super) fn head_words(entity: &Entity) -> impl Iterator<Item = &str> {
    head_of(&entity.name).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a name holds a word, whatever its case.
pub(super) fn has_word(name: &str, word: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|part| part.eq_ignore_ascii_case(word))
}
