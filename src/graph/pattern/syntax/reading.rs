//! A syntax error in words: what was found, and what could have stood there.

use chumsky::error::{Rich, RichPattern, RichReason};
use chumsky::span::SimpleSpan;

use super::ast::Span;
use super::context::Place;
use super::error::PatternError;
use super::foreign::foreign;
use super::misspelt::misspelt;
use super::token::Token;

pub(super) fn explain<'t>(
    text: &'t str,
    words: &[(Token<'t>, SimpleSpan)],
    error: &Rich<'_, Token<'_>>,
) -> PatternError {
    let span = Span::from(*error.span());
    match error.reason() {
        RichReason::Custom(message) => PatternError::new(text, span, message.clone()),
        RichReason::ExpectedFound { expected, found } => {
            let mut expected: Vec<String> = expected.iter().filter_map(worded).collect();
            expected.sort();
            expected.dedup();
            let place = Place::new(text, words, span.start);
            let likely = || misspelt(&place, &expected.iter().map(String::as_str).collect::<Vec<_>>());
            if let Some((span, message)) = foreign(&place).or_else(likely) {
                return PatternError::new(text, span, message);
            }
            let found = found.as_ref().map_or("the end".to_owned(), |token| format!("\"{}\"", **token));
            let message = match expected.split_last() {
                None => format!("{found} cannot stand here"),
                Some((only, [])) => format!("found {found}; write {only}"),
                Some((last, others)) => format!("found {found}; write {} or {last}", others.join(", ")),
            };
            PatternError::new(text, span, message)
        }
    }
}

fn worded(pattern: &RichPattern<'_, Token<'_>>) -> Option<String> {
    match pattern {
        RichPattern::Token(token) => Some(format!("\"{}\"", **token)),
        RichPattern::Label(label) => Some(label.to_string()),
        RichPattern::Identifier(word) => Some(word.clone()),
        RichPattern::EndOfInput => Some("the end".to_owned()),
        RichPattern::Any | RichPattern::SomethingElse => None,
        _ => None,
    }
}
