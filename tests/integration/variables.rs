//! Values as JSON and documents write them: whole numbers, empty cursors, escapes.

use serde_json::{Value, json};

use crate::support::ask;

fn error(answer: &Value) -> &str {
    answer["errors"][0]["message"].as_str().unwrap_or_else(|| panic!("{answer}"))
}

#[test]
fn a_number_without_a_fraction_is_an_int_wherever_one_is_declared() {
    let entities = "query ($n: Int) { graph { entities(first: $n) { nodes { id } } } }";
    for (given, meant) in [(json!(1.0), 1), (json!(1), 1), (json!(1e1), 10), (json!(2e0), 2), (json!(-0.0), 0)] {
        let answer = ask(entities, json!({ "n": given }));
        let nodes = answer["data"]["graph"]["entities"]["nodes"].as_array();
        assert_eq!(nodes.unwrap_or_else(|| panic!("{given}: {answer}")).len(), meant, "{given}");
    }
    let needed = "query ($n: Int!) { graph { entities(first: $n) { nodes { id } } } }";
    assert_eq!(ask(needed, json!({ "n": 3.0 })), ask(needed, json!({ "n": 3 })));
    // In a list of objects, and in a list that is one value.
    let reconcile =
        "query ($q: [ReconcileQuery!]!) { graph { reconcile(queries: $q) { candidates { entity { id } } } } }";
    let query = json!({ "name": "Oxford", "first": 2.0 });
    let whole = ask(reconcile, json!({ "q": [{ "name": "Oxford", "first": 2 }] }));
    assert_eq!(whole["data"]["graph"]["reconcile"][0]["candidates"].as_array().unwrap().len(), 2);
    assert_eq!(ask(reconcile, json!({ "q": [query] })), whole);
    assert_eq!(ask(reconcile, json!({ "q": query })), whole);
}

#[test]
fn a_number_with_a_fraction_or_out_of_range_is_no_int() {
    let entities = "query ($n: Int) { graph { entities(first: $n) { nodes { id } } } }";
    for given in [json!(1.5), json!(1e-1), json!(1e300), json!(4e9), json!(-1e10), json!("1"), json!([1.0, 2.0])] {
        let answer = ask(entities, json!({ "n": given }));
        assert!(answer["data"]["graph"]["entities"].is_null(), "{given}: {answer}");
        assert!(!error(&answer).is_empty());
    }
    let written = ask("{ graph { entities(first: 1.0) { nodes { id } } } }", json!({}));
    assert!(error(&written).contains("Int"), "a literal 1.0 is a Float: {written}");
}

#[test]
fn a_float_and_json_stay_as_they_are() {
    let measured = "query ($r: Float) { graph { communities(resolution: $r, first: 1) { totalCount } } }";
    assert_eq!(ask(measured, json!({ "r": 1.0 })), ask(measured, json!({ "r": 1 })));
    let pattern =
        "query ($p: JSON) { graph { match(pattern: \"(a) WHERE a.name = $name\", parameters: $p) { totalCount } } }";
    let found = ask(pattern, json!({ "p": { "name": "University of Oxford" } }));
    assert_eq!(found["data"]["graph"]["match"]["totalCount"], 1, "{found}");
}

#[test]
fn an_empty_cursor_is_as_good_as_none() {
    let page = |arguments: &str| {
        let document =
            format!("{{ graph {{ entities({arguments}) {{ nodes {{ id }} pageInfo {{ hasNextPage }} }} }} }}");
        ask(&document, json!({}))["data"].clone()
    };
    assert_eq!(page("first: 2, after: \"\""), page("first: 2"));
    assert_eq!(page("last: 2, before: \"\""), page("last: 2"));
    let links = |after: &str| {
        let document = format!("{{ graph {{ search(text: \"Oxford\", first: 1{after}) {{ nodes {{ id }} }} }} }}");
        ask(&document, json!({}))["data"].clone()
    };
    assert_eq!(links(", after: \"\""), links(""));
    assert!(links("")["graph"]["search"]["nodes"][0]["id"].is_string());
}

#[test]
fn a_text_may_be_written_in_escapes_of_any_sort() {
    let search = |text: &str| {
        let document = format!("{{ graph {{ search(text: \"{text}\", first: 1) {{ nodes {{ id }} }} }} }}");
        ask(&document, json!({}))
    };
    let plain = search("四川大学华西医院");
    assert_eq!(plain["data"]["graph"]["search"]["nodes"][0]["id"], "west-china-hospital");
    assert_eq!(search(r"\u{56DB}\u{5ddd}\u5927学\u{00534E}西医院"), plain);
    // The place of an error is that in the document as it was written.
    let wrong = ask(r#"{ graph { search(text: "\u{56DB}") { nodes { id } } nowhere } }"#, json!({}));
    assert_eq!(wrong["errors"][0]["locations"][0]["column"], 53, "{wrong}");
    let unpaired = ask(r#"{ graph { search(text: "\uD83D") { nodes { id } } } }"#, json!({}));
    assert!(error(&unpaired).starts_with("syntax error at line 1"), "{unpaired}");
}

#[test]
fn a_mutation_is_refused_once() {
    for (document, lacking) in [
        ("mutation { x }", "mutations"),
        ("mutation { x y { z } }", "mutations"),
        ("subscription { commits { revision } }", "subscriptions"),
    ] {
        let answer = ask(document, json!({}));
        assert_eq!(answer["errors"].as_array().unwrap().len(), 1, "{answer}");
        assert_eq!(error(&answer), format!("the schema has no {lacking}; ask a query"));
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_INPUT");
    }
}
