//! The check that an operation got the variables it cannot do without, before it runs; that values fit their types is
//! async-graphql's matter.

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition};
use async_graphql::{Name, Positioned, ServerError, Value, Variables};

use super::executor::coded;

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
