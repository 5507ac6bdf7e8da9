//! Expressions: what they read, and of which type it is.

use std::sync::Arc;

use super::{Checker, Parameter, meant};
use crate::graph::pattern::condition::{Condition, Operand};
use crate::graph::pattern::property::{EntityProperty, RelationshipProperty, Type};
use crate::graph::pattern::query::{Bound, Held, Needed, Register, Registers};
use crate::graph::pattern::syntax::PatternError;
use crate::graph::pattern::syntax::ast::{Comparison, Expression, Name, Span, Term};
use crate::graph::pattern::value::Value;
use crate::model::edtf::EdtfDate;
use crate::model::nearest::nearest;

/// What can be called.
const FUNCTIONS: [&str; 4] = ["size", "path_length", "same", "all_different"];

/// Functions of Cypher and SQL of one argument, and what is here instead; `{}` is the argument.
const FOREIGN: [(&str, &str); 10] = [
    ("exists", "write {} IS NOT NULL"),
    ("id", "write {}.id"),
    ("elementId", "write {}.id"),
    ("type", "write {}.kind"),
    ("labels", "write {}.kind"),
    ("length", "write path_length({}), or size of a list"),
    ("toLower", SPELLINGS),
    ("toUpper", SPELLINGS),
    ("lower", SPELLINGS),
    ("upper", SPELLINGS),
];

const SPELLINGS: &str = "texts are compared without regard to case and accents; leave it out";

/// Something to read, with its type, and what has to be known before.
pub(super) struct Typed {
    pub(super) operand: Operand,
    pub(super) of_type: Type,
    pub(super) span: Span,
    /// Of a list that is written, its items.
    pub(super) items: Vec<Item>,
    /// Whether it stands behind `EXACTLY`.
    pub(super) is_exact: bool,
}

/// An item of a list: its type, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) of_type: Type,
    pub(super) span: Span,
}

impl Typed {
    fn new(operand: Operand, of_type: Type, span: Span) -> Self {
        Self { operand, of_type, span, items: Vec::new(), is_exact: false }
    }

    /// It as an item among others.
    pub(super) fn item(&self) -> Item {
        Item { of_type: self.of_type, span: self.span }
    }
}

/// What an expression asks for.
#[derive(Default)]
pub(super) struct Uses {
    registers: Registers,
    late: bool,
}

