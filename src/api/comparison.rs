//! What differs between two views.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};

use super::connection::{PageArguments, Window, connection};
use super::entity::Entity;
use super::relationship::{Relationship, told};
use super::scope::{Scope, int, page_limit};
use super::vocabulary::{ComparedField, DifferenceKind};
use crate::graph::{self, Difference, Differing, EntityIndex, Field, Graph, RelationshipIndex};
use crate::model::edtf::Day;
use crate::wording;

/// The two views, and what differs.
pub(crate) struct Comparison {
    scopes: Scopes,
    found: graph::Comparison,
}

/// The first and the second view.
#[derive(Clone)]
struct Scopes(Arc<(Scope, Scope)>);

impl Comparison {
    /// Compares two views.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED` when the budget does not cover all that both hold.
    pub(super) fn of(before: Scope, after: Scope) -> Result<Self> {
        let seen = |scope: &Scope| (Arc::clone(&scope.snapshot), Arc::clone(&scope.view));
        let (one, other) = (seen(&before), seen(&after));
        let found = graph::compare((one.0.graph(), &one.1), (other.0.graph(), &other.1), &after.budget)
            .map_err(|error| after.refused(&error.into()))?;
        Ok(Self { scopes: Scopes(Arc::new((before, after))), found })
    }
}

fn tally<I>(differing: &[Differing<I>], kept: usize) -> wording::Tally {
    let count = |asked| differing.iter().filter(|one| one.difference == asked).count();
    wording::Tally {
        gained: count(Difference::Gained),
        lost: count(Difference::Lost),
        changed: count(Difference::Changed),
        kept,
    }
}

/// How many are gained, lost, changed and kept.
#[derive(SimpleObject)]
pub(crate) struct DifferenceCounts {
    /// Only the second view shows so many.
    gained: i32,
    /// Only the first view shows so many.
    lost: i32,
    /// Both show so many, and not alike.
    changed: i32,
    /// Both show so many alike.
    kept: i32,
}

impl From<wording::Tally> for DifferenceCounts {
    fn from(tally: wording::Tally) -> Self {
        let wording::Tally { gained, lost, changed, kept } = tally;
        Self { gained: int(gained), lost: int(lost), changed: int(changed), kept: int(kept) }
    }
}

/// What a second view shows and a first does not, or shows otherwise. What has the same id in both is the same.
#[Object]
impl Comparison {
    /// It as a plain English sentence: how much is gained, lost, changed and as before.
    async fn sentence(&self) -> String {
        let found = &self.found;
        wording::compared(
            tally(&found.entities, found.entities_kept),
            tally(&found.relationships, found.relationships_kept),
        )
    }

    /// How many entities are gained, lost, changed and kept.
    async fn entity_counts(&self) -> DifferenceCounts {
        tally(&self.found.entities, self.found.entities_kept).into()
    }

    /// How many relationships are gained, lost, changed and kept.
    async fn relationship_counts(&self) -> DifferenceCounts {
        tally(&self.found.relationships, self.found.relationships_kept).into()
    }

    /// The entities that differ, sorted by id.
    async fn entities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what differs in one of these ways.")] differences: Option<Vec<DifferenceKind>>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<Option<EntityDifferenceConnection>> {
        let found = asked(&self.found.entities, differences);
        let scopes = &self.scopes;
        let entity = |at: usize| EntityDifference { scopes: scopes.clone(), found: found[at].clone() };
        let arguments = PageArguments::either_way(first, after, last, before);
        let window = Window::cut(&arguments, page_limit(ctx)?, found.len(), |at| entity(at).id())?;
        let edge = |at, cursor| EntityDifferenceEdge { cursor, node: entity(at) };
        Ok(Some(EntityDifferenceConnection(window.into_page(edge))))
    }

    /// The relationships that differ, sorted by id.
    async fn relationships(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what differs in one of these ways.")] differences: Option<Vec<DifferenceKind>>,
        #[graphql(desc = "At most this many from the start; 50 when neither first nor last is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<Option<RelationshipDifferenceConnection>> {
        let found = asked(&self.found.relationships, differences);
        let scopes = &self.scopes;
        let relationship = |at: usize| RelationshipDifference { scopes: scopes.clone(), found: found[at].clone() };
        let arguments = PageArguments::either_way(first, after, last, before);
        let window = Window::cut(&arguments, page_limit(ctx)?, found.len(), |at| relationship(at).id())?;
        let edge = |at, cursor| RelationshipDifferenceEdge { cursor, node: relationship(at) };
        Ok(Some(RelationshipDifferenceConnection(window.into_page(edge))))
    }
}

