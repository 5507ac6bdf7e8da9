//! Lists of entities in a chosen order.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::model::edtf::Day;

use super::filter::{EntityMatcher, RelationshipMatcher};
use super::index::EntityIndex;
use super::relationships::each_of;
use super::{Budget, EntityFilter, Exhausted, Graph, RelationshipFilter, Scope, View};

/// How a list of entities is sorted; what is equal by it is sorted by id.
#[derive(Clone, Debug, Default)]
pub struct EntityOrder {
    /// By what.
    pub by: OrderBy,
    /// Whether the greatest comes first.
    pub descending: bool,
    /// Which relationships [`OrderBy::Degree`] counts, seen from the entity.
    pub counted: RelationshipFilter,
}

/// What a list of entities is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderBy {
    /// The preferred name, case and diacritics set aside.
    #[default]
    Name,
    /// The id.
    Id,
    /// The number of relationships in the view that [`EntityOrder::counted`] passes.
    Degree,
    /// The first day on which it may have begun; what has no such day comes last in both directions.
    Since,
    /// The kind, in the order of declaration.
    Kind,
}

/// The entities in the view that pass a filter, in the order asked for.
///
/// **Complexity.** *O(V log V)*, and what view and filter cost; *O(V log V + E)* by degree. Where the filter names ids
/// or an identifier, those stand for *V*.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover a visit for each entity that has to be looked at.
pub fn entities(
    graph: &Graph,
    view: &View,
    filter: &EntityFilter,
    order: &EntityOrder,
    budget: &Budget,
) -> Result<Vec<EntityIndex>, Exhausted> {
    let scope = Scope { graph, view, budget };
    let mut matcher = EntityMatcher::new(scope, filter);
    let mut found = Vec::new();
    let mut look_at = |entity| -> Result<(), Exhausted> {
        if matcher.matches(entity)? && view.admits_entity(graph, entity, budget)? {
            found.push(entity);
        }
        Ok(())
    };
    if let Some(ids) = &filter.ids {
        budget.spend(ids.len())?;
        ids.iter().copied().try_for_each(&mut look_at)?;
    } else if let Some(query) = &filter.identifier {
        let bearers = query.readings().iter().flat_map(|identifier| graph.find_by_identifier(identifier));
        bearers.collect::<BTreeSet<_>>().into_iter().try_for_each(&mut look_at)?;
    } else {
        budget.each(graph.entity_count(), graph.entities(), &mut look_at)?;
    }
    sort(scope, &mut found, order)?;
    Ok(found)
}

/// Sorts entities that are given in the order of their ids.
fn sort(scope: Scope<'_>, found: &mut Vec<EntityIndex>, order: &EntityOrder) -> Result<(), Exhausted> {
    let graph = scope.graph;
    match order.by {
        OrderBy::Name => by_key(found, order.descending, |entity| graph.name_rank(entity)),
        OrderBy::Id if order.descending => found.reverse(),
        OrderBy::Id => {}
        OrderBy::Kind => by_key(found, order.descending, |entity| graph.facts(entity).kind),
        OrderBy::Since => {
            let (dated, undated): (Vec<_>, Vec<_>) =
                found.iter().partition(|&&entity| graph.entity(entity).days().0 != Day::MIN);
            *found = dated;
            by_key(found, order.descending, |entity| graph.entity(entity).days().0);
            found.extend(undated);
        }
        OrderBy::Degree => {
            let mut matcher = RelationshipMatcher::new(scope, &order.counted);
            let mut degrees = Vec::with_capacity(found.len());
            for &entity in &*found {
                let mut degree = 0;
                each_of(scope, &mut matcher, entity, |_| degree += 1)?;
                degrees.push((degree, entity));
            }
            if order.descending {
                degrees.sort_by_key(|&(degree, _)| Reverse(degree));
            } else {
                degrees.sort_by_key(|&(degree, _)| degree);
            }
            *found = degrees.into_iter().map(|(_, entity)| entity).collect();
        }
    }
    Ok(())
}

/// A stable sort, so that what is equal stays in the order of ids.
fn by_key<K: Ord>(found: &mut [EntityIndex], descending: bool, key: impl Fn(EntityIndex) -> K) {
    if descending {
        found.sort_by_key(|&entity| Reverse(key(entity)));
    } else {
        found.sort_by_key(|&entity| key(entity));
    }
}
