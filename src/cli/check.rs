//! `consortia check [DIR]`: everything that is wrong with a folder of data.

use std::path::PathBuf;

use clap::Args;

use super::{Ending, output};
use crate::{dataset, knowledge};

/// Which folder to check.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder, in the form of data/
    #[arg(default_value = "data", value_name = "DIR")]
    folder: PathBuf,
}

/// Prints each violation with its place, and how many there are.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let folder = arguments.folder.display();
    let files = dataset::Files::open(&arguments.folder);
    let reading = dataset::read(&files);
    let count = reading.changes.len();
    let mut violations = reading.violations;
    if violations.is_empty() {
        violations = knowledge::check(reading.changes, reading.origins);
    }
    if violations.is_empty() {
        output::print(&format!("{folder}: {count} documents, entities and relationships, nothing wrong"))?;
        return Ok(Ending::Fine);
    }
    output::tell(&violations.to_string())?;
    output::complain(&format!("{folder}: {} wrong", violations.len()));
    Ok(Ending::Findings)
}
