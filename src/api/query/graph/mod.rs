//! The fields of one snapshot under one view, a file per sort of question.

mod cite;
mod decisions;
mod kinship;
mod lookup;
mod measure;
mod pattern;
mod projection;
mod quality;
mod time;
mod traversal;

use async_graphql::{MergedObject, Result};

use self::cite::Citing;
use self::decisions::Decisions;
use self::kinship::Kinships;
use self::lookup::Lookups;
use self::measure::Measures;
use self::pattern::Patterns;
use self::projection::Projections;
use self::quality::Qualities;
use self::time::Times;
use self::traversal::Traversals;
use crate::api::error::Code;
use crate::api::input::entity_filter::{EntityFilter, RelationshipFilter};
use crate::api::scope::Scope;
use crate::graph;

/// One consistent snapshot of the graph under one view: all that is asked below it sees the same.
#[derive(MergedObject)]
pub(crate) struct Graph(
    Lookups,
    Traversals,
    Patterns,
    Measures,
    Kinships,
    Times,
    Projections,
    Qualities,
    Decisions,
    Citing,
);

impl Graph {
    pub(super) fn new(scope: &Scope) -> Self {
        Self(
            Lookups(scope.clone()),
            Traversals(scope.clone()),
            Patterns(scope.clone()),
            Measures(scope.clone()),
            Kinships(scope.clone()),
            Times(scope.clone()),
            Projections(scope.clone()),
            Qualities(scope.clone()),
            Decisions(scope.clone()),
            Citing(scope.clone()),
        )
    }
}

/// A number in a range.
pub(in crate::api) fn within(argument: &str, value: i32, range: std::ops::RangeInclusive<usize>) -> Result<usize> {
    let number = usize::try_from(value).ok().filter(|number| range.contains(number));
    number.ok_or_else(|| {
        Code::InvalidInput.error(format!(
            "{argument}: {value} is out of range; give a number from {} to {}",
            range.start(),
            range.end()
        ))
    })
}

fn entity_filter(scope: &Scope, filter: Option<EntityFilter>, argument: &str) -> Result<graph::EntityFilter> {
    Ok(filter.map(|filter| filter.resolve(scope, argument)).transpose()?.unwrap_or_default())
}

fn via_filter(scope: &Scope, via: Option<RelationshipFilter>) -> Result<graph::RelationshipFilter> {
    Ok(via.map(|via| via.resolve(scope, "via")).transpose()?.unwrap_or_default())
}
