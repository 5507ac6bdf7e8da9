//! Which entities and relationships of a snapshot are exported, and how the view shows them.

use std::borrow::Cow;

use async_graphql::Result;

use super::parameters::Parameters;
use crate::api::error::Code;
use crate::api::limits::Limits;
use crate::api::query::within;
use crate::api::scope::Scope;
use crate::api::vocabulary::Layout;
use crate::export::{Contents, Link, Node, Place, Tie};
use crate::graph::{self, EntityIndex, RelationshipIndex};
use crate::model::change::Revision;
use crate::model::citation::{Citation, Document};
use crate::model::entity::EntityRecord;

/// What is exported, as places in a snapshot: each list sorted by id.
pub(super) struct Selection {
    pub(super) scope: Scope,
    /// Whether it is the whole snapshot.
    pub(super) is_everything: bool,
    entities: Vec<(EntityIndex, Option<Place>)>,
    relationships: Vec<RelationshipIndex>,
    projection: Option<graph::Projection>,
    /// Of each document of the snapshot, whether it is cited.
    documents: Vec<bool>,
}

impl Selection {
    /// Chooses from the view of the scope.
    pub(super) fn new(scope: Scope, parameters: &Parameters, limits: Limits) -> Result<Self> {
        let is_everything = parameters.ask_for_everything();
        let question = parameters.projection(&scope)?;
        let projection =
            question.map(|question| scope.ask(|graph, view, budget| graph::projection(graph, view, &question, budget)));
        let projection = projection.transpose()?;
        let filter = |name: &str| -> Result<Option<graph::EntityFilter>> {
            parameters.entity_filter(name)?.map(|filter| filter.resolve(&scope, name)).transpose()
        };
        let (show, filter) = (filter("show")?, filter("filter")?.unwrap_or_default());
        let (entities, relationships) = if let Some(projection) = &projection {
            (projection.entities().iter().map(|&entity| (entity, None)).collect(), Vec::new())
        } else if parameters.ask_for_a_network() {
            network(&scope, parameters, filter, show, limits)?
        } else if show.is_some() {
            return Err(Code::InvalidInput.error(
                "show: it says what of a network is drawn, and none is asked for; give `around` too, or use `filter`",
            ));
        } else {
            part(&scope, &filter)?
        };
        let documents = vec![is_everything; scope.snapshot.state().documents.len()];
        let mut selection = Self { scope, is_everything, entities, relationships, projection, documents };
        if !is_everything {
            selection.documents = selection.cited();
        }
        Ok(selection)
    }

    pub(super) fn counts(&self) -> (usize, usize) {
        let ties = self.projection.as_ref().map(|projection| projection.edges().len());
        (self.entities.len(), ties.unwrap_or(self.relationships.len()))
    }

    fn cited(&self) -> Vec<bool> {
        let mut cited = self.documents.clone();
        let graph = self.scope.graph();
        let mut mark = |citation: &Citation| {
            if let Some(document) = graph.find_document(citation.document.as_str()) {
                cited[document.position()] = true;
            }
        };
        for node in self.nodes() {
            node.entity.citations.iter().for_each(&mut mark);
            node.entity.figures.iter().for_each(|figure| mark(&figure.citation));
        }
        for link in self.links() {
            link.relationship.citations.iter().for_each(&mut mark);
        }
        for tie in self.ties().into_iter().flatten() {
            tie.citations.iter().for_each(&mut mark);
        }
        cited
    }

    /// An entity with the citations and figures alone that the view shows.
    fn shown(&self, entity: EntityIndex) -> Cow<'_, EntityRecord> {
        let Scope { snapshot, view, .. } = &self.scope;
        let whole: &EntityRecord = &snapshot.graph().entity(entity).value;
        let shows = |citation: &Citation| view.shows(snapshot.graph(), citation);
        if whole.citations.iter().chain(whole.figures.iter().map(|figure| &figure.citation)).all(shows) {
            return Cow::Borrowed(whole);
        }
        let mut record = whole.clone();
        record.citations.retain(shows);
        record.figures.retain(|figure| shows(&figure.citation));
        Cow::Owned(record)
    }
}

impl Contents for Selection {
    fn revision(&self) -> Revision {
        self.scope.snapshot.state().revision()
    }

