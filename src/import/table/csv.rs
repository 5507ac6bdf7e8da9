//! The rows of a CSV file: commas, semicolons or tabs, line breaks in quotes, UTF-8.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use super::{Cells, Take};
use crate::import::source::{Member, broken};
use crate::model::violation::{Origin, Violation};

/// Gives each row below the header to `take`; a row of another length is refused by itself.
pub(super) fn each_row(member: Member<'_>, refused: &mut Vec<Violation>, take: &mut Take<'_>) -> Result<(), Violation> {
    let Member { label, reader, record_limit } = member;
    let at = |line: u64| Origin { file: Arc::clone(&label), line: line as u32, column: 1 };
    let start = reader.fill_buf().map_err(|error| broken(&label, &error))?;
    let delimiter = delimiter(start);
    let since_row = Cell::new(0);
    let guarded = Guarded { inner: reader, since_row: &since_row, limit: record_limit };
    let mut rows =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(guarded);
    let mut record = csv::ByteRecord::new();
    let mut columns: Vec<String> = Vec::new();
    loop {
        let line = rows.position().line();
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
        let line = record.position().map_or(line, csv::Position::line);
        let values: Result<Vec<&str>, _> = record.iter().map(std::str::from_utf8).collect();
        let Ok(values) = values else {
            let violation = Violation::new("here the file is not UTF-8", "save it in the encoding UTF-8");
            return Err(violation.at(Some(&at(line))));
        };
        if columns.is_empty() {
            columns = values.iter().map(|name| name.trim().to_owned()).collect();
        } else if values.len() == columns.len() {
            take(&Cells { columns: &columns, values: &values }, at(line))?;
        } else {
            let problem = format!("the row has {} cells, the header {}", values.len(), columns.len());
            refused.push(Violation::new(problem, "is a quote or separator missing?").at(Some(&at(line))));
        }
    }
    Ok(())
}

/// The separator that stands most often in the first line.
fn delimiter(start: &[u8]) -> u8 {
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|&&byte| byte == delimiter).count();
    // Of equals the last is taken.
    [b'\t', b';', b','].into_iter().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
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
