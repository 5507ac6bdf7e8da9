//! The door to every version that can be read: the newest one, and those before it.

use std::sync::Arc;

use super::{KnowledgeGraph, Snapshot};
use crate::model::change::Revision;
use crate::model::cited::CitedQuery;
use crate::model::state::State;
use crate::store::StoreError;

/// Gives snapshots to those who read.
pub trait Snapshots: Send + Sync + 'static {
    /// The newest version of everything.
    fn newest(&self) -> Arc<Snapshot>;

    /// Everything as it was known after a revision no newer than that of `newest`, which is one of these snapshots;
    /// revision 0 is empty. It ends with [`PastError::Late`] once `is_over` says that nobody waits any longer.
    ///
    /// # Errors
    /// There is no such revision, it took too long, or the store cannot be read.
    fn at(
        &self,
        newest: &Arc<Snapshot>,
        revision: Revision,
        is_over: &dyn Fn() -> bool,
    ) -> Result<Arc<Snapshot>, PastError>;

    /// Keeps a query that somebody cites, where there is a store to keep it in.
    ///
    /// # Errors
    /// Too many are kept, or the store failed.
    fn keep(&self, query: &CitedQuery) -> Result<(), StoreError>;

    /// The query that is kept under a token; `None` where there is none.
    ///
    /// # Errors
    /// The store cannot be read.
    fn kept(&self, token: &str) -> Result<Option<CitedQuery>, StoreError>;
}

/// Why there is no past version.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PastError {
    /// The revision is not one of this graph.
    #[error("there is no revision {asked}; give a number from 0 (nothing known yet) to {newest} (the newest)")]
    OutOfRange {
        /// What was asked for.
        asked: Revision,
        /// The newest there is.
        newest: Revision,
    },
    /// It took longer than the one who asked waits.
    #[error(
        "putting together revision {asked} takes too long; ask for one that was asked for before, or for the newest"
    )]
    Late {
        /// What was asked for.
        asked: Revision,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A version without a store: of the past it knows only that there was nothing before the first revision.
impl Snapshots for Arc<Snapshot> {
    fn newest(&self) -> Arc<Snapshot> {
        Self::clone(self)
    }

    fn at(
        &self,
        newest: &Arc<Snapshot>,
        revision: Revision,
        _is_over: &dyn Fn() -> bool,
    ) -> Result<Arc<Snapshot>, PastError> {
        let known = newest.state().revision();
        match revision {
            0 => Ok(Arc::new(Snapshot::build(State::default()))),
            _ if revision == known => Ok(Arc::clone(newest)),
            _ => Err(PastError::OutOfRange { asked: revision, newest: known }),
        }
    }

    fn keep(&self, _query: &CitedQuery) -> Result<(), StoreError> {
        Ok(())
    }

    fn kept(&self, _token: &str) -> Result<Option<CitedQuery>, StoreError> {
        Ok(None)
    }
}

impl Snapshots for KnowledgeGraph {
    fn newest(&self) -> Arc<Snapshot> {
        self.snapshot()
    }

    fn at(
        &self,
        newest: &Arc<Snapshot>,
        revision: Revision,
        is_over: &dyn Fn() -> bool,
    ) -> Result<Arc<Snapshot>, PastError> {
        self.past.at(&self.store, newest, revision, is_over)
    }

    fn keep(&self, query: &CitedQuery) -> Result<(), StoreError> {
        self.store.keep(query)
    }

    fn kept(&self, token: &str) -> Result<Option<CitedQuery>, StoreError> {
        self.store.kept(token)
    }
}
