//! When something is taken to hold that has no dates of its own, and when it is known to: what `docs/time.md` has as a
//! table. It is worked out once for a graph, so that a walk compares days and nothing else.

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};

use crate::model::citation::Document;
use crate::model::edtf::{Day, EdtfDate, day_of};
use crate::model::entity::{Entity, EntityKind, Family};
use crate::model::relationship::{Relationship, RelationshipKind};
use crate::model::state::State;

use super::facts::{Basis, EntityFacts, RelationshipFacts};
use super::support::Support;

/// A first and a last day. Of what is known to hold, the latest that its start and the earliest that its end may mean.
pub(super) type Days = (Day, Day);

/// Holds on no day.
const NEVER: Days = (Day::MAX, Day::MIN);
const ALWAYS: Days = (Day::MIN, Day::MAX);

/// The days on which what is in a graph is known to hold, by position.
#[derive(Default)]
pub(super) struct Known {
    pub(super) entities: Vec<Days>,
    pub(super) relationships: Vec<Days>,
}

/// How sure a view of a date has to be that something held then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// Under every reading of its dates; what has none, from when a document says so.
    Known,
    /// Under some reading of its dates; what has none, while what it belongs to did, or from when a document says so.
    #[default]
    Assumed,
    /// Nothing says that it did not.
    Possible,
}

/// Whether days have one in common with those asked for.
pub(super) fn meet(days: Days, asked: Days) -> bool {
    days.0 <= asked.1 && asked.0 <= days.1
}

/// Settles the days of all facts, and says when each is known to hold. *O(V + E + c)* for *c* citations.
pub(super) fn settle(
    state: &State,
    structure: &mut DiGraph<EntityFacts, RelationshipFacts>,
    (entity_support, relationship_support): (&Support, &Support),
) -> Known {
    let moments = moments(state, structure, relationship_support);
    let told = |support: &Support, position: usize| {
        let days = support.at(position).iter().map(|(document, _)| moments[document.position()]);
        days.fold((NEVER.0, NEVER.0, NEVER.1), |(first, sure, last), days| {
            (first.min(days.0), sure.min(days.1), last.max(days.1))
        })
    };
    // The first day on which there is a trace of each entity, and that under every reading.
    let mut traces: Vec<Days> = (0..state.entities.len())
        .map(|position| {
            let (first, sure, _) = told(entity_support, position);
            (first, sure)
        })
        .collect();
    for (position, relationship) in state.relationships.iter().enumerate() {
        let ends = ends(structure, position);
        let (mut first, mut sure, _) = told(relationship_support, position);
        if !relationship.is_planned()
            && let Some(since) = start_of(relationship, ends, state)
        {
            (first, sure) = (first.min(since.first_day()), sure.min(since.last_day()));
        }
        for end in ends {
            let trace = &mut traces[end];
            *trace = (trace.0.min(first), trace.1.min(sure));
        }
    }
    let mut known = Known::default();
    let agreed = agreed_on(state, structure);
    for (position, entity) in state.entities.iter().enumerate() {
        let (_, _, last_told) = told(entity_support, position);
        let facts = &mut structure[NodeIndex::new(position)];
        facts.days = assumed_of_entity(entity, traces[position], agreed[position].as_ref(), last_told);
        known.entities.push(known_of_entity(entity, traces[position]));
    }
    for (position, relationship) in state.relationships.iter().enumerate() {
        let ends = ends(structure, position);
        let (first, sure, _) = told(relationship_support, position);
        let were_there = ends.map(|end| {
            let since = state.entities[end].since.as_ref().map(EdtfDate::first_day);
            since.filter(|&day| day != Day::MIN).unwrap_or(traces[end].0)
        });
        let thing = thing_of(relationship.kind, ends.map(|end| state.entities[end].kind)).map(|side| ends[side]);
        let thing_is_dated =
            thing.is_some_and(|thing| !state.entities[thing].period().is_undated() || agreed[thing].is_some());
        let (days, basis) = assumed_of_relationship(relationship, first, were_there, thing.is_some(), thing_is_dated);
        let facts = &mut structure[EdgeIndex::new(position)];
        (facts.days, facts.basis) = (days, basis);
        known.relationships.push(known_of_relationship(relationship, sure, thing_is_dated));
    }
    known
}

