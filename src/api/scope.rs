//! What every wrapper of a request shares: the snapshot, the view, the budget of visits.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, Error, ID, Result};

use super::citation::Collector;
use super::doubles::Doubled;
use super::error::{Code, shared_name, unknown_id, untraversed};
use super::executor::Deadline;
use super::input::view::ViewInput;
use super::limits::Limits;
use super::measured::Lane;
use super::redirects::Redirected;
use crate::graph::{self, Budget, EntityIndex, Exhausted, Graph, RelationshipIndex, Standing, TraversalError, View};
use crate::knowledge::{Snapshot, Snapshots};
use crate::model::change::{Revision, Versioned};
use crate::model::citation::{Citation, Document};
use crate::model::edtf::Day;
use crate::model::entity::Entity;
use crate::model::id::DocumentId;

/// A count as a GraphQL `Int`, which has 32 bits; a larger one stands at its greatest value.
pub(super) fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A revision as a GraphQL `Int`.
pub(super) fn revision(revision: Revision) -> i32 {
    i32::try_from(revision).unwrap_or(i32::MAX)
}

/// The snapshot and the view that a question is asked of.
#[derive(Clone)]
pub(super) struct Scope {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) view: Arc<View>,
    pub(super) budget: Arc<Budget>,
    /// How much was spent when the field began that is asked.
    pub(super) begun: Arc<Standing>,
    pub(super) lane: Arc<Lane>,
    pub(super) redirected: Arc<Redirected>,
    pub(super) doubled: Arc<Doubled>,
    pub(super) cited: Arc<Collector>,
}

impl Scope {
    /// The whole of the snapshot that the request sees.
    pub(super) fn whole(ctx: &Context<'_>) -> Result<Self> {
        let budget = Arc::clone(ctx.data::<Arc<Budget>>()?);
        Ok(Self {
            snapshot: Arc::clone(ctx.data::<Arc<Snapshot>>()?),
            view: Arc::new(View::everything()),
            begun: Arc::new(budget.standing()),
            budget,
            lane: Arc::clone(ctx.data::<Arc<Lane>>()?),
            redirected: Arc::clone(ctx.data::<Arc<Redirected>>()?),
            doubled: Arc::clone(ctx.data::<Arc<Doubled>>()?),
            cited: Arc::clone(ctx.data::<Arc<Collector>>()?),
        })
    }

    /// The part of the snapshot of now, or of an earlier one, that a view asks for.
    ///
    /// # Errors
    /// Those of [`ViewInput::snapshot`] and of [`ViewInput::resolve`].
    pub(super) fn viewed(ctx: &Context<'_>, view: Option<ViewInput>) -> Result<Self> {
        let mut scope = Self::whole(ctx)?;
        if let Some(view) = view {
            let snapshots = ctx.data::<Arc<dyn Snapshots>>()?;
            scope.snapshot = view.snapshot(&**snapshots, &scope.snapshot, ctx.data::<Deadline>()?)?;
            scope.view = Arc::new(view.resolve(&scope.snapshot)?);
        }
        Ok(scope)
    }

    /// The same on another budget.
    pub(super) fn on(self, budget: Arc<Budget>) -> Self {
        Self { begun: Arc::new(budget.standing()), budget, ..self }
    }

    /// The same for a field that may be refused and leaves the others answered: it begins here. Fields are answered one
    /// after the other, each with all that is asked below it.
    pub(super) fn of_field(&self) -> Self {
        self.clone().on(Arc::clone(&self.budget))
    }

    pub(super) fn graph(&self) -> &Graph {
        self.snapshot.graph()
    }

    /// The day on which the revision is told that is shown.
    pub(super) fn today(&self) -> Day {
        self.snapshot.state().day()
    }

