//! The door between a transport and the formats of export: names and values go in as a client writes them, and something
//! that can be written comes out. Parameters are those of the GraphQL input `ViewInput` and of the field `network`.

mod parameters;
mod selection;
mod state;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use super::error::Code;
use super::executor::{Deadline, Refusal, Turn};
use super::limits::Limits;
use super::measured::{Lane, Measures};
use super::scope::Scope;
use crate::dataset;
use crate::export::{Base, Contents, Exporter, Files, Folder, Format, Zip};
use crate::knowledge::Snapshots;

pub use parameters::PARAMETERS;

use parameters::Parameters;
use selection::Selection;

/// Prepares exports. What a transport needs to know of them.
pub trait Exports: Send + Sync + 'static {
    /// Works out what shall be written; `parameters` are pairs of a name of [`PARAMETERS`] and a value, lists separated by
    /// commas. The work is synchronous and takes as long as the deadline allows.
    ///
    /// # Errors
    /// What is wrong with the request, in the words of the API.
    fn prepare(&self, format: &str, parameters: &[(String, String)], deadline: &Deadline) -> Result<Export, Refusal>;
}

impl Exports for super::Api {
    fn prepare(&self, format: &str, parameters: &[(String, String)], deadline: &Deadline) -> Result<Export, Refusal> {
        prepare(&*self.snapshots, self.limits, format, parameters, deadline)
    }
}

/// A part of one snapshot, ready to be written in one format.
pub struct Export {
    format: Format,
    base: Base,
    selection: Selection,
}

/// Works out which part of which snapshot is asked for.
///
/// # Errors
/// `INVALID_INPUT` for a format, a parameter or a value that is none, `NOT_FOUND` for an id that nothing has,
/// `LIMIT_EXCEEDED` when it visits too much or takes too long.
pub fn prepare(
    snapshots: &dyn Snapshots,
    limits: Limits,
    format: &str,
    parameters: &[(String, String)],
    deadline: &Deadline,
) -> Result<Export, Refusal> {
    let prepared = || -> async_graphql::Result<Export> {
        let format: Format = format.parse().map_err(|violation| Code::NotFound.error(format!("{violation}")))?;
        let parameters = Parameters::read(parameters)?;
        let base = parameters.base()?;
        if parameters.ask_for_a_projection() && !format.holds_ties() {
            let message = format!("projection: {} has no place for it; use graphml, node-link or csv", format.name());
            return Err(Code::InvalidInput.error(message));
        }
        let view = parameters.view()?;
        let snapshot = view.snapshot(snapshots, &snapshots.newest(), deadline)?;
        let view = Arc::new(view.resolve(&snapshot)?);
        let budget = Arc::new(deadline.budget(limits.visits));
        // What is exported is not a measure; one that it asks for is found for it alone.
        let lane = Arc::new(Lane::new(Arc::new(Measures::new(1, 0)), Turn::default()));
        let begun = Arc::new(budget.standing());
        let (redirected, doubled, cited) = (Arc::default(), Arc::default(), Arc::default());
        let scope = Scope { snapshot, view, budget, begun, lane, redirected, doubled, cited };
        Ok(Export { format, base, selection: Selection::new(scope, &parameters, limits)? })
    };
    prepared().map_err(Refusal::of)
}

impl Export {
    /// The format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// How many entities and relationships are in it.
    pub fn counts(&self) -> (usize, usize) {
        match self.format.exporter() {
            // What is merged is stored apart, and so is it written.
            Exporter::Data => {
                let state = state::of(&self.selection);
                (state.entities.len(), state.relationships.len())
            }
            Exporter::One(_) | Exporter::Several(_) => self.selection.counts(),
        }
    }

    /// A name for what is downloaded: `consortia-7.graphml` of revision 7.
    pub fn file_name(&self) -> String {
        let spec = self.format.spec();
        let ending = if spec.is_several_files { format!("{}.zip", spec.name) } else { spec.ending.to_owned() };
        format!("consortia-{}.{ending}", self.selection.revision())
    }

    /// The media type of what [`Export::write`] writes.
    pub fn media_type(&self) -> &'static str {
        let spec = self.format.spec();
        if spec.is_several_files { "application/zip" } else { spec.media_type }
    }

    /// Writes it as one stream; a format of several files as a zip.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.format.exporter() {
            Exporter::One(write) => {
                write(&self.selection, &self.base, out)?;
                out.flush()
            }
            Exporter::Several(write) => write(&self.selection, &mut Zip::new(out)),
            Exporter::Data => self.write_data(&mut Zip::new(out)),
        }
    }

    /// Writes a format of several files into a folder, one of a single file as the file of its own name there.
    ///
    /// # Errors
    /// What the system says.
    pub fn write_folder(&self, folder: PathBuf) -> io::Result<()> {
        std::fs::create_dir_all(&folder)?;
        let mut files = Folder::new(folder);
        match self.format.exporter() {
            Exporter::One(write) => {
                write(&self.selection, &self.base, files.begin(&self.file_name())?)?;
                files.finish()
            }
            Exporter::Several(write) => write(&self.selection, &mut files),
            Exporter::Data => self.write_data(&mut files),
        }
    }

    fn write_data(&self, files: &mut dyn Files) -> io::Result<()> {
        for (path, text) in dataset::write(&state::of(&self.selection)) {
            files.begin(&path)?.write_all(text.as_bytes())?;
        }
        files.finish()
    }
}
