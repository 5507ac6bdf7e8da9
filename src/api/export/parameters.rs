//! The parameters of an export as texts, and what they mean in the words of the GraphQL API.

use std::str::FromStr;

use async_graphql::resolver_utils::EnumType;
use async_graphql::{ID, InputType, Name, Result, Value};

use crate::api::error::Code;
use crate::api::input::entity_filter::{EntityFilter, RelationshipFilter};
use crate::api::input::view::ViewInput;
use crate::api::projection::question;
use crate::api::scope::Scope;
use crate::api::vocabulary::{Certainty, Layout, Strength};
use crate::export::Base;
use crate::graph::ProjectionQuestion;
use crate::model::entity::EntityKind;
use crate::model::relationship::RelationshipKind;
use crate::model::violation::Violation;

/// The names of all parameters: those of a view, those of a network, a projection, and what names of RDF begin with.
pub const PARAMETERS: [&str; 16] = [
    "asOf",
    "certainty",
    "undated",
    "relationshipKinds",
    "entityKinds",
    "strength",
    "documents",
    "revision",
    "around",
    "depth",
    "filter",
    "show",
    "maxNodes",
    "layout",
    "projection",
    "base",
];

/// The values that were given, by name.
pub(super) struct Parameters(Vec<(&'static str, String)>);

fn invalid(name: &str, message: impl std::fmt::Display) -> async_graphql::Error {
    Code::InvalidInput.error(format!("{name}: {message}"))
}

impl Parameters {
    /// Checks the names. A list that is given twice is one list; anything else is given once. An empty value is as good as
    /// none.
    pub(super) fn read(pairs: &[(String, String)]) -> Result<Self> {
        let mut read: Vec<(&'static str, String)> = Vec::new();
        for (name, value) in pairs {
            let Some(known) = PARAMETERS.into_iter().find(|known| known == name) else {
                let shown: String = name.chars().take(40).collect();
                let message = format!("there is no parameter \"{shown}\"; there are {}", PARAMETERS.join(", "));
                return Err(Code::InvalidInput.error(message));
            };
            if value.is_empty() {
                continue;
            }
            match read.iter_mut().find(|(name, _)| *name == known) {
                None => read.push((known, value.clone())),
                Some((_, list)) if is_list(known) => list.extend([",", value]),
                Some(_) => return Err(invalid(known, "it is given twice; give it once")),
            }
        }
        Ok(Self(read))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the whole snapshot is asked for.
    pub(super) fn ask_for_everything(&self) -> bool {
        self.0.iter().all(|(name, _)| matches!(*name, "base" | "revision"))
    }

    /// Whether a projection is asked for.
    pub(super) fn ask_for_a_projection(&self) -> bool {
        self.get("projection").is_some()
    }

    /// Whether a network is asked for: something in the middle, a number of nodes or a layout.
    pub(super) fn ask_for_a_network(&self) -> bool {
        ["around", "depth", "maxNodes", "layout"].iter().any(|name| self.get(name).is_some())
    }

    /// The view, as the input of the GraphQL API.
    pub(super) fn view(&self) -> Result<ViewInput> {
        let mut fields = async_graphql::indexmap::IndexMap::new();
        for (name, value) in &self.0 {
            let value = match *name {
                "asOf" => Value::String(value.clone()),
                "undated" => Value::Boolean(flag(name, value)?),
                "certainty" => word::<Certainty>(name, value)?,
                "strength" => word::<Strength>(name, value)?,
                "relationshipKinds" => Value::List(kinds::<RelationshipKind>(name, value)?),
                "entityKinds" => Value::List(kinds::<EntityKind>(name, value)?),
                "revision" => self.number(name)?.map_or(Value::Null, Value::from),
                "documents" => Value::List(parts(value).map(|id| Value::String(id.to_owned())).collect()),
                _ => continue,
            };
            fields.insert(Name::new(name), value);
        }
        ViewInput::parse(Some(Value::Object(fields))).map_err(|error| unread("the view", error))
    }

    /// A filter, as the input of the GraphQL API in JSON: `filter` or `show`.
    pub(super) fn entity_filter(&self, name: &str) -> Result<Option<EntityFilter>> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let json: serde_json::Value =
            serde_json::from_str(text).map_err(|error| invalid(name, format!("it is not valid JSON: {error}")))?;
        check_entity_filter(&json).map_err(|problem| invalid(name, problem))?;
        let value = Value::from_json(json).map_err(|error| invalid(name, error))?;
        // Over GraphQL kinds are written as enum values, which JSON does not tell from texts.
        EntityFilter::parse(Some(value)).map(Some).map_err(|error| unread(name, error))
    }

    /// The projection, as the arguments of the GraphQL field in JSON.
    pub(super) fn projection(&self, scope: &Scope) -> Result<Option<ProjectionQuestion>> {
        const FIELDS: [&str; 5] = ["of", "through", "via", "minWeight", "backbone"];
        let Some(text) = self.get("projection") else { return Ok(None) };
        for other in ["filter", "show", "around", "depth", "maxNodes", "layout"] {
            if self.get(other).is_some() {
                return Err(invalid(other, "a projection has none; say in its `of` which entities are meant"));
            }
        }
        let refused = |message: String| invalid("projection", message);
        let json: serde_json::Value =
            serde_json::from_str(text).map_err(|error| refused(format!("it is no JSON: {error}")))?;
        check_fields(&json, &FIELDS).map_err(refused)?;
        let entities = |name: &str| -> Result<EntityFilter> {
            let filter = json.get(name).ok_or_else(|| refused(format!("`{name}` is missing; give an EntityFilter")))?;
            check_entity_filter(filter).map_err(refused)?;
            let value = Value::from_json(filter.clone()).map_err(|error| refused(error.to_string()))?;
            EntityFilter::parse(Some(value)).map_err(|error| unread("projection", error))
        };
        let given = |name: &str| json.get(name).filter(|value| !value.is_null());
        let via = given("via").map(|filter| -> Result<RelationshipFilter> {
            check_fields(filter, FILTER_FIELDS[1].1).map_err(refused)?;
            check_entity_filter(&filter["other"]).map_err(refused)?;
            let value = Value::from_json(filter.clone()).map_err(|error| refused(error.to_string()))?;
            RelationshipFilter::parse(Some(value)).map_err(|error| unread("projection", error))
        });
        let least = given("minWeight").map(|value| {
            let least = value.as_i64().and_then(|least| i32::try_from(least).ok());
            least.ok_or_else(|| refused("minWeight: give a whole number".to_owned()))
        });
        let backbone =
            given("backbone").map(|value| value.as_f64().ok_or_else(|| refused("backbone: give a number".to_owned())));
        let (of, through) = (entities("of")?, entities("through")?);
        question(scope, of, through, via.transpose()?, least.transpose()?, backbone.transpose()?).map(Some)
    }

    pub(super) fn around(&self) -> Option<Vec<ID>> {
        self.get("around").map(|list| parts(list).map(ID::from).collect())
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<i32>> {
        let parsed = self.get(name).map(|text| text.parse().map_err(|_| invalid(name, "give a whole number")));
        parsed.transpose()
    }

    pub(super) fn layout(&self) -> Result<Option<Layout>> {
        let parse =
            |text| Layout::parse(Some(word::<Layout>("layout", text)?)).map_err(|error| unread("layout", error));
        self.get("layout").map(parse).transpose()
    }

    pub(super) fn base(&self) -> Result<Base> {
        match self.get("base") {
            None => Ok(Base::default()),
            Some(text) => Base::new(text).map_err(|violation| Code::InvalidInput.error(violation.to_string())),
        }
    }
}

/// The fields of a filter of entities and of one of relationships; over GraphQL the schema refuses all others.
const FILTER_FIELDS: [(&str, &[&str]); 2] = [
    (
        "EntityFilter",
        &[
            "ids",
            "kinds",
            "countries",
            "cities",
            "since",
            "until",
            "text",
            "topics",
            "identifier",
            "some",
            "none",
            "quality",
            "and",
            "or",
            "not",
        ],
    ),
    (
        "RelationshipFilter",
        &["kinds", "direction", "role", "since", "until", "strength", "documents", "quality", "other"],
    ),
];

/// JSON is no deeper than its parser allows, so neither is this.
fn check_entity_filter(filter: &serde_json::Value) -> std::result::Result<(), String> {
    if !filter.is_object() {
        return Ok(());
    }
    check_fields(filter, FILTER_FIELDS[0].1)?;
    ["and", "or"].into_iter().filter_map(|list| filter[list].as_array()).flatten().try_for_each(check_entity_filter)?;
    for related in ["some", "none"] {
        check_fields(&filter[related], FILTER_FIELDS[1].1)?;
        check_entity_filter(&filter[related]["other"])?;
    }
    filter.get("not").map_or(Ok(()), check_entity_filter)
}

fn check_fields(filter: &serde_json::Value, known: &[&str]) -> std::result::Result<(), String> {
    match filter.as_object().and_then(|fields| fields.keys().find(|field| !known.contains(&field.as_str()))) {
        None => Ok(()),
        Some(unknown) => {
            let shown: String = unknown.chars().take(40).collect();
            Err(format!("there is no field \"{shown}\"; there are {}", known.join(", ")))
        }
    }
}

fn is_list(name: &str) -> bool {
    ["relationshipKinds", "entityKinds", "documents", "around"].contains(&name)
}

fn parts(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// A value of an enum; `medical-school` is as good as `MEDICAL_SCHOOL`.
fn word<T: EnumType>(name: &str, text: &str) -> Result<Value> {
    let word = spelled(text);
    if T::items().iter().any(|item| item.name == word) {
        return Ok(Value::String(word));
    }
    let known: Vec<String> = T::items().iter().map(|item| item.name.to_ascii_lowercase()).collect();
    let shown: String = text.chars().take(40).collect();
    Err(invalid(name, format!("there is no \"{shown}\"; give {}", known.join(" or "))))
}

fn spelled(text: &str) -> String {
    text.trim().to_ascii_uppercase().replace('-', "_")
}

fn kinds<Kind: FromStr<Err = Violation>>(name: &str, list: &str) -> Result<Vec<Value>> {
    let kind = |text: &str| {
        let word = spelled(text);
        word.parse::<Kind>()
            .map_err(|violation| invalid(name, format!("{}; {}", violation.problem, violation.remedy)))?;
        Ok(Value::String(word))
    };
    parts(list).map(kind).collect()
}

fn flag(name: &str, text: &str) -> Result<bool> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(invalid(name, "give true or false")),
    }
}

fn unread<T: InputType>(name: &str, error: async_graphql::InputValueError<T>) -> async_graphql::Error {
    let message = error.into_server_error(async_graphql::Pos::default()).message;
    // The library names its own types around what is wrong.
    let start = message.strip_prefix("Failed to parse \"").and_then(|rest| Some(rest.split_once("\": ")?.1));
    let core = start.unwrap_or(&message).split(" (occurred while parsing").next().unwrap_or_default();
    invalid(name, core.chars().take(300).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::FILTER_FIELDS;

    #[test]
    fn the_fields_of_filters_are_those_of_the_schema() {
        let schema = crate::api::sdl();
        for (name, fields) in FILTER_FIELDS {
            let (_, after) = schema.split_once(&format!("input {name} {{\n")).unwrap();
            let (block, _) = after.split_once("\n}").unwrap();
            let is_field = |line: &&str| line.starts_with("  ") && line.as_bytes()[2].is_ascii_lowercase();
            let found: Vec<_> =
                block.lines().filter(is_field).filter_map(|line| Some(line.trim().split_once(':')?.0)).collect();
            assert_eq!(found, fields);
        }
    }
}
