//! Documents that the schema refuses before they run: each rule of validation of the GraphQL specification, section 5, says
//! what to write instead, and where.

use serde_json::{Value, json};

use crate::support::ask;

fn errors(document: &str, variables: Value) -> Vec<Value> {
    let response = ask(document, variables);
    assert_eq!(response["data"], Value::Null, "{document}");
    response["errors"].as_array().unwrap_or_else(|| panic!("{document}: {response}")).clone()
}

fn refusal(document: &str) -> String {
    let all = errors(document, json!({}));
    all[0]["message"].as_str().unwrap().to_owned()
}

#[test]
fn each_rule_of_validation_says_what_to_write_instead() {
    for (document, expected) in [
        // Fields: of a subtype, at another level, misspelt, unknown.
        (
            "{ graph { entity(id: \"a\") { members { name } } } }",
            "Entity has no field members, but Organization has; write ... on Organization { members { … } }",
        ),
        ("{ entities { totalCount } }", "Query has no field entities; write graph { entities { … } }"),
        ("{ graph { entities { name } } }", "EntityConnection has no field name; write nodes { name }"),
        ("{ graph { entities { edges { name } } } }", "EntityEdge has no field name; write node { name }"),
        ("{ graph { entites { totalCount } } }", "Graph has no field entites; did you mean entities?"),
        (
            "{ graph { graph { revision } } }",
            "Graph has no field graph; graph stands at the top: write { graph { … } }",
        ),
        (
            "{ graph { statistics { compare { sentence } } } }",
            "Statistics has no field compare; compare stands at the top: write { compare(a: …, b: …) { … } }",
        ),
        // Arguments: misspelt, within another, missing, none.
        (
            "{ graph { entities(kind: HOSPITAL) { totalCount } } }",
            "entities has no argument kind; write filter: { kinds: … }",
        ),
        ("{ graph { entities(frist: 3) { totalCount } } }", "entities has no argument frist; did you mean first?"),
        ("{ graph { revision(of: 1) } }", "revision has no argument of; it takes none"),
        ("{ graph { entity { name } } }", "entity needs the argument id, as in entity(id: \"university-of-oxford\")"),
        (
            "{ graph { revision @include(unless: true) } }",
            "@include has no argument unless; it takes if: true or if: false",
        ),
        ("{ graph { revision @skip } }", "@skip needs the argument if, as in @skip(if: true)"),
        // Values.
        (
            "{ graph { entities(filter: { kinds: [HOSPITLA] }) { totalCount } } }",
            "filter.kinds.0: EntityKind has no value HOSPITLA; did you mean HOSPITAL?",
        ),
        (
            "{ graph { entities(filter: { kinds: hospital }) { totalCount } } }",
            "filter.kinds: EntityKind has no value hospital; did you mean HOSPITAL?",
        ),
        (
            "{ graph { entities(filter: { kinds: [\"medical school\"] }) { totalCount } } }",
            "filter.kinds.0: EntityKind has no value medical school; did you mean MEDICAL_SCHOOL?",
        ),
        (
            "{ graph { entities(filter: { kind: HOSPITAL }) { totalCount } } }",
            "filter: EntityFilter has no field kind; did you mean kinds?",
        ),
        ("{ graph { entities(first: \"ten\") { totalCount } } }", "first: a value of type Int is asked for; write 10"),
        ("{ graph { match(pattern: 5) { totalCount } } }", "pattern: a value of type String is asked for; write \"…\""),
        (
            "{ graph { links(from: null, through: {}, to: {}) { totalCount } } }",
            "from: a value of type [ID!] is asked for; write [\"university-of-oxford\"]",
        ),
        // Selections.
        ("{ graph { entities } }", "say which fields of entities you ask for, as in entities { nodes { id name } }"),
        (
            "{ graph { revision { number } } }",
            "revision is a value of type Int and has no fields; leave out { … } behind it",
        ),
        // Fragments and types.
        (
            "{ graph { entity(id: \"a\") { ... on Organisation { name } } } }",
            "there is no type Organisation; did you mean Organization?",
        ),
        (
            "{ graph { entity(id: \"a\") { ... on Citation { locator } } } }",
            "this fragment is on Citation, and here stands Entity, which is never one; it is one of Agreement, Event, \
             Organization, Person, Program, Topic",
        ),
        (
            "{ graph { entity(id: \"a\") { ... on EntityKind { name } } } }",
            "a fragment is on a type that has fields, and EntityKind has none; name another, as in ... on Organization",
        ),
        (
            "{ graph { entity(id: \"a\") { ...Missing } } }",
            "there is no fragment Missing; define it beside the query: fragment Missing on Entity { id name }",
        ),
        (
            "{ graph { revision } } fragment F on Entity { name }",
            "the fragment F is never used; write ...F where its fields are asked for, or leave it out",
        ),
        // Variables.
        (
            "{ graph { entity(id: $id) { name } } }",
            "$id is not declared; declare it behind the operation's name, as in query Q($id: String)",
        ),
        ("query Q($id: ID) { graph { revision } }", "$id is declared and never used; use it, or leave it out"),
        (
            "{ graph { links(from: [\"a\"], to: {}) { totalCount } } }",
            "links needs the argument through, as in links(through: { ids: … })",
        ),
        (
            "query Q($e: Entity) { graph { entity(id: $e) { name } } }",
            "$e cannot be of type Entity, which only answers are of; give a scalar such as ID or String, an enum or an \
             input type such as EntityFilter",
        ),
        // Directives.
        (
            "{ graph { revision @uppercase } }",
            "there is no directive @uppercase; there are @include(if: …) and @skip(if: …)",
        ),
        (
            "query Q @skip(if: true) { graph { revision } }",
            "@skip cannot stand on an operation; put it behind a field or a fragment",
        ),
    ] {
        let all = errors(document, json!({}));
        let messages: Vec<&str> = all.iter().map(|error| error["message"].as_str().unwrap()).collect();
        assert!(messages.contains(&expected), "{document}\n{messages:#?}\n{expected}");
    }
}

