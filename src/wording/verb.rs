//! The verb of each kind of relationship, in the forms that a clause needs.

use super::noun::head_words;
use super::tense::Tense;
use crate::model::entity::{Entity, EntityKind, Family};
use crate::model::relationship::RelationshipKind;

/// A verb, and what follows it whatever its form: of one, and of several.
pub(super) struct Verb {
    /// "be", "offer"
    bare: &'static str,
    /// "was" and "were", "offered"
    past: [&'static str; 2],
    /// "been", "offered"
    participle: &'static str,
    /// "a member of" and "members of"; nothing.
    rest: [&'static str; 2],
    pub(super) sort: VerbSort,
}

/// How what a verb tells stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VerbSort {
    State,
    LastingAct,
    MomentaryAct,
}

/// Whether a verb tells of one or of several: the place of their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    One,
    Several,
}

impl Verb {
    /// A verb whose participle is as its past, or is never told.
    pub(super) fn of_moment(bare: &'static str, past: &'static str, rest: [&'static str; 2]) -> Self {
        Self { bare, past: [past; 2], participle: past, rest, sort: VerbSort::MomentaryAct }
    }

    /// "be", with what one is.
    pub(super) fn being(rest: [&'static str; 2]) -> Self {
        Self { bare: "be", past: ["was", "were"], participle: "been", rest, sort: VerbSort::State }
    }

    /// "was a member of", "is a member of", "is to be a member of".
    pub(super) fn told(&self, tense: Tense, number: Number) -> String {
        match tense {
            Tense::Past => self.with_rest(self.past[number as usize], number),
            Tense::Present => self.with_rest(&self.present(number), number),
            Tense::ToCome => self.planned(Tense::ToCome, number),
        }
    }

    /// "has been a member of"
    pub(super) fn perfect(&self, number: Number) -> String {
        let has = ["has", "have"][number as usize];
        self.with_rest(&format!("{has} {}", self.participle), number)
    }

    /// "is to be a member of"; of a plan whose time has come, "was to be a member of".
    pub(super) fn planned(&self, tense: Tense, number: Number) -> String {
        let is = match tense {
            Tense::ToCome | Tense::Present => ["is", "are"],
            Tense::Past => ["was", "were"],
        };
        self.with_rest(&format!("{} to {}", is[number as usize], self.bare), number)
    }

    fn present(&self, number: Number) -> String {
        match (self.bare, number) {
            ("be", Number::One) => "is".to_owned(),
            ("be", Number::Several) => "are".to_owned(),
            (bare, Number::Several) => bare.to_owned(),
            (bare, Number::One) => {
                let (verb, rest) = bare.split_at(bare.find(' ').unwrap_or(bare.len()));
                let with_e = ["s", "x", "ch", "sh", "go"].iter().any(|end| verb.ends_with(end));
                format!("{verb}{}{rest}", if with_e { "es" } else { "s" })
            }
        }
    }

    fn with_rest(&self, form: &str, number: Number) -> String {
        let rest = self.rest[number as usize];
        if rest.is_empty() { form.to_owned() } else { format!("{form} {rest}") }
    }
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
    /// One makes a visit that is named as one's own.
    Own,
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
            RelationshipKind::ParticipatedIn if is_visit_of(source, target) => Self::Own,
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

/// "Visit of Nancy Ip to the hospital"
fn is_visit_of(source: &Entity, target: &Entity) -> bool {
    let is_visit = |head: &str| ["tour", "trip", "visit"].iter().any(|visit| head.to_lowercase().ends_with(visit));
    let named = target.name.split_once(&format!(" of {}", source.name));
    target.kind == EntityKind::Event
        && named.is_some_and(|(head, rest)| is_visit(head) && (rest.is_empty() || rest.starts_with([' ', ','])))
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
    let nothing = [""; 2];
    let state = |bare, past: &'static str| Verb { sort: VerbSort::State, ..Verb::of_moment(bare, past, nothing) };
    let lasting =
        |bare, past: &'static str| Verb { sort: VerbSort::LastingAct, ..Verb::of_moment(bare, past, nothing) };
    let momentary = |bare, past: &'static str| Verb::of_moment(bare, past, nothing);
    match kind {
        RelationshipKind::PartOf => Verb::being(["part of"; 2]),
        RelationshipKind::AffiliatedWith if sense == Sense::Related => Verb::being(["related to"; 2]),
        RelationshipKind::AffiliatedWith => Verb::being(["affiliated with"; 2]),
        RelationshipKind::MemberOf => Verb::being(["a member of", "members of"]),
        RelationshipKind::CollaboratesWith => state("collaborate with", "collaborated with"),
        RelationshipKind::PartyTo => Verb::being(["a party to", "parties to"]),
        RelationshipKind::HoldsPostAt => Verb { rest: ["a post at", "posts at"], ..state("hold", "held") },
        RelationshipKind::Offers if sense == Sense::Run => Verb { participle: "run", ..state("run", "ran") },
        RelationshipKind::Offers => state("offer", "offered"),
        RelationshipKind::Concerns if sense == Sense::Work => state("work on", "worked on"),
        RelationshipKind::Concerns => state("concern", "concerned"),
        RelationshipKind::Founded => momentary("found", "founded"),
        RelationshipKind::Signed => momentary("sign", "signed"),
        RelationshipKind::Witnessed => momentary("witness", "witnessed"),
        RelationshipKind::Adopted => momentary("adopt", "adopted"),
        RelationshipKind::Designated => momentary("designate", "designated"),
        RelationshipKind::Succeeds => momentary("succeed", "succeeded"),
        RelationshipKind::Organized => lasting("organize", "organized"),
        RelationshipKind::Hosted => lasting("host", "hosted"),
        RelationshipKind::ParticipatedIn if sense == Sense::Ranked => lasting("appear in", "appeared in"),
        RelationshipKind::ParticipatedIn if sense == Sense::Own => lasting("make", "made"),
        RelationshipKind::ParticipatedIn => lasting("take part in", "took part in"),
        RelationshipKind::Funded => lasting("fund", "funded"),
    }
}
