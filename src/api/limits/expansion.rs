//! How large a document is with its fragments expanded, counted without expanding them: each fragment is measured once
//! and its sums are added where it is spread.

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Pos, Positioned, ServerError};

use crate::api::executor::coded;
use crate::api::limits::Limit;

/// The size of all operations of a document, fragments expanded; sums stop at the largest number there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Expansion {
    /// Fields inside fields, of the deepest operation.
    pub(super) depth: usize,
    /// Fields.
    pub(super) complexity: usize,
    /// Fields under another name.
    pub(super) aliases: usize,
    /// Fields of a root type, of the operation that has most.
    pub(super) root_fields: usize,
    /// Fragment spreads.
    pub(super) fragments: usize,
    /// The most directives at one place, and the place.
    pub(super) directives: (usize, Option<Pos>),
}

/// The size of one selection set.
#[derive(Clone, Copy, Default)]
struct Sums {
    depth: usize,
    fields: usize,
    top_fields: usize,
    aliases: usize,
    spreads: usize,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.depth = self.depth.max(other.depth);
        self.fields = self.fields.saturating_add(other.fields);
        self.top_fields = self.top_fields.saturating_add(other.top_fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.spreads = self.spreads.saturating_add(other.spreads);
    }
}

/// Measures a document.
///
/// # Errors
///
/// Refuses a fragment that contains itself, and fragments in fragments beyond `nesting`: what has no end or would need
/// a deeper stack.
///
/// **Complexity**: one visit per selection of the document.
pub(super) fn expand(document: &ExecutableDocument, nesting: usize) -> Result<Expansion, ServerError> {
    let mut measure = Measure { fragments: &document.fragments, known: HashMap::new(), nesting, directives: (0, None) };
    let mut expansion = Expansion::default();
    for (_, operation) in document.operations.iter() {
        let sums = measure.operation(&operation.node)?;
        expansion.depth = expansion.depth.max(sums.depth);
        expansion.root_fields = expansion.root_fields.max(sums.top_fields);
        expansion.complexity = expansion.complexity.saturating_add(sums.fields);
        expansion.aliases = expansion.aliases.saturating_add(sums.aliases);
        expansion.fragments = expansion.fragments.saturating_add(sums.spreads);
    }
    // Fragments that nothing spreads are walked by the validation too.
    for (name, fragment) in &document.fragments {
        measure.fragment(name, fragment.pos, 0)?;
    }
    expansion.directives = measure.directives;
    Ok(expansion)
}

struct Measure<'a> {
    fragments: &'a HashMap<async_graphql::Name, Positioned<FragmentDefinition>>,
    /// None while it is being measured: met again then, it contains itself.
    known: HashMap<&'a str, Option<Sums>>,
    nesting: usize,
    directives: (usize, Option<Pos>),
}

impl<'a> Measure<'a> {
    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<Sums, ServerError> {
        self.directives(&operation.directives);
        for variable in &operation.variable_definitions {
            self.directives(&variable.node.directives);
        }
        self.selections(&operation.selection_set.node, 0)
    }

    fn selections(&mut self, set: &'a SelectionSet, around: usize) -> Result<Sums, ServerError> {
        let mut sums = Sums::default();
        for selection in &set.items {
            self.directives(selection.node.directives());
            sums.add(match &selection.node {
                Selection::Field(field) => {
                    let below = self.selections(&field.node.selection_set.node, around + 1)?;
                    Sums {
                        depth: below.depth.saturating_add(1),
                        fields: below.fields.saturating_add(1),
                        top_fields: 1,
                        aliases: below.aliases.saturating_add(usize::from(field.node.alias.is_some())),
                        spreads: below.spreads,
                    }
                }
                Selection::InlineFragment(inline) => self.selections(&inline.node.selection_set.node, around + 1)?,
                Selection::FragmentSpread(spread) => {
                    let mut sums = self.fragment(&spread.node.fragment_name.node, selection.pos, around + 1)?;
                    sums.spreads = sums.spreads.saturating_add(1);
                    sums
                }
            });
        }
        Ok(sums)
    }

