//! `/cite/TOKEN`: a cited answer again, the same bytes; or a page about it, or a bibliography, as the Accept header or the
//! end of the path says.

use std::fmt::{Display, Write};
use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::task::spawn_blocking;

use crate::api::citation::Bibliography;
use crate::api::executor::{Operation, RequestId};
use crate::model::cited::is_token;
use crate::server::Service;
use crate::server::error::Problem;
use crate::server::html::escaped;
use crate::server::media::ranges;
use crate::server::workers::Finished;

/// The page loads nothing and runs nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// What of a cited answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Answer,
    Page,
    Bibtex,
    CslJson,
    Apa,
}

impl Form {
    const ALL: [Self; 5] = [Self::Answer, Self::Page, Self::Bibtex, Self::CslJson, Self::Apa];

    /// The end of a path that asks for it, and its media type.
    fn spec(self) -> (&'static str, &'static str) {
        match self {
            Self::Answer => (".json", "application/json"),
            Self::Page => (".html", "text/html"),
            Self::Bibtex => (".bib", "application/x-bibtex"),
            Self::CslJson => (".csl.json", "application/vnd.citationstyles.csl+json"),
            Self::Apa => (".txt", "text/x-bibliography"),
        }
    }

    /// What the path asks for, and the token in it.
    fn of_path(path: &str) -> (Option<Self>, &str) {
        // The longer end first: .csl.json ends in .json.
        let forms = [Self::CslJson, Self::Page, Self::Bibtex, Self::Apa, Self::Answer];
        let found = forms.into_iter().find_map(|form| Some((Some(form), path.strip_suffix(form.spec().0)?)));
        found.unwrap_or((None, path))
    }

    /// What the Accept header asks for: the type of the highest quality, of equals the first named. Anything else is
    /// answered with the answer itself.
    fn of_accept(headers: &HeaderMap) -> Self {
        let mut best: Option<(u16, Self)> = None;
        for range in ranges(headers).filter(|range| range.quality > 0) {
            if let Some(form) = Self::ALL.into_iter().find(|form| range.names(form.spec().1))
                && best.is_none_or(|(most, _)| range.quality > most)
            {
                best = Some((range.quality, form));
            }
        }
        best.map_or(Self::Answer, |(_, form)| form)
    }
}

/// Asks the query again and answers in the form that is asked for.
pub(super) async fn get(
    State(service): State<Arc<Service>>,
    Extension(id): Extension<RequestId>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (form, token) = Form::of_path(&path);
    let form = form.unwrap_or_else(|| Form::of_accept(&headers));
    let shown: String = token.chars().take(40).collect();
    let unknown = || {
        let message = format!(
            "no query is kept under the token \"{shown}\"; a token has 20 small letters and digits from 2 to 7, and is known \
             to the server whose answer was cited"
        );
        Problem::new(StatusCode::NOT_FOUND, "NOT_FOUND", message)
    };
    if !is_token(token) {
        return Err(unknown());
    }
    let (executor, token) = (Arc::clone(&service.executor), token.to_owned());
    let broken = |cause: &dyn Display| {
        tracing::error!(request_id = id.as_str(), %cause, "a cited query broke");
        Problem::internal(id.as_str())
    };
    let recalled = spawn_blocking(move || executor.recall(&token)).await.map_err(|error| broken(&error))?;
    let query = recalled.map_err(|refusal| broken(&refusal.message()))?.ok_or_else(unknown)?;
    let mut operation = Operation::again(query, service.config.operation_time);
    operation.request_id = id.clone();
    let answer = match service.workers.run(Arc::clone(&service.executor), operation).await? {
        Finished::Answered(response) => response,
        Finished::Refused(refusal) if refusal.code().as_deref() == Some("INTERNAL") => {
            return Err(broken(&refusal.message()));
        }
        Finished::Refused(refusal) => {
            let message = format!("the query is not answered here any more: {}", refusal.message());
            return Err(Problem::limit(StatusCode::SERVICE_UNAVAILABLE, message));
        }
    };
    written(form, answer).await.map_err(|()| broken(&"its answer cannot be written"))
}

