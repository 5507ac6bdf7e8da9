//! `consortia load DIR`: a folder of data into the store, so that the store holds what the folder says.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;

use super::{Ending, StoreArguments, now, output};
use crate::dataset::{self, Files, Reading};
use crate::knowledge::contribution::{Extent, Fate, Proposal, is_import, of_dataset, propose};
use crate::knowledge::{ApplyError, KnowledgeGraph, curated, snapshot_of};
use crate::model::change::{Change, ChangeSet, Revision};
use crate::model::id::{DocumentId, EntityId};
use crate::model::state::State;
use crate::model::violation::{Violation, Violations};

/// How many of a list are named.
const EXAMPLES: usize = 20;

/// What to load.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder, in the form of data/
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// A document that the folder does not have any more: it goes, with all that only it says
    #[arg(long, value_name = "DOCUMENT")]
    withdraw: Vec<String>,
    /// Who loads it, for the change log
    #[arg(long, default_value = "consortia load", value_name = "NAME")]
    author: String,
    /// Why, for the change log
    #[arg(long, short, value_name = "TEXT")]
    message: Option<String>,
    /// Check and count, and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    store: StoreArguments,
}

/// Adds what is new, takes over what is changed, and withdraws what the folder's documents said before and do not say
/// any more, at once or not at all. What others say stays.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    match load(arguments) {
        Ok(text) => {
            output::tell(&text)?;
            Ok(Ending::Fine)
        }
        Err(ApplyError::Rejected { violations }) => {
            output::tell(&violations.to_string())?;
            output::complain(&format!(
                "{}: {} wrong; nothing was loaded",
                arguments.folder.display(),
                violations.len()
            ));
            Ok(Ending::Findings)
        }
        Err(error) => Err(error.into()),
    }
}

fn load(arguments: &Arguments) -> Result<String, ApplyError> {
    let folder = arguments.folder.display();
    let files = Files::open(&arguments.folder);
    if !arguments.store.data_dir.exists() {
        // What is wrong with the folder is told before there is a store.
        read(&files, snapshot_of(curated()?)?.stored())?;
    }
    let knowledge = KnowledgeGraph::open(&arguments.store.data_dir, curated)?;
    let snapshot = knowledge.snapshot();
    let state = snapshot.stored();
    let reading = read(&files, state)?;
    let withdrawn = withdrawn(arguments, &reading, state)?;
    let told = told_beside(arguments, &reading, &withdrawn, state);
    let mut contribution = of_dataset(reading);
    (contribution.is_authority, contribution.withdrawn) = (true, withdrawn);
    let proposal = propose(state, contribution, Extent::Whole);
    if !proposal.refused.is_empty() {
        return Err(Violations(proposal.refused).into());
    }
    let counts = counts(&proposal);
    let notes: String = proposal.notes.iter().map(|note| format!("noted: {note}\n")).collect();
    let revision = if proposal.changes.is_empty() || arguments.dry_run {
        state.revision()
    } else {
        let set = ChangeSet {
            operation: proposal.operation(state),
            author: arguments.author.clone(),
            message: arguments.message.clone().unwrap_or_else(|| format!("Load {folder}")),
            time: now(),
            changes: proposal.changes,
            origins: proposal.origins,
        };
        drop(snapshot);
        knowledge.apply(set)?.revision
    };
    let done = if arguments.dry_run { "would be loaded into" } else { "loaded; the store is at" };
    Ok(format!("{notes}{told}{folder}: {counts}, {done} revision {revision}"))
}

/// The folder beside a state: its rows may name what the state describes.
fn read(files: &Files, state: &State) -> Result<Reading, ApplyError> {
    let reading = dataset::read_beside(files, &|id| state.entity(id.as_str()).map(|entity| entity.kind));
    if reading.violations.is_empty() { Ok(reading) } else { Err(reading.violations.into()) }
}

