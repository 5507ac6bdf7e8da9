//! Patterns in the path notation of ISO/IEC 39075 (GQL), matched in a view: who stands where, over which relationships.
//!
//! A pattern is read ([`syntax`]), its names are looked up ([`check`]), it is ordered by what costs least ([`plan`]),
//! and run ([`run`]). What the notation means is in `docs/patterns.md`.

mod answer;
mod check;
mod condition;
mod plan;
mod property;
mod query;
mod run;
mod syntax;
mod value;

pub use self::answer::{Binding, BoundValue, Match, Matches};
pub use self::check::{Parameter, Parameters};
pub use self::plan::PlanStep;
pub use self::syntax::PatternError;

use std::sync::Arc;

use self::answer::Steps;
use self::check::{Question, Together};
use self::plan::Plan;
use super::{Budget, Exhausted, Graph, Scope, View};

/// A pattern, and the values of its parameters.
#[derive(Clone, Debug, Default)]
pub struct PatternQuestion {
    /// `(h:Hospital)-[:MEMBER_OF]->(c:Consortium)`.
    pub pattern: String,
    /// The values of `$name`.
    pub parameters: Parameters,
}

/// Why a pattern has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MatchError {
    /// The pattern is not one, or asks for what is not there.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// The budget was spent before the answer was whole.
    #[error(transparent)]
    Exhausted(#[from] Exhausted),
}

/// A pattern that is read and planned for one view of a graph.
pub struct Prepared<'a> {
    graph: &'a Graph,
    view: &'a View,
    whole: Together,
    /// What is asked, each with the optional blocks that are taken: nothing else where there is none.
    parts: Vec<Part>,
}

/// What has to be there with some of what may be there, as one question, and how it is answered.
struct Part {
    taken: Vec<usize>,
    asked: Together,
    plan: Plan,
}

/// Reads a pattern and plans how it is matched in a view. *O(n)* for a text of *n* bytes, *O(n^3)* for *n* nodes and edges,
/// of which there are at most 100.
///
/// # Errors
/// What is wrong with the pattern, with its place.
pub fn prepare<'a>(graph: &'a Graph, view: &'a View, question: &PatternQuestion) -> Result<Prepared<'a>, PatternError> {
    let statement = syntax::parse(&question.pattern)?;
    let Question { whole, parts } = check::check(graph, &question.pattern, statement, &question.parameters)?;
    let parts = parts.into_iter().map(|(taken, asked)| {
        let plan = plan::plan(graph, view, &asked.query);
        Part { taken, asked, plan }
    });
    Ok(Prepared { graph, view, whole, parts: parts.collect() })
}

impl Prepared<'_> {
    /// All rows that match, each once.
    ///
    /// They are sorted by the number of steps of all their paths, fewest first; then, path after path, by its number of
    /// steps, by the ids of its entities from left to right, by those of its relationships; then by the elements of the
    /// variables in the order in which they are first named.
    ///
    /// **Complexity.** What the planned order costs: for each row of each step the relationships of one entity with
    /// entities of the kinds that are asked for, and *O(r log r)* for *r* rows. A row costs as many visits as it has
    /// elements. With `OPTIONAL MATCH` what has to be there is asked alone and with each set of what may be there.
    ///
    /// # Errors
    /// [`Exhausted`] when the budget covers less than the whole answer.
    pub fn matches(&self, budget: &Budget) -> Result<Matches, Exhausted> {
        let scope = Scope { graph: self.graph, view: self.view, budget };
        let mut found = Vec::with_capacity(self.parts.len());
        let mut steps = Vec::with_capacity(self.parts.len());
        for Part { taken, asked, plan } in &self.parts {
            let (rows, counts) = run::run(scope, &asked.query, plan)?;
            found.push(rows);
            steps.push(Steps {
                query: Arc::clone(&asked.query),
                taken: taken.clone(),
                planned: Arc::clone(&plan.steps),
                counts,
            });
        }
        let rows = match found.pop() {
            Some(only) if found.is_empty() => only,
            last => {
                found.extend(last);
                let parts = self.parts.iter().zip(&found);
                let parts: Vec<_> = parts.map(|(part, rows)| (part.taken.as_slice(), &part.asked, rows)).collect();
                run::joined(budget, &self.whole, &parts)?
            }
        };
        Ok(Matches::new(Arc::clone(&self.whole.query), rows, steps))
    }
}

/// All rows that match a pattern in a view: [`prepare`], then [`Prepared::matches`].
///
/// # Errors
/// [`MatchError::Pattern`] with the place of what is wrong; [`MatchError::Exhausted`] when the budget covers less than
/// the whole answer.
pub fn matches(graph: &Graph, view: &View, question: &PatternQuestion, budget: &Budget) -> Result<Matches, MatchError> {
    Ok(prepare(graph, view, question)?.matches(budget)?)
}
