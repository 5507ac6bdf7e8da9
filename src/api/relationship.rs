//! Relationships, alone and in lists.

use std::borrow::Cow;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::connection::{PageArguments, Window, connection};
use super::document::Citation;
use super::entity::Entity;
use super::scalar::EdtfDate;
use super::scope::{Scope, page_limit, revision};
use super::vocabulary::{RelationshipKind, Strength};
use crate::graph::RelationshipIndex;
use crate::model;
use crate::model::change::Versioned;
use crate::wording;

/// A relationship in the view that was asked.
#[derive(Clone)]
pub(crate) struct Relationship {
    scope: Scope,
    pub(super) index: RelationshipIndex,
}

impl Relationship {
    pub(super) fn new(scope: &Scope, index: RelationshipIndex) -> Self {
        Self { scope: scope.clone(), index }
    }

    fn value(&self) -> &Versioned<model::relationship::Relationship> {
        let relationship = self.scope.graph().relationship(self.index);
        self.scope.note(&relationship.citations);
        relationship
    }

    /// The relationship with the citations alone that the view shows.
    fn shown(&self) -> Cow<'_, model::relationship::Relationship> {
        self.scope.note(&self.scope.graph().relationship(self.index).citations);
        self.scope.view.shown(self.scope.graph(), self.index)
    }
}

/// What a sentence makes of a relationship of the view.
pub(super) fn told<T>(scope: &Scope, index: RelationshipIndex, tell: impl FnOnce(&wording::Statement<'_>) -> T) -> T {
    scope.note(&scope.graph().relationship(index).citations);
    tell(&statement(scope, index, &scope.view.shown(scope.graph(), index)))
}

/// A relationship, as the view shows it, with all that its sentence names: one sentence in each view that shows it.
pub(super) fn statement<'a>(
    scope: &'a Scope,
    index: RelationshipIndex,
    relationship: &'a model::relationship::Relationship,
) -> wording::Statement<'a> {
    let graph = scope.graph();
    let (source, target) = graph.ends(index);
    let principal = relationship.on_behalf_of.as_ref().and_then(|id| graph.find_entity(id.as_str()));
    let citations = graph.relationship(index).citations.iter();
    let presents = citations.filter_map(|citation| scope.document(&citation.document)?.present());
    wording::Statement {
        relationship,
        source: graph.entity(source),
        target: graph.entity(target),
        on_behalf_of: principal.map(|index| &graph.entity(index).value),
        as_of: presents.max_by_key(|date| date.last_day()),
        today: scope.today(),
    }
}

/// A cited, dated statement that a source is related to a target.
#[Object]
impl Relationship {
    /// The stable key: source, kind and target, and after them the role, or a word of its own where that does not tell it
    /// from others: `nancy-ip:signed:hkust-pumch-strategic-cooperation-agreement:president`.
    pub(super) async fn id(&self) -> ID {
        ID(self.value().id().to_string())
    }

    /// How the source is related to the target.
    async fn kind(&self) -> RelationshipKind {
        self.value().kind.into()
    }

    /// Where it leads from.
    async fn source(&self) -> Entity {
        Entity::new(&self.scope, self.scope.graph().ends(self.index).0)
    }

    /// Where it leads to.
    async fn target(&self) -> Entity {
        Entity::new(&self.scope, self.scope.graph().ends(self.index).1)
    }

    /// What the source is to the target, as the document words it: President, keynote speaker. Null where it says none.
    async fn role(&self) -> Option<String> {
        self.value().role.clone()
    }

    /// Whom the source stood for; null where that is itself, not said, or not in the view.
    async fn on_behalf_of(&self) -> Result<Option<Entity>> {
        let principal = self.scope.principal(self.index)?;
        Ok(principal.map(|index| Entity::new(&self.scope, index)))
    }

    /// From when it held; null where no document says.
    async fn since(&self) -> Option<EdtfDate> {
        self.value().since.clone().map(EdtfDate)
    }

    /// Until when it held; null where it still does, or no document says.
    async fn until(&self) -> Option<EdtfDate> {
        self.value().until.clone().map(EdtfDate)
    }

    /// Where it was read, as far as the view shows it, sorted by document; at least one.
    async fn citations(&self) -> Vec<Citation> {
        self.shown().citations.iter().map(|citation| Citation::new(&self.scope, citation)).collect()
    }

    /// How firmly it stands in the document of the view that supports it best.
    async fn strength(&self) -> Strength {
        self.shown().strength().into()
    }

    /// It as a plain English sentence.
    async fn sentence(&self) -> String {
        told(&self.scope, self.index, wording::relationship)
    }

    /// The revision of the graph that last changed it.
    async fn revision(&self) -> i32 {
        revision(self.value().revision)
    }
}

/// A relationship in a list.
#[derive(SimpleObject)]
pub(crate) struct RelationshipEdge {
    /// Points to this place in the list.
    pub(super) cursor: String,
    /// The relationship.
    pub(super) node: Relationship,
}

connection! {
    /// Relationships, page by page.
    RelationshipConnection, RelationshipEdge, Relationship
}

/// A list of relationships in pages.
pub(super) fn relationships(
    ctx: &Context<'_>,
    scope: &Scope,
    found: &[RelationshipIndex],
    arguments: &PageArguments,
) -> Result<RelationshipConnection> {
    let key = |at: usize| scope.graph().relationship(found[at]).id().to_string();
    let window = Window::cut(arguments, page_limit(ctx)?, found.len(), key)?;
    Ok(RelationshipConnection(
        window.into_page(|at, cursor| RelationshipEdge { cursor, node: Relationship::new(scope, found[at]) }),
    ))
}
