//! Equal texts that share one allocation while many values are read.
//!
//! A graph of half a million relationships names its entities a million times; read within [`sharing`], each id is kept
//! once. What is read is the same with and without it.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;

thread_local! {
    static KNOWN: RefCell<Option<HashSet<Arc<str>>>> = const { RefCell::new(None) };
}

/// Runs a function; the ids that it reads on this thread share their text where they are equal.
pub fn sharing<R>(read: impl FnOnce() -> R) -> R {
    /// Forgets the texts, also where `read` panics.
    struct Outer(Option<HashSet<Arc<str>>>);
    impl Drop for Outer {
        fn drop(&mut self) {
            KNOWN.set(self.0.take());
        }
    }
    let _outer = Outer(KNOWN.replace(Some(HashSet::new())));
    read()
}

/// The text that passes a check, as it was kept before or anew. What was kept has passed the same check.
pub(super) fn checked<E>(text: &str, check: impl FnOnce(&str) -> Result<(), E>) -> Result<Arc<str>, E> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(kept) = known.as_ref().and_then(|known| known.get(text)) {
            return Ok(kept.clone());
        }
        check(text)?;
        let kept: Arc<str> = text.into();
        if let Some(known) = known {
            known.insert(kept.clone());
        }
        Ok(kept)
    })
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
}
