//! The verb of each kind of relationship, in the forms that a clause needs.

use std::borrow::Cow;

use super::lexicon::present;
use super::sense::Sense;
use super::tense::Tense;
use crate::model::relationship::RelationshipKind;

/// A verb, and what follows it whatever its form: of one, and of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verb {
    /// "be", "offer"
    bare: Cow<'static, str>,
    /// "was" and "were", "offered"
    past: [Cow<'static, str>; 2],
    /// "been", "offered"
    participle: Cow<'static, str>,
    /// "a member of" and "members of"; nothing.
    rest: [Cow<'static, str>; 2],
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
    pub(super) fn new(
        bare: impl Into<Cow<'static, str>>,
        past: impl Into<Cow<'static, str>>,
        participle: impl Into<Cow<'static, str>>,
        sort: VerbSort,
    ) -> Self {
        let past = past.into();
        let nothing = Cow::Borrowed("");
        Self {
            bare: bare.into(),
            past: [past.clone(), past],
            participle: participle.into(),
            rest: [nothing.clone(), nothing],
            sort,
        }
    }

    /// A verb whose participle is as its past, or is never told.
    pub(super) fn of_moment(bare: &'static str, past: &'static str, rest: [&'static str; 2]) -> Self {
        Self { rest: rest.map(Cow::Borrowed), ..Self::new(bare, past, past, VerbSort::MomentaryAct) }
    }

    /// "be", with what one is.
    pub(super) fn being(rest: [&'static str; 2]) -> Self {
        Self {
            past: ["was".into(), "were".into()],
            rest: rest.map(Cow::Borrowed),
            ..Self::new("be", "was", "been", VerbSort::State)
        }
    }

    /// The same, with other words after it.
    pub(super) fn with(self, rest: impl Into<Cow<'static, str>>) -> Self {
        let rest = rest.into();
        Self { rest: [rest.clone(), rest], ..self }
    }

    /// What follows it where one does it.
    pub(super) fn rest_of_one(&self) -> &str {
        &self.rest[0]
    }

    /// The same, of another sort.
    pub(super) fn of_sort(self, sort: VerbSort) -> Self {
        Self { sort, ..self }
    }

    /// Whether its bare form is known, so that it can be told of what is to come.
    pub(super) fn can_be_planned(&self) -> bool {
        !self.bare.is_empty()
    }

    /// "was a member of", "is a member of", "is to be a member of".
    pub(super) fn told(&self, tense: Tense, number: Number) -> String {
        match tense {
            Tense::Present if self.can_be_planned() => self.with_rest(&self.present(number), number),
            Tense::Past | Tense::Present => self.with_rest(&self.past[number as usize], number),
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

    /// "be a member of"
    pub(super) fn infinitive(&self, number: Number) -> String {
        self.with_rest(&self.bare, number)
    }

    fn present(&self, number: Number) -> String {
        match (&*self.bare, number) {
            ("be", Number::One) => "is".to_owned(),
            ("be", Number::Several) => "are".to_owned(),
            (bare, Number::Several) => bare.to_owned(),
            (bare, Number::One) => {
                let (verb, rest) = bare.split_at(bare.find(' ').unwrap_or(bare.len()));
                format!("{}{rest}", present(verb))
            }
        }
    }

    fn with_rest(&self, form: &str, number: Number) -> String {
        let rest = &self.rest[number as usize];
        if rest.is_empty() { form.to_owned() } else { format!("{form} {rest}") }
    }
}

/// The verb of a kind in a sense.
pub(super) fn verb(kind: RelationshipKind, sense: Sense) -> Verb {
    let nothing = [""; 2];
    let state = |bare, past: &'static str| Verb::of_moment(bare, past, nothing).of_sort(VerbSort::State);
    let lasting = |bare, past: &'static str| Verb::of_moment(bare, past, nothing).of_sort(VerbSort::LastingAct);
    let momentary = |bare, past: &'static str| Verb::of_moment(bare, past, nothing);
    match (kind, sense) {
        (_, Sense::Related) => Verb::being(["related to"; 2]),
        (_, Sense::Work) => state("work on", "worked on"),
        (_, Sense::Concerned) => Verb::being(["concerned with"; 2]),
        (_, Sense::Contribute) => state("contribute to", "contributed to"),
        (_, Sense::About) => Verb::being(["about"; 2]).of_sort(VerbSort::LastingAct),
        (_, Sense::For) => Verb::being(["for"; 2]).of_sort(VerbSort::LastingAct),
        (_, Sense::Run) => Verb::new("run", "ran", "run", VerbSort::State),
        (_, Sense::Published) => momentary("publish", "published"),
        (_, Sense::Conducted) => lasting("conduct", "conducted"),
        (_, Sense::Ranked) => lasting("appear in", "appeared in"),
        (_, Sense::Visited) => lasting("visit", "visited"),
        (_, Sense::Sent) => lasting("send", "sent"),
        (_, Sense::Followed) => momentary("follow", "followed"),
        (_, Sense::Signing) => momentary("witness the signing of", "witnessed the signing of"),
        (RelationshipKind::PartOf, Sense::Plain) => Verb::being(["part of"; 2]),
        (RelationshipKind::AffiliatedWith, Sense::Plain) => Verb::being(["affiliated with"; 2]),
        (RelationshipKind::MemberOf, Sense::Plain) => Verb::being(["a member of", "members of"]),
        (RelationshipKind::CollaboratesWith, Sense::Plain) => state("collaborate with", "collaborated with"),
        (RelationshipKind::PartyTo, Sense::Plain) => Verb::being(["a party to", "parties to"]),
        (RelationshipKind::HoldsPostAt, Sense::Plain) => {
            Verb { rest: ["a post at".into(), "posts at".into()], ..state("hold", "held") }
        }
        (RelationshipKind::Offers, Sense::Plain) => state("offer", "offered"),
        (RelationshipKind::Concerns, Sense::Plain) => state("concern", "concerned"),
        (RelationshipKind::Founded, Sense::Plain) => momentary("found", "founded"),
        (RelationshipKind::Signed, Sense::Plain) => momentary("sign", "signed"),
        (RelationshipKind::Witnessed, Sense::Plain) => momentary("witness", "witnessed"),
        (RelationshipKind::Adopted, Sense::Plain) => momentary("adopt", "adopted"),
        (RelationshipKind::Designated, Sense::Plain) => momentary("designate", "designated"),
        (RelationshipKind::Succeeds, Sense::Plain) => momentary("succeed", "succeeded"),
        (RelationshipKind::Organized, Sense::Plain) => lasting("organize", "organized"),
        (RelationshipKind::Hosted, Sense::Plain) => lasting("host", "hosted"),
        (RelationshipKind::ParticipatedIn, Sense::Plain) => lasting("take part in", "took part in"),
        (RelationshipKind::Funded, Sense::Plain) => lasting("fund", "funded"),
    }
}
