//! The data dump of the Research Organization Registry, schema 1 or 2 or both.
//!
//! Entities are `ror-` and the nine characters of the ROR id. What ROR calls *related* says neither how nor which way
//! round; it is kept as [`RelationshipKind::AffiliatedWith`] and INFERRED, from the hospital to the university where it
//! joins two such. A withdrawn record that names one successor leads to it; others are passed over.

mod entity;
mod record;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use record::Record;

use super::json::each_object;
use super::source::Member;
use super::{Contribution, Importer, Options, Retired, Said};
use crate::model::citation::{Citation, Document, DocumentRecord, Strength};
use crate::model::entity::Entity;
use crate::model::id::{DocumentId, EntityId};
use crate::model::identifier::{Identifier, IdentifierScheme};
use crate::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use crate::model::violation::{Origin, Violation};

const ADDRESS: &str = "https://ror.org/";
const TIE: &str =
    "ROR lists the hospital and the university as related, which is neither parent nor child, and says no more.";
const RELATED: &str = "ROR lists the two as related and does not say how.";

/// A reader of ROR's data dump.
pub(super) fn importer(options: &Options) -> Result<Box<dyn Importer>, Violation> {
    let id = DocumentId::new("ror").expect("three letters are a slug");
    let record = options.document.clone().unwrap_or_else(|| DocumentRecord {
        id,
        title: "Research Organization Registry".to_owned(),
        publisher: Some("ROR".to_owned()),
        url: Some("https://ror.org".to_owned()),
        published: None,
        as_of: None,
        accessed: None,
        language: "en".to_owned().try_into().ok(),
        note: Some("Open registry of research organizations (CC0). A locator is the address of the record.".to_owned()),
    });
    let document = Document::new(record).map_err(|mut violations| violations.0.remove(0))?;
    Ok(Box::new(Ror {
        document,
        records: BTreeMap::new(),
        relations: Vec::new(),
        contribution: Contribution::default(),
    }))
}

/// The nine characters of a ROR id.
type Key = [u8; 9];

struct Ror {
    document: Document,
    records: BTreeMap<Key, Known>,
    relations: Vec<Relation>,
    contribution: Contribution,
}

/// A record that was read; withdrawn ones have no entity.
struct Known {
    entity: Option<Entity>,
    /// Of a withdrawn one, what it was known by, its only successor, and when it was last changed.
    retired: Option<(Entity, Key, Timestamp)>,
    origin: Origin,
    is_schema_2: bool,
    cares: bool,
    teaches: bool,
}

struct Relation {
    from: Key,
    kind: Word,
    to: Key,
    line: u32,
}

/// ROR's words for relationships.
#[derive(Clone, Copy)]
enum Word {
    Parent,
    Child,
    Related,
    Successor,
    Predecessor,
}

impl Importer for Ror {
    fn member(&mut self, member: Member<'_>) -> Result<(), Violation> {
        let start = member.reader.fill_buf().map_err(|error| super::source::broken(&member.label, &error))?;
        let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
        // The dump packs the same records as a table, too.
        if !matches!(first, Some(b'[' | b'{')) && member.label.ends_with(".csv") {
            return Ok(());
        }
        each_object(member, None, &mut |bytes, origin| {
            self.contribution.records.push(origin.clone());
            self.record(bytes, origin);
            Ok(())
        })
    }

    fn finish(mut self: Box<Self>) -> Contribution {
        self.relate();
        self.retire();
        self.contribution.documents.push(self.document);
        for known in self.records.into_values() {
            let Some(value) = known.entity else { continue };
            self.contribution.entities.push(Said::new(value, known.origin));
        }
        self.contribution.registry = Some("Research Organization Registry");
        self.contribution
    }
}

