//! How a record lies on disk: the version of its form, a check value, its length, and its body, cut into pieces.
//!
//! A record is stored under its key, a zero byte and the number of the piece; the keys of a tree sort as the ids do,
//! because no id holds a zero byte. The check value is the CRC-32 of the tree's name, the key and all that follows it.
//!
//! In format 1 the body is JSON. From format 2 on a byte before it says what it is: JSON, JSON compressed with Zstandard,
//! or the note that what a [block](super::blocks) holds under this key is gone. Format 3 has the same bodies; it tells
//! programs that know no decisions to leave the store alone. All are read; the newest one is written.

use std::cell::RefCell;
use std::io::{BufWriter, Cursor, Read};

use serde::Serialize;
use serde::de::DeserializeOwned;
use zstd::zstd_safe::{DCtx, ResetDirective};

use super::error::StoreError;
use super::tree::BLOCKS;

/// The newest form that this program knows, and the one it writes.
pub(super) const FORMAT: u32 = 3;
/// The oldest form that it reads: a body of JSON without a form.
const OLDEST: u32 = 1;

/// The longest value that is stored under one key, in bytes. A leaf of the engine's tree holds up to 21 values, and one
/// of more than 128 KB goes to a file of its own that is never synced; this keeps them well below.
const PIECE: usize = 4 << 10;
/// Version, check value and length.
const HEADER: usize = 1 + 4 + 4;
/// A zero byte and the number of the piece.
const SUFFIX: usize = 1 + 4;

const PLAIN: u8 = 0;
const PACKED: u8 = 1;
const GONE: u8 = 2;

/// What a record says.
pub(super) enum Stored<T> {
    /// There is this.
    Value(T),
    /// There is no more what a block says there is.
    Gone,
}

/// A record of plain JSON.
pub(super) fn plain<T: Serialize>(tree: &'static str, key: &[u8], value: &T) -> Vec<u8> {
    let mut record = begun(PLAIN);
    serde_json::to_writer(&mut record, value).expect("the model holds nothing that JSON cannot write");
    finished(tree, key, record)
}

/// A record of compressed JSON. The JSON is never in memory as a whole.
pub(super) fn packed<T: Serialize>(tree: &'static str, key: &[u8], value: &T) -> Vec<u8> {
    const INFALLIBLE: &str = "a vector takes all that is written to it";
    let encoder = zstd::Encoder::new(begun(PACKED), 1).expect("level 1 exists");
    let mut writer = BufWriter::with_capacity(64 << 10, encoder);
    serde_json::to_writer(&mut writer, value).expect("the model holds nothing that JSON cannot write");
    let encoder = writer.into_inner().map_err(drop).expect(INFALLIBLE);
    finished(tree, key, encoder.finish().expect(INFALLIBLE))
}

/// A record that says that there is none.
pub(super) fn gone(tree: &'static str, key: &[u8]) -> Vec<u8> {
    finished(tree, key, begun(GONE))
}

fn begun(form: u8) -> Vec<u8> {
    let mut record = vec![0; HEADER];
    record.push(form);
    record
}

/// The record with its header.
fn finished(tree: &'static str, key: &[u8], mut record: Vec<u8>) -> Vec<u8> {
    let body = &record[HEADER..];
    let length = u32::try_from(body.len()).expect("a record is shorter than 4 GB, as a request and a file are");
    let check = check_value(tree, key, FORMAT as u8, length, body);
    record[0] = FORMAT as u8;
    record[1..5].copy_from_slice(&check.to_be_bytes());
    record[5..HEADER].copy_from_slice(&length.to_be_bytes());
    record
}

/// A record as the keys and values that hold it.
pub(super) fn cut<'a>(key: &'a [u8], record: &'a [u8]) -> impl ExactSizeIterator<Item = (Vec<u8>, &'a [u8])> + 'a {
    record.chunks(PIECE).enumerate().map(|(number, piece)| (piece_key(key, number as u32), piece))
}

/// The key of a piece.
pub(super) fn piece_key(key: &[u8], number: u32) -> Vec<u8> {
    let mut piece = Vec::with_capacity(key.len() + SUFFIX);
    piece.extend_from_slice(key);
    piece.push(0);
    piece.extend_from_slice(&number.to_be_bytes());
    piece
}

/// How many pieces the record has whose first piece this is; 1 where that cannot be told.
pub(super) fn pieces(first: &[u8]) -> u32 {
    let length = first.get(5..HEADER).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes);
    (HEADER + length as usize).div_ceil(PIECE) as u32
}

