//! Starting and stopping, and a foreign client in between.

use std::error::Error;
use std::io::Write;
use std::sync::Arc;

use consortia::server::{Config, ServeError, serve};
use serde_json::{Value, json};

use super::{Answer, Server};

#[test]
fn a_foreign_client_gets_its_answer() {
    let server = Server::start();
    let url = format!("http://{}/graphql", server.address);
    let mut response =
        ureq::post(&url).send_json(json!({ "query": "{ numbers(first: 2) { value isEven } }" })).unwrap();
    let expected = json!({ "data": { "numbers": [
        { "value": 0, "isEven": true },
        { "value": 1, "isEven": false },
    ] } });
    assert_eq!(response.body_mut().read_json::<Value>().unwrap(), expected);
}

#[test]
fn a_stopping_server_finishes_what_runs() {
    let mut server = Server::start();
    let mut running = server.connect();
    running.write_all(b"GET /graphql?query=%7Bhold%7D HTTP/1.1\r\nHost: test\r\n\r\n").unwrap();
    assert_eq!(server.event(), "begun");
    server.stop();
    server.release();
    assert_eq!(Answer::read(running).json(), json!({ "data": { "hold": true } }));
    let thread = server.thread.take().unwrap();
    assert!(thread.join().unwrap().is_ok());
}

#[test]
fn a_port_that_is_taken_is_named_with_a_way_out() {
    let server = Server::start();
    let config = Config { listen: server.address, ..Config::default() };
    let schema =
        async_graphql::Schema::new(super::Query, async_graphql::EmptyMutation, async_graphql::EmptySubscription);
    let serving = serve(&config, Arc::new(schema), Arc::new(|| true), |_| {}, std::future::pending());
    let error = tokio::runtime::Runtime::new().unwrap().block_on(serving).unwrap_err();
    assert!(matches!(error, ServeError::Taken { .. }), "{error:?}");
    assert!(error.to_string().contains(&server.address.to_string()), "{error}");
    assert!(error.to_string().contains("--listen"), "{error}");
    assert!(error.source().is_some());
}
