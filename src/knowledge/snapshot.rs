//! One version of everything that can be read.

use crate::model::state::State;

/// One version of everything that can be read, never changed once it is built.
#[derive(Debug)]
pub struct Snapshot {
    state: State,
}

impl Snapshot {
    /// Builds all that is derived from a state.
    pub fn build(state: State) -> Self {
        Self { state }
    }

    /// The values themselves, and the change log without its changes.
    pub fn state(&self) -> &State {
        &self.state
    }
}
