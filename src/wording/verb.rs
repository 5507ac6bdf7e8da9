//! The verb of each kind of relationship, in the forms that a clause needs.

use super::noun::head_words;
use crate::model::entity::{Entity, EntityKind, Family};
use crate::model::relationship::RelationshipKind;

/// A verb, of one and of several.
pub(super) struct Verb {
    /// "is a member of"
    pub(super) present: [&'static str; 2],
    /// "has been a member of"
    pub(super) perfect: [&'static str; 2],
    /// "was a member of"
    pub(super) past: [&'static str; 2],
    pub(super) sort: VerbSort,
}

/// How what a verb tells stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VerbSort {
    State,
    LastingAct,
    MomentaryAct,
}

/// What a kind means between these two, where it is told by more than one verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// What the kind says.
    Plain,
    /// An organization or a person works on what an event or an agreement merely concerns.
    Work,
    /// A program that is no teaching is not offered but run.
    Run,
    /// A ranking is nothing that one takes part in.
    Ranked,
    /// A registry that says "related" does not say affiliated.
    Related,
}

impl Sense {
    pub(super) fn of(kind: RelationshipKind, role: Option<&str>, source: &Entity, target: &Entity) -> Self {
        match kind {
            RelationshipKind::AffiliatedWith
                if role == Some("related") && source.kind.family() == Family::Organization =>
            {
                Self::Related
            }
            RelationshipKind::Concerns if is_actor(source) => Self::Work,
            RelationshipKind::Offers if is_run(target) => Self::Run,
            RelationshipKind::ParticipatedIn if is_ranking(target) => Self::Ranked,
            RelationshipKind::PartOf
            | RelationshipKind::AffiliatedWith
            | RelationshipKind::MemberOf
            | RelationshipKind::Founded
            | RelationshipKind::CollaboratesWith
            | RelationshipKind::PartyTo
            | RelationshipKind::Signed
            | RelationshipKind::Witnessed
            | RelationshipKind::Organized
            | RelationshipKind::Hosted
            | RelationshipKind::ParticipatedIn
            | RelationshipKind::HoldsPostAt
            | RelationshipKind::Offers
            | RelationshipKind::Funded
            | RelationshipKind::Succeeds
            | RelationshipKind::Adopted
            | RelationshipKind::Concerns
            | RelationshipKind::Designated => Self::Plain,
        }
    }
}

fn is_actor(entity: &Entity) -> bool {
    match entity.kind.family() {
        Family::Organization | Family::Person => true,
        Family::Agreement | Family::Event | Family::Program | Family::Topic => false,
    }
}

fn is_ranking(entity: &Entity) -> bool {
    let is_one = |word: &str| ["ranking", "rankings"].contains(&word.to_lowercase().as_str());
    entity.kind == EntityKind::Program && head_words(entity).any(is_one)
}

/// Whether the name of a program says that it is a body of work, a plan or an assessment, and no teaching.
fn is_run(entity: &Entity) -> bool {
    const RUN: [&str; 10] = [
        "assessment",
        "exercise",
        "force",
        "framework",
        "initiative",
        "platform",
        "project",
        "ranking",
        "rankings",
        "strategy",
    ];
    entity.kind == EntityKind::Program && head_words(entity).any(|word| RUN.contains(&word.to_lowercase().as_str()))
}

/// The verb of a kind in a sense.
pub(super) fn verb(kind: RelationshipKind, sense: Sense) -> Verb {
    let state = |present, perfect, past| Verb { present, perfect, past, sort: VerbSort::State };
    let lasting = |past: &'static str| Verb {
        present: [past; 2],
        perfect: [past; 2],
        past: [past; 2],
        sort: VerbSort::LastingAct,
    };
    let momentary = |past: &'static str| Verb { sort: VerbSort::MomentaryAct, ..lasting(past) };
    match kind {
        RelationshipKind::PartOf => state(
            ["is part of", "are parts of"],
            ["has been part of", "have been parts of"],
            ["was part of", "were parts of"],
        ),
        RelationshipKind::AffiliatedWith if sense == Sense::Related => state(
            ["is related to", "are related to"],
            ["has been related to", "have been related to"],
            ["was related to", "were related to"],
        ),
        RelationshipKind::AffiliatedWith => state(
            ["is affiliated with", "are affiliated with"],
            ["has been affiliated with", "have been affiliated with"],
            ["was affiliated with", "were affiliated with"],
        ),
        RelationshipKind::MemberOf => state(
            ["is a member of", "are members of"],
            ["has been a member of", "have been members of"],
            ["was a member of", "were members of"],
        ),
        RelationshipKind::CollaboratesWith => state(
            ["collaborates with", "collaborate with"],
            ["has collaborated with", "have collaborated with"],
            ["collaborated with"; 2],
        ),
        RelationshipKind::PartyTo => state(
            ["is a party to", "are parties to"],
            ["has been a party to", "have been parties to"],
            ["was a party to", "were parties to"],
        ),
        RelationshipKind::HoldsPostAt => state(
            ["holds a post at", "hold posts at"],
            ["has held a post at", "have held posts at"],
            ["held a post at", "held posts at"],
        ),
        RelationshipKind::Offers if sense == Sense::Run => {
            state(["runs", "run"], ["has run", "have run"], ["ran", "ran"])
        }
        RelationshipKind::Offers => state(["offers", "offer"], ["has offered", "have offered"], ["offered", "offered"]),
        RelationshipKind::Concerns if sense == Sense::Work => {
            state(["works on", "work on"], ["has worked on", "have worked on"], ["worked on", "worked on"])
        }
        RelationshipKind::Concerns => {
            state(["concerns", "concern"], ["has concerned", "have concerned"], ["concerned", "concerned"])
        }
        RelationshipKind::Founded => momentary("founded"),
        RelationshipKind::Signed => momentary("signed"),
        RelationshipKind::Witnessed => momentary("witnessed"),
        RelationshipKind::Adopted => momentary("adopted"),
        RelationshipKind::Designated => momentary("designated"),
        RelationshipKind::Succeeds => Verb { present: ["succeeds", "succeed"], ..momentary("succeeded") },
        RelationshipKind::Organized => lasting("organized"),
        RelationshipKind::Hosted => lasting("hosted"),
        RelationshipKind::ParticipatedIn if sense == Sense::Ranked => lasting("appeared in"),
        RelationshipKind::ParticipatedIn => lasting("took part in"),
        RelationshipKind::Funded => lasting("funded"),
    }
}
