//! Keys as people write them: with or without the name of the registry, as the address of a page, in groups, in any case.

use std::borrow::Cow;

use super::{Identifier, IdentifierScheme};
use crate::model::nearest::nearest;
use crate::model::text;
use crate::model::violation::Violation;

/// The DOIs of the Crossref Funder Registry begin with this.
pub(super) const FUNDERS: &str = "10.13039/";

/// Reads a key of which the text itself tells the registry, by name, by address or by its form.
pub(super) fn told(text: &str) -> Result<Identifier, Violation> {
    let text = &*cleaned(text);
    match addressed(text) {
        Some(Ok((scheme, key))) => return bare(scheme, &key).ok_or_else(|| refused(scheme, text)),
        Some(Err(violation)) => return Err(violation),
        None => {}
    }
    if let Some((scheme, key)) = prefixed(text) {
        return of(scheme, key);
    }
    let found = readings(text);
    match found.as_slice() {
        // Nine digits can be a key of ROR too, and are most often another number.
        [one] if text.starts_with(FUNDERS) => Ok(one.clone()),
        [one] if one.scheme.spec().is_evident && (one.scheme != IdentifierScheme::Ror || has_letter(text)) => {
            Ok(one.clone())
        }
        [] => Err(unknown(text)),
        several => {
            let forms: Vec<String> = several.iter().map(ToString::to_string).collect();
            let problem = format!("\"{}\" does not say of which registry it is a key", shown(text));
            Err(Violation::new(problem, format!("write {}", forms.join(" or "))).of("identifiers"))
        }
    }
}

/// Reads what stands where a key of a registry belongs: the key, also with the name of the registry or as an address.
pub(super) fn of(scheme: IdentifierScheme, text: &str) -> Result<Identifier, Violation> {
    let text = &*cleaned(text);
    let (named, key) = match addressed(text) {
        Some(found) => {
            let (named, key) = found?;
            (named, Cow::Owned(key))
        }
        None => prefixed(text).map_or((scheme, Cow::Borrowed(text)), |(named, key)| (named, Cow::Borrowed(key))),
    };
    let found = bare(named, &key).ok_or_else(|| refused(named, text))?;
    let is_funder = scheme == IdentifierScheme::Doi && found.scheme == IdentifierScheme::CrossrefFunder;
    if found.scheme == scheme || is_funder {
        return Ok(found);
    }
    let [is, here] = [found.scheme, scheme].map(|scheme| scheme.spec().name);
    let problem = format!("\"{}\" is a key of {is}, not of {here}", shown(text));
    Err(Violation::new(problem, format!("give a key of {here}, or say that it is one of {is}")).of("identifiers"))
}

/// All that a key without the name of its registry can be.
pub(super) fn readings(text: &str) -> Vec<Identifier> {
    let text = &*cleaned(text);
    let mut found: Vec<Identifier> =
        IdentifierScheme::ALL.into_iter().filter_map(|scheme| bare(scheme, text)).collect();
    found.dedup();
    found
}

/// A bare key in the form in which its registry writes it.
fn bare(scheme: IdentifierScheme, text: &str) -> Option<Identifier> {
    let joined = || text.chars().filter(|c| !c.is_whitespace());
    let ungrouped = || joined().filter(|c| !is_dash(*c)).collect::<String>().to_ascii_uppercase();
    let key = match scheme {
        IdentifierScheme::Ror | IdentifierScheme::Grid => joined().collect::<String>().to_ascii_lowercase(),
        IdentifierScheme::Wikidata => joined().collect::<String>().to_ascii_uppercase(),
        IdentifierScheme::Isni => ungrouped(),
        IdentifierScheme::Orcid => {
            let digits: Vec<char> = ungrouped().chars().collect();
            digits.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
        }
        IdentifierScheme::CrossrefFunder => {
            let key: String = joined().collect();
            key.strip_prefix(FUNDERS).map_or(key.clone(), str::to_owned)
        }
        IdentifierScheme::Doi => text.to_ascii_lowercase(),
        IdentifierScheme::Pic => joined().collect(),
    };
    let checks = |scheme: IdentifierScheme, key: &str| (scheme.spec().check)(key);
    if scheme == IdentifierScheme::Doi
        && let Some(funder) = key.strip_prefix(FUNDERS)
        && checks(IdentifierScheme::CrossrefFunder, funder)
    {
        return Some(Identifier { scheme: IdentifierScheme::CrossrefFunder, value: funder.into() });
    }
    checks(scheme, &key).then(|| Identifier { scheme, value: key.into() })
}

