//! Sizes a document up by its characters alone, in one pass, before anything recurses into it. Whether it is GraphQL is
//! left to the parser.

/// What a document weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    /// Names, numbers, strings and punctuators.
    pub(super) tokens: usize,
    /// How many brackets of any kind stand around the innermost place.
    pub(super) nesting: usize,
    /// Bytes of the longest name.
    pub(super) longest_name: usize,
}

/// Weighs a document. Never fewer brackets than the parser will meet: where both could disagree (a block string that is
/// not closed is an empty string and the start of another one), this follows the parser.
///
/// **Complexity**: one pass over the bytes.
pub(super) fn weigh(document: &str) -> Weight {
    let bytes = document.as_bytes();
    let mut weight = Weight::default();
    let mut open: usize = 0;
    for (at, length) in spans(bytes) {
        match bytes[at] {
            b'{' | b'(' | b'[' => {
                open += 1;
                weight.nesting = weight.nesting.max(open);
            }
            b'}' | b')' | b']' => open = open.saturating_sub(1),
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => weight.longest_name = weight.longest_name.max(length),
            _ => {}
        }
        weight.tokens += 1;
    }
    weight
}

/// The tokens of a document that is GraphQL, as they are written in it.
///
/// **Complexity**: one pass over the bytes.
pub(in crate::api) fn tokens(document: &str) -> impl Iterator<Item = &str> {
    // What is no GraphQL may have a token that is a part of a letter.
    spans(document.as_bytes()).filter_map(|(at, length)| document.get(at..at + length))
}

/// Where each token starts, and how many bytes it has.
pub(super) fn spans(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut closable = true;
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let length = match *bytes.get(at)? {
                b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xEF | 0xBB | 0xBF => {
                    at += 1;
                    continue;
                }
                b'#' => {
                    at += run(&bytes[at..], |byte| byte != b'\n' && byte != b'\r');
                    continue;
                }
                b'"' => string(&bytes[at..], &mut closable),
                b'.' => run(&bytes[at..], |byte| byte == b'.').min(3),
                b'0'..=b'9' | b'-' => {
                    1 + run(&bytes[at + 1..], |byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
                }
                b'A'..=b'Z' | b'a'..=b'z' | b'_' => {
                    run(&bytes[at..], |byte| byte.is_ascii_alphanumeric() || byte == b'_')
                }
                _ => 1,
            };
            let start = at;
            at += length;
            return Some((start, length));
        }
    })
}

/// How many bytes from the start are of one sort.
fn run(bytes: &[u8], sort: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| sort(**byte)).count()
}

/// The length of the string that starts here. `closable` remembers that no block string ends any more, so that many
/// starts of one do not each search to the end.
fn string(bytes: &[u8], closable: &mut bool) -> usize {
    if *closable && bytes.starts_with(b"\"\"\"") {
        match block_string(bytes) {
            Some(length) => return length,
            None => *closable = false,
        }
    }
    let mut at = 1;
    loop {
        match bytes.get(at) {
            None | Some(b'\n' | b'\r') => return at,
            Some(b'"') => return at + 1,
            Some(b'\\') => at = (at + 2).min(bytes.len()),
            Some(_) => at += 1,
        }
    }
}

fn block_string(bytes: &[u8]) -> Option<usize> {
    let mut at = 3;
    loop {
        let rest = bytes.get(at..)?;
        if rest.starts_with(b"\"\"\"") {
            return Some(at + 3);
        }
        if rest.is_empty() {
            return None;
        }
        at += if rest.starts_with(b"\\\"\"\"") { 4 } else { 1 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;
    use proptest::prelude::*;

    fn check(document: &str, tokens: usize, nesting: usize) {
        let weight = weigh(document);
        assert_eq!((weight.tokens, weight.nesting), (tokens, nesting), "{document}");
    }

    #[test]
    fn names_numbers_strings_and_punctuators_are_tokens() {
        check("", 0, 0);
        check("{ a }", 3, 1);
        check("\u{feff}{a,b,,c} # {{{{", 5, 1);
        check(r#"{ a(b: -1.5e3, c: "x\"{", d: [1 2]) { ...F } }"#, 21, 3);
        check("{ a(b: \"\"\"one { \\\"\"\" two\"\"\") }", 8, 2);
    }

    #[test]
    fn a_block_string_without_an_end_hides_no_brackets() {
        assert_eq!(weigh("\"\"\" \" {{{{").nesting, 4);
        assert_eq!(weigh("\"\"\" {{ \"\"\" {{").nesting, 2, "inside it they are text");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_096))]

        #[test]
        fn no_text_hides_brackets_that_the_parser_finds(
            pieces in prop::collection::vec(
                prop::sample::select(vec!["\"", "\"\"", "\"\"\"", "\\", "\\\"\"\"", "\\\"", "#", "\n", "\r", " ", "{", "]", "a"]),
                0..10,
            ),
        ) {
            let document = format!("{{ a(b: [{}\n]) {{ c {{ c {{ c {{ c }} }} }} }} }}", pieces.concat());
            if parse_query(&document).is_ok() {
                prop_assert!(weigh(&document).nesting >= 5, "{}", document);
            }
        }
    }
}
