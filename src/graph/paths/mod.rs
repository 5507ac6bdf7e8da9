//! How one entity is connected to another: the shortest or the strongest paths, or all paths up to a length.

mod ranked;
mod search;
mod shortest;
mod simple;
mod spur;
mod weights;

use std::borrow::Cow;

use crate::graph::filter::{EntityMatcher, RelationshipMatcher};
use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::{Budget, EntityFilter, Graph, Path, RelationshipFilter, Scope, TraversalError, View};

use self::search::{Distances, Sense, Walker};
use self::spur::SpurSearch;
use self::weights::StepCosts;

pub use self::weights::{PathWeights, path_strength};

/// The longest path that may be asked for, in steps.
pub const LENGTH_LIMIT: usize = 12;

/// The most paths of one pair that may be asked for by number.
pub const COUNT_LIMIT: usize = 100;

/// Between whom, which and by what.
#[derive(Clone, Debug)]
pub struct PathQuestion {
    /// Where paths start.
    pub from: Vec<EntityIndex>,
    /// Where they end.
    pub to: Vec<EntityIndex>,
    /// Which of the paths of a pair.
    pub select: PathSelection,
    /// How many steps they may have, 1 to [`LENGTH_LIMIT`].
    pub max_length: usize,
    /// What they may not lead through; their ends may be such. `None` avoids nothing.
    pub avoid: Option<EntityFilter>,
    /// What each step must be; direction and other end are seen from the entity that the step leaves.
    pub via: RelationshipFilter,
    /// How many paths of each pair, 1 to [`COUNT_LIMIT`], where the selection gives so many.
    pub k: usize,
    /// What makes a path strong, where the strongest are selected.
    pub weights: PathWeights,
}

/// Which of the paths between two entities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathSelection {
    /// One of the shortest: the first in the order of [`paths`].
    AnyShortest,
    /// All of the shortest.
    #[default]
    AllShortest,
    /// All that come to no entity twice.
    AllSimple,
    /// The first `k` in the order of [`paths`].
    ShortestK,
    /// The `k` that are strongest by [`PathWeights`].
    Strongest,
}

/// The paths in the view from each of `from` to each other of `to`; "shortest" is meant pair by pair.
///
/// Paths run over entities of all kinds, along and against the arrows. Parallel relationships make different paths.
/// They are sorted by length, then by the ids of their entities from first to last, then by those of their
/// relationships; the strongest by strength first, and only then so.
///
/// **Complexity.** Shortest paths: a search from both ends at once, *O(V + E)* per pair in the worst case and as a rule
/// about the square root of it, then *O(l)* per path and step found. All simple paths: one search back from the end,
/// *O(V + E)*, then a walk that never enters an entity from which the end is too far; their number may be exponential
/// in the length. The `k` shortest or strongest: one search back from the end until the start is reached, *O((V + E)
/// log V)*, then for each of the *k·l* entities of a path one search that it leads, which in the worst case comes to
/// every entity once for each number of steps. Each pair is one visit, so that pairs that nothing joins cost something.
///
/// # Errors
/// [`TraversalError::OutOfRange`] for a length or a `k` of 0 or above the limit; [`TraversalError::Exhausted`] when the
/// budget covers less than the whole answer.
pub fn paths(
    graph: &Graph,
    view: &View,
    question: &PathQuestion,
    budget: &Budget,
) -> Result<Vec<Path>, TraversalError> {
    TraversalError::check("maxLength", question.max_length, 1..=LENGTH_LIMIT)?;
    TraversalError::check("k", question.k, 1..=COUNT_LIMIT)?;
    // An end that is asked for is free.
    let is_field = question.from.iter().chain(&question.to).any(|&end| graph.is_field(end));
    let whole = Scope { graph, view, budget };
    let view = &*if is_field { Cow::Borrowed(view) } else { view.walked() };
    let scope = Scope { graph, view, budget };
    let mut walker = Walker::new(
        scope,
        RelationshipMatcher::new(whole, &question.via),
        question.avoid.as_ref().map(|avoid| EntityMatcher::new(whole, avoid)),
    );
    let mut found = Found { scope, paths: Vec::new() };
    let [sources, targets] = [&question.from, &question.to].map(|ends| {
        let mut ends = ends.clone();
        ends.sort_unstable();
        ends.dedup();
        ends
    });
    let costs = (question.select == PathSelection::Strongest).then(|| StepCosts::new(graph, view, &question.weights));
    let (entities, most) = (graph.entity_count(), question.max_length);
    let (mut both_ends, mut from_the_end) = (None, None);
    for &to in &targets {
        let mut spurs = None;
        for &from in sources.iter().filter(|&&from| from != to) {
            budget.spend(1)?;
            match question.select {
                PathSelection::AnyShortest => {
                    let search = both_ends.get_or_insert_with(|| shortest::Search::new(entities));
                    shortest::any(&mut walker, search, from, to, most, &mut found)?;
                }
                PathSelection::AllShortest => {
                    let search = both_ends.get_or_insert_with(|| shortest::Search::new(entities));
                    shortest::all(&mut walker, search, from, to, most, &mut found)?;
                }
                PathSelection::AllSimple => {
                    let distances = from_the_end.get_or_insert_with(|| Distances::new(entities, Sense::Back));
                    simple::all(&mut walker, distances, from, to, most, &mut found)?;
                }
                PathSelection::ShortestK | PathSelection::Strongest => {
                    if spurs.is_none() {
                        budget.sweep(entities)?;
                    }
                    let search = spurs.get_or_insert_with(|| SpurSearch::new(entities, to, most));
                    ranked::best(&mut walker, search, costs.as_ref(), from, question.k, &mut found)?;
                }
            }
        }
    }
    Ok(found.sorted())
}

/// The paths found so far, each with what it costs; 0 where costs were not asked about.
struct Found<'a> {
    scope: Scope<'a>,
    paths: Vec<(u64, Path)>,
}

impl Found<'_> {
    fn keep(&mut self, entities: &[EntityIndex], relationships: &[RelationshipIndex]) -> Result<(), TraversalError> {
        self.keep_at(0, entities, relationships)
    }

    fn keep_at(
        &mut self,
        cost: u64,
        entities: &[EntityIndex],
        relationships: &[RelationshipIndex],
    ) -> Result<(), TraversalError> {
        self.scope.budget.spend(relationships.len())?;
        self.paths.push((cost, Path::new(self.scope.graph, entities, relationships)));
        Ok(())
    }

    fn sorted(mut self) -> Vec<Path> {
        self.paths.sort_unstable_by(|(cost, one), (against, other)| {
            (cost.cmp(against))
                .then_with(|| one.length().cmp(&other.length()))
                .then_with(|| one.entities.cmp(&other.entities))
                .then_with(|| one.steps.cmp(&other.steps))
        });
        self.paths.into_iter().map(|(_, path)| path).collect()
    }
}