    /// The sums of a fragment; of one that does not exist, nothing: the validation tells the client.
    fn fragment(&mut self, name: &str, place: Pos, around: usize) -> Result<Sums, ServerError> {
        let Some((name, fragment)) = self.fragments.get_key_value(name) else { return Ok(Sums::default()) };
        match self.known.get(name.as_str()) {
            Some(Some(sums)) => return Ok(*sums),
            Some(None) => {
                let message = format!("fragment \"{name}\" contains itself; take one of its spreads out");
                return Err(coded("INVALID_INPUT", message, Some(place)));
            }
            None => {}
        }
        if around > self.nesting {
            return Err(Limit::Nesting.exceeded(around, self.nesting, Some(place)));
        }
        self.known.insert(name, None);
        self.directives(&fragment.node.directives);
        let sums = self.selections(&fragment.node.selection_set.node, around)?;
        self.known.insert(name, Some(sums));
        Ok(sums)
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) {
        if directives.len() > self.directives.0 {
            self.directives = (directives.len(), directives.first().map(|directive| directive.pos));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn measured(document: &str) -> Expansion {
        expand(&parse_query(document).unwrap(), 100).unwrap()
    }

    fn bomb(fragments: usize) -> String {
        let mut document = "{ ...F0 }".to_owned();
        for number in 1..fragments {
            document += &format!(" fragment F{} on Query {{ ...F{number} ...F{number} }}", number - 1);
        }
        document + &format!(" fragment F{} on Query {{ a }}", fragments - 1)
    }

    #[test]
    fn a_fragment_counts_as_often_as_it_is_spread() {
        let document = "{ a { ...F } x: b { ...F } } fragment F on T { c y: d { e } }";
        let expected =
            Expansion { depth: 3, complexity: 8, aliases: 3, root_fields: 2, fragments: 2, directives: (0, None) };
        assert_eq!(measured(document), expected);
    }

    #[test]
    fn inline_fragments_and_spreads_do_not_make_fields_deeper() {
        let expansion = measured("{ ... { ...F } } fragment F on Query { ... on Query { a b } }");
        assert_eq!((expansion.depth, expansion.root_fields), (1, 2));
    }

    #[test]
    fn doubling_fragments_are_counted_without_being_walked() {
        assert_eq!(measured(&bomb(31)).complexity, 1 << 30);
        assert_eq!(measured(&bomb(61)).complexity, 1 << 60);
        assert_eq!(measured(&bomb(90)).complexity, usize::MAX);
    }

    #[test]
    fn several_operations_add_up() {
        let expansion = measured("query A { a b } query B { a }");
        assert_eq!((expansion.complexity, expansion.root_fields), (3, 2));
    }

    #[test]
    fn the_most_directives_are_found_wherever_they_stand() {
        assert_eq!(measured("query A @a @a { b @a }").directives.0, 2);
        assert_eq!(measured("{ b { ... @a @a @a { c } } }").directives.0, 3);
        assert_eq!(measured("query A($x: Int @a @a) { b }").directives.0, 2);
        assert_eq!(measured("{ ...F } fragment F on Q @a @a { b }").directives.0, 2);
        assert_eq!(measured("{ ...F @a } fragment F on Q { b }").directives.0, 1);
    }

    #[test]
    fn a_fragment_that_contains_itself_is_refused() {
        for document in
            ["{ ...A } fragment A on Q { ...A }", "{ b } fragment A on Q { x { ...B } } fragment B on Q { ...A }"]
        {
            let error = expand(&parse_query(document).unwrap(), 100).unwrap_err();
            assert!(error.message.contains("contains itself"), "{}", error.message);
        }
    }

    #[test]
    fn a_long_chain_of_fragments_is_refused_before_the_stack_ends() {
        let mut document = "{ ...F0 }".to_owned();
        for number in 1..2_000 {
            document += &format!(" fragment F{} on Q {{ ...F{number} }}", number - 1);
        }
        document += " fragment F1999 on Q { a }";
        let error = expand(&parse_query(document).unwrap(), 100).unwrap_err();
        assert!(error.message.starts_with("nesting limit"), "{}", error.message);
    }
}
