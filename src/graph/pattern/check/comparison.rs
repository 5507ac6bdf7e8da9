//! Comparisons: whether two types can be compared, and texts that stand for dates, countries, kinds and strengths.

use std::borrow::Cow;

use super::expression::Typed;
use super::label::means;
use super::{Checker, meant};
use crate::graph::pattern::condition::{Condition, Operand};
use crate::graph::pattern::property::{EntityProperty, RelationshipProperty, Type, strength_name};
use crate::graph::pattern::syntax::PatternError;
use crate::graph::pattern::syntax::ast::{Comparison, Span};
use crate::graph::pattern::value::Value;
use crate::model::citation::Strength;
use crate::model::country::CountryCode;
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;

impl Checker<'_> {
    pub(super) fn compared(&self, by: Comparison, left: Typed, right: Typed) -> Result<Condition, PatternError> {
        let (left, right) = self.fitted(by, left, right)?;
        self.check_types(by, &left, &right)?;
        let wanted = match (by, &left.operand, &right.operand) {
            (
                Comparison::Equal | Comparison::In,
                Operand::EntityProperty(register, EntityProperty::Country),
                Operand::Constant(value),
            ) => countries(value).map(|countries| (*register, countries)),
            _ => None,
        };
        Ok(match wanted {
            Some((register, countries)) => Condition::InCountries(register, countries),
            None => match (by, left.operand, right.operand) {
                (Comparison::Equal, Operand::Entity(left), Operand::Entity(right))
                | (Comparison::Equal, Operand::Relationship(left), Operand::Relationship(right)) => {
                    Condition::Same(left, right)
                }
                (Comparison::NotEqual, Operand::Entity(left), Operand::Entity(right))
                | (Comparison::NotEqual, Operand::Relationship(left), Operand::Relationship(right)) => {
                    Condition::Not(Box::new(Condition::Same(left, right)))
                }
                (by, left, right) => Condition::Compare(by, left, right),
            },
        })
    }

    /// Texts beside a date, a country, a kind or a strength are read as such.
    fn fitted(&self, by: Comparison, left: Typed, right: Typed) -> Result<(Typed, Typed), PatternError> {
        if matches!(by, Comparison::StartsWith | Comparison::EndsWith | Comparison::Contains) {
            return Ok((left, right));
        }
        let (as_left, as_right) = (meaning(&right), meaning(&left));
        Ok((self.read_as(as_left, left)?, self.read_as(as_right, right)?))
    }

    fn read_as(&self, meaning: Meaning, typed: Typed) -> Result<Typed, PatternError> {
        let Operand::Constant(value) = &typed.operand else { return Ok(typed) };
        let span = typed.span;
        let value = match value {
            Value::Text(text) => self.read_text(meaning, text, span)?,
            Value::List(items) => {
                let read = items.iter().map(|item| match item {
                    Value::Text(text) => self.read_text(meaning, text, span),
                    other => Ok(other.clone()),
                });
                Value::List(read.collect::<Result<_, _>>()?)
            }
            other => other.clone(),
        };
        let of_type = match (meaning, typed.of_type) {
            (Meaning::Date, Type::Text) => Type::Date,
            (Meaning::Date, Type::Texts) => Type::List,
            (_, of_type) => of_type,
        };
        Ok(Typed { operand: Operand::Constant(value), of_type, span })
    }

    fn read_text(&self, meaning: Meaning, text: &str, span: Span) -> Result<Value<'static>, PatternError> {
        let as_it_is = Value::Text(Cow::Owned(text.to_owned()));
        match meaning {
            Meaning::Plain => Ok(as_it_is),
            Meaning::Date => self.date(text, span),
            Meaning::Country => match text.parse::<CountryCode>() {
                Ok(country) => Ok(Value::Text(Cow::Owned(country.as_str().to_owned()))),
                Err(violation) => self.error(span, violation.to_string()),
            },
            Meaning::Entity => {
                let merged = self.graph.redirects().entity(text);
                Ok(merged.map_or(as_it_is, |id| Value::Text(Cow::Owned(id.as_str().to_owned()))))
            }
            Meaning::Relationship => {
                let merged = self.graph.redirects().relationship(text);
                Ok(merged.map_or(as_it_is, |id| Value::Text(Cow::Owned(id.as_str().to_owned()))))
            }
            Meaning::EntityKind => self.word("kind", text, span, &EntityKind::ALL.map(|kind| kind.name())),
            Meaning::RelationshipKind => self.word("kind", text, span, &RelationshipKind::ALL.map(|kind| kind.name())),
            Meaning::Strength => {
                self.word("strength", text, span, &[Strength::Stated, Strength::Inferred].map(strength_name))
            }
        }
    }

    /// One of the few words that a property may have.
    fn word(&self, what: &str, text: &str, span: Span, known: &[&'static str]) -> Result<Value<'static>, PatternError> {
        if let Some(&word) = known.iter().find(|word| means(text, word)) {
            return Ok(Value::Text(Cow::Borrowed(word)));
        }
        self.error(span, format!("there is no {what} '{text}'; {}", meant(text, known)))
    }

    fn check_types(&self, by: Comparison, left: &Typed, right: &Typed) -> Result<(), PatternError> {
        let (one, other) = (left.of_type, right.of_type);
        let is_any = one == Type::Any || other == Type::Any;
        let is_list = |of_type| matches!(of_type, Type::Texts | Type::List);
        let refuse = |span: Span, what: String| self.error(span, what);
        match by {
            Comparison::Equal | Comparison::NotEqual => {
                if is_any || one == other || (is_list(one) && is_list(other)) {
                    return Ok(());
                }
                let hint = if is_list(other) {
                    "; use IN"
                } else if is_list(one) {
                    "; use CONTAINS"
                } else {
                    ""
                };
                refuse(right.span, format!("{} is never equal to {}{hint}", one.name(), other.name()))
            }
            Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual => {
                let ordered = |of_type| matches!(of_type, Type::Number | Type::Text | Type::Date | Type::Any);
                match (ordered(one), ordered(other)) {
                    (false, _) => refuse(left.span, format!("{} is neither less nor greater", one.name())),
                    (_, false) => refuse(right.span, format!("{} is neither less nor greater", other.name())),
                    _ if is_any || one == other => Ok(()),
                    _ => refuse(
                        right.span,
                        format!("{} cannot be ordered with {}; compare two of a type", one.name(), other.name()),
                    ),
                }
            }
            Comparison::In if other == Type::Any || is_list(other) => Ok(()),
            Comparison::In => {
                refuse(right.span, format!("IN asks for a list such as ['GB', 'CN'], not {}", other.name()))
            }
            Comparison::Contains if is_list(one) => Ok(()),
            Comparison::StartsWith | Comparison::EndsWith | Comparison::Contains => {
                for side in [left, right] {
                    if !matches!(side.of_type, Type::Text | Type::Any) {
                        return refuse(side.span, format!("this asks for a text, not {}", side.of_type.name()));
                    }
                }
                Ok(())
            }
        }
    }
}

/// What a constant stands for because of what it is compared with.
#[derive(Clone, Copy)]
enum Meaning {
    Plain,
    Date,
    Country,
    /// An id, which may have been merged into another.
    Entity,
    Relationship,
    EntityKind,
    RelationshipKind,
    Strength,
}

fn meaning(beside: &Typed) -> Meaning {
    match &beside.operand {
        Operand::EntityProperty(_, EntityProperty::Country) => Meaning::Country,
        Operand::EntityProperty(_, EntityProperty::Id) => Meaning::Entity,
        Operand::RelationshipProperty(_, RelationshipProperty::Id) => Meaning::Relationship,
        Operand::EntityProperty(_, EntityProperty::Kind) => Meaning::EntityKind,
        Operand::RelationshipProperty(_, RelationshipProperty::Kind) => Meaning::RelationshipKind,
        Operand::RelationshipProperty(_, RelationshipProperty::Strength) => Meaning::Strength,
        _ if beside.of_type == Type::Date => Meaning::Date,
        _ => Meaning::Plain,
    }
}

/// The countries that a constant names; `None` where it is none or a list with something else.
fn countries(value: &Value<'static>) -> Option<Vec<CountryCode>> {
    let country = |value: &Value<'static>| {
        let Value::Text(text) = value else { return None };
        text.parse().ok()
    };
    if let Value::List(items) = value {
        items.iter().map(country).collect()
    } else {
        country(value).map(|country| vec![country])
    }
}
