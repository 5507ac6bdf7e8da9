//! `consortia load DIR`: a folder of data into the store.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::{Ending, StoreArguments, output};
use crate::dataset;
use crate::knowledge::{ApplyError, KnowledgeGraph, stamped};

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
    let files = dataset::Files::open(&arguments.folder).with_context(|| format!("cannot read {folder}"))?;
    let dataset = dataset::read(&files);
    if !dataset.violations.is_empty() {
        output::print(&dataset.violations.to_string())?;
        output::complain(&format!("{folder}: {} wrong; nothing was loaded", dataset.violations.len()));
        return Ok(Ending::Findings);
    }
    let message = arguments.message.clone().unwrap_or_else(|| format!("Load {folder}"));
    let set = stamped(&arguments.author, &message, dataset);
    let knowledge = KnowledgeGraph::open(&arguments.store.data_dir)?;
    let applied = if arguments.dry_run { knowledge.try_out(set) } else { knowledge.apply(set) };
    match applied {
        Ok(applied) => {
            let done = if arguments.dry_run { "would be" } else { "is" };
            output::print(&format!(
                "{folder}: {} new, {} changed, {} unchanged; the store {done} at revision {}",
                applied.added, applied.changed, applied.unchanged, applied.revision
            ))?;
            Ok(Ending::Fine)
        }
        Err(ApplyError::Rejected(violations)) => {
            output::print(&violations.to_string())?;
            output::complain(&format!("{folder}: {} wrong; nothing was loaded", violations.len()));
            Ok(Ending::Findings)
        }
        Err(error) => Err(error.into()),
    }
}
