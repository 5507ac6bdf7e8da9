//! The verbs for a state that begins, that ends, or that is only planned.

use super::verb::Sense;
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
pub(super) fn began(kind: RelationshipKind, sense: Sense) -> &'static str {
    match kind {
        RelationshipKind::PartOf => "became part of",
        RelationshipKind::AffiliatedWith if sense == Sense::Related => "became related to",
        RelationshipKind::AffiliatedWith => "became affiliated with",
        RelationshipKind::MemberOf => "became a member of",
        RelationshipKind::CollaboratesWith => "began to collaborate with",
        RelationshipKind::PartyTo => "became a party to",
        RelationshipKind::HoldsPostAt => "took up a post at",
        RelationshipKind::Offers if sense == Sense::Run => "began to run",
        RelationshipKind::Offers => "began to offer",
        RelationshipKind::Funded => "began to fund",
        RelationshipKind::Concerns if sense == Sense::Work => "began to work on",
        RelationshipKind::Concerns => "began to concern",
        RelationshipKind::Founded => "founded",
        RelationshipKind::Signed => "signed",
        RelationshipKind::Witnessed => "witnessed",
        RelationshipKind::Organized => "organized",
        RelationshipKind::Hosted => "hosted",
        RelationshipKind::ParticipatedIn if sense == Sense::Ranked => "appeared in",
        RelationshipKind::ParticipatedIn => "took part in",
        RelationshipKind::Succeeds => "succeeded",
        RelationshipKind::Adopted => "adopted",
        RelationshipKind::Designated => "designated",
    }
}

/// "ceased to be a member of". Of acts, which end where they happen, their own verb.
pub(super) fn ended(kind: RelationshipKind, sense: Sense) -> &'static str {
    match kind {
        RelationshipKind::PartOf => "ceased to be part of",
        RelationshipKind::AffiliatedWith if sense == Sense::Related => "ceased to be related to",
        RelationshipKind::AffiliatedWith => "ceased to be affiliated with",
        RelationshipKind::MemberOf => "ceased to be a member of",
        RelationshipKind::CollaboratesWith => "stopped collaborating with",
        RelationshipKind::PartyTo => "ceased to be a party to",
        RelationshipKind::HoldsPostAt => "left a post at",
        RelationshipKind::Offers if sense == Sense::Run => "stopped running",
        RelationshipKind::Offers => "stopped offering",
        RelationshipKind::Funded => "stopped funding",
        RelationshipKind::Concerns if sense == Sense::Work => "stopped working on",
        RelationshipKind::Concerns => "ceased to concern",
        RelationshipKind::Founded
        | RelationshipKind::Signed
        | RelationshipKind::Witnessed
        | RelationshipKind::Organized
        | RelationshipKind::Hosted
        | RelationshipKind::ParticipatedIn
        | RelationshipKind::Succeeds
        | RelationshipKind::Adopted
        | RelationshipKind::Designated => began(kind, sense),
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

/// "is to be a member of", "are to be members of"; of an act with a date, which may be long ago, "was to host". `None`
/// for kinds that are told as done whatever the role says.
pub(super) fn planned(kind: RelationshipKind, sense: Sense, dated: bool) -> Option<[&'static str; 2]> {
    match kind {
        RelationshipKind::PartOf => Some(["is to be part of", "are to be parts of"]),
        RelationshipKind::MemberOf => Some(["is to be a member of", "are to be members of"]),
        RelationshipKind::CollaboratesWith => Some(["is to collaborate with", "are to collaborate with"]),
        RelationshipKind::Organized if dated => Some(["was to organize", "were to organize"]),
        RelationshipKind::Organized => Some(["is to organize", "are to organize"]),
        RelationshipKind::Hosted if dated => Some(["was to host", "were to host"]),
        RelationshipKind::Hosted => Some(["is to host", "are to host"]),
        RelationshipKind::ParticipatedIn if sense == Sense::Ranked => Some(["is to appear in", "are to appear in"]),
        RelationshipKind::ParticipatedIn if dated => Some(["was to take part in", "were to take part in"]),
        RelationshipKind::ParticipatedIn => Some(["is to take part in", "are to take part in"]),
        RelationshipKind::Offers if sense == Sense::Run => Some(["is to run", "are to run"]),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_planned_has_words_for_it() {
        for kind in RelationshipKind::ALL {
            for (sense, dated) in [(Sense::Plain, true), (Sense::Plain, false), (Sense::Run, true)] {
                assert_eq!(planned(kind, sense, dated).is_some(), kind.can_be_planned(), "{kind}");
            }
        }
    }
}
