//! What the words of a name tell about the sort of body that bears it.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use super::concepts::lines;

/// Sorts of bodies, a bit each.
pub(super) type Kinds = u32;

/// What the words of a name tell about the body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits {
    /// The sorts of bodies that it names. Beside a hospital what it belongs to or is for says nothing.
    pub(super) kinds: Kinds,
    /// Which of several bodies of one name it is, a bit each.
    pub(super) ordinals: u8,
}

/// A hospital.
pub(super) static HOSPITAL: LazyLock<Kinds> = LazyLock::new(|| kind("hospital"));
/// A university.
pub(super) static UNIVERSITY: LazyLock<Kinds> = LazyLock::new(|| kind("university"));
/// What a research body is, beside the hospital that it belongs to.
static RESEARCHING: LazyLock<Kinds> = LazyLock::new(|| kind("institute") | kind("foundation"));
/// What a hospital may be named after.
static AROUND_HOSPITALS: LazyLock<Kinds> = LazyLock::new(|| {
    ["university", "institute", "school", "college", "foundation", "city", "region", "province", "center", "faculty"]
        .into_iter()
        .fold(0, |bits, word| bits | kind(word))
});

static WORDS: LazyLock<HashMap<&'static str, Traits, RandomState>> = LazyLock::new(|| {
    let mut words = HashMap::<&str, Traits, RandomState>::default();
    let (mut kinds, mut ordinals) = (0, Vec::new());
    for (sort, word, _) in lines(include_str!("concepts/traits.txt")) {
        let traits = words.entry(word).or_default();
        match sort {
            "soft" | "added" => {}
            "kind" => {
                traits.kinds = 1 << kinds;
                kinds += 1;
            }
            ordinal => {
                let nth = ordinals.iter().position(|known| *known == ordinal).unwrap_or_else(|| {
                    ordinals.push(ordinal);
                    ordinals.len() - 1
                });
                traits.ordinals = 1 << nth;
            }
        }
    }
    words
});

fn kind(word: &str) -> Kinds {
    WORDS.get(word).map_or(0, |traits| traits.kinds)
}

/// The words of one heading: `soft` are as often left out of a name as they stand in it, `added` are as often added to one.
pub(super) fn listed(heading: &str) -> impl Iterator<Item = &'static str> {
    lines(include_str!("concepts/traits.txt")).filter(move |(sort, ..)| *sort == heading).map(|(_, word, _)| word)
}

impl Traits {
    /// What words tell together. *O(words)*.
    pub(super) fn of(words: &[String]) -> Self {
        let mut traits = Self::default();
        for told in words.iter().filter_map(|word| WORDS.get(word.as_str())) {
            traits.kinds |= told.kinds;
            traits.ordinals |= told.ordinals;
        }
        let has = |wanted: &str| words.iter().any(|word| word == wanted);
        if has("medical") && has("center") {
            traits.kinds |= *HOSPITAL;
        }
        if traits.kinds & *HOSPITAL != 0 {
            let researches = has("research") && traits.kinds & *RESEARCHING != 0;
            traits.kinds &= if researches { !*HOSPITAL } else { !*AROUND_HOSPITALS };
        }
        traits
    }
}
