//! The groups and the parts that a view falls into.

use std::sync::Arc;

use async_graphql::{Context, MergedObject, Object, Result, SimpleObject};

use super::connection::{PageArguments, Window, connection};
use super::entity::{Entity, EntityConnection, entities};
use super::error::Code;
use super::scope::{Scope, int, page_limit};
use crate::graph::community::{self, Communities};
use crate::graph::{Component, EntityIndex, components};
use crate::model::entity::Family;
use crate::wording;

/// How many topics a group is named after.
const TOPICS: usize = 2;
/// The greatest resolution that may be asked for.
const FINEST: f64 = 1_000.0;

/// A group of the view that was asked.
#[derive(Clone)]
pub(crate) struct Community {
    scope: Scope,
    all: Arc<Communities>,
    at: usize,
}

/// A topic of a group.
#[derive(SimpleObject)]
pub(crate) struct CommunityTopic {
    /// The topic.
    topic: Entity,
    /// How many members of the group concern it.
    members: i32,
}

impl Community {
    fn found(&self) -> &community::Community {
        &self.all.list[self.at]
    }

    fn shared_topics(&self) -> Result<Vec<(EntityIndex, usize)>> {
        let members = &self.found().members;
        self.scope.ask(|graph, view, budget| community::shared_topics(graph, view, members, budget))
    }
}

/// A group of entities that are tied more closely among themselves than to the rest. It is connected: whoever is in it
/// reaches everybody else in it without leaving it.
#[Object]
impl Community {
    /// A name to speak of it: the organizations that have the most relationships within it, how many others there are, and
    /// the topics that most of its members share. Of a group without organizations, its other members.
    async fn name(&self) -> Result<String> {
        let graph = self.scope.graph();
        let name = |entity: EntityIndex| graph.entity(entity).name.as_str();
        let members = &self.found().members;
        let is_organization = |&&entity: &&EntityIndex| graph.entity(entity).kind.family() == Family::Organization;
        let (first, rest): (Vec<_>, Vec<_>) = members.iter().partition(is_organization);
        let names: Vec<&str> = first.into_iter().chain(rest).map(name).collect();
        let topics = self.shared_topics()?;
        let topics: Vec<&str> = topics.iter().take(TOPICS).map(|&(topic, _)| name(topic)).collect();
        Ok(wording::group(&names, &topics))
    }

    /// How many entities are in it.
    async fn size(&self) -> i32 {
        int(self.found().members.len())
    }

    /// Who is in it, sorted by how many relationships join each to others of the group, most first, then by name.
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<EntityConnection> {
        entities(ctx, &self.scope, &self.found().members, &PageArguments::either_way(first, after, last, before))
    }

    /// The topics that at least two members concern, those of most members first, then by name; at most ten.
    async fn topics(&self) -> Result<Vec<CommunityTopic>> {
        let topics = self.shared_topics()?.into_iter().take(10);
        let topic = |(topic, members)| CommunityTopic { topic: Entity::new(&self.scope, topic), members: int(members) };
        Ok(topics.map(topic).collect())
    }

    /// How many relationships join members of it.
    async fn internal_weight(&self) -> i32 {
        int(usize::try_from(self.found().within).unwrap_or(usize::MAX))
    }

    /// How many relationships lead out of it.
    async fn external_weight(&self) -> i32 {
        int(usize::try_from(self.found().outward).unwrap_or(usize::MAX))
    }
}

/// A group in a list.
#[derive(SimpleObject)]
pub(crate) struct CommunityEdge {
    /// Points to this place in the list.
    cursor: String,
    /// The group.
    node: Community,
}

connection! {
    /// Groups, page by page.
    CommunityPage, CommunityEdge, Community
}

/// How good groups are together.
pub(crate) struct CommunityFacts(f64);

/// How good groups are together.
#[Object]
impl CommunityFacts {
    /// The modularity of all groups at the resolution that was asked for: the part of the relationships within groups, less
    /// the part that chance would put there times the resolution. At most 1. That there are groups at all shows only in
    /// comparison with random graphs in which everybody has as many ties: small and sparse ones reach 0.4 by chance.
    async fn quality(&self) -> f64 {
        self.0
    }
}

/// Groups, page by page, and how good they are together.
#[derive(MergedObject)]
pub(crate) struct CommunityConnection(CommunityPage, CommunityFacts);

