//! The organizations of all projects, each once: a participant code has a record in every project it takes part in.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::xml::Participant;
use crate::import::{Contribution, Said, kind};
use crate::model::citation::Citation;
use crate::model::country::CountryCode;
use crate::model::entity::{Entity, EntityKind, EntityRecord};
use crate::model::id::EntityId;
use crate::model::identifier::{Identifier, IdentifierScheme};
use crate::model::name::{Name, NameKind};
use crate::model::place::Coordinates;
use crate::model::text;
use crate::model::violation::{Origin, Violation};

/// For each participant code the record of the project with the greatest number, and the names in the others.
#[derive(Default)]
pub(super) struct Organizations(BTreeMap<EntityId, Known>);

struct Known {
    project: String,
    entity: Entity,
    other_names: Vec<String>,
    origin: Origin,
}

impl Organizations {
    /// Takes a participation in and gives the organization's id back.
    ///
    /// # Errors
    /// The code is none, or the name is.
    pub(super) fn add(
        &mut self,
        participant: &Participant,
        project: &str,
        citation: &Citation,
        origin: &Origin,
        notes: &mut Vec<Violation>,
    ) -> Result<EntityId, Violation> {
        let pic = Identifier::new(IdentifierScheme::Pic, &participant.pic)?;
        let id = EntityId::new(&format!("pic-{}", pic.value()))?;
        let newest = (project.len(), project);
        match self.0.entry(id.clone()) {
            Entry::Vacant(entry) => {
                let entity = entity(participant, &id, pic, citation, origin, notes)?;
                entry.insert(Known {
                    project: project.to_owned(),
                    entity,
                    other_names: Vec::new(),
                    origin: origin.clone(),
                });
            }
            Entry::Occupied(mut entry) => {
                let known = entry.get_mut();
                let name = text::line(&participant.name).map_err(|violation| violation.of("legalName"))?;
                let is_newer = newest > (known.project.len(), known.project.as_str());
                if is_newer {
                    let newer = entity(participant, &id, pic, citation, origin, notes)?;
                    let older = std::mem::replace(&mut known.entity, newer);
                    (known.project, known.origin) = (project.to_owned(), origin.clone());
                    known.other_names.push(older.name.clone());
                } else if name != known.entity.name {
                    known.other_names.push(name);
                }
                known.other_names.sort();
                known.other_names.dedup();
            }
        }
        Ok(id)
    }

    /// Gives the organizations to a contribution, sorted by id.
    pub(super) fn finish(self, contribution: &mut Contribution) {
        for known in self.0.into_values() {
            let mut value = known.entity;
            if known.other_names.iter().any(|name| *name != value.name) {
                let mut record: EntityRecord = value.into();
                let mut seen = vec![text::folded(&record.name)];
                for name in known.other_names {
                    let folded = text::folded(&name);
                    if !seen.contains(&folded) {
                        seen.push(folded);
                        record.names.push(Name { text: name, kind: NameKind::Alias, language: None });
                    }
                }
                value = Entity::new(record).expect("each name passed the checks of the others");
            }
            contribution.entities.push(Said { value, origin: known.origin, stands_in: false });
        }
    }
}

fn entity(
    participant: &Participant,
    id: &EntityId,
    pic: Identifier,
    citation: &Citation,
    origin: &Origin,
    notes: &mut Vec<Violation>,
) -> Result<Entity, Violation> {
    // What it is by its name comes before what it does in the programme.
    let kind = kind::of_name(&participant.name).unwrap_or(match participant.activity.trim_start_matches('/') {
        "HES" => EntityKind::University,
        "REC" => EntityKind::ResearchCenter,
        "PRC" => EntityKind::Company,
        "PUB" => EntityKind::Government,
        // "Other", and where it is left out.
        _ => EntityKind::Nonprofit,
    });
    let mut note = |violation: Violation| {
        notes.push(Violation { remedy: "it is left out".to_owned(), ..violation }.about(id).at(Some(origin)));
    };
    let mut record = EntityRecord::new(id.clone(), kind, participant.name.clone());
    // "C/O CEA GRENOBLE" is where its letters go.
    let is_address = participant.short_name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("c/o"));
    if !participant.short_name.is_empty() && participant.short_name != participant.name && !is_address {
        match text::line(&participant.short_name) {
            Ok(text) => record.names.push(Name { text, kind: NameKind::Acronym, language: None }),
            Err(violation) => note(violation.of("shortName")),
        }
    }
    if !participant.country.is_empty() {
        // The European Union writes these two in its own way.
        let code = match participant.country.as_str() {
            "UK" => "GB",
            "EL" => "GR",
            code => code,
        };
        record.country = code.parse::<CountryCode>().map_err(&mut note).ok();
    }
    record.city = Some(participant.city.clone()).filter(|city| !city.is_empty());
    let url = participant.url.as_str();
    record.homepage = match url {
        "" => None,
        url if url.starts_with("http://") || url.starts_with("https://") => Some(url.to_owned()),
        url => Some(format!("http://{url}")),
    };
    if !participant.point.is_empty() {
        record.coordinates = point(&participant.point).map_err(&mut note).ok();
    }
    record.identifiers.push(pic);
    record.citations.push(citation.clone());
    Entity::new(record).map_err(|mut violations| violations.0.remove(0))
}

/// `50.6403884,5.5754264`, in brackets or not.
fn point(text: &str) -> Result<Coordinates, Violation> {
    let bare = text.trim_matches(['(', ')', '[', ']']);
    let numbers = bare.split_once(',').and_then(|(one, other)| one.trim().parse().ok().zip(other.trim().parse().ok()));
    let Some((latitude, longitude)) = numbers else {
        let shown: String = text.chars().take(40).collect();
        return Err(Violation::new(format!("\"{shown}\" is no point on earth"), "").of("geolocation"));
    };
    Coordinates::new(latitude, longitude)
}