async fn written(form: Form, answer: Response) -> Result<Response, ()> {
    let bibliography = answer.extensions().get::<Arc<Bibliography>>().map(Arc::clone).ok_or(())?;
    let text = match form {
        Form::Answer => {
            let mut answer = answer;
            let json = HeaderValue::from_static("application/json; charset=utf-8");
            answer.headers_mut().insert(header::CONTENT_TYPE, json);
            answer.headers_mut().append(header::VARY, HeaderValue::from_static("accept"));
            return Ok(answer);
        }
        Form::Page => {
            // The answer is in memory already; its limits have been met.
            let bytes = to_bytes(answer.into_body(), usize::MAX).await.map_err(drop)?;
            page(&bibliography, &serde_json::from_slice(&bytes).map_err(drop)?)
        }
        Form::Bibtex => bibliography.bibtex(),
        Form::CslJson => bibliography.csl_json(),
        Form::Apa => bibliography.apa(),
    };
    let media_type = HeaderValue::from_str(&format!("{}; charset=utf-8", form.spec().1)).map_err(drop)?;
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::VARY, HeaderValue::from_static("accept")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ];
    Ok((headers, text).into_response())
}

/// The page about an answer: how it is cited, what was asked, what stands behind it, and the answer.
fn page(bibliography: &Bibliography, answer: &Value) -> String {
    let query = &bibliography.query;
    let token = query.token();
    let title = escaped(&bibliography.title());
    let apa = bibliography.apa();
    let cited = apa.lines().next().unwrap_or_default();
    let made = bibliography.made.map_or("before anything was known".to_owned(), |made| format!("made {made}"));
    let links = Form::ALL.into_iter().filter(|form| *form != Form::Page);
    let links: Vec<String> = links.map(|form| format!("<a href=\"{token}{0}\">{0}</a>", form.spec().0)).collect();
    let mut sources = String::new();
    for source in &bibliography.sources {
        let title = match source.url.as_deref() {
            Some(url) => format!("<a href=\"{}\" rel=\"noreferrer\">{}</a>", escaped(url), escaped(&source.title)),
            None => escaped(&source.title),
        };
        let by = [source.publisher.as_deref(), source.published.as_deref()].into_iter().flatten().map(escaped);
        let by: Vec<String> = by.collect();
        // Writing to a String cannot fail.
        let _ = write!(sources, "<li>{title} <small>{}</small></li>", by.join(", "));
    }
    let pretty = |value: &Value| escaped(&serde_json::to_string_pretty(value).unwrap_or_default());
    let variables = if query.variables.is_empty() {
        String::new()
    } else {
        format!("<h3>Variables</h3><pre>{}</pre>", pretty(&Value::Object(query.variables.clone())))
    };
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>body{{font:15px/1.5 \
         sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}pre{{background:#f4f4f4;padding:1em;\
         white-space:pre-wrap;overflow-wrap:anywhere}}h1{{font-size:1.3em}}h2{{font-size:1.1em}}h3{{font-size:1em}}\
         </style><h1>{title}</h1><p>Revision {} of the graph, {}.</p><h2>How to cite it</h2><p>{}</p><p>As a file: \
         {}</p><h2>What was asked</h2><pre>{}</pre>{variables}<h2>What stands behind it</h2><ul>{sources}</ul><h2>The \
         answer</h2><pre>{}</pre></html>",
        query.revision,
        escaped(&made),
        escaped(cited),
        links.join(" · "),
        escaped(&query.document),
        pretty(answer),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_path_or_the_accept_header_says_what_is_wanted() {
        assert_eq!(Form::of_path("abc.csl.json"), (Some(Form::CslJson), "abc"));
        assert_eq!(Form::of_path("abc.json"), (Some(Form::Answer), "abc"));
        assert_eq!(Form::of_path("abc.bib"), (Some(Form::Bibtex), "abc"));
        assert_eq!(Form::of_path("abc"), (None, "abc"));
        for (accept, form) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Form::Page),
            ("application/x-bibtex", Form::Bibtex),
            ("text/html;q=0.1, application/vnd.citationstyles.csl+json", Form::CslJson),
            ("text/x-bibliography; style=apa", Form::Apa),
            ("*/*", Form::Answer),
            ("application/graphql-response+json", Form::Answer),
        ] {
            let headers = [(header::ACCEPT, HeaderValue::from_static(accept))].into_iter().collect();
            assert_eq!(Form::of_accept(&headers), form, "{accept}");
        }
    }
}
