//! A name taken apart: the words that carry it, its letters, its initials. Which entities have such a name is left to
//! `index`.

use any_ascii::any_ascii_char;

use super::concepts::{Compound, Meaning, collapsed, compound, han_term, legal_form, meaning};
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
}

/// What stands between two separators.
#[derive(Debug)]
struct Token {
    /// Folded; of Han characters, as written.
    text: String,
    /// Whether a hyphen binds it to the one before or behind.
    is_bound: bool,
    is_han: bool,
}

impl Reading {
    /// Takes a name apart. *O(length)*; reads at most 500 characters and 32 words.
    pub(super) fn of(name: &str) -> Self {
        let mut scan = Scan::default();
        let mut depth = 0_usize;
        let mut bracket = String::new();
        let mut bracketed = Vec::new();
        for character in name.chars().filter(|c| !is_invisible(*c)).take(LINE_LIMIT) {
            match character {
                '(' | '[' | '（' => {
                    depth += 1;
                    bracket.clear();
                    scan.end(false);
                }
                ')' | ']' | '）' => {
                    depth = depth.saturating_sub(1);
                    if !bracket.trim().is_empty() {
                        bracketed.push(std::mem::take(&mut bracket));
                    }
                }
                _ if depth > 0 => bracket.push(character),
                _ => scan.read(character),
            }
        }
        scan.end(false);
        // A bracket that was never closed, or nothing outside it.
        if !bracket.trim().is_empty() {
            bracketed.push(bracket);
        }
        if scan.tokens.is_empty() && !bracketed.is_empty() {
            let inner = bracketed.join(" ").replace(['(', ')', '[', ']', '（', '）'], " ");
            return Self::of(&inner);
        }
        let mut reading = Self { bracketed, ..Self::default() };
        reading.interpret(scan.tokens);
        reading.is_short = reading.words.len() == 1 && reading.pressed.len() <= 10;
        reading
    }

    fn interpret(&mut self, mut tokens: Vec<Token>) {
        join_letters(&mut tokens);
        let mut meanings: Vec<Meaning> =
            tokens.iter().map(|token| if token.is_han { Meaning::Own } else { meaning(&token.text) }).collect();
        silence(&tokens, &mut meanings);
        count(&tokens, &mut meanings);
        for (token, meaning) in tokens.iter().zip(&meanings) {
            if let Some(first) = token.text.chars().next().filter(|_| !token.is_han) {
                self.initials[1].push(first);
                if !meaning.is_silent() {
                    self.initials[0].push(first);
                }
            }
        }
        let read = speak(&tokens, &meanings);
        for ((token, meaning), _) in tokens.iter().zip(&meanings).zip(read).filter(|(_, is_read)| *is_read) {
            match meaning {
                Meaning::Stands(words) => {
                    self.pressed.push_str(&token.text);
                    self.add_all(words);
                }
                _ if token.is_han => self.add_han(&token.text),
                Meaning::Own => self.add_own(&token.text),
                Meaning::Article | Meaning::Form | Meaning::Office => {
                    self.pressed.push_str(&token.text);
                    self.add(&token.text);
                }
            }
        }
    }

    fn add_own(&mut self, word: &str) {
        self.pressed.push_str(word);
        match compound(word) {
            Some(Compound::First(concept, rest)) => {
                self.add(concept);
                self.add_part(rest);
            }
            Some(Compound::Last(rest, concept)) => {
                self.add_part(rest);
                self.add(concept);
            }
            None => self.add(word),
        }
    }

    /// A part of a compound, which may be one itself.
    fn add_part(&mut self, part: &str) {
        match (meaning(part), compound(part)) {
            (Meaning::Stands(words), _) => self.add_all(words),
            (Meaning::Own, Some(Compound::Last(rest, concept))) => {
                self.add(rest);
                self.add(concept);
            }
            (Meaning::Own | Meaning::Office, _) => self.add(part),
            (Meaning::Article | Meaning::Form, _) => {}
        }
    }

