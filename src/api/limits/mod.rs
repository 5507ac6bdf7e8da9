//! What one operation may cost: refused before the library walks the document where it can be told from the document,
//! stopped while it runs where it cannot. What a client is told is trimmed here too. How often a client may ask is left
//! to whoever stands in front of the server.

mod errors;
mod escapes;
mod expansion;
mod extension;
mod tokens;

pub(super) use escapes::parse;
pub use extension::Guard;
pub(super) use tokens::tokens;

use async_graphql::{ObjectType, Pos, SchemaBuilder, ServerError, SubscriptionType, Value};

use crate::api::executor::coded;
use crate::api::limits::expansion::{Expansion, expand};
use crate::api::limits::tokens::weigh;
use async_graphql::parser::types::ExecutableDocument;

/// The longest name or alias in bytes. An alias comes back with every item of a list; without this, one long name asked
/// for in a page of 500 would make an answer of hundreds of megabytes.
const LONGEST_NAME: usize = 256;

/// The most that one operation may ask for. A fragment counts as often as it is spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Fields inside fields. 24: the deepest introspection that graphql-js can print needs 16.
    pub depth: usize,
    /// Fields in all, fragments expanded. 5,000.
    pub complexity: usize,
    /// Fields under another name. 100.
    pub aliases: usize,
    /// Names, numbers, strings and punctuators. 20,000.
    pub tokens: usize,
    /// Brackets inside brackets of any kind: selections, arguments, lists, objects. 64; the parser itself goes no deeper
    /// in selections.
    pub nesting: usize,
    /// Fields of the root type. 50.
    pub root_fields: usize,
    /// Directives at any one place. 10.
    pub directives: usize,
    /// Fragments spread, fragments in fragments included. 1,000.
    pub fragments: usize,
    /// Fields and items of lists in the answer. 200,000.
    pub answer_fields: usize,
    /// Errors in one response; more are left out. 20.
    pub errors: usize,
    /// Characters of the message of an error; more are cut off. 500.
    pub error_characters: usize,
    /// Items in one page of a list. 500.
    pub page: usize,
    /// Relationships that all traversals of the operation may visit together; those behind answers that were found before
    /// do not count. 5,000,000.
    pub visits: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 24,
            complexity: 5_000,
            aliases: 100,
            tokens: 20_000,
            nesting: 64,
            root_fields: 50,
            directives: 10,
            fragments: 1_000,
            answer_fields: 200_000,
            errors: 20,
            error_characters: 500,
            page: 500,
            visits: 5_000_000,
        }
    }
}

impl Limits {
    /// Has a schema refuse and stop what goes beyond the limits; resolvers find them in their context.
    pub fn guard<Q, M, S>(self, schema: SchemaBuilder<Q, M, S>) -> SchemaBuilder<Q, M, S>
    where
        Q: ObjectType + 'static,
        M: ObjectType + 'static,
        S: SubscriptionType + 'static,
    {
        // The library's own limit counts spreads as depth; ours has been checked before it looks.
        schema.limit_recursive_depth(self.nesting.saturating_mul(2)).data(self).extension(Guard::new(self))
    }

    /// Refuses a text that is not safe to parse.
    fn check_text(&self, document: &str) -> Result<(), ServerError> {
        let weight = weigh(document);
        self.check(Limit::Tokens, weight.tokens, None)?;
        self.check(Limit::Nesting, weight.nesting, None)?;
        if weight.longest_name > LONGEST_NAME {
            return Err(coded(
                "LIMIT_EXCEEDED",
                format!(
                    "a name in the document is {} characters long, {LONGEST_NAME} are allowed; shorten it",
                    weight.longest_name
                ),
                None,
            ));
        }
        Ok(())
    }

    /// Refuses a document that asks for too much.
    fn check_document(&self, document: &ExecutableDocument) -> Result<(), ServerError> {
        let Expansion { depth, complexity, aliases, root_fields, fragments, directives } =
            expand(document, self.nesting)?;
        self.check(Limit::Fragments, fragments, None)?;
        self.check(Limit::Complexity, complexity, None)?;
        self.check(Limit::Depth, depth, None)?;
        self.check(Limit::RootFields, root_fields, None)?;
        self.check(Limit::Aliases, aliases, None)?;
        let (directives, place) = directives;
        self.check(Limit::Directives, directives, place)
    }

    fn check(&self, limit: Limit, found: usize, place: Option<Pos>) -> Result<(), ServerError> {
        let allowed = limit.of(self);
        if found <= allowed { Ok(()) } else { Err(limit.exceeded(found, allowed, place)) }
    }
}

/// One of the limits, for messages.
#[derive(Clone, Copy, Debug)]
enum Limit {
    Depth,
    Complexity,
    Aliases,
    Tokens,
    Nesting,
    RootFields,
    Directives,
    Fragments,
    AnswerFields,
}

impl Limit {
    fn of(self, limits: &Limits) -> usize {
        match self {
            Self::Depth => limits.depth,
            Self::Complexity => limits.complexity,
            Self::Aliases => limits.aliases,
            Self::Tokens => limits.tokens,
            Self::Nesting => limits.nesting,
            Self::RootFields => limits.root_fields,
            Self::Directives => limits.directives,
            Self::Fragments => limits.fragments,
            Self::AnswerFields => limits.answer_fields,
        }
    }

    /// Its name, the unit in which it counts, and the flag of `consortia serve` that raises it.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Depth => ("depth", "levels of fields", "--max-depth"),
            Self::Complexity => ("complexity", "fields with all fragments expanded", "--max-complexity"),
            Self::Aliases => ("aliases", "aliases", "--max-aliases"),
            Self::Tokens => ("tokens", "tokens", "--max-tokens"),
            Self::Nesting => ("nesting", "brackets inside each other", "--max-nesting"),
            Self::RootFields => ("root fields", "fields of the root type", "--max-root-fields"),
            Self::Directives => ("directives", "directives at one place", "--max-directives"),
            Self::Fragments => ("fragments", "fragment spreads with all fragments expanded", "--max-fragments"),
            Self::AnswerFields => ("answer fields", "fields and items of lists in the answer", "--max-answer-fields"),
        }
    }

    fn exceeded(self, found: usize, allowed: usize, place: Option<Pos>) -> ServerError {
        let (name, unit, flag) = self.words();
        // A saturated sum says that it is more than can be counted.
        let found_text = if found == usize::MAX { "more than can be counted".to_owned() } else { found.to_string() };
        let mut error = coded(
            "LIMIT_EXCEEDED",
            format!(
                "{name} limit: the operation has {found_text} {unit}, {allowed} are allowed; ask for less at once, or \
                 start the server with a higher {flag}"
            ),
            place,
        );
        crate::api::executor::set(&mut error, "limit", Value::from(name));
        crate::api::executor::set(&mut error, "allowed", Value::from(allowed));
        error
    }
}
