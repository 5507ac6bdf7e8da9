//! What is found by walking.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::{entity_filter, via_filter, within};
use crate::api::connection::{PageArguments, Window, count};
use crate::api::input::entity_filter::{EntityFilter, RelationshipFilter};
use crate::api::input::path_weights::PathWeightsInput;
use crate::api::link::{Link, LinkConnection, LinkEdge};
use crate::api::network::Network;
use crate::api::path::{Path, PathConnection, PathEdge};
use crate::api::scope::{Scope, page_limit};
use crate::api::vocabulary::{Layout, PathSelection};
use crate::graph;

/// The fields that walk.
pub(crate) struct Traversals(pub(super) Scope);

/// The fields that walk.
#[Object]
impl Traversals {
    /// Which `to` entities link to the `from` entities through a `through` entity: "which hospitals link to these
    /// universities through a consortium".
    ///
    /// A link is a walk from a `from` entity to a `through` entity in 1 to `reach` steps and on to a `to` entity in 1 to
    /// `reach` steps, along or against the arrows, with no entity twice. It never steps on a topic, and on a person only
    /// where the filter of that place names PERSON or a person's id, or anywhere where `via` does or names SIGNED, WITNESSED or a kind that
    /// always has a person at one end. Who is linked by fewer steps stands first; then who is linked to more of the
    /// `from` entities, then through more `through` entities, then by name, then by id.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn links(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids of the entities to start from, or names that one alone bears.")] from: Vec<ID>,
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
    ) -> Result<Option<LinkConnection>> {
        let scope = &self.0.of_field();
        let question = Arc::new(graph::LinkQuestion {
            from: scope.entities("from", &from)?,
            through: through.resolve(scope, "through")?,
            to: to.resolve(scope, "to")?,
            via: via_filter(scope, via)?,
            reach: within("reach", reach.unwrap_or(2), 1..=graph::REACH_LIMIT)?,
        });
        let found = scope.ask(|graph, view, budget| graph::links(graph, view, &question, budget))?;
        let arguments = PageArguments::onwards(first, 50, after);
        let key = |at: usize| scope.graph().entity(found[at].entity).id.to_string();
        let window = Window::cut(&arguments, page_limit(ctx)?, found.len(), key)?;
        Ok(Some(LinkConnection(window.into_page(|at, cursor| LinkEdge {
            cursor,
            node: Link { scope: scope.clone(), question: Arc::clone(&question), link: found[at].clone() },
        }))))
    }

    /// Paths from entities to entities, along or against the arrows, with no entity twice; sorted by length, then by the
    /// ids along the way; the STRONGEST by strength first. They lead over everything, topics and persons included: two
    /// bodies that work on one topic are two steps apart unless `avoid` says otherwise. Only the fields of a classification
    /// (topics that are part of others) are passed over, unless `view.entityKinds` names the kinds or one is an end.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn paths(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids of the entities where paths start, or names that one alone bears.")] from: Vec<ID>,
        #[graphql(desc = "The ids of the entities where paths end, or names that one alone bears.")] to: Vec<ID>,
        #[graphql(desc = "Which paths of each pair are given.", default_with = "Some(PathSelection::AllShortest)")]
        select: Option<PathSelection>,
        #[graphql(desc = "The most steps, 1 to 12.", default_with = "Some(6)")] max_length: Option<i32>,
        #[graphql(desc = "Pass over no entity like this; the ends are free.")] avoid: Option<EntityFilter>,
        #[graphql(
            desc = "Walk only relationships like this one; its direction and other end as seen from where the step leaves."
        )]
        via: Option<RelationshipFilter>,
        #[graphql(
            desc = "How many paths of each pair SHORTEST_K and STRONGEST give, 1 to 100; the others ignore it.",
            default_with = "Some(3)"
        )]
        k: Option<i32>,
        #[graphql(desc = "What makes a path strong, for STRONGEST and for the score of each path.")] weights: Option<
            PathWeightsInput,
        >,
        #[graphql(desc = "At most this many.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Option<PathConnection>> {
        let scope = &self.0.of_field();
        let question = graph::PathQuestion {
            from: scope.entities("from", &from)?,
            to: scope.entities("to", &to)?,
            select: select.unwrap_or(PathSelection::AllShortest).into(),
            max_length: within("maxLength", max_length.unwrap_or(6), 1..=graph::LENGTH_LIMIT)?,
            avoid: avoid.map(|avoid| avoid.resolve(scope, "avoid")).transpose()?,
            via: via_filter(scope, via)?,
            k: within("k", k.unwrap_or(3), 1..=graph::COUNT_LIMIT)?,
            weights: weights.map(PathWeightsInput::resolve).transpose()?.unwrap_or_default(),
        };
        let found = scope.ask(|graph, view, budget| graph::paths(graph, view, &question, budget))?;
        let arguments = PageArguments::onwards(first, 20, after);
        let window = Window::cut(&arguments, page_limit(ctx)?, found.len(), |at| Path::key(scope, &found[at]))?;
        let weights = Arc::new(question.weights);
        Ok(Some(PathConnection(window.into_page(|at, cursor| PathEdge {
            cursor,
            node: Path::weighted(scope, found[at].clone(), Arc::clone(&weights)),
        }))))
    }

    /// A picture of a part of the graph, ready to draw: the entities around some, with places and communities, and all
    /// relationships of the view among them.
    ///
    /// Two filters tell apart what is walked (`filter`) and what is drawn (`show`): the hospitals within two steps, over
    /// whatever leads there, are `network(around: […], depth: 2, show: { kinds: [HOSPITAL] })`. What was walked over and is
    /// not shown leaves no tie, so that a node may stand alone; `hidden` counts it. Where `maxNodes` cuts some off,
    /// `truncated` says so.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn network(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The ids of the entities in the middle, or names that one alone bears; the whole view when left out."
        )]
        around: Option<Vec<ID>>,
        #[graphql(desc = "How many steps away from the middle, 0 to 5.", default_with = "Some(1)")] depth: Option<i32>,
        #[graphql(
            desc = "What is walked: steps run only onto entities like this. What is reached only over others is not found; to walk over everything and draw a part, use `show`."
        )]
        filter: Option<EntityFilter>,
        #[graphql(
            desc = "What is drawn of what was walked; all of it when left out. The entities in the middle are drawn in any case."
        )]
        show: Option<EntityFilter>,
        #[graphql(
            desc = "At most this many entities, the nearest, and no more than a page may have.",
            default_with = "Some(200)"
        )]
        max_nodes: Option<i32>,
        #[graphql(desc = "How they are placed.", default_with = "Some(Layout::Force)")] layout: Option<Layout>,
    ) -> Result<Option<Network>> {
        let scope = &self.0.of_field();
        let question = graph::NetworkQuestion {
            around: around.map(|ids| scope.entities("around", &ids)).transpose()?,
            depth: within("depth", depth.unwrap_or(1), 0..=graph::DEPTH_LIMIT)?,
            filter: entity_filter(scope, filter, "filter")?,
            show: show.map(|show| show.resolve(scope, "show")).transpose()?,
            max_nodes: count("maxNodes", max_nodes, 200, page_limit(ctx)?)?,
            layout: layout.unwrap_or(Layout::Force).into(),
        };
        let network = scope.ask(|graph, view, budget| graph::network(graph, view, &question, budget))?;
        Ok(Some(Network { scope: scope.clone(), network }))
    }
}
