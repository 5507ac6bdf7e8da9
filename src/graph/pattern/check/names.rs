//! Which elements a block names, and what remains of it where some of them are not there.

use std::collections::BTreeSet;

use crate::graph::pattern::syntax::ast::{Block, Expression, Factor, Primary, Term};

/// The names of the nodes and edges of a block: what has to be there for it to match. *O(n log n)* for *n* names.
pub(super) fn of_elements(block: &Block) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    block.patterns.iter().for_each(|pattern| of_factors(&pattern.factors, &mut all));
    all
}

fn of_factors(factors: &[Factor], all: &mut BTreeSet<String>) {
    for factor in factors {
        match &factor.primary {
            Primary::Node(element) | Primary::Edge(_, element) => {
                all.extend(element.name.iter().map(|name| name.text.clone()));
            }
            Primary::Group(inner, _) => of_factors(inner, all),
        }
    }
}

/// The block where some variables of its conditions stand for nothing. *O(n log m)* for *n* terms and *m* variables.
pub(super) fn without(block: &Block, missing: &BTreeSet<String>) -> Block {
    let mut block = block.clone();
    block.patterns.iter_mut().for_each(|pattern| empty_factors(&mut pattern.factors, missing));
    block.condition.iter_mut().for_each(|condition| empty(condition, missing));
    block
}

fn empty_factors(factors: &mut [Factor], missing: &BTreeSet<String>) {
    for factor in factors {
        match &mut factor.primary {
            Primary::Node(element) | Primary::Edge(_, element) => {
                element.properties.iter_mut().for_each(|(_, value)| empty(value, missing));
                element.condition.iter_mut().for_each(|condition| empty(condition, missing));
            }
            Primary::Group(inner, condition) => {
                empty_factors(inner, missing);
                condition.iter_mut().for_each(|condition| empty(condition, missing));
            }
        }
    }
}

fn empty(expression: &mut Expression, missing: &BTreeSet<String>) {
    let is_empty = match &mut expression.term {
        Term::Null | Term::Truth(_) | Term::Number(_) | Term::Text(_) | Term::Date(_) | Term::Parameter(_) => false,
        Term::Variable(name) | Term::Property(name, _) | Term::IsLabeled(name, _) => missing.contains(&name.text),
        Term::Call(_, arguments) => {
            arguments.iter_mut().for_each(|argument| empty(argument, missing));
            arguments.iter().any(|argument| matches!(argument.term, Term::Null))
        }
        Term::List(items) | Term::All(items) | Term::OneOf(items) => {
            items.iter_mut().for_each(|item| empty(item, missing));
            false
        }
        Term::Exactly(inner) | Term::Not(inner) | Term::IsNull(inner) | Term::Is(inner, _) => {
            empty(inner, missing);
            false
        }
        Term::Compare(_, left, right) => {
            empty(left, missing);
            empty(right, missing);
            false
        }
    };
    if is_empty {
        expression.term = Term::Null;
    }
}
