//! The places of entities, relationships and documents in one graph: small, copied freely, ordered as their ids are.

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(super) u32);

        impl $name {
            /// The position among all of its sort, sorted by id.
            pub fn position(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index! {
    /// The place of an entity in one [`Graph`](super::Graph). The order of indices is the order of ids.
    EntityIndex
}
index! {
    /// The place of a relationship in one [`Graph`](super::Graph). The order of indices is the order of ids.
    RelationshipIndex
}
index! {
    /// The place of a document in one [`Graph`](super::Graph). The order of indices is the order of ids.
    DocumentIndex
}
