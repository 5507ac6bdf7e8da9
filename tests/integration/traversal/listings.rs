//! Lists, look-ups, views and counts over worlds small enough to answer by hand.

use consortia::graph::{
    Budget, Direction, EntityFilter, EntityOrder, Graph, IdentifierQuery, OrderBy, RelationshipFilter, TextQuery, View,
    ViewSpec, YearCount, entities, neighbors, relationships, statistics,
};
use consortia::model::citation::Strength;
use consortia::model::entity::EntityKind::{Consortium, Event, Hospital, Person, Topic, University};
use consortia::model::id::DocumentId;
use consortia::model::name::{Name, NameKind};
use consortia::model::relationship::RelationshipKind::{
    AffiliatedWith, Concerns, HoldsPostAt, Hosted, MemberOf, Organized, ParticipatedIn,
};

use super::world::{DOCUMENTS, World, citation, find, id, ids, relationship_ids};

fn listed(graph: &Graph, filter: &EntityFilter, by: OrderBy, descending: bool) -> Vec<String> {
    let order = EntityOrder { by, descending, ..EntityOrder::default() };
    let found = entities(graph, &View::everything(), filter, &order, &Budget::unlimited()).unwrap();
    ids(graph, &found)
}

fn alias(text: &str, kind: NameKind) -> Name {
    Name { text: text.into(), kind, language: None }
}

fn three() -> Graph {
    World::new()
        .entity_with("a-hospital", Hospital, |record| {
            record.name = "zeta hospital".into();
            record.since = Some("1950".parse().unwrap());
        })
        .entity_with("b-university", University, |record| {
            record.name = "Élan University".into();
            record.names = vec![alias("四川大学华西医院", NameKind::Alias), alias("Elann Univ", NameKind::Misspelling)];
            record.identifiers = vec!["ROR:011ashp19".parse().unwrap()];
            record.country = Some("CN".parse().unwrap());
        })
        .entity_with("c-university", University, |record| {
            record.name = "elan university".into();
            record.since = Some("1900~".parse().unwrap());
            record.country = Some("GB".parse().unwrap());
        })
        .related("a-hospital", AffiliatedWith, "b-university")
        .related("a-hospital", AffiliatedWith, "c-university")
        .graph()
}

#[test]
fn lists_are_sorted_both_ways_with_equals_by_id_and_undated_last() {
    let graph = three();
    let all = EntityFilter::default();
    let sorted = |by, descending| listed(&graph, &all, by, descending);
    let [a, b, c] = ["a-hospital", "b-university", "c-university"];
    assert_eq!(sorted(OrderBy::Name, false), [b, c, a]);
    assert_eq!(sorted(OrderBy::Name, true), [a, b, c]);
    assert_eq!(sorted(OrderBy::Id, true), [c, b, a]);
    assert_eq!(sorted(OrderBy::Degree, false), [b, c, a]);
    assert_eq!(sorted(OrderBy::Degree, true), [a, b, c]);
    assert_eq!(sorted(OrderBy::Since, false), [c, a, b]);
    assert_eq!(sorted(OrderBy::Since, true), [a, c, b]);
    assert_eq!(sorted(OrderBy::Kind, false), [b, c, a]);
    assert_eq!(sorted(OrderBy::Kind, true), [a, b, c]);
}

#[test]
fn a_list_is_sorted_by_the_relationships_that_count() {
    let graph = World::new()
        .entity("consortium", Consortium)
        .entity("other", Consortium)
        .entity("host", University)
        .entity("joiner", University)
        .entity("visit", Event)
        .related("host", MemberOf, "consortium")
        .related("host", Hosted, "visit")
        .related("host", Organized, "visit")
        .related("joiner", MemberOf, "consortium")
        .related("joiner", MemberOf, "other")
        .graph();
    let universities = EntityFilter::of_kinds([University]);
    let sorted = |counted: RelationshipFilter, descending| {
        let order = EntityOrder { by: OrderBy::Degree, descending, counted };
        ids(&graph, &entities(&graph, &View::everything(), &universities, &order, &Budget::unlimited()).unwrap())
    };
    let memberships = || RelationshipFilter::of_kinds([MemberOf]);
    assert_eq!(sorted(RelationshipFilter::default(), true), ["host", "joiner"], "three and two in all");
    assert_eq!(sorted(memberships(), true), ["joiner", "host"], "two memberships and one");
    assert_eq!(sorted(memberships(), false), ["host", "joiner"]);
    let incoming = RelationshipFilter { direction: Direction::In, ..memberships() };
    assert_eq!(sorted(incoming, true), ["host", "joiner"], "none each: by id");
}

#[test]
fn a_text_is_found_when_one_name_holds_all_of_its_words() {
    let graph = three();
    let with = |text: &str| {
        listed(
            &graph,
            &EntityFilter { text: Some(TextQuery::new(text)), ..EntityFilter::default() },
            OrderBy::Id,
            false,
        )
    };
    assert_eq!(with("UNI elan"), ["b-university", "c-university"]);
    assert_eq!(with("elann"), ["b-university"]);
    assert_eq!(with("elann university"), [] as [&str; 0], "its words are in two names");
    assert_eq!(with("华西"), ["b-university"]);
    assert_eq!(with("lan"), [] as [&str; 0]);
    assert_eq!(with(" - ").len(), 3);
}