impl Ror {
    fn record(&mut self, bytes: &[u8], origin: Origin) {
        let record: Record = match serde_json::from_slice(bytes) {
            Ok(record) => record,
            Err(error) => {
                let problem = format!("the record is not one of ROR's: {error}");
                return self.refuse(Violation::new(problem, "fetch the data dump again"), &origin, "");
            }
        };
        let Some(key) = key(&record.id) else {
            let shown: String = record.id.chars().take(60).collect();
            let problem = format!("\"{shown}\" is no ROR id, or its check digits are wrong");
            return self.refuse(Violation::new(problem, "compare it with the registry"), &origin, &shown);
        };
        let is_schema_2 = record.names.is_some();
        if let Entry::Occupied(known) = self.records.entry(key) {
            let first = known.get();
            if first.is_schema_2 == is_schema_2 {
                let problem = format!("the record stands twice, first at {}", first.origin);
                return self.refuse(Violation::new(problem, "remove one of them"), &origin, &record.id);
            }
            // A dump packs both schemas; the newer one says more.
            if first.is_schema_2 {
                return;
            }
            known.remove();
            self.relations.retain(|relation| relation.from != key);
        }
        let has = |kind: &str| record.types.iter().any(|word| word.eq_ignore_ascii_case(kind));
        let (cares, teaches) = (has("healthcare"), has("education"));
        let mut notes = Vec::new();
        let (id, citation) = (entity_id(&key), self.citation(&key));
        self.contribution.addresses.extend(citation.locator.clone());
        let successors: Vec<Key> = record
            .relationships
            .iter()
            .filter(|relation| relation.kind.eq_ignore_ascii_case("successor"))
            .filter_map(|relation| self::key(&relation.id))
            .collect();
        let is_withdrawn = record.status == "withdrawn";
        let (entity, retired) = match successors[..] {
            [successor] if is_withdrawn => {
                let known_by = entity::retired(&record, &id, &citation);
                (known_by.clone().map(|_| None), known_by.ok().map(|entity| (entity, successor, record.changed())))
            }
            _ if is_withdrawn => (Ok(None), None),
            _ => (entity::of(&record, &id, &citation, &mut notes).map(Some), None),
        };
        let notes = notes.into_iter().map(|note: Violation| note.about(&record.id).at(Some(&origin)));
        self.contribution.notes.extend(notes);
        match entity {
            Ok(entity) => {
                for relation in &record.relationships {
                    self.relation(key, relation, &origin);
                }
                self.records.insert(key, Known { entity, retired, origin, is_schema_2, cares, teaches });
            }
            Err(violations) => {
                violations.0.into_iter().for_each(|violation| self.refuse(violation, &origin, &record.id));
            }
        }
    }

    fn relation(&mut self, from: Key, relation: &record::Relation, origin: &Origin) {
        let kind = match relation.kind.to_ascii_lowercase().as_str() {
            "parent" => Word::Parent,
            "child" => Word::Child,
            "related" => Word::Related,
            "successor" => Word::Successor,
            "predecessor" => Word::Predecessor,
            _ => {
                let shown: String = relation.kind.chars().take(40).collect();
                let problem = format!("\"{shown}\" is none of ROR's relationships");
                return self.refuse(
                    Violation::new(problem, "use a newer version of this program"),
                    origin,
                    text(&from),
                );
            }
        };
        match key(&relation.id) {
            Some(to) => self.relations.push(Relation { from, kind, to, line: origin.line }),
            None => {
                let shown: String = relation.id.chars().take(60).collect();
                let problem = format!("it is related to \"{shown}\", which is no ROR id");
                self.refuse(Violation::new(problem, "compare it with the registry"), origin, text(&from));
            }
        }
    }

    /// Withdrawn records lead to what took their place in the end, however often that was withdrawn too.
    fn retire(&mut self) {
        for (key, known) in &self.records {
            let Some((entity, successor, at)) = &known.retired else { continue };
            let mut heir = *successor;
            let mut met = BTreeSet::from([*key]);
            while let Some((_, next, _)) = self.records.get(&heir).and_then(|known| known.retired.as_ref())
                && met.insert(heir)
            {
                heir = *next;
            }
            let is_read = self.records.contains_key(&heir);
            if let (false, Ok(identifier)) = (is_read, Identifier::new(IdentifierScheme::Ror, text(&heir))) {
                self.contribution.references.insert(entity_id(&heir), identifier);
            }
            let value = Retired { entity: entity.clone(), heir: entity_id(&heir), at: *at };
            self.contribution.retired.push(Said::new(value, known.origin.clone()));
        }
    }

