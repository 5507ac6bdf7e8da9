//! The order of a list of entities that a client asks for.

use async_graphql::InputObject;

use crate::api::vocabulary::{EntityOrderField, SortDirection};
use crate::graph;

/// What a list of entities is sorted by, and which way.
#[derive(InputObject)]
pub(crate) struct EntityOrder {
    /// What it is sorted by.
    #[graphql(default_with = "Some(EntityOrderField::Name)")]
    by: Option<EntityOrderField>,
    /// Which way it runs.
    #[graphql(default_with = "Some(SortDirection::Asc)")]
    direction: Option<SortDirection>,
}

impl EntityOrder {
    /// The order in the graph's terms.
    pub(in crate::api) fn resolve(&self) -> graph::EntityOrder {
        graph::EntityOrder {
            by: self.by.unwrap_or(EntityOrderField::Name).into(),
            descending: self.direction == Some(SortDirection::Desc),
        }
    }
}
