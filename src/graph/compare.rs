//! What one view shows and another does not, or shows otherwise: two dates, two revisions, or any two views.

use std::sync::Arc;

use crate::model::change::Versioned;
use crate::model::citation::Citation;
use crate::model::entity::{Entity, Figure};
use crate::model::relationship::Relationship;

use super::index::{EntityIndex, RelationshipIndex};
use super::{Budget, Exhausted, Graph, View};

/// How something differs from one view to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Only the second shows it.
    Gained,
    /// Only the first shows it.
    Lost,
    /// Both show it, and not alike.
    Changed,
}

/// A part of an entity or a relationship that may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// What an entity is.
    Kind,
    /// The preferred name.
    Name,
    /// All other names.
    Names,
    /// The language of the preferred name.
    Language,
    /// The description.
    Description,
    /// The web page.
    Homepage,
    /// The country.
    Country,
    /// The city.
    City,
    /// The point on earth.
    Coordinates,
    /// The keys in outside registries.
    Identifiers,
    /// What the source of a relationship is to its target.
    Role,
    /// Whom the source of a relationship stood for.
    OnBehalfOf,
    /// From when.
    Since,
    /// Until when.
    Until,
    /// How people met.
    Format,
    /// How long an agreement runs.
    Term,
    /// Numbers and ranks, those that the view shows.
    Figures,
    /// The citations that the view shows.
    Citations,
}

/// Something that differs, with its places in both graphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing<I> {
    /// How.
    pub difference: Difference,
    /// Its place in the first graph; `None` where it is gained.
    pub before: Option<I>,
    /// Its place in the second graph; `None` where it is lost.
    pub after: Option<I>,
    /// What is not alike, in the order of declaration; empty where it is gained or lost.
    pub fields: Vec<Field>,
}

/// All that differs from one view to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The entities that differ, by id.
    pub entities: Vec<Differing<EntityIndex>>,
    /// How many entities both show alike.
    pub entities_kept: usize,
    /// The relationships that differ, by id.
    pub relationships: Vec<Differing<RelationshipIndex>>,
    /// How many relationships both show alike.
    pub relationships_kept: usize,
}

/// A graph and the view it is seen through.
pub type Seen<'a> = (&'a Graph, &'a View);

/// What differs from the first view to the second. What both show is the same where it has the same id.
///
/// **Complexity.** *O(V + E)* of both graphs; a record that both share is compared only where one of the views hides
/// citations.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover every entity and relationship of both graphs.
pub fn compare(before: Seen<'_>, after: Seen<'_>, budget: &Budget) -> Result<Comparison, Exhausted> {
    let mut comparison = Comparison::default();
    for (graph, _) in [before, after] {
        budget.spend(graph.entity_count() + graph.relationship_count())?;
    }
    let seen = |(graph, view): Seen<'_>| -> Result<Vec<EntityIndex>, Exhausted> {
        let mut found = Vec::new();
        for entity in graph.entities() {
            if view.admits_entity(graph, entity, budget)? {
                found.push(entity);
            }
        }
        Ok(found)
    };
    let is_whole = before.1.admits_all_citations() && after.1.admits_all_citations();
    let shown = |(graph, view): Seen<'_>, citation: &Citation| view.shows(graph, citation);
    let cited_alike = |one: &[Citation], other: &[Citation]| {
        let one = one.iter().filter(|citation| shown(before, citation));
        one.eq(other.iter().filter(|citation| shown(after, citation)))
    };
    let counted_alike = |one: &[Figure], other: &[Figure]| {
        let one = one.iter().filter(|figure| shown(before, &figure.citation));
        one.eq(other.iter().filter(|figure| shown(after, &figure.citation)))
    };
    comparison.entities_kept = merge(
        budget,
        (&seen(before)?, |index| before.0.entity(index).id.as_str()),
        (&seen(after)?, |index| after.0.entity(index).id.as_str()),
        |one, other| {
            let (one, other) = (before.0.entity(one), after.0.entity(other));
            if is_whole && same(one, other) {
                return Vec::new();
            }
            let figures_alike = counted_alike(&one.figures, &other.figures);
            entity_fields(one, other, figures_alike, cited_alike(&one.citations, &other.citations))
        },
        &mut comparison.entities,
    )?;
    let seen = |(graph, view): Seen<'_>| -> Vec<RelationshipIndex> {
        graph.relationships().filter(|&relationship| view.admits_relationship(graph, relationship)).collect()
    };
    comparison.relationships_kept = merge(
        budget,
        (&seen(before), |index| before.0.relationship(index).id().as_str()),
        (&seen(after), |index| after.0.relationship(index).id().as_str()),
        |one, other| {
            let (one, other) = (before.0.relationship(one), after.0.relationship(other));
            if is_whole && same(one, other) {
                return Vec::new();
            }
            relationship_fields(one, other, cited_alike(&one.citations, &other.citations))
        },
        &mut comparison.relationships,
    )?;
    Ok(comparison)
}

/// Whether both graphs share the record.
fn same<T>(one: &Arc<Versioned<T>>, other: &Arc<Versioned<T>>) -> bool {
    Arc::ptr_eq(one, other)
}

