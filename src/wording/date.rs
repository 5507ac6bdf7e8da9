//! Periods in words: "on 15 November 2022", "in March 2024", "since around 2021", "from 2019 to 2022".

use super::tense::Tense;
use crate::model::edtf::EdtfDate;
use crate::model::period::Period;

/// When something held, ready to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// Nobody says.
    Unknown,
    /// All of it on one date.
    At(Date),
    /// It began, and nobody says that it ended.
    Since(Date),
    /// It ended, and nobody says when it began.
    Until(Date),
    /// It began and it ended.
    Between(Date, Date),
}

/// A date that is no interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// "15 November 2022"
    words: String,
    /// The word that sets it in time: on a day, in a month.
    preposition: &'static str,
    around: bool,
    possibly: bool,
    open: Open,
}

/// Whether a date is the only day, month or year that is meant, or the bound of some.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Open {
    No,
    /// It, or before.
    Earlier,
    /// It, or after.
    Later,
    /// It, or after, and this at the latest.
    Until(Box<Date>),
}

impl Time {
    pub(super) fn of(period: &Period) -> Self {
        let (start, end) = match (&period.since, &period.until) {
            // All of it lies in that date.
            (Some(since), Some(until)) if since == until => Date::ends(since),
            (since, until) => (since.as_ref().and_then(Date::bound), until.as_ref().and_then(Date::bound)),
        };
        match (start, end) {
            (None, None) => Self::Unknown,
            (Some(start), None) => Self::Since(start),
            (None, Some(end)) => Self::Until(end),
            (Some(start), Some(end)) if start == end => Self::At(start),
            (Some(start), Some(end)) => Self::Between(start, end),
        }
    }

    /// Of what is over where it began, unless its end says otherwise.
    pub(super) fn of_all(period: &Period) -> Self {
        match (&period.since, &period.until) {
            (Some(since), None) => Self::at(since),
            _ => Self::of(period),
        }
    }

    /// A date that something began or ended on.
    pub(super) fn at(date: &EdtfDate) -> Self {
        Date::bound(date).map_or(Self::Unknown, Self::At)
    }

    /// It in words, of a state: "since 2021", "from 2019 to 2022"; of one that is not known to have begun, "from 2027 on".
    pub(super) fn of_state(&self, tense: Tense) -> Option<String> {
        match self {
            Self::Unknown => None,
            Self::At(date) => Some(date.at()),
            Self::Since(date) if tense == Tense::Past => Some(date.after("since")),
            Self::Since(date) => Some(format!("{} on", date.after("from"))),
            Self::Until(date) => Some(date.after("until")),
            Self::Between(start, end) => Some(format!("from {} to {}", start.short_before(end), end.bare())),
        }
    }

    /// It in words, of an act that may have lasted: "from 2019 on".
    pub(super) fn of_lasting_act(&self) -> Option<String> {
        self.of_state(Tense::Present)
    }

    /// It in words, of what took place in it, all of it: "in 2019", "by 2022", "from 15 to 16 November 2022".
    pub(super) fn of_occasion(&self) -> Option<String> {
        match self {
            Self::Between(..) => self.of_lasting_act(),
            Self::Unknown | Self::At(_) | Self::Since(_) | Self::Until(_) => self.of_momentary_act(),
        }
    }

    /// Its end in words: "until 2029".
    pub(super) fn of_end(&self) -> Option<String> {
        match self {
            Self::At(date) | Self::Until(date) | Self::Between(_, date) => Some(date.after("until")),
            Self::Unknown | Self::Since(_) => None,
        }
    }

    /// A date in words, no closer than by its month: "in November 2022".
    pub(super) fn of_its_month(&self) -> Option<String> {
        let Self::At(date) = self else { return None };
        let month = date.words.split_once(' ').filter(|(day, _)| date.preposition == "on" && *day != "some");
        match month {
            Some((_, month)) => Some(Date { words: month.to_owned(), preposition: "in", ..date.clone() }.at()),
            None => Some(date.at()),
        }
    }

    /// It in words, of an act of a moment: "in 2019", "by 2022", "between 2019 and 2022".
    pub(super) fn of_momentary_act(&self) -> Option<String> {
        match self {
            Self::Unknown => None,
            Self::At(date) | Self::Since(date) => Some(date.at()),
            Self::Until(date) => Some(date.by()),
            Self::Between(start, end) => Some(match (start.first(), end.last()) {
                (Some(first), Some(last)) => format!("between {} and {}", first.short_before(&last), last.bare()),
                (None, _) => end.by(),
                (_, None) => format!("{} or later", start.after_open(start.preposition)),
            }),
        }
    }
}

