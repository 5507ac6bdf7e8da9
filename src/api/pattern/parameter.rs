//! The values of a pattern's parameters, from JSON.

use async_graphql::Result;
use serde_json::Value;

use crate::api::error::Code;
use crate::graph::{Parameter, Parameters};

/// Reads a JSON object.
///
/// # Errors
/// `INVALID_INPUT` for what is no object, and for an object within it.
pub(in crate::api) fn parameters(json: Option<Value>) -> Result<Parameters> {
    match json {
        None | Some(Value::Null) => Ok(Parameters::new()),
        Some(Value::Object(all)) => {
            all.into_iter().map(|(name, value)| Ok((name.clone(), read(&name, value)?))).collect()
        }
        Some(other) => {
            let shown: String = other.to_string().chars().take(40).collect();
            Err(Code::InvalidInput.error(format!(
                "parameters: {shown} is no object; give the values by their names: {{\"country\": \"GB\"}}"
            )))
        }
    }
}

fn read(name: &str, value: Value) -> Result<Parameter> {
    Ok(match value {
        Value::Null => Parameter::Null,
        Value::Bool(truth) => Parameter::Truth(truth),
        Value::Number(number) => Parameter::Number(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Parameter::Text(text),
        Value::Array(items) => {
            Parameter::List(items.into_iter().map(|item| scalar(name, item)).collect::<Result<_>>()?)
        }
        Value::Object(_) => return refuse(name),
    })
}

fn scalar(name: &str, value: Value) -> Result<Parameter> {
    match value {
        Value::Array(_) => refuse(name),
        value => read(name, value),
    }
}

fn refuse(name: &str) -> Result<Parameter> {
    Err(Code::InvalidInput
        .error(format!("parameters: {name} is nested; give a text, a number, true, false, null or a list of such")))
}
