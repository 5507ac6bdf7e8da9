//! Timelines, comparisons, issues and projections against naive ones that were written from the contract's words, over
//! random worlds and views.

use std::collections::{BTreeMap, BTreeSet};

use consortia::graph::{
    Budget, Difference, Evidence, Field, Graph, Happening, Issue, IssueKind, IssueKinds, ProjectionQuestion,
    QualityQuestion, Subject, TimelineQuestion, TimelineUnit, View, ViewSpec, buckets, compare, projection, quality,
    timeline,
};
use consortia::model::citation::Strength;
use consortia::model::edtf::{Day, EdtfDate};
use consortia::model::entity::{EntityKind, Family, Figure};
use consortia::model::id::DocumentId;
use consortia::model::identifier::IdentifierScheme;
use consortia::model::name::NameKind;
use consortia::model::period::Period;
use consortia::model::relationship::{Relationship, RelationshipKind};
use consortia::model::state::State;
use consortia::model::text;
use proptest::prelude::*;

use super::reference::{Seen, is_state};
use super::seeds::{self, RelationshipSeed, name};
use super::world::{DOCUMENTS, World, citation, find};

/// What a period tells: (what, first day, last day).
fn told(period: &Period, lasts: bool) -> Vec<(Happening, Day, Day)> {
    let since = period.since.as_ref().map(|date| (date.first_day(), date.last_day()));
    let until = period.until.as_ref().map(|date| (date.first_day(), date.last_day()));
    match (since, until) {
        (None, None) => vec![],
        (Some(a), Some(b)) if !lasts || period.since == period.until => vec![(Happening::Happened, a.0, b.1)],
        (Some(a), None) if !lasts => vec![(Happening::Happened, a.0, a.1)],
        (None, Some(b)) if !lasts => vec![(Happening::Happened, Day::MIN, b.1)],
        (since, until) => since
            .map(|(first, last)| (Happening::Began, first, last))
            .into_iter()
            .chain(until.map(|(first, last)| (Happening::Ended, first, last)))
            .collect(),
    }
}

/// The acts that show that an event or agreement took place.
const ACTS: [&str; 7] = ["FOUNDED", "SIGNED", "WITNESSED", "ORGANIZED", "HOSTED", "PARTICIPATED_IN", "ADOPTED"];

fn is_planned(relationship: &Relationship) -> bool {
    let role = relationship.role.as_deref().unwrap_or_default();
    role == "planned" || role.ends_with("(planned)") || role.ends_with("(expected)")
}

/// Entities before relationships, by position.
type Told = (Day, Day, bool, usize, Happening);

fn naive_timeline(
    seen: &Seen<'_>,
    around: Option<&[usize]>,
    filter: Option<&RelationshipSeed>,
    today: Day,
) -> Vec<Told> {
    let any = RelationshipSeed::default();
    let passes = |r: usize, at: usize| seen.relationship_passes(filter.unwrap_or(&any), r, at);
    let relationships: Vec<usize> = (0..seen.ends.len())
        .filter(|&r| seen.relationships[r])
        .filter(|&r| {
            let ends = [seen.ends[r].0, seen.ends[r].1];
            ends.iter().any(|&end| around.is_none_or(|around| around.contains(&end)) && passes(r, end))
        })
        .collect();
    let occasion = |e: usize| matches!(seen.kind(e).family(), Family::Event | Family::Agreement);
    let mut entities: BTreeSet<usize> = BTreeSet::new();
    for &r in &relationships {
        // Of a relationship between two that are asked about, both are told anyway.
        entities.extend([seen.ends[r].0, seen.ends[r].1].into_iter().filter(|&e| occasion(e)));
    }
    match around {
        Some(around) => entities.extend(around.iter().filter(|&&e| seen.entities[e])),
        None if filter.is_none() => entities.extend((0..seen.entities.len()).filter(|&e| seen.entities[e])),
        None => {}
    }
    let planned = |r: usize| is_planned(&seen.state.relationships[r]);
    let to_come = |r: usize| {
        let since = seen.state.relationships[r].period().since.as_ref();
        planned(r) || since.is_some_and(|since| since.first_day() > today)
    };
    let or_planned = |is_planned: bool, what: Happening| if is_planned { Happening::Planned } else { what };
    let mut all = Vec::new();
    for e in entities {
        let record = &seen.state.entities[e];
        let lasts = record.kind != EntityKind::Event;
        let mut acts = (0..seen.ends.len()).filter(|&r| {
            let kind = seen.state.relationships[r].kind.name();
            seen.relationships[r] && ACTS.contains(&kind) && (seen.ends[r].0 == e || seen.ends[r].1 == e)
        });
        let is_planned = occasion(e) && acts.clone().count() > 0 && acts.all(to_come);
        let happenings = told(record.period(), lasts);
        all.extend(
            happenings.into_iter().map(|(what, a, b)| (a, b, false, e, or_planned(is_planned || a > today, what))),
        );
    }
    for r in relationships {
        let record = &seen.state.relationships[r];
        let happenings = told(record.period(), is_state(record.kind));
        all.extend(
            happenings.into_iter().map(|(what, a, b)| (a, b, true, r, or_planned(planned(r) || a > today, what))),
        );
    }
    let day = |a: Day, b: Day| if a == Day::MIN { b } else { a };
    all.sort_by_key(|&(a, b, relationship, position, what)| (day(a, b), b, relationship, position, what));
    all
}

