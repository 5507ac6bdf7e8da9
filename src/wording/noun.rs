//! Names inside a sentence: which take an article, which lose their capital, and how several are listed.

use crate::model::entity::{Entity, EntityKind};

/// The name of an entity as it stands inside a sentence.
pub(super) fn noun(entity: &Entity) -> String {
    let name = entity.name.as_str();
    match entity.kind {
        EntityKind::Consortium | EntityKind::Office | EntityKind::Government | EntityKind::Agreement => {
            with_definite_article(name)
        }
        EntityKind::Event => with_definite_article(&described(name)),
        EntityKind::Program if names_a_sort(name) => with_definite_article(&described(name)),
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

/// A name that describes rather than names, without the capital that it would have at the start of a page: "Visit of a
/// delegation", but not "Erasmus program".
fn described(name: &str) -> String {
    const OPENERS: [&str; 30] = [
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
        "Preparatory",
        "Second",
        "Signing",
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

/// Whether the name of a program is a plural, which takes another verb: "training programs", "World Rankings 2024".
pub(super) fn is_plural(entity: &Entity) -> bool {
    if entity.kind != EntityKind::Program || !names_a_sort(&entity.name) {
        return false;
    }
    let name = entity.name.as_str();
    let ends = [" of ", " for ", " in ", " at ", " on ", " by ", " with ", ","];
    let head = &name[..ends.iter().filter_map(|end| name.find(end)).min().unwrap_or(name.len())];
    let mut words = head.split_whitespace().filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    words
        .next_back()
        .is_some_and(|word| word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)))
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

/// "Medical education" loses its capital; what goes on with one, or is named after somebody, is a proper name.
fn topic(name: &str) -> String {
    let mut words = name.split_whitespace();
    let word = words.next().unwrap_or(name);
    let proper = word.chars().skip(1).any(char::is_uppercase)
        || words.next().is_some_and(|second| second.starts_with(char::is_uppercase))
        || word.ends_with("ese")
        || word.ends_with("'s")
        || word.ends_with("’s");
    if proper { name.to_owned() } else { uncapitalized(name) }
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
        EntityKind::Person => ["person", "persons"],
        EntityKind::Agreement => ["agreement", "agreements"],
        EntityKind::Event => ["event", "events"],
        EntityKind::Program => ["program", "programs"],
        EntityKind::Topic => ["topic", "topics"],
    }
}

/// The names of the first few of several entities, and how many more there are: "A, B, C and 2 more".
pub(super) fn first_names(entities: &[&Entity]) -> String {
    first_few(entities, |entity| noun(entity), "more")
}

/// The first few of several things by name, and how many others there are. All are named where only one would be left.
pub(super) fn first_few<T>(things: &[T], name: impl Fn(&T) -> String, others: &str) -> String {
    const SHOWN: usize = 3;
    let shown = if things.len() == SHOWN + 1 { SHOWN + 1 } else { SHOWN };
    let mut names: Vec<String> = things.iter().take(shown).map(name).collect();
    if things.len() > shown {
        names.push(format!("{} {others}", things.len() - shown));
    }
    list(&names)
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
