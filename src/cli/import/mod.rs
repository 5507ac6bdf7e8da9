//! `consortia import FORMAT FILE…`: what foreign files say into the store, only the differences.

mod progress;
mod report;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::{Ending, StoreArguments, now, output};
use crate::dataset;
use crate::import::decode::TextEncoding;
use crate::import::source::Limits;
use crate::import::{self, Contribution, FORMATS, Format, Options};
use crate::knowledge::contribution::{Extent, Proposal, of_dataset, propose};
use crate::knowledge::joining::{Certain, match_added};
use crate::knowledge::{ApplyError, KnowledgeGraph, Snapshot, curated};
use crate::model::change::ChangeSet;
use crate::model::citation::DocumentRecord;
use crate::model::id::{DocumentId, EntityId};
use crate::model::text;
use crate::model::violation::Violation;
use progress::watched;

/// What to import.
#[derive(Args)]
#[command(after_help = formats_help())]
pub(super) struct Arguments {
    /// The format of the files; they are listed below
    #[arg(value_name = "FORMAT", value_parser = FORMATS.map(|format| format.name))]
    format: String,
    /// The files, plain or packed (.gz, .zst, .zip, .tar); - is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Report what it would do, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write everything that the report holds to a file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Leave out the records that cannot be taken over; otherwise one of them stops the import
    #[arg(long)]
    skip_invalid: bool,
    /// The files are a part of their document: what they do not name stays
    #[arg(long)]
    partial: bool,
    /// How the columns of a table become fields, in TOML; docs/importing.md tells the form
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// The encoding of a table that is not UTF-8 or UTF-16: windows-1252, gbk, shift_jis …
    #[arg(long, value_name = "NAME")]
    encoding: Option<TextEncoding>,
    /// A table with the columns pic, ror_id and confidence: organizations with these codes are those of ROR
    #[arg(long, value_name = "FILE")]
    same_as: Option<PathBuf>,
    /// What becomes of new organizations that the matcher finds to be ones that are there: auto makes one of those that
    /// are certain and leaves the doubtful ones to `consortia review`, review leaves all of them to it, off asks nothing
    #[arg(long = "match", value_name = "HOW", default_value = "off")]
    matching: Matching,
    /// Who imports it, for the change log
    #[arg(long, default_value = "consortia import", value_name = "NAME")]
    author: String,
    /// Why, for the change log
    #[arg(long, short, value_name = "TEXT")]
    message: Option<String>,
    #[command(flatten)]
    store: StoreArguments,
    #[command(flatten)]
    document: DocumentArguments,
}

/// What the matcher is asked about new organizations.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Matching {
    /// Make one of what is certain, ask about what is doubtful
    Auto,
    /// Ask about all
    Review,
    /// Ask nothing
    Off,
}

/// The document that the files are, where the format does not say.
#[derive(Args)]
#[command(next_help_heading = "The document that the files are")]
struct DocumentArguments {
    /// Its id; the other flags of this group need it
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    /// Its title
    #[arg(long, value_name = "TEXT", requires = "document")]
    title: Option<String>,
    /// Who published it
    #[arg(long, value_name = "NAME", requires = "document")]
    publisher: Option<String>,
    /// Where it can be read
    #[arg(long, value_name = "URL", requires = "document")]
    url: Option<String>,
    /// When it was published, in EDTF
    #[arg(long, value_name = "DATE", requires = "document")]
    published: Option<String>,
    /// What a reader of its citations should know, its license for example
    #[arg(long, value_name = "TEXT", requires = "document")]
    note: Option<String>,
}

impl DocumentArguments {
    fn record(&self) -> Result<Option<DocumentRecord>, Violation> {
        let Some(id) = &self.document else { return Ok(None) };
        Ok(Some(DocumentRecord {
            id: DocumentId::new(id)?,
            title: self.title.clone().unwrap_or_else(|| id.clone()),
            publisher: self.publisher.clone(),
            url: self.url.clone(),
            published: self.published.as_deref().map(str::parse).transpose()?,
            as_of: None,
            accessed: None,
            language: None,
            note: self.note.clone(),
        }))
    }
}

fn formats_help() -> String {
    let lines = FORMATS
        .iter()
        .map(|format| format!("  {:<8}{}\n          consortia import {}\n", format.name, format.what, format.example));
    format!("Formats:\n{}", lines.collect::<String>())
}

