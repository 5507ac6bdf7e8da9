//! Fields and arguments that are not where they are asked for.

use super::shown;
use super::types::{Field, Types, listed, meant};
use crate::model::nearest::nearest;

/// A field that a type does not have: it may be one of a subtype, of something that stands below, or of the top.
pub(super) fn unknown(types: &Types, field: &str, of_type: &str) -> String {
    let name = shown(field);
    let told = format!("{of_type} has no field {name}");
    let subtypes: Vec<(&str, &Field)> = types
        .possible(of_type)
        .iter()
        .filter_map(|subtype| types.field(subtype, field).map(|found| (subtype.as_str(), found)))
        .collect();
    if let Some(&(first, found)) = subtypes.first() {
        let (have, own) = if subtypes.len() == 1 {
            ("has", first.to_owned())
        } else {
            ("have", subtypes.iter().map(|&(subtype, _)| subtype).collect::<Vec<_>>().join(", "))
        };
        return format!("{told}, but {own} {have}; write ... on {first} {{ {} }}", written(types, found));
    }
    if let Some((through, found)) = below(types, field, of_type) {
        return format!("{told}; write {through} {{ {} }}", written(types, found));
    }
    if types.is_beside_a_node(field, of_type) {
        return format!("{told}; it belongs to the place in the list: write edges {{ {name} node {{ … }} }}");
    }
    let own = types.fields(of_type).iter().map(|field| field.name.as_str());
    if let Some(near) = nearest(field, own.clone()) {
        return format!("{told}; did you mean {near}?");
    }
    if let Some(found) = types.field("Query", field) {
        return format!("{told}; {name} stands at the top: write {{ {} }}", written(types, found));
    }
    if let Some(found) = types.field("Graph", field) {
        return format!("{told}; {name} is a field of graph: write {{ graph {{ {} }} }}", written(types, found));
    }
    if own.clone().next().is_none() {
        let subtypes = types.possible(of_type).iter().map(String::as_str);
        return match types.is_composite(of_type) {
            true => format!("{told}; ask for it in a fragment: {}", listed(subtypes, "it is one of")),
            false => format!("{told}; it is a value and has no fields"),
        };
    }
    format!("{told}; {}", listed(own, "it has"))
}

/// A field of what stands below a type and is told by it: the items of a list, the entity that a row is about.
fn below<'t>(types: &'t Types, field: &str, of_type: &str) -> Option<(&'t str, &'t Field)> {
    ["graph", "nodes", "node", "entity", "relationship"].into_iter().find_map(|way| {
        let way = types.field(of_type, way)?;
        let base = way.base();
        let subtypes = || types.possible(base).iter().find_map(|subtype| types.field(subtype, field));
        Some((way.name.as_str(), types.field(base, field).or_else(subtypes)?))
    })
}

/// A field as it is asked for.
fn written(types: &Types, field: &Field) -> String {
    let needed: Vec<String> = field
        .arguments
        .iter()
        .filter(|argument| argument.needs_a_value)
        .map(|argument| format!("{}: …", argument.name))
        .collect();
    let arguments = if needed.is_empty() { String::new() } else { format!("({})", needed.join(", ")) };
    let fields = if types.is_composite(field.base()) { " { … }" } else { "" };
    format!("{}{arguments}{fields}", field.name)
}

/// An argument that a field does not take: it may be part of one that it takes.
pub(super) fn unknown_argument(types: &Types, argument: &str, field: &str, of_type: &str) -> String {
    let name = shown(argument);
    let told = format!("{field} has no argument {name}");
    let Some(found) = types.field(of_type, field).filter(|found| !found.arguments.is_empty()) else {
        return format!("{told}; it takes none");
    };
    let own = found.arguments.iter().map(|argument| argument.name.as_str());
    if let Some(near) = nearest(argument, own.clone()) {
        return format!("{told}; did you mean {near}?");
    }
    let within = found.arguments.iter().find_map(|outer| {
        let inner = types.fields(outer.base()).iter().map(|inner| inner.name.as_str());
        nearest(argument, inner).map(|inner| (outer.name.as_str(), inner))
    });
    match within {
        Some((outer, inner)) => format!("{told}; write {outer}: {{ {inner}: … }}"),
        None => format!("{told}; {}", listed(own, "it takes")),
    }
}

/// A fragment on what can never be here.
pub(super) fn never(types: &Types, fragment: &str, here: &str, of_type: &str) -> String {
    let told = format!("{fragment} is on {of_type}, and here stands {here}, which is never one");
    let possible = types.possible(here);
    if possible.is_empty() {
        return format!("{told}; ask for the fields of {here} without it");
    }
    format!("{told}; {}", meant(of_type, possible.iter().map(String::as_str), "it is one of"))
}
