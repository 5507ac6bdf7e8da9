//! What the paths of a walk have met, so that a path mode can refuse a step, and how that is taken back.

use fixedbitset::FixedBitSet;

use crate::graph::Graph;
use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::pattern::condition::NOTHING;
use crate::graph::pattern::plan::program::Step;
use crate::graph::pattern::query::Query;
use crate::graph::pattern::syntax::ast::Mode;

/// What each chain's path has met, and in which order.
pub(super) struct Met {
    chains: Vec<OfChain>,
    undo: Vec<Undo>,
}

struct OfChain {
    entities: FixedBitSet,
    relationships: FixedBitSet,
    first: u32,
    /// Whether it has come back to where it started.
    closed: bool,
}

enum Undo {
    Entity(usize, u32),
    Relationship(usize, u32),
    Closed(usize),
}

impl Met {
    pub(super) fn new(graph: &Graph, query: &Query) -> Self {
        let chains = query.chains.iter().map(|chain| OfChain {
            entities: FixedBitSet::with_capacity(match chain.mode {
                Mode::Acyclic | Mode::Simple => graph.entity_count(),
                Mode::Walk | Mode::Trail => 0,
            }),
            relationships: FixedBitSet::with_capacity(match chain.mode {
                Mode::Trail => graph.relationship_count(),
                Mode::Walk | Mode::Acyclic | Mode::Simple => 0,
            }),
            first: NOTHING,
            closed: false,
        });
        Self { chains: chains.collect(), undo: Vec::new() }
    }

    /// Begins the path of a chain at an entity.
    pub(super) fn begin(&mut self, chain: usize, entity: u32) {
        let met = &mut self.chains[chain];
        if !met.entities.is_empty() {
            met.entities.insert(entity as usize);
            met.first = entity;
            self.undo.push(Undo::Entity(chain, entity));
        }
    }

    /// Whether the mode of the path allows a step; it is noted then.
    pub(super) fn admits(&mut self, step: &Step, other: EntityIndex, relationship: RelationshipIndex) -> bool {
        let (chain, met) = (step.chain, &mut self.chains[step.chain]);
        match step.mode {
            Mode::Walk => true,
            Mode::Trail => {
                let is_new = !met.relationships.put(relationship.position());
                if is_new {
                    self.undo.push(Undo::Relationship(chain, relationship.0));
                }
                is_new
            }
            Mode::Acyclic => {
                let is_new = !met.entities.put(other.position());
                if is_new {
                    self.undo.push(Undo::Entity(chain, other.0));
                }
                is_new
            }
            Mode::Simple => {
                if met.closed {
                    return false;
                }
                if !met.entities.put(other.position()) {
                    self.undo.push(Undo::Entity(chain, other.0));
                    return true;
                }
                met.closed = met.first == other.0;
                if met.closed {
                    self.undo.push(Undo::Closed(chain));
                }
                met.closed
            }
        }
    }

    /// A moment to come back to.
    pub(super) fn moment(&self) -> usize {
        self.undo.len()
    }

    /// Forgets all that was met since a moment.
    pub(super) fn back_to(&mut self, moment: usize) {
        for undo in self.undo.drain(moment..).rev() {
            match undo {
                Undo::Entity(chain, entity) => self.chains[chain].entities.remove(entity as usize),
                Undo::Relationship(chain, relationship) => {
                    self.chains[chain].relationships.remove(relationship as usize);
                }
                Undo::Closed(chain) => self.chains[chain].closed = false,
            }
        }
    }
}
