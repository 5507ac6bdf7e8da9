//! How long an agreement runs: an ISO 8601 duration, as worded, not counted into days.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use jiff::Span;

use super::edtf::{EdtfDate, Precision};
use super::violation::Violation;

/// An ISO 8601 duration such as `P3Y` (three years) or `P18M`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Term(Box<str>);

impl Term {
    /// The duration as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// When what runs so long from a start ends, as precise as both allow: three years from `2024-06` end in `2027-06`,
    /// eighteen months from `2024` some time in `2025-07/2026-06`. What is only approximate or uncertain of the start is so
    /// of the end; an open side stays open. `None` where the end lies outside the years that can be written.
    pub fn end_from(&self, start: &EdtfDate) -> Option<EdtfDate> {
        let span: Span = self.0.parse().ok()?;
        let unit = if span.get_days() != 0 || span.get_weeks() != 0 || span.get_hours() != 0 {
            Precision::Day
        } else if span.get_months() != 0 {
            Precision::Month
        } else {
            Precision::Year
        };
        start.shifted(span, unit)
    }
}

impl FromStr for Term {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        let positive = text.starts_with('P') && text.parse::<jiff::Span>().is_ok_and(|span| span.is_positive());
        if positive {
            Ok(Self(text.into()))
        } else {
            let shown: String = text.chars().take(40).collect();
            Err(Violation::new(
                format!("\"{shown}\" is no duration"),
                "use ISO 8601: P3Y is three years, P18M eighteen months, P10D ten days",
            ))
        }
    }
}

impl TryFrom<String> for Term {
    type Error = Violation;
    fn try_from(text: String) -> Result<Self, Violation> {
        text.parse()
    }
}

impl From<Term> for String {
    fn from(term: Term) -> Self {
        term.0.into()
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_as_precise_as_start_and_term() {
        for (start, term, end) in [
            ("2024-06", "P3Y", "2027-06"),
            ("2024", "P3Y", "2027"),
            ("2024-06-10", "P3Y", "2027-06-10"),
            ("2024-02-29", "P1Y", "2025-02-28"),
            ("2024-06", "P18M", "2025-12"),
            ("2024-06", "P1Y6M", "2025-12"),
            ("2024", "P18M", "2025-07/2026-06"),
            ("2024-06-25", "P10D", "2024-07-05"),
            ("2024-06", "P10D", "2024-06-11/2024-07-10"),
            ("2024-06", "P2W", "2024-06-15/2024-07-14"),
            ("2024~", "P3Y", "2027~"),
            ("2024-06?", "P3Y", "2027-06?"),
            ("2024%", "P6M", "2024-07%/2025-06%"),
            ("202X", "P3Y", "2023/2032"),
            ("2024-21", "P3Y", "2027"),
            ("2024-06-XX", "P1M", "2024-07"),
            ("2024-XX", "P1Y", "2025"),
            ("2024-06/2024-12", "P3Y", "2027-06/2027-12"),
            ("2024-06-10/2024", "P3Y", "2027-06-10/2027"),
            ("2024-06/..", "P3Y", "2027-06/.."),
            ("../2024-06", "P3Y", "../2027-06"),
            ("2024-06~/2024-12", "P1Y", "2025-06~/2025-12"),
        ] {
            let found = term.parse::<Term>().unwrap().end_from(&start.parse().unwrap());
            assert_eq!(found, Some(end.parse().unwrap()), "{term} from {start}");
        }
    }

    #[test]
    fn an_end_that_cannot_be_written_is_none() {
        for (start, term) in [("9998", "P3Y"), ("2024", "P9000Y"), ("-0009", "P3Y")] {
            assert_eq!(term.parse::<Term>().unwrap().end_from(&start.parse().unwrap()), None, "{term} from {start}");
        }
    }
}
