//! When things hold, read off the table of docs/time.md for one thing at a time: slow, and without anything kept. And the
//! cases that a person worked out.

use consortia::graph::{Budget, EntityFilter, EntityOrder};
use consortia::graph::{Certainty, Graph, RelationshipFilter, View, ViewSpec, entities, relationships, statistics};
use consortia::model::citation::{Citation, Strength};
use consortia::model::edtf::Day;
use consortia::model::entity::EntityKind::{self, *};
use consortia::model::entity::Family;
use consortia::model::relationship::RelationshipKind::*;
use consortia::model::state::State;

use super::world::{DOCUMENTS, World, citation};

type Days = (Day, Day);

pub(super) struct Holding<'a> {
    pub(super) state: &'a State,
    pub(super) ends: &'a [(usize, usize)],
}

fn is_made_for_a_time(kind: EntityKind) -> bool {
    kind == Consortium || [Family::Agreement, Family::Event, Family::Program].contains(&kind.family())
}

fn overlap(one: Days, other: Days) -> bool {
    one.0.max(other.0) <= one.1.min(other.1)
}

impl Holding<'_> {
    fn kind(&self, entity: usize) -> EntityKind {
        self.state.entities[entity].kind
    }

    fn since(&self, entity: usize) -> Option<Days> {
        let since = self.state.entities[entity].since.as_ref()?;
        (since.first_day() > Day::MIN).then_some((since.first_day(), since.last_day()))
    }

    fn is_undated(&self, entity: usize) -> bool {
        self.state.entities[entity].since.is_none() && self.state.entities[entity].until.is_none()
    }

    /// The end that a relationship belongs to.
    fn thing(&self, relationship: usize) -> Option<usize> {
        let (source, target) = self.ends[relationship];
        let candidates: Vec<usize> = match self.state.relationships[relationship].kind {
            MemberOf | Founded | PartyTo | Signed | Witnessed | Organized | Hosted | ParticipatedIn | Offers
            | Funded => vec![target],
            Concerns | PartOf | Succeeds => vec![source],
            Adopted => vec![source, target],
            AffiliatedWith | CollaboratesWith | HoldsPostAt | Designated => vec![],
        };
        candidates.into_iter().find(|&end| is_made_for_a_time(self.kind(end)))
    }

    /// When a relationship began or was done, where it or its event or agreement has a date.
    fn done(&self, relationship: usize) -> Option<Days> {
        let record = &self.state.relationships[relationship];
        if record.since.is_some() || record.until.is_some() {
            let since = record.since.as_ref().filter(|since| since.first_day() > Day::MIN)?;
            return Some((since.first_day(), since.last_day()));
        }
        let thing = self.thing(relationship)?;
        self.since(thing).filter(|_| [Event, Agreement].contains(&self.kind(thing)))
    }

    /// When a document speaks; [`Day::MAX`] where nobody can say.
    fn speaks(&self, document: usize) -> Days {
        let record = &self.state.documents[document];
        let written = record.published.as_ref().or(record.accessed.as_ref());
        let written = written.map(|date| (date.first_day(), date.last_day()));
        let latest = written.map_or(Day::MAX, |days| days.1).min(self.state.day());
        let acts = (0..self.state.relationships.len()).filter(|&r| {
            let act = &self.state.relationships[r];
            let is_told = act.citations.iter().any(|citation| citation.document == record.id);
            is_told && !act.kind.lasts() && !act.is_planned()
        });
        let acts = acts.filter_map(|r| self.done(r)).filter(|days| days.0 <= latest && days.1 < Day::MAX);
        let last = acts.map(|days| (days.0, days.1.min(latest))).max();
        last.or(written).unwrap_or((Day::MAX, Day::MAX))
    }

    /// The least first, the least last and the greatest last day of the documents of some citations.
    fn told(&self, citations: &[Citation]) -> (Day, Day, Day) {
        let place = |citation: &Citation| {
            self.state.documents.iter().position(|document| document.id == citation.document).unwrap()
        };
        let days: Vec<Days> = citations.iter().map(|citation| self.speaks(place(citation))).collect();
        let least = |day: fn(&Days) -> Day| days.iter().map(day).min().unwrap();
        (least(|days| days.0), least(|days| days.1), days.iter().map(|days| days.1).max().unwrap())
    }

    /// The first trace of an entity, at the earliest and for certain.
    fn trace(&self, entity: usize) -> Days {
        let (mut first, mut sure, _) = self.told(&self.state.entities[entity].citations);
        for (r, &(source, target)) in self.ends.iter().enumerate() {
            if source != entity && target != entity {
                continue;
            }
            let record = &self.state.relationships[r];
            let (told, told_sure, _) = self.told(&record.citations);
            (first, sure) = (first.min(told), sure.min(told_sure));
            if let Some(done) = self.done(r).filter(|_| !record.is_planned()) {
                (first, sure) = (first.min(done.0), sure.min(done.1));
            }
        }
        (first, sure)
    }

    /// Of an event without a date, when the first agreement that it is about began.
    fn ceremony(&self, event: usize) -> Option<Days> {
        let is_about =
            |r: &usize| [Concerns, Adopted].contains(&self.state.relationships[*r].kind) && self.ends[*r].0 == event;
        let agreements = (0..self.ends.len()).filter(is_about).map(|r| self.ends[r].1);
        let begun = agreements.filter(|&end| self.kind(end) == Agreement).filter_map(|end| {
            let since = self.state.entities[end].since.as_ref()?;
            Some((since.first_day(), since.last_day()))
        });
        begun.min_by_key(|days| days.0).filter(|_| self.kind(event) == Event && self.is_undated(event))
    }

    pub(super) fn entity(&self, entity: usize, spec: &ViewSpec) -> bool {
        let Some(asked) = spec.as_of.as_ref().map(|date| (date.first_day(), date.last_day())) else { return true };
        let (record, kind, since) = (&self.state.entities[entity], self.kind(entity), self.since(entity));
        let until = record.until.as_ref();
        let mut last = until.map_or(Day::MAX, |date| date.last_day());
        if let (Event, None, Some(days)) = (kind, until, record.since.as_ref()) {
            last = days.last_day();
        }
        let trace = self.trace(entity);
        let days = match (spec.certainty, since) {
            (Certainty::Known, _) => {
                let end = until.map_or(Day::MAX, |date| date.first_day());
                let since = record.since.as_ref().map(|date| (date.first_day(), date.last_day()));
                return match (kind, since) {
                    (Topic, None) => true,
                    (Event, None) => false,
                    (Event, Some(days)) => days.1 <= asked.1 && if until.is_some() { end } else { days.0 } >= asked.0,
                    (_, None) => trace.1 <= asked.1 && end >= asked.0,
                    (_, Some(days)) => {
                        let sure = if trace.1 >= days.0 { days.1.min(trace.1) } else { days.1 };
                        sure <= asked.1 && end >= asked.0
                    }
                };
            }
            (_, Some(days)) => (days.0, last),
            (Certainty::Possible, None) => (Day::MIN, last),
            (Certainty::Assumed, None) if !is_made_for_a_time(kind) => (Day::MIN, last),
            (Certainty::Assumed, None) => match self.ceremony(entity) {
                Some(days) => days,
                None if kind == Event && self.is_undated(entity) => {
                    (trace.0, self.told(&record.citations).2.max(trace.0))
                }
                None => (trace.0.min(last), last),
            },
        };
        overlap(days, asked)
    }

    pub(super) fn relationship(&self, relationship: usize, spec: &ViewSpec) -> bool {
        let record = &self.state.relationships[relationship];
        let is_dated = record.since.is_some() || record.until.is_some();
        let thing = self.thing(relationship);
        let dated_thing = thing.filter(|&thing| !self.is_undated(thing) || self.ceremony(thing).is_some());
        if !spec.undated && !is_dated && dated_thing.is_none() {
            return false;
        }
        let Some(asked) = spec.as_of.as_ref().map(|date| (date.first_day(), date.last_day())) else { return true };
        let since = record.since.as_ref().map_or((Day::MIN, Day::MIN), |date| (date.first_day(), date.last_day()));
        let until = record.until.as_ref().map_or((Day::MAX, Day::MAX), |date| (date.first_day(), date.last_day()));
        let (told, told_sure, _) = self.told(&record.citations);
        match spec.certainty {
            Certainty::Known if record.is_planned() => false,
            Certainty::Known if record.since.is_some() => since.1 <= asked.1 && until.0 >= asked.0,
            Certainty::Known if is_dated => overlap((until.0, until.0), asked),
            Certainty::Known if dated_thing.is_some() && record.kind != MemberOf => true,
            Certainty::Known => told_sure <= asked.1,
            _ if is_dated => overlap((since.0, until.1), asked),
            Certainty::Possible => true,
            Certainty::Assumed if thing.is_some() => true,
            Certainty::Assumed if [PartOf, AffiliatedWith, Succeeds].contains(&record.kind) => {
                let (source, target) = self.ends[relationship];
                let there = |end: usize| self.since(end).map_or_else(|| self.trace(end).0, |days| days.0);
                there(source).max(there(target)).min(told) <= asked.1
            }
            Certainty::Assumed => told <= asked.1,
        }
    }
}