fn ends(structure: &DiGraph<EntityFacts, RelationshipFacts>, relationship: usize) -> [usize; 2] {
    let ends = structure.edge_endpoints(EdgeIndex::new(relationship));
    let (source, target) = ends.expect("each relationship is an edge at its position");
    [source.index(), target.index()]
}

/// Which end, 0 the source and 1 the target, a relationship belongs to, so that it held as long as that did.
fn thing_of(kind: RelationshipKind, ends: [EntityKind; 2]) -> Option<usize> {
    let sides: &[usize] = match kind {
        RelationshipKind::MemberOf
        | RelationshipKind::Founded
        | RelationshipKind::PartyTo
        | RelationshipKind::Signed
        | RelationshipKind::Witnessed
        | RelationshipKind::Organized
        | RelationshipKind::Hosted
        | RelationshipKind::ParticipatedIn
        | RelationshipKind::Offers
        | RelationshipKind::Funded => &[1],
        RelationshipKind::Adopted => &[0, 1],
        RelationshipKind::Concerns | RelationshipKind::PartOf | RelationshipKind::Succeeds => &[0],
        RelationshipKind::AffiliatedWith
        | RelationshipKind::CollaboratesWith
        | RelationshipKind::HoldsPostAt
        | RelationshipKind::Designated => &[],
    };
    sides.iter().copied().find(|&side| is_thing(ends[side]))
}

/// Whether it is known from what is told of it alone, as it was made, or took place, for a purpose and a time. Bodies and
/// people outlast the documents about them, and topics have no time.
fn is_thing(kind: EntityKind) -> bool {
    kind == EntityKind::Consortium || matches!(kind.family(), Family::Agreement | Family::Event | Family::Program)
}

/// When each document speaks, by position: its first and its last day. That is when the last of the dated acts lie that
/// it tells as done, if that is not after its publication; else when it was published, else accessed, else taken in.
fn moments(state: &State, structure: &DiGraph<EntityFacts, RelationshipFacts>, support: &Support) -> Vec<Days> {
    let mut acts: Vec<Option<Days>> = vec![None; state.documents.len()];
    let today = state.day();
    let last = |document: &Document| written(document).map_or(today, |days| days.1.min(today));
    let limits: Vec<Day> = state.documents.iter().map(|document| last(document)).collect();
    for (position, relationship) in state.relationships.iter().enumerate() {
        if relationship.kind.lasts() || relationship.is_planned() {
            continue;
        }
        let Some(date) = start_of(relationship, ends(structure, position), state) else { continue };
        let days = (date.first_day(), date.last_day());
        if days.0 == Day::MIN || days.1 == Day::MAX {
            continue;
        }
        for (document, _) in support.at(position) {
            let at = document.position();
            if days.0 <= limits[at] {
                acts[at] = acts[at].max(Some((days.0, days.1.min(limits[at]))));
            }
        }
    }
    let taken_in = |document: usize| {
        let revision = state.documents[document].revision;
        let commit = revision.checked_sub(1).and_then(|nth| state.commits.get(usize::try_from(nth).ok()?));
        let time = commit.map(|commit| commit.time).filter(|time| *time != jiff::Timestamp::UNIX_EPOCH);
        time.map_or((Day::MAX, Day::MAX), |time| (day_of(time), day_of(time)))
    };
    let moment = |(at, act): (usize, Option<Days>)| {
        act.or_else(|| written(&state.documents[at].value)).unwrap_or_else(|| taken_in(at))
    };
    acts.into_iter().enumerate().map(moment).collect()
}

/// When a document was published, or else accessed.
fn written(document: &Document) -> Option<Days> {
    let date = document.published.as_ref().or(document.accessed.as_ref())?;
    Some((date.first_day(), date.last_day())).filter(|days| days.0 != Day::MIN && days.1 != Day::MAX)
}

/// The date on which a relationship begins or happens: its own, or that of the event or agreement that it belongs to.
fn start_of<'s>(relationship: &'s Relationship, ends: [usize; 2], state: &'s State) -> Option<&'s EdtfDate> {
    if !relationship.period().is_undated() {
        return relationship.since.as_ref().filter(|since| since.first_day() != Day::MIN);
    }
    let ends = ends.map(|end| &state.entities[end].value);
    let side = thing_of(relationship.kind, ends.map(|end| end.kind))?;
    let occasion = Some(ends[side]).filter(|end| matches!(end.kind, EntityKind::Event | EntityKind::Agreement))?;
    occasion.since.as_ref().filter(|since| since.first_day() != Day::MIN)
}

