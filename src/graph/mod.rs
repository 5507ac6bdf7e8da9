//! The graph in memory: one immutable petgraph graph per revision, and everything that walks it.
//!
//! A question is asked of a [`Graph`] through a [`View`] within a [`Budget`]. Each traversal has a file of its own that
//! states its complexity (in entities *V* and relationships *E*) and the order of its results. What cannot be finished
//! within the budget is an error, never a short answer. Finding entities by misspelled names is left to
//! [`search`](crate::search), storing to [`store`](crate::store), wording to [`wording`](crate::wording).
//!
//! # Example
//!
//! Oxford and Sichuan University founded a consortium; West China Hospital belongs to the latter.
//!
//! ```
//! use consortia::graph::*;
//! use consortia::model::entity::EntityKind;
//! # use std::sync::Arc;
//! # use consortia::model::{change::Versioned, entity::Entity, relationship::Relationship, state::State};
//! # let entity = |id: &str, kind: &str| -> Arc<Versioned<Entity>> {
//! #     let citations = serde_json::json!([{ "document": "press-release" }]);
//! #     let record = serde_json::json!({ "id": id, "kind": kind, "name": id, "citations": citations });
//! #     Arc::new(Versioned { revision: 1, value: serde_json::from_value(record).unwrap() })
//! # };
//! # let related = |source: &str, kind: &str, target: &str| -> Arc<Versioned<Relationship>> {
//! #     let citations = serde_json::json!([{ "document": "press-release" }]);
//! #     let record = serde_json::json!({ "source": source, "kind": kind, "target": target, "citations": citations });
//! #     Arc::new(Versioned { revision: 1, value: serde_json::from_value(record).unwrap() })
//! # };
//! # let state = State {
//! #     entities: vec![
//! #         entity("consortium", "CONSORTIUM"),
//! #         entity("oxford", "UNIVERSITY"),
//! #         entity("sichuan-university", "UNIVERSITY"),
//! #         entity("west-china-hospital", "HOSPITAL"),
//! #     ],
//! #     relationships: vec![
//! #         related("oxford", "FOUNDED", "consortium"),
//! #         related("sichuan-university", "FOUNDED", "consortium"),
//! #         related("west-china-hospital", "AFFILIATED_WITH", "sichuan-university"),
//! #     ],
//! #     ..State::default()
//! # };
//! let graph = Graph::build(&state);
//! let view = View::everything();
//! let budget = Budget::of(1_000_000);
//! let oxford = graph.find_entity("oxford").unwrap();
//! let hospital = graph.find_entity("west-china-hospital").unwrap();
//!
//! // Which hospitals link to Oxford through a consortium?
//! let question = LinkQuestion {
//!     from: vec![oxford],
//!     through: EntityFilter::of_kinds([EntityKind::Consortium]),
//!     to: EntityFilter::of_kinds([EntityKind::Hospital]),
//!     via: RelationshipFilter::default(),
//!     reach: 2,
//! };
//! let found = links(&graph, &view, &question, &budget)?;
//! assert_eq!((found[0].entity, found[0].distance), (hospital, 3));
//! let walks = link_paths(&graph, &view, &question, &found[0], 3, &budget)?;
//! assert_eq!(walks[0].entities.len(), 4);
//!
//! // How are the two connected, over whatever there is?
//! let question = PathQuestion {
//!     from: vec![oxford],
//!     to: vec![hospital],
//!     select: PathSelection::AllShortest,
//!     max_length: 6,
//!     avoid: None,
//!     via: RelationshipFilter::default(),
//!     k: 3,
//!     weights: PathWeights::default(),
//! };
//! assert_eq!(paths(&graph, &view, &question, &budget)?, walks);
//!
//! // Who is one step from Oxford, and what does the neighborhood of two steps look like?
//! let everyone = EntityFilter::default();
//! let near = neighbors(&graph, &view, oxford, &everyone, &RelationshipFilter::default(), &budget)?;
//! assert_eq!(graph.entity(near[0].entity).name, "consortium");
//! let question = NetworkQuestion {
//!     around: Some(vec![oxford]),
//!     depth: 2,
//!     filter: everyone,
//!     show: None,
//!     max_nodes: 200,
//!     layout: Layout::Force,
//! };
//! let picture = network(&graph, &view, &question, &budget)?;
//! assert_eq!((picture.nodes.len(), picture.edges.len(), picture.truncated), (3, 2, false));
//! assert_eq!(statistics(&graph, &view, &budget)?.relationships, 3);
//! # Ok::<(), TraversalError>(())
//! ```

