//! `/reconcile`: the Reconciliation Service API 0.2, as OpenRefine and others speak it. Each request becomes one GraphQL
//! operation, so that the limits of those hold here too. There is no JSONP: a script of any site could read it.

mod manifest;
mod page;
mod questions;

use std::sync::Arc;

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::api::executor::{Operation, Reason, RequestId};
use crate::server::error::Problem;
use crate::server::graphql::read;
use crate::server::workers::Finished;
use crate::server::{Config, Service};

/// The largest answer of the API that is read back, in bytes.
const ANSWER_LIMIT: usize = 64 << 20;
/// How many entities a suggestion holds.
const SUGGESTIONS: usize = 10;

type Pairs = Vec<(String, String)>;

/// The manifest, or the answers to `queries` or `extend`, in a query string or a form.
pub(super) async fn service(
    State(service): State<Arc<Service>>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Result<Response, Problem> {
    let pairs = if request.method() == Method::POST {
        let sent = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let essence = sent.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            let message = "send the queries as a form: Content-Type application/x-www-form-urlencoded";
            return Err(Problem::invalid(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
        }
        let body = read(request.into_body(), service.config.body_bytes, service.config.body_time).await?;
        decoded(&body)
    } else {
        let pairs = decoded(request.uri().query().unwrap_or_default().as_bytes());
        if !pairs.iter().any(|(name, _)| name == "queries" || name == "extend") {
            return Ok(Json(manifest::manifest(&base(&service.config, request.headers()))).into_response());
        }
        pairs
    };
    if let Some(queries) = value(&pairs, "queries") {
        let batch = questions::Batch::parse(queries).map_err(bad_request)?;
        let data = ask(&service, id, questions::RECONCILE, batch.variables()).await?;
        return Ok(Json(batch.answer(&data)).into_response());
    }
    if let Some(extend) = value(&pairs, "extend") {
        let extension = questions::Extension::parse(extend).map_err(bad_request)?;
        let data = ask(&service, id, questions::EXTEND, extension.variables()).await?;
        return Ok(Json(extension.answer(&data)).into_response());
    }
    Err(bad_request("there is neither \"queries\" nor \"extend\"; send one of them".to_owned()))
}

/// Entities whose names begin like this, of the kinds that `type` names, once or more.
pub(super) async fn suggest_entity(
    State(service): State<Arc<Service>>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
) -> Result<Response, Problem> {
    let (prefix, cursor) = asked(&uri);
    let mut variables = Map::new();
    variables.insert("text".to_owned(), json!(prefix));
    variables.insert("first".to_owned(), json!((cursor + SUGGESTIONS).min(100)));
    let pairs = decoded(uri.query().unwrap_or_default().as_bytes());
    let types = pairs.iter().filter(|(name, _)| name == "type").flat_map(|(_, types)| types.split(','));
    let kinds = types.map(str::trim).filter(|text| !text.is_empty()).map(questions::kind);
    let kinds = kinds.collect::<Result<Vec<_>, _>>().map_err(bad_request)?;
    if !kinds.is_empty() {
        variables.insert("kinds".to_owned(), json!(kinds));
    }
    let data = ask(&service, id, questions::SUGGEST, variables).await?;
    let edges = data["graph"]["search"]["edges"].as_array().cloned().unwrap_or_default();
    let found: Vec<Value> = edges.iter().skip(cursor).map(|edge| questions::suggestion(&edge["node"])).collect();
    Ok(Json(json!({ "result": found })).into_response())
}

/// Kinds of entities whose names begin like this.
pub(super) async fn suggest_type(uri: Uri) -> Response {
    let (prefix, cursor) = asked(&uri);
    Json(json!({ "result": manifest::beginning(manifest::types(), &prefix, cursor) })).into_response()
}

/// Properties whose names begin like this.
pub(super) async fn suggest_property(uri: Uri) -> Response {
    let (prefix, cursor) = asked(&uri);
    Json(json!({ "result": manifest::beginning(manifest::properties(), &prefix, cursor) })).into_response()
}

/// What a table of entities can be extended with.
pub(super) async fn propose_properties(uri: Uri) -> Response {
    let pairs = decoded(uri.query().unwrap_or_default().as_bytes());
    let limit = value(&pairs, "limit").and_then(|limit| limit.parse().ok()).unwrap_or(usize::MAX);
    let properties: Vec<Value> = manifest::extensible().into_iter().take(limit).collect();
    let mut answer = json!({ "properties": properties });
    for name in ["type", "limit"] {
        if let Some(text) = value(&pairs, name) {
            answer[name] = text.parse::<u32>().map_or_else(|_| json!(text), |number| json!(number));
        }
    }
    Json(answer).into_response()
}

/// A small page about one entity, to be shown in a frame.
pub(super) async fn preview(
    State(service): State<Arc<Service>>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
) -> Result<Response, Problem> {
    let pairs = decoded(uri.query().unwrap_or_default().as_bytes());
    let entity = value(&pairs, "id").unwrap_or_default();
    let mut variables = Map::new();
    variables.insert("ids".to_owned(), json!([entity]));
    let data = ask(&service, id, questions::EXTEND, variables).await?;
    match &data["nodes"][0] {
        found if found["name"].is_string() => Ok(page::page(found)),
        _ => Err(Problem::new(StatusCode::NOT_FOUND, "NOT_FOUND", "nothing has this id; take one from an answer")),
    }
}

fn asked(uri: &Uri) -> (String, usize) {
    let pairs = decoded(uri.query().unwrap_or_default().as_bytes());
    let prefix = value(&pairs, "prefix").unwrap_or_default().chars().take(200).collect();
    (prefix, value(&pairs, "cursor").and_then(|cursor| cursor.parse().ok()).unwrap_or(0).min(1_000))
}

fn decoded(text: &[u8]) -> Pairs {
    form_urlencoded::parse(text).into_owned().collect()
}

fn value<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn bad_request(message: String) -> Problem {
    Problem::invalid(StatusCode::BAD_REQUEST, message)
}

/// The address under which the client knows this server: the public one where it is told.
fn base(config: &Config, headers: &HeaderMap) -> String {
    if let Some(url) = &config.public_url {
        return url.trim_end_matches('/').to_owned();
    }
    let is_host = |host: &&str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        !host.is_empty() && host.len() <= 255 && host.bytes().all(plain)
    };
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = if header("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    let host = header("host").filter(is_host).unwrap_or("localhost");
    format!("{scheme}://{host}")
}

/// The data that answers a GraphQL operation.
async fn ask(
    service: &Service,
    id: RequestId,
    document: &str,
    variables: Map<String, Value>,
) -> Result<Value, Problem> {
    let mut operation = Operation::new(document, service.config.operation_time);
    operation.variables = variables;
    operation.only_reads = true;
    operation.request_id = id.clone();
    let broken = || {
        tracing::error!(request_id = id.as_str(), "a question of /reconcile broke");
        Problem::internal(id.as_str())
    };
    let mut answer: Value = match service.workers.run(Arc::clone(&service.executor), operation).await? {
        Finished::Answered(response) => {
            let bytes = to_bytes(response.into_body(), ANSWER_LIMIT).await.map_err(|_| broken())?;
            serde_json::from_slice(&bytes).map_err(|_| broken())?
        }
        Finished::Refused(refusal) if refusal.reason() == Reason::Time => {
            return Err(Problem::limit(StatusCode::SERVICE_UNAVAILABLE, refusal.message()));
        }
        Finished::Refused(refusal) => serde_json::to_value(refusal).map_err(|_| broken())?,
    };
    let Some(error) = answer.get("errors").and_then(|errors| errors.get(0)) else {
        return Ok(answer["data"].take());
    };
    let message = error["message"].as_str().unwrap_or("the question was refused").to_owned();
    Err(match error["extensions"]["code"].as_str() {
        Some("LIMIT_EXCEEDED") => Problem::limit(StatusCode::PAYLOAD_TOO_LARGE, message),
        Some("INTERNAL") => broken(),
        Some(_) | None => bad_request(message),
    })
}
