//! One file, parsed as TOML, and the places in it.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::files::File;
use super::row::Row;
use crate::model::entity::EntityKind;
use crate::model::nearest::nearest;
use crate::model::violation::{Origin, Violation, Violations};

/// What a table of a file speaks of, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Matter {
    /// Who is who.
    Entity(EntityKind),
    /// The document itself.
    Document,
    /// That the document names an entity.
    Mention,
    /// What the document says of two entities.
    Relationship,
    /// A number that the document gives.
    Figure,
    /// Whether two entities are the same; no document says it.
    Decision,
}

impl Matter {
    fn all() -> impl Iterator<Item = Self> {
        let entities = EntityKind::ALL.into_iter().map(Self::Entity);
        entities.chain([Self::Document, Self::Mention, Self::Relationship, Self::Figure, Self::Decision])
    }

    /// The name of its tables.
    pub(super) fn table(self) -> String {
        match self {
            Self::Entity(kind) => kind.name().to_ascii_lowercase(),
            Self::Document => "document".to_owned(),
            Self::Mention => "mention".to_owned(),
            Self::Relationship => "relationship".to_owned(),
            Self::Figure => "figure".to_owned(),
            Self::Decision => "decision".to_owned(),
        }
    }

    /// Whether a file may have many of its tables.
    fn repeats(self) -> bool {
        self != Self::Document
    }

    fn header(self) -> String {
        if self.repeats() { format!("[[{}]]", self.table()) } else { format!("[{}]", self.table()) }
    }
}

/// A parsed file.
pub(super) struct Source<'a> {
    path: Arc<str>,
    text: &'a str,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
    tables: DeTable<'a>,
    /// Where the file is no TOML, in bytes, sorted. What stands around may have been misread.
    faults: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Parses a file as far as it goes and notes each place where it is no TOML.
    pub(super) fn parse(file: &'a File, violations: &mut Violations) -> Self {
        let (tables, errors) = DeTable::parse_recoverable(&file.text);
        let lines = std::iter::once(0).chain(file.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut source =
            Self { path: file.path.clone(), text: &file.text, lines, tables: tables.into_inner(), faults: Vec::new() };
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            source.faults.push(at);
            violations.push(
                Violation::new(
                    format!("this cannot be read: {}", error.message()),
                    "correct it; text stands in quotes, lists in [ ], one field on a line",
                )
                .at(Some(&source.origin(at))),
            );
        }
        source.faults.sort_unstable();
        source
    }

    /// The line and column of a byte.
    pub(super) fn origin(&self, at: usize) -> Origin {
        let line = self.lines.partition_point(|&start| start <= at).saturating_sub(1);
        let before = self.text.get(self.lines[line]..at).unwrap_or("");
        let column = before.trim_start_matches('\u{feff}').chars().count();
        Origin { file: self.path.clone(), line: line as u32 + 1, column: column as u32 + 1 }
    }

    /// Whether something between two bytes is no TOML.
    pub(super) fn is_faulty(&self, from: usize, to: usize) -> bool {
        let next = self.faults.partition_point(|&fault| fault < from);
        self.faults.get(next).is_some_and(|&fault| fault <= to)
    }

    /// The texts given to a field anywhere in a file that is no TOML, so that what cannot be read is not called
    /// missing.
    pub(super) fn faulty_mentions(&self, field: &str) -> Vec<&'a str> {
        if self.faults.is_empty() {
            return Vec::new();
        }
        let value = |line: &'a str| {
            let rest = line.trim_start().strip_prefix(field)?.trim_start().strip_prefix('=')?;
            Some(rest.split(['"', '\'']).nth(1).unwrap_or(rest).trim())
        };
        self.text.lines().filter_map(value).collect()
    }

    /// All tables of known names in the order of the file; notes those of unknown names and forms.
    pub(super) fn rows(&self, violations: &mut Violations) -> Vec<(Matter, Row<'_>)> {
        let mut found: Vec<(Matter, usize, &DeTable<'a>)> = Vec::new();
        for (name, value) in &self.tables {
            let known = Matter::all().find(|matter| matter.table() == name.get_ref().as_ref());
            let Some(matter) = known else {
                violations.push(
                    self.unknown_table(name.get_ref(), value.get_ref()).at(Some(&self.origin(name.span().start))),
                );
                continue;
            };
            let misshapen = |at: usize| {
                Violation::new(
                    format!("\"{}\" is not written as a table", matter.table()),
                    format!("begin it with a line {}", matter.header()),
                )
                .at(Some(&self.origin(at)))
            };
            match value.get_ref() {
                DeValue::Table(table) => {
                    found.push((matter, value.span().start, table));
                    if matter.repeats() {
                        violations.push(misshapen(value.span().start));
                    }
                }
                DeValue::Array(items) => {
                    if !matter.repeats() {
                        violations
                            .push(misshapen(items.iter().next().map_or(name.span().start, |item| item.span().start)));
                    }
                    for item in items.iter() {
                        match item.get_ref() {
                            DeValue::Table(table) => found.push((matter, item.span().start, table)),
                            _ => violations.push(misshapen(item.span().start)),
                        }
                    }
                }
                _ => violations.push(misshapen(name.span().start)),
            }
        }
        found.sort_by_key(|&(_, start, _)| start);
        let ends: Vec<usize> = found.iter().skip(1).map(|&(_, start, _)| start).chain([self.text.len() + 1]).collect();
        let rows = found.into_iter().zip(ends);
        rows.map(|((matter, start, table), end)| (matter, Row::new(self, table, start, end.saturating_sub(1))))
            .collect()
    }

    fn unknown_table(&self, name: &str, value: &DeValue<'_>) -> Violation {
        let shown: String = name.chars().take(40).collect();
        let is_table = match value {
            DeValue::Table(_) => true,
            DeValue::Array(items) => items.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_))),
            _ => false,
        };
        if !is_table {
            return Violation::new(
                format!("the field \"{shown}\" stands outside of any table"),
                "put it below a line such as [[university]] or [document]",
            );
        }
        let names: Vec<String> = Matter::all().map(Matter::table).collect();
        let remedy = match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("use one of {}", names.join(", ")),
        };
        Violation::new(format!("\"{shown}\" is no kind of table"), remedy)
    }
}
