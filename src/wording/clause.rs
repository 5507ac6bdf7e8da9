//! One relationship as a clause: who, what, to whom; as what, on whose behalf and when.

use std::borrow::Cow;

use super::Statement;
use super::article::{indefinite, with_indefinite_article};
use super::date::Time;
use super::listing::{can_be_listed, closed, list_of};
use super::noun::{has_word, is_plural, noun};
use super::role::{RolePhrase, as_what, title_preposition, told_role};
use super::tense::Tense;
use super::turn::{Turn, copula, turned};
use super::verb::{Number, Sense, Verb, VerbSort, verb};
use crate::model::citation::Strength;
use crate::model::edtf::{Day, EdtfDate};
use crate::model::entity::{Entity, EntityKind};
use crate::model::relationship::{Relationship, RelationshipKind, role_without_plan};

/// A relationship, or several that say the same of different sources or of different targets.
#[derive(Clone)]
pub(super) struct Clause<'a> {
    pub(super) kind: RelationshipKind,
    pub(super) sources: Vec<&'a Entity>,
    pub(super) targets: Vec<&'a Entity>,
    pub(super) on_behalf_of: Option<&'a Entity>,
    role: Option<Cow<'a, str>>,
    sense: Sense,
    time: Time,
    tense: Tense,
    inferred: bool,
    planned: bool,
    /// Of a state, whether its start or its end is told and not the state itself.
    turn: Option<Turn>,
}

impl<'a> Clause<'a> {
    pub(super) fn new(statement: &Statement<'a>) -> Self {
        let Statement { relationship, source, target, on_behalf_of, today } = *statement;
        let planned = relationship.is_planned();
        let role = relationship.role.as_deref();
        let role = if planned { role.and_then(role_without_plan) } else { role };
        let sense = Sense::of(relationship.kind, relationship.role.as_deref(), source, target);
        let is_act = verb(relationship.kind, sense).sort != VerbSort::State;
        let event = [target, source].into_iter().find(|end| end.kind == EntityKind::Event);
        let (period, time) = match event {
            // What nobody dates is done when the event is at which it is done.
            Some(event) if is_act && relationship.period().is_undated() => (event.period(), Time::Unknown),
            Some(event) if is_act && is_all_of_it(relationship, event) => {
                (event.period(), Time::of_all(event.period()))
            }
            _ => (relationship.period(), Time::of(relationship.period())),
        };
        Self {
            kind: relationship.kind,
            sources: vec![source],
            targets: vec![target],
            on_behalf_of,
            role: role.and_then(|role| told_role(relationship.kind, role, target)),
            sense,
            time,
            tense: if planned { Tense::of_plan(period, today) } else { Tense::of(period, today) },
            inferred: relationship.strength() == Strength::Inferred,
            planned,
            turn: None,
        }
    }

    /// Tells, of a state, that it begins on a date, instead of the state.
    pub(super) fn beginning(self, date: &EdtfDate, today: Day) -> Self {
        let tense = self.tense_at(date, today);
        self.turning(Turn::Began, date, tense)
    }

    /// Tells, of a state, that it ends on a date, or where that is still to come or only planned, that it goes on until
    /// then.
    pub(super) fn ending(self, date: &EdtfDate, today: Day) -> Self {
        let tense = self.tense_at(date, today);
        let goes_on = self.planned || tense == Tense::ToCome;
        self.turning(if goes_on { Turn::Remained } else { Turn::Ended }, date, tense)
    }

    fn tense_at(&self, date: &EdtfDate, today: Day) -> Tense {
        if self.planned { Tense::of_plan_at(date, today) } else { Tense::at(date, today) }
    }

    fn turning(mut self, turn: Turn, date: &EdtfDate, tense: Tense) -> Self {
        if self.kind.lasts() {
            (self.turn, self.time, self.tense) = (Some(turn), Time::at(date), tense);
        }
        self
    }

    /// The same without a word on how firmly it stands.
    pub(super) fn unqualified(mut self) -> Self {
        self.inferred = false;
        self
    }

