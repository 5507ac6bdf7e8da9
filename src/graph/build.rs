//! From the lists of a [`State`] to a [`Graph`].

use std::collections::HashMap;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::edtf::{Day, EdtfDate};
use crate::model::id::DocumentId;
use crate::model::redirects::Redirects;
use crate::model::state::State;

use super::Graph;
use super::adjacency::Adjacency;
use super::facts::{EntityFacts, RelationshipFacts};
use super::identifiers::Identifiers;
use super::index::EntityIndex;
use super::names::Names;
use super::support::Support;

impl Graph {
    /// Builds the graph of a state whose ends all exist, as validation guarantees. *O(V + E log E)*; the records are
    /// shared, not copied.
    ///
    /// # Panics
    /// Where a relationship names an entity that is not in the state.
    pub fn build(state: &State) -> Self {
        let positions: HashMap<&str, u32> =
            (0..).zip(&state.entities).map(|(at, entity)| (entity.id.as_str(), at)).collect();
        let position = |id: &str| {
            let found = positions.get(id);
            EntityIndex(*found.expect("validation has made sure that the ends of relationships exist"))
        };
        let ends: Vec<_> = state
            .relationships
            .iter()
            .map(|relationship| {
                (position(relationship.source.as_str()), relationship.kind, position(relationship.target.as_str()))
            })
            .collect();
        let mut structure = DiGraph::with_capacity(state.entities.len(), state.relationships.len());
        for entity in &state.entities {
            structure.add_node(EntityFacts::of(entity));
        }
        for (relationship, &(source, _, target)) in state.relationships.iter().zip(&ends) {
            let [source, target] = [source, target].map(|end| NodeIndex::new(end.position()));
            structure.add_edge(source, target, RelationshipFacts::of(relationship));
        }
        let kinds: Vec<_> = state.entities.iter().map(|entity| entity.kind).collect();
        let documents: Vec<DocumentId> = state.documents.iter().map(|document| document.id.clone()).collect();
        let starts = state.relationships.iter().filter_map(|relationship| relationship.since.as_ref());
        let starts = starts.map(EdtfDate::first_day).filter(|&day| day != Day::MIN);
        Self {
            latest_start: starts.max().unwrap_or(0),
            adjacency: Adjacency::build(&kinds, ends.iter().copied()),
            entity_support: Support::of(&documents, state.entities.iter().map(|entity| &*entity.citations)),
            relationship_support: Support::of(
                &documents,
                state.relationships.iter().map(|relationship| &*relationship.citations),
            ),
            names: Names::of(&state.entities),
            identifiers: Identifiers::of(&state.entities),
            structure,
            entities: state.entities.clone(),
            relationships: state.relationships.clone(),
            documents,
            redirects: Redirects::default(),
        }
    }
}
