//! Names by their words, for filters; ranking and misspelling are search's.

use crate::model::text;

/// Words that a name must hold, folded.
///
/// Each word begins a word of the name; all are found in *one* of the entity's names, misspellings included. A word of
/// a script that is written without spaces is found anywhere. A text without words (`""`, `"!"`) asks for nothing.
#[derive(Clone, Debug)]
pub struct TextQuery {
    words: Vec<Word>,
}

#[derive(Clone, Debug)]
struct Word {
    text: String,
    anywhere: bool,
}

impl TextQuery {
    /// Folds the words of a text; one that is named twice is looked for once.
    pub fn new(text: &str) -> Self {
        let mut words = text::folded_words(text);
        words.sort_unstable();
        words.dedup();
        let word = |text: String| Word { anywhere: text.chars().any(is_written_without_spaces), text };
        Self { words: words.into_iter().map(word).collect() }
    }

    /// Whether a folded name holds all words. *O(n)* for a name of *n* bytes, per word.
    pub(super) fn is_in(&self, name: &str) -> bool {
        self.words.iter().all(|word| {
            if word.anywhere {
                name.contains(&word.text)
            } else {
                name.split(' ').any(|other| other.starts_with(&word.text))
            }
        })
    }
}

/// Letters of Han, Kana, Bopomofo, Thai, Lao, Myanmar, Khmer and Tibetan, by their blocks in Unicode.
fn is_written_without_spaces(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0E00..=0x0EFF          // Thai, Lao
        | 0x0F00..=0x0FFF        // Tibetan
        | 0x1000..=0x109F        // Myanmar
        | 0x1780..=0x17FF        // Khmer
        | 0x3005..=0x3007
        | 0x3040..=0x312F        // Hiragana, Katakana, Bopomofo
        | 0x31A0..=0x31FF
        | 0x3400..=0x4DBF        // Han
        | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(name: &str, text: &str) -> bool {
        TextQuery::new(text).is_in(&text::folded(name))
    }

    #[test]
    fn words_begin_words_in_any_order_without_case_and_diacritics() {
        assert!(holds("Hôpitaux universitaires de Genève", "GENEVE hop"));
        assert!(!holds("Hôpitaux universitaires de Genève", "pitaux"));
        assert!(!holds("University of Oxford", "oxford college"));
        assert!(holds("King’s College London", "kings"));
    }

    #[test]
    fn letters_of_scripts_without_spaces_are_found_inside() {
        assert!(holds("四川大学华西医院", "华西"));
        assert!(!holds("四川大学华西医院", "华东"));
    }

    #[test]
    fn a_text_without_words_asks_for_nothing() {
        assert!(holds("University of Oxford", " ! "));
    }
}