fn seen(graph: &Graph, as_of: &str, certainty: Certainty) -> (Vec<String>, Vec<String>) {
    let spec = ViewSpec { as_of: Some(as_of.parse().unwrap()), certainty, ..ViewSpec::default() };
    shown(graph, &spec)
}

/// The entities and the relationships of a view; of these source and kind.
fn shown(graph: &Graph, spec: &ViewSpec) -> (Vec<String>, Vec<String>) {
    let (view, budget) = (View::new(graph, spec), Budget::unlimited());
    let found = entities(graph, &view, &EntityFilter::default(), &EntityOrder::default(), &budget).unwrap();
    let mut names: Vec<_> = found.iter().map(|&entity| graph.entity(entity).id.to_string()).collect();
    names.sort();
    let found = relationships(graph, &view, &RelationshipFilter::default(), &budget).unwrap();
    let told = |record: &consortia::model::relationship::Relationship| format!("{} {}", record.source, record.kind);
    let mut kinds: Vec<_> = found.iter().map(|&relationship| told(graph.relationship(relationship))).collect();
    kinds.sort();
    (names, kinds)
}

const EVERY: [Certainty; 3] = [Certainty::Known, Certainty::Assumed, Certainty::Possible];

fn dated(since: &'static str) -> impl Fn(&mut consortia::model::entity::EntityRecord) {
    move |record| record.since = Some(since.parse().unwrap())
}

