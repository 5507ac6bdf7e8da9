//! Our own keys: stable, readable, and told apart by their form.
//!
//! Entities and documents share one space of slugs (`west-china-hospital`); a relationship's id is made of its ends and
//! kind and holds colons (`university-of-oxford:founded:…`), so the three never collide.

use std::sync::Arc;

use serde::{Deserialize, Deserializer};

use super::shared::{self, Text};
use super::violation::Violation;

/// The longest slug, in bytes.
pub const SLUG_LIMIT: usize = 120;

fn check_slug(text: &str) -> Result<(), Violation> {
    let words_ok = text
        .split('-')
        .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    if words_ok && text.len() <= SLUG_LIMIT {
        return Ok(());
    }
    let shown: String = text.chars().take(60).collect();
    Err(Violation::new(
        format!("\"{shown}\" is no id"),
        format!("use small letters a-z, digits and single hyphens between them, at most {SLUG_LIMIT} characters"),
    ))
}

/// What every id is as text: shown and written as it stands.
macro_rules! as_text {
    ($name:ident) => {
        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    };
}
pub(super) use as_text;

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks and keeps an id.
            ///
            /// # Errors
            /// A violation when it is no slug: small letters, digits and single hyphens, at most [`SLUG_LIMIT`] bytes.
            pub fn new(text: &str) -> Result<Self, Violation> {
                shared::checked(text, check_slug).map(Self)
            }
        }

        as_text!($name);

        impl TryFrom<String> for $name {
            type Error = Violation;
            fn try_from(text: String) -> Result<Self, Violation> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_ref().to_owned()
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Text(Self::new))
            }
        }

        // `str`, `String` and the id hash and compare alike, so that a map can be asked with a borrowed text.
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

slug_id! {
    /// The key of an entity: `west-china-hospital`.
    EntityId
}
slug_id! {
    /// The key of a document: `hkust-pumch-agreement`. No entity has the same one.
    DocumentId
}

/// The key of a relationship: `SOURCE:KIND:TARGET`, and a fourth part where its role or key tells it apart.
///
/// It is made by [`Relationship`](super::relationship::Relationship) and follows from its fields, so the same statement
/// read twice has the same id.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct RelationshipId(Arc<str>);

as_text!(RelationshipId);

impl RelationshipId {
    pub(super) fn from_parts(source: &EntityId, kind: &str, target: &EntityId, key: Option<&str>) -> Self {
        let (source, target) = (source.as_str(), target.as_str());
        let length = source.len() + kind.len() + target.len() + key.map_or(0, |key| key.len() + 1) + 2;
        let mut id = String::with_capacity(length);
        id.push_str(source);
        id.push(':');
        id.extend(kind.chars().map(|letter| if letter == '_' { '-' } else { letter.to_ascii_lowercase() }));
        id.push(':');
        id.push_str(target);
        if let Some(key) = key {
            id.push(':');
            id.push_str(key);
        }
        Self(id.into())
    }

    /// Whether a text has the form of a relationship's id.
    pub fn has_form(text: &str) -> bool {
        let parts = text.split(':').count();
        (parts == 3 || parts == 4) && text.split(':').all(|part| check_slug(part).is_ok())
    }
}

impl TryFrom<String> for RelationshipId {
    type Error = Violation;
    fn try_from(text: String) -> Result<Self, Violation> {
        if Self::has_form(&text) {
            Ok(Self(text.into()))
        } else {
            let shown: String = text.chars().take(60).collect();
            Err(Violation::new(
                format!("\"{shown}\" is no relationship's id"),
                "use the form source:kind:target or source:kind:target:key",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_slug() {
        for good in ["a", "west-china-hospital", "2023-meeting"] {
            assert!(EntityId::new(good).is_ok(), "{good}");
        }
        for bad in ["", "A", "a--b", "-a", "a-", "a b", "a:b", "é", &"a".repeat(SLUG_LIMIT + 1)] {
            assert!(EntityId::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_forms_of_entity_and_relationship_ids_never_meet() {
        assert!(RelationshipId::has_form("a:founded:b"));
        assert!(RelationshipId::has_form("a:holds-post-at:b:president"));
        assert!(!RelationshipId::has_form("a-founded-b"));
        assert!(EntityId::new("a:founded:b").is_err());
    }
}
