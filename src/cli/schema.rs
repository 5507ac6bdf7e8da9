//! `consortia schema`: the GraphQL schema, as schema.graphql has it.

use super::{Ending, output};
use crate::api;

/// Prints the schema definition.
pub(super) fn run() -> anyhow::Result<Ending> {
    output::print(&api::sdl())?;
    Ok(Ending::Fine)
}
