//! The view that a client asks for.

use std::sync::Arc;

use async_graphql::{Error, ID, InputObject, Result};

use crate::api::error::{Code, unknown};
use crate::api::executor::Deadline;
use crate::api::scalar::EdtfDate;
use crate::api::vocabulary::{Certainty, EntityKind, RelationshipKind, Strength};
use crate::graph::{View, ViewSpec};
use crate::knowledge::{PastError, Snapshot, Snapshots};
use crate::model::change::Revision;
use crate::model::id::DocumentId;
use crate::model::nearest::nearest;

/// Narrows the graph. Every part is optional and they add up: an entity or a relationship is in the view when it passes
/// all of them, and a relationship only where both its ends are.
#[derive(InputObject, Default)]
pub(crate) struct ViewInput {
    /// Only what held at some time in this date or interval. What has begun and has no end goes on; what has no date of
    /// its own held as long as what it belongs to, or from when a document says so: see `certainty`.
    as_of: Option<EdtfDate>,
    /// How sure it has to be that something held at `asOf`; of no effect without it.
    #[graphql(default_with = "Some(Certainty::Assumed)")]
    certainty: Option<Certainty>,
    /// Whether relationships are kept that have no date at all, neither of their own nor of the event, agreement, program
    /// or consortium that they belong to. `certainty` says when they count as holding.
    #[graphql(default_with = "Some(true)")]
    undated: Option<bool>,
    /// Only relationships of these kinds; none when the list is empty.
    relationship_kinds: Option<Vec<RelationshipKind>>,
    /// Only entities of these kinds; none when the list is empty. Where kinds are named, and TOPIC among them, paths and
    /// measures go over the fields of a classification too, which they pass over otherwise.
    entity_kinds: Option<Vec<EntityKind>>,
    /// Only what is cited at least this firmly. An end of a relationship that is shown is shown too, however it is cited.
    #[graphql(default_with = "Some(Strength::Inferred)")]
    strength: Option<Strength>,
    /// Only what these documents say; nothing when the list is empty.
    documents: Option<Vec<ID>>,
    /// The graph as it was known after this revision, not now: the second clock. With `asOf`: what we believed in March
    /// about 2022. 0 is before anything was known; `commits` lists what each revision changed.
    revision: Option<i32>,
}

impl ViewInput {
    /// The snapshot that the view is of: the newest, or that of an earlier revision.
    ///
    /// # Errors
    /// `INVALID_INPUT` for a revision that there is not, `LIMIT_EXCEEDED` when putting it together takes too long.
    pub(in crate::api) fn snapshot(
        &self,
        snapshots: &dyn Snapshots,
        newest: &Arc<Snapshot>,
        deadline: &Deadline,
    ) -> Result<Arc<Snapshot>> {
        let Some(asked) = self.revision else { return Ok(Arc::clone(newest)) };
        let known = newest.state().revision();
        let Ok(revision) = Revision::try_from(asked) else {
            return Err(Code::InvalidInput.error(format!(
                "view.revision: there is no revision {asked}; give a number from 0 (nothing known yet) to {known} (the \
                 newest)"
            )));
        };
        snapshots.at(newest, revision, &|| deadline.is_over()).map_err(|error| not_there(&error))
    }

    /// The view in the graph's terms.
    ///
    /// # Errors
    /// `NOT_FOUND` for a document that does not exist.
    pub(in crate::api) fn resolve(self, snapshot: &Snapshot) -> Result<View> {
        let documents = self.documents.map(|ids| documents(snapshot, &ids)).transpose()?;
        let spec = ViewSpec {
            as_of: self.as_of.map(|date| date.0),
            certainty: self.certainty.unwrap_or(Certainty::Assumed).into(),
            undated: self.undated.unwrap_or(true),
            relationship_kinds: self.relationship_kinds.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            entity_kinds: self.entity_kinds.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            strength: self.strength.unwrap_or(Strength::Inferred).into(),
            documents,
        };
        Ok(View::new(snapshot.graph(), &spec))
    }
}

/// Why a past revision is not to be had.
pub(in crate::api) fn not_there(error: &PastError) -> Error {
    match error {
        PastError::OutOfRange { .. } => Code::InvalidInput.error(format!("view.revision: {error}")),
        PastError::Late { .. } => Code::LimitExceeded.error(format!("view.revision: {error}")),
        PastError::Store(source) => {
            tracing::error!(%source, "a past revision cannot be read");
            Code::Internal.error("view.revision: this revision cannot be read from the store; tell its operator")
        }
    }
}

fn documents(snapshot: &Snapshot, ids: &[ID]) -> Result<Vec<DocumentId>> {
    let find = |id: &ID| {
        let document = snapshot.state().document(id);
        document.map(|document| document.id.clone()).ok_or_else(|| unknown_document(snapshot, "view.documents", id))
    };
    ids.iter().map(find).collect()
}

/// The error for a document that does not exist, with the one whose id comes nearest.
pub(in crate::api) fn unknown_document(snapshot: &Snapshot, argument: &str, id: &str) -> Error {
    let known = snapshot.state().documents.iter().map(|document| document.id.as_str());
    let close: Vec<String> = nearest(id, known).map(str::to_owned).into_iter().collect();
    unknown(argument, id, &close, "documents { nodes { id title } } lists what was read")
}
