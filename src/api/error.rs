//! Every error code a client can meet, and the errors that carry them.

use async_graphql::{Error, ErrorExtensions};

use crate::graph::{Budget, Exhausted, TraversalError};

/// What went wrong, for programs: the `code` in an error's `extensions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Nothing has this id.
    NotFound,
    /// An argument is not what it should be.
    InvalidInput,
    /// The request asks for more than is allowed.
    LimitExceeded,
    /// The fault is ours; the log has more under the request's id.
    Internal,
}

impl Code {
    /// All codes.
    pub const ALL: [Self; 4] = [Self::NotFound, Self::InvalidInput, Self::LimitExceeded, Self::Internal];

    /// The code as it stands in `extensions.code`.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::InvalidInput => "INVALID_INPUT",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::Internal => "INTERNAL",
        }
    }

    /// An error with this code.
    pub(crate) fn error(self, message: impl Into<String>) -> Error {
        Error::new(message).extend_with(|_, extensions| extensions.set("code", self.name()))
    }
}

/// A traversal that has no answer: it met its budget after so much was asked before it, or one of its numbers is out
/// of range.
pub(super) fn untraversed(error: &TraversalError, budget: &Budget, before: u64) -> Error {
    let alone = match error {
        TraversalError::Exhausted(Exhausted::Visits { .. }) if before > 0 => {
            format!(", ask it in a request of its own (what stands before it costs {before})")
        }
        _ => String::new(),
    };
    match error {
        TraversalError::Exhausted(Exhausted::Crowded) => Code::LimitExceeded.error(error.to_string()),
        TraversalError::Exhausted(exhausted) if budget.is_part() => {
            Code::LimitExceeded.error(format!("{exhausted}{alone}, or ask with a larger budget"))
        }
        TraversalError::Exhausted(exhausted) => Code::LimitExceeded
            .error(format!("{exhausted}{alone}, or start the server with a larger --max-visits or --max-seconds")),
        TraversalError::OutOfRange { .. } => Code::InvalidInput.error(error.to_string()),
    }
}

/// An id that no entity has, with the ids that come nearest.
pub(super) fn unknown_id(argument: &str, id: &str, nearest: &[String]) -> Error {
    unknown(argument, id, nearest, "look it up with graph { search(text: …) }")
}

/// A name that several entities bear where an id is asked for, with their ids.
pub(super) fn shared_name(argument: &str, name: &str, ids: &[String]) -> Error {
    const TOLD: usize = 5;
    let (shown, told) = (shortened(name), &ids[..ids.len().min(TOLD)]);
    let more = if ids.len() > told.len() { format!(" and {} more", ids.len() - told.len()) } else { String::new() };
    let message = format!(
        "{argument}: nothing has the id \"{shown}\", and {} entities bear that name: {}{more}; give the id of one",
        ids.len(),
        told.join(", ")
    );
    Code::NotFound.error(message).extend_with(|_, extensions| extensions.set("suggestions", told.to_vec()))
}

fn shortened(id: &str) -> String {
    id.chars().take(80).collect()
}

/// An id that nothing has, with the ids that come nearest, or where to look when none does.
pub(super) fn unknown(argument: &str, id: &str, nearest: &[String], otherwise: &str) -> Error {
    let shown = shortened(id);
    let hint = if nearest.is_empty() { otherwise.to_owned() } else { format!("did you mean {}?", nearest.join(", ")) };
    Code::NotFound.error(format!("{argument}: nothing has the id \"{shown}\"; {hint}")).extend_with(|_, extensions| {
        extensions.set("suggestions", nearest.to_vec());
    })
}
