//! Names in every spelling find their entity.
