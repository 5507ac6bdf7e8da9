//! Which entities and relationships a question means: the filters of the API in terms of one graph.
//!
//! A filter is plain data. A traversal turns it into a matcher, which remembers what it found out about an entity, so
//! that a condition on relationships is worked out once per entity and not once per step that comes to it.

mod date_filter;
mod entity_matcher;
mod identifier_query;
mod relationship_matcher;
mod text_query;

use std::collections::BTreeSet;

use crate::model::citation::Strength;
use crate::model::country::CountryCode;
use crate::model::entity::EntityKind;
use crate::model::text;

pub use self::date_filter::DateFilter;
pub use self::identifier_query::IdentifierQuery;
pub use self::text_query::TextQuery;

pub(super) use self::entity_matcher::EntityMatcher;
pub(super) use self::relationship_matcher::RelationshipMatcher;

use super::index::{DocumentIndex, EntityIndex, RelationshipIndex};
use super::kinds::{EntityKinds, IssueKinds, RelationshipKinds};
use super::{Budget, Direction, Exhausted, Graph, Scope, View};

/// Which entities are meant: those that pass every part that is given. The default passes all.
///
/// An empty list (`ids`, `kinds`, `countries`, `topics`, `or`) passes none; an empty `and` passes all.
#[derive(Clone, Debug, Default)]
pub struct EntityFilter {
    /// One of these.
    pub ids: Option<BTreeSet<EntityIndex>>,
    /// Of one of these kinds.
    pub kinds: Option<EntityKinds>,
    /// In one of these countries.
    pub countries: Option<BTreeSet<CountryCode>>,
    /// In one of these cities; made by [`Graph::cities_called`].
    pub cities: Option<BTreeSet<u32>>,
    /// It began so.
    pub since: Option<DateFilter>,
    /// It ended so.
    pub until: Option<DateFilter>,
    /// With a name that holds these words.
    pub text: Option<TextQuery>,
    /// `CONCERNS` one of these topics, in the view.
    pub topics: Option<BTreeSet<EntityIndex>>,
    /// With this key of an outside registry.
    pub identifier: Option<IdentifierQuery>,
    /// Has a relationship like this in the view; its direction and other end are seen from the entity.
    pub some: Option<Box<RelationshipFilter>>,
    /// Has no relationship like this in the view.
    pub none: Option<Box<RelationshipFilter>>,
    /// Has an issue of one of these kinds, as [`quality`](super::quality()) finds it.
    pub quality: Option<IssueKinds>,
    /// Passes all of these.
    pub and: Option<Vec<EntityFilter>>,
    /// Passes one of these.
    pub or: Option<Vec<EntityFilter>>,
    /// Does not pass this.
    pub not: Option<Box<EntityFilter>>,
}

/// Which relationships are meant: those that pass every part that is given. The default passes all.
#[derive(Clone, Debug, Default)]
pub struct RelationshipFilter {
    /// Of one of these kinds; an empty set passes none.
    pub kinds: Option<RelationshipKinds>,
    /// Which way it leads, seen from the entity that is asked about. Symmetric kinds are read as they were recorded.
    pub direction: Direction,
    /// Its role holds this text, case and diacritics set aside; what has no role does not pass. Made by
    /// [`RelationshipFilter::role`].
    pub role: Option<String>,
    /// It began so.
    pub since: Option<DateFilter>,
    /// It ended so.
    pub until: Option<DateFilter>,
    /// One citation of it is at least this strong; it must pass the view and `documents` too.
    pub strength: Option<Strength>,
    /// One citation of it is of one of these documents; it must pass the view and `strength` too.
    pub documents: Option<BTreeSet<DocumentIndex>>,
    /// Has an issue of one of these kinds, as [`quality`](super::quality()) finds it, or is the other side of one.
    pub quality: Option<IssueKinds>,
    /// The entity at the other end passes this.
    pub other: Option<EntityFilter>,
}

impl EntityFilter {
    /// A filter of nothing but kinds.
    pub fn of_kinds(kinds: impl IntoIterator<Item = EntityKind>) -> Self {
        Self { kinds: Some(kinds.into_iter().collect()), ..Self::default() }
    }

    /// Whether an entity passes. That it is in the view is not asked. *O(1)* for each filter within it, and *O(d)* per
    /// `some`, `none` and `topics` for *d* relationships.
    ///
    /// # Errors
    /// [`Exhausted`] when the budget does not cover the relationships that have to be visited.
    pub fn matches(&self, graph: &Graph, view: &View, entity: EntityIndex, budget: &Budget) -> Result<bool, Exhausted> {
        EntityMatcher::new(Scope { graph, view, budget }, self).matches(entity)
    }

    /// The kinds of entities that may pass: a bound that needs no look at an entity.
    pub(super) fn possible_kinds(&self) -> EntityKinds {
        let own = self.kinds.unwrap_or(EntityKinds::ALL);
        let all_of = self.and.iter().flatten().fold(own, |kinds, filter| kinds.and(filter.possible_kinds()));
        match &self.or {
            None => all_of,
            Some(filters) => {
                let any_of = filters.iter().map(Self::possible_kinds).fold(EntityKinds::NONE, EntityKinds::or);
                all_of.and(any_of)
            }
        }
    }

    /// Whether it asks for a kind by its name: in `kinds`, also within `and` and `or`.
    pub(super) fn names_kind(&self, kind: EntityKind) -> bool {
        self.kinds.is_some_and(|kinds| kinds.contains(kind))
            || self.and.iter().flatten().chain(self.or.iter().flatten()).any(|filter| filter.names_kind(kind))
    }

    /// Whether it asks by its id for an entity of a sort: in `ids`, also within `and` and `or`.
    pub(super) fn names_id(&self, is_of_sort: &impl Fn(EntityIndex) -> bool) -> bool {
        let parts = || self.and.iter().flatten().chain(self.or.iter().flatten());
        self.ids.iter().flatten().any(|&entity| is_of_sort(entity)) || parts().any(|part| part.names_id(is_of_sort))
    }
}

impl RelationshipFilter {
    /// A filter of nothing but kinds.
    pub fn of_kinds(kinds: impl IntoIterator<Item = crate::model::relationship::RelationshipKind>) -> Self {
        Self { kinds: Some(kinds.into_iter().collect()), ..Self::default() }
    }

    /// The form of a role in which it is compared.
    pub fn role(text: &str) -> String {
        text::folded(text)
    }

    /// Whether a relationship passes, seen from one of its ends. That it is in the view is not asked.
    ///
    /// # Errors
    /// [`Exhausted`] when the budget does not cover the relationships that have to be visited.
    ///
    /// # Panics
    /// Where the entity is not an end of the relationship.
    pub fn matches(
        &self,
        graph: &Graph,
        view: &View,
        entity: EntityIndex,
        relationship: RelationshipIndex,
        budget: &Budget,
    ) -> Result<bool, Exhausted> {
        let (source, target) = graph.ends(relationship);
        assert!(entity == source || entity == target, "a relationship is seen from one of its ends");
        let kind = graph.relationship_facts(relationship).kind;
        let mut matcher = RelationshipMatcher::new(Scope { graph, view, budget }, self);
        let (forward, other) = if entity == source { (true, target) } else { (false, source) };
        matcher.matches(relationship, kind, forward, other)
    }
}