/// The issues as (kind, whether about a relationship, position, position of the other relationship or end).
fn naive_issues(seen: &Seen<'_>) -> BTreeSet<(IssueKind, bool, usize, Option<usize>)> {
    let mut found = BTreeSet::new();
    let shown =
        |r: usize| seen.state.relationships[r].citations.iter().filter(|c| seen.is_shown(c)).collect::<Vec<_>>();
    for r in (0..seen.ends.len()).filter(|&r| seen.relationships[r]) {
        let record = &seen.state.relationships[r];
        if shown(r).iter().all(|c| c.strength == Strength::Inferred) {
            found.insert((IssueKind::OnlyInferred, true, r, None));
        }
        if record.since.is_none() && record.until.is_none() && record.kind != RelationshipKind::Concerns {
            found.insert((IssueKind::Undated, true, r, None));
        }
        let (first, last) = record.period().days();
        for end in [seen.ends[r].0, seen.ends[r].1] {
            let (began, ended) = seen.state.entities[end].period().days();
            if first > ended || last < began {
                found.insert((IssueKind::OutsideLifetime, true, r, Some(end)));
            }
        }
        for other in (r + 1..seen.ends.len()).filter(|&other| seen.relationships[other]) {
            let against = &seen.state.relationships[other];
            let common = shown(r).iter().any(|c| shown(other).iter().any(|d| c.document == d.document));
            if seen.ends[other] != seen.ends[r] || against.kind != record.kind || common {
                continue;
            }
            let (a, b) = (record.period().days(), against.period().days());
            let together = a.0 <= b.1 && b.0 <= a.1;
            let roles = [record, against].map(|one| one.role.as_deref().map(text::folded));
            let apart = [(&record.since, &against.since), (&record.until, &against.until)].into_iter().any(|pair| {
                matches!(pair, (Some(a), Some(b)) if a.last_day() < b.first_day() || b.last_day() < a.first_day())
            });
            if roles[0].is_some() && roles[1].is_some() && roles[0] != roles[1] {
                if together {
                    found.insert((IssueKind::RolesDisagree, true, r, Some(other)));
                }
            } else if apart && (together || !is_state(record.kind)) {
                found.insert((IssueKind::DatesDisagree, true, r, Some(other)));
            }
        }
    }
    for e in (0..seen.entities.len()).filter(|&e| seen.entities[e]) {
        let record = &seen.state.entities[e];
        if matches!(record.kind, EntityKind::Event | EntityKind::Agreement)
            && record.since.is_none()
            && record.until.is_none()
        {
            found.insert((IssueKind::Undated, false, e, None));
        }
        let around = seen.around(e);
        if around.is_empty() {
            found.insert((IssueKind::Unrelated, false, e, None));
        }
        let memberships = |r: &&(usize, usize)| seen.state.relationships[r.0].kind == RelationshipKind::MemberOf;
        let members: BTreeSet<usize> =
            around.iter().filter(memberships).filter(|r| seen.ends[r.0].1 == e).map(|r| r.1).collect();
        if record.kind == EntityKind::Consortium && members.is_empty() {
            found.insert((IssueKind::NoMembers, false, e, None));
        } else if record.kind == EntityKind::Consortium
            && members.iter().all(|&member| seen.kind(member) != EntityKind::Hospital)
        {
            found.insert((IssueKind::NoHospital, false, e, Some(members.len())));
        }
        let belongs = around.iter().filter(memberships).any(|r| seen.ends[r.0].0 == e);
        if record.kind.family() == Family::Organization && record.country.is_none() && belongs {
            found.insert((IssueKind::NoCountry, false, e, None));
        }
        for other in (e + 1..seen.entities.len()).filter(|&other| seen.entities[other]) {
            if share_a_name(seen.state, e, other) {
                found.insert((IssueKind::PossibleDouble, false, e, Some(other)));
            }
        }
    }
    found
}

