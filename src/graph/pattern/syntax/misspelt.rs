//! Words of the language that are misspelt, where a pattern cannot be read.

use super::ast::Span;
use super::context::{Place, Within};
use super::token::Token;
use crate::model::nearest::nearest;

/// The least letters of a word that is taken for another one: shorter ones are near to all.
const LIKELY: usize = 3;

/// What a pattern may begin with.
const PREFIXES: [&str; 8] = ["MATCH", "ANY", "ALL", "SHORTEST", "WALK", "TRAIL", "ACYCLIC", "SIMPLE"];

/// Which word of the language was meant at a place or just before it, where a misspelt one was read as a name.
/// `expected` are the words that could have stood at the place.
pub(super) fn misspelt(place: &Place<'_, '_>, expected: &[&str]) -> Option<(Span, String)> {
    let known = expected.iter().copied().filter(|word| word.bytes().all(|letter| letter.is_ascii_uppercase()));
    let here = nearest_at(place, place.at, known);
    here.or_else(|| {
        let before = place.at.checked_sub(1)?;
        nearest_at(place, before, names_for(place, before).iter().copied())
    })
}

/// The words of the language that could have stood where a name does.
fn names_for(place: &Place<'_, '_>, at: usize) -> &'static [&'static str] {
    if place.begins_path(at) {
        return &PREFIXES;
    }
    let follows = |words: &[&str]| words.iter().any(|word| at > 0 && place.is_word(at - 1, word));
    match place.within {
        Within::Returned if follows(&["RETURN"]) => &["DISTINCT"],
        Within::Condition if matches!(place.token(place.at), Some(Token::Text(_))) => &["DATE"],
        Within::Condition if follows(&["WHERE", "AND", "OR", "NOT"]) => &["NOT"],
        Within::Pattern | Within::Condition | Within::Returned => &[],
    }
}

fn nearest_at<'k>(
    place: &Place<'_, '_>,
    at: usize,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<(Span, String)> {
    let word = place.word(at).filter(|word| word.chars().count() >= LIKELY)?;
    let near = nearest(word, known).filter(|near| !near.eq_ignore_ascii_case(word))?;
    place.told(at, at, format!("found \"{word}\"; did you mean {near}?"))
}
