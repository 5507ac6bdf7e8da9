//! The opening of the engine, and its errors as ours.

use std::path::Path;
use std::time::{Duration, Instant};

use super::error::StoreError;
use super::folder::failed;
use super::tree::Trees;

/// The pages that the engine keeps in memory, in bytes. All is read once at the start, and then only written.
const CACHE: u64 = 32 << 20;

/// Opens the engine in a folder, and its trees.
pub(super) fn open_engine(path: &Path) -> Result<(sled::Db, Trees), StoreError> {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let config = sled::Config::new().path(path).cache_capacity(CACHE).flush_every_ms(Some(500));
        let opened = config.open().and_then(|db| Trees::open(&db).map(|trees| (db, trees)));
        match opened {
            Ok(opened) => return Ok(opened),
            // The lock of the folder is ours, so this is a store of this process that is still being closed.
            Err(sled::Error::Io(error)) if error.to_string().contains("could not acquire lock") => {
                if Instant::now() > deadline {
                    return Err(StoreError::InUse { folder: path.to_owned(), holder: None });
                }
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(sled::Error::Io(source)) => return Err(failed("open", path)(source)),
            Err(error) => return Err(StoreError::Damaged { folder: path.to_owned(), source: Box::new(error) }),
        }
    }
}

/// A failure of the engine, as an error of the store.
pub(super) fn engine_error(error: sled::Error) -> StoreError {
    StoreError::Engine { source: Box::new(error) }
}
