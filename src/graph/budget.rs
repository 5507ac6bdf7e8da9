//! What one question may cost: visited relationships and time. What costs more is an error, never a short answer.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

/// What the questions of one request may cost together. It may be shared by threads.
///
/// The clock is read once in [`Budget::CLOCK_INTERVAL`] visits, so a deadline is met, and a cancellation heeded, within
/// some tenths of a millisecond.
#[derive(Debug, Default)]
pub struct Budget {
    visits: u64,
    /// What counts against the visits that are covered.
    spent: AtomicU64,
    /// What is told beside it: answers that were found before, and what was given back.
    beside: AtomicU64,
    /// What the question had cost that was given back; one is.
    given_back: OnceLock<u64>,
    deadline: Option<Instant>,
    cancelled: Option<Arc<AtomicBool>>,
    is_cut: AtomicBool,
    mark: Option<Mark>,
    /// What this one is a part of: what is spent here is spent there too.
    whole: Option<Arc<Budget>>,
}

/// How much of a budget, and of that of which it is a part, was spent when a question began.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    spent: u64,
    told: u64,
    whole: Option<Box<Standing>>,
}

impl Standing {
    /// What was asked before it costs.
    pub fn told(&self) -> u64 {
        self.told
    }
}

/// How many visits make a question a long one, and what is done then.
struct Mark {
    visits: u64,
    pass: Box<Pass>,
}

type Pass = dyn Fn(&Budget) -> Result<(), Exhausted> + Send + Sync;

