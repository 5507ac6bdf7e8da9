//! A row as an entity, relationships, or a document.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::cells::Cells;
use super::field::Field;
use super::made::Made;
use super::mapping::{Mapping, Rule};
use super::template::{Rendered, TEXTS};
use crate::model::citation::{Citation, Document, DocumentRecord, Strength};
use crate::model::entity::{Entity, EntityKind, EntityRecord, EventFormat, Figure};
use crate::model::id::{DocumentId, EntityId, RelationshipId};
use crate::model::identifier::{Identifier, IdentifierScheme};
use crate::model::name::{Name, NameKind};
use crate::model::place::Coordinates;
use crate::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use crate::model::text;
use crate::model::violation::{Origin, Violation, Violations};

/// A row as a rule reads it.
pub(super) struct Reading<'a> {
    pub(super) rule: &'a Rule,
    pub(super) mapping: Option<&'a Mapping>,
    pub(super) cells: &'a Cells<'a>,
    /// The document that the table is.
    pub(super) document: Option<&'a DocumentId>,
    pub(super) origin: &'a Origin,
    /// Whether we wrote the table, so that its texts are as they are meant.
    pub(super) is_exported: bool,
}

impl Reading<'_> {
    /// A text as one line.
    fn one_line(&self, text: &str) -> String {
        if self.is_exported { text.trim().to_owned() } else { text::one_line(text).into_owned() }
    }
}

/// What became of a row, and what of it was left out.
pub(super) struct Read<T> {
    pub(super) value: Result<T, Violations>,
    pub(super) notes: Vec<Violation>,
}

/// Reads fields and gathers what is wrong with them.
struct Fields<'r> {
    reading: &'r Reading<'r>,
    made: &'r mut Made,
    violations: Violations,
    notes: Vec<Violation>,
    /// The columns that come from a list of objects, each with the place of the list.
    through: Vec<(String, String)>,
}

impl<'r> Fields<'r> {
    fn new(reading: &'r Reading<'r>, made: &'r mut Made) -> Self {
        Self { reading, made, violations: Violations::default(), notes: Vec::new(), through: Vec::new() }
    }

    /// What each template of a field gives.
    fn rendered(&mut self, field: Field) -> Vec<Rendered> {
        let Reading { rule, mapping, cells, origin, .. } = *self.reading;
        let mut all = Vec::new();
        for template in rule.fields.get(&field).into_iter().flatten() {
            let rendered = template.render(mapping, cells, self.made, origin);
            let Some(rendered) = self.violations.keep(rendered.map_err(|violation| violation.of(field.name()))) else {
                continue;
            };
            for (list, column) in &rendered.through {
                let other = self.through.iter().find(|(known, other)| known == list && other != column);
                if let Some((_, other)) = other {
                    let problem =
                        format!("{{{column}}} and {{{other}}} are of one list, and nothing says which go together");
                    let remedy = format!("write each = \"{list}\" in the rule");
                    self.violations.push(Violation::new(problem, remedy).of(field.name()));
                }
                self.through.push((list.clone(), column.clone()));
            }
            all.push(rendered);
        }
        all
    }

    /// The texts of a field, each as one line.
    fn lines(&mut self, field: Field) -> Vec<String> {
        let all = self.rendered(field).into_iter().flat_map(|rendered| rendered.texts);
        all.map(|text| self.reading.one_line(&text)).filter(|text| !text.is_empty()).collect()
    }

    /// The only text of a field that has one; where there are more the first, and a note.
    fn only(&mut self, field: Field, mut texts: Vec<String>) -> Option<String> {
        texts.dedup();
        if texts.len() > 1 {
            let shown: String = texts[0].chars().take(60).collect();
            let problem = format!("it has {} values, and \"{shown}\" is taken", texts.len());
            self.notes.push(Violation::new(problem, "the others are left out").of(field.name()));
        }
        texts.into_iter().next()
    }

