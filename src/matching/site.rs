//! Names of hospitals as registries of clinical trials write them: with a site's number before or behind, a department,
//! the group it belongs to, the place and its postal code. What is left without them is asked as another name; what a
//! name is worth is left to `evidence`.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use super::concepts::lines;
use super::place::country_named;
use super::reading::Reading;
use super::traits::{HOSPITAL, Traits};
use crate::model::country::CountryCode;
use crate::model::text::folded_words;

/// How many names are made of one.
const NAMES_LIMIT: usize = 4;

/// The lists of `sites.txt`.
#[derive(Default)]
struct Words {
    numbered: HashSet<&'static str, RandomState>,
    departments: HashSet<&'static str, RandomState>,
    either: HashSet<&'static str, RandomState>,
    numerals: HashSet<&'static str, RandomState>,
    between: HashSet<&'static str, RandomState>,
    leading: HashSet<&'static str, RandomState>,
    specialties: Vec<&'static str>,
    wholes: Vec<&'static str>,
    nameless: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut lists = Words::default();
    for (list, word, _) in lines(include_str!("concepts/sites.txt")) {
        let set = match list {
            "numbered" => &mut lists.numbered,
            "department" => &mut lists.departments,
            "either" => &mut lists.either,
            "numeral" => &mut lists.numerals,
            "between" => &mut lists.between,
            "leading" => &mut lists.leading,
            "specialty" | "whole" | "nameless" => {
                let list = match list {
                    "specialty" => &mut lists.specialties,
                    "whole" => &mut lists.wholes,
                    _ => &mut lists.nameless,
                };
                list.push(word);
                continue;
            }
            _ => continue,
        };
        set.insert(word);
    }
    lists
});

/// A name in which the abbreviations of its country's hospitals are written out; `None` where it has none, and where no
/// country is known.
pub(super) fn written_out(name: &str, country: Option<CountryCode>) -> Option<String> {
    type Entry = (Vec<CountryCode>, &'static str, &'static str);
    static ABBREVIATIONS: LazyLock<Vec<Entry>> = LazyLock::new(|| {
        let entry = |(countries, words, _): (&'static str, &'static str, &'static str)| {
            let countries = countries.split(' ').filter_map(|code| code.parse().ok()).collect();
            words.split_once(' ').map(|(short, long)| (countries, short, long))
        };
        lines(include_str!("concepts/abbreviations.txt")).filter_map(entry).collect()
    });
    let country = country?;
    let meaning = |word: &str| {
        let word = folded_words(word).concat();
        let entry = ABBREVIATIONS.iter().find(|(countries, short, _)| *short == word && countries.contains(&country));
        entry.map(|(.., long)| *long)
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    let longer: Vec<&str> = words.iter().map(|word| meaning(word).unwrap_or(word)).collect();
    (longer != words).then(|| longer.join(" "))
}

/// What a name may mean without what a registry of trials adds to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Site {
    /// The names without the additions, the fullest first; none where nothing was added.
    pub(super) names: Vec<String>,
    /// The town that was added, with a postal code or country behind it.
    pub(super) city: Option<String>,
    /// The country that was added, as it was written.
    pub(super) country: Option<String>,
    /// Whether it says only that there is a site, not which: `Investigational Site 0123`.
    pub(super) is_nameless: bool,
}

impl Site {
    /// Takes the additions away, where what is left still names a body. *O(length)*.
    pub(super) fn of(name: &str) -> Self {
        if is_nameless(name) {
            return Self { is_nameless: true, ..Self::default() };
        }
        let mut parts: Vec<Part> = pieces(name).iter().map(|piece| Part::of(piece)).collect();
        parts.retain(|part| part.sort != Sort::Nothing);
        if !parts.iter().any(|part| part.sort == Sort::Body) {
            return Self::default();
        }
        let mut site = Self::default();
        site.take_places(&mut parts);
        let kept: Vec<&str> =
            parts.iter().filter(|part| part.sort != Sort::Department).map(|part| part.text.as_str()).collect();
        let whole = kept.join(", ");
        if folded_words(&whole) != folded_words(name) {
            site.names.push(whole);
        }
        // Beside a hospital stands its group or its university; which of them is meant the hospital's own name tells.
        if kept.len() > 1 {
            let hospitals = parts.iter().filter(|part| part.is_hospital).map(|part| part.text.clone());
            site.names.extend(hospitals.take(NAMES_LIMIT - 1));
        }
        site
    }

