//! Random worlds, views, filters and questions, in a form that belongs to no graph: entities are meant by position.

use consortia::graph::{
    Certainty, Direction, EntityFilter, EntityKinds, Graph, PathWeights, RelationshipFilter, RelationshipKinds,
    ViewSpec,
};
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::EntityKind;
use consortia::model::id::DocumentId;
use consortia::model::relationship::RelationshipKind;
use consortia::model::state::State;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::world::{DOCUMENTS, World, citation};

pub(super) const MOST_ENTITIES: usize = 7;
const ROLES: [&str; 5] = ["Président", "vice-president", "member", "planned", "guest (expected)"];

/// The id of the entity at a position.
pub(super) fn name(position: usize) -> String {
    format!("e{position}")
}

/// Which entities a question is about; positions that a graph does not have are left out of it.
#[derive(Clone, Debug, Default)]
pub(super) struct EntitySeed {
    pub(super) ids: Option<Vec<usize>>,
    pub(super) kinds: Option<Vec<EntityKind>>,
    pub(super) countries: Option<Vec<&'static str>>,
    pub(super) topics: Option<Vec<usize>>,
    pub(super) some: Option<Box<RelationshipSeed>>,
    pub(super) none: Option<Box<RelationshipSeed>>,
    pub(super) and: Option<Vec<EntitySeed>>,
    pub(super) or: Option<Vec<EntitySeed>>,
    pub(super) not: Option<Box<EntitySeed>>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct RelationshipSeed {
    pub(super) kinds: Option<Vec<RelationshipKind>>,
    pub(super) direction: Direction,
    pub(super) role: Option<&'static str>,
    pub(super) strength: Option<Strength>,
    pub(super) documents: Option<Vec<&'static str>>,
    pub(super) other: Option<EntitySeed>,
}

impl EntitySeed {
    pub(super) fn filter(&self, graph: &Graph) -> EntityFilter {
        let found = |positions: &Vec<usize>| {
            positions.iter().filter_map(|&position| graph.find_entity(&name(position))).collect()
        };
        let relationship = |seed: &RelationshipSeed| Box::new(seed.filter(graph));
        let each = |seeds: &Vec<Self>| seeds.iter().map(|seed| seed.filter(graph)).collect();
        EntityFilter {
            ids: self.ids.as_ref().map(found),
            kinds: self.kinds.as_ref().map(|kinds| kinds.iter().copied().collect()),
            countries: self
                .countries
                .as_ref()
                .map(|countries| countries.iter().map(|country| country.parse().unwrap()).collect()),
            cities: None,
            since: None,
            until: None,
            text: None,
            topics: self.topics.as_ref().map(found),
            identifier: None,
            quality: None,
            some: self.some.as_deref().map(relationship),
            none: self.none.as_deref().map(relationship),
            and: self.and.as_ref().map(each),
            or: self.or.as_ref().map(each),
            not: self.not.as_ref().map(|seed| Box::new(seed.filter(graph))),
        }
    }
}

impl RelationshipSeed {
    pub(super) fn filter(&self, graph: &Graph) -> RelationshipFilter {
        RelationshipFilter {
            kinds: self.kinds.as_ref().map(|kinds| kinds.iter().copied().collect()),
            direction: self.direction,
            role: self.role.map(RelationshipFilter::role),
            since: None,
            until: None,
            strength: self.strength,
            documents: self
                .documents
                .as_ref()
                .map(|documents| documents.iter().filter_map(|id| graph.find_document(id)).collect()),
            quality: None,
            other: self.other.as_ref().map(|seed| seed.filter(graph)),
        }
    }
}

fn entity_kind() -> impl Strategy<Value = EntityKind> {
    prop_oneof![
        3 => Just(EntityKind::University),
        2 => Just(EntityKind::Hospital),
        3 => Just(EntityKind::Consortium),
        2 => Just(EntityKind::Person),
        1 => Just(EntityKind::Agreement),
        2 => Just(EntityKind::Event),
        1 => Just(EntityKind::Program),
        2 => Just(EntityKind::Topic),
    ]
}

fn relationship_kind() -> impl Strategy<Value = RelationshipKind> {
    select(RelationshipKind::ALL.to_vec())
}

fn strength() -> impl Strategy<Value = Strength> {
    select(vec![Strength::Inferred, Strength::Stated])
}

fn citations() -> impl Strategy<Value = Vec<Citation>> {
    let one = (select(DOCUMENTS.to_vec()), strength());
    prop::collection::vec(one.prop_map(|(document, strength)| citation(document, strength)), 1..3)
}

/// A period, the start at or before the end.
fn period() -> impl Strategy<Value = (Option<String>, Option<String>)> {
    (weighted(0.5, 2000_u16..2004), weighted(0.5, 0_u16..3)).prop_map(|(start, length)| match (start, length) {
        (Some(start), Some(length)) => (Some(start.to_string()), Some(format!("{}-06", start + length))),
        (None, Some(length)) => (None, Some((2001 + length).to_string())),
        (start, None) => (start.map(|start| start.to_string()), None),
    })
}

/// A world of 2 to [`MOST_ENTITIES`] entities of all families, and a multigraph of relationships that fit their ends.
pub(super) fn state() -> impl Strategy<Value = State> {
    let entity = (entity_kind(), 0_u8..4, weighted(0.5, select(vec!["GB", "CN"])), period(), citations());
    let ends = (0..MOST_ENTITIES, 0..MOST_ENTITIES, any::<prop::sample::Index>());
    let relationship = (ends, weighted(0.4, select(ROLES.to_vec())), period(), citations());
    (prop::collection::vec(entity, 2..=MOST_ENTITIES), prop::collection::vec(relationship, 0..20)).prop_map(
        |(entities, relationships)| {
            let mut world = World::new();
            let kinds: Vec<_> = entities.iter().map(|entity| entity.0).collect();
            for (position, (kind, letter, country, (since, until), citations)) in entities.into_iter().enumerate() {
                world = world.entity_with(&name(position), kind, |record| {
                    // Few names, some of which differ only in case.
                    record.name = ["North", "north", "South", "Élan"][usize::from(letter)].into();
                    record.country = country.map(|country| country.parse().unwrap());
                    record.since = since.map(|date| date.parse().unwrap());
                    record.until = until.map(|date| date.parse().unwrap());
                    record.citations = citations;
                });
            }
            for ((source, target, choice), role, (since, until), citations) in relationships {
                let (source, target) = (source % kinds.len(), target % kinds.len());
                let fitting: Vec<_> = RelationshipKind::ALL
                    .into_iter()
                    .filter(|kind| {
                        let id = consortia::model::id::EntityId::new("x").unwrap();
                        // Fields of a classification are walked by a rule of their own, which the import of CORDIS tries.
                        let is_field = *kind == RelationshipKind::PartOf && kinds[source] == EntityKind::Topic;
                        kind.check_ends((&id, kinds[source]), (&id, kinds[target])).is_ok() && !is_field
                    })
                    .collect();
                if source == target || fitting.is_empty() {
                    continue;
                }
                world = world.related_with(&name(source), *choice.get(&fitting), &name(target), |record| {
                    record.role = role.map(Into::into);
                    record.since = since.map(|date| date.parse().unwrap());
                    record.until = until.map(|date| date.parse().unwrap());
                    record.citations = citations;
                });
            }
            world.state()
        },
    )
}

/// Ten organizations with many relationships among them: more alternatives than a half of a link keeps.
pub(super) fn dense_state() -> impl Strategy<Value = State> {
    let kind = select(vec![EntityKind::University, EntityKind::Hospital, EntityKind::Consortium]);
    let kinds = prop::collection::vec(kind, 10);
    let pairs: Vec<(usize, usize)> =
        (0..10).flat_map(|one| (0..10).filter(move |&other| other != one).map(move |other| (one, other))).collect();
    (kinds, prop::sample::subsequence(pairs, 8..40)).prop_map(|(kinds, pairs)| {
        let mut world = World::new();
        for (position, kind) in kinds.into_iter().enumerate() {
            world = world.entity(&name(position), kind);
        }
        for (one, other) in pairs {
            world = world.related(&name(one), RelationshipKind::CollaboratesWith, &name(other));
        }
        world.state()
    })
}

pub(super) fn view() -> impl Strategy<Value = ViewSpec> {
    let without = |absent: Vec<EntityKind>| EntityKinds::ALL.iter().filter(|kind| !absent.contains(kind)).collect();
    let without_relationships =
        |absent: Vec<RelationshipKind>| RelationshipKinds::ALL.iter().filter(|kind| !absent.contains(kind)).collect();
    (
        weighted(0.3, select(vec!["2001", "2002-03/2003", "../2000", "2003-01-01"])),
        (
            prop::bool::weighted(0.8),
            select(vec![Certainty::Known, Certainty::Assumed, Certainty::Assumed, Certainty::Possible]),
        ),
        weighted(0.3, prop::collection::vec(relationship_kind(), 1..6)),
        weighted(0.3, prop::collection::vec(entity_kind(), 1..3)),
        prop_oneof![3 => Just(Strength::Inferred), 1 => Just(Strength::Stated)],
        weighted(0.2, prop::collection::vec(select(DOCUMENTS.to_vec()), 0..3)),
    )
        .prop_map(move |(as_of, (undated, certainty), relationship_kinds, entity_kinds, strength, documents)| {
            ViewSpec {
                as_of: as_of.map(|date| date.parse().unwrap()),
                certainty,
                undated,
                relationship_kinds: relationship_kinds.map(without_relationships),
                entity_kinds: entity_kinds.map(without),
                strength,
                documents: documents.map(|ids| ids.into_iter().map(|id| DocumentId::new(id).unwrap()).collect()),
            }
        })
}

/// A filter of entities; nested `deep` times at most.
pub(super) fn entities(deep: u32) -> BoxedStrategy<EntitySeed> {
    let plain = (
        weighted(0.15, prop::collection::vec(0..MOST_ENTITIES, 0..5)),
        weighted(0.5, prop::collection::vec(entity_kind(), 0..5)),
        weighted(0.1, prop::collection::vec(select(vec!["GB", "CN"]), 0..2)),
        weighted(0.1, prop::collection::vec(0..MOST_ENTITIES, 0..4)),
    )
        .prop_map(|(ids, kinds, countries, topics)| EntitySeed {
            ids,
            kinds,
            countries,
            topics,
            ..EntitySeed::default()
        });
    if deep == 0 {
        return plain.boxed();
    }
    let some_of = move || prop::collection::vec(entities(deep - 1), 0..3);
    (
        plain,
        weighted(0.15, relationships(deep - 1)),
        weighted(0.15, relationships(deep - 1)),
        weighted(0.15, some_of()),
        weighted(0.15, some_of()),
        weighted(0.15, entities(deep - 1)),
    )
        .prop_map(|(plain, some, none, and, or, not)| EntitySeed {
            some: some.map(Box::new),
            none: none.map(Box::new),
            and,
            or,
            not: not.map(Box::new),
            ..plain
        })
        .boxed()
}

/// A filter of relationships; nested `deep` times at most.
pub(super) fn relationships(deep: u32) -> BoxedStrategy<RelationshipSeed> {
    let other = if deep == 0 { entities(0) } else { entities(deep - 1) };
    (
        weighted(0.3, prop::collection::vec(relationship_kind(), 0..12)),
        prop_oneof![4 => Just(Direction::Both), 1 => Just(Direction::Out), 1 => Just(Direction::In)],
        weighted(0.1, select(vec!["PRESIDENT", "member"])),
        weighted(0.15, strength()),
        weighted(0.1, prop::collection::vec(select(DOCUMENTS.to_vec()), 0..3)),
        weighted(0.15, other),
    )
        .prop_map(|(kinds, direction, role, strength, documents, other)| RelationshipSeed {
            kinds,
            direction,
            role,
            strength,
            documents,
            other,
        })
        .boxed()
}

pub(super) fn positions() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..MOST_ENTITIES, 1..4)
}

/// Weights with a date, so that they mean the same in every graph.
pub(super) fn weights() -> impl Strategy<Value = PathWeights> {
    let share = || select(vec![0.25, 0.5, 0.9, 1.0]);
    let kinds = prop::collection::vec((relationship_kind(), share()), 0..6);
    (share(), share(), weighted(0.7, select(vec![0.5, 2.0, 10.0])), select(vec!["2001-06-30", "2003", "2010"]), kinds)
        .prop_map(|(step, inferred, half_life, as_of, kinds)| PathWeights {
            step,
            inferred,
            half_life,
            as_of: Some(as_of.parse().unwrap()),
            kinds,
        })
}