    fn line(&mut self, field: Field) -> Option<String> {
        let texts = self.lines(field);
        self.only(field, texts)
    }

    fn prose(&mut self, field: Field) -> Option<String> {
        let texts = self.rendered(field).into_iter().flat_map(|rendered| rendered.texts).collect();
        self.only(field, texts)
    }

    fn parsed<T>(&mut self, field: Field, parse: impl FnOnce(&str) -> Result<T, Violation>) -> Option<T> {
        let text = self.line(field)?;
        self.violations.keep(parse(&text).map_err(|violation| violation.of(field.name())))
    }

    fn required<T>(&mut self, field: Field, parse: impl Fn(&str) -> Result<T, Violation>) -> Option<T> {
        let mut texts = self.lines(field);
        if texts.len() > 1 {
            let problem = format!("it has {} of them", texts.len());
            self.violations.push(Violation::new(problem, "give one").of(field.name()));
        }
        if texts.is_empty() {
            self.missing(field);
        }
        let text = texts.drain(..).next()?;
        self.violations.keep(parse(&text).map_err(|violation| violation.of(field.name())))
    }

    /// Notes that a field is missing, where nothing else was wrong with it.
    fn missing(&mut self, field: Field) {
        if self.violations.0.iter().any(|violation| violation.field == field.name()) {
            return;
        }
        let templates = self.reading.rule.fields.get(&field).into_iter().flatten();
        let absent = templates.flat_map(|template| template.columns()).find(|column| !self.reading.cells.has(column));
        let problem = match absent {
            Some(column) => format!("it has no {}, for there is no {{{column}}} here", field.name()),
            None => format!("it has no {}", field.name()),
        };
        self.violations.push(Violation::new(problem, "fill it in").of(field.name()));
    }

    /// The parts of a field that may have several: the items of a list, also where it stands in a cell as JSON, or what
    /// stands between semicolons. With each part the registry that its column is named after.
    fn several(&mut self, field: Field) -> Vec<(String, Option<IdentifierScheme>)> {
        let schemes: Vec<Option<IdentifierScheme>> = {
            let templates = self.reading.rule.fields.get(&field).into_iter().flatten();
            let last = |column: &str| IdentifierScheme::called(column.rsplit('.').next().unwrap_or(column));
            templates.map(|template| template.only_column().and_then(last)).collect()
        };
        let mut parts = Vec::new();
        for (rendered, scheme) in self.rendered(field).into_iter().zip(schemes) {
            for text in rendered.texts {
                if rendered.is_list {
                    parts.push((text, scheme));
                } else if begins_json(&text) {
                    let items = json::<Vec<serde_json::Value>>(&text).map_err(|violation| violation.of(field.name()));
                    let items = self.violations.keep(items).unwrap_or_default();
                    parts.extend(items.into_iter().map(|item| match item {
                        serde_json::Value::String(text) => (text, scheme),
                        other => (other.to_string(), scheme),
                    }));
                } else {
                    parts.extend(text.split(';').map(|part| (part.to_owned(), scheme)));
                }
            }
        }
        parts.retain(|(part, _)| !text::one_line(part).is_empty());
        parts
    }

    /// The parts of a field, each an object in JSON.
    fn objects<T: DeserializeOwned>(&mut self, field: Field) -> Vec<T> {
        let parts = self.several(field);
        let read = parts.into_iter().map(|(part, _)| json(&part).map_err(|violation| violation.of(field.name())));
        let read: Vec<Result<T, Violation>> = read.collect();
        read.into_iter().filter_map(|part| self.violations.keep(part)).collect()
    }

    fn names(&mut self, field: Field, kind: NameKind) -> Vec<Name> {
        let parts = self.several(field);
        let reading = self.reading;
        let read: Vec<Result<Name, Violation>> = parts
            .into_iter()
            .map(|(part, _)| {
                let name = if part.trim_start().starts_with('{') {
                    json::<Name>(&part)?
                } else {
                    Name { text: part, kind, language: None }
                };
                Ok(Name { text: reading.one_line(&name.text), ..name })
            })
            .collect();
        let of = |violation: Violation| violation.of(field.name());
        read.into_iter().filter_map(|name| self.violations.keep(name.map_err(of))).collect()
    }

