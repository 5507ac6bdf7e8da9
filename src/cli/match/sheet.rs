//! A table as people have it, read whole before anything is written: in its encoding, with its separator.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, bail};
use csv::{ReaderBuilder, StringRecord};

use crate::import::decode::{TextEncoding, decoded};
use crate::import::separator;
use crate::model::text;

/// A table with a line of column names.
pub(super) struct Sheet {
    pub(super) headers: StringRecord,
    /// The rows, each with the line it begins on.
    pub(super) rows: Vec<(u64, StringRecord)>,
    pub(super) delimiter: u8,
}

impl Sheet {
    /// Reads a table; `-` is standard input. The separator is what stands most often in the line of column names, unless
    /// it is given.
    ///
    /// # Errors
    /// It cannot be read, is not of the encoding, or two columns have one name.
    pub(super) fn read(path: &Path, delimiter: Option<u8>, encoding: Option<TextEncoding>) -> anyhow::Result<Self> {
        let input: Box<dyn BufRead> = match path.as_os_str() == "-" {
            true => Box::new(BufReader::new(io::stdin().lock())),
            false => Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)),
        };
        let mut input = decoded(input, encoding)?;
        let (found, skipped) = separator(input.fill_buf()?);
        input.consume(skipped);
        let delimiter = delimiter.unwrap_or(found);
        let before = u64::from(skipped > 0);
        let mut table = ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(input);
        let mut headers = None;
        let mut rows = Vec::new();
        let mut record = StringRecord::new();
        loop {
            let line = table.position().line() + before;
            match table.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    let line = error.position().map_or(line, |position| position.line() + before);
                    if let csv::ErrorKind::Utf8 { .. } = error.kind() {
                        bail!(
                            "line {line} is not UTF-8; name the encoding with --encoding windows-1252, or save the table as UTF-8"
                        );
                    }
                    return Err(error).with_context(|| format!("cannot read on from line {line}"));
                }
            }
            let line = record.position().map_or(line, |position| position.line() + before);
            if headers.is_some() {
                rows.push((line, record.clone()));
            } else if !is_blank(&record) {
                headers = Some(record.iter().map(|name| text::one_line(name).into_owned()).collect::<StringRecord>());
            }
        }
        let Some(headers) = headers else { bail!("it is empty; it needs a line of column names") };
        let twice = headers
            .iter()
            .enumerate()
            .find(|(nth, name)| !name.is_empty() && headers.iter().take(*nth).any(|other| other == *name));
        if let Some((_, name)) = twice {
            bail!("the column \"{name}\" stands twice; rename or remove one of them");
        }
        Ok(Self { headers, rows, delimiter })
    }
}

/// Whether nothing stands in a row.
pub(super) fn is_blank(row: &StringRecord) -> bool {
    row.iter().all(|cell| text::one_line(cell).is_empty())
}

/// What stands between two cells, from the command line.
pub(super) fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "\\t" | "tab" => return Ok(b'\t'),
        "comma" => return Ok(b','),
        "semicolon" => return Ok(b';'),
        _ => {}
    }
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Ok(*byte),
        _ => Err("give one character, such as , or ; or |, or tab".to_owned()),
    }
}
