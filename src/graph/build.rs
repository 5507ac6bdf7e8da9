//! From the lists of a [`State`] to a [`Graph`].

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::thread;

use foldhash::fast::RandomState;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::edtf::{Day, EdtfDate};
use crate::model::entity::EntityKind;
use crate::model::id::DocumentId;
use crate::model::redirects::Redirects;
use crate::model::relationship::RelationshipKind;
use crate::model::state::State;

use super::Graph;
use super::adjacency::Adjacency;
use super::census::Census;
use super::doubles::Doubles;
use super::facts::{EntityFacts, RelationshipFacts};
use super::holding;
use super::identifiers::Identifiers;
use super::index::EntityIndex;
use super::names::Names;
use super::support::Support;

impl Graph {
    /// Builds the graph of a state whose ends all exist, as validation guarantees. *O(V log V + E log E)*, on two
    /// threads; the records are shared, not copied.
    ///
    /// # Panics
    /// Where a relationship names an entity that is not in the state.
    pub fn build(state: &State) -> Self {
        let documents: Vec<DocumentId> = state.documents.iter().map(|document| document.id.clone()).collect();
        let starts = state.relationships.iter().filter_map(|relationship| relationship.since.as_ref());
        let today = state.day();
        let starts = starts.map(EdtfDate::first_day).filter(|&day| day != Day::MIN && day <= today);
        let latest_start = starts.max().unwrap_or(0);
        thread::scope(|scope| {
            let texts = scope.spawn(|| {
                let names = Names::of(&state.entities);
                let doubles = Doubles::by_name(&state.entities, &names);
                (names, doubles, Identifiers::of(&state.entities))
            });
            let (mut structure, adjacency, census) = walked(state);
            let entity_support = Support::of(&documents, state.entities.iter().map(|entity| &*entity.citations));
            let cited = state.relationships.iter().map(|relationship| &*relationship.citations);
            let relationship_support = Support::of(&documents, cited);
            let known = holding::settle(state, &mut structure, (&entity_support, &relationship_support));
            let (names, doubles, identifiers) = texts.join().unwrap_or_else(|panic| resume_unwind(panic));
            Self {
                structure,
                adjacency,
                census,
                known,
                latest_start,
                entities: state.entities.clone(),
                relationships: state.relationships.clone(),
                entity_support,
                relationship_support,
                names,
                identifiers,
                cities: OnceLock::new(),
                documents,
                redirects: Redirects::default(),
                doubles,
            }
        })
    }
}

/// What is walked: who is joined to whom, and how many of each kind are.
fn walked(state: &State) -> (DiGraph<EntityFacts, RelationshipFacts>, Adjacency, Census) {
    let mut positions: HashMap<&str, EntityIndex, RandomState> =
        HashMap::with_capacity_and_hasher(state.entities.len(), RandomState::default());
    positions.extend(state.entities.iter().zip(0..).map(|(entity, at)| (entity.id.as_str(), EntityIndex(at))));
    let position = |id: &str| {
        let found = positions.get(id);
        *found.expect("validation has made sure that the ends of relationships exist")
    };
    let mut structure = DiGraph::with_capacity(state.entities.len(), state.relationships.len());
    for entity in &state.entities {
        structure.add_node(EntityFacts::of(entity));
    }
    let mut ends = Vec::with_capacity(state.relationships.len());
    for relationship in &state.relationships {
        let (source, target) = (position(relationship.source.as_str()), position(relationship.target.as_str()));
        ends.push((source, relationship.kind, target));
        let [from, to] = [source, target].map(|end| NodeIndex::new(end.position()));
        structure.add_edge(from, to, RelationshipFacts::of(relationship));
        if relationship.kind == RelationshipKind::PartOf {
            for end in [from, to] {
                structure[end].is_field |= structure[end].kind == EntityKind::Topic;
            }
        }
    }
    drop(positions);
    let kinds: Vec<_> = state.entities.iter().map(|entity| entity.kind).collect();
    let adjacency = Adjacency::build(&kinds, ends.iter().copied());
    let census = Census::of(structure.node_weights(), ends.iter().copied());
    (structure, adjacency, census)
}