    fn add_han(&mut self, run: &str) {
        let mut rest = run;
        let mut own = String::new();
        while let Some(first) = rest.chars().next() {
            if let Some((words, length)) = han_term(rest) {
                self.add(&std::mem::take(&mut own));
                self.add_all(words);
                self.pressed.push_str(&rest[..length]);
                rest = &rest[length..];
            } else {
                own.push_str(&any_ascii_char(first).to_ascii_lowercase());
                self.pressed.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        self.add(&own);
    }

    fn add_all(&mut self, words: &str) {
        for word in words.split_whitespace() {
            self.add(word);
        }
    }

    fn add(&mut self, word: &str) {
        if !word.is_empty() && self.words.len() < WORD_LIMIT && !self.words.iter().any(|known| known == word) {
            self.words.push(word.to_owned());
        }
    }
}

/// The tokens of a name, while it is read.
#[derive(Default)]
struct Scan {
    tokens: Vec<Token>,
    word: String,
    han: String,
    is_bound: bool,
}

impl Scan {
    fn read(&mut self, character: char) {
        match character {
            c if c.is_ascii_alphanumeric() => {
                self.end_han();
                self.word.push(c.to_ascii_lowercase());
            }
            '\'' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}' | '\u{2018}' => {
                if ELIDED.contains(&self.word.as_str()) {
                    self.word.clear();
                }
            }
            c if is_unspaced(c) => {
                self.end_word(false);
                self.han.push(c);
            }
            // S.p.A. and e.V. are one word each, "St.Mary" is two; R&D and A&M belong together.
            '.' | '&' => {
                if self.word.len() > 1 {
                    self.end_word(false);
                }
            }
            '-' | '\u{2010}' | '\u{2011}' => self.end(true),
            c if c.is_ascii() => self.end(false),
            c => {
                self.end_han();
                if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
                    let roman = any_ascii_char(c);
                    self.word.extend(roman.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
                } else {
                    self.end_word(false);
                }
            }
        }
    }

    fn end(&mut self, is_bound: bool) {
        self.end_word(is_bound);
        self.end_han();
        self.is_bound &= is_bound;
    }

    fn end_word(&mut self, is_bound: bool) {
        if !self.word.is_empty() {
            let text = collapsed(&self.word);
            self.word.clear();
            self.tokens.push(Token { text, is_bound: self.is_bound || is_bound, is_han: false });
        }
        self.is_bound = is_bound;
    }

    fn end_han(&mut self) {
        if !self.han.is_empty() {
            let text = std::mem::take(&mut self.han);
            self.tokens.push(Token { text, is_bound: false, is_han: true });
        }
    }
}

/// `S. p. A.` and `A. O. U.` become one word each, where that word means something.
fn join_letters(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at < tokens.len() {
        let letters = tokens[at..].iter().take(5).take_while(|token| token.text.len() == 1 && !token.is_han).count();
        let joined = (2..=letters).rev().find_map(|count| {
            let word: String = tokens[at..at + count].iter().map(|token| token.text.as_str()).collect();
            matches!(meaning(&word), Meaning::Form | Meaning::Stands(_)).then_some((count, word))
        });
        if let Some((count, word)) = joined {
            tokens[at].text = word;
            tokens.drain(at + 1..at + count);
        }
        at += 1;
    }
}

/// Legal forms written out say nothing; an office does where it is that in whose name a body acts: `The Chancellor,
/// Masters and Scholars of the University of`.
fn silence(tokens: &[Token], meanings: &mut [Meaning]) {
    let mut at = 0;
    while at < tokens.len() {
        let length = legal_form(tokens[at..].iter().map(|token| token.text.as_str()));
        meanings[at..at + length].fill(Meaning::Form);
        at += length.max(1);
    }
    let of = tokens.iter().position(|token| matches!(token.text.as_str(), "of" | "de" | "del" | "della"));
    let is_acting = of.is_some_and(|of| {
        meanings[..of].contains(&Meaning::Office)
            && meanings[..of].iter().all(|meaning| matches!(meaning, Meaning::Office | Meaning::Article))
    });
    for (at, meaning) in meanings.iter_mut().enumerate().filter(|(_, meaning)| **meaning == Meaning::Office) {
        *meaning = if is_acting && of.is_some_and(|of| at < of) { Meaning::Article } else { Meaning::Own };
    }
}

/// `No. 2` is the second.
fn count(tokens: &[Token], meanings: &mut [Meaning]) {
    const ORDINALS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    for at in 1..tokens.len() {
        if matches!(tokens[at - 1].text.as_str(), "no" | "nr" | "number" | "num")
            && let Some(ordinal) = tokens[at].text.parse::<usize>().ok().and_then(|n| ORDINALS.get(n.checked_sub(1)?))
        {
            meanings[at - 1] = Meaning::Article;
            meanings[at] = Meaning::Stands(ordinal);
        }
    }
}