/// Whether two organizations of one country, not both of ROR, share a name of eight letters or more that tells something
/// and that no more than eight bear there.
fn share_a_name(state: &State, one: usize, other: usize) -> bool {
    let of_ror = |e: usize| state.entities[e].identifiers.iter().any(|key| key.scheme() == IdentifierScheme::Ror);
    let names = |e: usize| -> BTreeSet<String> {
        let record = &state.entities[e];
        let is_body = record.kind.family() == Family::Organization && !record.is_placeholder() && !record.is_project();
        let tells = |kind: NameKind| !matches!(kind, NameKind::Acronym | NameKind::Former | NameKind::Misspelling);
        let others = record.names.iter().filter(|name| tells(name.kind)).map(|name| name.text.as_str());
        let all = std::iter::once(record.name.as_str()).chain(others).map(text::folded);
        all.filter(|name| is_body && name.len() >= 8).collect()
    };
    let country = |e: usize| state.entities[e].country;
    let bearers = |name: &String| {
        (0..state.entities.len()).filter(|&e| country(e) == country(one) && names(e).contains(name)).count()
    };
    country(one).is_some()
        && country(one) == country(other)
        && !(of_ror(one) && of_ror(other))
        && names(one).intersection(&names(other)).any(|name| bearers(name) <= 8)
}

fn as_naive(issue: &Issue) -> (IssueKind, bool, usize, Option<usize>) {
    let (relationship, position) = match issue.about {
        Subject::Entity(entity) => (false, entity.position()),
        Subject::Relationship(relationship) => (true, relationship.position()),
    };
    let other = match &issue.evidence {
        Evidence::Itself | Evidence::Figures(..) | Evidence::Count { .. } => None,
        Evidence::Relationship(other) => Some(other.position()),
        Evidence::End(end) | Evidence::Double(end, _) => Some(end.position()),
        Evidence::Members(count) => Some(*count),
    };
    (issue.kind, relationship, position, other)
}

fn ask_compare(state: &State, one: &ViewSpec, other: &ViewSpec) -> (Vec<String>, usize, Vec<String>, usize) {
    let graph = Graph::build(state);
    let (a, b) = (View::new(&graph, one), View::new(&graph, other));
    let found = compare((&graph, &a), (&graph, &b), &Budget::unlimited()).unwrap();
    let sign = |difference| match difference {
        Difference::Gained => "+",
        Difference::Lost => "-",
        Difference::Changed => "~",
    };
    let entities = found.entities.iter().map(|one| {
        let index = one.before.or(one.after).unwrap();
        format!("{}{}", sign(one.difference), graph.entity(index).id)
    });
    let relationships = found.relationships.iter().map(|one| {
        let index = one.before.or(one.after).unwrap();
        format!("{}{}", sign(one.difference), graph.relationship(index).id())
    });
    (entities.collect(), found.entities_kept, relationships.collect(), found.relationships_kept)
}

