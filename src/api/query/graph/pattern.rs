//! What is found by a pattern.

use async_graphql::{Context, ErrorExtensions, Json, Object, Result};

use crate::api::connection::{PageArguments, Window};
use crate::api::error::Code;
use crate::api::pattern::{Explanation, Match, MatchConnection, MatchEdge, MatchPage, parameters};
use crate::api::scope::{Scope, page_limit};
use crate::graph;

/// The field that matches patterns.
pub(crate) struct Patterns(pub(super) Scope);

/// The field that matches patterns.
#[Object]
impl Patterns {
    /// All ways in which a pattern matches, in the path notation of ISO/IEC 39075 (GQL):
    /// `(u:University)-[:MEMBER_OF]->(c:Consortium)<-[:MEMBER_OF]-(h:Hospital) WHERE u.country = 'GB'`.
    ///
    /// Labels are kinds (`Hospital`, `MEMBER_OF`) and the groups `Organization` and `Entity`. A date in the pattern names all
    /// days that it covers: `c.until = '2027'` is an end within 2027, `>= '2024'` one from its first day on; what is only
    /// possibly so makes no row. Texts are compared without regard to case and accents, unless EXACTLY stands before one.
    /// What may be missing stands behind OPTIONAL MATCH. All of it is told in docs/patterns.md. Rows are sorted by the steps
    /// of their paths, fewest first, then by the ids along the paths. A pattern that asks for more than the request may
    /// cost is an error, never a short answer.
    #[graphql(name = "match")]
    async fn matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pattern, at most 10,000 bytes.")] pattern: String,
        #[graphql(
            desc = "The values of `$name` in the pattern, as an object of texts, numbers, truth values and lists."
        )]
        parameters: Option<Json<serde_json::Value>>,
        #[graphql(desc = "Whether to tell how the rows were found, in `plan`.", default_with = "Some(false)")]
        explain: Option<bool>,
        #[graphql(desc = "At most this many.", default_with = "Some(50)")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Option<MatchConnection>> {
        let scope = &self.0.of_field();
        let question =
            graph::PatternQuestion { pattern, parameters: self::parameters(parameters.map(|Json(json)| json))? };
        let found =
            graph::matches(scope.graph(), &scope.view, &question, &scope.budget).map_err(|error| match error {
                graph::MatchError::Pattern(wrong) => {
                    Code::InvalidInput.error(format!("pattern:{wrong}")).extend_with(|_, extensions| {
                        extensions.set("line", wrong.line());
                        extensions.set("column", wrong.column());
                    })
                }
                graph::MatchError::Exhausted(exhausted) => scope.refused(&exhausted.into()),
            })?;
        let arguments = PageArguments::onwards(first, 50, after);
        let row = |at: usize| found.get(scope.graph(), at);
        let window = Window::cut(&arguments, page_limit(ctx)?, found.len(), |at| Match::key(scope, &row(at)))?;
        let page = window.into_page(|at, cursor| MatchEdge { cursor, node: Match::new(scope, row(at)) });
        let plan = explain.unwrap_or(false).then(|| found.plan());
        Ok(Some(MatchConnection(MatchPage(page), Explanation::of(plan))))
    }
}
