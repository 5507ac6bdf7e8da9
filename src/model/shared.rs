//! Equal texts that share one allocation while many values are read.
//!
//! A graph of half a million relationships names its entities a million times, and a few thousand dates; read within
//! [`sharing`], each id and each date is kept, and checked, once. What is read is the same with and without it.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use foldhash::fast::RandomState;
use serde::de::{self, Visitor};

use super::edtf::EdtfDate;
use super::violation::Violation;

/// What was read so far.
#[derive(Default)]
struct Known {
    texts: HashSet<Arc<str>, RandomState>,
    dates: HashMap<Arc<str>, EdtfDate, RandomState>,
}

thread_local! {
    static KNOWN: RefCell<Option<Known>> = const { RefCell::new(None) };
}

/// Runs a function; the ids and dates that it reads on this thread share their text where they are equal.
pub fn sharing<R>(read: impl FnOnce() -> R) -> R {
    /// Forgets the texts, also where `read` panics.
    struct Outer(Option<Known>);
    impl Drop for Outer {
        fn drop(&mut self) {
            KNOWN.set(self.0.take());
        }
    }
    let _outer = Outer(KNOWN.replace(Some(Known::default())));
    read()
}

/// The text that passes a check, as it was kept before or anew. What was kept has passed the same check.
pub(super) fn checked<E>(text: &str, check: impl FnOnce(&str) -> Result<(), E>) -> Result<Arc<str>, E> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(kept) = known.as_ref().and_then(|known| known.texts.get(text)) {
            return Ok(kept.clone());
        }
        check(text)?;
        let kept: Arc<str> = text.into();
        if let Some(known) = known {
            known.texts.insert(kept.clone());
        }
        Ok(kept)
    })
}

/// The date that a text means, as it was read before or anew.
pub(super) fn date<E>(text: &str, read: impl FnOnce(&str) -> Result<EdtfDate, E>) -> Result<EdtfDate, E> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(kept) = known.as_ref().and_then(|known| known.dates.get(text)) {
            return Ok(kept.clone());
        }
        let date = read(text)?;
        if let Some(known) = known {
            known.dates.insert(text.into(), date.clone());
        }
        Ok(date)
    })
}

/// Reads a text without keeping it.
pub(super) struct Text<F>(pub(super) F);

impl<T, F: FnOnce(&str) -> Result<T, Violation>> Visitor<'_> for Text<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::EntityId;

    #[test]
    fn equal_ids_share_their_text_only_while_sharing() {
        let read = || ["a-b", "a-b"].map(|text| EntityId::new(text).unwrap());
        let [one, other] = sharing(read);
        assert!(std::ptr::eq(one.as_str(), other.as_str()));
        let [one, other] = read();
        assert!(!std::ptr::eq(one.as_str(), other.as_str()));
        assert_eq!(one, other);
        assert!(sharing(|| EntityId::new("A")).is_err());
    }

    #[test]
    fn equal_dates_share_their_text_only_while_sharing() {
        let read = || ["2024-03", "2024-03"].map(|text| serde_json::from_value::<EdtfDate>(text.into()).unwrap());
        let [one, other] = sharing(read);
        assert!(std::ptr::eq(one.as_str(), other.as_str()));
        let [first, second] = read();
        assert!(!std::ptr::eq(first.as_str(), second.as_str()));
        assert_eq!((&one, &other), (&first, &second));
        assert!(sharing(|| serde_json::from_value::<EdtfDate>("March".into())).is_err());
    }
}
