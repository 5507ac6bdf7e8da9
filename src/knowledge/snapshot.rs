//! One version of everything that can be read.

use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::thread;

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
    /// Builds all that is derived from a state, graph and index beside each other. All of it is built anew, also after
    /// a change of one value.
    ///
    /// # Panics
    /// Where a relationship names an entity that is not in the state.
    pub fn build(state: State) -> Self {
        let (graph, search) = thread::scope(|scope| {
            let search = scope.spawn(|| Index::build(&state));
            let graph = Graph::build(&state);
            (graph, search.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        Self { state, graph, search, matcher: OnceLock::new() }
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
