//! All atoms of all names in one sorted automaton, and the atoms that a written word may stand for.
//!
//! Misspellings are found by walking the dictionary together with a Levenshtein automaton that counts the swap of two
//! neighbors as one edit (Schulz and Mihov, Fast String Correction with Levenshtein Automata, 2002).

use std::sync::LazyLock;

use fst::automaton::Str;
use fst::{Automaton, IntoStreamer, Map, Streamer};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};

/// The longest word that is searched with misspellings, in characters; the automaton grows with the word.
const FUZZY_LIMIT: usize = 32;
/// How many atoms one word may stand for.
const EXPANSION_LIMIT: usize = 64;
/// How many atoms that start with the last word are looked at.
const PREFIX_SCAN: usize = 4_096;
/// A word in so many names is not another one misspelled.
const SETTLED: u32 = 3;

/// Short forms and other spellings of the words that institutions are named with.
const SHORT_FORMS: [(&str, &str); 26] = [
    ("acad", "academy"),
    ("assoc", "association"),
    ("center", "centre"),
    ("centre", "center"),
    ("coll", "college"),
    ("dept", "department"),
    ("fac", "faculty"),
    ("fdn", "foundation"),
    ("govt", "government"),
    ("hosp", "hospital"),
    ("inst", "institute"),
    ("intl", "international"),
    ("lab", "laboratory"),
    ("med", "medical"),
    ("min", "ministry"),
    ("mt", "mount"),
    ("natl", "national"),
    ("org", "organization"),
    ("organisation", "organization"),
    ("organization", "organisation"),
    ("program", "programme"),
    ("programme", "program"),
    ("sch", "school"),
    ("soc", "society"),
    ("tech", "technology"),
    ("univ", "university"),
];

static ONE_EDIT: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static TWO_EDITS: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// The number of an atom in its dictionary.
pub(super) type Term = u32;

/// An atom that a word may stand for, and how well: 1 for the word itself, less for every doubt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Expansion {
    pub(super) term: Term,
    pub(super) quality: f32,
}

/// How a word is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading {
    /// It may be the start of a longer word.
    pub(super) unfinished: bool,
    /// It was romanized, perhaps not as others would.
    pub(super) transliterated: bool,
}

/// The atoms, sorted; their numbers follow their order.
#[derive(Debug)]
pub(super) struct Dictionary {
    terms: Map<Vec<u8>>,
}