/// By entity: of an event without a date that is about agreements, when the first of them began.
fn agreed_on(state: &State, structure: &DiGraph<EntityFacts, RelationshipFacts>) -> Vec<Option<EdtfDate>> {
    let mut found: Vec<Option<EdtfDate>> = vec![None; state.entities.len()];
    for (position, relationship) in state.relationships.iter().enumerate() {
        if !matches!(relationship.kind, RelationshipKind::Concerns | RelationshipKind::Adopted) {
            continue;
        }
        let [event, agreement] = ends(structure, position);
        let (of, since) = (&state.entities[event], state.entities[agreement].since.as_ref());
        let is_ceremony = of.kind == EntityKind::Event && of.period().is_undated();
        if let (true, EntityKind::Agreement, Some(since)) = (is_ceremony, state.entities[agreement].kind, since)
            && found[event].as_ref().is_none_or(|date| since.first_day() < date.first_day())
        {
            found[event] = Some(since.clone());
        }
    }
    found
}

fn assumed_of_entity(entity: &Entity, trace: Days, agreed: Option<&EdtfDate>, last_told: Day) -> Days {
    let days = entity.days();
    if days.0 != Day::MIN || !is_thing(entity.kind) {
        return days;
    }
    match (entity.kind, agreed) {
        (EntityKind::Event, Some(date)) => (date.first_day(), date.last_day()),
        (EntityKind::Event, None) if entity.period().is_undated() => (trace.0, last_told.max(trace.0)),
        _ => (trace.0.min(days.1), days.1),
    }
}

fn known_of_entity(entity: &Entity, trace: Days) -> Days {
    let since = entity.since.as_ref().map(|since| (since.first_day(), since.last_day()));
    let end = entity.until.as_ref().map_or(Day::MAX, EdtfDate::first_day);
    match (entity.kind, since) {
        (EntityKind::Topic, None) => ALWAYS,
        (EntityKind::Event, None) => NEVER,
        (EntityKind::Event, Some((first, last))) => (last, if entity.until.is_some() { end } else { first }),
        (_, None) => (trace.1, end),
        // It was there when something was told of it that is not before its own start.
        (_, Some((first, last))) => (if trace.1 >= first { last.min(trace.1) } else { last }, end),
    }
}

fn assumed_of_relationship(
    relationship: &Relationship,
    told: Day,
    were_there: [Day; 2],
    belongs: bool,
    thing_is_dated: bool,
) -> (Days, Basis) {
    if !relationship.period().is_undated() {
        return (relationship.period().days(), Basis::Own);
    }
    // Both ends of what is in a view are, so that what it belongs to is asked there.
    if belongs {
        return (ALWAYS, if thing_is_dated { Basis::Thing } else { Basis::Told });
    }
    let first = match relationship.kind {
        RelationshipKind::PartOf | RelationshipKind::AffiliatedWith | RelationshipKind::Succeeds => {
            were_there[0].max(were_there[1]).min(told)
        }
        RelationshipKind::MemberOf
        | RelationshipKind::Founded
        | RelationshipKind::CollaboratesWith
        | RelationshipKind::PartyTo
        | RelationshipKind::Signed
        | RelationshipKind::Witnessed
        | RelationshipKind::Organized
        | RelationshipKind::Hosted
        | RelationshipKind::ParticipatedIn
        | RelationshipKind::HoldsPostAt
        | RelationshipKind::Offers
        | RelationshipKind::Funded
        | RelationshipKind::Adopted
        | RelationshipKind::Concerns
        | RelationshipKind::Designated => told,
    };
    ((first, Day::MAX), Basis::Told)
}

fn known_of_relationship(relationship: &Relationship, told: Day, thing_is_dated: bool) -> Days {
    if relationship.is_planned() {
        return NEVER;
    }
    match (&relationship.since, &relationship.until) {
        (Some(since), until) => (since.last_day(), until.as_ref().map_or(Day::MAX, EdtfDate::first_day)),
        (None, Some(until)) => (until.first_day(), until.first_day()),
        // What is done at an event, or under an agreement, is as sure as that; when a member joined is not.
        (None, None) if thing_is_dated && relationship.kind != RelationshipKind::MemberOf => ALWAYS,
        (None, None) => (told, Day::MAX),
    }
}
