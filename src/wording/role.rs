//! A role, as a document words it, made to fit into a sentence whatever its grammar.

use std::borrow::Cow;

use super::article::{with_indefinite_article, with_inner_articles};
use super::noun::has_word;
use crate::model::entity::{Entity, EntityKind};
use crate::model::relationship::RelationshipKind;

/// What sort of phrase a role is, as far as its first word tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RolePhrase {
    /// "keynote speaker", "President": follows "as".
    Noun,
    /// "online", "in medical education", "as host": follows directly.
    Adverbial,
    /// "presided over the opening ceremony", and what fits nowhere else: stands in brackets.
    Other,
}

const ADVERBIAL: [&str; 24] = [
    "as",
    "at",
    "by",
    "during",
    "for",
    "from",
    "in",
    "jointly",
    "offline",
    "on",
    "online",
    "over",
    "remotely",
    "through",
    "to",
    "together",
    "toward",
    "towards",
    "under",
    "via",
    "virtually",
    "with",
    "within",
    "without",
];

const IRREGULAR_PAST: [&str; 24] = [
    "became", "began", "brought", "built", "came", "drew", "gave", "held", "kept", "led", "made", "met", "ran", "read",
    "said", "sang", "sat", "sent", "set", "spoke", "stood", "took", "won", "wrote",
];

/// Adjectives that look like a verb in the past, at the head of a title.
const ADJECTIVES: [&str; 9] = [
    "advanced",
    "affiliated",
    "appointed",
    "associated",
    "distinguished",
    "designated",
    "elected",
    "invited",
    "retired",
];

impl RolePhrase {
    pub(super) fn of(role: &str) -> Self {
        let first = role.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
        let word = first.to_lowercase();
        let several_words = role.trim_end().contains(' ');
        // "sends young doctors"; "partners" alone is a noun.
        let third_person =
            several_words && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
        let verb = first.starts_with(char::is_lowercase)
            && (third_person
                || IRREGULAR_PAST.contains(&word.as_str())
                || (word.ends_with("ed") && !ADJECTIVES.contains(&word.as_str()))
                || (word.ends_with("ing") && several_words && !is_gerund_title(role)));
        if ADVERBIAL.contains(&word.as_str()) {
            Self::Adverbial
        } else if verb || !word.starts_with(char::is_alphabetic) || role.contains(';') || is_occasion(role) {
            Self::Other
        } else {
            Self::Noun
        }
    }
}

/// "round-table discussion": not what somebody was but what they did.
fn is_occasion(role: &str) -> bool {
    const OCCASIONS: [&str; 12] = [
        "address",
        "discussion",
        "lecture",
        "panel",
        "presentation",
        "remarks",
        "report",
        "session",
        "speech",
        "speeches",
        "talk",
        "workshop",
    ];
    let head = role.split([',', '(']).next().unwrap_or(role).trim_end();
    let last = head.rsplit(char::is_whitespace).next().unwrap_or(head).to_lowercase();
    OCCASIONS.contains(&last.as_str())
}

/// "founding member", "visiting professor": a participle that describes a noun.
fn is_gerund_title(role: &str) -> bool {
    ["acting", "coordinating", "founding", "leading", "managing", "participating", "teaching", "visiting"]
        .iter()
        .any(|participle| role.split_whitespace().next().is_some_and(|first| first.eq_ignore_ascii_case(participle)))
}

/// A role after "as", with its article: "a keynote speaker", but "host", of whom there is one.
pub(super) fn as_what(role: &str) -> String {
    const SOLE: [&str; 10] = [
        "chair",
        "chairman",
        "chairperson",
        "chairwoman",
        "coordinator",
        "head",
        "host",
        "leader",
        "president",
        "secretary",
    ];
    let words = role.split(' ').take_while(|word| !ADVERBIAL.contains(word) && *word != "of");
    let head = words.last().unwrap_or(role).trim_end_matches(',').rsplit('-').next().unwrap_or(role);
    if SOLE.contains(&head) { role.to_owned() } else { with_indefinite_article(role) }
}

/// The role as a sentence has it: with the articles that a list of names leaves out, without what the verb or the name of
/// an event says.
pub(super) fn told_role<'a>(kind: RelationshipKind, role: &'a str, target: &Entity) -> Option<Cow<'a, str>> {
    const SAID: [&str; 3] = ["affiliate", "affiliated", "related"];
    let takes_part = kind == RelationshipKind::ParticipatedIn;
    let by_verb = kind == RelationshipKind::AffiliatedWith && SAID.contains(&role);
    let by_event = takes_part && target.kind == EntityKind::Event && is_said_by(&target.name, role);
    if by_verb || by_event {
        return None;
    }
    let manner = takes_part.then(|| manner_of_taking_part(role)).flatten();
    Some(Cow::Owned(with_inner_articles(manner.unwrap_or(role))))
}

