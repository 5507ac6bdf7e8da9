//! The answer of the flagship: what is linked to what, and through what.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};

use super::connection::{connection, count};
use super::entity::Entity;
use super::path::Path;
use super::scope::{Scope, int, page_limit};
use crate::{graph, model, wording};

/// A link in the view that was asked, with the question it answers.
#[derive(Clone)]
pub(crate) struct Link {
    pub(super) scope: Scope,
    pub(super) question: Arc<graph::LinkQuestion>,
    pub(super) link: graph::Link,
}

impl Link {
    fn all(&self, indices: &[graph::EntityIndex]) -> Vec<Entity> {
        indices.iter().map(|&index| Entity::new(&self.scope, index)).collect()
    }
}

/// An entity that links to the ones asked about through others, which bear witness.
#[Object]
impl Link {
    /// The entity that is linked.
    async fn entity(&self) -> Entity {
        Entity::new(&self.scope, self.link.entity)
    }

    /// Those of the entities asked about that it links to, in the order of the question.
    async fn from(&self) -> Vec<Entity> {
        let asked = self.question.from.iter().copied();
        self.all(&asked.filter(|index| self.link.from.contains(index)).collect::<Vec<_>>())
    }

    /// The entities that bear witness to the link, sorted by id.
    async fn through(&self) -> Vec<Entity> {
        self.all(&self.link.through)
    }

    /// It as a plain English sentence; of many names three are told, and how many more there are. With several entities
    /// asked about or several witnesses, the steps are those of the shortest way, from one of them over one of the others,
    /// and the sentence says so where another way may be longer.
    async fn sentence(&self) -> String {
        let named = |indices: &[graph::EntityIndex]| -> Vec<&model::entity::Entity> {
            indices.iter().map(|&index| &self.scope.told_of(index).value).collect()
        };
        let asked: Vec<_> = self.question.from.iter().copied().filter(|index| self.link.from.contains(index)).collect();
        let (from, through) = (named(&asked), named(&self.link.through));
        wording::link(
            self.scope.told_of(self.link.entity),
            &from,
            &through,
            self.link.distance,
            2 * self.question.reach,
        )
    }

    /// How many steps its shortest path has, from whichever entity asked about and over whichever witness that leads.
    async fn distance(&self) -> i32 {
        int(self.link.distance)
    }

    /// The walks that make the link, from an entity asked about over a witness to this one, shortest first.
    async fn paths(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many.", default_with = "Some(3)")] first: Option<i32>,
    ) -> Result<Vec<Path>> {
        let first = count("first", first, 3, page_limit(ctx)?)?;
        let scope = &self.scope;
        let paths = scope
            .ask(|graph, view, budget| graph::link_paths(graph, view, &self.question, &self.link, first, budget))?;
        Ok(paths.into_iter().map(|path| Path::new(scope, path)).collect())
    }
}

/// A link in a list.
#[derive(SimpleObject)]
pub(crate) struct LinkEdge {
    /// Points to this place in the list.
    pub(super) cursor: String,
    /// The link.
    pub(super) node: Link,
}

connection! {
    /// Links, page by page.
    LinkConnection, LinkEdge, Link
}