#[test]
fn an_error_keeps_its_place_its_code_and_its_bounds() {
    let all = errors("{\n  graph {\n    entites { totalCount }\n  }\n}", json!({}));
    assert_eq!(all[0]["locations"], json!([{ "line": 3, "column": 5 }]));
    assert_eq!(all[0]["extensions"]["code"], "INVALID_INPUT");
    let many = (0..60).map(|number| format!("unknown{number}")).collect::<Vec<_>>().join(" ");
    let all = errors(&format!("{{ graph {{ {many} }} }}"), json!({}));
    assert_eq!(all.len(), 20);
    assert!(all.iter().all(|error| error["message"].as_str().unwrap().chars().count() <= 500));
    // A long list of what there is, is cut.
    let message = refusal("{ graph { zzzzzzzzzzzz } }");
    assert!(message.starts_with("Graph has no field zzzzzzzzzzzz; it has "), "{message}");
    assert!(message.contains(" more") && message.chars().count() < 300, "{message}");
}

#[test]
fn values_of_variables_and_inputs_that_are_no_objects_are_told_too() {
    let kinds = "query Q($f: EntityFilter) { graph { entities(filter: $f) { totalCount } } }";
    let told = |variables: Value| errors(kinds, variables)[0]["message"].as_str().unwrap().to_owned();
    let expected = "filter.kinds.0: EntityKind has no value HOSPITL; did you mean HOSPITAL?";
    assert_eq!(told(json!({ "f": { "kinds": ["HOSPITL"] } })), expected);
    assert_eq!(told(json!({ "f": { "kind": [] } })), "filter: EntityFilter has no field kind; did you mean kinds?");
    let response = ask("{ graph { entities(filter: { since: \"2024\" }) { totalCount } } }", json!({}));
    assert_eq!(response["errors"][0]["message"], "a value of type DateFilter is asked for; write { within: … }");
}
