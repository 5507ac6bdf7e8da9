//! The verbs for a state that begins, ends, or goes on until it ends.

use super::verb::{Sense, Verb, verb};
use crate::model::relationship::RelationshipKind;

/// What is told of a state instead of that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It begins.
    Began,
    /// It ends.
    Ended,
    /// It goes on until it ends.
    Remained,
}

/// The verb of a kind, or where it is a state that is told so, of its turn.
pub(super) fn turned(turn: Option<Turn>, kind: RelationshipKind, sense: Sense) -> Verb {
    match turn {
        None => verb(kind, sense),
        Some(Turn::Began) => began(kind, sense),
        Some(Turn::Ended) => ended(kind, sense),
        Some(Turn::Remained) => remained(kind, sense),
    }
}

/// "became a member of". Of acts, which begin where they happen, their own verb.
fn began(kind: RelationshipKind, sense: Sense) -> Verb {
    let turn_into = |rest| Verb::of_moment("become", "became", rest);
    let begin = |rest| Verb::of_moment("begin", "began", [rest; 2]);
    match kind {
        RelationshipKind::PartOf => turn_into(["part of"; 2]),
        RelationshipKind::AffiliatedWith if sense == Sense::Related => turn_into(["related to"; 2]),
        RelationshipKind::AffiliatedWith => turn_into(["affiliated with"; 2]),
        RelationshipKind::MemberOf => turn_into(["a member of", "members of"]),
        RelationshipKind::CollaboratesWith => begin("to collaborate with"),
        RelationshipKind::PartyTo => turn_into(["a party to", "parties to"]),
        RelationshipKind::HoldsPostAt => Verb::of_moment("take up", "took up", ["a post at", "posts at"]),
        RelationshipKind::Offers if sense == Sense::Run => begin("to run"),
        RelationshipKind::Offers => begin("to offer"),
        RelationshipKind::Funded => begin("to fund"),
        RelationshipKind::Concerns if sense == Sense::Work => begin("to work on"),
        RelationshipKind::Concerns => begin("to concern"),
        RelationshipKind::Founded
        | RelationshipKind::Signed
        | RelationshipKind::Witnessed
        | RelationshipKind::Organized
        | RelationshipKind::Hosted
        | RelationshipKind::ParticipatedIn
        | RelationshipKind::Succeeds
        | RelationshipKind::Adopted
        | RelationshipKind::Designated => verb(kind, sense),
    }
}

/// "ceased to be a member of". Of acts, which end where they happen, their own verb.
fn ended(kind: RelationshipKind, sense: Sense) -> Verb {
    let cease = |rest| Verb::of_moment("cease", "ceased", rest);
    let stop = |rest| Verb::of_moment("stop", "stopped", [rest; 2]);
    match kind {
        RelationshipKind::PartOf => cease(["to be part of"; 2]),
        RelationshipKind::AffiliatedWith if sense == Sense::Related => cease(["to be related to"; 2]),
        RelationshipKind::AffiliatedWith => cease(["to be affiliated with"; 2]),
        RelationshipKind::MemberOf => cease(["to be a member of", "to be members of"]),
        RelationshipKind::CollaboratesWith => stop("collaborating with"),
        RelationshipKind::PartyTo => cease(["to be a party to", "to be parties to"]),
        RelationshipKind::HoldsPostAt => Verb::of_moment("leave", "left", ["a post at", "posts at"]),
        RelationshipKind::Offers if sense == Sense::Run => stop("running"),
        RelationshipKind::Offers => stop("offering"),
        RelationshipKind::Funded => stop("funding"),
        RelationshipKind::Concerns if sense == Sense::Work => stop("working on"),
        RelationshipKind::Concerns => cease(["to concern"; 2]),
        RelationshipKind::Founded
        | RelationshipKind::Signed
        | RelationshipKind::Witnessed
        | RelationshipKind::Organized
        | RelationshipKind::Hosted
        | RelationshipKind::ParticipatedIn
        | RelationshipKind::Succeeds
        | RelationshipKind::Adopted
        | RelationshipKind::Designated => verb(kind, sense),
    }
}

/// "remained a member of": what a state does until it ends. Of acts their own verb.
fn remained(kind: RelationshipKind, sense: Sense) -> Verb {
    let remain = |rest| Verb::of_moment("remain", "remained", rest);
    let go_on = |rest| Verb::of_moment("go on", "went on", [rest; 2]);
    match kind {
        RelationshipKind::PartOf => remain(["part of"; 2]),
        RelationshipKind::AffiliatedWith if sense == Sense::Related => remain(["related to"; 2]),
        RelationshipKind::AffiliatedWith => remain(["affiliated with"; 2]),
        RelationshipKind::MemberOf => remain(["a member of", "members of"]),
        RelationshipKind::CollaboratesWith => go_on("collaborating with"),
        RelationshipKind::PartyTo => remain(["a party to", "parties to"]),
        RelationshipKind::HoldsPostAt => Verb::of_moment("keep", "kept", ["a post at", "posts at"]),
        RelationshipKind::Offers if sense == Sense::Run => go_on("running"),
        RelationshipKind::Offers => go_on("offering"),
        RelationshipKind::Funded => go_on("funding"),
        RelationshipKind::Concerns if sense == Sense::Work => go_on("working on"),
        RelationshipKind::Concerns => go_on("concerning"),
        RelationshipKind::Founded
        | RelationshipKind::Signed
        | RelationshipKind::Witnessed
        | RelationshipKind::Organized
        | RelationshipKind::Hosted
        | RelationshipKind::ParticipatedIn
        | RelationshipKind::Succeeds
        | RelationshipKind::Adopted
        | RelationshipKind::Designated => verb(kind, sense),
    }
}

/// "be", "become", "cease to be": the verb before what one is.
pub(super) fn copula(turn: Option<Turn>) -> Verb {
    let nothing = [""; 2];
    match turn {
        None => Verb::being(nothing),
        Some(Turn::Began) => Verb::of_moment("become", "became", nothing),
        Some(Turn::Ended) => Verb::of_moment("cease", "ceased", ["to be"; 2]),
        Some(Turn::Remained) => Verb::of_moment("remain", "remained", nothing),
    }
}
