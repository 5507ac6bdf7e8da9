//! The contract's words, done the slow way on the lists of a state: every walk is enumerated, nothing is indexed.

use std::collections::{BTreeMap, BTreeSet};

use consortia::graph::{Direction, PathWeights, ViewSpec};
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{EntityKind, Family};
use consortia::model::relationship::{Relationship, RelationshipKind};
use consortia::model::state::State;
use consortia::model::text;

use super::holding::Holding;
use super::seeds::{EntitySeed, RelationshipSeed};

/// A walk: entities and relationships by their positions in the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Walk {
    pub(super) entities: Vec<usize>,
    pub(super) relationships: Vec<usize>,
}

/// A state, seen through a view.
pub(super) struct Seen<'a> {
    pub(super) state: &'a State,
    spec: &'a ViewSpec,
    pub(super) entities: Vec<bool>,
    pub(super) relationships: Vec<bool>,
    pub(super) ends: Vec<(usize, usize)>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(state: &'a State, spec: &'a ViewSpec) -> Self {
        let place = |id: &str| state.entities.iter().position(|entity| entity.id.as_str() == id).unwrap();
        let ends: Vec<_> = state
            .relationships
            .iter()
            .map(|relationship| (place(relationship.source.as_str()), place(relationship.target.as_str())))
            .collect();
        let mut seen = Self { state, spec, entities: Vec::new(), relationships: Vec::new(), ends };
        let holding = Holding { state, ends: &seen.ends };
        let held: Vec<bool> =
            (0..seen.ends.len()).map(|relationship| holding.relationship(relationship, spec)).collect();
        let was_there: Vec<bool> = (0..state.entities.len()).map(|entity| holding.entity(entity, spec)).collect();
        let own: Vec<bool> =
            (0..held.len()).map(|r| held[r] && seen.passes_own_tests(&state.relationships[r])).collect();
        let may: Vec<bool> = state
            .entities
            .iter()
            .zip(was_there)
            .map(|(entity, was_there)| spec.entity_kinds.is_none_or(|kinds| kinds.contains(entity.kind)) && was_there)
            .collect();
        seen.relationships = (0..own.len()).map(|r| own[r] && may[seen.ends[r].0] && may[seen.ends[r].1]).collect();
        seen.entities = (0..may.len())
            .map(|e| {
                let cited = state.entities[e].citations.iter().any(|citation| seen.is_shown(citation));
                let is_end =
                    (0..own.len()).any(|r| seen.relationships[r] && (seen.ends[r].0 == e || seen.ends[r].1 == e));
                may[e] && (cited || is_end)
            })
            .collect();
        seen
    }

    pub(super) fn is_shown(&self, citation: &Citation) -> bool {
        citation.strength >= self.spec.strength
            && self.spec.documents.as_ref().is_none_or(|documents| documents.contains(&citation.document))
    }

    fn passes_own_tests(&self, relationship: &Relationship) -> bool {
        self.spec.relationship_kinds.is_none_or(|kinds| kinds.contains(relationship.kind))
            && relationship.citations.iter().any(|citation| self.is_shown(citation))
    }

    pub(super) fn kind(&self, entity: usize) -> EntityKind {
        self.state.entities[entity].kind
    }

    /// The relationships in the view at an entity, each with its other end.
    pub(super) fn around(&self, entity: usize) -> Vec<(usize, usize)> {
        let other = |r: usize| {
            let (source, target) = self.ends[r];
            let other = if source == entity { Some(target) } else { (target == entity).then_some(source) };
            other.filter(|_| self.relationships[r]).map(|other| (r, other))
        };
        (0..self.ends.len()).filter_map(other).collect()
    }

    pub(super) fn passes(&self, seed: &EntitySeed, entity: usize) -> bool {
        let record = &self.state.entities[entity];
        let has = |filter: &RelationshipSeed| {
            self.around(entity).into_iter().any(|(r, _)| self.relationship_passes(filter, r, entity))
        };
        seed.ids.as_ref().is_none_or(|ids| ids.contains(&entity))
            && seed.kinds.as_ref().is_none_or(|kinds| kinds.contains(&record.kind))
            && seed
                .countries
                .as_ref()
                .is_none_or(|countries| record.country.is_some_and(|country| countries.contains(&country.as_str())))
            && seed.topics.as_ref().is_none_or(|topics| {
                self.around(entity).into_iter().any(|(r, other)| {
                    self.state.relationships[r].kind == RelationshipKind::Concerns
                        && self.ends[r].0 == entity
                        && self.kind(other) == EntityKind::Topic
                        && topics.contains(&other)
                })
            })
            && seed.some.as_ref().is_none_or(|filter| has(filter))
            && seed.none.as_ref().is_none_or(|filter| !has(filter))
            && seed.and.as_ref().is_none_or(|seeds| seeds.iter().all(|seed| self.passes(seed, entity)))
            && seed.or.as_ref().is_none_or(|seeds| seeds.iter().any(|seed| self.passes(seed, entity)))
            && seed.not.as_ref().is_none_or(|seed| !self.passes(seed, entity))
    }

    pub(super) fn relationship_passes(&self, seed: &RelationshipSeed, relationship: usize, at: usize) -> bool {
        let record = &self.state.relationships[relationship];
        let (source, target) = self.ends[relationship];
        let other = if source == at { target } else { source };
        seed.kinds.as_ref().is_none_or(|kinds| kinds.contains(&record.kind))
            && match seed.direction {
                Direction::Out => source == at,
                Direction::In => target == at,
                Direction::Both => true,
            }
            && seed.role.is_none_or(|asked| {
                record.role.as_ref().is_some_and(|role| text::folded(role).contains(&text::folded(asked)))
            })
            && record.citations.iter().any(|citation| {
                self.is_shown(citation)
                    && citation.strength >= seed.strength.unwrap_or(Strength::Inferred)
                    && seed.documents.as_ref().is_none_or(|documents| documents.contains(&citation.document.as_str()))
            })
            && seed.other.as_ref().is_none_or(|filter| self.passes(filter, other))
    }

    /// Every walk in the view from an entity, of 1 to `most` steps that pass `via`, that comes to no entity twice.
    pub(super) fn walks(&self, from: usize, most: usize, via: &RelationshipSeed) -> Vec<Walk> {
        let mut walks = Vec::new();
        let mut open = vec![Walk { entities: vec![from], relationships: vec![] }];
        while let Some(walk) = open.pop() {
            if walk.relationships.len() == most {
                continue;
            }
            let at = *walk.entities.last().unwrap();
            for (relationship, other) in self.around(at) {
                if !walk.entities.contains(&other) && self.relationship_passes(via, relationship, at) {
                    let mut longer = walk.clone();
                    longer.entities.push(other);
                    longer.relationships.push(relationship);
                    walks.push(longer.clone());
                    open.push(longer);
                }
            }
        }
        walks
    }

    /// The preferred name as it is sorted.
    pub(super) fn sort_name(&self, entity: usize) -> String {
        text::folded(&self.state.entities[entity].name)
    }
}

