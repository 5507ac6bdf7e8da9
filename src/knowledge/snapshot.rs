//! One version of everything that can be read.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::merged::{Merged, merged};
use super::questions;
use crate::graph::Graph;
use crate::matching::Matcher;
use crate::model::decision::{Decision, Verdict};
use crate::model::id::EntityId;
use crate::model::state::State;
use crate::search::Index;

/// One version of everything that can be read, never changed once it is there.
pub struct Snapshot {
    stored: State,
    /// What readers see where entities are merged, and which ids lead where.
    merged: OnceLock<Option<Merged>>,
    graph: OnceLock<Graph>,
    search: OnceLock<Index>,
    matcher: OnceLock<Matcher>,
    questions: OnceLock<Vec<usize>>,
    decisions: OnceLock<HashMap<EntityId, Vec<usize>>>,
}

impl Snapshot {
    /// The version that a state is. All that is derived from it is built when it is first asked for, anew also after a
    /// change of one value: who writes needs neither the graph nor the names.
    pub fn of(state: State) -> Self {
        Self {
            stored: state,
            merged: OnceLock::new(),
            graph: OnceLock::new(),
            search: OnceLock::new(),
            matcher: OnceLock::new(),
            questions: OnceLock::new(),
            decisions: OnceLock::new(),
        }
    }

    /// The same with its graph, so that who asks first does not wait for it.
    ///
    /// # Panics
    /// Where a relationship or a decision names an entity that is not in the state.
    pub fn build(state: State) -> Self {
        let snapshot = Self::of(state);
        snapshot.graph();
        snapshot
    }

    fn merged(&self) -> Option<&Merged> {
        self.merged.get_or_init(|| merged(&self.stored)).as_ref()
    }

    /// The values that readers see, in which entities that were decided to be the same are one, and the change log
    /// without its changes. Graph, index and matcher are built of it: their positions are positions in its lists.
    pub fn state(&self) -> &State {
        self.merged().map_or(&self.stored, |merged| &merged.state)
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

    /// The graph that is walked. Built when first asked for.
    pub fn graph(&self) -> &Graph {
        self.graph.get_or_init(|| {
            let decisions = &self.stored.decisions;
            let asked = self.questions().iter().map(|&position| &decisions[position]);
            let apart = decisions.iter().filter(|decision| decision.verdict == Verdict::Different);
            let redirects = self.merged().map(|merged| merged.redirects.clone()).unwrap_or_default();
            Graph::build(self.state())
                .redirected(redirects)
                .doubting(asked.map(|decision| pair(decision)), apart.map(|decision| pair(decision)))
        })
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

fn pair(decision: &Decision) -> (&str, &str) {
    (decision.one.as_str(), decision.other.as_str())
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("revision", &self.stored.revision()).finish_non_exhaustive()
    }
}
