//! Names inside a sentence: as their entity has them there, and what an entity is called for short.

use std::fmt;

use super::article::head_of;
use super::date::Time;
use crate::model::entity::{Entity, EntityKind};

/// The name of an entity as it stands inside a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Noun {
    /// It without the date of the entity: "the visit of the deans".
    pub(super) words: String,
    /// The date in which it ends, if it ends in one: "in April 2024".
    pub(super) date: Option<String>,
}

impl From<&str> for Noun {
    fn from(words: &str) -> Self {
        Self { words: words.to_owned(), date: None }
    }
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)?;
        self.date.as_ref().map_or(Ok(()), |date| write!(f, " {date}"))
    }
}

/// An entity as it stands inside a sentence: by its own words for that, else by its name as written, a topic without the
/// capital that any text begins with.
pub(super) fn noun(entity: &Entity) -> Noun {
    let words = match (&entity.in_text, entity.kind) {
        (Some(text), _) => text.to_string(),
        (None, EntityKind::Topic) => topic(&entity.name),
        (None, _) => entity.name.clone(),
    };
    let date = Time::of_all(entity.period()).of_momentary_act();
    let split = |date: &str| {
        let (preposition, day) = date.split_once(' ')?;
        let before = words.strip_suffix(day)?;
        let joined = [&format!(" {preposition} "), ", "].iter().find_map(|joint| before.strip_suffix(*joint));
        joined.map(|before| Noun { words: before.to_owned(), date: Some(date.to_owned()) })
    };
    date.as_deref().and_then(split).unwrap_or_else(|| Noun::from(words.as_str()))
}

/// "Medical education" loses its capital; what goes on with one, or is named after somebody, is a proper name.
fn topic(name: &str) -> String {
    let mut words = name.split_whitespace();
    let word = words.next().unwrap_or(name);
    let proper = word.chars().skip(1).any(char::is_uppercase)
        || words.next().is_some_and(|second| second.starts_with(char::is_uppercase))
        || ["ese", "'s", "’s"].iter().any(|end| word.ends_with(end));
    let mut characters = name.chars();
    match characters.next() {
        Some(first) if !proper => first.to_lowercase().chain(characters).collect(),
        _ => name.to_owned(),
    }
}

/// Whether a program or an event is told of as several, which takes another verb: "the training programs", "the World
/// Rankings 2024". One whose name stands as it is written is one: "Healthy Cities".
pub(super) fn is_plural(entity: &Entity) -> bool {
    let Some(text) = entity.in_text.as_deref() else { return false };
    let may_be = matches!(entity.kind, EntityKind::Program | EntityKind::Event);
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let last = head_of(text).split_whitespace().rfind(|word| !is_number(word)).unwrap_or("");
    may_be
        && !["a", "an"].contains(&text.split(' ').next().unwrap_or(""))
        && last.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| last.ends_with(end))
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
