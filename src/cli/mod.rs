//! The command line: the only place that prints and exits.
//!
//! Exit codes: 0 fine, 1 findings (violations, an answer with errors), 2 failure.

mod address;
mod check;
mod export;
mod import;
mod limits;
mod load;
mod log;
mod r#match;
mod output;
mod query;
mod review;
mod schema;
mod serve;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use jiff::{Timestamp, Unit};

use crate::knowledge::{self, KnowledgeGraph, Snapshots, curated};

/// The time to the second, as decisions have it.
fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now)
}

/// How a command ended when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Nothing to complain about: exit code 0.
    Fine,
    /// It ran and found something wrong: exit code 1.
    Findings,
}

/// A knowledge graph of who works with whom in medical education and research, with the citation of every fact.
///
/// Without a command it serves: the graph over GraphQL, and a page to ask it.
#[derive(Parser)]
#[command(name = "consortia", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Arguments,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the graph over GraphQL, and a page to ask it; what happens without a command
    Serve(serve::Arguments),
    /// Report everything that is wrong with a folder of data
    Check(check::Arguments),
    /// Load a folder of data into the store
    Load(load::Arguments),
    /// Import registries and tables in other forms
    Import(import::Arguments),
    /// Write the graph, or a part of it, in the format of another tool
    Export(Box<export::Arguments>),
    /// Answer one GraphQL query without a server
    Query(query::Arguments),
    /// Decide which entities are the same, or list what is to be decided
    Review(review::Arguments),
    /// Find which entities the names in a table mean
    Match(r#match::Arguments),
    /// Print the GraphQL schema
    Schema,
}

/// Where the store is.
#[derive(Args, Clone)]
struct StoreArguments {
    /// The folder of the store; filled with the curated data when it does not exist
    #[arg(long, env = "CONSORTIA_DATA_DIR", default_value = "consortia.db", value_name = "DIR")]
    data_dir: PathBuf,
}

impl StoreArguments {
    /// The snapshots of the store or, where there is no store yet, of the curated data, without making one.
    fn read(&self) -> anyhow::Result<Arc<dyn Snapshots>> {
        if self.data_dir.exists() {
            return Ok(Arc::new(KnowledgeGraph::open(&self.data_dir, curated)?));
        }
        Ok(Arc::new(Arc::new(knowledge::snapshot_of(curated()?)?)))
    }
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let ended = match cli.command {
        None => serve::run(&cli.serve),
        Some(Command::Serve(arguments)) => serve::run(&arguments),
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::Load(arguments)) => load::run(&arguments),
        Some(Command::Import(arguments)) => import::run(&arguments),
        Some(Command::Export(arguments)) => export::run(&arguments),
        Some(Command::Query(arguments)) => query::run(&arguments),
        Some(Command::Review(arguments)) => review::run(&arguments),
        Some(Command::Match(arguments)) => r#match::run(&arguments),
        Some(Command::Schema) => schema::run(),
    };
    match ended {
        Ok(Ending::Fine) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&format!("error: {error:#}"));
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