    /// Takes away what stands behind the last body, where a postal code or a country tells that it is an address.
    fn take_places(&mut self, parts: &mut Vec<Part>) {
        let Some(last) = parts.iter().rposition(|part| part.sort == Sort::Body) else { return };
        let is_country = |part: &Part| part.text.len() > 3 && country_named(&part.text).is_some();
        let behind = &parts[last + 1..];
        if !behind.iter().any(|part| part.has_code || is_country(part)) {
            return;
        }
        self.country = behind.iter().find(|part| is_country(part)).map(|part| part.text.clone());
        let city = behind.iter().find(|part| part.sort == Sort::Other && !is_country(part));
        self.city = city.map(|part| without_codes(&part.text)).filter(|city| !city.is_empty());
        parts.truncate(last + 1);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// It names a sort of body: a hospital, a university.
    Body,
    /// It is a department of one.
    Department,
    /// Nothing is left without the number of a site.
    Nothing,
    /// A place, a group, a name.
    Other,
}

/// What stands between two separators.
struct Part {
    text: String,
    sort: Sort,
    is_hospital: bool,
    /// Whether a postal code is in it.
    has_code: bool,
}

impl Part {
    fn of(piece: &str) -> Self {
        let words: Vec<&str> = piece.split_whitespace().collect();
        let words = &words[without_number(&words)];
        let has_code = words.iter().any(|word| is_postal_code(word));
        let (words, is_department) = without_department(words);
        let text = words.join(" ");
        let (is_body, is_hospital) = bodies(&text);
        let sort = if is_department {
            Sort::Department
        } else if !text.chars().any(char::is_alphabetic) && !has_code {
            Sort::Nothing
        } else if is_body {
            Sort::Body
        } else {
            Sort::Other
        };
        Self { text, sort, is_hospital: is_hospital && sort == Sort::Body, has_code }
    }
}

/// Whether a text names a sort of body, and whether that is a hospital.
fn bodies(text: &str) -> (bool, bool) {
    let words = Reading::of(text).words;
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    let is_hospital = Traits::of(&words).kinds & *HOSPITAL != 0 || has("hospital");
    (is_hospital || ["university", "institute", "school", "college", "foundation"].into_iter().any(has), is_hospital)
}

/// Whether it only says that there is a site: nothing beside that names a body.
fn is_nameless(name: &str) -> bool {
    let words = format!(" {} ", folded_words(name).join(" "));
    let said = |phrase: &&&str| words.contains(&format!(" {phrase} "));
    WORDS.nameless.iter().find(said).is_some_and(|phrase| !bodies(&words.replace(phrase, " ")).0)
}

/// What stands between commas and the like; a bracket with a digit in it is a piece of its own.
fn pieces(name: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let characters: Vec<char> = name.chars().take(crate::model::text::LINE_LIMIT).collect();
    for (at, &character) in characters.iter().enumerate() {
        let is_space = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_none_or(|c| c.is_whitespace());
        let is_loose = is_space(at.checked_sub(1)) || is_space(Some(at + 1));
        let is_end = match character {
            ',' | ';' | '|' | '\n' => true,
            '-' | '–' | '—' | '/' | ':' => is_loose || character == '-' && is_before_hospital(&characters, at),
            '(' => characters[at..].iter().take_while(|&&c| c != ')').any(char::is_ascii_digit),
            ')' => characters[..at].iter().rev().take_while(|&&c| c != '(').any(char::is_ascii_digit),
            _ => false,
        };
        if is_end {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(character);
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// Whether a hyphen stands before a hospital's own name, behind two words or more: `ASST Monza-Ospedale San Gerardo`.
fn is_before_hospital(characters: &[char], at: usize) -> bool {
    let next: String = characters[at + 1..].iter().take_while(|c| c.is_alphanumeric()).collect();
    let is_followed = characters.get(at + 1 + next.chars().count()).is_some_and(|c| c.is_whitespace());
    is_followed && characters[..at].iter().any(|c| c.is_whitespace()) && WORDS.leading.contains(folded(&next).as_str())
}

fn folded(word: &str) -> String {
    folded_words(word).concat()
}

/// Where the words are that are no number of a site: `Site No. 0123` and `ID# 204` are, before a name or behind it.
fn without_number(words: &[&str]) -> Range<usize> {
    let is_number = |word: &str| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        digits >= 2 && word.chars().filter(|c| c.is_alphabetic()).count() <= 3
    };
    let is_said = |word: &&str| WORDS.numbered.contains(folded(word).as_str()) || folded(word).is_empty();
    let said = words.iter().take_while(|word| is_said(word)).count();
    // "1000 Brussels" is a place, "1000 University Hospital" a site.
    let is_place = |word: &str| is_postal_code(word) && words.len() > 1 && !bodies(&words[1..].join(" ")).0;
    let first = match words.get(said) {
        Some(word) if said == 0 && is_place(word) => 0,
        Some(word) if is_number(word) || (said > 0 && word.bytes().all(|byte| byte.is_ascii_digit())) => said + 1,
        _ => 0,
    };
    let rest = &words[first..];
    let Some((last, before)) = rest.split_last().filter(|(last, _)| is_number(last)) else { return first..words.len() };
    let said = before.iter().rev().take_while(|word| is_said(word)).count();
    let is_site = said > 0 && !is_postal_code(last) || last.starts_with('#');
    if is_site { first..first + before.len() - said } else { first..words.len() }
}

/// The words without the department that they begin or end with, and whether they are nothing else.
fn without_department<'w, 't>(words: &'w [&'t str]) -> (&'w [&'t str], bool) {
    let said: Vec<String> = words.iter().map(|word| folded(word)).collect();
    let is_department = |word: &String| WORDS.departments.contains(word.as_str());
    let is_specialty = |word: &String| {
        WORDS.specialties.iter().any(|start| word.starts_with(start))
            && !WORDS.wholes.iter().any(|end| word.ends_with(end))
    };
    let is_either = |word: &String| WORDS.either.contains(word.as_str());
    let belongs = |word: &String| {
        word.is_empty()
            || WORDS.between.contains(word.as_str())
            || is_department(word)
            || is_either(word)
            || is_specialty(word)
    };
    let named = |word: &String| is_department(word) || is_specialty(word);
    let is_numbered = said.iter().any(is_either) && said.iter().any(|word| WORDS.numerals.contains(word.as_str()));
    if (is_numbered || said.iter().any(named)) && said.iter().all(belongs) {
        return (words, true);
    }
    let is_sure = |word: Option<&String>| word.is_some_and(is_department);
    if is_sure(said.first()) {
        let rest = &words[said.iter().take_while(|word| belongs(word)).count()..];
        return if bodies(&rest.join(" ")).0 { (rest, false) } else { (words, true) };
    }
    // "UZ Leuven Dept. of Cardiology": a department behind a body, without a comma.
    if let Some(at) = said.iter().position(is_department)
        && said[at..].iter().all(belongs)
        && bodies(&words[..at].join(" ")).0
    {
        let kept = said[..at].iter().rposition(|word| !is_specialty(word)).map_or(0, |last| last + 1);
        return (&words[..kept], false);
    }
    (words, is_sure(said.last()) && !bodies(&words.join(" ")).1)
}

/// Five digits or so, a Dutch or British code, or one with the country before it.
fn is_postal_code(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (4..=9).contains(&digits) && letters <= 2
        || digits >= 1 && letters >= 1 && digits + letters == word.len() && word.len() <= 4
}

fn without_codes(text: &str) -> String {
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit())).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_registry_of_trials_adds_is_taken_away() {
        for (name, expected) in [
            ("Site 0123 - University Hospital Madeup", "University Hospital Madeup"),
            ("Madeup University Hospital /ID# 207571", "Madeup University Hospital"),
            ("Madeup General Hospital ( Site 0204)", "Madeup General Hospital"),
            ("Investigational Site Number 840012, Madeup Hospital", "Madeup Hospital"),
            ("UZ Madeup, Dept. of Cardiology", "UZ Madeup"),
            ("UZ Madeup Dept. of Cardiology", "UZ Madeup"),
            ("Universitätsklinikum Madeup, Klinik I für Innere Medizin", "Universitätsklinikum Madeup"),
            ("Department of Medical Oncology, Madeup Hospital", "Madeup Hospital"),
            ("Department of Oncology Madeup University Hospital", "Madeup University Hospital"),
            ("Hospital Madeup; Servicio de Neumología", "Hospital Madeup"),
            ("CHU de Madeup - Service de Pneumologie", "CHU de Madeup"),
            ("Medizinische Klinik II, Klinikum Madeup", "Klinikum Madeup"),
            ("Madeup Hospital, Oncology Unit", "Madeup Hospital"),
            ("Madeup Hospital, Houston, Texas, 77030, United States", "Madeup Hospital"),
            ("Madeup Hospital, 1000 Elsewhere", "Madeup Hospital"),
        ] {
            assert_eq!(Site::of(name).names.first().map(String::as_str), Some(expected), "{name}");
        }
    }

    #[test]
    fn a_hospital_beside_its_group_is_asked_for_alone_too() {
        let site = Site::of("AP-MU - Hôpital Madeup");
        assert_eq!(site.names, ["Hôpital Madeup"]);
        assert!(Site::of("Institute of Madeup - University of Elsewhere").names.is_empty());
    }

    #[test]
    fn the_place_behind_a_postal_code_is_kept_as_a_place() {
        let site = Site::of("Madeup Hospital, Houston, Texas, 77030, United States");
        assert_eq!((site.city.as_deref(), site.country.as_deref()), (Some("Houston"), Some("United States")));
        let site = Site::of("Madeup Hospital, 1000 Elsewhere");
        assert_eq!((site.city.as_deref(), site.country), (Some("Elsewhere"), None));
    }

    #[test]
    fn where_only_a_site_is_said_there_is_no_name() {
        for name in ["Investigational Site 0123", "Madeup Pharma Investigational Site", "Local Institution - 0042"] {
            assert!(Site::of(name).is_nameless, "{name}");
        }
        for name in ["Madeup Hospital Research Site", "University of Madeup (Research Site)", "Website Madeup"] {
            assert!(!Site::of(name).is_nameless, "{name}");
        }
    }

    #[test]
    fn abbreviations_of_a_country_are_written_out_there_alone() {
        let of = |name, country: &str| written_out(name, country.parse().ok());
        assert_eq!(of("CH Madeup", "FR").as_deref(), Some("centre hospitalier Madeup"));
        assert_eq!(of("Osp. Madeup", "IT").as_deref(), Some("ospedale Madeup"));
        assert_eq!(of("CH Madeup", "IN"), None);
        assert_eq!(of("Madeup", "FR"), None);
    }

    #[test]
    fn a_name_to_which_nothing_is_added_stays_one_name() {
        for name in [
            "University Hospital Madeup",
            "Klinik Madeup",
            "Clinique de la Madeup",
            "Institute of Cardiology",
            "Hospital 12 de Octubre",
            "Madeup Heart Hospital",
            "National Cancer Center",
            "Service Center Madeup",
            "University of Madeup, Elsewhere",
            "42",
            "",
        ] {
            assert_eq!(Site::of(name), Site::default(), "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(name in "[\\PC,;/#()-]{0,60}|(Site|Dept|Hospital|[0-9]{1,6}|,| |-|#|\\(|\\)){0,20}") {
            prop_assert!(Site::of(&name).names.len() <= NAMES_LIMIT);
        }
    }
}
