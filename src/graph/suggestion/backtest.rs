//! Whether suggestions find what is hidden: a part of what began lately is hidden, and what is left is asked for it.

use std::cmp::Reverse;

use fixedbitset::FixedBitSet;

use super::{SuggestionMethod, candidates, common_neighbors, new_partners};
use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::measure::rounded;
use crate::graph::random::Random;
use crate::graph::{Budget, Exhausted, Graph, Scope, View};

/// The most organizations that a back-test may ask for.
pub const BACKTEST_LIMIT: usize = 1_000;

/// How many suggestions each organization is given.
const PLACES: usize = 10;
/// Of so many relationships one is hidden.
const ONE_IN: usize = 10;
/// What the draws start from, so that they are the same each time.
const SEED: u64 = 1;

/// What suggestions are tried on.
#[derive(Clone, Copy, Debug)]
pub struct BacktestQuestion {
    /// The method that is tried.
    pub by: SuggestionMethod,
    /// The calendar year from which on what began may be hidden.
    pub since: i16,
    /// The most organizations that are given suggestions, for a client at most [`BACKTEST_LIMIT`].
    pub organizations: usize,
}

/// How suggestions did on what was hidden. Parts are from 0 to 1 with 12 digits, and 0 where nobody was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// How many relationships might have been hidden.
    pub eligible: usize,
    /// Those that were drawn to be hidden, by id: one tenth, rounded up.
    pub drawn: Vec<RelationshipIndex>,
    /// Those that were hidden, by id: the drawn ones, and what else says the same.
    pub hidden: Vec<RelationshipIndex>,
    /// The organizations that were given ten suggestions, by id.
    pub asked: Vec<EntityIndex>,
    /// Which part of ten suggestions is a hit, as a mean; places that stay empty are misses.
    pub precision: f64,
    /// Which part of the organizations has at least one hit.
    pub hit_rate: f64,
    /// The precision that ten candidates drawn at random have, as it is to be expected.
    pub by_chance: f64,
    /// The precision that the ten candidates with the most neighbors have.
    pub by_degree: f64,
}

/// Hides every tenth relationship that began in a year or later, drawn the same each time, and asks what is left for ten
/// suggestions for each of some organizations that lost one.
///
/// Relationships between two organizations count, and those of an organization with a consortium, an agreement, an event
/// or a program; where one has no date of its own, the start of the latter stands for it. With it goes whatever else says
/// the same: the other relationships of these two, and those of the organization with what is next to the consortium,
/// agreement, event or program and is one of these too, as the agreement that a consortium was made by. A hit is somebody
/// whom the organization had lost: at the other end of a hidden relationship, or taking part in the same. Candidates are
/// all whom the method may suggest to it, so that nobody is a hit to whom another relationship is left.
///
/// **Complexity.** *O(V + E)*, and for each organization what its suggestions cost.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover that.
pub fn backtest(
    graph: &Graph,
    view: &View,
    question: &BacktestQuestion,
    budget: &Budget,
) -> Result<Backtest, Exhausted> {
    let mut random = Random::of(SEED);
    let whole = Scope { graph, view, budget };
    let mut drawn = eligible(graph, view, question.since, budget)?;
    let eligible = drawn.len();
    random.shuffle(&mut drawn);
    drawn.truncate(eligible.div_ceil(ONE_IN));
    drawn.sort_unstable();
    let hidden = with_the_same(whole, &drawn)?;
    let mut set = FixedBitSet::with_capacity(graph.relationship_count());
    hidden.iter().for_each(|relationship| set.insert(relationship.position()));
    let left_view = view.clone().hiding(set);
    let left = Scope { graph, view: &left_view, budget };

    let popular = by_degree(left)?;
    let mut losers = losers(graph, &drawn);
    random.shuffle(&mut losers);
    let mut tried = Vec::new();
    for entity in losers {
        if tried.len() == question.organizations {
            break;
        }
        let barred = barred(left, question.by, entity)?;
        let may_be = |other: EntityIndex| other != entity && barred.binary_search(&other).is_err();
        let mut truth = Vec::new();
        for other in lost(whole, &hidden, entity)? {
            if may_be(other) && left_view.admits_entity(graph, other, budget)? {
                truth.push(other);
            }
        }
        if truth.is_empty() {
            continue;
        }
        let hits = |listed: &[EntityIndex]| {
            listed.iter().filter(|other| truth.binary_search(other).is_ok()).count() as f64 / PLACES as f64
        };
        let suggested = suggested(left, question.by, entity)?;
        budget.sweep(popular.len())?;
        let mut open = popular.iter().copied().filter(|&other| may_be(other));
        let most: Vec<EntityIndex> = open.by_ref().take(PLACES).collect();
        let count = most.len() + open.count();
        tried.push(Tried {
            entity,
            precision: hits(&suggested),
            by_chance: truth.len() as f64 / count as f64 * most.len() as f64 / PLACES as f64,
            by_degree: hits(&most),
        });
    }
    tried.sort_unstable_by_key(|tried| tried.entity);
    let mean = |value: fn(&Tried) -> f64| match tried.len() {
        0 => 0.0,
        count => rounded(tried.iter().map(value).sum::<f64>() / count as f64),
    };
    Ok(Backtest {
        eligible,
        drawn,
        hidden,
        asked: tried.iter().map(|tried| tried.entity).collect(),
        precision: mean(|tried| tried.precision),
        hit_rate: mean(|tried| f64::from(tried.precision > 0.0)),
        by_chance: mean(|tried| tried.by_chance),
        by_degree: mean(|tried| tried.by_degree),
    })
}

