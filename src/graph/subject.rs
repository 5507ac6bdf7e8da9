//! What an entry of a timeline or an issue is about.

use super::index::{EntityIndex, RelationshipIndex};

/// An entity or a relationship; entities come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An entity.
    Entity(EntityIndex),
    /// A relationship.
    Relationship(RelationshipIndex),
}
