//! Foreign files in: each format's reader turns a stream of members into a [`Contribution`], what the files say in our
//! terms. What that changes in what is known is decided in `knowledge`.

mod contribution;
mod cordis;
pub mod decode;
mod json;
mod kind;
mod ror;
pub mod source;
mod table;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

pub use contribution::{Contribution, Retired, Said};
pub use table::{Mapping, same_as, separator};

use crate::model::citation::DocumentRecord;
use crate::model::violation::Violation;
use decode::TextEncoding;
use source::{Limits, Member};

/// Reads one format, member by member.
pub trait Importer {
    /// Reads a member to its end. A record that cannot be taken over is refused by itself, the next is read.
    ///
    /// # Errors
    /// The member cannot be read to its end.
    fn member(&mut self, member: Member<'_>) -> Result<(), Violation>;

    /// All that the members say.
    fn finish(self: Box<Self>) -> Contribution;
}

/// What an importer is told beside the files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The document that the files are, where the format or the files do not say.
    pub document: Option<DocumentRecord>,
    /// How the columns of a table become fields.
    pub mapping: Option<Mapping>,
    /// The encoding of a table, where it is not UTF-8 or UTF-16.
    pub encoding: Option<TextEncoding>,
}

/// Makes the reader of a format, or says what it was not told.
pub type MakeImporter = fn(&Options) -> Result<Box<dyn Importer>, Violation>;

/// A format that can be read.
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in one line.
    pub what: &'static str,
    /// The arguments of an example.
    pub example: &'static str,
    /// How its reader is made; `None` where the form is that of `data/`, which `dataset` reads.
    pub importer: Option<MakeImporter>,
}

/// All formats, in the order of the help text.
pub const FORMATS: [Format; 5] = [
    Format {
        name: "ror",
        what: "the data dump of the Research Organization Registry, schema 1 or 2",
        example: "ror v1.63-2025-04-03-ror-data.zip",
        importer: Some(ror::importer),
    },
    Format {
        name: "cordis",
        what: "projects of the EU's framework programmes in the XML of CORDIS, one file or an archive of them",
        example: "cordis horizon-projects-xml.tar.zst",
        importer: Some(cordis::importer),
    },
    Format {
        name: "csv",
        what: "a table of entities or relationships, or any table with a mapping",
        example: "csv --document members-2024 --title \"Members in 2024\" members.csv",
        importer: Some(table::csv_importer),
    },
    Format {
        name: "jsonl",
        what: "the same as one JSON object a line",
        example: "jsonl --map mapping.toml members.jsonl.gz",
        importer: Some(table::jsonl_importer),
    },
    Format { name: "toml", what: "files in the form of data/", example: "toml data.zip", importer: None },
];

/// All that the files say. `taken` counts the bytes read from them, for a progress bar.
///
/// # Errors
/// A file that cannot be read to its end; the violation names file and member.
pub fn read(
    mut importer: Box<dyn Importer>,
    files: &[PathBuf],
    limits: &Limits,
    taken: &Arc<AtomicU64>,
) -> Result<Contribution, Violation> {
    for file in files {
        source::each_member(file, limits, taken, &mut |member| importer.member(member))?;
    }
    let contribution = importer.finish();
    if contribution.entities.is_empty() && contribution.relationships.is_empty() && contribution.refused.is_empty() {
        return Err(Violation::new("the files hold no record of this format", "check the format and the files"));
    }
    Ok(contribution)
}
