//! A name taken apart: the words that carry it, its letters, its initials. Which entities have such a name is left to
//! `index`.

use any_ascii::any_ascii_char;

use super::concepts::{Meaning, collapsed, compound, han_term, meaning};
use crate::model::text::LINE_LIMIT;

/// How many words of a name are read.
const WORD_LIMIT: usize = 32;
/// What stands before an apostrophe and is no part of the name: dell'Aquila, l'Université d'Angers.
const ELIDED: [&str; 18] =
    ["all", "c", "d", "dall", "degl", "dell", "j", "l", "m", "n", "nell", "qu", "s", "sant", "sull", "t", "un", "v"];

/// One way to read a name.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Reading {
    /// Its words, each in the form that all languages share, silent ones left out, each once.
    pub(super) words: Vec<String>,
    /// All letters and digits, folded, without spaces and silent words.
    pub(super) pressed: String,
    /// The first letters of all words but silent ones, and of all words.
    pub(super) initials: [String; 2],
    /// What stands in brackets, as written.
    pub(super) bracketed: Vec<String>,
    /// Whether it is written as one word of at most ten letters.
    pub(super) is_short: bool,
    /// The silent words, until it is known that others carry the name.
    silent: Vec<String>,
}

impl Reading {
    /// Takes a name apart. *O(length)*; reads at most 500 characters and 32 words.
    pub(super) fn of(name: &str) -> Self {
        let mut reading = Self::default();
        let mut word = String::new();
        let mut han = String::new();
        let mut depth = 0_usize;
        let mut bracket = String::new();
        for character in name.chars().take(LINE_LIMIT) {
            match character {
                '(' | '[' | '（' => {
                    depth += 1;
                    bracket.clear();
                    reading.end(&mut word, &mut han);
                    continue;
                }
                ')' | ']' | '）' => {
                    depth = depth.saturating_sub(1);
                    if !bracket.trim().is_empty() {
                        reading.bracketed.push(std::mem::take(&mut bracket));
                    }
                    continue;
                }
                _ => {}
            }
            if depth > 0 {
                bracket.push(character);
                continue;
            }
            reading.read(character, &mut word, &mut han);
        }
        reading.end(&mut word, &mut han);
        // A bracket that was never closed, or nothing outside it.
        if !bracket.trim().is_empty() {
            reading.bracketed.push(bracket);
        }
        if reading.words.is_empty() && !reading.bracketed.is_empty() {
            let inner = std::mem::take(&mut reading.bracketed).join(" ").replace(['(', ')', '[', ']'], " ");
            return Self::of(&inner);
        }
        let silent = std::mem::take(&mut reading.silent);
        if reading.words.is_empty() {
            reading.pressed = silent.concat();
            reading.words = silent;
        }
        reading.is_short = reading.words.len() == 1 && reading.pressed.len() <= 10;
        reading
    }

    fn read(&mut self, character: char, word: &mut String, han: &mut String) {
        match character {
            c if c.is_ascii_alphanumeric() => {
                self.end_han(han);
                word.push(c.to_ascii_lowercase());
            }
            '\'' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}' | '\u{2018}' => {
                if ELIDED.contains(&word.as_str()) {
                    word.clear();
                }
            }
            c if is_unspaced(c) => {
                self.end_word(word);
                han.push(c);
            }
            '.' | '\u{ad}' => {
                // S.p.A. and e.V. are one word each, "St.Mary" is two.
                if word.len() > 1 {
                    self.end_word(word);
                }
            }
            '&' => {
                // R&D, A&M: letters around it belong together.
                if word.len() > 1 {
                    self.end_word(word);
                }
            }
            c if c.is_ascii() => {
                self.end_han(han);
                self.end_word(word);
            }
            c => {
                let roman = any_ascii_char(c);
                self.end_han(han);
                if c.is_alphanumeric() || is_mark(c) {
                    word.extend(roman.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
                } else {
                    self.end_word(word);
                }
            }
        }
    }

    fn end(&mut self, word: &mut String, han: &mut String) {
        self.end_word(word);
        self.end_han(han);
    }

    fn end_word(&mut self, word: &mut String) {
        if word.is_empty() {
            return;
        }
        let folded = collapsed(word);
        word.clear();
        let meaning = meaning(&folded);
        if let Some(first) = folded.chars().next() {
            self.initials[1].push(first);
            if meaning != Meaning::Silent {
                self.initials[0].push(first);
            }
        }
        match meaning {
            Meaning::Silent => self.silent.push(folded),
            Meaning::Stands(words) => {
                self.pressed.push_str(&folded);
                self.add_all(words);
            }
            Meaning::Own => {
                self.pressed.push_str(&folded);
                if let Some((concept, rest)) = compound(&folded) {
                    self.add(concept);
                    match super::concepts::meaning(rest) {
                        Meaning::Stands(words) => self.add_all(words),
                        Meaning::Silent => {}
                        Meaning::Own => self.add(rest),
                    }
                } else {
                    self.add(&folded);
                }
            }
        }
    }

    fn end_han(&mut self, han: &mut String) {
        let run = std::mem::take(han);
        let mut rest = run.as_str();
        let mut own = String::new();
        while let Some(first) = rest.chars().next() {
            if let Some((words, length)) = han_term(rest) {
                self.add_own(&mut own);
                self.add_all(words);
                self.pressed.push_str(&rest[..length]);
                rest = &rest[length..];
            } else {
                own.push_str(&any_ascii_char(first).to_ascii_lowercase());
                self.pressed.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        self.add_own(&mut own);
    }

    fn add_own(&mut self, own: &mut String) {
        if !own.is_empty() {
            self.add(own);
            own.clear();
        }
    }

    fn add_all(&mut self, words: &str) {
        for word in words.split_whitespace() {
            self.add(word);
        }
    }

    fn add(&mut self, word: &str) {
        if self.words.len() < WORD_LIMIT && !self.words.iter().any(|known| known == word) {
            self.words.push(word.to_owned());
        }
    }
}

fn is_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

/// Whether it belongs to a script that puts no spaces between words: Han, hiragana, katakana.
fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character),
        0x3005 | 0x3041..=0x3096 | 0x309d..=0x309f | 0x30a1..=0x30fa | 0x30fc..=0x30ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x323af)
}
