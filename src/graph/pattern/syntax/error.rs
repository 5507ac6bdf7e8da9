//! What is wrong with a pattern: where, what, and what to write instead.

use std::fmt;

use super::ast::Span;

/// How many characters of a line are shown around the place.
const SHOWN: usize = 60;

/// Something wrong with a pattern. Its text is the place, the message, the line, and a caret below the place:
///
/// ```text
/// 1:4: there is no label "Hospitl"; did you mean Hospital?
/// (h:Hospitl)
///    ^^^^^^^
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct PatternError {
    line: usize,
    column: usize,
    message: String,
    /// The line, or the part of it around the place with `…` where it is cut; and the carets below.
    excerpt: Option<(String, String)>,
}

impl PatternError {
    /// *O(n)* for a text of *n* bytes.
    pub(in crate::graph::pattern) fn new(text: &str, span: Span, message: impl Into<String>) -> Self {
        let start = floor(text, span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |length| start + length);
        let line: Vec<char> = text[line_start..line_end].trim_end_matches('\r').chars().collect();
        let column = text[line_start..start].chars().count();
        let marked = text[start..floor(text, span.end).clamp(start, line_end)].chars().count();
        let from = column.saturating_sub(SHOWN / 2);
        let past = (from + SHOWN).min(line.len()).max(from);
        let printable = |&character: &char| if character.is_control() { ' ' } else { character };
        let excerpt = (!text.is_empty()).then(|| {
            let carets = "^".repeat(marked.clamp(1, (past - column.min(past)).max(1)));
            let [before, after] = [from > 0, past < line.len()].map(|is_cut| if is_cut { "…" } else { "" });
            let shown: String = line[from..past].iter().map(printable).collect();
            let indent = before.chars().count() + column - from;
            (format!("{before}{shown}{after}"), " ".repeat(indent) + &carets)
        });
        let line = text[..line_start].matches('\n').count() + 1;
        Self { line, column: column + 1, message: message.into(), excerpt }
    }

    /// The line of the place, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column of the place in characters, counted from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// What is wrong, and what to write instead.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// The last boundary of a character up to a byte.
fn floor(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)?;
        match &self.excerpt {
            Some((line, carets)) => write!(f, "\n{line}\n{carets}"),
            None => Ok(()),
        }
    }
}
