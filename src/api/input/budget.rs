//! What a client lets a part of its question cost.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_graphql::{InputObject, Result};

use crate::api::error::Code;
use crate::graph::Budget;

/// What the questions below may cost together. What costs more is an error with the code LIMIT_EXCEEDED, never a short
/// answer. The server's own limits of the whole operation hold all the same.
#[derive(InputObject, Default)]
pub(crate) struct BudgetInput {
    /// At most this many visited relationships, 1 or more. What a question visits is counted, not measured: the same
    /// question on the same revision costs the same.
    visits: Option<i32>,
    /// At most this long, in milliseconds, 1 or more.
    milliseconds: Option<i32>,
}

impl BudgetInput {
    /// A part of the budget of the operation.
    ///
    /// # Errors
    /// `INVALID_INPUT` for a number below 1.
    pub(in crate::api) fn resolve(&self, whole: &Arc<Budget>) -> Result<Budget> {
        let positive = |name: &str, given: Option<i32>| match given.map(u64::try_from) {
            None => Ok(None),
            Some(Ok(number)) if number > 0 => Ok(Some(number)),
            Some(_) => {
                let message =
                    format!("budget.{name}: give a number from 1, or leave it out for the server's own limit");
                Err(Code::InvalidInput.error(message))
            }
        };
        let budget = Budget::of(positive("visits", self.visits)?.unwrap_or(u64::MAX)).within(Arc::clone(whole));
        let time = positive("milliseconds", self.milliseconds)?.map(Duration::from_millis);
        Ok(match time.and_then(|time| Instant::now().checked_add(time)) {
            Some(end) => budget.until(end),
            None => budget,
        })
    }
}
