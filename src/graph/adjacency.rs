//! The relationships of each entity as one sorted slice: what walks read instead of petgraph's linked lists.

use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

use super::index::{EntityIndex, RelationshipIndex};
use super::kinds::EntityKinds;

/// A relationship, seen from one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Incidence {
    pub(super) other: EntityIndex,
    pub(super) relationship: RelationshipIndex,
    pub(super) kind: RelationshipKind,
    pub(super) other_kind: EntityKind,
    /// Whether it leads away from the end it is seen from.
    pub(super) forward: bool,
}

/// For each entity its incidences by the other end's kind, the other end, the relationship.
///
/// The kind comes first so that a walk that only wants hospitals reads only hospitals; then the other end, so that
/// parallel relationships are neighbors.
pub(super) struct Adjacency {
    starts: Vec<u32>,
    incidences: Vec<Incidence>,
}

impl Adjacency {
    /// From pairs of ends in the order of relationships. *O(V + E log E)*.
    pub(super) fn build(
        kinds: &[EntityKind],
        relationships: impl Iterator<Item = (EntityIndex, RelationshipKind, EntityIndex)> + Clone,
    ) -> Self {
        let mut starts = vec![0_u32; kinds.len() + 1];
        for (source, _, target) in relationships.clone() {
            starts[source.position() + 1] += 1;
            starts[target.position() + 1] += 1;
        }
        for position in 1..starts.len() {
            starts[position] += starts[position - 1];
        }
        let total = starts.last().map_or(0, |&total| total as usize);
        let unfilled = Incidence {
            other: EntityIndex(0),
            relationship: RelationshipIndex(0),
            kind: RelationshipKind::PartOf,
            other_kind: EntityKind::University,
            forward: true,
        };
        let mut incidences = vec![unfilled; total];
        let mut next = starts.clone();
        for (position, (source, kind, target)) in relationships.enumerate() {
            for (end, other, forward) in [(source, target, true), (target, source, false)] {
                let place = &mut next[end.position()];
                incidences[*place as usize] = Incidence {
                    other,
                    relationship: RelationshipIndex(position as u32),
                    kind,
                    other_kind: kinds[other.position()],
                    forward,
                };
                *place += 1;
            }
        }
        for entity in 0..kinds.len() {
            incidences[starts[entity] as usize..starts[entity + 1] as usize]
                .sort_unstable_by_key(|incidence| (incidence.other_kind, incidence.other, incidence.relationship));
        }
        Self { starts, incidences }
    }

    /// All incidences of an entity.
    pub(super) fn of(&self, entity: EntityIndex) -> &[Incidence] {
        let position = entity.position();
        &self.incidences[self.starts[position] as usize..self.starts[position + 1] as usize]
    }

    /// The incidences of an entity whose other end is of one of these kinds, as a slice per run of kinds.
    /// *O(k log d)* for *k* kinds and *d* relationships.
    pub(super) fn of_kinds(&self, entity: EntityIndex, kinds: EntityKinds) -> impl Iterator<Item = &[Incidence]> {
        let all = self.of(entity);
        let everything = (kinds == EntityKinds::ALL).then_some(all);
        let by_kind = kinds.and(if everything.is_some() { EntityKinds::NONE } else { EntityKinds::ALL });
        everything.into_iter().chain(by_kind.iter().map(move |kind| of_kind(all, kind)))
    }
}

/// The part of an entity's incidences whose other end is of one kind.
pub(super) fn of_kind(incidences: &[Incidence], kind: EntityKind) -> &[Incidence] {
    let start = incidences.partition_point(|incidence| incidence.other_kind < kind);
    let length = incidences[start..].partition_point(|incidence| incidence.other_kind == kind);
    &incidences[start..start + length]
}

/// The runs of parallel relationships: each has one other end.
pub(super) fn by_other(incidences: &[Incidence]) -> impl Iterator<Item = &[Incidence]> {
    incidences.chunk_by(|one, next| one.other == next.other)
}
