//! Media types: what a client accepts, and what it says it sent.

use axum::http::{HeaderMap, HeaderValue, header};

/// What a GraphQL response can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json`: a status of 4xx says that the operation did not run.
    GraphqlResponse,
    /// `application/json`, for clients from before it: a status of 4xx may come from anybody, so an operation that did
    /// not run has status 200.
    Json,
}

impl Media {
    const ALL: [Self; 2] = [Self::GraphqlResponse, Self::Json];

    fn subtype(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "graphql-response+json",
            Self::Json => "json",
        }
    }

    /// As the value of a Content-Type header.
    pub(super) fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        })
    }

    /// What to answer with: the type with the highest quality; of equals the one that is named rather than covered by
    /// `*`, then the one that is named first. Without an Accept header, or with nothing but `*/*`, JSON. None if the
    /// client accepts neither.
    pub(super) fn negotiate(headers: &HeaderMap) -> Option<Self> {
        if accepts(headers).all(|value| value.trim().is_empty()) {
            return Some(Self::Json);
        }
        let ranges: Vec<Range> = ranges(headers).collect();
        let mut best: Option<(Rank, Self)> = None;
        for media in Self::ALL {
            if let Some(rank) = rank(media, &ranges)
                && best.as_ref().is_none_or(|(least, _)| rank >= *least)
            {
                best = Some((rank, media));
            }
        }
        best.map(|(_, media)| media)
    }
}

/// Quality in thousandths, how exactly it is named, how early (0 is the first, less is later).
type Rank = (u16, u8, isize);

/// How much a client wants a type; the most exact range that covers it decides.
fn rank(media: Media, ranges: &[Range<'_>]) -> Option<Rank> {
    let covering = ranges.iter().enumerate().filter(|(_, range)| range.covers(media));
    let (place, range) = covering.max_by_key(|(place, range)| (range.exactness(), std::cmp::Reverse(*place)))?;
    (range.quality > 0).then(|| (range.quality, range.exactness(), -isize::try_from(place).unwrap_or(isize::MAX)))
}

fn accepts(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    headers.get_all(header::ACCEPT).iter().map(|value| value.to_str().unwrap_or(""))
}

/// The entries of all Accept headers that can be read.
pub(super) fn ranges(headers: &HeaderMap) -> impl Iterator<Item = Range<'_>> {
    accepts(headers).flat_map(|value| value.split(',').filter_map(Range::parse))
}

/// One entry of an Accept header.
pub(super) struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    /// How much it is wanted, in thousandths; 0 is not at all.
    pub(super) quality: u16,
}

impl<'a> Range<'a> {
    /// Whether it names this media type, and not one of several by `*`.
    pub(super) fn names(&self, media: &str) -> bool {
        media.split_once('/').is_some_and(|(kind, subtype)| {
            self.kind.eq_ignore_ascii_case(kind) && self.subtype.eq_ignore_ascii_case(subtype)
        })
    }

    /// None for what is no media range, and for one in another encoding than UTF-8.
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let mut quality = 1_000;
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (name.trim(), value.trim().trim_matches('"'));
            if name.eq_ignore_ascii_case("q") {
                let share: f32 = value.parse().ok().filter(|share| (0.0..=1.0).contains(share))?;
                // The grammar has three decimals: 0.001 is the least that is not nothing.
                quality = (share * 1_000.0).round() as u16;
            } else if name.eq_ignore_ascii_case("charset") && !is_utf8(value) {
                return None;
            }
        }
        Some(Self { kind, subtype, quality })
    }

    fn covers(&self, media: Media) -> bool {
        match (self.kind, self.subtype) {
            ("*", "*") => true,
            (kind, "*") => kind.eq_ignore_ascii_case("application"),
            (kind, subtype) => {
                kind.eq_ignore_ascii_case("application") && subtype.eq_ignore_ascii_case(media.subtype())
            }
        }
    }

    fn exactness(&self) -> u8 {
        match (self.kind, self.subtype) {
            ("*", _) => 0,
            (_, "*") => 1,
            _ => 2,
        }
    }
}

