//! What is missing from a view, and what its documents disagree on, each as a record of its own.
//!
//! Every check looks at one entity or one relationship and what is next to it, so that a filter can ask it of one. It
//! judges what the view shows: hide the documents that state a fact and it is only inferred.

mod conflicts;
mod count;
mod entity;
mod relationship;

use super::filter::EntityMatcher;
use super::index::{EntityIndex, RelationshipIndex};
use super::kinds::IssueKinds;
use super::subject::Subject;
use super::{Budget, Doubt, EntityFilter, Exhausted, Graph, Scope, View};

/// A sort of gap or conflict. Declared by how grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueKind {
    /// Two relationships of the same kind and ends from different documents cannot have the dates of both.
    DatesDisagree,
    /// Two figures of one label from different documents exclude each other.
    FiguresDisagree,
    /// A relationship whose dates lie before one of its ends began, or after it ended.
    OutsideLifetime,
    /// Two relationships of the same kind and ends from different documents have different roles at the same time.
    RolesDisagree,
    /// A relationship that no document states.
    OnlyInferred,
    /// Two organizations that are probably one: an open question, or one name in one country.
    PossibleDouble,
    /// A document counts more organizations, by a label that says no more of them than their kind, their country and that
    /// they take part, than are known by name.
    NamedByNumber,
    /// A consortium of which no member is known.
    NoMembers,
    /// A consortium of whose known members none is a hospital.
    NoHospital,
    /// A member of a consortium whose country is not known.
    NoCountry,
    /// An event, an agreement or a relationship, but CONCERNS, without any date.
    Undated,
    /// An entity without any relationship.
    Unrelated,
}

/// How grave an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// One of two facts is wrong.
    High,
    /// A fact stands on little, or a part of it is missing.
    Medium,
    /// Something would be good to know.
    Low,
}

impl IssueKind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 12] = [
        Self::DatesDisagree,
        Self::FiguresDisagree,
        Self::OutsideLifetime,
        Self::RolesDisagree,
        Self::OnlyInferred,
        Self::PossibleDouble,
        Self::NamedByNumber,
        Self::NoMembers,
        Self::NoHospital,
        Self::NoCountry,
        Self::Undated,
        Self::Unrelated,
    ];

    /// How grave issues of this kind are.
    pub fn severity(self) -> Severity {
        match self {
            Self::DatesDisagree | Self::FiguresDisagree | Self::OutsideLifetime => Severity::High,
            Self::RolesDisagree | Self::OnlyInferred | Self::PossibleDouble | Self::NamedByNumber | Self::NoMembers => {
                Severity::Medium
            }
            Self::NoHospital | Self::NoCountry | Self::Undated | Self::Unrelated => Severity::Low,
        }
    }
}

/// One gap or conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Of what sort.
    pub kind: IssueKind,
    /// What it is about.
    pub about: Subject,
    /// What shows it.
    pub evidence: Evidence,
}

/// What shows that there is an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Nothing but what it is about.
    Itself,
    /// The relationship that it is in conflict with.
    Relationship(RelationshipIndex),
    /// The end that was not there at the time.
    End(EntityIndex),
    /// Two figures of the entity that exclude each other, by their places in its list.
    Figures(usize, usize),
    /// A figure of the entity, by its place in its list, and how many of what it counts are known.
    Count {
        /// The place of the figure.
        figure: usize,
        /// How many are known.
        known: usize,
    },
    /// How many members are known.
    Members(usize),
    /// The entity that it is probably the same as, and why.
    Double(EntityIndex, Doubt),
}

/// Which issues.
#[derive(Clone, Debug)]
pub struct QualityQuestion {
    /// Of these kinds.
    pub kinds: IssueKinds,
    /// About entities that pass, and relationships of which an end passes.
    pub filter: Option<EntityFilter>,
}

/// The issues of the view, by kind in the order of declaration, about entities before relationships, then by id.
///
/// **Complexity.** *O(V + E (log d + p))* for a greatest degree *d* and at most *p* relationships between the same two;
/// for an entity of degree *d* with *f* figures *O(f d log d + f²)*; then *O(n log n)* for the *n* issues found.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover what is looked at.
pub fn quality(
    graph: &Graph,
    view: &View,
    question: &QualityQuestion,
    budget: &Budget,
) -> Result<Vec<Issue>, Exhausted> {
    let scope = Scope { graph, view, budget };
    let everything = EntityFilter::default();
    let mut matcher = EntityMatcher::new(scope, question.filter.as_ref().unwrap_or(&everything));
    let mut found = Vec::new();
    budget.each(graph.entity_count(), graph.entities(), |entity| {
        if matcher.matches(entity)? && view.admits_entity(graph, entity, budget)? {
            entity::check(scope, entity, question.kinds, &mut found)?;
        }
        Ok(())
    })?;
    budget.each(graph.relationship_count(), graph.relationships(), |relationship| {
        if !view.admits_relationship(graph, relationship) {
            return Ok(());
        }
        let (source, target) = graph.ends(relationship);
        if question.filter.is_none() || matcher.matches(source)? || matcher.matches(target)? {
            relationship::check(scope, relationship, question.kinds, &mut found)?;
        }
        Ok(())
    })?;
    found.sort_by_key(|issue| (issue.kind, issue.about));
    Ok(found)
}

/// Whether an entity of the view has an issue of one of these kinds.
pub(super) fn entity_has(scope: Scope<'_>, entity: EntityIndex, kinds: IssueKinds) -> Result<bool, Exhausted> {
    if kinds.contains(IssueKind::PossibleDouble) && !entity::doubles(scope, entity)?.is_empty() {
        return Ok(true);
    }
    let mut found = Vec::new();
    entity::check(scope, entity, kinds, &mut found)?;
    Ok(!found.is_empty())
}

/// Whether a relationship of the view has an issue of one of these kinds, or is the other side of one.
pub(super) fn relationship_has(
    scope: Scope<'_>,
    relationship: RelationshipIndex,
    kinds: IssueKinds,
) -> Result<bool, Exhausted> {
    let mut found = Vec::new();
    relationship::by_itself(scope, relationship, kinds, &mut found);
    let mut disagrees = !found.is_empty();
    if !disagrees {
        conflicts::each(scope, relationship, kinds, |_, _| disagrees = true)?;
    }
    Ok(disagrees)
}
