//! How a record lies on disk: the version of its form, a check value, its length, and its JSON, cut into pieces.
//!
//! A record is stored under its key, a zero byte and the number of the piece; the keys of a tree sort as the ids do,
//! because no id holds a zero byte. The check value is the CRC-32 of the tree's name, the key and all that follows it.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::StoreError;

/// The newest form that this program knows, and the one it writes.
pub(super) const FORMAT: u32 = 1;

/// The longest value that is stored under one key, in bytes. A leaf of the engine's tree holds up to 21 values, and one
/// of more than 128 KB goes to a file of its own that is never synced; this keeps them well below.
const PIECE: usize = 4 << 10;
/// Version, check value and length.
const HEADER: usize = 1 + 4 + 4;
/// A zero byte and the number of the piece.
const SUFFIX: usize = 1 + 4;

/// A record as the keys and values that hold it.
pub(super) fn encode<T: Serialize>(tree: &'static str, key: &[u8], value: &T) -> Vec<(Vec<u8>, Vec<u8>)> {
    let json = serde_json::to_vec(value).expect("the model holds nothing that JSON cannot write");
    let length = u32::try_from(json.len()).expect("a record is shorter than 4 GB, as a request and a file are");
    let mut record = Vec::with_capacity(HEADER + json.len());
    record.push(FORMAT as u8);
    record.extend_from_slice(&check_value(tree, key, length, &json).to_be_bytes());
    record.extend_from_slice(&length.to_be_bytes());
    record.extend_from_slice(&json);
    record.chunks(PIECE).zip(0..).map(|(piece, number)| (piece_key(key, number), piece.to_vec())).collect()
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

fn check_value(tree: &str, key: &[u8], length: u32, json: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(tree.as_bytes());
    hasher.update(&[0]);
    hasher.update(key);
    hasher.update(&[0, FORMAT as u8]);
    hasher.update(&length.to_be_bytes());
    hasher.update(json);
    hasher.finalize()
}

/// Puts the pieces of a tree, which come in the order of their keys, together to records.
pub(super) struct Assembly {
    tree: &'static str,
    key: Vec<u8>,
    record: Vec<u8>,
    next: u32,
}

impl Assembly {
    /// Nothing yet.
    pub(super) fn new(tree: &'static str) -> Self {
        Self { tree, key: Vec::new(), record: Vec::new(), next: 0 }
    }

    /// Takes the next piece; gives the record before when a new one begins.
    pub(super) fn push<T: DeserializeOwned>(
        &mut self,
        key: &[u8],
        piece: &[u8],
    ) -> Result<Option<(Vec<u8>, T)>, StoreError> {
        let split = key.len().checked_sub(SUFFIX).filter(|&at| key[at] == 0);
        let Some(split) = split else {
            return Err(corrupted(self.tree, key, "its key has no piece number"));
        };
        let number = u32::from_be_bytes(key[split + 1..].try_into().expect("four bytes follow the zero byte"));
        let finished = if number == 0 { self.finish()? } else { None };
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
    pub(super) fn finish<T: DeserializeOwned>(&mut self) -> Result<Option<(Vec<u8>, T)>, StoreError> {
        if self.next == 0 {
            return Ok(None);
        }
        let value = decode(self.tree, &self.key, &self.record)?;
        self.record.clear();
        self.next = 0;
        Ok(Some((std::mem::take(&mut self.key), value)))
    }
}

fn decode<T: DeserializeOwned>(tree: &'static str, key: &[u8], record: &[u8]) -> Result<T, StoreError> {
    let refuse = |reason: &str| Err(corrupted(tree, key, reason));
    let Some((header, json)) = record.split_at_checked(HEADER) else {
        return refuse("it is cut off");
    };
    let [version, rest @ ..] = header else {
        return refuse("it is cut off");
    };
    match u32::from(*version) {
        newer if newer > FORMAT => return Err(StoreError::NewerFormat { found: newer, known: FORMAT }),
        FORMAT => {}
        _ => return refuse("it is of no format that was ever written"),
    }
    if *version == 0 {
        return refuse("its version is 0");
    }
    let number = |bytes: &[u8]| bytes.try_into().map_or(0, u32::from_be_bytes);
    let (check, length) = (number(&rest[..4]), number(&rest[4..]));
    if length as usize != json.len() {
        return refuse("its length is wrong");
    }
    if check != check_value(tree, key, length, json) {
        return refuse("its check value is wrong");
    }
    serde_json::from_slice(json).or_else(|error| refuse(&format!("it is not what the tree holds ({error})")))
}

/// The error that names a record.
pub(super) fn corrupted(tree: &'static str, key: &[u8], reason: &str) -> StoreError {
    let key = match <[u8; 8]>::try_from(key) {
        Ok(revision) if revision[0] == 0 => u64::from_be_bytes(revision).to_string(),
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
        records.extend(assembly.finish()?);
        Ok(records)
    }

    #[test]
    fn a_long_record_is_cut_and_put_together() {
        for length in [0, PIECE - HEADER - 3, PIECE - HEADER - 2, PIECE - HEADER - 1, 3 * PIECE] {
            let text = "x".repeat(length);
            let pieces_of = encode("test", b"key", &text);
            assert!(pieces_of.iter().all(|(_, piece)| piece.len() <= PIECE));
            assert_eq!(pieces_of.len(), (length + 2 + HEADER).div_ceil(PIECE));
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
        let whole = encode("test", b"key", &"four words of text");
        for at in 0..whole[0].1.len() {
            for bit in 0..8 {
                let mut changed = whole.clone();
                changed[0].1[at] ^= 1_u8 << bit;
                assert!(assemble(&changed).is_err(), "bit {bit} of byte {at}");
            }
        }
    }

    #[test]
    fn a_record_under_another_key_or_in_another_tree_is_noticed() {
        let [(_, record)] = encode("test", b"key", &"text").try_into().unwrap();
        assert!(assemble(&[(piece_key(b"kex", 0), record.clone())]).is_err());
        let mut other = Assembly::new("other");
        other.push::<String>(&piece_key(b"key", 0), &record).unwrap();
        assert!(other.finish::<String>().is_err());
    }
}