    /// Takes in a clause that says the same of another source, or of another target; gives it back otherwise.
    pub(super) fn absorb(&mut self, other: Self) -> Option<Self> {
        let alike = self.kind == other.kind
            && self.sense == other.sense
            && self.time == other.time
            && self.tense == other.tense
            && self.inferred == other.inferred
            && self.planned == other.planned
            && self.turn == other.turn
            && (self.on_behalf_of.is_none() && other.on_behalf_of.is_none());
        let ids = |entities: &[&'a Entity]| entities.iter().map(|entity| entity.id.as_str()).collect::<Vec<_>>();
        let (sources, targets) = (ids(&self.sources) == ids(&other.sources), ids(&self.targets) == ids(&other.targets));
        if !alike || !self.is_of_one_family_with(&other) {
            return Some(other);
        }
        if sources && targets {
            return self.absorb_role(other);
        }
        let phrase = self.role.as_deref().map_or(RolePhrase::Other, RolePhrase::of);
        if self.role != other.role || phrase == RolePhrase::Noun {
            return Some(other);
        }
        let listed = |one: &[&Entity], more: &[&Entity]| one.iter().chain(more).all(|entity| can_be_listed(entity));
        // Two bodies that work on the same do not work on it together.
        if targets && self.sense != Sense::Work && listed(&self.sources, &other.sources) {
            self.sources.extend(other.sources);
            return None;
        }
        if sources && listed(&self.targets, &other.targets) {
            self.targets.extend(other.targets);
            return None;
        }
        Some(other)
    }

    /// Takes in what a clause of the same ends adds in brackets: "(welcomed the guests; gave remarks)".
    fn absorb_role(&mut self, other: Self) -> Option<Self> {
        match (&self.role, &other.role) {
            (Some(one), Some(more))
                if self.phrase(one) == RolePhrase::Other && self.phrase(more) == RolePhrase::Other =>
            {
                self.role = Some(Cow::Owned(format!("{one}; {more}")));
                None
            }
            _ => Some(other),
        }
    }

    fn is_of_one_family_with(&self, other: &Self) -> bool {
        let same = |a: &[&Entity], b: &[&Entity]| a.iter().chain(b).all(|e| e.kind.family() == a[0].kind.family());
        same(&self.sources, &other.sources) && same(&self.targets, &other.targets)
    }

    /// Whether its last words are the name of its only target, so that "which" after it means the target.
    pub(super) fn ends_in_target(&self) -> bool {
        self.on_behalf_of.is_none()
            && matches!(self.targets.as_slice(), [target] if self.text().ends_with(&noun(target)))
    }

    /// The same clause, told of one of its sources only.
    pub(super) fn of_source(&self, source: &'a Entity) -> Self {
        Self { sources: vec![source], ..self.clone() }
    }

    /// The whole clause, with the names of its ends.
    pub(super) fn text(&self) -> String {
        self.text_with(&list_of(&self.sources), &list_of(&self.targets))
    }

    /// Whether its last words are a role, so that "and" after it could go on with the role.
    pub(super) fn ends_in_role(&self) -> bool {
        self.parts("", "").1.last().is_some_and(|part| part.starts_with("as "))
    }

    /// The whole clause, with other words for its ends: "which", "it".
    pub(super) fn text_with(&self, subject: &str, object: &str) -> String {
        let (mut text, tail) = self.parts(subject, object);
        for part in tail {
            text.push(' ');
            text.push_str(&part);
        }
        text
    }

    /// Who did what to whom; then, each apart, as what, on whose behalf, when, and that it is inferred.
    fn parts(&self, subject: &str, object: &str) -> (String, Vec<String>) {
        let mut text = self.sources.last().map_or_else(String::new, |last| closed(subject.to_owned(), last));
        let mut tail = Vec::new();
        let object = match (self.sense, self.sources.as_slice()) {
            // Whose visit it is that Nancy Ip made need not be said.
            (Sense::Own, [source]) => &object.replace(&format!(" of {}", source.name), ""),
            _ => object,
        };
        match self.role.as_deref() {
            Some(role) => self.add_with_role(&mut text, object, role, &mut tail),
            None => text.push_str(&format!(" {} {object}", self.predicate())),
        }
        // "spoke on behalf of Sichuan University" need not be said twice.
        let in_role = |name: &str| self.role.as_deref().is_some_and(|role| role.contains(name));
        if let Some(principal) = self.on_behalf_of.filter(|principal| !in_role(&principal.name)) {
            tail.push(format!("on behalf of {}", noun(principal)));
        }
        tail.extend(self.when());
        if self.inferred {
            tail.push("(inferred)".to_owned());
        }
        if let (Some(last), true) = (self.targets.last(), tail.first().is_some_and(|part| !part.starts_with('('))) {
            text = closed(text, last);
        }
        (text, tail)
    }

    /// When it held, unless the name of the target says so already: "Visit of a delegation, April 2024".
    fn when(&self) -> Option<String> {
        if let (Time::At(date), [target]) = (&self.time, self.targets.as_slice())
            && date.is_said_in(&target.name)
        {
            return None;
        }
        match (self.turn, verb(self.kind, self.sense).sort) {
            (Some(Turn::Began | Turn::Ended), _) => self.time.of_momentary_act(),
            (Some(Turn::Remained), _) => self.time.of_end(),
            (None, _) if self.planned => self.time.of_lasting_act(),
            (None, VerbSort::MomentaryAct) => self.time.of_momentary_act(),
            (None, VerbSort::State) => self.time.of_state(self.tense),
            (None, VerbSort::LastingAct) => self.time.of_lasting_act(),
        }
    }

    fn add_with_role(&self, text: &mut String, object: &str, role: &str, tail: &mut Vec<String>) {
        let predicate = self.predicate();
        match (self.phrase(role), self.kind) {
            (RolePhrase::Noun, RelationshipKind::MemberOf) if is_membership(role) => {
                text.push_str(&format!(" {} {} of {object}", self.copula(), indefinite(role)));
            }
            (RolePhrase::Noun, RelationshipKind::HoldsPostAt) => {
                text.push_str(&format!(" {} {}", self.copula(), with_indefinite_article(role)));
                if !self.targets.iter().any(|target| role.contains(target.name.as_str())) {
                    text.push_str(&format!(" {} {object}", title_preposition(role)));
                }
            }
            (RolePhrase::Adverbial, RelationshipKind::HoldsPostAt) => {
                text.push_str(&format!(" {predicate} {object} ({role})"));
            }
            (RolePhrase::Noun, RelationshipKind::Signed | RelationshipKind::Witnessed) => {
                let subject = text.trim_end_matches(',').len();
                text.truncate(subject);
                text.push_str(&format!(", as {}, {predicate} {object}", as_what(role)));
            }
            (RolePhrase::Noun, RelationshipKind::Designated) => {
                text.push_str(&format!(" {predicate} {object}"));
                tail.push(format!("as {}", with_indefinite_article(role)));
            }
            (RolePhrase::Noun, _) => {
                text.push_str(&format!(" {predicate} {object}"));
                tail.push(format!("as {}", as_what(role)));
            }
            (RolePhrase::Adverbial, _) => {
                text.push_str(&format!(" {predicate} {object}"));
                tail.push(role.to_owned());
            }
            (RolePhrase::Other, _) => {
                text.push_str(&format!(" {predicate} {object}"));
                tail.push(format!("({role})"));
            }
        }
    }

    /// What sort of phrase the role is, of this kind.
    fn phrase(&self, role: &str) -> RolePhrase {
        match (RolePhrase::of(role), self.kind) {
            (
                RolePhrase::Noun,
                RelationshipKind::CollaboratesWith
                | RelationshipKind::Offers
                | RelationshipKind::Succeeds
                | RelationshipKind::Adopted
                | RelationshipKind::Concerns,
            ) => RolePhrase::Other,
            (RolePhrase::Other, RelationshipKind::Designated) => RolePhrase::Noun,
            (phrase, _) => phrase,
        }
    }

    /// "is a member of", "is to host"
    fn predicate(&self) -> String {
        self.conjugated(&turned(self.turn, self.kind, self.sense))
    }

    /// "is", "has been", "became": what comes before what the source is.
    fn copula(&self) -> String {
        self.conjugated(&copula(self.turn))
    }

    fn conjugated(&self, verb: &Verb) -> String {
        let several = self.sources.len() > 1 || is_plural(self.sources[0]);
        let number = if several { Number::Several } else { Number::One };
        match (self.turn, self.tense, &self.time, verb.sort) {
            _ if self.planned => verb.planned(self.tense, number),
            (None, Tense::Past, Time::Unknown, VerbSort::State) => verb.told(Tense::Present, number),
            (None, Tense::Past, Time::Since(_), VerbSort::State) => verb.perfect(number),
            _ if self.kind == RelationshipKind::Succeeds && self.time == Time::Unknown => {
                verb.told(Tense::Present, number)
            }
            _ => verb.told(self.tense, number),
        }
    }

    /// Whether it tells what somebody works on.
    pub(super) fn works_on(&self) -> bool {
        self.sense == Sense::Work
    }
}

/// Whether an act of which only a start is known took as long as its event, which lies in one date: nobody organizes what
/// is over "from 15 November 2022 on".
fn is_all_of_it(act: &Relationship, event: &Entity) -> bool {
    let (kind, act, event) = (act.kind, act.period(), event.period());
    let (Some(since), None, Some(date)) = (&act.since, &act.until, &event.since) else { return false };
    let is_one_date = event.until.as_ref().is_none_or(|until| until == date);
    let is_in_it = since.first_day() <= date.first_day() && date.last_day() <= since.last_day();
    !kind.lasts() && is_one_date && is_in_it
}

/// "founding member", "Fellow": what one is of a body, instead of a member of it as something.
fn is_membership(role: &str) -> bool {
    ["member", "fellow", "academician"].iter().any(|word| has_word(role, word))
}
