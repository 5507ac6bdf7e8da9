//! Sets of kinds as bits, so that a walk asks them with one instruction.

use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

use super::quality::IssueKind;

macro_rules! kind_set {
    ($(#[$doc:meta])* $name:ident of $kind:ident in $bits:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name($bits);

        impl $name {
            /// No kind.
            pub const NONE: Self = Self(0);
            /// Every kind.
            pub const ALL: Self = Self((1 << $kind::ALL.len()) - 1);

            /// Whether the kind is in the set.
            pub fn contains(self, kind: $kind) -> bool {
                self.0 & (1 << kind as u8) != 0
            }

            /// The set with one more kind.
            #[must_use]
            pub fn with(self, kind: $kind) -> Self {
                Self(self.0 | (1 << kind as u8))
            }

            /// The set without a kind.
            #[must_use]
            pub fn without(self, kind: $kind) -> Self {
                Self(self.0 & !(1 << kind as u8))
            }

            /// The kinds that are in both.
            #[must_use]
            pub fn and(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }

            /// The kinds that are in one of the two.
            #[must_use]
            pub fn or(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// The kinds, in the order of their declaration.
            pub fn iter(self) -> impl Iterator<Item = $kind> {
                $kind::ALL.into_iter().filter(move |&kind| self.contains(kind))
            }
        }

        impl FromIterator<$kind> for $name {
            fn from_iter<I: IntoIterator<Item = $kind>>(kinds: I) -> Self {
                kinds.into_iter().fold(Self::NONE, Self::with)
            }
        }
    };
}

kind_set! {
    /// A set of kinds of entities; collect one from an iterator.
    EntityKinds of EntityKind in u16
}
kind_set! {
    /// A set of kinds of relationships; collect one from an iterator.
    RelationshipKinds of RelationshipKind in u32
}

kind_set! {
    /// A set of kinds of issues; collect one from an iterator.
    IssueKinds of IssueKind in u16
}

impl EntityKinds {
    /// How many of its kinds are declared before the `past`-th.
    pub(super) fn count_before(self, past: usize) -> usize {
        (u32::from(self.0) & ((1 << past) - 1)).count_ones() as usize
    }

    /// The kinds in some runs, as [`EntityKinds::runs`] gives them.
    pub(super) fn of_runs(runs: &[(usize, usize)]) -> Self {
        let in_a_run = |position: usize| runs.iter().any(|&(first, past)| first <= position && position < past);
        EntityKind::ALL.into_iter().filter(|&kind| in_a_run(kind as usize)).collect()
    }

    /// The runs of kinds that are declared one after the other, each as its first position and the one past its last.
    pub(super) fn runs(self) -> impl Iterator<Item = (usize, usize)> {
        let mut left = u32::from(self.0);
        let mut position = 0;
        std::iter::from_fn(move || {
            let first = position + (left != 0).then(|| left.trailing_zeros())?;
            left >>= first - position;
            let past = first + left.trailing_ones();
            left >>= past - first;
            position = past;
            Some((first as usize, past as usize))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_gives_it_back_in_order() {
        let set: EntityKinds = [EntityKind::Topic, EntityKind::Hospital].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [EntityKind::Hospital, EntityKind::Topic]);
        assert_eq!(set.without(EntityKind::Topic).iter().collect::<Vec<_>>(), [EntityKind::Hospital]);
        assert_eq!(set.runs().collect::<Vec<_>>(), [(2, 3), (14, 15)]);
        assert_eq!(EntityKinds::ALL.runs().collect::<Vec<_>>(), [(0, 15)]);
        assert_eq!(EntityKinds::ALL.without(EntityKind::Person).runs().collect::<Vec<_>>(), [(0, 10), (11, 15)]);
        assert_eq!(EntityKinds::NONE.runs().count(), 0);
        assert_eq!(EntityKinds::of_runs(&[(2, 3), (14, 15)]), set);
        assert_eq!([0, 2, 3, 14, 15].map(|past| set.count_before(past)), [0, 0, 1, 1, 2]);
        assert_eq!(EntityKinds::ALL.iter().count(), 15);
        assert_eq!(RelationshipKinds::ALL.iter().collect::<Vec<_>>(), RelationshipKind::ALL);
        assert_eq!(set.and(EntityKinds::NONE.with(EntityKind::Topic)).or(EntityKinds::NONE).iter().count(), 1);
    }
}
