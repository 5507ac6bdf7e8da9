//! What the service says about itself: its manifest, its types and its properties.

use serde_json::{Value, json};

use crate::model::entity::{EntityKind, Family};

/// Each property: its id, its name, whether it sharpens a query, whether a table can be extended with it.
const PROPERTIES: [(&str, &str, bool, bool); 10] = [
    ("city", "City", true, true),
    ("coordinates", "Coordinates: latitude, longitude", false, true),
    ("country", "Country", true, true),
    ("description", "Description", false, true),
    ("homepage", "Homepage", true, true),
    ("identifier", "Identifier in an outside registry", true, true),
    ("kind", "Kind", false, true),
    ("name", "Preferred name", false, true),
    ("other_name", "Other names", true, true),
    ("parent", "Body that it is a part of", true, false),
];

/// The manifest of a service at this address.
pub(super) fn manifest(base: &str) -> Value {
    let suggest = |what: &str| json!({ "service_url": base, "service_path": format!("/reconcile/suggest/{what}") });
    json!({
        "versions": ["0.2"],
        "name": "Consortia: who works with whom in medical education and research",
        "identifierSpace": format!("{base}/reconcile/entities/"),
        "schemaSpace": format!("{base}/reconcile/kinds/"),
        "defaultTypes": [kind(EntityKind::Hospital), kind(EntityKind::University)],
        "view": { "url": format!("{base}/reconcile/preview?id={{{{id}}}}") },
        "preview": { "url": format!("{base}/reconcile/preview?id={{{{id}}}}"), "width": 420, "height": 260 },
        "suggest": { "entity": suggest("entity"), "type": suggest("type"), "property": suggest("property") },
        "extend": {
            "propose_properties": { "service_url": base, "service_path": "/reconcile/properties" },
            "property_settings": [],
        },
    })
}

/// A kind as the service's types have it: `HOSPITAL`, "Hospital".
pub(super) fn kind(kind: EntityKind) -> Value {
    json!({ "id": kind.name(), "name": kind_name(kind.name()) })
}

/// `MEDICAL_SCHOOL` in words.
pub(super) fn kind_name(id: &str) -> String {
    let words = id.replace('_', " ").to_lowercase();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// All types that a query can be narrowed to.
pub(super) fn types() -> Vec<Value> {
    EntityKind::ALL.into_iter().filter(|kind| kind.family() != Family::Person).map(kind).collect()
}

/// The properties that sharpen a query.
pub(super) fn properties() -> Vec<Value> {
    PROPERTIES.iter().filter(|property| property.2).map(|(id, name, ..)| json!({ "id": id, "name": name })).collect()
}

/// The properties that a table can be extended with.
pub(super) fn extensible() -> Vec<Value> {
    PROPERTIES.iter().filter(|property| property.3).map(|(id, name, ..)| json!({ "id": id, "name": name })).collect()
}

/// Those whose id or name begins like this, without regard to case.
pub(super) fn beginning(all: Vec<Value>, prefix: &str, cursor: usize) -> Vec<Value> {
    let prefix = prefix.trim().to_lowercase();
    let begins = |value: &Value| value.as_str().is_some_and(|text| text.to_lowercase().starts_with(&prefix));
    all.into_iter().filter(|item| begins(&item["id"]) || begins(&item["name"])).skip(cursor).collect()
}
