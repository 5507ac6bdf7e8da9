//! Dates that are written otherwise than in EDTF: those of which the day is plain are read, of the others it is told what
//! to write instead.

use super::{ALLOWED, single};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// What stands before a year that is not known exactly.
const ABOUT: [&str; 5] = ["about", "approx", "c", "ca", "circa"];

/// The date in EDTF where a time of day stands behind a day, or zeros for a month or day that is not known; of both ends
/// of an interval.
pub(super) fn plain(text: &str) -> Option<String> {
    let end = |end: &str| if matches!(end, ".." | "") { Some(end.to_owned()) } else { plain_end(end) };
    match text.split_once('/') {
        None => plain_end(text),
        Some((first, last)) => Some(format!("{}/{}", end(first)?, end(last)?)),
    }
}

fn plain_end(text: &str) -> Option<String> {
    // Wikidata writes a sign before every year.
    let text = text.strip_prefix('+').unwrap_or(text);
    let sign = if text.starts_with('-') { 1 } else { 0 };
    let day = text.get(..sign + "2001-01-01".len()).filter(|day| is_form(&day[sign..], "0000-00-00"));
    let date = match day {
        Some(day) if is_time(&text[day.len()..]) => day,
        Some(_) => return None,
        None => text,
    };
    match date.strip_suffix("-00") {
        // "0000-00-00" is how MySQL writes no date, and a day of no month is none.
        Some(month) => {
            let date = month.strip_suffix("-00").filter(|year| is_form(&year[sign..], "0000")).unwrap_or(month);
            (date != "0000" && !date.ends_with("-00")).then(|| date.to_owned())
        }
        None => Some(date.to_owned()),
    }
}

/// Whether a text has digits where the form has zeros, and else its signs.
fn is_form(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text
            .bytes()
            .zip(form.bytes())
            .all(|(byte, sign)| if sign == b'0' { byte.is_ascii_digit() } else { byte == sign })
}

/// Nothing, or a time of day with or without the zone of its clock, or only the zone, as XML writes dates.
fn is_time(text: &str) -> bool {
    let (time, zone) = match text.strip_prefix(['T', 't', ' ']) {
        Some(rest) => {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(rest.len());
            (Some(&rest[..end]), &rest[end..])
        }
        None => (None, text),
    };
    let is_zone = match zone.trim_start() {
        "" | "Z" | "z" | "UTC" | "GMT" => true,
        zone => zone.strip_prefix(['+', '-']).is_some_and(|zone| {
            (if time.is_some() { &["00", "0000", "00:00"][..] } else { &["00:00"][..] })
                .iter()
                .any(|form| is_form(zone, form))
                && number(&zone[..2]) <= Some(14)
        }),
    };
    is_zone && time.is_none_or(is_clock)
}

fn is_clock(time: &str) -> bool {
    let (clock, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let has_form = ["00:00", "00:00:00", "000000", "0000"].iter().any(|form| is_form(clock, form));
    let digits = clock.replace(':', "");
    let parts: Vec<_> =
        digits.as_bytes().chunks(2).filter_map(|part| number(std::str::from_utf8(part).ok()?)).collect();
    has_form
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && parts.iter().zip([24, 59, 60]).all(|(&part, most)| part <= most)
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok()
}

/// What to write instead of a date that cannot be read.
pub(super) fn remedy(text: &str) -> String {
    if is_form(text, "0000-00-00") && text.starts_with("0000-00") {
        return "leave the field empty, for the date is not known".to_owned();
    }
    if is_form(text, "00000") {
        return "format the cell as a date in the spreadsheet, such as 2022-11-15".to_owned();
    }
    let mut meant: Vec<String> = meant(text).into_iter().filter(|date| single(date).is_some()).collect();
    meant.dedup();
    match meant.as_slice() {
        [] => ALLOWED.to_owned(),
        [one] => format!("write {one}"),
        several => format!("write {}, whichever is meant", several.join(" or ")),
    }
}

/// The dates in EDTF that a text may stand for, whether there is such a day or not.
fn meant(text: &str) -> Vec<String> {
    let lower = text.trim().to_lowercase();
    if is_form(&lower, "00000000") {
        return vec![format!("{}-{}-{}", &lower[..4], &lower[4..6], &lower[6..])];
    }
    if let Some(decade) = lower.strip_suffix("0s").filter(|decade| is_form(decade, "000")) {
        return vec![format!("{decade}X")];
    }
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if let [about, year] = words.as_slice()
        && ABOUT.contains(about)
        && is_form(year, "0000")
    {
        return vec![format!("{year}~")];
    }
    // Chinese and Japanese write the units behind the numbers.
    let parts: Vec<&str> =
        words.iter().flat_map(|word| word.split(['年', '月', '日'])).filter(|part| !part.is_empty()).collect();
    let named = |word: &str| MONTHS.iter().position(|month| word.starts_with(month)).map(|at| at as u32 + 1);
    let month = parts.iter().find_map(|part| named(part));
    let numbers: Vec<(&str, u32)> = parts.iter().filter_map(|part| Some((*part, number(part)?))).collect();
    let is_year = |text: &str| text.len() == 4;
    match (month, numbers.as_slice()) {
        (Some(month), [(year, _)]) if is_year(year) => vec![format!("{year}-{month:02}")],
        (Some(month), [(year, _), (_, day)] | [(_, day), (year, _)]) if is_year(year) => {
            vec![format!("{year}-{month:02}-{day:02}")]
        }
        (None, [(year, _), (_, month)] | [(_, month), (year, _)]) if is_year(year) && words.len() == 2 => {
            vec![format!("{year}-{month:02}")]
        }
        (None, [(year, _), (_, month), (_, day)]) if is_year(year) => vec![format!("{year}-{month:02}-{day:02}")],
        (None, [(_, one), (_, other), (year, _)]) if is_year(year) => {
            vec![format!("{year}-{other:02}-{one:02}"), format!("{year}-{one:02}-{other:02}")]
        }
        _ => Vec::new(),
    }
}
