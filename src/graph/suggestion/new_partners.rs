//! Suggestions from the partners of partners.

use std::collections::BTreeMap;

use super::{MOST_WITNESSES, Reason, Scored, Suggestion, best, candidates, sort};
use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::measure::rounded;
use crate::graph::walk::Walk;
use crate::graph::{Exhausted, Scope, relationships};
use crate::model::entity::EntityKind;

pub(super) fn suggestions(
    scope: Scope<'_>,
    to: EntityIndex,
    accepts: &mut impl FnMut(EntityIndex) -> Result<bool, Exhausted>,
    first: usize,
) -> Result<Vec<Suggestion>, Exhausted> {
    let (ranked, partners) = ranked(scope, to, accepts, first)?;
    let shares: BTreeMap<EntityIndex, f64> = partners.into_iter().collect();
    let mut counts = BTreeMap::new();
    let mut found = Vec::new();
    for (entity, score) in ranked {
        found.push(Suggestion { entity, score, witnesses: witnesses(scope, to, entity, &shares, &mut counts)? });
    }
    Ok(found)
}

/// The best with their scores, and the partners, each with how likely a walker comes there in one step, by id.
pub(super) fn ranked(
    scope: Scope<'_>,
    to: EntityIndex,
    accepts: &mut impl FnMut(EntityIndex) -> Result<bool, Exhausted>,
    first: usize,
) -> Result<(Scored, Scored), Exhausted> {
    let mut walk = Walk::new(scope.graph.entity_count());
    let mut partners = step(scope, &mut walk, &[(to, 1.0)])?;
    partners.retain(|&(partner, _)| partner != to);
    let mut scored = Vec::new();
    for (entity, score) in step(scope, &mut walk, &partners)? {
        let is_partner = partners.binary_search_by_key(&entity, |&(partner, _)| partner).is_ok();
        if entity != to && !is_partner && accepts(entity)? {
            scored.push((entity, score));
        }
    }
    Ok((best(scope.graph, scored, first), partners))
}

/// The partners of an organization, by id.
pub(super) fn partners(scope: Scope<'_>, of: EntityIndex) -> Result<Vec<EntityIndex>, Exhausted> {
    let reached = step(scope, &mut Walk::new(scope.graph.entity_count()), &[(of, 1.0)])?;
    Ok(reached.into_iter().map(|(partner, _)| partner).filter(|&partner| partner != of).collect())
}

/// What both may take part in.
pub(super) fn is_joint(kind: EntityKind) -> bool {
    match kind {
        EntityKind::Consortium | EntityKind::Agreement | EntityKind::Event | EntityKind::Program => true,
        EntityKind::University
        | EntityKind::MedicalSchool
        | EntityKind::Hospital
        | EntityKind::ResearchCenter
        | EntityKind::Office
        | EntityKind::Company
        | EntityKind::Foundation
        | EntityKind::Government
        | EntityKind::Nonprofit
        | EntityKind::Person
        | EntityKind::Topic => false,
    }
}

/// The ways that lead from an organization to partners: directly, or over what it takes part in.
struct Ways {
    direct: Vec<EntityIndex>,
    joint: Vec<EntityIndex>,
}

impl Ways {
    fn of(scope: Scope<'_>, entity: EntityIndex) -> Result<Self, Exhausted> {
        let kind = |entity: &EntityIndex| scope.graph.facts(*entity).kind;
        let near = scope.neighbors(entity)?.into_iter();
        let (joint, rest): (Vec<_>, Vec<_>) = near.partition(|entity| is_joint(kind(entity)));
        let direct = rest.into_iter().filter(|entity| candidates().contains(kind(entity))).collect();
        Ok(Self { direct, joint })
    }

    fn count(&self) -> usize {
        self.direct.len() + self.joint.len()
    }
}

/// The organizations that take part in something.
pub(super) fn participants(scope: Scope<'_>, joint: EntityIndex) -> Result<Vec<EntityIndex>, Exhausted> {
    let mut found = scope.neighbors(joint)?;
    found.retain(|&entity| candidates().contains(scope.graph.facts(entity).kind));
    Ok(found)
}

/// Where walkers stand after one step to a partner, by id: each leaves over one of its ways at random, and from
/// something joint to one of its participants at random, itself included.
fn step(scope: Scope<'_>, walk: &mut Walk, from: &[(EntityIndex, f64)]) -> Result<Scored, Exhausted> {
    let mut in_joint = Walk::new(scope.graph.entity_count());
    for &(entity, share) in from {
        let ways = Ways::of(scope, entity)?;
        let part = share / ways.count() as f64;
        ways.direct.iter().for_each(|&partner| walk.add(partner, part));
        ways.joint.iter().for_each(|&joint| in_joint.add(joint, part));
    }
    for (joint, share) in in_joint.take() {
        let participants = participants(scope, joint)?;
        let part = share / participants.len() as f64;
        participants.into_iter().for_each(|partner| walk.add(partner, part));
    }
    Ok(walk.take())
}

/// The partners of both through whom most of the score comes, with the relationships on the ways between the two. How
/// many ways lead from a partner is kept in `counts`.
fn witnesses(
    scope: Scope<'_>,
    to: EntityIndex,
    entity: EntityIndex,
    shares: &BTreeMap<EntityIndex, f64>,
    counts: &mut BTreeMap<EntityIndex, f64>,
) -> Result<Vec<Reason>, Exhausted> {
    let mut weights: BTreeMap<EntityIndex, f64> = BTreeMap::new();
    let mut arrive = |partner: EntityIndex, chance: f64| -> Result<(), Exhausted> {
        if let Some(share) = shares.get(&partner) {
            let ways = match counts.get(&partner) {
                Some(&known) => known,
                None => Ways::of(scope, partner)?.count() as f64,
            };
            counts.insert(partner, ways);
            *weights.entry(partner).or_default() += share * chance / ways;
        }
        Ok(())
    };
    let ways = Ways::of(scope, entity)?;
    for &partner in &ways.direct {
        arrive(partner, 1.0)?;
    }
    for &joint in &ways.joint {
        let participants = participants(scope, joint)?;
        for &partner in &participants {
            arrive(partner, 1.0 / participants.len() as f64)?;
        }
    }
    let mut weights: Vec<_> = weights.into_iter().collect();
    sort(scope.graph, &mut weights);
    weights.truncate(MOST_WITNESSES);
    let mut witnesses = Vec::with_capacity(weights.len());
    for (partner, weight) in weights {
        let mut joining = on_the_way(scope, to, partner)?;
        joining.extend(on_the_way(scope, partner, entity)?);
        relationships::sort(scope.graph, &mut joining);
        joining.dedup();
        witnesses.push(Reason { entity: partner, weight: rounded(weight), relationships: joining });
    }
    Ok(witnesses)
}

/// The direct relationships of two; where there are none, those over the first thing that both take part in.
fn on_the_way(scope: Scope<'_>, one: EntityIndex, other: EntityIndex) -> Result<Vec<RelationshipIndex>, Exhausted> {
    let direct = scope.between(one, other)?;
    if !direct.is_empty() {
        return Ok(direct);
    }
    let joint = Ways::of(scope, one)?.joint;
    let mut others = Ways::of(scope, other)?.joint;
    others.sort_unstable();
    let Some(&both) = joint.iter().find(|joint| others.binary_search(joint).is_ok()) else { return Ok(direct) };
    let mut found = scope.between(one, both)?;
    found.extend(scope.between(other, both)?);
    Ok(found)
}
