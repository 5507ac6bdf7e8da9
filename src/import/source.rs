//! A file, or standard input, as a stream of named members: packed or not, one or many, known by their first bytes.
//!
//! Nothing is unpacked to disk and no member is held whole. What a name in an archive says is a label for messages and
//! is never used as a path. What the bytes mean is left to the importers.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::decode::{self, Decoded, Undecodable};
use crate::model::violation::Violation;

/// How much an input may unpack to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of one member.
    pub member: u64,
    /// The bytes of all members of one file.
    pub total: u64,
    /// How many members an archive may hold.
    pub members: u64,
    /// How many times its packed size a file may unpack to, once it has passed [`Limits::ratio_from`] bytes.
    pub ratio: u64,
    /// From how many unpacked bytes on the ratio is looked at.
    pub ratio_from: u64,
    /// The bytes of one record: a JSON object, a row, a project.
    pub record: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            member: 8 << 30,
            total: 64 << 30,
            members: 5_000_000,
            ratio: 200,
            ratio_from: 256 << 20,
            record: 16 << 20,
        }
    }
}

/// How deep archives may stand in archives.
const DEPTH_LIMIT: usize = 3;
/// Windows of up to 128 MB, which is what `zstd --long` packs with.
const ZSTD_WINDOW_LOG: u32 = 27;

/// One stream of bytes of an input.
pub struct Member<'a> {
    /// What it is called in messages: `projects.tar.zst/237/237917.xml`.
    pub label: Arc<str>,
    /// What it holds, without a byte order mark.
    pub reader: &'a mut dyn BufRead,
    /// What one record of it may take.
    pub record_limit: usize,
}

/// What is done with each member.
pub type Visit<'v> = dyn FnMut(Member<'_>) -> Result<(), Violation> + 'v;

/// Gives each member of a file to `visit`, in the order of the file; `-` is standard input. `taken` counts the bytes
/// read from the file itself, for a progress bar.
///
/// # Errors
/// The file cannot be read, breaks off, unpacks to more than the limits, or `visit` refused; the violation names the
/// member.
pub fn each_member(
    path: &Path,
    limits: &Limits,
    taken: &Arc<AtomicU64>,
    visit: &mut Visit<'_>,
) -> Result<(), Violation> {
    let budget =
        Budget { limits, taken, start: taken.load(Ordering::Relaxed), unpacked: Cell::new(0), members: Cell::new(0) };
    if path == Path::new("-") {
        let mut input = Counted { inner: io::stdin().lock(), taken };
        return walk("standard input", &mut input, 0, &budget, visit);
    }
    let label = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let unreadable = |error: io::Error| broken(&path.display().to_string(), &error);
    let mut file = Counted { inner: File::open(path).map_err(unreadable)?, taken };
    let mut start = [0; 4];
    let known = file.inner.read(&mut start).map_err(unreadable)?;
    file.inner.rewind().map_err(unreadable)?;
    if start[..known] == *ZIP {
        zip_file(&label, file, &budget, visit)
    } else {
        walk(&label, &mut file, 0, &budget, visit)
    }
}

const ZIP: &[u8] = b"PK\x03\x04";

struct Budget<'a> {
    limits: &'a Limits,
    taken: &'a AtomicU64,
    start: u64,
    unpacked: Cell<u64>,
    members: Cell<u64>,
}

fn walk(
    label: &str,
    input: &mut dyn Read,
    depth: usize,
    budget: &Budget<'_>,
    visit: &mut Visit<'_>,
) -> Result<(), Violation> {
    let failed = |error: io::Error| broken(label, &error);
    let mut start = Vec::with_capacity(512);
    input.take(512).read_to_end(&mut start).map_err(failed)?;
    let packing = Packing::of(&start);
    let mut whole = Cursor::new(start).chain(input);
    if depth == DEPTH_LIMIT && packing != Packing::Plain {
        return Err(Violation::new("archives stand in archives here", "unpack the outer ones first").about(label));
    }
    match packing {
        Packing::Gzip => {
            let mut inner = flate2::read::MultiGzDecoder::new(BufReader::with_capacity(1 << 16, whole));
            walk(&unpacked_label(label), &mut inner, depth + 1, budget, visit)
        }
        Packing::Zstd => {
            let mut inner = zstd::stream::read::Decoder::new(whole).map_err(failed)?;
            inner.window_log_max(ZSTD_WINDOW_LOG).map_err(failed)?;
            walk(&unpacked_label(label), &mut inner, depth + 1, budget, visit)
        }
        Packing::Tar => tar_members(label, &mut whole, depth, budget, visit),
        Packing::Zip => loop {
            let found = zip::read::read_zipfile_from_stream(&mut whole)
                .map_err(|error| unreadable_archive(label, &error.to_string()))?;
            let Some(mut entry) = found else { return Ok(()) };
            zip_member(label, &mut entry, depth, budget, visit)?;
        },
        Packing::Plain => plain(label, &mut whole, budget, visit),
    }
}

