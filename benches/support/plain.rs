//! The flat adjacency that loops by hand run over.

use consortia::graph::{Direction, Graph};
use consortia::model::entity::EntityKind;
use consortia::model::relationship::RelationshipKind;

const KINDS: usize = EntityKind::ALL.len();

/// The relationships of each entity by the other end's kind: flat arrays, as the graph has them within.
pub(crate) struct Plain {
    pub(crate) kinds: Vec<EntityKind>,
    starts: Vec<u32>,
    ends: Vec<End>,
}

#[derive(Clone, Copy)]
pub(crate) struct End {
    pub(crate) other: u32,
    pub(crate) relationship: u32,
    pub(crate) kind: RelationshipKind,
    pub(crate) forward: bool,
}

impl Plain {
    pub(crate) fn of(graph: &Graph) -> Self {
        let kinds: Vec<EntityKind> = graph.entities().map(|entity| graph.entity(entity).kind).collect();
        let (mut starts, mut ends) = (vec![0], Vec::new());
        for entity in graph.entities() {
            let mut own: Vec<(EntityKind, End)> = graph
                .incident(entity, Direction::Both)
                .map(|(relationship, other, forward)| {
                    let kind = graph.relationship(relationship).kind;
                    let end = End {
                        other: other.position() as u32,
                        relationship: relationship.position() as u32,
                        kind,
                        forward,
                    };
                    (kinds[other.position()], end)
                })
                .collect();
            own.sort_by_key(|(kind, end)| (*kind, end.other, end.relationship));
            for kind in EntityKind::ALL {
                ends.extend(own.iter().filter(|(own, _)| *own == kind).map(|(_, end)| *end));
                starts.push(ends.len() as u32);
            }
        }
        Self { kinds, starts, ends }
    }

    pub(crate) fn of_kind(&self, entity: u32, kind: EntityKind) -> &[End] {
        let place = entity as usize * KINDS + kind as usize;
        &self.ends[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}
