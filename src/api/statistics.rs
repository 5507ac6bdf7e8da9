//! How much there is of what.

use std::sync::Arc;

use async_graphql::{Object, Result, SimpleObject};

use super::scalar::CountryCode;
use super::scope::{Scope, int};
use super::vocabulary::{EntityKind, RelationshipKind};
use crate::graph;

/// Counts over the view that was asked.
pub(crate) struct Statistics {
    counts: Arc<graph::Statistics>,
}

impl Statistics {
    pub(super) fn count(scope: &Scope) -> Result<Self> {
        let counts = scope.measured("statistics".to_owned(), graph::statistics, |counts| {
            let lines = counts.entity_kinds.len() + counts.countries.len() + counts.relationship_kinds.len();
            size_of_val(counts) + 32 * (lines + counts.years.len())
        })?;
        Ok(Self { counts })
    }
}

/// How many entities are of a kind.
#[derive(SimpleObject)]
pub(crate) struct EntityKindCount {
    /// The kind.
    kind: EntityKind,
    /// How many entities of the view are of it.
    count: i32,
}

/// How many relationships are of a kind.
#[derive(SimpleObject)]
pub(crate) struct RelationshipKindCount {
    /// The kind.
    kind: RelationshipKind,
    /// How many relationships of the view are of it.
    count: i32,
}

/// How many entities are in a country.
#[derive(SimpleObject)]
pub(crate) struct CountryCount {
    /// The country.
    country: CountryCode,
    /// The country's short English name.
    name: String,
    /// How many entities of the view are in it.
    count: i32,
}

/// How much began in a year.
#[derive(SimpleObject)]
pub(crate) struct YearCount {
    /// The calendar year.
    year: i32,
    /// How many relationships of the view began in it.
    relationships: i32,
    /// How many events of the view began in it.
    events: i32,
}

/// Counts over the view.
#[Object]
impl Statistics {
    /// How many entities the view has.
    async fn entities(&self) -> i32 {
        int(self.counts.entities)
    }

    /// How many relationships the view has.
    async fn relationships(&self) -> i32 {
        int(self.counts.relationships)
    }

    /// How many relationships may have held at the date of the view, and are not shown as nothing says that they did:
    /// `certainty: POSSIBLE` shows them. 0 in a view of no date.
    async fn undecided(&self) -> i32 {
        int(self.counts.undecided)
    }

    /// How many documents support what the view has.
    async fn documents(&self) -> i32 {
        int(self.counts.documents)
    }

    /// Entities by kind, most first; kinds without any are left out.
    async fn entity_kinds(&self) -> Vec<EntityKindCount> {
        let kinds = self.counts.entity_kinds.iter();
        kinds.map(|&(kind, count)| EntityKindCount { kind: kind.into(), count: int(count) }).collect()
    }

    /// Relationships by kind, most first; kinds without any are left out.
    async fn relationship_kinds(&self) -> Vec<RelationshipKindCount> {
        let kinds = self.counts.relationship_kinds.iter();
        kinds.map(|&(kind, count)| RelationshipKindCount { kind: kind.into(), count: int(count) }).collect()
    }

    /// Entities by country, most first; entities without one are left out.
    async fn countries(&self) -> Vec<CountryCount> {
        let countries = self.counts.countries.iter();
        countries
            .map(|&(country, count)| CountryCount {
                country: CountryCode(country),
                name: country.name().to_owned(),
                count: int(count),
            })
            .collect()
    }

    /// Relationships and events by the calendar year in which they began, oldest first; what has no start is not
    /// counted, and a start that may lie in several years counts in its first.
    async fn years(&self) -> Vec<YearCount> {
        let years = self.counts.years.iter();
        years
            .map(|count| YearCount {
                year: i32::from(count.year),
                relationships: int(count.relationships),
                events: int(count.events),
            })
            .collect()
    }
}