    fn documents(&self) -> Box<dyn Iterator<Item = &Document> + '_> {
        let all = self.scope.snapshot.state().documents.iter().zip(&self.documents);
        Box::new(all.filter(|(_, cited)| **cited).map(|(document, _)| &document.value))
    }

    fn nodes(&self) -> Box<dyn Iterator<Item = Node<'_>> + '_> {
        Box::new(self.entities.iter().map(|&(entity, place)| {
            let entity = self.shown(entity);
            let merged = self.scope.graph().redirects().merged_into(entity.id.as_str()).collect();
            Node { entity, merged, place }
        }))
    }

    fn links(&self) -> Box<dyn Iterator<Item = Link<'_>> + '_> {
        let graph = self.scope.graph();
        Box::new(self.relationships.iter().map(|&index| {
            let (source, target) = graph.ends(index);
            let kind = |end| graph.entity(end).kind;
            let relationship = self.scope.view.shown(graph, index);
            Link { relationship, source: kind(source), target: kind(target) }
        }))
    }

    fn ties(&self) -> Option<Box<dyn Iterator<Item = Tie<'_>> + '_>> {
        let projection = self.projection.as_ref()?;
        let mut edges: Vec<_> = projection.edges().iter().collect();
        edges.sort_unstable_by_key(|edge| (edge.one, edge.other));
        Some(Box::new(edges.into_iter().map(|edge| self.tie(projection, edge))))
    }
}

impl Selection {
    fn tie<'a>(&'a self, projection: &graph::Projection, edge: &graph::ProjectionEdge) -> Tie<'a> {
        let graph = self.scope.graph();
        let witnesses = projection.witnesses(edge);
        let steps = witnesses.iter().flat_map(|witness| witness.one.iter().chain(&witness.other)).copied();
        let shown = steps.clone().flat_map(|step| self.scope.view.shown(graph, step).citations.clone());
        let mut citations: Vec<Citation> = shown.collect();
        citations.sort();
        citations.dedup();
        let id = |place: u32| &graph.entity(projection.entities()[place as usize]).id;
        Tie {
            source: id(edge.one),
            target: id(edge.other),
            weight: edge.weight,
            significance: edge.significance,
            through: witnesses.iter().map(|witness| &graph.entity(witness.through).id).collect(),
            relationships: steps.map(|step| graph.relationship(step).id()).collect(),
            citations,
        }
    }
}

type Chosen = (Vec<(EntityIndex, Option<Place>)>, Vec<RelationshipIndex>);

/// The entities of the view that pass the filter, and the relationships of the view among them.
fn part(scope: &Scope, filter: &graph::EntityFilter) -> Result<Chosen> {
    let order = graph::EntityOrder::default();
    let mut chosen = scope.ask(|graph, view, budget| graph::entities(graph, view, filter, &order, budget))?;
    chosen.sort_unstable();
    let mut is_chosen = vec![false; scope.graph().entity_count()];
    chosen.iter().for_each(|entity| is_chosen[entity.position()] = true);
    let any = graph::RelationshipFilter::default();
    let mut among = scope.ask(|graph, view, budget| graph::relationships(graph, view, &any, budget))?;
    among.retain(|&relationship| {
        let (source, target) = scope.graph().ends(relationship);
        is_chosen[source.position()] && is_chosen[target.position()]
    });
    among.sort_unstable();
    Ok((chosen.into_iter().map(|entity| (entity, None)).collect(), among))
}

fn network(
    scope: &Scope,
    parameters: &Parameters,
    filter: graph::EntityFilter,
    show: Option<graph::EntityFilter>,
    limits: Limits,
) -> Result<Chosen> {
    let around = parameters.around().map(|ids| scope.entities("around", &ids)).transpose()?;
    let question = graph::NetworkQuestion {
        around,
        depth: within("depth", parameters.number("depth")?.unwrap_or(1), 0..=graph::DEPTH_LIMIT)?,
        filter,
        show,
        max_nodes: within("maxNodes", parameters.number("maxNodes")?.unwrap_or(200), 0..=limits.page)?,
        layout: parameters.layout()?.unwrap_or(Layout::Force).into(),
    };
    let network = scope.ask(|graph, view, budget| graph::network(graph, view, &question, budget))?;
    let place = |node: &graph::NetworkNode| (node.entity, Some(Place { x: node.x, y: node.y }));
    let mut entities: Vec<_> = network.nodes.iter().map(place).collect();
    entities.sort_unstable_by_key(|&(entity, _)| entity);
    Ok((entities, network.edges))
}
