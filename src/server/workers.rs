//! The threads that operations run on: apart from those that talk to clients, and only so many at a time.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::api::executor::{Deadline, Executor, Operation, Outcome, Refusal, Turn};
use crate::server::error::Problem;
use crate::server::tracking::panic_message;

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
}

impl Workers {
    pub(super) fn new(operations: usize, waiting_time: Duration) -> Self {
        let turns = operations.clamp(1, Semaphore::MAX_PERMITS);
        Self { turns: Arc::new(Semaphore::new(turns)), waiting_time }
    }

    /// Runs an operation when its turn comes. Whoever stops waiting for it cancels it.
    ///
    /// # Errors
    /// What a client is told when no turn came in time, when the operation does not heed its deadline, and when it
    /// panicked.
    pub(super) async fn run(&self, executor: Arc<dyn Executor>, mut operation: Operation) -> Result<Finished, Problem> {
        let busy = |message: &str| Problem::limit(StatusCode::SERVICE_UNAVAILABLE, message);
        let Ok(Ok(turn)) = timeout(self.waiting_time, Arc::clone(&self.turns).acquire_owned()).await else {
            return Err(busy("too many operations wait already; ask again later"));
        };
        let id = operation.request_id.clone();
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
            Ok(Ok(finished)) => Ok(finished),
            Ok(Err(broken)) => {
                let cause = broken.try_into_panic().ok();
                let cause = cause.as_ref().map_or("it was cancelled", |cause| panic_message(&**cause));
                tracing::error!(request_id = id.as_str(), cause, "an operation panicked");
                Err(Problem::internal(id.as_str()))
            }
            // Its thread is busy until it does.
            Err(_) => {
                tracing::warn!(request_id = id.as_str(), "an operation does not heed its deadline");
                Err(busy("time limit: the operation takes too long; ask for less at once"))
            }
        }
    }
}

/// Ends an operation for which nobody waits any more.
pub(super) struct CancelOnDrop(pub(super) Deadline);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
