//! What one operation may cost: each limit is met and named, and no document stops the program.

use std::fs;
use std::path::Path;
use std::time::Duration;

use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema, SchemaBuilder, SimpleObject};
use consortia::api::executor::{Executor, Operation, Outcome};
use consortia::api::limits::Limits;
use proptest::prelude::*;
use serde_json::{Value, json};

struct Query;

#[Object]
impl Query {
    async fn a(&self) -> Thing {
        Thing { name: "a thing" }
    }

    async fn echo(&self, text: String) -> String {
        text
    }

    async fn things(&self, first: usize) -> Vec<Thing> {
        vec![Thing { name: "one of many" }; first]
    }
}

#[derive(SimpleObject, Clone)]
#[graphql(complex)]
struct Thing {
    name: &'static str,
}

#[async_graphql::ComplexObject]
impl Thing {
    async fn next(&self) -> Thing {
        self.clone()
    }
}

fn schema() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    Schema::build(Query, EmptyMutation, EmptySubscription)
}

fn run(limits: Limits, document: &str) -> Value {
    let schema = limits.guard(schema()).finish();
    let running = schema.run(Operation::new(document, Duration::from_secs(3_600)));
    let outcome = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(running);
    if let Outcome::Refused(refusal) = &outcome {
        assert!(serde_json::to_value(refusal).unwrap().get("data").is_none());
    }
    serde_json::to_value(outcome).unwrap()
}

/// What the limits say to a document that goes just beyond them; nothing if it is answered.
fn refusal(limits: Limits, document: &str) -> Option<String> {
    let answer = run(limits, document);
    let error = answer.get("errors")?.get(0)?;
    assert_eq!(error["extensions"]["code"], "LIMIT_EXCEEDED", "{answer}");
    Some(error["message"].as_str().unwrap().to_owned())
}

/// With this limit the document passes, with one less it is refused: the limit, what was found and the flag are named.
fn check(document: &str, set: fn(&mut Limits, usize), found: usize, name: &str, flag: &str) {
    let mut limits = Limits::default();
    set(&mut limits, found);
    assert_eq!(refusal(limits, document), None, "{document}");
    set(&mut limits, found - 1);
    let message = refusal(limits, document).unwrap_or_else(|| panic!("{name} is not limited: {document}"));
    for part in
        [format!("{name} limit"), format!("has {found} "), format!("{} are allowed", found - 1), flag.to_owned()]
    {
        assert!(message.contains(&part), "{part}: {message}");
    }
}

#[test]
fn depth_is_limited() {
    check("{ a { next { next { name } } } }", |limits, most| limits.depth = most, 4, "depth", "--max-depth");
    let through_fragments = "{ ...A } fragment A on Query { a { ...B } } fragment B on Thing { ... { next { name } } }";
    check(through_fragments, |limits, most| limits.depth = most, 3, "depth", "--max-depth");
}

#[test]
fn complexity_is_limited() {
    let document = "{ a { ...T } b: a { ...T } } fragment T on Thing { name next { name } }";
    check(document, |limits, most| limits.complexity = most, 8, "complexity", "--max-complexity");
}

#[test]
fn aliases_are_limited() {
    let document = "{ a { x: name y: name } b: a { name } }";
    check(document, |limits, most| limits.aliases = most, 3, "aliases", "--max-aliases");
}

#[test]
fn tokens_are_limited() {
    // { a { name } } and what is not a token: commas, comments, blanks.
    check("{ a, { name } } # { { {", |limits, most| limits.tokens = most, 6, "tokens", "--max-tokens");
}

#[test]
fn nesting_is_limited() {
    let document = "{ a { next { name } } }";
    check(document, |limits, most| limits.nesting = most, 3, "nesting", "--max-nesting");
}

#[test]
fn root_fields_are_limited() {
    let document = "{ a { name } ...F } fragment F on Query { b: a { name } c: a { name } }";
    check(document, |limits, most| limits.root_fields = most, 3, "root fields", "--max-root-fields");
}

#[test]
fn directives_at_one_place_are_limited() {
    let document = "{ a @include(if: true) @skip(if: false) { name @include(if: true) } }";
    check(document, |limits, most| limits.directives = most, 2, "directives", "--max-directives");
}

