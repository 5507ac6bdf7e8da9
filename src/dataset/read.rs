//! From files to changes: every row of every file read, gathered by what it speaks of, and put in order.

use std::collections::{BTreeMap, BTreeSet};

use super::decision::Decisions;
use super::entity;
use super::files::Files;
use super::register::{Known, Register};
use super::relationship::{self, Statements, given_twice};
use super::row::Row;
use super::source::{Matter, Source};
use super::word::Word;
use crate::model::change::Change;
use crate::model::citation::{Citation, Document, DocumentRecord, Strength};
use crate::model::entity::{Entity, EntityKind, EntityRecord, Figure, Mention};
use crate::model::id::{DocumentId, EntityId};
use crate::model::text;
use crate::model::violation::{Origin, Violation, Violations};

/// What a dataset says, and all that is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The documents, then the entities, then the relationships, then the decisions, each sorted by id. Complete only
    /// where nothing is wrong.
    pub changes: Vec<Change>,
    /// For each change the place it came from.
    pub origins: Vec<Option<Origin>>,
    /// For each change all rows that it was made of, the first one first.
    pub rows: Vec<Vec<Origin>>,
    /// What is said of entities that the files do not describe, sorted by id, with its rows.
    pub mentions: Vec<(Mention, Vec<Origin>)>,
    /// Where each row begins, also of those that are wrong.
    pub records: Vec<Origin>,
    /// All that is wrong, sorted by place.
    pub violations: Violations,
}

/// Reads a whole dataset: one that names nothing but what stands in it. Never stops at the first thing that is wrong.
///
/// *O(n log n)* in the rows.
pub fn read(files: &Files) -> Reading {
    read_beside(files, &|_| None)
}

/// Reads a part of a dataset: rows may also name entities that stand without it.
pub fn read_beside(files: &Files, there: &Known<'_>) -> Reading {
    let mut violations = files.violations().clone();
    let sources: Vec<Source<'_>> = files.iter().map(|file| Source::parse(file, &mut violations)).collect();
    let mut rows: Vec<_> = sources.iter().map(|source| source.rows(&mut violations)).collect();
    let register = Register::new(&sources, &mut rows, there, &mut violations);
    let records = rows.iter().flatten().map(|(_, row)| row.origin()).collect();
    let mut reader = Reader {
        register,
        documents: BTreeMap::new(),
        entities: BTreeMap::new(),
        mentions: BTreeMap::new(),
        spoiled: BTreeSet::new(),
        figures: BTreeMap::new(),
        statements: Statements::default(),
        decisions: Decisions::default(),
        violations,
    };
    rows.into_iter().for_each(|rows| reader.file(rows));
    Reading { records, ..reader.finish() }
}

struct Reader<'s> {
    register: Register<'s>,
    documents: BTreeMap<DocumentId, (Document, Origin)>,
    entities: BTreeMap<EntityId, (EntityRecord, Row<'s>)>,
    mentions: BTreeMap<EntityId, BTreeMap<Citation, Origin>>,
    /// The entities with a mention that was refused: they are not told that nobody mentions them.
    spoiled: BTreeSet<EntityId>,
    figures: BTreeMap<EntityId, BTreeMap<Figure, Origin>>,
    statements: Statements,
    decisions: Decisions,
    violations: Violations,
}

