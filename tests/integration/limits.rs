//! Requests made to hurt: every limit is met with an error that names it.