/// The documents that were asked to be taken back.
fn withdrawn(arguments: &Arguments, reading: &Reading, state: &State) -> Result<Vec<DocumentId>, Violations> {
    let own = documents(reading);
    let mut withdrawn = Vec::with_capacity(arguments.withdraw.len());
    for text in &arguments.withdraw {
        let id = DocumentId::new(text)?;
        let problem = if own.contains(&id) {
            Some(("the folder has this document", "remove its file first"))
        } else if state.document(text).is_none() {
            Some(("the store has no such document", "correct the id, or leave --withdraw out"))
        } else {
            None
        };
        match problem {
            Some((problem, remedy)) => return Err(Violation::new(problem, remedy).of("--withdraw").about(id).into()),
            None => withdrawn.push(id),
        }
    }
    Ok(withdrawn)
}

fn documents(reading: &Reading) -> BTreeSet<&DocumentId> {
    let mut documents = BTreeSet::new();
    for change in &reading.changes {
        if let Change::UpsertDocument(document) = change {
            documents.insert(&document.id);
        }
    }
    documents
}

/// What the folder leaves as it is though a reader of it might think otherwise.
fn told_beside(arguments: &Arguments, reading: &Reading, withdrawn: &[DocumentId], state: &State) -> String {
    let folder = arguments.folder.display();
    let mut told = String::new();
    let mut tell = |what: &str, ids: &[String], remedy: &str| {
        if !ids.is_empty() {
            let more = ids.len().saturating_sub(EXAMPLES);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let shown = ids.iter().take(EXAMPLES).cloned().collect::<Vec<_>>().join(", ");
            told.push_str(&format!("{what} ({}): {shown}{more}; {remedy}\n", ids.len()));
        }
    };
    let is_of_folders = |revision: Revision| {
        let commit = (revision as usize).checked_sub(1).and_then(|position| state.commits.get(position));
        commit.is_some_and(|commit| !is_import(&commit.operation))
    };
    let own = documents(reading);
    let left = state.documents.iter().filter(|document| is_of_folders(document.revision));
    let left = left.map(|document| &document.value.id).filter(|id| !own.contains(id) && !withdrawn.contains(id));
    let left: Vec<String> = left.map(ToString::to_string).collect();
    let remedy = format!("to take one back with all that only it says: consortia load {folder} --withdraw ID");
    tell("documents of other folders or of earlier loads stay in the store", &left, &remedy);
    let decided: BTreeSet<&str> = reading.changes.iter().map(Change::subject).collect();
    let left = state.decisions.iter().filter(|decision| is_of_folders(decision.revision));
    let left = left.map(|decision| decision.value.id().as_str()).filter(|id| !decided.contains(id));
    let left: Vec<String> = left.map(|id| id.replace(':', " ")).collect();
    tell(
        "decisions that the folder does not have stay",
        &left,
        "to take one back: consortia review withdraw ONE OTHER",
    );
    let left: Vec<String> = named_only(reading).into_iter().map(ToString::to_string).collect();
    tell(
        "entities have no table in the folder and stay as the store has them",
        &left,
        "add a table where one is missing",
    );
    told
}

/// The entities that rows name and none describes.
fn named_only(reading: &Reading) -> BTreeSet<&EntityId> {
    let mut named: BTreeSet<&EntityId> = reading.mentions.iter().map(|(mention, _)| &mention.entity).collect();
    let mut described = BTreeSet::new();
    for change in &reading.changes {
        match change {
            Change::UpsertEntity(entity) => {
                described.insert(&entity.id);
            }
            Change::UpsertRelationship(relationship) => {
                named.extend([&relationship.source, &relationship.target]);
                named.extend(&relationship.on_behalf_of);
            }
            Change::Decide(decision) => named.extend([&decision.one, &decision.other]),
            Change::UpsertDocument(_)
            | Change::DeleteDocument(_)
            | Change::DeleteEntity(_)
            | Change::DeleteRelationship(_)
            | Change::Withdraw(_) => {}
        }
    }
    named.retain(|id| !described.contains(id));
    named
}

fn counts(proposal: &Proposal) -> String {
    format!(
        "{} new, {} changed, {} unchanged, {} withdrawn",
        proposal.count(Fate::New),
        proposal.count(Fate::Changed),
        proposal.unchanged,
        proposal.count(Fate::Withdrawn)
    )
}
