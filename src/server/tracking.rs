//! What happens around every request: it gets an id, a line in the log, and an answer even if its handler panics.

use std::any::Any;
use std::time::Instant;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::catch_panic::{CatchPanic, ResponseForPanic};
use uuid::Uuid;

use crate::api::executor::RequestId;
use crate::server::error::Problem;

/// The header that carries the id of a request, both ways.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The name of the operation that a response answers, for the log.
#[derive(Clone, Debug)]
pub(super) struct OperationName(pub(super) String);

/// Runs a request with an id, and logs one line about it: never what was asked, only its name.
pub(super) async fn track(mut request: Request, next: Next) -> Response {
    let id = request_id(request.headers().get(REQUEST_ID));
    let mut line = Line {
        began: Instant::now(),
        method: request.method().clone(),
        path: request.uri().path().chars().take(200).collect(),
        id: id.clone(),
        status: 499,
        operation: None,
    };
    request.extensions_mut().insert(id.clone());
    let mut response = match CatchPanic::custom(next, Panicked(id.clone())).oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    };

    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    line.status = response.status().as_u16();
    line.operation = response.extensions().get::<OperationName>().cloned();
    response
}

/// The line in the log, written when the request has its answer or nobody waits for one any more.
struct Line {
    began: Instant,
    method: Method,
    path: String,
    id: RequestId,
    /// 499, as others log it, until there is an answer.
    status: u16,
    operation: Option<OperationName>,
}

impl Drop for Line {
    fn drop(&mut self) {
        tracing::info!(
            method = self.method.as_str(),
            path = self.path,
            status = self.status,
            ms = self.began.elapsed().as_millis(),
            request_id = self.id.as_str(),
            operation = self.operation.as_ref().map(|name| name.0.as_str()),
            "request"
        );
    }
}

/// Answers for a handler that panicked.
#[derive(Clone)]
struct Panicked(RequestId);

impl ResponseForPanic for Panicked {
    type ResponseBody = Body;

    fn response_for_panic(&mut self, cause: Box<dyn Any + Send + 'static>) -> Response {
        tracing::error!(request_id = self.0.as_str(), cause = panic_message(&*cause), "a handler panicked");
        Problem::internal(self.0.as_str()).into_response()
    }
}

/// The id that the client gave, if it is one that can stand in a log, or a new one.
fn request_id(given: Option<&HeaderValue>) -> RequestId {
    let sane = |id: &&str| {
        (1..=128).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':'))
    };
    match given.and_then(|value| value.to_str().ok()).filter(sane) {
        Some(id) => RequestId::new(id),
        None => RequestId::new(&Uuid::new_v4().to_string()),
    }
}

/// What a panic said.
pub(super) fn panic_message(cause: &(dyn Any + Send)) -> &str {
    match (cause.downcast_ref::<&str>(), cause.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (None, Some(text)) => text,
        (None, None) => "not said",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sane_request_id_is_kept_and_any_other_replaced() {
        let kept = |id: &'static str| request_id(Some(&HeaderValue::from_static(id))).as_str() == id;
        assert!(kept("b8d1-42_A.7:0"));
        assert!(!kept(""));
        assert!(!kept("two words"));
        assert!(!kept("quote\""));
        let long: &'static str = Box::leak("x".repeat(129).into_boxed_str());
        assert!(!kept(long));
        assert_ne!(request_id(None), request_id(None));
    }
}
