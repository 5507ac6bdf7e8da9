//! Comparisons: whether two types can be compared, and texts that stand for dates, countries, identifiers,
//! kinds and strengths.

use std::borrow::Cow;

use super::expression::{Item, Typed};
use super::label::means;
use super::{Checker, meant};
use crate::graph::pattern::condition::{Condition, Operand};
use crate::graph::pattern::property::{EntityProperty, RelationshipProperty, Type, scheme_name, strength_name};
use crate::graph::pattern::syntax::PatternError;
use crate::graph::pattern::syntax::ast::{Comparison, Span};
use crate::graph::pattern::value::{Letters, Value};
use crate::model::citation::Strength;
use crate::model::country::CountryCode;
use crate::model::entity::EntityKind;
use crate::model::identifier::{Identifier, IdentifierScheme};
use crate::model::relationship::RelationshipKind;
use crate::model::text::folded;
use crate::model::violation::Violation;

impl Checker<'_> {
    pub(super) fn compared(&self, by: Comparison, left: Typed, right: Typed) -> Result<Condition, PatternError> {
        let (left, right) = self.fitted(by, left, right)?;
        self.check_types(by, &left, &right)?;
        let letters = letters(by, &left, &right);
        let is_exact = left.is_exact || right.is_exact;
        if !is_exact && let Some(condition) = self.known_to_an_index(by, &left.operand, &right.operand) {
            return Ok(condition);
        }
        Ok(match (by, left.operand, right.operand) {
            (Comparison::Equal, Operand::Entity(left), Operand::Entity(right))
            | (Comparison::Equal, Operand::Relationship(left), Operand::Relationship(right)) => {
                Condition::Same(left, right)
            }
            (Comparison::NotEqual, Operand::Entity(left), Operand::Entity(right))
            | (Comparison::NotEqual, Operand::Relationship(left), Operand::Relationship(right)) => {
                Condition::Not(Box::new(Condition::Same(left, right)))
            }
            (by, left, right) => {
                let may_be_called = may_be_called(by, &left, &right);
                let compare = Condition::Compare(by, letters, left, right);
                match may_be_called {
                    Some(first) => Condition::All(vec![first, compare]),
                    None => compare,
                }
            }
        })
    }

    /// A comparison of countries or cities as one of their numbers.
    fn known_to_an_index(&self, by: Comparison, left: &Operand, right: &Operand) -> Option<Condition> {
        let condition = match (left, right) {
            (Operand::EntityProperty(register, EntityProperty::Country), Operand::Constant(value))
                if by != Comparison::NotEqual =>
            {
                Condition::InCountries(*register, texts(value, |text| text.parse().ok())?)
            }
            (Operand::EntityProperty(register, EntityProperty::City), Operand::Constant(value))
            | (Operand::Constant(value), Operand::EntityProperty(register, EntityProperty::City)) => {
                let cities = texts(value, |text| Some(self.graph.cities().called(text)))?;
                Condition::InCities(*register, cities.concat())
            }
            (
                Operand::EntityProperty(one, EntityProperty::City),
                Operand::EntityProperty(other, EntityProperty::City),
            ) => Condition::InOneCity(*one, *other),
            _ => return None,
        };
        match by {
            Comparison::Equal | Comparison::In => Some(condition),
            Comparison::NotEqual => Some(Condition::Not(Box::new(condition))),
            Comparison::Less
            | Comparison::LessOrEqual
            | Comparison::Greater
            | Comparison::GreaterOrEqual
            | Comparison::StartsWith
            | Comparison::EndsWith
            | Comparison::Contains => None,
        }
    }

    /// Texts beside a date, a country, an identifier, a kind or a strength are read as such.
    fn fitted(&self, by: Comparison, left: Typed, right: Typed) -> Result<(Typed, Typed), PatternError> {
        let (as_left, as_right) = (meaning(by, &right), meaning(by, &left));
        let is_exact = left.is_exact || right.is_exact;
        let (mut left, mut right) = (self.read_as(as_left, left)?, self.read_as(as_right, right)?);
        if is_exact {
            [&mut left, &mut right].into_iter().for_each(|side| as_written(&mut side.operand));
        }
        Ok((left, right))
    }

    fn read_as(&self, meaning: Meaning, typed: Typed) -> Result<Typed, PatternError> {
        let Typed { operand, of_type, span, mut items, is_exact } = typed;
        let value = match operand {
            Operand::Constant(Value::Text(text)) => self.read_text(meaning, text, span)?,
            Operand::Constant(Value::List(values)) => {
                let read = values.into_iter().enumerate().map(|(number, value)| match value {
                    Value::Text(text) => {
                        self.read_text(meaning, text, items.get(number).map_or(span, |item| item.span))
                    }
                    other => Ok(other),
                });
                let read = Value::List(read.collect::<Result<_, _>>()?);
                items.iter_mut().for_each(|item| item.of_type = read_type(meaning, item.of_type));
                read
            }
            operand => return Ok(Typed { operand, of_type, span, items, is_exact }),
        };
        let of_type = read_type(meaning, of_type);
        Ok(Typed { operand: Operand::Constant(value), of_type, span, items, is_exact })
    }

    fn read_text(&self, meaning: Meaning, text: Cow<'static, str>, span: Span) -> Result<Value<'static>, PatternError> {
        match meaning {
            Meaning::Plain => Ok(Value::Text(text)),
            Meaning::Date => self.date(&text, span),
            Meaning::Country => match text.parse::<CountryCode>() {
                Ok(country) => Ok(Value::Text(Cow::Owned(country.as_str().to_owned()))),
                Err(violation) => self.error(span, violation.to_string()),
            },
            Meaning::Entity => {
                let merged = self.graph.redirects().entity(&text).map(|id| Cow::Owned(id.as_str().to_owned()));
                Ok(Value::Text(merged.unwrap_or(text)))
            }
            Meaning::Relationship => {
                let merged = self.graph.redirects().relationship(&text).map(|id| Cow::Owned(id.as_str().to_owned()));
                Ok(Value::Text(merged.unwrap_or(text)))
            }
            Meaning::Key(scheme) => self.key(scheme, &text, span),
            Meaning::Identifier => match text.parse::<Identifier>() {
                Ok(identifier) => Ok(Value::Text(Cow::Owned(identifier.to_string()))),
                Err(Violation { problem, remedy, .. }) => self.error(span, format!("{problem}; {remedy}")),
            },
            Meaning::EntityKind => self.word("kind", &text, span, &EntityKind::ALL.map(|kind| kind.name())),
            Meaning::RelationshipKind => self.word("kind", &text, span, &RelationshipKind::ALL.map(|kind| kind.name())),
            Meaning::Strength => {
                self.word("strength", &text, span, &[Strength::Stated, Strength::Inferred].map(strength_name))
            }
        }
    }

    /// A key in one registry: as the registry writes it, after its name and a colon, or as an address.
    fn key(&self, scheme: IdentifierScheme, text: &str, span: Span) -> Result<Value<'static>, PatternError> {
        let read = Identifier::written(scheme, text).or_else(|violation| text.parse().map_err(|_| violation));
        match read {
            Ok(identifier) if identifier.scheme() == scheme => {
                Ok(Value::Text(Cow::Owned(identifier.value().to_owned())))
            }
            Ok(other) => {
                let [is, here] = [other.scheme(), scheme].map(scheme_name);
                self.error(span, format!("'{text}' is a key of {is}, not of {here}; compare it with .{is}"))
            }
            Err(Violation { problem, remedy, .. }) => self.error(span, format!("{problem}; {remedy}")),
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
        let refuse = |span: Span, what: String| self.error(span, what);
        match by {
            Comparison::Equal | Comparison::NotEqual => {
                if may_be_equal(one, other) {
                    return Ok(());
                }
                let hint = if is_list(other) {
                    "; use IN".to_owned()
                } else if is_list(one) {
                    "; use CONTAINS".to_owned()
                } else {
                    self.date_hint([left.item(), right.item()])
                };
                refuse(right.span, format!("{} is never equal to {}{hint}", one.name(), other.name()))
            }
            Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual => {
                let ordered = |of_type| matches!(of_type, Type::Number | Type::Text | Type::Date | Type::Any);
                match (ordered(one), ordered(other)) {
                    (false, _) => refuse(left.span, format!("{} is neither less nor greater", one.name())),
                    (_, false) => refuse(right.span, format!("{} is neither less nor greater", other.name())),
                    _ if is_any || one == other => Ok(()),
                    _ => {
                        let sides = [left.item(), right.item()];
                        let number = sides.into_iter().find(|side| side.of_type == Type::Number);
                        let date = self.date_hint(sides);
                        let (span, hint) = match number {
                            Some(number) if !date.is_empty() => (number.span, date),
                            Some(_) | None => (right.span, "; compare two of a type".to_owned()),
                        };
                        refuse(span, format!("{} cannot be ordered with {}{hint}", one.name(), other.name()))
                    }
                }
            }
            Comparison::In if is_list(other) => self.check_held(right, left),
            Comparison::In if other == Type::Any => Ok(()),
            Comparison::In => {
                refuse(right.span, format!("IN asks for a list such as ['GB', 'CN'], not {}", other.name()))
            }
            Comparison::Contains if is_list(one) => self.check_held(left, right),
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

    /// Whether a list may hold a value, and each of its items be it.
    fn check_held(&self, list: &Typed, value: &Typed) -> Result<(), PatternError> {
        if list.items.is_empty() && list.of_type == Type::Texts && !may_be_equal(Type::Text, value.of_type) {
            return self.error(value.span, format!("a list of texts never holds {}", value.of_type.name()));
        }
        let Some(&item) = list.items.iter().find(|item| !may_be_equal(item.of_type, value.of_type)) else {
            return Ok(());
        };
        let hint = self.date_hint([item, value.item()]);
        let [value, other] = [value.of_type, item.of_type].map(Type::name);
        self.error(item.span, format!("{value} is never equal to {other}{hint}"))
    }

    /// What to write where a number or a text stands beside a date.
    fn date_hint(&self, sides: [Item; 2]) -> String {
        let other = match sides.map(|side| side.of_type) {
            [Type::Date, Type::Number | Type::Text] => sides[1],
            [Type::Number | Type::Text, Type::Date] => sides[0],
            _ => return String::new(),
        };
        let written = &self.text[other.span.start..other.span.end];
        let is_year = written.len() == 4 && written.bytes().all(|byte| byte.is_ascii_digit());
        let hint = match written.as_bytes().first() {
            Some(b'\'' | b'"') => "; write DATE before the text, as in DATE '2023-05'",
            Some(b'0'..=b'9') if is_year => return format!("; put the date in quotation marks: '{written}'"),
            Some(b'0'..=b'9' | b'-' | b'$') => "; put the date in quotation marks, as in '2023-05'",
            Some(_) | None => "",
        };
        hint.to_owned()
    }
}

fn is_list(of_type: Type) -> bool {
    matches!(of_type, Type::Texts | Type::List)
}

fn may_be_equal(one: Type, other: Type) -> bool {
    one == Type::Any || other == Type::Any || one == other || (is_list(one) && is_list(other))
}

/// The type of a constant that is read as what it stands for.
fn read_type(meaning: Meaning, of_type: Type) -> Type {
    match (meaning, of_type) {
        (Meaning::Date, Type::Text) => Type::Date,
        (Meaning::Date, Type::Texts) => Type::List,
        (_, of_type) => of_type,
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
    /// A key in one registry.
    Key(IdentifierScheme),
    /// A key with its registry.
    Identifier,
    EntityKind,
    RelationshipKind,
    Strength,
}

/// Of lists, CONTAINS asks for one that is equal; of texts, for a part.
fn meaning(by: Comparison, beside: &Typed) -> Meaning {
    let is_equal = matches!(by, Comparison::Equal | Comparison::NotEqual | Comparison::In);
    match (by, &beside.operand) {
        (Comparison::Contains, Operand::EntityProperty(_, EntityProperty::Identifiers)) => Meaning::Identifier,
        (Comparison::StartsWith | Comparison::EndsWith | Comparison::Contains, _) => Meaning::Plain,
        (_, Operand::EntityProperty(_, EntityProperty::Key(scheme))) if is_equal => Meaning::Key(*scheme),
        (_, Operand::EntityProperty(_, EntityProperty::Identifiers)) if is_equal => Meaning::Identifier,
        (_, Operand::EntityProperty(_, EntityProperty::Country)) => Meaning::Country,
        (_, Operand::EntityProperty(_, EntityProperty::Id)) => Meaning::Entity,
        (_, Operand::RelationshipProperty(_, RelationshipProperty::Id)) => Meaning::Relationship,
        (_, Operand::EntityProperty(_, EntityProperty::Kind)) => Meaning::EntityKind,
        (_, Operand::RelationshipProperty(_, RelationshipProperty::Kind)) => Meaning::RelationshipKind,
        (_, Operand::RelationshipProperty(_, RelationshipProperty::Strength)) => Meaning::Strength,
        _ if beside.of_type == Type::Date => Meaning::Date,
        _ => Meaning::Plain,
    }
}

/// What is read from the text of a constant, or from each text of a list; `None` where something else is in it.
fn texts<T>(value: &Value<'static>, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let one = |value: &Value<'static>| if let Value::Text(text) = value { read(text) } else { None };
    if let Value::List(items) = value { items.iter().map(one).collect() } else { one(value).map(|one| vec![one]) }
}

/// Behind `EXACTLY` a date that a pattern names is one among others: equal to what means the same days.
fn as_written(operand: &mut Operand) {
    let dated = |value: &mut Value<'static>| {
        if let &mut Value::Days(first, last) = value {
            *value = Value::Date(first, last);
        }
    };
    if let Operand::Constant(value) = operand {
        dated(value);
        if let Value::List(items) = value {
            items.iter_mut().for_each(dated);
        }
    }
}

/// Which letters count as the same. A whole key is compared as it is, a part of one as other texts are.
fn letters(by: Comparison, left: &Typed, right: &Typed) -> Letters {
    let is_list = left.of_type == Type::Texts || left.of_type == Type::List;
    let is_part = match by {
        Comparison::StartsWith | Comparison::EndsWith => true,
        Comparison::Contains => !is_list,
        Comparison::Equal
        | Comparison::NotEqual
        | Comparison::Less
        | Comparison::LessOrEqual
        | Comparison::Greater
        | Comparison::GreaterOrEqual
        | Comparison::In => false,
    };
    let is_key = |side: &Typed| match &side.operand {
        Operand::EntityProperty(_, property) => property.is_key(),
        Operand::RelationshipProperty(_, property) => property.is_key(),
        _ => false,
    };
    if left.is_exact || right.is_exact || !is_part && (is_key(left) || is_key(right)) {
        Letters::Exact
    } else {
        Letters::Plain
    }
}

/// What the index of names says beforehand of a comparison of names with a text that has letters.
fn may_be_called(by: Comparison, left: &Operand, right: &Operand) -> Option<Condition> {
    let (Operand::EntityProperty(register, property), Operand::Constant(Value::Text(part))) = (left, right) else {
        return None;
    };
    let is_of_names = match property {
        EntityProperty::Name => {
            matches!(by, Comparison::Contains | Comparison::StartsWith | Comparison::EndsWith)
        }
        EntityProperty::Names | EntityProperty::Aliases => by == Comparison::Contains,
        _ => false,
    };
    let folded = folded(part);
    (is_of_names && !folded.is_empty()).then_some(Condition::MayBeCalled(*register, *property, folded))
}
