//! The place at which a pattern could not be read: the words around it, and in which part of the question it lies.

use chumsky::span::SimpleSpan;

use super::ast::Span;
use super::token::Token;

/// A part of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    Pattern,
    Condition,
    Returned,
}

/// A place among words; they are counted from 0.
pub(super) struct Place<'w, 't> {
    pub(super) text: &'t str,
    pub(super) words: &'w [(Token<'t>, SimpleSpan)],
    /// The word that cannot stand where it does; as many as there are words where more had to follow.
    pub(super) at: usize,
    pub(super) within: Within,
    /// The innermost bracket that is still open.
    pub(super) open: Option<usize>,
}

impl<'w, 't> Place<'w, 't> {
    /// The place of a byte. *O(n)* for *n* words.
    pub(super) fn new(text: &'t str, words: &'w [(Token<'t>, SimpleSpan)], byte: usize) -> Self {
        let at = words.partition_point(|(_, span)| span.start < byte);
        let mut place = Self { text, words, at, within: Within::Pattern, open: None };
        (place.within, place.open) = place.context(at);
        place
    }

    fn context(&self, at: usize) -> (Within, Option<usize>) {
        let mut within = Within::Pattern;
        let mut open = Vec::new();
        for (number, (token, _)) in self.words[..at].iter().enumerate() {
            let is_property = number > 0 && self.token(number - 1) == Some(Token::Dot);
            if token.opens() {
                open.push((number, within));
            } else if token.closes() {
                within = open.pop().map_or(within, |(_, outside)| outside);
            } else if is_property {
                // Behind a dot each word is a name.
            } else if self.is_word(number, "WHERE") {
                within = Within::Condition;
            } else if self.is_word(number, "RETURN") {
                within = Within::Returned;
            } else if self.is_word(number, "MATCH") {
                within = Within::Pattern;
            }
        }
        (within, open.last().map(|&(number, _)| number))
    }

    pub(super) fn token(&self, at: usize) -> Option<Token<'t>> {
        self.words.get(at).map(|&(token, _)| token)
    }

    /// The word so many before the place.
    pub(super) fn before(&self, count: usize) -> Option<Token<'t>> {
        self.at.checked_sub(count).and_then(|at| self.token(at))
    }

    pub(super) fn word(&self, at: usize) -> Option<&'t str> {
        match self.token(at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, at: usize, expected: &str) -> bool {
        self.word(at).is_some_and(|word| word.eq_ignore_ascii_case(expected))
    }

    /// Whether nothing stands between a word and the one before it.
    pub(super) fn is_adjacent(&self, at: usize) -> bool {
        at > 0 && self.words[at - 1].1.end == self.words[at].1.start
    }

    /// Whether one of the patterns between commas begins with a word.
    pub(super) fn begins_path(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let (within, open) = self.context(at);
        let follows = self.token(before) == Some(Token::Comma) || self.is_word(before, "MATCH");
        follows && within == Within::Pattern && open.is_none()
    }

    /// From the first of some words to the last.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        Span { start: self.words[first].1.start, end: self.words[last].1.end }
    }

    /// What is written from one word to before another one.
    pub(super) fn between(&self, first: usize, past: usize) -> &'t str {
        if first < past { self.text[self.words[first].1.start..self.words[past - 1].1.end].trim() } else { "" }
    }

    /// Something to say of some words.
    pub(super) fn told(&self, first: usize, last: usize, message: impl Into<String>) -> Option<(Span, String)> {
        Some((self.span(first, last), message.into()))
    }
}
