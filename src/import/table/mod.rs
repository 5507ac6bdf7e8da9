//! Tables of entities and relationships, as CSV or JSON lines, by a mapping of their columns.
//!
//! A table with the columns `source`, `kind` and `target` holds relationships, one with `id` and `title` documents, any
//! other one entities; the columns have the names of the fields in `data/README.md`, and those of registries. A
//! [`Mapping`] makes any table one of these, with templates such as `pic-{pic}`.

mod again;
mod cells;
mod csv;
mod field;
mod jsonl;
mod made;
mod mapping;
mod own;
mod row;
mod same;
mod template;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::BufReader;

pub use csv::separator;
pub use mapping::Mapping;
pub use same::same_as;

use cells::Cells;
use field::{Field, Sort};
use made::Made;
use mapping::{Rule, Rules, lacking};
use own::Own;
use row::{Read, Reading};

use super::decode::{Decoded, TextEncoding};
use super::source::Member;
use super::{Contribution, Importer, Options, Said};
use crate::model::citation::Document;
use crate::model::id::{DocumentId, EntityId};
use crate::model::violation::{Origin, Violation, Violations};

/// How many sorts of rows that no rule is for are counted apart.
const SORTS: usize = 50;
/// Of how many objects the fields are kept, to name the one that may be meant.
const LOOKED_AT: u32 = 100;

/// A reader of CSV files.
pub(super) fn csv_importer(options: &Options) -> Result<Box<dyn Importer>, Violation> {
    Ok(Box::new(Tables { rows: Rows::new(options)?, is_json: false, encoding: options.encoding }))
}

/// A reader of JSON lines.
pub(super) fn jsonl_importer(options: &Options) -> Result<Box<dyn Importer>, Violation> {
    Ok(Box::new(Tables { rows: Rows::new(options)?, is_json: true, encoding: options.encoding }))
}

/// What is done with each row.
type Take<'t> = dyn FnMut(&Cells<'_>, Origin) -> Result<(), Violation> + 't;

struct Tables {
    rows: Rows,
    is_json: bool,
    encoding: Option<TextEncoding>,
}

impl Tables {
    fn read(&mut self, member: Member<'_>) -> Result<(), Violation> {
        let mut refused = Vec::new();
        let path = self.rows.mapping.as_ref().and_then(|(mapping, _)| mapping.rows.clone());
        let mut take = |cells: &Cells<'_>, origin: Origin| {
            self.rows.contribution.records.push(origin.clone());
            self.rows.row(cells, &origin)
        };
        let ended = if self.is_json {
            jsonl::each_row(member, path.as_deref(), &mut refused, &mut take)
        } else {
            csv::each_row(member, &mut refused, &mut take)
        };
        let unread = refused.iter().filter_map(|violation| violation.origin.clone());
        self.rows.contribution.records.extend(unread);
        self.rows.contribution.refused.append(&mut refused);
        ended
    }
}

impl Importer for Tables {
    fn member(&mut self, member: Member<'_>) -> Result<(), Violation> {
        let Some(encoding) = self.encoding else { return self.read(member) };
        let mut reader = BufReader::with_capacity(1 << 16, Decoded::new(member.reader, encoding));
        self.read(Member { label: member.label, reader: &mut reader, record_limit: member.record_limit })
    }

    fn finish(self: Box<Self>) -> Contribution {
        self.rows.finish()
    }
}

struct Rows {
    mapping: Option<(Mapping, Rules)>,
    /// How the table that is read is one of ours.
    own: Option<Own>,
    /// The columns of the table that the mapping was compared with.
    compared: Option<Vec<String>>,
    /// The columns of the mapping that no object had yet, and the fields of the first objects.
    wanted: BTreeSet<String>,
    fields: BTreeSet<String>,
    objects: u32,
    document: Option<DocumentId>,
    /// The columns of tables of ours that are no fields, each with the first place.
    unknown: BTreeMap<String, Origin>,
    /// Where in the contribution each entity stands.
    seen: HashMap<EntityId, usize>,
    made: Made,
    contribution: Contribution,
}

impl Rows {
    fn new(options: &Options) -> Result<Self, Violation> {
        let mapped = options.mapping.as_ref().and_then(|mapping| mapping.document.clone());
        let record = options.document.clone().or(mapped);
        let document = record.map(Document::new).transpose();
        let document = document.map_err(|mut violations| violations.0.remove(0))?;
        let rules = options.mapping.as_ref().map(Mapping::rules).transpose()?;
        let mapping = options.mapping.clone().zip(rules);
        let wanted = mapping.iter().flat_map(|(mapping, rules)| rules.columns(mapping));
        Ok(Self {
            wanted: wanted.map(str::to_owned).collect(),
            mapping,
            own: None,
            compared: None,
            fields: BTreeSet::new(),
            objects: 0,
            document: document.as_ref().map(|document| document.id.clone()),
            unknown: BTreeMap::new(),
            seen: HashMap::new(),
            made: Made::default(),
            contribution: Contribution { documents: document.into_iter().collect(), ..Contribution::default() },
        })
    }

