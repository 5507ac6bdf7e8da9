//! `/export/FORMAT`: the graph, or a part of it, in the format of another tool.
//!
//! An export is prepared and written on a thread of its own, and only so many at a time, so that they leave turns to the
//! operations of GraphQL. What is written waits for the client piece by piece; nothing holds the whole.

use std::io::{self, Write};
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use http_body_util::channel::{Channel, Sender};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout, timeout_at};

use crate::api::executor::{Deadline, Refusal, RequestId};
use crate::api::export::{Export, Exports};
use crate::server::Service;
use crate::server::error::Problem;
use crate::server::workers::CancelOnDrop;

/// How much is written before it is handed to the client, in bytes.
const PIECE: usize = 1 << 16;
/// How many pieces may wait for the client.
const PIECES: usize = 4;

/// The turns of exports: half as many as operations have.
pub(super) fn turns(operations: usize) -> Arc<Semaphore> {
    Arc::new(Semaphore::new((operations / 2).clamp(1, Semaphore::MAX_PERMITS)))
}

/// What begins before the first byte: the export, or what is wrong with the request.
type Begun = Result<(HeaderValue, HeaderValue), (StatusCode, Refusal)>;

/// Answers with the file, as it is written.
pub(super) async fn get(
    State(service): State<Arc<Service>>,
    Extension(id): Extension<RequestId>,
    Path(format): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    let Query(parameters) = Query::<Vec<(String, String)>>::try_from_uri(&uri).map_err(|error| {
        Problem::invalid(StatusCode::BAD_REQUEST, format!("the query string is not valid: {error}"))
    })?;
    let Some(exports) = Arc::clone(&service.executor).exports() else {
        return Err(Problem::new(StatusCode::NOT_FOUND, "NOT_FOUND", "nothing is exported here; ask /graphql"));
    };
    let Ok(Ok(turn)) = timeout(service.config.waiting_time, Arc::clone(&service.exports).acquire_owned()).await else {
        return Err(Problem::limit(StatusCode::SERVICE_UNAVAILABLE, "too many exports run already; ask again later"));
    };
    let deadline = Deadline::new(service.config.operation_time);
    // Whoever stops waiting for the first byte ends the preparation; what is prepared has a time of its own.
    let _cancelling = CancelOnDrop(deadline.clone());
    let (sender, body) = Channel::<Bytes, io::Error>::new(PIECES);
    let (begin, begun) = oneshot::channel();
    let until = Instant::now() + service.config.export_time;
    let client = Client { runtime: Handle::current(), sender: Some(sender), until, piece: Vec::with_capacity(PIECE) };
    let running = spawn_blocking(move || run(&*exports, &format, &parameters, &deadline, begin, client, turn));
    match begun.await {
        Ok(Ok((media_type, disposition))) => {
            let headers = [(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, disposition)];
            // The compression asks for more after the end, which the channel itself does not bear.
            Ok((headers, Body::new(body.fuse())).into_response())
        }
        // What broke stands in the log.
        Ok(Err((StatusCode::INTERNAL_SERVER_ERROR, _))) => Err(Problem::internal(id.as_str())),
        Ok(Err((status, refusal))) => Ok((status, Json(refusal)).into_response()),
        Err(_) => {
            let cause = running.await.err().map_or_else(|| "it ended".to_owned(), |error| error.to_string());
            tracing::error!(request_id = id.as_str(), cause, "an export broke");
            Err(Problem::internal(id.as_str()))
        }
    }
}

/// Prepares and writes on the thread that it is called on. The turn is given back at the end.
fn run(
    exports: &dyn Exports,
    format: &str,
    parameters: &[(String, String)],
    deadline: &Deadline,
    begin: oneshot::Sender<Begun>,
    mut client: Client,
    _turn: OwnedSemaphorePermit,
) {
    match exports.prepare(format, parameters, deadline) {
        Err(refusal) => {
            // Who asked may have gone; then nobody is left to be told.
            let _ = begin.send(Err((status(&refusal, deadline), refusal)));
        }
        Ok(export) => {
            if begin.send(Ok(headers(&export))).is_ok() {
                match export.write(&mut client) {
                    Ok(()) => client.finish(),
                    Err(error) => tracing::debug!(%error, "an export ended early"),
                }
            }
        }
    }
}

fn headers(export: &Export) -> (HeaderValue, HeaderValue) {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", export.file_name()));
    let charset = if export.media_type().starts_with("text/") { "; charset=utf-8" } else { "" };
    let media_type = HeaderValue::from_str(&format!("{}{charset}", export.media_type()));
    let expected = "names and media types of formats are ASCII";
    (media_type.expect(expected), disposition.expect(expected))
}

fn status(refusal: &Refusal, deadline: &Deadline) -> StatusCode {
    match refusal.code().as_deref() {
        Some("NOT_FOUND") => StatusCode::NOT_FOUND,
        Some("INTERNAL") => StatusCode::INTERNAL_SERVER_ERROR,
        Some("LIMIT_EXCEEDED") if deadline.is_over() => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// The client as a writer: what is written goes to it in pieces, as fast as it takes them and until the time is over.
struct Client {
    runtime: Handle,
    sender: Option<Sender<Bytes, io::Error>>,
    until: Instant,
    piece: Vec<u8>,
}

impl Client {
    /// Ends the body as whole.
    fn finish(mut self) {
        self.sender = None;
    }

    fn send(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        let Some(sender) = &mut self.sender else { return Err(io::ErrorKind::BrokenPipe.into()) };
        match self.runtime.block_on(timeout_at(self.until, sender.send_data(piece.into()))) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }
}

/// Whatever ends an export before it is whole, a panic included, breaks the body off, so that the client can tell.
impl Drop for Client {
    fn drop(&mut self) {
        if let Some(sender) = self.sender.take() {
            sender.abort(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

impl Write for Client {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        if self.piece.len() >= PIECE {
            self.send()?;
        }
        Ok(taken)
    }

    /// Serializers flush when they please; a piece is sent when it is full, and the last when the file is whole.
    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() { Ok(()) } else { self.send() }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::api::executor::Reason;

    #[test]
    fn the_status_says_whose_fault_it_is() {
        let (soon, never) = (Deadline::new(Duration::ZERO), Deadline::new(Duration::MAX));
        for (code, deadline, expected) in [
            ("INVALID_INPUT", &never, 400),
            ("NOT_FOUND", &never, 404),
            ("LIMIT_EXCEEDED", &never, 400),
            ("LIMIT_EXCEEDED", &soon, 503),
            ("INTERNAL", &never, 500),
        ] {
            let found = status(&Refusal::new(Reason::Request, code, "a message"), deadline);
            assert_eq!(found.as_u16(), expected, "{code}");
        }
    }
}
