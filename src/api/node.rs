//! Everything that has an id, as Relay has it.

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, ID, Interface, OutputType, Positioned, ServerResult, Value};

use super::commit::Commit;
use super::decision::Decision;
use super::document::Document;
use super::entity::{Agreement, Entity, Event, Organization, Person, Program, Topic};
use super::relationship::Relationship;
use super::scope::Scope;

/// Something with a globally unique id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The stable key, unique among everything in the graph."))]
pub(crate) enum Node {
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
    /// A statement that two entities are related.
    Relationship(Relationship),
    /// Something that was read.
    Document(Document),
    /// An entry of the change log.
    Commit(Commit),
    /// What was decided about two entities.
    Decision(Decision),
}

impl From<Entity> for Node {
    fn from(entity: Entity) -> Self {
        match entity {
            Entity::Organization(organization) => Self::Organization(organization),
            Entity::Person(person) => Self::Person(person),
            Entity::Agreement(agreement) => Self::Agreement(agreement),
            Entity::Event(event) => Self::Event(event),
            Entity::Program(program) => Self::Program(program),
            Entity::Topic(topic) => Self::Topic(topic),
        }
    }
}

/// A [`Node`] that also declares, in the schema, that the interface Entity implements the interface Node; the derive has
/// no word for that.
pub(crate) struct AnyNode(Node);

impl OutputType for AnyNode {
    fn type_name() -> std::borrow::Cow<'static, str> {
        Node::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = Node::create_type_info(registry);
        registry.add_implements(&Entity::type_name(), &Node::type_name());
        name
    }

    fn introspection_type_name(&self) -> std::borrow::Cow<'static, str> {
        self.0.introspection_type_name()
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

/// What has this id; `None` when nothing has.
pub(super) fn node(scope: &Scope, id: &str) -> Option<AnyNode> {
    let entity = || scope.find_entity(id).map(|index| Entity::new(scope, index).into());
    let relationship = || scope.find_relationship(id).map(|index| Node::Relationship(Relationship::new(scope, index)));
    let document = || Document::find(scope, id).map(Node::Document);
    let commit = || Commit::find(scope, id).map(Node::Commit);
    let decision = || Decision::find(scope, id).map(Node::Decision);
    entity().or_else(relationship).or_else(document).or_else(commit).or_else(decision).map(AnyNode)
}