impl fmt::Debug for Mark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Mark").field("visits", &self.visits).finish_non_exhaustive()
    }
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
    /// It is a long one, and too many long ones wait already.
    #[error("too many long questions wait already; ask again later")]
    Crowded,
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
    /// How many numbers of a flat array may be read for one visit.
    pub(super) const SWEEP: usize = 64;

    /// At most so many visited relationships.
    pub fn of(visits: u64) -> Self {
        Self { visits, ..Self::default() }
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

    /// And no longer than this is false: whoever sets it ends the question.
    #[must_use]
    pub fn unless(self, cancelled: Arc<AtomicBool>) -> Self {
        Self { cancelled: Some(cancelled), ..self }
    }

    /// And once more than so many visits are spent, in whole [`Budget::CLOCK_INTERVAL`]s, `pass` is called before it goes
    /// on: it may wait, and it may end the question.
    #[must_use]
    pub fn passing(self, visits: u64, pass: impl Fn(&Self) -> Result<(), Exhausted> + Send + Sync + 'static) -> Self {
        let visits = visits.checked_next_multiple_of(Self::CLOCK_INTERVAL).unwrap_or(u64::MAX);
        Self { mark: Some(Mark { visits, pass: Box::new(pass) }), ..self }
    }

    /// And as a part of another one, which covers what is spent here as well.
    #[must_use]
    pub fn within(self, whole: Arc<Budget>) -> Self {
        Self { whole: Some(whole), ..self }
    }

    /// Whether it is a part of another one.
    pub fn is_part(&self) -> bool {
        self.whole.is_some()
    }

    /// What was asked so far costs, in visited relationships: as much as if all of it had been found now.
    pub fn spent(&self) -> u64 {
        self.spent.load(Ordering::Relaxed).min(self.visits) + self.beside.load(Ordering::Relaxed)
    }

    /// Where a question begins.
    pub fn standing(&self) -> Standing {
        let whole = self.whole.as_ref().map(|whole| Box::new(whole.standing()));
        Standing { spent: self.spent.load(Ordering::Relaxed), told: self.spent(), whole }
    }

    /// Has the questions that follow one that needed more than was left find what was left before it: so one that is
    /// refused leaves the others answered. That is done once, so that all together make at most twice the visits that
    /// are covered. It is told what a question costs up to where it is refused if nothing was found before.
    pub fn give_back(&self, since: &Standing) {
        if self.spent.load(Ordering::Relaxed) > self.visits {
            let allowed = self.visits.saturating_add(self.given_back.get().copied().unwrap_or(0));
            let told = self.spent().min(allowed).max(since.told);
            if self.given_back.set(told - since.told).is_ok() {
                self.spent.store(since.spent, Ordering::Relaxed);
            }
            let counted = self.spent.load(Ordering::Relaxed).min(self.visits);
            self.beside.store(told.saturating_sub(counted), Ordering::Relaxed);
        }
        if let (Some(whole), Some(since)) = (&self.whole, &since.whole) {
            whole.give_back(since);
        }
    }

    /// Notes that an answer leaves something out that was asked for.
    pub fn note_cut(&self) {
        self.is_cut.store(true, Ordering::Relaxed);
        if let Some(whole) = &self.whole {
            whole.note_cut();
        }
    }

    /// Whether an answer left something out that was asked for, or there was none because the budget was spent.
    pub fn is_cut(&self) -> bool {
        self.is_cut.load(Ordering::Relaxed)
    }

    /// Books visits that are made outside of walks.
    ///
    /// # Errors
    /// [`Exhausted`] when they are not covered, or the deadline has passed.
    pub fn charge(&self, visits: usize) -> Result<(), Exhausted> {
        if visits == 0 { Ok(()) } else { self.spend(visits) }
    }

    /// Books visits that were made before, for an answer that is kept. They are told as if they were made now. They count
    /// against a part, which says what its questions may cost, and not against the whole, which says what may be done.
    ///
    /// # Errors
    /// [`Exhausted`] when a part does not cover them.
    pub fn charge_found(&self, visits: u64) -> Result<(), Exhausted> {
        let Some(whole) = &self.whole else {
            self.beside.fetch_add(visits, Ordering::Relaxed);
            return Ok(());
        };
        let before = self.spent.fetch_add(visits, Ordering::Relaxed);
        let after = before.saturating_add(visits);
        whole.charge_found(after.min(self.visits) - before.min(self.visits))?;
        if after > self.visits {
            self.note_cut();
            return Err(Exhausted::Visits { limit: self.visits });
        }
        Ok(())
    }

    /// Whether the deadline has passed, or the question is cancelled.
    pub fn is_over(&self) -> bool {
        self.look_at_all().is_err()
    }

    /// Books visits before they are made: a scan of a slice books the slice.
    ///
    /// # Errors
    /// [`Exhausted`] when they are no longer covered, or the deadline has passed.
    pub(super) fn spend(&self, visits: usize) -> Result<(), Exhausted> {
        self.book(visits as u64).inspect_err(|_| self.note_cut())
    }

    /// Reads so many items, and books them as it comes to them, so that the deadline is met on the way.
    ///
    /// # Errors
    /// [`Exhausted`] when they are not covered, and what `read` fails with.
    pub(super) fn each<T>(
        &self,
        count: usize,
        items: impl Iterator<Item = T>,
        mut read: impl FnMut(T) -> Result<(), Exhausted>,
    ) -> Result<(), Exhausted> {
        const PORTION: usize = 1 << 12;
        for (at, item) in items.enumerate() {
            if at % PORTION == 0 {
                self.spend(PORTION.min(count.saturating_sub(at)))?;
            }
            read(item)?;
        }
        Ok(())
    }

    fn book(&self, visits: u64) -> Result<(), Exhausted> {
        let before = self.spent.fetch_add(visits, Ordering::Relaxed);
        let after = before.saturating_add(visits);
        if let Some(whole) = &self.whole {
            // What a part does not cover is not made. So a part that is spent costs the whole the same, however many
            // threads have tried to spend more.
            whole.spend((after.min(self.visits) - before.min(self.visits)) as usize)?;
        }
        if after > self.visits {
            return Err(Exhausted::Visits { limit: self.visits });
        }
        if before / Self::CLOCK_INTERVAL != after / Self::CLOCK_INTERVAL || before == 0 {
            if let Some(mark) = &self.mark
                && before < mark.visits
                && mark.visits <= after
            {
                (mark.pass)(self)?;
            }
            return self.look();
        }
        Ok(())
    }

    /// Books passes over flat arrays, which cost a small part of a walk's jumps and tests: [`Budget::SWEEP`] numbers
    /// are one visit. Reads the clock, so what sweeps in pieces of some milliseconds meets its deadline.
    ///
    /// # Errors
    /// [`Exhausted`] when it is not covered, or the deadline has passed.
    pub(super) fn sweep(&self, numbers: usize) -> Result<(), Exhausted> {
        self.spend(numbers / Self::SWEEP + 1)?;
        self.check_clock()
    }

    /// Reads the clock, and whether somebody cancelled.
    ///
    /// # Errors
    /// [`Exhausted::Deadline`] when the deadline has passed or the question is cancelled.
    pub(super) fn check_clock(&self) -> Result<(), Exhausted> {
        self.look_at_all().inspect_err(|_| self.note_cut())
    }

    fn look_at_all(&self) -> Result<(), Exhausted> {
        self.whole.as_ref().map_or(Ok(()), |whole| whole.look_at_all()).and_then(|()| self.look())
    }

    fn look(&self) -> Result<(), Exhausted> {
        let is_cancelled = self.cancelled.as_ref().is_some_and(|cancelled| cancelled.load(Ordering::Relaxed));
        match self.deadline {
            _ if is_cancelled => Err(Exhausted::Deadline),
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
    fn a_cancelled_budget_ends_the_walk_at_the_next_look() {
        let cancelled = Arc::new(AtomicBool::new(false));
        let budget = Budget::unlimited().unless(Arc::clone(&cancelled));
        assert_eq!(budget.spend(1), Ok(()));
        cancelled.store(true, Ordering::Relaxed);
        assert_eq!(budget.spend(Budget::CLOCK_INTERVAL as usize), Err(Exhausted::Deadline));
        assert_eq!(budget.check_clock(), Err(Exhausted::Deadline));
    }

    #[test]
    fn items_are_booked_as_they_are_read() {
        let count = 3 * Budget::CLOCK_INTERVAL as usize + 5;
        let budget = Budget::unlimited();
        budget.each(count, 0..count, |_| Ok(())).unwrap();
        assert_eq!(budget.spent(), count as u64);
        let mut read = 0;
        let few = Budget::of(10_000);
        let refused = few.each(count, 0..count, |_| {
            read += 1;
            Ok(())
        });
        assert_eq!(refused, Err(Exhausted::Visits { limit: 10_000 }));
        assert!(read <= 10_000, "{read}");
        let cancelled = Arc::new(AtomicBool::new(false));
        let ended = Budget::unlimited().unless(Arc::clone(&cancelled)).each(count, 0..count, |_| {
            cancelled.store(true, Ordering::Relaxed);
            Ok(())
        });
        assert_eq!(ended, Err(Exhausted::Deadline));
    }

    #[test]
    fn a_mark_is_passed_once_and_may_end_the_question() {
        let passed = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&passed);
        let whole = Arc::new(Budget::unlimited().passing(3 * Budget::CLOCK_INTERVAL, move |budget| {
            count.fetch_add(budget.spent(), Ordering::Relaxed);
            Ok(())
        }));
        let part = Budget::unlimited().within(Arc::clone(&whole));
        for _ in 0..10 {
            part.spend(Budget::CLOCK_INTERVAL as usize).unwrap();
        }
        assert_eq!(passed.load(Ordering::Relaxed), 3 * Budget::CLOCK_INTERVAL, "once, as soon as so much is spent");
        let crowded = Budget::unlimited().passing(1, |_| Err(Exhausted::Crowded));
        assert_eq!(crowded.spend(Budget::CLOCK_INTERVAL as usize - 1), Ok(()));
        assert_eq!(crowded.spend(1), Err(Exhausted::Crowded));
        assert!(crowded.is_cut());
    }

    #[test]
    fn a_part_spends_of_the_whole_and_neither_covers_more_than_its_own() {
        let whole = Arc::new(Budget::of(10));
        let part = Budget::of(6).within(Arc::clone(&whole));
        assert_eq!(part.spend(6), Ok(()));
        assert_eq!((part.spent(), whole.spent(), whole.is_cut()), (6, 6, false));
        assert_eq!(part.spend(1), Err(Exhausted::Visits { limit: 6 }));
        assert!(part.is_cut() && whole.is_cut(), "both know that an answer is missing");
        let other = Budget::of(100).within(Arc::clone(&whole));
        assert_eq!(other.spend(5), Err(Exhausted::Visits { limit: 10 }));
        assert_eq!(whole.spent(), 10, "what is not covered is not made");
    }

    #[test]
    fn a_part_that_threads_have_spent_costs_the_whole_what_it_covers() {
        let whole = Arc::new(Budget::of(10_000));
        let part = Budget::of(1_000).within(Arc::clone(&whole));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| while part.spend(7).is_ok() {});
            }
        });
        assert_eq!((part.spent(), whole.spent()), (1_000, 1_000));
        assert_eq!(Budget::unlimited().within(Arc::clone(&whole)).spend(9_000), Ok(()));
    }

    #[test]
    fn what_was_found_before_counts_against_a_part_and_is_told_of_the_whole() {
        let whole = Arc::new(Budget::of(10));
        assert_eq!(whole.charge_found(25), Ok(()));
        assert_eq!((whole.spent(), whole.spend(10)), (25, Ok(())), "all that is covered is left");
        assert_eq!((whole.spend(1), whole.spent()), (Err(Exhausted::Visits { limit: 10 }), 35));
        let part = Budget::of(30).within(Arc::new(Budget::of(10)));
        assert_eq!(part.charge_found(25), Ok(()));
        assert_eq!(part.charge_found(6), Err(Exhausted::Visits { limit: 30 }));
        assert_eq!((part.spent(), part.whole.as_ref().unwrap().spent()), (30, 30));
        assert!(part.is_cut() && part.whole.unwrap().is_cut());
    }

    /// Spends so much as one question; what it is refused with is given back.
    fn ask(budget: &Budget, visits: usize) -> bool {
        let since = budget.standing();
        let answered = budget.spend(visits).is_ok();
        if !answered {
            budget.give_back(&since);
        }
        answered
    }

    #[test]
    fn a_question_that_is_refused_leaves_the_others_what_there_was_once() {
        let budget = Budget::of(10);
        assert!(ask(&budget, 3));
        assert!(!ask(&budget, 50));
        assert_eq!(budget.spent(), 10, "up to where it was refused");
        assert!(ask(&budget, 4));
        assert_eq!(budget.spent(), 14);
        assert!(!ask(&budget, 50));
        assert_eq!(budget.spent(), 17, "3 of 10 were left");
        assert!(!ask(&budget, 1), "a second refusal takes what is left");
        assert_eq!(budget.spent(), 17);
    }

    #[test]
    fn a_refusal_costs_the_same_whether_what_came_before_was_found_before() {
        let budget = Budget::of(10);
        budget.charge_found(3).unwrap();
        assert!(!ask(&budget, 50), "with all of the ten");
        assert_eq!(budget.spent(), 10);
        budget.charge_found(4).unwrap();
        assert!(!ask(&budget, 50));
        assert_eq!(budget.spent(), 17);
    }

    #[test]
    fn a_part_that_is_spent_gives_back_its_own() {
        let whole = Arc::new(Budget::of(100));
        let part = Budget::of(10).within(Arc::clone(&whole));
        assert!(ask(&part, 3) && !ask(&part, 50) && ask(&part, 7) && !ask(&part, 1));
        assert_eq!((part.spent(), whole.spent()), (17, 17));
    }

    #[test]
    fn the_end_of_the_whole_is_the_end_of_a_part() {
        let whole = Arc::new(Budget::unlimited().until(Instant::now()));
        let part = Budget::unlimited().within(whole);
        assert_eq!(part.spend(1), Err(Exhausted::Deadline));
        assert_eq!(part.check_clock(), Err(Exhausted::Deadline));
    }

    #[test]
    fn a_number_out_of_range_says_what_is_allowed() {
        let refused = TraversalError::check("reach", 5, 1..=4).unwrap_err();
        assert_eq!(refused.to_string(), "reach is 5; use a number from 1 to 4");
    }
}
