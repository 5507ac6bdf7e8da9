//! An [`EntityFilter`] at work in one traversal.

use crate::graph::index::EntityIndex;
use crate::graph::kinds::EntityKinds;
use crate::graph::quality::entity_has;
use crate::graph::{Exhausted, Scope};
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

use super::{EntityFilter, RelationshipMatcher};

/// Answers whether entities pass a filter, each worked out once.
///
/// Only the outermost filter remembers its answers: those within its `and`, `or` and `not` are asked once for each
/// entity that it does not know yet.
pub(in crate::graph) struct EntityMatcher<'a> {
    scope: Scope<'a>,
    filter: &'a EntityFilter,
    some: Option<Box<RelationshipMatcher<'a>>>,
    none: Option<Box<RelationshipMatcher<'a>>>,
    and: Vec<EntityMatcher<'a>>,
    or: Option<Vec<EntityMatcher<'a>>>,
    not: Option<Box<EntityMatcher<'a>>>,
    /// Whether its kind is all that makes an entity pass.
    asks_only_for_kinds: bool,
    /// Whether it remembers its answers: where asking again is dearer than looking them up.
    remembers: bool,
    /// What is known about each entity; empty until the first is asked about.
    known: Vec<Answer>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Unknown,
    No,
    Yes,
}

impl<'a> EntityMatcher<'a> {
    /// A matcher that knows nothing yet; one byte per entity from the first question on, where the filter is dear.
    pub(in crate::graph) fn new(scope: Scope<'a>, filter: &'a EntityFilter) -> Self {
        Self { remembers: is_dear(filter), ..Self::forgetful(scope, filter) }
    }

    fn forgetful(scope: Scope<'a>, filter: &'a EntityFilter) -> Self {
        let relationship = |filter: &'a Option<Box<_>>| {
            filter.as_deref().map(|filter| Box::new(RelationshipMatcher::new(scope, filter)))
        };
        let each =
            |filters: &'a Vec<_>| filters.iter().map(|filter| Self::forgetful(scope, filter)).collect::<Vec<_>>();
        let asks_only_for_kinds = matches!(
            filter,
            EntityFilter {
                ids: None,
                kinds: _,
                countries: None,
                cities: None,
                since: None,
                until: None,
                text: None,
                topics: None,
                identifier: None,
                some: None,
                none: None,
                quality: None,
                and: None,
                or: None,
                not: None,
            }
        );
        Self {
            scope,
            filter,
            asks_only_for_kinds,
            some: relationship(&filter.some),
            none: relationship(&filter.none),
            and: filter.and.as_ref().map(each).unwrap_or_default(),
            or: filter.or.as_ref().map(each),
            not: filter.not.as_deref().map(|filter| Box::new(Self::forgetful(scope, filter))),
            remembers: false,
            known: Vec::new(),
        }
    }

    /// Whether an entity of one of the [`EntityFilter::possible_kinds`] passes.
    pub(in crate::graph) fn matches_of_kind(&mut self, entity: EntityIndex) -> Result<bool, Exhausted> {
        if self.asks_only_for_kinds { Ok(true) } else { self.matches(entity) }
    }

    /// Whether the entity passes. A visit for each filter within `and`, `or` and `not`, and what conditions on
    /// relationships cost; nothing where it was asked about before.
    pub(in crate::graph) fn matches(&mut self, entity: EntityIndex) -> Result<bool, Exhausted> {
        if self.remembers && self.known.is_empty() {
            self.known = vec![Answer::Unknown; self.scope.graph.entity_count()];
        }
        match self.known.get(entity.position()) {
            Some(Answer::Yes) => return Ok(true),
            Some(Answer::No) => return Ok(false),
            Some(Answer::Unknown) | None => {}
        }
        let answer = self.matches_itself(entity) && self.matches_others(entity)?;
        if let Some(known) = self.known.get_mut(entity.position()) {
            *known = if answer { Answer::Yes } else { Answer::No };
        }
        Ok(answer)
    }

    /// The parts that look at nothing but the entity.
    fn matches_itself(&self, entity: EntityIndex) -> bool {
        let (graph, filter, least) = (self.scope.graph, self.filter, self.scope.view.strength());
        let facts = graph.facts(entity);
        filter.kinds.is_none_or(|kinds| kinds.contains(facts.kind))
            && filter.ids.as_ref().is_none_or(|ids| ids.contains(&entity))
            && filter
                .countries
                .as_ref()
                .is_none_or(|countries| facts.country.is_some_and(|country| countries.contains(&country)))
            && filter
                .cities
                .as_ref()
                .is_none_or(|cities| graph.cities().of(entity).is_some_and(|city| cities.contains(&city)))
            && filter.since.as_ref().is_none_or(|since| since.admits(graph.entity(entity).since.as_ref()))
            && filter.until.as_ref().is_none_or(|until| until.admits(graph.entity(entity).end(least)))
            && filter.identifier.as_ref().is_none_or(|identifier| identifier.is_of(graph.entity(entity)))
            && filter.text.as_ref().is_none_or(|text| graph.names.of_entity(entity).any(|name| text.is_in(name)))
    }

    /// The parts that look at relationships or at other filters.
    fn matches_others(&mut self, entity: EntityIndex) -> Result<bool, Exhausted> {
        let within = self.and.len() + self.or.as_ref().map_or(0, Vec::len) + usize::from(self.not.is_some());
        if within > 0 {
            self.scope.budget.spend(within)?;
        }
        for filter in &mut self.and {
            if !filter.matches(entity)? {
                return Ok(false);
            }
        }
        if let Some(filter) = &mut self.not
            && filter.matches(entity)?
        {
            return Ok(false);
        }
        if let Some(filters) = &mut self.or {
            let mut any = false;
            for filter in filters {
                any = any || filter.matches(entity)?;
            }
            if !any {
                return Ok(false);
            }
        }
        if let Some(kinds) = self.filter.quality
            && !entity_has(self.scope, entity, kinds)?
        {
            return Ok(false);
        }
        if !self.concerns_a_topic(entity)? {
            return Ok(false);
        }
        if let Some(filter) = &mut self.some
            && !filter.matches_any(entity)?
        {
            return Ok(false);
        }
        match &mut self.none {
            Some(filter) => Ok(!filter.matches_any(entity)?),
            None => Ok(true),
        }
    }

    fn concerns_a_topic(&self, entity: EntityIndex) -> Result<bool, Exhausted> {
        let Some(topics) = &self.filter.topics else { return Ok(true) };
        let Scope { graph, view, budget } = self.scope;
        for incidences in graph.adjacency.of_kinds(entity, EntityKinds::NONE.with(EntityKind::Topic)) {
            budget.spend(incidences.len())?;
            let concerns = incidences.iter().any(|incidence| {
                incidence.forward
                    && incidence.kind == RelationshipKind::Concerns
                    && topics.contains(&incidence.other)
                    && view.admits_incidence(graph, entity, incidence)
            });
            if concerns {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether a filter looks at names, relationships or issues.
fn is_dear(filter: &EntityFilter) -> bool {
    let mut within = filter.and.iter().flatten().chain(filter.or.iter().flatten()).chain(filter.not.as_deref());
    filter.quality.is_some()
        || filter.some.is_some()
        || filter.none.is_some()
        || filter.topics.is_some()
        || filter.text.is_some()
        || within.any(is_dear)
}