#[test]
fn an_entity_is_found_by_its_identifier() {
    let graph = three();
    let with = |text: &str| {
        let identifier = Some(IdentifierQuery::new(text).unwrap());
        listed(&graph, &EntityFilter { identifier, ..EntityFilter::default() }, OrderBy::Id, false)
    };
    for good in ["ROR:011ashp19", "https://ror.org/011ashp19", "011ashp19"] {
        assert_eq!(with(good), ["b-university"], "{good}");
    }
    assert_eq!(with("GRID:grid.13291.38"), [] as [&str; 0]);
    let identifier = "ROR:011ashp19".parse().unwrap();
    assert_eq!(ids(&graph, &graph.find_by_identifier(&identifier)), ["b-university"]);
    assert!(graph.find_by_identifier(&"ROR:052gg0110".parse().unwrap()).is_empty());
}

#[test]
fn empty_lists_pass_nothing_and_an_empty_and_passes_all() {
    let graph = three();
    let default = EntityFilter::default;
    let count = |filter: EntityFilter| listed(&graph, &filter, OrderBy::Id, false).len();
    assert_eq!(count(EntityFilter { ids: Some([].into()), ..default() }), 0);
    assert_eq!(count(EntityFilter::of_kinds([])), 0);
    assert_eq!(count(EntityFilter { countries: Some([].into()), ..default() }), 0);
    assert_eq!(count(EntityFilter { topics: Some([].into()), ..default() }), 0);
    assert_eq!(count(EntityFilter { or: Some(vec![]), ..default() }), 0);
    assert_eq!(count(EntityFilter { and: Some(vec![]), ..default() }), 3);
    assert_eq!(count(EntityFilter { not: Some(Box::default()), ..default() }), 0);
    assert_eq!(count(EntityFilter { countries: Some(["GB".parse().unwrap()].into()), ..default() }), 1);
}

#[test]
fn a_filter_of_many_parts_costs_a_visit_for_each_of_them() {
    let world = (0..10).fold(World::new(), |world, at| world.entity(&format!("e{at}"), University));
    let graph = world.graph();
    let named = |text: &str| EntityFilter { text: Some(TextQuery::new(text)), ..EntityFilter::default() };
    let filter = EntityFilter { or: Some(vec![named("nobody"); 300]), ..EntityFilter::default() };
    let budget = Budget::unlimited();
    let found = entities(&graph, &View::everything(), &filter, &EntityOrder::default(), &budget).unwrap();
    assert_eq!(found, []);
    assert_eq!(budget.spent(), 10 + 10 * 300);
}

/// A president since 2020 and one until 2019, a member without dates, in three documents.
fn terms() -> Graph {
    World::new()
        .entity("university", University)
        .entity("old-president", Person)
        .entity_with("new-president", Person, |record| {
            record.citations = vec![citation(DOCUMENTS[1], Strength::Inferred)]
        })
        .entity_with("closed-consortium", Consortium, |record| record.until = Some("2010".parse().unwrap()))
        .related_with("old-president", HoldsPostAt, "university", |record| {
            record.role = Some("Président".into());
            record.until = Some("2019-08".parse().unwrap());
        })
        .related_with("new-president", HoldsPostAt, "university", |record| {
            record.role = Some("Vice-President, then President".into());
            record.since = Some("2020".parse().unwrap());
            record.citations =
                vec![citation(DOCUMENTS[1], Strength::Stated), citation(DOCUMENTS[2], Strength::Inferred)];
        })
        .related("university", MemberOf, "closed-consortium")
        .graph()
}

fn shown(graph: &Graph, spec: ViewSpec) -> Vec<String> {
    let view = View::new(graph, &spec);
    let found = relationships(graph, &view, &RelationshipFilter::default(), &Budget::unlimited()).unwrap();
    let mut sources: Vec<_> =
        found.iter().map(|&relationship| graph.relationship(relationship).source.to_string()).collect();
    sources.sort();
    sources
}

#[test]
fn a_view_as_of_a_date_keeps_what_held_then_and_what_has_no_date() {
    let graph = terms();
    let as_of = |date: &str| ViewSpec { as_of: Some(date.parse().unwrap()), ..ViewSpec::default() };
    assert_eq!(shown(&graph, ViewSpec::default()), ["new-president", "old-president", "university"]);
    assert_eq!(shown(&graph, as_of("2010-12-31")), ["old-president", "university"]);
    assert_eq!(shown(&graph, as_of("2011")), ["old-president"], "the consortium is no more");
    assert_eq!(shown(&graph, as_of("2019-08-31/2020-01-01")), ["new-president", "old-president"]);
    assert_eq!(shown(&graph, as_of("2019-09-01/2019-12-31")), [] as [&str; 0]);
    let dated = ["new-president", "old-president", "university"];
    assert_eq!(shown(&graph, ViewSpec { undated: false, ..as_of("2010") }), dated[1..]);
    assert_eq!(shown(&graph, ViewSpec { undated: false, ..ViewSpec::default() }), dated, "its consortium has a date");
}