impl Dictionary {
    /// The dictionary of these atoms, which are sorted and differ. *O(letters)*.
    pub(super) fn build<'a>(sorted: impl Iterator<Item = &'a str>) -> Self {
        let terms =
            Map::from_iter(sorted.zip(0_u64..)).expect("the atoms are sorted and differ, and memory takes them");
        Self { terms }
    }

    /// The number of an atom.
    pub(super) fn term(&self, word: &str) -> Option<Term> {
        self.terms.get(word).map(|term| term as Term)
    }

    /// The atoms that a word may stand for, best first, at most [`EXPANSION_LIMIT`]; `frequency` breaks ties.
    ///
    /// One edit is forgiven in words of four characters, two in words of eight (six where romanized), none in words
    /// with digits: a year is not a misspelled year. A word that is in the dictionary is rarely another misspelled, so
    /// its neighbors count for less.
    ///
    /// **Complexity**: the part of the dictionary within the edit distance, which grows far slower than the dictionary.
    pub(super) fn expand(&self, word: &str, reading: Reading, frequency: impl Fn(Term) -> u32) -> Vec<Expansion> {
        let length = word.chars().count();
        let known = self.term(word);
        let mut found: Vec<Expansion> = known.map(|term| Expansion { term, quality: 1.0 }).into_iter().collect();
        // Elsewhere than at the end, the start of a word is an abbreviation: Univ of Oxford.
        let shortest = if reading.unfinished { 2 } else { 3 };
        if (shortest..=FUZZY_LIMIT).contains(&length) && (reading.unfinished || known.is_none()) {
            self.add_longer(word, length, known.is_some(), &mut found, &frequency);
        }
        let spelled_out = SHORT_FORMS.binary_search_by_key(&word, |(short, _)| short).map(|at| SHORT_FORMS[at].1);
        let spelled_out = spelled_out.ok().and_then(|long| self.term(long));
        found.extend(spelled_out.map(|term| Expansion { term, quality: 0.95 }));
        let edits = match length {
            _ if length > FUZZY_LIMIT || word.bytes().any(|byte| byte.is_ascii_digit()) => 0,
            _ if spelled_out.is_some() => 0,
            0..=3 => 0,
            4..=5 => 1,
            6..=7 => 1 + usize::from(reading.transliterated),
            _ => 2,
        };
        // Few people miss the first letter of a word, and behind it the dictionary is small.
        let first = &word.as_bytes()[..word.chars().next().map_or(0, char::len_utf8)];
        if edits > 0 {
            let settled = known.is_some_and(|term| frequency(term) >= SETTLED);
            let start = if settled { first } else { &[] };
            self.add_similar(&ONE_EDIT.build_dfa(word), start, word, known, &mut found);
        }
        // A known word gets no second edit: that far away lie other words.
        if edits > 1 && known.is_none() {
            self.add_similar(&TWO_EDITS.build_dfa(word), first, word, known, &mut found);
        }
        found.sort_by(|a, b| {
            b.quality
                .total_cmp(&a.quality)
                .then_with(|| frequency(b.term).cmp(&frequency(a.term)))
                .then(a.term.cmp(&b.term))
        });
        let mut seen = Vec::with_capacity(found.len().min(EXPANSION_LIMIT));
        found.retain(|expansion| {
            let new = seen.len() < EXPANSION_LIMIT && !seen.contains(&expansion.term);
            if new {
                seen.push(expansion.term);
            }
            new
        });
        found
    }

    fn add_longer(
        &self,
        word: &str,
        length: usize,
        known: bool,
        found: &mut Vec<Expansion>,
        frequency: &impl Fn(Term) -> u32,
    ) {
        let mut longer = Vec::new();
        let mut stream = self.terms.search(Str::new(word).starts_with()).into_stream();
        while let Some((key, term)) = stream.next() {
            // Continuation bytes of UTF-8 start with the bits 10; all other bytes start a character.
            let characters = key.iter().filter(|byte| (**byte & 0xc0) != 0x80).count();
            if characters > length {
                longer.push((term as Term, characters));
            }
            if longer.len() >= PREFIX_SCAN {
                break;
            }
        }
        longer.sort_by_key(|(term, _)| (std::cmp::Reverse(frequency(*term)), *term));
        longer.truncate(EXPANSION_LIMIT);
        let best = if known { 0.6 } else { 0.9 };
        found.extend(longer.into_iter().map(|(term, characters)| Expansion {
            term,
            quality: best * (0.5 + 0.5 * length as f32 / characters as f32),
        }));
    }

    /// Adds the atoms that start with `start` and are within the automaton's distance.
    fn add_similar(&self, automaton: &DFA, start: &[u8], word: &str, known: Option<Term>, found: &mut Vec<Expansion>) {
        let mut search = self.terms.search_with_state(automaton).ge(start);
        if let Some((last, rest)) = start.split_last() {
            // No byte of UTF-8 is 255, so the last one can be raised.
            search = search.lt([rest, &[last + 1]].concat());
        }
        let mut stream = search.into_stream();
        while let Some((key, term, state)) = stream.next() {
            let quality = match automaton.distance(state) {
                Distance::Exact(0) | Distance::AtLeast(_) => continue,
                Distance::Exact(1) => 0.85,
                Distance::Exact(_) => 0.65,
            };
            let same_start = key.first() == word.as_bytes().first();
            let doubt = if known.is_some() { 0.6 } else { 1.0 } * if same_start { 1.0 } else { 0.9 };
            found.push(Expansion { term: term as Term, quality: quality * doubt });
        }
    }

    /// The two atoms that a word is made of, where it is none itself: the split whose rarer half is the most frequent.
    pub(super) fn split<'w>(&self, word: &'w str, frequency: impl Fn(Term) -> u32) -> Option<(&'w str, &'w str)> {
        if word.len() > FUZZY_LIMIT || self.term(word).is_some() {
            return None;
        }
        let halves = word.char_indices().map(|(at, _)| word.split_at(at)).filter(|(a, b)| a.len() > 2 && b.len() > 2);
        let rarer = |(a, b): &(&str, &str)| Some(frequency(self.term(a)?).min(frequency(self.term(b)?)));
        halves
            .filter_map(|pair| rarer(&pair).map(|count| (count, pair)))
            .max_by_key(|(count, _)| *count)
            .map(|(_, pair)| pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary() -> Dictionary {
        Dictionary::build(["2022", "2023", "china", "east", "oxford", "university", "west", "四川"].into_iter())
    }

    fn best(word: &str, reading: Reading) -> Option<(Term, bool)> {
        let found = dictionary().expand(word, reading, |_| 1);
        found.first().map(|expansion| (expansion.term, expansion.quality == 1.0))
    }

    #[test]
    fn edits_are_forgiven_by_length() {
        let plain = Reading::default();
        assert_eq!(best("oxford", plain), Some((4, true)));
        assert_eq!(best("oxfrod", plain), Some((4, false)));
        assert_eq!(best("oxfrodd", plain), None);
        assert_eq!(best("univeresity", plain), Some((5, false)));
        assert_eq!(best("unvieresity", plain), Some((5, false)));
        assert_eq!(best("2021", plain), None);
        assert_eq!(best("oksford", plain), None);
        assert_eq!(best("oksford", Reading { transliterated: true, ..plain }), Some((4, false)));
    }

    #[test]
    fn an_unfinished_word_stands_for_longer_ones() {
        let unfinished = Reading { unfinished: true, ..Reading::default() };
        assert_eq!(best("univ", unfinished), Some((5, false)));
        assert_eq!(best("u", unfinished), None);
        assert_eq!(best("univ", Reading::default()), Some((5, false)));
        assert_eq!(best("un", Reading::default()), None);
    }

    #[test]
    fn a_known_word_outdoes_its_neighbors_by_far() {
        let found = dictionary().expand("west", Reading::default(), |_| 1);
        assert_eq!(found[0], Expansion { term: 6, quality: 1.0 });
        assert!(found[1..].iter().all(|expansion| expansion.quality < 0.6), "{found:?}");
    }

    #[test]
    fn two_words_in_one_are_split() {
        assert_eq!(dictionary().split("westchina", |_| 1), Some(("west", "china")));
        assert_eq!(dictionary().split("west", |_| 1), None);
        assert_eq!(dictionary().split("四川四川四川", |_| 1), None);
    }
}
