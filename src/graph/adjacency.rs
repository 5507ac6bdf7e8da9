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
    rows: Vec<Row>,
    /// Where the incidences with others of a kind start, for each entity and each kind that its others are of; and the
    /// total.
    starts: Vec<u32>,
    incidences: Vec<Incidence>,
}

/// What is read of an entity first. Rows are small enough to stay in the processor's cache, and most of them say that
/// there are no others of the kinds that a walk asks for.
#[derive(Clone, Copy)]
struct Row {
    /// Of which kinds its others are.
    others: EntityKinds,
    /// Which of the starts is its first.
    first: u32,
}

const KINDS: usize = EntityKind::ALL.len();

impl Adjacency {
    /// From pairs of ends in the order of relationships. *O(V + E log E)*.
    pub(super) fn build(
        kinds: &[EntityKind],
        relationships: impl Iterator<Item = (EntityIndex, RelationshipKind, EntityIndex)> + Clone,
    ) -> Self {
        let place = |end: EntityIndex, other: EntityIndex| end.position() * KINDS + kinds[other.position()] as usize;
        let mut counts = vec![0_u32; kinds.len() * KINDS];
        for (source, _, target) in relationships.clone() {
            counts[place(source, target)] += 1;
            counts[place(target, source)] += 1;
        }
        let mut rows = Vec::with_capacity(kinds.len());
        let mut starts = Vec::new();
        let mut next = counts;
        let mut total = 0;
        for places in next.chunks_exact_mut(KINDS) {
            let mut row = Row { others: EntityKinds::NONE, first: starts.len() as u32 };
            for (kind, place) in EntityKind::ALL.into_iter().zip(places).filter(|(_, count)| **count > 0) {
                row.others = row.others.with(kind);
                starts.push(total);
                total += std::mem::replace(place, total);
            }
            rows.push(row);
        }
        starts.push(total);
        let unfilled = Incidence {
            other: EntityIndex(0),
            relationship: RelationshipIndex(0),
            kind: RelationshipKind::PartOf,
            other_kind: EntityKind::University,
            forward: true,
        };
        let mut incidences = vec![unfilled; total as usize];
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
        Self { rows, starts, incidences }
    }

    /// All incidences of an entity.
    pub(super) fn of(&self, entity: EntityIndex) -> &[Incidence] {
        self.between(entity, 0, KINDS)
    }

    /// The incidences of an entity whose other end is of one of these kinds, as a slice per run of kinds that is not
    /// empty. *O(1)* each.
    pub(super) fn of_kinds(&self, entity: EntityIndex, kinds: EntityKinds) -> impl Iterator<Item = &[Incidence]> {
        kinds
            .runs()
            .map(move |(first, past)| self.between(entity, first, past))
            .filter(|incidences| !incidences.is_empty())
    }

    /// Whether an entity has an incidence whose other end is of one of these kinds. *O(1)*.
    pub(super) fn leads_to(&self, entity: EntityIndex, kinds: EntityKinds) -> bool {
        self.rows[entity.position()].others.and(kinds) != EntityKinds::NONE
    }

    /// Where the incidences of an entity with others of a run of kinds stand among all; nowhere where there are none.
    pub(super) fn places(&self, entity: EntityIndex, (first, past): (usize, usize)) -> std::ops::Range<usize> {
        let row = self.rows[entity.position()];
        let (before, until) = (row.others.count_before(first), row.others.count_before(past));
        if before == until {
            return 0..0;
        }
        let first = row.first as usize;
        self.starts[first + before] as usize..self.starts[first + until] as usize
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
