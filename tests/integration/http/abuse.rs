//! Clients that are broken, slow, greedy or gone: each gets an answer or is cut off, and the next one is served.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::time::Duration;

use serde_json::json;

use super::{Answer, Server};

const SOON: Duration = Duration::from_millis(100);
const NEVER: Duration = Duration::from_secs(86_400);

fn serves(server: &Server) {
    assert_eq!(server.post("{ echo(text: \"still\") }").json(), json!({ "data": { "echo": "still" } }));
}

#[test]
fn a_fragment_bomb_is_refused() {
    let server = Server::start();
    let mut bomb = "{ ...F0 }".to_owned();
    for number in 1..60 {
        bomb += &format!(" fragment F{} on Query {{ ...F{number} ...F{number} }}", number - 1);
    }
    bomb += " fragment F59 on Query { __typename }";
    let answer = server.post(&bomb);
    assert_eq!((answer.status, answer.error().0.as_str()), (400, "LIMIT_EXCEEDED"));
    serves(&server);
}

#[test]
fn what_is_nested_too_deep_is_refused() {
    let server = Server::start();
    for deep in ["{a", "{ echo(text: [", "{ echo(text: {a: ", "query($a: [", "{...", "{ a @b(c: ["] {
        let document = deep.repeat(20_000);
        let (code, _) = server.post(&document).error();
        assert_eq!(code, "LIMIT_EXCEEDED", "{deep}");
    }
    for deep in ["[", "{\"a\":"] {
        let body = format!("{{\"query\": \"{{a}}\", \"variables\": {{\"x\": {}", deep.repeat(100_000));
        let answer = server.request("POST /graphql HTTP/1.1\nContent-Type: application/json", body);
        assert_eq!(answer.status, 400);
        assert!(answer.error().1.contains("recursion limit"), "{answer:?}");
    }
    serves(&server);
}

#[test]
fn errors_fit_on_a_page_however_many_there_are() {
    let server = Server::start();
    let variables: String = "$a: Int ".repeat(4_000);
    for document in [format!("query({variables}) {{ echo(text: \"a\") }}"), format!("{{ {} (", "x".repeat(200))] {
        let answer = server.post(&document);
        assert_eq!(answer.status, 400);
        assert!(answer.json()["errors"].as_array().unwrap().len() <= 20);
        assert!(answer.body.len() < 20_000, "{} bytes", answer.body.len());
    }
}

#[test]
fn a_body_that_is_too_large_is_refused_whether_it_says_so_or_not() {
    let server = Server::start();
    let head = "POST /graphql HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n";
    let announced = server.raw(format!("{head}Content-Length: 1048577\r\n\r\n{{"));
    assert_eq!((announced.status, announced.error().0.as_str()), (413, "LIMIT_EXCEEDED"));

    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let chunked = server.raw(format!("{head}Transfer-Encoding: chunked\r\n\r\n{}", chunk.repeat(17)));
    assert_eq!(chunked.status, 413);
    serves(&server);
}

#[test]
fn a_client_that_is_slow_to_ask_is_cut_off() {
    let server = Server::with(|config| config.head_time = SOON);
    for beginning in ["", "GET", "GET /healthz HTTP/1.1\r\nHost: te"] {
        let answer = server.raw(beginning);
        assert!(answer.status == 0 || answer.status == 408, "{answer:?}");
    }
    serves(&server);
}

#[test]
fn a_client_that_is_slow_to_send_its_body_is_told_so() {
    let server = Server::with(|config| config.body_time = SOON);
    let answer = server.raw(
        "POST /graphql HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"que",
    );
    assert_eq!((answer.status, answer.error().0.as_str()), (408, "LIMIT_EXCEEDED"));
    serves(&server);
}

#[test]
fn a_body_that_breaks_off_harms_nobody() {
    let server = Server::start();
    let mut stream = server.connect();
    stream
        .write_all(
            b"POST /graphql HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
        )
        .unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let answer = Answer::read(stream);
    assert!(answer.status == 400 || answer.status == 0, "{answer:?}");
    serves(&server);
}

#[test]
fn a_client_that_does_not_read_gives_its_place_to_the_next() {
    let server = Server::with(|config| {
        config.connections = 1;
        config.stall_time = SOON;
    });
    let mut deaf = server.connect();
    deaf.write_all(b"GET /graphql?query=%7Blong(bytes:50000000)%7D HTTP/1.1\r\nHost: test\r\n\r\n").unwrap();
    serves(&server);
}

