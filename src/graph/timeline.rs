//! What began, ended, happened or is planned, in the order of time; and how much of it in each month or year.
//!
//! A date is kept as precise as its source: nothing is put on a day, in a month or in a year that it does not name.

use std::collections::BTreeMap;

use crate::model::edtf::{Day, EdtfDate, month_of, year_of};
use crate::model::entity::{EntityKind, Family};
use crate::model::period::Period;
use crate::model::relationship::RelationshipKind;

use super::filter::RelationshipMatcher;
use super::index::{EntityIndex, RelationshipIndex};
use super::subject::Subject;
use super::{Budget, Exhausted, Graph, RelationshipFilter, Scope, View};

/// Around whom, what and when.
#[derive(Clone, Debug, Default)]
pub struct TimelineQuestion {
    /// The entities it is about; `None` means the whole view.
    pub around: Option<Vec<EntityIndex>>,
    /// Which relationships are told, seen from the entities it is about; where it is about the whole view, from either
    /// end. `None` means all.
    pub filter: Option<RelationshipFilter>,
    /// Only what may lie in this date or interval.
    pub between: Option<EdtfDate>,
}

/// Which part of what it belongs to a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Its start.
    Start,
    /// All of it.
    Whole,
    /// Its end.
    End,
}

/// What a date means for what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Happening {
    /// From then on it was or held.
    Began,
    /// It took place, all of it.
    Happened,
    /// Until then it was or held.
    Ended,
    /// It was or is to take place, or to begin or end: its date is certain to come after today, or its documents only
    /// plan it, and that it did is not documented.
    Planned,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineEntry {
    /// To what.
    pub subject: Subject,
    /// What of it.
    pub part: Part,
    /// Whether it is to come, or only planned.
    pub is_planned: bool,
    /// When, as its source has it.
    pub date: EdtfDate,
}

impl TimelineEntry {
    /// Whether it began, ended, took place, or is planned.
    pub fn what(&self) -> Happening {
        match (self.is_planned, self.part) {
            (true, _) => Happening::Planned,
            (false, Part::Start) => Happening::Began,
            (false, Part::Whole) => Happening::Happened,
            (false, Part::End) => Happening::Ended,
        }
    }

    /// The day by which it is sorted: the first that its date may mean, or the last where the first is not known.
    pub fn day(&self) -> Day {
        let (first, last) = (self.date.first_day(), self.date.last_day());
        if first == Day::MIN { last } else { first }
    }
}

/// How many entries there are in one month or year.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineBucket {
    /// The month, or the year; `None` for entries that may lie in several years.
    pub date: Option<EdtfDate>,
    /// How many began, happened, ended and were planned in it, in the order of [`Happening`].
    pub counts: [usize; 4],
}

/// What the entries of a timeline are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineUnit {
    /// Calendar months; what may lie in several months of one year is counted by the year.
    Month,
    /// Calendar years.
    Year,
}

