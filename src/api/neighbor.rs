//! The entities one relationship away, with the relationships that make them neighbors.

use async_graphql::{Context, Object, Result};

use super::connection::{PageArguments, Window, connection};
use super::entity::{Entity, Handle};
use super::relationship::Relationship;
use super::scope::{Scope, page_limit};
use crate::graph::{self, EntityFilter, RelationshipFilter, RelationshipIndex};

/// A neighbor in a list.
pub(crate) struct NeighborEdge {
    cursor: String,
    pub(super) node: Entity,
    scope: Scope,
    relationships: Vec<RelationshipIndex>,
}

/// A neighbor in a list, with the relationships that make it one.
#[Object]
impl NeighborEdge {
    /// Points to this place in the list.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The neighbor.
    async fn node(&self) -> Entity {
        self.node.clone()
    }

    /// The relationships between the two, sorted by kind, then by id; at least one.
    async fn relationships(&self) -> Vec<Relationship> {
        self.relationships.iter().map(|&index| Relationship::new(&self.scope, index)).collect()
    }
}

connection! {
    /// Neighbors of an entity, page by page.
    NeighborConnection, NeighborEdge, Entity
}

/// The neighbors of an entity in its view, sorted by name, in pages.
pub(super) fn neighbors(
    ctx: &Context<'_>,
    handle: &Handle,
    filter: &EntityFilter,
    via: &RelationshipFilter,
    arguments: &PageArguments,
) -> Result<NeighborConnection> {
    let scope = &handle.scope;
    let graph = scope.graph();
    let mut found =
        scope.ask(|graph, view, budget| graph::neighbors(graph, view, handle.index, filter, via, budget))?;
    let window =
        Window::cut(arguments, page_limit(ctx)?, found.len(), |at| graph.entity(found[at].entity).id.to_string())?;
    Ok(NeighborConnection(window.into_page(|at, cursor| NeighborEdge {
        cursor,
        node: Entity::new(scope, found[at].entity),
        scope: scope.clone(),
        relationships: std::mem::take(&mut found[at].relationships),
    })))
}
