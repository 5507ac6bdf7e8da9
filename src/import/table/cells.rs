//! One row, whatever it came from: what stands in a column, or at a place inside an object.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::model::text;

/// A row of a table, or an object of JSON.
pub(super) enum Cells<'a> {
    /// The names of the columns and what stands in them.
    Row { columns: &'a [String], values: &'a [Cow<'a, str>] },
    /// The fields are the columns; `place.city` is the field `city` of the object in the field `place`.
    Object(&'a Map<String, Value>),
    /// An item of the list at `path` in an object: `members.id` is its `id`, other columns are those of the object.
    Item { object: &'a Map<String, Value>, path: &'a str, item: &'a Map<String, Value> },
}

/// What stands in a column: nothing, a text, or the items of a list.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    pub(super) texts: Vec<Cow<'a, str>>,
    pub(super) is_list: bool,
    /// The place of the list of objects that the texts come from.
    pub(super) through: Option<String>,
}

impl<'a> Cells<'a> {
    /// The names of the columns at the top.
    pub(super) fn columns(&self) -> Vec<&'a str> {
        match self {
            Self::Row { columns, .. } => columns.iter().map(String::as_str).collect(),
            Self::Object(object) | Self::Item { object, .. } => object.keys().map(String::as_str).collect(),
        }
    }

    /// The places inside objects that are no objects themselves.
    pub(super) fn places(&self) -> Vec<String> {
        let mut places = Vec::new();
        match self {
            Self::Row { columns, .. } => places.extend(columns.iter().cloned()),
            Self::Object(object) | Self::Item { object, .. } => place(object, "", &mut places),
        }
        places
    }

    /// Whether there is such a column, empty or not.
    pub(super) fn has(&self, column: &str) -> bool {
        match self {
            Self::Row { columns, .. } => columns.iter().any(|name| name == column),
            Self::Object(object) | Self::Item { object, .. } => exists(object, column),
        }
    }

    /// Whether nothing stands in any column.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Row { values, .. } => values.iter().all(|value| text::one_line(value).is_empty()),
            Self::Object(object) | Self::Item { object, .. } => object.values().all(is_blank),
        }
    }

    /// The objects in the list at a place; itself where no place is given.
    pub(super) fn each<'c>(&'c self, path: Option<&'c str>) -> Vec<Cells<'c>> {
        let (Self::Object(object), Some(path)) = (self, path) else {
            return vec![match *self {
                Self::Row { columns, values } => Cells::Row { columns, values },
                Self::Object(object) => Cells::Object(object),
                Self::Item { object, path, item } => Cells::Item { object, path, item },
            }];
        };
        let place = path.split('.').try_fold(None, |value: Option<&Value>, field| match value {
            None => object.get(field).map(Some),
            Some(value) => value.get(field).map(Some),
        });
        match place.flatten() {
            Some(Value::Array(items)) => {
                let items = items.iter().filter_map(Value::as_object);
                items.map(|item| Cells::Item { object, path, item }).collect()
            }
            Some(Value::Object(item)) => vec![Cells::Item { object, path, item }],
            _ => Vec::new(),
        }
    }

    /// What stands in a column; empty texts are left out.
    pub(super) fn values(&self, column: &str) -> Found<'a> {
        let mut found = Found::default();
        match *self {
            Self::Row { columns, values } => {
                let position = columns.iter().position(|name| name == column);
                let value = position.and_then(|position| values.get(position)).map(|value| &**value);
                found.texts.extend(value.filter(|value| !text::one_line(value).is_empty()).map(Cow::Borrowed));
            }
            Self::Object(object) => collect(object, column, &mut found),
            Self::Item { object, path, item } => {
                match column.strip_prefix(path).and_then(|rest| rest.strip_prefix('.')) {
                    Some(rest) => collect(item, rest, &mut found),
                    None => collect(object, column, &mut found),
                }
            }
        }
        found
    }

    /// The text in a column; of a list the first.
    pub(super) fn value(&self, column: &str) -> Option<Cow<'a, str>> {
        self.values(column).texts.into_iter().next().map(|value| match value {
            Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
            Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
        })
    }
}

