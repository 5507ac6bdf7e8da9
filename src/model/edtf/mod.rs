//! Dates as precise as their source: ISO 8601-2 / EDTF, level 1.
//!
//! A date keeps the text it was written in and knows the first and the last day it may mean. Years of more than four
//! digits (`Y17000`) are left out on purpose: nothing in this field is that old.
//! Source: Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::shared::{self, Text};
use super::violation::Violation;

mod written;

/// A day, counted from 1970-01-01. [`Day::MIN`] and [`Day::MAX`] stand for "open".
pub type Day = i32;

/// What an EDTF date may look like, for error messages.
pub const ALLOWED: &str = "allowed are 2022-11-15, 2024-03, 2024, 2024~ (approximately), 2023? (uncertain), 202X (some \
     year of the decade), 2024-21 (spring; 21 to 24), an interval 2021/2024, and an open one 2024/.. or ../2024";

/// A date or interval in EDTF, level 1.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EdtfDate {
    text: Arc<str>,
    first: Day,
    last: Day,
}

impl EdtfDate {
    /// The first day it may mean; [`Day::MIN`] where the start is open or unknown.
    pub fn first_day(&self) -> Day {
        self.first
    }

    /// The last day it may mean; [`Day::MAX`] where the end is open or unknown.
    pub fn last_day(&self) -> Day {
        self.last
    }

    /// Whether every day that it may mean comes after this one.
    pub fn is_after(&self, day: Day) -> bool {
        self.first > day
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// One day; `None` for an open end, and where [`EdtfDate::of_year`] has none.
    pub fn of_day(day: Day) -> Option<Self> {
        if day == Day::MIN || day == Day::MAX {
            return None;
        }
        let date = EPOCH.checked_add(Span::new().days(i64::from(day))).ok()?;
        format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()).parse().ok()
    }

    /// A calendar year; `None` before the year 0, which is written otherwise, and after the year 9999.
    pub fn of_year(year: i16) -> Option<Self> {
        format!("{year:04}").parse().ok()
    }

    /// A month of a calendar year, 1 to 12; `None` where [`EdtfDate::of_year`] has none.
    pub fn of_month(year: i16, month: i8) -> Option<Self> {
        format!("{year:04}-{month:02}").parse().ok()
    }

    /// The calendar years it touches, first and last; `None` where an end is open.
    pub fn years(&self) -> (Option<i16>, Option<i16>) {
        (year_of(self.first), year_of(self.last))
    }
}

/// How precise a date is, or may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A calendar year, or several.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

impl EdtfDate {
    /// The same date later by a span of which `unit` is the smallest part: as precise as it was where that is as precise
    /// as the span, else from the first unit that it may mean to the last. `None` where that cannot be written.
    pub(super) fn shifted(&self, span: Span, unit: Precision) -> Option<Self> {
        let (start, end) = self.text.split_once('/').unwrap_or((&self.text, &self.text));
        let side = |text: &str, of: fn((String, String)) -> String| match text {
            "" | ".." => Some("..".to_owned()),
            date => shifted(date, span, unit).map(of),
        };
        let (first, last) = (side(start, |(first, _)| first)?, side(end, |(_, last)| last)?);
        if first == last { first.parse().ok() } else { format!("{first}/{last}").parse().ok() }
    }
}

/// The first and the last date that a date, which is no interval, may become.
fn shifted(text: &str, span: Span, unit: Precision) -> Option<(String, String)> {
    let plain = text.trim_end_matches(['?', '~', '%']);
    let qualifier = &text[plain.len()..];
    let (first, last) = single(plain)?;
    let precision = match last - first {
        0 => Precision::Day,
        1..=30 => Precision::Month,
        _ => Precision::Year,
    };
    let write = |day: Day| {
        let date = EPOCH.checked_add(Span::new().days(i64::from(day))).ok()?.checked_add(span).ok()?;
        let (year, month, day) = (date.year(), date.month(), date.day());
        let written = match precision.max(unit) {
            Precision::Year => format!("{year:04}{qualifier}"),
            Precision::Month => format!("{year:04}-{month:02}{qualifier}"),
            Precision::Day => format!("{year:04}-{month:02}-{day:02}{qualifier}"),
        };
        (0..=9999).contains(&year).then_some(written)
    };
    Some((write(first)?, write(last)?))
}

