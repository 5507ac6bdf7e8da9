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
    search: OnceLock<Index>,
    matcher: OnceLock<Matcher>,
}

impl Snapshot {
    /// Builds the graph of a state, anew also after a change of one value. Names are indexed when they are first asked
    /// for.
    ///
    /// # Panics
    /// Where a relationship names an entity that is not in the state.
    pub fn build(state: State) -> Self {
        Self { graph: Graph::build(&state), state, search: OnceLock::new(), matcher: OnceLock::new() }
    }

    /// The values themselves, and the change log without its changes.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The graph that is walked.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The names that are searched. Built when first asked for, which a server does beside the first answers: of all
    /// questions only those that search wait for it, and who asks while it is built waits for the rest of it.
    pub fn search(&self) -> &Index {
        self.search.get_or_init(|| Index::build(&self.state))
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
