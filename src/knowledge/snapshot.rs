//! One version of everything that can be read.

use std::sync::OnceLock;

use crate::graph::Graph;
use crate::matching::Matcher;
use crate::model::state::State;
use crate::search::Index;

/// One version of everything that can be read, never changed once it is built.
pub struct Snapshot {
    state: State,
    graph: Graph,
    search: Index,
    matcher: OnceLock<Matcher>,
}

impl Snapshot {
    /// Builds all that is derived from a state.
    pub fn build(state: State) -> Self {
        Self { graph: Graph::build(&state), search: Index::build(&state), matcher: OnceLock::new(), state }
    }

    /// The values themselves, and the change log without its changes.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The graph that is walked.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The names that are searched.
    pub fn search(&self) -> &Index {
        &self.search
    }

    /// The names that others are matched against. Built when first asked for: not every process matches, and a second
    /// per hundred thousand entities is long for one that does not.
    pub fn matcher(&self) -> &Matcher {
        self.matcher.get_or_init(|| Matcher::build(&self.state))
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("revision", &self.state.revision()).finish_non_exhaustive()
    }
}