/// The groups that the view falls into, the largest first.
pub(super) fn communities(
    ctx: &Context<'_>,
    scope: &Scope,
    resolution: f64,
    arguments: &PageArguments,
) -> Result<CommunityConnection> {
    let resolution = fineness(resolution)?;
    let find = |graph: &_, view: &_, budget: &_| community::communities(graph, view, resolution, budget);
    let all = scope.measured(format!("communities {resolution:?}"), find, community::Communities::bytes)?;
    grouped(ctx, scope, &all, arguments)
}

/// A resolution that groups can be searched for with.
///
/// # Errors
/// `INVALID_INPUT` for a number out of range.
pub(super) fn fineness(resolution: f64) -> Result<f64> {
    if !(0.0..=FINEST).contains(&resolution) {
        return Err(Code::InvalidInput
            .error(format!("resolution: {resolution} is out of range; give a number from 0 to {FINEST}, such as 1")));
    }
    Ok(resolution)
}

/// Groups that were found, the largest first.
pub(super) fn grouped(
    ctx: &Context<'_>,
    scope: &Scope,
    all: &Arc<Communities>,
    arguments: &PageArguments,
) -> Result<CommunityConnection> {
    let key = |at: usize| first_id(scope, &all.list[at].members);
    let page = Window::cut(arguments, page_limit(ctx)?, all.list.len(), key)?.into_page(|at, cursor| CommunityEdge {
        cursor,
        node: Community { scope: scope.clone(), all: Arc::clone(all), at },
    });
    Ok(CommunityConnection(CommunityPage(page), CommunityFacts(all.quality)))
}

fn first_id(scope: &Scope, members: &[EntityIndex]) -> String {
    members.first().map(|&member| scope.graph().entity(member).id.to_string()).unwrap_or_default()
}

/// A part of the view that was asked.
#[derive(Clone)]
pub(crate) struct ConnectedComponent {
    scope: Scope,
    all: Arc<Vec<Component>>,
    at: usize,
}

impl ConnectedComponent {
    fn found(&self) -> &Component {
        &self.all[self.at]
    }
}

/// A part of the view in which everybody reaches everybody over relationships, in any direction, and nobody else.
#[Object(name = "Component")]
impl ConnectedComponent {
    /// How many entities are in it.
    async fn size(&self) -> i32 {
        int(self.found().members.len())
    }

    /// How many pairs of its entities are joined by a relationship.
    async fn ties(&self) -> i32 {
        int(self.found().ties)
    }

    /// How many relationships join its entities.
    async fn weight(&self) -> i32 {
        int(usize::try_from(self.found().relationships).unwrap_or(usize::MAX))
    }

    /// Who is in it, sorted by id.
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<EntityConnection> {
        entities(ctx, &self.scope, &self.found().members, &PageArguments::either_way(first, after, last, before))
    }
}

/// A part of the view in a list.
#[derive(SimpleObject)]
pub(crate) struct ComponentEdge {
    /// Points to this place in the list.
    cursor: String,
    /// The part.
    node: ConnectedComponent,
}

connection! {
    /// Parts of the view, page by page.
    ComponentConnection, ComponentEdge, ConnectedComponent
}

/// The parts that the view falls into, the largest first.
pub(super) fn connected_components(
    ctx: &Context<'_>,
    scope: &Scope,
    arguments: &PageArguments,
) -> Result<ComponentConnection> {
    let found = scope.measured("components".to_owned(), components, |found| bytes_of_parts(found))?;
    parts(ctx, scope, &found, arguments)
}

/// How much memory they take.
pub(super) fn bytes_of_parts(found: &[Component]) -> usize {
    found.iter().map(|component| size_of_val(component) + size_of_val(&*component.members)).sum()
}

/// Parts that were found, the largest first.
pub(super) fn parts(
    ctx: &Context<'_>,
    scope: &Scope,
    all: &Arc<Vec<Component>>,
    arguments: &PageArguments,
) -> Result<ComponentConnection> {
    let key = |at: usize| first_id(scope, &all[at].members);
    let window = Window::cut(arguments, page_limit(ctx)?, all.len(), key)?;
    Ok(ComponentConnection(window.into_page(|at, cursor| ComponentEdge {
        cursor,
        node: ConnectedComponent { scope: scope.clone(), all: Arc::clone(all), at },
    })))
}
