//! What the library refuses before a document runs, with what to write instead: its messages say what is wrong, and the
//! schema knows what was meant.

mod fields;
mod types;
mod values;

use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextValidation};
use async_graphql::{Response, ServerError, ValidationResult};

use self::types::Types;

/// Adds to each error of validation what to write instead; its place stays.
pub(super) struct Mistakes;

impl ExtensionFactory for Mistakes {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait]
impl Extension for Mistakes {
    async fn validation(
        &self,
        context: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        next.run(context).await.map_err(|mut errors| {
            for error in &mut errors {
                if let Some(message) = explained(Types::of_the_schema(), &error.message) {
                    error.message = message;
                }
            }
            errors
        })
    }

    /// An input that is no object is seen only when it is read.
    async fn execute(&self, context: &ExtensionContext<'_>, name: Option<&str>, next: NextExecute<'_>) -> Response {
        let mut response = next.run(context, name).await;
        for error in &mut response.errors {
            let asked = error.message.strip_prefix("Expected input type \"").and_then(|rest| rest.split('"').next());
            let types = Types::of_the_schema();
            if let Some(asked) = asked.filter(|asked| types.is_input(asked)) {
                let example = values::example(types, asked);
                error.message = format!("a value of type {asked} is asked for; write {example}");
            }
        }
        response
    }
}

/// A message of the library in our words; `None` where it says enough, or is not known.
fn explained(types: &Types, message: &str) -> Option<String> {
    let (sentence, quoted) = taken_apart(message);
    let told = match (sentence.as_str(), quoted.as_slice()) {
        (sentence, [field, of_type, ..]) if sentence.starts_with("Unknown field  on type .") => {
            fields::unknown(types, field, of_type)
        }
        (sentence, [argument, field, of_type, ..]) if sentence.starts_with("Unknown argument  on field  of type .") => {
            fields::unknown_argument(types, argument, field, of_type)
        }
        (sentence, [argument, directive, ..]) if sentence.starts_with("Unknown argument  on directive .") => {
            format!("@{directive} has no argument {}; it takes if: true or if: false", shown(argument))
        }
        ("Unknown type ", [name]) => {
            let near = types.near_type(name);
            let hint = near.unwrap_or_else(|| "the types are listed in schema.graphql".to_owned());
            format!("there is no type {}; {hint}", shown(name))
        }
        ("Field  must not have a selection since type  has no subfields", [field, of_type]) => {
            format!("{field} is a value of type {of_type} and has no fields; leave out {{ … }} behind it")
        }
        ("Field  of type  must have a selection of subfields", [field, of_type]) => {
            format!("say which fields of {field} you ask for, as in {}", types.asked(field, of_type))
        }
        ("Field  argument  of type  is required but not provided", [field, argument, of_type]) => {
            // The library names the type that has the field, not that of the argument.
            let argument_type = types.field(of_type, field).and_then(|field| {
                field.arguments.iter().find(|own| own.name == *argument).map(|own| own.of_type.as_str())
            });
            let value = values::example(types, argument_type.unwrap_or_default());
            format!("{field} needs the argument {argument}, as in {field}({argument}: {value})")
        }
        ("Directive  argument  of type  is required but not provided", [directive, argument, _]) => {
            format!("{directive} needs the argument {argument}, as in {directive}({argument}: true)")
        }
        ("Unknown directive ", [name]) => {
            format!("there is no directive @{}; there are @include(if: …) and @skip(if: …)", shown(name))
        }
        ("Directive  may not be used on ", [name, place]) => {
            format!("@{name} cannot stand on {}; put it behind a field or a fragment", values::worded(place))
        }
        ("Unknown fragment: ", [name]) => {
            let name = shown(name);
            format!("there is no fragment {name}; define it beside the query: fragment {name} on Entity {{ id name }}")
        }
        ("Fragment  cannot be spread here as objects of type  can never be of type ", [name, here, of_type]) => {
            fields::never(types, &format!("the fragment {}", shown(name)), here, of_type)
        }
        ("Fragment cannot be spread here as objects of type  can never be of type ", [here, of_type]) => {
            fields::never(types, "this fragment", here, of_type)
        }
        ("Fragment cannot condition non composite type ", [of_type])
        | ("Fragment  cannot condition non composite type ", [_, of_type]) => {
            format!(
                "a fragment is on a type that has fields, and {of_type} has none; name another, as in ... on Organization"
            )
        }
        ("Cannot spread fragment ", [name]) => {
            format!("the fragment {} spreads itself, at once or through others; leave one spread out", shown(name))
        }
        ("Fragment  is never used", [name]) => {
            let name = shown(name);
            format!(
                "the fragment {name} is never used; write ...{name} where its fields are asked for, or leave it out"
            )
        }
        ("Variable  is not defined" | "Variable  is not defined by operation ", [name, ..]) => {
            let name = shown(name);
            format!("{name} is not declared; declare it behind the operation's name, as in query Q({name}: String)")
        }
        ("Variable  is not used" | "Variable  is not used by operation ", [name, ..]) => {
            format!("{} is declared and never used; use it, or leave it out", shown(name))
        }
        ("Variable  of type  used in position expecting type ", [name, declared, expected]) => {
            let name = shown(name);
            format!(
                "${name} is declared as {declared} and used where {expected} is asked for; declare ${name}: {expected}"
            )
        }
        ("Variable  cannot be of non-input type ", [name, of_type]) => {
            let hint = "give a scalar such as ID or String, an enum or an input type such as EntityFilter";
            format!("${} cannot be of type {of_type}, which only answers are of; {hint}", shown(name))
        }
        (sentence, [place, ..]) => {
            let rest = sentence.strip_prefix("Invalid value for argument ");
            let rest = rest.or_else(|| sentence.strip_prefix("Invalid default value for argument: "))?;
            values::wrong(types, place, rest, &quoted[1..])?
        }
        _ => return None,
    };
    Some(told)
}

/// A message without what stands in quotation marks, and that.
fn taken_apart(message: &str) -> (String, Vec<&str>) {
    let parts = message.split('"').enumerate();
    let (quoted, sentence): (Vec<_>, Vec<_>) = parts.partition(|(number, _)| number % 2 == 1);
    (sentence.into_iter().map(|(_, part)| part).collect(), quoted.into_iter().map(|(_, part)| part).collect())
}

/// The start of what a client wrote.
fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(message: &str) -> String {
        explained(Types::of_the_schema(), message).unwrap_or_else(|| panic!("{message}"))
    }

    #[test]
    fn a_field_of_a_subtype_is_asked_for_in_a_fragment() {
        assert_eq!(
            told(r#"Unknown field "members" on type "Entity"."#),
            "Entity has no field members, but Organization has; write ... on Organization { members { … } }"
        );
    }

    #[test]
    fn a_long_name_stays_short_and_strange_messages_stay_as_they_are() {
        let long = "x".repeat(1_000);
        assert!(told(&format!("Unknown fragment: \"{long}\"")).chars().count() < 300);
        assert_eq!(explained(Types::of_the_schema(), "something else"), None);
        assert!(told(r#"Unknown field "score" on type "Entity"."#).ends_with("write edges { score node { … } }"));
        assert_eq!(explained(Types::of_the_schema(), "some \"thing\" else"), None);
    }
}
