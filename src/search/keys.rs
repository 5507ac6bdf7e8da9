//! Texts that lead to a name at once: the whole name, its letters without spaces, its initials, an id, an outside
//! identifier. What is misspelled is not found here.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;

/// What a key is of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum KeyKind {
    /// The whole name, folded.
    Whole,
    /// The whole name, romanized, without spaces.
    Pressed,
    /// Its initials.
    Initials,
    /// An outside identifier, with its scheme.
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