fn check_value(tree: &str, key: &[u8], version: u8, length: u32, body: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(tree.as_bytes());
    hasher.update(&[0]);
    hasher.update(key);
    hasher.update(&[0, version]);
    hasher.update(&length.to_be_bytes());
    hasher.update(body);
    hasher.finalize()
}

/// Puts the pieces of a tree, which come in the order of their keys, together to records.
pub(super) struct Assembly {
    tree: &'static str,
    key: Vec<u8>,
    record: Vec<u8>,
    next: u32,
}

/// A key and the record under it.
pub(super) type Keyed = (Vec<u8>, Vec<u8>);

impl Assembly {
    /// Nothing yet.
    pub(super) fn new(tree: &'static str) -> Self {
        Self { tree, key: Vec::new(), record: Vec::new(), next: 0 }
    }

    /// Takes the next piece; gives the record before when a new one begins.
    pub(super) fn push(&mut self, key: &[u8], piece: &[u8]) -> Result<Option<Keyed>, StoreError> {
        let split = key.len().checked_sub(SUFFIX).filter(|&at| key[at] == 0);
        let Some(split) = split else {
            return Err(corrupted(self.tree, key, "its key has no piece number"));
        };
        let number = u32::from_be_bytes(key[split + 1..].try_into().expect("four bytes follow the zero byte"));
        let finished = if number == 0 { self.finish() } else { None };
        if number == 0 {
            key[..split].clone_into(&mut self.key);
        }
        if self.key != key[..split] || self.next != number {
            return Err(corrupted(self.tree, &key[..split], "a piece of it is missing"));
        }
        self.record.extend_from_slice(piece);
        self.next += 1;
        Ok(finished)
    }

    /// The last record; `None` where there is none.
    pub(super) fn finish(&mut self) -> Option<Keyed> {
        let any = std::mem::take(&mut self.next) > 0;
        any.then(|| (std::mem::take(&mut self.key), std::mem::take(&mut self.record)))
    }
}

/// What a record says, once it is found to be whole.
pub(super) fn decode<T: DeserializeOwned>(
    tree: &'static str,
    key: &[u8],
    record: &[u8],
) -> Result<Stored<T>, StoreError> {
    let refuse = |reason: &str| Err(corrupted(tree, key, reason));
    let Some((&[version, c0, c1, c2, c3, l0, l1, l2, l3], body)) = record.split_first_chunk::<HEADER>() else {
        return refuse("it is cut off");
    };
    match u32::from(version) {
        newer if newer > FORMAT => return Err(StoreError::NewerFormat { found: newer, known: FORMAT }),
        OLDEST..=FORMAT => {}
        _ => return refuse("it is of no format that was ever written"),
    }
    let length = u32::from_be_bytes([l0, l1, l2, l3]);
    if length as usize != body.len() {
        return refuse("its length is wrong");
    }
    if u32::from_be_bytes([c0, c1, c2, c3]) != check_value(tree, key, version, length, body) {
        return refuse("its check value is wrong");
    }
    let (form, body) = match body {
        _ if u32::from(version) == OLDEST => (PLAIN, body),
        [form, body @ ..] => (*form, body),
        [] => return refuse("it is of no form"),
    };
    match form {
        PLAIN => serde_json::from_slice(body).map(Stored::Value),
        PACKED => unpacked(body).map(Stored::Value),
        GONE => Ok(Stored::Gone),
        _ => return refuse("it is of a form that was never written"),
    }
    .or_else(|error| refuse(&format!("it is not what the tree holds ({error})")))
}

/// The longest JSON that is unpacked as a whole, in bytes; blocks are shorter, entries of the log may be longer.
const WHOLE: usize = 64 << 20;
/// The largest buffer that a thread keeps for the next record, in bytes; that of a block is smaller.
const KEPT: usize = 4 << 20;

thread_local! {
    /// What records are unpacked with: pages that were touched before cost nothing to touch again.
    static UNPACKING: RefCell<(DCtx<'static>, Vec<u8>)> = RefCell::new((DCtx::create(), Vec::new()));
}

fn unpacked<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    let whole = UNPACKING.with_borrow_mut(|(context, json)| {
        context
            .reset(ResetDirective::SessionOnly)
            .map_err(|code| serde_json::Error::io(std::io::Error::other(zstd::zstd_safe::get_error_name(code))))?;
        json.clear();
        let decoder = zstd::Decoder::with_context(Cursor::new(body), context);
        decoder.take(WHOLE as u64).read_to_end(json).map_err(serde_json::Error::io)?;
        let whole = (json.len() < WHOLE).then(|| serde_json::from_slice(json)).transpose();
        json.clear();
        json.shrink_to(KEPT);
        whole
    })?;
    if let Some(value) = whole {
        return Ok(value);
    }
    let decoder = zstd::Decoder::with_buffer(Cursor::new(body)).map_err(serde_json::Error::io)?;
    serde_json::from_reader(std::io::BufReader::with_capacity(1 << 20, decoder))
}

