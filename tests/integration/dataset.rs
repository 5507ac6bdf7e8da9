//! data/ to changes and back, and every violation with its place.