/// The calendar year of a day; `None` for an open end.
pub fn year_of(day: Day) -> Option<i16> {
    if day == Day::MIN || day == Day::MAX {
        return None;
    }
    EPOCH.checked_add(Span::new().days(i64::from(day))).ok().map(Date::year)
}

/// The calendar year and month of a day; `None` for an open end.
pub fn month_of(day: Day) -> Option<(i16, i8)> {
    if day == Day::MIN || day == Day::MAX {
        return None;
    }
    let date = EPOCH.checked_add(Span::new().days(i64::from(day))).ok()?;
    Some((date.year(), date.month()))
}

/// The day of a moment, in UTC.
pub fn day_of(time: Timestamp) -> Day {
    const SECONDS: i64 = 24 * 60 * 60;
    time.as_second().div_euclid(SECONDS) as Day
}

const EPOCH: Date = Date::constant(1970, 1, 1);

fn day_number(date: Date) -> Day {
    date.duration_since(EPOCH).as_hours().div_euclid(24) as Day
}

impl FromStr for EdtfDate {
    type Err = Violation;

    /// Reads EDTF; of a date with a time of day its day, as written; a month or day of `00` as not known.
    fn from_str(text: &str) -> Result<Self, Violation> {
        let text = text.trim();
        match bounds(text) {
            Ok((first, last)) => Ok(Self { text: text.into(), first, last }),
            Err(refused) => {
                let plain = written::plain(text).ok_or(refused)?;
                let (first, last) = bounds(&plain)?;
                Ok(Self { text: plain.into(), first, last })
            }
        }
    }
}

/// First and last day of a date or an interval.
fn bounds(text: &str) -> Result<(Day, Day), Violation> {
    let refuse = || {
        let shown: String = text.chars().take(40).collect();
        Violation::new(format!("\"{shown}\" is not a valid date"), written::remedy(text))
    };
    let (first, last) = match text.split_once('/') {
        None => single(text).ok_or_else(refuse)?,
        Some((start, end)) => {
            let open = |end: &str| end == ".." || end.is_empty();
            if open(start) && open(end) {
                return Err(refuse());
            }
            let first = if open(start) { Day::MIN } else { single(start).ok_or_else(refuse)?.0 };
            let last = if open(end) { Day::MAX } else { single(end).ok_or_else(refuse)?.1 };
            (first, last)
        }
    };
    if first > last {
        return Err(Violation::new(
            format!("the interval \"{text}\" ends before it starts"),
            "swap its ends, or correct one of them",
        ));
    }
    Ok((first, last))
}

/// First and last day of a date that is no interval; its qualifier (`?`, `~`, `%`) does not widen it.
fn single(text: &str) -> Option<(Day, Day)> {
    let text = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut parts = digits.split('-');
    let year = parts.next()?;
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let years = year_range(year, negative)?;
    match (month, day) {
        (None, None) => Some((first_of(years.0, 1)?, last_of(years.1, 12)?)),
        // What is less precise than its larger unit would say nothing: 202X-03.
        _ if years.0 != years.1 => None,
        (Some("XX"), None | Some("XX")) => Some((first_of(years.0, 1)?, last_of(years.0, 12)?)),
        // A season is half a year apart on the two hemispheres, and winter is in two years: the year is what is sure.
        (Some("21" | "22" | "23" | "24"), None) => Some((first_of(years.0, 1)?, last_of(years.0, 12)?)),
        (Some(month), None | Some("XX")) => {
            let month = two_digits(month)?;
            Some((first_of(years.0, month)?, last_of(years.0, month)?))
        }
        (Some(month), Some(day)) => {
            let date = Date::new(years.0, two_digits(month)?, two_digits(day)?).ok()?;
            Some((day_number(date), day_number(date)))
        }
        (None, Some(_)) => None,
    }
}

