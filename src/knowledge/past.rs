//! Earlier versions, put together from the change log when somebody asks for one, and the few that are kept.
//!
//! What is put together starts from the nearest version before the one asked for: one that is kept, the base of the
//! store, or nothing. Values that did not change since are those of the newest version itself, so that a kept version
//! costs its graph and its index, not its values.

use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::thread::sleep;
use std::time::Duration;

use quick_cache::OptionsBuilder;
use quick_cache::UnitWeighter;
use quick_cache::sync::{Cache, DefaultLifecycle, GuardResult};

use super::apply::Replay;
use super::snapshots::PastError;
use super::{Snapshot, State};
use crate::model::change::{Revision, Versioned};
use crate::store::Store;

/// How many versions are kept.
const KEPT: usize = 4;
/// How long somebody who waits looks away from whether to wait on.
const LOOK: Duration = Duration::from_millis(20);

type Kept = Cache<Revision, Arc<Snapshot>>;

/// The versions that are kept. One is put together at a time; who asks for one that is being put together waits for it.
pub(super) struct Past {
    kept: Kept,
    building: Mutex<()>,
}

impl Default for Past {
    fn default() -> Self {
        let options = OptionsBuilder::new()
            .shards(1)
            .estimated_items_capacity(KEPT)
            .weight_capacity(KEPT as u64)
            .build()
            .expect("all that the builder needs is given");
        let kept = Kept::with_options(options, UnitWeighter, Default::default(), DefaultLifecycle::default());
        Self { kept, building: Mutex::new(()) }
    }
}

impl std::fmt::Debug for Past {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Past").field("kept", &self.kept.len()).finish_non_exhaustive()
    }
}

impl Past {
    /// The version of a revision, kept or put together.
    pub(super) fn at(
        &self,
        store: &Store,
        newest: &Arc<Snapshot>,
        revision: Revision,
        is_over: &dyn Fn() -> bool,
    ) -> Result<Arc<Snapshot>, PastError> {
        let known = newest.stored().revision();
        if revision == known {
            return Ok(Arc::clone(newest));
        }
        if revision > known {
            return Err(PastError::OutOfRange { asked: revision, newest: known });
        }
        let late = PastError::Late { asked: revision };
        loop {
            match self.kept.get_value_or_guard(&revision, Some(LOOK)) {
                GuardResult::Value(snapshot) => return Ok(snapshot),
                GuardResult::Guard(guard) => {
                    let Some(_turn) = self.turn(is_over) else { return Err(late) };
                    let snapshot = Arc::new(Snapshot::build(self.state(store, newest.stored(), revision, is_over)?));
                    // Where the cache has no place for it, it is right all the same.
                    let _ = guard.insert(Arc::clone(&snapshot));
                    return Ok(snapshot);
                }
                GuardResult::Timeout if is_over() => return Err(late),
                GuardResult::Timeout => {}
            }
        }
    }

    fn turn(&self, is_over: &dyn Fn() -> bool) -> Option<MutexGuard<'_, ()>> {
        loop {
            match self.building.try_lock() {
                Ok(turn) => return Some(turn),
                // It guards no value.
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if is_over() => return None,
                Err(TryLockError::WouldBlock) => sleep(LOOK),
            }
        }
    }

    fn state(
        &self,
        store: &Store,
        newest: &State,
        revision: Revision,
        is_over: &dyn Fn() -> bool,
    ) -> Result<State, PastError> {
        let near = self.kept.iter().filter(|(kept, _)| *kept < revision).max_by_key(|(kept, _)| *kept);
        let after = near.as_ref().map_or(1, |(kept, _)| kept + 1);
        let base = store.base()?.filter(|base| (after..=revision).contains(base));
        // Where a writer took the base away meanwhile, the log still tells all.
        let base = base.and_then(|_| store.load_base().ok().flatten()).filter(|(base, _)| *base <= revision);
        let start = match (base, near) {
            (Some(base), _) => base,
            (None, Some((near, snapshot))) => (near, snapshot.stored().clone()),
            (None, None) => (0, State::default()),
        };
        let mut replay = Replay::from(&start.1);
        for next in start.0 + 1..=revision {
            if is_over() {
                return Err(PastError::Late { asked: revision });
            }
            let entry = store.applied(next)?;
            replay.add(&entry);
        }
        let mut state = replay.finish(newest.commits[..revision as usize].to_vec());
        share(&mut state.documents, &newest.documents, |document| document.id.as_str());
        share(&mut state.entities, &newest.entities, |entity| entity.id.as_str());
        share(&mut state.relationships, &newest.relationships, |relationship| relationship.id().as_str());
        share(&mut state.decisions, &newest.decisions, |decision| decision.id().as_str());
        Ok(state)
    }
}

/// Puts the values of the newest version in the place of equal ones. Both lists are sorted by id; one id has at one
/// revision one value.
fn share<T>(past: &mut [Arc<Versioned<T>>], newest: &[Arc<Versioned<T>>], id: impl Fn(&T) -> &str) {
    let mut newest = newest.iter().peekable();
    for value in past {
        while newest.next_if(|other| id(&other.value) < id(&value.value)).is_some() {}
        if let Some(same) = newest.next_if(|other| id(&other.value) == id(&value.value))
            && same.revision == value.revision
        {
            *value = Arc::clone(same);
        }
    }
}
