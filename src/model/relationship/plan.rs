//! What a role says of a plan: that the relationship was only planned or expected when its document was written.

use super::{Relationship, RelationshipKind};

/// The adjectives that say so, before or behind what else the role says.
const WORDS: [&str; 7] = ["planned", "expected", "intended", "proposed", "prospective", "tentative", "future"];

/// The verbs that say so, before another verb; the longer first.
const VERBS: [&str; 15] = [
    "is expected to",
    "is planned to",
    "is due to",
    "is to",
    "expected to",
    "expects to",
    "planned to",
    "plans to",
    "intended to",
    "intends to",
    "proposes to",
    "hopes to",
    "due to",
    "will",
    "to",
];

/// A role that says that something is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan<'a> {
    /// What else it says: "visiting team" of "visiting team (planned)".
    pub role: Option<&'a str>,
    /// Whether that is what somebody is to do: "host" of "will host", but not of "future host".
    pub is_act: bool,
}

impl Relationship {
    /// Whether its documents only plan or expect it, as its role says.
    pub fn is_planned(&self) -> bool {
        self.plan().is_some()
    }

    /// What its role says of a plan; `None` where it says of none.
    pub fn plan(&self) -> Option<Plan<'_>> {
        plan(self.kind, self.role.as_deref()?)
    }
}

/// A role plans where it is one of the words, begins with one ("planned: training programs", "future host"), ends in one
/// ("visiting team (planned)"), or begins with one of the verbs ("will host", "to be host"). Of kinds whose role is a
/// title, a word at its beginning belongs to the title: a "planned base" is designated all the same.
fn plan(kind: RelationshipKind, role: &str) -> Option<Plan<'_>> {
    let behind = WORDS.iter().find_map(|word| {
        let rest =
            role.strip_suffix(')').and_then(|role| without_end(role, word)).and_then(|role| role.strip_suffix('('));
        rest.or_else(|| without_end(role, word)?.trim_end().strip_suffix([',', ';', ':'])).map(str::trim_end)
    });
    if let Some(rest) = behind.filter(|rest| !rest.is_empty()) {
        return Some(Plan { role: Some(rest), is_act: false });
    }
    if let Some(rest) = VERBS.iter().find_map(|verb| next_words(role, verb)) {
        return match rest.strip_prefix("be") {
            Some("") => None,
            Some(what) if what.starts_with(' ') => Some(Plan { role: Some(what.trim_start()), is_act: false }),
            _ => Some(Plan { role: Some(rest), is_act: true }),
        };
    }
    let word = WORDS.iter().find(|word| begins_with(role, word))?;
    match &role[word.len()..] {
        "" => Some(Plan { role: None, is_act: false }),
        rest if rest.starts_with([':', ',']) => Some(Plan { role: Some(rest[1..].trim_start()), is_act: false }),
        rest => next_words(role, word)
            .filter(|next| !has_title(kind) && next.starts_with(char::is_lowercase) && rest.starts_with(' '))
            .map(|next| Plan { role: Some(next), is_act: false }),
    }
}

/// Whether the role of a kind is the title that somebody bore, or that something was given.
fn has_title(kind: RelationshipKind) -> bool {
    match kind {
        RelationshipKind::HoldsPostAt
        | RelationshipKind::Signed
        | RelationshipKind::Witnessed
        | RelationshipKind::Designated => true,
        RelationshipKind::PartOf
        | RelationshipKind::AffiliatedWith
        | RelationshipKind::MemberOf
        | RelationshipKind::Founded
        | RelationshipKind::CollaboratesWith
        | RelationshipKind::PartyTo
        | RelationshipKind::Organized
        | RelationshipKind::Hosted
        | RelationshipKind::ParticipatedIn
        | RelationshipKind::Offers
        | RelationshipKind::Funded
        | RelationshipKind::Succeeds
        | RelationshipKind::Adopted
        | RelationshipKind::Concerns => false,
    }
}

fn begins_with(role: &str, word: &str) -> bool {
    role.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn without_end<'a>(role: &'a str, word: &str) -> Option<&'a str> {
    let at = role.len().checked_sub(word.len())?;
    role.get(at..).filter(|end| end.eq_ignore_ascii_case(word)).map(|_| &role[..at])
}

/// What comes after a first word, unless that goes on as one that somebody did or that tells where to: "planned *the*
/// program", "to *the* committee".
fn next_words<'a>(role: &'a str, first: &str) -> Option<&'a str> {
    const OTHERS: [&str; 12] = ["the", "a", "an", "and", "its", "their", "this", "that", "for", "by", "as", "to"];
    let next = begins_with(role, first).then(|| role[first.len()..].strip_prefix(' ')).flatten()?.trim_start();
    let word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    (!word.is_empty() && !OTHERS.contains(&word)).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use RelationshipKind::{Hosted, Signed};

    #[test]
    fn a_plan_is_taken_out_of_a_role_wherever_it_stands() {
        for (role, rest) in [
            ("planned", None),
            ("visiting team (planned)", Some("visiting team")),
            ("visiting team, planned", Some("visiting team")),
            ("planned: training programs", Some("training programs")),
            ("planned partner", Some("partner")),
            ("Expected partner", Some("partner")),
            ("future host", Some("host")),
            ("proposed host", Some("host")),
            ("intended host", Some("host")),
            ("sends young doctors (expected)", Some("sends young doctors")),
            ("to be host", Some("host")),
            ("will be host", Some("host")),
        ] {
            assert_eq!(plan(Hosted, role), Some(Plan { role: rest, is_act: false }), "{role}");
        }
        for (role, rest) in [
            ("will host", "host"),
            ("to attend", "attend"),
            ("is expected to send a team", "send a team"),
            ("plans to host", "host"),
        ] {
            assert_eq!(plan(Hosted, role), Some(Plan { role: Some(rest), is_act: true }), "{role}");
        }
    }

    #[test]
    fn what_somebody_planned_is_not_planned() {
        for role in [
            "planned the program",
            "planned and led the visit",
            "proposed the topic",
            "unexpected guest",
            "plannedness",
            "Future Leaders Fellow",
            "host of the planned visit",
            "to the committee",
            "tooth fairy",
            "willing partner",
            "host",
        ] {
            assert_eq!(plan(Hosted, role), None, "{role}");
        }
    }

    #[test]
    fn a_title_may_begin_with_such_a_word() {
        assert_eq!(plan(Signed, "planned giving officer"), None);
        assert_eq!(plan(Signed, "President (planned)"), Some(Plan { role: Some("President"), is_act: false }));
        assert_eq!(plan(Signed, "to sign"), Some(Plan { role: Some("sign"), is_act: true }));
        assert_eq!(plan(Signed, "planned"), Some(Plan { role: None, is_act: false }));
    }
}
