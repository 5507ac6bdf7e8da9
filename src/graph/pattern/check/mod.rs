//! From the syntax tree to a [`Query`]: which variable is which register, what is asked of each, and everything that is
//! wrong with it said with its place.

mod comparison;
mod expression;
mod label;
mod names;
mod structure;
mod variable;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) use self::label::pascal;
use self::variable::Declared;
use super::query::{Bound, Chain, Held, Needed, Query, Registers, Repeat, Segment, Sequence, Variable};
use super::syntax::PatternError;
use super::syntax::ast::{Block, Expression, Mode, Name, PathPattern, Returned, Selector, Span, Statement, Term};
use crate::graph::Graph;
use crate::model::nearest::nearest;

/// A value for `$name`.
#[derive(Clone, Debug, PartialEq)]
pub enum Parameter {
    /// Nothing is known.
    Null,
    /// True or false.
    Truth(bool),
    /// A number.
    Number(f64),
    /// A text; where a date is asked for, a date in EDTF.
    Text(String),
    /// Several values.
    List(Vec<Parameter>),
}

/// The values of the parameters by their names, without `$`.
pub type Parameters = BTreeMap<String, Parameter>;

/// The most times that `OPTIONAL MATCH` may stand in a question: each may be there or not, and all that can be is asked.
const OPTIONAL_LIMIT: usize = 4;

/// Looks up every name of a statement. *O(n log n)* for *n* names.
pub(super) fn check(
    graph: &Graph,
    text: &str,
    statement: Statement,
    parameters: &Parameters,
) -> Result<Question, PatternError> {
    let Statement { required, optional, returned } = statement;
    if let Some(more) = optional.get(OPTIONAL_LIMIT) {
        let message = format!("OPTIONAL MATCH stands more than {OPTIONAL_LIMIT} times; ask in several questions");
        return Err(PatternError::new(text, more.span, message));
    }
    let read =
        |blocks: &[&Block], returned: Option<&Returned>| blocks_together(graph, text, blocks, returned, parameters);
    // What is asked for has to be known where it stands: each block sees those before it.
    let is_last = |number: usize| number == optional.len();
    let mut blocks = vec![&required];
    let mut whole = read(&blocks, returned.as_ref().filter(|_| is_last(0)))?;
    let mut own: Vec<BTreeSet<String>> = Vec::new();
    for (number, block) in (1..).zip(&optional) {
        let known = whole.query.variables.len();
        blocks.push(block);
        whole = read(&blocks, returned.as_ref().filter(|_| is_last(number)))?;
        own.push(whole.query.variables[known..].iter().map(|variable| variable.name.clone()).collect());
    }
    let elements: Vec<BTreeSet<String>> = optional.iter().map(names::of_elements).collect();
    let mut parts = Vec::new();
    for set in 0..1_usize << optional.len() {
        let (taken, left_out): (Vec<usize>, Vec<usize>) =
            (0..optional.len()).partition(|number| set & (1 << number) != 0);
        let missing = |before: usize| -> BTreeSet<String> {
            left_out.iter().filter(|&&number| number < before).flat_map(|&number| own[number].iter().cloned()).collect()
        };
        // A block that goes on from what is not there is not there either.
        if taken.iter().any(|&number| !elements[number].is_disjoint(&missing(number))) {
            continue;
        }
        let part = if left_out.is_empty() {
            whole.clone()
        } else {
            let chosen: Vec<Block> =
                taken.iter().map(|&number| names::without(&optional[number], &missing(number))).collect();
            read(&std::iter::once(&required).chain(&chosen).collect::<Vec<_>>(), None)?
        };
        parts.push((taken, part));
    }
    Ok(Question { whole, parts })
}

/// A question with all that may be there, and what there is to ask of it: what has to be there with some of that.
pub(super) struct Question {
    pub(super) whole: Together,
    /// Which optional blocks are taken, in the order of the sets as numbers: what holds no other comes first.
    pub(super) parts: Vec<(Vec<usize>, Together)>,
}

