//! Whom an entity is likely to work with next, and who is like it.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};

use super::connection::{PageArguments, Window, connection, count};
use super::entity::Entity;
use super::error::Code;
use super::relationship::Relationship;
use super::scope::{Scope, int, page_limit};
use crate::graph::{self, EntityFilter, EntityIndex, RelationshipFilter};

/// What a suggestion is scored by.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::SuggestionMethod")]
pub(crate) enum SuggestionMethod {
    /// Each neighbor that both have counts 1 divided by the logarithm of how many neighbors it has: what few share says
    /// more (Adamic and Adar).
    AdamicAdar,
    /// Each neighbor that both have counts 1 divided by how many neighbors it has: what many share says next to nothing.
    ResourceAllocation,
    /// Each consortium that both are neighbors of counts 1.
    SharedConsortia,
    /// How likely a walker comes there who goes to a partner and on to a partner of that partner, directly or over a
    /// consortium, an agreement, an event or a program. Whoever is a partner in this sense already is not suggested.
    NewPartners,
}

/// How two neighborhoods are compared.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Similarity")]
pub(crate) enum Similarity {
    /// The neighbors that both have, as a part of those that at least one of them has.
    Jaccard,
    /// The neighbors that both have, as a part of the geometric mean of how many each has.
    Cosine,
}

/// An organization that is suggested.
#[derive(SimpleObject)]
pub(crate) struct Suggestion {
    /// The organization.
    entity: Entity,
    /// How much speaks for it; comparable only within one question.
    score: f64,
    /// What speaks for it, the weightiest first, then by name. Of new partners only the five weightiest.
    reasons: Vec<SuggestionReason>,
}

/// A reason of a suggestion.
#[derive(SimpleObject)]
pub(crate) struct SuggestionReason {
    /// The neighbor that both have; of a new partner, the partner that both have.
    witness: Entity,
    /// How much it adds to the score.
    weight: f64,
    /// The relationships that say so, sorted by kind, then by id.
    relationships: Vec<Relationship>,
}

/// How suggestions did on what was hidden: relationships that began in a year or later, one in ten, drawn the same each
/// time. Relationships between two organizations may be hidden, and those of an organization with a consortium, an
/// agreement, an event or a program. Parts are from 0 to 1, and 0 where nobody was asked.
#[derive(SimpleObject)]
pub(crate) struct SuggestionBacktest {
    /// How many relationships might have been hidden.
    eligible: i32,
    /// How many of them were: one tenth, rounded up. With each goes what else says the same: other relationships of the
    /// two, and those with the agreement of a consortium and the like.
    hidden: i32,
    /// How many organizations that lost one were given ten suggestions, by what is left.
    asked: i32,
    /// Precision at 10: which part of ten suggestions is a hit, as a mean over the organizations; places that stay empty
    /// are misses. A hit is somebody at the other end of a hidden relationship, or taking part in the same, to whom no
    /// other relationship is left.
    precision: f64,
    /// Which part of the organizations has at least one hit.
    hit_rate: f64,
    /// The precision that ten candidates drawn at random would have: what the method has to beat.
    by_chance: f64,
    /// The precision of the ten candidates with the most neighbors: what a method has to beat that is worth more than
    /// naming the great.
    by_degree: f64,
}

/// The back-test of a method.
pub(super) fn backtest(
    scope: &Scope,
    by: SuggestionMethod,
    since: i32,
    organizations: usize,
) -> Result<SuggestionBacktest> {
    let since = i16::try_from(since)
        .map_err(|_| Code::InvalidInput.error(format!("since: {since} is no year; name one such as 2024")))?;
    let question = graph::BacktestQuestion { by: by.into(), since, organizations };
    let bytes = |found: &graph::Backtest| {
        let lists = size_of_val(&found.drawn[..]) + size_of_val(&found.hidden[..]) + size_of_val(&found.asked[..]);
        size_of_val(found) + lists
    };
    let find = |graph: &_, view: &_, budget: &_| graph::backtest(graph, view, &question, budget);
    let found = scope.measured(format!("{question:?}"), find, bytes).map_err(|mut error| {
        error.message.push_str("; or ask for fewer `organizations`");
        error
    })?;
    Ok(SuggestionBacktest {
        eligible: int(found.eligible),
        hidden: int(found.drawn.len()),
        asked: int(found.asked.len()),
        precision: found.precision,
        hit_rate: found.hit_rate,
        by_chance: found.by_chance,
        by_degree: found.by_degree,
    })
}

/// The best suggestions for an entity.
pub(super) fn suggestions(
    scope: &Scope,
    to: EntityIndex,
    by: SuggestionMethod,
    filter: &EntityFilter,
    first: usize,
) -> Result<Vec<Suggestion>> {
    let found =
        scope.ask(|graph, view, budget| graph::suggestions(graph, view, to, by.into(), filter, first, budget))?;
    let reason = |witness: graph::Reason| SuggestionReason {
        witness: Entity::new(scope, witness.entity),
        weight: witness.weight,
        relationships: witness.relationships.into_iter().map(|index| Relationship::new(scope, index)).collect(),
    };
    let suggestion = |found: graph::Suggestion| Suggestion {
        entity: Entity::new(scope, found.entity),
        score: found.score,
        reasons: found.witnesses.into_iter().map(reason).collect(),
    };
    Ok(found.into_iter().map(suggestion).collect())
}

/// An entity that is like another, in a list.
pub(crate) struct SimilarEdge {
    cursor: String,
    node: Entity,
    scope: Scope,
    to: EntityIndex,
    similar: graph::Similar,
}

/// An entity that has neighbors in common with the one asked about.
#[Object]
impl SimilarEdge {
    /// Points to this place in the list.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The entity.
    async fn node(&self) -> Entity {
        self.node.clone()
    }

    /// How alike the two are, 0 to 1; 1 where all their neighbors are the same.
    async fn score(&self) -> f64 {
        self.similar.score
    }

    /// How many neighbors both have.
    async fn shared_count(&self) -> i32 {
        int(self.similar.shared)
    }

    /// Neighbors that both have, sorted by name.
    async fn shared(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many.", default_with = "Some(10)")] first: Option<i32>,
    ) -> Result<Vec<Entity>> {
        let wanted = count("first", first, 10, page_limit(ctx)?)?;
        let both = [self.to, self.similar.entity];
        let (anyone, anyhow) = (EntityFilter::default(), RelationshipFilter::default());
        let shared =
            self.scope.ask(|graph, view, budget| graph::shared(graph, view, &both, 2, &anyone, &anyhow, budget))?;
        Ok(shared.iter().take(wanted).map(|shared| Entity::new(&self.scope, shared.entity)).collect())
    }
}

connection! {
    /// Entities that are like another, page by page.
    SimilarConnection, SimilarEdge, Entity
}

/// The entities that are like another, the most alike first.
pub(super) fn similar(
    ctx: &Context<'_>,
    scope: &Scope,
    to: EntityIndex,
    by: Similarity,
    filter: &EntityFilter,
    arguments: &PageArguments,
) -> Result<SimilarConnection> {
    let found = scope.ask(|graph, view, budget| graph::similar(graph, view, to, by.into(), filter, budget))?;
    let key = |at: usize| scope.graph().entity(found[at].entity).id.to_string();
    let window = Window::cut(arguments, page_limit(ctx)?, found.len(), key)?;
    Ok(SimilarConnection(window.into_page(|at, cursor| SimilarEdge {
        cursor,
        node: Entity::new(scope, found[at].entity),
        scope: scope.clone(),
        to,
        similar: found[at].clone(),
    })))
}