#[test]
fn what_belongs_to_an_event_or_an_agreement_held_as_long_as_that() {
    let graph = World::new()
        .entity("university", University)
        .entity("person", Person)
        .entity("topic", Topic)
        .entity_with("forum", Event, dated("2022-11-15"))
        .entity_with("pact", Agreement, |record| {
            (record.since, record.term) = (Some("2024-06".parse().unwrap()), Some("P3Y".parse().unwrap()));
        })
        .entity("ceremony", Event)
        .related("ceremony", Concerns, "pact")
        .related("forum", Concerns, "topic")
        .related("pact", Concerns, "topic")
        .related("person", ParticipatedIn, "ceremony")
        .related("person", Signed, "pact")
        .related("university", Hosted, "forum")
        .related("university", PartyTo, "pact")
        .graph();
    let of_the_forum = ["forum CONCERNS", "university HOSTED"];
    let of_the_pact = ["pact CONCERNS", "person SIGNED", "university PARTY_TO"];
    let assumed = |as_of: &str| seen(&graph, as_of, Certainty::Assumed).1;
    assert_eq!(assumed("2022-11-15"), of_the_forum);
    assert_eq!(assumed("1950"), [] as [&str; 0]);
    assert_eq!(assumed("2023"), [] as [&str; 0]);
    assert_eq!(
        assumed("2024-06-30"),
        ["ceremony CONCERNS", "pact CONCERNS", "person PARTICIPATED_IN", "person SIGNED", "university PARTY_TO"]
    );
    for within in ["2024-07-01", "2026", "2027-06-30"] {
        assert_eq!(assumed(within), of_the_pact, "{within}");
    }
    assert_eq!(assumed("2027-07"), [] as [&str; 0], "three years from June 2024 are over");
    assert_eq!(seen(&graph, "2024-06-15", Certainty::Known).1, [] as [&str; 0], "some day in June");
    assert_eq!(seen(&graph, "2024-06", Certainty::Known).1, of_the_pact);
    // That it ends with its term is inferred.
    let stated = ViewSpec { as_of: Some("2030".parse().unwrap()), strength: Strength::Stated, ..ViewSpec::default() };
    assert_eq!(shown(&graph, &stated).1, of_the_pact);
    // What has no date but what it belongs to is not undated.
    let dated = ViewSpec { undated: false, ..ViewSpec::default() };
    assert_eq!(shown(&graph, &dated).1.len(), 7);
}