/// Whether a body is sent as JSON in UTF-8.
///
/// # Errors
///
/// What is wrong with the Content-Type, as a sentence.
pub(super) fn check_sent_as_json(headers: &HeaderMap) -> Result<(), String> {
    const HINT: &str = "send the request as Content-Type: application/json";
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (types.next(), types.next()) else {
        return Err(format!("the request has no Content-Type, or more than one; {HINT}"));
    };
    let value = value.to_str().map_err(|_| format!("the Content-Type is not readable; {HINT}"))?;
    let mut parts = value.split(';').map(str::trim);
    let essence = parts.next().unwrap_or("");
    if !essence.eq_ignore_ascii_case("application/json") {
        let essence: String = essence.chars().take(100).collect();
        return Err(format!("the Content-Type {essence:?} is not understood; {HINT}"));
    }
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if name.trim().eq_ignore_ascii_case("charset") && !is_utf8(value.trim().trim_matches('"')) {
            return Err("the body is in another encoding than UTF-8; send it in UTF-8".to_owned());
        }
    }
    match headers.get(header::CONTENT_ENCODING) {
        Some(encoding) if !encoding.as_bytes().eq_ignore_ascii_case(b"identity") => {
            Err("compressed requests are not understood; send the body as it is".to_owned())
        }
        Some(_) | None => Ok(()),
    }
}

fn is_utf8(charset: &str) -> bool {
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, values: &[&'static str]) -> HeaderMap {
        values.iter().map(|value| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn the_best_accepted_type_is_chosen() {
        use Media::{GraphqlResponse, Json};
        for (accept, expected) in [
            (&[][..], Some(Json)),
            (&[""], Some(Json)),
            (&["*/*"], Some(Json)),
            (&["application/*"], Some(Json)),
            (&["application/json"], Some(Json)),
            (&["application/graphql-response+json"], Some(GraphqlResponse)),
            (&["APPLICATION/GraphQL-Response+JSON ; charset=UTF-8"], Some(GraphqlResponse)),
            (&["application/graphql-response+json, application/json;q=0.9"], Some(GraphqlResponse)),
            (&["application/json, application/graphql-response+json"], Some(Json)),
            (&["application/graphql-response+json, application/json"], Some(GraphqlResponse)),
            (&["application/graphql-response+json;q=0.1, application/json;q=0.2"], Some(Json)),
            (&["application/graphql-response+json, */*"], Some(GraphqlResponse)),
            (&["application/graphql-response+json;q=0, */*;q=0.1"], Some(Json)),
            (&["application/json;q=0, */*"], Some(GraphqlResponse)),
            (&["text/html", "application/json"], Some(Json)),
            (&["text/event-stream, multipart/mixed, application/json"], Some(Json)),
            (&["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"], Some(Json)),
            (&["application/json;charset=utf-16"], None),
            (&["application/json;q=0"], None),
            (&["application/json;q=nonsense"], None),
            (&["text/html"], None),
            (&["nonsense"], None),
        ] {
            assert_eq!(Media::negotiate(&headers(header::ACCEPT, accept)), expected, "{accept:?}");
        }
    }

    #[test]
    fn only_json_in_utf_8_is_read() {
        for (sent, understood) in [
            (&["application/json"][..], true),
            (&["Application/JSON; Charset=\"UTF-8\""], true),
            (&["application/json; charset=utf-16"], false),
            (&["application/graphql"], false),
            (&["text/plain"], false),
            (&["application/x-www-form-urlencoded"], false),
            (&["application/jsonp"], false),
            (&["application/json", "text/plain"], false),
            (&[""], false),
            (&[], false),
        ] {
            assert_eq!(check_sent_as_json(&headers(header::CONTENT_TYPE, sent)).is_ok(), understood, "{sent:?}");
        }
    }
}
