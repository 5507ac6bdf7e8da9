//! When something held: two dates, each as precise as its source, either of which may be missing.

use super::edtf::{Day, EdtfDate};
use super::violation::Violation;

/// From when until when something held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// When it began; `None` where no document says.
    pub since: Option<EdtfDate>,
    /// When it ended; `None` where it has not, or no document says.
    pub until: Option<EdtfDate>,
}

impl Period {
    /// Checks that the end is not before the start.
    ///
    /// # Errors
    /// A violation when every reading of `until` lies before every reading of `since`.
    pub fn new(since: Option<EdtfDate>, until: Option<EdtfDate>) -> Result<Self, Violation> {
        if let (Some(start), Some(end)) = (&since, &until)
            && end.last_day() < start.first_day()
        {
            return Err(Violation::new(
                format!("it ends ({end}) before it begins ({start})"),
                "correct one of the two dates",
            )
            .of("until"));
        }
        Ok(Self { since, until })
    }

    /// Whether it has no date at all.
    pub fn is_undated(&self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    /// Whether it begins after a day, whatever its start may mean.
    pub fn begins_after(&self, day: Day) -> bool {
        self.since.as_ref().is_some_and(|since| since.is_after(day))
    }

    /// It as one EDTF date: the date itself where both are the same, else an interval with open ends as `..`; `None`
    /// where it has no date.
    pub fn as_date(&self) -> Option<EdtfDate> {
        match (&self.since, &self.until) {
            (None, None) => None,
            (Some(since), Some(until)) if since == until => Some(since.clone()),
            (since, until) => {
                let end = |date: &Option<EdtfDate>, of: fn(&str) -> &str| {
                    date.as_ref().map_or("..".to_owned(), |date| of(date.as_str()).to_owned())
                };
                let start = end(since, |text| text.split('/').next().unwrap_or(text));
                let stop = end(until, |text| text.rsplit('/').next().unwrap_or(text));
                format!("{start}/{stop}").parse().ok()
            }
        }
    }

    /// The first and the last day on which it may have held. A missing start or end is open.
    pub fn days(&self) -> (Day, Day) {
        (
            self.since.as_ref().map_or(Day::MIN, EdtfDate::first_day),
            self.until.as_ref().map_or(Day::MAX, EdtfDate::last_day),
        )
    }
}
