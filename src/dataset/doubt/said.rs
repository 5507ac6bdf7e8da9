//! How firmly, and where, documents say what they are cited for.

use std::collections::BTreeSet;

use super::Doubts;
use crate::model::citation::{Citation, Strength};
use crate::model::entity::Entity;
use crate::model::id::DocumentId;
use crate::model::violation::{Origin, Violation};

pub(super) fn tell(doubts: &mut Doubts<'_, '_>) {
    let said = doubts.said;
    for &(relationship, origin) in &said.relationships {
        let id = relationship.id().as_str();
        let without: Vec<&Citation> =
            relationship.citations.iter().filter(|citation| citation.locator.is_none()).collect();
        doubts.unlocated(&without, id, origin);
        let ends = [&relationship.source, &relationship.target].into_iter().chain(&relationship.on_behalf_of);
        for end in ends.filter_map(|end| said.entity(end)) {
            for citation in relationship.citations.iter().filter(|citation| citation.strength == Strength::Stated) {
                if is_only_inferred(end, &citation.document) {
                    let problem = format!(
                        "it is STATED by \"{}\", where \"{}\" is mentioned only as INFERRED",
                        citation.document, end.id
                    );
                    let remedy =
                        "make it INFERRED with a note: a relationship is not firmer than who is meant by its ends";
                    doubts.push(Violation::new(problem, remedy).of("strength"), id, origin);
                }
            }
        }
    }
}

/// Whether a document mentions an entity, and never by a name that says which one is meant.
fn is_only_inferred(entity: &Entity, document: &DocumentId) -> bool {
    let mut mentions = entity.citations.iter().filter(|citation| citation.document == *document).peekable();
    mentions.peek().is_some() && mentions.all(|citation| citation.strength == Strength::Inferred)
}

impl Doubts<'_, '_> {
    /// Citations that do not say where in their document.
    pub(super) fn unlocated(&mut self, citations: &[&Citation], subject: &str, origin: Option<&Origin>) {
        let documents: BTreeSet<&str> = citations.iter().map(|citation| citation.document.as_str()).collect();
        for document in documents {
            let problem = format!("a citation of \"{document}\" has no locator");
            let remedy = "say where it stands, such as \"paragraph 3\"";
            self.push(Violation::new(problem, remedy).of("locator"), subject, origin);
        }
    }
}