/// A link as the contract defines it, with all of its walks in their order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NaiveLink {
    pub(super) entity: usize,
    pub(super) from: BTreeSet<usize>,
    pub(super) through: BTreeSet<usize>,
    pub(super) walks: Vec<Walk>,
}

pub(super) fn links(
    seen: &Seen<'_>,
    from: &[usize],
    through: &EntitySeed,
    to: &EntitySeed,
    via: &RelationshipSeed,
    reach: usize,
) -> Vec<NaiveLink> {
    let via_names_persons = via.kinds.iter().flatten().any(|kind| {
        [RelationshipKind::Signed, RelationshipKind::Witnessed].contains(kind)
            || kind.spec().sources.iter().all(|&family| family == Family::Person)
            || kind.spec().targets.iter().all(|&family| family == Family::Person)
    }) || via.other.as_ref().is_some_and(names_person);
    let may_step = |entity: usize, named: bool| match seen.kind(entity).family() {
        Family::Topic => false,
        Family::Person => via_names_persons || named,
        Family::Organization | Family::Agreement | Family::Event | Family::Program => true,
    };
    let mut links: BTreeMap<usize, NaiveLink> = BTreeMap::new();
    for &start in &from.iter().copied().collect::<BTreeSet<_>>() {
        for walk in seen.walks(start, 2 * reach, via) {
            let length = walk.relationships.len();
            let end = walk.entities[length];
            let middles: Vec<usize> = (1..length)
                .filter(|&middle| {
                    middle <= reach
                        && length - middle <= reach
                        && seen.passes(through, walk.entities[middle])
                        && (1..=length).all(|position| {
                            let named = (position == middle && names_person_or_id(seen, through))
                                || (position == length && names_person_or_id(seen, to));
                            may_step(walk.entities[position], named)
                        })
                })
                .map(|middle| walk.entities[middle])
                .collect();
            if middles.is_empty() || !seen.passes(to, end) {
                continue;
            }
            let link = links.entry(end).or_insert_with(|| NaiveLink {
                entity: end,
                from: BTreeSet::new(),
                through: BTreeSet::new(),
                walks: Vec::new(),
            });
            link.from.insert(start);
            link.through.extend(middles);
            link.walks.push(walk);
        }
    }
    let mut links: Vec<_> = links.into_values().collect();
    for link in &mut links {
        link.walks.sort_by_key(|walk| (walk.relationships.len(), walk.relationships.clone()));
    }
    links.sort_by(|one, other| {
        (one.walks[0].relationships.len().cmp(&other.walks[0].relationships.len()))
            .then(other.from.len().cmp(&one.from.len()))
            .then(other.through.len().cmp(&one.through.len()))
            .then(seen.sort_name(one.entity).cmp(&seen.sort_name(other.entity)))
            .then(one.entity.cmp(&other.entity))
    });
    links
}

