//! Who stands where in a view: one number for each entity, and the entities by it.
//!
//! Every measure is a function of its own over [`Ties`], the simple undirected graph of the view, and says on which
//! part of it, with what normalization, and what becomes of nodes without ties. [`scores`] picks one by its name,
//! [`ranking`] brings the entities into its order.

mod betweenness;
mod core;
mod eigenvector;
mod harmonic;
mod page_rank;
mod parallel;
mod triangles;

use std::cmp::Ordering;

use super::filter::EntityMatcher;
use super::index::EntityIndex;
use super::ties::Ties;
use super::{Budget, EntityFilter, Exhausted, Graph, Scope, View};

pub use self::betweenness::betweenness;
pub use self::core::core_numbers;
pub use self::eigenvector::eigenvector;
pub use self::harmonic::harmonic;
pub use self::page_rank::page_rank;
pub use self::triangles::{clustering, constraint, effective_size};

/// What entities are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Centrality {
    /// The number of entities that it is tied to.
    Degree,
    /// The number of its relationships.
    WeightedDegree,
    /// [`harmonic()`].
    Harmonic,
    /// [`betweenness()`].
    Betweenness,
    /// [`page_rank()`].
    PageRank,
    /// [`eigenvector()`].
    Eigenvector,
    /// [`core_numbers`].
    Core,
    /// [`clustering`].
    Clustering,
    /// [`constraint`].
    Constraint,
    /// [`effective_size`].
    EffectiveSize,
}

impl Centrality {
    /// All of them, in the order of declaration.
    pub const ALL: [Self; 10] = [
        Self::Degree,
        Self::WeightedDegree,
        Self::Harmonic,
        Self::Betweenness,
        Self::PageRank,
        Self::Eigenvector,
        Self::Core,
        Self::Clustering,
        Self::Constraint,
        Self::EffectiveSize,
    ];

    /// Whether the least score comes first: a broker is who is least constrained.
    pub fn least_first(self) -> bool {
        match self {
            Self::Constraint => true,
            Self::Degree
            | Self::WeightedDegree
            | Self::Harmonic
            | Self::Betweenness
            | Self::PageRank
            | Self::Eigenvector
            | Self::Core
            | Self::Clustering
            | Self::EffectiveSize => false,
        }
    }
}

/// How scores were come by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// As the definition says, up to rounding.
    Exact,
    /// From a sample that is the same each time.
    Sampled {
        /// How many draws.
        samples: usize,
        /// How far from the exact score a score may be.
        error: f64,
        /// How likely it is that none is farther, 0 to 1.
        confidence: f64,
    },
}

/// A number for each node, and how it was come by.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// By the position of the node; `NaN` where the measure says nothing about it.
    pub values: Vec<f64>,
    /// How they were come by.
    pub method: Method,
}

impl Measured {
    fn exactly(values: Vec<f64>) -> Self {
        Self { values, method: Method::Exact }
    }
}

/// A number for each entity of a view.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// The entities of the view in the order of their ids.
    pub entities: Vec<EntityIndex>,
    /// Of each of them, rounded to 12 digits, so that what is equal but for rounding is equal; `NaN` where the measure
    /// says nothing about it.
    pub values: Vec<f64>,
    /// How they were come by.
    pub method: Method,
}

impl Scores {
    /// How much memory they take, for who keeps them.
    pub fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.entities.capacity() * size_of::<EntityIndex>()
            + self.values.capacity() * size_of::<f64>()
    }
}

/// Measures every entity of a view.
///
/// **Complexity.** That of the measure, and *O(V + E)* for the ties.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the measure.
pub fn scores(graph: &Graph, view: &View, by: Centrality, budget: &Budget) -> Result<Scores, Exhausted> {
    scores_of(&Ties::of(graph, view, budget)?, by, budget)
}

/// Measures every entity of a network that is given by its ties.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the measure.
pub fn scores_of(ties: &Ties, by: Centrality, budget: &Budget) -> Result<Scores, Exhausted> {
    let measured = measure(ties, by, budget)?;
    let values = measured.values.into_iter().map(rounded).collect();
    Ok(Scores { entities: ties.members().to_vec(), values, method: measured.method })
}

