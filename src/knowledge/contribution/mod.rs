//! What a contribution changes in a state: only the differences, withdrawals included.
//!
//! - An entity that carries an outside identifier of one that is there *is* that one: the id that is there stays, and
//!   what is said of the other is said of it.
//! - What only the contribution's documents cite is theirs: it is replaced, and goes when they no longer have it.
//! - What others cite too stays; it gets the citation, missing names and identifiers, and empty fields filled. Where
//!   the entity's id is the one that the contribution gives it, the contribution's fields come first.
//!
//! A pure function: nothing here asks the clock or the disk, and equal input gives equal changes in equal order.

mod cycles;
mod decisions;
mod entities;
mod identity;
mod matches;
mod relationships;

pub(super) use entities::fill_from;
pub use matches::{CERTAIN, Certain, match_added};

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use crate::dataset::Reading;
use crate::import::{Contribution, Said};
use crate::model::change::{Change, OperationId};
use crate::model::citation::{Citation, Document};
use crate::model::id::DocumentId;
use crate::model::state::State;
use crate::model::violation::{Origin, Violation};

/// What became of a thing that a contribution speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It was not there.
    New,
    /// It was there and said otherwise.
    Changed,
    /// It was there and goes, or loses the contribution's citation.
    Withdrawn,
    /// It is what the matcher found about something new.
    Matched,
}

/// The changes that a contribution makes, and what could not be made of it.
#[derive(Debug, Default)]
pub struct Proposal {
    /// Documents, entities, relationships, decisions; then what is deleted; then what was decided of what is new.
    pub changes: Vec<Change>,
    /// For each change the record it came from.
    pub origins: Vec<Option<Origin>>,
    /// For each change what becomes of its subject.
    pub fates: Vec<Fate>,
    /// How many things are there as they are said.
    pub unchanged: usize,
    /// The records that cannot be taken over, sorted by place.
    pub refused: Vec<Violation>,
    /// What is taken over only in part, sorted by place.
    pub notes: Vec<Violation>,
}

impl Proposal {
    fn push(&mut self, change: Change, origin: Option<Origin>, fate: Fate) {
        self.changes.push(change);
        self.origins.push(origin);
        self.fates.push(fate);
    }

    /// How many things have a fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.fates.iter().filter(|found| **found == fate).count()
    }

    /// A key that follows from the changes and the state that they are made of: made again after a crash it is the
    /// same, made again of another state it is another.
    pub fn operation(&self, state: &State) -> OperationId {
        struct Sink(Sha256);
        impl std::io::Write for Sink {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.update(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let mut sink =
            std::io::BufWriter::with_capacity(1 << 16, Sink(Sha256::new_with_prefix(state.head().to_string())));
        serde_json::to_writer(&mut sink, &self.changes).expect("a change holds nothing that JSON cannot write");
        let sink = sink.into_inner().unwrap_or_else(|_| unreachable!("a hash takes all that is written to it"));
        let hash: String = sink.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        OperationId::new(&format!("import-{hash}")).expect("letters and digits are an operation id")
    }
}

/// Whether what a contribution no longer has was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The files are all of their documents.
    Whole,
    /// The files are a part of them: what they do not name stays.
    Part,
}

/// What a contribution changes in a state.
///
/// **Complexity**: *O((s + c) log (s + c))* for a state of *s* and a contribution of *c* values.
pub fn propose(state: &State, contribution: Contribution, extent: Extent) -> Proposal {
    let Contribution { documents, entities, relationships, decisions, references, refused, notes } = contribution;
    let mut proposal = Proposal { refused, notes, ..Proposal::default() };
    let ours = Ours(documents.iter().map(|document| document.id.clone()).collect());
    for document in documents {
        propose_document(state, document, &mut proposal);
    }
    let identities = identity::Identities::new(state, &entities, &references);
    let settled = entities::propose(state, &ours, entities, &identities, &mut proposal);
    let kept = relationships::propose(state, &ours, relationships, &identities, &settled, &mut proposal);
    decisions::propose(state, decisions, &identities, &settled, &mut proposal);
    if extent == Extent::Whole {
        let lost = relationships::withdraw(state, &ours, &kept, &mut proposal);
        entities::withdraw(state, &ours, &settled, &kept, &lost, &mut proposal);
        decisions::withdraw(state, &mut proposal);
    }
    proposal.refused.sort_by(|one, other| (&one.origin, one).cmp(&(&other.origin, other)));
    proposal.notes.sort_by(|one, other| (&one.origin, one).cmp(&(&other.origin, other)));
    proposal
}

/// What the files of a dataset say, as a contribution of its documents.
pub fn of_dataset(reading: Reading) -> Contribution {
    let mut contribution = Contribution { refused: reading.violations.0, ..Contribution::default() };
    for (change, origin) in reading.changes.into_iter().zip(reading.origins) {
        let origin = origin.unwrap_or(Origin { file: "".into(), line: 0, column: 0 });
        match change {
            Change::UpsertDocument(document) => contribution.documents.push(document),
            Change::UpsertEntity(value) => contribution.entities.push(Said { value, origin, stands_in: false }),
            Change::UpsertRelationship(value) => {
                contribution.relationships.push(Said { value, origin, stands_in: false });
            }
            Change::Decide(value) => contribution.decisions.push(Said { value, origin, stands_in: false }),
            Change::DeleteDocument(_)
            | Change::DeleteEntity(_)
            | Change::DeleteRelationship(_)
            | Change::Withdraw(_) => {}
        }
    }
    contribution
}

fn propose_document(state: &State, document: Document, proposal: &mut Proposal) {
    if state.entity(document.id.as_str()).is_some() {
        let violation = Violation::new("an entity has this id", "give the document another id");
        proposal.refused.push(violation.of("id").about(&document.id));
        return;
    }
    match state.document(document.id.as_str()) {
        Some(old) if old.value == document => proposal.unchanged += 1,
        Some(_) => proposal.push(Change::UpsertDocument(document), None, Fate::Changed),
        None => proposal.push(Change::UpsertDocument(document), None, Fate::New),
    }
}

/// The documents that speak in a contribution.
struct Ours(HashSet<DocumentId>);

impl Ours {
    fn has(&self, citation: &Citation) -> bool {
        self.0.contains(&citation.document)
    }
}

fn refuse<T>(proposal: &mut Proposal, said: &Said<T>, violation: Violation, subject: &str) {
    proposal.refused.push(violation.about(subject).at(Some(&said.origin)));
}
