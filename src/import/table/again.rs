//! An entity that a mapping makes of several rows: what the later ones add, and where they say otherwise.

use crate::import::Said;
use crate::model::entity::{Entity, EntityRecord};
use crate::model::name::{Name, NameKind};
use crate::model::text;
use crate::model::violation::Violation;

/// Adds to an entity the names, identifiers and fields that a later row has for it, with the citation of that row; the
/// first row counts where two say otherwise, and a note says so.
pub(super) fn add(said: &mut Said<Entity>, later: &Entity, notes: &mut Vec<Violation>) {
    let mut record: EntityRecord = said.value.clone().into();
    let folded: Vec<String> = said.value.all_names().map(text::folded).collect();
    let is_new = |name: &str| !folded.contains(&text::folded(name));
    if is_new(&later.name) {
        let language = later.language.clone();
        record.names.push(Name { text: later.name.clone(), kind: NameKind::Alias, language });
    }
    record.names.extend(later.names.iter().filter(|name| is_new(&name.text)).cloned());
    let identifiers = later.identifiers.iter().filter(|identifier| !said.value.identifiers.contains(identifier));
    record.identifiers.extend(identifiers.cloned());
    let mut differs = Vec::new();
    macro_rules! fill {
        ($($field:ident),*) => {
            $(match (&record.$field, &later.$field) {
                (None, Some(_)) => record.$field.clone_from(&later.$field),
                (Some(one), Some(other)) if one != other => differs.push(stringify!($field)),
                (None | Some(_), _) => {}
            })*
        };
    }
    fill!(description, homepage, country, city, coordinates, since, until, format, term);
    if record.kind != later.kind {
        differs.push("kind");
    }
    for field in differs {
        let problem = format!("the row says otherwise than the first of it ({})", said.origin);
        notes.push(Violation::new(problem, "the first counts").of(field));
    }
    if record == *said.value {
        return;
    }
    record.citations.extend(later.citations.iter().cloned());
    match Entity::new(record) {
        Ok(both) => said.value = both,
        Err(violations) => notes.extend(
            violations
                .0
                .into_iter()
                .map(|violation| Violation { remedy: "what the row adds is left out".to_owned(), ..violation }),
        ),
    }
}
