//! The shape of a path: junctions, and the segments between them.

use std::sync::Arc;

use super::{Asked, Checker, Deferred};
use crate::graph::Direction;
use crate::graph::kinds::{EntityKinds, RelationshipKinds};
use crate::graph::pattern::condition::Condition;
use crate::graph::pattern::query::{Held, Needed, REGISTER_LIMIT, Register, Registers, Repeat, Segment, Sequence};
use crate::graph::pattern::syntax::PatternError;
use crate::graph::pattern::syntax::ast::{Element, Expression, Factor, Primary, Quantifier, Span};

/// Where the first quantifier without an upper bound stands.
pub(super) fn first_unbounded(factors: &[Factor]) -> Option<Span> {
    factors.iter().find_map(|factor| {
        let own = factor.quantifier.filter(|quantifier| quantifier.most.is_none()).map(|quantifier| quantifier.span);
        own.or_else(|| match &factor.primary {
            Primary::Group(inner, ..) => first_unbounded(inner),
            Primary::Node(_) | Primary::Edge(..) => None,
        })
    })
}

impl Checker<'_> {
    pub(super) fn sequence(&mut self, factors: Vec<Factor>) -> Result<Sequence, PatternError> {
        let first = self.new_register(Held::Entity(EntityKinds::ALL), Span::default())?;
        let mut building = Building { sequence: Sequence::default(), is_bare: true };
        building.sequence.junctions.push(first);
        self.extend(&mut building, factors)?;
        Ok(building.sequence)
    }

    fn extend(&mut self, building: &mut Building, factors: Vec<Factor>) -> Result<(), PatternError> {
        for factor in factors {
            match (factor.primary, factor.quantifier) {
                (Primary::Node(_), Some(quantifier)) => {
                    return self
                        .error(quantifier.span, "a node cannot be repeated; repeat an edge, or a part in parentheses");
                }
                (Primary::Node(element), None) => self.node(building, element)?,
                (Primary::Edge(direction, element), None) => self.edge(building, direction, element)?,
                (Primary::Group(inner, condition), None) => {
                    self.extend(building, inner)?;
                    self.defer(condition);
                }
                (Primary::Edge(direction, element), Some(quantifier)) => {
                    let edge = Factor { primary: Primary::Edge(direction, element), quantifier: None };
                    self.repeat(building, vec![edge], None, quantifier)?;
                }
                (Primary::Group(inner, condition), Some(quantifier)) => {
                    self.repeat(building, inner, condition, quantifier)?;
                }
            }
        }
        Ok(())
    }

    fn node(&mut self, building: &mut Building, element: Element) -> Result<(), PatternError> {
        let mut register = building.junction();
        if let Some(name) = &element.name {
            match self.element_variable(name, true)? {
                None => self.declare(name, register),
                Some(known) if known == register => {}
                Some(known) if building.is_bare => {
                    building.replace_junction(known);
                    register = known;
                }
                Some(known) => {
                    let registers = Registers::of(register).or(Registers::of(known));
                    let same = Needed { condition: Arc::new(Condition::Same(register, known)), registers, late: false };
                    building.sequence.conditions.push(same);
                }
            }
        }
        let is_beside = !std::mem::replace(&mut building.is_bare, false);
        if let Some(label) = &element.label {
            let kinds = self.entity_kinds(label)?;
            if is_beside {
                self.check_beside(register, kinds, &element)?;
            }
            if let Held::Entity(all) = &mut self.registers[register] {
                *all = all.and(kinds);
            }
        }
        self.defer_element(register, element);
        Ok(())
    }

    /// Of two nodes side by side, which are one, each with its own name, labels that exclude each other tell that something
    /// was forgotten between them.
    fn check_beside(&self, register: Register, kinds: EntityKinds, element: &Element) -> Result<(), PatternError> {
        let Held::Entity(others) = self.registers[register] else { return Ok(()) };
        let excluded =
            others.and(kinds) == EntityKinds::NONE && others != EntityKinds::NONE && kinds != EntityKinds::NONE;
        let name = element.name.as_ref().map_or("", |name| &name.text);
        let other = self.declared.iter().find(|declared| declared.is_in(register) && declared.name != name);
        match other {
            Some(other) if excluded && !name.is_empty() => self.error(
                element.span,
                format!(
                    "{} and {name} stand for one node here, which their labels exclude; put an edge or a comma between \
                     them",
                    other.name
                ),
            ),
            Some(_) | None => Ok(()),
        }
    }

    fn edge(&mut self, building: &mut Building, direction: Direction, element: Element) -> Result<(), PatternError> {
        let known = element.name.as_ref().map(|name| self.element_variable(name, false)).transpose()?.flatten();
        let register = match known {
            Some(register) => register,
            None => {
                let register = self.new_register(Held::Relationship(RelationshipKinds::ALL), element.span)?;
                if let Some(name) = &element.name {
                    self.declare(name, register);
                }
                register
            }
        };
        if let Some(label) = &element.label {
            let kinds = self.relationship_kinds(label)?;
            if let Held::Relationship(all) = &mut self.registers[register] {
                *all = all.and(kinds);
            }
        }
        let span = element.span;
        self.defer_element(register, element);
        let next = self.new_register(Held::Entity(EntityKinds::ALL), span)?;
        building.push(Segment::Edge(register, direction), next);
        Ok(())
    }

    fn repeat(
        &mut self,
        building: &mut Building,
        factors: Vec<Factor>,
        condition: Option<Expression>,
        quantifier: Quantifier,
    ) -> Result<(), PatternError> {
        let (outer, number) = (self.scope, self.scopes);
        self.scope = number;
        self.scopes += 1;
        // What is optional within a group is a group too.
        self.optional.push(quantifier.optional && (outer == 0 || self.optional[outer]));
        let body = self.sequence(factors)?;
        self.defer(condition);
        self.scope = outer;
        if body.least_steps() == 0 {
            return self.error(quantifier.span, "what is repeated needs an edge that is always there");
        }
        let next = self.new_register(Held::Entity(EntityKinds::ALL), quantifier.span)?;
        let repeat = Repeat {
            registers: body.all_registers(),
            body,
            least: quantifier.least,
            most: quantifier.most,
            needs: Registers::default(),
            number,
        };
        building.push(Segment::Repeat(Box::new(repeat)), next);
        Ok(())
    }

    fn defer_element(&mut self, register: Register, element: Element) {
        let (chain, scope) = (self.chain, self.scope);
        let equals = element.properties.into_iter().map(|(name, value)| Deferred {
            chain,
            scope,
            what: Asked::Equals(register, name, value),
        });
        self.deferred.extend(equals);
        self.defer(element.condition);
    }

    fn defer(&mut self, condition: Option<Expression>) {
        let (chain, scope) = (self.chain, self.scope);
        let parts = condition.into_iter().flat_map(super::conjuncts);
        self.deferred.extend(parts.map(|part| Deferred { chain, scope, what: Asked::Condition(part) }));
    }

    fn new_register(&mut self, held: Held, span: Span) -> Result<Register, PatternError> {
        if self.registers.len() == REGISTER_LIMIT {
            return self.error(span, format!("more than {REGISTER_LIMIT} nodes and edges; write a smaller pattern"));
        }
        self.registers.push(held);
        Ok(self.registers.len() - 1)
    }
}

/// A sequence whose last junction is still open.
struct Building {
    sequence: Sequence,
    /// Whether nothing has been said of the last junction yet.
    is_bare: bool,
}

impl Building {
    fn junction(&self) -> Register {
        self.sequence.last()
    }

    fn replace_junction(&mut self, register: Register) {
        if let Some(last) = self.sequence.junctions.last_mut() {
            *last = register;
        }
    }

    fn push(&mut self, segment: Segment, next: Register) {
        self.sequence.segments.push(segment);
        self.sequence.junctions.push(next);
        self.is_bare = true;
    }
}
