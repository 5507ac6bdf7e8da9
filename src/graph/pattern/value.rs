//! Values of expressions, and how they compare: true, false, or unknown.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::syntax::ast::Comparison;
use crate::graph::index::{EntityIndex, RelationshipIndex};
use crate::model::edtf::Day;
use crate::model::text::{Place, plain};

/// `None` is unknown.
pub(super) type Truth = Option<bool>;

/// What counts as the same letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// Case, accents and forms of print are set aside.
    Plain,
    /// Nothing but itself.
    Exact,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'g> {
    Null,
    Truth(bool),
    Number(f64),
    Text(Cow<'g, str>),
    /// The first and the last day that a date may mean.
    Date(Day, Day),
    /// All days of a date that a pattern names to compare others with.
    Days(Day, Day),
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
            | Self::Days(..)
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
pub(super) fn compare(by: Comparison, letters: Letters, left: &Value<'_>, right: &Value<'_>) -> Truth {
    if let Value::Keys(keys) = left {
        return any_key(keys, |key| compare(by, letters, key, right));
    }
    if let Value::Keys(keys) = right {
        return any_key(keys, |key| compare(by, letters, left, key));
    }
    match by {
        Comparison::Equal => equal(letters, left, right),
        Comparison::NotEqual => not(equal(letters, left, right)),
        Comparison::Less => less(letters, left, right),
        Comparison::Greater => less(letters, right, left),
        Comparison::LessOrEqual => not(less(letters, right, left)),
        Comparison::GreaterOrEqual => not(less(letters, left, right)),
        Comparison::In => match right {
            Value::List(items) => any(items.iter().map(|item| equal(letters, left, item))),
            _ => None,
        },
        Comparison::StartsWith => texts(letters, Place::Start, left, right),
        Comparison::EndsWith => texts(letters, Place::End, left, right),
        Comparison::Contains => match left {
            Value::List(items) => any(items.iter().map(|item| equal(letters, item, right))),
            _ => texts(letters, Place::Anywhere, left, right),
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

fn texts(letters: Letters, place: Place, left: &Value<'_>, right: &Value<'_>) -> Truth {
    match (left, right) {
        (Value::Text(text), Value::Text(part)) => Some(match letters {
            Letters::Plain => place.holds_plainly(text, part),
            Letters::Exact => place.holds(text, part),
        }),
        _ => None,
    }
}

/// A date is equal to days that hold all it may mean, two dates to each other when they mean the same days; they are
/// different when they share none, and else it is unknown.
fn equal(letters: Letters, left: &Value<'_>, right: &Value<'_>) -> Truth {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::Text(_), Value::Text(_)) => texts(letters, Place::Whole, left, right),
        (&Value::Date(first, last), &Value::Days(from, to)) | (&Value::Days(from, to), &Value::Date(first, last)) => {
            alike(first >= from && last <= to, (first, last), (from, to))
        }
        (&Value::Date(first, last), &Value::Date(from, to)) | (&Value::Days(first, last), &Value::Days(from, to)) => {
            alike((first, last) == (from, to), (first, last), (from, to))
        }
        (Value::List(items), Value::List(others)) => {
            if items.len() != others.len() {
                return Some(false);
            }
            all(items.iter().zip(others).map(|(item, other)| equal(letters, item, other)))
        }
        (left, right) => Some(left == right),
    }
}

/// True where it is, false where two stretches of days share none, else unknown.
fn alike(is_equal: bool, (first, last): (Day, Day), (from, to): (Day, Day)) -> Truth {
    if is_equal {
        Some(true)
    } else if last < from || to < first {
        Some(false)
    } else {
        None
    }
}

/// A date is before days when all it may mean is before the first of them, not before when none of it is, and after them
/// as much; of two dates one is before the other when all its days are, not when none can be or both mean the same
/// days. Else it is unknown.
fn less(letters: Letters, left: &Value<'_>, right: &Value<'_>) -> Truth {
    let decided = |is_less: bool, is_not: bool| if is_less { Some(true) } else { is_not.then_some(false) };
    match (left, right) {
        (&Value::Date(first, last), &Value::Days(from, _)) => decided(last < from, first >= from),
        (&Value::Days(_, to), &Value::Date(first, last)) => decided(to < first, to >= last),
        (&Value::Date(first, last), &Value::Date(from, to)) | (&Value::Days(first, last), &Value::Days(from, to)) => {
            decided(last < from, first >= to || (first, last) == (from, to))
        }
        (Value::Number(left), Value::Number(right)) => left.partial_cmp(right).map(Ordering::is_lt),
        (Value::Text(left), Value::Text(right)) => Some(match letters {
            Letters::Plain => plain(left) < plain(right),
            Letters::Exact => left < right,
        }),
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

    fn days(text: &str) -> Value<'static> {
        let date: EdtfDate = text.parse().unwrap();
        Value::Days(date.first_day(), date.last_day())
    }

    #[test]
    fn a_date_compares_with_days_by_what_they_cover() {
        use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
        // The date, and whether it is <, <=, =, >=, > what is named; t, f, or u for unknown.
        for (dated, named, expected) in [
            ("2027-06-30", "2027", "f t t t f"),
            ("2027-01-01", "2027", "f t t t f"),
            ("2027-12-31", "2027", "f t t t f"),
            ("2028-01-01", "2027", "f f f t t"),
            ("2026-12-31", "2027", "t t f f f"),
            ("2027", "2027", "f t t t f"),
            ("2027~", "2027", "f t t t f"),
            ("2027-03", "2027-03", "f t t t f"),
            ("2027-03-15", "2027-03", "f t t t f"),
            ("2024", "2024-06-01", "u u u u u"),
            ("2024", "2024-01-01", "f u u t u"),
            ("2024", "2024-12-31", "u t u u f"),
            ("2024/..", "2024", "f u u t u"),
            ("2024/..", "2023", "f f f t t"),
            ("../2024", "2024", "u t u u f"),
            ("../2023", "2024", "t t f f f"),
            ("202X", "2024", "u u u u u"),
            ("202X", "202X", "f t t t f"),
            ("2024-21", "2024", "f t t t f"),
            ("2022-05-01", "2021/2024", "f t t t f"),
            ("2025", "2021/2024", "f f f t t"),
            ("2022", "2021/..", "f t t t f"),
            ("2020", "2021/..", "t t f f f"),
        ] {
            let all = [Less, LessOrEqual, Equal, GreaterOrEqual, Greater];
            let found = all.map(|by| compare(by, Letters::Plain, &date(dated), &days(named)));
            let letter = |truth| match truth {
                Some(true) => "t",
                Some(false) => "f",
                None => "u",
            };
            assert_eq!(found.map(letter).join(" "), expected, "{dated} beside {named}");
            // Seen from the other side it is the same.
            let turned = [Greater, GreaterOrEqual, Equal, LessOrEqual, Less];
            let found = turned.map(|by| compare(by, Letters::Plain, &days(named), &date(dated)));
            assert_eq!(found.map(letter).join(" "), expected, "{named} beside {dated}");
        }
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
            assert_eq!(compare(by, Letters::Plain, &date(left), &date(right)), expected, "{left} {by:?} {right}");
        }
    }

    #[test]
    fn what_is_null_makes_a_comparison_unknown() {
        for by in [Comparison::Equal, Comparison::NotEqual, Comparison::Less, Comparison::In, Comparison::Contains] {
            assert_eq!(compare(by, Letters::Plain, &Value::Null, &Value::Number(1.0)), None);
        }
        let list = |items: &[f64]| Value::List(items.iter().map(|&item| Value::Number(item)).collect());
        assert_eq!(compare(Comparison::In, Letters::Plain, &Value::Number(2.0), &list(&[1.0, 2.0])), Some(true));
        assert_eq!(compare(Comparison::In, Letters::Plain, &Value::Number(3.0), &list(&[1.0, 2.0])), Some(false));
        let with_null = Value::List(vec![Value::Number(1.0), Value::Null]);
        assert_eq!(compare(Comparison::In, Letters::Plain, &Value::Number(1.0), &with_null), Some(true));
        assert_eq!(compare(Comparison::In, Letters::Plain, &Value::Number(3.0), &with_null), None);
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
