//! The words in capitals that stand for a choice in the files.

use crate::model::citation::Strength;
use crate::model::decision::Verdict;
use crate::model::entity::EventFormat;
use crate::model::name::NameKind;
use crate::model::nearest::nearest;
use crate::model::violation::Violation;

/// A choice among a few words.
pub(super) trait Word: Copy + 'static {
    /// All choices that a file may name.
    const ALL: &'static [Self];

    /// The word for it.
    fn word(self) -> &'static str;

    /// The choice that a word stands for.
    fn parse(text: &str) -> Result<Self, Violation> {
        Self::ALL.iter().copied().find(|choice| choice.word() == text).ok_or_else(|| {
            let words = || Self::ALL.iter().map(|choice| choice.word());
            let shown: String = text.chars().take(40).collect();
            let remedy = match nearest(text, words()) {
                Some(word) => format!("did you mean {word}?"),
                None => format!("use one of {}", words().collect::<Vec<_>>().join(", ")),
            };
            Violation::new(format!("\"{shown}\" is none of the allowed words"), remedy)
        })
    }
}

impl Word for Strength {
    const ALL: &'static [Self] = &[Self::Inferred, Self::Stated];

    fn word(self) -> &'static str {
        match self {
            Self::Inferred => "INFERRED",
            Self::Stated => "STATED",
        }
    }
}

impl Word for EventFormat {
    const ALL: &'static [Self] = &[Self::InPerson, Self::Online, Self::Hybrid];

    fn word(self) -> &'static str {
        match self {
            Self::InPerson => "IN_PERSON",
            Self::Online => "ONLINE",
            Self::Hybrid => "HYBRID",
        }
    }
}

impl Word for Verdict {
    const ALL: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Word for NameKind {
    const ALL: &'static [Self] = &[Self::Alias, Self::Acronym, Self::Former, Self::Misspelling];

    fn word(self) -> &'static str {
        match self {
            Self::Preferred => "PREFERRED",
            Self::Alias => "ALIAS",
            Self::Acronym => "ACRONYM",
            Self::Former => "FORMER",
            Self::Misspelling => "MISSPELLING",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_stored_form() {
        fn agree<T: Word + serde::Serialize>() {
            for choice in T::ALL {
                assert_eq!(serde_json::to_value(choice).unwrap(), choice.word());
            }
        }
        agree::<Strength>();
        agree::<EventFormat>();
        agree::<NameKind>();
        agree::<Verdict>();
        assert_eq!(<Strength as Word>::parse("INFERED").unwrap_err().remedy, "did you mean INFERRED?");
    }
}
