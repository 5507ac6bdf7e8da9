//! A document parsed as the GraphQL specification of September 2025 has it: `\u{1F600}` and surrogate pairs, which the
//! parser does not know, are told to it as the characters that they mean, in strings alone.

use std::borrow::Cow;

use async_graphql::parser::types::ExecutableDocument;
use async_graphql::parser::{self, parse_query};

use super::tokens::spans;

/// Parses a document. Every place that an error or a field names is one of the document as it was written.
///
/// # Errors
/// What is not GraphQL.
pub(in crate::api) fn parse(document: &str) -> parser::Result<ExecutableDocument> {
    parse_query(plain(document))
}

/// The document without escapes that the parser does not know. A string that becomes shorter is followed by as many
/// blanks, so that what comes after it stays at its place.
///
/// **Complexity**: one pass over the bytes.
fn plain(document: &str) -> Cow<'_, str> {
    if !document.contains("\\u") {
        return Cow::Borrowed(document);
    }
    let (mut text, mut copied) = (String::with_capacity(document.len()), 0);
    for (at, length) in spans(document.as_bytes()) {
        let Some(token) = document.get(at..at + length) else { continue };
        if token.starts_with('"') && !token.starts_with("\"\"\"") && token.contains("\\u") {
            text.push_str(&document[copied..at]);
            unescape(token, &mut text);
            copied = at + length;
        }
    }
    text.push_str(&document[copied..]);
    Cow::Owned(text)
}

/// Writes a string token anew, and blanks for each character that it has fewer.
fn unescape(token: &str, text: &mut String) {
    let (start, mut rest) = (text.len(), token);
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match escape(rest) {
            Some((character, length)) => {
                // What would end the string or the line stays an escape.
                match character {
                    '"' => text.push_str("\\\""),
                    '\\' => text.push_str("\\\\"),
                    '\n' => text.push_str("\\n"),
                    '\r' => text.push_str("\\r"),
                    plain => text.push(plain),
                }
                length
            }
            None => {
                let length = rest.char_indices().nth(2).map_or(rest.len(), |(end, _)| end);
                text.push_str(&rest[..length]);
                length
            }
        };
        rest = &rest[length..];
    }
    text.push_str(rest);
    let fewer = token.chars().count().saturating_sub(text[start..].chars().count());
    text.extend(std::iter::repeat_n(' ', fewer));
}

/// The character of an escape with braces or of a surrogate pair at the start of a text, and its bytes; `None` where
/// there is neither, or what it names is no character.
fn escape(text: &str) -> Option<(char, usize)> {
    let digits = |text: &str| u32::from_str_radix(text, 16).ok().filter(|_| !text.starts_with('+'));
    if let Some(braced) = text.strip_prefix("\\u{") {
        let end = braced.find('}')?;
        return Some((char::from_u32(digits(&braced[..end])?)?, end + 4));
    }
    let unit = |from: usize| {
        let escaped = text.get(from..from + 6)?.strip_prefix("\\u")?;
        digits(escaped).and_then(|unit| u16::try_from(unit).ok())
    };
    let pair = [unit(0)?, unit(6)?];
    let character = char::decode_utf16(pair).next()?.ok()?;
    (character.len_utf16() == 2).then_some((character, 12))
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::types::{DocumentOperations, Selection};
    use proptest::prelude::*;

    use super::*;

    /// The first argument of the first field, as a client reads it, and the place of the second field.
    fn read(document: &str) -> (String, usize) {
        let parsed = parse(document).unwrap_or_else(|error| panic!("{document}: {error}"));
        let DocumentOperations::Single(operation) = parsed.operations else { panic!("one operation is asked for") };
        let fields = &operation.node.selection_set.node.items;
        let Selection::Field(field) = &fields[0].node else { panic!("a field comes first") };
        let value = field.node.arguments[0].1.node.clone().into_const().and_then(|value| match value {
            async_graphql::Value::String(text) => Some(text),
            _ => None,
        });
        (value.unwrap(), fields[1].pos.column)
    }

    #[test]
    fn every_escape_means_its_character_and_moves_nothing() {
        for (written, meant) in [
            (r"\u{56DB}\u{5DDD}", "四川"),
            (r"\u{1F600}", "😀"),
            (r"\uD83D\uDE00", "😀"),
            (r"\u{000041}\u0042", "AB"),
            (r"\u{22}\u{5c}\u{a}\u{0}", "\"\\\n\0"),
            (r"\\u{41}", r"\u{41}"),
            (r"\\\u{41}", r"\A"),
            (r"# \u{41} {", "# A {"),
            (r"é\n\u{e9}", "é\né"),
        ] {
            let document = format!("{{ a(b: \"{written}\") c }}");
            let place = document.chars().count() - 2;
            assert_eq!(read(&document), (meant.to_owned(), place), "{document}");
        }
        assert_eq!(read("{ a(b: \"\"\"\\u{41}\"\"\") c }").0, "\\u{41}", "a block string knows no escapes");
        assert_eq!(read("{ # \"\\u{41}\n a(b: \"\\u{41}\") c }"), ("A".to_owned(), 17));
    }

    #[test]
    fn what_is_no_character_is_refused() {
        for written in [
            r"\u{}",
            r"\u{110000}",
            r"\u{D800}",
            r"\u{41",
            r"\uD83D",
            r"\uDE00\uD83D",
            r"\u{+41}",
            r"\uD83D\u{DE00}",
            r"\u{ 41}",
        ] {
            assert!(parse(&format!("{{ a(b: \"{written}\") }}")).is_err(), "{written}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_048))]

        #[test]
        fn any_text_written_in_any_escapes_is_read_as_it_is(text in "\\PC{0,12}|[\\x00-\\x7f]{0,8}", ways in prop::collection::vec(0..3_u8, 12)) {
            let mut written = String::new();
            for (character, way) in text.chars().zip(ways.into_iter().cycle()) {
                let mut units = [0; 2];
                match way {
                    0 if !character.is_control() && !matches!(character, '"' | '\\') => written.push(character),
                    1 => character.encode_utf16(&mut units).iter().for_each(|unit| written += &format!("\\u{unit:04x}")),
                    _ => written += &format!("\\u{{{:X}}}", u32::from(character)),
                }
            }
            let document = format!("{{ a(b: \"{written}\") c }}");
            let place = document.chars().count() - 2;
            prop_assert_eq!(read(&document), (text, place));
        }

        #[test]
        fn no_document_breaks_it(document in "[\\\\u{}\"DdEe0-9# \\n(:)a]{0,40}") {
            let _ = parse(&document);
        }
    }
}
