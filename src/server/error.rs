//! What goes wrong in HTTP, in the shape of GraphQL errors; and why a server did not start.

use std::io;
use std::net::SocketAddr;

use axum::Json;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::api::executor::{Reason, Refusal};

/// Why a server did not start, or stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// Another program listens there.
    #[error("{address} is taken by another program; stop it, or choose another address with --listen")]
    Taken {
        /// Where.
        address: SocketAddr,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// This program may not listen there, or the address is not of this machine.
    #[error("cannot listen on {address}; choose an address of this machine and a port above 1023 with --listen")]
    Address {
        /// Where.
        address: SocketAddr,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

/// An error of the transport: a status and one GraphQL error, always as `application/json`.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    message: String,
    /// Names the request in the log, where the cause is only there.
    request_id: Option<String>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), request_id: None }
    }

    /// The client has to send something else.
    pub(super) fn invalid(status: StatusCode, message: impl Into<String>) -> Self {
        Self::new(status, "INVALID_INPUT", message)
    }

    /// The client asked for too much, or too many clients did.
    pub(super) fn limit(status: StatusCode, message: impl Into<String>) -> Self {
        Self::new(status, "LIMIT_EXCEEDED", message)
    }

    /// Something broke here; the log says what under this request id.
    pub(super) fn internal(request_id: &str) -> Self {
        let message = "something broke on the server; tell its operator the request id";
        let problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", message);
        Self { request_id: Some(request_id.to_owned()), ..problem }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut refusal = Refusal::new(Reason::Request, self.code, self.message);
        if let Some(id) = self.request_id {
            refusal = refusal.with("requestId", id);
        }
        let mut response = (self.status, Json(refusal)).into_response();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

/// Any path that does not exist.
pub(super) async fn no_such_page(uri: Uri) -> Problem {
    let path: String = uri.path().chars().take(100).collect();
    Problem::new(
        StatusCode::NOT_FOUND,
        "NOT_FOUND",
        format!(
            "there is no {path} here; there are /graphql, /graphiql, /export/FORMAT, /cite/TOKEN, /reconcile, /healthz and /readyz"
        ),
    )
}

/// Any method that a path does not have.
pub(super) async fn no_such_method(method: Method, uri: Uri) -> Response {
    let allowed = match uri.path() {
        "/graphql" => "GET, HEAD, POST, OPTIONS",
        "/reconcile" => "GET, HEAD, POST",
        _ => "GET, HEAD",
    };
    let method: String = method.as_str().chars().take(20).collect();
    let message = format!("{method} is not a method of this page; it has {allowed}");
    let mut response = Problem::invalid(StatusCode::METHOD_NOT_ALLOWED, message).into_response();
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}
