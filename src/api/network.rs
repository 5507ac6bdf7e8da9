//! A part of the graph, ready to draw.

use async_graphql::{ID, Object, SimpleObject};

use super::entity::Entity;
use super::relationship::Relationship;
use super::scalar::EdtfDate;
use super::scope::{Scope, int};
use crate::graph;
use crate::model;
use crate::model::edtf::Day;

/// A network of the view that was asked.
pub(crate) struct Network {
    pub(super) scope: Scope,
    pub(super) network: graph::Network,
}

/// An entity with its place in the picture.
#[derive(SimpleObject)]
pub(crate) struct NetworkNode {
    /// The entity.
    entity: Entity,
    /// From left to right; about -1 to 1.
    x: f64,
    /// From bottom to top; about -1 to 1.
    y: f64,
    /// How many relationships of this network name it.
    degree: i32,
    /// The number of its community in this network, by modularity; 0 is the largest.
    community: i32,
    /// The first day on which it may have been there; null where that is open or not known.
    since: Option<EdtfDate>,
    /// The last day on which it may have been there; null where that is open or not known.
    until: Option<EdtfDate>,
}

impl NetworkNode {
    pub(super) fn new(scope: &Scope, node: &graph::NetworkNode) -> Self {
        let (since, until) = ends(graph::entity_days(scope.graph(), node.entity));
        Self {
            entity: Entity::new(scope, node.entity),
            x: node.x,
            y: node.y,
            degree: int(node.degree),
            community: int(node.community),
            since,
            until,
        }
    }
}

/// A relationship between two nodes of the picture.
#[derive(SimpleObject)]
pub(crate) struct NetworkEdge {
    /// The relationship.
    relationship: Relationship,
    /// The id of the entity that it leads from.
    source: ID,
    /// The id of the entity that it leads to.
    target: ID,
    /// The first day on which it may have held or happened; null where that is open or not known.
    since: Option<EdtfDate>,
    /// The last day on which it may have held or happened; null where that is open or not known.
    until: Option<EdtfDate>,
}

/// From the first day to the last that a network names.
#[derive(SimpleObject)]
pub(crate) struct Span {
    /// The first day.
    since: EdtfDate,
    /// The last day.
    until: EdtfDate,
}

/// The first and the last day as dates, `None` where open.
fn ends((first, last): (Day, Day)) -> (Option<EdtfDate>, Option<EdtfDate>) {
    let date = |day| model::edtf::EdtfDate::of_day(day).map(EdtfDate);
    (date(first), date(last))
}

/// Entities with places and the relationships between them.
#[Object]
impl Network {
    /// The entities, nearest first, then by degree in the view, then by id.
    async fn nodes(&self) -> Vec<NetworkNode> {
        let nodes = self.network.nodes.iter();
        nodes.map(|node| NetworkNode::new(&self.scope, node)).collect()
    }

    /// The relationships of the view between these entities, sorted by id.
    async fn edges(&self) -> Vec<NetworkEdge> {
        let graph = self.scope.graph();
        let edges = self.network.edges.iter();
        edges
            .map(|&index| {
                let (source, target) = graph.ends(index);
                let (since, until) = ends(graph::relationship_days(graph, index));
                NetworkEdge {
                    relationship: Relationship::new(&self.scope, index),
                    source: ID(graph.entity(source).id.to_string()),
                    target: ID(graph.entity(target).id.to_string()),
                    since,
                    until,
                }
            })
            .collect()
    }

    /// From the first day to the last that a node or an edge names, for playing it over time; null where none has a date.
    async fn span(&self) -> Option<Span> {
        let (since, until) = ends(self.network.days(self.scope.graph())?);
        Some(Span { since: since?, until: until? })
    }

    /// Whether entities were cut off to keep to `maxNodes`; what `show` leaves out is counted in `hidden`.
    async fn truncated(&self) -> bool {
        self.network.truncated
    }

    /// How many entities were walked and are not drawn, because they do not pass `show`; 0 without it.
    async fn hidden(&self) -> i32 {
        int(self.network.hidden)
    }

    /// How many entities would be drawn without `maxNodes`; those that `show` leaves out are not counted.
    async fn node_count(&self) -> i32 {
        int(self.network.node_count)
    }

    /// How many relationships there are among the entities that `nodeCount` counts.
    async fn edge_count(&self) -> i32 {
        int(self.network.edge_count)
    }
}
