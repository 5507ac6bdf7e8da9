//! What the specification says: methods, media types, parameters, statuses.

use std::sync::atomic::Ordering;

use serde_json::json;

use super::Server;

const JSON: &str = "application/json; charset=utf-8";
const GRAPHQL: &str = "application/graphql-response+json; charset=utf-8";

#[test]
fn the_status_depends_on_the_media_type_and_on_whether_the_operation_ran() {
    let server = Server::start();
    let graphql = "application/graphql-response+json";
    for (accept, document, status, media, ran) in [
        (graphql, "{ echo(text: \"a\") }", 200, GRAPHQL, true),
        ("application/json", "{ echo(text: \"a\") }", 200, JSON, true),
        ("*/*", "{ echo(text: \"a\") }", 200, JSON, true),
        (graphql, "{ echo(text: ", 400, GRAPHQL, false),
        ("application/json", "{ echo(text: ", 200, JSON, false),
        (graphql, "{ unknown }", 400, GRAPHQL, false),
        ("application/json", "{ unknown }", 200, JSON, false),
        (graphql, "query A { echo(text: \"a\") } query B { echo(text: \"b\") }", 400, GRAPHQL, false),
        // The field fails and takes the whole of the data with it, but it ran.
        (graphql, "{ secret }", 200, GRAPHQL, true),
        ("application/json", "{ secret }", 200, JSON, true),
    ] {
        let answer = server.post_accepting(accept, document);
        assert_eq!((answer.status, answer.header("content-type")), (status, media), "{accept} {document}");
        assert_eq!(answer.json().get("data").is_some(), ran, "{accept} {document}");
    }
}

#[test]
fn an_accept_header_that_allows_nothing_gets_406() {
    let server = Server::start();
    for accept in ["text/html", "application/json;q=0", "text/event-stream, multipart/mixed"] {
        let answer = server.post_accepting(accept, "{ echo(text: \"a\") }");
        assert_eq!(answer.status, 406, "{accept}");
        assert_eq!(answer.error().0, "INVALID_INPUT");
    }
}

#[test]
fn only_json_is_read() {
    let server = Server::start();
    let body = json!({ "query": "{ echo(text: \"a\") }" }).to_string();
    for content_type in [
        "",
        "\nContent-Type: text/plain",
        "\nContent-Type: application/graphql",
        "\nContent-Type: application/x-www-form-urlencoded",
        "\nContent-Type: multipart/form-data; boundary=x",
        "\nContent-Type: application/json; charset=utf-16",
        "\nContent-Type: application/json\nContent-Encoding: gzip",
    ] {
        let answer = server.request(&format!("POST /graphql HTTP/1.1{content_type}"), &body);
        assert_eq!((answer.status, answer.error().0.as_str()), (415, "INVALID_INPUT"), "{content_type}");
    }
    let answer = server.request("POST /graphql HTTP/1.1\nContent-Type: Application/JSON;charset=\"UTF-8\"", &body);
    assert_eq!(answer.json(), json!({ "data": { "echo": "a" } }));
}

#[test]
fn a_post_takes_variables_an_operation_name_and_what_it_does_not_know() {
    let server = Server::start();
    let body = json!({
        "query": "query A { echo(text: \"a\") } query B($text: String!) { echo(text: $text) }",
        "operationName": "B",
        "variables": { "text": "四川" },
        "extensions": { "anything": true },
        "id": 7,
    });
    let answer = server.request("POST /graphql HTTP/1.1\nContent-Type: application/json", body.to_string());
    assert_eq!(answer.json(), json!({ "data": { "echo": "四川" } }));
}

#[test]
fn a_get_takes_the_same_parameters_in_its_query_string() {
    let server = Server::start();
    let answer = server.get(
        "/graphql?query=query+A%7Becho(text:%22a%22)%7D+query+B($text:String!)%7Becho(text:$text)%7D\
         &operationName=B&variables=%7B%22text%22:%22%E5%9B%9B%22%7D&extensions=",
    );
    assert_eq!(answer.json(), json!({ "data": { "echo": "四" } }));
}

#[test]
fn a_get_cannot_write() {
    let server = Server::start();
    for query in ["mutation%7Btouch%7D", "query+A%7Becho(text:%22a%22)%7D+mutation+B%7Btouch%7D&operationName=B"] {
        let answer = server.get(&format!("/graphql?query={query}"));
        assert_eq!((answer.status, answer.header("allow")), (405, "post"), "{query}");
        assert!(answer.error().1.contains("send it as POST"));
    }
    assert_eq!(server.held.touched.load(Ordering::Relaxed), 0);
    assert_eq!(server.post("mutation { touch }").json(), json!({ "data": { "touch": 1 } }));
    let reading = server.get("/graphql?query=query+A%7Becho(text:%22a%22)%7D+mutation+B%7Btouch%7D&operationName=A");
    assert_eq!(reading.json(), json!({ "data": { "echo": "a" } }));
}

#[test]
fn a_request_that_is_none_is_told_what_is_wrong() {
    let server = Server::start();
    for (body, expected) in [
        (&b""[..], "the body is empty"),
        (b"NONSENSE", "not a JSON object"),
        (b"{\"query\": ", "not valid"),
        (b"{}", "the query is missing"),
        (b"{\"query\": null}", "the query is missing"),
        (b"{\"query\": 7}", "query is a number"),
        (b"{\"query\": \"{a}\", \"variables\": [7]}", "variables is a list"),
        (b"{\"query\": \"{a}\", \"query\": \"{b}\"}", "duplicate field"),
        (b"[{\"query\": \"{a}\"}]", "send each alone"),
        (b"{\"query\": \"\xff\"}", "not UTF-8"),
    ] {
        let answer = server.request("POST /graphql HTTP/1.1\nContent-Type: application/json", body);
        assert_eq!((answer.status, answer.header("content-type")), (400, "application/json"), "{answer:?}");
        let (code, message) = answer.error();
        assert_eq!(code, "INVALID_INPUT");
        assert!(message.contains(expected), "{message}");
    }
    for (query, expected) in [
        ("", "the query is missing"),
        ("?query=", "the query is missing"),
        ("?query=%7Ba%7D&query=%7Bb%7D", "given twice"),
        ("?query=%7Ba%7D&variables=%5B7%5D", "variables is a list"),
        ("?query=%7Ba%7D&variables=%7B", "variables is not valid JSON"),
    ] {
        let answer = server.get(&format!("/graphql{query}"));
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.error().1.contains(expected), "{query}: {answer:?}");
    }
}

