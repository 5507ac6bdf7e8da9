//! What foreign files say, in our terms, before it meets what is known.

use std::collections::{BTreeMap, HashMap};

use crate::model::citation::Document;
use crate::model::decision::Decision;
use crate::model::entity::Entity;
use crate::model::id::EntityId;
use crate::model::identifier::{Identifier, IdentifierScheme};
use crate::model::relationship::Relationship;
use crate::model::violation::{Origin, Violation};

/// Something that a record of a file says.
#[derive(Clone, Debug)]
pub struct Said<T> {
    /// What it says.
    pub value: T,
    /// The file and line of the record.
    pub origin: Origin,
    /// Whether it only stands for something that others know better: it never takes the place of what is there, and
    /// its name never becomes another name of it.
    pub stands_in: bool,
}

/// All that the files of one or more documents say, and what could not be read.
#[derive(Debug, Default)]
pub struct Contribution {
    /// The documents. What is known of them and is not said here any more was withdrawn.
    pub documents: Vec<Document>,
    /// The entities, each id once.
    pub entities: Vec<Said<Entity>>,
    /// The relationships; one that is said twice has the citations of both.
    pub relationships: Vec<Said<Relationship>>,
    /// What was decided about pairs of entities.
    pub decisions: Vec<Said<Decision>>,
    /// For ids that relationships name and no entity here has: the outside identifier that they stand for.
    pub references: BTreeMap<EntityId, Identifier>,
    /// The records that cannot be taken over, and why.
    pub refused: Vec<Violation>,
    /// What was left out of records that are taken over otherwise, and why.
    pub notes: Vec<Violation>,
}

impl Contribution {
    /// Gives each entity that has a PIC and no ROR identifier the ROR identifier that `same` has for its PIC.
    pub fn identify(&mut self, same: &HashMap<Box<str>, Identifier>) {
        for said in &mut self.entities {
            let entity = &said.value;
            let schemes = || entity.identifiers.iter().map(Identifier::scheme);
            if schemes().any(|scheme| scheme == IdentifierScheme::Ror) {
                continue;
            }
            let pics = entity.identifiers.iter().filter(|identifier| identifier.scheme() == IdentifierScheme::Pic);
            let Some(ror) = pics.filter_map(|pic| same.get(pic.value())).next() else { continue };
            let mut record = (**entity).clone();
            record.identifiers.push(ror.clone());
            said.value = Entity::new(record).expect("an identifier more does not spoil an entity");
        }
    }
}
