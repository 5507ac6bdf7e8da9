//! Words that mean what people think: dates by what they cover, texts without case and accents, cities by any name.

use std::sync::Arc;

use consortia::graph::EntityOrder;
use consortia::graph::{Budget, DateFilter, EntityFilter, Graph, RelationshipFilter, View, entities, relationships};
use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::name::{Name, NameKind};
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use consortia::model::state::State;

use super::world::{ask, rows};

/// Members of one consortium: id, name, another name, country, city, and of the membership role, since, until.
type Member =
    (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const MEMBERS: [Member; 10] = [
    ("athens", "Εθνικό Πανεπιστήμιο Αθηνών", "NKUA", "GR", "ΑΘΗΝΑ", "member", "2024-01-01", "2027-06-30"),
    ("ethz", "ETH Zürich", "ETHZ", "CH", "ZURICH", "Mitglied", "2024", "2027"),
    ("hus", "Lomonosov", "МОСКОВСКИЙ УНИВЕРСИТЕТ", "RU", "Москва", "MEMBER", "2023-12-31", "2024-12-31"),
    ("istanbul", "İstanbul Üniversitesi", "IU", "TR", "İstanbul", "Coordinator", "2024/..", "2026~"),
    ("kaist", "ＫＡＩＳＴ", "KAIST", "KR", "Daejeon", "coordinator", "2026-03", "2029"),
    ("ki", "KAROLINSKA INSTITUTET", "KI", "SE", "STOCKHOLM", "co-ordinator", "202X", "2028-01-01"),
    ("ku", "Københavns Universitet", "UCPH", "DK", "København K", "Vice-Président", "2022/2023", "2024-06/2025-02"),
    ("milano", "Università degli Studi di Milano", "UniMi", "IT", "MILANO", "member", "", "2027-12-31"),
    ("polimi", "Politecnico di Milano", "PoliMi", "IT", "Milan", "member", "2024-06-01", ""),
    ("sorbonne", "Sorbonne Université", "SU", "FR", "PARIS CEDEX 05", "member", "", "2028"),
];

fn citation() -> Vec<Citation> {
    let document = DocumentId::new("document").unwrap();
    vec![Citation { document, locator: None, strength: Strength::Stated, note: None }]
}

fn graph() -> Graph {
    let versioned_entity = |mut record: EntityRecord| {
        record.citations = citation();
        Arc::new(Versioned { revision: 1, value: Entity::new(record).unwrap() })
    };
    let consortium = EntityRecord::new(EntityId::new("z").unwrap(), EntityKind::Consortium, "Z");
    let mut all = vec![];
    let mut memberships = vec![];
    for (id, name, other, country, city, role, since, until) in MEMBERS {
        let mut record = EntityRecord::new(EntityId::new(id).unwrap(), EntityKind::University, name);
        record.names = vec![Name { text: other.into(), kind: NameKind::Alias, language: None }];
        record.country = Some(country.parse().unwrap());
        record.city = Some(city.into());
        all.push(versioned_entity(record));
        let mut record = RelationshipRecord::new(
            EntityId::new(id).unwrap(),
            RelationshipKind::MemberOf,
            EntityId::new("z").unwrap(),
        );
        record.role = Some(role.into());
        record.since = since.parse().ok();
        record.until = until.parse().ok();
        record.citations = citation();
        memberships.push(Arc::new(Versioned { revision: 1, value: Relationship::new(record).unwrap() }));
    }
    all.push(versioned_entity(consortium));
    Graph::build(&State { entities: all, relationships: memberships, ..State::default() })
}

/// Of each row the id of the member, in the order of rows.
fn members(graph: &Graph, condition: &str) -> String {
    let pattern = format!("(h:University)-[m:MEMBER_OF]->(c) WHERE {condition}");
    let found = ask(graph, &pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
    let ids = rows(graph, &found).into_iter().map(|row| {
        let path = row.paths[0].clone().unwrap();
        graph.entity(path.entities[0]).id.to_string()
    });
    ids.collect::<Vec<_>>().join(" ")
}

#[test]
fn dates_are_met_by_what_they_cover() {
    let graph = graph();
    for (condition, expected) in [
        ("m.until = '2027'", "athens ethz milano"),
        ("m.until = '2024'", "hus"),
        ("m.until = '2027-06'", "athens"),
        ("m.until = '2024/2025'", "hus ku"),
        ("m.until = '2026'", "istanbul"),
        ("m.until <> '2027'", "hus istanbul kaist ki ku sorbonne"),
        ("m.until IN ['2024', '2027-06-30', '2029']", "athens hus kaist"),
        ("m.since >= '2024'", "athens ethz istanbul kaist polimi"),
        ("m.since > '2024'", "kaist"),
        ("m.since >= '2024-06-01'", "kaist polimi"),
        ("m.since < '2024'", "hus ku"),
        ("m.since <= '2023'", "hus ku"),
        ("m.since <= '2024'", "athens ethz hus ku polimi"),
        ("m.until <= '2024'", "hus"),
        ("m.until <= '2027'", "athens ethz hus istanbul ku milano"),
        ("'2027' <= m.until", "athens ethz kaist ki milano sorbonne"),
        ("m.until < m.since", ""),
        ("m.since = '2020/2029'", "athens ethz hus kaist ki ku polimi"),
        ("(m.since >= '2024-06-01') IS NOT FALSE", "ethz istanbul kaist ki milano polimi sorbonne"),
        ("(m.since >= '2024-06-01') IS NOT FALSE AND m.since IS NOT NULL", "ethz istanbul kaist ki polimi"),
        ("(m.since >= '2024-06-01') IS UNKNOWN AND m.since IS NOT NULL", "ethz istanbul ki"),
        ("m.since >= '2024' IS FALSE", "hus ku"),
        ("m.since = EXACTLY '2024'", "ethz"),
        ("NOT m.until = '2027' AND m.since IS NULL", "sorbonne"),
    ] {
        assert_eq!(members(&graph, condition), expected, "{condition}");
    }
}

#[test]
fn filters_of_dates_mean_what_patterns_do() {
    let graph = graph();
    let date = |text: &str| Some(text.parse().unwrap());
    for (filter, condition) in [
        (DateFilter { within: date("2024"), ..DateFilter::default() }, "m.since = '2024'"),
        (DateFilter { from: date("2024"), ..DateFilter::default() }, "m.since >= '2024'"),
        (DateFilter { to: date("2024"), ..DateFilter::default() }, "m.since <= '2024'"),
        (
            DateFilter { from: date("2024-06"), possible: true, ..DateFilter::default() },
            "(m.since >= '2024-06') IS NOT FALSE AND m.since IS NOT NULL",
        ),
        (DateFilter { known: Some(false), ..DateFilter::default() }, "m.since IS NULL"),
        (
            DateFilter { from: date("2023"), to: date("2024-03"), ..DateFilter::default() },
            "m.since >= '2023' AND m.since <= '2024-03'",
        ),
    ] {
        let asked = RelationshipFilter { since: Some(filter), ..RelationshipFilter::default() };
        let found = relationships(&graph, &View::everything(), &asked, &Budget::unlimited()).unwrap();
        let ids = found.iter().map(|&found| graph.entity(graph.ends(found).0).id.to_string());
        assert_eq!(ids.collect::<Vec<_>>().join(" "), members(&graph, condition), "{condition}");
    }
}

#[test]
fn texts_are_met_without_case_and_accents_unless_they_are_asked_for_exactly() {
    let graph = graph();
    for (condition, expected) in [
        ("h.name CONTAINS 'Karolinska'", "ki"),
        ("h.name CONTAINS EXACTLY 'Karolinska'", ""),
        ("h.name CONTAINS EXACTLY 'KAROLINSKA'", "ki"),
        ("h.name = 'eth zurich'", "ethz"),
        ("h.name = EXACTLY 'ETH Zurich'", ""),
        ("h.name <> 'ETH ZÜRICH' AND h.country = 'CH'", ""),
        ("h.name IN ['Kaist', 'karolinska institutet']", "kaist ki"),
        ("h.name STARTS WITH 'kobenhavns'", "ku"),
        ("h.name ENDS WITH 'universite'", "sorbonne"),
        ("h.name ENDS WITH 'MILANO'", "milano polimi"),
        ("h.name STARTS WITH 'istanbul uni'", "istanbul"),
        ("h.names CONTAINS 'московский университет'", "hus"),
        ("h.names CONTAINS EXACTLY 'московский университет'", ""),
        ("'ethz' IN h.aliases", "ethz"),
        ("h.name CONTAINS 'ΠΑΝΕΠΙΣΤΉΜΙΟ'", "athens"),
        ("h.name ENDS WITH 'αθηνων'", "athens"),
        ("h.name CONTAINS '&'", ""),
        ("h.name CONTAINS ' '", "athens ethz istanbul ki ku milano polimi sorbonne"),
        ("m.role = 'Member'", "athens hus milano polimi sorbonne"),
        ("m.role = EXACTLY 'member'", "athens milano polimi sorbonne"),
        ("m.role CONTAINS 'president'", "ku"),
        ("m.role IN ['MITGLIED', 'COORDINATOR']", "ethz istanbul kaist"),
        ("h.id = 'ETHZ'", ""),
        ("h.id CONTAINS 'ETH'", "ethz"),
        ("h.name < 'b'", ""),
    ] {
        assert_eq!(members(&graph, condition), expected, "{condition}");
    }
}

#[test]
fn a_city_is_met_by_any_of_its_names() {
    let graph = graph();
    for (condition, expected) in [
        ("h.city = 'Milan'", "milano polimi"),
        ("h.city = 'Mailand'", "milano polimi"),
        ("h.city = EXACTLY 'Milan'", "polimi"),
        ("h.city CONTAINS 'milan'", "milano polimi"),
        ("h.city = 'Zürich'", "ethz"),
        ("h.city IN ['Athens', 'Paris', 'Nowhere']", "athens sorbonne"),
        ("h.city = 'Moscow'", "hus"),
        ("h.city = 'Konstantinopel' OR h.city = 'ISTANBUL'", "istanbul"),
        ("h.city <> 'Milano' AND h.country = 'IT'", ""),
        ("h.city = 'Stockholm'", "ki"),
        ("h.city = 'Nowhere'", ""),
        ("NOT h.city = 'Nowhere' AND h.country = 'KR'", "kaist"),
    ] {
        assert_eq!(members(&graph, condition), expected, "{condition}");
    }
    let same = ask(&graph, "(a:University), (b:University) WHERE a.city = b.city AND a <> b").unwrap();
    assert_eq!(same.len(), 2);
    let filter = EntityFilter {
        cities: Some(graph.cities_called("Mediolanum").into_iter().collect()),
        ..EntityFilter::default()
    };
    let found = entities(&graph, &View::everything(), &filter, &EntityOrder::default(), &Budget::unlimited()).unwrap();
    assert_eq!(found.iter().map(|&found| graph.entity(found).id.as_str()).collect::<Vec<_>>(), ["polimi", "milano"]);
}

#[test]
fn what_may_be_missing_makes_one_row_where_it_is() {
    let graph = graph();
    let listed = |pattern: &str| {
        let found = ask(&graph, pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        let rows = rows(&graph, &found);
        let row = |row: &consortia::graph::Match| {
            let paths =
                row.paths.iter().map(|path| path.as_ref().map_or("-".into(), |path| path.entities.len().to_string()));
            paths.collect::<Vec<String>>().join(" ")
        };
        rows.iter().map(row).collect::<Vec<_>>().join(", ")
    };
    // One who is a coordinator, and the consortium of it; the other way has no such member.
    assert_eq!(listed("(h {id: 'kaist'}) OPTIONAL MATCH (h)-[m]->(c)"), "1 2");
    assert_eq!(listed("(h {id: 'kaist'}) OPTIONAL MATCH (h)-[m]->(c) WHERE m.role = 'member'"), "1 -");
    assert_eq!(listed("(h {id: 'kaist'}) OPTIONAL MATCH (h)<-[m]-(c) OPTIONAL MATCH (c)-[]-(d)"), "1 - -");
    assert_eq!(
        listed("(h {id: 'kaist'}) OPTIONAL MATCH (h)<-[m]-(c) OPTIONAL MATCH (h)-[]-(d) WHERE c IS NULL"),
        "1 - 2"
    );
    assert_eq!(
        listed("(h {id: 'kaist'}) OPTIONAL MATCH (h)<-[m]-(c) OPTIONAL MATCH (h)-[]-(d) WHERE c IS NOT NULL"),
        "1 - -"
    );
    assert_eq!(listed("(c:Consortium) OPTIONAL MATCH (c)<-[m WHERE m.role = 'mitglied']-(h)"), "1 2");
    assert_eq!(listed("(h:Hospital) OPTIONAL MATCH (h)-[]-(c)"), "");
    let count = |pattern: &str| ask(&graph, pattern).unwrap().len();
    assert_eq!(count("(c:Consortium) OPTIONAL MATCH (c)<-[m]-(h) RETURN DISTINCT c"), 1);
    assert_eq!(count("(h:University) OPTIONAL MATCH (h)-[m WHERE m.since = '2024']->(c) RETURN h, c"), 10);
    assert_eq!(count("(h:University) OPTIONAL MATCH ALL SHORTEST (h)-[]-*(k {id: 'kaist'})"), 10);
}

#[test]
fn an_optional_part_knows_what_stands_before_it_only() {
    let graph = graph();
    let refusal = |pattern: &str| ask(&graph, pattern).unwrap_err().to_string().lines().next().unwrap().to_owned();
    let unknown = refusal("(h) WHERE c.name = 'x' OPTIONAL MATCH (h)-[]-(c)");
    assert!(unknown.starts_with("1:11: there is no variable c"), "{unknown}");
    let five = "(h)".to_owned() + &" OPTIONAL MATCH (h)-[]-(c)".repeat(5);
    assert!(refusal(&five).contains("OPTIONAL MATCH stands more than 4 times"), "{}", refusal(&five));
    let first = refusal("OPTIONAL MATCH (h)");
    assert!(first.contains("behind what has to be there"), "{first}");
}
