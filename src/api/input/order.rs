//! The order of a list of entities that a client asks for.

use async_graphql::resolver_utils::EnumType;
use async_graphql::{InputObject, Result};

use super::entity_filter::RelationshipFilter;
use crate::api::error::Code;
use crate::api::scope::Scope;
use crate::api::vocabulary::{EntityOrderField, SortDirection};
use crate::graph;

/// What a list of entities is sorted by, and which way.
#[derive(InputObject, Default)]
pub(crate) struct EntityOrder {
    /// What it is sorted by.
    #[graphql(default_with = "Some(EntityOrderField::Name)")]
    by: Option<EntityOrderField>,
    /// Which way it runs.
    #[graphql(default_with = "Some(SortDirection::Asc)")]
    direction: Option<SortDirection>,
    /// With DEGREE, count only relationships like this one: give it what `degree(filter:)` is given, and the list is sorted
    /// by the numbers that stand in it. All relationships of the view are counted when it is left out.
    filter: Option<RelationshipFilter>,
}

impl EntityOrder {
    /// The order in the graph's terms.
    ///
    /// # Errors
    /// `INVALID_INPUT` for a filter of what is not counted, and those of [`RelationshipFilter::resolve`].
    pub(in crate::api) fn resolve(self, scope: &Scope, argument: &str) -> Result<graph::EntityOrder> {
        let by = self.by.unwrap_or(EntityOrderField::Name);
        if self.filter.is_some() && by != EntityOrderField::Degree {
            let name = EntityOrderField::items().iter().find(|item| item.value == by).map_or("", |item| item.name);
            return Err(Code::InvalidInput.error(format!(
                "{argument}.filter: it says which relationships DEGREE counts, and the list is sorted by {name}; give \
                 by: DEGREE, or leave the filter out"
            )));
        }
        let counted = self.filter.map(|filter| filter.resolve(scope, &format!("{argument}.filter"))).transpose()?;
        Ok(graph::EntityOrder {
            by: by.into(),
            descending: self.direction == Some(SortDirection::Desc),
            counted: counted.unwrap_or_default(),
        })
    }
}