fn place(object: &Map<String, Value>, before: &str, places: &mut Vec<String>) {
    for (field, value) in object {
        let name = format!("{before}{field}");
        match value {
            Value::Object(inner) => place(inner, &format!("{name}."), places),
            Value::Array(items) if items.iter().any(Value::is_object) => {
                let inner = items.iter().find_map(Value::as_object);
                inner.into_iter().for_each(|inner| place(inner, &format!("{name}."), places));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => places.push(name),
        }
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text::one_line(text).is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(object) => object.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn exists(object: &Map<String, Value>, path: &str) -> bool {
    if object.contains_key(path) {
        return true;
    }
    let below = |value: &Value, rest: &str| match value {
        Value::Object(inner) => exists(inner, rest),
        Value::Array(items) => items.iter().any(|item| item.as_object().is_some_and(|inner| exists(inner, rest))),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    };
    path.match_indices('.').any(|(at, _)| object.get(&path[..at]).is_some_and(|value| below(value, &path[at + 1..])))
}

/// Gathers what stands at a place; a field whose name holds the dots comes first.
fn collect<'a>(object: &'a Map<String, Value>, path: &str, found: &mut Found<'a>) {
    if let Some(value) = object.get(path) {
        return gather(value, found);
    }
    for (at, _) in path.match_indices('.') {
        let rest = &path[at + 1..];
        match object.get(&path[..at]) {
            Some(Value::Object(inner)) => return collect(inner, rest, found),
            Some(Value::Array(items)) => {
                found.is_list = true;
                found.through.get_or_insert_with(|| path[..at].to_owned());
                return items.iter().filter_map(Value::as_object).for_each(|inner| collect(inner, rest, found));
            }
            _ => {}
        }
    }
}

fn gather<'a>(value: &'a Value, found: &mut Found<'a>) {
    match value {
        Value::Null => {}
        Value::String(text) if text::one_line(text).is_empty() => {}
        Value::String(text) => found.texts.push(Cow::Borrowed(text)),
        Value::Array(items) => {
            found.is_list = true;
            items.iter().for_each(|item| gather(item, found));
        }
        // The results of SPARQL in JSON wrap each value in an object that tells its sort.
        Value::Object(term) => match (term.get("type"), term.get("value")) {
            (Some(Value::String(_)), Some(value @ Value::String(_))) => gather(value, found),
            _ => found.texts.push(Cow::Owned(value.to_string())),
        },
        Value::Bool(_) | Value::Number(_) => found.texts.push(Cow::Owned(value.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_inside_an_object_is_named_with_dots() {
        let object = serde_json::json!({
            "id": 7, "a.b": "dotted", "place": {"city": "Graz", "point": {"lat": 47.07}},
            "names": ["One; Two", "", "Three"], "members": [{"id": "x"}, {"id": "y", "role": "chair"}],
            "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"}, "none": null
        });
        let cells = Cells::Object(object.as_object().unwrap());
        for (column, texts, is_list) in [
            ("id", vec!["7"], false),
            ("a.b", vec!["dotted"], false),
            ("place.city", vec!["Graz"], false),
            ("place.point.lat", vec!["47.07"], false),
            ("names", vec!["One; Two", "Three"], true),
            ("members.id", vec!["x", "y"], true),
            ("members.role", vec!["chair"], true),
            ("item", vec!["http://www.wikidata.org/entity/Q1"], false),
            ("none", vec![], false),
            ("place.country", vec![], false),
        ] {
            let found = cells.values(column);
            assert_eq!(
                (found.texts, found.is_list),
                (texts.into_iter().map(Cow::Borrowed).collect(), is_list),
                "{column}"
            );
        }
        let members = cells.each(Some("members"));
        let pairs: Vec<_> =
            members.iter().map(|member| (member.value("members.id"), member.value("members.role"))).collect();
        assert_eq!(pairs, [(Some("x".into()), None), (Some("y".into()), Some("chair".into()))]);
        assert_eq!(members[0].value("place.city").as_deref(), Some("Graz"));
        assert!(cells.has("none") && cells.has("members.role") && !cells.has("place.country"));
    }
}
