//! What was acknowledged, noted outside of the engine: one line for each revision, of fixed length, synced before the
//! acknowledgement.
//!
//! Where a file of the engine is damaged and no snapshot of it is there, as after a kill, the engine opens with an
//! earlier revision, or with none, and says nothing. The witness knows better.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::folder::failed;
use crate::model::change::{Hash, Revision};

const NAME: &str = "consortia.heads";
/// Twenty digits, a space, 64 hexadecimal digits and a line feed.
const LINE: u64 = 20 + 1 + 64 + 1;

/// The file of what was acknowledged.
#[derive(Debug)]
pub(super) struct Witness {
    file: File,
    path: PathBuf,
}

impl Witness {
    /// Makes an empty one in a store that is being made; keeps one that is there.
    pub(super) fn create(folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(NAME);
        OpenOptions::new().create(true).append(true).open(&path).map(drop).map_err(failed("write", &path))
    }

    /// Opens the one of a store, and gives the newest revision that it noted: 0 before the first.
    pub(super) fn open(folder: &Path) -> Result<(Self, Revision, Hash), StoreError> {
        let path = folder.join(NAME);
        let open = || {
            let mut file = OpenOptions::new().read(true).append(true).open(&path)?;
            let mut lines = file.metadata()?.len() / LINE;
            // What a power cut left of lines that were never acknowledged is cut off.
            loop {
                let newest = if lines == 0 { Some((0, Hash::ZERO)) } else { read_line(&mut file, lines - 1)? };
                if let Some((revision, hash)) = newest {
                    file.set_len(lines * LINE)?;
                    return Ok((file, revision, hash));
                }
                lines -= 1;
            }
        };
        let (file, revision, hash) = open().map_err(failed("read", &path))?;
        Ok((Self { file, path }, revision, hash))
    }

    /// Notes a revision that is on the disk.
    pub(super) fn note(&self, revision: Revision, hash: Hash) -> Result<(), StoreError> {
        let line = format!("{revision:020} {hash}\n");
        let write = || {
            (&self.file).write_all(line.as_bytes())?;
            self.file.sync_data()
        };
        write().map_err(failed("write", &self.path))
    }
}

/// A line; `None` where it is not what is written.
fn read_line(file: &mut File, number: u64) -> io::Result<Option<(Revision, Hash)>> {
    use std::io::{Read, Seek, SeekFrom};
    let mut line = [0; LINE as usize];
    file.seek(SeekFrom::Start(number * LINE))?;
    file.read_exact(&mut line)?;
    let parsed = std::str::from_utf8(&line).ok().and_then(|line| line.strip_suffix('\n')?.split_once(' '));
    Ok(parsed.and_then(|(revision, hash)| Some((revision.parse().ok()?, Hash::try_from(hash.to_owned()).ok()?))))
}
