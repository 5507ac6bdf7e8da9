//! Whether the process lives, and whether it can answer.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::server::Service;

/// Answers as long as the process does.
pub(super) async fn alive() -> Response {
    say(StatusCode::OK, "alive\n")
}

/// Answers 200 once a snapshot is published, 503 before. Everything can be asked then; a search, and the question what
/// an unknown id may have meant, take up to a second longer while names are still indexed.
pub(super) async fn ready(State(service): State<Arc<Service>>) -> Response {
    if (service.ready)() {
        say(StatusCode::OK, "ready\n")
    } else {
        say(StatusCode::SERVICE_UNAVAILABLE, "not ready: no snapshot is published yet\n")
    }
}

fn say(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}
