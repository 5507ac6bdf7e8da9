//! The view that a client asks for.

use async_graphql::{ID, InputObject, Result};

use crate::api::error::{Code, unknown_id};
use crate::api::scalar::EdtfDate;
use crate::api::vocabulary::{EntityKind, RelationshipKind, Strength};
use crate::graph::{View, ViewSpec};
use crate::knowledge::Snapshot;

/// Narrows the graph. Every part is optional and they add up: an entity or a relationship is in the view when it passes
/// all of them, and a relationship only where both its ends are.
#[derive(InputObject, Default)]
pub struct ViewInput {
    /// Only what held at some time in this date or interval. An open or missing start or end counts as reaching on.
    as_of: Option<EdtfDate>,
    /// Whether relationships without any date are kept. Entities without dates always are.
    #[graphql(default_with = "Some(true)")]
    undated: Option<bool>,
    /// Only relationships of these kinds; none when the list is empty.
    relationship_kinds: Option<Vec<RelationshipKind>>,
    /// Only entities of these kinds; none when the list is empty.
    entity_kinds: Option<Vec<EntityKind>>,
    /// Only what is cited at least this firmly.
    #[graphql(default_with = "Some(Strength::Inferred)")]
    strength: Option<Strength>,
    /// Only what these documents say; nothing when the list is empty.
    documents: Option<Vec<ID>>,
}

impl ViewInput {
    /// The view in the graph's terms.
    ///
    /// # Errors
    /// `NOT_FOUND` for a document that does not exist.
    pub(in crate::api) fn resolve(self, snapshot: &Snapshot) -> Result<View> {
        let documents = self.documents.map(|ids| documents(snapshot, "view.documents", &ids)).transpose()?;
        Ok(View::new(ViewSpec {
            as_of: self.as_of.map(|date| date.0),
            undated: self.undated.unwrap_or(true),
            relationship_kinds: self.relationship_kinds.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            entity_kinds: self.entity_kinds.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            strength: self.strength.unwrap_or(Strength::Inferred).into(),
            documents,
        }))
    }
}

/// The ids of documents, each of which exists.
pub(super) fn documents(
    snapshot: &Snapshot,
    argument: &str,
    ids: &[ID],
) -> Result<Vec<crate::model::id::DocumentId>> {
    let find = |id: &ID| {
        let document = snapshot.state().document(id);
        document.map(|document| document.id.clone()).ok_or_else(|| unknown_document(snapshot, argument, id))
    };
    ids.iter().map(find).collect()
}

/// The error for a document that does not exist, with those whose ids come nearest.
pub(in crate::api) fn unknown_document(snapshot: &Snapshot, argument: &str, id: &str) -> async_graphql::Error {
    if id.len() > 1_000 {
        return Code::NotFound.error(format!("{argument}: no id is that long; look documents up with documents {{ nodes {{ id }} }}"));
    }
    let mut near: Vec<(f64, &str)> = snapshot
        .state()
        .documents
        .iter()
        .map(|document| (strsim::jaro_winkler(id, document.id.as_str()), document.id.as_str()))
        .filter(|(likeness, _)| *likeness > 0.7)
        .collect();
    near.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    let nearest: Vec<String> = near.iter().take(3).map(|(_, id)| (*id).to_owned()).collect();
    unknown_id(argument, id, &nearest)
}