/// Walks two lists that are sorted by id side by side; returns how many are alike. What it walks is booked before, but
/// to compare records takes long: the clock is read in between.
fn merge<'a, 'b, I: Copy>(
    budget: &Budget,
    (before, before_id): (&[I], impl Fn(I) -> &'a str),
    (after, after_id): (&[I], impl Fn(I) -> &'b str),
    fields: impl Fn(I, I) -> Vec<Field>,
    found: &mut Vec<Differing<I>>,
) -> Result<usize, Exhausted> {
    const LOOK: usize = 1 << 10;
    let (mut one, mut other, mut kept) = (0, 0, 0);
    for step in 1_usize.. {
        if step.is_multiple_of(LOOK) {
            budget.check_clock()?;
        }
        let order = match (before.get(one), after.get(other)) {
            (None, None) => break,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(&one), Some(&other)) => before_id(one).cmp(after_id(other)),
        };
        match order {
            std::cmp::Ordering::Less => {
                let before = Some(before[one]);
                found.push(Differing { difference: Difference::Lost, before, after: None, fields: Vec::new() });
                one += 1;
            }
            std::cmp::Ordering::Greater => {
                let after = Some(after[other]);
                found.push(Differing { difference: Difference::Gained, before: None, after, fields: Vec::new() });
                other += 1;
            }
            std::cmp::Ordering::Equal => {
                let fields = fields(before[one], after[other]);
                if fields.is_empty() {
                    kept += 1;
                } else {
                    let (before, after) = (Some(before[one]), Some(after[other]));
                    found.push(Differing { difference: Difference::Changed, before, after, fields });
                }
                (one, other) = (one + 1, other + 1);
            }
        }
    }
    Ok(kept)
}

fn named(fields: impl IntoIterator<Item = (Field, bool)>) -> Vec<Field> {
    fields.into_iter().filter(|&(_, alike)| !alike).map(|(field, _)| field).collect()
}

fn entity_fields(one: &Entity, other: &Entity, figures_alike: bool, cited_alike: bool) -> Vec<Field> {
    named([
        (Field::Kind, one.kind == other.kind),
        (Field::Name, one.name == other.name),
        (Field::Names, one.names == other.names && one.in_text == other.in_text),
        (Field::Language, one.language == other.language),
        (Field::Description, one.description == other.description),
        (Field::Homepage, one.homepage == other.homepage),
        (Field::Country, one.country == other.country),
        (Field::City, one.city == other.city),
        (Field::Coordinates, one.coordinates == other.coordinates),
        (Field::Identifiers, one.identifiers == other.identifiers),
        (Field::Since, one.since == other.since),
        (Field::Until, one.until == other.until),
        (Field::Format, one.format == other.format),
        (Field::Term, one.term == other.term),
        (Field::Figures, figures_alike),
        (Field::Citations, cited_alike),
    ])
}

/// Source, kind and target are in the id, so they are alike.
fn relationship_fields(one: &Relationship, other: &Relationship, cited_alike: bool) -> Vec<Field> {
    named([
        (Field::Role, one.role == other.role),
        (Field::OnBehalfOf, one.on_behalf_of == other.on_behalf_of),
        (Field::Since, one.since == other.since),
        (Field::Until, one.until == other.until),
        (Field::Citations, cited_alike),
    ])
}

/// What a field of an entity says, where one line can; `None` where it says nothing, or is a list.
pub fn entity_text(entity: &Entity, field: Field) -> Option<String> {
    match field {
        Field::Kind => Some(entity.kind.to_string()),
        Field::Name => Some(entity.name.clone()),
        Field::Language => entity.language.as_ref().map(|language| language.as_str().to_owned()),
        Field::Description => entity.description.clone(),
        Field::Homepage => entity.homepage.clone(),
        Field::Country => entity.country.map(|country| country.as_str().to_owned()),
        Field::City => entity.city.clone(),
        Field::Since => entity.since.as_ref().map(ToString::to_string),
        Field::Until => entity.until.as_ref().map(ToString::to_string),
        Field::Term => entity.term.as_ref().map(|term| term.as_str().to_owned()),
        Field::Names
        | Field::Coordinates
        | Field::Identifiers
        | Field::Role
        | Field::OnBehalfOf
        | Field::Format
        | Field::Figures
        | Field::Citations => None,
    }
}

/// What a field of a relationship says, where one line can; `None` where it says nothing, or is a list.
pub fn relationship_text(relationship: &Relationship, field: Field) -> Option<String> {
    match field {
        Field::Role => relationship.role.clone(),
        Field::OnBehalfOf => relationship.on_behalf_of.as_ref().map(ToString::to_string),
        Field::Since => relationship.since.as_ref().map(ToString::to_string),
        Field::Until => relationship.until.as_ref().map(ToString::to_string),
        Field::Kind
        | Field::Name
        | Field::Names
        | Field::Language
        | Field::Description
        | Field::Homepage
        | Field::Country
        | Field::City
        | Field::Coordinates
        | Field::Identifiers
        | Field::Format
        | Field::Term
        | Field::Figures
        | Field::Citations => None,
    }
}