#[test]
fn one_citation_must_have_both_the_strength_and_the_document() {
    let graph = terms();
    let spec = |documents: &[&str], strength| ViewSpec {
        documents: Some(documents.iter().map(|id| DocumentId::new(id).unwrap()).collect()),
        strength,
        ..ViewSpec::default()
    };
    assert_eq!(shown(&graph, spec(&DOCUMENTS[2..], Strength::Inferred)), ["new-president"]);
    assert_eq!(shown(&graph, spec(&DOCUMENTS[2..], Strength::Stated)), [] as [&str; 0]);
    assert_eq!(shown(&graph, spec(&DOCUMENTS[1..], Strength::Stated)), ["new-president"]);
    assert_eq!(shown(&graph, spec(&[], Strength::Inferred)), [] as [&str; 0]);
    assert_eq!(shown(&graph, spec(&["unknown"], Strength::Inferred)), [] as [&str; 0]);
    // Her own citation is an inference, but a stated relationship holds her; the old president is not in this document.
    let view = View::new(&graph, &spec(&DOCUMENTS[1..2], Strength::Stated));
    let all = EntityFilter::default();
    let found = entities(&graph, &view, &all, &EntityOrder::default(), &Budget::unlimited()).unwrap();
    assert_eq!(ids(&graph, &found), ["new-president", "university"]);
}

#[test]
fn relationships_are_found_by_role_direction_and_other_end() {
    let graph = terms();
    let found = |filter: &RelationshipFilter| {
        let found = relationships(&graph, &View::everything(), filter, &Budget::unlimited()).unwrap();
        relationship_ids(&graph, &found).len()
    };
    let default = RelationshipFilter::default;
    assert_eq!(found(&RelationshipFilter { role: Some(RelationshipFilter::role("PRESIDENT")), ..default() }), 2);
    assert_eq!(found(&RelationshipFilter { role: Some(RelationshipFilter::role("vice president")), ..default() }), 1);
    let other = || Some(EntityFilter::of_kinds([University]));
    assert_eq!(found(&RelationshipFilter { other: other(), ..default() }), 3);
    assert_eq!(found(&RelationshipFilter { other: other(), direction: Direction::Out, ..default() }), 2);
    assert_eq!(found(&RelationshipFilter { other: other(), direction: Direction::In, ..default() }), 1);
    let university = find(&graph, "university");
    let around = |via: &RelationshipFilter| {
        let everything = View::everything();
        let found =
            neighbors(&graph, &everything, university, &EntityFilter::default(), via, &Budget::unlimited()).unwrap();
        found.iter().map(|neighbor| id(&graph, neighbor.entity)).collect::<Vec<_>>()
    };
    assert_eq!(around(&default()), ["closed-consortium", "new-president", "old-president"]);
    assert_eq!(around(&RelationshipFilter { direction: Direction::Out, ..default() }), ["closed-consortium"]);
}

#[test]
fn statistics_count_what_is_in_the_view_and_years_only_where_the_date_means_one() {
    let dated = |since: &'static str| {
        move |record: &mut consortia::model::relationship::RelationshipRecord| {
            record.since = Some(since.parse().unwrap())
        }
    };
    let graph = World::new()
        .entity_with("a", University, |record| record.country = Some("GB".parse().unwrap()))
        .entity_with("b", Hospital, |record| record.country = Some("CN".parse().unwrap()))
        .entity_with("c", Hospital, |record| record.country = Some("CN".parse().unwrap()))
        .entity_with("forum", Event, |record| record.since = Some("2022-11-15".parse().unwrap()))
        .entity_with("series", Event, |record| record.since = Some("202X".parse().unwrap()))
        .entity("topic", Topic)
        .related_with("a", Organized, "forum", dated("2022"))
        .related_with("b", ParticipatedIn, "forum", dated("2022-11~"))
        .related_with("c", ParticipatedIn, "forum", dated("2021/2023"))
        .related_with("a", Hosted, "series", dated("2019"))
        .related("a", Concerns, "topic")
        .graph();
    let counts = statistics(&graph, &View::everything(), &Budget::unlimited()).unwrap();
    assert_eq!((counts.entities, counts.relationships, counts.documents), (6, 5, 1));
    assert_eq!(counts.entity_kinds, [(Hospital, 2), (Event, 2), (University, 1), (Topic, 1)]);
    let countries: Vec<_> = counts.countries.iter().map(|(country, count)| (country.as_str(), *count)).collect();
    assert_eq!(countries, [("CN", 2), ("GB", 1)]);
    assert_eq!(counts.relationship_kinds, [(ParticipatedIn, 2), (Organized, 1), (Hosted, 1), (Concerns, 1)]);
    let year = |year, relationships, events| YearCount { year, relationships, events };
    assert_eq!(counts.years, [year(2019, 1, 0), year(2022, 2, 1)]);
    let undated = View::new(&graph, &ViewSpec { undated: false, ..ViewSpec::default() });
    assert_eq!(statistics(&graph, &undated, &Budget::unlimited()).unwrap().relationships, 4);
}
