//! Answers that are cited: the token, the replay byte by byte, the documents behind it, and bibliographies.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use consortia::api::Api;
use consortia::api::executor::{Executor, Operation};
use consortia::api::limits::Limits;
use consortia::knowledge::{PastError, Snapshot, Snapshots};
use consortia::model::change::Revision;
use consortia::model::cited::CitedQuery;
use consortia::store::StoreError;
use serde_json::{Value, json};

use crate::support::{Server, ask, consortia, curated_snapshot};

fn token_of(document: &str, variables: Value) -> String {
    let answer = ask(document, variables);
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"]["graph"]["citation"]["token"].as_str().unwrap().to_owned()
}

#[test]
fn the_same_query_has_the_same_token_however_it_is_written() {
    let one = token_of("{ graph { revision citation { token } } }", Value::Null);
    assert_eq!(one, token_of("{graph{revision,citation{token}}} # again", Value::Null));
    assert_ne!(one, token_of("{ graph { citation { token } revision } }", Value::Null));
}

#[test]
fn variables_count_as_far_as_the_query_declares_them_in_any_order() {
    let document =
        "query Q($a: String!, $b: Int) { graph { search(text: $a, first: $b) { totalCount } citation { token } } }";
    let one = token_of(document, json!({ "a": "x", "b": 1 }));
    assert_eq!(one, token_of(document, json!({ "b": 1, "a": "x", "who": "a person" })));
    assert_ne!(one, token_of(document, json!({ "a": "x", "b": 2 })));
}

/// The ids of a list of documents.
fn ids(documents: &Value) -> BTreeSet<String> {
    documents.as_array().unwrap().iter().map(|document| document["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_documents_are_those_that_the_records_of_the_answer_cite_wherever_the_field_stands() {
    let fields =
        "links(from: [\"university-of-oxford\"], through: { kinds: [CONSORTIUM] }, to: { kinds: [HOSPITAL] }) {
        nodes { paths(first: 1) { citations { document { id } } } } }";
    let citation = "citation { documents { id } text(style: CSL_JSON) }";
    let first = ask(&format!("{{ graph {{ {citation} {fields} }} }}"), Value::Null);
    let last = ask(&format!("{{ graph {{ {fields} {citation} }} }}"), Value::Null);
    let mut cited = BTreeSet::new();
    for node in first["data"]["graph"]["links"]["nodes"].as_array().unwrap() {
        for citation in node["paths"][0]["citations"].as_array().unwrap() {
            cited.insert(citation["document"]["id"].as_str().unwrap().to_owned());
        }
    }
    assert!(!cited.is_empty());
    for answer in [first, last] {
        let citation = &answer["data"]["graph"]["citation"];
        assert_eq!(ids(&citation["documents"]), cited);
        let items: Value = serde_json::from_str(citation["text"].as_str().unwrap()).unwrap();
        assert_eq!(items.as_array().unwrap().len(), cited.len() + 1, "the answer and its documents");
    }
}

#[test]
fn a_view_narrows_the_documents_and_a_measure_of_it_rests_on_all_of_them() {
    let answer = ask(
        r#"{
          one: graph(view: { documents: ["china-uk-forum-2022"] }) {
            relationships(first: 500) { nodes { id } } citation { documents { id } }
          }
          documents { nodes { id } }
        }"#,
        Value::Null,
    );
    assert_eq!(
        ids(&answer["data"]["one"]["citation"]["documents"]),
        BTreeSet::from(["china-uk-forum-2022".to_owned()])
    );
    let measured = ask("{ graph { statistics { entities } citation { documents { id } } } }", Value::Null);
    assert_eq!(ids(&measured["data"]["graph"]["citation"]["documents"]), ids(&answer["data"]["documents"]["nodes"]));
    let nothing = ask("{ graph { revision citation { documents { id } } } }", Value::Null);
    assert_eq!(ids(&nothing["data"]["graph"]["citation"]["documents"]), BTreeSet::new());
}

