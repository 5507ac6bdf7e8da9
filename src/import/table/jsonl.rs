//! The rows of JSON lines, or of a list in JSON: the fields of an object are its columns.

use serde_json::{Map, Value};

use super::Take;
use super::cells::Cells;
use crate::import::json::each_object;
use crate::import::source::Member;
use crate::model::violation::Violation;

/// Gives each object to `take`; one that is malformed is refused by itself. `path` is the place of the list of objects
/// in a document that is one object.
pub(super) fn each_row(
    member: Member<'_>,
    path: Option<&str>,
    refused: &mut Vec<Violation>,
    take: &mut Take<'_>,
) -> Result<(), Violation> {
    each_object(member, path, &mut |bytes, origin| {
        let object: Map<String, Value> = match serde_json::from_slice(bytes) {
            Ok(object) => object,
            Err(error) => {
                let violation = Violation::new(format!("the object cannot be read: {error}"), "correct it");
                refused.push(violation.at(Some(&origin)));
                return Ok(());
            }
        };
        take(&Cells::Object(&object), origin)
    })
}
