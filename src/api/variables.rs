//! The checks that a request chooses one operation and gives the variables it cannot do without, before it runs. That
//! values fit their types is async-graphql's matter, but for the whole numbers of JSON.

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::registry::{MetaType, MetaTypeName, Registry};
use async_graphql::{Name, Number, Positioned, ServerError, Value, Variables};

use super::executor::coded;

/// How many operations of a document are named in an error.
const TOLD: usize = 10;

/// Refuses an operation with a variable that may not be null, has no default and got no value.
///
/// GraphQL specification (October 2021), 6.1.2: such a request must not be executed.
///
/// # Errors
/// `INVALID_INPUT` at the place where the variable is declared.
pub(super) fn check_required(
    document: &ExecutableDocument,
    operation: Option<&str>,
    variables: &Variables,
) -> Result<(), ServerError> {
    let Some(operation) = chosen(document, operation) else { return Ok(()) };
    for definition in &operation.node.variable_definitions {
        let (name, declared) = (&definition.node.name.node, &definition.node.var_type.node);
        let has_default = definition.node.default_value.is_some();
        let given = variables.get(name as &Name);
        if !declared.nullable && (given == Some(&Value::Null) || given.is_none() && !has_default) {
            let message = format!("the variable ${name} needs a value of type {declared}; give it in `variables`");
            return Err(coded("INVALID_INPUT", message, Some(definition.pos)));
        }
    }
    Ok(())
}

/// Refuses a name that no operation of a document has, and a document of several operations of which none is named.
///
/// # Errors
/// `INVALID_INPUT` with the names that there are.
pub(super) fn check_name(document: &ExecutableDocument, name: Option<&str>) -> Result<(), ServerError> {
    let named = match &document.operations {
        DocumentOperations::Single(_) => Vec::new(),
        DocumentOperations::Multiple(operations) => {
            let mut found: Vec<_> = operations.iter().map(|(name, operation)| (operation.pos, name.as_str())).collect();
            found.sort_unstable();
            found.into_iter().map(|(_, name)| name).take(TOLD).collect()
        }
    };
    let message = match name {
        None if named.len() < 2 => return Ok(()),
        None => format!("the document has several operations; say in `operationName` which: {}", named.join(", ")),
        Some(name) if chosen(document, Some(name)).is_some() && !named.is_empty() => return Ok(()),
        Some(name) => {
            let shown: String = name.chars().take(80).collect();
            let hint = match named.as_slice() {
                [] => "that of the document has no name, so leave `operationName` out".to_owned(),
                named => format!("there are {}", named.join(", ")),
            };
            format!("no operation has the name \"{shown}\"; {hint}")
        }
    };
    Err(coded("INVALID_INPUT", message, None))
}

/// Refuses a mutation or a subscription where the schema has none.
///
/// # Errors
/// `INVALID_INPUT` at the place of the operation.
pub(super) fn check_root(
    registry: &Registry,
    document: &ExecutableDocument,
    name: Option<&str>,
) -> Result<(), ServerError> {
    let Some(operation) = chosen(document, name) else { return Ok(()) };
    let lacking = match operation.node.ty {
        OperationType::Mutation if registry.mutation_type.is_none() => "mutations",
        OperationType::Subscription if registry.subscription_type.is_none() => "subscriptions",
        OperationType::Query | OperationType::Mutation | OperationType::Subscription => return Ok(()),
    };
    let message = format!("the schema has no {lacking}; ask a query");
    Err(coded("INVALID_INPUT", message, Some(operation.pos)))
}

/// Takes a number without a fraction for a whole one where a variable is, or holds, an Int: JSON has one sort of numbers
/// for both, so that 1.0 and 1e2 are whole.
///
/// GraphQL specification (September 2025), 3.5.1.
pub(super) fn settle_whole_numbers(
    registry: &Registry,
    document: &ExecutableDocument,
    operation: Option<&str>,
    variables: &mut Variables,
) {
    let Some(operation) = chosen(document, operation) else { return };
    for definition in &operation.node.variable_definitions {
        if let Some(value) = variables.get_mut(&definition.node.name.node) {
            settle_whole(registry, &definition.node.var_type.node.to_string(), value);
        }
    }
}

/// The value is as deep as JSON may be at most.
fn settle_whole(registry: &Registry, declared: &str, value: &mut Value) {
    match (MetaTypeName::create(declared), value) {
        (MetaTypeName::List(item), Value::List(items)) => {
            items.iter_mut().for_each(|value| settle_whole(registry, item, value));
        }
        (MetaTypeName::NonNull(inner) | MetaTypeName::List(inner), value) => settle_whole(registry, inner, value),
        (MetaTypeName::Named("Int"), Value::Number(number)) => {
            // Beyond this, numbers of JSON readers are no longer exact.
            const EXACT: f64 = (1_u64 << 53) as f64;
            if let Some(whole) = number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() <= EXACT) {
                *number = Number::from(whole as i64);
            }
        }
        (MetaTypeName::Named(name), Value::Object(fields)) => {
            if let Some(MetaType::InputObject { input_fields, .. }) = registry.types.get(name) {
                for (field, value) in fields {
                    let declared = input_fields.get(field.as_str());
                    declared.into_iter().for_each(|declared| settle_whole(registry, &declared.ty, value));
                }
            }
        }
        (MetaTypeName::Named(_), _) => {}
    }
}

/// The operation that a name chooses, or the only one.
pub(super) fn chosen<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
) -> Option<&'d Positioned<OperationDefinition>> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), _) => Some(operation),
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => operations.values().next(),
        (DocumentOperations::Multiple(_), None) => None,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_that_chooses_nothing_is_told_which_names_there_are() {
        let check = |document: &str, name: Option<&str>| {
            check_name(&parse_query(document).unwrap(), name).map_err(|error| error.message)
        };
        let several = "query B { a } query A { a } fragment F on Q { a }";
        assert_eq!(check(several, Some("A")), Ok(()));
        let unnamed = "the document has several operations; say in `operationName` which: B, A";
        assert_eq!(check(several, None).unwrap_err(), unnamed);
        assert_eq!(check(several, Some("C")).unwrap_err(), "no operation has the name \"C\"; there are B, A");
        assert_eq!(check("query A { a }", None), Ok(()));
        assert_eq!(check("{ a }", None), Ok(()));
        assert!(check("{ a }", Some("A")).unwrap_err().ends_with("so leave `operationName` out"));
    }

    #[test]
    fn a_variable_that_may_not_be_null_needs_a_value() {
        let check = |document: &str, variables: serde_json::Value| {
            check_required(&parse_query(document).unwrap(), None, &Variables::from_json(variables))
        };
        let needs = "query ($n: Int!) { a(n: $n) }";
        let refused = check(needs, json!({})).unwrap_err();
        assert!(refused.message.contains("$n needs a value of type Int!"), "{}", refused.message);
        assert!(check(needs, json!({"n": null})).is_err());
        assert!(check(needs, json!({"n": 1})).is_ok());
        assert!(check("query ($n: Int! = 2) { a(n: $n) }", json!({})).is_ok());
        assert!(check("query ($n: Int) { a(n: $n) }", json!({})).is_ok());
        assert!(check("{ a }", json!({})).is_ok());
    }
}
