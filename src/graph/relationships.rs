//! Lists of relationships: of the whole view, or of one entity.

use super::adjacency::Incidence;
use super::filter::RelationshipMatcher;
use super::index::{EntityIndex, RelationshipIndex};
use super::{Budget, Exhausted, Graph, RelationshipFilter, Scope, View};

/// The relationships in the view that pass a filter, by kind in the order of declaration, then by id.
///
/// Nobody stands at an end here, so a relationship passes when it passes as seen from one of its ends: `direction: OUT`
/// sees it from the source, and `other` is then the target; `IN` the other way round; `BOTH` allows either.
///
/// **Complexity.** *O(E)*, what the filter costs, and *O(n log n)* for the *n* found.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover all relationships.
pub fn relationships(
    graph: &Graph,
    view: &View,
    filter: &RelationshipFilter,
    budget: &Budget,
) -> Result<Vec<RelationshipIndex>, Exhausted> {
    let mut matcher = RelationshipMatcher::new(Scope { graph, view, budget }, filter);
    let mut found = Vec::new();
    budget.each(graph.relationship_count(), graph.relationships(), |relationship| {
        if matcher.admits_from_an_end(relationship)? {
            found.push(relationship);
        }
        Ok(())
    })?;
    sort(graph, &mut found);
    Ok(found)
}

/// The relationships of an entity that are in the view and pass a filter, by kind in the order of
/// declaration, then by id.
///
/// **Complexity.** *O(d log d)* for *d* relationships of the entity, and what the filter costs.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the relationships of the entity.
pub fn relationships_of(
    graph: &Graph,
    view: &View,
    entity: EntityIndex,
    filter: &RelationshipFilter,
    budget: &Budget,
) -> Result<Vec<RelationshipIndex>, Exhausted> {
    let scope = Scope { graph, view, budget };
    let mut found = Vec::new();
    let mut matcher = RelationshipMatcher::new(scope, filter);
    each_of(scope, &mut matcher, entity, |incidence| found.push(incidence.relationship))?;
    sort(graph, &mut found);
    Ok(found)
}

/// By kind, then by id.
pub(super) fn sort(graph: &Graph, relationships: &mut [RelationshipIndex]) {
    relationships.sort_unstable_by_key(|&relationship| (graph.relationship_facts(relationship).kind, relationship));
}

/// How many relationships of an entity are in the view and pass a filter.
///
/// **Complexity.** *O(d)* for *d* relationships of the entity, and what the filter costs.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the relationships of the entity.
pub fn degree(
    graph: &Graph,
    view: &View,
    entity: EntityIndex,
    filter: &RelationshipFilter,
    budget: &Budget,
) -> Result<usize, Exhausted> {
    let scope = Scope { graph, view, budget };
    let mut count = 0;
    each_of(scope, &mut RelationshipMatcher::new(scope, filter), entity, |_| count += 1)?;
    Ok(count)
}

/// Visits the relationships of an entity that pass.
pub(super) fn each_of(
    scope: Scope<'_>,
    matcher: &mut RelationshipMatcher<'_>,
    entity: EntityIndex,
    mut visit: impl FnMut(&Incidence),
) -> Result<(), Exhausted> {
    for incidences in scope.graph.adjacency.of_kinds(entity, matcher.other_kinds()) {
        scope.budget.spend(incidences.len())?;
        for incidence in incidences {
            if matcher.admits(entity, incidence)? {
                visit(incidence);
            }
        }
    }
    Ok(())
}