    /// Notes that a record with these citations is in the answer.
    pub(super) fn note<'c>(&self, citations: impl IntoIterator<Item = &'c Citation>) {
        self.cited.note(&self.snapshot, &self.view, citations);
    }

    /// An entity of which the answer tells something.
    pub(super) fn told_of(&self, index: EntityIndex) -> &Versioned<Entity> {
        let entity = self.graph().entity(index);
        self.note(&entity.citations);
        entity
    }

    /// Asks the graph something through the view, on what is left of the request's budget.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED` when that does not suffice, `INVALID_INPUT` for a number out of range.
    pub(super) fn ask<T, E: Into<TraversalError>>(
        &self,
        question: impl FnOnce(&Graph, &View, &Budget) -> std::result::Result<T, E>,
    ) -> Result<T> {
        question(self.graph(), &self.view, &self.budget).map_err(|error| self.refused(&error.into()))
    }

    /// The error of a traversal that has no answer. What the field has spent that it is of is left to the others, where
    /// that was all there was.
    pub(super) fn refused(&self, error: &TraversalError) -> Error {
        self.budget.give_back(&self.begun);
        untraversed(error, &self.budget, self.begun.told())
    }

    /// Has the names looked through for entities that `accepts` lets pass, on what is left of the request's budget.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED` when that does not suffice for all that `accepts` is asked about.
    pub(super) fn choose<T>(
        &self,
        look: impl FnOnce(&mut dyn FnMut(usize) -> bool) -> T,
        accepts: impl Fn(&Graph, &View, &Budget, EntityIndex) -> std::result::Result<bool, Exhausted>,
    ) -> Result<T> {
        self.ask(|graph, view, budget| {
            let mut failure = None;
            let found = look(&mut |position| {
                let accepted = graph.entity_at(position).map_or(Ok(false), |index| accepts(graph, view, budget, index));
                accepted.unwrap_or_else(|exhausted| {
                    failure.get_or_insert(exhausted);
                    false
                })
            });
            failure.map_or(Ok(found), Err)
        })
    }

    /// The entity that answers to this id, in the view or not; the answer says so where its own id is another.
    pub(super) fn find_entity(&self, id: &str) -> Option<EntityIndex> {
        let index = self.graph().find_entity(id)?;
        self.redirected.note(id, self.graph().entity(index).id.as_str());
        Some(index)
    }

    /// The relationship that answers to this id, in the view or not; the answer says so where its own id is another.
    pub(super) fn find_relationship(&self, id: &str) -> Option<RelationshipIndex> {
        let index = self.graph().find_relationship(id)?;
        self.redirected.note(id, self.graph().relationship(index).id().as_str());
        Some(index)
    }

    /// The entity that is meant by an id, or by a name that it alone bears, in the view or not; the answer says so where it
    /// is not its id.
    ///
    /// # Errors
    /// `NOT_FOUND` with those that bear the name, or with the nearest ids.
    pub(super) fn meant(&self, argument: &str, given: &str) -> Result<EntityIndex> {
        if let Some(index) = self.find_entity(given) {
            return Ok(index);
        }
        let graph = self.graph();
        let bearers = if self.redirected.takes_names() { self.snapshot.search().bearers(given) } else { Vec::new() };
        let mut bearers: Vec<EntityIndex> =
            bearers.into_iter().filter_map(|position| graph.entity_at(position)).collect();
        if let [index] = bearers[..] {
            self.redirected.note_name(given, graph.entity(index).id.as_str());
            return Ok(index);
        }
        if bearers.is_empty() {
            return Err(unknown_id(argument, given, &self.nearest(given)));
        }
        bearers.sort_by_key(|&index| (Reverse(graph.incident(index, graph::Direction::Both).count()), index));
        let ids: Vec<String> = bearers.iter().map(|&index| graph.entity(index).id.to_string()).collect();
        Err(shared_name(argument, given, &ids))
    }

    /// The entity that is meant by an id or by a name that it alone bears, when it is in the view.
    ///
    /// # Errors
    /// As [`Scope::meant`], and `NOT_FOUND` with the hint that the view leaves it out.
    pub(super) fn entity(&self, argument: &str, id: &str) -> Result<EntityIndex> {
        let index = self.meant(argument, id)?;
        if self.ask(|graph, view, budget| view.admits_entity(graph, index, budget))? {
            return Ok(index);
        }
        Err(Code::NotFound
            .error(format!("{argument}: \"{id}\" is not in this view; widen the view, or ask for another")))
    }

    /// The entities that are meant by these ids or names, in the order given, each once.
    ///
    /// # Errors
    /// As [`Scope::entity`], for the first that is missing.
    pub(super) fn entities(&self, argument: &str, ids: &[ID]) -> Result<Vec<EntityIndex>> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for id in ids {
            let index = self.entity(argument, id)?;
            if seen.insert(index) {
                found.push(index);
            }
        }
        Ok(found)
    }

    /// The document with this id.
    pub(super) fn document(&self, id: &DocumentId) -> Option<&Document> {
        let documents = &self.snapshot.state().documents;
        let position = documents.binary_search_by(|document| document.id.cmp(id)).ok()?;
        Some(&documents[position].value)
    }

    /// Whom the source of a relationship stood for, when that is in the view.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED` when the budget does not cover the question whether it is.
    pub(super) fn principal(&self, relationship: RelationshipIndex) -> Result<Option<EntityIndex>> {
        let id = self.graph().relationship(relationship).on_behalf_of.as_ref();
        let Some(index) = id.and_then(|id| self.graph().find_entity(id.as_str())) else { return Ok(None) };
        let is_seen = self.ask(|graph, view, budget| view.admits_entity(graph, index, budget))?;
        Ok(is_seen.then_some(index))
    }

    pub(super) fn nearest(&self, id: &str) -> Vec<String> {
        self.snapshot.search().nearest(id, 3).iter().map(ToString::to_string).collect()
    }
}

/// Reads the page limit that the request runs under.
pub(super) fn page_limit(ctx: &Context<'_>) -> Result<usize> {
    Ok(ctx.data::<Limits>()?.page)
}
