//! Long questions, so many at a time; and measures of a whole view, once for each revision, view and question, kept
//! within a bound in bytes.
//!
//! An operation that has to wait for a measure, works on one, or has visited a lot gives back its turn among the
//! operations, so that short questions go on being answered; from then on it runs in one of the few turns for long
//! questions. Who asks what another one is working on waits for it, no longer than its own budget allows; where that one
//! gives up, the next goes on. While it waits an operation holds no turn, so that those who work are never kept from
//! ending.

mod turns;

#[cfg(test)]
mod tests;

use std::any::Any;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

pub(super) use turns::Lane;

use async_graphql::Result;
use quick_cache::sync::{Cache, DefaultLifecycle, GuardResult};
use quick_cache::{OptionsBuilder, Weighter};

use crate::api::scope::Scope;
use crate::graph::{Budget, Exhausted, Graph, TraversalError, View};
use crate::model::change::Revision;
use turns::Turns;

/// How long somebody who waits looks away from whether to wait on.
const LOOK: Duration = Duration::from_millis(20);
/// How many may wait for a turn or a measure at the same time. Each holds a thread.
const WAITING: usize = 128;
/// What an entry of the cache takes besides its key's text and its answer, in bytes.
const ENTRY: usize = 256;

/// What a measure is of. The question is its name and its parameters in one canonical text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    revision: Revision,
    view: Arc<View>,
    question: Box<str>,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.revision, &*self.view, &self.question).hash(state);
    }
}

/// The answer to a measure, and what finding it cost.
#[derive(Clone)]
struct Kept {
    answer: Arc<dyn Any + Send + Sync>,
    bytes: usize,
    visits: u64,
    is_cut: bool,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Key, Kept> for Bytes {
    fn weight(&self, key: &Key, kept: &Kept) -> u64 {
        (ENTRY + key.question.len() + kept.bytes) as u64
    }
}

/// The measures that are kept, and the turns of the long questions that are being worked on.
pub(super) struct Measures {
    kept: Cache<Key, Kept, Bytes>,
    turns: Turns,
    waiting: AtomicUsize,
}

impl Measures {
    /// So many at a time, at least one; answers of so many bytes are kept.
    pub(super) fn new(at_once: usize, bytes: u64) -> Self {
        let options = OptionsBuilder::new()
            .shards(1)
            .estimated_items_capacity(256)
            .weight_capacity(bytes)
            .build()
            .expect("all that the builder needs is given");
        let kept = Cache::with_options(options, Bytes, Default::default(), DefaultLifecycle::default());
        Self { kept, turns: Turns::new(at_once), waiting: AtomicUsize::new(0) }
    }
}

/// One who waits, counted as long as it lives.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn begin(count: &'a AtomicUsize) -> std::result::Result<Self, Exhausted> {
        let waiting = Self(count);
        if count.fetch_add(1, Ordering::Relaxed) >= WAITING {
            return Err(Exhausted::Crowded);
        }
        Ok(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Scope {
    /// What a measure of the view says, found now or before. `question` names the measure and holds all its parameters:
    /// equal texts are equal questions. `bytes` tells how large an answer is. What it costs is the same whether it was found
    /// before or not; only what the server allows an operation is not spent on what was.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED` when the budget does not suffice for finding it, or for waiting for one who is finding it, and
    /// when too many wait;
    /// `INVALID_INPUT` for a number out of range.
    pub(super) fn measured<T: Any + Send + Sync, E: Into<TraversalError>>(
        &self,
        question: String,
        measure: impl FnOnce(&Graph, &View, &Budget) -> std::result::Result<T, E>,
        bytes: impl FnOnce(&T) -> usize,
    ) -> Result<Arc<T>> {
        self.cited.note_all(&self.snapshot, &self.view);
        let measures = &self.lane.measures;
        let key =
            Key { revision: self.snapshot.state().revision(), view: Arc::clone(&self.view), question: question.into() };
        if let Some(kept) = measures.kept.get(&key) {
            return self.book(kept);
        }
        let _waiting = Waiting::begin(&measures.waiting).map_err(|crowded| self.exhausted(crowded))?;
        let mut patience = Duration::ZERO;
        loop {
            // The key is not kept: it is found here, or by one who is at it.
            match measures.kept.get_value_or_guard(&key, Some(patience)) {
                GuardResult::Value(kept) => {
                    self.long_turn()?;
                    return self.book(kept);
                }
                GuardResult::Guard(guard) => {
                    self.lane.short.give_back();
                    self.long_turn()?;
                    let budget = Budget::unlimited().within(Arc::clone(&self.budget));
                    let answer = measure(self.graph(), &self.view, &budget);
                    let answer = Arc::new(answer.map_err(|error| self.refused(&error.into()))?);
                    let (visits, is_cut) = (budget.spent(), budget.is_cut());
                    let kept = Kept { bytes: bytes(&answer), answer: Arc::clone(&answer) as _, visits, is_cut };
                    // The only one who could have put another there is the one who cleared the cache.
                    let _ = guard.insert(kept);
                    return Ok(answer);
                }
                GuardResult::Timeout if self.budget.is_over() => return Err(self.exhausted(Exhausted::Deadline)),
                GuardResult::Timeout => {
                    self.lane.give_back();
                    patience = LOOK;
                }
            }
        }
    }

    fn long_turn(&self) -> Result<()> {
        self.lane.take_long(&self.budget).map_err(|late| self.exhausted(late))
    }

    fn exhausted(&self, why: Exhausted) -> async_graphql::Error {
        self.refused(&why.into())
    }

    /// Books what finding an answer cost.
    fn book<T: Any + Send + Sync>(&self, kept: Kept) -> Result<Arc<T>> {
        self.budget.charge_found(kept.visits).map_err(|error| self.exhausted(error))?;
        if kept.is_cut {
            self.budget.note_cut();
        }
        Ok(kept.answer.downcast().expect("the question names the measure, and a measure has one type of answer"))
    }
}
