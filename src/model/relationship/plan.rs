//! What a role says of a plan: that the relationship was only planned or expected when its document was written.

use super::{Relationship, RelationshipKind};

const WORDS: [&str; 2] = ["planned", "expected"];

impl Relationship {
    /// Whether its documents only plan or expect it: its kind can be planned, and its role says "planned" or "expected".
    pub fn is_planned(&self) -> bool {
        self.kind.can_be_planned() && self.role.as_deref().is_some_and(says_planned)
    }
}

impl RelationshipKind {
    /// Whether a role may say of it that it is only planned. A signature, a post or a designation is told as done
    /// whatever its role says: a "planned base" is designated all the same.
    pub fn can_be_planned(self) -> bool {
        match self {
            Self::PartOf
            | Self::MemberOf
            | Self::CollaboratesWith
            | Self::Organized
            | Self::Hosted
            | Self::ParticipatedIn
            | Self::Offers
            | Self::Funded => true,
            Self::AffiliatedWith
            | Self::Founded
            | Self::PartyTo
            | Self::Signed
            | Self::Witnessed
            | Self::HoldsPostAt
            | Self::Succeeds
            | Self::Adopted
            | Self::Concerns
            | Self::Designated => false,
        }
    }
}

/// Whether a role has one of the words, and not as what somebody did: "planned", "visiting team (planned)", but not
/// "planned the program".
fn says_planned(role: &str) -> bool {
    const OBJECTS: [&str; 5] = ["the", "a", "an", "and", "its"];
    let words: Vec<&str> = role.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_one_of = |word: &str, list: &[&str]| list.iter().any(|one| word.eq_ignore_ascii_case(one));
    words
        .iter()
        .enumerate()
        .any(|(at, word)| is_one_of(word, &WORDS) && !words.get(at + 1).is_some_and(|next| is_one_of(next, &OBJECTS)))
}

/// A role without the word that it is planned: "visiting team (planned)" is a visiting team. `None` where it says
/// nothing else.
pub fn role_without_plan(role: &str) -> Option<&str> {
    let mut rest = role;
    for word in WORDS {
        rest = rest.strip_suffix(&format!(" ({word})")).unwrap_or(rest);
        let after = rest.strip_prefix(word).filter(|after| after.is_empty() || after.starts_with([':', ' ', ',']));
        rest = after.map_or(rest, |after| after.trim_start_matches([':', ' ', ',']));
    }
    (!rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_says_that_something_is_planned_but_not_that_somebody_planned_it() {
        for (role, planned) in [
            ("planned", true),
            ("visiting team (planned)", true),
            ("planned: training programs", true),
            ("Expected partner", true),
            ("planned the program", false),
            ("planned and led the visit", false),
            ("unexpected guest", false),
            ("host", false),
        ] {
            assert_eq!(says_planned(role), planned, "{role}");
        }
    }

    #[test]
    fn a_plan_is_taken_out_of_a_role_wherever_it_stands() {
        for (role, rest) in [
            ("planned", None),
            ("visiting team (planned)", Some("visiting team")),
            ("planned partner", Some("partner")),
            ("planned: training programs", Some("training programs")),
            ("sends young doctors (expected)", Some("sends young doctors")),
            ("host of the planned visit", Some("host of the planned visit")),
            ("plannedness", Some("plannedness")),
        ] {
            assert_eq!(role_without_plan(role), rest);
        }
    }
}