/// Scheme and key of the address of a page; `None` where the text is no address.
fn addressed(text: &str) -> Option<Result<(IdentifierScheme, String), Violation>> {
    let lower = text.to_ascii_lowercase();
    let protocol = ["https://", "http://"].into_iter().find(|protocol| lower.starts_with(protocol));
    let rest = &text[protocol.map_or(0, str::len)..];
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let key = || {
        let found = IdentifierScheme::ALL.into_iter().find_map(|scheme| {
            let mut hosts = scheme.spec().hosts.iter();
            hosts.find(|(known, before)| *known == host && path.contains(before)).map(|_| scheme)
        })?;
        let key = match found {
            IdentifierScheme::Doi => path,
            // Wikidata has its records in several formats, with the name of the format at the end.
            IdentifierScheme::Wikidata => last(path).split('.').next().unwrap_or_default(),
            IdentifierScheme::Ror
            | IdentifierScheme::Grid
            | IdentifierScheme::Isni
            | IdentifierScheme::Orcid
            | IdentifierScheme::CrossrefFunder
            | IdentifierScheme::Pic => last(path),
        };
        Some((found, decoded(key)))
    };
    match (key(), protocol) {
        (Some(found), _) => Some(Ok(found)),
        (None, Some(_)) => {
            let problem = format!("\"{}\" is not the address of a key in a known registry", shown(text));
            Some(Err(Violation::new(problem, forms()).of("identifiers")))
        }
        (None, None) => None,
    }
}

/// Scheme and key of `ROR:011ashp19`, `ISNI 0000 0004 1936 8948`, `urn:isni:…`, `info:doi/10.…`.
fn prefixed(text: &str) -> Option<(IdentifierScheme, &str)> {
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("info:doi/") {
        return Some((IdentifierScheme::Doi, &text["info:doi/".len()..]));
    }
    let text = if lower.starts_with("urn:") { &text["urn:".len()..] } else { text };
    if let Some((name, key)) = text.split_once(':') {
        let scheme = match name {
            "wd" => Some(IdentifierScheme::Wikidata),
            name => IdentifierScheme::called(name),
        };
        return scheme.map(|scheme| (scheme, key.trim()));
    }
    let (name, key) = text.split_once(char::is_whitespace)?;
    let (name, key) = match key.split_once(char::is_whitespace) {
        Some((id, rest)) if id.eq_ignore_ascii_case("id") => (name, rest),
        _ => (name, key),
    };
    IdentifierScheme::called(name).map(|scheme| (scheme, key.trim()))
}

/// Without what nobody sees, and without the marks that stand around keys and addresses.
fn cleaned(text: &str) -> Cow<'_, str> {
    let text = text::one_line(text);
    let marked = |text: &str| text.trim_matches(['<', '>', '"', ' ']).len() < text.len();
    if marked(&text) { Cow::Owned(text.trim_matches(['<', '>', '"', ' ']).to_owned()) } else { text }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// A part of an address with its `%2F` and the like read; as it stands where they say nothing.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn has_letter(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}

fn forms() -> String {
    let names: Vec<&str> = IdentifierScheme::ALL.iter().map(|scheme| scheme.spec().name).collect();
    format!("write SCHEME:key with one of {}, or the address of its page", names.join(", "))
}

/// That a text is no key of the registry that it, or its place, names.
pub(super) fn refused(scheme: IdentifierScheme, text: &str) -> Violation {
    let spec = scheme.spec();
    Violation::new(
        format!("\"{}\" is not a valid {} identifier: its form or its check digits are wrong", shown(text), spec.name),
        format!("compare it with the registry; one looks like {}", spec.example),
    )
    .of("identifiers")
}

fn unknown(text: &str) -> Violation {
    let names = IdentifierScheme::ALL.map(|scheme| scheme.spec().name);
    let near = text.split_once(':').and_then(|(name, key)| Some((nearest(name, names)?, key.trim())));
    let remedy = match near {
        Some((name, key)) => format!("did you mean {name}:{}?", shown(key)),
        None => forms(),
    };
    Violation::new(format!("\"{}\" is not a key of a known registry", shown(text)), remedy).of("identifiers")
}