mod adjacency;
mod budget;
mod build;
mod census;
mod cities;
pub mod community;
mod compare;
mod components;
mod cuts;
mod documents;
mod doubles;
mod entities;
mod facts;
mod filter;
mod grouped;
mod holding;
mod identifiers;
mod index;
mod kinds;
mod links;
pub mod measure;
mod names;
mod neighbors;
mod network;
mod path;
mod paths;
mod pattern;
mod projection;
mod quality;
mod random;
mod relationships;
mod shared;
mod similarity;
mod statistics;
mod subject;
mod suggestion;
mod support;
mod ties;
mod timeline;
mod view;
mod walk;

use std::sync::{Arc, OnceLock};

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};

use self::adjacency::{Adjacency, Incidence, by_other};
use self::census::Census;
use self::cities::Cities;
use self::doubles::Doubles;
use self::facts::{EntityFacts, RelationshipFacts};
use self::holding::Known;
use self::identifiers::Identifiers;
use self::names::Names;
use self::support::Support;
use crate::model::change::Versioned;
use crate::model::edtf::Day;
use crate::model::entity::Entity;
use crate::model::identifier::Identifier;
use crate::model::redirects::Redirects;
use crate::model::relationship::Relationship;

pub use self::budget::{Budget, Exhausted, Standing, TraversalError};
pub use self::compare::{Comparison, Difference, Differing, Field, Seen, compare, entity_text, relationship_text};
pub use self::components::{Component, component_numbers, components, components_of};
pub use self::cuts::{Bridge, CutVertex, bridges, cut_vertices, cut_vertices_of};
pub use self::documents::entities_citing;
pub use self::doubles::{Double, Doubt};
pub use self::entities::{EntityOrder, OrderBy, entities};
pub use self::filter::{DateFilter, EntityFilter, IdentifierQuery, RelationshipFilter, TextQuery};
pub use self::holding::Certainty;
pub use self::index::{DocumentIndex, EntityIndex, RelationshipIndex};
pub use self::kinds::{EntityKinds, IssueKinds, RelationshipKinds};
pub use self::links::{Link, LinkQuestion, REACH_LIMIT, link_paths, links};
pub use self::neighbors::{Neighbor, neighbors};
pub use self::network::{
    DEPTH_LIMIT, Layout, Network, NetworkNode, NetworkQuestion, entity_days, network, relationship_days,
};
pub use self::path::{Path, Step};
pub use self::paths::{COUNT_LIMIT, LENGTH_LIMIT, PathQuestion, PathSelection, PathWeights, path_strength, paths};
pub use self::pattern::{
    Binding, BoundValue, Match, MatchError, Matches, Parameter, Parameters, PatternError, PatternQuestion, PlanStep,
    Prepared, matches, prepare,
};
pub use self::projection::{
    Projection, ProjectionEdge, ProjectionPicture, ProjectionQuestion, Witness, picture, projection,
};
pub use self::quality::{Evidence, Issue, IssueKind, QualityQuestion, Severity, quality};
pub use self::relationships::{degree, relationships, relationships_of};
pub use self::shared::{Shared, shared};
pub use self::similarity::{Similar, Similarity, similar};
pub use self::statistics::{Statistics, YearCount, statistics};
pub use self::subject::Subject;
pub use self::suggestion::{
    BACKTEST_LIMIT, Backtest, BacktestQuestion, Reason, Suggestion, SuggestionMethod, backtest, suggestions,
};
pub use self::ties::Ties;
pub use self::timeline::{
    Happening, Part, TimelineBucket, TimelineEntry, TimelineQuestion, TimelineUnit, buckets, timeline,
};
pub use self::view::{View, ViewSpec};

/// Everything known at one revision, ready to be walked. It never changes; readers share it without locks.
///
/// petgraph's graph holds who is joined to whom and the few facts about each that a walk asks for. Its adjacency lists
/// are linked in the order of insertion, so each step of a scan is a jump in memory; what walks many relationships at
/// once reads them from sorted slices that are made from it. The records are shared with the
/// [`State`](crate::model::state::State) that it was built from.
pub struct Graph {
    structure: DiGraph<EntityFacts, RelationshipFacts>,
    adjacency: Adjacency,
    census: Census,
    known: Known,
    entities: Vec<Arc<Versioned<Entity>>>,
    relationships: Vec<Arc<Versioned<Relationship>>>,
    documents: Vec<crate::model::id::DocumentId>,
    entity_support: Support,
    relationship_support: Support,
    names: Names,
    identifiers: Identifiers,
    cities: OnceLock<Cities>,
    latest_start: Day,
    redirects: Redirects,
    doubles: Doubles,
}