    fn row(&mut self, cells: &Cells<'_>, origin: &Origin) -> Result<(), Violation> {
        if cells.is_blank() {
            self.pass_over("blank rows".to_owned());
            return Ok(());
        }
        match self.mapping.take() {
            Some((mapping, rules)) => {
                let done = self.compare(&mapping, &rules, cells, origin);
                let done = done.and_then(|()| self.mapped(&mapping, &rules, cells, origin));
                self.mapping = Some((mapping, rules));
                done
            }
            None => self.named(cells, origin),
        }
    }

    fn pass_over(&mut self, what: String) {
        *self.contribution.passed_over.entry(what).or_default() += 1;
    }

    /// A row of a table whose columns have the names of fields.
    fn named(&mut self, cells: &Cells<'_>, origin: &Origin) -> Result<(), Violation> {
        let columns = cells.columns();
        let own = match self.own.take().filter(|own| own.columns == columns) {
            Some(own) => own,
            None => {
                let own = Own::of(&columns).map_err(|violation| violation.at(Some(origin)))?;
                for column in &own.unknown {
                    self.unknown.entry(column.clone()).or_insert_with(|| origin.clone());
                }
                own
            }
        };
        let done = match cells {
            Cells::Row { columns, values } if own.is_exported => {
                let values: Vec<Cow<'_, str>> = values.iter().map(|value| row::unguarded(value)).collect();
                self.own_row(&own, &Cells::Row { columns, values: &values }, origin)
            }
            cells => self.own_row(&own, cells, origin),
        };
        self.own = Some(own);
        done
    }

    fn own_row(&mut self, own: &Own, cells: &Cells<'_>, origin: &Origin) -> Result<(), Violation> {
        match own.sort {
            Sort::Entity => self.entity(&own.rule, None, cells, origin),
            Sort::Relationship => self.relationships(&own.rule, None, cells, origin),
            Sort::Document => {
                let reading = Reading {
                    rule: &own.rule,
                    mapping: None,
                    cells,
                    document: None,
                    origin,
                    is_exported: own.is_exported,
                };
                let Read { value, notes } = row::document(&reading, &mut self.made);
                self.contribution.notes.extend(notes);
                match value {
                    Ok(document) if self.contribution.documents.iter().any(|known| known.id == document.id) => {
                        let problem = "its id stands twice";
                        let violation = Violation::new(problem, "remove one of the rows, or give it another id");
                        self.contribution.refused.push(violation.about(&document.id).at(Some(origin)));
                    }
                    Ok(document) => self.contribution.documents.push(document),
                    Err(violations) => self.refuse(violations, origin),
                }
                Ok(())
            }
        }
    }

    /// Compares the columns that the mapping names with those that are there, before the first row of a table is read.
    fn compare(&mut self, mapping: &Mapping, rules: &Rules, cells: &Cells<'_>, at: &Origin) -> Result<(), Violation> {
        let Cells::Row { columns, .. } = cells else {
            self.wanted.retain(|column| !cells.has(column));
            if self.objects < LOOKED_AT {
                self.objects += 1;
                self.fields.extend(cells.places());
            }
            return Ok(());
        };
        if self.compared.as_deref() == Some(*columns) {
            return Ok(());
        }
        self.wanted.clear();
        if let Some(lacking_one) = rules.columns(mapping).into_iter().find(|column| !cells.has(column)) {
            let origin = Origin { line: 1, ..at.clone() };
            return Err(lacking(lacking_one, &cells.columns(), "the table has no such column").at(Some(&origin)));
        }
        self.compared = Some(columns.to_vec());
        Ok(())
    }

    /// What the rules of a mapping make of a row.
    fn mapped(&mut self, mapping: &Mapping, rules: &Rules, cells: &Cells<'_>, at: &Origin) -> Result<(), Violation> {
        let mut is_taken = false;
        for (rules, sort) in [(&rules.entities, Sort::Entity), (&rules.relationships, Sort::Relationship)] {
            for rule in rules {
                for cells in cells.each(rule.each.as_deref()).iter().filter(|cells| rule.is_for(cells)) {
                    is_taken = true;
                    if sort == Sort::Entity {
                        self.entity(rule, Some(mapping), cells, at)?;
                    } else {
                        self.relationships(rule, Some(mapping), cells, at)?;
                    }
                }
            }
        }
        if !is_taken {
            let asked: BTreeSet<&str> = rules.all().flat_map(Rule::conditions).collect();
            let told = asked.into_iter().map(|column| {
                let value: String = cells.value(column).unwrap_or_default().chars().take(40).collect();
                format!("{column} = \"{value}\"")
            });
            let what = format!("rows that no rule is for: {}", told.collect::<Vec<_>>().join(", "));
            let is_known = self.contribution.passed_over.contains_key(&what);
            let is_one_of_few = is_known || self.contribution.passed_over.len() < SORTS;
            self.pass_over(if is_one_of_few { what } else { "other rows that no rule is for".to_owned() });
        }
        Ok(())
    }

