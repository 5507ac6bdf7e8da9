//! What a search found.

use async_graphql::SimpleObject;

use super::connection::connection;
use super::entity::Entity;

/// An entity that a search found.
#[derive(SimpleObject)]
pub(crate) struct SearchEdge {
    /// Points to this place in the list.
    pub(super) cursor: String,
    /// The entity.
    pub(super) node: Entity,
    /// How well it fits, 0 to 1; 1 is its name or an alias to the letter, an acronym or an id is a little less.
    pub(super) score: f64,
    /// The name, identifier or id that fits best, as written.
    pub(super) matched: String,
}

connection! {
    /// What a search found, best first, page by page.
    SearchConnection, SearchEdge, Entity
}
