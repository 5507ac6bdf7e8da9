//! Tables of entities and relationships, as CSV or JSON lines, by a mapping of their columns.
//!
//! A table with the columns `source`, `kind` and `target` holds relationships, any other one entities; the columns have
//! the names of the fields in `data/README.md`. A [`Mapping`] makes any table one of these, with templates such as
//! `pic-{pic}`.

mod csv;
mod jsonl;
mod mapping;
mod row;
mod same;

use std::collections::HashSet;

pub use mapping::Mapping;
pub use same::same_as;

use mapping::{Field, Rule, Template};
use row::{entity, relationship};

use super::source::Member;
use super::{Contribution, Importer, Options, Said};
use crate::model::citation::Document;
use crate::model::id::{DocumentId, EntityId};
use crate::model::violation::{Origin, Violation, Violations};

/// A reader of CSV files.
pub(super) fn csv_importer(options: &Options) -> Result<Box<dyn Importer>, Violation> {
    Ok(Box::new(Tables { rows: Rows::new(options)?, read: csv::each_row }))
}

/// A reader of JSON lines.
pub(super) fn jsonl_importer(options: &Options) -> Result<Box<dyn Importer>, Violation> {
    Ok(Box::new(Tables { rows: Rows::new(options)?, read: jsonl::each_row }))
}

/// What is done with each row.
type Take<'t> = dyn FnMut(&Cells<'_>, Origin) -> Result<(), Violation> + 't;

struct Tables {
    rows: Rows,
    read: fn(Member<'_>, &mut Vec<Violation>, &mut Take<'_>) -> Result<(), Violation>,
}

impl Importer for Tables {
    fn member(&mut self, member: Member<'_>) -> Result<(), Violation> {
        let mut refused = Vec::new();
        let ended = (self.read)(member, &mut refused, &mut |cells, origin| self.rows.row(cells, &origin));
        self.rows.contribution.refused.append(&mut refused);
        ended
    }

    fn finish(self: Box<Self>) -> Contribution {
        self.rows.contribution
    }
}

/// One row: the names of the columns and what stands in them.
struct Cells<'a> {
    columns: &'a [String],
    values: &'a [&'a str],
}

impl<'a> Cells<'a> {
    fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// What stands in a column; `None` where it is empty or there is no such column.
    fn value(&self, column: &str) -> Option<&'a str> {
        let position = self.columns.iter().position(|name| name == column)?;
        self.values.get(position).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}

struct Rows {
    mapping: Option<Mapping>,
    own: [Rule; 2],
    document: DocumentId,
    seen: HashSet<EntityId>,
    contribution: Contribution,
}

impl Rows {
    fn new(options: &Options) -> Result<Self, Violation> {
        let mapped = options.mapping.as_ref().and_then(|mapping| mapping.document.clone());
        let Some(record) = options.document.clone().or(mapped) else {
            let remedy = "name it with --document ID --title TEXT, or in the mapping";
            return Err(Violation::new("the table is no document yet, and every fact cites one", remedy));
        };
        let document = Document::new(record).map_err(|mut violations| violations.0.remove(0))?;
        let id = document.id.clone();
        if let Some(mapping) = &options.mapping {
            mapping.check()?;
        }
        let contribution = Contribution { documents: vec![document], ..Contribution::default() };
        let own = [Rule::by_name(&Field::OF_ENTITIES), Rule::by_name(&Field::OF_RELATIONSHIPS)];
        Ok(Self { mapping: options.mapping.clone(), own, document: id, seen: HashSet::new(), contribution })
    }

    fn row(&mut self, cells: &Cells<'_>, origin: &Origin) -> Result<(), Violation> {
        let Some(mapping) = self.mapping.take() else {
            let is_relationship = cells.has("source") && cells.has("target");
            if !is_relationship && !cells.has("id") {
                let problem = "the table has neither a column id nor the columns source, kind and target";
                return Err(
                    Violation::new(problem, "name the columns so, or give a mapping with --map").at(Some(origin))
                );
            }
            let rule = std::mem::take(&mut self.own[usize::from(is_relationship)]);
            if is_relationship {
                self.relationship(&rule, None, cells, origin)
            } else {
                self.entity(&rule, None, cells, origin)
            }
            self.own[usize::from(is_relationship)] = rule;
            return Ok(());
        };
        mapping.entity.iter().for_each(|rule| self.entity(rule, Some(&mapping), cells, origin));
        mapping.relationship.iter().for_each(|rule| self.relationship(rule, Some(&mapping), cells, origin));
        self.mapping = Some(mapping);
        Ok(())
    }

    fn entity(&mut self, rule: &Rule, mapping: Option<&Mapping>, cells: &Cells<'_>, origin: &Origin) {
        let reading = Reading { rule, mapping, cells, document: &self.document, line: origin.line };
        // What a mapping computes comes again and again: a column of participants names each of them often.
        if mapping.is_some() && reading.text(Field::Id).is_some_and(|id| self.seen.contains(id.as_str())) {
            return;
        }
        match entity(&reading) {
            Ok(value) if self.seen.insert(value.id.clone()) => {
                self.contribution.entities.push(Said { value, origin: origin.clone(), stands_in: rule.stands_in });
            }
            Ok(value) => {
                let violation = Violation::new("its id stands twice", "remove one of the rows, or give it another id");
                self.contribution.refused.push(violation.of("id").about(&value.id).at(Some(origin)));
            }
            Err(violations) => self.refuse(violations, origin),
        }
    }

    fn relationship(&mut self, rule: &Rule, mapping: Option<&Mapping>, cells: &Cells<'_>, origin: &Origin) {
        let reading = Reading { rule, mapping, cells, document: &self.document, line: origin.line };
        match relationship(&reading) {
            Ok(value) => self.contribution.relationships.push(Said { value, origin: origin.clone(), stands_in: false }),
            Err(violations) => self.refuse(violations, origin),
        }
    }

    fn refuse(&mut self, violations: Violations, origin: &Origin) {
        self.contribution.refused.extend(violations.0.into_iter().map(|violation| violation.at(Some(origin))));
    }
}

/// A row as a rule reads it.
struct Reading<'a> {
    rule: &'a Rule,
    mapping: Option<&'a Mapping>,
    cells: &'a Cells<'a>,
    document: &'a DocumentId,
    line: u32,
}

impl Reading<'_> {
    /// What a field's template gives; `None` where a column in it is empty.
    fn text(&self, field: Field) -> Option<String> {
        self.texts(field).into_iter().next()
    }

    fn texts(&self, field: Field) -> Vec<String> {
        let templates = self.rule.fields.get(&field).map(Template::all).unwrap_or_default();
        templates.iter().filter_map(|template| self.rendered(template)).collect()
    }

    fn rendered(&self, template: &str) -> Option<String> {
        let mut text = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (column, after) = after.split_once('}')?;
            let value = self.cells.value(column)?;
            let values = self.mapping.and_then(|mapping| mapping.values.get(column));
            let value = values.and_then(|values| values.get(value)).map_or(value, String::as_str);
            if value.is_empty() {
                return None;
            }
            text.push_str(before);
            text.push_str(value);
            rest = after;
        }
        text.push_str(rest);
        (!text.trim().is_empty()).then_some(text)
    }
}
