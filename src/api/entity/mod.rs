//! Entities: one interface, and one type for each family of kinds.

#![expect(
    clippy::duplicated_attributes,
    reason = "the fields of the interface repeat words, each in a place of its own"
)]

mod agreement;
mod event;
mod family;
mod fields;
mod hop;
mod organization;
mod person;
mod program;
mod topic;

use async_graphql::{Context, ID, Interface, Result, SimpleObject};

pub(crate) use agreement::Agreement;
pub(crate) use event::Event;
pub(crate) use fields::{Coordinates, Figure, Handle, Identifier, Name};
pub(crate) use organization::Organization;
pub(crate) use person::Person;
pub(crate) use program::Program;
pub(crate) use topic::Topic;

use super::connection::{PageArguments, Window, connection};
use super::decision::Decision;
use super::document::Citation;
use super::input::entity_filter::{EntityFilter, RelationshipFilter};
use super::neighbor::NeighborConnection;
use super::relationship::RelationshipConnection;
use super::scalar::{CountryCode, EdtfDate};
use super::scope::{Scope, page_limit};
use super::vocabulary::EntityKind;
use crate::graph::EntityIndex;
use crate::model::entity::Family;

/// A thing that can be related to others: an organization, person, agreement, event, program or topic.
#[derive(Interface, Clone)]
#[graphql(
    field(
        name = "id",
        ty = "ID",
        desc = "The stable, readable key: `west-china-hospital`. It can be given wherever an id is asked for."
    ),
    field(name = "kind", ty = "EntityKind", desc = "What it is."),
    field(name = "name", ty = "String", desc = "The preferred name, in English where there is one."),
    field(
        name = "names",
        ty = "Vec<Name>",
        desc = "All names, the preferred one first: aliases, acronyms, translations, former names, and misspellings seen."
    ),
    field(
        name = "description",
        ty = "Option<String>",
        desc = "What it is, in a few words; null where nobody has said."
    ),
    field(name = "homepage", ty = "Option<String>", desc = "Its own web page; null where none is known."),
    field(
        name = "country",
        ty = "Option<CountryCode>",
        desc = "The country it is in; null where it is in none or it is not known."
    ),
    field(name = "city", ty = "Option<String>", desc = "The city it is in, in English; null where it is not known."),
    field(name = "coordinates", ty = "Option<Coordinates>", desc = "Where it is; null where it is not known."),
    field(
        name = "identifiers",
        ty = "Vec<Identifier>",
        desc = "Its keys in outside registries, sorted by registry: ROR, Wikidata, GRID, ISNI, ORCID, …"
    ),
    field(
        name = "since",
        ty = "Option<EdtfDate>",
        desc = "When it began; of an event, when it took place. Null where no document says."
    ),
    field(
        name = "until",
        ty = "Option<EdtfDate>",
        desc = "When it ended or ends; null where no document says. An agreement of which documents give start and term \
                alone ends with its term, which is inferred: null under `strength: STATED`."
    ),
    field(
        name = "citations",
        ty = "Vec<Citation>",
        desc = "Where it was read of, as far as the view shows it, sorted by document. At least one where no view narrows \
                the documents or their strength."
    ),
    field(
        name = "figures",
        ty = "Vec<Figure>",
        desc = "Numbers, ranks and standings that documents of the view give about it."
    ),
    field(
        name = "degree",
        ty = "i32",
        desc = "How many relationships of the view name it as source or target.",
        arg(name = "filter", ty = "Option<RelationshipFilter>", desc = "Count only relationships like this one.")
    ),
    field(
        name = "relationships",
        ty = "RelationshipConnection",
        desc = "The relationships of the view that name it as source or target, sorted by kind, then by id.",
        arg(name = "filter", ty = "Option<RelationshipFilter>", desc = "Only relationships like this one."),
        arg(
            name = "first",
            ty = "Option<i32>",
            desc = "At most this many from the start; 50 when neither first nor last is given."
        ),
        arg(name = "after", ty = "Option<String>", desc = "Only what stands after this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "At most this many from the end."),
        arg(name = "before", ty = "Option<String>", desc = "Only what stands before this cursor.")
    ),
    field(
        name = "neighbors",
        ty = "NeighborConnection",
        desc = "The entities that a relationship of the view joins to it, each once, sorted by name.",
        arg(name = "filter", ty = "Option<EntityFilter>", desc = "Only neighbors like this."),
        arg(name = "via", ty = "Option<RelationshipFilter>", desc = "Only over relationships like this one."),
        arg(
            name = "first",
            ty = "Option<i32>",
            desc = "At most this many from the start; 50 when neither first nor last is given."
        ),
        arg(name = "after", ty = "Option<String>", desc = "Only what stands after this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "At most this many from the end."),
        arg(name = "before", ty = "Option<String>", desc = "Only what stands before this cursor.")
    ),
    field(
        name = "merged_ids",
        ty = "Vec<ID>",
        desc = "The ids of the entities that were merged into it, sorted; each of them answers with it. Empty where none was."
    ),
    field(
        name = "decisions",
        ty = "Vec<Decision>",
        desc = "What was decided about it, or about those that were merged into it: whether it is the same as another; \
                sorted by the ids of the two."
    ),
    field(
        name = "possible_doubles",
        ty = "Vec<Entity>",
        desc = "Entities of the view that are probably the same as it, sorted by id: whether they are was asked and not decided, \
                or they have a name and the country in common. What is known of it may stand on them too. Empty where none is."
    ),
    field(name = "revision", ty = "i32", desc = "The revision of the graph that last changed it.")
)]
pub(crate) enum Entity {
    /// A body of people.
    Organization(Organization),
    /// A human being.
    Person(Person),
    /// Something agreed on in writing.
    Agreement(Agreement),
    /// Something that happened.
    Event(Event),
    /// Something offered or run.
    Program(Program),
    /// A field of work.
    Topic(Topic),
}

impl Entity {
    /// The wrapper for the family that the entity is of.
    pub(super) fn new(scope: &Scope, index: EntityIndex) -> Self {
        scope.doubled.note(scope, index);
        let handle = Handle { scope: scope.clone(), index };
        match handle.value().kind.family() {
            Family::Organization => Self::Organization(Organization::new(handle)),
            Family::Person => Self::Person(Person::new(handle)),
            Family::Agreement => Self::Agreement(Agreement::new(handle)),
            Family::Event => Self::Event(Event::new(handle)),
            Family::Program => Self::Program(Program::new(handle)),
            Family::Topic => Self::Topic(Topic::new(handle)),
        }
    }
}

/// An entity in a list.
#[derive(SimpleObject)]
pub(crate) struct EntityEdge {
    /// Points to this place in the list.
    pub(super) cursor: String,
    /// The entity.
    pub(super) node: Entity,
}

connection! {
    /// Entities, page by page.
    EntityConnection, EntityEdge, Entity
}

/// A list of entities in pages.
pub(super) fn entities(
    ctx: &Context<'_>,
    scope: &Scope,
    found: &[EntityIndex],
    arguments: &PageArguments,
) -> Result<EntityConnection> {
    let key = |at: usize| scope.graph().entity(found[at]).id.to_string();
    let window = Window::cut(arguments, page_limit(ctx)?, found.len(), key)?;
    Ok(EntityConnection(window.into_page(|at, cursor| EntityEdge { cursor, node: Entity::new(scope, found[at]) })))
}
