//! The part of a graph that a question is asked of: as of a date, these kinds, this strength, these documents.

use std::borrow::Cow;

use fixedbitset::FixedBitSet;

use crate::model::citation::{Citation, Strength};
use crate::model::edtf::{Day, EdtfDate};
use crate::model::entity::EntityKind;
use crate::model::id::DocumentId;
use crate::model::relationship::{Relationship, RelationshipRecord};

use super::adjacency::Incidence;
use super::facts::{Basis, RelationshipFacts};
use super::holding::{Certainty, Days, meet};
use super::index::{DocumentIndex, EntityIndex, RelationshipIndex};
use super::kinds::{EntityKinds, RelationshipKinds};
use super::{Budget, Exhausted, Graph};

/// What shall be in a [`View`]; every part narrows it.
#[derive(Clone, Debug)]
pub struct ViewSpec {
    /// Only what held at some time in this date or interval.
    pub as_of: Option<EdtfDate>,
    /// How sure it has to be that something held then; of no effect without [`ViewSpec::as_of`].
    pub certainty: Certainty,
    /// Whether relationships stay that have no date, neither of their own nor of what they belong to.
    pub undated: bool,
    /// Only these kinds of relationships; `None` means all.
    pub relationship_kinds: Option<RelationshipKinds>,
    /// Only these kinds of entities; `None` means all.
    pub entity_kinds: Option<EntityKinds>,
    /// Only what is cited at least this strongly.
    pub strength: Strength,
    /// Only what these documents say; `None` means all. One citation must have both document and strength.
    pub documents: Option<Vec<DocumentId>>,
}

impl Default for ViewSpec {
    fn default() -> Self {
        Self {
            as_of: None,
            certainty: Certainty::Assumed,
            undated: true,
            relationship_kinds: None,
            entity_kinds: None,
            strength: Strength::Inferred,
            documents: None,
        }
    }
}

/// A part of a graph. Nothing is copied or marked: each entity and relationship is tested when a walk comes to it.
///
/// - A relationship passes its **own tests** when its kind is allowed, it held on the date asked for, and one citation
///   of it is both strong enough and of an asked document. What has no dates of its own is asked by those of what it
///   belongs to, or by the documents that tell of it, as sure as [`ViewSpec::certainty`] wants it.
/// - It is **in the view** when it passes them, and kind and dates of both its ends are allowed.
/// - An entity is in the view when its kind is allowed, it was there on the date, and, where strength or documents
///   narrow the view, one citation of its own passes or it is an end of a relationship in the view. So the ends of a
///   relationship in the view are always in the view, and what is in the view has something in it to show.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct View {
    as_of: Option<(Day, Day)>,
    certainty: Certainty,
    undated: bool,
    relationship_kinds: RelationshipKinds,
    entity_kinds: EntityKinds,
    /// Whether the kinds of entities were named.
    names_kinds: bool,
    /// Whether the fields of a classification are passed over.
    passes_fields: bool,
    strength: Strength,
    documents: Option<FixedBitSet>,
    /// Relationships that are left out, whatever else they pass.
    hidden: Option<FixedBitSet>,
}

impl View {
    /// The whole graph.
    pub fn everything() -> Self {
        Self {
            as_of: None,
            certainty: Certainty::Assumed,
            undated: true,
            relationship_kinds: RelationshipKinds::ALL,
            entity_kinds: EntityKinds::ALL,
            names_kinds: false,
            passes_fields: false,
            strength: Strength::Inferred,
            documents: None,
            hidden: None,
        }
    }

    /// The same without some relationships, by their positions.
    #[must_use]
    pub(super) fn hiding(self, relationships: FixedBitSet) -> Self {
        Self { hidden: Some(relationships), ..self }
    }

    /// The same with all that may have held at its date; `None` where it shows that already, or is of no date.
    pub(super) fn possibly(&self) -> Option<Self> {
        let shows_all = self.as_of.is_none() || self.certainty == Certainty::Possible;
        (!shows_all).then(|| Self { certainty: Certainty::Possible, ..self.clone() })
    }

