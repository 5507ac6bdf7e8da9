//! What is found by an id, a name or a filter.

use async_graphql::{Context, ID, Object, Result};

use super::entity_filter;
use crate::api::connection::{PageArguments, Window, position_of};
use crate::api::entity::{Entity, EntityConnection, entities};
use crate::api::input::entity_filter::{EntityFilter, RelationshipFilter};
use crate::api::input::order::EntityOrder;
use crate::api::reconcile::{ReconcileAnswer, ReconcileQuery, reconcile};
use crate::api::relationship::{RelationshipConnection, relationships};
use crate::api::scope::{Scope, page_limit, revision};
use crate::api::search::{SearchConnection, SearchEdge};
use crate::graph;

/// The fields that look something up.
pub(crate) struct Lookups(pub(super) Scope);

/// The fields that look something up.
#[Object]
impl Lookups {
    /// The revision of the snapshot: how many commits it holds.
    async fn revision(&self) -> i32 {
        revision(self.0.snapshot.state().revision())
    }

    /// The entity with this id. Null with an error that suggests the nearest ids when nothing has it.
    ///
    /// Wherever an id of an entity is asked for below `graph`, a name may stand that exactly one entity bears, letter case
    /// and accents aside: a preferred, former or other name or an acronym, in any language, never a misspelling.
    /// `extensions.names` then says which id was meant. Where several bear it, the error names them. What is an id is
    /// never read as a name.
    async fn entity(
        &self,
        #[graphql(
            desc = "The entity's id, `west-china-hospital`, or a name that it alone bears: `West China Hospital`, `华西医院`."
        )]
        id: ID,
    ) -> Result<Option<Entity>> {
        let scope = self.0.of_field();
        Ok(Some(Entity::new(&scope, scope.entity("id", &id)?)))
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
    ) -> Result<Option<SearchConnection>> {
        let scope = &self.0.of_field();
        let filter = entity_filter(scope, filter, "filter")?;
        let graph = scope.graph();
        let limit = page_limit(ctx)?;
        let arguments = PageArguments::onwards(first, 10, after);
        let wanted = arguments.sizes(limit)?.0.unwrap_or(0);
        let skipped = arguments.after.as_deref().and_then(position_of).map_or(0, |position| position.saturating_add(1));
        let found = scope.choose(
            |accept| scope.snapshot.search().page(&text, 0, skipped.saturating_add(wanted), accept),
            |graph, view, budget, index| {
                Ok(view.admits_entity(graph, index, budget)? && filter.matches(graph, view, index, budget)?)
            },
        )?;
        if !found.complete {
            scope.budget.note_cut();
        }
        let entity = |at: usize| graph.entity_at(found.matches.get(at)?.position);
        let key = |at: usize| entity(at).map(|index| graph.entity(index).id.to_string()).unwrap_or_default();
        let page = Window::cut(&arguments, limit, found.total, key)?.into_page(|at, cursor| {
            Some(SearchEdge {
                cursor,
                node: Entity::new(scope, entity(at)?),
                score: (f64::from(found.matches[at].score) * 1e4).round() / 1e4,
                matched: found.matches[at].matched.clone(),
            })
        });
        Ok(Some(SearchConnection(page.flatten())))
    }

    /// Which entities are meant by names that somebody else wrote, each with how likely that is and why. Persons are
    /// never candidates. One answer per query, in their order; at most as many queries as a page may have items.
    async fn reconcile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is known of each one that is to be found.")] queries: Vec<ReconcileQuery>,
    ) -> Result<Option<Vec<ReconcileAnswer>>> {
        reconcile(&self.0.of_field(), queries, page_limit(ctx)?).map(Some)
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
    ) -> Result<Option<EntityConnection>> {
        let scope = &self.0.of_field();
        let filter = entity_filter(scope, filter, "filter")?;
        let order = order_by.unwrap_or_default().resolve(scope, "orderBy")?;
        let found = scope.ask(|graph, view, budget| graph::entities(graph, view, &filter, &order, budget))?;
        entities(ctx, scope, &found, &PageArguments::either_way(first, after, last, before)).map(Some)
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
    ) -> Result<Option<RelationshipConnection>> {
        let scope = &self.0.of_field();
        let filter = filter.map(|filter| filter.resolve(scope, "filter")).transpose()?.unwrap_or_default();
        let found = scope.ask(|graph, view, budget| graph::relationships(graph, view, &filter, budget))?;
        relationships(ctx, scope, &found, &PageArguments::either_way(first, after, last, before)).map(Some)
    }
}
