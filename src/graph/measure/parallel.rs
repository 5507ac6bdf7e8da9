//! Work in pieces on all cores, with the same result however many there are.

use std::ops::{AddAssign, Range};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::graph::Exhausted;

/// Into how many pieces work is cut, whatever the machine; sums are taken in the order of the pieces.
const PIECES: usize = 16;

/// Does `work` for each of some equal pieces of `0..count` and gives what came out, in the order of the pieces.
///
/// # Errors
/// The first failure, in the order of the pieces that were begun.
pub(super) fn in_pieces<T: Send>(
    count: usize,
    work: impl Fn(Range<usize>) -> Result<T, Exhausted> + Sync,
) -> Result<Vec<T>, Exhausted> {
    let pieces = PIECES.min(count);
    let bounds = |piece: usize| count * piece / pieces..count * (piece + 1) / pieces;
    let threads = thread::available_parallelism().map_or(1, usize::from).min(pieces);
    if threads <= 1 {
        return (0..pieces).map(|piece| work(bounds(piece))).collect();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(pieces));
    let one_by_one = || {
        loop {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            if piece >= pieces {
                break;
            }
            let result = work(bounds(piece));
            let failed = result.is_err();
            // A panic elsewhere ends the scope; what is in the list is whole.
            done.lock().unwrap_or_else(PoisonError::into_inner).push((piece, result));
            if failed {
                next.store(pieces, Ordering::Relaxed);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(one_by_one);
        }
        one_by_one();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|&(piece, _)| piece);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Adds lists of equal length to the first, in their order; `count` zeros where there is none.
pub(super) fn summed<T: Clone + Default + AddAssign>(lists: Vec<Vec<T>>, count: usize) -> Vec<T> {
    let mut lists = lists.into_iter();
    let mut sum = lists.next().unwrap_or_else(|| vec![T::default(); count]);
    for list in lists {
        for (total, value) in sum.iter_mut().zip(list) {
            *total += value;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_everything_once_and_stay_in_order() {
        for count in [0, 1, 15, 16, 17, 1000] {
            let pieces = in_pieces(count, |range| Ok(range.collect::<Vec<_>>())).unwrap();
            assert_eq!(pieces.concat(), (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_piece_that_fails_fails_the_whole() {
        let work = |range: Range<usize>| if range.contains(&70) { Err(Exhausted::Deadline) } else { Ok(()) };
        assert_eq!(in_pieces(100, work), Err(Exhausted::Deadline));
    }
}
