//! What was decided about pairs of entities, and the questions that are still open.

use std::collections::BTreeSet;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};

use super::connection::{PageArguments, Window, connection};
use super::entity::Entity;
use super::reconcile::{MatchConfidence, MatchReason};
use super::scalar::DateTime;
use super::scope::{Scope, page_limit, revision};
use crate::matching::Question;
use crate::model;
use crate::model::change::Versioned;
use crate::model::id::EntityId;

/// What was decided about two entities.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::decision::Verdict")]
pub(crate) enum DecisionVerdict {
    /// They are the same: one of them answers for both.
    Same,
    /// They are two.
    Different,
    /// It is not known yet: an open question.
    Unsure,
}

/// A decision of the snapshot.
#[derive(Clone)]
pub(crate) struct Decision {
    scope: Scope,
    position: usize,
}

impl Decision {
    /// The decision with this id.
    pub(super) fn find(scope: &Scope, id: &str) -> Option<Self> {
        let decisions = &scope.snapshot.state().decisions;
        let position = decisions.binary_search_by(|decision| decision.id().as_str().cmp(id)).ok()?;
        Some(Self { scope: scope.clone(), position })
    }

    fn value(&self) -> &Versioned<model::decision::Decision> {
        &self.scope.snapshot.state().decisions[self.position]
    }

    fn entity(&self, id: &EntityId) -> Entity {
        let found = self.scope.graph().find_entity(id.as_str());
        Entity::new(&self.scope, found.expect("what decisions name exists, or was merged into what does"))
    }
}

/// Whether two entities are the same: who decided it, when and why. The view is not asked.
#[Object]
impl Decision {
    /// The stable key: the two ids, the smaller first, with a colon between them.
    pub(super) async fn id(&self) -> ID {
        ID(self.value().id().to_string())
    }

    /// The ids of the two, as they were decided about, the smaller first. Where the two are the same, only one of them is
    /// the id of an entity still.
    async fn ids(&self) -> Vec<ID> {
        let decision = self.value();
        vec![ID(decision.one.to_string()), ID(decision.other.to_string())]
    }

    /// The entity that answers to the first of the ids.
    async fn one(&self) -> Entity {
        self.entity(&self.value().one)
    }

    /// The entity that answers to the second of the ids; the same as `one` where they are the same.
    async fn other(&self) -> Entity {
        self.entity(&self.value().other)
    }

    /// What they are to each other.
    async fn verdict(&self) -> DecisionVerdict {
        self.value().verdict.into()
    }

    /// Which of the two ids stays; null where they are not the same, and where it is left to other decisions or to the
    /// order of the ids.
    async fn keep(&self) -> Option<ID> {
        self.value().keep.as_ref().map(|keep| ID(keep.to_string()))
    }

    /// Who decided it.
    async fn by(&self) -> String {
        self.value().by.clone()
    }

    /// When it was decided.
    async fn at(&self) -> DateTime {
        DateTime(self.value().at)
    }

    /// Why it was decided so: what spoke for it or against it.
    async fn reason(&self) -> String {
        self.value().reason.clone()
    }

    /// How likely the matcher found it that they are the same when it was asked, 0 to 1; null where it was not.
    async fn score(&self) -> Option<f64> {
        self.value().score
    }

    /// What the score is worth; null where there is none.
    async fn confidence(&self) -> Option<MatchConfidence> {
        self.value().score.map(|score| crate::matching::Confidence::of(score, true).into())
    }

    /// What speaks for it and against it that `other` is `one`, as the matcher sees it now: names first, then
    /// identifiers, places, kinds, web pages. Empty where it sees nothing in common, where the two were merged, and for
    /// persons.
    async fn evidence(&self) -> Vec<MatchReason> {
        let graph = self.scope.graph();
        let decision = self.value();
        let [one, other] = [&decision.one, &decision.other].map(|id| graph.find_entity(id.as_str()));
        let (Some(one), Some(other)) = (one, other) else { return Vec::new() };
        if one == other {
            return Vec::new();
        }
        let question = Question::about(graph.entity(other));
        let mut accept = |position| position == one.position();
        let found = self.scope.snapshot.matcher().candidates(&question, 1, &mut accept);
        found.into_iter().flat_map(|candidate| candidate.reasons).map(MatchReason::from).collect()
    }

    /// The revision of the graph that last changed it.
    async fn revision(&self) -> i32 {
        revision(self.value().revision)
    }
}

/// A decision in a list.
#[derive(SimpleObject)]
pub(crate) struct DecisionEdge {
    /// Points to this place in the list.
    pub(super) cursor: String,
    /// The decision.
    pub(super) node: Decision,
}

connection! {
    /// Decisions, page by page.
    DecisionConnection, DecisionEdge, Decision
}

/// The decisions at some positions, in pages.
pub(super) fn decisions(
    ctx: &Context<'_>,
    scope: &Scope,
    found: &[usize],
    arguments: &PageArguments,
) -> Result<DecisionConnection> {
    let all = &scope.snapshot.state().decisions;
    let window = Window::cut(arguments, page_limit(ctx)?, found.len(), |at| all[found[at]].id().to_string())?;
    let node = |at: usize| Decision { scope: scope.clone(), position: found[at] };
    Ok(DecisionConnection(window.into_page(|at, cursor| DecisionEdge { cursor, node: node(at) })))
}

/// The decisions that name one of some ids, each once, sorted by id.
pub(super) fn about<'i>(scope: &Scope, ids: impl Iterator<Item = &'i EntityId>) -> Vec<Decision> {
    let found: BTreeSet<usize> = ids.flat_map(|id| scope.snapshot.decisions_about(id.as_str())).copied().collect();
    found.into_iter().map(|position| Decision { scope: scope.clone(), position }).collect()
}
