//! What began, ended or happened on a date.

use super::date::Time;
use super::listing::noun_going_on;
use super::noun::is_plural;
use super::turn::Turn;
use super::{Statement, sentence};
use crate::model::edtf::EdtfDate;
use crate::model::entity::{Entity, Family};

/// What a date means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// From then on.
    Began,
    /// All of it.
    Happened,
    /// Until then.
    Ended,
    /// It was or is to: that it did is not documented.
    Planned,
}

/// The start or the end of a relationship: "University of Glasgow became a member of The Health Alliance in 2021." What
/// happened, and acts, are told whole.
pub fn moment(statement: &Statement<'_>, moment: Moment, date: &EdtfDate) -> String {
    let clause = statement.clause();
    let clause = match moment {
        Moment::Began => clause.turning(Turn::Began, Time::at(date)),
        Moment::Ended => clause.turning(Turn::Ended, Time::at(date)),
        Moment::Happened | Moment::Planned => clause,
    };
    sentence(&clause.text())
}

/// The start or the end of an entity, that it took place or was to: "The 2023 Preparatory Meeting took place on 13 December
/// 2023."
pub fn entity_moment(entity: &Entity, moment: Moment, date: &EdtfDate) -> String {
    let verb = match (entity.kind.family(), moment) {
        (Family::Event, Moment::Happened) => "took place",
        (Family::Person, Moment::Began) => "was born",
        (Family::Person, Moment::Ended) => "died",
        (Family::Event | Family::Agreement | Family::Program, Moment::Began) => "began",
        (Family::Event | Family::Agreement | Family::Program, Moment::Ended) => "ended",
        (Family::Agreement, Moment::Happened) => "was made",
        (Family::Program, Moment::Happened) => "ran",
        (Family::Organization | Family::Topic, Moment::Began) => "came into being",
        (Family::Organization | Family::Topic, Moment::Ended) => "ceased to exist",
        (Family::Organization | Family::Topic | Family::Person, Moment::Happened) => "existed",
        // That it was planned is all that its documents say.
        (Family::Event, Moment::Planned) if is_plural(entity) => "were to take place",
        (Family::Event, Moment::Planned) => "was to take place",
        (Family::Agreement, Moment::Planned) => "was to be made",
        (Family::Program | Family::Organization | Family::Topic | Family::Person, Moment::Planned) => "was to begin",
    };
    let when = match moment {
        Moment::Began | Moment::Ended => Time::at(date).of_momentary_act(),
        Moment::Happened | Moment::Planned => Time::at(date).of_state(),
    };
    sentence(&format!("{} {verb} {}", noun_going_on(entity), when.unwrap_or_default()))
}