impl Date {
    fn parse(text: &str) -> Option<Self> {
        let bare = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
        let (around, possibly) = match &text[bare.len()..] {
            "?" => (false, true),
            "~" => (true, false),
            "%" => (true, true),
            _ => (false, false),
        };
        let (sign, digits) = bare.strip_prefix('-').map_or(("", bare), |rest| ("-", rest));
        let mut parts = digits.split('-');
        let year = year(sign, parts.next().filter(|year| !year.is_empty() && *year != "..")?);
        let (preposition, words) = match (parts.next(), parts.next()) {
            (None, _) => ("in", year),
            (Some("XX"), None) => ("in", format!("some month of {year}")),
            (Some("XX"), Some(_)) => ("on", format!("some day in {year}")),
            (Some(month), Some("XX")) => ("on", format!("some day in {} {year}", month_name(month)?)),
            (Some(month), None) => ("in", format!("{} {year}", month_name(month)?)),
            (Some(month), Some(day)) => {
                ("on", format!("{} {} {year}", day.trim_start_matches('0'), month_name(month)?))
            }
        };
        Some(Self { words, preposition, around, possibly, open: Open::No })
    }

    /// The start and the end of a date.
    fn ends(date: &EdtfDate) -> (Option<Self>, Option<Self>) {
        let (start, end) = date.as_str().split_once('/').unwrap_or((date.as_str(), date.as_str()));
        (Self::parse(start), Self::parse(end))
    }

    /// A date that something began or ended on, an interval being the time in which it did.
    fn bound(date: &EdtfDate) -> Option<Self> {
        match Self::ends(date) {
            (Some(start), Some(end)) if start == end => Some(start),
            (Some(start), Some(end)) => Some(Self { open: Open::Until(Box::new(end)), ..start }),
            (Some(start), None) => Some(Self { open: Open::Later, ..start }),
            (None, Some(end)) => Some(Self { open: Open::Earlier, ..end }),
            (None, None) => None,
        }
    }

    /// "on 15 November 2022", "around 2024", "possibly in 2023"
    fn at(&self) -> String {
        match &self.open {
            Open::Earlier => self.by(),
            Open::Until(end) => {
                let start = Self { open: Open::No, ..self.clone() };
                format!("between {} and {}", start.short_before(end), end.bare())
            }
            Open::No | Open::Later if self.around => self.bare(),
            Open::No | Open::Later => self.after(self.preposition),
        }
    }

    /// "since 2021", "possibly since around 2021"
    fn after(&self, word: &str) -> String {
        match &self.open {
            Open::No => self.after_open(word),
            Open::Earlier => format!("{} or earlier", self.after_open(word)),
            Open::Later => format!("{} or later", self.after_open(word)),
            Open::Until(_) => format!("{word} some time {}", self.at()),
        }
    }

    /// "by 2022", what is earlier being meant by that.
    fn by(&self) -> String {
        if self.open == Open::Earlier { self.after_open("by") } else { self.after("by") }
    }

    /// The first of what it may mean; `None` where that is open.
    fn first(&self) -> Option<Self> {
        (self.open != Open::Earlier).then(|| Self { open: Open::No, ..self.clone() })
    }

    /// The last of what it may mean; `None` where that is open.
    fn last(&self) -> Option<Self> {
        match &self.open {
            Open::No | Open::Earlier => Some(Self { open: Open::No, ..self.clone() }),
            Open::Until(end) => Some((**end).clone()),
            Open::Later => None,
        }
    }

    fn after_open(&self, word: &str) -> String {
        let doubt = if self.possibly { "possibly " } else { "" };
        let around = if self.around { "around " } else { "" };
        format!("{doubt}{word} {around}{}", self.words)
    }

    /// It without the month and the year that the end of a range says too: "15" before "16 November 2022".
    fn short_before(&self, end: &Self) -> String {
        let is_plain =
            |date: &Self| !date.around && !date.possibly && !date.words.starts_with("some") && date.open == Open::No;
        let (mut words, others): (Vec<&str>, Vec<&str>) =
            (self.words.split(' ').collect(), end.words.split(' ').collect());
        let has_year = words.last().is_some_and(|year| year.chars().all(|c| c.is_ascii_digit()));
        if !is_plain(self) || !is_plain(end) || !has_year || words.len() != others.len() {
            return self.bare();
        }
        while words.len() > 1 && words.last() == others.get(words.len() - 1) {
            words.pop();
        }
        words.join(" ")
    }

    /// "2021", "possibly around 2021"
    fn bare(&self) -> String {
        let doubt = if self.possibly { "possibly " } else { "" };
        let around = if self.around { "around " } else { "" };
        let bare = format!("{doubt}{around}{}", self.words);
        match &self.open {
            Open::No => bare,
            Open::Earlier => format!("{bare} or earlier"),
            Open::Later => format!("{bare} or later"),
            Open::Until(_) => format!("some time {}", self.at()),
        }
    }
}