fn zip_file(label: &str, file: Counted<'_, File>, budget: &Budget<'_>, visit: &mut Visit<'_>) -> Result<(), Violation> {
    let unreadable = |error: zip::result::ZipError| unreadable_archive(label, &error.to_string());
    let mut archive = zip::ZipArchive::new(BufReader::with_capacity(1 << 16, file)).map_err(unreadable)?;
    for position in 0..archive.len() {
        let mut entry = archive.by_index(position).map_err(unreadable)?;
        zip_member(label, &mut entry, 0, budget, visit)?;
    }
    Ok(())
}

fn zip_member<R: Read>(
    label: &str,
    entry: &mut zip::read::ZipFile<'_, R>,
    depth: usize,
    budget: &Budget<'_>,
    visit: &mut Visit<'_>,
) -> Result<(), Violation> {
    if !entry.is_file() {
        return Ok(());
    }
    let inner = format!("{label}/{}", String::from_utf8_lossy(entry.name_raw()));
    count_member(label, budget)?;
    walk(&inner, entry, depth + 1, budget, visit)
}

fn tar_members(
    label: &str,
    input: &mut dyn Read,
    depth: usize,
    budget: &Budget<'_>,
    visit: &mut Visit<'_>,
) -> Result<(), Violation> {
    let failed = |error: io::Error| broken(label, &error);
    let zeros = Cell::new(0);
    let mut archive = tar::Archive::new(Ending { inner: BufReader::with_capacity(1 << 18, input), zeros: &zeros });
    for entry in archive.entries().map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let inner = format!("{label}/{}", String::from_utf8_lossy(&entry.path_bytes()));
        count_member(label, budget)?;
        let mut whole = Whole { left: entry.size(), inner: entry };
        walk(&inner, &mut whole, depth + 1, budget, visit)?;
    }
    // An archive ends in blocks of zeros; without them it may have been cut between two members.
    if zeros.get() < 512 {
        return Err(unreadable_archive(label, "it breaks off"));
    }
    Ok(())
}

fn plain(label: &str, input: &mut dyn Read, budget: &Budget<'_>, visit: &mut Visit<'_>) -> Result<(), Violation> {
    let mut reader = BufReader::with_capacity(1 << 16, Guarded { inner: input, budget, member: 0 });
    let start = reader.fill_buf().map_err(|error| broken(label, &error))?;
    if start.starts_with(&[0xEF, 0xBB, 0xBF]) {
        reader.consume(3);
    } else if let Some(encoding) = decode::told(start) {
        let mut reader = BufReader::with_capacity(1 << 16, Decoded::new(reader, encoding));
        return visit(Member { label: label.into(), reader: &mut reader, record_limit: budget.limits.record });
    }
    visit(Member { label: label.into(), reader: &mut reader, record_limit: budget.limits.record })
}

/// What a member holds, where it is text of no more than 64 MB.
///
/// # Errors
/// It cannot be read, is larger, or is not UTF-8.
pub fn whole_text(member: Member<'_>) -> Result<String, Violation> {
    const LIMIT: u64 = 64 << 20;
    let mut bytes = Vec::new();
    let read = member.reader.take(LIMIT + 1).read_to_end(&mut bytes);
    read.map_err(|error| broken(&member.label, &error))?;
    if bytes.len() as u64 > LIMIT {
        let remedy = "split it into several documents; of a registry, import its own files instead";
        return Err(Violation::new("it is larger than 64 MB", remedy).about(&member.label));
    }
    String::from_utf8(bytes).map_err(|_| not_utf_8("it").about(&member.label))
}