/// Which tokens are read. Silent ones are where nothing else tells the name apart: `E-Da Hospital`, `KG Hospital`,
/// `I+`; but a legal form at the end of a name that has other words never is.
fn speak(tokens: &[Token], meanings: &[Meaning]) -> Vec<bool> {
    let is_own = |at: usize| meanings[at] == Meaning::Own;
    let mut read: Vec<bool> = meanings.iter().map(|meaning| !meaning.is_silent()).collect();
    if (0..tokens.len()).any(is_own) {
        return read;
    }
    let has_words = read.contains(&true);
    let last = read.iter().rposition(|is_read| *is_read).unwrap_or(0);
    for at in 0..tokens.len() {
        read[at] |= match meanings[at] {
            Meaning::Form if has_words => at < last || tokens[at].is_bound,
            Meaning::Article => tokens[at].is_bound || !has_words,
            _ => false,
        };
    }
    if !read.contains(&true) {
        read.fill(true);
    }
    read
}

/// What is written and not seen: soft hyphens, joiners, marks of direction.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Whether it belongs to a script that puts no spaces between words: Han, hiragana, katakana.
fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character),
        0x3005 | 0x3041..=0x3096 | 0x309d..=0x309f | 0x30a1..=0x30fa | 0x30fc..=0x30ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x323af)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silent_words_are_read_where_nothing_else_tells_a_name_apart() {
        for (name, expected) in [
            ("E-Da Hospital", "e da hospital"),
            ("KG Hospital", "kg hospital"),
            ("I+ (Italy)", "i"),
            ("El.En. Group (Italy)", "el en"),
            ("University of London", "university london"),
            ("University Hospital GmbH", "university hospital"),
            ("The Hospital", "hospital"),
            ("AS Klinik", "as hospital"),
            ("SA", "sa"),
        ] {
            assert_eq!(Reading::of(name).words.join(" "), expected, "{name}");
        }
    }

    #[test]
    fn a_legal_form_says_nothing_in_letters_and_written_out() {
        for name in [
            "Madeup AG",
            "Madeup Aktiengesellschaft",
            "Madeup Società per Azioni",
            "Madeup S. p. A.",
            "MADEUP GESELLSCHAFT MIT BESCHRAENKTER HAFTUNG",
            "Madeup Spółka z ograniczoną odpowiedzialnością",
            "Madeup společnost s ručením omezeným",
            "Madeup Sociedad Anónima",
            "GIP Madeup",
            "Groupement d'intérêt public Madeup",
            "Madeup ERIC",
            "Madeup European Research Infrastructure Consortium",
        ] {
            assert_eq!(Reading::of(name).words, ["madeup"], "{name}");
        }
    }

    #[test]
    fn an_office_is_a_name_but_where_a_body_acts_in_it() {
        for (name, expected) in [
            ("The Chancellor, Masters and Scholars of the University of Madeup", "university madeup"),
            ("The Regents of the University of Madeup", "university madeup"),
            ("Regent's University London", "regents university london"),
            ("Regents College", "regents college"),
        ] {
            assert_eq!(Reading::of(name).words.join(" "), expected, "{name}");
        }
    }

    #[test]
    fn what_is_not_seen_divides_no_word() {
        let plain = Reading::of("Karolinska Institutet");
        for name in
            ["Karo\u{ad}linska Institutet", "Karo\u{200b}linska Insti\u{2060}tutet", "\u{feff}Karolinska Institutet"]
        {
            assert_eq!(Reading::of(name), plain, "{name:?}");
        }
    }

    #[test]
    fn compounds_are_their_parts() {
        for (name, expected) in [
            ("Universitätsklinikum Madeup", "university hospital madeup"),
            ("Kantonsspital Madeup", "kantons hospital madeup"),
            ("Marienhospital", "marien hospital"),
            ("Marien-Hospital", "marien hospital"),
            ("Madeup Universitetssykehus", "madeup university hospital"),
            ("No. 2 Hospital of Madeup", "second hospital madeup"),
        ] {
            assert_eq!(Reading::of(name).words.join(" "), expected, "{name}");
        }
    }
}
