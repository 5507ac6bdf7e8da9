//! A picture of a part of the graph: the neighborhood of some entities, or everything, cut to a size that can be drawn.

mod force;
mod layout;
mod span;

use std::cmp::Reverse;

use super::community::communities_of_pairs;
use super::filter::EntityMatcher;
use super::index::{EntityIndex, RelationshipIndex};
use super::{Budget, EntityFilter, Exhausted, Graph, Scope, TraversalError, View};

pub use self::layout::Layout;
pub(super) use self::layout::places;
pub use self::span::{entity_days, relationship_days};

/// The greatest depth that may be asked for, in steps.
pub const DEPTH_LIMIT: usize = 5;

/// Around whom, how far, what and how many.
#[derive(Clone, Debug)]
pub struct NetworkQuestion {
    /// The entities in the middle; `None` means the whole view.
    pub around: Option<Vec<EntityIndex>>,
    /// How many steps away from them, 0 to [`DEPTH_LIMIT`]; without them it means nothing.
    pub depth: usize,
    /// What is walked besides the entities in the middle: steps run only onto what passes.
    pub filter: EntityFilter,
    /// Which of what was walked is drawn besides the entities in the middle; `None` means all.
    pub show: Option<EntityFilter>,
    /// How many entities are kept.
    pub max_nodes: usize,
    /// How the nodes are placed.
    pub layout: Layout,
}

/// A network that is ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// The kept entities by distance from the middle, degree before the cut (most first), id.
    pub nodes: Vec<NetworkNode>,
    /// All relationships in the view among the kept entities, in the order of their ids.
    pub edges: Vec<RelationshipIndex>,
    /// Whether entities were cut off to keep to `max_nodes`.
    pub truncated: bool,
    /// How many entities were walked and not shown.
    pub hidden: usize,
    /// How many entities were shown before the cut.
    pub node_count: usize,
    /// How many relationships there were among them before the cut.
    pub edge_count: usize,
}

/// An entity in a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetworkNode {
    /// Who.
    pub entity: EntityIndex,
    /// Rightwards, -1 to 1.
    pub x: f64,
    /// Upwards, -1 to 1.
    pub y: f64,
    /// How many of the network's edges it is an end of.
    pub degree: usize,
    /// The number of its community within the network; 0 is the biggest.
    pub community: usize,
}

/// The entities in the view that are within `depth` steps of those given, with all relationships among them.
///
/// Those given are in whether they pass the filters or not, but not where they are outside the view. What is farther is
/// reached only over entities that pass `filter`. Of what was reached only what passes `show` is drawn, with the
/// relationships among it: what was walked over and is not shown leaves no tie, so that a node may stand alone. Where
/// there are more than `max_nodes`, the nearest are kept, among equals those with the most relationships to the others.
/// The same question gives the same picture.
///
/// **Complexity.** *O(n log n + m)* for *n* entities and *m* relationships before the cut, *O(V + E)* for the whole
/// view; then the communities and the layout of what is kept.
///
/// # Errors
/// [`TraversalError::OutOfRange`] for a depth above the limit; [`TraversalError::Exhausted`] when the budget covers
/// less than the whole network before the cut.
pub fn network(
    graph: &Graph,
    view: &View,
    question: &NetworkQuestion,
    budget: &Budget,
) -> Result<Network, TraversalError> {
    TraversalError::check("depth", question.depth, 0..=DEPTH_LIMIT)?;
    let scope = Scope { graph, view, budget };
    let mut reached = match &question.around {
        Some(around) => neighborhood(scope, question, around)?,
        None => everything(scope, question)?,
    };
    let hidden = hide(scope, question, &mut reached)?;
    let (mut nodes, edge_count) = with_degrees(scope, &reached)?;
    nodes.sort_unstable_by_key(|&(entity, distance, degree)| (distance, Reverse(degree), entity));
    let node_count = nodes.len();
    nodes.truncate(question.max_nodes);
    if nodes.len() < node_count {
        budget.note_cut();
    }
    let kept: Vec<EntityIndex> = nodes.iter().map(|&(entity, ..)| entity).collect();
    let (edges, ends) = edges_among(scope, &kept)?;

    let communities = communities_of_pairs(&kept, &ends, budget)?;
    let places = layout::places(question.layout, &communities, &ends, budget)?;
    let mut degrees = vec![0; kept.len()];
    for &(one, other) in &ends {
        degrees[one] += 1;
        degrees[other] += 1;
    }
    let node = |position: usize| NetworkNode {
        entity: kept[position],
        x: places[position][0],
        y: places[position][1],
        degree: degrees[position],
        community: communities[position],
    };
    Ok(Network {
        nodes: (0..kept.len()).map(node).collect(),
        edges,
        truncated: kept.len() < node_count,
        hidden,
        node_count,
        edge_count,
    })
}