/// What began, ended, happened and was planned in the view.
///
/// Told are the relationships that pass, the entities it is about, and the events and agreements at the other ends of
/// the relationships told; of the whole view without a filter every entity. A state gives an entry where it begins and
/// one where it ends, an act or an event one that spans it; a state of one date happened. What has no date gives none.
/// What is certain to come after `today`, a relationship that its documents only plan, and an event or agreement of which
/// the view tells nothing but acts that are planned or to come, gives entries that are [`Happening::Planned`], whatever
/// begins or ends there.
/// Sorted by [`TimelineEntry::day`], then by the last day the date may mean, entities before relationships, then by id;
/// what began before what happened before what ended before what is planned, and of that starts before ends.
///
/// **Complexity.** *O(n log n)* for the *n* entries found, after *O(V + E)* for the whole view and *O(d)* for the *d*
/// relationships of the entities around and of the occasions told.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the entities and relationships looked at.
pub fn timeline(
    graph: &Graph,
    view: &View,
    question: &TimelineQuestion,
    today: Day,
    budget: &Budget,
) -> Result<Vec<TimelineEntry>, Exhausted> {
    let scope = Scope { graph, view, budget };
    let everything = RelationshipFilter::default();
    let filter = question.filter.as_ref().unwrap_or(&everything);
    let mut matcher = RelationshipMatcher::new(scope, filter);
    let (mut entities, relationships) = match &question.around {
        Some(around) => around_these(scope, &mut matcher, around)?,
        None => in_the_view(scope, &mut matcher, question.filter.is_none())?,
    };
    entities.sort_unstable();
    entities.dedup();
    let mut entries = Vec::new();
    for entity in entities {
        let record = graph.entity(entity);
        let sort = Sort { lasts: lasts(record.kind), is_planned: is_planned_occasion(scope, entity, today)? };
        let period = Period { since: record.since.clone(), until: record.end(view.strength()).cloned() };
        collect(Subject::Entity(entity), &period, sort, question, &mut entries);
    }
    for relationship in relationships {
        let record = graph.relationship(relationship);
        let sort = Sort { lasts: record.kind.lasts(), is_planned: record.is_planned() };
        collect(Subject::Relationship(relationship), record.period(), sort, question, &mut entries);
    }
    for entry in &mut entries {
        entry.is_planned |= entry.date.is_after(today);
    }
    entries.sort_by_key(|entry| (entry.day(), entry.date.last_day(), entry.subject, entry.what(), entry.part));
    Ok(entries)
}

type Told = (Vec<EntityIndex>, Vec<RelationshipIndex>);

fn around_these(
    scope: Scope<'_>,
    matcher: &mut RelationshipMatcher<'_>,
    around: &[EntityIndex],
) -> Result<Told, Exhausted> {
    let (mut entities, mut relationships) = (Vec::new(), Vec::new());
    for &entity in around {
        if scope.view.admits_entity(scope.graph, entity, scope.budget)? {
            entities.push(entity);
        }
        let incidences = scope.graph.incidences(entity);
        scope.budget.spend(incidences.len())?;
        for incidence in incidences {
            if matcher.admits(entity, incidence)? {
                relationships.push(incidence.relationship);
                entities.extend(is_occasion(incidence.other_kind).then_some(incidence.other));
            }
        }
    }
    relationships.sort_unstable();
    relationships.dedup();
    Ok((entities, relationships))
}

fn in_the_view(scope: Scope<'_>, matcher: &mut RelationshipMatcher<'_>, whole: bool) -> Result<Told, Exhausted> {
    let Scope { graph, view, budget } = scope;
    let (mut entities, mut relationships) = (Vec::new(), Vec::new());
    budget.each(graph.relationship_count(), graph.relationships(), |relationship| {
        if matcher.admits_from_an_end(relationship)? {
            let (source, target) = graph.ends(relationship);
            relationships.push(relationship);
            let is_told = |&end: &EntityIndex| !whole && is_occasion(graph.facts(end).kind);
            entities.extend([source, target].into_iter().filter(is_told));
        }
        Ok(())
    })?;
    if whole {
        budget.each(graph.entity_count(), graph.entities(), |entity| {
            if view.admits_entity(graph, entity, budget)? {
                entities.push(entity);
            }
            Ok(())
        })?;
    }
    Ok((entities, relationships))
}

/// What is told of when a relationship of it is.
fn is_occasion(kind: EntityKind) -> bool {
    matches!(kind.family(), Family::Event | Family::Agreement)
}

/// Whether an entity of the kind is there from its start to its end, and does not merely take place.
fn lasts(kind: EntityKind) -> bool {
    kind.family() != Family::Event
}

