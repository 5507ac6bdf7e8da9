//! Suggestions from the neighbors that two have in common.

use std::collections::BTreeMap;

use super::{Reason, Scored, Suggestion, SuggestionMethod, best};
use crate::graph::index::EntityIndex;
use crate::graph::measure::rounded;
use crate::graph::walk::Walk;
use crate::graph::{EntityFilter, Exhausted, RelationshipFilter, Scope, neighbors, relationships};
use crate::model::entity::EntityKind;

pub(super) fn suggestions(
    scope: Scope<'_>,
    to: EntityIndex,
    by: SuggestionMethod,
    accepts: &mut impl FnMut(EntityIndex) -> Result<bool, Exhausted>,
    first: usize,
) -> Result<Vec<Suggestion>, Exhausted> {
    let (ranked, weights) = ranked(scope, to, by, accepts, first)?;
    let suggestion =
        |(entity, score)| Ok(Suggestion { entity, score, witnesses: witnesses(scope, to, entity, &weights)? });
    ranked.into_iter().map(suggestion).collect()
}

/// The best with their scores, and what each neighbor of `to` counts that may be common.
pub(super) fn ranked(
    scope: Scope<'_>,
    to: EntityIndex,
    by: SuggestionMethod,
    accepts: &mut impl FnMut(EntityIndex) -> Result<bool, Exhausted>,
    first: usize,
) -> Result<(Scored, BTreeMap<EntityIndex, f64>), Exhausted> {
    let graph = scope.graph;
    let mut walk = Walk::new(graph.entity_count());
    let own = scope.neighbors(to)?;
    let mut weights = BTreeMap::new();
    for &witness in &own {
        if by == SuggestionMethod::SharedConsortia && graph.facts(witness).kind != EntityKind::Consortium {
            continue;
        }
        let others = scope.neighbors(witness)?;
        let weight = weight(by, others.len());
        weights.insert(witness, weight);
        others.into_iter().filter(|&other| other != to).for_each(|other| walk.add(other, weight));
    }
    let mut direct = own;
    direct.sort_unstable();
    let mut scored = Vec::new();
    for (entity, score) in walk.take() {
        if direct.binary_search(&entity).is_err() && accepts(entity)? {
            scored.push((entity, score));
        }
    }
    Ok((best(graph, scored, first), weights))
}

/// What a common neighbor counts that has so many neighbors; at least two, being common.
fn weight(by: SuggestionMethod, degree: usize) -> f64 {
    match by {
        SuggestionMethod::AdamicAdar => 1.0 / (degree.max(2) as f64).ln(),
        SuggestionMethod::ResourceAllocation => 1.0 / degree as f64,
        SuggestionMethod::SharedConsortia | SuggestionMethod::NewPartners => 1.0,
    }
}

fn witnesses(
    scope: Scope<'_>,
    to: EntityIndex,
    entity: EntityIndex,
    weights: &BTreeMap<EntityIndex, f64>,
) -> Result<Vec<Reason>, Exhausted> {
    let (everyone, anyhow) = (EntityFilter::default(), RelationshipFilter::default());
    let near = neighbors(scope.graph, scope.view, entity, &everyone, &anyhow, scope.budget)?;
    let mut witnesses = Vec::new();
    for neighbor in near {
        let Some(&weight) = weights.get(&neighbor.entity) else { continue };
        let mut joining = neighbor.relationships;
        joining.extend(scope.between(to, neighbor.entity)?);
        relationships::sort(scope.graph, &mut joining);
        witnesses.push(Reason { entity: neighbor.entity, weight: rounded(weight), relationships: joining });
    }
    // Neighbors come by name.
    witnesses.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    Ok(witnesses)
}
