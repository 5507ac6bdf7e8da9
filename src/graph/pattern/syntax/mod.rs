//! From the text of a pattern to its syntax tree. What the names in it mean is left to
//! [`check`](super::check).

pub(super) mod ast;
mod context;
mod error;
mod foreign;
mod grammar;
mod misspelt;
mod reading;
mod token;

pub use self::error::PatternError;
pub(super) use self::grammar::QUANTIFIER_LIMIT;

use chumsky::Parser;
use chumsky::cache::Cache;
use chumsky::error::Rich;
use chumsky::input::Input;
use chumsky::span::SimpleSpan;
use logos::Logos;

use self::ast::{Span, Statement};
use self::token::Token;

/// The longest pattern that is read, in bytes.
const TEXT_LIMIT: usize = 10_000;

/// The deepest nesting of brackets that is read.
const NESTING_LIMIT: usize = 16;

thread_local! {
    static QUICK: Cache<grammar::Quick> = Cache::default();
}

/// Reads a pattern. A text that cannot be read is read again, for what to say of it. *O(n)* for a text of *n* bytes, both of its length and of its nesting bounded.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub(super) fn parse(text: &str) -> Result<Statement, PatternError> {
    if text.len() > TEXT_LIMIT {
        let message = format!("the pattern is {} bytes long; write one of at most {TEXT_LIMIT}", text.len());
        return Err(PatternError::new("", Span { start: 0, end: 0 }, message));
    }
    let tokens = tokens(text)?;
    let end = (text.len()..text.len()).into();
    let words = || tokens.as_slice().split_token_span(end);
    if let Ok(statement) = QUICK.with(|grammar| grammar.get().parse(words()).into_result()) {
        return Ok(statement);
    }
    let explained = grammar::statement::<Rich<'_, Token<'_>>>().parse(words()).into_result();
    explained.map_err(|errors| {
        let first = errors.first().expect("a parse without a result has an error");
        reading::explain(text, &tokens, first)
    })
}

fn tokens(text: &str) -> Result<Vec<(Token<'_>, SimpleSpan)>, PatternError> {
    let mut tokens: Vec<(Token<'_>, SimpleSpan)> = Vec::new();
    let mut depth = 0_usize;
    for (token, range) in Token::lexer(text).spanned() {
        let span = Span { start: range.start, end: range.end };
        let refuse = |message: String| Err(PatternError::new(text, span, message));
        let token = match token {
            Ok(Token::UnfinishedText) => {
                return refuse("this text has no end; close it with the same quotation mark".to_owned());
            }
            Ok(Token::UnfinishedComment) => return refuse("this comment has no end; close it with */".to_owned()),
            Ok(Token::Tilde) if matches!(tokens.last(), Some((Token::Equal, equal)) if equal.end == span.start) => {
                let whole = Span { start: span.start - 1, ..span };
                return Err(PatternError::new(text, whole, foreign::regular_expression()));
            }
            Ok(Token::Tilde) => {
                return refuse("all relationships have a direction; write - instead of ~ for either".to_owned());
            }
            Ok(token) => token,
            Err(()) if &text[range.clone()] == ";" => return refuse("leave the semicolon out".to_owned()),
            Err(()) => return refuse(format!("{:?} means nothing here; put texts in quotation marks", &text[range])),
        };
        let is_second = matches!(tokens.last(), Some((Token::Minus, first)) if first.end == span.start);
        if token == Token::Minus
            && is_second
            && let Some((span, message)) = foreign::two_minuses(text, span.start - 1)
        {
            return Err(PatternError::new(text, span, message));
        }
        if token.opens() {
            depth += 1;
            if depth > NESTING_LIMIT {
                return refuse(format!("brackets are nested more than {NESTING_LIMIT} deep; write it flatter"));
            }
        } else if token.closes() {
            depth = depth.saturating_sub(1);
        }
        tokens.push((token, (span.start..span.end).into()));
    }
    Ok(tokens)
}
