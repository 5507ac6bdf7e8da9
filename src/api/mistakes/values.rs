//! Values that do not fit where they stand.

use super::shown;
use super::types::{Types, base, is_list, listed, meant};

/// What is wrong with a value at a place such as `filter.kinds.0`: the rest of the library's sentence, and what it quotes
/// in it.
pub(super) fn wrong(types: &Types, place: &str, sentence: &str, quoted: &[&str]) -> Option<String> {
    let place = shown(place);
    Some(match (sentence, quoted) {
        (", enumeration type  does not contain the value ", [of_type, value]) => {
            let values = types.values(of_type)?;
            let known = values.iter().map(String::as_str);
            // What people write for a value: in small letters, with blanks.
            let written = value.trim().replace([' ', '-'], "_");
            format!("{place}: {of_type} has no value {}; {}", shown(value), meant(&written, known, "use one of"))
        }
        (", unknown field  of type ", [field, of_type]) => {
            let own = types.fields(of_type).iter().map(|field| field.name.as_str());
            format!("{place}: {of_type} has no field {}; {}", shown(field), meant(field, own, "it has"))
        }
        (", field  of type  is required but not provided", [field, of_type]) => {
            format!("{place}: it needs {field}, as in {{ {field}: {} }}", example(types, of_type))
        }
        (", expected type ", [of_type]) => {
            let asked = base(of_type);
            let hint = match types.values(asked) {
                Some(values) => listed(values.iter().map(String::as_str), "write without quotation marks one of"),
                None => format!("write {}", example(types, of_type)),
            };
            format!("{place}: a value of type {of_type} is asked for; {hint}")
        }
        _ => return None,
    })
}

/// A value of a written type, to show its form.
pub(super) fn example(types: &Types, of_type: &str) -> String {
    let named = base(of_type);
    let one = match named {
        "Int" => "10".to_owned(),
        "Float" => "0.5".to_owned(),
        "Boolean" => "true".to_owned(),
        "ID" => "\"university-of-oxford\"".to_owned(),
        "CountryCode" => "\"GB\"".to_owned(),
        "EdtfDate" => "\"2024-03\"".to_owned(),
        _ => match (types.values(named), types.fields(named).first()) {
            (Some([first, ..]), _) => first.clone(),
            (_, Some(field)) if types.is_input(named) => format!("{{ {}: … }}", field.name),
            _ => "\"…\"".to_owned(),
        },
    };
    if is_list(of_type) { format!("[{one}]") } else { one }
}

/// A place of a document in words.
pub(super) fn worded(place: &str) -> &str {
    match place {
        "QUERY" | "MUTATION" | "SUBSCRIPTION" => "an operation",
        "FRAGMENT_DEFINITION" => "the definition of a fragment",
        "FIELD" => "a field",
        "FRAGMENT_SPREAD" | "INLINE_FRAGMENT" => "a fragment",
        other => other,
    }
}
