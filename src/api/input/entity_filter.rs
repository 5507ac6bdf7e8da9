//! The filters that a client asks for.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject, Result};

use super::date_filter::DateFilter;
use super::view::unknown_document;
use crate::api::error::Code;
use crate::api::scalar::CountryCode;
use crate::api::scope::Scope;
use crate::api::vocabulary::{Direction, EntityKind, QualityIssueKind, RelationshipKind, Strength};
use crate::graph;

/// The most parts of a filter. A filter within it is booked as a visit each time that it is asked; the words of a text
/// are not, so that what they cost has to be small beside one.
const PARTS: usize = 1_000;
/// Bytes of a text in which a word is counted though no blank ends it.
const LONG_WORD: usize = 16;

/// Which entities are meant. Every part is optional and they add up. An empty list matches nothing. All filters within
/// one and the words of their texts may be 1,000 together; what is more is an error with the code LIMIT_EXCEEDED.
#[derive(InputObject, Default)]
pub(crate) struct EntityFilter {
    /// One of these, by their ids, or by names that one entity alone bears.
    ids: Option<Vec<ID>>,
    /// Of one of these kinds.
    kinds: Option<Vec<EntityKind>>,
    /// In one of these countries.
    countries: Option<Vec<CountryCode>>,
    /// In one of these cities, by any of their names: Milan is Milano and Mailand, PARIS CEDEX 05 is Paris.
    cities: Option<Vec<String>>,
    /// It began, was founded or took place so.
    since: Option<DateFilter>,
    /// It ended so.
    until: Option<DateFilter>,
    /// Every word of the text begins a word of one of its names, without regard to case and diacritics. For misspelt
    /// names, use `search`.
    text: Option<String>,
    /// Concerns one of these topics, by their ids, or by names that one entity alone bears.
    topics: Option<Vec<ID>>,
    /// Has this key in an outside registry: `ROR:011ashp19`, the address of its page with or without `https://` and
    /// `www.`, or the bare key; spaces, hyphens and case are set aside. What can be no key is an error with the code
    /// INVALID_INPUT.
    identifier: Option<String>,
    /// Has a relationship like this one.
    some: Option<Box<RelationshipFilter>>,
    /// Has no relationship like this one.
    none: Option<Box<RelationshipFilter>>,
    /// Has an issue of one of these kinds in the view, as `quality` tells them.
    quality: Option<Vec<QualityIssueKind>>,
    /// Passes all of these.
    and: Option<Vec<EntityFilter>>,
    /// Passes at least one of these.
    or: Option<Vec<EntityFilter>>,
    /// Does not pass this.
    not: Option<Box<EntityFilter>>,
}

/// Which relationships are meant. Every part is optional and they add up. An empty list matches nothing.
#[derive(InputObject, Default)]
pub(crate) struct RelationshipFilter {
    /// Of one of these kinds.
    kinds: Option<Vec<RelationshipKind>>,
    /// Which end of it the entity is that the question stands at; either when left out.
    direction: Option<Direction>,
    /// Its role holds this text, without regard to case and diacritics.
    role: Option<String>,
    /// It began to hold so.
    since: Option<DateFilter>,
    /// It ceased to hold so.
    until: Option<DateFilter>,
    /// Cited at least this firmly.
    strength: Option<Strength>,
    /// Supported by one of these documents.
    documents: Option<Vec<ID>>,
    /// Has an issue of one of these kinds in the view, as `quality` tells them, or is the other side of one.
    quality: Option<Vec<QualityIssueKind>>,
    /// What the entity at its other end is. A list of all relationships stands at no end: there, it is the target with
    /// direction OUT, the source with IN, and either of them otherwise.
    other: Option<Box<EntityFilter>>,
}

impl EntityFilter {
    /// How many parts it has: itself, the filters within it, and the words of their texts. Each is asked of every entity.
    fn parts(&self) -> usize {
        let words = self.text.as_deref().map_or(0, |text| text.split_whitespace().count().max(text.len() / LONG_WORD));
        let related = self.some.iter().chain(&self.none).map(|filter| filter.parts());
        let joined = self.and.iter().chain(&self.or).flatten().chain(self.not.as_deref()).map(Self::parts);
        1 + words + related.chain(joined).sum::<usize>()
    }