/// Adds, changes and withdraws at once or not at all; the same files again change nothing.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    for file in arguments.files.iter().filter(|file| *file != Path::new("-")) {
        std::fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?;
    }
    let format = FORMATS.iter().find(|format| format.name == arguments.format).context("the format is not known")?;
    let open = || KnowledgeGraph::open(&arguments.store.data_dir, curated);
    // Only files in the form of data/ name what the store describes.
    let opened = format.importer.is_none().then(open).transpose()?;
    let contribution = match read(arguments, format, opened.as_ref())? {
        Ok(contribution) => contribution,
        Err(violation) => {
            output::tell(&violation.to_string())?;
            output::complain("nothing was imported");
            return Ok(Ending::Findings);
        }
    };
    let knowledge = match opened {
        Some(opened) => opened,
        None => open()?,
    };
    let snapshot = knowledge.snapshot();
    let extent = if arguments.partial { Extent::Part } else { Extent::Whole };
    let mut proposal = propose(snapshot.stored(), contribution, extent);
    match arguments.matching {
        Matching::Auto => matched(arguments, &snapshot, &mut proposal, Certain::Merged)?,
        Matching::Review => matched(arguments, &snapshot, &mut proposal, Certain::Asked)?,
        Matching::Off => {}
    }
    if let Some(path) = &arguments.report {
        report::write(path, &proposal).with_context(|| format!("cannot write {}", path.display()))?;
    }
    output::tell(&report::summary(&proposal))?;
    let is_stopped = !proposal.refused.is_empty() && !arguments.skip_invalid;
    if is_stopped {
        output::complain(&format!(
            "{} refused; nothing was imported. --skip-invalid leaves them out",
            proposal.refused.len()
        ));
        return Ok(Ending::Findings);
    }
    if arguments.dry_run {
        output::print("this was a dry run; nothing was imported")?;
        return Ok(Ending::Fine);
    }
    drop(snapshot);
    apply(arguments, &knowledge, proposal)
}

fn read(
    arguments: &Arguments,
    format: &Format,
    store: Option<&KnowledgeGraph>,
) -> anyhow::Result<Result<Contribution, Violation>> {
    let taken = Arc::new(AtomicU64::new(0));
    let limits = Limits::default();
    let Some(importer) = format.importer else {
        let snapshot = store.map(KnowledgeGraph::snapshot);
        let kind = |id: &EntityId| Some(snapshot.as_ref()?.stored().entity(id.as_str())?.kind);
        return Ok(watched(&arguments.files, &taken, || {
            let files = texts(&arguments.files, &limits, &taken)?;
            Ok(of_dataset(dataset::read_beside(&files, &kind)))
        }));
    };
    let told = |violation: Violation| anyhow::anyhow!("{violation}");
    let document = arguments.document.record().map_err(told)?;
    let mapping = match &arguments.map {
        Some(path) => {
            let cannot = || format!("cannot read {}", path.display());
            let text = std::fs::read_to_string(path).with_context(cannot)?;
            Some(dataset::value(&text).map_err(told).with_context(cannot)?)
        }
        None => None,
    };
    let same = arguments.same_as.as_deref().map(import::same_as).transpose().map_err(told)?;
    let importer = importer(&Options { document, mapping, encoding: arguments.encoding }).map_err(told)?;
    let read = watched(&arguments.files, &taken, || import::read(importer, &arguments.files, &limits, &taken));
    Ok(read.map(|mut contribution| {
        if let Some(same) = &same {
            contribution.identify(same);
        }
        contribution
    }))
}

/// The members of the files as texts of a dataset.
fn texts(files: &[PathBuf], limits: &Limits, taken: &Arc<AtomicU64>) -> Result<dataset::Files, Violation> {
    let mut found = Vec::new();
    for file in files {
        import::source::each_member(file, limits, taken, &mut |member| {
            let path = Arc::clone(&member.label);
            if path.ends_with(".toml") || found.is_empty() {
                let text = import::source::whole_text(member)?;
                found.push(dataset::File { path, text });
            }
            Ok(())
        })?;
    }
    Ok(found.into_iter().collect())
}

fn matched(
    arguments: &Arguments,
    snapshot: &Snapshot,
    proposal: &mut Proposal,
    certain: Certain,
) -> anyhow::Result<()> {
    let by = text::line(&arguments.author).map_err(|violation| anyhow::anyhow!("--author: {violation}"))?;
    match_added(snapshot, proposal, certain, &by, now());
    Ok(())
}

fn apply(arguments: &Arguments, knowledge: &KnowledgeGraph, proposal: Proposal) -> anyhow::Result<Ending> {
    if proposal.changes.is_empty() {
        output::print("nothing to change")?;
        return Ok(Ending::Fine);
    }
    let files = arguments.files.iter().map(|file| file.file_name().unwrap_or(file.as_os_str()).to_string_lossy());
    let files = files.collect::<Vec<_>>().join(", ");
    let message = arguments.message.clone().unwrap_or_else(|| format!("Import {}: {files}", arguments.format));
    let set = ChangeSet {
        operation: proposal.operation(knowledge.snapshot().stored()),
        author: arguments.author.clone(),
        message,
        time: jiff::Timestamp::now(),
        changes: proposal.changes,
        origins: proposal.origins,
    };
    match knowledge.apply(set) {
        Ok(applied) => {
            output::print(&format!("imported; the store is at revision {}", applied.revision))?;
            Ok(Ending::Fine)
        }
        Err(ApplyError::Rejected { violations }) => {
            output::tell(&violations.to_string())?;
            output::complain(&format!("{} wrong; nothing was imported", violations.len()));
            Ok(Ending::Findings)
        }
        Err(error) => Err(error.into()),
    }
}