#[test]
fn a_byte_order_mark_is_no_mistake() {
    let server = Server::start();
    let body = "\u{feff}{\"query\": \"{ echo(text: \\\"a\\\") }\"}";
    let answer = server.request("POST /graphql HTTP/1.1\nContent-Type: application/json", body);
    assert_eq!(answer.json(), json!({ "data": { "echo": "a" } }));
}

#[test]
fn a_client_that_sends_a_hash_is_told_to_send_the_document() {
    let server = Server::start();
    let body = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "00" } } }).to_string();
    let answer = server.request("POST /graphql HTTP/1.1\nContent-Type: application/json", body);
    assert_eq!(answer.status, 200);
    let expected = ("PERSISTED_QUERY_NOT_SUPPORTED".to_owned(), "PersistedQueryNotSupported".to_owned());
    assert_eq!(answer.error(), expected);
    let body = json!({ "query": "{ echo(text: \"a\") }", "extensions": { "persistedQuery": { "version": 1 } } });
    let answer = server.request("POST /graphql HTTP/1.1\nContent-Type: application/json", body.to_string());
    assert_eq!(answer.json(), json!({ "data": { "echo": "a" } }));
}

#[test]
fn other_methods_are_told_which_there_are() {
    let server = Server::start();
    for method in ["PUT", "DELETE", "PATCH", "TRACE", "BREW"] {
        let answer = server.request(&format!("{method} /graphql HTTP/1.1"), "");
        assert_eq!((answer.status, answer.header("allow")), (405, "get, head, post, options"), "{method}");
        assert_eq!(answer.error().0, "INVALID_INPUT");
        let answer = server.request(&format!("{method} /healthz HTTP/1.1"), "");
        assert_eq!((answer.status, answer.header("allow")), (405, "get, head"), "{method}");
    }
}

#[test]
fn head_is_get_without_a_body() {
    let server = Server::start();
    let answer = server.request("HEAD /graphql?query=%7Becho(text:%22a%22)%7D HTTP/1.1", "");
    assert_eq!((answer.status, answer.header("content-type"), answer.body.len()), (200, JSON, 0));
}

#[test]
fn any_site_may_read_but_none_may_send_credentials() {
    let server = Server::start();
    let preflight = "OPTIONS /graphql HTTP/1.1\nOrigin: https://example.org\nAccess-Control-Request-Method: POST\n\
                     Access-Control-Request-Headers: content-type";
    let answer = server.request(preflight, "");
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, "*"));
    assert!(answer.header("access-control-allow-methods").contains("post"));
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    let answer = server.request("GET /healthz HTTP/1.1\nOrigin: https://example.org", "");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
}

#[test]
fn with_a_list_of_sites_only_those_may_read() {
    let server = Server::with(|config| {
        config.origins = consortia::server::Origins::Listed(vec!["https://example.org".to_owned()]);
    });
    for (origin, allowed) in [("https://example.org", "https://example.org"), ("https://example.com", "")] {
        let answer = server.request(&format!("GET /healthz HTTP/1.1\nOrigin: {origin}"), "");
        assert_eq!(answer.header("access-control-allow-origin"), allowed);
    }
}

#[test]
fn answers_are_compressed_for_those_who_accept_it() {
    let server = Server::start();
    let head = "GET /graphql?query=%7Blong(bytes:10000)%7D HTTP/1.1";
    let answer = server.request(&format!("{head}\nAccept-Encoding: gzip"), "");
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert!(answer.body.len() < 1_000);
    let answer = server.request(head, "");
    assert_eq!(answer.header("content-encoding"), "");
    assert!(answer.body.len() > 10_000);
}

#[test]
fn every_answer_bears_the_id_of_its_request() {
    let server = Server::start();
    let answer = server.request("GET /healthz HTTP/1.1\nX-Request-Id: given-7", "");
    assert_eq!(answer.header("x-request-id"), "given-7");
    for insane in ["two words", "{}", &"x".repeat(200)] {
        let answer = server.request(&format!("GET /nowhere HTTP/1.1\nX-Request-Id: {insane}"), "");
        assert_eq!(answer.header("x-request-id").len(), 36, "{insane}");
    }
    let answer = server.request("GET /graphql?query=%7Bsecret%7D HTTP/1.1\nX-Request-Id: given-8", "");
    assert_eq!(answer.json()["errors"][0]["extensions"]["requestId"], "given-8");
}

#[test]
fn a_panic_is_answered_with_an_id_and_nothing_else() {
    let server = Server::start();
    let answer = server.request("GET /graphql?query=%7Bbroken%7D HTTP/1.1\nX-Request-Id: given-9", "");
    assert_eq!(answer.status, 500);
    assert_eq!(answer.error().0, "INTERNAL");
    assert_eq!(answer.json()["errors"][0]["extensions"]["requestId"], "given-9");
    assert!(!answer.text().contains("secret"));
    assert_eq!(server.get("/healthz").status, 200);
}
