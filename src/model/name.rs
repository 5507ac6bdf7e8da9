//! What a thing is called besides its preferred name.

use std::fmt;

use oxilangtag::LanguageTag as Tag;
use serde::{Deserialize, Serialize};

use super::text;
use super::violation::Violation;

/// A language by its BCP 47 tag: `en`, `zh-Hant`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(Box<str>);

impl Language {
    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether ISO 639 has a language of this code: of `en-GB` it is asked for `en`. `und` and its like, which stand for
    /// no one language, are registered too.
    pub fn is_registered(&self) -> bool {
        let code = self.0.split('-').next().unwrap_or_default();
        matches!(code, "mis" | "mul" | "und" | "x" | "zxx")
            || isolang::Language::from_639_1(code).is_some()
            || isolang::Language::from_639_3(code).is_some()
    }
}

impl TryFrom<String> for Language {
    type Error = Violation;
    fn try_from(text: String) -> Result<Self, Violation> {
        Tag::parse_and_normalize(&text).map(|tag| Self(tag.as_str().into())).map_err(|_| {
            let shown: String = text.chars().take(40).collect();
            Violation::new(format!("\"{shown}\" is no language"), "use a BCP 47 tag: en, fr, zh, zh-Hant")
                .of("language")
        })
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0.into()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of name it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NameKind {
    /// The one shown first.
    Preferred,
    /// Another name in use, translations included.
    #[default]
    Alias,
    /// The first letters, or a short form made of them.
    Acronym,
    /// A name it had once.
    Former,
    /// A typing error that was seen; found by search, never shown as a name.
    Misspelling,
}

impl NameKind {
    fn is_alias(&self) -> bool {
        *self == Self::Alias
    }
}

/// One of the names of an entity, other than the preferred one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// The name as written.
    pub text: String,
    /// What sort of name it is.
    #[serde(default, skip_serializing_if = "NameKind::is_alias")]
    pub kind: NameKind,
    /// The language it is in; `None` where it belongs to none or nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

impl Name {
    pub(super) fn check(&mut self) -> Result<(), Violation> {
        text::settle_line(&mut self.text).map_err(|violation| violation.of("names"))?;
        if self.kind == NameKind::Preferred {
            return Err(Violation::new(
                format!("\"{}\" is given as another preferred name", self.text),
                "an entity has one, in the field name; leave the kind out, or use ACRONYM, FORMER or MISSPELLING",
            )
            .of("names"));
        }
        Ok(())
    }
}
