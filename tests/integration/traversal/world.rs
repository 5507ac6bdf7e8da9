//! Small worlds, built in a few lines: entities and relationships with one citation each unless it says otherwise.

use std::sync::Arc;

use consortia::graph::{EntityIndex, Graph, RelationshipIndex};
use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Document, DocumentRecord, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use consortia::model::state::State;

/// The documents of every world; only the second says when it was published, in 2003.
pub(super) const DOCUMENTS: [&str; 3] = ["first-document", "second-document", "third-document"];

#[derive(Default)]
pub(super) struct World {
    entities: Vec<EntityRecord>,
    relationships: Vec<RelationshipRecord>,
}

pub(super) fn citation(document: &str, strength: Strength) -> Citation {
    Citation {
        document: DocumentId::new(document).unwrap(),
        locator: None,
        strength,
        note: (strength == Strength::Inferred).then(|| "it follows".into()),
    }
}

impl World {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn entity(self, id: &str, kind: EntityKind) -> Self {
        self.entity_with(id, kind, |_| {})
    }

    /// An entity whose name is its id, stated in the first document, changed as asked.
    pub(super) fn entity_with(mut self, id: &str, kind: EntityKind, change: impl FnOnce(&mut EntityRecord)) -> Self {
        let mut record = EntityRecord::new(EntityId::new(id).unwrap(), kind, id);
        record.citations = vec![citation(DOCUMENTS[0], Strength::Stated)];
        change(&mut record);
        self.entities.push(record);
        self
    }

    pub(super) fn related(self, source: &str, kind: RelationshipKind, target: &str) -> Self {
        self.related_with(source, kind, target, |_| {})
    }

    /// A relationship that is stated in the first document, changed as asked.
    pub(super) fn related_with(
        mut self,
        source: &str,
        kind: RelationshipKind,
        target: &str,
        change: impl FnOnce(&mut RelationshipRecord),
    ) -> Self {
        let [source, target] = [source, target].map(|id| EntityId::new(id).unwrap());
        let mut record = RelationshipRecord::new(source, kind, target);
        record.citations = vec![citation(DOCUMENTS[0], Strength::Stated)];
        change(&mut record);
        self.relationships.push(record);
        self
    }

    pub(super) fn state(self) -> State {
        let versioned = |value| Arc::new(Versioned { revision: 1, value });
        let mut entities: Vec<_> = self.entities.into_iter().map(|record| Entity::new(record).unwrap()).collect();
        entities.sort_by(|one, other| one.id.cmp(&other.id));
        let checked = |record| Relationship::new(record).unwrap();
        let mut relationships: Vec<_> = self.relationships.into_iter().map(checked).collect();
        relationships.sort_by(|one, other| one.id().cmp(other.id()));
        relationships.dedup_by(|one, other| one.id() == other.id());
        State {
            documents: DOCUMENTS.map(document).into(),
            entities: entities.into_iter().map(versioned).collect(),
            relationships: {
                let versioned = |value| Arc::new(Versioned { revision: 1, value });
                relationships.into_iter().map(versioned).collect()
            },
            ..State::default()
        }
    }

    pub(super) fn graph(self) -> Graph {
        Graph::build(&self.state())
    }
}

fn document(id: &str) -> Arc<Versioned<Document>> {
    let record = DocumentRecord {
        id: DocumentId::new(id).unwrap(),
        title: id.into(),
        publisher: None,
        url: None,
        published: (id == DOCUMENTS[1]).then(|| "2003".parse().unwrap()),
        as_of: None,
        accessed: None,
        language: None,
        note: None,
    };
    Arc::new(Versioned { revision: 1, value: Document::new(record).unwrap() })
}

pub(super) fn find(graph: &Graph, id: &str) -> EntityIndex {
    graph.find_entity(id).unwrap()
}

pub(super) fn all(graph: &Graph, ids: &[&str]) -> Vec<EntityIndex> {
    ids.iter().map(|id| find(graph, id)).collect()
}

pub(super) fn id(graph: &Graph, entity: EntityIndex) -> String {
    graph.entity(entity).id.to_string()
}

pub(super) fn ids(graph: &Graph, entities: &[EntityIndex]) -> Vec<String> {
    entities.iter().map(|&entity| id(graph, entity)).collect()
}

pub(super) fn relationship_ids(graph: &Graph, relationships: &[RelationshipIndex]) -> Vec<String> {
    relationships.iter().map(|&relationship| graph.relationship(relationship).id().to_string()).collect()
}
