//! How much is in a view, and of what.

use std::collections::BTreeMap;

use crate::model::country::CountryCode;
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

use super::{Budget, Exhausted, Graph, View};

/// Counts of what is in a view. What is not there has no line; lines with equal counts stand in the order of their
/// keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// How many entities.
    pub entities: usize,
    /// How many relationships.
    pub relationships: usize,
    /// How many relationships may have held at the date of the view and are not in it, as nothing says that they did.
    pub undecided: usize,
    /// How many documents are cited, strongly enough for the view, by a relationship in it.
    pub documents: usize,
    /// Entities by kind, most first.
    pub entity_kinds: Vec<(EntityKind, usize)>,
    /// Entities by country, most first; those without a country are in no line.
    pub countries: Vec<(CountryCode, usize)>,
    /// Relationships by kind, most first.
    pub relationship_kinds: Vec<(RelationshipKind, usize)>,
    /// What began in each year, earliest year first.
    pub years: Vec<YearCount>,
}

/// What began in one calendar year.
///
/// Counted is what has a `since` that lies in this year whatever day of it is meant: 2022, 2022~, 2022-11 and
/// 2022-11-15 count for 2022; 202X, 2021/2024 and ../2022 count for no year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearCount {
    /// The year.
    pub year: i16,
    /// Relationships that began to hold in it; for an act on one day that is when it was done.
    pub relationships: usize,
    /// Events that began in it.
    pub events: usize,
}

/// Counts what is in the view.
///
/// **Complexity.** *O(V + E)*, and what the view costs.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover a visit for each entity and relationship.
pub fn statistics(graph: &Graph, view: &View, budget: &Budget) -> Result<Statistics, Exhausted> {
    let mut statistics = Statistics::default();
    let mut kinds = BTreeMap::new();
    let mut countries = BTreeMap::new();
    let mut years: BTreeMap<i16, (usize, usize)> = BTreeMap::new();
    budget.each(graph.entity_count(), graph.entities(), |entity| {
        if !view.admits_entity(graph, entity, budget)? {
            return Ok(());
        }
        let facts = graph.facts(entity);
        statistics.entities += 1;
        *kinds.entry(facts.kind).or_default() += 1;
        if let Some(country) = facts.country {
            *countries.entry(country).or_default() += 1;
        }
        if facts.kind == EntityKind::Event
            && let Some(year) = facts.year
        {
            years.entry(year).or_default().1 += 1;
        }
        Ok(())
    })?;
    let mut relationship_kinds = BTreeMap::new();
    let possible = view.possibly();
    let mut cited = vec![false; graph.documents.len()];
    budget.each(graph.relationship_count(), graph.relationships(), |relationship| {
        if !view.admits_relationship(graph, relationship) {
            let is_possible = |view: &View| view.admits_relationship(graph, relationship);
            statistics.undecided += usize::from(possible.as_ref().is_some_and(is_possible));
            return Ok(());
        }
        statistics.relationships += 1;
        let facts = graph.relationship_facts(relationship);
        *relationship_kinds.entry(facts.kind).or_default() += 1;
        if let Some(year) = facts.year {
            years.entry(year).or_default().0 += 1;
        }
        for &citation in graph.relationship_support.at(relationship.position()) {
            cited[citation.0.position()] |= view.admits_citation(citation);
        }
        Ok(())
    })?;
    statistics.documents = cited.into_iter().filter(|&cited| cited).count();
    statistics.entity_kinds = most_first(kinds);
    statistics.countries = most_first(countries);
    statistics.relationship_kinds = most_first(relationship_kinds);
    let year = |(year, (relationships, events))| YearCount { year, relationships, events };
    statistics.years = years.into_iter().map(year).collect();
    Ok(statistics)
}

fn most_first<K: Ord>(counts: BTreeMap<K, usize>) -> Vec<(K, usize)> {
    let mut lines: Vec<_> = counts.into_iter().collect();
    lines.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    lines
}
