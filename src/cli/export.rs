//! `consortia export DIR`: the store as a folder of data.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use super::{Ending, StoreArguments, output};
use crate::dataset;

/// Where to write.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder to write; it must be empty or not exist
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    store: StoreArguments,
}

/// Writes the folder under another name first, so that what stands at DIR is always whole.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let folder = &arguments.folder;
    let shown = folder.display();
    if folder.exists() {
        let mut entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {shown}"))?;
        if entries.next().is_some() {
            bail!("{shown} is not empty; name another folder, or empty it first");
        }
    }
    let snapshot = arguments.store.read()?;
    let files = dataset::write(snapshot.state());
    let name = folder.file_name().with_context(|| format!("{shown} names no folder"))?.to_string_lossy();
    let unfinished = folder.with_file_name(format!(".{name}.unfinished"));
    if unfinished.exists() {
        std::fs::remove_dir_all(&unfinished).with_context(|| format!("cannot remove {}", unfinished.display()))?;
    }
    for (path, text) in &files {
        write(&unfinished.join(path), text)?;
    }
    if folder.exists() {
        std::fs::remove_dir(folder).with_context(|| format!("cannot replace {shown}"))?;
    }
    std::fs::create_dir_all(&unfinished)?;
    std::fs::rename(&unfinished, folder).with_context(|| format!("cannot move the finished folder to {shown}"))?;
    let state = snapshot.state();
    output::print(&format!(
        "{shown}: {} documents, {} entities, {} relationships in {} files",
        state.documents.len(),
        state.entities.len(),
        state.relationships.len(),
        files.len()
    ))?;
    Ok(Ending::Fine)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let cannot = || format!("cannot write {}", path.display());
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).with_context(cannot)?;
    }
    std::fs::write(path, text).with_context(cannot)
}