    fn identifiers(&mut self) -> Vec<Identifier> {
        let parts = self.several(Field::Identifiers);
        let read = parts.into_iter().map(|(part, scheme)| match scheme {
            Some(scheme) => Identifier::written(scheme, &part),
            None => part.parse(),
        });
        let read: Vec<Result<Identifier, Violation>> = read.collect();
        read.into_iter().filter_map(|part| self.violations.keep(part)).collect()
    }

    fn citations(&mut self) -> Vec<Citation> {
        let own: Vec<Citation> = self.objects(Field::Citations);
        let Some(document) = self.reading.document.filter(|_| own.is_empty()) else { return own };
        let strength = self.parsed(Field::Strength, |text| match text.to_ascii_uppercase().as_str() {
            "STATED" => Ok(Strength::Stated),
            "INFERRED" => Ok(Strength::Inferred),
            _ => Err(Violation::new(format!("\"{text}\" is not a strength"), "use STATED or INFERRED")),
        });
        let line = self.reading.origin.line;
        vec![Citation {
            document: document.clone(),
            locator: Some(self.line(Field::Locator).unwrap_or_else(|| format!("line {line}"))),
            strength: strength.unwrap_or_default(),
            note: self.prose(Field::Note),
        }]
    }

    fn ended<T>(mut self, made: Option<Result<T, Violations>>, subject: &str) -> Read<T> {
        let notes = std::mem::take(&mut self.notes);
        let place = |violation: Violation| violation.about(subject).at(Some(self.reading.origin));
        let notes = notes.into_iter().map(place).collect();
        let made = match made {
            Some(Ok(made)) if self.violations.is_empty() => return Read { value: Ok(made), notes },
            Some(Err(violations)) => violations,
            Some(Ok(_)) | None => Violations::default(),
        };
        let all = self.violations.0.into_iter().chain(made.0);
        Read { value: Err(Violations(all.map(place).collect())), notes: Vec::new() }
    }
}

/// Whether a cell begins as a list in JSON does.
fn begins_json(text: &str) -> bool {
    let rest = text.trim_start().strip_prefix('[').map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with(['{', '"']) || rest.trim_end() == "]")
}

fn json<T: DeserializeOwned>(text: &str) -> Result<T, Violation> {
    serde_json::from_str(text).map_err(|error| {
        let shown: String = text.chars().take(40).collect();
        let problem = format!("\"{shown}\" begins as JSON does, and cannot be read: {error}");
        Violation::new(problem, "correct it, or write the parts with semicolons between")
    })
}

/// The id that a row gives to an entity, where it gives one.
pub(super) fn id(reading: &Reading<'_>, made: &mut Made) -> Option<String> {
    let mut fields = Fields::new(reading, made);
    fields.lines(Field::Id).into_iter().next()
}

