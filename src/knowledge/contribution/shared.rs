//! Documents for which both a folder of data and imports speak, as a registry that curated files cite.

use std::collections::{BTreeSet, HashSet};

use super::is_import;
use crate::import::Contribution;
use crate::model::change::Revision;
use crate::model::citation::Citation;
use crate::model::id::DocumentId;
use crate::model::state::State;

/// The documents of a folder of which an import brought something that only they cite and that the folder does not say.
/// What they said before cannot be told from what the import says, so nothing of it is taken back. *O(s)*.
pub(super) fn with_imports(state: &State, contribution: &Contribution) -> BTreeSet<DocumentId> {
    let own: HashSet<&DocumentId> = contribution.documents.iter().map(|document| &document.id).collect();
    let entities: HashSet<&str> = contribution.entities.iter().map(|said| said.value.id.as_str()).collect();
    let relationships: HashSet<&str> = contribution.relationships.iter().map(|said| said.value.id().as_str()).collect();
    let is_imported = |revision: Revision| {
        let commit = (revision as usize).checked_sub(1).and_then(|position| state.commits.get(position));
        commit.is_some_and(|commit| is_import(&commit.operation))
    };
    let only = |citations: &[Citation]| {
        let document = &citations.first()?.document;
        let is_only = own.contains(document) && citations.iter().all(|citation| citation.document == *document);
        is_only.then(|| document.clone())
    };
    let mut found = BTreeSet::new();
    for entity in &state.entities {
        if !entities.contains(entity.id.as_str()) && is_imported(entity.revision) {
            found.extend(only(&entity.citations));
        }
    }
    for relationship in &state.relationships {
        if !relationships.contains(relationship.id().as_str()) && is_imported(relationship.revision) {
            found.extend(only(&relationship.citations));
        }
    }
    found
}
