//! The fields of one snapshot under one view.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::api::connection::{PageArguments, Window, count, position_of};
use crate::api::entity::{Entity, EntityConnection, entities};
use crate::api::error::Code;
use crate::api::input::entity_filter::{EntityFilter, RelationshipFilter};
use crate::api::input::order::EntityOrder;
use crate::api::link::{Link, LinkConnection, LinkEdge};
use crate::api::network::Network;
use crate::api::path::{Path, PathConnection, PathEdge};
use crate::api::reconcile::{ReconcileAnswer, ReconcileQuery, reconcile};
use crate::api::relationship::{RelationshipConnection, relationships};
use crate::api::scope::{Scope, page_limit, revision};
use crate::api::search::{SearchConnection, SearchEdge};
use crate::api::statistics::Statistics;
use crate::api::vocabulary::{Layout, PathSelection};
use crate::graph;

/// One snapshot under one view.
pub(crate) struct Graph(pub(super) Scope);

/// A number in a range.
pub(in crate::api) fn within(argument: &str, value: i32, range: std::ops::RangeInclusive<usize>) -> Result<usize> {
    let number = usize::try_from(value).ok().filter(|number| range.contains(number));
    number.ok_or_else(|| {
        Code::InvalidInput.error(format!(
            "{argument}: {value} is out of range; give a number from {} to {}",
            range.start(),
            range.end()
        ))
    })
}

impl Graph {
    fn filter(&self, filter: Option<EntityFilter>, argument: &str) -> Result<graph::EntityFilter> {
        Ok(filter.map(|filter| filter.resolve(&self.0, argument)).transpose()?.unwrap_or_default())
    }

    fn via(&self, via: Option<RelationshipFilter>) -> Result<graph::RelationshipFilter> {
        Ok(via.map(|via| via.resolve(&self.0, "via")).transpose()?.unwrap_or_default())
    }
}

/// One consistent snapshot of the graph under one view: all that is asked below it sees the same.
#[Object]
impl Graph {
    /// The revision of the snapshot: how many commits it holds.
    async fn revision(&self) -> i32 {
        revision(self.0.snapshot.state().revision())
    }

    /// The entity with this id. Null with an error that suggests the nearest ids when nothing has it.
    async fn entity(
        &self,
        #[graphql(desc = "The entity's id: `west-china-hospital`.")] id: ID,
    ) -> Result<Option<Entity>> {
        Ok(Some(Entity::new(&self.0, self.0.entity("id", &id)?)))
    }

