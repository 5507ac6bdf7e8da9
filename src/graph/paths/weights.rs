//! How strong a step and a path are: cited firmly, recent, short.
//!
//! The strength of a step is a product of shares, that of a path the product of its steps':
//!
//! ```text
//! strength(step) = step · inferred^[only inferred] · 2^(-age / half-life) · kind
//! ```
//!
//! where *step* is what every step leaves, *inferred* what is left where no citation in view states the relationship,
//! *age* the years since it is last known to have held, and *kind* the share of its kind. What has no date counts as
//! one half-life old. Shares are kept as costs, -ln(share) in whole billionths, so that they add up exactly and equal
//! questions have equal answers.

use crate::graph::index::RelationshipIndex;
use crate::graph::{Graph, Path, View, relationship_days};
use crate::model::citation::Strength;
use crate::model::edtf::{Day, EdtfDate};
use crate::model::relationship::RelationshipKind;

/// What makes a path strong. Shares are above 0 and at most 1; others are taken as the nearest such.
#[derive(Clone, Debug, PartialEq)]
pub struct PathWeights {
    /// What every step leaves of the strength: below 1, the shorter of two like paths is the stronger.
    pub step: f64,
    /// What a step leaves that no citation in view states.
    pub inferred: f64,
    /// In how many years a step loses half of its strength; `None` where nothing ages.
    pub half_life: Option<f64>,
    /// Ages count back from the last day of this date; `None` means the view's date, or where it has none or an open
    /// one, [`Graph::latest_start`].
    pub as_of: Option<EdtfDate>,
    /// What steps of these kinds leave; 1 for those that are not named. Of a kind that is named twice, the last counts.
    pub kinds: Vec<(RelationshipKind, f64)>,
}

impl Default for PathWeights {
    fn default() -> Self {
        Self { step: 0.8, inferred: 0.5, half_life: Some(10.0), as_of: None, kinds: Vec::new() }
    }
}

/// The least share, and the shortest half-life in years.
const LEAST: f64 = 1e-9;
const DAYS_OF_A_YEAR: f64 = 365.25;
/// The most that age costs a step: it leaves nothing, and the steps of a path still add up.
const MOST_AGED: f64 = 1e15;

/// A share as a cost.
fn cost(share: f64) -> u64 {
    let share = if share.is_nan() { 1.0 } else { share.clamp(LEAST, 1.0) };
    (-share.ln() * 1e9).round() as u64
}

/// [`PathWeights`] at work on one view.
pub(super) struct StepCosts<'a> {
    graph: &'a Graph,
    view: &'a View,
    kinds: [u64; RelationshipKind::ALL.len()],
    inferred: u64,
    undated: u64,
    per_day: f64,
    today: Day,
}

impl<'a> StepCosts<'a> {
    pub(super) fn new(graph: &'a Graph, view: &'a View, weights: &PathWeights) -> Self {
        let mut kinds = [cost(weights.step); RelationshipKind::ALL.len()];
        for &(kind, share) in &weights.kinds {
            kinds[kind as usize] = cost(weights.step) + cost(share);
        }
        let half = std::f64::consts::LN_2 * 1e9;
        let asked = weights.as_of.as_ref().map(EdtfDate::last_day).or_else(|| view.last_day());
        Self {
            graph,
            view,
            kinds,
            inferred: cost(weights.inferred),
            undated: weights.half_life.map_or(0, |_| half.round() as u64),
            per_day: weights.half_life.map_or(0.0, |years| half / (years.max(LEAST) * DAYS_OF_A_YEAR)),
            today: asked.filter(|&day| day != Day::MAX).unwrap_or(graph.latest_start),
        }
    }

    /// The cost of a step over a relationship that is in the view. *O(1)*, or *O(c)* for its *c* citations where
    /// documents narrow the view.
    pub(super) fn of(&self, relationship: RelationshipIndex) -> u64 {
        let facts = self.graph.relationship_facts(relationship);
        let inferred = self.view.strength_of(self.graph, relationship) == Strength::Inferred;
        self.kinds[facts.kind as usize] + if inferred { self.inferred } else { 0 } + self.aged(relationship)
    }

    fn aged(&self, relationship: RelationshipIndex) -> u64 {
        if !self.graph.relationship_facts(relationship).is_dated() {
            return self.undated;
        }
        let (_, last) = relationship_days(self.graph, relationship);
        let days = i64::from(self.today) - i64::from(last);
        (days.max(0) as f64 * self.per_day).round().min(MOST_AGED) as u64
    }
}

/// How strong a path of the view is, 0 to 1, to six places: the product of its steps' strengths; 1 without steps.
pub fn path_strength(graph: &Graph, view: &View, weights: &PathWeights, path: &Path) -> f64 {
    let costs = StepCosts::new(graph, view, weights);
    let total: u64 = path.steps.iter().map(|step| costs.of(step.relationship)).sum();
    ((-(total as f64) / 1e9).exp() * 1e6).round() / 1e6
}