/// Whether a name says all that a role does: a visit has a visitor, and that of a team a visiting team.
fn is_said_by(name: &str, role: &str) -> bool {
    let is_said = |word: &str| {
        let stem = word.strip_suffix("or").or_else(|| word.strip_suffix("ing"));
        has_word(name, word) || stem.is_some_and(|stem| has_word(name, stem))
    };
    RolePhrase::of(role) == RolePhrase::Noun && role.split_whitespace().all(is_said)
}

/// How somebody took part, where the role says no more than that they did, and how: "attended in person" is "in person".
fn manner_of_taking_part(role: &str) -> Option<&str> {
    const VERBS: [&str; 4] = ["attended", "joined", "participated", "took part"];
    let manner = VERBS.iter().find_map(|verb| role.strip_prefix(verb)?.strip_prefix(' '))?;
    (RolePhrase::of(manner) == RolePhrase::Adverbial && !role.contains(';')).then_some(manner)
}

/// The word between a title and the body where it is held: President *of* a university, Professor of Oncology *at* one.
pub(super) fn title_preposition(title: &str) -> &'static str {
    const AT: [&str; 12] = [
        "professor",
        "lecturer",
        "researcher",
        "scholar",
        "scientist",
        "investigator",
        "student",
        "surgeon",
        "physician",
        "doctor",
        "instructor",
        "academician",
    ];
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let has_own = words.iter().any(|word| ["of", "at", "for", "in"].contains(word));
    if has_own || words.iter().any(|word| AT.contains(word)) { "at" } else { "of" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_tells_the_phrase() {
        for (role, phrase) in [
            ("keynote speaker", RolePhrase::Noun),
            ("President", RolePhrase::Noun),
            ("founding member", RolePhrase::Noun),
            ("Acting Head of Division", RolePhrase::Noun),
            ("invited speaker", RolePhrase::Noun),
            ("presided over the opening ceremony", RolePhrase::Other),
            ("gave a keynote speech", RolePhrase::Other),
            ("representing the UK members", RolePhrase::Other),
            ("sends young doctors and scholars", RolePhrase::Other),
            ("round-table discussion", RolePhrase::Other),
            ("speaker; welcomed the participants", RolePhrase::Other),
            ("12 subjects ranked in the top 50", RolePhrase::Other),
            ("…", RolePhrase::Other),
            ("online", RolePhrase::Adverbial),
            ("in medical education", RolePhrase::Adverbial),
            ("as host", RolePhrase::Adverbial),
        ] {
            assert_eq!(RolePhrase::of(role), phrase, "{role}");
        }
    }

    #[test]
    fn a_role_is_one_of_many_or_the_only_one() {
        for (role, expected) in [
            ("keynote speaker", "a keynote speaker"),
            ("organizer in Chengdu", "an organizer in Chengdu"),
            ("host", "host"),
            ("co-host", "co-host"),
            ("host of the online session", "host of the online session"),
            ("head of delegation", "head of delegation"),
            ("President", "President"),
            ("representatives of the members", "representatives of the members"),
        ] {
            assert_eq!(as_what(role), expected);
        }
    }

    #[test]
    fn taking_part_is_not_said_twice() {
        for (role, manner) in [
            ("attended in person", Some("in person")),
            ("joined online", Some("online")),
            ("took part as a judge", Some("as a judge")),
            ("attended the opening", None),
            ("joined online; spoke on cancer", None),
            ("attended", None),
            ("spoke online", None),
        ] {
            assert_eq!(manner_of_taking_part(role), manner, "{role}");
        }
    }

    #[test]
    fn a_role_that_the_event_is_named_for_is_not_said_twice() {
        for (name, role, said) in [
            ("Visit of Nancy Ip to PUMCH, March 2024", "visitor", true),
            ("Planned visit of a Sichuan University team to Oxford", "visiting team", true),
            ("Visit of a PUMCH delegation to HKUST", "delegation", true),
            ("Visit of a PUMCH delegation to HKUST", "head of delegation", false),
            ("Visit of a PUMCH delegation to HKUST", "host", false),
            ("Signing ceremony", "witness", false),
            ("Visit of the deans", "in person", false),
        ] {
            assert_eq!(is_said_by(name, role), said, "{role}");
        }
    }

    #[test]
    fn a_title_is_of_a_body_or_at_it() {
        for (title, preposition) in [
            ("Vice President", "of"),
            ("Associate Provost (Mainland Affairs)", "of"),
            ("Secretary of the Party Committee", "at"),
            ("Professor", "at"),
            ("Head of the Oncology Department", "at"),
        ] {
            assert_eq!(title_preposition(title), preposition, "{title}");
        }
    }
}
