//! ROR as the matcher sees it: names, places, kinds and what is a part of what.

use std::collections::BTreeMap;
use std::sync::Arc;

use consortia::matching::country_named;
use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::identifier::{Identifier, IdentifierScheme};
use consortia::model::name::{Name, NameKind};
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use consortia::model::state::State;
use serde_json::Value;

use crate::Error;

pub(crate) fn registry(dumps: &[String], names: Option<String>) -> Result<State, Error> {
    let mut entities: BTreeMap<String, Entity> = BTreeMap::new();
    let mut parents: BTreeMap<(String, String), Relationship> = BTreeMap::new();
    for dump in dumps {
        let records: Vec<Value> = serde_json::from_reader(std::io::BufReader::new(std::fs::File::open(dump)?))?;
        for record in &records {
            let Some(key) = record["id"].as_str().and_then(|id| id.rsplit('/').next()) else { continue };
            parents.extend(relationships(key, record));
            if !entities.contains_key(key)
                && let Some(entity) = organization(key, record)
            {
                entities.insert(key.to_owned(), entity);
            }
        }
    }
    if let Some(names) = names {
        let mut key = String::new();
        let mut found: Vec<String> = Vec::new();
        let text = std::fs::read_to_string(names)?;
        let mut titles = false;
        for line in text.lines().chain(["- id: end"]) {
            if let Some(id) = line.strip_prefix("- id: ") {
                if !key.is_empty()
                    && !entities.contains_key(&key)
                    && !found.is_empty()
                    && let Some(entity) = entity(&key, EntityKind::Nonprofit, &found, |_| {})
                {
                    entities.insert(key.clone(), entity);
                }
                key = id.trim_matches(['\'', '"']).to_owned();
                found.clear();
                titles = false;
            } else if let Some(name) = line.strip_prefix("  name: ") {
                found.push(unquoted(name));
            } else if line.starts_with("  title:") {
                titles = true;
            } else if titles
                && line.starts_with("    ")
                && let Some((_, title)) = line.split_once(": ")
            {
                let title = unquoted(title);
                if !found.contains(&title) {
                    found.push(title);
                }
            }
        }
    }
    parents.retain(|(child, parent), _| entities.contains_key(child) && entities.contains_key(parent));
    let mut relationships: Vec<_> =
        parents.into_values().map(|value| Arc::new(Versioned { revision: 1, value })).collect();
    relationships.sort_by(|a, b| a.id().cmp(b.id()));
    let entities = entities.into_values().map(|value| Arc::new(Versioned { revision: 1, value })).collect();
    Ok(State { entities, relationships, ..State::default() })
}

/// What an organization is a part of, by the two keys.
fn relationships(key: &str, record: &Value) -> Vec<((String, String), Relationship)> {
    let parents = record["relationships"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|other| other["type"].as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("parent")));
    let parent = |other: &Value| {
        let parent = other["id"].as_str()?.rsplit('/').next()?;
        let (child, whole) = (EntityId::new(key).ok()?, EntityId::new(parent).ok()?);
        let mut record = RelationshipRecord::new(child, RelationshipKind::PartOf, whole);
        record.citations = citations()?;
        Some(((key.to_owned(), parent.to_owned()), Relationship::new(record).ok()?))
    };
    parents.filter_map(parent).collect()
}

fn citations() -> Option<Vec<Citation>> {
    Some(vec![Citation {
        document: DocumentId::new("ror").ok()?,
        strength: Strength::Stated,
        locator: None,
        note: None,
    }])
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    match text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
        Some(inner) => inner.replace("''", "'"),
        None => text.trim_matches('"').to_owned(),
    }
}

fn entity(key: &str, kind: EntityKind, names: &[String], more: impl FnOnce(&mut EntityRecord)) -> Option<Entity> {
    let mut record = EntityRecord::new(EntityId::new(key).ok()?, kind, names.first()?.clone());
    record.names =
        names.iter().skip(1).map(|text| Name { text: text.clone(), kind: NameKind::Alias, language: None }).collect();
    record.citations = citations()?;
    more(&mut record);
    Entity::new(record).ok()
}

fn organization(key: &str, record: &Value) -> Option<Entity> {
    let strings = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect()
    };
    let types: Vec<String> = strings(&record["types"]).iter().map(|kind| kind.to_lowercase()).collect();
    let has = |kind: &str| types.iter().any(|known| known == kind);
    let kind = if has("healthcare") {
        EntityKind::Hospital
    } else if has("education") {
        EntityKind::University
    } else if has("company") {
        EntityKind::Company
    } else if has("government") {
        EntityKind::Government
    } else {
        EntityKind::Nonprofit
    };
    let mut names: Vec<(String, NameKind)> = Vec::new();
    let (country, city, home);
    if record["names"].is_array() {
        let all: Vec<&Value> = record["names"].as_array().into_iter().flatten().collect();
        let is = |name: &Value, kind: &str| strings(&name["types"]).iter().any(|known| known == kind);
        for display in [true, false] {
            for name in all.iter().filter(|name| is(name, "ror_display") == display) {
                let kind = if is(name, "acronym") { NameKind::Acronym } else { NameKind::Alias };
                names.push((name["value"].as_str()?.to_owned(), kind));
            }
        }
        let place = &record["locations"][0]["geonames_details"];
        (country, city) = (place["country_code"].as_str(), place["name"].as_str());
        home = record["links"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|link| link["type"] == "website")
            .and_then(|link| link["value"].as_str());
    } else {
        names.push((record["name"].as_str()?.to_owned(), NameKind::Alias));
        names.extend(strings(&record["aliases"]).into_iter().map(|name| (name, NameKind::Alias)));
        names.extend(strings(&record["acronyms"]).into_iter().map(|name| (name, NameKind::Acronym)));
        let labels = record["labels"].as_array().into_iter().flatten();
        names.extend(labels.filter_map(|label| Some((label["label"].as_str()?.to_owned(), NameKind::Alias))));
        (country, city) = (record["country"]["country_code"].as_str(), record["addresses"][0]["city"].as_str());
        home = record["links"][0].as_str();
    }
    let texts: Vec<String> = names.iter().map(|(name, _)| name.clone()).collect();
    entity(key, kind, &texts, |into| {
        for (name, (_, kind)) in into.names.iter_mut().zip(names.iter().skip(1)) {
            name.kind = *kind;
        }
        into.country = country.and_then(country_named);
        into.city = city.map(str::to_owned);
        into.homepage = home.map(str::to_owned).filter(|home| home.starts_with("http") && !home.contains(' '));
        into.identifiers = Identifier::new(IdentifierScheme::Ror, key).into_iter().collect();
    })
}
