//! Which part of the graph is exported: the same as GraphQL gives for the same view or network.

use std::collections::BTreeSet;

use consortia::dataset::{self, File, Files};
use serde_json::{Value, json};

use super::{exported, files, small_world, snapshot, text};
use crate::support::{ask, curated_snapshot};

/// Ids of nodes, and source, kind, target of edges.
type Parts = (BTreeSet<String>, BTreeSet<[String; 3]>);

fn string(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn node_link(parameters: &[(&str, &str)]) -> Parts {
    let written: Value = serde_json::from_str(&text(&curated_snapshot(), "node-link", parameters)).unwrap();
    let nodes = written["nodes"].as_array().unwrap().iter().map(|node| string(&node["id"])).collect();
    let edge = |edge: &Value| [string(&edge["source"]), string(&edge["kind"]), string(&edge["target"])];
    (nodes, written["edges"].as_array().unwrap().iter().map(edge).collect())
}

fn graphql(arguments: &str, view: Value) -> Parts {
    let document = format!(
        "query Q($view: ViewInput) {{ graph(view: $view) {{ network({arguments}) {{ nodes {{ entity {{ id }} }} edges {{ \
         source target relationship {{ kind }} }} }} }} }}"
    );
    let answer = ask(&document, json!({ "view": view }));
    let network = &answer["data"]["graph"]["network"];
    let nodes = network["nodes"].as_array().unwrap_or_else(|| panic!("{answer}")).iter();
    let nodes = nodes.map(|node| string(&node["entity"]["id"])).collect();
    let edge = |edge: &Value| [string(&edge["source"]), string(&edge["relationship"]["kind"]), string(&edge["target"])];
    (nodes, network["edges"].as_array().unwrap().iter().map(edge).collect())
}

#[test]
fn the_same_view_holds_the_same_in_an_export_and_in_graphql() {
    let cases: [(&[(&str, &str)], Value); 7] = [
        (&[], json!({})),
        (&[("asOf", "2022-11-15")], json!({"asOf": "2022-11-15"})),
        (&[("asOf", "2022"), ("undated", "false")], json!({"asOf": "2022", "undated": false})),
        (&[("entityKinds", "hospital,UNIVERSITY")], json!({"entityKinds": ["HOSPITAL", "UNIVERSITY"]})),
        (
            &[("relationshipKinds", "signed"), ("relationshipKinds", "hosted")],
            json!({"relationshipKinds": ["SIGNED", "HOSTED"]}),
        ),
        (&[("strength", "stated")], json!({"strength": "STATED"})),
        (&[("documents", "hkust-pumch-agreement")], json!({"documents": ["hkust-pumch-agreement"]})),
    ];
    for (parameters, view) in cases {
        let found = node_link(parameters);
        assert!(!found.0.is_empty() && !found.1.is_empty(), "{parameters:?}");
        assert_eq!(found, graphql("maxNodes: 500", view), "{parameters:?}");
    }
    let filtered = node_link(&[("filter", r#"{"kinds": ["HOSPITAL", "UNIVERSITY"], "countries": ["CN"]}"#)]);
    assert!(!filtered.0.is_empty());
    assert_eq!(
        filtered,
        graphql("maxNodes: 500, filter: {kinds: [HOSPITAL, UNIVERSITY], countries: [\"CN\"]}", json!({}))
    );
}

#[test]
fn the_same_network_holds_the_same_in_an_export_and_in_graphql() {
    let parameters = [("around", "tsinghua-university,university-of-oxford"), ("depth", "2"), ("maxNodes", "60")];
    let arguments = r#"around: ["tsinghua-university", "university-of-oxford"], depth: 2, maxNodes: 60"#;
    assert_eq!(node_link(&parameters), graphql(arguments, json!({})));
    assert_eq!(node_link(&parameters).0.len(), 60);
    let shown = [("around", "university-of-oxford"), ("depth", "2"), ("show", r#"{"kinds": ["HOSPITAL"]}"#)];
    let found = node_link(&shown);
    assert_eq!(found, graphql(r#"around: ["university-of-oxford"], depth: 2, show: {kinds: [HOSPITAL]}"#, json!({})));
    assert!(found.0.len() > 1, "Oxford and the hospitals within two steps of it");
}

#[test]
fn a_view_shows_the_citations_that_pass_it_and_the_documents_they_are_of() {
    let written = text(&curated_snapshot(), "node-link", &[("documents", "hkust-pumch-agreement")]);
    let written: Value = serde_json::from_str(&written).unwrap();
    let documents = written["graph"]["documents"].as_array().unwrap();
    assert_eq!(documents.iter().map(|document| string(&document["id"])).collect::<Vec<_>>(), ["hkust-pumch-agreement"]);
    for edge in written["edges"].as_array().unwrap() {
        for citation in edge["citations"].as_array().unwrap() {
            assert_eq!(citation["document"], "hkust-pumch-agreement");
        }
    }
}

#[test]
fn toml_read_back_is_the_same_graph() {
    for world in [small_world(), curated_snapshot()] {
        let written = files(&world, "toml", &[]);
        let files: Files =
            written.iter().map(|(path, text)| File { path: path.as_str().into(), text: text.clone() }).collect();
        let reading = dataset::read(&files);
        assert_eq!(reading.violations.to_string(), "");
        let again = snapshot(reading.changes);
        let values = |snapshot: &consortia::knowledge::Snapshot| {
            let state = snapshot.state();
            let entities: Vec<_> = state.entities.iter().map(|one| one.value.clone()).collect();
            let relationships: Vec<_> = state.relationships.iter().map(|one| one.value.clone()).collect();
            let documents: Vec<_> = state.documents.iter().map(|one| one.value.clone()).collect();
            (documents, entities, relationships)
        };
        assert!(values(&again) == values(&world));
    }
}

#[test]
fn a_part_as_toml_stands_by_itself() {
    let world = curated_snapshot();
    for parameters in [
        &[("documents", "china-uk-forum-2022")][..],
        &[("strength", "stated")],
        &[("entityKinds", "person,agreement,event")],
        &[("around", "hong-kong-university-of-science-and-technology"), ("depth", "1")],
    ] {
        let written = files(&world, "toml", parameters);
        let files: Files =
            written.iter().map(|(path, text)| File { path: path.as_str().into(), text: text.clone() }).collect();
        let reading = dataset::read(&files);
        assert_eq!(reading.violations.to_string(), "", "{parameters:?}");
        assert!(!snapshot(reading.changes).state().entities.is_empty(), "{parameters:?}");
    }
}

#[test]
fn what_is_asked_wrongly_is_refused_with_what_is_right() {
    let world = small_world();
    for (format, parameters, code, expected) in [
        ("xlsx", &[][..], "NOT_FOUND", "use one of graphml, gexf"),
        (
            "dot",
            &[("asof", "2020")],
            "INVALID_INPUT",
            "there is no parameter \"asof\"; there are asOf, certainty, undated,",
        ),
        ("dot", &[("asOf", "20x")], "INVALID_INPUT", "\"20x\" is not a valid date; allowed are"),
        ("dot", &[("asOf", "2020"), ("asOf", "2021")], "INVALID_INPUT", "asOf: it is given twice"),
        ("dot", &[("undated", "maybe")], "INVALID_INPUT", "undated: give true or false"),
        ("dot", &[("strength", "weak")], "INVALID_INPUT", "strength: there is no \"weak\"; give inferred or stated"),
        ("dot", &[("layout", "zoo")], "INVALID_INPUT", "layout: there is no \"zoo\"; give force or circular"),
        ("dot", &[("entityKinds", "zoo")], "INVALID_INPUT", "\"ZOO\" is no kind of entity; use one of UNIVERSITY,"),
        ("dot", &[("relationshipKinds", "eats")], "INVALID_INPUT", "use one of PART_OF,"),
        ("dot", &[("documents", "forum-repotr")], "NOT_FOUND", "did you mean forum-report?"),
        ("dot", &[("around", "nobody")], "NOT_FOUND", "nothing has the id \"nobody\""),
        ("dot", &[("around", "forum-2022"), ("depth", "6")], "INVALID_INPUT", "a number from 0 to 5"),
        ("dot", &[("maxNodes", "501")], "INVALID_INPUT", "a number from 0 to 500"),
        ("dot", &[("maxNodes", "many")], "INVALID_INPUT", "maxNodes: give a whole number"),
        ("dot", &[("filter", "{")], "INVALID_INPUT", "filter: it is not valid JSON"),
        (
            "dot",
            &[("show", "{\"kinds\": [\"HOSPITAL\"]}")],
            "INVALID_INPUT",
            "show: it says what of a network is drawn",
        ),
        ("dot", &[("filter", "{\"zoo\": 1}")], "INVALID_INPUT", "filter: there is no field \"zoo\"; there are ids,"),
        (
            "dot",
            &[("filter", r#"{"not": {"or": [{"some": {"zoo": 1}}]}}"#)],
            "INVALID_INPUT",
            "there are kinds, direction,",
        ),
        ("dot", &[("filter", r#"{"kinds": ["ZOO"]}"#)], "INVALID_INPUT", "filter: Enumeration type does not"),
        ("dot", &[("base", "here")], "INVALID_INPUT", "use an absolute IRI"),
    ] {
        let refusal = exported(&world, format, parameters).err().unwrap_or_else(|| panic!("{parameters:?} passed"));
        assert!(refusal.message().contains(expected), "{parameters:?}: {}", refusal.message());
        assert_eq!(refusal.code().as_deref(), Some(code), "{parameters:?}");
    }
}
