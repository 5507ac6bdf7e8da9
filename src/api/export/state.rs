//! A part of a snapshot as a state of its own that stands without the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::selection::Selection;
use crate::export::Contents;
use crate::model::change::Versioned;
use crate::model::entity::Entity;
use crate::model::state::State;

/// The selection as a state. The whole snapshot is what is stored, decisions included; a part of it is what readers see,
/// with what is the same made one, and without decisions. Nothing in it leads outside: an entity that no shown citation
/// supports keeps all of its own, and whom somebody stood for is in it too.
pub(super) fn of(selection: &Selection) -> State {
    if selection.is_everything {
        return selection.scope.snapshot.stored().clone();
    }
    let whole = selection.scope.snapshot.state();
    let mut entities = BTreeMap::new();
    let mut relationships = Vec::new();
    for node in selection.nodes() {
        let known = whole.entity(node.entity.id.as_str());
        let shown = Entity::new(node.entity.into_owned());
        if let Some(known) = known {
            let value = shown.map_or_else(|_| Arc::clone(known), |value| Arc::new(versioned(known.revision, value)));
            entities.insert(known.id.clone(), value);
        }
    }
    for link in selection.links() {
        let Some(known) = whole.relationship(link.relationship.id().as_str()) else { continue };
        if let Some(other) = link.relationship.on_behalf_of.as_ref().and_then(|id| whole.entity(id.as_str())) {
            entities.entry(other.id.clone()).or_insert_with(|| Arc::clone(other));
        }
        relationships.push(Arc::new(versioned(known.revision, link.relationship.into_owned())));
    }
    let entities: Vec<_> = entities.into_values().collect();
    let figures = entities.iter().flat_map(|entity| &entity.figures).map(|figure| &figure.citation);
    let own = entities.iter().flat_map(|entity| &entity.citations).chain(figures);
    let cited = own.chain(relationships.iter().flat_map(|relationship| &relationship.citations));
    let cited: BTreeSet<_> = cited.map(|citation| citation.document.as_str()).collect();
    let documents = whole.documents.iter().filter(|document| cited.contains(document.id.as_str())).cloned().collect();
    State { documents, entities, relationships, ..State::default() }
}

fn versioned<T>(revision: u64, value: T) -> Versioned<T> {
    Versioned { revision, value }
}