/// Whether the view tells of acts in an event or agreement, and of each that it is only planned or still to come. One act
/// that was done shows that it took place.
fn is_planned_occasion(scope: Scope<'_>, entity: EntityIndex, today: Day) -> Result<bool, Exhausted> {
    let Scope { graph, view, budget } = scope;
    if !is_occasion(graph.facts(entity).kind) {
        return Ok(false);
    }
    let incidences = graph.incidences(entity);
    budget.spend(incidences.len())?;
    let mut planned = false;
    for incidence in incidences {
        let relationship = incidence.relationship;
        if is_act(graph.relationship_facts(relationship).kind) && view.admits_relationship(graph, relationship) {
            let record = graph.relationship(relationship);
            if !record.is_planned() && !record.period().begins_after(today) {
                return Ok(false);
            }
            planned = true;
        }
    }
    Ok(planned)
}

/// Whether who did this to an event or agreement, or an event that did it, was there: then it took place.
fn is_act(kind: RelationshipKind) -> bool {
    match kind {
        RelationshipKind::Founded
        | RelationshipKind::Signed
        | RelationshipKind::Witnessed
        | RelationshipKind::Organized
        | RelationshipKind::Hosted
        | RelationshipKind::ParticipatedIn
        | RelationshipKind::Adopted => true,
        RelationshipKind::PartOf
        | RelationshipKind::AffiliatedWith
        | RelationshipKind::MemberOf
        | RelationshipKind::CollaboratesWith
        | RelationshipKind::PartyTo
        | RelationshipKind::HoldsPostAt
        | RelationshipKind::Offers
        | RelationshipKind::Funded
        | RelationshipKind::Succeeds
        | RelationshipKind::Concerns
        | RelationshipKind::Designated => false,
    }
}

/// What a period means for what it belongs to.
#[derive(Clone, Copy)]
struct Sort {
    /// Whether it begins and ends, and does not merely take place.
    lasts: bool,
    is_planned: bool,
}

fn collect(
    subject: Subject,
    period: &Period,
    Sort { lasts, is_planned }: Sort,
    question: &TimelineQuestion,
    entries: &mut Vec<TimelineEntry>,
) {
    let mut tell = |part, date: EdtfDate| {
        let asked = question.between.as_ref();
        if asked.is_none_or(|asked| date.first_day() <= asked.last_day() && asked.first_day() <= date.last_day()) {
            entries.push(TimelineEntry { subject, part, is_planned, date });
        }
    };
    match (&period.since, &period.until) {
        (Some(since), None) => tell(if lasts { Part::Start } else { Part::Whole }, since.clone()),
        (Some(since), Some(until)) if lasts && since != until => {
            tell(Part::Start, since.clone());
            tell(Part::End, until.clone());
        }
        (None, Some(until)) if lasts => tell(Part::End, until.clone()),
        (since, _) => {
            // An act of which only the end is known took place by then.
            let date = period.as_date().or_else(|| since.clone());
            date.into_iter().for_each(|date| tell(Part::Whole, date));
        }
    }
}

fn one_of_both<T: PartialEq>([one, other]: [Option<T>; 2]) -> Option<T> {
    if one == other { one } else { None }
}

/// How many entries there are in each month or year that has any, oldest first; a year before its months, and what may
/// lie in several years last. *O(n log n)*.
pub fn buckets(entries: &[TimelineEntry], unit: TimelineUnit) -> Vec<TimelineBucket> {
    let mut counts: BTreeMap<(Option<i16>, i8), [usize; 4]> = BTreeMap::new();
    for entry in entries {
        let ends = [entry.date.first_day(), entry.date.last_day()];
        let month = match unit {
            TimelineUnit::Month => one_of_both(ends.map(month_of)).map_or(0, |(_, month)| month),
            TimelineUnit::Year => 0,
        };
        counts.entry((one_of_both(ends.map(year_of)), month)).or_default()[entry.what() as usize] += 1;
    }
    let mut found: Vec<_> = counts.into_iter().collect();
    found.sort_by_key(|&((year, month), _)| (year.is_none(), year, month));
    let bucket = |((year, month), counts): ((Option<i16>, i8), [usize; 4])| TimelineBucket {
        date: year.and_then(|year| if month == 0 { EdtfDate::of_year(year) } else { EdtfDate::of_month(year, month) }),
        counts,
    };
    found.into_iter().map(bucket).collect()
}
