//! The rows of JSON lines, or of a JSON array: the fields of an object are its columns.

use serde_json::{Map, Value};

use super::{Cells, Take};
use crate::import::json::each_object;
use crate::import::source::Member;
use crate::model::violation::Violation;

/// Gives each object to `take`; one that is malformed is refused by itself.
pub(super) fn each_row(member: Member<'_>, refused: &mut Vec<Violation>, take: &mut Take<'_>) -> Result<(), Violation> {
    each_object(member, &mut |bytes, origin| {
        let object: Map<String, Value> = match serde_json::from_slice(bytes) {
            Ok(object) => object,
            Err(error) => {
                let violation = Violation::new(format!("the object cannot be read: {error}"), "correct it");
                refused.push(violation.at(Some(&origin)));
                return Ok(());
            }
        };
        let (columns, values): (Vec<String>, Vec<String>) =
            object.into_iter().map(|(name, value)| (name, text(&value))).unzip();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        take(&Cells { columns: &columns, values: &values }, origin)
    })
}

/// A value as it would stand in a cell: a list with semicolons between.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join("; "),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}