pub(super) fn entity(reading: &Reading<'_>, made: &mut Made) -> Read<Entity> {
    let mut fields = Fields::new(reading, made);
    let id = fields.required(Field::Id, EntityId::new);
    let kind = fields.required(Field::Kind, |text| text.to_ascii_uppercase().parse::<EntityKind>());
    let mut names = fields.lines(Field::Name).into_iter();
    let name = names.next();
    if name.is_none() {
        fields.missing(Field::Name);
    }
    let subject = id.as_ref().map_or_else(|| self::id(reading, fields.made).unwrap_or_default(), EntityId::to_string);
    if name.as_deref().is_some_and(begins_json) {
        let problem = "the name begins as a list in JSON does";
        fields
            .violations
            .push(Violation::new(problem, "give one name here, and the list in the column names").of("name"));
    }
    let (Some(id), Some(kind), Some(name)) = (id, kind, name) else { return fields.ended(None, &subject) };
    let mut record = EntityRecord::new(id, kind, name);
    // Of several names the first is the preferred one.
    record.names.extend(names.map(|text| Name { text, kind: NameKind::Alias, language: None }));
    for (field, kind) in [(Field::Names, NameKind::Alias), (Field::Acronyms, NameKind::Acronym)] {
        record.names.extend(fields.names(field, kind));
    }
    record.language = fields.parsed(Field::Language, |text| text.to_owned().try_into());
    record.in_text = fields.line(Field::InText).map(String::into_boxed_str);
    record.description = fields.prose(Field::Description);
    record.homepage = fields.line(Field::Homepage);
    record.country = fields.parsed(Field::Country, str::parse);
    record.city = fields.line(Field::City);
    record.coordinates = coordinates(&mut fields);
    record.identifiers = fields.identifiers();
    record.since = fields.parsed(Field::Since, str::parse);
    record.until = fields.parsed(Field::Until, str::parse);
    record.format = fields.parsed(Field::Format, |text| match text.to_ascii_uppercase().as_str() {
        "IN_PERSON" => Ok(EventFormat::InPerson),
        "ONLINE" => Ok(EventFormat::Online),
        "HYBRID" => Ok(EventFormat::Hybrid),
        _ => Err(Violation::new(format!("\"{text}\" is not a format of an event"), "use IN_PERSON, ONLINE or HYBRID")),
    });
    record.term = fields.parsed(Field::Term, str::parse);
    record.figures = fields.objects::<Figure>(Field::Figures);
    record.citations = fields.citations();
    let merged: Vec<String> = fields.several(Field::MergedIds).into_iter().map(|(id, _)| id).collect();
    if !merged.is_empty() {
        let problem =
            format!("the ids {} were merged into it, and a table does not say who decided it", merged.join(", "));
        let remedy = "they are left out; export toml keeps decisions";
        fields.notes.push(Violation::new(problem, remedy).of("merged_ids"));
    }
    fields.ended(Some(Entity::new(record)), &subject)
}

fn coordinates(fields: &mut Fields<'_>) -> Option<Coordinates> {
    let mut number = |field: Field| {
        let text = fields.line(field)?;
        let number = text.parse::<f64>().map_err(|_| {
            let problem = format!("\"{text}\" is not a number");
            Violation::new(problem, "write degrees with a point: 30.63").of(field.name())
        });
        Some(fields.violations.keep(number))
    };
    let (latitude, longitude) = (number(Field::Latitude), number(Field::Longitude));
    let half = match (latitude, longitude) {
        (Some(latitude), Some(longitude)) => {
            let point = Coordinates::new(latitude?, longitude?);
            return fields.violations.keep(point.map_err(|violation| violation.of("latitude")));
        }
        (Some(_), None) => ("a latitude and no longitude", "latitude"),
        (None, Some(_)) => ("a longitude and no latitude", "longitude"),
        (None, None) => return None,
    };
    fields.notes.push(Violation::new(format!("it has {}", half.0), "it is left out; give both").of(half.1));
    None
}

