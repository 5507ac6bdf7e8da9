//! What every wrapper of a request shares: the snapshot, the view, the budget of visits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use async_graphql::{Context, Error, Result};

use super::error::{exhausted, unknown_id};
use crate::graph::{Budget, EntityIndex, Exhausted, Graph, View};
use crate::knowledge::Snapshot;
use crate::model::change::Revision;

/// A count as a GraphQL `Int`, which has 32 bits; a larger one stands at its greatest value.
pub(super) fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A revision as a GraphQL `Int`.
pub(super) fn revision(revision: Revision) -> i32 {
    i32::try_from(revision).unwrap_or(i32::MAX)
}

/// The snapshot and the view that a question is asked of.
#[derive(Clone)]
pub(super) struct Scope {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) view: Arc<View>,
}

impl Scope {
    pub(super) fn graph(&self) -> &Graph {
        self.snapshot.graph()
    }

    /// The entity with this id, when it is in the view.
    ///
    /// # Errors
    /// `NOT_FOUND` with the nearest ids, or with the hint that the view leaves it out.
    pub(super) fn entity(&self, argument: &str, id: &str) -> Result<EntityIndex> {
        let Some(index) = self.graph().find_entity(id) else {
            return Err(unknown_id(argument, id, &self.nearest(id)));
        };
        if self.view.admits_entity(self.graph(), index) {
            return Ok(index);
        }
        Err(super::error::Code::NotFound.error(format!(
            "{argument}: \"{id}\" is not in this view; widen the view, or ask for another"
        )))
    }

    /// The entities with these ids, in the order given, each once.
    ///
    /// # Errors
    /// As [`Scope::entity`], for the first that is missing.
    pub(super) fn entities(&self, argument: &str, ids: &[async_graphql::ID]) -> Result<Vec<EntityIndex>> {
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let index = self.entity(argument, id)?;
            if !found.contains(&index) {
                found.push(index);
            }
        }
        Ok(found)
    }

    pub(super) fn nearest(&self, id: &str) -> Vec<String> {
        self.snapshot.search().nearest(id, 3).iter().map(ToString::to_string).collect()
    }
}

/// What all traversals of one request may visit together, and until when.
pub(super) struct RequestBudget {
    visits_left: AtomicU64,
    deadline: Option<Instant>,
}

impl RequestBudget {
    pub(super) fn new(visits: u64, deadline: Option<Instant>) -> Self {
        Self { visits_left: AtomicU64::new(visits), deadline }
    }

    /// Runs a traversal on what is left of the request's budget.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED` when it does not suffice.
    pub(super) fn spend<T>(
        ctx: &Context<'_>,
        traversal: impl FnOnce(&Budget) -> std::result::Result<T, Exhausted>,
    ) -> Result<T> {
        let request = ctx.data::<Self>()?;
        let budget = Budget::new(request.visits_left.load(Ordering::Relaxed), request.deadline);
        let answer = traversal(&budget);
        request.visits_left.store(budget.remaining(), Ordering::Relaxed);
        answer.map_err(exhausted)
    }
}

/// Reads the page limit that the request runs under.
pub(super) fn page_limit(ctx: &Context<'_>) -> Result<usize, Error> {
    Ok(ctx.data::<super::limits::Limits>()?.page)
}
