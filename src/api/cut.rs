//! Who and what holds a view together.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::connection::{PageArguments, Window, connection, count};
use super::entity::Entity;
use super::relationship::Relationship;
use super::scope::{Scope, int, page_limit};
use crate::graph::{self, bridges, cut_vertices};

/// An entity that holds a part of the view together, in a list.
pub(crate) struct CutVertexEdge {
    cursor: String,
    node: Entity,
    cut: graph::CutVertex,
}

/// An entity without which its part of the view falls apart.
#[Object]
impl CutVertexEdge {
    /// Points to this place in the list.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The entity.
    async fn node(&self) -> Entity {
        self.node.clone()
    }

    /// How many entities would be cut off from the largest of the parts that are left.
    async fn separated(&self) -> i32 {
        int(self.cut.separated() as usize)
    }

    /// Into how many parts its part of the view would fall; at least two.
    async fn part_count(&self) -> i32 {
        int(self.cut.parts.len())
    }

    /// How many entities each of these parts would have, the largest first.
    async fn parts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many, the largest.", default_with = "Some(10)")] first: Option<i32>,
    ) -> Result<Vec<i32>> {
        let wanted = count("first", first, 10, page_limit(ctx)?)?;
        Ok(self.cut.parts.iter().take(wanted).map(|&size| int(size as usize)).collect())
    }
}

connection! {
    /// Entities that hold the view together, page by page.
    CutVertexConnection, CutVertexEdge, Entity
}

/// The entities that hold the view together, those that hold most first.
pub(super) fn cut_vertices_of(
    ctx: &Context<'_>,
    scope: &Scope,
    arguments: &PageArguments,
) -> Result<CutVertexConnection> {
    let found = scope.measured("cut vertices".to_owned(), cut_vertices, |found| bytes_of_vertices(found))?;
    holding(ctx, scope, &found, arguments)
}

/// How much memory they take.
pub(super) fn bytes_of_vertices(found: &[graph::CutVertex]) -> usize {
    found.iter().map(|vertex| size_of_val(vertex) + size_of_val(&*vertex.parts)).sum()
}

/// Entities that were found to hold something together.
pub(super) fn holding(
    ctx: &Context<'_>,
    scope: &Scope,
    found: &[graph::CutVertex],
    arguments: &PageArguments,
) -> Result<CutVertexConnection> {
    let key = |at: usize| scope.graph().entity(found[at].entity).id.to_string();
    let window = Window::cut(arguments, page_limit(ctx)?, found.len(), key)?;
    Ok(CutVertexConnection(window.into_page(|at, cursor| CutVertexEdge {
        cursor,
        node: Entity::new(scope, found[at].entity),
        cut: found[at].clone(),
    })))
}

/// A tie that holds a part of the view together.
#[derive(Clone)]
pub(crate) struct Bridge {
    scope: Scope,
    bridge: graph::Bridge,
}

/// Two entities whose tie is the only way between two sides of their part of the view.
#[Object]
impl Bridge {
    /// The end on the larger side.
    async fn near(&self) -> Entity {
        Entity::new(&self.scope, self.bridge.near)
    }

    /// The end on the lesser side.
    async fn far(&self) -> Entity {
        Entity::new(&self.scope, self.bridge.far)
    }

    /// How many entities the larger side has.
    async fn near_size(&self) -> i32 {
        int(self.bridge.sides[0] as usize)
    }

    /// How many entities would be cut off: those of the lesser side.
    async fn far_size(&self) -> i32 {
        int(self.bridge.sides[1] as usize)
    }

    /// The relationships that join the two, sorted by id; at least one.
    async fn relationships(&self) -> Vec<Relationship> {
        self.bridge.relationships.iter().map(|&index| Relationship::new(&self.scope, index)).collect()
    }
}

/// A bridge in a list.
#[derive(SimpleObject)]
pub(crate) struct BridgeEdge {
    /// Points to this place in the list.
    cursor: String,
    /// The bridge.
    node: Bridge,
}

connection! {
    /// Bridges, page by page.
    BridgeConnection, BridgeEdge, Bridge
}

/// The ties that hold the view together, those that hold most first.
pub(super) fn bridges_of(ctx: &Context<'_>, scope: &Scope, arguments: &PageArguments) -> Result<BridgeConnection> {
    let bytes = |found: &Vec<graph::Bridge>| {
        found.iter().map(|bridge| size_of_val(bridge) + size_of_val(&*bridge.relationships)).sum()
    };
    let found = scope.measured("bridges".to_owned(), bridges, bytes)?;
    let id = |entity| scope.graph().entity(entity).id.as_str();
    let key = |at: usize| format!("{} {}", id(found[at].near), id(found[at].far));
    let window = Window::cut(arguments, page_limit(ctx)?, found.len(), key)?;
    Ok(BridgeConnection(window.into_page(|at, cursor| BridgeEdge {
        cursor,
        node: Bridge { scope: scope.clone(), bridge: found[at].clone() },
    })))
}
