//! `consortia load DIR`: a folder of data into the store.

use std::path::PathBuf;

use clap::Args;

use super::{Ending, StoreArguments, output};
use crate::dataset;
use crate::knowledge::{ApplyError, Differences, KnowledgeGraph, change_set, curated};
use crate::model::change::Revision;

/// What to load.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder, in the form of data/
    #[arg(value_name = "DIR")]
    folder: PathBuf,
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

/// Adds what is new and takes over what is changed, at once or not at all; what the folder does not name stays.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let folder = arguments.folder.display();
    let message = arguments.message.clone().unwrap_or_else(|| format!("Load {folder}"));
    match load(arguments, &message) {
        Ok((differences, revision)) => {
            let done = if arguments.dry_run { "would be loaded into" } else { "loaded; the store is at" };
            output::print(&format!(
                "{folder}: {} new, {} changed, {} unchanged, {done} revision {revision}",
                differences.added, differences.changed, differences.unchanged
            ))?;
            Ok(Ending::Fine)
        }
        Err(ApplyError::Rejected { violations }) => {
            output::tell(&violations.to_string())?;
            output::complain(&format!("{folder}: {} wrong; nothing was loaded", violations.len()));
            Ok(Ending::Findings)
        }
        Err(error) => Err(error.into()),
    }
}

fn load(arguments: &Arguments, message: &str) -> Result<(Differences, Revision), ApplyError> {
    let set = change_set(&dataset::Files::open(&arguments.folder), &arguments.author, message)?;
    let knowledge = KnowledgeGraph::open(&arguments.store.data_dir, curated)?;
    let differences = knowledge.rehearse(set.clone())?;
    if arguments.dry_run {
        return Ok((differences, knowledge.snapshot().state().revision()));
    }
    let applied = knowledge.apply(set)?;
    Ok((differences, applied.revision))
}