    /// Each pair once, with the citations of both records where both say it.
    fn relate(&mut self) {
        let mut said: BTreeMap<Tie, (Vec<Key>, Origin)> = BTreeMap::new();
        for relation in std::mem::take(&mut self.relations) {
            let Some(from) = self.records.get(&relation.from).filter(|known| known.entity.is_some()) else { continue };
            let origin = Origin { line: relation.line, ..from.origin.clone() };
            let to = self.records.get(&relation.to);
            if to.is_some_and(|known| known.entity.is_none()) {
                let problem = format!("it is related to {}, which was withdrawn", text(&relation.to));
                let note = Violation::new(problem, "the relationship is left out");
                self.contribution.notes.push(note.about(text(&relation.from)).at(Some(&origin)));
                continue;
            }
            if to.is_none() {
                let identifier = Identifier::new(IdentifierScheme::Ror, text(&relation.to));
                let reference = identifier.map(|identifier| (entity_id(&relation.to), identifier));
                self.contribution.references.extend(reference.ok());
            }
            let (source, kind, target, is_vague) = direct(&relation, from, to);
            let entry = said.entry((source, kind, target, is_vague)).or_insert_with(|| (Vec::new(), origin));
            entry.0.push(relation.from);
        }
        for ((source, kind, target, is_vague), (read, origin)) in said {
            let mut record = RelationshipRecord::new(entity_id(&source), kind, entity_id(&target));
            let note =
                (kind == RelationshipKind::AffiliatedWith).then(|| if is_vague { RELATED } else { TIE }.to_owned());
            record.role = is_vague.then(|| "related".to_owned());
            record.citations = read.iter().map(|key| self.citation(key)).collect();
            for citation in &mut record.citations {
                citation.strength = if note.is_some() { Strength::Inferred } else { Strength::Stated };
                citation.note.clone_from(&note);
            }
            match Relationship::new(record) {
                Ok(value) => self.contribution.relationships.push(Said { value, origin, stands_in: false }),
                Err(violations) => {
                    violations.0.into_iter().for_each(|violation| self.refuse(violation, &origin, text(&source)));
                }
            }
        }
    }

    fn citation(&self, key: &Key) -> Citation {
        let locator = Some(format!("{ADDRESS}{}", text(key)));
        Citation { document: self.document.id.clone(), locator, strength: Strength::Stated, note: None }
    }

    fn refuse(&mut self, violation: Violation, origin: &Origin, subject: &str) {
        self.contribution.refused.push(violation.about(subject).at(Some(origin)));
    }
}

/// Source, kind, target, and whether ROR does not say what it is.
type Tie = (Key, RelationshipKind, Key, bool);

/// Which of the two is the source, and whether it is a tie of which ROR does not say what it is.
fn direct(relation: &Relation, from: &Known, to: Option<&Known>) -> Tie {
    let (from_key, to_key) = (relation.from, relation.to);
    match relation.kind {
        Word::Parent => (from_key, RelationshipKind::PartOf, to_key, false),
        Word::Child => (to_key, RelationshipKind::PartOf, from_key, false),
        Word::Successor => (to_key, RelationshipKind::Succeeds, from_key, false),
        Word::Predecessor => (from_key, RelationshipKind::Succeeds, to_key, false),
        Word::Related => {
            let only_cares = |known: &Known| known.cares && !known.teaches;
            let ties = |one: &Known, other: Option<&Known>| only_cares(one) && other.is_some_and(|other| other.teaches);
            if ties(from, to) {
                (from_key, RelationshipKind::AffiliatedWith, to_key, false)
            } else if to.is_some_and(|to| ties(to, Some(from))) {
                (to_key, RelationshipKind::AffiliatedWith, from_key, false)
            } else {
                let (source, target) = (from_key.min(to_key), from_key.max(to_key));
                (source, RelationshipKind::AffiliatedWith, target, true)
            }
        }
    }
}

/// The key in the address or the bare form of a ROR id whose check digits are right.
fn key(id: &str) -> Option<Key> {
    let bare = id.strip_prefix(ADDRESS).unwrap_or(id);
    Identifier::new(IdentifierScheme::Ror, bare).ok()?;
    bare.as_bytes().try_into().ok()
}

fn text(key: &Key) -> &str {
    std::str::from_utf8(key).expect("a ROR id is ASCII, as its check made sure")
}

fn entity_id(key: &Key) -> EntityId {
    EntityId::new(&format!("ror-{}", text(key))).expect("a ROR id is small letters and digits")
}
