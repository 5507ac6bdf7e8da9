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
mod family;
mod identity;
mod relationships;
mod retired;
mod shared;
mod tally;

pub(super) use decisions::deleted;
pub(super) use entities::fill_from;
use tally::Outcome;
pub use tally::Tally;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use sha2::{Digest, Sha256};

use crate::dataset::Reading;
use crate::import::{Contribution, Said};
use crate::model::change::{Change, OperationId};
use crate::model::citation::{Citation, Document};
use crate::model::decision::Decision;
use crate::model::id::{DocumentId, EntityId};
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
    /// How many records of which sort are of no use here, such as blank rows.
    pub passed_over: BTreeMap<String, u64>,
    /// What became of the records that were read.
    pub tally: Tally,
    outcomes: Vec<(Origin, Outcome)>,
    is_load: bool,
}

/// What the operation ids of imports begin with.
const IMPORT: &str = "import";

/// Whether an operation was an import of foreign files.
pub fn is_import(operation: &OperationId) -> bool {
    operation.as_str().strip_prefix(IMPORT).is_some_and(|rest| rest.starts_with('-'))
}

impl Proposal {
    pub(super) fn push(&mut self, change: Change, origin: Option<Origin>, fate: Fate) {
        self.changes.push(change);
        self.origins.push(origin);
        self.fates.push(fate);
    }

