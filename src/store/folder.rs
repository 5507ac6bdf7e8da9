//! The folder of a store: whose it is, who has it, and that its files are really on the disk.
//!
//! `consortia.store` says that the folder is a store and of which format; it is written last when a store is made, so
//! that a folder without it holds nothing that was ever acknowledged. `consortia.lock` is locked while the store is
//! open and names the process. `consortia.heads` is the [witness](super::witness). The rest belongs to the engine.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::error::StoreError;
use super::format::FORMAT;

const MARK: &str = "consortia.store";
const LOCK: &str = "consortia.lock";
const MARK_START: &str = "This folder is a store of consortia, format ";

/// A folder that this process has for itself.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// Locked until it is dropped.
    _lock: File,
}

impl Folder {
    /// Takes a folder for this process: a store, or a new or empty folder.
    pub(super) fn take(path: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(path).map_err(failed("create", path))?;
        if let Some(found) = stranger(path)? {
            return Err(StoreError::Foreign { folder: path.to_owned(), found });
        }
        let lock_path = path.join(LOCK);
        let mut lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&lock_path)
            .map_err(failed("write", &lock_path))?;
        match lock_within(&lock, PATIENCE) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let holder = lock.read_to_string(&mut holder).ok().and_then(|_| holder.trim().parse().ok());
                return Err(StoreError::InUse { folder: path.to_owned(), holder });
            }
            Err(TryLockError::Error(error)) => return Err(failed("lock", &lock_path)(error)),
        }
        let write = |lock: &mut File| {
            lock.set_len(0)?;
            lock.rewind()?;
            writeln!(lock, "{}", std::process::id())
        };
        write(&mut lock).map_err(failed("write", &lock_path))?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The format of the store; `None` where its making was never finished.
    pub(super) fn format(&self) -> Result<Option<u32>, StoreError> {
        let path = self.path.join(MARK);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed("read", &path)(error)),
        };
        let digits = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok();
        match text.strip_prefix(MARK_START).and_then(digits) {
            Some(format) => Ok(Some(format)),
            None => Err(StoreError::Foreign { folder: self.path.clone(), found: format!("another {MARK}") }),
        }
    }

    /// Finishes the making of the store.
    pub(super) fn mark(&self) -> Result<(), StoreError> {
        let (path, draft) = (self.path.join(MARK), self.path.join("consortia.store.new"));
        let write = || {
            let mut file = File::create(&draft)?;
            writeln!(file, "{MARK_START}{FORMAT}.")?;
            writeln!(file, "Change nothing in it by hand. To copy it, stop the program and copy the whole folder.")?;
            file.sync_all()?;
            fs::rename(&draft, &path)?;
            sync_folder(&self.path)
        };
        write().map_err(failed("write", &path))
    }

    /// Removes what the engine left of a snapshot that it never finished; it would take it for a finished one.
    pub(super) fn remove_unfinished_snapshots(&self) -> Result<(), StoreError> {
        for entry in fs::read_dir(&self.path).map_err(failed("read", &self.path))? {
            let path = entry.map_err(failed("read", &self.path))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with("snap.") && name.ends_with(".generating") {
                fs::remove_file(&path).map_err(failed("remove", &path))?;
            }
        }
        Ok(())
    }

    /// Puts the files of the engine away into a folder of their own, so that the making of a store can begin anew.
    /// Only for a store that was never marked: nothing in it was acknowledged. Nothing is deleted.
    pub(super) fn set_aside(&self) -> Result<(), StoreError> {
        let aside = (1..)
            .map(|number| self.path.join(format!("consortia.unfinished-{number}")))
            .find(|path| !path.exists())
            .expect("a folder has fewer entries than there are numbers");
        fs::create_dir(&aside).map_err(failed("create", &aside))?;
        for entry in fs::read_dir(&self.path).map_err(failed("read", &self.path))? {
            let path = entry.map_err(failed("read", &self.path))?.path();
            let name = path.file_name().unwrap_or_default();
            if !name.to_string_lossy().starts_with("consortia.") {
                fs::rename(&path, aside.join(name)).map_err(failed("move", &path))?;
            }
        }
        Ok(())
    }

    /// Syncs every file in the folder, the folder and the one above it: the engine leaves some of them to chance.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        sync_all(&self.path).map_err(failed("sync", &self.path))?;
        let parent = self.path.canonicalize().map_err(failed("find", &self.path))?;
        parent.parent().map_or(Ok(()), |parent| sync_folder(parent).map_err(failed("sync", parent)))
    }
}

/// Something in a folder that is neither empty nor a store.
fn stranger(path: &Path) -> Result<Option<String>, StoreError> {
    if path.join(MARK).exists() || path.join(LOCK).exists() {
        return Ok(None);
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(path).map_err(failed("read", path))? {
        let name = entry.map_err(failed("read", path))?.file_name().to_string_lossy().into_owned();
        // The root of a mounted disk has one.
        if name != "lost+found" {
            names.push(name);
        }
    }
    Ok(names.into_iter().min())
}

fn sync_all(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            sync_all(&entry.path())?;
        } else if kind.is_file() {
            match File::open(entry.path()) {
                Ok(file) => file.sync_all()?,
                // The engine removes old snapshots in the background.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    sync_folder(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    // Other systems write a folder's entries through, and cannot open one as a file.
    Ok(())
}

/// What went wrong with a file or folder, as an error of the store.
pub(super) fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Folder { action, path, source }
}

/// How long a lock is waited for. Its holder may be closing the store, or be a copy of this process that has yet to
/// become the program it was made for: until then it holds all that this process does.
const PATIENCE: Duration = Duration::from_secs(1);

fn lock_within(file: &File, patience: Duration) -> Result<(), TryLockError> {
    let deadline = Instant::now() + patience;
    loop {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(5)),
            outcome => return outcome,
        }
    }
}
