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
    run_on(&Api::new(limits, Arc::new(curated_snapshot())), document)
}

fn run_on(api: &Api, document: &str) -> Value {
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
    assert_eq!(scarce["data"], json!({ "graph": { "statistics": null } }));
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
        assert_eq!(answer["data"], json!({ "graph": { "ranking": null } }));
        assert_eq!(answer["extensions"], json!({ "cost": { "visits": visits }, "truncated": true }));
    }
}

/// The three measures that are asked at once, by the names of their fields; the last costs most.
const MEASURES: [(&str, &str); 3] = [
    ("counted", "statistics { entities }"),
    ("degrees", "ranking(by: DEGREE, first: 1) { totalCount }"),
    ("between", "ranking(by: BETWEENNESS, first: 1) { totalCount }"),
];

/// All orders in which they can be asked.
const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

fn at_once(budget: &str, order: &[usize]) -> String {
    let fields = order.iter().map(|&at| format!("{}: {}", MEASURES[at].0, MEASURES[at].1));
    format!("{{ graph{budget} {{ {} }} }}", fields.collect::<Vec<_>>().join(" "))
}

fn cost(answer: &Value) -> u64 {
    answer["extensions"]["cost"]["visits"].as_u64().unwrap()
}

#[test]
fn one_measure_that_is_refused_leaves_the_others_answered_in_any_order() {
    let costs = [0, 1, 2].map(|at| cost(&asked(&at_once("", &[at]))));
    let enough = costs[0] + costs[1];
    assert!(costs[2] > enough, "{costs:?}");
    for order in ORDERS {
        let limits = Limits { visits: enough, ..Limits::default() };
        let mut answers = vec![run(limits, &at_once("", &order))];
        answers.push(asked(&at_once(&format!("(budget: {{ visits: {enough} }})"), &order)));
        for answer in answers {
            let graph = &answer["data"]["graph"];
            assert!(graph["counted"]["entities"].as_u64().unwrap() > 0, "{order:?}: {answer}");
            assert!(graph["degrees"]["totalCount"].as_u64().unwrap() > 0, "{order:?}: {answer}");
            assert_eq!(graph["between"], Value::Null);
            let errors = answer["errors"].as_array().unwrap();
            assert_eq!(errors.len(), 1, "{answer}");
            assert_eq!(errors[0]["path"], json!(["graph", "between"]));
            assert_eq!(errors[0]["extensions"]["code"], "LIMIT_EXCEEDED");
            // Refused where what was left ended; what came before it was not asked of it, what came after was.
            let before = order.iter().take_while(|&&at| at != 2).map(|&at| costs[at]).sum::<u64>();
            assert_eq!(cost(&answer), enough + (enough - before), "{order:?}");
            assert_eq!(answer["extensions"]["truncated"], true);
        }
    }
}

#[test]
fn a_field_that_is_asked_wrongly_leaves_the_others_answered() {
    for (wrong, code) in [
        ("communities(resolution: -1) { totalCount }", "INVALID_INPUT"),
        ("links(from: [\"nobody-at-all\"], through: {}, to: {}) { totalCount }", "NOT_FOUND"),
        ("match(pattern: \"(u:Univercity)\") { totalCount }", "INVALID_INPUT"),
        ("entities(first: -1) { totalCount }", "INVALID_INPUT"),
        ("network(depth: 9) { nodeCount }", "INVALID_INPUT"),
        ("suggestions(for: \"nobody-at-all\") { score }", "NOT_FOUND"),
        ("common(ids: [\"university-of-oxford\"]) { neighbors { totalCount } }", "INVALID_INPUT"),
        ("projection(of: {}, through: {}, minWeight: 0) { nodeCount }", "INVALID_INPUT"),
        ("timeline(first: 100000) { totalCount }", "LIMIT_EXCEEDED"),
    ] {
        let answer = asked(&format!("{{ graph {{ revision wrong: {wrong} statistics {{ documents }} }} }}"));
        let graph = &answer["data"]["graph"];
        assert_eq!(graph["wrong"], Value::Null, "{wrong}");
        assert!(graph["revision"].is_number() && graph["statistics"]["documents"].is_number(), "{wrong}: {answer}");
        assert_eq!(answer["errors"].as_array().unwrap().len(), 1, "{answer}");
        let path = &answer["errors"][0]["path"];
        assert_eq!((&path[0], &path[1]), (&json!("graph"), &json!("wrong")), "{answer}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
    }
    let answer =
        asked("{ graph { revision } late: graph(view: { revision: 99 }) { revision } documents { totalCount } }");
    assert_eq!((&answer["data"]["late"], &answer["errors"][0]["path"]), (&Value::Null, &json!(["late"])));
    assert!(answer["data"]["graph"]["revision"].is_number() && answer["data"]["documents"]["totalCount"].is_number());
    let of = "of: { kinds: [UNIVERSITY] }, through: { kinds: [CONSORTIUM] }";
    let wrong = "communities(resolution: -1) { totalCount }";
    let answer =
        asked(&format!("{{ graph {{ projection({of}) {{ nodeCount {wrong} components {{ totalCount }} }} }} }}"));
    let projection = &answer["data"]["graph"]["projection"];
    assert!(projection["nodeCount"].is_number() && projection["components"]["totalCount"].is_number(), "{answer}");
    assert_eq!(answer["errors"][0]["path"], json!(["graph", "projection", "communities"]));
}

#[test]
fn what_was_found_before_costs_the_same_and_is_not_spent_from_what_the_server_allows() {
    let costs = [0, 1, 2].map(|at| cost(&asked(&at_once("", &[at]))));
    let all: u64 = costs.iter().sum();
    let document = at_once("", &[0, 1, 2]);
    let api = Api::new(Limits { visits: costs[2], ..Limits::default() }, Arc::new(curated_snapshot()));
    let first = run_on(&api, &document);
    assert_eq!(first["data"]["graph"]["between"], Value::Null, "all three are too much for one operation");
    for at in 0..3 {
        run_on(&api, &at_once("", &[at]));
    }
    let again = run_on(&api, &document);
    assert_eq!((again.get("errors"), cost(&again)), (None, all));
    assert_eq!(run_on(&api, &document).to_string(), again.to_string());
    // A budget of the question's own says what it may cost, and that is the same whether it was found before.
    let scarce = at_once(&format!("(budget: {{ visits: {} }})", all - 1), &[0, 1, 2]);
    assert_eq!(run_on(&api, &scarce)["data"]["graph"]["between"], Value::Null);
    // Where one is refused each time, the answer is the same each time, too.
    let api = Api::new(Limits { visits: costs[0] + costs[1], ..Limits::default() }, Arc::new(curated_snapshot()));
    for order in ORDERS {
        let document = at_once("", &order);
        let fresh = run(Limits { visits: costs[0] + costs[1], ..Limits::default() }, &document);
        assert_eq!(run_on(&api, &document).to_string(), fresh.to_string(), "{order:?}");
        assert_eq!(run_on(&api, &document).to_string(), fresh.to_string(), "{order:?}");
    }
}

#[test]
fn many_that_are_refused_make_at_most_twice_what_is_allowed() {
    let many: Vec<String> =
        (0..20).map(|at| format!("m{at}: communities(resolution: {at}.5) {{ totalCount }}")).collect();
    let limits = Limits { visits: 100, ..Limits::default() };
    let answer = run(limits, &format!("{{ graph {{ {} }} }}", many.join(" ")));
    assert_eq!(cost(&answer), 200);
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
