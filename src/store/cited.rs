//! The queries that somebody cites. They are no part of the graph: no revision is made by keeping one, and a program that
//! knows nothing of them leaves them alone.

use std::sync::atomic::Ordering;

use super::Store;
use super::error::StoreError;
use super::format::plain;
use super::tree::CITED;
use crate::model::cited::CitedQuery;

/// How many pieces of queries are kept at most; a query has one of them for each 4 KB.
const KEPT: usize = 200_000;

impl Store {
    /// Keeps a query under its token. When it returns, it is on the disk. One that is there is not written again.
    ///
    /// # Errors
    /// Too many are kept, the disk failed, or a write failed before.
    pub fn keep(&self, query: &CitedQuery) -> Result<(), StoreError> {
        let token = query.token();
        if self.kept(&token)?.is_some() {
            return Ok(());
        }
        if self.is_stopped.load(Ordering::Acquire) {
            return Err(StoreError::Stopped);
        }
        if self.trees.count(CITED) >= KEPT {
            return Err(StoreError::TooManyCited { kept: KEPT });
        }
        self.trees.stage(CITED, token.as_bytes(), &plain(CITED, token.as_bytes(), query))?;
        self.sync()
    }

    /// The query that is kept under a token; `None` where there is none.
    ///
    /// # Errors
    /// The record is damaged.
    pub fn kept(&self, token: &str) -> Result<Option<CitedQuery>, StoreError> {
        self.trees.read(CITED, token.as_bytes())
    }
}
