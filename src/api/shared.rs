//! What entities have in common.

use async_graphql::{Context, Object, Result};

use super::connection::{PageArguments, Window, connection};
use super::entity::Entity;
use super::relationship::Relationship;
use super::scope::{Scope, page_limit};
use crate::graph::{self, Direction, EntityFilter, EntityIndex, RelationshipFilter};
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

/// Something shared, in a list.
pub(crate) struct SharedEdge {
    cursor: String,
    node: Entity,
    scope: Scope,
    shared: graph::Shared,
}

/// Something that several of the entities asked about have as a neighbor.
#[Object]
impl SharedEdge {
    /// Points to this place in the list.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// What is shared.
    async fn node(&self) -> Entity {
        self.node.clone()
    }

    /// Who shares it, in the order of the question.
    async fn by(&self) -> Vec<Entity> {
        self.shared.by.iter().map(|&index| Entity::new(&self.scope, index)).collect()
    }

    /// The relationships that say so: those between each of these and it, in the order of `by`.
    async fn relationships(&self) -> Vec<Relationship> {
        self.shared.relationships.iter().map(|&index| Relationship::new(&self.scope, index)).collect()
    }
}

connection! {
    /// What is shared, page by page.
    SharedConnection, SharedEdge, Entity
}

/// What some entities have in common in the view.
pub(crate) struct Common {
    pub(super) scope: Scope,
    pub(super) of: Vec<EntityIndex>,
    pub(super) at_least: usize,
}

impl Common {
    fn shared(
        &self,
        ctx: &Context<'_>,
        filter: &EntityFilter,
        via: &RelationshipFilter,
        arguments: &PageArguments,
    ) -> Result<SharedConnection> {
        let scope = &self.scope;
        let found = scope
            .ask(|graph, view, budget| graph::shared(graph, view, &self.of, self.at_least, filter, via, budget))?;
        let key = |at: usize| scope.graph().entity(found[at].entity).id.to_string();
        let window = Window::cut(arguments, page_limit(ctx)?, found.len(), key)?;
        Ok(SharedConnection(window.into_page(|at, cursor| SharedEdge {
            cursor,
            node: Entity::new(scope, found[at].entity),
            scope: scope.clone(),
            shared: found[at].clone(),
        })))
    }
}

macro_rules! shared_fields {
    ($($(#[doc = $doc:literal])+ $field:ident: $filter:expr, $via:expr;)+) => {
        /// What several entities have in common. Each list is sorted by how many of them share an item, most first, then by
        /// name, then by id.
        #[Object]
        impl Common {
            $(
                $(#[doc = $doc])+
                async fn $field(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(
                        desc = "At most this many from the start; 50 when neither first nor last is given."
                    )]
                    first: Option<i32>,
                    #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
                    #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
                    #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
                ) -> Result<SharedConnection> {
                    self.shared(ctx, &$filter, &$via, &PageArguments::either_way(first, after, last, before))
                }
            )+
        }
    };
}

shared_fields! {
    /// All that is a neighbor of several of them, whatever its kind, events and topics included.
    neighbors: EntityFilter::default(), RelationshipFilter::default();
    /// What several of them are members of or have founded.
    memberships: EntityFilter::default(), RelationshipFilter {
        direction: Direction::Out,
        ..RelationshipFilter::of_kinds([RelationshipKind::MemberOf, RelationshipKind::Founded])
    };
    /// The events that several of them are related to.
    events: EntityFilter::of_kinds([EntityKind::Event]), RelationshipFilter::default();
    /// The topics that several of them are related to.
    topics: EntityFilter::of_kinds([EntityKind::Topic]), RelationshipFilter::default();
}
