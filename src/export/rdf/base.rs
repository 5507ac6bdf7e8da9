//! What the names of our own things begin with.

use oxrdf::NamedNode;

use crate::model::violation::Violation;

/// What the IRIs of our own things begin with; it ends in `/`, `#` or `:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// Checks and keeps a base.
    ///
    /// # Errors
    /// A violation when it is no absolute IRI, or ends in anything but `/`, `#` or `:`.
    pub fn new(text: &str) -> Result<Self, Violation> {
        // A name as ours are, so that what follows can always be joined to it.
        let is_fit = text.len() <= 300
            && text.ends_with(['/', '#', ':'])
            && text.contains(':')
            && NamedNode::new(format!("{text}entity/a:b:c")).is_ok()
            && NamedNode::new(format!("{text}entity/a_1")).is_ok();
        if is_fit {
            return Ok(Self(text.to_owned()));
        }
        let shown: String = text.chars().take(80).collect();
        Err(Violation::new(
            format!("\"{shown}\" is no base of names"),
            "use an absolute IRI that ends in / # or : such as https://example.org/graph/ or urn:consortia:",
        )
        .of("base"))
    }

    /// The name of a thing of ours. The key is an id, or one with letters, digits, `-`, `_` and `:` behind it.
    pub(super) fn name(&self, sort: &str, key: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{sort}/{key}", self.0))
    }

    /// A term of our own vocabulary.
    pub(super) fn term(&self, word: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}terms/{word}", self.0))
    }
}

impl Default for Base {
    fn default() -> Self {
        Self("https://consortia.example/".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_absolute_and_can_be_gone_on_from() {
        for fit in ["https://example.org/", "http://a.example/x#", "urn:consortia:", "https://例え.jp/"] {
            assert!(Base::new(fit).is_ok(), "{fit}");
        }
        for unfit in ["", "/", "example.org/", "https://example.org", "https://a b/", "<x>:", "https://x/\u{0}/", "1:"]
        {
            assert!(Base::new(unfit).is_err(), "{unfit}");
        }
        assert!(Base::new(Base::default().0.as_str()).is_ok());
    }
}
