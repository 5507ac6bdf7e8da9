//! The documents behind an answer: noted as its records are read.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::graph::View;
use crate::knowledge::Snapshot;
use crate::model::change::Versioned;
use crate::model::citation::{Citation, Document};
use crate::model::id::DocumentId;

/// Documents by id.
pub(in crate::api) type Documents = BTreeMap<DocumentId, Arc<Versioned<Document>>>;

/// What the records of an answer cite, as far as their views show it. It costs nothing where nobody asks for it.
#[derive(Default)]
pub(in crate::api) struct Collector(Option<Mutex<Documents>>);

impl Collector {
    /// One that notes.
    pub(in crate::api) fn noting() -> Self {
        Self(Some(Mutex::default()))
    }

    /// Notes the documents of some citations.
    pub(in crate::api) fn note<'c>(
        &self,
        snapshot: &Snapshot,
        view: &View,
        citations: impl IntoIterator<Item = &'c Citation>,
    ) {
        let Some(documents) = &self.0 else { return };
        // A panic elsewhere leaves a map that is still right.
        let mut documents = documents.lock().unwrap_or_else(PoisonError::into_inner);
        for citation in citations {
            if !documents.contains_key(&citation.document)
                && view.shows(snapshot.graph(), citation)
                && let Some(document) = snapshot.state().document(citation.document.as_str())
            {
                documents.insert(citation.document.clone(), Arc::clone(document));
            }
        }
    }

    /// Notes every document of a snapshot that a view shows: behind a measure of the whole view stand all of them.
    pub(in crate::api) fn note_all(&self, snapshot: &Snapshot, view: &View) {
        let Some(documents) = &self.0 else { return };
        let mut documents = documents.lock().unwrap_or_else(PoisonError::into_inner);
        for document in &snapshot.state().documents {
            if view.asks_for_document(snapshot.graph(), document.id.as_str()) {
                documents.insert(document.id.clone(), Arc::clone(document));
            }
        }
    }

    /// What was noted so far.
    pub(in crate::api) fn documents(&self) -> Documents {
        let Some(documents) = &self.0 else { return Documents::new() };
        documents.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
