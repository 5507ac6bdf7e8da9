//! The Reconciliation Service API 0.2 over HTTP, as OpenRefine speaks it. The requests are those of the specification's
//! text, with names of the curated data.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Server;

/// A response with what a client looks at.
pub(super) struct Answer {
    pub(super) status: u16,
    kind: String,
    origin: String,
    policy: String,
    pub(super) text: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

thread_local! {
    /// One server a test, which runs in a thread of its own: it ends with it.
    static SERVER: (Server, tempfile::TempDir) = {
        let folder = tempfile::tempdir().unwrap();
        (Server::start(folder.path()), folder)
    };
}

fn url(path: &str) -> String {
    SERVER.with(|(server, _)| server.url(path))
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> Answer {
    let header =
        |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    Answer {
        status: response.status().as_u16(),
        kind: header("content-type"),
        origin: header("access-control-allow-origin"),
        policy: header("content-security-policy"),
        text: response.body_mut().read_to_string().unwrap(),
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

pub(super) fn get(path: &str) -> Answer {
    read(agent().get(url(path)).header("origin", "http://127.0.0.1:3333").call().unwrap())
}

pub(super) fn form(pairs: &[(&str, &str)]) -> Answer {
    read(agent().post(url("/reconcile")).send_form(pairs.iter().copied()).unwrap())
}

pub(super) fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[test]
fn the_manifest_names_everything_that_answers() {
    let answer = get("/reconcile");
    let manifest = answer.json();
    assert_eq!((answer.status, answer.origin.as_str()), (200, "*"));
    assert!(answer.kind.starts_with("application/json"));
    assert_eq!(manifest["versions"], json!(["0.2"]));
    for required in ["name", "identifierSpace", "schemaSpace"] {
        assert!(manifest[required].is_string(), "{required}");
    }
    assert!(manifest["view"]["url"].as_str().unwrap().contains("{{id}}"));
    for (what, prefix) in [("entity", "West"), ("type", "co"), ("property", "co")] {
        let service = &manifest["suggest"][what];
        let address =
            format!("{}{}", service["service_url"].as_str().unwrap(), service["service_path"].as_str().unwrap());
        let found: Value =
            serde_json::from_str(&read(agent().get(format!("{address}?prefix={prefix}")).call().unwrap()).text)
                .unwrap();
        assert!(found["result"].as_array().is_some_and(|list| !list.is_empty()), "{what}: {found}");
    }
}

#[test]
fn a_batch_in_a_form_and_in_a_query_string_is_answered_under_its_keys() {
    let queries = json!({
        "q0": { "query": "UNIV. OXFORD", "limit": 2, "properties": [{ "pid": "country", "v": "UK" }] },
        "q1": { "query": "四川大學華西醫院", "type": "HOSPITAL" },
        "q2": { "query": "Sichuan University", "type": ["HOSPITAL"], "type_strict": "should" },
        "last": { "query": "" },
    })
    .to_string();
    let posted = form(&[("queries", &queries)]);
    assert_eq!((posted.status, posted.origin.as_str()), (200, "*"));
    let answer = posted.json();
    assert_eq!(answer, get(&format!("/reconcile?queries={}", encoded(&queries))).json());
    assert_eq!(answer.as_object().unwrap().keys().collect::<Vec<_>>(), ["q0", "q1", "q2", "last"]);
    let first = &answer["q0"]["result"][0];
    assert_eq!((&first["id"], &first["match"]), (&json!("university-of-oxford"), &json!(true)));
    assert_eq!(first["type"], json!([{ "id": "UNIVERSITY", "name": "University" }]));
    assert!(first["score"].as_f64().unwrap() > 0.6 && first["name"] == "University of Oxford");
    assert!(
        first["features"]
            .as_array()
            .unwrap()
            .iter()
            .all(|feature| feature["id"].is_string() && feature["value"].is_boolean())
    );
    assert!(answer["q0"]["result"].as_array().unwrap().len() <= 2);
    assert_eq!(answer["q1"]["result"][0]["id"], "west-china-hospital");
    let types = answer["q2"]["result"].as_array().unwrap().iter().map(|found| &found["type"][0]["id"]);
    assert!(types.into_iter().all(|kind| kind == "HOSPITAL"));
    assert_eq!(answer["last"], json!({ "result": [] }));
}

#[test]
fn a_table_is_extended_with_what_is_known() {
    let properties = get("/reconcile/properties?type=UNIVERSITY").json();
    let proposed: Vec<&str> =
        properties["properties"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    for expected in ["country", "city", "identifier", "kind", "homepage"] {
        assert!(proposed.contains(&expected), "{proposed:?}");
    }
    let extend = json!({
        "ids": ["university-of-oxford", "nobody"],
        "properties": [{ "id": "country" }, { "id": "kind" }],
    });
    assert_eq!(
        form(&[("extend", &extend.to_string())]).json(),
        json!({
            "meta": [{ "id": "country", "name": "Country" }, { "id": "kind", "name": "Kind" }],
            "rows": {
                "university-of-oxford": { "country": [{ "str": "GB" }], "kind": [{ "str": "UNIVERSITY" }] },
                "nobody": { "country": [], "kind": [] },
            },
        })
    );
}

#[test]
fn suggestions_follow_a_prefix() {
    let found = get(&format!("/reconcile/suggest/entity?prefix={}", encoded("West China Hosp"))).json();
    assert_eq!(found["result"][0]["id"], "west-china-hospital");
    assert_eq!(found["result"][0]["notable"][0]["id"], "HOSPITAL");
    let types = get("/reconcile/suggest/type?prefix=med").json();
    assert_eq!(types, json!({ "result": [{ "id": "MEDICAL_SCHOOL", "name": "Medical school" }] }));
    assert_eq!(get("/reconcile/suggest/property?prefix=cou").json()["result"][0]["id"], "country");
}

#[test]
fn suggestions_and_queries_are_narrowed_to_kinds_however_they_are_written() {
    let kinds = |path: &str| -> Vec<Value> {
        let found = get(path).json();
        found["result"].as_array().unwrap().iter().map(|found| found["notable"][0]["id"].clone()).collect()
    };
    let any = kinds("/reconcile/suggest/entity?prefix=oxford");
    assert!(any.iter().any(|kind| *kind != any[0]), "{any:?}");
    for narrowed in ["HOSPITAL", "hospital", "Hospital", "%20hospital%20"] {
        let found = kinds(&format!("/reconcile/suggest/entity?prefix=hospital&type={narrowed}"));
        assert!(!found.is_empty() && found.iter().all(|kind| kind == "HOSPITAL"), "{narrowed}: {found:?}");
    }
    for several in ["type=medical-school&type=OFFICE", "type=Medical%20School,office"] {
        let found = kinds(&format!("/reconcile/suggest/entity?prefix=school&{several}"));
        assert!(found.contains(&json!("MEDICAL_SCHOOL")), "{several}: {found:?}");
        assert!(found.iter().all(|kind| kind == "MEDICAL_SCHOOL" || kind == "OFFICE"), "{several}: {found:?}");
    }
    let unknown = get("/reconcile/suggest/entity?prefix=a&type=castle");
    assert_eq!(unknown.status, 400);
    assert!(unknown.text.contains("use one of UNIVERSITY"), "{}", unknown.text);
    for kind in [json!("hospital"), json!(["Hospital"]), json!({ "id": "hospital", "name": "A clinic" })] {
        let queries = json!({ "q0": { "query": "West China Hospital", "type": kind, "limit": 1.0 } }).to_string();
        let answer = form(&[("queries", &queries)]).json();
        assert_eq!(answer["q0"]["result"][0]["id"], "west-china-hospital", "{queries}");
        assert_eq!(answer["q0"]["result"].as_array().unwrap().len(), 1, "{queries}");
    }
}

#[test]
fn a_query_that_cannot_be_asked_leaves_the_others_answered() {
    let queries = json!({
        "castle": { "query": "x", "type": "CASTLE" },
        "oxford": { "query": "University of Oxford" },
        "text": "University of Oxford",
        "limit": { "query": "x", "limit": -1 },
        "number": { "query": 7 },
        "tsinghua": { "query": "Tsinghua University" },
    });
    let answer = form(&[("queries", &queries.to_string())]);
    assert_eq!(answer.status, 200, "{}", answer.text);
    let answer = answer.json();
    assert_eq!(answer["oxford"]["result"][0]["id"], "university-of-oxford");
    assert_eq!(answer["tsinghua"]["result"][0]["id"], "tsinghua-university");
    for (key, reason) in [
        ("castle", "use one of UNIVERSITY"),
        ("text", "not an object"),
        ("limit", "whole number"),
        ("number", "not a string"),
    ] {
        assert_eq!(answer[key]["result"], json!([]), "{key}");
        assert!(answer[key]["error"].as_str().unwrap().contains(reason), "{key}: {answer}");
    }
}

#[test]
fn the_public_address_begins_every_address_of_the_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(folder.path(), &["--public-url", "https://kg.example.org/graph/"]);
    let manifest: Value = serde_json::from_str(&server.get("/reconcile")).unwrap();
    let base = "https://kg.example.org/graph";
    assert_eq!(manifest["view"]["url"], format!("{base}/reconcile/preview?id={{{{id}}}}"));
    assert_eq!(manifest["preview"]["url"], manifest["view"]["url"]);
    assert_eq!(manifest["extend"]["propose_properties"]["service_url"], base);
    for what in ["entity", "type", "property"] {
        assert_eq!(manifest["suggest"][what]["service_url"], base, "{what}");
    }
    for space in ["identifierSpace", "schemaSpace"] {
        assert!(manifest[space].as_str().unwrap().starts_with(base), "{space}");
    }
}

#[test]
fn a_preview_is_a_page_that_runs_nothing() {
    let page = get("/reconcile/preview?id=university-of-oxford");
    assert_eq!(page.status, 200);
    assert!(page.kind.starts_with("text/html") && page.text.contains("<h1>University of Oxford</h1>"), "{}", page.text);
    assert!(page.policy.contains("default-src 'none'") && !page.policy.contains("frame-ancestors"), "{}", page.policy);
    let missing = get("/reconcile/preview?id=%3Cscript%3E");
    assert_eq!(missing.status, 404);
    assert!(!missing.text.contains("<script>") && missing.kind.starts_with("application/json"));
}

#[test]
fn a_body_above_the_limit_is_refused_before_it_is_sent() {
    let address = url("/reconcile").strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let form = "content-type: application/x-www-form-urlencoded";
    let head = format!("POST /reconcile HTTP/1.1\r\nhost: {address}\r\n{form}\r\ncontent-length: {}\r\n\r\n", 2 << 20);
    stream.write_all(head.as_bytes()).unwrap();
    let (mut answer, mut piece) = (String::new(), [0; 4096]);
    while !answer.contains("--max-body-bytes") {
        let length = stream.read(&mut piece).unwrap();
        assert!(length > 0, "the answer ends before it names the flag: {answer}");
        answer.push_str(std::str::from_utf8(&piece[..length]).unwrap());
    }
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[test]
fn bad_requests_say_what_to_send() {
    let many: serde_json::Map<String, Value> = (0..501).map(|n| (format!("q{n}"), json!({ "query": "x" }))).collect();
    for (answer, status, expected) in [
        (form(&[("queries", "[")]), 400, "no JSON object"),
        (form(&[("queries", r#"["x"]"#)]), 400, "no JSON object"),
        (form(&[("other", "1")]), 400, "neither"),
        (form(&[("extend", r#"{"ids": [], "properties": [{"id": "age"}]}"#)]), 400, "use one of city"),
        (form(&[("queries", &Value::Object(many).to_string())]), 413, "too many"),
        (read(agent().post(url("/reconcile")).content_type("application/json").send("{}").unwrap()), 415, "form"),
    ] {
        assert_eq!(answer.status, status, "{}", answer.text);
        assert!(answer.text.contains(expected), "{}", answer.text);
    }
}

#[test]
fn the_type_of_a_form_is_read_without_regard_to_case() {
    let send = |kind: &str| read(agent().post(url("/reconcile")).content_type(kind).send("queries={}").unwrap());
    assert_eq!(send("Application/X-WWW-Form-Urlencoded; charset=UTF-8").text, "{}");
    assert_eq!(send("application/x-www-form-urlencodedly").status, 415);
}

#[test]
fn there_is_no_jsonp() {
    let answer = get("/reconcile?callback=steal");
    assert!(answer.kind.starts_with("application/json") && !answer.text.contains("steal"), "{}", answer.text);
}
