//! The query page: GraphiQL from `web/`, embedded by `build.rs`, or a plain form where there was no npm to build it.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use include_dir::{Dir, File, include_dir};

use crate::server::error::Problem;

static FILES: Dir<'static> = include_dir!("$OUT_DIR/explorer");

/// The file that loads all others.
const PAGE: &str = "index.html";

/// Nothing from elsewhere, no script but our own files, no eval. Styles may stand in the page: the editor positions
/// every line and the interface animates by style attributes; fonts and pictures may stand in the style sheet. The
/// worker threads of the editor are files of ours.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; \
                      style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// From `/` to the page.
pub(super) async fn to_page() -> Redirect {
    Redirect::temporary("/graphiql")
}

/// The page.
pub(super) async fn page() -> Result<Response, Problem> {
    named(PAGE).map(|file| send(file, "no-cache"))
}

/// What the page loads. The names hold a hash of the content, so that a browser asks once; that of the page does not.
pub(super) async fn file(Path(path): Path<String>) -> Result<Response, Problem> {
    let caching = if path == PAGE { "no-cache" } else { "public, max-age=31536000, immutable" };
    named(&path).map(|file| send(file, caching))
}

fn named(path: &str) -> Result<&'static File<'static>, Problem> {
    FILES.get_file(path).ok_or_else(|| {
        Problem::new(StatusCode::NOT_FOUND, "NOT_FOUND", "the query page has no such file; open /graphiql")
    })
}

fn send(file: &'static File<'static>, caching: &'static str) -> Response {
    let kind = match file.path().extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        Some(_) | None => "application/octet-stream",
    };
    let headers =
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, caching), (header::CONTENT_SECURITY_POLICY, POLICY)];
    (headers, file.contents()).into_response()
}