    /// The filter in the graph's terms.
    ///
    /// # Errors
    /// `NOT_FOUND` for an id that nothing has, with the nearest ones; `LIMIT_EXCEEDED` for a filter of too many parts.
    pub(in crate::api) fn resolve(self, scope: &Scope, argument: &str) -> Result<graph::EntityFilter> {
        check_parts(argument, self.parts())?;
        self.resolved(scope, argument)
    }

    fn resolved(self, scope: &Scope, argument: &str) -> Result<graph::EntityFilter> {
        let find = |part: &str, ids: Vec<ID>| -> Result<BTreeSet<graph::EntityIndex>> {
            ids.iter().map(|id| scope.meant(&format!("{argument}.{part}"), id)).collect()
        };
        let all = |part: &str, filters: Vec<Self>| -> Result<Vec<graph::EntityFilter>> {
            let argument = format!("{argument}.{part}");
            filters.into_iter().map(|filter| filter.resolved(scope, &argument)).collect()
        };
        let identifier = |text: &str| {
            graph::IdentifierQuery::new(text).map_err(|violation| {
                let argument = format!("{argument}.identifier");
                Code::InvalidInput.error(format!("{argument}: {}; {}", violation.problem, violation.remedy))
            })
        };
        let related = |part: &str, filter: Option<Box<RelationshipFilter>>| -> Result<Option<Box<_>>> {
            filter.map(|filter| filter.resolved(scope, &format!("{argument}.{part}")).map(Box::new)).transpose()
        };
        Ok(graph::EntityFilter {
            ids: self.ids.map(|ids| find("ids", ids)).transpose()?,
            kinds: self.kinds.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            countries: self.countries.map(|countries| countries.into_iter().map(|country| country.0).collect()),
            cities: self.cities.map(|names| names.iter().flat_map(|name| scope.graph().cities_called(name)).collect()),
            since: self.since.map(Into::into),
            until: self.until.map(Into::into),
            text: self.text.as_deref().map(graph::TextQuery::new),
            topics: self.topics.map(|ids| find("topics", ids)).transpose()?,
            identifier: self.identifier.as_deref().map(identifier).transpose()?,
            some: related("some", self.some)?,
            none: related("none", self.none)?,
            quality: self.quality.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            and: self.and.map(|filters| all("and", filters)).transpose()?,
            or: self.or.map(|filters| all("or", filters)).transpose()?,
            not: self.not.map(|filter| filter.resolved(scope, &format!("{argument}.not")).map(Box::new)).transpose()?,
        })
    }
}

impl RelationshipFilter {
    fn parts(&self) -> usize {
        1 + self.other.as_ref().map_or(0, |filter| filter.parts())
    }

    /// The filter in the graph's terms.
    ///
    /// # Errors
    /// As [`EntityFilter::resolve`].
    pub(in crate::api) fn resolve(self, scope: &Scope, argument: &str) -> Result<graph::RelationshipFilter> {
        check_parts(argument, self.parts())?;
        self.resolved(scope, argument)
    }

    fn resolved(self, scope: &Scope, argument: &str) -> Result<graph::RelationshipFilter> {
        let find = |id: &ID| {
            let missing = || unknown_document(&scope.snapshot, &format!("{argument}.documents"), id);
            scope.graph().find_document(id).ok_or_else(missing)
        };
        Ok(graph::RelationshipFilter {
            kinds: self.kinds.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            direction: self.direction.unwrap_or(Direction::Both).into(),
            role: self.role.as_deref().map(graph::RelationshipFilter::role),
            since: self.since.map(Into::into),
            until: self.until.map(Into::into),
            strength: self.strength.map(Into::into),
            documents: self.documents.map(|ids| ids.iter().map(find).collect::<Result<_>>()).transpose()?,
            quality: self.quality.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            other: self.other.map(|filter| filter.resolved(scope, &format!("{argument}.other"))).transpose()?,
        })
    }
}

fn check_parts(argument: &str, parts: usize) -> Result<()> {
    if parts <= PARTS {
        return Ok(());
    }
    Err(Code::LimitExceeded.error(format!(
        "{argument}: it has {parts} parts, filters and words of texts together, {PARTS} are allowed; ask in several \
         questions, or by `ids` and `kinds`, which count as one"
    )))
}
