//! What began, ended, happened and is planned.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::connection::{Page, PageArguments, PageInfo, Window};
use super::document::Citation;
use super::entity::Entity;
use super::relationship::{Relationship, told};
use super::scalar::EdtfDate;
use super::scope::{Scope, int, page_limit};
use super::vocabulary::{TimelineEvent, TimelineUnit};
use crate::graph::{self, Part, Subject};
use crate::wording;

/// An entry of a timeline of the view that was asked.
#[derive(Clone)]
pub(crate) struct TimelineEntry {
    scope: Scope,
    entry: graph::TimelineEntry,
}

/// Something that began, ended or happened, or is or was planned.
#[Object]
impl TimelineEntry {
    /// When, as precise as its source: a year where the source gives a year.
    async fn date(&self) -> EdtfDate {
        EdtfDate(self.entry.date.clone())
    }

    /// Whether it began, happened or ended then, or is or was only planned for then.
    async fn what(&self) -> TimelineEvent {
        self.entry.what().into()
    }

    /// The entity that it is about; null where it is about a relationship.
    async fn entity(&self) -> Option<Entity> {
        match self.entry.subject {
            Subject::Entity(index) => Some(Entity::new(&self.scope, index)),
            Subject::Relationship(_) => None,
        }
    }

    /// The relationship that it is about; null where it is about an entity.
    async fn relationship(&self) -> Option<Relationship> {
        match self.entry.subject {
            Subject::Entity(_) => None,
            Subject::Relationship(index) => Some(Relationship::new(&self.scope, index)),
        }
    }

    /// It as a plain English sentence.
    async fn sentence(&self) -> String {
        let moment = match self.entry.part {
            Part::Start => wording::Moment::Began,
            Part::Whole => wording::Moment::Happened,
            Part::End => wording::Moment::Ended,
        };
        match self.entry.subject {
            Subject::Entity(index) => {
                let tell = if self.entry.is_planned { wording::planned_moment } else { wording::entity_moment };
                tell(self.scope.told_of(index), moment, self.scope.today())
            }
            Subject::Relationship(index) => told(&self.scope, index, |statement| wording::moment(statement, moment)),
        }
    }

    /// Where it was read, as far as the view shows it, sorted by document.
    async fn citations(&self) -> Vec<Citation> {
        cited(&self.scope, self.entry.subject)
    }
}

/// The citations of an entity or a relationship that the view shows.
pub(super) fn cited(scope: &Scope, subject: Subject) -> Vec<Citation> {
    let graph = scope.graph();
    let citations = match subject {
        Subject::Entity(index) => &graph.entity(index).citations,
        Subject::Relationship(index) => &graph.relationship(index).citations,
    };
    scope.note(citations);
    let shown = citations.iter().filter(|citation| scope.view.shows(graph, citation));
    shown.map(|citation| Citation::new(scope, citation)).collect()
}

/// The id of an entity or a relationship.
pub(super) fn key(scope: &Scope, subject: Subject) -> String {
    match subject {
        Subject::Entity(index) => scope.graph().entity(index).id.to_string(),
        Subject::Relationship(index) => scope.graph().relationship(index).id().to_string(),
    }
}

/// An entry in a timeline.
#[derive(SimpleObject)]
pub(crate) struct TimelineEdge {
    /// Points to this place in the timeline.
    cursor: String,
    /// The entry.
    node: TimelineEntry,
}

/// How much began, happened, ended and is or was planned in one month or year.
#[derive(SimpleObject)]
pub(crate) struct TimelineBucket {
    /// The month or the year; by months also a year, for what is dated no closer. Null for what may lie in several years.
    date: Option<EdtfDate>,
    /// How many entries began in it.
    began: i32,
    /// How many entries happened in it.
    happened: i32,
    /// How many entries ended in it.
    ended: i32,
    /// How many entries are still to come in it, or were only planned for it: that they took place is not documented.
    planned: i32,
    /// All four together.
    total: i32,
}

/// A timeline with the page of it that was asked for.
pub(crate) struct TimelineConnection {
    entries: Vec<graph::TimelineEntry>,
    page: Page<TimelineEdge>,
}

/// A timeline, page by page.
#[Object]
impl TimelineConnection {
    /// The entries of this page, each with its cursor.
    async fn edges(&self) -> &[TimelineEdge] {
        &self.page.edges
    }

    /// The entries of this page, without their cursors.
    async fn nodes(&self) -> Vec<TimelineEntry> {
        self.page.edges.iter().map(|edge| edge.node.clone()).collect()
    }

    /// Where this page stands in the timeline.
    async fn page_info(&self) -> PageInfo {
        self.page.info.clone()
    }

    /// How many entries the whole timeline has, on all pages.
    async fn total_count(&self) -> i32 {
        int(self.page.total)
    }

    /// How many entries of the whole timeline lie in each month or year that has any, oldest first; a year stands before
    /// its months, and what may lie in several years comes last.
    async fn buckets(
        &self,
        #[graphql(desc = "Months or years.", default_with = "Some(TimelineUnit::Year)")] by: Option<TimelineUnit>,
    ) -> Vec<TimelineBucket> {
        let unit = by.unwrap_or(TimelineUnit::Year).into();
        let bucket = |bucket: graph::TimelineBucket| {
            let [began, happened, ended, planned] = bucket.counts;
            TimelineBucket {
                date: bucket.date.map(EdtfDate),
                began: int(began),
                happened: int(happened),
                ended: int(ended),
                planned: int(planned),
                total: int(began + happened + ended + planned),
            }
        };
        graph::buckets(&self.entries, unit).into_iter().map(bucket).collect()
    }
}

/// A timeline in pages.
pub(super) fn timeline(
    ctx: &Context<'_>,
    scope: &Scope,
    question: &graph::TimelineQuestion,
    arguments: &PageArguments,
) -> Result<TimelineConnection> {
    let entries = scope.ask(|graph, view, budget| graph::timeline(graph, view, question, scope.today(), budget))?;
    let name = |at: usize| {
        let part = match entries[at].part {
            Part::Start => "began",
            Part::Whole => "happened",
            Part::End => "ended",
        };
        format!("{part} {}", key(scope, entries[at].subject))
    };
    let window = Window::cut(arguments, page_limit(ctx)?, entries.len(), name)?;
    let page = window.into_page(|at, cursor| TimelineEdge {
        cursor,
        node: TimelineEntry { scope: scope.clone(), entry: entries[at].clone() },
    });
    Ok(TimelineConnection { entries, page })
}
