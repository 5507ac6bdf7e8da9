//! The checks that every piece of text passes, and the folding under which two spellings count as the same.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::violation::Violation;

/// The longest name, role or locator, in characters.
pub const LINE_LIMIT: usize = 500;
/// The longest description or note, in characters.
pub const PROSE_LIMIT: usize = 10_000;

/// One line of text: trimmed, not empty, without control characters, at most [`LINE_LIMIT`] characters.
///
/// # Errors
/// A violation that says which of these it breaks.
pub fn line(text: &str) -> Result<String, Violation> {
    checked(text, LINE_LIMIT, false).map(str::to_owned)
}

/// Prose: as [`line()`], but at most [`PROSE_LIMIT`] characters, and line breaks are allowed.
///
/// # Errors
/// A violation that says which of these it breaks.
pub fn prose(text: &str) -> Result<String, Violation> {
    checked(text, PROSE_LIMIT, true).map(str::to_owned)
}

/// What [`line()`] asks, of a text that stays where it is unless it has to be trimmed.
pub(super) fn settle_line(text: &mut String) -> Result<(), Violation> {
    settle(text, LINE_LIMIT, false)
}

/// What [`prose`] asks, of a text that stays where it is unless it has to be trimmed.
pub(super) fn settle_prose(text: &mut String) -> Result<(), Violation> {
    settle(text, PROSE_LIMIT, true)
}

fn settle(text: &mut String, limit: usize, breaks: bool) -> Result<(), Violation> {
    let clean = checked(text, limit, breaks)?;
    if clean.len() < text.len() {
        *text = clean.to_owned();
    }
    Ok(())
}

fn checked(text: &str, limit: usize, breaks: bool) -> Result<&str, Violation> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Violation::new("the text is empty", "write something, or leave the field out"));
    }
    // What most texts are is seen in one pass over the bytes.
    if text.len() <= limit && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(text);
    }
    if let Some(control) = text.chars().find(|c| c.is_control() && !(breaks && matches!(c, '\n' | '\t'))) {
        return Err(Violation::new(
            format!("the text holds the control character U+{:04X}", u32::from(control)),
            "remove it",
        ));
    }
    let length = text.chars().count();
    if length > limit {
        return Err(Violation::new(
            format!("the text is {length} characters long"),
            format!("shorten it to at most {limit}"),
        ));
    }
    Ok(text)
}

/// The words of a text, folded: lower case, without diacritics and punctuation, compatibility forms made plain.
///
/// `"Hôpitaux de Genève"` becomes `["hopitaux", "de", "geneve"]`. Letters of scripts without spaces between words stay
/// together as they are written.
pub fn folded_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for character in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match character {
            // An apostrophe inside a word is no boundary: King's is kings.
            '\'' | '\u{2019}' | '\u{2bc}' => {}
            c if c.is_alphanumeric() => word.extend(c.to_lowercase()),
            _ if word.is_empty() => {}
            _ => words.push(std::mem::take(&mut word)),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The folded words of a text with one space between them.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_onto(&mut folded, text);
    folded
}

/// Writes the folded words of a text, with one space between them, to the end of another text.
pub fn fold_onto(end: &mut String, text: &str) {
    let start = end.len();
    if !text.is_ascii() {
        for word in folded_words(text) {
            if end.len() > start {
                end.push(' ');
            }
            end.push_str(&word);
        }
        return;
    }
    // What most names are needs no tables.
    let mut is_between = false;
    for byte in text.bytes() {
        match byte {
            b'\'' => {}
            _ if byte.is_ascii_alphanumeric() => {
                if is_between && end.len() > start {
                    end.push(' ');
                }
                is_between = false;
                end.push(char::from(byte.to_ascii_lowercase()));
            }
            _ => is_between = true,
        }
    }
}

/// A text as a slug of an id: folded, romanized, words joined by hyphens, at most `limit` bytes; may be empty.
pub fn slug(text: &str, limit: usize) -> String {
    let romanized = any_ascii::any_ascii(text);
    let mut slug = String::new();
    for word in folded_words(&romanized) {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if word.is_empty() {
            continue;
        }
        if slug.len() + word.len() + usize::from(!slug.is_empty()) > limit {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folding_drops_case_diacritics_and_punctuation() {
        assert_eq!(folded("Hôpitaux  de GENÈVE (HUG)"), "hopitaux de geneve hug");
        assert_eq!(folded("King’s College"), "kings college");
        assert_eq!(folded("四川大学"), "四川大学");
    }

    proptest! {
        #[test]
        fn a_text_is_folded_as_its_words_are(before in "[a-z ]{0,3}", text in "[ -~]{0,30}|\\PC{0,20}") {
            let mut whole = before.clone();
            fold_onto(&mut whole, &text);
            prop_assert_eq!(whole, before + &folded_words(&text).join(" "));
        }
    }

    #[test]
    fn a_slug_is_ascii_and_keeps_to_its_limit() {
        assert_eq!(slug("Vice-President (Research)", 50), "vice-president-research");
        assert_eq!(slug("Директор", 50), "direktor");
        assert_eq!(slug("one two three", 8), "one two".replace(' ', "-"));
        assert_eq!(slug("!!!", 8), "");
    }

    #[test]
    fn control_characters_and_empty_text_are_refused() {
        assert!(line("a\u{0}b").is_err());
        assert!(line("  ").is_err());
        assert!(line("a\nb").is_err());
        assert!(prose("a\nb").is_ok());
        assert!(line(&"x".repeat(LINE_LIMIT + 1)).is_err());
    }
}