    /// Entities by a name, an alias, an acronym, in any language or script, or by an outside identifier, best first.
    /// Misspelling, case, diacritics and word order are forgiven. Of words that very many names share, only some
    /// thousands of candidates are ranked and counted.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for: a name, a part of one, an identifier.")] text: String,
        #[graphql(desc = "Only entities like this.")] filter: Option<EntityFilter>,
        #[graphql(desc = "At most this many.", default_with = "Some(10)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<SearchConnection> {
        let scope = &self.0;
        let filter = self.filter(filter, "filter")?;
        let graph = scope.graph();
        let limit = page_limit(ctx)?;
        let wanted = count("first", first, limit)?.unwrap_or(10);
        let skipped = after.as_deref().and_then(position_of).map_or(0, |position| position + 1);
        let found = scope.ask(|graph, view, budget| {
            let mut failure = None;
            let accepts =
                |index| Ok(view.admits_entity(graph, index, budget)? && filter.matches(graph, view, index, budget)?);
            let page = scope.snapshot.search().page(&text, 0, skipped.saturating_add(wanted), &mut |position| {
                let accepted = graph.entity_at(position).map_or(Ok(false), accepts);
                accepted.unwrap_or_else(|exhausted: graph::Exhausted| {
                    failure.get_or_insert(exhausted);
                    false
                })
            });
            failure.map_or(Ok(page), Err)
        })?;
        let entity = |at: usize| graph.entity_at(found.matches.get(at)?.position);
        let key = |at: usize| entity(at).map(|index| graph.entity(index).id.to_string()).unwrap_or_default();
        let arguments = PageArguments { first: first.or(Some(10)), after, ..Default::default() };
        let page = Window::cut(&arguments, limit, found.total, key)?.into_page(|at, cursor| {
            Some(SearchEdge {
                cursor,
                node: Entity::new(scope, entity(at)?),
                score: (f64::from(found.matches[at].score) * 1e4).round() / 1e4,
                matched: found.matches[at].matched.clone(),
            })
        });
        Ok(SearchConnection(page.flatten()))
    }

    /// Which entities are meant by names that somebody else wrote, each with how likely that is and why. Persons are
    /// never candidates. One answer per query, in their order; at most as many queries as a page may have items.
    async fn reconcile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is known of each one that is to be found.")] queries: Vec<ReconcileQuery>,
    ) -> Result<Vec<ReconcileAnswer>> {
        reconcile(&self.0, queries, page_limit(ctx)?)
    }

    /// The entities of the view, sorted by name unless `orderBy` says otherwise.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn entities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only entities like this.")] filter: Option<EntityFilter>,
        #[graphql(desc = "What they are sorted by.")] order_by: Option<EntityOrder>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<EntityConnection> {
        let scope = &self.0;
        let filter = self.filter(filter, "filter")?;
        let order = order_by.map(|order| order.resolve()).unwrap_or_default();
        let found = scope.ask(|graph, view, budget| graph::entities(graph, view, &filter, order, budget))?;
        entities(ctx, scope, &found, &PageArguments { first, after, last, before })
    }

    /// The relationships of the view, sorted by kind, then by id.
    async fn relationships(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only relationships like this one.")] filter: Option<RelationshipFilter>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<RelationshipConnection> {
        let scope = &self.0;
        let filter = filter.map(|filter| filter.resolve(scope, "filter")).transpose()?.unwrap_or_default();
        let found = scope.ask(|graph, view, budget| graph::relationships(graph, view, &filter, budget))?;
        relationships(ctx, scope, &found, &PageArguments { first, after, last, before })
    }

    /// Which `to` entities link to the `from` entities through a `through` entity: "which hospitals link to these
    /// universities through a consortium".
    ///
    /// A link is a walk from a `from` entity to a `through` entity in 1 to `reach` steps and on to a `to` entity in 1 to
    /// `reach` steps, along or against the arrows, with no entity twice. It never steps on a topic, and on a person only
    /// where `via` or the filter of that place names persons. Sorted by how many of the `from` entities it reaches, then
    /// by how many `through` entities, then by its shortest path, then by name, then by id.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn links(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids of the entities to start from.")] from: Vec<ID>,
        #[graphql(desc = "What may bear witness to a link.")] through: EntityFilter,
        #[graphql(desc = "What may be linked.")] to: EntityFilter,
        #[graphql(
            desc = "Walk only relationships like this one; its direction and other end as seen from where the step leaves."
        )]
        via: Option<RelationshipFilter>,
        #[graphql(desc = "The most steps on each side of the witness, 1 to 4.", default_with = "Some(2)")]
        reach: Option<i32>,
        #[graphql(desc = "At most this many.", default_with = "Some(50)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<LinkConnection> {
        let scope = &self.0;
        let question = Arc::new(graph::LinkQuestion {
            from: scope.entities("from", &from)?,
            through: through.resolve(scope, "through")?,
            to: to.resolve(scope, "to")?,
            via: self.via(via)?,
            reach: within("reach", reach.unwrap_or(2), 1..=graph::REACH_LIMIT)?,
        });
        let found = scope.ask(|graph, view, budget| graph::links(graph, view, &question, budget))?;
        let arguments = PageArguments { first: first.or(Some(50)), after, ..Default::default() };
        let key = |at: usize| scope.graph().entity(found[at].entity).id.to_string();
        let window = Window::cut(&arguments, page_limit(ctx)?, found.len(), key)?;
        Ok(LinkConnection(window.into_page(|at, cursor| LinkEdge {
            cursor,
            node: Link { scope: scope.clone(), question: Arc::clone(&question), link: found[at].clone() },
        })))
    }

    /// Paths from entities to entities, along or against the arrows, with no entity twice; sorted by length, then by the
    /// ids along the way. They lead over everything, topics and persons included: two bodies that work on one topic are
    /// two steps apart unless `avoid` says otherwise.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn paths(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids of the entities where paths start.")] from: Vec<ID>,
        #[graphql(desc = "The ids of the entities where paths end.")] to: Vec<ID>,
        #[graphql(desc = "Which paths of each pair are given.", default_with = "Some(PathSelection::AllShortest)")]
        select: Option<PathSelection>,
        #[graphql(desc = "The most steps, 1 to 12.", default_with = "Some(6)")] max_length: Option<i32>,
        #[graphql(desc = "Pass over no entity like this; the ends are free.")] avoid: Option<EntityFilter>,
        #[graphql(
            desc = "Walk only relationships like this one; its direction and other end as seen from where the step leaves."
        )]
        via: Option<RelationshipFilter>,
        #[graphql(desc = "At most this many.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<PathConnection> {
        let scope = &self.0;
        let question = graph::PathQuestion {
            from: scope.entities("from", &from)?,
            to: scope.entities("to", &to)?,
            select: select.unwrap_or(PathSelection::AllShortest).into(),
            max_length: within("maxLength", max_length.unwrap_or(6), 1..=graph::LENGTH_LIMIT)?,
            avoid: avoid.map(|avoid| avoid.resolve(scope, "avoid")).transpose()?,
            via: self.via(via)?,
        };
        let found = scope.ask(|graph, view, budget| graph::paths(graph, view, &question, budget))?;
        let arguments = PageArguments { first: first.or(Some(20)), after, ..Default::default() };
        let window = Window::cut(&arguments, page_limit(ctx)?, found.len(), |at| Path::key(scope, &found[at]))?;
        Ok(PathConnection(
            window.into_page(|at, cursor| PathEdge { cursor, node: Path::new(scope, found[at].clone()) }),
        ))
    }

    /// A picture of a part of the graph, ready to draw: the entities around some, with places and communities.
    async fn network(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids of the entities in the middle; the whole view when left out.")] around: Option<
            Vec<ID>,
        >,
        #[graphql(desc = "How many steps away from the middle, 0 to 5.", default_with = "Some(1)")] depth: Option<i32>,
        #[graphql(desc = "Only entities like this, besides the middle.")] filter: Option<EntityFilter>,
        #[graphql(desc = "At most this many entities, the nearest.", default_with = "Some(200)")] max_nodes: Option<
            i32,
        >,
        #[graphql(desc = "How they are placed.", default_with = "Some(Layout::Force)")] layout: Option<Layout>,
    ) -> Result<Network> {
        let scope = &self.0;
        let question = graph::NetworkQuestion {
            around: around.map(|ids| scope.entities("around", &ids)).transpose()?,
            depth: within("depth", depth.unwrap_or(1), 0..=graph::DEPTH_LIMIT)?,
            filter: self.filter(filter, "filter")?,
            max_nodes: count("maxNodes", max_nodes, page_limit(ctx)?)?.unwrap_or(200),
            layout: layout.unwrap_or(Layout::Force).into(),
        };
        let network = scope.ask(|graph, view, budget| graph::network(graph, view, &question, budget))?;
        Ok(Network { scope: scope.clone(), network })
    }

    /// How much there is of what in the view.
    async fn statistics(&self) -> Result<Statistics> {
        Statistics::count(&self.0)
    }
}