fn asked<I>(all: &[Differing<I>], differences: Option<Vec<DifferenceKind>>) -> Vec<&Differing<I>> {
    let wanted: Option<Vec<Difference>> = differences.map(|kinds| kinds.into_iter().map(Into::into).collect());
    all.iter().filter(|one| wanted.as_ref().is_none_or(|wanted| wanted.contains(&one.difference))).collect()
}

/// A part that is not alike.
#[derive(SimpleObject)]
pub(crate) struct FieldDifference {
    /// Which part.
    field: ComparedField,
    /// What it says in the first view; null where it says nothing, and for what is no single value, such as citations.
    before: Option<String>,
    /// What it says in the second view; null where it says nothing, and for what is no single value, such as citations.
    after: Option<String>,
}

fn name(field: Field) -> &'static str {
    match field {
        Field::Kind => "kind",
        Field::Name => "name",
        Field::Names => "other names",
        Field::Language => "language",
        Field::Description => "description",
        Field::Homepage => "homepage",
        Field::Country => "country",
        Field::City => "city",
        Field::Coordinates => "coordinates",
        Field::Identifiers => "identifiers",
        Field::Role => "role",
        Field::OnBehalfOf => "principal",
        Field::Since => "start",
        Field::Until => "end",
        Field::Format => "format",
        Field::Term => "term",
        Field::Figures => "figures",
        Field::Citations => "citations",
    }
}

/// The parts that differ, each with what it says in both views.
type Texts = Vec<(Field, Option<String>, Option<String>)>;

impl Scopes {
    /// What `read` finds in the second view, or else in the first.
    fn latest<I: Copy>(&self, found: &Differing<I>, read: impl Fn(&Graph, I) -> String) -> String {
        let (before, after) = &*self.0;
        let of = |scope: &Scope, index: Option<I>| index.map(|index| read(scope.graph(), index));
        of(after, found.after).or_else(|| of(before, found.before)).unwrap_or_default()
    }

    /// What `read` finds in each part that differs.
    fn texts<I: Copy>(&self, found: &Differing<I>, read: impl Fn(&Graph, I, Field) -> Option<String>) -> Texts {
        let (before, after) = &*self.0;
        let text = |scope: &Scope, index: Option<I>, field| read(scope.graph(), index?, field);
        let fields = found.fields.iter().copied();
        fields.map(|field| (field, text(before, found.before, field), text(after, found.after, field))).collect()
    }
}

fn field_differences(texts: Texts) -> Vec<FieldDifference> {
    texts.into_iter().map(|(field, before, after)| FieldDifference { field: field.into(), before, after }).collect()
}

fn field_changes(texts: Texts) -> Vec<wording::FieldChange> {
    texts.into_iter().map(|(field, before, after)| wording::FieldChange { name: name(field), before, after }).collect()
}

/// An entity that differs.
#[derive(Clone)]
pub(crate) struct EntityDifference {
    scopes: Scopes,
    found: Differing<EntityIndex>,
}

impl EntityDifference {
    fn id(&self) -> String {
        self.scopes.latest(&self.found, |graph, index| graph.entity(index).id.to_string())
    }

    fn texts(&self) -> Texts {
        self.scopes.texts(&self.found, |graph, index, field| graph::entity_text(graph.entity(index), field))
    }
}

/// An entity that one view shows and the other does not, or shows otherwise.
#[Object]
impl EntityDifference {
    /// How it differs.
    async fn difference(&self) -> DifferenceKind {
        self.found.difference.into()
    }

