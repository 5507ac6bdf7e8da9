//! What is over on the day that is told of, what goes on, and what is still to come.

use crate::model::edtf::{Day, EdtfDate};
use crate::model::period::Period;

/// How something stands to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// It was, and is not known to go on.
    Past,
    /// It goes on; or its dates leave open whether it is over, goes on or is still to come, and the present is true of
    /// each: "hosts the forum in 2026".
    Present,
    /// All of it is still to come.
    ToCome,
}

impl Tense {
    /// Of what lies in a period, on this day.
    pub(super) fn of(period: &Period, today: Day) -> Self {
        // What is open at its end is written of what has been: it reaches no further than is known.
        let may_follow = |date: &EdtfDate| date.last_day() > today && date.last_day() != Day::MAX;
        let goes_on = period.until.as_ref().is_some_and(|until| until.is_after(today));
        if period.begins_after(today) {
            Self::ToCome
        } else if goes_on || period.since.as_ref().is_some_and(may_follow) {
            Self::Present
        } else {
            Self::Past
        }
    }

    /// Of what lies in one date, on this day.
    pub(super) fn at(date: &EdtfDate, today: Day) -> Self {
        Self::of(&Period { since: Some(date.clone()), until: Some(date.clone()) }, today)
    }

    /// Of what was planned for a period when that was written: to come, unless its time may have come.
    pub(super) fn of_plan(period: &Period, today: Day) -> Self {
        period.since.as_ref().or(period.until.as_ref()).map_or(Self::ToCome, |date| Self::of_plan_at(date, today))
    }

    /// Of what was planned for one date.
    pub(super) fn of_plan_at(date: &EdtfDate, today: Day) -> Self {
        if date.is_after(today) { Self::ToCome } else { Self::Past }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_certain_to_be_over_or_to_come_is_told_in_the_present() {
        let today = "2026-11-30".parse::<EdtfDate>().unwrap().first_day();
        let date = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        for (since, until, tense) in [
            ("", "", Tense::Past),
            ("2020", "", Tense::Past),
            ("2020", "2024", Tense::Past),
            ("", "2024", Tense::Past),
            ("2026-11-30", "2026-11-30", Tense::Past),
            ("2020", "2026", Tense::Past),
            ("", "2026", Tense::Past),
            ("2024/..", "", Tense::Past),
            ("2020", "2024/..", Tense::Past),
            ("2020", "2029", Tense::Present),
            ("", "2029", Tense::Present),
            ("2026", "2029", Tense::Present),
            ("2026", "", Tense::Present),
            ("2026", "2026", Tense::Present),
            ("2026~", "2026~", Tense::Present),
            ("2025/2027", "", Tense::Present),
            ("2026-11-29", "2026-12-02", Tense::Present),
            ("2027", "", Tense::ToCome),
            ("2027", "2029", Tense::ToCome),
            ("2026-12-01", "2026-12-01", Tense::ToCome),
            ("2027/..", "", Tense::ToCome),
        ] {
            let period = Period::new(date(since), date(until)).unwrap();
            assert_eq!(Tense::of(&period, today), tense, "{since} to {until}");
            assert_eq!(Tense::of(&period, Day::MAX), Tense::Past, "{since} to {until} where no day is known");
        }
    }
}
