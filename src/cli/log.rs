//! Where the log goes and how much of it: standard error, as text or as JSON lines.

use std::io::IsTerminal;

use anyhow::Context;
use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;

/// The form of a line of the log.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs: one JSON object a line
    Json,
}

/// What is logged, and how.
#[derive(Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// What is logged: error, warn, info, debug, trace, or a filter such as info,consortia=debug
    #[arg(long, env = "CONSORTIA_LOG", default_value = "info", value_name = "FILTER")]
    log: String,
    /// The form of the log
    #[arg(long, env = "CONSORTIA_LOG_FORMAT", value_enum, default_value = "text", value_name = "FORMAT")]
    log_format: Format,
}

impl Arguments {
    /// Starts the log of the process.
    pub(super) fn start(&self) -> anyhow::Result<()> {
        let filter = EnvFilter::try_new(&self.log)
            .with_context(|| format!("--log {} is no filter; use error, warn, info, debug or trace", self.log))?;
        let log = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal());
        match self.log_format {
            Format::Text => log.init(),
            Format::Json => log.json().init(),
        }
        Ok(())
    }
}
