//! Values of expressions, and how they compare: true, false, or unknown.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::syntax::ast::Comparison;
use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::model::edtf::Day;

/// `None` is unknown.
pub(super) type Truth = Option<bool>;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'g> {
    Null,
    Truth(bool),
    Number(f64),
    Text(Cow<'g, str>),
    /// The first and the last day that a date may mean.
    Date(Day, Day),
    Entity(EntityIndex),
    Relationship(RelationshipIndex),
    List(Vec<Value<'g>>),
    /// The keys in one registry: a comparison holds when it holds for one of them.
    Keys(Vec<&'g str>),
}

impl Value<'_> {
    /// How many values it holds, lists within lists counted through; 0 where it is no list.
    pub(super) fn items(&self) -> usize {
        match self {
            Self::List(items) => items.iter().map(|item| 1 + item.items()).sum(),
            Self::Keys(keys) => keys.len(),
            Self::Null
            | Self::Truth(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Date(..)
            | Self::Entity(_)
            | Self::Relationship(_) => 0,
        }
    }
}

pub(super) fn not(truth: Truth) -> Truth {
    truth.map(|truth| !truth)
}

/// False where one is false, else unknown where one is unknown.
pub(super) fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let mut known = Some(true);
    for truth in truths {
        match truth {
            Some(false) => return Some(false),
            Some(true) => {}
            None => known = None,
        }
    }
    known
}

/// True where one is true, else unknown where one is unknown.
pub(super) fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
    not(all(truths.into_iter().map(not)))
}

/// Compares two values. What is null makes it unknown; values of different types are different, and neither is less.
pub(super) fn compare(by: Comparison, left: &Value<'_>, right: &Value<'_>) -> Truth {
    if let Value::Keys(keys) = left {
        return any_key(keys, |key| compare(by, key, right));
    }
    if let Value::Keys(keys) = right {
        return any_key(keys, |key| compare(by, left, key));
    }
    match by {
        Comparison::Equal => equal(left, right),
        Comparison::NotEqual => not(equal(left, right)),
        Comparison::Less => less(left, right),
        Comparison::Greater => less(right, left),
        Comparison::LessOrEqual => not(less(right, left)),
        Comparison::GreaterOrEqual => not(less(left, right)),
        Comparison::In => match right {
            Value::List(items) => any(items.iter().map(|item| equal(left, item))),
            _ => None,
        },
        Comparison::StartsWith => texts(left, right, |text, part| text.starts_with(part)),
        Comparison::EndsWith => texts(left, right, |text, part| text.ends_with(part)),
        Comparison::Contains => match left {
            Value::List(items) => any(items.iter().map(|item| equal(item, right))),
            _ => texts(left, right, |text, part| text.contains(part)),
        },
    }
}

/// A body without a key in the registry has null there.
fn any_key(keys: &[&str], compared: impl Fn(&Value<'_>) -> Truth) -> Truth {
    if keys.is_empty() {
        return None;
    }
    any(keys.iter().map(|&key| compared(&Value::Text(Cow::Borrowed(key)))))
}

fn texts(left: &Value<'_>, right: &Value<'_>, holds: impl Fn(&str, &str) -> bool) -> Truth {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => Some(holds(left, right)),
        _ => None,
    }
}

/// Two dates are equal when they mean the same days, different when they share none, and else it is unknown.
fn equal(left: &Value<'_>, right: &Value<'_>) -> Truth {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (&Value::Date(first, last), &Value::Date(other_first, other_last)) => {
            if (first, last) == (other_first, other_last) {
                Some(true)
            } else if last < other_first || other_last < first {
                Some(false)
            } else {
                None
            }
        }
        (Value::List(items), Value::List(others)) => {
            if items.len() != others.len() {
                return Some(false);
            }
            all(items.iter().zip(others).map(|(item, other)| equal(item, other)))
        }
        (left, right) => Some(left == right),
    }
}

/// A date is before another when all its days are, not before it when none can be or both mean the same days, and
/// else it is unknown.
fn less(left: &Value<'_>, right: &Value<'_>) -> Truth {
    match (left, right) {
        (&Value::Date(first, last), &Value::Date(other_first, other_last)) => {
            if last < other_first {
                Some(true)
            } else if first >= other_last || (first, last) == (other_first, other_last) {
                Some(false)
            } else {
                None
            }
        }
        (Value::Number(left), Value::Number(right)) => left.partial_cmp(right).map(Ordering::is_lt),
        (Value::Text(left), Value::Text(right)) => Some(left < right),
        (Value::Truth(left), Value::Truth(right)) => Some(left < right),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::edtf::EdtfDate;

    fn date(text: &str) -> Value<'static> {
        let date: EdtfDate = text.parse().unwrap();
        Value::Date(date.first_day(), date.last_day())
    }

    #[test]
    fn dates_compare_as_the_days_that_they_may_mean() {
        use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
        for (left, by, right, expected) in [
            ("2022", Equal, "2022", Some(true)),
            ("2022~", Equal, "2022", Some(true)),
            ("2022", Equal, "2022-11-15", None),
            ("2022", Equal, "2023", Some(false)),
            ("2021", Less, "2022", Some(true)),
            ("2022", Less, "2022", Some(false)),
            ("2022", LessOrEqual, "2022", Some(true)),
            ("2022-11", Less, "2022", None),
            ("2022-12-31", Less, "2022", Some(false)),
            ("2022", GreaterOrEqual, "2022-01-01", Some(true)),
            ("2022", LessOrEqual, "2022-12-31", Some(true)),
            ("2022", Greater, "2022-01-01", None),
            ("2021/2024", Greater, "2020", Some(true)),
            ("2021/..", Less, "2030", None),
        ] {
            assert_eq!(compare(by, &date(left), &date(right)), expected, "{left} {by:?} {right}");
        }
    }

    #[test]
    fn what_is_null_makes_a_comparison_unknown() {
        for by in [Comparison::Equal, Comparison::NotEqual, Comparison::Less, Comparison::In, Comparison::Contains] {
            assert_eq!(compare(by, &Value::Null, &Value::Number(1.0)), None);
        }
        let list = |items: &[f64]| Value::List(items.iter().map(|&item| Value::Number(item)).collect());
        assert_eq!(compare(Comparison::In, &Value::Number(2.0), &list(&[1.0, 2.0])), Some(true));
        assert_eq!(compare(Comparison::In, &Value::Number(3.0), &list(&[1.0, 2.0])), Some(false));
        let with_null = Value::List(vec![Value::Number(1.0), Value::Null]);
        assert_eq!(compare(Comparison::In, &Value::Number(1.0), &with_null), Some(true));
        assert_eq!(compare(Comparison::In, &Value::Number(3.0), &with_null), None);
    }

    #[test]
    fn unknown_is_neither_true_nor_false() {
        assert_eq!(all([None, Some(true)]), None);
        assert_eq!(all([None, Some(false)]), Some(false));
        assert_eq!(any([None, Some(false)]), None);
        assert_eq!(any([None, Some(true)]), Some(true));
        assert_eq!(not(None), None);
    }
}
