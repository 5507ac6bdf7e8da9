//! Ids made of any text, and what they were made of, so that two things never get one id unseen.

use std::collections::HashMap;

use crate::model::id::SLUG_LIMIT;
use crate::model::identifier::Identifier;
use crate::model::text;
use crate::model::violation::{Origin, Violation};

/// The id that is made of a text: of a key of a registry that key, of another address its last part; folded, romanized,
/// with hyphens between words.
///
/// # Errors
/// Nothing of it is a letter or a digit.
pub(super) fn slug_of(written: &str) -> Result<String, Violation> {
    let slug = text::slug(&core(written), SLUG_LIMIT);
    if slug.is_empty() {
        let shown: String = written.chars().take(60).collect();
        let problem = format!("no id can be made of \"{shown}\"");
        return Err(Violation::new(problem, "it needs a letter or a digit; use another column"));
    }
    Ok(slug)
}

/// The part of a text that an id is made of.
fn core(written: &str) -> String {
    if let Ok(identifier) = written.parse::<Identifier>() {
        return identifier.value().to_owned();
    }
    let written = written.trim();
    match written.split_once("://") {
        Some((_, address)) => address.trim_end_matches('/').rsplit('/').next().unwrap_or(address).to_owned(),
        None => written.to_owned(),
    }
}

/// What the ids of an import were made of.
#[derive(Debug, Default)]
pub(super) struct Made {
    first: HashMap<String, (String, String, Origin)>,
    /// Texts that are told apart by case, accents or signs only and have one id, to be told once each.
    pub(super) alike: Vec<Violation>,
}

impl Made {
    /// Notes that an id was made of a text.
    ///
    /// # Errors
    /// It was made of another text before, one that is not the same but for case, accents and signs.
    pub(super) fn note(&mut self, slug: &str, written: &str, origin: &Origin) -> Result<(), Violation> {
        let same = same_as(written);
        let Some((first, first_same, place)) = self.first.get(slug) else {
            self.first.insert(slug.to_owned(), (written.to_owned(), same, origin.clone()));
            return Ok(());
        };
        if *first_same != same {
            let problem = format!("\"{written}\" and \"{first}\" ({place}) would both have the id {slug}");
            return Err(Violation::new(problem, "make the id of a column that tells them apart"));
        }
        let is_new = first != written && !written.contains("://") && !first.contains("://");
        if is_new && self.alike.iter().all(|known| known.subject != *slug) {
            let problem = format!("\"{written}\" and \"{first}\" ({place}) are taken for one, with this id");
            let remedy = "make the id of a column that tells them apart, if they are two";
            self.alike.push(Violation::new(problem, remedy).about(slug).at(Some(origin)));
        }
        Ok(())
    }
}

/// What two spellings of one thing have in common.
fn same_as(written: &str) -> String {
    if let Ok(identifier) = written.parse::<Identifier>() {
        return identifier.to_string();
    }
    let address = written.split_once("://").map_or(written, |(_, address)| address);
    text::folded(address.strip_prefix("www.").unwrap_or(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_any_text() {
        for (text, id) in [
            ("http://www.wikidata.org/entity/Q1111111", "q1111111"),
            ("https://www.wikidata.org/wiki/Q1111111", "q1111111"),
            ("https://ror.org/02BFWT286", "02bfwt286"),
            ("10.3030/101234567", "10-3030-101234567"),
            ("https://example.org/people/Ana%20B/", "ana-20b"),
            ("https://example.org/view?id=7", "view-id-7"),
            ("https://example.org", "example-org"),
            ("NK-aa11", "nk-aa11"),
            ("Universität Graz", "universitat-graz"),
            ("  Vice  President (Research) ", "vice-president-research"),
            ("Σorbonne", "sorbonne"),
            ("四川大学", "sichuandaxue"),
            ("a_b.c", "a-b-c"),
            ("0", "0"),
        ] {
            assert_eq!(slug_of(text).as_deref(), Ok(id), "{text}");
        }
        for bad in ["", "!!!", "://"] {
            assert!(slug_of(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn two_texts_that_are_not_the_same_never_get_one_id() {
        let at = |line| Origin { file: "t.csv".into(), line, column: 1 };
        let mut made = Made::default();
        let mut note = |text: &str, line| made.note(&slug_of(text).unwrap(), text, &at(line));
        assert!(note("上海", 1).is_ok());
        let violation = note("尚海", 2).unwrap_err();
        assert!(violation.problem.contains("\"上海\" (t.csv:1:1)"), "{violation}");
        assert!(note("http://www.wikidata.org/entity/Q1", 3).is_ok());
        assert!(note("https://www.wikidata.org/wiki/Q1", 4).is_ok());
        assert!(note("https://a.example/about", 5).is_ok());
        assert!(note("https://b.example/about", 6).is_err());
        assert!(note("Uni Graz", 7).is_ok());
        assert!(note("UNI GRAZ", 8).is_ok());
        assert!(note("UNI GRAZ", 9).is_ok());
        assert_eq!(made.alike.len(), 1, "{:?}", made.alike);
    }
}