/// Which way a relationship leads, seen from one of its ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// The entity is the source.
    Out,
    /// The entity is the target.
    In,
    /// Either.
    #[default]
    Both,
}

impl Direction {
    /// Whether a relationship that leads away from the entity (`forward`) or towards it is meant.
    fn admits(self, forward: bool) -> bool {
        match self {
            Self::Out => forward,
            Self::In => !forward,
            Self::Both => true,
        }
    }
}

/// All functions that take an index panic where it is not one of this graph; indices of another revision mean other
/// things.
impl Graph {
    /// How many entities there are, in view or not.
    pub fn entity_count(&self) -> usize {
        self.entities.len()
    }

    /// How many relationships there are, in view or not.
    pub fn relationship_count(&self) -> usize {
        self.relationships.len()
    }

    /// The indices of all entities, in the order of their ids.
    pub fn entities(&self) -> impl DoubleEndedIterator<Item = EntityIndex> + ExactSizeIterator + use<> {
        (0..self.entities.len() as u32).map(EntityIndex)
    }

    /// The indices of all relationships, in the order of their ids.
    pub fn relationships(&self) -> impl DoubleEndedIterator<Item = RelationshipIndex> + ExactSizeIterator + use<> {
        (0..self.relationships.len() as u32).map(RelationshipIndex)
    }

    /// The latest of the first days on which relationships of the graph may have begun, of what had begun on the day of
    /// its revision; 0 where none has a date.
    pub fn latest_start(&self) -> Day {
        self.latest_start
    }

    /// The record of an entity.
    pub fn entity(&self, entity: EntityIndex) -> &Arc<Versioned<Entity>> {
        &self.entities[entity.position()]
    }

    /// The record of a relationship.
    pub fn relationship(&self, relationship: RelationshipIndex) -> &Arc<Versioned<Relationship>> {
        &self.relationships[relationship.position()]
    }

    /// The same graph, in which ids that were merged into others answer with those.
    #[must_use]
    pub fn redirected(mut self, redirects: Redirects) -> Self {
        self.redirects = redirects;
        self
    }

    /// The ids that were merged into others.
    pub fn redirects(&self) -> &Redirects {
        &self.redirects
    }

