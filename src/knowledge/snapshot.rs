//! One version of everything that can be read.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::merged::{Merged, merged};
use super::questions;
use crate::graph::Graph;
use crate::matching::Matcher;
use crate::model::id::EntityId;
use crate::model::state::State;
use crate::search::Index;

/// One version of everything that can be read, never changed once it is built.
pub struct Snapshot {
    stored: State,
    /// What readers see where entities are merged.
    merged: Option<State>,
    graph: Graph,
    search: OnceLock<Index>,
    matcher: OnceLock<Matcher>,
    questions: OnceLock<Vec<usize>>,
    decisions: OnceLock<HashMap<EntityId, Vec<usize>>>,
}

impl Snapshot {
    /// Builds the graph of a state, anew also after a change of one value. Names are indexed when they are first asked
    /// for.
    ///
    /// # Panics
    /// Where a relationship or a decision names an entity that is not in the state.
    pub fn build(state: State) -> Self {
        let (merged, redirects) = match merged(&state) {
            Some(Merged { state, redirects }) => (Some(state), redirects),
            None => Default::default(),
        };
        let graph = Graph::build(merged.as_ref().unwrap_or(&state)).redirected(redirects);
        Self {
            stored: state,
            merged,
            graph,
            search: OnceLock::new(),
            matcher: OnceLock::new(),
            questions: OnceLock::new(),
            decisions: OnceLock::new(),
        }
    }

    /// The values that readers see, in which entities that were decided to be the same are one, and the change log
    /// without its changes. Graph, index and matcher are built of it: their positions are positions in its lists.
    pub fn state(&self) -> &State {
        self.merged.as_ref().unwrap_or(&self.stored)
    }

    /// The values as they are stored, each record as its documents have it: what changes are made to.
    pub fn stored(&self) -> &State {
        &self.stored
    }

    /// The positions of the decisions that are open questions, the likeliest to be the same first, those that nobody
    /// scored last, then by id. What other decisions answer is no question any more.
    ///
    /// **Complexity**: *O(d log d)* for *d* decisions when first asked for.
    pub fn questions(&self) -> &[usize] {
        self.questions.get_or_init(|| questions::open(&self.stored.decisions))
    }

    /// The positions of the decisions about the entity with this id, in their order.
    ///
    /// **Complexity**: *O(d)* for *d* decisions when first asked.
    pub fn decisions_about(&self, id: &str) -> &[usize] {
        let about = self.decisions.get_or_init(|| questions::by_entity(&self.stored.decisions));
        about.get(id).map_or(&[], Vec::as_slice)
    }

    /// The graph that is walked.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The names that are searched. Built when first asked for, which a server does beside the first answers: of all
    /// questions only those that search wait for it, and who asks while it is built waits for the rest of it.
    pub fn search(&self) -> &Index {
        self.search.get_or_init(|| Index::build(self.state()))
    }

    /// The names that others are matched against. Built when first asked for: not every process matches, and a second
    /// per hundred thousand entities is long for one that does not.
    pub fn matcher(&self) -> &Matcher {
        self.matcher.get_or_init(|| Matcher::build(self.state()))
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("revision", &self.stored.revision()).finish_non_exhaustive()
    }
}