    /// The document that the table is, which a row needs that does not cite others itself.
    fn document(&self, rule: &Rule, cells: &Cells<'_>, origin: &Origin) -> Result<Option<DocumentId>, Violation> {
        let citations = rule.fields.get(&Field::Citations).into_iter().flatten();
        let cites_itself = citations.flat_map(|template| template.columns()).any(|column| {
            let found = cells.values(column).texts;
            found.iter().any(|text| text.trim() != "[]")
        });
        if self.document.is_none() && !cites_itself {
            let remedy = "name it with --document ID --title TEXT, or in the mapping";
            let problem = "the table is no document yet, and every fact cites one";
            return Err(Violation::new(problem, remedy).at(Some(origin)));
        }
        Ok(self.document.clone())
    }

    fn entity(
        &mut self,
        rule: &Rule,
        mapping: Option<&Mapping>,
        cells: &Cells<'_>,
        origin: &Origin,
    ) -> Result<(), Violation> {
        let document = self.document(rule, cells, origin)?;
        let is_exported = mapping.is_none() && rule.fields.contains_key(&Field::Citations);
        let reading = Reading { rule, mapping, cells, document: document.as_ref(), origin, is_exported };
        // What only stands in comes again and again, as in a column of participants, and has nothing to add.
        let is_there = |id: String| self.seen.contains_key(id.as_str());
        if rule.stands_in && row::id(&reading, &mut self.made).is_some_and(is_there) {
            return Ok(());
        }
        let Read { value, notes } = row::entity(&reading, &mut self.made);
        self.contribution.notes.extend(notes);
        let value = match value {
            Ok(value) => value,
            Err(violations) => {
                self.refuse(violations, origin);
                return Ok(());
            }
        };
        let entities = &mut self.contribution.entities;
        match self.seen.get(&value.id) {
            None => {
                self.seen.insert(value.id.clone(), entities.len());
                entities.push(Said { value, origin: origin.clone(), stands_in: rule.stands_in });
            }
            Some(&first) if mapping.is_some() => {
                let mut notes = Vec::new();
                again::add(&mut entities[first], &value, &mut notes);
                let notes = notes.into_iter().map(|note| note.about(&value.id).at(Some(origin)));
                self.contribution.notes.extend(notes);
            }
            Some(_) => {
                let violation = Violation::new("its id stands twice", "remove one of the rows, or give it another id");
                self.contribution.refused.push(violation.of("id").about(&value.id).at(Some(origin)));
            }
        }
        Ok(())
    }

    fn relationships(
        &mut self,
        rule: &Rule,
        mapping: Option<&Mapping>,
        cells: &Cells<'_>,
        origin: &Origin,
    ) -> Result<(), Violation> {
        let document = self.document(rule, cells, origin)?;
        let is_exported = mapping.is_none() && rule.fields.contains_key(&Field::Citations);
        let reading = Reading { rule, mapping, cells, document: document.as_ref(), origin, is_exported };
        let Read { value, notes } = row::relationships(&reading, &mut self.made);
        self.contribution.notes.extend(notes);
        match value {
            Ok(values) => self.contribution.relationships.extend(values.into_iter().map(|value| Said {
                value,
                origin: origin.clone(),
                stands_in: false,
            })),
            Err(violations) => self.refuse(violations, origin),
        }
        Ok(())
    }

    fn refuse(&mut self, violations: Violations, origin: &Origin) {
        self.contribution.refused.extend(violations.0.into_iter().map(|violation| violation.at(Some(origin))));
    }

    fn finish(self) -> Contribution {
        let Self { mut contribution, made, unknown, wanted, fields, objects, .. } = self;
        contribution.notes.extend(made.alike);
        contribution.notes.extend(unknown.into_iter().map(|(column, origin)| own::unknown(&column).at(Some(&origin))));
        if objects > 0 {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            let lacking = wanted.iter().map(|column| lacking(column, &fields, "no object has such a field"));
            contribution.notes.extend(lacking);
        }
        contribution
    }
}
