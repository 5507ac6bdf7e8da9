//! What a document says of an entity that it does not describe.

use super::Figure;
use crate::model::citation::Citation;
use crate::model::id::EntityId;

/// That documents name an entity, and what numbers they give about it.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The entity.
    pub entity: EntityId,
    /// Where it is named.
    pub citations: Vec<Citation>,
    /// The numbers.
    pub figures: Vec<Figure>,
}
