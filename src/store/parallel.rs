//! Work on many things beside each other, with results in the order of the things. The ids that are read in it share
//! their texts.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use super::error::StoreError;
use crate::model::shared::sharing;

/// How many threads are worth starting.
pub(super) fn width() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(8)
}

/// One of a list and its place in it.
type Numbered<J> = (usize, Result<J, StoreError>);

/// Works on each of a list that comes bit by bit; only a few of them are in memory at once. The results are in the
/// order of the list.
///
/// # Errors
/// The first of the list that cannot be had or worked on.
pub(super) fn each<J: Send, R: Send>(
    jobs: impl Iterator<Item = Result<J, StoreError>>,
    work: impl Fn(J) -> Result<R, StoreError> + Sync,
) -> Result<Vec<R>, StoreError> {
    let width = width();
    let (sender, receiver) = sync_channel::<Numbered<J>>(2 * width);
    let receiver = Arc::new(Mutex::new(receiver));
    let worker = |receiver: Arc<Mutex<Receiver<Numbered<J>>>>| {
        let mut done = Vec::new();
        loop {
            let next = receiver.lock().map(|receiver| receiver.recv());
            let Ok(Ok((number, job))) = next else { return done };
            done.push((number, job.and_then(&work)));
        }
    };
    let mut done = thread::scope(|scope| {
        let workers: Vec<_> =
            (0..width).map(|_| receiver.clone()).map(|receiver| scope.spawn(|| sharing(|| worker(receiver)))).collect();
        // When all workers are gone, whatever became of them, nothing can be sent.
        drop(receiver);
        for job in jobs.enumerate() {
            if sender.send(job).is_err() {
                break;
            }
        }
        drop(sender);
        let join = |worker: thread::ScopedJoinHandle<'_, _>| worker.join().unwrap_or_else(|panic| resume_unwind(panic));
        workers.into_iter().flat_map(join).collect::<Vec<_>>()
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}
