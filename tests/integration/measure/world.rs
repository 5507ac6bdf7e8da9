//! Small graphs: some entities of mixed kinds and some relationships, a few of them parallel.

use std::sync::Arc;

use consortia::graph::Graph;
use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use consortia::model::state::State;
use proptest::prelude::*;

/// The kind of the entity at a position.
pub(super) fn kind(position: usize) -> EntityKind {
    const KINDS: [EntityKind; 6] = [
        EntityKind::University,
        EntityKind::Hospital,
        EntityKind::Consortium,
        EntityKind::University,
        EntityKind::Event,
        EntityKind::Topic,
    ];
    KINDS[position % KINDS.len()]
}

/// A graph by its relationships, as pairs of positions; a pair named twice is joined by two, named again by no more.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) count: usize,
    pub(super) pairs: Vec<(usize, usize)>,
}

impl World {
    /// Graphs of up to so many entities.
    pub(super) fn of_at_most(most: usize) -> impl Strategy<Value = Self> {
        (1..=most).prop_flat_map(|count| {
            let pair = (0..count, 0..count).prop_filter("nobody is related to itself", |(one, other)| one != other);
            let pairs =
                if count == 1 { Just(Vec::new()).boxed() } else { prop::collection::vec(pair, 0..=2 * count).boxed() };
            pairs.prop_map(move |pairs| Self { count, pairs })
        })
    }

    /// How many relationships join each two.
    pub(super) fn weights(&self) -> Vec<Vec<f64>> {
        let mut weights = vec![vec![0.0_f64; self.count]; self.count];
        for &(one, other) in &self.pairs {
            let weight = (weights[one][other] + 1.0).min(2.0);
            (weights[one][other], weights[other][one]) = (weight, weight);
        }
        weights
    }

    /// 1 where two are tied.
    pub(super) fn ties(&self) -> Vec<Vec<f64>> {
        self.weights().into_iter().map(|row| row.into_iter().map(|weight| weight.min(1.0)).collect()).collect()
    }

    pub(super) fn graph(&self) -> Graph {
        let citation = Citation {
            document: DocumentId::new("report").unwrap(),
            locator: None,
            strength: Strength::Stated,
            note: None,
        };
        let ids: Vec<EntityId> = (0..self.count).map(|at| EntityId::new(&format!("e{at:03}")).unwrap()).collect();
        let entities = ids.iter().enumerate().map(|(at, id)| {
            let mut record = EntityRecord::new(id.clone(), kind(at), format!("Entity {at:03}"));
            record.citations = vec![citation.clone()];
            Arc::new(Versioned { revision: 1, value: Entity::new(record).unwrap() })
        });
        let weights = self.weights();
        let mut relationships = Vec::new();
        for (one, row) in weights.iter().enumerate() {
            for (other, &weight) in row.iter().enumerate().skip(one + 1) {
                let kinds = [RelationshipKind::AffiliatedWith, RelationshipKind::CollaboratesWith];
                for &kind in &kinds[..weight as usize] {
                    let mut record = RelationshipRecord::new(ids[one].clone(), kind, ids[other].clone());
                    record.citations = vec![citation.clone()];
                    relationships.push(Relationship::new(record).unwrap());
                }
            }
        }
        relationships.sort_by(|one, other| one.id().cmp(other.id()));
        let versioned = |value| Arc::new(Versioned { revision: 1, value });
        Graph::build(&State {
            entities: entities.collect(),
            relationships: relationships.into_iter().map(versioned).collect(),
            ..State::default()
        })
    }
}
