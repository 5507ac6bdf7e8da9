//! CSV as RFC 4180 has it: `nodes.csv`, `edges.csv` and `documents.csv`.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula and may run
//! it; such a cell gets a `'` in front, and so does one that begins with `'`, so that taking away one leading `'` gives
//! back every cell. Numbers are left as they are.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::contents::Contents;
use super::fields::{self, Field, Sort, Value};
use super::files::Files;

/// Writes the contents as three tables with a header each.
pub(super) fn write(contents: &dyn Contents, files: &mut dyn Files) -> io::Result<()> {
    let mut table = Table::begin(files.begin("nodes.csv")?, &["id"], &fields::NODE)?;
    for node in contents.nodes() {
        table.row(&[node.entity.id.as_str()], &fields::NODE, &fields::of_node(&node))?;
    }
    table.finish()?;
    let ties = contents.ties();
    let edges = files.begin("edges.csv")?;
    let mut table = match ties {
        Some(_) => Table::begin(edges, &["source", "target"], &fields::TIE)?,
        None => Table::begin(edges, &["id", "source", "target"], &fields::LINK)?,
    };
    for tie in ties.into_iter().flatten() {
        table.row(&[tie.source.as_str(), tie.target.as_str()], &fields::TIE, &fields::of_tie(&tie))?;
    }
    for link in contents.links() {
        let relationship = &link.relationship;
        let ends = [relationship.id().as_str(), relationship.source.as_str(), relationship.target.as_str()];
        table.row(&ends, &fields::LINK, &fields::of_link(&link))?;
    }
    table.finish()?;
    let mut table = Table::begin(files.begin("documents.csv")?, &["id"], &DOCUMENT)?;
    for document in contents.documents() {
        let values = [
            Some(document.title.as_str()),
            document.publisher.as_deref(),
            document.url.as_deref(),
            document.published.as_ref().map(|date| date.as_str()),
            document.as_of.as_ref().map(|date| date.as_str()),
            document.accessed.as_ref().map(|date| date.as_str()),
            document.language.as_ref().map(|language| language.as_str()),
            document.note.as_deref(),
        ];
        table.row(&[document.id.as_str()], &DOCUMENT, &values.map(|value| value.map(Cow::from)))?;
    }
    table.finish()?;
    files.finish()
}

const DOCUMENT: [Field; 8] = [
    fields::text("title"),
    fields::text("publisher"),
    fields::text("url"),
    fields::text("published"),
    fields::text("as_of"),
    fields::text("accessed"),
    fields::text("language"),
    fields::text("note"),
];

struct Table<'a>(csv::Writer<&'a mut dyn Write>);

impl<'a> Table<'a> {
    fn begin(out: &'a mut dyn Write, keys: &[&str], fields: &[Field]) -> io::Result<Self> {
        let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        table.write_record(keys.iter().copied().chain(fields.iter().map(|field| field.name)))?;
        Ok(Self(table))
    }

    fn row(&mut self, keys: &[&str], fields: &[Field], values: &[Value<'_>]) -> io::Result<()> {
        for key in keys {
            self.0.write_field(guarded(key).as_bytes())?;
        }
        for (field, value) in fields.iter().zip(values) {
            let value = value.as_deref().unwrap_or_default();
            match field.sort {
                Sort::Text => self.0.write_field(guarded(value).as_bytes())?,
                Sort::Number => self.0.write_field(value)?,
            }
        }
        self.0.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn what_a_spreadsheet_would_run_is_quoted_and_can_be_had_back() {
        for cell in ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "'=1", "'"] {
            assert_eq!(guarded(cell).strip_prefix('\''), Some(cell));
        }
        for cell in ["", "a=1", "[-1]", "Ω"] {
            assert_eq!(guarded(cell), cell);
        }
    }
}
