//! The verbs for a state that begins, ends, or goes on until it ends.

use super::sense::Sense;
use super::verb::{Verb, verb};
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

/// The verb of a kind, or where it is a state that is told so, of its turn. Acts begin and end where they happen, by
/// their own verb.
pub(super) fn turned(turn: Option<Turn>, kind: RelationshipKind, sense: Sense) -> Verb {
    let Some(turn) = turn else { return verb(kind, sense) };
    match (State::of(kind, sense), turn) {
        (State::Act, _) => verb(kind, sense),
        (State::Being(rest), Turn::Began) => Verb::of_moment("become", "became", rest),
        (State::Being(rest), Turn::Ended) => Verb::of_moment("cease to be", "ceased to be", rest),
        (State::Being(rest), Turn::Remained) => Verb::of_moment("remain", "remained", rest),
        (State::Doing(verb, _) | State::Bearing(verb, _), Turn::Began) => {
            Verb::of_moment("begin to", "began to", [verb; 2])
        }
        (State::Doing(_, doing), Turn::Ended) => Verb::of_moment("stop", "stopped", [doing; 2]),
        (State::Bearing(verb, _), Turn::Ended) => Verb::of_moment("cease to", "ceased to", [verb; 2]),
        (State::Doing(_, doing) | State::Bearing(_, doing), Turn::Remained) => {
            Verb::of_moment("go on", "went on", [doing; 2])
        }
        (State::Holding(rest), Turn::Began) => Verb::of_moment("take up", "took up", rest),
        (State::Holding(rest), Turn::Ended) => Verb::of_moment("leave", "left", rest),
        (State::Holding(rest), Turn::Remained) => Verb::of_moment("keep", "kept", rest),
    }
}

impl Turn {
    /// It, of what the words of a role say that somebody does: "began to support".
    pub(super) fn of(self, doing: String) -> Verb {
        let nothing = [""; 2];
        match self {
            Self::Began => Verb::of_moment("begin to", "began to", nothing),
            Self::Ended => Verb::of_moment("cease to", "ceased to", nothing),
            Self::Remained => Verb::of_moment("continue to", "continued to", nothing),
        }
        .with(doing)
    }
}

/// What holds while a relationship of a kind does.
enum State {
    /// What one is, and what several are.
    Being([&'static str; 2]),
    /// What one has, and what several have.
    Holding([&'static str; 2]),
    /// What somebody does, and can stop doing.
    Doing(&'static str, &'static str),
    /// What something does that nobody can stop.
    Bearing(&'static str, &'static str),
    /// Nothing: it happens.
    Act,
}

impl State {
    fn of(kind: RelationshipKind, sense: Sense) -> Self {
        match kind {
            RelationshipKind::PartOf => Self::Being(["part of"; 2]),
            RelationshipKind::AffiliatedWith if sense == Sense::Related => Self::Being(["related to"; 2]),
            RelationshipKind::AffiliatedWith => Self::Being(["affiliated with"; 2]),
            RelationshipKind::MemberOf => Self::Being(["a member of", "members of"]),
            RelationshipKind::CollaboratesWith => Self::Doing("collaborate with", "collaborating with"),
            RelationshipKind::PartyTo => Self::Being(["a party to", "parties to"]),
            RelationshipKind::HoldsPostAt => Self::Holding(["a post at", "posts at"]),
            RelationshipKind::Offers if matches!(sense, Sense::Published | Sense::Conducted) => Self::Act,
            RelationshipKind::Offers if sense == Sense::Run => Self::Doing("run", "running"),
            RelationshipKind::Offers => Self::Doing("offer", "offering"),
            RelationshipKind::Funded => Self::Doing("fund", "funding"),
            RelationshipKind::Concerns if sense == Sense::Work => Self::Doing("work on", "working on"),
            RelationshipKind::Concerns if sense == Sense::Concerned => Self::Being(["concerned with"; 2]),
            RelationshipKind::Concerns if sense == Sense::Contribute => Self::Doing("contribute to", "contributing to"),
            RelationshipKind::Concerns if matches!(sense, Sense::About | Sense::For) => Self::Act,
            RelationshipKind::Concerns => Self::Bearing("concern", "concerning"),
            RelationshipKind::Founded
            | RelationshipKind::Signed
            | RelationshipKind::Witnessed
            | RelationshipKind::Organized
            | RelationshipKind::Hosted
            | RelationshipKind::ParticipatedIn
            | RelationshipKind::Succeeds
            | RelationshipKind::Adopted
            | RelationshipKind::Designated => Self::Act,
        }
    }
}

/// "be", "become", "cease to be": the verb before what one is.
pub(super) fn copula(turn: Option<Turn>) -> Verb {
    let nothing = [""; 2];
    match turn {
        None => Verb::being(nothing),
        Some(Turn::Began) => Verb::of_moment("become", "became", nothing),
        Some(Turn::Ended) => Verb::of_moment("cease to be", "ceased to be", nothing),
        Some(Turn::Remained) => Verb::of_moment("remain", "remained", nothing),
    }
}