#[test]
fn expanded_fragments_are_limited() {
    let document = "{ a { ...S } b: a { ...S } } fragment S on Thing { ...T } fragment T on Thing { name }";
    check(document, |limits, most| limits.fragments = most, 4, "fragments", "--max-fragments");
}

#[test]
fn the_fields_of_an_answer_are_limited() {
    let set: fn(&mut Limits, usize) = |limits, most| limits.answer_fields = most;
    // The list, its ten items, and a name in each.
    check("{ things(first: 10) { name } }", set, 21, "answer fields", "--max-answer-fields");
    let mut limits = Limits::default();
    set(&mut limits, 100);
    let answer = run(limits, "{ things(first: 100000) { name next { name } } }");
    assert_eq!(answer["errors"].as_array().unwrap().len(), 1, "one error, however much is left");
}

#[test]
fn names_are_limited() {
    let long = "x".repeat(257);
    let message = refusal(Limits::default(), &format!("{{ {long}: a {{ name }} }}")).unwrap();
    assert!(message.contains("257 characters long, 256 are allowed"), "{message}");
    assert_eq!(refusal(Limits::default(), &format!("{{ {}: a {{ name }} }}", &long[..256])), None);
}

#[test]
fn a_kilobyte_of_fragments_that_double_is_refused() {
    for fragments in [31, 60, 1_000] {
        let mut bomb = "{ ...F0 }".to_owned();
        for number in 1..fragments {
            bomb += &format!(" fragment F{} on Query {{ ...F{number} ...F{number} }}", number - 1);
        }
        bomb += &format!(" fragment F{} on Query {{ a {{ name }} }}", fragments - 1);
        assert!(refusal(Limits::default(), &bomb).is_some(), "{fragments}");
    }
}

#[test]
fn fragments_in_a_circle_are_refused() {
    for document in
        ["{ ...F } fragment F on Query { ...F }", "{ a { name } } fragment F on Query { a { next { ...F } } }"]
    {
        let answer = run(Limits::default(), document);
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_INPUT");
        assert!(answer["errors"][0]["message"].as_str().unwrap().contains("contains itself"), "{answer}");
    }
}

#[test]
fn the_limits_hold_without_the_executor_too() {
    let limits = Limits { depth: 2, answer_fields: 10, ..Limits::default() };
    let schema = limits.guard(schema()).finish();
    for document in ["{ a { next { name } } }", "{ things(first: 100) { name } }"] {
        let running = schema.execute(document);
        let response = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(running);
        let errors = serde_json::to_value(&response.errors).unwrap();
        assert_eq!(errors[0]["extensions"]["code"], "LIMIT_EXCEEDED", "{document}");
        assert!(response.errors.len() <= 20);
    }
}

#[test]
fn what_a_tool_asks_about_the_schema_passes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/introspection");
    let mut asked = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let answer = run(Limits::default(), &fs::read_to_string(&path).unwrap());
        assert_eq!(answer.get("errors"), None, "{}", path.display());
        assert_eq!(answer["data"]["__schema"]["queryType"]["name"], "Query");
        asked += 1;
    }
    assert!(asked > 0);
}

#[test]
fn what_is_wrong_is_said_in_a_line() {
    let answer = run(Limits::default(), "{ a { name }");
    let expected = json!({ "errors": [{
        "message": "syntax error at line 1, column 13: expected selection",
        "locations": [{ "line": 1, "column": 13 }],
        "extensions": { "code": "INVALID_INPUT" },
    }] });
    assert_eq!(answer, expected);
}

/// Pieces that documents are made of, and some that break them.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(vec![
            "{", "}", "(", ")", "[", "]", "...", "on", "query", "fragment", "mutation", "F", "Query", "a", "name", "next",
            "$x", "@", "@skip(if: true)", ":", "!", "=", "\"", "\"\"\"", "\\", "\\\"\"\"", "#", "\n", " ", ",", "1", "-1.5e3",
            "true", "null", "{ a { name } }", "fragment F on Query { ...F }", "query Q($x: Int!) { a { name } }",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_document_stops_the_program(pieces in prop::collection::vec(piece(), 0..60)) {
        let answer = run(Limits::default(), &pieces.join(" "));
        prop_assert!(answer.get("data").is_some() || answer.get("errors").is_some());
    }
}
