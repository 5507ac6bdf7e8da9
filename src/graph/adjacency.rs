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
    /// Where the incidences of each entity with others of each kind start, by entity and then by kind; and the total.
    starts: Vec<u32>,
    incidences: Vec<Incidence>,
    /// Of which kinds the others of each entity are. They stay in the processor's cache where the starts do not, and most
    /// entities have no others of the kinds that a walk asks for.
    others: Vec<EntityKinds>,
}

const KINDS: usize = EntityKind::ALL.len();

impl Adjacency {
    /// From pairs of ends in the order of relationships. *O(V + E log E)*.
    pub(super) fn build(
        kinds: &[EntityKind],
        relationships: impl Iterator<Item = (EntityIndex, RelationshipKind, EntityIndex)> + Clone,
    ) -> Self {
        let place = |end: EntityIndex, other: EntityIndex| end.position() * KINDS + kinds[other.position()] as usize;
        let mut starts = vec![0_u32; kinds.len() * KINDS + 1];
        let mut others = vec![EntityKinds::NONE; kinds.len()];
        for (source, _, target) in relationships.clone() {
            for (end, other) in [(source, target), (target, source)] {
                starts[place(end, other) + 1] += 1;
                let others = &mut others[end.position()];
                *others = others.with(kinds[other.position()]);
            }
        }
        for position in 1..starts.len() {
            starts[position] += starts[position - 1];
        }
        let unfilled = Incidence {
            other: EntityIndex(0),
            relationship: RelationshipIndex(0),
            kind: RelationshipKind::PartOf,
            other_kind: EntityKind::University,
            forward: true,
        };
        let total = starts.last().map_or(0, |&total| total as usize);
        let mut incidences = vec![unfilled; total];
        let mut next = starts.clone();
        for (position, (source, kind, target)) in relationships.enumerate() {
            let relationship = RelationshipIndex(position as u32);
            for (end, other, forward) in [(source, target, true), (target, source, false)] {
                let next = &mut next[place(end, other)];
                let other_kind = kinds[other.position()];
                incidences[*next as usize] = Incidence { other, relationship, kind, other_kind, forward };
                *next += 1;
            }
        }
        for bounds in starts.windows(2) {
            incidences[bounds[0] as usize..bounds[1] as usize]
                .sort_unstable_by_key(|incidence| (incidence.other, incidence.relationship));
        }
        Self { starts, incidences, others }
    }

    /// All incidences of an entity.
    pub(super) fn of(&self, entity: EntityIndex) -> &[Incidence] {
        self.between(entity, 0, KINDS)
    }

    /// The incidences of an entity whose other end is of one of these kinds, as a slice per run of kinds. *O(1)* each.
    pub(super) fn of_kinds(&self, entity: EntityIndex, kinds: EntityKinds) -> impl Iterator<Item = &[Incidence]> {
        kinds.runs().map(move |(first, past)| self.between(entity, first, past))
    }

    /// Where the incidences of an entity with others of a run of kinds stand among all; nowhere where there are none.
    pub(super) fn places(&self, entity: EntityIndex, (first, past): (usize, usize)) -> std::ops::Range<usize> {
        if !self.others[entity.position()].meets(first, past) {
            return 0..0;
        }
        let row = entity.position() * KINDS;
        self.starts[row + first] as usize..self.starts[row + past] as usize
    }

    /// The incidences at some places.
    pub(super) fn at(&self, places: std::ops::Range<usize>) -> &[Incidence] {
        &self.incidences[places]
    }

    /// The incidences of an entity with one other, which is of this kind. *O(log d)* for an entity of degree *d*.
    pub(super) fn joining(&self, entity: EntityIndex, other: EntityIndex, kind: EntityKind) -> &[Incidence] {
        let of_kind = self.between(entity, kind as usize, kind as usize + 1);
        let start = of_kind.partition_point(|incidence| incidence.other < other);
        let length = of_kind[start..].partition_point(|incidence| incidence.other == other);
        &of_kind[start..start + length]
    }

    fn between(&self, entity: EntityIndex, first: usize, past: usize) -> &[Incidence] {
        self.at(self.places(entity, (first, past)))
    }
}

/// The runs of parallel relationships: each has one other end.
pub(super) fn by_other(incidences: &[Incidence]) -> impl Iterator<Item = &[Incidence]> {
    incidences.chunk_by(|one, next| one.other == next.other)
}
