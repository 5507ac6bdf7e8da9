//! Words that say what sort of body a name means, in many languages, as one word each; and words that say nothing. They
//! stand in the text files beside this one: a heading for what they stand for, then a word and its languages a line.
//! How a name is taken apart is left to `reading`.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// What the vocabulary makes of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// An article, a preposition.
    Article,
    /// A legal form, or that a body is one of a group.
    Form,
    /// An office in whose name a body acts: the chancellor, masters and scholars of.
    Office,
    /// It stands for these words, with a space between them.
    Stands(&'static str),
    /// It is a name.
    Own,
}

impl Meaning {
    /// Whether it is read only where nothing else tells two names apart.
    pub(super) fn is_silent(self) -> bool {
        matches!(self, Self::Article | Self::Form)
    }
}

type Table<T> = HashMap<String, T, RandomState>;

/// The lines of a word list: the heading above each, the words of it, and the languages, which stand last.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let mut heading = "";
    text.lines().filter_map(move |line| {
        if let Some(inner) = line.strip_prefix('[') {
            heading = inner.trim_end_matches(']');
            return None;
        }
        if line.starts_with('#') {
            return None;
        }
        let (words, languages) = line.rsplit_once(' ')?;
        Some((heading, words, languages))
    })
}

/// What a folded word means. *O(1)*.
pub(super) fn meaning(word: &str) -> Meaning {
    static MEANINGS: LazyLock<Table<Meaning>> = LazyLock::new(|| {
        let mut meanings = Table::default();
        for list in [
            include_str!("bodies.txt"),
            include_str!("fields.txt"),
            include_str!("places.txt"),
            include_str!("expansions.txt"),
        ] {
            for (concept, word, _) in lines(list) {
                if !concept.contains(' ') {
                    meanings.insert(collapsed(concept), Meaning::Stands(concept));
                }
                meanings.insert(collapsed(word), Meaning::Stands(concept));
            }
        }
        for (sort, word, _) in lines(include_str!("silent.txt")) {
            let meaning = match sort {
                "article" => Meaning::Article,
                "office" => Meaning::Office,
                _ => Meaning::Form,
            };
            meanings.insert(collapsed(word), meaning);
        }
        meanings
    });
    MEANINGS.get(word).copied().unwrap_or(Meaning::Own)
}

/// How many of these folded words, from the first, are a legal form written out: `gesellschaft mit beschrankter
/// haftung`; 0 where they are none. *O(1)* where no form begins with the first.
pub(super) fn legal_form<'w>(words: impl Iterator<Item = &'w str> + Clone) -> usize {
    static FORMS: LazyLock<Table<Vec<Vec<String>>>> = LazyLock::new(|| {
        let mut forms = Table::<Vec<Vec<String>>>::default();
        for (_, words, _) in lines(include_str!("legal-forms.txt")) {
            let words: Vec<String> = words.split(' ').map(collapsed).collect();
            forms.entry(words[0].clone()).or_default().push(words);
        }
        forms
    });
    let Some(forms) = words.clone().next().and_then(|first| FORMS.get(first)) else { return 0 };
    let begins = |form: &&Vec<String>| {
        let mut words = words.clone();
        form.iter().all(|word| words.next() == Some(word))
    };
    forms.iter().filter(begins).map(Vec::len).max().unwrap_or(0)
}

/// A compound taken apart: its first part as one word and what follows it, or what stands before its last part and that
/// as one word.
pub(super) enum Compound<'w> {
    /// `universitats`, `klinikum`
    First(&'static str, &'w str),
    /// `kantons`, `spital`
    Last(&'w str, &'static str),
}

/// The parts of a folded compound.
pub(super) fn compound(word: &str) -> Option<Compound<'_>> {
    type Parts = Vec<(&'static str, &'static str)>;
    fn parts(text: &'static str) -> Parts {
        let mut parts: Parts = lines(text).map(|(concept, part, _)| (part, concept)).collect();
        parts.sort_by_key(|(part, _)| std::cmp::Reverse(part.len()));
        parts
    }
    static FIRST: LazyLock<Parts> = LazyLock::new(|| parts(include_str!("prefixes.txt")));
    static LAST: LazyLock<Parts> = LazyLock::new(|| parts(include_str!("suffixes.txt")));
    let first = FIRST.iter().find_map(|(part, concept)| {
        let rest = word.strip_prefix(part)?;
        (rest.len() >= 4).then_some(Compound::First(concept, rest))
    });
    let last = || {
        LAST.iter().find_map(|(part, concept)| {
            let rest = word.strip_suffix(part)?;
            (rest.len() >= 4).then_some(Compound::Last(rest, concept))
        })
    };
    first.or_else(last)
}

/// The term that a run of Han characters starts with, and how many bytes it has; the longest there is.
pub(super) fn han_term(run: &str) -> Option<(&'static str, usize)> {
    /// By their first character the terms and what each stands for.
    type Terms = HashMap<char, Vec<(&'static str, &'static str)>, RandomState>;
    static TERMS: LazyLock<Terms> = LazyLock::new(|| {
        let mut terms = HashMap::<char, Vec<(&str, &str)>, RandomState>::default();
        for (words, term, _) in lines(include_str!("han.txt")) {
            terms.entry(term.chars().next().unwrap_or_default()).or_default().push((term, words));
        }
        terms
    });
    let terms = TERMS.get(&run.chars().next()?)?;
    let longest = terms.iter().filter(|(term, _)| run.starts_with(term)).max_by_key(|(term, _)| term.len());
    longest.map(|(term, words)| (*words, term.len()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_word_list_has_a_heading_and_languages() {
        for list in [
            include_str!("bodies.txt"),
            include_str!("fields.txt"),
            include_str!("places.txt"),
            include_str!("expansions.txt"),
            include_str!("prefixes.txt"),
            include_str!("suffixes.txt"),
            include_str!("silent.txt"),
            include_str!("legal-forms.txt"),
            include_str!("han.txt"),
            include_str!("abbreviations.txt"),
            include_str!("countries.txt"),
            include_str!("sites.txt"),
            include_str!("traits.txt"),
        ] {
            let words = list.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '[']));
            assert_eq!(lines(list).count(), words.count());
            for (heading, word, languages) in lines(list) {
                assert!(!word.is_empty() && !word.starts_with(' '), "{word}");
                let is_language =
                    |tag: &str| (2..=3).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_lowercase());
                assert!(languages.split(',').all(is_language), "[{heading}] {word} {languages}");
            }
        }
    }
}
