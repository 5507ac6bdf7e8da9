//! The threads that operations run on: apart from those that talk to clients, and only so many at a time.

use std::sync::Arc;
use std::time::Duration;

use axum::response::{IntoResponse, Response};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};
use tokio::time::timeout;

use crate::api::executor::{Deadline, Executor, Operation, Outcome, Refusal, Turn};

/// How long after its deadline an operation is still waited for.
const GRACE: Duration = Duration::from_secs(1);

/// Runs operations.
pub(super) struct Workers {
    turns: Arc<Semaphore>,
    waiting_time: Duration,
}

/// What came of an operation, its answer already written.
pub(super) enum Finished {
    /// The response of an operation that ran; status and media type are still to be set.
    Answered(Response),
    /// Errors instead.
    Refused(Refusal),
    /// No turn came in time.
    Busy,
    /// It did not heed its deadline; its thread is busy until it does.
    Overdue,
    /// It panicked.
    Broken(JoinError),
}

impl Workers {
    pub(super) fn new(operations: usize, waiting_time: Duration) -> Self {
        let turns = operations.clamp(1, Semaphore::MAX_PERMITS);
        Self { turns: Arc::new(Semaphore::new(turns)), waiting_time }
    }

    /// Runs an operation when its turn comes. Whoever stops waiting for it cancels it.
    pub(super) async fn run(&self, executor: Arc<dyn Executor>, mut operation: Operation) -> Finished {
        let Ok(Ok(turn)) = timeout(self.waiting_time, Arc::clone(&self.turns).acquire_owned()).await else {
            return Finished::Busy;
        };
        let allowed = operation.deadline.allowed();
        let _cancelling = CancelOnDrop(operation.deadline.clone());
        let runtime = Handle::current();
        operation.turn = Turn::held(turn);
        let running = spawn_blocking(move || match runtime.block_on(executor.run(operation)) {
            Outcome::Answered(mut answer) => {
                let bibliography = answer.take_bibliography();
                let mut response = async_graphql_axum::GraphQLResponse(answer.into()).into_response();
                bibliography.and_then(|bibliography| response.extensions_mut().insert(Arc::new(bibliography)));
                Finished::Answered(response)
            }
            Outcome::Refused(refusal) => Finished::Refused(refusal),
        });
        match timeout(allowed.saturating_add(GRACE), running).await {
            Ok(Ok(finished)) => finished,
            Ok(Err(broken)) => Finished::Broken(broken),
            Err(_) => Finished::Overdue,
        }
    }
}

struct CancelOnDrop(Deadline);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
