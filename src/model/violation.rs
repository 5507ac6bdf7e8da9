//! What is wrong with data, as values: what was found and how to mend it.
//!
//! A violation knows the place it came from only where the reader of a file filled it in.

use std::fmt;
use std::sync::Arc;

/// A place in a file of data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file, relative to the folder that was read.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One thing that is wrong with data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub struct Violation {
    /// Where it stands, if it came from a file.
    pub origin: Option<Origin>,
    /// The id of the entity, relationship or document that it is about; empty while not known.
    pub subject: String,
    /// The field that it is about; empty where it is about the whole.
    pub field: &'static str,
    /// What was found.
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

impl Violation {
    /// A violation about nothing in particular yet.
    pub fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { origin: None, subject: String::new(), field: "", problem: problem.into(), remedy: remedy.into() }
    }

    /// The same violation, of a field; the innermost field stays.
    #[must_use]
    pub fn of(mut self, field: &'static str) -> Self {
        if self.field.is_empty() {
            self.field = field;
        }
        self
    }

    /// The same violation, about the thing with this id; the innermost subject stays.
    #[must_use]
    pub fn about(mut self, subject: impl fmt::Display) -> Self {
        if self.subject.is_empty() {
            self.subject = subject.to_string();
        }
        self
    }

    /// The same violation, found at this place; the innermost place stays.
    #[must_use]
    pub fn at(mut self, origin: Option<&Origin>) -> Self {
        if self.origin.is_none() {
            self.origin = origin.cloned();
        }
        self
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.origin {
            write!(f, "{origin}: ")?;
        }
        if !self.subject.is_empty() {
            write!(f, "{}: ", self.subject)?;
        }
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        write!(f, "{}; {}", self.problem, self.remedy)
    }
}

/// All that is wrong with some data; never only the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations(pub Vec<Violation>);

impl Violations {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many things are wrong.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Notes one more.
    pub fn push(&mut self, violation: Violation) {
        self.0.push(violation);
    }

    /// Keeps a value, or notes what is wrong with it.
    pub fn keep<T>(&mut self, result: Result<T, Violation>) -> Option<T> {
        result.map_err(|violation| self.push(violation)).ok()
    }

    /// `Ok` when nothing is wrong.
    ///
    /// # Errors
    /// Itself, when something is.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self(vec![violation])
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, violation) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