/// `2024`, `the 2020s`, `the years 2000 to 2099`, `45 BC`.
fn year(sign: &str, digits: &str) -> String {
    let unspecified = digits.len() - digits.trim_end_matches('X').len();
    let known = &digits[..digits.len() - unspecified];
    let number = |filler: &str| format!("{known}{}", filler.repeat(unspecified)).parse::<i32>().unwrap_or(0);
    let (low, high) = (number("0"), number("9"));
    match (sign, unspecified) {
        // The year before 1 is written 0000, so that -0044 is 45 BC.
        ("-", 0) => format!("{} BC", low + 1),
        ("-", _) => format!("the years {} to {} BC", high + 1, low + 1),
        (_, 0) if low == 0 => "1 BC".to_owned(),
        (_, 0) => low.to_string(),
        (_, 1) => format!("the {low}s"),
        _ => format!("the years {low} to {high}"),
    }
}

/// The name of a month, or of a season by its number in EDTF.
fn month_name(digits: &str) -> Option<&'static str> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];
    let number: usize = digits.parse().ok()?;
    MONTHS.get(number.wrapping_sub(1)).or_else(|| SEASONS.get(number.wrapping_sub(21))).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(since: &str, until: &str) -> Time {
        let date = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        Time::of(&Period::new(date(since), date(until)).unwrap())
    }

    #[test]
    fn states_acts_and_moments_are_told_in_their_own_words() {
        for (since, until, state, lasting, moment) in [
            ("2022-11-15", "2022-11-15", "on 15 November 2022", "on 15 November 2022", "on 15 November 2022"),
            ("2024-03", "2024-03", "in March 2024", "in March 2024", "in March 2024"),
            ("2021", "", "since 2021", "from 2021 on", "in 2021"),
            ("", "2022", "until 2022", "until 2022", "by 2022"),
            ("2019", "2022", "from 2019 to 2022", "from 2019 to 2022", "between 2019 and 2022"),
            (
                "2022-11-15",
                "2022-11-16",
                "from 15 to 16 November 2022",
                "from 15 to 16 November 2022",
                "between 15 and 16 November 2022",
            ),
            (
                "2022-10-31",
                "2022-11-02",
                "from 31 October to 2 November 2022",
                "from 31 October to 2 November 2022",
                "between 31 October and 2 November 2022",
            ),
            (
                "2022-11-15",
                "2023-11-15",
                "from 15 November 2022 to 15 November 2023",
                "from 15 November 2022 to 15 November 2023",
                "between 15 November 2022 and 15 November 2023",
            ),
            (
                "2022-03~",
                "2022-05",
                "from around March 2022 to May 2022",
                "from around March 2022 to May 2022",
                "between around March 2022 and May 2022",
            ),
            ("2022-03", "2022-05", "from March to May 2022", "from March to May 2022", "between March and May 2022"),
            ("2021~", "", "since around 2021", "from around 2021 on", "around 2021"),
            ("2023?", "2023?", "possibly in 2023", "possibly in 2023", "possibly in 2023"),
            ("2023%", "2023%", "possibly around 2023", "possibly around 2023", "possibly around 2023"),
            (
                "2021/2024",
                "",
                "since some time between 2021 and 2024",
                "from some time between 2021 and 2024 on",
                "between 2021 and 2024",
            ),
            ("2021/2024", "2021/2024", "from 2021 to 2024", "from 2021 to 2024", "between 2021 and 2024"),
            ("2024/..", "", "since 2024 or later", "from 2024 or later on", "in 2024 or later"),
            ("../2010", "", "since 2010 or earlier", "from 2010 or earlier on", "by 2010"),
            ("", "../2024", "until 2024 or earlier", "until 2024 or earlier", "by 2024"),
            ("", "2010/..", "until 2010 or later", "until 2010 or later", "by 2010 or later"),
            (
                "2010/2012",
                "2018/2019",
                "from some time between 2010 and 2012 to some time between 2018 and 2019",
                "from some time between 2010 and 2012 to some time between 2018 and 2019",
                "between 2010 and 2019",
            ),
            (
                "../2010",
                "../2020",
                "from 2010 or earlier to 2020 or earlier",
                "from 2010 or earlier to 2020 or earlier",
                "by 2020",
            ),
            ("2021", "2023/..", "from 2021 to 2023 or later", "from 2021 to 2023 or later", "in 2021 or later"),
            ("2024-21", "2024-21", "in spring 2024", "in spring 2024", "in spring 2024"),
            ("202X", "202X", "in the 2020s", "in the 2020s", "in the 2020s"),
            ("20XX", "20XX", "in the years 2000 to 2099", "in the years 2000 to 2099", "in the years 2000 to 2099"),
            ("-0044-03-15", "-0044-03-15", "on 15 March 45 BC", "on 15 March 45 BC", "on 15 March 45 BC"),
            (
                "2024-03-XX",
                "2024-03-XX",
                "on some day in March 2024",
                "on some day in March 2024",
                "on some day in March 2024",
            ),
        ] {
            let time = time(since, until);
            assert_eq!(time.of_state(Tense::Past).unwrap(), state);
            assert_eq!(time.of_lasting_act().unwrap(), lasting);
            assert_eq!(time.of_momentary_act().unwrap(), moment);
        }
        assert_eq!(time("", "").of_state(Tense::Past), None);
    }
}
