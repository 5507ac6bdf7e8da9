//! Relay walks: every connection of the schema, forwards and backwards, comes to each item once.

use serde_json::{Value, json};

use crate::support::ask;

/// A connection: what stands before its arguments, its own arguments, and what tells an item.
const CONNECTIONS: &[(&str, &str, bool)] = &[
    ("documents", "", true),
    ("commits", "", true),
    ("graph { entities", "filter: { kinds: [UNIVERSITY] },", true),
    ("graph { entities", "filter: { countries: [\"GB\"] }, orderBy: { by: DEGREE, direction: DESC },", true),
    ("graph { relationships", "filter: { kinds: [PARTICIPATED_IN] },", true),
    ("graph { search", "text: \"university\",", false),
    (
        "graph { links",
        "from: [\"university-of-oxford\"], through: { kinds: [CONSORTIUM] }, to: { countries: [\"CN\"] },",
        false,
    ),
    (
        "graph { paths",
        "from: [\"university-of-oxford\"], to: [\"west-china-hospital\"], select: ALL_SIMPLE, maxLength: 3,",
        false,
    ),
    ("graph { entity(id: \"sichuan-university\") { relationships", "", true),
    ("graph { entity(id: \"sichuan-university\") { neighbors", "filter: { not: { kinds: [TOPIC] } },", true),
    ("document(id: \"hkust-pumch-agreement\") { entities", "", true),
    ("document(id: \"hkust-pumch-agreement\") { relationships", "", true),
    ("graph { entity(id: \"tsinghua-university-school-of-medicine\") { ... on Organization { partners", "", true),
    ("graph { entity(id: \"china-uk-consortium-preparatory-meeting-2023\") { ... on Event { participants", "", true),
    ("graph { match", "pattern: \"(h:Hospital)-[]-(x)\",", false),
    ("graph { ranking", "by: DEGREE, filter: { kinds: [HOSPITAL, CONSORTIUM, COMPANY] },", false),
    ("graph { communities", "", false),
    ("graph(view: { entityKinds: [UNIVERSITY] }) { components", "", false),
    ("graph { cutVertices", "", false),
    ("graph { bridges", "", false),
    ("graph { similar", "to: \"sichuan-university\",", false),
    ("graph { common(ids: [\"university-of-oxford\", \"sichuan-university\"]) { neighbors", "", true),
    ("graph { timeline", "around: [\"sichuan-university\"],", true),
    ("graph { quality", "kinds: [ROLES_DISAGREE, NAMED_BY_NUMBER, NO_MEMBERS, NO_HOSPITAL],", true),
    ("graph { projection(of: { kinds: [UNIVERSITY] }, through: { kinds: [CONSORTIUM] }) { ties: edges", "", true),
    ("graph { projection(of: { kinds: [UNIVERSITY] }, through: { kinds: [CONSORTIUM] }) { entities", "", true),
    ("compare(a: { asOf: \"2022\" }, b: { asOf: \"2023\" }) { entities", "", true),
    ("compare(a: { asOf: \"2022\" }, b: { asOf: \"2023\" }) { relationships", "", true),
];