    /// What of the view is walked by who goes from entity to entity or measures how they hang together: all but the fields
    /// of a classification, unless the view names the kinds of its entities. A field of science joins thousands that have
    /// nothing else in common.
    #[must_use]
    pub fn walked(&self) -> Cow<'_, Self> {
        if self.names_kinds {
            return Cow::Borrowed(self);
        }
        Cow::Owned(Self { passes_fields: true, ..self.clone() })
    }

    /// The part of this graph that the spec asks for. A document that is not there supports nothing. *O(d log n)* for
    /// *d* documents asked for of *n*.
    pub fn new(graph: &Graph, spec: &ViewSpec) -> Self {
        let documents = spec.documents.as_ref().map(|asked| {
            let mut set = FixedBitSet::with_capacity(graph.documents.len());
            asked.iter().filter_map(|id| graph.find_document(id.as_str())).for_each(|document| {
                set.insert(document.position());
            });
            set
        });
        Self {
            as_of: spec.as_of.as_ref().map(|date| (date.first_day(), date.last_day())),
            certainty: spec.certainty,
            undated: spec.undated,
            relationship_kinds: spec.relationship_kinds.unwrap_or(RelationshipKinds::ALL),
            entity_kinds: spec.entity_kinds.unwrap_or(EntityKinds::ALL),
            names_kinds: spec.entity_kinds.is_some(),
            passes_fields: false,
            strength: spec.strength,
            documents,
            hidden: None,
        }
    }

    /// Whether an entity is in the view. *O(1)*, but *O(d)* for *d* relationships of the entity where the view is
    /// narrowed by strength or documents and no citation of the entity itself passes.
    ///
    /// # Errors
    /// [`Exhausted`] when the budget does not cover that.
    pub fn admits_entity(&self, graph: &Graph, entity: EntityIndex, budget: &Budget) -> Result<bool, Exhausted> {
        if !self.admits_end(graph, entity) {
            return Ok(false);
        }
        let facts = graph.facts(entity);
        let cited = match self.documents {
            None => facts.strength >= self.strength,
            Some(_) => {
                graph.entity_support.at(entity.position()).iter().any(|&citation| self.admits_citation(citation))
            }
        };
        if cited {
            return Ok(true);
        }
        let incidences = graph.incidences(entity);
        budget.spend(incidences.len())?;
        Ok(incidences.iter().any(|incidence| self.admits_incidence(graph, entity, incidence)))
    }

    /// Whether a relationship is in the view. *O(1)*, or *O(c)* for its *c* citations where documents narrow the view.
    pub fn admits_relationship(&self, graph: &Graph, relationship: RelationshipIndex) -> bool {
        let (source, target) = graph.ends(relationship);
        self.passes_own_tests(graph, relationship) && self.admits_end(graph, source) && self.admits_end(graph, target)
    }

    /// [`View::admits_relationship`] for a walk that stands at one end: asks the cheapest first.
    pub(super) fn admits_incidence(&self, graph: &Graph, at: EntityIndex, incidence: &Incidence) -> bool {
        self.entity_kinds.contains(incidence.other_kind)
            && self.relationship_kinds.contains(incidence.kind)
            && (self.reads_nothing_but_kinds()
                || self.passes_own_tests(graph, incidence.relationship) && self.overlaps(graph, incidence.other))
            && (incidence.other_kind != EntityKind::Topic || !self.passes_over(graph, incidence.other))
            && (self.is_of_all_entities() || self.admits_end(graph, at))
    }

    /// How firmly a relationship of the view stands in the view's document that supports it best. *O(1)*, or *O(c)* for
    /// its *c* citations where documents narrow the view.
    pub(super) fn strength_of(&self, graph: &Graph, relationship: RelationshipIndex) -> Strength {
        if self.documents.is_none() {
            return graph.relationship_facts(relationship).strength;
        }
        let citations = graph.relationship_support.at(relationship.position()).iter();
        let shown = citations.filter(|&&citation| self.admits_citation(citation)).map(|citation| citation.1);
        shown.max().unwrap_or(Strength::Inferred)
    }

    /// The last day of the date that the view is of; [`Day::MAX`] for an open one.
    pub(super) fn last_day(&self) -> Option<Day> {
        self.as_of.map(|(_, last)| last)
    }

    /// How firmly what the view shows stands at least.
    pub fn strength(&self) -> Strength {
        self.strength
    }

    /// Whether the view is of a date that comes after a day.
    pub fn is_after(&self, day: Day) -> bool {
        self.as_of.is_some_and(|(first, _)| day < first)
    }

    /// The kinds of entities that may be in the view.
    pub(super) fn entity_kinds(&self) -> EntityKinds {
        self.entity_kinds
    }

    /// The kinds of relationships that may be in the view.
    pub(super) fn relationship_kinds(&self) -> RelationshipKinds {
        self.relationship_kinds
    }

    /// Whether more than kinds decides what is in the view.
    pub(super) fn reads_more_than_kinds(&self) -> bool {
        !self.reads_nothing_but_kinds()
    }

    /// Whether a citation is strong enough and of an asked document.
    pub(super) fn admits_citation(&self, (document, strength): (DocumentIndex, Strength)) -> bool {
        strength >= self.strength && self.documents.as_ref().is_none_or(|set| set.contains(document.position()))
    }

    /// A relationship as the view shows it: with the citations alone that pass the view. It is one of the view's.
    /// *O(1)*, or *O(c log n)* for its *c* citations and *n* documents where strength or documents narrow the view.
    pub fn shown<'g>(&self, graph: &'g Graph, relationship: RelationshipIndex) -> Cow<'g, Relationship> {
        let whole = &graph.relationship(relationship).value;
        if self.admits_all_citations() {
            return Cow::Borrowed(whole);
        }
        let mut record = RelationshipRecord::from(whole.clone());
        record.citations.retain(|citation| self.shows(graph, citation));
        Relationship::new(record).map_or(Cow::Borrowed(whole), Cow::Owned)
    }

    /// Whether the view shows a citation: it is strong enough and of an asked document. *O(log n)* for *n* documents.
    pub fn shows(&self, graph: &Graph, citation: &Citation) -> bool {
        let document = || graph.find_document(citation.document.as_str());
        self.admits_all_citations()
            || document().is_some_and(|document| self.admits_citation((document, citation.strength)))
    }

    /// Whether the view is of what this document says, among others. *O(log n)* for *n* documents.
    pub fn asks_for_document(&self, graph: &Graph, document: &str) -> bool {
        let is_asked =
            |set: &FixedBitSet| graph.find_document(document).is_some_and(|document| set.contains(document.position()));
        self.documents.as_ref().is_none_or(is_asked)
    }

    pub(super) fn admits_all_citations(&self) -> bool {
        self.strength == Strength::Inferred && self.documents.is_none()
    }

    fn reads_nothing_but_kinds(&self) -> bool {
        self.as_of.is_none() && self.undated && self.admits_all_citations() && self.hidden.is_none()
    }

    fn is_of_all_entities(&self) -> bool {
        self.as_of.is_none() && self.entity_kinds == EntityKinds::ALL && !self.passes_fields
    }

    fn passes_own_tests(&self, graph: &Graph, relationship: RelationshipIndex) -> bool {
        let facts = graph.relationship_facts(relationship);
        self.relationship_kinds.contains(facts.kind)
            && self.hidden.as_ref().is_none_or(|hidden| !hidden.contains(relationship.position()))
            && (self.undated || facts.basis != Basis::Told)
            && facts.strength >= self.strength
            && self.as_of.is_none_or(|asked| meet(self.days(graph, relationship, facts), asked))
            && (self.documents.is_none() || {
                let citations = graph.relationship_support.at(relationship.position());
                citations.iter().any(|&citation| self.admits_citation(citation))
            })
    }

    fn admits_end(&self, graph: &Graph, entity: EntityIndex) -> bool {
        self.entity_kinds.contains(graph.facts(entity).kind)
            && self.overlaps(graph, entity)
            && !self.passes_over(graph, entity)
    }

    fn passes_over(&self, graph: &Graph, entity: EntityIndex) -> bool {
        self.passes_fields && graph.facts(entity).is_field
    }

    fn overlaps(&self, graph: &Graph, entity: EntityIndex) -> bool {
        self.as_of.is_none_or(|asked| meet(self.entity_days(graph, entity), asked))
    }

    fn entity_days(&self, graph: &Graph, entity: EntityIndex) -> Days {
        let facts = graph.facts(entity);
        let mut days = match self.certainty {
            Certainty::Known => return graph.known.entities[entity.position()],
            Certainty::Assumed => facts.days,
            Certainty::Possible => graph.entity(entity).days(),
        };
        // That an agreement ends with its term is inferred.
        if self.strength == Strength::Stated && facts.kind == EntityKind::Agreement {
            days.1 = graph.entity(entity).end(Strength::Stated).map_or(Day::MAX, EdtfDate::last_day);
        }
        days
    }

    fn days(&self, graph: &Graph, relationship: RelationshipIndex, facts: &RelationshipFacts) -> Days {
        match self.certainty {
            Certainty::Known => graph.known.relationships[relationship.position()],
            Certainty::Assumed => facts.days,
            Certainty::Possible => graph.relationship(relationship).period().days(),
        }
    }
}
