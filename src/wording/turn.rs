//! The verbs for a state that begins, that ends, or that is only planned.

use std::borrow::Cow;

use crate::model::relationship::RelationshipKind;

/// What is told of a state instead of that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It began.
    Began,
    /// It ended.
    Ended,
    /// It is to be.
    Planned,
}

/// "became a member of". Of acts, which begin where they happen, their own verb.
pub(super) fn began(kind: RelationshipKind, works_on: bool) -> &'static str {
    match kind {
        RelationshipKind::PartOf => "became part of",
        RelationshipKind::AffiliatedWith => "became affiliated with",
        RelationshipKind::MemberOf => "became a member of",
        RelationshipKind::CollaboratesWith => "began to collaborate with",
        RelationshipKind::PartyTo => "became a party to",
        RelationshipKind::HoldsPostAt => "took up a post at",
        RelationshipKind::Offers => "began to offer",
        RelationshipKind::Funded => "began to fund",
        RelationshipKind::Concerns if works_on => "began to work on",
        RelationshipKind::Concerns => "began to concern",
        RelationshipKind::Founded => "founded",
        RelationshipKind::Signed => "signed",
        RelationshipKind::Witnessed => "witnessed",
        RelationshipKind::Organized => "organized",
        RelationshipKind::Hosted => "hosted",
        RelationshipKind::ParticipatedIn => "took part in",
        RelationshipKind::Succeeds => "succeeded",
        RelationshipKind::Adopted => "adopted",
        RelationshipKind::Designated => "designated",
    }
}

/// "ceased to be a member of". Of acts, which end where they happen, their own verb.
pub(super) fn ended(kind: RelationshipKind, works_on: bool) -> &'static str {
    match kind {
        RelationshipKind::PartOf => "ceased to be part of",
        RelationshipKind::AffiliatedWith => "ceased to be affiliated with",
        RelationshipKind::MemberOf => "ceased to be a member of",
        RelationshipKind::CollaboratesWith => "stopped collaborating with",
        RelationshipKind::PartyTo => "ceased to be a party to",
        RelationshipKind::HoldsPostAt => "left a post at",
        RelationshipKind::Offers => "stopped offering",
        RelationshipKind::Funded => "stopped funding",
        RelationshipKind::Concerns if works_on => "stopped working on",
        RelationshipKind::Concerns => "ceased to concern",
        RelationshipKind::Founded
        | RelationshipKind::Signed
        | RelationshipKind::Witnessed
        | RelationshipKind::Organized
        | RelationshipKind::Hosted
        | RelationshipKind::ParticipatedIn
        | RelationshipKind::Succeeds
        | RelationshipKind::Adopted
        | RelationshipKind::Designated => began(kind, works_on),
    }
}

/// "took up" or "left" a post; `None` where the post is told as it is.
pub(super) fn of_post(turn: Option<Turn>) -> Option<&'static str> {
    match turn? {
        Turn::Began => Some("took up"),
        Turn::Ended => Some("left"),
        Turn::Planned => None,
    }
}

/// "is to be a member of", "are to be members of"; `None` for kinds that are told as done whatever the role says.
pub(super) fn planned(kind: RelationshipKind) -> Option<[&'static str; 2]> {
    match kind {
        RelationshipKind::PartOf => Some(["is to be part of", "are to be parts of"]),
        RelationshipKind::MemberOf => Some(["is to be a member of", "are to be members of"]),
        RelationshipKind::CollaboratesWith => Some(["is to collaborate with", "are to collaborate with"]),
        RelationshipKind::Organized => Some(["is to organize", "are to organize"]),
        RelationshipKind::Hosted => Some(["is to host", "are to host"]),
        RelationshipKind::ParticipatedIn => Some(["is to take part in", "are to take part in"]),
        RelationshipKind::Offers => Some(["is to offer", "are to offer"]),
        RelationshipKind::Funded => Some(["is to fund", "are to fund"]),
        RelationshipKind::AffiliatedWith
        | RelationshipKind::Founded
        | RelationshipKind::PartyTo
        | RelationshipKind::Signed
        | RelationshipKind::Witnessed
        | RelationshipKind::HoldsPostAt
        | RelationshipKind::Succeeds
        | RelationshipKind::Adopted
        | RelationshipKind::Concerns
        | RelationshipKind::Designated => None,
    }
}

/// A role without the word that it is planned, which the verb says: "visiting team (planned)" is a visiting team.
pub(super) fn without_plan(role: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let mut rest = role.as_ref();
    for word in ["planned", "expected"] {
        rest = rest.strip_suffix(&format!(" ({word})")).unwrap_or(rest);
        let after = rest.strip_prefix(word).filter(|after| after.is_empty() || after.starts_with([':', ' ', ',']));
        rest = after.map_or(rest, |after| after.trim_start_matches([':', ' ', ',']));
    }
    (!rest.is_empty()).then(|| Cow::Owned(rest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(without_plan(Cow::Borrowed(role)).as_deref(), rest);
        }
    }
}
