//! Which documents support each fact and how firmly, as numbers: asking a view costs no comparison of texts.

use crate::model::citation::{Citation, Strength};
use crate::model::id::DocumentId;

use super::index::DocumentIndex;

/// For each of a list of facts its citations as (document, strength).
#[derive(Default)]
pub(super) struct Support {
    starts: Vec<u32>,
    citations: Vec<(DocumentIndex, Strength)>,
}

impl Support {
    /// *O(c log d)* for *c* citations of *d* documents. A citation of a document that is not in the list, which
    /// validation rules out, supports nothing.
    pub(super) fn of<'a>(documents: &[DocumentId], facts: impl Iterator<Item = &'a [Citation]>) -> Self {
        let mut support = Self { starts: vec![0], citations: Vec::new() };
        for citations in facts {
            for citation in citations {
                if let Ok(position) = documents.binary_search(&citation.document) {
                    support.citations.push((DocumentIndex(position as u32), citation.strength));
                }
            }
            support.starts.push(support.citations.len() as u32);
        }
        support
    }

    /// The citations of the fact at a position.
    pub(super) fn at(&self, position: usize) -> &[(DocumentIndex, Strength)] {
        &self.citations[self.starts[position] as usize..self.starts[position + 1] as usize]
    }
}
