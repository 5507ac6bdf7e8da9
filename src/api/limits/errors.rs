//! What a client is told about what went wrong: enough to mend it, never more than a page.

use async_graphql::parser::Error as ParseError;
use async_graphql::{Pos, ServerError};

use crate::api::executor::{coded, is_of_a_limit};

/// The most places of one error.
const LOCATIONS: usize = 5;

/// Keeps the first `count` errors, at least one, and of each message as many `characters`. Where all that tell of a limit
/// would go, the first of them takes the last place: that something is missing is never left out.
pub(super) fn trim(errors: &mut Vec<ServerError>, count: usize, characters: usize) {
    let count = count.max(1);
    if let Some(met) = errors.iter().position(is_of_a_limit).filter(|&met| met >= count) {
        errors.swap(count - 1, met);
    }
    errors.truncate(count);
    for error in errors {
        error.locations.truncate(LOCATIONS);
        if let Some((end, _)) = error.message.char_indices().nth(characters) {
            let end = error.message[..end].char_indices().next_back().map_or(0, |(last, _)| last);
            error.message.truncate(end);
            error.message.push('…');
        }
    }
}

/// A document that is not GraphQL, in one line. The parser's own message draws the whole line of the document.
pub(super) fn syntax(error: &ParseError) -> ServerError {
    let place = error.positions().next();
    let message = match (error, place) {
        (ParseError::Syntax { message, .. }, Some(Pos { line, column })) => {
            let expected = message.lines().rev().find_map(|line| line.trim_start().strip_prefix("= "));
            let expected = expected.unwrap_or("this cannot stand here").replace('_', " ");
            format!("syntax error at line {line}, column {column}: {expected}")
        }
        _ => error.to_string(),
    };
    let code = if matches!(error, ParseError::RecursionLimitExceeded) { "LIMIT_EXCEEDED" } else { "INVALID_INPUT" };
    coded(code, message, place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    #[test]
    fn a_syntax_error_says_where_and_what_was_expected() {
        let error = syntax(&parse_query("{ a(b: ) }").unwrap_err());
        assert_eq!(error.message, "syntax error at line 1, column 8: expected value");
        assert_eq!(error.locations, [Pos { line: 1, column: 8 }]);
    }

    #[test]
    fn long_messages_keep_their_beginning() {
        let mut errors = vec![ServerError::new("é".repeat(1_000), None), ServerError::new("é".repeat(300), None)];
        trim(&mut errors, 20, 300);
        assert_eq!(errors[0].message.chars().count(), 300);
        assert!(errors[0].message.ends_with('…'));
        assert!(!errors[1].message.ends_with('…'));
    }

    #[test]
    fn twenty_errors_are_enough() {
        let mut errors: Vec<_> = (0..5_000).map(|number| ServerError::new(number.to_string(), None)).collect();
        errors[0].locations = vec![Pos { line: 1, column: 1 }; 5_000];
        trim(&mut errors, 20, 300);
        assert_eq!(errors.len(), 20);
        assert_eq!(errors[0].locations.len(), 5);
        assert_eq!(errors[19].message, "19");
    }

    #[test]
    fn an_error_of_a_limit_is_never_left_out() {
        let mut errors: Vec<_> = (0..50).map(|number| ServerError::new(number.to_string(), None)).collect();
        errors[30] = coded("LIMIT_EXCEEDED", "30", None);
        errors[40] = coded("LIMIT_EXCEEDED", "40", None);
        trim(&mut errors, 20, 300);
        assert_eq!((errors.len(), errors[18].message.as_str(), errors[19].message.as_str()), (20, "18", "30"));
    }
}
