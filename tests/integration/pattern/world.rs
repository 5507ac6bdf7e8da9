//! Small graphs for patterns: organizations with a country and a date, joined by relationships of three kinds.

use std::sync::Arc;

use consortia::graph::{Budget, Graph, Match, MatchError, Matches, Parameters, PatternQuestion, View, matches};
use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::name::{Name, NameKind};
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use consortia::model::state::State;

/// An entity of a small graph.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: EntityKind,
    pub(super) country: Option<&'static str>,
    pub(super) since: Option<&'static str>,
    /// A name besides the preferred one, which is the id.
    pub(super) other_name: Option<(&'static str, NameKind)>,
}

/// A relationship of a small graph, by the positions of its ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) source: usize,
    pub(super) kind: RelationshipKind,
    pub(super) target: usize,
    /// Tells parallel ones apart.
    pub(super) key: usize,
    pub(super) stated: bool,
}

/// A small graph. Positions are those of the graph that is built of it.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

/// The id of the node at a position of a graph with so many.
fn id(position: usize, count: usize) -> EntityId {
    let digits = if count <= 100 { 2 } else { 4 };
    EntityId::new(&format!("e{position:0digits$}")).unwrap()
}

fn citation(strength: Strength) -> Citation {
    Citation {
        document: DocumentId::new("document").unwrap(),
        locator: None,
        strength,
        note: (strength == Strength::Inferred).then(|| "it follows".into()),
    }
}

impl World {
    /// Nodes and edges, the latter without loops and repetitions, in the order of the graph's relationships.
    pub(super) fn new(nodes: Vec<Node>, edges: Vec<Edge>) -> Self {
        let count = nodes.len();
        let wrapped =
            edges.into_iter().map(|edge| Edge { source: edge.source % count, target: edge.target % count, ..edge });
        let mut edges: Vec<Edge> = wrapped.filter(|edge| edge.source != edge.target).collect();
        edges.sort_by_cached_key(|edge| relationship(edge, count).id().to_string());
        edges.dedup_by_key(|edge| relationship(edge, count).id().to_string());
        Self { nodes, edges }
    }

    pub(super) fn graph(&self) -> Graph {
        let count = self.nodes.len();
        let entities = self.nodes.iter().enumerate().map(|(position, node)| {
            let mut record = EntityRecord::new(id(position, count), node.kind, id(position, count).as_str());
            record.country = node.country.map(|country| country.parse().unwrap());
            record.since = node.since.map(|since| since.parse().unwrap());
            record.names = node
                .other_name
                .map(|(text, kind)| Name { text: text.into(), kind, language: None })
                .into_iter()
                .collect();
            record.citations = vec![citation(Strength::Stated)];
            Arc::new(Versioned { revision: 1, value: Entity::new(record).unwrap() })
        });
        let relationships =
            self.edges.iter().map(|edge| Arc::new(Versioned { revision: 1, value: relationship(edge, count) }));
        Graph::build(&State {
            entities: entities.collect(),
            relationships: relationships.collect(),
            ..State::default()
        })
    }
}

fn relationship(edge: &Edge, count: usize) -> Relationship {
    let [source, target] = [edge.source, edge.target].map(|position| id(position, count));
    let mut record = RelationshipRecord::new(source, edge.kind, target);
    record.key = Some(format!("k{}", edge.key));
    record.citations = vec![citation(if edge.stated { Strength::Stated } else { Strength::Inferred })];
    Relationship::new(record).unwrap()
}

/// The rows of a pattern without parameters over everything.
pub(super) fn ask(graph: &Graph, pattern: &str) -> Result<Matches, MatchError> {
    ask_within(graph, &View::everything(), pattern, Parameters::new(), &Budget::unlimited())
}

pub(super) fn ask_within(
    graph: &Graph,
    view: &View,
    pattern: &str,
    parameters: Parameters,
    budget: &Budget,
) -> Result<Matches, MatchError> {
    matches(graph, view, &PatternQuestion { pattern: pattern.to_owned(), parameters }, budget)
}

pub(super) fn rows(graph: &Graph, found: &Matches) -> Vec<Match> {
    (0..found.len()).map(|position| found.get(graph, position)).collect()
}
