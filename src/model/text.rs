//! The checks that every piece of text passes, and the folding under which two spellings count as the same.

use std::borrow::Cow;

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

/// A text from a foreign file as one line: every stretch of white space, line breaks and tabs and no-break spaces
/// included, is one space, and what has no width is left out, except the joiners that some scripts need inside words.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_plain && text.trim().len() == text.len() && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split(char::is_whitespace) {
        let word: String = word.chars().filter(|c| !is_unseen(*c)).collect();
        let word = word.trim_matches(['\u{200c}', '\u{200d}']);
        if !word.is_empty() && !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}

/// Spaces without width, byte order marks, soft hyphens and marks of direction.
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
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
            '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2032}' => {}
            c if is_unseen(c) => {}
            c if c.is_alphanumeric() => c.to_lowercase().for_each(|letter| push_plain(&mut word, letter)),
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

/// Writes a lower-case letter, in its plain letters where it has a stroke or is two in one, which Unicode does not take
/// apart.
fn push_plain(end: &mut String, letter: char) {
    match letter {
        'ß' => end.push_str("ss"),
        'æ' => end.push_str("ae"),
        'œ' => end.push_str("oe"),
        'þ' => end.push_str("th"),
        'ø' => end.push('o'),
        'ł' => end.push('l'),
        'đ' | 'ð' => end.push('d'),
        'ħ' => end.push('h'),
        'ŧ' => end.push('t'),
        'ı' => end.push('i'),
        'ς' => end.push('σ'),
        other => end.push(other),
    }
}

/// A text without regard to case, accents and forms of print, with all its other signs: two texts that people take for
/// the same are the same.
///
/// `"KØBENHAVN’S  Straße"` becomes `"kobenhavn's  strasse"`. Marks that make another letter stay: those of kana and of
/// Indian scripts. *O(n)*.
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        let has_case = text.bytes().any(|byte| byte.is_ascii_uppercase());
        return if has_case { Cow::Owned(text.to_ascii_lowercase()) } else { Cow::Borrowed(text) };
    }
    let mut plain = String::with_capacity(text.len());
    for character in text.nfkd().filter(|&character| !is_accent(character)).flat_map(char::to_lowercase) {
        match character {
            '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2032}' => plain.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' => plain.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
            '\u{200c}' | '\u{200d}' | '\u{640}' => {} // joiners, and a stroke that only widens
            unseen if is_unseen(unseen) => {}
            letter => push_plain(&mut plain, letter),
        }
    }
    Cow::Owned(plain.nfc().collect())
}

/// A mark on a letter of a European or Semitic script, which leaves it the same letter to most people.
fn is_accent(character: char) -> bool {
    matches!(u32::from(character),
        0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF // over and under Latin, Greek, Cyrillic
        | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C7 // points of Hebrew
        | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670) // vowels of Arabic
}

/// Where in a text a part is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is all of it.
    Whole,
    /// At its start.
    Start,
    /// At its end.
    End,
    /// Anywhere.
    Anywhere,
}

impl Place {
    /// Whether the part stands there, letter by letter. *O(n)*.
    pub fn holds(self, text: &str, part: &str) -> bool {
        match self {
            Self::Whole => text == part,
            Self::Start => text.starts_with(part),
            Self::End => text.ends_with(part),
            Self::Anywhere => text.contains(part),
        }
    }

    /// Whether the part stands there in the [`plain`] forms of both. *O(n)*, for a long part *O(n m)*; without
    /// allocation where both are of ASCII.
    pub fn holds_plainly(self, text: &str, part: &str) -> bool {
        if !text.is_ascii() || !part.is_ascii() {
            return self.holds(&plain(text), &plain(part));
        }
        let (text, part) = (text.as_bytes(), part.as_bytes());
        let Some(rest) = text.len().checked_sub(part.len()) else { return false };
        let stands = |at: usize| text[at..at + part.len()].eq_ignore_ascii_case(part);
        match self {
            Self::Whole => rest == 0 && stands(0),
            Self::Start => stands(0),
            Self::End => stands(rest),
            Self::Anywhere => (0..=rest).any(stands),
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

    #[test]
    fn a_line_of_a_foreign_file_loses_its_breaks_and_what_nobody_sees() {
        for (text, expected) in [
            ("Uni One", "Uni One"),
            (" Uni\r\n One\t", "Uni One"),
            ("Tab\tUniversity\u{200b} of\u{a0}X\n", "Tab University of X"),
            ("\u{feff}Uni\u{3000}One\u{200e}", "Uni One"),
            ("Kranken\u{ad}haus", "Krankenhaus"),
            ("می\u{200c}خواهم\u{200c}", "می\u{200c}خواهم"),
            ("\u{200b} ", ""),
        ] {
            assert_eq!(one_line(text), expected);
        }
        assert!(line(&one_line("a\u{0}b")).is_err(), "a control character is no white space");
    }

    #[test]
    fn what_people_take_for_the_same_text_is_the_same() {
        for (one, other) in [
            ("KAROLINSKA INSTITUTET", "Karolinska Institutet"),
            ("Zürich", "ZURICH"),
            ("Straße", "STRASSE"),
            ("ẞ", "ss"),
            ("København", "KOBENHAVN"),
            ("Œuvre", "oeuvre"),
            ("Łódź", "Lodz"),
            ("İstanbul", "ISTANBUL"),
            ("Iğdır", "igdir"),
            ("ΑΘΉΝΑΣ", "Αθηνας"),
            ("МОСКВА", "Москва"),
            ("ＫＡＩＳＴ", "kaist"),
            ("ﬁbre", "FIBRE"),
            ("King’s", "KING'S"),
            ("Paris–Saclay", "paris-saclay"),
            ("Uni\u{ad}versität", "universitat"),
            ("e\u{301}cole", "École"),
        ] {
            assert_eq!(plain(one), plain(other), "{one} {other}");
            assert_eq!(folded(one).replace(' ', ""), folded(other).replace(' ', ""), "{one} {other}");
        }
        for (one, other) in [("か", "が"), ("दिल्ली", "दलल"), ("C++", "C"), ("R&D", "R D"), ("가", "각"), ("a b", "ab")]
        {
            assert_ne!(plain(one), plain(other), "{one} {other}");
        }
        assert!(!Place::Anywhere.holds_plainly("각", "가"));
        assert_eq!(plain("KØBENHAVN’S  Straße"), "kobenhavn's  strasse");
    }

    proptest! {
        #[test]
        fn a_part_stands_where_it_does_in_the_plain_forms(
            text in "[ -~]{0,12}|[A-Ca-cÄäßøİıς'’‘\u{ad}\u{200b}\u{2032}–]{0,8}",
            part in "[ -~]{0,2}|[A-Ca-cÄäßøİıς'’‘\u{ad}\u{200b}\u{2032}–]{0,2}",
        ) {
            for place in [Place::Whole, Place::Start, Place::End, Place::Anywhere] {
                let expected = place.holds(&plain(&text), &plain(&part));
                prop_assert_eq!(place.holds_plainly(&text, &part), expected);
                // The index of names is asked first: it may not rule out what is there.
                prop_assert!(!expected || folded(&text).contains(&folded(&part)));
            }
            let once = plain(&text);
            prop_assert_eq!(&plain(&once), &once);
        }
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
