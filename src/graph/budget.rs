//! What one question may cost: visited relationships and time. What costs more is an error, never a short answer.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// What the questions of one request may cost together. It may be shared by threads.
///
/// The clock is read once in [`Budget::CLOCK_INTERVAL`] visits, so a deadline is met within some tenths of a
/// millisecond.
#[derive(Debug)]
pub struct Budget {
    visits: u64,
    spent: AtomicU64,
    deadline: Option<Instant>,
}

/// The budget was spent before the question was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Exhausted {
    /// Too many relationships were visited.
    #[error(
        "the question visits more than {limit} relationships; narrow it by kinds, a view, fewer steps or fewer ends"
    )]
    Visits {
        /// How many were allowed.
        limit: u64,
    },
    /// The deadline passed.
    #[error("the question takes too long; narrow it by kinds, a view, fewer steps or fewer ends")]
    Deadline,
}

/// Why a traversal has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TraversalError {
    /// The budget was spent before the answer was whole.
    #[error(transparent)]
    Exhausted(#[from] Exhausted),
    /// A number is out of its range.
    #[error("{argument} is {given}; use a number from {least} to {most}")]
    OutOfRange {
        /// Which one.
        argument: &'static str,
        /// What was asked for.
        given: usize,
        /// The least that is allowed.
        least: usize,
        /// The most that is allowed.
        most: usize,
    },
}

impl TraversalError {
    pub(super) fn check(
        argument: &'static str,
        given: usize,
        range: std::ops::RangeInclusive<usize>,
    ) -> Result<(), Self> {
        if range.contains(&given) {
            return Ok(());
        }
        Err(Self::OutOfRange { argument, given, least: *range.start(), most: *range.end() })
    }
}

impl Budget {
    /// After how many visits the clock is read again.
    pub const CLOCK_INTERVAL: u64 = 1 << 14;

    /// At most so many visited relationships.
    pub fn of(visits: u64) -> Self {
        Self { visits, spent: AtomicU64::new(0), deadline: None }
    }

    /// No bound, for tests and for questions that are known to be small.
    pub fn unlimited() -> Self {
        Self::of(u64::MAX)
    }

    /// And not past this moment.
    #[must_use]
    pub fn until(self, deadline: Instant) -> Self {
        Self { deadline: Some(deadline), ..self }
    }

    /// How many relationships have been visited so far.
    pub fn spent(&self) -> u64 {
        self.spent.load(Ordering::Relaxed)
    }

    /// Books visits before they are made: a scan of a slice books the slice.
    ///
    /// # Errors
    /// [`Exhausted`] when they are no longer covered, or the deadline has passed.
    pub(super) fn spend(&self, visits: usize) -> Result<(), Exhausted> {
        let before = self.spent.fetch_add(visits as u64, Ordering::Relaxed);
        let after = before.saturating_add(visits as u64);
        if after > self.visits {
            return Err(Exhausted::Visits { limit: self.visits });
        }
        if before / Self::CLOCK_INTERVAL != after / Self::CLOCK_INTERVAL || before == 0 {
            return self.check_clock();
        }
        Ok(())
    }

    /// Reads the clock.
    ///
    /// # Errors
    /// [`Exhausted::Deadline`] when the deadline has passed.
    pub(super) fn check_clock(&self) -> Result<(), Exhausted> {
        match self.deadline {
            Some(deadline) if Instant::now() >= deadline => Err(Exhausted::Deadline),
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_covers_exactly_its_visits() {
        let budget = Budget::of(10);
        assert!(budget.spend(4).is_ok());
        assert!(budget.spend(6).is_ok());
        assert_eq!(budget.spend(1), Err(Exhausted::Visits { limit: 10 }));
    }

    #[test]
    fn a_deadline_that_has_passed_ends_the_walk_at_its_first_visit() {
        let budget = Budget::unlimited().until(Instant::now());
        assert_eq!(budget.spend(1), Err(Exhausted::Deadline));
    }

    #[test]
    fn a_number_out_of_range_says_what_is_allowed() {
        let refused = TraversalError::check("reach", 5, 1..=4).unwrap_err();
        assert_eq!(refused.to_string(), "reach is 5; use a number from 1 to 4");
    }
}