/// The entities of a network and how far each is from the middle.
type Reached = Vec<(EntityIndex, usize)>;

fn neighborhood(scope: Scope<'_>, question: &NetworkQuestion, around: &[EntityIndex]) -> Result<Reached, Exhausted> {
    let Scope { graph, view, budget } = scope;
    let mut filter = EntityMatcher::new(scope, &question.filter);
    let mut seen = vec![false; graph.entity_count()];
    let mut reached = Vec::new();
    for &entity in around {
        if !seen[entity.position()] && view.admits_entity(graph, entity, budget)? {
            seen[entity.position()] = true;
            reached.push((entity, 0));
        }
    }
    let mut next = 0;
    while let Some(&(at, distance)) = reached.get(next) {
        next += 1;
        if distance == question.depth {
            break;
        }
        let incidences = graph.incidences(at);
        budget.spend(incidences.len())?;
        for incidence in incidences {
            let other = incidence.other;
            if !seen[other.position()] && view.admits_incidence(graph, at, incidence) && filter.matches(other)? {
                seen[other.position()] = true;
                reached.push((other, distance + 1));
            }
        }
    }
    Ok(reached)
}

fn everything(scope: Scope<'_>, question: &NetworkQuestion) -> Result<Reached, Exhausted> {
    let Scope { graph, view, budget } = scope;
    let mut filter = EntityMatcher::new(scope, &question.filter);
    budget.spend(graph.entity_count())?;
    let mut reached = Vec::new();
    for entity in graph.entities() {
        if filter.matches(entity)? && view.admits_entity(graph, entity, budget)? {
            reached.push((entity, 0));
        }
    }
    Ok(reached)
}

/// Takes out what is walked and not shown; says how many.
fn hide(scope: Scope<'_>, question: &NetworkQuestion, reached: &mut Reached) -> Result<usize, Exhausted> {
    let Some(show) = &question.show else { return Ok(0) };
    let mut matcher = EntityMatcher::new(scope, show);
    let mut shown = Vec::new();
    for &(entity, distance) in &*reached {
        let is_middle = question.around.is_some() && distance == 0;
        if is_middle || matcher.matches(entity)? {
            shown.push((entity, distance));
        }
    }
    let hidden = reached.len() - shown.len();
    *reached = shown;
    Ok(hidden)
}

/// An entity, its distance from the middle and its degree among all that were reached.
type Ranked = (EntityIndex, usize, usize);

/// What was reached with its degrees, and how many relationships there are among it.
fn with_degrees(scope: Scope<'_>, reached: &Reached) -> Result<(Vec<Ranked>, usize), Exhausted> {
    let Scope { graph, view, budget } = scope;
    let mut is_reached = vec![false; graph.entity_count()];
    for &(entity, _) in reached {
        is_reached[entity.position()] = true;
    }
    let mut ends = 0;
    let mut nodes = Vec::with_capacity(reached.len());
    for &(entity, distance) in reached {
        let incidences = graph.incidences(entity);
        budget.spend(incidences.len())?;
        let inside = incidences.iter().filter(|incidence| {
            is_reached[incidence.other.position()] && view.admits_incidence(graph, entity, incidence)
        });
        let degree = inside.count();
        ends += degree;
        nodes.push((entity, distance, degree));
    }
    Ok((nodes, ends / 2))
}

/// Relationships, and for each the positions of its ends among the nodes.
type Edges = (Vec<RelationshipIndex>, Vec<(usize, usize)>);

/// The relationships in the view among the kept entities.
fn edges_among(scope: Scope<'_>, kept: &[EntityIndex]) -> Result<Edges, Exhausted> {
    let Scope { graph, view, budget } = scope;
    let mut positions = vec![usize::MAX; graph.entity_count()];
    for (position, entity) in kept.iter().enumerate() {
        positions[entity.position()] = position;
    }
    let mut edges = Vec::new();
    for &entity in kept {
        let incidences = graph.incidences(entity);
        budget.spend(incidences.len())?;
        edges.extend(incidences.iter().filter_map(|incidence| {
            let is_inside = incidence.forward
                && positions[incidence.other.position()] != usize::MAX
                && view.admits_incidence(graph, entity, incidence);
            is_inside.then_some(incidence.relationship)
        }));
    }
    edges.sort_unstable();
    let ends = |&edge: &RelationshipIndex| {
        let (source, target) = graph.ends(edge);
        (positions[source.position()], positions[target.position()])
    };
    let ends = edges.iter().map(ends).collect();
    Ok((edges, ends))
}