    /// The same graph, in which the entities of pairs of ids that are open questions are probably one, and those that were
    /// told apart are not. Ids of which there is no entity are passed over.
    #[must_use]
    pub fn doubting<'i>(
        mut self,
        asked: impl Iterator<Item = (&'i str, &'i str)>,
        apart: impl Iterator<Item = (&'i str, &'i str)>,
    ) -> Self {
        let found = |(one, other): (&str, &str)| self.find_entity(one).zip(self.find_entity(other));
        let (asked, apart): (Vec<_>, Vec<_>) = (asked.filter_map(found).collect(), apart.filter_map(found).collect());
        self.doubles.decided(&asked, &apart);
        self
    }

    /// The entities that one is probably the same as, in the order of their ids: organizations that are open questions,
    /// or have a name and the country in common with it. No view is asked. *O(log d)* for *d* of them in all.
    pub fn doubles(&self, entity: EntityIndex) -> &[Double] {
        self.doubles.of(entity)
    }

    /// The entity with this id, or the one that it was merged into. *O(log V)*.
    pub fn find_entity(&self, id: &str) -> Option<EntityIndex> {
        let find = |id: &str| self.entities.binary_search_by(|entity| entity.id.as_str().cmp(id)).ok();
        let position = find(id).or_else(|| find(self.redirects.entity(id)?.as_str()))?;
        Some(EntityIndex(position as u32))
    }

    /// The relationship with this id, or the one that goes by another since its ends were merged. *O(log E)*.
    pub fn find_relationship(&self, id: &str) -> Option<RelationshipIndex> {
        let find =
            |id: &str| self.relationships.binary_search_by(|relationship| relationship.id().as_str().cmp(id)).ok();
        let position = find(id).or_else(|| find(self.redirects.relationship(id)?.as_str()))?;
        Some(RelationshipIndex(position as u32))
    }

    /// The entity at a position of [`State::entities`](crate::model::state::State::entities); `None` past the end.
    pub fn entity_at(&self, position: usize) -> Option<EntityIndex> {
        (position < self.entities.len()).then_some(EntityIndex(position as u32))
    }

    /// The document with this id, for filters and views. *O(log n)*.
    pub fn find_document(&self, id: &str) -> Option<DocumentIndex> {
        let found = self.documents.binary_search_by(|document| document.as_str().cmp(id));
        found.ok().map(|position| DocumentIndex(position as u32))
    }

    /// The entities that bear this key of an outside registry, in the order of their ids; as a rule at most one.
    pub fn find_by_identifier(&self, identifier: &Identifier) -> Vec<EntityIndex> {
        let bears = |entity: &EntityIndex| self.entity(*entity).identifiers.contains(identifier);
        self.identifiers.near(identifier).filter(bears).collect()
    }

    /// The source and the target of a relationship.
    pub fn ends(&self, relationship: RelationshipIndex) -> (EntityIndex, EntityIndex) {
        let (source, target) = self
            .structure
            .edge_endpoints(EdgeIndex::new(relationship.position()))
            .expect("an index of a relationship comes from this graph");
        (EntityIndex(source.index() as u32), EntityIndex(target.index() as u32))
    }

    /// The relationships of an entity, each with the entity at its other end and whether it leads away from this one.
    ///
    /// In the order of the other end's kind, the other end's id, the relationship's id: relationships with the same
    /// other end are neighbors in it. No view is asked.
    pub fn incident(
        &self,
        entity: EntityIndex,
        direction: Direction,
    ) -> impl Iterator<Item = (RelationshipIndex, EntityIndex, bool)> + '_ {
        let incidences = self.adjacency.of(entity).iter();
        incidences
            .filter(move |incidence| direction.admits(incidence.forward))
            .map(|incidence| (incidence.relationship, incidence.other, incidence.forward))
    }

    /// Whether an entity is a field of a classification: a topic that is part of another, or has another as a part.
    pub fn is_field(&self, entity: EntityIndex) -> bool {
        self.facts(entity).is_field
    }

    /// The rank of an entity's folded preferred name among all; equal names have one rank.
    fn name_rank(&self, entity: EntityIndex) -> u32 {
        self.names.rank(entity)
    }

    fn facts(&self, entity: EntityIndex) -> &EntityFacts {
        &self.structure[NodeIndex::new(entity.position())]
    }

    fn relationship_facts(&self, relationship: RelationshipIndex) -> &RelationshipFacts {
        &self.structure[EdgeIndex::new(relationship.position())]
    }

    fn incidences(&self, entity: EntityIndex) -> &[Incidence] {
        self.adjacency.of(entity)
    }
}

/// What every part of one traversal needs: the graph, the part of it that is in view, and what may still be spent.
#[derive(Clone, Copy)]
struct Scope<'a> {
    graph: &'a Graph,
    view: &'a View,
    budget: &'a Budget,
}

impl Scope<'_> {
    /// The relationships of the view between two entities, by id.
    fn between(self, one: EntityIndex, other: EntityIndex) -> Result<Vec<RelationshipIndex>, Exhausted> {
        // Read at the end that has fewer.
        let is_shorter = self.graph.incidences(one).len() <= self.graph.incidences(other).len();
        let (at, other) = if is_shorter { (one, other) } else { (other, one) };
        self.budget.spend(1)?;
        let parallel = self.graph.adjacency.joining(at, other, self.graph.facts(other).kind).iter();
        let seen = parallel.filter(|incidence| self.view.admits_incidence(self.graph, at, incidence));
        Ok(seen.map(|incidence| incidence.relationship).collect())
    }

    /// The entities that a relationship of the view joins to this one, each once, by kind and then by id.
    fn neighbors(self, entity: EntityIndex) -> Result<Vec<EntityIndex>, Exhausted> {
        let incidences = self.graph.incidences(entity);
        self.budget.spend(incidences.len())?;
        let is_seen = |parallel: &&[Incidence]| {
            parallel.iter().any(|incidence| self.view.admits_incidence(self.graph, entity, incidence))
        };
        let seen = by_other(incidences).filter(is_seen).map(|parallel| parallel[0].other);
        Ok(seen.filter(|&other| other != entity).collect())
    }
}