/// `2024`, `202X`, `20XX`: the first and the last year it may mean.
fn year_range(text: &str, negative: bool) -> Option<(i16, i16)> {
    let unspecified = text.len() - text.trim_end_matches('X').len();
    let known = &text[..text.len() - unspecified];
    if text.len() != 4 || unspecified > 3 || !known.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let scale = 10_i16.pow(u32::try_from(unspecified).ok()?);
    let low = known.parse::<i16>().ok()? * scale;
    let high = low + scale - 1;
    if negative { (low > 0).then_some((-high, -low)) } else { Some((low, high)) }
}

fn two_digits(text: &str) -> Option<i8> {
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn first_of(year: i16, month: i8) -> Option<Day> {
    Date::new(year, month, 1).ok().map(day_number)
}

fn last_of(year: i16, month: i8) -> Option<Day> {
    Date::new(year, month, 1).ok().map(|date| day_number(date.last_of_month()))
}

impl TryFrom<String> for EdtfDate {
    type Error = Violation;
    fn try_from(text: String) -> Result<Self, Violation> {
        text.parse()
    }
}

impl Serialize for EdtfDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for EdtfDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text(|text: &str| shared::date(text, str::parse)))
    }
}

impl fmt::Display for EdtfDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for EdtfDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(text: &str) -> (Day, Day) {
        let date: EdtfDate = text.parse().unwrap();
        (date.first_day(), date.last_day())
    }

    #[test]
    fn a_date_means_every_day_it_leaves_open() {
        assert_eq!(days("1970-01-01"), (0, 0));
        assert_eq!(days("1970-01"), (0, 30));
        assert_eq!(days("1970"), (0, 364));
        assert_eq!(days("1970~"), (0, 364));
        assert_eq!(days("197X"), (0, 3651));
        assert_eq!(days("1970-XX-XX"), (0, 364));
        assert_eq!(days("1970-02-XX"), (31, 58));
        assert_eq!(days("1970-01-02/1970-01-05"), (1, 4));
        assert_eq!(days("1970/.."), (0, Day::MAX));
        assert_eq!(days("../1970"), (Day::MIN, 364));
        assert_eq!(days("1969-12-31"), (-1, -1));
        assert_eq!(days("2024-02").1 - days("2024-02").0, 28);
    }

    #[test]
    fn a_moment_lies_on_its_day_in_utc() {
        for (moment, day) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-02T00:30:00+01:00", 0),
            ("1969-12-31T23:59:59Z", -1),
            ("2026-11-30T12:00:00Z", days("2026-11-30").0),
        ] {
            assert_eq!(day_of(moment.parse().unwrap()), day, "{moment}");
        }
    }

    #[test]
    fn a_date_is_after_a_day_where_all_it_may_mean_is() {
        let (day, _) = days("2026-11-30");
        for (date, after) in [
            ("2027", true),
            ("2026-12-01", true),
            ("2027/..", true),
            ("2027~", true),
            ("2026-11-30", false),
            ("2026", false),
            ("2026~", false),
            ("202X", false),
            ("../2029", false),
        ] {
            assert_eq!(date.parse::<EdtfDate>().unwrap().is_after(day), after, "{date}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_what_is_allowed() {
        for bad in [
            "",
            "..",
            "../..",
            "/",
            "2024-13",
            "2023-02-29",
            "24",
            "2024-1",
            "15/11/2022",
            "Nov 2022",
            "2024-03-05-06",
            "X024",
            "XXXX",
            "202X-03",
            "2024/2023",
            "2024??",
            "20245",
            "2024-00-05",
            "0000-00-00",
            "2024-13-00",
            "2024-01-01T25:00:00Z",
            "2024-01-01T",
            "2024-01-01 in the morning",
            "2023-02-29T00:00:00Z",
            "-0000",
        ] {
            let violation = bad.parse::<EdtfDate>().unwrap_err();
            assert!(!violation.remedy.is_empty(), "{bad}");
        }
    }

    #[test]
    fn of_a_moment_the_day_is_taken_and_zeros_are_not_known() {
        for (text, date) in [
            ("1999-01-01T00:00:00Z", "1999-01-01"),
            ("1999-01-01T00:00:00", "1999-01-01"),
            ("1999-01-01 00:00:00", "1999-01-01"),
            ("1999-01-01 09:05", "1999-01-01"),
            ("2023-05-01T23:30:00.000Z", "2023-05-01"),
            // The day as it was written, wherever the clock stood.
            ("2023-05-01T23:30:00-08:00", "2023-05-01"),
            ("2023-05-01T00:30:00.123456789+0530", "2023-05-01"),
            ("2023-05-01 00:00:00+00", "2023-05-01"),
            ("2023-05-01 00:00:00 UTC", "2023-05-01"),
            ("2023-05-01+02:00", "2023-05-01"),
            ("2023-05-01Z", "2023-05-01"),
            ("2023-05-01t24:00:00z", "2023-05-01"),
            ("+1920-00-00T00:00:00Z", "1920"),
            ("-0500-01-01T00:00:00Z", "-0500-01-01"),
            ("2001-00-00", "2001"),
            ("2001-05-00", "2001-05"),
            ("2001-00", "2001"),
            ("2001-01-01T00:00:00Z/2002-12-31T23:59:59Z", "2001-01-01/2002-12-31"),
            ("2001-00-00/..", "2001/.."),
            // What is in EDTF stays as it is.
            ("0000", "0000"),
            ("2001-XX-XX", "2001-XX-XX"),
        ] {
            assert_eq!(text.parse::<EdtfDate>().map(|date| date.to_string()), Ok(date.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_people_write_for_dates_is_answered_with_what_to_write() {
        for (text, remedy) in [
            ("15/11/2022", "write 2022-11-15"),
            ("15.11.2022", "write 2022-11-15"),
            ("11/15/2022", "write 2022-11-15"),
            ("3/4/2022", "write 2022-04-03 or 2022-03-04, whichever is meant"),
            ("5.5.2022", "write 2022-05-05"),
            ("2022/11/15", "write 2022-11-15"),
            ("2022.11.5", "write 2022-11-05"),
            ("2022-1-5", "write 2022-01-05"),
            ("20221115", "write 2022-11-15"),
            ("2022/11", "write 2022-11"),
            ("11/2022", "write 2022-11"),
            ("2022年11月15日", "write 2022-11-15"),
            ("15 November 2022", "write 2022-11-15"),
            ("Nov 15, 2022", "write 2022-11-15"),
            ("Tue, 15 Nov 2022", "write 2022-11-15"),
            ("Nov 2022", "write 2022-11"),
            ("1990s", "write 199X"),
            ("c. 1920", "write 1920~"),
            ("ca 1920", "write 1920~"),
            ("1920?-1930", ALLOWED),
            ("31/02/2022", ALLOWED),
            ("2022-11-31", ALLOWED),
            ("0000-00-00", "leave the field empty, for the date is not known"),
            ("44880", "format the cell as a date in the spreadsheet, such as 2022-11-15"),
            ("last year", ALLOWED),
        ] {
            assert_eq!(text.parse::<EdtfDate>().unwrap_err().remedy, remedy, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_parser_never_panics_and_what_it_keeps_reads_the_same(text in "\\PC{0,24}|[0-9X?~%./TZ:+ -]{0,26}") {
            if let Ok(date) = text.parse::<EdtfDate>() {
                prop_assert_eq!(&date, &date.as_str().parse().unwrap());
                prop_assert!(date.as_str() == text.trim() || text.contains(['T', 't', ' ', ':', 'Z', 'z', '+', '0']));
                prop_assert!(date.first_day() <= date.last_day());
            }
        }

        #[test]
        fn a_day_lies_in_its_month_and_its_year(year in 1000_i16..3000, month in 1_i8..=12, day in 1_i8..=28) {
            let (first, last) = days(&format!("{year}-{month:02}"));
            let (exact, same) = days(&format!("{year}-{month:02}-{day:02}"));
            prop_assert_eq!(exact, same);
            prop_assert!(first <= exact && exact <= last);
            prop_assert_eq!(year_of(exact), Some(year));
            let (january, december) = days(&format!("{year}"));
            prop_assert!(january <= first && last <= december);
        }
    }
}
