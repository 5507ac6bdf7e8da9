//! `consortia export FORMAT [FILE]`: the graph, a part of it or a picture, in the formats of other tools.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use clap::builder::PossibleValue;

use super::{Ending, StoreArguments, limits, output};
use crate::api::executor::Deadline;
use crate::api::export::{self, Export};
use crate::export::FORMATS;

/// What to write, and where.
#[derive(Args)]
pub(super) struct Arguments {
    /// The format
    #[arg(value_name = "FORMAT", value_parser = formats())]
    format: String,
    /// The file to write, or the folder for formats of several files (a zip where it ends in .zip); standard output when
    /// left out
    #[arg(value_name = "FILE")]
    target: Option<PathBuf>,
    #[command(flatten)]
    part: Part,
    /// What the names of things begin with in RDF; ends in / # or :
    #[arg(long, value_name = "IRI")]
    base: Option<String>,
    #[command(flatten)]
    store: StoreArguments,
    #[command(flatten)]
    limits: limits::Arguments,
}

/// Which part of the graph.
#[derive(Args)]
#[command(next_help_heading = "What is exported")]
struct Part {
    /// Only what held at some time in this date or interval
    #[arg(long, value_name = "EDTF")]
    as_of: Option<String>,
    /// How sure it has to be that something held then: known, assumed or possible
    #[arg(long, value_name = "CERTAINTY")]
    certainty: Option<String>,
    /// Whether relationships without any date are kept
    #[arg(long, value_name = "BOOL")]
    undated: Option<String>,
    /// Only relationships of these kinds, separated by commas
    #[arg(long, value_name = "KINDS")]
    relationship_kinds: Option<String>,
    /// Only entities of these kinds, separated by commas
    #[arg(long, value_name = "KINDS")]
    entity_kinds: Option<String>,
    /// Only what is cited at least this firmly: inferred or stated
    #[arg(long, value_name = "STRENGTH")]
    strength: Option<String>,
    /// Only what these documents say, separated by commas
    #[arg(long, value_name = "IDS")]
    documents: Option<String>,
    /// The graph as it was known after this revision, not now
    #[arg(long, value_name = "N")]
    revision: Option<String>,
    /// Only entities like this: an `EntityFilter` of the API as JSON
    #[arg(long, value_name = "JSON")]
    filter: Option<String>,
    /// Of a network, draw only entities like this besides those in the middle: an `EntityFilter` as JSON
    #[arg(long, value_name = "JSON")]
    show: Option<String>,
    /// A network around these entities, separated by commas, with places to draw them
    #[arg(long, value_name = "IDS")]
    around: Option<String>,
    /// How many steps away from the middle of the network, 0 to 5; 1 when left out
    #[arg(long, value_name = "N")]
    depth: Option<String>,
    /// At most this many entities in the network, the nearest; 200 when left out
    #[arg(long, value_name = "N")]
    max_nodes: Option<String>,
    /// How the network is drawn: force or circular
    #[arg(long, value_name = "LAYOUT")]
    layout: Option<String>,
    /// Who shares what with whom: the arguments of the field `projection` of the API as JSON; graphml, node-link and csv
    #[arg(long, value_name = "JSON")]
    projection: Option<String>,
}

fn formats() -> Vec<PossibleValue> {
    FORMATS.iter().map(|format| PossibleValue::new(format.name()).help(format.spec().title)).collect()
}

impl Arguments {
    /// The flags under the names of the API.
    fn parameters(&self) -> Vec<(String, String)> {
        let part = &self.part;
        let given = [
            ("asOf", &part.as_of),
            ("certainty", &part.certainty),
            ("undated", &part.undated),
            ("relationshipKinds", &part.relationship_kinds),
            ("entityKinds", &part.entity_kinds),
            ("strength", &part.strength),
            ("documents", &part.documents),
            ("revision", &part.revision),
            ("filter", &part.filter),
            ("show", &part.show),
            ("around", &part.around),
            ("depth", &part.depth),
            ("maxNodes", &part.max_nodes),
            ("layout", &part.layout),
            ("projection", &part.projection),
            ("base", &self.base),
        ];
        given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))).collect()
    }
}

/// Writes under another name first, so that what stands at FILE is always whole.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    if let Some(target) = &arguments.target {
        check_free(target)?;
    }
    let snapshots = arguments.store.read()?;
    let deadline = Deadline::new(arguments.limits.time().max(Duration::from_secs(60)));
    let limits = crate::api::limits::Limits { visits: u64::MAX, ..arguments.limits.limits() };
    let prepared = export::prepare(&*snapshots, limits, &arguments.format, &arguments.parameters(), &deadline);
    let export = prepared.map_err(|refusal| anyhow::anyhow!(refusal.message()))?;
    let Some(target) = &arguments.target else {
        export.write(&mut BufWriter::with_capacity(1 << 16, io::stdout().lock()))?;
        return Ok(Ending::Fine);
    };
    let shown = target.display();
    write(&export, target)?;
    let (entities, relationships) = export.counts();
    output::complain(&format!("{shown}: {entities} entities, {relationships} relationships"));
    Ok(Ending::Fine)
}

/// Refuses to write over a folder with something in it. A file that an export wrote is written anew.
fn check_free(target: &Path) -> anyhow::Result<()> {
    let shown = target.display();
    if target.is_dir() && std::fs::read_dir(target).with_context(|| format!("cannot read {shown}"))?.next().is_some() {
        bail!("{shown} is not empty; name another folder, or empty it first");
    }
    Ok(())
}

fn write(export: &Export, target: &Path) -> anyhow::Result<()> {
    let shown = target.display();
    let name = target.file_name().with_context(|| format!("{shown} names nothing that can be written"))?;
    let unfinished = target.with_file_name(format!(".{}.unfinished", name.to_string_lossy()));
    let cannot = || format!("cannot write {shown}");
    clear(&unfinished).with_context(|| format!("cannot remove {}", unfinished.display()))?;
    let is_zip = target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let written = if export.format().spec().is_several_files && !is_zip {
        export.write_folder(unfinished.clone())
    } else if target.is_dir() {
        bail!("{shown} is a folder; name the file to write");
    } else {
        write_file(export, &unfinished)
    };
    let moved = written.and_then(|()| {
        if target.is_dir() {
            std::fs::remove_dir(target)?;
        }
        std::fs::rename(&unfinished, target)
    });
    if moved.is_err() {
        // What cannot be cleared away is reported by the next export that wants the name.
        let _ = clear(&unfinished);
    }
    moved.with_context(cannot)
}

fn write_file(export: &Export, path: &Path) -> io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 16, File::create(path)?);
    export.write(&mut file)?;
    file.flush()
}

fn clear(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        std::fs::remove_dir_all(path)
    } else if path.exists() {
        std::fs::remove_file(path)
    } else {
        Ok(())
    }
}
