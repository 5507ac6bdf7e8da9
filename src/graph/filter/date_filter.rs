//! Dates as filters ask for them, compared as in patterns.

use crate::model::edtf::EdtfDate;

/// Which dates are meant: those that pass every part that is given. The default passes all, and what has no date.
#[derive(Clone, Debug, Default)]
pub struct DateFilter {
    /// All that it may mean is within this date.
    pub within: Option<EdtfDate>,
    /// All that it may mean is on the first day of this date or later.
    pub from: Option<EdtfDate>,
    /// All that it may mean is on the last day of this date or earlier.
    pub to: Option<EdtfDate>,
    /// Whether there is a date at all.
    pub known: Option<bool>,
    /// Whether it is enough that some of what it may mean is so.
    pub possible: bool,
}

impl DateFilter {
    /// Whether a date passes, or that there is none. *O(1)*.
    pub fn admits(&self, date: Option<&EdtfDate>) -> bool {
        if self.known.is_some_and(|known| known != date.is_some()) {
            return false;
        }
        let asked = [&self.within, &self.from, &self.to];
        let Some(date) = date else { return asked.iter().all(|part| part.is_none()) };
        // The earliest day that has to be late enough, and the latest that has to be early enough.
        let (early, late) = match self.possible {
            false => (date.first_day(), date.last_day()),
            true => (date.last_day(), date.first_day()),
        };
        let starts = |part: &Option<EdtfDate>| part.as_ref().is_none_or(|part| early >= part.first_day());
        let ends = |part: &Option<EdtfDate>| part.as_ref().is_none_or(|part| late <= part.last_day());
        starts(&self.within) && ends(&self.within) && starts(&self.from) && ends(&self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_passes_by_what_it_covers() {
        let date = |text: &str| Some(text.parse::<EdtfDate>().unwrap());
        for (dated, named, within, from, to) in [
            ("2027-06-30", "2027", "yes", "yes", "yes"),
            ("2027", "2027", "yes", "yes", "yes"),
            ("2026-12-31", "2027", "no", "no", "yes"),
            ("2028", "2027", "no", "yes", "no"),
            ("2024", "2024-06-01", "may", "may", "may"),
            ("2024", "2024-01", "may", "yes", "may"),
            ("2024/..", "2024", "may", "yes", "may"),
            ("../2024", "2024", "may", "may", "yes"),
            ("202X", "2024", "may", "may", "may"),
            ("2025", "2021/2024", "no", "yes", "no"),
        ] {
            let asked = |filter: &DateFilter| {
                let passes = |possible| DateFilter { possible, ..filter.clone() }.admits(date(dated).as_ref());
                match (passes(false), passes(true)) {
                    (true, true) => "yes",
                    (false, true) => "may",
                    (false, false) => "no",
                    (true, false) => "sure but not possible",
                }
            };
            let own = |part: fn(&mut DateFilter) -> &mut Option<EdtfDate>| {
                let mut filter = DateFilter::default();
                *part(&mut filter) = date(named);
                filter
            };
            assert_eq!(asked(&own(|filter| &mut filter.within)), within, "{dated} within {named}");
            assert_eq!(asked(&own(|filter| &mut filter.from)), from, "{dated} from {named}");
            assert_eq!(asked(&own(|filter| &mut filter.to)), to, "{dated} to {named}");
        }
    }

    #[test]
    fn what_has_no_date_passes_where_no_date_is_asked_for() {
        let known = |known| DateFilter { known: Some(known), ..DateFilter::default() };
        assert!(DateFilter::default().admits(None) && known(false).admits(None) && !known(true).admits(None));
        let from = DateFilter { from: Some("2024".parse().unwrap()), possible: true, ..DateFilter::default() };
        assert!(!from.admits(None));
        assert!(!known(false).admits(Some(&"2024".parse().unwrap())));
    }
}