impl Checker<'_> {
    /// A condition, read within a repetition or, with scope 0, outside all.
    pub(super) fn condition(&self, expression: &Expression, scope: usize) -> Result<Needed, PatternError> {
        let mut uses = Uses::default();
        let condition = self.truth(expression, scope, &mut uses)?;
        Ok(Needed { condition: Arc::new(condition), registers: uses.registers, late: uses.late })
    }

    /// `{country: 'GB'}`.
    pub(super) fn property_equals(
        &self,
        register: Register,
        property: &Name,
        value: &Expression,
        scope: usize,
    ) -> Result<Needed, PatternError> {
        let mut uses = Uses { registers: Registers::of(register), late: false };
        let left = self.property_of(register, property)?;
        let right = self.operand(value, scope, &mut uses)?;
        let condition = self.compared(Comparison::Equal, left, right)?;
        Ok(Needed { condition: Arc::new(condition), registers: uses.registers, late: uses.late })
    }

    fn truth(&self, expression: &Expression, scope: usize, uses: &mut Uses) -> Result<Condition, PatternError> {
        let span = expression.span;
        Ok(match &expression.term {
            Term::All(parts) => {
                Condition::All(parts.iter().map(|part| self.truth(part, scope, uses)).collect::<Result<_, _>>()?)
            }
            Term::OneOf(parts) => {
                Condition::OneOf(parts.iter().map(|part| self.truth(part, scope, uses)).collect::<Result<_, _>>()?)
            }
            Term::Not(inner) => Condition::Not(Box::new(self.truth(inner, scope, uses)?)),
            Term::Compare(by, left, right) => {
                let left = self.operand(left, scope, uses)?;
                let right = self.operand(right, scope, uses)?;
                self.compared(*by, left, right)?
            }
            Term::IsNull(inner) => Condition::IsNull(self.operand(inner, scope, uses)?.operand),
            Term::IsLabeled(name, label) => {
                let register = self.single(name, scope, uses)?;
                match self.registers[register] {
                    Held::Entity(_) => Condition::IsOfEntityKinds(register, self.entity_kinds(label)?),
                    Held::Relationship(_) => {
                        Condition::IsOfRelationshipKinds(register, self.relationship_kinds(label)?)
                    }
                }
            }
            Term::Call(name, arguments) if name.text.eq_ignore_ascii_case("same") => {
                let registers = self.elements(name, arguments, scope, uses)?;
                Condition::All(registers.windows(2).map(|pair| Condition::Same(pair[0], pair[1])).collect())
            }
            Term::Call(name, arguments) if name.text.eq_ignore_ascii_case("all_different") => {
                let registers = self.elements(name, arguments, scope, uses)?;
                let pairs = registers.iter().enumerate().flat_map(|(position, &one)| {
                    registers[position + 1..].iter().map(move |&other| Condition::Same(one, other))
                });
                Condition::All(pairs.map(|same| Condition::Not(Box::new(same))).collect())
            }
            Term::Is(inner, truth) => Condition::Is(Box::new(self.truth(inner, scope, uses)?), *truth),
            Term::Null
            | Term::Truth(_)
            | Term::Exactly(_)
            | Term::Parameter(_)
            | Term::Number(_)
            | Term::Text(_)
            | Term::Date(_)
            | Term::List(_)
            | Term::Variable(_)
            | Term::Property(..)
            | Term::Call(..) => {
                let found = self.operand(expression, scope, uses)?;
                match found.of_type {
                    Type::Truth | Type::Any => Condition::Holds(found.operand),
                    other => {
                        return self.error(span, format!("this is {}; compare it with something", other.name()));
                    }
                }
            }
        })
    }

    pub(super) fn operand(
        &self,
        expression: &Expression,
        scope: usize,
        uses: &mut Uses,
    ) -> Result<Typed, PatternError> {
        let span = expression.span;
        let constant = |value, of_type| Ok(Typed::new(Operand::Constant(value), of_type, span));
        match &expression.term {
            Term::Null => constant(Value::Null, Type::Any),
            Term::Truth(truth) => constant(Value::Truth(*truth), Type::Truth),
            Term::Number(number) => constant(Value::Number(*number), Type::Number),
            Term::Text(text) => constant(Value::Text(text.clone().into()), Type::Text),
            Term::Date(text) => constant(self.date(text, span)?, Type::Date),
            Term::Parameter(name) => match self.parameters.get(name) {
                Some(parameter) => {
                    let (value, of_type) = constant_of(parameter);
                    let items = match parameter {
                        Parameter::List(items) => {
                            items.iter().map(|item| Item { of_type: type_of(item), span }).collect()
                        }
                        Parameter::Null | Parameter::Truth(_) | Parameter::Number(_) | Parameter::Text(_) => Vec::new(),
                    };
                    Ok(Typed { items, ..Typed::new(Operand::Constant(value), of_type, span) })
                }
                None => self.unknown_parameter(name, span),
            },
            Term::List(items) => self.list(items, scope, uses, span),
            Term::Property(variable, property) => {
                let register = self.single(variable, scope, uses)?;
                Ok(Typed { span, ..self.property_of(register, property)? })
            }
            Term::Variable(name) => {
                let register = self.single(name, scope, uses)?;
                Ok(match self.registers[register] {
                    Held::Entity(_) => Typed::new(Operand::Entity(register), Type::Entity, span),
                    Held::Relationship(_) => Typed::new(Operand::Relationship(register), Type::Relationship, span),
                })
            }
            Term::Call(name, arguments) => self.call(name, arguments, scope, uses, span),
            Term::Exactly(inner) => {
                let inner = self.operand(inner, scope, uses)?;
                match inner.of_type {
                    Type::Text | Type::Texts | Type::Date | Type::List | Type::Any => {
                        Ok(Typed { is_exact: true, span, ..inner })
                    }
                    Type::Truth | Type::Number | Type::Entity | Type::Relationship => self.error(
                        span,
                        format!("EXACTLY is for texts and dates, and this is {}; leave it out", inner.of_type.name()),
                    ),
                }
            }
            Term::Not(_)
            | Term::All(_)
            | Term::OneOf(_)
            | Term::Compare(..)
            | Term::IsNull(_)
            | Term::Is(..)
            | Term::IsLabeled(..) => {
                self.error(span, "a condition cannot be compared; join conditions by AND, OR and NOT")
            }
        }
    }

    fn list(&self, items: &[Expression], scope: usize, uses: &mut Uses, span: Span) -> Result<Typed, PatternError> {
        let items: Vec<Typed> =
            items.iter().map(|item| self.operand(item, scope, uses)).collect::<Result<_, PatternError>>()?;
        if let Some(exact) = items.iter().find(|item| item.is_exact) {
            return self.error(exact.span, "EXACTLY stands before the whole list, as in IN EXACTLY ['WHO']");
        }
        let types = items.iter().map(Typed::item).collect();
        let all_texts = items.iter().all(|item| item.of_type == Type::Text);
        let of_type = if all_texts && !items.is_empty() { Type::Texts } else { Type::List };
        let operand = if items.iter().all(|item| matches!(item.operand, Operand::Constant(_))) {
            let constants = items.into_iter().filter_map(|item| match item.operand {
                Operand::Constant(value) => Some(value),
                _ => None,
            });
            Operand::Constant(Value::List(constants.collect()))
        } else {
            Operand::List(items.into_iter().map(|item| item.operand).collect())
        };
        Ok(Typed { items: types, ..Typed::new(operand, of_type, span) })
    }

    fn call(
        &self,
        name: &Name,
        arguments: &[Expression],
        scope: usize,
        uses: &mut Uses,
        span: Span,
    ) -> Result<Typed, PatternError> {
        let number = |operand| Ok(Typed::new(operand, Type::Number, span));
        let one = match arguments {
            [one] => one,
            _ => {
                let hint = nearest(&name.text, FUNCTIONS).map_or(
                    "the functions are size(x), path_length(p), same(a, b) and all_different(a, b)".to_owned(),
                    |near| format!("{near} is written with its own number of arguments, and not compared"),
                );
                return self.error(span, format!("{} cannot be called so; {hint}", name.text));
            }
        };
        match name.text.to_ascii_lowercase().as_str() {
            "path_length" => match &one.term {
                Term::Variable(path) => match self.declared[self.find(path)?].what {
                    Bound::Path { chain } => {
                        uses.late = true;
                        number(Operand::PathLength(chain))
                    }
                    Bound::One { .. } | Bound::Group { .. } => {
                        self.error(path.span, format!("{0} is no path; name one: {0} = (a)-[]->(b)", path.text))
                    }
                },
                _ => self.error(one.span, "path_length asks for the name of a path: p = (a)-[]->(b)"),
            },
            "size" | "cardinality" => {
                if let Term::Variable(variable) = &one.term
                    && let Bound::Group { register } = self.declared[self.find(variable)?].what
                {
                    uses.late = true;
                    return number(Operand::GroupSize(register));
                }
                let inner = self.operand(one, scope, uses)?;
                match inner.of_type {
                    Type::Texts | Type::List | Type::Text | Type::Any => number(Operand::Size(Box::new(inner.operand))),
                    other => self.error(one.span, format!("{} has no size; ask for that of a list", other.name())),
                }
            }
            _ => {
                let foreign = FOREIGN.iter().find(|(foreign, _)| name.text.eq_ignore_ascii_case(foreign));
                let hint = foreign.map_or_else(
                    || meant(&name.text, &FUNCTIONS),
                    |(_, hint)| hint.replace("{}", &self.text[one.span.start..one.span.end]),
                );
                self.error(name.span, format!("there is no function {}; {hint}", name.text))
            }
        }
    }

    fn elements(
        &self,
        function: &Name,
        arguments: &[Expression],
        scope: usize,
        uses: &mut Uses,
    ) -> Result<Vec<Register>, PatternError> {
        if arguments.len() < 2 {
            return self.error(function.span, format!("{} asks for two or more variables", function.text));
        }
        let mut registers = Vec::new();
        for argument in arguments {
            match &argument.term {
                Term::Variable(name) => registers.push(self.single(name, scope, uses)?),
                _ => return self.error(argument.span, format!("{} asks for variables", function.text)),
            }
        }
        let nodes = registers.iter().filter(|&&register| matches!(self.registers[register], Held::Entity(_))).count();
        if nodes != 0 && nodes != registers.len() {
            return self.error(function.span, "nodes and edges are always different; ask for the one or the other");
        }
        Ok(registers)
    }

    /// The register of a variable that is one element where it is asked for.
    fn single(&self, name: &Name, scope: usize, uses: &mut Uses) -> Result<Register, PatternError> {
        let declared = &self.declared[self.find(name)?];
        let register = match declared.what {
            Bound::One { register, .. } => register,
            Bound::Group { register } if declared.scope == scope => register,
            Bound::Group { .. } => {
                let message = format!(
                    "{0} stands for several elements here, one for each repetition; ask within the repeated part, or \
                     for size({0})",
                    name.text
                );
                return self.error(name.span, message);
            }
            Bound::Path { .. } => {
                return self.error(name.span, format!("{0} is a path; ask for path_length({0})", name.text));
            }
        };
        if declared.scope != 0 && declared.scope != scope && scope != 0 {
            return self.error(name.span, format!("{} may be missing here; ask for it in the last WHERE", name.text));
        }
        uses.registers.insert(register);
        // What may be left out is known when its part has been walked or not.
        uses.late |= declared.scope != scope && declared.scope != 0;
        Ok(register)
    }

    fn property_of(&self, register: Register, property: &Name) -> Result<Typed, PatternError> {
        let span = property.span;
        let found = match self.registers[register] {
            Held::Entity(_) => EntityProperty::find(&property.text)
                .map(|found| (Operand::EntityProperty(register, found), found.of_type())),
            Held::Relationship(_) => RelationshipProperty::find(&property.text)
                .map(|found| (Operand::RelationshipProperty(register, found), found.of_type())),
        };
        if let Some((operand, of_type)) = found {
            return Ok(Typed::new(operand, of_type, span));
        }
        let (holder, known) = match self.registers[register] {
            Held::Entity(_) => ("an entity", EntityProperty::names()),
            Held::Relationship(_) => {
                ("a relationship", RelationshipProperty::NAMED.map(|(name, _)| name.to_owned()).into())
            }
        };
        let hint = match nearest(&property.text, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("it has {}", known.join(", ")),
        };
        self.error(span, format!("{holder} has no property {}; {hint}", property.text))
    }

    pub(super) fn date(&self, text: &str, span: Span) -> Result<Value<'static>, PatternError> {
        match text.parse::<EdtfDate>() {
            Ok(date) => Ok(Value::Days(date.first_day(), date.last_day())),
            Err(violation) => self.error(span, violation.to_string()),
        }
    }

    fn unknown_parameter<T>(&self, name: &str, span: Span) -> Result<T, PatternError> {
        let near = nearest(name, self.parameters.keys().map(String::as_str));
        let hint = near.map_or_else(String::new, |near| format!(", or did you mean ${near}?"));
        self.error(span, format!("${name} has no value; give it one in `parameters`{hint}"))
    }
}

fn constant_of(parameter: &Parameter) -> (Value<'static>, Type) {
    let value = match parameter {
        Parameter::Null => Value::Null,
        Parameter::Truth(truth) => Value::Truth(*truth),
        Parameter::Number(number) => Value::Number(*number),
        Parameter::Text(text) => Value::Text(text.clone().into()),
        Parameter::List(items) => Value::List(items.iter().map(|item| constant_of(item).0).collect()),
    };
    (value, type_of(parameter))
}

fn type_of(parameter: &Parameter) -> Type {
    match parameter {
        Parameter::Null => Type::Any,
        Parameter::Truth(_) => Type::Truth,
        Parameter::Number(_) => Type::Number,
        Parameter::Text(_) => Type::Text,
        Parameter::List(items) if items.iter().all(|item| matches!(item, Parameter::Text(_))) => Type::Texts,
        Parameter::List(_) => Type::List,
    }
}