/// Some blocks as one query.
#[derive(Clone)]
pub(super) struct Together {
    pub(super) query: Arc<Query>,
    /// How many chains and variables there are up to the end of each block.
    pub(super) ends: Vec<(usize, usize)>,
}

fn blocks_together(
    graph: &Graph,
    text: &str,
    blocks: &[&Block],
    returned: Option<&Returned>,
    parameters: &Parameters,
) -> Result<Together, PatternError> {
    let mut checker = Checker {
        graph,
        text,
        parameters,
        registers: Vec::new(),
        declared: Vec::new(),
        deferred: Vec::new(),
        scope: 0,
        scopes: 1,
        optional: vec![false],
        chain: 0,
    };
    let (mut chains, mut ends) = (Vec::new(), Vec::new());
    for block in blocks {
        for pattern in &block.patterns {
            checker.chain = chains.len();
            chains.push(checker.path_pattern(pattern.clone())?);
        }
        ends.push((chains.len(), checker.declared.len()));
    }
    checker.check_shared(&chains)?;
    checker.resolve_deferred(&mut chains)?;
    let mut conditions = Vec::new();
    for part in blocks.iter().filter_map(|block| block.condition.clone()).flat_map(conjuncts) {
        conditions.push(checker.condition(&part, 0)?);
    }
    let returned = returned.map(|returned| checker.returned(&returned.names, returned.distinct)).transpose()?;
    let variables =
        checker.declared.iter().map(|declared| Variable { name: declared.name.clone(), what: declared.what });
    let variables = variables.collect();
    let query = Query { chains, variables, registers: checker.registers, conditions, returned };
    Ok(Together { query: Arc::new(query), ends })
}

struct Checker<'a> {
    graph: &'a Graph,
    text: &'a str,
    parameters: &'a Parameters,
    registers: Vec<Held>,
    declared: Vec<Declared>,
    deferred: Vec<Deferred>,
    /// The innermost repetition that is being read; 0 outside all.
    scope: usize,
    scopes: usize,
    /// For each scope whether its variables stay single.
    optional: Vec<bool>,
    chain: usize,
}

/// A condition whose names are looked up when all variables are known.
struct Deferred {
    chain: usize,
    scope: usize,
    what: Asked,
}

enum Asked {
    Condition(Expression),
    Equals(super::query::Register, Name, Expression),
}

/// The parts of a condition that all have to hold.
fn conjuncts(expression: Expression) -> Vec<Expression> {
    match expression.term {
        Term::All(parts) => parts.into_iter().flat_map(conjuncts).collect(),
        term => vec![Expression { term, span: expression.span }],
    }
}

/// Which of the known words was meant, as the end of a message.
fn meant(text: &str, known: &[&str]) -> String {
    nearest(text, known.iter().copied())
        .map_or_else(|| format!("use one of {}", known.join(", ")), |near| format!("did you mean {near}?"))
}