    /// Says what became of what records say.
    fn tell(&mut self, origins: &[Origin], outcome: Outcome) {
        self.outcomes.extend(origins.iter().map(|origin| (origin.clone(), outcome)));
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
        let origin = if self.is_load { "load" } else { IMPORT };
        OperationId::new(&format!("{origin}-{hash}")).expect("letters and digits are an operation id")
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
    let shared = if contribution.is_authority { shared::with_imports(state, &contribution) } else { BTreeSet::new() };
    let Contribution { documents, mut entities, mentions, mut relationships, mut decisions, refused, notes, .. } =
        contribution;
    let is_authority = contribution.is_authority;
    let passed_over = contribution.passed_over;
    let mut proposal = Proposal { refused, notes, passed_over, is_load: is_authority, ..Proposal::default() };
    let ours = Ours {
        documents: documents
            .iter()
            .map(|document| &document.id)
            .filter(|id| !shared.contains(*id))
            .chain(&contribution.withdrawn)
            .cloned()
            .collect(),
        renewed: (extent == Extent::Part).then_some(contribution.addresses),
    };
    for id in shared {
        let problem = "an import speaks for this document too";
        let note = Violation::new(problem, "what the folder does not say of it any more stays");
        proposal.notes.push(note.about(id));
    }
    let told: HashSet<DocumentId> = documents.iter().map(|document| document.id.clone()).collect();
    let is_known = |id: &DocumentId| told.contains(id) || state.document(id.as_str()).is_some();
    entities.retain(|said| {
        let figures = said.value.figures.iter().map(|figure| &figure.citation);
        let unknown = said.value.citations.iter().chain(figures).find(|citation| !is_known(&citation.document));
        unknown.is_none_or(|citation| refuse_citation(&mut proposal, said, citation, said.value.id.as_str()))
    });
    relationships.retain(|said| {
        let unknown = said.value.citations.iter().find(|citation| !is_known(&citation.document));
        unknown.is_none_or(|citation| refuse_citation(&mut proposal, said, citation, said.value.id().as_str()))
    });
    for document in documents {
        let place = contribution.places.get(&document.id);
        propose_document(state, document, place, &mut proposal);
    }
    let identities = match is_authority {
        true => identity::Identities::default(),
        false => {
            let retired = contribution.retired.iter().map(|said| &said.value.entity);
            let all = entities.iter().map(|said| &said.value).chain(retired);
            identity::Identities::new(state, all, &contribution.references)
        }
    };
    let registry = contribution.registry.unwrap_or_default();
    let known = (&identities, &contribution.references);
    let retired = retired::with_heirs((state, &ours), contribution.retired, &entities, known, &mut proposal);
    let active: HashSet<EntityId> = entities.iter().map(|said| identities.id(&said.value.id).clone()).collect();
    let led = retired::decisions(&retired, registry, &identities);
    let led_ids: HashSet<_> = led.iter().map(|said| said.value.id().clone()).collect();
    decisions.extend(led);
    entities.extend(retired.into_iter().map(|said| Said::new(said.value.entity, said.origin)));
    let kinds = entities::propose(state, &ours, entities, mentions, &identities, &mut proposal);
    let kept = relationships::propose(state, &ours, relationships, &identities, &kinds, &mut proposal);
    let replaces = |old: &Decision| is_authority || contribution.registry.is_some_and(|name| name == old.by);
    decisions::propose(state, decisions, replaces, &identities, &kinds, &mut proposal);
    let lost = relationships::withdraw(state, &ours, &kept, &mut proposal);
    entities::withdraw(state, &ours, &kinds, &kept, &lost, &mut proposal);
    if contribution.registry.is_some() {
        retired::withdraw(state, registry, &led_ids, |id| active.contains(id), extent, &mut proposal);
    }
    decisions::withdraw(state, &mut proposal);
    withdraw_documents(state, &contribution.withdrawn, &mut proposal);
    proposal.refused.sort_by(|one, other| (&one.origin, one).cmp(&(&other.origin, other)));
    proposal.notes.sort_by(|one, other| (&one.origin, one).cmp(&(&other.origin, other)));
    proposal.tally = tally::tally(contribution.records, &contribution.parts, &proposal);
    proposal.outcomes = Vec::new();
    proposal
}

/// Proposes that documents go which nothing cites any more.
fn withdraw_documents(state: &State, withdrawn: &[DocumentId], proposal: &mut Proposal) {
    for id in withdrawn.iter().filter(|id| state.document(id.as_str()).is_some()) {
        let changed: HashSet<&str> = proposal.changes.iter().map(Change::subject).collect();
        let cites = |citations: &[Citation], subject: &str| {
            !changed.contains(subject) && citations.iter().any(|citation| citation.document == *id)
        };
        let entity = state.entities.iter().find(|entity| cites(&entity.citations, entity.id.as_str()));
        match entity {
            Some(entity) => {
                let problem = format!("\"{}\" stays and cites it", entity.id);
                let note = Violation::new(problem, "the document stays too; see the note about the entity");
                proposal.notes.push(note.about(id));
            }
            None => proposal.push(Change::DeleteDocument(id.clone()), None, Fate::Withdrawn),
        }
    }
}

/// What the files of a dataset say, as a contribution of its documents.
pub fn of_dataset(reading: Reading) -> Contribution {
    let Reading { changes, rows, mentions, records, violations, .. } = reading;
    let mut contribution = Contribution { refused: violations.0, records, ..Contribution::default() };
    for (change, rows) in changes.into_iter().zip(rows) {
        let origin = rows.first().cloned().unwrap_or(Origin { file: "".into(), line: 0, column: 0 });
        contribution.parts.extend(rows.iter().skip(1).map(|row| (row.clone(), origin.clone())));
        match change {
            Change::UpsertDocument(document) => {
                contribution.places.insert(document.id.clone(), origin);
                contribution.documents.push(document);
            }
            Change::UpsertEntity(value) => contribution.entities.push(Said::new(value, origin)),
            Change::UpsertRelationship(value) => contribution.relationships.push(Said::new(value, origin)),
            Change::Decide(value) => contribution.decisions.push(Said::new(value, origin)),
            Change::DeleteDocument(_)
            | Change::DeleteEntity(_)
            | Change::DeleteRelationship(_)
            | Change::Withdraw(_) => {}
        }
    }
    for (mention, rows) in mentions {
        let Some(origin) = rows.first().cloned() else { continue };
        contribution.parts.extend(rows.iter().skip(1).map(|row| (row.clone(), origin.clone())));
        contribution.mentions.push(Said::new(mention, origin));
    }
    contribution
}

/// Refuses what cites a document that is neither there nor told of; it is not kept.
fn refuse_citation<T>(proposal: &mut Proposal, said: &Said<T>, citation: &Citation, subject: &str) -> bool {
    let problem = format!("no document has the id \"{}\"", citation.document);
    let violation = Violation::new(problem, "add the document to the files, or correct the id").of("citations");
    refuse(proposal, said, violation, subject);
    false
}

fn propose_document(state: &State, document: Document, place: Option<&Origin>, proposal: &mut Proposal) {
    if state.entity(document.id.as_str()).is_some() {
        let violation = Violation::new("an entity has this id", "give the document another id");
        proposal.refused.push(violation.of("id").about(&document.id).at(place));
        return;
    }
    let origins = place.map(std::slice::from_ref).unwrap_or_default();
    let fate = match state.document(document.id.as_str()) {
        Some(old) if old.value == document => {
            proposal.unchanged += 1;
            return proposal.tell(origins, Outcome::Unchanged);
        }
        Some(_) => Fate::Changed,
        None => Fate::New,
    };
    proposal.tell(origins, Outcome::Taken);
    proposal.push(Change::UpsertDocument(document), None, fate);
}

/// The documents that speak in a contribution, and what it renews of them.
struct Ours {
    documents: HashSet<DocumentId>,
    /// The addresses of records that are given whole, where the files are a part of their documents; `None` where they
    /// are all of them.
    renewed: Option<BTreeSet<String>>,
}

impl Ours {
    /// Whether a document of the contribution says it.
    fn has(&self, citation: &Citation) -> bool {
        self.documents.contains(&citation.document)
    }

    /// Whether what is cited stands whatever the contribution says: others say it, or a part of the document that is
    /// not among the files.
    fn leaves(&self, citation: &Citation) -> bool {
        !self.has(citation)
            || self.renewed.as_ref().is_some_and(|renewed| {
                citation.locator.as_ref().is_none_or(|locator| !renewed.contains(locator.as_str()))
            })
    }
}

fn refuse<T>(proposal: &mut Proposal, said: &Said<T>, violation: Violation, subject: &str) {
    proposal.refused.push(violation.about(subject).at(Some(&said.origin)));
}