    /// It as the first view shows it; null where it is gained.
    async fn before(&self) -> Option<Entity> {
        self.found.before.map(|index| Entity::new(&self.scopes.0.0, index))
    }

    /// It as the second view shows it; null where it is lost.
    async fn after(&self) -> Option<Entity> {
        self.found.after.map(|index| Entity::new(&self.scopes.0.1, index))
    }

    /// What is not alike; empty where it is gained or lost.
    async fn fields(&self) -> Vec<FieldDifference> {
        field_differences(self.texts())
    }

    /// It as a plain English sentence.
    async fn sentence(&self) -> String {
        let (before, after) = &*self.scopes.0;
        match (self.found.before, self.found.after) {
            (Some(_), Some(index)) => wording::changed(after.told_of(index), &field_changes(self.texts())),
            (None, Some(index)) => wording::gained(after.told_of(index)),
            (Some(index), None) if after.view.is_after(before.graph().entity(index).days().1) => {
                wording::over(before.told_of(index))
            }
            (Some(index), None) => wording::lost(before.told_of(index)),
            (None, None) => String::new(),
        }
    }
}

/// The last day on which a relationship may have held, or one of its ends been there.
fn last_day(graph: &Graph, relationship: RelationshipIndex) -> Day {
    let (source, target) = graph.ends(relationship);
    let ends = [source, target].map(|end| graph.entity(end).days().1);
    ends.into_iter().fold(graph.relationship(relationship).period().days().1, Day::min)
}

/// A relationship that differs.
#[derive(Clone)]
pub(crate) struct RelationshipDifference {
    scopes: Scopes,
    found: Differing<RelationshipIndex>,
}

impl RelationshipDifference {
    fn id(&self) -> String {
        self.scopes.latest(&self.found, |graph, index| graph.relationship(index).id().to_string())
    }

    fn texts(&self) -> Texts {
        self.scopes.texts(&self.found, |graph, index, field| graph::relationship_text(graph.relationship(index), field))
    }
}

/// A relationship that one view shows and the other does not, or shows otherwise.
#[Object]
impl RelationshipDifference {
    /// How it differs.
    async fn difference(&self) -> DifferenceKind {
        self.found.difference.into()
    }

    /// It as the first view shows it; null where it is gained.
    async fn before(&self) -> Option<Relationship> {
        self.found.before.map(|index| Relationship::new(&self.scopes.0.0, index))
    }

    /// It as the second view shows it; null where it is lost.
    async fn after(&self) -> Option<Relationship> {
        self.found.after.map(|index| Relationship::new(&self.scopes.0.1, index))
    }

    /// What is not alike; empty where it is gained or lost.
    async fn fields(&self) -> Vec<FieldDifference> {
        field_differences(self.texts())
    }

    /// It as a plain English sentence.
    async fn sentence(&self) -> String {
        let (before, after) = &*self.scopes.0;
        match (self.found.before, self.found.after) {
            (Some(_), Some(index)) => {
                let changes = field_changes(self.texts());
                told(after, index, |statement| wording::changed_relationship(statement, &changes))
            }
            (None, Some(index)) => told(after, index, wording::gained_relationship),
            (Some(index), None) if after.view.is_after(last_day(before.graph(), index)) => {
                told(before, index, wording::over_relationship)
            }
            (Some(index), None) => told(before, index, wording::lost_relationship),
            (None, None) => String::new(),
        }
    }
}

/// An entity in a list of those that differ.
#[derive(SimpleObject)]
pub(crate) struct EntityDifferenceEdge {
    /// Points to this place in the list.
    cursor: String,
    /// What differs.
    node: EntityDifference,
}

/// A relationship in a list of those that differ.
#[derive(SimpleObject)]
pub(crate) struct RelationshipDifferenceEdge {
    /// Points to this place in the list.
    cursor: String,
    /// What differs.
    node: RelationshipDifference,
}

connection! {
    /// Entities that differ, page by page.
    EntityDifferenceConnection, EntityDifferenceEdge, EntityDifference
}

connection! {
    /// Relationships that differ, page by page.
    RelationshipDifferenceConnection, RelationshipDifferenceEdge, RelationshipDifference
}
