//! A record of ROR as an entity.

use super::record::Record;
use crate::import::kind;
use crate::model::citation::Citation;
use crate::model::entity::{Entity, EntityKind, EntityRecord};
use crate::model::id::EntityId;
use crate::model::identifier::{Identifier, IdentifierScheme};
use crate::model::name::{Language, Name, NameKind};
use crate::model::place::Coordinates;
use crate::model::text;
use crate::model::violation::{Violation, Violations};

/// The entity that a record describes; what is wrong with lesser parts of it is left out and noted.
///
/// # Errors
/// All that is wrong with it.
pub(super) fn of(
    record: &Record,
    id: &EntityId,
    citation: &Citation,
    notes: &mut Vec<Violation>,
) -> Result<Entity, Violations> {
    let (preferred, names) = names(record, notes);
    let Some((name, language)) = preferred else {
        return Err(Violation::new("the record has no name", "compare it with the registry").of("name").into());
    };
    let (city, country, point) = record.place();
    let mut keep = |result: Result<_, Violation>| result.map_err(|violation| notes.push(left_out(violation))).ok();
    let mut entity = EntityRecord::new(id.clone(), kind_of(record, &name), name);
    let own = Identifier::new(IdentifierScheme::Ror, id.as_str().trim_start_matches("ror-"));
    entity.identifiers.extend(keep(own));
    for (scheme, key) in record.identifiers() {
        if let Some(identifier) = identifier(scheme, key) {
            entity.identifiers.extend(keep(identifier));
        }
    }
    let mut keep_any = |problem: Violation| notes.push(left_out(problem));
    entity.country = country.and_then(|code| code.parse().map_err(&mut keep_any).ok());
    entity.coordinates = point.and_then(|(lat, lng)| Coordinates::new(lat, lng).map_err(&mut keep_any).ok());
    let since = record.established.map(|year| format!("{year:04}").parse());
    entity.since = since.and_then(|year| year.map_err(|violation: Violation| keep_any(violation.of("since"))).ok());
    entity.city = city.map(|city| text::one_line(city).into_owned()).filter(|city| !city.is_empty());
    entity.homepage = record.homepage().map(web_address);
    entity.names = names;
    entity.language = language;
    entity.description = (record.status == "inactive").then(|| "No longer active, as ROR has it.".to_owned());
    entity.citations.push(citation.clone());
    Entity::new(entity)
}

/// What a withdrawn record is known by: its name and its ROR id, for it is no entity of its own any more.
///
/// # Errors
/// All that is wrong with it.
pub(super) fn retired(record: &Record, id: &EntityId, citation: &Citation) -> Result<Entity, Violations> {
    let (preferred, _) = names(record, &mut Vec::new());
    let Some((name, language)) = preferred else {
        return Err(Violation::new("the record has no name", "compare it with the registry").of("name").into());
    };
    let mut entity = EntityRecord::new(id.clone(), kind_of(record, &name), name);
    entity.identifiers.extend(Identifier::new(IdentifierScheme::Ror, id.as_str().trim_start_matches("ror-")).ok());
    entity.language = language;
    entity.citations.push(citation.clone());
    Entity::new(entity)
}

fn left_out(violation: Violation) -> Violation {
    Violation { remedy: "it is left out".to_owned(), ..violation }
}

fn web_address(address: &str) -> String {
    if address.contains("://") { address.to_owned() } else { format!("http://{address}") }
}

/// ROR's types have an order here: what teaches or cares is told by that first, who gives money last.
fn kind_of(record: &Record, name: &str) -> EntityKind {
    let has = |kind: &str| record.types.iter().any(|word| word.eq_ignore_ascii_case(kind));
    if has("education") && has("healthcare") {
        kind::of_education_and_care(name)
    } else if has("education") {
        kind::of_education(name)
    } else if has("healthcare") {
        EntityKind::Hospital
    } else if has("government") {
        EntityKind::Government
    } else if has("facility") {
        EntityKind::ResearchCenter
    } else if has("company") {
        EntityKind::Company
    } else if has("nonprofit") && has("funder") {
        kind::of_giving_nonprofit(name)
    } else if has("nonprofit") || has("archive") || has("other") || !has("funder") {
        EntityKind::Nonprofit
    } else {
        EntityKind::Foundation
    }
}

/// `None` for the schemes that we do not keep: HESA, UCAS, UKPRN, CNRS, OrgRef.
fn identifier(scheme: &str, key: &str) -> Option<Result<Identifier, Violation>> {
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "grid" => IdentifierScheme::Grid,
        "isni" => IdentifierScheme::Isni,
        "wikidata" => IdentifierScheme::Wikidata,
        "fundref" => IdentifierScheme::CrossrefFunder,
        _ => return None,
    };
    Some(Identifier::written(scheme, key))
}

type Preferred = Option<(String, Option<Language>)>;

/// The preferred name, in English where ROR has a label in it, and the others, each once.
fn names(record: &Record, notes: &mut Vec<Violation>) -> (Preferred, Vec<Name>) {
    let mut found: Vec<(Name, bool)> = Vec::new();
    let mut add = |text: &str, tag: Option<&str>, kind: NameKind, is_shown: bool| {
        let language = tag.filter(|tag| !tag.is_empty()).and_then(|tag| {
            let language = Language::try_from(tag.to_owned());
            language.map_err(|violation| notes.push(left_out(violation))).ok()
        });
        let text = text::one_line(text);
        if !text.is_empty() {
            found.push((Name { text: text.into_owned(), kind, language }, is_shown));
        }
    };
    let mut labels = Vec::new();
    match &record.names {
        Some(names) => {
            for name in names {
                let is = |word: &str| name.types.iter().any(|kind| kind == word);
                let is_name = is("label") || is("ror_display");
                let kind = if is("acronym") && !is_name { NameKind::Acronym } else { NameKind::Alias };
                add(&name.value, name.lang.as_deref(), kind, is("ror_display"));
                labels.push(is("label"));
            }
        }
        None => {
            if let Some(name) = &record.name {
                add(name, None, NameKind::Alias, true);
            }
            record.labels.iter().for_each(|label| add(&label.label, label.iso639.as_deref(), NameKind::Alias, false));
            record.aliases.iter().for_each(|alias| add(alias, None, NameKind::Alias, false));
            record.acronyms.iter().for_each(|acronym| add(acronym, None, NameKind::Acronym, false));
        }
    }
    let is_english = |name: &Name| name.language.as_ref().is_some_and(|language| language.as_str() == "en");
    let shown = found.iter().position(|(_, is_shown)| *is_shown);
    let foreign = shown.is_some_and(|at| found[at].0.language.is_some() && !is_english(&found[at].0));
    let english = found.iter().enumerate().position(|(at, (name, _))| {
        is_english(name) && name.kind == NameKind::Alias && labels.get(at).copied().unwrap_or(false)
    });
    let chosen = if foreign { english.or(shown) } else { shown };
    let Some(chosen) = chosen.filter(|_| !found.is_empty()) else { return (None, Vec::new()) };
    let (preferred, _) = found.remove(chosen);
    let mut names: Vec<Name> = Vec::with_capacity(found.len());
    for (name, _) in found {
        if name.text != preferred.text && !names.iter().any(|other| other.text == name.text) {
            names.push(name);
        }
    }
    let language = preferred.language.filter(|language| language.as_str() != "en");
    (Some((preferred.text, language)), names)
}
