//! When what a picture shows was there, for whoever plays it over time.

use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::graph::{Graph, Network};
use crate::model::edtf::{Day, EdtfDate};

/// The first and the last day on which an entity may have been there; [`Day::MIN`] and [`Day::MAX`] where open. *O(1)*.
pub fn entity_days(graph: &Graph, entity: EntityIndex) -> (Day, Day) {
    graph.entity(entity).days()
}

/// The first and the last day on which a relationship may have held, or an act may have happened; [`Day::MIN`] and
/// [`Day::MAX`] where open. An act of which only the start is known is over with it. *O(1)*.
pub fn relationship_days(graph: &Graph, relationship: RelationshipIndex) -> (Day, Day) {
    let record = graph.relationship(relationship);
    let days = record.period().days();
    if record.kind.lasts() || days.1 != Day::MAX {
        return days;
    }
    (days.0, record.since.as_ref().map_or(Day::MAX, EdtfDate::last_day))
}

impl Network {
    /// The first and the last day that a node or an edge of it names; `None` where none has a date. *O(n)*.
    pub fn days(&self, graph: &Graph) -> Option<(Day, Day)> {
        let nodes = self.nodes.iter().map(|node| entity_days(graph, node.entity));
        let edges = self.edges.iter().map(|&edge| relationship_days(graph, edge));
        let days = nodes.chain(edges).flat_map(|(first, last)| [first, last]);
        let mut named = days.filter(|&day| day != Day::MIN && day != Day::MAX);
        let first = named.next()?;
        Some(named.fold((first, first), |(least, most), day| (least.min(day), most.max(day))))
    }
}