#[test]
fn a_query_that_is_too_long_is_answered_and_not_cited() {
    let long = "x".repeat(17_000);
    let answer =
        ask(&format!("{{ graph {{ search(text: \"{long}\") {{ totalCount }} citation {{ token }} }} }}"), Value::Null);
    assert_eq!(answer["data"]["graph"]["citation"], Value::Null);
    assert!(answer["data"]["graph"]["search"]["totalCount"].is_number());
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "LIMIT_EXCEEDED");
    assert!(error["message"].as_str().unwrap().contains("16384 can be cited; shorten it"), "{error}");
    let blanks = format!("{{ graph {{ citation {{ token }} }} }} # {}", " ".repeat(17_000));
    assert_eq!(ask(&blanks, Value::Null).get("errors"), None, "blanks and comments do not count");
}

/// A graph whose store keeps no query.
struct KeepsNothing(fn() -> StoreError);

impl Snapshots for KeepsNothing {
    fn newest(&self) -> Arc<Snapshot> {
        curated_snapshot()
    }

    fn at(&self, newest: &Arc<Snapshot>, _: Revision, _: &dyn Fn() -> bool) -> Result<Arc<Snapshot>, PastError> {
        Ok(Arc::clone(newest))
    }

    fn keep(&self, _: &CitedQuery) -> Result<(), StoreError> {
        Err((self.0)())
    }

    fn kept(&self, _: &str) -> Result<Option<CitedQuery>, StoreError> {
        Ok(None)
    }
}

#[test]
fn a_query_that_cannot_be_kept_is_answered_and_the_error_says_whose_turn_it_is() {
    for (cause, code, expected) in [
        ((|| StoreError::TooManyCited { kept: 7 }) as fn() -> StoreError, "LIMIT_EXCEEDED", "cite one that is there"),
        (|| StoreError::Stopped, "INTERNAL", "tell the operator"),
    ] {
        let api = Api::new(Limits::default(), Arc::new(KeepsNothing(cause)));
        let running = api.run(Operation::new("{ graph { revision citation { token } } }", Duration::from_secs(60)));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let answer = serde_json::to_value(runtime.block_on(running)).unwrap();
        assert_eq!(answer["data"], json!({ "graph": { "revision": 1, "citation": null } }));
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], code, "{answer}");
        assert!(error["message"].as_str().unwrap().contains(expected), "{answer}");
    }
}

/// What the server answers to a document, byte by byte.
fn posted(server: &Server, document: &str) -> Vec<u8> {
    server.post("/graphql", &json!({ "query": document }).to_string()).into_bytes()
}

fn token_in(body: &[u8]) -> String {
    let answer: Value = serde_json::from_slice(body).unwrap();
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"]["graph"]["citation"]["token"].as_str().unwrap().to_owned()
}

#[test]
fn a_token_gives_the_same_bytes_again_also_from_a_later_revision_and_after_restarts() {
    let folder = tempfile::tempdir().unwrap();
    let document =
        "{ graph { revision statistics { entities documents } entity(id: \"west-china-hospital\") { name revision }
        citation { token revision documents { id } } } commits { totalCount } }";
    let data = folder.path().join("data");
    let mut server = Server::start(folder.path());
    let answer = posted(&server, document);
    let token = token_in(&answer);
    assert_eq!(server.fetch(&format!("/cite/{token}")).2, answer);
    // At once after the answer, as in a power cut.
    server.kill();

    let exported = consortia(folder.path()).args(["export", "toml", "data"]).output().unwrap();
    assert!(exported.status.success(), "{exported:?}");
    let hospitals = data.join("authority/hospital.toml");
    let renamed = fs::read_to_string(&hospitals).unwrap().replacen("West China Hospital", "Another Name", 1);
    fs::write(&hospitals, renamed).unwrap();
    let loaded = consortia(folder.path()).args(["load", "data"]).output().unwrap();
    assert!(loaded.status.success(), "{loaded:?}");

    let server = Server::start(folder.path());
    let now = posted(&server, document);
    assert_ne!(token_in(&now), token, "another revision is another token");
    assert!(String::from_utf8_lossy(&now).contains("Another Name"));
    assert_eq!(server.fetch(&format!("/cite/{token}")).2, answer);
    assert_eq!(server.fetch(&format!("/cite/{}", token_in(&now))).2, now);
}

