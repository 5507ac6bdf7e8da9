//! Names inside a sentence: which take an article, which lose their capital, and how several are listed.

use crate::model::entity::{Entity, EntityKind};

/// The name of an entity as it stands inside a sentence.
pub(super) fn noun(entity: &Entity) -> String {
    let name = entity.name.as_str();
    match entity.kind {
        EntityKind::Consortium
        | EntityKind::Office
        | EntityKind::Government
        | EntityKind::Agreement
        | EntityKind::Event => with_definite_article(name),
        EntityKind::Program if names_a_sort(name) => with_definite_article(name),
        EntityKind::Topic => topic(name),
        EntityKind::University
        | EntityKind::MedicalSchool
        | EntityKind::Hospital
        | EntityKind::ResearchCenter
        | EntityKind::Company
        | EntityKind::Foundation
        | EntityKind::Nonprofit
        | EntityKind::Program
        | EntityKind::Person => name.to_owned(),
    }
}

fn with_definite_article(name: &str) -> String {
    if starts_with_article(name) { name.to_owned() } else { format!("the {name}") }
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

/// Whether a phrase brings its own article.
pub(super) fn starts_with_article(phrase: &str) -> bool {
    let first = phrase.split_whitespace().next().unwrap_or("");
    ["the", "a", "an"].iter().any(|article| first.eq_ignore_ascii_case(article)) && first.len() < phrase.len()
}

/// "Medical education" loses its capital; what has capitals elsewhere, or is named after somebody, is a proper name.
fn topic(name: &str) -> String {
    let mut characters = name.chars();
    let Some(first) = characters.next() else { return String::new() };
    let word = name.split_whitespace().next().unwrap_or(name);
    let proper = characters.as_str().chars().any(char::is_uppercase)
        || word.ends_with("ese")
        || word.ends_with("'s")
        || word.ends_with("’s");
    if proper { name.to_owned() } else { first.to_lowercase().chain(characters).collect() }
}

/// A phrase with "a" or "an" before it, if it brings no article, starts with a small letter and is no plural.
pub(super) fn with_indefinite_article(phrase: &str) -> String {
    let after = [" of ", " for ", " in ", " at ", " on ", " to ", " with ", ","]
        .iter()
        .filter_map(|end| phrase.find(end))
        .min();
    let head = &phrase[..after.unwrap_or(phrase.len())];
    let singular = !head.ends_with('s') || head.ends_with("ss");
    if starts_with_article(phrase) || !singular || !phrase.starts_with(char::is_lowercase) {
        return phrase.to_owned();
    }
    let vowel = phrase.starts_with(['a', 'e', 'i', 'o']) || (phrase.starts_with('u') && !phrase.starts_with("uni"));
    format!("{} {phrase}", if vowel { "an" } else { "a" })
}

/// "A", "A and B", "A, B and C".
pub(super) fn list(nouns: &[String]) -> String {
    match nouns {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The text with its first letter as a capital.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// What an entity may be called for short after "the", as its own name says: "consortium", "forum". `None` where the
/// name says nothing of the kind, or two things.
pub(super) fn short_noun(entity: &Entity) -> Option<&'static str> {
    let nouns: &[&'static str] = match entity.kind {
        EntityKind::Consortium => &["consortium", "alliance", "network", "association", "federation", "league"],
        EntityKind::Agreement => &["agreement", "memorandum", "declaration", "initiative"],
        EntityKind::Event => {
            &["forum", "meeting", "conference", "symposium", "summit", "workshop", "ceremony", "visit", "discussion"]
        }
        EntityKind::Program => &["program", "course", "scheme", "ranking", "exchange"],
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
    let mut found = nouns.iter().filter(|noun| has_word(&entity.name, noun));
    match (found.next(), found.next()) {
        (Some(noun), None) => Some(noun),
        _ => None,
    }
}

/// Whether a name holds a word, whatever its case.
pub(super) fn has_word(name: &str, word: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|part| part.eq_ignore_ascii_case(word))
}
