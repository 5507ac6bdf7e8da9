//! What documents say of two entities: rows gathered into relationships, each with all its citations.

use std::collections::{BTreeMap, BTreeSet};

use super::register::Register;
use super::row::Row;
use crate::model::citation::Citation;
use crate::model::entity::EntityKind;
use crate::model::id::{DocumentId, EntityId, RelationshipId};
use crate::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use crate::model::violation::{Origin, Violation, Violations};

/// The fields of a row, citation included.
pub(super) const FIELDS: &[&str] =
    &["source", "kind", "target", "role", "key", "on_behalf_of", "since", "until", "strength", "locator", "note"];

/// A row's record with the one citation of its document; `None` where an end or the kind is missing.
pub(super) fn read(row: &mut Row<'_>, citation: Citation, register: &Register<'_>) -> Option<RelationshipRecord> {
    let (source, source_kind) = end(row, "source", register).unzip();
    let kind = row.required("kind", |text| text.parse::<RelationshipKind>());
    let (target, target_kind) = end(row, "target", register).unzip();
    let on_behalf_of = match row.peek("on_behalf_of") {
        Some(_) => end(row, "on_behalf_of", register).map(|(id, _)| id),
        None => row.of_type("on_behalf_of"),
    };
    let role = row.line("role");
    let key = row.line("key");
    let since = row.of_type("since");
    let until = row.of_type("until");
    let (source, kind, target) = (source?, kind?, target?);
    if let (Some(Some(source_kind)), Some(Some(target_kind))) = (source_kind, target_kind)
        && let Err(violation) = kind.check_ends((&source, source_kind), (&target, target_kind))
    {
        row.refuse(violation);
    }
    let record = RelationshipRecord {
        role,
        key,
        on_behalf_of,
        since,
        until,
        citations: vec![citation],
        ..RelationshipRecord::new(source, kind, target)
    };
    row.about(record.id().as_str());
    if let Err(violations) = Relationship::new(record.clone()) {
        row.refuse_all(violations);
    }
    Some(record)
}

/// An end and its kind, the latter `None` where it is not known; notes an end that does not exist.
pub(super) fn end(
    row: &mut Row<'_>,
    field: &'static str,
    register: &Register<'_>,
) -> Option<(EntityId, Option<EntityKind>)> {
    let id = row.required(field, EntityId::new)?;
    match register.kind(&id) {
        Ok(kind) => Some((id, kind)),
        Err(violation) => {
            row.refuse(violation.of(field));
            Some((id, None))
        }
    }
}

/// All relationships that rows give.
#[derive(Default)]
pub(super) struct Statements(BTreeMap<RelationshipId, Statement>);

/// One relationship as the rows so far give it, and where each part was first given.
struct Statement {
    record: RelationshipRecord,
    origin: Origin,
    givers: BTreeMap<&'static str, Origin>,
    citations: BTreeMap<Citation, Origin>,
    /// The first row of each document, and the parts that the document gives in any.
    documents: BTreeMap<DocumentId, (Origin, BTreeSet<&'static str>)>,
}

impl Statements {
    /// Adds what a sound row says to what others said of the same relationship; notes where they disagree.
    pub(super) fn add(&mut self, row: &mut Row<'_>, record: RelationshipRecord) {
        let origin = row.origin();
        let citation = record.citations[0].clone();
        let statement = self.0.entry(record.id()).or_insert_with(|| Statement {
            record: RelationshipRecord {
                role: None,
                key: None,
                on_behalf_of: None,
                since: None,
                until: None,
                ..record.clone()
            },
            origin: origin.clone(),
            givers: BTreeMap::new(),
            citations: BTreeMap::new(),
            documents: BTreeMap::new(),
        });
        let Statement { record: kept, givers, documents, .. } = statement;
        let document = documents.entry(citation.document.clone()).or_insert_with(|| (origin.clone(), BTreeSet::new()));
        document.1.extend(PARTS.into_iter().filter(|part| row.has(part)));
        merge(row, givers, "role", &mut kept.role, record.role);
        merge(row, givers, "key", &mut kept.key, record.key);
        merge(row, givers, "on_behalf_of", &mut kept.on_behalf_of, record.on_behalf_of);
        merge(row, givers, "since", &mut kept.since, record.since);
        merge(row, givers, "until", &mut kept.until, record.until);
        match statement.citations.get(&citation) {
            None => drop(statement.citations.insert(citation, origin)),
            Some(first) => row.refuse(given_twice(first)),
        }
    }

