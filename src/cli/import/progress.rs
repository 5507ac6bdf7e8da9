//! How far the reading of files is, on a terminal; silent elsewhere.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Does something while a bar shows how much of the files was taken, the rate and the time left.
pub(super) fn watched<T>(files: &[PathBuf], taken: &AtomicU64, work: impl FnOnce() -> T) -> T {
    let sizes: Option<u64> = files.iter().map(|file| std::fs::metadata(file).ok().map(|found| found.len())).sum();
    let bar = match sizes {
        Some(size) => {
            ProgressBar::new(size).with_style(style("{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta} left"))
        }
        // The length of standard input is not known.
        None => ProgressBar::new_spinner().with_style(style("{spinner} {bytes} {bytes_per_sec}")),
    };
    let done = AtomicBool::new(false);
    let result = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Acquire) {
                bar.set_position(taken.load(Ordering::Relaxed));
                std::thread::park_timeout(Duration::from_millis(100));
            }
        });
        let ended = Ended(&done);
        let result = work();
        drop(ended);
        result
    });
    bar.finish_and_clear();
    result
}

/// Ends the watch, also where the work panics.
struct Ended<'a>(&'a AtomicBool);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
