//! The files of `data/` as changes, and a state as files of `data/`.