/// What two members share, each with the relationships of the one and of the other to it.
type Shared = BTreeMap<usize, [Vec<usize>; 2]>;

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_timeline_is_that_of_a_naive_search(
        state in seeds::state(), spec in seeds::view(), around in proptest::option::of(seeds::positions()),
        filter in proptest::option::of(seeds::relationships(1)),
        today in prop::sample::select(vec!["2001-06-15", "2002-12-31", "2004-01-01", "9999-12-31"]),
    ) {
        let (graph, seen) = (Graph::build(&state), Seen::new(&state, &spec));
        let today = today.parse::<EdtfDate>().unwrap().first_day();
        let around: Option<Vec<usize>> =
            around.map(|around| around.into_iter().filter(|&e| e < state.entities.len()).collect());
        let question = TimelineQuestion {
            around: around.as_ref().map(|around| around.iter().map(|&e| graph.find_entity(&name(e)).unwrap()).collect()),
            filter: filter.as_ref().map(|filter| filter.filter(&graph)),
            between: None,
        };
        let found = timeline(&graph, &View::new(&graph, &spec), &question, today, &Budget::unlimited()).unwrap();
        let plain: Vec<Told> = found.iter()
            .map(|entry| {
                let (relationship, position) = match entry.subject {
                    Subject::Entity(entity) => (false, entity.position()),
                    Subject::Relationship(relationship) => (true, relationship.position()),
                };
                (entry.date.first_day(), entry.date.last_day(), relationship, position, entry.what())
            })
            .collect();
        prop_assert_eq!(&plain, &naive_timeline(&seen, around.as_deref(), filter.as_ref(), today));
        for unit in [TimelineUnit::Year, TimelineUnit::Month] {
            let counted = buckets(&found, unit);
            let total: usize = counted.iter().flat_map(|bucket| bucket.counts).sum();
            prop_assert_eq!(total, found.len());
            let planned: usize = counted.iter().map(|bucket| bucket.counts[3]).sum();
            prop_assert_eq!(planned, found.iter().filter(|entry| entry.what() == Happening::Planned).count());
            for bucket in counted {
                let Some(date) = bucket.date else { continue };
                let inside = found.iter().filter(|entry| {
                    date.first_day() <= entry.date.first_day() && entry.date.last_day() <= date.last_day()
                });
                let whole: usize = bucket.counts.iter().sum();
                let is_year = date.as_str().len() == 4;
                let (inside, is_part) = (inside.count(), is_year && unit == TimelineUnit::Month);
                // A year that stands beside its months holds what is dated no closer.
                prop_assert!(inside == whole || is_part && inside > whole);
            }
        }
        for asked in ["2001", "2002-06/2003", "../2000", "2003-06-15"] {
            let asked: EdtfDate = asked.parse().unwrap();
            let part = TimelineQuestion { between: Some(asked.clone()), ..question.clone() };
            let part = timeline(&graph, &View::new(&graph, &spec), &part, today, &Budget::unlimited()).unwrap();
            let expected: Vec<_> = found.iter()
                .filter(|entry| entry.date.first_day() <= asked.last_day() && asked.first_day() <= entry.date.last_day())
                .cloned()
                .collect();
            prop_assert_eq!(part, expected);
        }
    }

    #[test]
    fn a_comparison_is_that_of_two_sets(state in seeds::state(), one in seeds::view(), other in seeds::view()) {
        let (a, b) = (Seen::new(&state, &one), Seen::new(&state, &other));
        let (mut entities, mut relationships, mut kept) = (Vec::new(), Vec::new(), [0, 0]);
        for e in 0..state.entities.len() {
            let record = &state.entities[e];
            let shown = |seen: &Seen<'_>| record.citations.iter().filter(|c| seen.is_shown(c)).cloned().collect::<Vec<_>>();
            match (a.entities[e], b.entities[e]) {
                (true, true) if shown(&a) == shown(&b) => kept[0] += 1,
                (true, true) => entities.push(format!("~{}", record.id)),
                (true, false) => entities.push(format!("-{}", record.id)),
                (false, true) => entities.push(format!("+{}", record.id)),
                (false, false) => {}
            }
        }
        for r in 0..state.relationships.len() {
            let record = &state.relationships[r];
            let shown = |seen: &Seen<'_>| record.citations.iter().filter(|c| seen.is_shown(c)).cloned().collect::<Vec<_>>();
            match (a.relationships[r], b.relationships[r]) {
                (true, true) if shown(&a) == shown(&b) => kept[1] += 1,
                (true, true) => relationships.push(format!("~{}", record.id())),
                (true, false) => relationships.push(format!("-{}", record.id())),
                (false, true) => relationships.push(format!("+{}", record.id())),
                (false, false) => {}
            }
        }
        prop_assert_eq!(ask_compare(&state, &one, &other), (entities, kept[0], relationships, kept[1]));
    }

    #[test]
    fn two_states_are_compared_by_id(one in seeds::state(), other in seeds::state()) {
        let (a, b) = (Graph::build(&one), Graph::build(&other));
        let everything = View::everything();
        let found = compare((&a, &everything), (&b, &everything), &Budget::unlimited()).unwrap();
        let records = |state: &State| -> BTreeMap<String, serde_json::Value> {
            let relationships = state.relationships.iter();
            relationships.map(|r| (r.id().to_string(), serde_json::to_value(&r.value).unwrap())).collect()
        };
        let (before, after) = (records(&one), records(&other));
        let mut expected: BTreeMap<String, Difference> = BTreeMap::new();
        for id in before.keys().chain(after.keys()) {
            let difference = match (before.get(id), after.get(id)) {
                (Some(one), Some(other)) if one == other => continue,
                (Some(_), Some(_)) => Difference::Changed,
                (Some(_), None) => Difference::Lost,
                (None, _) => Difference::Gained,
            };
            expected.insert(id.clone(), difference);
        }
        let id = |found: &consortia::graph::Differing<_>| match (found.before, found.after) {
            (Some(index), _) => a.relationship(index).id().to_string(),
            (None, index) => b.relationship(index.unwrap()).id().to_string(),
        };
        let plain: BTreeMap<String, Difference> =
            found.relationships.iter().map(|found| (id(found), found.difference)).collect();
        prop_assert_eq!(plain, expected);
        for changed in &found.relationships {
            prop_assert_eq!(changed.fields.is_empty(), changed.difference != Difference::Changed);
        }
    }

    #[test]
    fn issues_are_those_of_a_naive_search_and_filters_find_the_same(state in seeds::state(), spec in seeds::view()) {
        let (graph, seen, budget) = (Graph::build(&state), Seen::new(&state, &spec), Budget::unlimited());
        let view = View::new(&graph, &spec);
        let question = QualityQuestion { kinds: IssueKinds::ALL, filter: None };
        let found = quality(&graph, &view, &question, &budget).unwrap();
        let naive = naive_issues(&seen);
        prop_assert_eq!(found.iter().map(as_naive).collect::<BTreeSet<_>>(), naive.clone());
        prop_assert!(found.is_sorted_by_key(|issue| (issue.kind, issue.about)));
        for kind in IssueKind::ALL {
            let kinds = IssueKinds::NONE.with(kind);
            let some = quality(&graph, &view, &QualityQuestion { kinds, filter: None }, &budget).unwrap();
            prop_assert_eq!(some, found.iter().filter(|issue| issue.kind == kind).cloned().collect::<Vec<_>>());
            let filter = consortia::graph::EntityFilter { quality: Some(kinds), ..Default::default() };
            for entity in graph.entities().filter(|entity| seen.entities[entity.position()]) {
                let has = naive.iter().any(|&(of, about, e, _)| of == kind && !about && e == entity.position());
                prop_assert_eq!(filter.matches(&graph, &view, entity, &budget).unwrap(), has);
            }
            let filter = consortia::graph::RelationshipFilter { quality: Some(kinds), ..Default::default() };
            for relationship in graph.relationships().filter(|r| seen.relationships[r.position()]) {
                let mutual = [IssueKind::DatesDisagree, IssueKind::RolesDisagree].contains(&kind);
                let has = naive.iter().any(|&(of, about, r, other)| {
                    let here = relationship.position();
                    of == kind && about && (r == here || mutual && other == Some(here))
                });
                let source = graph.ends(relationship).0;
                prop_assert_eq!(filter.matches(&graph, &view, source, relationship, &budget).unwrap(), has);
            }
        }
    }

    #[test]
    fn a_projection_is_that_of_a_naive_search(
        state in seeds::state(), spec in seeds::view(), of in seeds::entities(1), through in seeds::entities(1),
        via in seeds::relationships(1), min_weight in 1_u32..3, backbone in proptest::option::of(0.1_f64..1.0),
    ) {
        let (graph, seen, budget) = (Graph::build(&state), Seen::new(&state, &spec), Budget::unlimited());
        let view = View::new(&graph, &spec);
        let step = |member: usize, shared: usize| -> Vec<usize> {
            seen.around(member).into_iter()
                .filter(|&(r, other)| other == shared && seen.relationship_passes(&via, r, member))
                .map(|(r, _)| r)
                .collect()
        };
        let count = state.entities.len();
        let mut weights: BTreeMap<(usize, usize), Shared> = BTreeMap::new();
        for one in (0..count).filter(|&e| seen.entities[e] && seen.passes(&of, e)) {
            for other in (one + 1..count).filter(|&e| seen.entities[e] && seen.passes(&of, e)) {
                for shared in (0..count).filter(|&e| seen.entities[e] && seen.passes(&through, e)) {
                    let steps = [step(one, shared), step(other, shared)];
                    if steps.iter().all(|steps| !steps.is_empty()) {
                        weights.entry((one, other)).or_default().insert(shared, steps);
                    }
                }
            }
        }
        weights.retain(|_, shared| shared.len() >= min_weight as usize);
        let significance = |pair: (usize, usize)| -> f64 {
            let seen_from = |end: usize| {
                let own: Vec<f64> = weights.iter()
                    .filter(|((one, other), _)| *one == end || *other == end)
                    .map(|(_, shared)| shared.len() as f64)
                    .collect();
                let share = weights[&pair].len() as f64 / own.iter().sum::<f64>();
                if own.len() == 1 { 1.0 } else { (1.0 - share).powi(own.len() as i32 - 1) }
            };
            seen_from(pair.0).min(seen_from(pair.1))
        };
        let mut expected: Vec<(usize, usize)> = weights.keys().copied()
            .filter(|&pair| backbone.is_none_or(|alpha| significance(pair) < alpha))
            .collect();
        let sort_name = |e: usize| seen.sort_name(e);
        expected.sort_by_key(|&(one, other)| {
            (std::cmp::Reverse(weights[&(one, other)].len()), sort_name(one), sort_name(other), one, other)
        });
        let question = ProjectionQuestion {
            of: of.filter(&graph), through: through.filter(&graph), via: via.filter(&graph), min_weight, backbone,
        };
        let found = projection(&graph, &view, &question, &budget).unwrap();
        let place = |place: u32| found.entities()[place as usize].position();
        let pairs: Vec<_> = found.edges().iter().map(|edge| (place(edge.one), place(edge.other))).collect();
        prop_assert_eq!(&pairs, &expected);
        let named: BTreeSet<usize> = expected.iter().flat_map(|&(one, other)| [one, other]).collect();
        prop_assert_eq!(found.entities().iter().map(|e| e.position()).collect::<BTreeSet<_>>(), named);
        for (edge, pair) in found.edges().iter().zip(pairs) {
            prop_assert_eq!(edge.weight as usize, weights[&pair].len());
            prop_assert!((edge.significance - significance(pair)).abs() < 1e-12);
            let positions = |found: Vec<consortia::graph::RelationshipIndex>| -> Vec<usize> {
                found.into_iter().map(|r| r.position()).collect()
            };
            let witnesses: BTreeMap<usize, [Vec<usize>; 2]> = found.witnesses(edge).into_iter()
                .map(|witness| (witness.through.position(), [positions(witness.one), positions(witness.other)]))
                .collect();
            prop_assert_eq!(&witnesses, &weights[&pair]);
        }
    }
}

