//! How long an agreement runs: an ISO 8601 duration, as worded, not counted into days.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::violation::Violation;

/// An ISO 8601 duration such as `P3Y` (three years) or `P18M`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Term(Box<str>);

impl Term {
    /// The duration as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Term {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        let positive = text.starts_with('P') && text.parse::<jiff::Span>().is_ok_and(|span| span.is_positive());
        if positive {
            Ok(Self(text.into()))
        } else {
            let shown: String = text.chars().take(40).collect();
            Err(Violation::new(
                format!("\"{shown}\" is no duration"),
                "use ISO 8601: P3Y is three years, P18M eighteen months, P10D ten days",
            ))
        }
    }
}

impl TryFrom<String> for Term {
    type Error = Violation;
    fn try_from(text: String) -> Result<Self, Violation> {
        text.parse()
    }
}

impl From<Term> for String {
    fn from(term: Term) -> Self {
        term.0.into()
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