fn count_member(label: &str, budget: &Budget<'_>) -> Result<(), Violation> {
    budget.members.set(budget.members.get() + 1);
    if budget.members.get() > budget.limits.members {
        let problem = format!("it holds more than {} members", budget.limits.members);
        return Err(Violation::new(problem, "split it").about(label));
    }
    Ok(())
}

/// That something is in another encoding than it was read in.
pub(super) fn not_utf_8(what: &str) -> Violation {
    let remedy = "save it in the encoding UTF-8, or, of a table, name its encoding: --encoding windows-1252";
    Violation::new(format!("{what} is not UTF-8"), remedy)
}

/// That a stream could not be read on, and in which member.
pub(super) fn broken(label: &str, error: &io::Error) -> Violation {
    if let Some(problem) = error.get_ref().and_then(|inner| inner.downcast_ref::<Undecodable>()) {
        return Violation::new(problem.to_string(), "name its encoding, or save it as UTF-8").about(label);
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof => unreadable_archive(label, "it breaks off"),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => unreadable_archive(label, &error.to_string()),
        _ => Violation::new(format!("it cannot be read: {error}"), "check the path and the file").about(label),
    }
}

fn unreadable_archive(label: &str, problem: &str) -> Violation {
    Violation::new(format!("it is damaged or no whole file: {problem}"), "fetch it again").about(label)
}

fn unpacked_label(label: &str) -> String {
    let stem = label.strip_suffix(".gz").or_else(|| label.strip_suffix(".zst"));
    stem.unwrap_or(label).to_owned()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Plain,
    Gzip,
    Zstd,
    Zip,
    Tar,
}

impl Packing {
    fn of(start: &[u8]) -> Self {
        let skippable = start.len() >= 4 && start[0] & 0xF0 == 0x50 && start[1..4] == [0x2A, 0x4D, 0x18];
        if start.starts_with(&[0x1F, 0x8B]) {
            Self::Gzip
        } else if start.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) || skippable {
            Self::Zstd
        } else if start.starts_with(ZIP) {
            Self::Zip
        } else if start.get(257..262) == Some(b"ustar") {
            Self::Tar
        } else {
            Self::Plain
        }
    }
}

/// Counts the bytes that leave the file itself.
struct Counted<'a, R> {
    inner: R,
    taken: &'a AtomicU64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl<R: Seek> Seek for Counted<'_, R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// A member of an archive that must not end before its size.
struct Whole<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if count == 0 && self.left > 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left = self.left.saturating_sub(count as u64);
        Ok(count)
    }
}

/// Counts the zeros at the end of what was read so far.
struct Ending<'a, R> {
    inner: R,
    zeros: &'a Cell<usize>,
}

impl<R: Read> Read for Ending<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let zeros = buffer[..count].iter().rev().take_while(|&&byte| byte == 0).count();
        self.zeros.set(if zeros == count { self.zeros.get() + count } else { zeros });
        Ok(count)
    }
}

/// Ends a stream that unpacks to more than the limits.
struct Guarded<'a, R> {
    inner: R,
    budget: &'a Budget<'a>,
    member: u64,
}

impl<R: Read> Read for Guarded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)? as u64;
        let Budget { limits, taken, start, unpacked, .. } = self.budget;
        self.member += count;
        unpacked.set(unpacked.get() + count);
        let packed = (taken.load(Ordering::Relaxed) - start).max(1);
        let too_much = if self.member > limits.member {
            Some(format!("one member is larger than {} bytes", limits.member))
        } else if unpacked.get() > limits.total {
            Some(format!("it unpacks to more than {} bytes", limits.total))
        } else if unpacked.get() > limits.ratio_from && unpacked.get() / packed > limits.ratio {
            Some(format!("it unpacks to more than {} times its size, as a zip bomb does", limits.ratio))
        } else {
            None
        };
        match too_much {
            Some(problem) => Err(io::Error::new(io::ErrorKind::InvalidData, problem)),
            None => Ok(count as usize),
        }
    }
}
