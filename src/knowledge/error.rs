//! Why a set of changes did not land.

use crate::model::violation::Violations;
use crate::store::StoreError;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The set breaks rules; the violations say which.
    #[error("the changes were refused, nothing was written:\n{violations}")]
    Rejected {
        /// All that is wrong.
        violations: Violations,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Violations> for ApplyError {
    fn from(violations: Violations) -> Self {
        Self::Rejected { violations }
    }
}