    /// The relationships, sorted by id, each with its rows, the first one first; notes what is wrong only of all rows
    /// together.
    pub(super) fn finish(self, violations: &mut Violations) -> Vec<(Relationship, Vec<Origin>)> {
        for (id, statement) in &self.0 {
            let record = &statement.record;
            if !record.kind.spec().symmetric || record.source > record.target {
                continue;
            }
            let mut reverse = record.clone();
            std::mem::swap(&mut reverse.source, &mut reverse.target);
            if let Some(other) = self.0.get(&reverse.id()) {
                let (first, second) =
                    if statement.origin <= other.origin { (statement, other) } else { (other, statement) };
                violations.push(
                    Violation::new(
                        format!("the same stands the other way round at {}", first.origin),
                        format!("{} is read either way; write it the same way round in both places", record.kind),
                    )
                    .about(id)
                    .at(Some(&second.origin)),
                );
            }
        }
        let mut relationships = Vec::with_capacity(self.0.len());
        for (id, statement) in self.0 {
            violations.0.extend(statement.unsupported().map(|violation| violation.about(&id)));
            let Statement { mut record, origin, citations, .. } = statement;
            let (citations, mut rows): (_, Vec<Origin>) = citations.into_iter().unzip();
            record.citations = citations;
            // The first row comes first.
            rows.sort_by_key(|row| (*row != origin, row.clone()));
            match Relationship::new(record) {
                Ok(relationship) => relationships.push((relationship, rows)),
                Err(found) => violations.0.extend(found.0.into_iter().map(|violation| violation.at(Some(&origin)))),
            }
        }
        relationships
    }
}

impl Statement {
    /// What is wrong with documents that lack a part which others give: they would be cited for it.
    fn unsupported(&self) -> impl Iterator<Item = Violation> {
        self.documents.values().flat_map(move |(row, given)| {
            let lacking = PARTS.into_iter().filter(move |part| *part != "key" && !given.contains(part));
            lacking.filter_map(move |part| {
                let giver = self.givers.get(part)?;
                let problem = format!("this document does not give it, and it is given at {giver}");
                let remedy = "give it here too where this document says so, else give one of the two a key";
                Some(Violation::new(problem, remedy).of(part).at(Some(row)))
            })
        })
    }
}

/// The parts in which two rows of the same relationship may disagree.
const PARTS: [&str; 5] = ["role", "key", "on_behalf_of", "since", "until"];

fn merge<T: PartialEq + std::fmt::Debug>(
    row: &mut Row<'_>,
    givers: &mut BTreeMap<&'static str, Origin>,
    part: &'static str,
    kept: &mut Option<T>,
    given: Option<T>,
) {
    match (&kept, given) {
        (_, None) => {}
        (None, given) => {
            *kept = given;
            givers.insert(part, row.place(part));
        }
        (Some(known), Some(given)) if *known != given => {
            let elsewhere = givers.get(part).map_or_else(String::new, |origin| format!(" at {origin}"));
            row.refuse(
                Violation::new(
                    format!("it is {given:?} here and {known:?}{elsewhere}"),
                    "make them equal, or give one of the two a key to tell them apart",
                )
                .of(part),
            );
        }
        (Some(_), Some(_)) => {}
    }
}

/// What is wrong with a row that repeats another.
pub(super) fn given_twice(first: &Origin) -> Violation {
    Violation::new(format!("the same row stands at {first}"), "remove one of the two, or give it another locator")
}
