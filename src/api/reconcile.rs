//! Names that somebody else wrote, and the entities that they may mean.

use async_graphql::{Enum, InputObject, Result, SimpleObject};

use super::entity::Entity;
use super::error::Code;
use super::scalar::CountryCode;
use super::scope::Scope;
use super::vocabulary::EntityKind;
use crate::matching::{self, Question};
use crate::model::identifier::Identifier;

/// The most candidates that one query may ask for.
pub const CANDIDATES_LIMIT: i32 = 25;
/// How many are given when the query does not say.
const CANDIDATES: i32 = 5;

/// What is known of one organization, event or program that is to be found; of an agreement, a topic or a project only where
/// `kinds` names its kind. The more is given, the surer the answer: above all the country.
#[derive(InputObject)]
pub(crate) struct ReconcileQuery {
    /// Its name, in any language or script.
    name: String,
    /// Other names of it: a short name, a translation. At most 8 are read.
    other_names: Option<Vec<String>>,
    /// The country it is in. What is in another one is seldom taken.
    country: Option<CountryCode>,
    /// The city it is in, in English or in its own language.
    city: Option<String>,
    /// Its web page, or the name of its host.
    homepage: Option<String>,
    /// Its keys in outside registries: `ROR:011ashp19`, `https://ror.org/011ashp19`, `PIC:999984059`.
    identifiers: Option<Vec<String>>,
    /// Only entities of these kinds. Where none is given, agreements, topics and consortia that are projects are left out.
    kinds: Option<Vec<EntityKind>>,
    /// The name of the body that it is a part of.
    parent: Option<String>,
    /// At most this many candidates, 0 to 25; 5 when left out.
    first: Option<i32>,
}

/// The candidates of one query.
#[derive(SimpleObject)]
pub(crate) struct ReconcileAnswer {
    /// The entities that may be meant, the likeliest first; empty when none is at all like it.
    candidates: Vec<ReconcileCandidate>,
}

/// An entity that may be meant.
#[derive(SimpleObject)]
pub(crate) struct ReconcileCandidate {
    /// The entity.
    entity: Entity,
    /// How likely it is that it is meant, 0 to 1: all candidates of a query and "none of them" add up to 1.
    score: f64,
    /// What the score is worth.
    confidence: MatchConfidence,
    /// The name of the entity that fits best, as written.
    matched: String,
    /// What spoke for it and against it: names first, then identifiers, places, kinds, web pages.
    reasons: Vec<MatchReason>,
}

/// One thing that speaks for an entity or against it.
#[derive(SimpleObject)]
pub(crate) struct MatchReason {
    /// What it is about.
    aspect: MatchAspect,
    /// Whether it speaks for the entity or against it.
    verdict: MatchVerdict,
    /// In words, as part of a sentence.
    text: String,
}

/// What the score of a candidate is worth.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "matching::Confidence")]
pub(crate) enum MatchConfidence {
    /// Hardly meant.
    None,
    /// Worth a look.
    Low,
    /// Likelier right than wrong; somebody should confirm it.
    Medium,
    /// May be taken without a look. Only the first candidate can have it.
    High,
}

/// What a reason is about.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "matching::Aspect")]
pub(crate) enum MatchAspect {
    /// The names.
    Name,
    /// An acronym, or another name beside the one that fits best.
    Acronym,
    /// A key in an outside registry.
    Identifier,
    /// The country.
    Country,
    /// The city.
    City,
    /// What sort of body it is.
    Kind,
    /// The web page.
    Homepage,
}

/// Whether a reason speaks for an entity or against it.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "matching::Verdict")]
pub(crate) enum MatchVerdict {
    /// It speaks for it.
    Agrees,
    /// It speaks against it.
    Differs,
}

/// The answers to queries, in their order.
///
/// # Errors
/// `INVALID_INPUT` for an identifier or a count that is none, `LIMIT_EXCEEDED` for too many queries, or where the view
/// costs more than the request may spend.
pub(super) fn reconcile(scope: &Scope, queries: Vec<ReconcileQuery>, limit: usize) -> Result<Vec<ReconcileAnswer>> {
    if queries.len() > limit {
        return Err(Code::LimitExceeded.error(format!(
            "queries: {} queries are too many for one request; ask at most {limit}, or start the server with a larger \
             --max-page",
            queries.len()
        )));
    }
    queries.into_iter().enumerate().map(|(nth, query)| answer(scope, query, nth)).collect()
}

fn answer(scope: &Scope, query: ReconcileQuery, nth: usize) -> Result<ReconcileAnswer> {
    let wanted = query.first.unwrap_or(CANDIDATES);
    if !(0..=CANDIDATES_LIMIT).contains(&wanted) {
        return Err(Code::InvalidInput.error(format!(
            "queries[{nth}].first: {wanted} is out of range; give a number from 0 to {CANDIDATES_LIMIT}"
        )));
    }
    let question = question(query, nth)?;
    let found = scope.choose(
        |accept| scope.snapshot.matcher().candidates(&question, wanted as usize, accept),
        |graph, view, budget, index| {
            let is_of_kind = question.kinds.is_empty() || question.kinds.contains(&graph.entity(index).kind);
            Ok(is_of_kind && view.admits_entity(graph, index, budget)?)
        },
    )?;
    let candidates = found.into_iter().filter_map(|candidate| {
        Some(ReconcileCandidate {
            entity: Entity::new(scope, scope.graph().entity_at(candidate.position)?),
            score: (candidate.score * 1e4).round() / 1e4,
            confidence: candidate.confidence.into(),
            matched: candidate.matched,
            reasons: candidate.reasons.into_iter().map(MatchReason::from).collect(),
        })
    });
    Ok(ReconcileAnswer { candidates: candidates.collect() })
}

fn question(query: ReconcileQuery, nth: usize) -> Result<Question> {
    let identifier = |text: String| {
        text.parse::<Identifier>().map_err(|violation| {
            Code::InvalidInput.error(format!("queries[{nth}].identifiers: {}; {}", violation.problem, violation.remedy))
        })
    };
    Ok(Question {
        name: query.name,
        other_names: query.other_names.unwrap_or_default(),
        country: query.country.map(|country| country.0),
        city: query.city,
        homepage: query.homepage,
        identifiers: query.identifiers.unwrap_or_default().into_iter().map(identifier).collect::<Result<_>>()?,
        kinds: query.kinds.unwrap_or_default().into_iter().map(Into::into).collect(),
        parent: query.parent,
    })
}

impl From<matching::Reason> for MatchReason {
    fn from(reason: matching::Reason) -> Self {
        Self { aspect: reason.aspect.into(), verdict: reason.verdict.into(), text: reason.text }
    }
}