/// How one organization's suggestions did.
struct Tried {
    entity: EntityIndex,
    precision: f64,
    by_chance: f64,
    by_degree: f64,
}

fn is_candidate(graph: &Graph, entity: EntityIndex) -> bool {
    candidates().contains(graph.facts(entity).kind)
}

/// The relationships that may be hidden, by id.
fn eligible(graph: &Graph, view: &View, since: i16, budget: &Budget) -> Result<Vec<RelationshipIndex>, Exhausted> {
    budget.spend(graph.relationship_count())?;
    let is_eligible = |&relationship: &RelationshipIndex| {
        let (source, target) = graph.ends(relationship);
        let [one, other] = [source, target].map(|end| is_candidate(graph, end));
        let joint = if one { target } else { source };
        let is_joint = new_partners::is_joint(graph.facts(joint).kind);
        if !(one && other || (one || other) && is_joint) || !view.admits_relationship(graph, relationship) {
            return false;
        }
        let facts = graph.relationship_facts(relationship);
        let year = if facts.is_dated() || !is_joint { facts.year } else { graph.facts(joint).year };
        year.is_some_and(|year| year >= since)
    };
    Ok(graph.relationships().filter(is_eligible).collect())
}

/// Some relationships, and what else says the same, by id.
fn with_the_same(whole: Scope<'_>, drawn: &[RelationshipIndex]) -> Result<Vec<RelationshipIndex>, Exhausted> {
    let graph = whole.graph;
    let mut hidden = Vec::new();
    for &relationship in drawn {
        let (source, target) = graph.ends(relationship);
        hidden.extend(whole.between(source, target)?);
        let organization = if is_candidate(graph, source) { source } else { target };
        let joint = if organization == source { target } else { source };
        if is_candidate(graph, joint) {
            continue;
        }
        for beside in whole.neighbors(joint)? {
            if new_partners::is_joint(graph.facts(beside).kind) {
                hidden.extend(whole.between(organization, beside)?);
            }
        }
    }
    hidden.sort_unstable();
    hidden.dedup();
    Ok(hidden)
}

/// The organizations that lost a relationship, by id.
fn losers(graph: &Graph, hidden: &[RelationshipIndex]) -> Vec<EntityIndex> {
    let ends = hidden.iter().flat_map(|&relationship| <[EntityIndex; 2]>::from(graph.ends(relationship)));
    let mut losers: Vec<EntityIndex> = ends.filter(|&end| is_candidate(graph, end)).collect();
    losers.sort_unstable();
    losers.dedup();
    losers
}

/// Whom an organization had lost, by id.
fn lost(whole: Scope<'_>, hidden: &[RelationshipIndex], entity: EntityIndex) -> Result<Vec<EntityIndex>, Exhausted> {
    let graph = whole.graph;
    let mut lost = Vec::new();
    whole.budget.spend(graph.incidences(entity).len())?;
    for incidence in graph.incidences(entity) {
        if hidden.binary_search(&incidence.relationship).is_err() {
            continue;
        }
        if is_candidate(graph, incidence.other) {
            lost.push(incidence.other);
        } else {
            lost.extend(new_partners::participants(whole, incidence.other)?);
        }
    }
    lost.retain(|&other| other != entity);
    lost.sort_unstable();
    lost.dedup();
    Ok(lost)
}

/// Whom a method does not suggest to an organization, by id.
fn barred(left: Scope<'_>, by: SuggestionMethod, entity: EntityIndex) -> Result<Vec<EntityIndex>, Exhausted> {
    let mut barred = match by {
        SuggestionMethod::AdamicAdar | SuggestionMethod::ResourceAllocation | SuggestionMethod::SharedConsortia => {
            left.neighbors(entity)?
        }
        SuggestionMethod::NewPartners => new_partners::partners(left, entity)?,
    };
    barred.sort_unstable();
    Ok(barred)
}

fn suggested(left: Scope<'_>, by: SuggestionMethod, entity: EntityIndex) -> Result<Vec<EntityIndex>, Exhausted> {
    let mut accepts = |other| Ok(is_candidate(left.graph, other));
    let ranked = match by {
        SuggestionMethod::AdamicAdar | SuggestionMethod::ResourceAllocation | SuggestionMethod::SharedConsortia => {
            common_neighbors::ranked(left, entity, by, &mut accepts, PLACES)?.0
        }
        SuggestionMethod::NewPartners => new_partners::ranked(left, entity, &mut accepts, PLACES)?.0,
    };
    Ok(ranked.into_iter().map(|(other, _)| other).collect())
}

/// All who may be suggested, those with the most neighbors first, then by id.
fn by_degree(left: Scope<'_>) -> Result<Vec<EntityIndex>, Exhausted> {
    let mut counted = Vec::new();
    for kind in candidates().iter() {
        for &entity in left.graph.census.entities(kind) {
            if left.view.admits_entity(left.graph, entity, left.budget)? {
                counted.push((Reverse(left.neighbors(entity)?.len()), entity));
            }
        }
    }
    counted.sort_unstable();
    Ok(counted.into_iter().map(|(_, entity)| entity).collect())
}
