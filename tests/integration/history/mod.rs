//! Random change sets against a naive reference; cut, reopen, compare.

pub(crate) mod arbitrary;
