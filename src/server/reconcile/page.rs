//! The preview of an entity: a page without scripts, everything in it escaped.

use std::fmt::Write;

use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use serde_json::Value;

use super::manifest::kind_name;
use crate::server::html::escaped;

/// Other sites' tools show it in a frame; nothing in it can run or load.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The page about an entity of the API.
pub(super) fn page(entity: &Value) -> Response {
    let text = |value: &Value| escaped(value.as_str().unwrap_or_default());
    let mut rows = String::new();
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(rows, "<dt>{name}</dt><dd>{value}</dd>");
        }
    };
    row("Kind", escaped(&kind_name(entity["kind"].as_str().unwrap_or_default())));
    let place = [text(&entity["city"]), text(&entity["country"])].into_iter().filter(|part| !part.is_empty());
    row("Place", place.collect::<Vec<_>>().join(", "));
    row("About", text(&entity["description"]));
    let names = entity["names"].as_array().into_iter().flatten().skip(1).take(5).map(|name| text(&name["text"]));
    row("Also", names.collect::<Vec<_>>().join(" · "));
    let keys = entity["identifiers"].as_array().into_iter().flatten().take(5);
    row(
        "Identifiers",
        keys.map(|key| format!("{}:{}", text(&key["scheme"]), text(&key["value"]))).collect::<Vec<_>>().join(" · "),
    );
    row("Homepage", text(&entity["homepage"]));
    let name = text(&entity["name"]);
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{name}</title><style>body{{font:14px/1.4 \
         sans-serif;margin:12px}}h1{{font-size:16px;margin:0 0 8px}}dt{{float:left;clear:left;width:90px;color:#555}}\
         dd{{margin:0 0 4px 95px;overflow-wrap:anywhere}}</style><h1>{name}</h1><dl>{rows}</dl></html>"
    );
    ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response()
}
