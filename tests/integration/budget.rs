//! What an operation costs, what it may cost, and that one for which nobody waits any more ends.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use consortia::api::Api;
use consortia::api::executor::{Executor, Operation, Running};
use consortia::api::limits::Limits;
use consortia::server::{Config, serve};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::support::{Server, ask, curated_snapshot};

/// The longest that a test waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(60);
const NEVER: Duration = Duration::from_secs(86_400);

fn asked(document: &str) -> Value {
    ask(document, Value::Null)
}

fn run(limits: Limits, document: &str) -> Value {
    let api = Api::new(limits, Arc::new(curated_snapshot()));
    let running = api.run(Operation::new(document, PATIENCE));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    serde_json::to_value(runtime.block_on(running)).unwrap()
}

#[test]
fn a_count_of_everything_costs_a_visit_for_each_entity_and_relationship() {
    let answer = asked("{ graph { statistics { entities relationships } } }");
    let counts = &answer["data"]["graph"]["statistics"];
    let visits = counts["entities"].as_u64().unwrap() + counts["relationships"].as_u64().unwrap();
    assert_eq!(answer["extensions"], json!({ "cost": { "visits": visits }, "truncated": false }));
}

#[test]
fn what_visits_nothing_costs_nothing_and_two_questions_cost_their_sum() {
    let cost = |document: &str| asked(document)["extensions"]["cost"]["visits"].as_u64().unwrap();
    assert_eq!(cost("{ graph { revision } }"), 0);
    let one = cost("{ graph { statistics { entities } } }");
    let network = "network(around: [\"west-china-hospital\"]) { nodeCount }";
    let other = cost(&format!("{{ graph {{ {network} }} }}"));
    assert!(one > 0 && other > 0);
    assert_eq!(cost(&format!("{{ graph {{ statistics {{ entities }} {network} }} }}")), one + other);
}

#[test]
fn the_same_question_costs_the_same_each_time() {
    let document = "{ graph { network(layout: FORCE) { nodes { x y } truncated } statistics { documents } } }";
    assert_eq!(asked(document).to_string(), asked(document).to_string());
}

#[test]
fn a_budget_covers_what_a_question_costs_and_one_visit_less_does_not() {
    let document = |budget: &str| format!("{{ graph{budget} {{ statistics {{ entities }} }} }}");
    let cost = asked(&document(""))["extensions"]["cost"]["visits"].as_u64().unwrap();
    let enough = asked(&document(&format!("(budget: {{ visits: {cost} }})")));
    assert_eq!(enough["data"], asked(&document(""))["data"]);
    let scarce = asked(&document(&format!("(budget: {{ visits: {} }})", cost - 1)));
    assert_eq!(scarce["data"], Value::Null);
    assert_eq!(scarce["extensions"]["truncated"], true);
    let error = &scarce["errors"][0];
    assert_eq!(error["extensions"]["code"], "LIMIT_EXCEEDED");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains(&format!("more than {} relationships", cost - 1)), "{message}");
    assert!(message.ends_with("or ask with a larger budget"), "{message}");
}

#[test]
fn a_measure_that_a_budget_does_not_cover_costs_the_budget_and_no_more() {
    // It is taken by threads, each of which tries to go on.
    for visits in [1_000, 1_500] {
        let document =
            format!("{{ graph(budget: {{ visits: {visits} }}) {{ ranking(by: BETWEENNESS) {{ method }} }} }}");
        let answer = asked(&document);
        assert_eq!(answer["data"], Value::Null);
        assert_eq!(answer["extensions"], json!({ "cost": { "visits": visits }, "truncated": true }));
    }
}

#[test]
fn a_budget_above_the_limits_of_the_server_changes_nothing() {
    let limits = Limits { visits: 50, ..Limits::default() };
    let answer = run(limits, "{ graph(budget: { visits: 2000000000 }) { statistics { entities } } }");
    let message = answer["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("more than 50 relationships"), "{message}");
    assert_eq!(answer["extensions"], json!({ "cost": { "visits": 50 }, "truncated": true }));
}

#[test]
fn a_budget_of_nothing_is_refused() {
    for (budget, name) in [("visits: 0", "visits"), ("visits: -5", "visits"), ("milliseconds: 0", "milliseconds")] {
        let answer = asked(&format!("{{ graph(budget: {{ {budget} }}) {{ revision }} }}"));
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "INVALID_INPUT");
        assert!(error["message"].as_str().unwrap().starts_with(&format!("budget.{name}: give a number from 1")));
    }
}

#[test]
fn a_network_that_leaves_entities_out_is_truncated_and_a_whole_one_is_not() {
    let answer = |most: usize| asked(&format!("{{ graph {{ network(maxNodes: {most}) {{ truncated }} }} }}"));
    for (most, truncated) in [(2, true), (500, false)] {
        let answer = answer(most);
        assert_eq!(answer["data"]["graph"]["network"]["truncated"], truncated);
        assert_eq!(answer["extensions"]["truncated"], truncated);
    }
}

#[test]
fn a_picture_of_a_projection_that_leaves_entities_out_is_truncated_too() {
    for (most, truncated) in [(2, true), (500, false)] {
        let network = format!("network(maxNodes: {most}) {{ truncated }}");
        let answer = asked(&format!(
            "{{ graph {{ projection(of: {{ kinds: [UNIVERSITY] }}, through: {{ kinds: [CONSORTIUM] }}) {{ {network} }} }} }}"
        ));
        assert_eq!(answer["data"]["graph"]["projection"]["network"]["truncated"], truncated);
        assert_eq!(answer["extensions"]["truncated"], truncated);
    }
}