#[test]
fn an_answer_is_a_page_and_a_bibliography_too() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let document = r#"query Hosts { graph { search(text: "<script>alert(1)</script> Oxford", first: 1) { totalCount }
        entity(id: "university-of-oxford") { name }
        citation { token url text bibtex: text(style: BIBTEX) csl: text(style: CSL_JSON) } } }"#;
    let body = posted(&server, document);
    let answer: Value = serde_json::from_slice(&body).unwrap();
    let citation = &answer["data"]["graph"]["citation"];
    let (token, url) = (citation["token"].as_str().unwrap(), citation["url"].as_str().unwrap());
    assert_eq!(url, server.url(&format!("/cite/{token}")));
    let fetch = |end: &str| {
        let (status, headers, body) = server.fetch(&format!("/cite/{token}{end}"));
        assert_eq!(status, 200, "{end}");
        let media = headers["content-type"].to_str().unwrap().to_owned();
        (media, String::from_utf8(body).unwrap())
    };
    let json = "application/json; charset=utf-8".to_owned();
    assert_eq!(fetch(""), (json.clone(), String::from_utf8(body.clone()).unwrap()));
    assert_eq!(fetch(".json").0, json);
    let text = |name: &str| citation[name].as_str().unwrap().to_owned();
    assert_eq!(fetch(".txt"), ("text/x-bibliography; charset=utf-8".to_owned(), text("text")));
    assert_eq!(fetch(".bib"), ("application/x-bibtex; charset=utf-8".to_owned(), text("bibtex")));
    let (media, csl) = fetch(".csl.json");
    assert_eq!((media.as_str(), csl), ("application/vnd.citationstyles.csl+json; charset=utf-8", text("csl")));

    let (media, page) = fetch(".html");
    assert_eq!(media, "text/html; charset=utf-8");
    for part in
        ["<!doctype html>", "query Hosts", "University of Oxford", &format!("Hosts: Answer {token}"), "Revision 1"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("<script"), "what was asked is text");
    let asked =
        ureq::get(server.url(&format!("/cite/{token}"))).header("accept", "text/html,*/*;q=0.8").call().unwrap();
    assert!(asked.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    assert!(asked.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
}

#[test]
fn a_token_that_is_none_or_unknown_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let long = "a".repeat(5_000);
    let hostile = [
        "abcdefghij234567abcd",
        "x",
        "..%2f..%2fetc",
        "%00",
        "%3Cscript%3E",
        "ABCDEFGHIJ234567ABCD",
        long.as_str(),
        ".bib",
    ];
    for token in hostile {
        for end in ["", ".html", ".bib", ".csl.json"] {
            let (status, headers, body) = server.fetch(&format!("/cite/{token}{end}"));
            assert_eq!(status, 404, "{token}{end}");
            assert!(headers["content-type"].to_str().unwrap().starts_with("application/json"));
            let error: Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(error["errors"][0]["extensions"]["code"], "NOT_FOUND");
            let message = error["errors"][0]["message"].as_str().unwrap();
            assert!(message.contains("a token has 20 small letters") && message.len() < 300, "{message}");
        }
    }
}

#[test]
fn the_documentation_tells_of_every_form_and_style() {
    let documentation = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/citing.md")).unwrap();
    for word in [".html", ".bib", ".csl.json", ".txt", "APA", "BIBTEX", "CSL_JSON", "16,384", "200,000", "--public-url"]
    {
        assert!(documentation.contains(word), "docs/citing.md does not tell of {word}");
    }
}
