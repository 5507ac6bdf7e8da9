//! A [`RelationshipFilter`] at work in one traversal.

use crate::graph::adjacency::Incidence;
use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::kinds::EntityKinds;
use crate::graph::quality::relationship_has;
use crate::graph::{Exhausted, Scope};
use crate::model::citation::Strength;
use crate::model::relationship::RelationshipKind;
use crate::model::text;

use super::{EntityMatcher, RelationshipFilter};

/// Answers whether relationships are in the view and pass a filter.
pub(in crate::graph) struct RelationshipMatcher<'a> {
    scope: Scope<'a>,
    filter: &'a RelationshipFilter,
    other: Option<Box<EntityMatcher<'a>>>,
}

impl<'a> RelationshipMatcher<'a> {
    pub(in crate::graph) fn new(scope: Scope<'a>, filter: &'a RelationshipFilter) -> Self {
        Self { scope, filter, other: filter.other.as_ref().map(|other| Box::new(EntityMatcher::new(scope, other))) }
    }

    /// Whether a step from `at` along the incidence is in the view and passes.
    pub(in crate::graph) fn admits(&mut self, at: EntityIndex, incidence: &Incidence) -> Result<bool, Exhausted> {
        Ok(self.scope.view.admits_incidence(self.scope.graph, at, incidence)
            && self.matches(incidence.relationship, incidence.kind, incidence.forward, incidence.other)?)
    }

    /// Whether a step along the incidence *to* `at`, from its other end, is in the view and passes.
    pub(in crate::graph) fn admits_back(&mut self, at: EntityIndex, incidence: &Incidence) -> Result<bool, Exhausted> {
        Ok(self.scope.view.admits_incidence(self.scope.graph, at, incidence)
            && self.matches(incidence.relationship, incidence.kind, !incidence.forward, at)?)
    }

    /// Whether a relationship is in the view and passes as seen from one of its ends.
    pub(in crate::graph) fn admits_from_an_end(&mut self, relationship: RelationshipIndex) -> Result<bool, Exhausted> {
        let Scope { graph, view, .. } = self.scope;
        let (source, target) = graph.ends(relationship);
        let kind = graph.relationship_facts(relationship).kind;
        Ok(view.admits_relationship(graph, relationship)
            && (self.matches(relationship, kind, true, target)? || self.matches(relationship, kind, false, source)?))
    }

    /// Whether a relationship passes, seen from an end that it leads away from (`forward`) or to; the view is not
    /// asked.
    pub(in crate::graph) fn matches(
        &mut self,
        relationship: RelationshipIndex,
        kind: RelationshipKind,
        forward: bool,
        other: EntityIndex,
    ) -> Result<bool, Exhausted> {
        let passes = self.filter.kinds.is_none_or(|kinds| kinds.contains(kind))
            && self.filter.direction.admits(forward)
            && self.is_cited(relationship)
            && self.has_role(relationship)
            && self.is_dated(relationship)
            && self.has_issue(relationship)?;
        match &mut self.other {
            Some(matcher) if passes => matcher.matches(other),
            Some(_) | None => Ok(passes),
        }
    }

    /// Whether the entity has a relationship that is in the view and passes.
    pub(super) fn matches_any(&mut self, entity: EntityIndex) -> Result<bool, Exhausted> {
        let Scope { graph, budget, .. } = self.scope;
        for incidences in graph.adjacency.of_kinds(entity, self.other_kinds()) {
            budget.spend(incidences.len())?;
            for incidence in incidences {
                if self.admits(entity, incidence)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The kinds of entities that may stand at the other end.
    pub(in crate::graph) fn other_kinds(&self) -> EntityKinds {
        let asked = self.filter.other.as_ref().map_or(EntityKinds::ALL, super::EntityFilter::possible_kinds);
        asked.and(self.scope.view.entity_kinds())
    }

    /// Whether one citation passes the view and the filter at once.
    fn is_cited(&self, relationship: RelationshipIndex) -> bool {
        if self.filter.strength.is_none() && self.filter.documents.is_none() {
            return true;
        }
        let least = self.filter.strength.unwrap_or(Strength::Inferred);
        let citations = self.scope.graph.relationship_support.at(relationship.position());
        citations.iter().any(|&(document, strength)| {
            strength >= least
                && self.filter.documents.as_ref().is_none_or(|documents| documents.contains(&document))
                && self.scope.view.admits_citation((document, strength))
        })
    }

    fn has_issue(&self, relationship: RelationshipIndex) -> Result<bool, Exhausted> {
        self.filter.quality.map_or(Ok(true), |kinds| relationship_has(self.scope, relationship, kinds))
    }

    fn is_dated(&self, relationship: RelationshipIndex) -> bool {
        let (since, until) = (&self.filter.since, &self.filter.until);
        if since.is_none() && until.is_none() {
            return true;
        }
        let record = self.scope.graph.relationship(relationship);
        since.as_ref().is_none_or(|since| since.admits(record.since.as_ref()))
            && until.as_ref().is_none_or(|until| until.admits(record.until.as_ref()))
    }

    fn has_role(&self, relationship: RelationshipIndex) -> bool {
        let Some(asked) = &self.filter.role else { return true };
        let record = self.scope.graph.relationship(relationship);
        record.role.as_deref().is_some_and(|role| text::folded(role).contains(asked))
    }
}