#[test]
fn what_has_no_pages_is_not_told_to_go_on_with_a_cursor() {
    for field in
        ["network(maxNodes: 501) { truncated }", "suggestions(for: \"university-of-oxford\", first: 501) { score }"]
    {
        let answer = asked(&format!("{{ graph {{ {field} }} }}"));
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "LIMIT_EXCEEDED", "{answer}");
        let message = error["message"].as_str().unwrap();
        assert!(message.ends_with("ask for at most 500, or start the server with a larger --max-page"), "{message}");
    }
    let limits = Limits { page: 20, ..Limits::default() };
    let answer = run(limits, "{ graph { network { nodes { degree } truncated } } }");
    assert_eq!(answer["data"]["graph"]["network"]["nodes"].as_array().unwrap().len(), 20, "a default is no wish");
}

#[test]
fn a_filter_of_too_many_parts_is_refused_however_it_is_built() {
    let document = "query ($filter: EntityFilter) { graph { entities(filter: $filter) { totalCount } } }";
    let answer = |filter: Value| ask(document, json!({ "filter": filter }));
    for filter in [
        json!({ "text": "a ".repeat(1_000) }),
        json!({ "text": "a".repeat(16_000) }),
        json!({ "or": vec![json!({}); 1_000] }),
        json!({ "not": { "some": { "other": { "and": vec![json!({}); 1_000] } } } }),
    ] {
        let refused = answer(filter);
        let error = &refused["errors"][0];
        assert_eq!(error["extensions"]["code"], "LIMIT_EXCEEDED", "{refused}");
        let message = error["message"].as_str().unwrap();
        assert!(message.starts_with("filter: it has") && message.contains("1000 are allowed; ask in"), "{message}");
    }
    for filter in [json!({ "text": "a ".repeat(999) }), json!({ "or": vec![json!({}); 999] })] {
        assert_eq!(answer(filter).get("errors"), None);
    }
}

#[test]
fn what_is_refused_before_it_runs_costs_nothing_and_says_whether_a_limit_was_met() {
    for (document, truncated) in [("{ graph {", false), ("{ nothing }", false), (&"{ a".repeat(100), true)] {
        let answer = asked(document);
        assert_eq!(answer.get("data"), None, "{document}");
        assert_eq!(answer["extensions"], json!({ "cost": { "visits": 0 }, "truncated": truncated }), "{document}");
    }
}

#[test]
fn how_long_it_took_is_in_a_header_and_never_in_the_body() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let path = "/graphql?query=%7Bgraph%7Bstatistics%7Bentities%7D%7D%7D";
    let (first, second) = (server.fetch(path), server.fetch(path));
    assert_eq!(first.2, second.2);
    let timing = first.1.get("server-timing").unwrap().to_str().unwrap();
    let milliseconds = timing.strip_prefix("total;dur=").unwrap().parse::<f64>().unwrap();
    assert!(milliseconds > 0.0, "{timing}");
}

/// An API that says when an operation begins and ends.
struct Watched {
    api: Api,
    events: Mutex<mpsc::Sender<&'static str>>,
}

impl Watched {
    fn tell(&self, event: &'static str) {
        // Nobody listens any more when a test has ended.
        let _ = self.events.lock().unwrap().send(event);
    }
}

impl Executor for Watched {
    fn run(&self, operation: Operation) -> Running<'_> {
        Box::pin(async move {
            self.tell("begun");
            let outcome = self.api.run(operation).await;
            self.tell("ended");
            outcome
        })
    }
}

#[test]
fn a_long_question_ends_when_its_client_hangs_up() {
    let limits = Limits { visits: u64::MAX, ..Limits::default() };
    let (sender, events) = mpsc::channel();
    let watched = Watched { api: Api::new(limits, Arc::new(curated_snapshot())), events: Mutex::new(sender) };
    let config = Config {
        listen: (Ipv4Addr::LOCALHOST, 0).into(),
        operations: 2,
        operation_time: NEVER,
        waiting_time: PATIENCE,
        ..Config::default()
    };
    let (bound, address) = mpsc::channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = std::thread::spawn(move || {
        let stopped = async move { stopped.await.unwrap_or_default() };
        let serving = serve(&config, Arc::new(watched), Arc::new(|| true), |at| bound.send(at).unwrap(), stopped);
        tokio::runtime::Runtime::new().unwrap().block_on(serving)
    });
    let address: SocketAddr = address.recv_timeout(PATIENCE).unwrap();
    let event = || events.recv_timeout(PATIENCE).unwrap();

    // All simple paths of up to twelve steps between two hubs: more than can be told in a day.
    let long = r#"{ graph { paths(from: ["university-of-birmingham"], to: ["west-china-hospital"], select: ALL_SIMPLE,
        maxLength: 12) { totalCount } } }"#;
    let body = json!({ "query": long }).to_string();
    let head = "POST /graphql HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n";
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    assert_eq!(event(), "begun");
    // Another one comes and goes meanwhile: the long one is on its way.
    let short = ureq::get(format!("http://{address}/graphql?query=%7Bgraph%7Brevision%7D%7D")).call();
    assert_eq!(short.unwrap().body_mut().read_json::<Value>().unwrap()["data"]["graph"]["revision"], 1);
    assert_eq!((event(), event()), ("begun", "ended"));
    drop(stream);
    assert_eq!(event(), "ended", "the long one, whose client has gone");
    stop.send(()).unwrap();
    serving.join().unwrap().unwrap();
}
