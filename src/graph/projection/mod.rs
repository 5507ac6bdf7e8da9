//! One-mode networks: "universities that share a consortium", with what they share on every edge.

mod backbone;
mod memberships;
mod picture;

use std::cmp::Reverse;

use super::filter::{EntityMatcher, RelationshipMatcher};
use super::index::{EntityIndex, RelationshipIndex};
use super::ties::Ties;
use super::{Budget, EntityFilter, Exhausted, Graph, RelationshipFilter, Scope, View};
use memberships::Memberships;

pub use self::picture::{ProjectionPicture, picture};

/// What is joined, through what, and which of the edges are kept.
#[derive(Clone, Debug)]
pub struct ProjectionQuestion {
    /// The entities that are joined.
    pub of: EntityFilter,
    /// What two of them share.
    pub through: EntityFilter,
    /// What the step from one of them to what it shares must be; direction and other end are seen from the former.
    pub via: RelationshipFilter,
    /// How many must be shared.
    pub min_weight: u32,
    /// Keep the backbone alone: the edges whose significance is below this. `None` keeps all.
    pub backbone: Option<f64>,
}

/// A network of entities that are joined where they share others.
#[derive(Clone, Debug)]
pub struct Projection {
    edges: Vec<ProjectionEdge>,
    memberships: Memberships,
}

/// Two entities that share others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProjectionEdge {
    /// The one whose id comes first, as its place in [`Projection::entities`].
    pub one: u32,
    /// The other, as its place in [`Projection::entities`].
    pub other: u32,
    /// How many they share.
    pub weight: u32,
    /// How likely the less likely of its ends would have so strong an edge by chance, 0 to 1, in the network without the
    /// edges below the least weight: the smaller, the more it stands out. 1 where both ends have no other edge.
    pub significance: f64,
}

/// An entity that two others share, with the relationships that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// What they share.
    pub through: EntityIndex,
    /// The relationships of the first with it, by id.
    pub one: Vec<RelationshipIndex>,
    /// The relationships of the second with it, by id.
    pub other: Vec<RelationshipIndex>,
}

/// The network of the entities in the view that pass `of`, joined where they are one step from the same entity that
/// passes `through`. Edges come by weight, most first, then by the names of their ends, then by their ids.
///
/// **Complexity.** *O(V + E)*, and *O(Σ d²)* over the shared entities with *d* steps each.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover all entities, the steps at shared ones, and the pairs they make.
pub fn projection(
    graph: &Graph,
    view: &View,
    question: &ProjectionQuestion,
    budget: &Budget,
) -> Result<Projection, Exhausted> {
    let scope = Scope { graph, view, budget };
    let memberships = shared(scope, question)?;
    let mut edges = joined(scope, &memberships, question.min_weight.max(1))?;
    backbone::judge(memberships.count(), &mut edges);
    if let Some(alpha) = question.backbone {
        edges.retain(|edge| edge.significance < alpha);
    }
    let memberships = memberships.kept(&mut edges);
    let rank = |place: u32| graph.name_rank(memberships.members()[place as usize]);
    edges.sort_by_key(|edge| (Reverse(edge.weight), rank(edge.one), rank(edge.other), edge.one, edge.other));
    Ok(Projection { edges, memberships })
}

/// Who is one step from which shared entity.
fn shared(scope: Scope<'_>, question: &ProjectionQuestion) -> Result<Memberships, Exhausted> {
    let Scope { graph, view, budget } = scope;
    let mut of = EntityMatcher::new(scope, &question.of);
    let mut through = EntityMatcher::new(scope, &question.through);
    let mut via = RelationshipMatcher::new(scope, &question.via);
    let kinds = question.of.possible_kinds().and(view.entity_kinds());
    budget.spend(graph.entity_count())?;
    let mut steps = Vec::new();
    for shared in graph.entities() {
        if !through.matches(shared)? || !view.admits_entity(graph, shared, budget)? {
            continue;
        }
        for incidences in graph.adjacency.of_kinds(shared, kinds) {
            budget.spend(incidences.len())?;
            for incidence in incidences {
                if of.matches(incidence.other)? && via.admits_back(shared, incidence)? {
                    steps.push((incidence.other, shared, incidence.relationship));
                }
            }
        }
    }
    Ok(Memberships::new(steps))
}

/// The pairs that share at least so many, their ends as places among the memberships.
fn joined(scope: Scope<'_>, memberships: &Memberships, least: u32) -> Result<Vec<ProjectionEdge>, Exhausted> {
    let sharing = memberships.sharing(scope.graph.entity_count());
    let mut weights = vec![0_u32; memberships.count()];
    let (mut met, mut edges) = (Vec::new(), Vec::new());
    for one in 0..memberships.count() as u32 {
        for shared in memberships.shared_by(one) {
            let others = sharing.group(shared.position());
            scope.budget.spend(others.len())?;
            for &other in others.iter().rev().take_while(|&&other| other > one) {
                if weights[other as usize] == 0 {
                    met.push(other);
                }
                weights[other as usize] += 1;
            }
        }
        met.sort_unstable();
        for other in met.drain(..) {
            let weight = std::mem::take(&mut weights[other as usize]);
            if weight >= least {
                edges.push(ProjectionEdge { one, other, weight, significance: 1.0 });
            }
        }
    }
    Ok(edges)
}

impl Projection {
    /// How much memory it takes, for who keeps it.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.edges) + self.memberships.bytes()
    }

    /// The entities that have an edge, in the order of their ids.
    pub fn entities(&self) -> &[EntityIndex] {
        self.memberships.members()
    }

    /// The edges: by weight, most first, then by the names of their ends, then by their ids.
    pub fn edges(&self) -> &[ProjectionEdge] {
        &self.edges
    }

    /// It as ties, for what measures a network. *O(n)*.
    pub fn ties(&self) -> Ties {
        Ties::weighted(self.entities().to_vec(), self.edges.iter().map(|edge| (edge.one, edge.other, edge.weight)))
    }

    /// What the ends of an edge share, by id. *O(d)* for the *d* steps of both ends.
    ///
    /// # Panics
    /// Where the edge is not one of this projection.
    pub fn witnesses(&self, edge: &ProjectionEdge) -> Vec<Witness> {
        self.memberships.witnesses(edge.one, edge.other)
    }
}
