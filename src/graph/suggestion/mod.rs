//! Whom an entity is likely to work with next: what the structure of the graph suggests, with its reasons.

mod backtest;
mod common_neighbors;
mod new_partners;

pub use self::backtest::{BACKTEST_LIMIT, Backtest, BacktestQuestion, backtest};

use super::filter::EntityMatcher;
use super::index::{EntityIndex, RelationshipIndex};
use super::kinds::EntityKinds;
use super::measure::rounded;
use super::{Budget, EntityFilter, Exhausted, Graph, Scope, View};
use crate::model::entity::{EntityKind, Family};

/// What a suggestion is scored by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SuggestionMethod {
    /// Each common neighbor counts one over the logarithm of its number of neighbors.
    ///
    /// Source: L. Adamic, E. Adar, Friends and neighbors on the web, Social Networks 25 (2003) 211.
    #[default]
    AdamicAdar,
    /// Each common neighbor counts one over its number of neighbors.
    ///
    /// Source: T. Zhou, L. Lü, Y.-C. Zhang, Predicting missing links via local information, European Physical Journal B
    /// 71 (2009) 623.
    ResourceAllocation,
    /// Each common neighbor that is a consortium counts 1.
    SharedConsortia,
    /// How likely a walker comes there who goes twice to a partner: over a direct relationship, or over something that
    /// both take part in. Whoever is a partner already is not suggested.
    ///
    /// Source: the resource allocation of T. Zhou et al., Bipartite network projection and personal recommendation,
    /// Physical Review E 76 (2007) 046115, walked over partners.
    NewPartners,
}

/// Somebody who is suggested.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Who.
    pub entity: EntityIndex,
    /// How much speaks for it; comparable only within one method.
    pub score: f64,
    /// What speaks for it, the weightiest first, then by folded name, then by id.
    pub witnesses: Vec<Reason>,
}

/// One reason of a suggestion.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The common neighbor, or the partner of both.
    pub entity: EntityIndex,
    /// How much it adds to the score.
    pub weight: f64,
    /// The relationships that join it to both, by kind in the order of declaration, then by id.
    pub relationships: Vec<RelationshipIndex>,
}

/// Entities, each with a number.
type Scored = Vec<(EntityIndex, f64)>;

/// How many partners of both are named as witnesses of a new partner.
const MOST_WITNESSES: usize = 5;

/// Organizations without a direct relationship to this entity that its neighborhood suggests, the best first, then by
/// folded name, then by id; consortia are not suggested but witnesses.
///
/// **Complexity.** *O(Σ d)* over what is come to in one step, or in three for [`SuggestionMethod::NewPartners`], and
/// *O(n log n)* for *n* candidates.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover that.
pub fn suggestions(
    graph: &Graph,
    view: &View,
    to: EntityIndex,
    by: SuggestionMethod,
    filter: &EntityFilter,
    first: usize,
    budget: &Budget,
) -> Result<Vec<Suggestion>, Exhausted> {
    let mut matcher = EntityMatcher::new(Scope { graph, view, budget }, filter);
    let view = &*view.walked();
    let scope = Scope { graph, view, budget };
    let mut accepts = |entity| -> Result<bool, Exhausted> {
        Ok(candidates().contains(graph.facts(entity).kind) && matcher.matches(entity)?)
    };
    match by {
        SuggestionMethod::AdamicAdar | SuggestionMethod::ResourceAllocation | SuggestionMethod::SharedConsortia => {
            common_neighbors::suggestions(scope, to, by, &mut accepts, first)
        }
        SuggestionMethod::NewPartners => new_partners::suggestions(scope, to, &mut accepts, first),
    }
}

/// The kinds that may be suggested: organizations that can enter into something, not what they enter into.
fn candidates() -> EntityKinds {
    let organizations = EntityKind::ALL.into_iter().filter(|kind| kind.family() == Family::Organization);
    organizations.collect::<EntityKinds>().without(EntityKind::Consortium)
}

/// The best of some scored entities, in the order of suggestions; scores are rounded, so that sums in another order are
/// equal.
fn best(graph: &Graph, mut scored: Scored, first: usize) -> Scored {
    scored.iter_mut().for_each(|(_, score)| *score = rounded(*score));
    sort(graph, &mut scored);
    scored.truncate(first);
    scored
}

/// The greatest number first, then by folded name, then by id.
fn sort(graph: &Graph, scored: &mut [(EntityIndex, f64)]) {
    let name = |entity| (graph.name_rank(entity), entity);
    scored.sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then_with(|| name(one.0).cmp(&name(other.0))));
}