/// Measures every node.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the measure.
pub fn measure(ties: &Ties, by: Centrality, budget: &Budget) -> Result<Measured, Exhausted> {
    let nodes = 0..ties.count();
    Ok(match by {
        Centrality::Degree => Measured::exactly(nodes.map(|node| ties.degree(node) as f64).collect()),
        Centrality::WeightedDegree => Measured::exactly(nodes.map(|node| ties.weighted_degree(node) as f64).collect()),
        Centrality::Harmonic => harmonic(ties, budget)?,
        Centrality::Betweenness => betweenness(ties, budget)?,
        Centrality::PageRank => Measured::exactly(page_rank(ties, budget)?),
        Centrality::Eigenvector => Measured::exactly(eigenvector(ties, budget)?),
        Centrality::Core => Measured::exactly(core_numbers(ties, budget)?.into_iter().map(f64::from).collect()),
        Centrality::Clustering => Measured::exactly(clustering(ties, budget)?),
        Centrality::Constraint => Measured::exactly(constraint(ties, budget)?),
        Centrality::EffectiveSize => Measured::exactly(effective_size(ties, budget)?),
    })
}

/// An entity in a ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// Who.
    pub entity: EntityIndex,
    /// 1 for the best; equals share a rank and those after them keep theirs, as in sports: 1, 2, 2, 4.
    pub rank: usize,
    /// The score.
    pub score: f64,
}

/// The entities that pass a filter and have a score, best first; equals by folded name, then by id.
///
/// The scores are those of the whole view: the filter says who is listed, not who counts. Ranks are those among the
/// listed.
///
/// **Complexity.** *O(V log V)*, and what the filter costs.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover a visit for each entity, and what the filter costs.
pub fn ranking(
    graph: &Graph,
    view: &View,
    scores: &Scores,
    by: Centrality,
    filter: &EntityFilter,
    budget: &Budget,
) -> Result<Vec<Ranked>, Exhausted> {
    budget.spend(scores.entities.len())?;
    let mut matcher = EntityMatcher::new(Scope { graph, view, budget }, filter);
    let mut listed = Vec::new();
    for (&entity, &score) in scores.entities.iter().zip(&scores.values) {
        if !score.is_nan() && matcher.matches(entity)? {
            listed.push(Ranked { entity, rank: 0, score });
        }
    }
    let better = |one: &Ranked, other: &Ranked| {
        let least_first = one.score.total_cmp(&other.score);
        if by.least_first() { least_first } else { least_first.reverse() }
    };
    let by_name = |ranked: &Ranked| (graph.name_rank(ranked.entity), ranked.entity);
    listed.sort_unstable_by(|one, other| better(one, other).then_with(|| by_name(one).cmp(&by_name(other))));
    for at in 0..listed.len() {
        let is_equal = at > 0 && better(&listed[at - 1], &listed[at]) == Ordering::Equal;
        listed[at].rank = if is_equal { listed[at - 1].rank } else { at + 1 };
    }
    Ok(listed)
}

/// A number with 12 digits; what is within a millionth of a millionth of 0 is 0.
pub(super) fn rounded(value: f64) -> f64 {
    const DIGITS: i32 = 12;
    if !value.is_finite() {
        return value;
    }
    if value.abs() < 1e-12 {
        return 0.0;
    }
    let places = DIGITS - 1 - value.abs().log10().floor() as i32;
    if places >= 0 {
        let scale = 10_f64.powi(places);
        (value * scale).round() / scale
    } else {
        let scale = 10_f64.powi(-places);
        (value / scale).round() * scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_twelve_digits() {
        assert_eq!(rounded(1.0 / 3.0), 0.333_333_333_333);
        assert_eq!(rounded(2.0 / 3.0 * 1e-5), 6.666_666_666_67e-6);
        assert_eq!(rounded(-123_456_789_012.7), -123_456_789_013.0);
        assert_eq!(rounded(0.1 + 0.2), 0.3);
        assert_eq!(rounded(3e-14), 0.0);
        assert!(rounded(f64::NAN).is_nan());
    }

    #[test]
    fn every_measure_of_an_empty_view_is_empty() {
        let ties = Ties::from_pairs(Vec::new(), &[]);
        for by in Centrality::ALL {
            assert!(measure(&ties, by, &Budget::unlimited()).unwrap().values.is_empty(), "{by:?}");
        }
    }

    #[test]
    fn nodes_without_ties_have_the_scores_that_the_measures_say() {
        let ties = Ties::from_pairs(vec![EntityIndex(0), EntityIndex(1)], &[]);
        let of = |by| measure(&ties, by, &Budget::unlimited()).unwrap().values;
        for by in [Centrality::Degree, Centrality::Harmonic, Centrality::Betweenness, Centrality::Core] {
            assert_eq!(of(by), [0.0, 0.0], "{by:?}");
        }
        assert_eq!(of(Centrality::PageRank), [0.5, 0.5]);
        assert_eq!(of(Centrality::Clustering), [0.0, 0.0]);
        assert!(of(Centrality::Constraint).iter().chain(&of(Centrality::EffectiveSize)).all(|score| score.is_nan()));
    }
}