#[test]
fn requests_one_after_the_other_on_one_connection_are_answered_in_order() {
    let server = Server::start();
    let one = "GET /graphql?query=%7Becho(text:%221%22)%7D HTTP/1.1\r\nHost: test\r\n\r\n";
    let two = "GET /graphql?query=%7Becho(text:%222%22)%7D HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    let mut stream = server.connect();
    stream.write_all(format!("{one}{two}").as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let places: Vec<_> = ["{\"echo\":\"1\"}", "{\"echo\":\"2\"}"].iter().map(|part| text.find(part)).collect();
    assert!(places[0].is_some() && places[0] < places[1], "{text}");
}

#[test]
fn what_is_no_http_is_cut_off() {
    let server = Server::start();
    for nonsense in [
        &b"NONSENSE\r\n\r\n"[..],
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost\xff: a\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let mut stream = server.connect();
        stream.write_all(nonsense).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let answer = Answer::read(stream);
        assert!(answer.status == 0 || answer.status == 400 || answer.status == 505, "{answer:?}");
    }
    let bad_utf_8 = server.get("/graphql?query=%FF%FE");
    assert_eq!(bad_utf_8.status, 200, "a document that is not GraphQL, and no Accept header");
    assert_eq!(bad_utf_8.error().0, "INVALID_INPUT");
    serves(&server);
}

#[test]
fn a_head_that_is_too_large_is_refused() {
    let server = Server::start();
    let answer = server.raw(format!("GET /healthz HTTP/1.1\r\nHost: test\r\nX: {}\r\n\r\n", "x".repeat(1_000_000)));
    assert_eq!(answer.status, 431);
    let answer = server.raw(format!("GET /{} HTTP/1.1\r\nHost: test\r\n\r\n", "x".repeat(100_000)));
    assert_eq!(answer.status, 414);
    serves(&server);
}

#[test]
fn an_operation_that_takes_too_long_is_stopped() {
    let server = Server::with(|config| config.operation_time = SOON);
    let answer = server.post("{ a: hold b: numbers(first: 1000) { value isEven } }");
    assert_eq!((answer.status, answer.error().0.as_str()), (503, "LIMIT_EXCEEDED"));
    assert!(answer.error().1.contains("--max-seconds"));
    assert_eq!((server.event(), server.event()), ("begun", "stopped"));
    serves(&server);
}

#[test]
fn an_answer_that_gets_too_long_is_stopped() {
    let server = Server::start();
    let answer = server.post("{ numbers(first: 150000) { value isEven } }");
    assert_eq!((answer.status, answer.error().0.as_str()), (400, "LIMIT_EXCEEDED"));
    assert!(answer.error().1.contains("--max-answer-fields"));
    serves(&server);
}

#[test]
fn an_operation_whose_client_has_gone_is_stopped() {
    let server = Server::with(|config| config.operation_time = NEVER);
    let mut stream = server.connect();
    stream.write_all(b"GET /graphql?query=%7Bhold%7D HTTP/1.1\r\nHost: test\r\n\r\n").unwrap();
    assert_eq!(server.event(), "begun");
    drop(stream);
    assert_eq!(server.event(), "stopped");
}

#[test]
fn more_operations_than_may_run_wait_and_then_are_refused() {
    let server = Server::with(|config| {
        config.operations = 1;
        config.operation_time = NEVER;
        config.waiting_time = SOON;
    });
    let mut first = server.connect();
    first.write_all(b"GET /graphql?query=%7Bhold%7D HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").unwrap();
    assert_eq!(server.event(), "begun");
    let refused = server.post("{ echo(text: \"a\") }");
    assert_eq!((refused.status, refused.error().0.as_str()), (503, "LIMIT_EXCEEDED"));
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(server.get("/healthz").status, 200, "health is no operation");
    server.release();
    assert_eq!(Answer::read(first).json(), json!({ "data": { "hold": true } }));
    serves(&server);
}

#[test]
fn operations_that_gave_back_their_turns_leave_them_to_the_next() {
    let server = Server::with(|config| {
        config.operations = 1;
        config.operation_time = NEVER;
        config.waiting_time = SOON;
    });
    let mut long = server.connect();
    let request = "GET /graphql?query=%7BstepAside%7D HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    long.write_all(request.as_bytes()).unwrap();
    assert_eq!(server.event(), "begun");
    serves(&server);
    server.release();
    assert_eq!(Answer::read(long).json(), json!({ "data": { "stepAside": true } }));
    serves(&server);
}
