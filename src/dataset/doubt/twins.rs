//! Two entities that are probably one, and what is doubtful in one alone.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Doubts;
use crate::model::citation::Citation;
use crate::model::id::EntityId;
use crate::model::text;
use crate::model::violation::Violation;

pub(super) fn tell(doubts: &mut Doubts<'_, '_>) {
    let said = doubts.said;
    let mut bearers: HashMap<String, &EntityId> = HashMap::new();
    let mut names: HashMap<_, &EntityId> = HashMap::new();
    for &(entity, origin) in &said.entities {
        let mut twin = |first: &EntityId, field, shared: &str| {
            if !said.is_decided(first, &entity.id) {
                let problem = format!("\"{first}\" has {shared} too");
                let remedy =
                    "make the two one entity, correct one of them, or say in a [[decision]] whether they are the same";
                doubts.push(Violation::new(problem, remedy).of(field), entity.id.as_str(), origin);
            }
        };
        for identifier in &entity.identifiers {
            match bearers.entry(identifier.to_string()) {
                Entry::Occupied(first) => twin(first.get(), "identifiers", first.key()),
                Entry::Vacant(place) => drop(place.insert(&entity.id)),
            }
        }
        match names.entry((text::folded(&entity.name), entity.country, entity.kind.family())) {
            Entry::Occupied(first) => twin(first.get(), "name", "this name and country"),
            Entry::Vacant(place) => drop(place.insert(&entity.id)),
        }
        let id = entity.id.as_str();
        for language in entity.names.iter().map(|name| name.language.as_ref()).chain([entity.language.as_ref()]) {
            doubts.language(language, id, origin);
        }
        let citations = entity.citations.iter().chain(entity.figures.iter().map(|figure| &figure.citation));
        let without: Vec<&Citation> = citations.filter(|citation| citation.locator.is_none()).collect();
        doubts.unlocated(&without, id, origin);
    }
}
