//! The filter of dates that a client asks for.

use async_graphql::InputObject;

use crate::api::scalar::EdtfDate;
use crate::graph;

/// Which dates are meant. Every part is optional and they add up. A date is taken for all days that it covers, as in
/// patterns: `2024` is every day of 2024, `2021/..` every day from 2021 on, and `~` and `?` widen nothing. What has no
/// date passes only where nothing but `known` is asked.
#[derive(InputObject, Default)]
pub(crate) struct DateFilter {
    /// Within this date or interval: 2027-06-30 and 2027 are within 2027.
    within: Option<EdtfDate>,
    /// On its first day or later.
    from: Option<EdtfDate>,
    /// On its last day or earlier.
    to: Option<EdtfDate>,
    /// Whether there is a date at all.
    known: Option<bool>,
    /// Whether a date passes too that only may be so, as 2024 may be from June 2024 on.
    #[graphql(default_with = "Some(false)")]
    possible: Option<bool>,
}

impl From<DateFilter> for graph::DateFilter {
    fn from(filter: DateFilter) -> Self {
        let DateFilter { within, from, to, known, possible } = filter;
        let date = |date: Option<EdtfDate>| date.map(|EdtfDate(date)| date);
        Self { within: date(within), from: date(from), to: date(to), known, possible: possible.unwrap_or(false) }
    }
}
