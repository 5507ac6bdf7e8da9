//! `consortia check [DIR]`: everything that is wrong with a folder of data.

use std::path::PathBuf;

use clap::Args;

use jiff::Timestamp;

use super::{Ending, output};
use crate::model::change::Change;
use crate::model::edtf;
use crate::{dataset, knowledge};

/// Which folder to check.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder, in the form of data/
    #[arg(default_value = "data", value_name = "DIR")]
    folder: PathBuf,
}

/// Prints each violation with its place, and how many there are; where there is none, warns of what is probably a
/// mistake. A warning is not a finding: the folder can be loaded.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let folder = arguments.folder.display();
    let files = dataset::Files::open(&arguments.folder);
    let reading = dataset::read(&files);
    let contents = contents(&reading.changes);
    let mut violations = reading.violations.clone();
    if violations.is_empty() {
        let doubts = dataset::doubts(&reading, edtf::day_of(Timestamp::now()));
        violations = knowledge::check(reading.changes, reading.origins);
        if violations.is_empty() {
            let warned = match doubts.len() {
                0 => String::new(),
                1 => ", 1 warning".to_owned(),
                count => format!(", {count} warnings"),
            };
            for doubt in &doubts.0 {
                output::complain(&format!("warning: {doubt}"));
            }
            output::print(&format!("{folder}: {contents}, nothing wrong{warned}"))?;
            return Ok(Ending::Fine);
        }
    }
    output::tell(&violations.to_string())?;
    output::complain(&format!("{folder}: {} wrong", violations.len()));
    Ok(Ending::Findings)
}

/// How much of what there is: "5 documents, 175 entities, 352 relationships".
fn contents(changes: &[Change]) -> String {
    let (mut documents, mut entities, mut relationships, mut decisions) = (0, 0, 0, 0);
    for change in changes {
        match change {
            Change::UpsertDocument(_) => documents += 1,
            Change::UpsertEntity(_) => entities += 1,
            Change::UpsertRelationship(_) => relationships += 1,
            Change::Decide(_) => decisions += 1,
            Change::DeleteDocument(_)
            | Change::DeleteEntity(_)
            | Change::DeleteRelationship(_)
            | Change::Withdraw(_) => {}
        }
    }
    let list = [
        (documents, "document", "documents"),
        (entities, "entity", "entities"),
        (relationships, "relationship", "relationships"),
        (decisions, "decision", "decisions"),
    ];
    let counted = |(count, one, more): (usize, &str, &str)| format!("{count} {}", if count == 1 { one } else { more });
    list.into_iter()
        .filter(|(count, name, _)| *count > 0 || *name != "decision")
        .map(counted)
        .collect::<Vec<_>>()
        .join(", ")
}
