//! The fields of science that projects are filed under, each once, and what is part of what.

use std::collections::BTreeMap;

use super::xml::Topic;
use crate::import::{Contribution, Said};
use crate::model::citation::Citation;
use crate::model::entity::{Entity, EntityKind, EntityRecord};
use crate::model::id::EntityId;
use crate::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use crate::model::violation::{Origin, Violation};

/// All fields of science by their ids, with what each is a part of.
#[derive(Default)]
pub(super) struct Topics(BTreeMap<EntityId, (Said<Entity>, Option<EntityId>)>);

impl Topics {
    /// Takes a field in with all that it is a part of, and gives its id back. The citation is that of a project which is
    /// filed under it.
    ///
    /// # Errors
    /// Its code is none, or does not have a name for each number.
    pub(super) fn add(&mut self, topic: &Topic, citation: &Citation, origin: &Origin) -> Result<EntityId, Violation> {
        let numbers: Vec<&str> = topic.code.split('/').skip(1).collect();
        let names: Vec<&str> = topic.names.split('/').skip(1).map(str::trim).collect();
        let is_number = |number: &&str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        if numbers.is_empty() || numbers.len() != names.len() || !numbers.iter().all(is_number) {
            let shown: String = topic.code.chars().take(60).collect();
            let problem = format!("the field of science \"{shown}\" is not a path of numbers with as many names");
            return Err(Violation::new(problem, "it is left out").of("euroSciVoc"));
        }
        let mut whole: Option<EntityId> = None;
        for (depth, name) in names.iter().enumerate() {
            let path = &numbers[..=depth];
            let id = EntityId::new(&format!("euroscivoc-{}", path.join("-")))?;
            if !self.0.contains_key(&id) {
                let mut record = EntityRecord::new(id.clone(), EntityKind::Topic, *name);
                record.citations.push(cited(citation, path));
                let value = Entity::new(record).map_err(|mut violations| violations.0.remove(0))?;
                let said = Said { value, origin: origin.clone(), stands_in: false };
                self.0.insert(id.clone(), (said, whole.take()));
            }
            whole = Some(id);
        }
        whole.ok_or_else(|| Violation::new("it is filed under nothing", "it is left out").of("euroSciVoc"))
    }

    /// Gives the fields to a contribution, sorted by id.
    pub(super) fn finish(self, contribution: &mut Contribution) {
        for (id, (said, whole)) in self.0 {
            if let Some(whole) = whole {
                let mut record = RelationshipRecord::new(id, RelationshipKind::PartOf, whole);
                record.citations.clone_from(&said.value.citations);
                let value =
                    Relationship::new(record).expect("two ids that differ and a citation that is there are valid");
                contribution.relationships.push(Said { value, origin: said.origin.clone(), stands_in: false });
            }
            contribution.entities.push(said);
        }
    }
}

fn cited(project: &Citation, path: &[&str]) -> Citation {
    Citation {
        locator: Some(format!("European Science Vocabulary /{}", path.join("/"))),
        note: None,
        ..project.clone()
    }
}
