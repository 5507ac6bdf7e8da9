//! One relationship as a clause: who, what, to whom; as what, on whose behalf and when.

mod told;

use super::Statement;
use super::date::Time;
use super::listing::can_be_listed;
use super::role::{Phrase, phrases};
use super::sense::Sense;
use super::tense::Tense;
use super::turn::Turn;
use super::verb::{VerbSort, verb};
use crate::model::citation::Strength;
use crate::model::edtf::{Day, EdtfDate};
use crate::model::entity::{Entity, EntityKind};
use crate::model::period::Period;
use crate::model::relationship::{Relationship, RelationshipKind};

/// A relationship, or several that say the same of different sources or of different targets.
#[derive(Clone)]
pub(super) struct Clause<'a> {
    pub(super) kind: RelationshipKind,
    pub(super) sources: Vec<&'a Entity>,
    pub(super) targets: Vec<&'a Entity>,
    pub(super) on_behalf_of: Option<&'a Entity>,
    role: Vec<Phrase>,
    pub(super) sense: Sense,
    time: Time,
    /// The present of its document, where it holds only then for all that is known: "in November 2022".
    as_of: Option<String>,
    tense: Tense,
    inferred: bool,
    planned: bool,
    /// Of a state, whether its start or its end is told and not the state itself.
    turn: Option<Turn>,
}

impl<'a> Clause<'a> {
    pub(super) fn new(statement: &Statement<'a>) -> Self {
        let Statement { relationship, source, target, on_behalf_of, today, .. } = *statement;
        let (kind, plan) = (relationship.kind, relationship.plan());
        let planned = plan.is_some();
        let sense = Sense::of(kind, relationship.role.as_deref(), source, target);
        let mut role = phrases(kind, relationship.role.as_deref(), plan, target);
        // A plan is told by what is to be done, which an ending in "-ed" alone does not say.
        role.retain(|phrase| !matches!(phrase, Phrase::Act(act) if planned && !act.verb.can_be_planned()));
        let is_act = verb(kind, sense).sort != VerbSort::State;
        let dated = |end: &&Entity| is_occasion(end) && !end.period().is_undated();
        let occasion = [target, source].into_iter().find(dated);
        let (period, time) = match occasion {
            // What nobody dates is done, or planned, when that is at which it is done.
            Some(event) if (is_act || planned) && relationship.period().is_undated() => (event.period(), Time::Unknown),
            Some(event) if is_act && is_all_of_it(relationship, event) => {
                (event.period(), Time::of_all(event.period()))
            }
            _ => (relationship.period(), Time::of(relationship.period())),
        };
        let as_of = statement.as_of.filter(|_| period.is_undated() && (planned || is_of_its_document(kind, source)));
        let as_of = as_of.filter(|date| !date.is_after(today)).and_then(|date| Time::at(date).of_its_month());
        let tense = match (planned, &as_of) {
            (_, Some(_)) => Tense::Past,
            (true, None) => Tense::of_plan(period, today),
            (false, None) => Tense::of(period, today),
        };
        let inferred = relationship.strength() == Strength::Inferred;
        let (sources, targets) = (vec![source], vec![target]);
        Self { kind, sources, targets, on_behalf_of, role, sense, time, as_of, tense, inferred, planned, turn: None }
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
            && self.as_of == other.as_of
            && self.tense == other.tense
            && self.inferred == other.inferred
            && self.planned == other.planned
            && self.turn == other.turn
            && !self.sense.is_visit()
            && (self.on_behalf_of.is_none() && other.on_behalf_of.is_none());
        let ids = |entities: &[&'a Entity]| entities.iter().map(|entity| entity.id.as_str()).collect::<Vec<_>>();
        let (sources, targets) = (ids(&self.sources) == ids(&other.sources), ids(&self.targets) == ids(&other.targets));
        if !alike || !self.is_of_one_family_with(&other) {
            return Some(other);
        }
        let acts = |role: &[Phrase]| !role.is_empty() && role.iter().all(|phrase| matches!(phrase, Phrase::Act(_)));
        if sources && targets && acts(&self.role) && acts(&other.role) {
            self.role.extend(other.role);
            return None;
        }
        if self.role != other.role || (sources && targets) {
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

    fn is_of_one_family_with(&self, other: &Self) -> bool {
        let same = |a: &[&Entity], b: &[&Entity]| a.iter().chain(b).all(|e| e.kind.family() == a[0].kind.family());
        same(&self.sources, &other.sources) && same(&self.targets, &other.targets)
    }
}

/// Whether something takes place, or is planned to, in its time.
fn is_occasion(entity: &Entity) -> bool {
    matches!(entity.kind, EntityKind::Event | EntityKind::Program)
}

/// Whether a state without dates is told as of its document: who held a post then may hold it no more.
fn is_of_its_document(kind: RelationshipKind, source: &Entity) -> bool {
    let is_person = source.kind == EntityKind::Person;
    kind == RelationshipKind::HoldsPostAt || (kind == RelationshipKind::AffiliatedWith && is_person)
}

/// Whether an act of which only a start is known took as long as its event, which lies in one date: nobody organizes what
/// is over "from 15 November 2022 on".
fn is_all_of_it(act: &Relationship, event: &Entity) -> bool {
    let (kind, act, event): (_, &Period, &Period) = (act.kind, act.period(), event.period());
    let (Some(since), None, Some(date)) = (&act.since, &act.until, &event.since) else { return false };
    let is_one_date = event.until.as_ref().is_none_or(|until| until == date);
    let is_in_it = since.first_day() <= date.first_day() && date.last_day() <= since.last_day();
    !kind.lasts() && is_one_date && is_in_it
}
