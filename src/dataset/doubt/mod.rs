//! What a dataset says that breaks no rule and is probably a mistake: each a question to the editor, none a refusal.
//!
//! One rule a function; those about what documents say stand in `said`, those about dates in `time`, those about entities
//! beside each other in `twins`.

mod said;
mod time;
mod twins;

use std::collections::{HashMap, HashSet};

use super::Reading;
use crate::model::change::Change;
use crate::model::citation::{Citation, Document};
use crate::model::decision::DecisionId;
use crate::model::edtf::Day;
use crate::model::entity::Entity;
use crate::model::id::EntityId;
use crate::model::name::Language;
use crate::model::relationship::Relationship;
use crate::model::violation::{Origin, Violation, Violations};

/// What is doubtful in a dataset in which nothing is wrong, sorted by place; `today` is the day on which it is asked.
///
/// *O(n log n)* in the documents, entities and relationships.
pub fn doubts(reading: &Reading, today: Day) -> Violations {
    let said = Said::of(reading);
    let mut found = Doubts { said: &said, found: Violations::default() };
    twins::tell(&mut found);
    time::tell(&mut found, today);
    said::tell(&mut found);
    found.found.0.sort();
    found.found.0.dedup();
    found.found
}

/// What the files say, each with its place.
#[derive(Default)]
struct Said<'r> {
    documents: Vec<(&'r Document, Option<&'r Origin>)>,
    entities: Vec<(&'r Entity, Option<&'r Origin>)>,
    relationships: Vec<(&'r Relationship, Option<&'r Origin>)>,
    by_id: HashMap<&'r str, &'r Entity>,
    document_by_id: HashMap<&'r str, &'r Document>,
    /// The pairs of which somebody said whether they are one.
    decided: HashSet<&'r str>,
}

impl<'r> Said<'r> {
    fn of(reading: &'r Reading) -> Self {
        let mut said = Self::default();
        for (change, origin) in reading.changes.iter().zip(&reading.origins) {
            let origin = origin.as_ref();
            match change {
                Change::UpsertDocument(document) => {
                    said.documents.push((document, origin));
                    said.document_by_id.insert(document.id.as_str(), document);
                }
                Change::UpsertEntity(entity) => {
                    said.entities.push((entity, origin));
                    said.by_id.insert(entity.id.as_str(), entity);
                }
                Change::UpsertRelationship(relationship) => said.relationships.push((relationship, origin)),
                Change::Decide(decision) => {
                    said.decided.insert(decision.id().as_str());
                }
                Change::DeleteDocument(_)
                | Change::DeleteEntity(_)
                | Change::DeleteRelationship(_)
                | Change::Withdraw(_) => {}
            }
        }
        said
    }

    fn entity(&self, id: &EntityId) -> Option<&'r Entity> {
        self.by_id.get(id.as_str()).copied()
    }

    fn is_decided(&self, one: &EntityId, other: &EntityId) -> bool {
        self.decided.contains(DecisionId::of(one, other).as_str())
    }

    fn document(&self, citation: &Citation) -> Option<&'r Document> {
        self.document_by_id.get(citation.document.as_str()).copied()
    }
}

struct Doubts<'a, 'r> {
    said: &'a Said<'r>,
    found: Violations,
}

impl Doubts<'_, '_> {
    fn push(&mut self, violation: Violation, subject: &str, origin: Option<&Origin>) {
        self.found.push(violation.about(subject).at(origin));
    }

    /// A language tag of good form whose language ISO 639 does not have: "english" for "en".
    fn language(&mut self, language: Option<&Language>, subject: &str, origin: Option<&Origin>) {
        let Some(language) = language.filter(|language| !language.is_registered()) else { return };
        let problem = format!("\"{language}\" is not the tag of a language");
        let remedy = "write the code of ISO 639, such as en, zh or zh-Hant";
        self.push(Violation::new(problem, remedy).of("language"), subject, origin);
    }
}
