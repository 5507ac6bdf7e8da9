//! The checks that a request chooses one operation and gives the variables it cannot do without, before it runs; that
//! values fit their types is async-graphql's matter.

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition};
use async_graphql::{Name, Positioned, ServerError, Value, Variables};

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