#[test]
fn an_undated_state_is_told_from_its_document_on() {
    let told_in = |nth: usize| {
        move |record: &mut consortia::model::relationship::RelationshipRecord| {
            record.citations = vec![citation(DOCUMENTS[nth], Strength::Stated)];
        }
    };
    // The second document is of 2003, the third has no date.
    let graph = World::new()
        .entity_with("old", University, dated("1900"))
        .entity_with("school", MedicalSchool, dated("1950"))
        .entity_with("person", Person, |record| record.citations = vec![citation(DOCUMENTS[1], Strength::Stated)])
        .entity_with("group", Consortium, |record| record.citations = vec![citation(DOCUMENTS[1], Strength::Stated)])
        .related_with("old", CollaboratesWith, "school", told_in(1))
        .related_with("old", MemberOf, "group", told_in(1))
        .related_with("person", HoldsPostAt, "old", told_in(1))
        .related_with("person", HoldsPostAt, "school", told_in(2))
        .related_with("school", PartOf, "old", told_in(2))
        .graph();
    let every =
        ["old COLLABORATES_WITH", "old MEMBER_OF", "person HOLDS_POST_AT", "person HOLDS_POST_AT", "school PART_OF"];
    let told = ["old COLLABORATES_WITH", "old MEMBER_OF", "person HOLDS_POST_AT", "school PART_OF"];
    for (as_of, known, assumed, possible) in [
        ("1890", &[][..], &[][..], &[][..]),
        ("1940", &[], &[], &["old MEMBER_OF", "person HOLDS_POST_AT"]),
        ("1960", &[], &["school PART_OF"], &every),
        ("2003-06", &[], &told, &every),
        ("2003", &told[..3], &told, &every),
        ("2020", &told[..3], &told, &every),
    ] {
        let found = EVERY.map(|certainty| seen(&graph, as_of, certainty).1);
        for (certainty, shown) in EVERY.into_iter().zip(&found) {
            let spec = ViewSpec { as_of: Some(as_of.parse().unwrap()), certainty, ..ViewSpec::default() };
            let counts = statistics(&graph, &View::new(&graph, &spec), &Budget::unlimited()).unwrap();
            assert_eq!((counts.relationships, counts.undecided), (shown.len(), possible.len() - shown.len()));
        }
        assert_eq!(found, [known, assumed, possible].map(<[_]>::to_vec), "{as_of}");
    }
    let names = |as_of, certainty| seen(&graph, as_of, certainty).0;
    assert_eq!(
        names("1960", Certainty::Assumed),
        ["old", "person", "school"],
        "a consortium is there from its first trace"
    );
    assert_eq!(names("1960", Certainty::Possible), ["group", "old", "person", "school"]);
    assert_eq!(names("1960", Certainty::Known), ["old", "school"]);
}

#[test]
fn an_event_without_a_date_took_place_about_when_it_was_told() {
    let told_in = |nth: usize| {
        move |record: &mut consortia::model::entity::EntityRecord| {
            record.citations = vec![citation(DOCUMENTS[nth], Strength::Stated)];
        }
    };
    let graph = World::new()
        .entity_with("meeting", Event, told_in(1))
        .entity_with("by-2002", Event, |record| {
            told_in(1)(record);
            record.until = Some("2002".parse().unwrap());
        })
        .entity_with("of-2001", Event, dated("2001"))
        .graph();
    let assumed = |as_of: &str| seen(&graph, as_of, Certainty::Assumed).0;
    assert_eq!(assumed("1990"), [] as [&str; 0]);
    assert_eq!(assumed("2001"), ["of-2001"]);
    assert_eq!(assumed("2002"), ["by-2002"]);
    assert_eq!(assumed("2003"), ["meeting"]);
    assert_eq!(assumed("2030"), [] as [&str; 0], "an event of which the start alone is known is over with it");
    assert_eq!(seen(&graph, "2030", Certainty::Possible).0, ["meeting"]);
    assert_eq!(seen(&graph, "2003", Certainty::Known).0, [] as [&str; 0]);
}
