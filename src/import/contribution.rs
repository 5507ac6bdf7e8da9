//! What foreign files say, in our terms, before it meets what is known.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use crate::model::citation::Document;
use crate::model::decision::Decision;
use crate::model::entity::{Entity, Mention};
use crate::model::id::{DocumentId, EntityId};
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

impl<T> Said<T> {
    /// What a record says of its own.
    pub fn new(value: T, origin: Origin) -> Self {
        Self { value, origin, stands_in: false }
    }
}

/// A record that a registry has withdrawn and that names another in its place: its id leads to that one.
#[derive(Clone, Debug)]
pub struct Retired {
    /// What the record is known by.
    pub entity: Entity,
    /// The id of what took its place.
    pub heir: EntityId,
    /// When the registry last changed the record.
    pub at: Timestamp,
}

/// All that the files of one or more documents say, and what could not be read.
#[derive(Debug, Default)]
pub struct Contribution {
    /// The documents. What is known of them and is not said here any more was withdrawn.
    pub documents: Vec<Document>,
    /// Where the documents describe themselves, if a record does.
    pub places: HashMap<DocumentId, Origin>,
    /// The entities, each id once.
    pub entities: Vec<Said<Entity>>,
    /// What is said of entities that others describe, each id once.
    pub mentions: Vec<Said<Mention>>,
    /// The relationships, in any order.
    pub relationships: Vec<Said<Relationship>>,
    /// Records that lead to others.
    pub retired: Vec<Said<Retired>>,
    /// What was decided about pairs of entities.
    pub decisions: Vec<Said<Decision>>,
    /// For ids that relationships name and no entity here has: the outside identifier that they stand for.
    pub references: BTreeMap<EntityId, Identifier>,
    /// The records that cannot be taken over, and why.
    pub refused: Vec<Violation>,
    /// What was left out of records that are taken over otherwise, and why.
    pub notes: Vec<Violation>,
    /// Where each record that was read begins, also of those that say nothing.
    pub records: Vec<Origin>,
    /// From records that add to what another one says to that one.
    pub parts: HashMap<Origin, Origin>,
    /// Who says which records lead to others.
    pub registry: Option<&'static str>,
    /// Whether the files are the authority on what they describe: ids are kept whatever identifiers say, and decisions
    /// take the place of others.
    pub is_authority: bool,
    /// Documents of which nothing is said any more: they go.
    pub withdrawn: Vec<DocumentId>,
    /// The addresses of records that are given whole: locators of which nothing else is true any more.
    pub addresses: BTreeSet<String>,
    /// How many records of which sort are of no use here, such as blank rows.
    pub passed_over: BTreeMap<String, u64>,
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
