//! A row as an entity or a relationship.

use super::Reading;
use super::mapping::Field;
use crate::model::citation::{Citation, Strength};
use crate::model::entity::{Entity, EntityKind, EntityRecord, EventFormat};
use crate::model::id::EntityId;
use crate::model::name::{Name, NameKind};
use crate::model::place::Coordinates;
use crate::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use crate::model::violation::{Violation, Violations};

/// Reads fields and gathers what is wrong with them.
struct Fields<'r> {
    reading: &'r Reading<'r>,
    violations: Violations,
}

impl Fields<'_> {
    fn parsed<T>(
        &mut self,
        field: Field,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        let text = self.reading.text(field)?;
        self.violations.keep(parse(text.trim()).map_err(|violation| violation.of(name)))
    }

    fn required<T>(
        &mut self,
        field: Field,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        if self.reading.text(field).is_none() {
            self.violations.push(Violation::new(format!("it has no {name}"), "fill it in").of(name));
            return None;
        }
        self.parsed(field, name, parse)
    }

    /// The parts of a cell that holds several, with semicolons between.
    fn several(&self, field: Field) -> Vec<String> {
        let texts = self.reading.texts(field);
        let parts = texts.iter().flat_map(|text| text.split(';')).map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    fn citation(&mut self) -> Citation {
        let strength = self.parsed(Field::Strength, "strength", |text| match text {
            "STATED" => Ok(Strength::Stated),
            "INFERRED" => Ok(Strength::Inferred),
            _ => Err(Violation::new("this is no strength", "use STATED or INFERRED")),
        });
        let line = self.reading.line;
        Citation {
            document: self.reading.document.clone(),
            locator: Some(self.reading.text(Field::Locator).unwrap_or_else(|| format!("line {line}"))),
            strength: strength.unwrap_or_default(),
            note: self.reading.text(Field::Note),
        }
    }

    fn ended<T>(mut self, made: Option<Result<T, Violations>>, subject: &str) -> Result<T, Violations> {
        let made = match made {
            Some(Ok(made)) if self.violations.is_empty() => return Ok(made),
            Some(Err(violations)) => violations,
            Some(Ok(_)) | None => Violations::default(),
        };
        self.violations.0.extend(made.0);
        Err(Violations(self.violations.0.into_iter().map(|violation| violation.about(subject)).collect()))
    }
}

pub(super) fn entity(reading: &Reading<'_>) -> Result<Entity, Violations> {
    let mut fields = Fields { reading, violations: Violations::default() };
    let id = fields.required(Field::Id, "id", EntityId::new);
    let kind = fields.required(Field::Kind, "kind", |text| text.to_ascii_uppercase().parse::<EntityKind>());
    let name = fields.required(Field::Name, "name", |text| Ok(text.to_owned()));
    let subject = reading.text(Field::Id).unwrap_or_default();
    let (Some(id), Some(kind), Some(name)) = (id, kind, name) else { return fields.ended(None, &subject) };
    let mut record = EntityRecord::new(id, kind, name);
    for (field, kind) in [(Field::Names, NameKind::Alias), (Field::Acronyms, NameKind::Acronym)] {
        record.names.extend(fields.several(field).into_iter().map(|text| Name { text, kind, language: None }));
    }
    record.language = fields.parsed(Field::Language, "language", |text| text.to_owned().try_into());
    record.description = reading.text(Field::Description);
    record.homepage = reading.text(Field::Homepage);
    record.country = fields.parsed(Field::Country, "country", str::parse);
    record.city = reading.text(Field::City);
    record.coordinates = coordinates(&mut fields);
    for text in fields.several(Field::Identifiers) {
        record.identifiers.extend(fields.violations.keep(text.parse()));
    }
    record.since = fields.parsed(Field::Since, "since", str::parse);
    record.until = fields.parsed(Field::Until, "until", str::parse);
    record.format = fields.parsed(Field::Format, "format", |text| match text {
        "IN_PERSON" => Ok(EventFormat::InPerson),
        "ONLINE" => Ok(EventFormat::Online),
        "HYBRID" => Ok(EventFormat::Hybrid),
        _ => Err(Violation::new("this is no format of an event", "use IN_PERSON, ONLINE or HYBRID")),
    });
    record.term = fields.parsed(Field::Term, "term", str::parse);
    record.citations.push(fields.citation());
    fields.ended(Some(Entity::new(record)), &subject)
}

fn coordinates(fields: &mut Fields<'_>) -> Option<Coordinates> {
    let number = |text: &str| {
        text.parse::<f64>().map_err(|_| Violation::new("this is no number", "write degrees with a point: 30.63"))
    };
    let latitude = fields.parsed(Field::Latitude, "latitude", number);
    let longitude = fields.parsed(Field::Longitude, "longitude", number);
    let point = Coordinates::new(latitude?, longitude?);
    fields.violations.keep(point.map_err(|violation| violation.of("latitude")))
}

pub(super) fn relationship(reading: &Reading<'_>) -> Result<Relationship, Violations> {
    let mut fields = Fields { reading, violations: Violations::default() };
    let source = fields.required(Field::Source, "source", EntityId::new);
    let kind = fields.required(Field::Kind, "kind", |text| text.to_ascii_uppercase().parse::<RelationshipKind>());
    let target = fields.required(Field::Target, "target", EntityId::new);
    let text = |field| reading.text(field).unwrap_or_default();
    let subject = format!("{} {} {}", text(Field::Source), text(Field::Kind), text(Field::Target));
    let (Some(source), Some(kind), Some(target)) = (source, kind, target) else { return fields.ended(None, &subject) };
    let mut record = RelationshipRecord::new(source, kind, target);
    record.role = reading.text(Field::Role);
    record.key = reading.text(Field::Key);
    record.on_behalf_of = fields.parsed(Field::OnBehalfOf, "on_behalf_of", EntityId::new);
    record.since = fields.parsed(Field::Since, "since", str::parse);
    record.until = fields.parsed(Field::Until, "until", str::parse);
    record.citations.push(fields.citation());
    fields.ended(Some(Relationship::new(record)), &subject)
}
