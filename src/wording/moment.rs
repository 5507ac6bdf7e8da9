//! What begins, ends or happens on a date.

use super::date::Time;
use super::listing::noun_going_on;
use super::noun::{is_plural, noun};
use super::tense::Tense;
use super::verb::{Number, Verb};
use super::{Statement, sentence};
use crate::model::edtf::Day;
use crate::model::entity::{Entity, Family};
use crate::model::period::Period;

/// What is told of what has dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Its start.
    Began,
    /// All of it.
    Happened,
    /// Its end.
    Ended,
}

/// The start or the end of a relationship: "University of Glasgow became a member of The Health Alliance in 2021."; of
/// what is still to come, "… is to become …" and "… is to remain …", and of what its documents only plan, "… was to …" where
/// that day may have come. What happened, and acts, are told whole.
pub fn moment(statement: &Statement<'_>, moment: Moment) -> String {
    let (clause, period) = (statement.clause(), statement.relationship.period());
    let clause = match (moment, &period.since, &period.until) {
        (Moment::Began, Some(since), _) => clause.beginning(since, statement.today),
        (Moment::Ended, _, Some(until)) => clause.ending(until, statement.today),
        (Moment::Began | Moment::Happened | Moment::Ended, ..) => clause,
    };
    sentence(&clause.text())
}

/// The start or the end of an entity, or that it took place, told on a day: "The 2023 Preparatory Meeting took place on 13
/// December 2023."; of what is still to come, "… is to take place …".
pub fn entity_moment(entity: &Entity, moment: Moment, today: Day) -> String {
    let (period, time) = dates(entity, moment);
    match Tense::of(&period, today) {
        Tense::ToCome => planned_moment(entity, moment, today),
        tense @ (Tense::Past | Tense::Present) => {
            told(entity, &verb(entity.kind.family(), moment).told(tense, number(entity)), time.of_occasion())
        }
    }
}

/// The same of what its documents only plan: "… is to take place …", and "… was to take place …" where its time may have
/// come, as that it was planned is all that they say.
pub fn planned_moment(entity: &Entity, moment: Moment, today: Day) -> String {
    let (period, time) = dates(entity, moment);
    let tense = Tense::of_plan(&period, today);
    let (verb, when) = match moment {
        Moment::Ended => (remained(entity.kind.family()), time.of_end()),
        Moment::Began | Moment::Happened => (verb(entity.kind.family(), moment), time.of_occasion()),
    };
    told(entity, &verb.planned(tense, number(entity)), when)
}

/// "The visit of the deans took place in April 2024", also where its name ends in that date.
fn told(entity: &Entity, verb: &str, when: Option<String>) -> String {
    let name = noun(entity);
    let name = match name.date {
        Some(_) => name.words,
        None => noun_going_on(entity),
    };
    sentence(&format!("{name} {verb} {}", when.unwrap_or_default()))
}

/// When that is, all of it in one date for a start and an end.
fn dates(entity: &Entity, moment: Moment) -> (Period, Time) {
    let period = entity.period();
    let end = match moment {
        Moment::Began => &period.since,
        Moment::Ended => &period.until,
        Moment::Happened => return (period.clone(), Time::of(period)),
    };
    let time = end.as_ref().map_or(Time::Unknown, Time::at);
    (Period { since: end.clone(), until: end.clone() }, time)
}

fn number(entity: &Entity) -> Number {
    if is_plural(entity) { Number::Several } else { Number::One }
}

fn verb(family: Family, moment: Moment) -> Verb {
    let act = |bare, past| Verb::of_moment(bare, past, [""; 2]);
    match (family, moment) {
        (Family::Event, Moment::Happened) => act("take place", "took place"),
        (Family::Person, Moment::Began) => Verb::being(["born"; 2]),
        (Family::Person, Moment::Ended) => act("die", "died"),
        (Family::Event | Family::Agreement | Family::Program, Moment::Began) => act("begin", "began"),
        (Family::Event | Family::Agreement | Family::Program, Moment::Ended) => act("end", "ended"),
        (Family::Agreement, Moment::Happened) => Verb::being(["made"; 2]),
        (Family::Program, Moment::Happened) => act("run", "ran"),
        (Family::Organization, Moment::Began) => Verb::being(["founded"; 2]),
        (Family::Topic, Moment::Began) => act("come into being", "came into being"),
        (Family::Organization | Family::Topic, Moment::Ended) => act("cease to exist", "ceased to exist"),
        (Family::Organization | Family::Topic | Family::Person, Moment::Happened) => act("exist", "existed"),
    }
}

/// What it does until it ends.
fn remained(family: Family) -> Verb {
    let act = |bare, past| Verb::of_moment(bare, past, [""; 2]);
    match family {
        Family::Person => act("live", "lived"),
        Family::Event | Family::Agreement | Family::Program => act("last", "lasted"),
        Family::Organization | Family::Topic => act("exist", "existed"),
    }
}
