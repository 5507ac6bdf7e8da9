//! The words of a pattern.

use std::fmt;

use logos::Logos;

/// A word of a pattern. Arrows come in their parts, so that `a.since <-1` and `<-[r]-` need no other reading.
#[derive(Clone, Copy, Debug, Logos, PartialEq)]
#[logos(skip r"[ \t\r\n\f\u{a0}\u{feff}]+")]
#[logos(skip(r"//[^\n]*", allow_greedy = true))]
#[logos(skip r"/\*([^*]|\*+[^*/])*\*+/")]
pub(super) enum Token<'t> {
    /// A name or a word of the language; which one it is, its place tells.
    #[regex(r"[\p{XID_Start}_]\p{XID_Continue}*")]
    Word(&'t str),
    /// A name between grave accents.
    #[regex(r"`[^`\n]+`", |lexer| inside(lexer.slice()))]
    Quoted(&'t str),
    #[regex(r"\$[\p{XID_Start}_]\p{XID_Continue}*", |lexer| &lexer.slice()[1..])]
    Parameter(&'t str),
    /// A text with its quotation marks, as it is written; [`unescaped`] reads it.
    #[regex(r"'([^'\\]|\\.|'')*'")]
    #[regex(r#""([^"\\]|\\.|"")*""#)]
    Text(&'t str),
    #[regex(r"'([^'\\]|\\.|'')*")]
    #[regex(r#""([^"\\]|\\.|"")*"#)]
    UnfinishedText,
    #[regex(r"/\*([^*]|\*+[^*/])*\**")]
    UnfinishedComment,
    #[regex(r"[0-9]+(\.[0-9]+)?", |lexer| lexer.slice())]
    Number(&'t str),
    #[token("(")]
    OpenRound,
    #[token(")")]
    CloseRound,
    #[token("[")]
    OpenSquare,
    #[token("]")]
    CloseSquare,
    #[token("{")]
    OpenCurly,
    #[token("}")]
    CloseCurly,
    #[token(",")]
    Comma,
    #[token(".")]
    Dot,
    #[token(":")]
    Colon,
    #[token("|")]
    Bar,
    #[token("&")]
    Ampersand,
    #[token("!")]
    Exclamation,
    #[token("%")]
    Percent,
    #[token("*")]
    Star,
    #[token("+")]
    Plus,
    #[token("?")]
    Question,
    #[token("-")]
    Minus,
    #[token("~")]
    Tilde,
    #[token("=")]
    Equal,
    #[token("<>")]
    NotEqual,
    #[token("<")]
    Less,
    #[token("<=")]
    LessOrEqual,
    #[token(">")]
    Greater,
    #[token(">=")]
    GreaterOrEqual,
}

impl Token<'_> {
    pub(super) fn opens(&self) -> bool {
        matches!(self, Self::OpenRound | Self::OpenSquare | Self::OpenCurly)
    }

    pub(super) fn is_word(&self) -> bool {
        matches!(self, Self::Word(_))
    }

    /// Whether a quantifier begins with it.
    pub(super) fn repeats(&self) -> bool {
        matches!(self, Self::OpenCurly | Self::Star | Self::Plus | Self::Question)
    }

    /// Whether it may be what makes a condition of the value before it.
    pub(super) fn compares(&self) -> bool {
        let is_sign = matches!(self, Self::Equal | Self::NotEqual | Self::Colon)
            || matches!(self, Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual);
        is_sign || self.is_word()
    }

    /// Whether a value in a list or a map ends before it.
    pub(super) fn ends_item(&self) -> bool {
        matches!(self, Self::Comma) || self.closes()
    }

    pub(super) fn closes(&self) -> bool {
        matches!(self, Self::CloseRound | Self::CloseSquare | Self::CloseCurly)
    }
}

fn inside(quoted: &str) -> &str {
    &quoted[1..quoted.len() - 1]
}

/// What a text between quotation marks says. A doubled quotation mark is one; after a reverse solidus stands the
/// character itself, or `n`, `t`, `r` for the usual ones.
pub(super) fn unescaped(quoted: &str) -> String {
    let text = inside(quoted);
    let mark = if quoted.starts_with('\'') { '\'' } else { '"' };
    if !text.contains(['\\', mark]) {
        return text.to_owned();
    }
    let mut read = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\\' {
            read.extend(characters.next().map(|escaped| match escaped {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            }));
        } else {
            if character == mark {
                characters.next();
            }
            read.push(character);
        }
    }
    read
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Word(text) | Self::Quoted(text) | Self::Number(text) => text,
            Self::Parameter(name) => return write!(f, "${name}"),
            Self::Text(text) => return write!(f, "'{}'", unescaped(text).chars().take(40).collect::<String>()),
            Self::UnfinishedText => "'",
            Self::UnfinishedComment => "/*",
            Self::OpenRound => "(",
            Self::CloseRound => ")",
            Self::OpenSquare => "[",
            Self::CloseSquare => "]",
            Self::OpenCurly => "{",
            Self::CloseCurly => "}",
            Self::Comma => ",",
            Self::Dot => ".",
            Self::Colon => ":",
            Self::Bar => "|",
            Self::Ampersand => "&",
            Self::Exclamation => "!",
            Self::Percent => "%",
            Self::Star => "*",
            Self::Plus => "+",
            Self::Question => "?",
            Self::Minus => "-",
            Self::Tilde => "~",
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        };
        f.write_str(text)
    }
}
