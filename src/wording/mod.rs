//! Relationships and paths as plain English sentences.
