//! What a text looks like to the index: its atoms, in Latin letters and as written, and what is left when it is pressed
//! together or cut down to its initials. Knows nothing of entities.
//!
//! An atom is a folded, romanized word. Han and kana, which have no spaces between words, give overlapping pairs of
//! characters instead: 四川大学 is `四川 川大 大学` as written and `sichuan chuanda daxue` in Latin letters. Traditional and
//! simplified characters read alike, so they meet in Latin letters.

use any_ascii::any_ascii_char;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::model::text;

/// How many characters of a query are read; no name is longer.
pub(super) const TEXT_LIMIT: usize = text::LINE_LIMIT;
/// How many atoms of a text are read.
pub(super) const ATOM_LIMIT: usize = 32;

/// Words that say little in any name, in the languages that name most institutions.
const FILLERS: [&str; 36] = [
    "a", "al", "an", "and", "at", "da", "das", "de", "degli", "dei", "del", "della", "der", "des", "di", "die", "do",
    "dos", "du", "e", "el", "et", "for", "fur", "in", "la", "le", "les", "of", "on", "the", "to", "und", "van", "von",
    "y",
];

/// Whether a word says little in any name.
pub(super) fn is_filler(word: &str) -> bool {
    // The longest filler has five letters, most words have more.
    word.len() <= 5 && FILLERS.binary_search(&word).is_ok()
}

/// One text, taken apart.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Spelling {
    /// The atoms in Latin letters.
    pub(super) roman: Vec<String>,
    /// The atoms with Han and kana as written; `None` where there are none.
    pub(super) native: Option<Vec<String>>,
    /// All of it in Latin letters, without spaces.
    pub(super) pressed: String,
    /// Whether some of it was in a script other than Latin, so that other romanizations are likely.
    pub(super) transliterated: bool,
}

impl Spelling {
    /// Takes a text apart. *O(length)*; reads at most [`TEXT_LIMIT`] characters.
    pub(super) fn of(text: &str) -> Self {
        let mut spelling = Self::default();
        if text.is_ascii() {
            let text = &text[..text.len().min(TEXT_LIMIT)];
            let mut word = String::new();
            for byte in text.bytes() {
                match byte {
                    b'\'' => {}
                    b if b.is_ascii_alphanumeric() => word.push(char::from(b.to_ascii_lowercase())),
                    _ => spelling.end_word(&mut word),
                }
            }
            spelling.end_word(&mut word);
        } else {
            spelling.read(text);
        }
        spelling
    }

    fn read(&mut self, text: &str) {
        let mut native = Vec::new();
        let mut word = String::new();
        let mut run: Vec<(char, String)> = Vec::new();
        let cut: String = text.chars().take(TEXT_LIMIT).collect();
        for character in cut.nfkc() {
            if is_unspaced(character) {
                self.end_word_in(&mut word, &mut native);
                run.push((character, roman_letters(character)));
                continue;
            }
            self.end_run(&mut run, &mut native);
            match character {
                '\'' | '\u{2019}' | '\u{2bc}' => {}
                c if c.is_alphanumeric() || is_combining_mark(c) => {
                    self.transliterated |= c.is_alphabetic() && !is_latin(c);
                    word.push_str(&roman_letters(c));
                }
                _ => self.end_word_in(&mut word, &mut native),
            }
        }
        self.end_word_in(&mut word, &mut native);
        self.end_run(&mut run, &mut native);
        if native != self.roman {
            self.native = Some(native);
        }
    }

    fn end_word(&mut self, word: &mut String) {
        if !word.is_empty() {
            self.pressed.push_str(word);
            if self.roman.len() < ATOM_LIMIT {
                self.roman.push(std::mem::take(word));
            }
            word.clear();
        }
    }

    fn end_word_in(&mut self, word: &mut String, native: &mut Vec<String>) {
        if !word.is_empty() && native.len() < ATOM_LIMIT {
            native.push(word.clone());
        }
        self.end_word(word);
    }

