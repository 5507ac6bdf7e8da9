//! Words that say what sort of body a name means, in many languages, as one word each; and words that say nothing.
//! How a name is taken apart is left to `reading`.

mod bodies;
mod compounds;
mod fields;
mod han;
mod places;

use std::collections::HashMap;
use std::sync::OnceLock;

use bodies::BODIES;
use compounds::{EXPANSIONS, PREFIXES, SILENT};
use fields::FIELDS;
pub(super) use han::han_term;
use places::PLACES;

/// What the vocabulary makes of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It says nothing: an article, a legal form.
    Silent,
    /// It stands for these words, with a space between them.
    Stands(&'static str),
    /// It is a name.
    Own,
}

/// What a folded word means. *O(1)*.
pub(super) fn meaning(word: &str) -> Meaning {
    static MEANINGS: OnceLock<HashMap<String, Meaning>> = OnceLock::new();
    let meanings = MEANINGS.get_or_init(|| {
        let mut meanings = HashMap::new();
        for (concept, forms) in [BODIES, FIELDS, PLACES].into_iter().flatten() {
            for form in forms.split_whitespace().chain([*concept]) {
                meanings.insert(collapsed(form), Meaning::Stands(concept));
            }
        }
        for (word, words) in EXPANSIONS {
            meanings.insert(collapsed(word), Meaning::Stands(words));
        }
        for word in SILENT.split_whitespace() {
            meanings.insert(collapsed(word), Meaning::Silent);
        }
        meanings
    });
    meanings.get(word).copied().unwrap_or(Meaning::Own)
}

/// The first part of a compound and what follows it: `universitats`, `klinikum`.
pub(super) fn compound(word: &str) -> Option<(&'static str, &str)> {
    PREFIXES.iter().find_map(|(prefix, concept)| {
        let rest = word.strip_prefix(prefix)?;
        (rest.len() >= 4).then_some((*concept, rest))
    })
}

/// A word in lower-case ASCII with the two spellings of an umlaut made one: `muenchen` and `munchen`, `aarhus` and
/// `arhus`.
pub(super) fn collapsed(word: &str) -> String {
    // Rue and ru are two words.
    if word.len() < 5 {
        return word.to_owned();
    }
    let mut letters = String::with_capacity(word.len());
    for letter in word.chars() {
        let last = letters.chars().next_back();
        match (last, letter) {
            (Some('a' | 'o' | 'u'), 'e') | (Some('a'), 'a') => {}
            _ => letters.push(letter),
        }
    }
    letters
}
