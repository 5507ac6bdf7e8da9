//! Who may run: an operation among the others, and the few that work on something long.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::{LOOK, Measures, Waiting};
use crate::api::executor::Turn;
use crate::graph::{Budget, Exhausted};

/// How many visits make a question a long one: some milliseconds' worth.
pub(super) const LONG: u64 = 1 << 18;

/// The turns for long questions.
pub(super) struct Turns {
    free: Mutex<usize>,
    given_back: Condvar,
}

impl Turns {
    /// So many, at least one.
    pub(super) fn new(at_once: usize) -> Self {
        Self { free: Mutex::new(at_once.max(1)), given_back: Condvar::new() }
    }

    pub(super) fn free(&self) -> MutexGuard<'_, usize> {
        // A number is right whoever panicked.
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The turns of one operation: among all operations at first, among the long questions once it is one.
pub(in crate::api) struct Lane {
    pub(super) measures: Arc<Measures>,
    pub(super) short: Turn,
    is_long: Mutex<bool>,
}

impl Lane {
    pub(in crate::api) fn new(measures: Arc<Measures>, short: Turn) -> Self {
        Self { measures, short, is_long: Mutex::new(false) }
    }

    /// Gives back whatever turn it has.
    pub(super) fn give_back(&self) {
        self.short.give_back();
        let mut is_long = self.is_long.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::take(&mut *is_long) {
            *self.measures.turns.free() += 1;
            self.measures.turns.given_back.notify_one();
        }
    }

    /// The budget of an operation that leaves for the long questions once it has visited [`LONG`].
    pub(in crate::api) fn watch(self: &Arc<Self>, budget: Budget) -> Budget {
        let lane = Arc::clone(self);
        budget.passing(LONG, move |budget| lane.go_long(budget))
    }

    /// Leaves the operations for the long questions, if it has not done so before.
    ///
    /// # Errors
    /// [`Exhausted::Crowded`] when too many wait for that already, [`Exhausted::Deadline`] when the budget ended first.
    fn go_long(&self, budget: &Budget) -> Result<(), Exhausted> {
        if *self.is_long.lock().unwrap_or_else(PoisonError::into_inner) {
            return Ok(());
        }
        let _waiting = Waiting::begin(&self.measures.waiting)?;
        self.short.give_back();
        self.take_long(budget)
    }

    /// Waits for a turn among the long questions, if it has none.
    ///
    /// # Errors
    /// [`Exhausted::Deadline`] when the budget ended first.
    pub(super) fn take_long(&self, budget: &Budget) -> Result<(), Exhausted> {
        let mut is_long = self.is_long.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.measures.turns.free();
        while !*is_long && *free == 0 {
            if budget.is_over() {
                return Err(Exhausted::Deadline);
            }
            let waited = self.measures.turns.given_back.wait_timeout(free, LOOK);
            free = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        if !*is_long {
            *free -= 1;
            *is_long = true;
        }
        Ok(())
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.give_back();
    }
}
