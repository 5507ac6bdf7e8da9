//! The files of `data/` as changes, and a state as files of `data/`; their form is told in `data/README.md`.
//!
//! What the files say is checked here down to the line and column: form, fields, values, and that every name leads to
//! something. The rules of the whole graph are checked again where changes are applied, in `knowledge`.

mod decision;
mod doubt;
mod entity;
mod files;
mod read;
mod register;
mod relationship;
mod row;
mod source;
mod word;
mod write;

pub use doubt::doubts;
pub use files::{File, Files};
pub use read::{Reading, read, read_beside};
pub use register::Known;
pub use write::write;

use serde::de::DeserializeOwned;

use crate::model::violation::Violation;

/// Reads a TOML text, such as a file of settings, as a value.
///
/// # Errors
/// What is wrong with it, with line and column.
pub fn value<T: DeserializeOwned>(text: &str) -> Result<T, Violation> {
    toml::from_str(text).map_err(|error| Violation::new(error.to_string().trim(), "correct it"))
}