impl<'s> Reader<'s> {
    fn file(&mut self, mut rows: Vec<(Matter, Row<'s>)>) {
        let document = match rows.iter().position(|(matter, _)| *matter == Matter::Document) {
            Some(position) => self.document(rows.remove(position).1),
            None => {
                let speaks = |matter| matches!(matter, Matter::Mention | Matter::Relationship | Matter::Figure);
                if let Some((_, row)) = rows.iter().find(|(matter, _)| speaks(*matter)) {
                    let violation = Violation::new("no [document] says this", "begin the file with a [document]");
                    self.violations.push(violation.at(Some(&row.origin())));
                }
                None
            }
        };
        // Rows of a document that is not known are checked all the same, in the name of one that is not kept.
        let is_kept = document.is_some();
        let document = document.unwrap_or_else(|| DocumentId::new("unknown").expect("a word is a slug"));
        for (matter, row) in rows {
            match matter {
                Matter::Entity(kind) => self.entity(row, kind),
                Matter::Document => self.violations.push(
                    Violation::new("the file has a second document", "give it a file of its own")
                        .at(Some(&row.origin())),
                ),
                Matter::Mention => self.mention(row, &document, is_kept),
                Matter::Relationship => self.relationship(row, &document, is_kept),
                Matter::Figure => self.figure(row, &document, is_kept),
                Matter::Decision => self.decisions.read(row, &self.register, &mut self.violations),
            }
        }
    }

    fn document(&mut self, mut row: Row<'s>) -> Option<DocumentId> {
        row.allow(&["id", "title", "publisher", "url", "published", "as_of", "accessed", "language", "note"]);
        let id = row.required("id", DocumentId::new);
        if let Some(id) = &id {
            row.about(id.as_str());
        }
        let title = row.required("title", text::line).unwrap_or_else(|| "-".to_owned());
        let publisher = row.line("publisher");
        let url = row.line("url");
        let published = row.of_type("published");
        let as_of = row.of_type("as_of");
        let accessed = row.of_type("accessed");
        let language = row.of_type("language");
        let note = row.prose("note");
        if let Some(id) = &id {
            let record =
                DocumentRecord { id: id.clone(), title, publisher, url, published, as_of, accessed, language, note };
            match Document::new(record) {
                Ok(document) if row.is_sound() => {
                    self.documents.entry(id.clone()).or_insert((document, row.origin()));
                }
                Ok(_) => {}
                Err(violations) => row.refuse_all(violations),
            }
        }
        row.settle(&mut self.violations);
        id
    }

    fn entity(&mut self, mut row: Row<'s>, kind: EntityKind) {
        match entity::read(&mut row, kind) {
            Some(record) if !self.entities.contains_key(&record.id) => {
                self.entities.insert(record.id.clone(), (record, row));
            }
            _ => row.settle(&mut self.violations),
        }
    }

    fn mention(&mut self, mut row: Row<'s>, document: &DocumentId, is_kept: bool) {
        row.allow(&["entity", "strength", "locator", "note"]);
        let citation = self.citation(&mut row, document);
        if let Some(id) = self.named(&mut row) {
            if row.is_sound() && is_kept {
                let known = self.mentions.entry(id).or_default();
                match known.get(&citation) {
                    None => drop(known.insert(citation, row.origin())),
                    Some(first) => row.refuse(given_twice(first)),
                }
            } else {
                self.spoiled.insert(id);
            }
        }
        row.settle(&mut self.violations);
    }

    fn figure(&mut self, mut row: Row<'s>, document: &DocumentId, is_kept: bool) {
        row.allow(&["entity", "label", "value", "at_least", "at_most", "as_of", "strength", "locator", "note"]);
        let citation = self.citation(&mut row, document);
        let id = self.named(&mut row);
        let label = row.required("label", text::line);
        let value = row.required("value", text::line);
        let at_least = row.decimal("at_least");
        let at_most = row.decimal("at_most");
        let as_of = row.of_type("as_of");
        if let (Some(id), Some(label), Some(value)) = (id, label, value) {
            // The citation was checked; what the figure adds is all that can be wrong with it.
            let mut figure = Figure { label, value, at_least, at_most, as_of, citation };
            let mut violations = Violations::default();
            if row.is_sound() {
                figure.check(&mut violations);
            }
            row.refuse_all(violations);
            if row.is_sound() && is_kept {
                let known = self.figures.entry(id).or_default();
                match known.get(&figure) {
                    None => drop(known.insert(figure, row.origin())),
                    Some(first) => row.refuse(given_twice(first)),
                }
            }
        }
        row.settle(&mut self.violations);
    }

    fn relationship(&mut self, mut row: Row<'s>, document: &DocumentId, is_kept: bool) {
        row.allow(relationship::FIELDS);
        let strength = row.parsed("strength", <Strength as Word>::parse).unwrap_or_default();
        let citation =
            Citation { document: document.clone(), locator: row.line("locator"), strength, note: row.prose("note") };
        if let Some(record) = relationship::read(&mut row, citation, &self.register)
            && row.is_sound()
            && is_kept
        {
            self.statements.add(&mut row, record);
        }
        row.settle(&mut self.violations);
    }

    /// The citation that a mention or figure is.
    fn citation(&mut self, row: &mut Row<'s>, document: &DocumentId) -> Citation {
        let strength = row.parsed("strength", <Strength as Word>::parse).unwrap_or_default();
        let mut citation =
            Citation { document: document.clone(), locator: row.line("locator"), strength, note: row.prose("note") };
        let mut violations = Violations::default();
        citation.check(&mut violations);
        row.refuse_all(violations);
        citation
    }

    /// The entity that a mention or figure names; noted and `None` where there is none.
    fn named(&mut self, row: &mut Row<'s>) -> Option<EntityId> {
        let id = row.required("entity", EntityId::new)?;
        if let Err(violation) = self.register.kind(&id) {
            row.refuse(violation.of("entity"));
            return None;
        }
        row.about(id.as_str());
        Some(id)
    }

    fn finish(mut self) -> Reading {
        let mut found: Vec<(Change, Vec<Origin>)> = Vec::new();
        let documents = self.documents.into_values();
        found.extend(documents.map(|(document, origin)| (Change::UpsertDocument(document), vec![origin])));
        for (id, (mut record, mut row)) in self.entities {
            let mut rows = vec![row.origin()];
            let (mention, more) = said_of(id.clone(), &mut self.mentions, &mut self.figures);
            rows.extend(more);
            record.citations = mention.citations;
            record.figures = mention.figures;
            let may_be_mentioned = self.spoiled.contains(&id) || self.register.may_be_mentioned(&id);
            match Entity::new(record) {
                Ok(entity) => found.push((Change::UpsertEntity(entity), rows)),
                Err(violations) => row.refuse_all(Violations(
                    violations
                        .0
                        .into_iter()
                        .filter(|violation| violation.field != "citations" || !may_be_mentioned)
                        .collect(),
                )),
            }
            row.settle(&mut self.violations);
        }
        let left: BTreeSet<EntityId> = self.mentions.keys().chain(self.figures.keys()).cloned().collect();
        let of = |id| said_of(id, &mut self.mentions, &mut self.figures);
        let mentions = left.into_iter().map(of).collect();
        let relationships = self.statements.finish(&mut self.violations);
        found.extend(relationships.into_iter().map(|(value, rows)| (Change::UpsertRelationship(value), rows)));
        found.extend(self.decisions.finish().map(|(decision, origin)| (Change::Decide(decision), vec![origin])));
        let (changes, rows): (_, Vec<Vec<Origin>>) = found.into_iter().unzip();
        let origins = rows.iter().map(|rows| rows.first().cloned()).collect();
        self.violations.0.sort();
        Reading { changes, origins, rows, mentions, records: Vec::new(), violations: self.violations }
    }
}

/// All that rows say of an entity beside its description, and those rows.
fn said_of(
    entity: EntityId,
    mentions: &mut BTreeMap<EntityId, BTreeMap<Citation, Origin>>,
    figures: &mut BTreeMap<EntityId, BTreeMap<Figure, Origin>>,
) -> (Mention, Vec<Origin>) {
    let (citations, mut rows): (_, Vec<Origin>) = mentions.remove(&entity).unwrap_or_default().into_iter().unzip();
    let (figures, more): (_, Vec<Origin>) = figures.remove(&entity).unwrap_or_default().into_iter().unzip();
    rows.extend(more);
    (Mention { entity, citations, figures }, rows)
}