/// The relationships of a row: one for each source, target and role that a list in it gives.
pub(super) fn relationships(reading: &Reading<'_>, made: &mut Made) -> Read<Vec<Relationship>> {
    let mut fields = Fields::new(reading, made);
    let given = fields.line(Field::Id);
    let kind = fields.required(Field::Kind, |text| text.to_ascii_uppercase().parse::<RelationshipKind>());
    let mut ends = |field: Field| {
        let texts = fields.lines(field);
        if texts.is_empty() {
            fields.missing(field);
        }
        texts
    };
    let (sources, targets) = (ends(Field::Source), ends(Field::Target));
    let subject = given.clone().unwrap_or_else(|| {
        let first = |texts: &[String]| texts.first().cloned().unwrap_or_default();
        format!("{} {} {}", first(&sources), kind.map_or("?", RelationshipKind::name), first(&targets))
    });
    let mut id = |field: Field, texts: Vec<String>| -> Vec<EntityId> {
        let read = texts.iter().map(|text| EntityId::new(text).map_err(|violation| violation.of(field.name())));
        let read: Vec<_> = read.collect();
        read.into_iter().filter_map(|id| fields.violations.keep(id)).collect()
    };
    let (sources, targets) = (id(Field::Source, sources), id(Field::Target, targets));
    let mut roles: Vec<Option<String>> = fields.lines(Field::Role).into_iter().map(Some).collect();
    if roles.is_empty() {
        roles.push(None);
    }
    let count = sources.len().saturating_mul(targets.len()).saturating_mul(roles.len());
    if count > TEXTS {
        let problem = format!("its lists make {count} relationships");
        fields.violations.push(Violation::new(problem, format!("give at most {TEXTS} in a row")));
    }
    let key = fields.line(Field::Key);
    let on_behalf_of = fields.parsed(Field::OnBehalfOf, EntityId::new);
    let since = fields.parsed(Field::Since, str::parse);
    let until = fields.parsed(Field::Until, str::parse);
    let citations = fields.citations();
    let Some(kind) = kind.filter(|_| fields.violations.is_empty()) else { return fields.ended(None, &subject) };
    let mut all = Vec::with_capacity(count);
    let mut violations = Violations::default();
    for source in &sources {
        for target in &targets {
            for role in &roles {
                let mut record = RelationshipRecord::new(source.clone(), kind, target.clone());
                record.role.clone_from(role);
                record.key = key.clone().or_else(|| key_of(&record, given.as_deref()?));
                record.on_behalf_of.clone_from(&on_behalf_of);
                (record.since, record.until) = (since.clone(), until.clone());
                record.citations.clone_from(&citations);
                match Relationship::new(record) {
                    Ok(relationship) => all.push(relationship),
                    Err(refused) => violations.0.extend(refused.0),
                }
            }
        }
    }
    if let (Some(given), [one]) = (&given, all.as_slice())
        && RelationshipId::has_form(given)
        && one.id().as_str() != given
    {
        let problem = format!("its id is {given}, and its ends, kind and role give {}", one.id());
        violations.push(Violation::new(problem, "correct them, or leave the id out").of("id"));
    }
    fields.ended(Some(if violations.is_empty() { Ok(all) } else { Err(violations) }), &subject)
}

/// The key in an id that the record does not have without it.
fn key_of(record: &RelationshipRecord, given: &str) -> Option<String> {
    if record.id().as_str() == given {
        return None;
    }
    given.splitn(4, ':').nth(3).map(str::to_owned)
}

pub(super) fn document(reading: &Reading<'_>, made: &mut Made) -> Read<Document> {
    let mut fields = Fields::new(reading, made);
    let id = fields.required(Field::Id, DocumentId::new);
    let title = fields.required(Field::Title, |text| Ok(text.to_owned()));
    let subject = id.as_ref().map(ToString::to_string).unwrap_or_default();
    let (Some(id), Some(title)) = (id, title) else { return fields.ended(None, &subject) };
    let record = DocumentRecord {
        id,
        title,
        publisher: fields.line(Field::Publisher),
        url: fields.line(Field::Url),
        published: fields.parsed(Field::Published, str::parse),
        as_of: fields.parsed(Field::AsOf, str::parse),
        accessed: fields.parsed(Field::Accessed, str::parse),
        language: fields.parsed(Field::Language, |text| text.to_owned().try_into()),
        note: fields.prose(Field::Note),
    };
    fields.ended(Some(Document::new(record)), &subject)
}

/// A cell without the mark that `export csv` puts before what a spreadsheet would run.
pub(super) fn unguarded(cell: &str) -> Cow<'_, str> {
    let rest = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']));
    // The mark alone stands for itself with the mark before it.
    Cow::Borrowed(rest.unwrap_or(cell))
}
