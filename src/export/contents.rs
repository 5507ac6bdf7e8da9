//! What is exported, as plain data: somebody above chose it and knows the graph it is from.

use std::borrow::Cow;

use crate::model::change::Revision;
use crate::model::citation::{Citation, Document};
use crate::model::entity::{EntityKind, EntityRecord};
use crate::model::id::{EntityId, RelationshipId};
use crate::model::relationship::Relationship;

/// Where a node is drawn: rightwards and upwards, each -1 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Rightwards.
    pub x: f64,
    /// Upwards.
    pub y: f64,
}

/// An entity that is exported.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// Its fields, with the citations that are shown.
    pub entity: Cow<'a, EntityRecord>,
    /// The ids of the entities that were merged into it, sorted.
    pub merged: Vec<&'a EntityId>,
    /// Where it is drawn, where a layout was asked for.
    pub place: Option<Place>,
}

/// A relationship that is exported, with what its ends are.
#[derive(Clone, Debug)]
pub struct Link<'a> {
    /// It, with the citations that are shown.
    pub relationship: Cow<'a, Relationship>,
    /// What its source is.
    pub source: EntityKind,
    /// What its target is.
    pub target: EntityKind,
}

/// Two entities of a projection that share others.
#[derive(Clone, Debug)]
pub struct Tie<'a> {
    /// The one whose id comes first.
    pub source: &'a EntityId,
    /// The other.
    pub target: &'a EntityId,
    /// How many they share.
    pub weight: u32,
    /// How likely so strong a tie is by chance, 0 to 1.
    pub significance: f64,
    /// What they share, by id.
    pub through: Vec<&'a EntityId>,
    /// The relationships that say so.
    pub relationships: Vec<&'a RelationshipId>,
    /// Where these were read, as far as it is shown, sorted, each once.
    pub citations: Vec<Citation>,
}

/// What is exported. Each list may be walked more than once and is sorted by id. The ends of all links are nodes, and
/// every document that is cited is listed; whom a source stood for need not be a node.
pub trait Contents {
    /// The revision that it is from.
    fn revision(&self) -> Revision;

    /// The documents that are cited.
    fn documents(&self) -> Box<dyn Iterator<Item = &Document> + '_>;

    /// The entities.
    fn nodes(&self) -> Box<dyn Iterator<Item = Node<'_>> + '_>;

    /// The relationships.
    fn links(&self) -> Box<dyn Iterator<Item = Link<'_>> + '_>;

    /// Of a projection, the pairs that share something, which have no direction; `None` of anything else. A projection
    /// has no links.
    fn ties(&self) -> Option<Box<dyn Iterator<Item = Tie<'_>> + '_>> {
        None
    }

    /// Whether nodes have places.
    fn has_places(&self) -> bool {
        self.nodes().next().is_some_and(|node| node.place.is_some())
    }
}
