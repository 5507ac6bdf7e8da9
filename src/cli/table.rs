//! A GraphQL answer as tables: one for each list in it, a row an item, a column a field.

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::Value;

/// The outermost lists of objects in an answer as tables, or the answer as JSON where it holds none. Where there are
/// several, each stands below its place in the answer.
///
/// Edges stand for their nodes, with the fields of the edge beside them; lists inside a row are joined by "; ".
pub(super) fn render(data: &Value) -> String {
    let mut lists = Vec::new();
    collect(String::new(), data, &mut lists);
    match lists.as_slice() {
        [] => serde_json::to_string_pretty(data).unwrap_or_default(),
        [(_, rows)] => table(rows),
        several => {
            let shown = several.iter().map(|(place, rows)| format!("{place}\n{}", table(rows)));
            shown.collect::<Vec<_>>().join("\n\n")
        }
    }
}

fn table(rows: &[Value]) -> String {
    let mut columns: Vec<String> = Vec::new();
    let mut cells: Vec<Vec<(String, String)>> = Vec::new();
    for row in rows {
        let mut fields = Vec::new();
        flatten("", row, &mut fields);
        for (column, _) in &fields {
            if !columns.contains(column) {
                columns.push(column.clone());
            }
        }
        cells.push(fields);
    }
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(&columns);
    for fields in cells {
        let cell = |column: &String| {
            let found = fields.iter().find(|(name, _)| name == column);
            found.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        table.add_row(columns.iter().map(cell));
    }
    table.to_string()
}

/// The outermost lists of objects with their places, in the order of the answer.
fn collect<'v>(place: String, value: &'v Value, into: &mut Vec<(String, &'v [Value])>) {
    match value {
        Value::Array(items) if items.iter().any(Value::is_object) => into.push((place, items)),
        Value::Object(fields) => {
            for (field, value) in fields {
                let below = if place.is_empty() { field.clone() } else { format!("{place}.{field}") };
                collect(below, value, into);
            }
        }
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn flatten(name: &str, value: &Value, into: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                let below = match (name, field.as_str()) {
                    (_, "node") => name.to_owned(),
                    ("", field) => field.to_owned(),
                    (name, field) => format!("{name}.{field}"),
                };
                flatten(&below, value, into);
            }
        }
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().map(plain).collect();
            into.push((name.to_owned(), texts.join("; ")));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            into.push((name.to_owned(), plain(value)))
        }
    }
}

/// A value in one line: an object by its values.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            fields.values().map(plain).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_list_becomes_rows_and_nodes_stand_for_their_edges() {
        let answer = json!({"graph": {"search": {"totalCount": 1, "edges": [
            {"score": 1.0, "node": {"name": "West China Hospital", "names": [{"text": "WCH"}, {"text": "华西医院"}]}}
        ]}}});
        let table = render(&answer);
        for text in ["score", "name", "names", "West China Hospital", "WCH; 华西医院"] {
            assert!(table.contains(text), "{text} is not in\n{table}");
        }
    }

    #[test]
    fn of_several_lists_each_stands_below_its_place() {
        let answer = json!({"a": {"nodes": [{"name": "Oxford"}]}, "b": {"nodes": [{"name": "Tsinghua"}]}});
        let shown = render(&answer);
        let at = |text: &str| shown.find(text).unwrap();
        assert!(at("a.nodes") < at("Oxford") && at("Oxford") < at("b.nodes") && at("b.nodes") < at("Tsinghua"));
    }

    #[test]
    fn an_answer_without_a_list_stays_json() {
        assert_eq!(render(&json!({"graph": null})), "{\n  \"graph\": null\n}");
    }
}
