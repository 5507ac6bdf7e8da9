//! What a kind of relationship means between two ends, where it is told by more than one verb.

use super::lexicon::{PROGRAMS, entry};
use super::noun::head_words;
use super::own;
use super::visit::Visit;
use crate::model::entity::{Entity, EntityKind, Family};
use crate::model::relationship::RelationshipKind;

/// What a kind means between these two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// What the kind says.
    Plain,
    /// Who does research, teaches or treats works on what an agreement merely concerns.
    Work,
    /// An office, a ministry or a foundation is concerned with what others work on.
    Concerned,
    /// An organization contributes to a program.
    Contribute,
    /// An event is about something.
    About,
    /// An event is for what it is named for.
    For,
    /// A program that is no teaching is not offered but run,
    Run,
    /// a ranking published,
    Published,
    /// an assessment conducted.
    Conducted,
    /// A ranking is nothing that one takes part in.
    Ranked,
    /// Who a visit is named for visited somebody.
    Visited,
    /// Whose delegation made a visit sent it.
    Sent,
    /// A meeting does not succeed another but follows it.
    Followed,
    /// Of an agreement, its signing is witnessed.
    Signing,
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
            RelationshipKind::Concerns => Self::of_concern(source, target),
            RelationshipKind::Offers => match program(target) {
                Some("publish") => Self::Published,
                Some("conduct") => Self::Conducted,
                Some(_) => Self::Run,
                None => Self::Plain,
            },
            RelationshipKind::ParticipatedIn if program(target) == Some("publish") => Self::Ranked,
            RelationshipKind::ParticipatedIn => match Visit::of(source, target) {
                Some(Visit { sent: Some(_), .. }) => Self::Sent,
                Some(_) => Self::Visited,
                None => Self::Plain,
            },
            RelationshipKind::Succeeds if target.kind == EntityKind::Event => Self::Followed,
            RelationshipKind::Witnessed if target.kind == EntityKind::Agreement => Self::Signing,
            RelationshipKind::AffiliatedWith
            | RelationshipKind::PartOf
            | RelationshipKind::MemberOf
            | RelationshipKind::Founded
            | RelationshipKind::CollaboratesWith
            | RelationshipKind::PartyTo
            | RelationshipKind::Signed
            | RelationshipKind::Witnessed
            | RelationshipKind::Organized
            | RelationshipKind::Hosted
            | RelationshipKind::HoldsPostAt
            | RelationshipKind::Funded
            | RelationshipKind::Succeeds
            | RelationshipKind::Adopted
            | RelationshipKind::Designated => Self::Plain,
        }
    }

    fn of_concern(source: &Entity, target: &Entity) -> Self {
        match (source.kind, target.kind.family()) {
            (EntityKind::Event, _) if own::without_other(source, target).is_some() => Self::For,
            (EntityKind::Event, _) => Self::About,
            (EntityKind::Agreement | EntityKind::Program | EntityKind::Topic, _) => Self::Plain,
            (_, Family::Program) => Self::Contribute,
            (_, Family::Organization | Family::Agreement | Family::Event | Family::Person) => Self::Concerned,
            (
                EntityKind::Office | EntityKind::Government | EntityKind::Foundation | EntityKind::Nonprofit,
                Family::Topic,
            ) => Self::Concerned,
            (
                EntityKind::University
                | EntityKind::MedicalSchool
                | EntityKind::Hospital
                | EntityKind::Consortium
                | EntityKind::ResearchCenter
                | EntityKind::Company
                | EntityKind::Person,
                Family::Topic,
            ) => Self::Work,
        }
    }

    /// Whether the sentence says nothing of the event but where it led.
    pub(super) fn is_visit(self) -> bool {
        matches!(self, Self::Visited | Self::Sent)
    }
}

/// What is done with a program that is no teaching, as its name says what it is.
fn program(entity: &Entity) -> Option<&'static str> {
    let is_program = entity.kind == EntityKind::Program;
    head_words(entity).filter(|_| is_program).find_map(|word| entry(PROGRAMS, word))
}