/// The error that names a record.
pub(super) fn corrupted(tree: &'static str, key: &[u8], reason: &str) -> StoreError {
    let key = match key.split_first_chunk::<8>() {
        Some((revision, [])) if revision[0] == 0 => u64::from_be_bytes(*revision).to_string(),
        Some((revision, &[section, a, b, c, d])) if tree == BLOCKS => {
            format!("{}-{section}-{}", u64::from_be_bytes(*revision), u32::from_be_bytes([a, b, c, d]))
        }
        _ => String::from_utf8_lossy(key).into_owned(),
    };
    StoreError::Corrupted { tree, key, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assemble(pieces: &[(Vec<u8>, Vec<u8>)]) -> Result<Vec<(Vec<u8>, String)>, StoreError> {
        let mut assembly = Assembly::new("test");
        let mut records = Vec::new();
        for (key, piece) in pieces {
            records.extend(assembly.push(key, piece)?);
        }
        records.extend(assembly.finish());
        let value = |(key, record): Keyed| match decode("test", &key, &record)? {
            Stored::Value(value) => Ok((key, value)),
            Stored::Gone => Ok((key, "gone".to_owned())),
        };
        records.into_iter().map(value).collect()
    }

    fn encode(tree: &'static str, key: &[u8], value: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
        let record = plain(tree, key, &value);
        cut(key, &record).map(|(key, piece)| (key, piece.to_vec())).collect()
    }

    #[test]
    fn a_long_record_is_cut_and_put_together() {
        for length in [0, PIECE - HEADER - 4, PIECE - HEADER - 3, PIECE - HEADER - 2, 3 * PIECE] {
            let text = "x".repeat(length);
            let pieces_of = encode("test", b"key", &text);
            assert!(pieces_of.iter().all(|(_, piece)| piece.len() <= PIECE));
            assert_eq!(pieces_of.len(), (length + 3 + HEADER).div_ceil(PIECE));
            assert_eq!(pieces(&pieces_of[0].1) as usize, pieces_of.len());
            assert_eq!(assemble(&pieces_of).unwrap(), [(b"key".to_vec(), text)]);
        }
    }

    #[test]
    fn a_missing_piece_is_noticed() {
        let whole = encode("test", b"key", &"x".repeat(3 * PIECE));
        for missing in 0..whole.len() {
            let mut torn = whole.clone();
            torn.remove(missing);
            assert!(matches!(assemble(&torn), Err(StoreError::Corrupted { key, .. }) if key == "key"), "{missing}");
        }
    }

    #[test]
    fn a_changed_bit_anywhere_is_noticed() {
        let text = "four words of text";
        for record in [plain("test", b"key", &text), packed("test", b"key", &text), gone("test", b"key")] {
            assert!(assemble(&[(piece_key(b"key", 0), record.clone())]).is_ok());
            for (at, bit) in (0..record.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
                let mut changed = record.clone();
                changed[at] ^= 1_u8 << bit;
                assert!(assemble(&[(piece_key(b"key", 0), changed)]).is_err(), "bit {bit} of byte {at}");
            }
        }
    }

    #[test]
    fn every_form_is_read_also_that_of_format_1() {
        let text = "text ".repeat(14_000_000);
        for length in [0, 5, 1_000_000, text.len()] {
            let record = packed("test", b"key", &&text[..length]);
            assert!(record.len() < 1_000 + length / 100);
            let Stored::Value::<String>(read) = decode("test", b"key", &record).unwrap() else { panic!("it is there") };
            assert!(read == text[..length], "{length}");
        }
        let json = b"\"text\"";
        let check = check_value("test", b"key", 1, json.len() as u32, json);
        let record = [&[1][..], &check.to_be_bytes(), &(json.len() as u32).to_be_bytes(), json].concat();
        assert_eq!(assemble(&[(piece_key(b"key", 0), record)]).unwrap(), [(b"key".to_vec(), "text".to_owned())]);
    }

    #[test]
    fn a_record_under_another_key_or_in_another_tree_is_noticed() {
        let [(_, record)] = encode("test", b"key", "text").try_into().unwrap();
        assert!(assemble(&[(piece_key(b"kex", 0), record.clone())]).is_err());
        assert!(decode::<String>("test", b"key", &record).is_ok());
        assert!(decode::<String>("other", b"key", &record).is_err());
    }
}