/// Whether a filter of a place asks for persons by name, or for one by its id, outside `not`.
fn names_person_or_id(seen: &Seen<'_>, seed: &EntitySeed) -> bool {
    let in_parts = |parts: &Option<Vec<EntitySeed>>| parts.iter().flatten().any(|part| names_person_or_id(seen, part));
    names_person(seed)
        || seed
            .ids
            .iter()
            .flatten()
            .any(|&entity| seen.state.entities.get(entity).is_some_and(|entity| entity.kind == EntityKind::Person))
        || in_parts(&seed.and)
        || in_parts(&seed.or)
}

/// Whether a filter asks for persons by name, outside `not`.
fn names_person(seed: &EntitySeed) -> bool {
    seed.kinds.iter().flatten().any(|&kind| kind == EntityKind::Person)
        || seed.and.iter().flatten().any(names_person)
        || seed.or.iter().flatten().any(names_person)
}

/// All simple paths between each pair, in the order of the contract.
pub(super) fn simple_paths(
    seen: &Seen<'_>,
    from: &[usize],
    to: &[usize],
    most: usize,
    avoid: Option<&EntitySeed>,
    via: &RelationshipSeed,
) -> Vec<Walk> {
    let mut paths = Vec::new();
    for &start in &from.iter().copied().collect::<BTreeSet<_>>() {
        for walk in seen.walks(start, most, via) {
            let length = walk.relationships.len();
            let between = &walk.entities[1..length];
            if to.contains(&walk.entities[length])
                && !between.iter().any(|&entity| avoid.is_some_and(|seed| seen.passes(seed, entity)))
            {
                paths.push(walk);
            }
        }
    }
    paths.sort_by_key(|path| (path.relationships.len(), path.entities.clone(), path.relationships.clone()));
    paths
}

/// Of sorted paths those that are as short as the shortest of their pair; only the first of each pair if asked.
pub(super) fn shortest(paths: &[Walk], only_first: bool) -> Vec<Walk> {
    let mut lengths: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for path in paths {
        let length = path.relationships.len();
        let pair = (path.entities[0], path.entities[length]);
        match lengths.get(&pair) {
            None => {
                lengths.insert(pair, length);
                kept.push(path.clone());
            }
            Some(&least) if least == length && !only_first => kept.push(path.clone()),
            Some(_) => {}
        }
    }
    kept
}

/// What a walk costs, from the words of [`PathWeights`]: the shares as -ln in billionths, each rounded.
pub(super) fn cost(seen: &Seen<'_>, weights: &PathWeights, walk: &Walk) -> i64 {
    let costs = |share: f64| (-share.ln() * 1e9).round() as i64;
    let today = weights.as_of.as_ref().expect("the seeds give a date").last_day();
    let step = |&position: &usize| {
        let record = &seen.state.relationships[position];
        let shares = weights.kinds.iter().rev().find(|(kind, _)| *kind == record.kind);
        let stated = record.citations.iter().any(|c| seen.is_shown(c) && c.strength == Strength::Stated);
        let last = match (&record.since, &record.until) {
            (None, None) => None,
            (_, Some(until)) => Some(until.last_day()),
            (Some(since), None) => Some(if is_state(record.kind) { today } else { since.last_day() }),
        };
        let aged = weights.half_life.map_or(0.0, |years| match last {
            None => 2_f64.ln() * 1e9,
            Some(day) => f64::from((today - day).max(0)) * 2_f64.ln() * 1e9 / (years * 365.25),
        });
        costs(weights.step)
            + shares.map_or(0, |&(_, share)| costs(share))
            + if stated { 0 } else { costs(weights.inferred) }
            + aged.round() as i64
    };
    walk.relationships.iter().map(step).sum()
}

/// "is …", as against "did …".
pub(super) fn is_state(kind: RelationshipKind) -> bool {
    [
        "PART_OF",
        "AFFILIATED_WITH",
        "MEMBER_OF",
        "COLLABORATES_WITH",
        "PARTY_TO",
        "HOLDS_POST_AT",
        "OFFERS",
        "FUNDED",
        "CONCERNS",
    ]
    .contains(&kind.name())
}

/// Of paths the `k` cheapest of each pair; equally cheap ones in the order of the contract.
pub(super) fn best(paths: &[Walk], k: usize, cost: impl Fn(&Walk) -> i64) -> Vec<Walk> {
    let mut sorted = paths.to_vec();
    sorted
        .sort_by_key(|walk| (cost(walk), walk.relationships.len(), walk.entities.clone(), walk.relationships.clone()));
    let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    sorted.retain(|walk| {
        let count = counts.entry((walk.entities[0], walk.entities[walk.relationships.len()])).or_default();
        *count += 1;
        *count <= k
    });
    sorted
}
