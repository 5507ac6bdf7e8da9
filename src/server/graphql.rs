//! `/graphql`, as the GraphQL-over-HTTP specification says: parameters in, a GraphQL response out in the media type that
//! the client prefers. Where the draft and the audits of the reference implementation differ (400 or 422 for what does
//! not validate, 200 or 294 for an answer with errors), this does what the audits ask.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::{Extension, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, extract::Request};
use http_body_util::LengthLimitError;
use tokio::time::timeout;

use crate::api::executor::{Deadline, Operation, Reason, Refusal, RequestId, Turn};
use crate::server::Service;
use crate::server::error::Problem;
use crate::server::media::{Media, check_sent_as_json};
use crate::server::parameters::Parameters;
use crate::server::tracking::OperationName;
use crate::server::workers::Finished;

/// How long an operation took, waiting for its turn included, in milliseconds: never in the body, which is the same each
/// time.
pub(super) const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// Reads only: what a query string asks.
pub(super) async fn get(
    State(service): State<Arc<Service>>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let media = accepted(&headers)?;
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&uri)
        .map_err(|error| bad_request(format!("the query string is not valid: {error}")))?;
    let parameters = Parameters::from_pairs(pairs).map_err(bad_request)?;
    respond(&service, id, media, parameters, true).await
}

/// What a JSON body asks.
pub(super) async fn post(
    State(service): State<Arc<Service>>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Result<Response, Problem> {
    let media = accepted(request.headers())?;
    check_sent_as_json(request.headers())
        .map_err(|message| Problem::invalid(StatusCode::UNSUPPORTED_MEDIA_TYPE, message))?;
    let body = read(request.into_body(), service.config.body_bytes, service.config.body_time).await?;
    let parameters = Parameters::from_json(&body).map_err(bad_request)?;
    respond(&service, id, media, parameters, false).await
}

fn accepted(headers: &HeaderMap) -> Result<Media, Problem> {
    Media::negotiate(headers).ok_or_else(|| {
        let message = "the Accept header allows no type that there is; accept application/graphql-response+json or \
                       application/json";
        Problem::invalid(StatusCode::NOT_ACCEPTABLE, message)
    })
}

fn bad_request(message: String) -> Problem {
    Problem::invalid(StatusCode::BAD_REQUEST, message)
}

/// A whole body, no larger and no slower than allowed.
pub(super) async fn read(body: Body, most: usize, time: Duration) -> Result<Vec<u8>, Problem> {
    let too_large = || {
        let message = format!(
            "the body is larger than {most} bytes; send less, or start the server with a higher --max-body-bytes"
        );
        Problem::limit(StatusCode::PAYLOAD_TOO_LARGE, message)
    };
    // What says at once that it is too large is not read first.
    if usize::try_from(body.size_hint().lower()).is_ok_and(|length| length > most) {
        return Err(too_large());
    }
    match timeout(time, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(error)) if std::error::Error::source(&error).is_some_and(|cause| cause.is::<LengthLimitError>()) => {
            Err(too_large())
        }
        Ok(Err(_)) => Err(bad_request("the body ended before it was whole; send it again".to_owned())),
        Err(_) => {
            let message = format!("the body was not sent within {time:?}; send it faster");
            Err(Problem::limit(StatusCode::REQUEST_TIMEOUT, message))
        }
    }
}

async fn respond(
    service: &Service,
    id: RequestId,
    media: Media,
    parameters: Parameters,
    only_reads: bool,
) -> Result<Response, Problem> {
    if parameters.are_only_a_hash() {
        let code = "PERSISTED_QUERY_NOT_SUPPORTED";
        let refusal = Refusal::new(Reason::Request, code, "PersistedQueryNotSupported");
        return Ok(written(media, StatusCode::OK, Json(refusal).into_response()));
    }
    let Some(document) = parameters.query else {
        return Err(bad_request("the query is missing; send the document as \"query\", or open /graphiql".to_owned()));
    };
    let name = parameters.operation_name.clone();
    let operation = Operation {
        document,
        name: parameters.operation_name,
        variables: parameters.variables,
        only_reads,
        deadline: Deadline::new(service.config.operation_time),
        request_id: id,
        turn: Turn::default(),
        replays: None,
    };
    let began = Instant::now();
    let mut response = match service.workers.run(Arc::clone(&service.executor), operation).await {
        Ok(Finished::Answered(response)) => written(media, StatusCode::OK, response),
        Ok(Finished::Refused(refusal)) => refused(media, refusal),
        Err(problem) => problem.into_response(),
    };
    if let Ok(timing) = HeaderValue::from_str(&format!("total;dur={:.3}", began.elapsed().as_secs_f64() * 1e3)) {
        response.headers_mut().insert(SERVER_TIMING, timing);
    }
    if let Some(name) = name.filter(|name| is_name(name)) {
        response.extensions_mut().insert(OperationName(name));
    }
    Ok(response)
}

fn refused(media: Media, refusal: Refusal) -> Response {
    let status = match (refusal.reason(), media) {
        (Reason::OnlyReads, _) => StatusCode::METHOD_NOT_ALLOWED,
        (Reason::Time, _) => StatusCode::SERVICE_UNAVAILABLE,
        (Reason::Request, Media::GraphqlResponse) => StatusCode::BAD_REQUEST,
        (Reason::Request, Media::Json) => StatusCode::OK,
    };
    let mut response = written(media, status, Json(refusal).into_response());
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    response
}

fn written(media: Media, status: StatusCode, mut response: Response) -> Response {
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media.header());
    headers.append(header::VARY, HeaderValue::from_static("accept"));
    response
}

/// Whether this can be the name of an operation, and stand in a log.
fn is_name(text: &str) -> bool {
    text.len() <= 100 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