#[test]
fn figures_are_compared_as_the_two_views_show_them() {
    let figure = |value: &str, document| Figure {
        label: "members".into(),
        value: value.into(),
        at_least: None,
        at_most: None,
        as_of: None,
        citation: citation(document, Strength::Stated),
    };
    let world = |figures: Vec<Figure>| {
        World::new().entity_with("forum", EntityKind::Event, |record| record.figures = figures).graph()
    };
    let fields = |before: &Graph, one: &[&str], after: &Graph, other: &[&str]| -> Vec<Vec<Field>> {
        let view = |graph: &Graph, documents: &[&str]| {
            let documents = documents.iter().map(|id| DocumentId::new(id).unwrap()).collect();
            View::new(graph, &ViewSpec { documents: Some(documents), ..ViewSpec::default() })
        };
        let (one, other) = (view(before, one), view(after, other));
        let found = compare((before, &one), (after, &other), &Budget::unlimited()).unwrap();
        found.entities.into_iter().map(|differing| differing.fields).collect()
    };
    let (ten, twenty) = (figure("10", DOCUMENTS[1]), figure("20", DOCUMENTS[1]));
    let (one, other) =
        (world(vec![ten.clone(), figure("12", DOCUMENTS[0])]), world(vec![twenty, figure("12", DOCUMENTS[0])]));
    assert_eq!(one.entity(find(&one, "forum")).figures.len(), 2);
    // The second document counts ten, and is seen by one view alone.
    assert_eq!(fields(&one, &DOCUMENTS[..1], &one, &DOCUMENTS[..2]), [[Field::Figures]]);
    // It counts otherwise later, which no view shows.
    assert_eq!(fields(&one, &DOCUMENTS[..1], &other, &DOCUMENTS[..1]), [[]; 0]);
    assert_eq!(fields(&one, &DOCUMENTS[..2], &other, &DOCUMENTS[..2]), [[Field::Figures]]);
}