    fn end_run(&mut self, run: &mut Vec<(char, String)>, native: &mut Vec<String>) {
        if run.is_empty() {
            return;
        }
        self.transliterated = true;
        for (_, syllable) in run.iter() {
            self.pressed.push_str(syllable);
        }
        for pair in run.windows(run.len().min(2)) {
            if native.len() < ATOM_LIMIT {
                native.push(pair.iter().map(|(character, _)| *character).collect());
                self.roman.push(pair.iter().map(|(_, syllable)| syllable.as_str()).collect());
            }
        }
        run.clear();
    }

    /// The initials of the words: without the fillers, and with them where that differs. Empty where there are fewer
    /// than three, or where the text is not in a script with letters and spaces.
    pub(super) fn initials(&self) -> Vec<String> {
        if self.native.is_some() {
            return Vec::new();
        }
        let first = |words: &mut dyn Iterator<Item = &String>| -> String {
            words.filter_map(|word| word.chars().next()).collect()
        };
        let mut initials = vec![first(&mut self.roman.iter().filter(|word| !is_filler(word)))];
        let with_fillers = first(&mut self.roman.iter());
        if with_fillers != initials[0] {
            initials.push(with_fillers);
        }
        initials.retain(|letters| (3..=10).contains(&letters.len()));
        initials
    }
}

/// Whether it belongs to a script that puts no spaces between words: Han, hiragana, katakana.
fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character),
        0x3005 | 0x3041..=0x3096 | 0x309d..=0x309f | 0x30a1..=0x30fa | 0x30fc..=0x30ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x323af)
}

fn is_latin(character: char) -> bool {
    matches!(u32::from(character), 0..=0x24f | 0x1e00..=0x1eff | 0x2c60..=0x2c7f | 0xa720..=0xa7ff)
}

/// A character in lower-case Latin letters and digits; itself where no romanization is known.
fn roman_letters(character: char) -> String {
    if character.is_ascii() {
        return character.to_ascii_lowercase().to_string();
    }
    let letters: String = any_ascii_char(character)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    if letters.is_empty() && character.is_alphanumeric() && any_ascii_char(character).is_empty() {
        return character.to_lowercase().collect();
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roman(text: &str) -> String {
        Spelling::of(text).roman.join(" ")
    }

    #[test]
    fn words_are_folded_and_romanized() {
        assert_eq!(roman("Hôpitaux Universitaires de Genève"), "hopitaux universitaires de geneve");
        assert_eq!(roman("King’s College"), "kings college");
        assert_eq!(roman("Københavns Universitet"), "kobenhavns universitet");
        assert_eq!(roman("Оксфорд"), "oksford");
        assert_eq!(roman("e\u{301}cole"), "ecole");
    }

    #[test]
    fn an_ascii_text_is_folded_as_the_model_folds() {
        for text in ["The (UK) King's-College, 2nd", "  a--b ", "", "!?", "St. Mary's"] {
            assert_eq!(roman(text), text::folded(text), "{text}");
        }
    }

    #[test]
    fn han_gives_pairs_in_both_scripts() {
        let spelling = Spelling::of("四川大学");
        assert_eq!(spelling.native.unwrap(), ["四川", "川大", "大学"]);
        assert_eq!(spelling.roman, ["sichuan", "chuanda", "daxue"]);
        assert_eq!(spelling.pressed, "sichuandaxue");
        assert_eq!(Spelling::of("四川大學").pressed, "sichuandaxue");
        assert_eq!(Spelling::of("中").native.unwrap(), ["中"]);
    }

    #[test]
    fn initials_come_with_and_without_fillers() {
        assert_eq!(Spelling::of("Hong Kong University of Science and Technology").initials(), ["hkust", "hkuosat"]);
        assert_eq!(Spelling::of("University of Glasgow").initials(), ["uog"]);
        assert!(Spelling::of("Oxford").initials().is_empty());
    }

    #[test]
    fn the_fillers_are_sorted() {
        assert!(FILLERS.is_sorted());
    }

    #[test]
    fn hostile_text_stays_small() {
        for text in ["x".repeat(1_000_000), "é ".repeat(500_000), "\u{301}".repeat(100_000), "\u{fdfa}".repeat(9_999)]
        {
            let spelling = Spelling::of(&text);
            assert!(spelling.roman.len() <= ATOM_LIMIT && spelling.pressed.len() <= 40 * TEXT_LIMIT);
        }
        assert_eq!(Spelling::of("🙂 — !?"), Spelling::default());
    }
}
