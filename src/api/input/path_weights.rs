//! What a client counts as a strong path.

use async_graphql::{InputObject, Result};

use crate::api::error::Code;
use crate::api::scalar::EdtfDate;
use crate::api::vocabulary::RelationshipKind;
use crate::graph;

/// What makes a path strong. The strength of a step is `step`, times `inferred` where no citation in view states its
/// relationship, times one half for every `halfLife` years since the relationship is last known to have held, times the
/// weight of its kind. The strength of a path is the product of its steps'. A state without an end, such as a
/// membership, is held to last; what has no date at all counts as one `halfLife` old.
#[derive(InputObject)]
pub(crate) struct PathWeightsInput {
    /// What every step leaves of the strength, 0.000001 to 1; the smaller, the more a shorter path counts.
    #[graphql(default_with = "Some(0.8)")]
    step: Option<f64>,
    /// What a step leaves that is only inferred, 0.000001 to 1.
    #[graphql(default_with = "Some(0.5)")]
    inferred: Option<f64>,
    /// In how many years a step loses half of its strength, above 0; null where nothing ages.
    #[graphql(default_with = "Some(10.0)")]
    half_life: Option<f64>,
    /// The date whose last day ages count back from. When left out, the view's `asOf`; where that is missing or open,
    /// the day on which the latest relationship of the graph may have begun at the earliest.
    as_of: Option<EdtfDate>,
    /// What steps of some kinds leave; those that are not named leave all.
    kinds: Option<Vec<KindWeight>>,
}

/// What steps of one kind leave of the strength of a path.
#[derive(InputObject)]
pub(crate) struct KindWeight {
    /// The kind of relationship.
    kind: RelationshipKind,
    /// What a step of it leaves, 0.000001 to 1.
    weight: f64,
}

impl PathWeightsInput {
    /// The weights in the graph's terms.
    ///
    /// # Errors
    /// `INVALID_INPUT` for a share that is not 0.000001 to 1, or a half-life that is not above 0.
    pub(in crate::api) fn resolve(self) -> Result<graph::PathWeights> {
        let defaults = graph::PathWeights::default();
        if self.half_life.is_some_and(|years| !(years > 0.0 && years.is_finite())) {
            return Err(Code::InvalidInput
                .error("weights.halfLife: give a number of years above 0, or null where nothing shall age"));
        }
        let given = self.kinds.as_deref().unwrap_or_default();
        if given.iter().enumerate().any(|(at, one)| given[..at].iter().any(|earlier| earlier.kind == one.kind)) {
            return Err(Code::InvalidInput.error("weights.kinds: a kind is there twice; give each kind one weight"));
        }
        let kinds = self.kinds.into_iter().flatten();
        Ok(graph::PathWeights {
            step: self.step.map_or(Ok(defaults.step), |share| checked("step", share))?,
            inferred: self.inferred.map_or(Ok(defaults.inferred), |share| checked("inferred", share))?,
            half_life: self.half_life,
            as_of: self.as_of.map(|date| date.0),
            kinds: kinds
                .map(|one| Ok((one.kind.into(), checked("kinds.weight", one.weight)?)))
                .collect::<Result<_>>()?,
        })
    }
}

/// What is left by less than this is told as nothing by a score of six places.
const LEAST: f64 = 1e-6;

fn checked(argument: &str, share: f64) -> Result<f64> {
    if (LEAST..=1.0).contains(&share) {
        return Ok(share);
    }
    // In the form that JSON has it in: 1e-300 has three hundred zeros otherwise.
    Err(Code::InvalidInput
        .error(format!("weights.{argument}: {share:?} is out of range; give a number from {LEAST} to 1")))
}