/// One page: its cursors, whether there is more before and after, and the total.
fn page(path: &str, fixed: &str, window: &str) -> (Vec<String>, bool, bool, usize) {
    let tail = " }".repeat(path.matches('{').count() - path.matches('}').count());
    let wanted = "totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
    let query = format!("{{ {path}({fixed} {window}) {{ {wanted} }}{tail} }}");
    let response = ask(&query, Value::Null);
    assert_eq!(response.get("errors"), None, "{query}: {response}");
    let mut connection = &response["data"];
    while connection.get("edges").is_none() {
        connection = connection.as_object().and_then(|fields| fields.values().next()).unwrap();
    }
    let cursors: Vec<String> = connection["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| edge["cursor"].as_str().unwrap().to_owned())
        .collect();
    let info = &connection["pageInfo"];
    assert_eq!(info["startCursor"], json!(cursors.first()), "{query}");
    assert_eq!(info["endCursor"], json!(cursors.last()), "{query}");
    let flag = |name: &str| info[name].as_bool().unwrap();
    let total = usize::try_from(connection["totalCount"].as_u64().unwrap()).unwrap();
    (cursors, flag("hasPreviousPage"), flag("hasNextPage"), total)
}

#[test]
fn every_connection_walked_forwards_comes_to_each_item_once() {
    for (path, fixed, _) in CONNECTIONS {
        let (all, before, after, total) = page(path, fixed, "first: 500");
        assert!(!before && !after && all.len() == total && total > 0, "{path}: {total}");
        for size in [1, 3] {
            let mut walked = Vec::new();
            let mut window = format!("first: {size}");
            loop {
                let (cursors, has_previous, has_next, same_total) = page(path, fixed, &window);
                assert_eq!(same_total, total, "{path}");
                assert_eq!(has_previous, !walked.is_empty(), "{path} at {}", walked.len());
                walked.extend(cursors);
                assert_eq!(has_next, walked.len() < total, "{path} at {}", walked.len());
                if !has_next {
                    break;
                }
                window = format!("first: {size}, after: \"{}\"", walked.last().unwrap());
            }
            assert_eq!(walked, all, "{path} by {size}");
        }
    }
}

#[test]
fn every_connection_walked_backwards_comes_to_each_item_once() {
    for (path, fixed, _) in CONNECTIONS.iter().filter(|(_, _, backwards)| *backwards) {
        let (all, ..) = page(path, fixed, "first: 500");
        let mut walked: Vec<String> = Vec::new();
        let mut window = "last: 4".to_owned();
        loop {
            let (cursors, has_previous, has_next, total) = page(path, fixed, &window);
            assert_eq!(has_next, !walked.is_empty(), "{path}");
            walked.splice(0..0, cursors);
            assert_eq!(has_previous, walked.len() < total, "{path}");
            if !has_previous {
                break;
            }
            window = format!("last: 4, before: \"{}\"", walked[0]);
        }
        assert_eq!(walked, all, "{path}");
    }
}

#[test]
fn a_cursor_that_no_page_gave_is_refused_wherever_it_points() {
    // The greatest place there is, one before it, and a place without a key.
    for cursor in ["MTg0NDY3NDQwNzM3MDk1NTE2MTUveA", "MTg0NDY3NDQwNzM3MDk1NTE2MTQveA", "MC8"] {
        for (path, fixed, _) in CONNECTIONS {
            let tail = " }".repeat(path.matches('{').count() - path.matches('}').count());
            let answer = ask(&format!("{{ {path}({fixed} after: \"{cursor}\") {{ totalCount }}{tail} }}"), Value::Null);
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], "INVALID_INPUT", "{path}: {answer}");
            assert!(error["message"].as_str().unwrap().starts_with("after: the cursor"), "{path}: {answer}");
        }
    }
}

#[test]
fn everything_that_has_an_id_is_found_by_it() {
    let listed = ask(
        "{ documents(first: 500) { nodes { id } } commits { nodes { id } } \
         graph { entities(first: 500) { nodes { id } } relationships(first: 500) { nodes { id } } } }",
        Value::Null,
    );
    let data = &listed["data"];
    let mut seen = 0;
    for list in [&data["documents"], &data["commits"], &data["graph"]["entities"], &data["graph"]["relationships"]] {
        let nodes = list["nodes"].as_array().unwrap();
        for chunk in nodes.chunks(100) {
            let ids: Vec<&Value> = chunk.iter().map(|node| &node["id"]).collect();
            let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
            let found = ask(query, json!({ "ids": ids }));
            assert_eq!(found["data"]["nodes"], json!(chunk));
            seen += chunk.len();
        }
    }
    assert!(seen > 500, "{seen}");
    let unknown = ask("{ node(id: \"nobody\") { id } nodes(ids: [\"commit:9999\", \"a:b:c\"]) { id } }", Value::Null);
    assert_eq!(unknown["data"], json!({ "node": null, "nodes": [null, null] }));
    assert_eq!(unknown.get("errors"), None);
}

#[test]
fn every_relationship_is_cited_and_every_conclusion_says_why() {
    let query = "query ($after: String) { graph { relationships(first: 500, after: $after) { \
                 nodes { id sentence citations { strength note document { id } } } } } }";
    let response = ask(query, json!({ "after": null }));
    let nodes = response["data"]["graph"]["relationships"]["nodes"].as_array().unwrap();
    assert!(nodes.len() > 300, "{}", nodes.len());
    for node in nodes {
        let citations = node["citations"].as_array().unwrap();
        assert!(!citations.is_empty(), "{node}");
        for citation in citations {
            assert!(citation["strength"] == "STATED" || citation["note"].is_string(), "{node}");
        }
        assert!(node["sentence"].as_str().unwrap().ends_with('.'), "{node}");
    }
}
