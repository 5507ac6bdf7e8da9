//! The tables that say who is who.

use super::row::Row;
use super::word::Word;
use crate::model::country::CountryCode;
use crate::model::entity::{EntityKind, EntityRecord, EventFormat};
use crate::model::id::EntityId;
use crate::model::identifier::Identifier;
use crate::model::name::{Language, Name, NameKind};
use crate::model::place::Coordinates;
use crate::model::text;

const FIELDS: &[&str] = &[
    "id",
    "name",
    "names",
    "language",
    "in_text",
    "description",
    "homepage",
    "country",
    "city",
    "coordinates",
    "identifiers",
    "since",
    "until",
    "format",
    "term",
];

/// The record that a table gives, without citations and figures, which documents give; `None` without an id.
pub(super) fn read(row: &mut Row<'_>, kind: EntityKind) -> Option<EntityRecord> {
    row.allow(FIELDS);
    let id = row.required("id", EntityId::new);
    if let Some(id) = &id {
        row.about(id.as_str());
    }
    // Where the name was refused, a dash stands for it, so that the other fields are checked all the same.
    let name = row.required("name", text::line).unwrap_or_else(|| "-".to_owned());
    let names = row.inner_list("names", read_name);
    let language = row.of_type::<Language>("language");
    let in_text = row.line("in_text").map(String::into_boxed_str);
    let description = row.prose("description");
    let homepage = row.line("homepage");
    let country = row.parsed("country", |text| text.parse::<CountryCode>());
    let city = row.line("city");
    let coordinates = row.inner("coordinates", read_coordinates);
    let identifiers = row.texts("identifiers", |text| text.parse::<Identifier>());
    let since = row.of_type("since");
    let until = row.of_type("until");
    let format = row.parsed("format", <EventFormat as Word>::parse);
    let term = row.of_type("term");
    Some(EntityRecord {
        names,
        language,
        in_text,
        description,
        homepage,
        country,
        city,
        coordinates,
        identifiers,
        since,
        until,
        format,
        term,
        ..EntityRecord::new(id?, kind, name)
    })
}

fn read_name(row: &mut Row<'_>) -> Option<Name> {
    row.allow(&["text", "kind", "language"]);
    let text = row.required("text", text::line);
    let kind = row.parsed("kind", <NameKind as Word>::parse).unwrap_or_default();
    let language = row.of_type("language");
    Some(Name { text: text?, kind, language })
}

fn read_coordinates(row: &mut Row<'_>) -> Option<Coordinates> {
    row.allow(&["latitude", "longitude"]);
    let latitude = row.number("latitude");
    let longitude = row.number("longitude");
    match Coordinates::new(latitude?, longitude?) {
        Ok(point) => Some(point),
        Err(violation) => {
            row.refuse(violation.of("latitude"));
            None
        }
    }
}
