//! The rows of a CSV file: commas, semicolons, tabs or bars, line breaks in quotes, UTF-8.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use super::Take;
use super::cells::Cells;
use crate::import::source::{Member, broken, not_utf_8};
use crate::model::text;
use crate::model::violation::{Origin, Violation};

/// Gives each row below the header to `take`; a row of another length is refused by itself, unless it is blank.
pub(super) fn each_row(member: Member<'_>, refused: &mut Vec<Violation>, take: &mut Take<'_>) -> Result<(), Violation> {
    let Member { label, reader, record_limit } = member;
    let at = |line: u64| Origin { file: Arc::clone(&label), line: line as u32, column: 1 };
    let start = reader.fill_buf().map_err(|error| broken(&label, &error))?;
    let (delimiter, skipped) = separator(start);
    reader.consume(skipped);
    let before = u64::from(skipped > 0);
    let since_row = Cell::new(0);
    let guarded = Guarded { inner: reader, since_row: &since_row, limit: record_limit };
    let mut rows =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(guarded);
    let mut record = csv::ByteRecord::new();
    let mut columns: Vec<String> = Vec::new();
    loop {
        let line = rows.position().line() + before;
        match rows.read_byte_record(&mut record) {
            Ok(true) => since_row.set(0),
            Ok(false) => break,
            Err(error) => {
                let violation = match error.into_kind() {
                    csv::ErrorKind::Io(error) => broken(&label, &error),
                    other => Violation::new(format!("the table cannot be read: {other:?}"), "check its quotes"),
                };
                return Err(violation.at(Some(&at(line))));
            }
        }
        let line = record.position().map_or(line, |position| position.line() + before);
        let values: Result<Vec<Cow<'_, str>>, _> =
            record.iter().map(|cell| std::str::from_utf8(cell).map(Cow::Borrowed)).collect();
        let Ok(mut values) = values else { return Err(not_utf_8("here the file").at(Some(&at(line)))) };
        let is_blank = |value: &Cow<'_, str>| text::one_line(value).is_empty();
        if columns.is_empty() {
            if values.iter().all(is_blank) {
                continue;
            }
            columns = values.iter().map(|name| text::one_line(name).into_owned()).collect();
            if let Some(twice) = doubled(&columns) {
                let problem = format!("the column \"{twice}\" stands twice");
                return Err(Violation::new(problem, "rename or remove one of them").at(Some(&at(line))));
            }
            continue;
        }
        if values.len() > columns.len() && values[columns.len()..].iter().all(is_blank) {
            values.truncate(columns.len());
        }
        if values.len() == columns.len() || values.iter().all(is_blank) {
            take(&Cells::Row { columns: &columns, values: &values }, at(line))?;
        } else {
            let problem = format!("the row has {} cells, the header {}", values.len(), columns.len());
            refused.push(Violation::new(problem, "is a quote or separator missing?").at(Some(&at(line))));
        }
    }
    Ok(())
}

/// The name that two columns have; many may have none.
pub(super) fn doubled(columns: &[String]) -> Option<&str> {
    let named = |(nth, name): (usize, &'_ String)| !name.is_empty() && columns[..nth].contains(name);
    let found = columns.iter().enumerate().find(|&(nth, name)| named((nth, name)));
    found.map(|(_, name)| name.as_str())
}

/// What stands between the cells of a table, and how many bytes before its header say so: Excel writes a line `sep=;`.
///
/// Without such a line it is what stands most often in the first line, quotes aside.
pub fn separator(start: &[u8]) -> (u8, usize) {
    let end = start.iter().position(|&byte| byte == b'\n');
    let line = &start[..end.unwrap_or(start.len())];
    let bare = line.strip_suffix(b"\r").unwrap_or(line);
    let bare = bare.strip_prefix(b"\"").and_then(|bare| bare.strip_suffix(b"\"")).unwrap_or(bare);
    if let (Some(end), [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter]) = (end, bare) {
        return (*delimiter, end + 1);
    }
    let mut is_quoted = false;
    let outside = line.iter().filter(|&&byte| {
        is_quoted ^= byte == b'"';
        !is_quoted
    });
    let outside: Vec<u8> = outside.copied().collect();
    let count = |delimiter: u8| outside.iter().filter(|&&byte| byte == delimiter).count();
    // Of equals the last is taken.
    let delimiters = [b'|', b'\t', b';', b','];
    (delimiters.into_iter().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b','), 0)
}

/// Ends a row that grows without end, as behind a quote that is never closed.
struct Guarded<'a> {
    inner: &'a mut dyn BufRead,
    since_row: &'a Cell<usize>,
    limit: usize,
}

impl Read for Guarded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.since_row.set(self.since_row.get() + count);
        if self.since_row.get() > self.limit + buffer.len() {
            let problem = format!("a row is larger than {} bytes; is a quote not closed?", self.limit);
            return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_said_or_stands_most_often_outside_of_quotes() {
        for (start, found) in [
            (&b"sep=;\nid;kind\n"[..], (b';', 6)),
            (b"SEP=\t\r\nid\tkind\n", (b'\t', 7)),
            (b"\"sep=|\"\nid|kind\n", (b'|', 8)),
            (b"name;\"a, b, c, d\";country\n", (b';', 0)),
            (b"id,kind\n;;;;\n", (b',', 0)),
            (b"id|kind|name\n", (b'|', 0)),
            (b"id\n", (b',', 0)),
            (b"", (b',', 0)),
        ] {
            assert_eq!(separator(start), found);
        }
    }
}
