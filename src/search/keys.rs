//! Texts that lead to a name at once: the whole name, its letters without spaces, its initials, an id, an outside
//! identifier. What is misspelled is not found here.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;

use crate::model::identifier::IdentifierScheme;

/// What a key is of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum KeyKind {
    /// The whole name, folded.
    Whole,
    /// The whole name, romanized, without spaces.
    Pressed,
    /// Its initials.
    Initials,
    /// An outside identifier, without its scheme.
    Identifier,
}

/// A sorted table from keys to names.
///
/// Keys are kept as 64-bit hashes: a million of them share one by chance in fewer than one index of ten million.
#[derive(Debug, Default)]
pub(super) struct Keys {
    entries: Vec<(u64, u32)>,
}

impl Keys {
    /// Notes that a key leads to a name. To be called before [`Keys::seal`].
    pub(super) fn add(&mut self, kind: KeyKind, text: &str, name: u32) {
        self.entries.push((hash(kind, text), name));
    }

    /// Sorts the table. *O(n log n)*.
    pub(super) fn seal(&mut self) {
        self.entries.sort_unstable();
        self.entries.dedup();
    }

    /// The names that a key leads to, ascending. *O(log n)*.
    pub(super) fn names(&self, kind: KeyKind, text: &str) -> impl Iterator<Item = u32> + '_ {
        let hash = hash(kind, text);
        let start = self.entries.partition_point(|entry| entry.0 < hash);
        self.entries[start..].iter().take_while(move |entry| entry.0 == hash).map(|entry| entry.1)
    }
}

fn hash(kind: KeyKind, text: &str) -> u64 {
    FixedState::default().hash_one((kind, text))
}

/// An outside identifier in the form in which its key is kept, and its scheme where the text names it.
///
/// Reads `ROR:011ashp19`, `https://ror.org/011ashp19`, `ror.org/011ashp19/` and `011ashp19`; an ISNI with or without spaces.
pub(super) fn identifier_key(text: &str) -> (Option<IdentifierScheme>, String) {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).take(320).map(|c| c.to_ascii_lowercase()).collect();
    let text = bare(&text).trim_end_matches('/');
    // The address of a Crossref funder starts with that of a DOI, so the longest address that fits is meant.
    let found = IdentifierScheme::ALL
        .into_iter()
        .filter_map(|scheme| {
            let spec = scheme.spec();
            let address = bare(spec.address);
            let after = |start: &str| text.strip_prefix(start).map(|rest| (scheme, start.len(), rest));
            let named = after(&format!("{}:", spec.name.to_ascii_lowercase()));
            named.or_else(|| if address.is_empty() { None } else { after(address) })
        })
        .max_by_key(|(_, length, _)| *length);
    match found {
        Some((scheme, _, rest)) => (Some(scheme), rest.to_owned()),
        None => (None, text.to_owned()),
    }
}

fn bare(address: &str) -> &str {
    let address = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
    address.strip_prefix("www.").unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_read_in_any_form() {
        let ror = (Some(IdentifierScheme::Ror), "011ashp19".to_owned());
        for text in ["ROR:011ashp19", "https://ror.org/011ashp19", "ror.org/011ashp19/", " HTTP://ROR.ORG/011ASHP19"] {
            assert_eq!(identifier_key(text), ror, "{text}");
        }
        assert_eq!(identifier_key("011ashp19"), (None, "011ashp19".into()));
        assert_eq!(identifier_key("0000 0004 1936 8948"), (None, "0000000419368948".into()));
        assert_eq!(identifier_key("https://www.wikidata.org/wiki/Q34433").1, "q34433");
        assert_eq!(
            identifier_key("https://doi.org/10.13039/501100004912"),
            (Some(IdentifierScheme::CrossrefFunder), "501100004912".into())
        );
        assert_eq!(identifier_key("doi:10.3030/101057619").0, Some(IdentifierScheme::Doi));
    }
}