impl Checker<'_> {
    fn error<T>(&self, span: Span, message: impl Into<String>) -> Result<T, PatternError> {
        Err(PatternError::new(self.text, span, message))
    }

    fn path_pattern(&mut self, pattern: PathPattern) -> Result<Chain, PatternError> {
        let unbounded = structure::first_unbounded(&pattern.factors);
        if let (Some(span), Mode::Walk, Selector::All) = (unbounded, pattern.mode, pattern.selector) {
            return self.error(
                span,
                "without an upper bound this would match walks without end; give one, as in {1,5}, or begin the path \
                 with TRAIL, ACYCLIC, SIMPLE, ANY SHORTEST or ALL SHORTEST",
            );
        }
        let sequence = self.sequence(pattern.factors)?;
        if let Some(name) = pattern.name {
            self.declare_path(&name)?;
        }
        // Of the paths without a step there is one for each entity: nothing to select.
        let selector = if sequence.segments.is_empty() { Selector::All } else { pattern.selector };
        Ok(Chain { selector, mode: pattern.mode, sequence })
    }

    /// A variable within a path that is selected among others may not be asked for elsewhere: the choice would depend
    /// on it.
    fn check_shared(&self, chains: &[Chain]) -> Result<(), PatternError> {
        for (number, chain) in chains.iter().enumerate().filter(|(_, chain)| chain.selector != Selector::All) {
            let sequence = &chain.sequence;
            let ends = Registers::of(sequence.first()).or(Registers::of(sequence.last()));
            let within = sequence.all_registers().without(ends);
            for (_, other) in chains.iter().enumerate().filter(|&(other, _)| other != number) {
                let shared = other.sequence.all_registers().iter().find(|&register| within.contains(register));
                if let Some(register) = shared {
                    let declared = self.declared.iter().find(|declared| declared.is_in(register));
                    let (name, span) = declared
                        .map_or((String::new(), Span::default()), |declared| (declared.name.clone(), declared.last));
                    return self.error(
                        span,
                        format!(
                            "{name} stands within a path that is selected by its ends, so it cannot be used in another \
                             pattern; use the ends, or leave the selector out"
                        ),
                    );
                }
            }
        }
        Ok(())
    }

    fn resolve_deferred(&mut self, chains: &mut [Chain]) -> Result<(), PatternError> {
        for deferred in std::mem::take(&mut self.deferred) {
            let chain = &chains[deferred.chain];
            let (selected, own) = (chain.selector != Selector::All, chain.sequence.all_registers());
            let (found, span) = match &deferred.what {
                Asked::Condition(expression) => (self.condition(expression, deferred.scope)?, expression.span),
                Asked::Equals(register, property, value) => {
                    (self.property_equals(*register, property, value, deferred.scope)?, value.span)
                }
            };
            if found.late {
                return self.error(span, "groups and paths are known at the end only; ask this in the last WHERE");
            }
            if selected && !found.registers.is_within(own) {
                return self.error(
                    span,
                    "a path that is selected by its ends can ask for its own variables only; ask this in the last WHERE",
                );
            }
            match deferred.scope {
                0 => chains[deferred.chain].sequence.conditions.push(found),
                scope => {
                    let repeat = find_repeat(&mut chains[deferred.chain].sequence, scope);
                    let repeat = repeat.expect("a condition is read within its repetition");
                    if selected && !found.registers.is_within(repeat.registers) {
                        return self.error(
                            span,
                            "in a repeated part of a path that is selected by its ends, ask for the part's own variables",
                        );
                    }
                    repeat.body.conditions.push(found);
                }
            }
        }
        for chain in chains {
            settle_needs(&mut chain.sequence);
        }
        Ok(())
    }

    fn returned(&self, names: &[Name], distinct: bool) -> Result<(Vec<usize>, bool), PatternError> {
        let mut positions = Vec::new();
        for name in names {
            let position = self.find(name)?;
            if !positions.contains(&position) {
                positions.push(position);
            }
        }
        Ok((positions, distinct))
    }

    fn declare_path(&mut self, name: &Name) -> Result<(), PatternError> {
        if let Some(declared) = self.declared.iter().find(|declared| declared.name == name.text) {
            let message = format!("{} is {} already; name the path otherwise", name.text, declared.description());
            return self.error(name.span, message);
        }
        let what = Bound::Path { chain: self.chain };
        self.declared.push(Declared { name: name.text.clone(), what, scope: 0, last: name.span });
        Ok(())
    }
}

fn find_repeat(sequence: &mut Sequence, number: usize) -> Option<&mut Repeat> {
    for segment in &mut sequence.segments {
        if let Segment::Repeat(repeat) = segment {
            if repeat.number == number {
                return Some(repeat);
            }
            if let Some(found) = find_repeat(&mut repeat.body, number) {
                return Some(found);
            }
        }
    }
    None
}

/// What the conditions of each repetition ask for outside it.
fn settle_needs(sequence: &mut Sequence) -> Registers {
    let mut all = Registers::default();
    for segment in &mut sequence.segments {
        if let Segment::Repeat(repeat) = segment {
            let own = repeat
                .body
                .conditions
                .iter()
                .fold(Registers::default(), |all, needed: &Needed| all.or(needed.registers));
            repeat.needs = own.or(settle_needs(&mut repeat.body)).without(repeat.registers);
            all = all.or(repeat.needs);
        }
    }
    all
}
