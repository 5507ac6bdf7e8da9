//! Queries and extensions: from the service's JSON to a GraphQL operation, and from its answer back.

use serde_json::{Map, Value, json};

use super::manifest::{extensible, kind_name};
use crate::api::CANDIDATES_LIMIT;
use crate::matching::country_named;
use crate::model::entity::EntityKind;
use crate::model::identifier::Identifier;

/// Candidates of names.
pub(super) const RECONCILE: &str = "query ($queries: [ReconcileQuery!]!) { graph { reconcile(queries: $queries) { \
    candidates { score confidence matched entity { id name kind description } reasons { aspect verdict text } } } } }";
/// Entities by the beginning of a name.
pub(super) const SUGGEST: &str = "query ($text: String!, $first: Int, $kinds: [EntityKind!]) { graph { search(text: $text, \
    first: $first, filter: { kinds: $kinds }) { edges { node { id name kind description city country } } } } }";
/// All that a table can be extended with.
pub(super) const EXTEND: &str = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Entity { id name kind description \
    homepage country city coordinates { latitude longitude } names { text } identifiers { scheme value } } } }";

/// Queries under the keys that the client gave them; of one that cannot be asked, what is wrong with it.
#[derive(Debug)]
pub(super) struct Batch(Vec<(String, Result<Value, String>)>);

impl Batch {
    /// Reads `{"q0": {"query": "…", …}, …}`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let batch: Map<String, Value> =
            serde_json::from_str(text).map_err(|error| format!("queries is no JSON object of queries: {error}"))?;
        let read = |(key, query): (String, Value)| (key, graphql_query(&query));
        Ok(Self(batch.into_iter().map(read).collect()))
    }

    pub(super) fn variables(&self) -> Map<String, Value> {
        let queries: Vec<&Value> = self.0.iter().filter_map(|(_, query)| query.as_ref().ok()).collect();
        Map::from_iter([("queries".to_owned(), json!(queries))])
    }

    /// The candidates of each query, under its key; of one that could not be asked none, and the reason.
    pub(super) fn answer(&self, data: &Value) -> Value {
        let mut answers = data["graph"]["reconcile"].as_array().into_iter().flatten();
        let answer = |(key, query): &(String, Result<Value, String>)| {
            let answer = match query {
                Ok(_) => {
                    let found = answers.next().and_then(|answer| answer["candidates"].as_array());
                    json!({ "result": found.into_iter().flatten().map(candidate).collect::<Vec<_>>() })
                }
                Err(problem) => json!({ "result": [], "error": problem }),
            };
            (key.clone(), answer)
        };
        Value::Object(self.0.iter().map(answer).collect())
    }
}

fn candidate(found: &Value) -> Value {
    let mut result = suggestion(&found["entity"]);
    let types = result["notable"].take();
    if let Some(fields) = result.as_object_mut() {
        fields.remove("notable");
    }
    let reasons = found["reasons"].as_array().into_iter().flatten();
    // A feature has one value under one name; the verdicts on one aspect follow each other.
    let features = reasons.enumerate().map(|(nth, reason)| {
        let id = format!("{}_{}", nth + 1, reason["aspect"].as_str().unwrap_or_default().to_lowercase());
        json!({ "id": id, "name": reason["text"], "value": reason["verdict"] == "AGREES" })
    });
    let features: Vec<Value> = features.collect();
    result["type"] = types;
    result["score"] = found["score"].clone();
    result["match"] = json!(found["confidence"] == "HIGH");
    result["features"] = json!(features);
    result
}

/// An entity of the API with its kind, as suggestions have it.
pub(super) fn suggestion(entity: &Value) -> Value {
    let kind = entity["kind"].as_str().unwrap_or_default();
    let mut result = json!({
        "id": entity["id"],
        "name": entity["name"],
        "notable": [{ "id": kind, "name": kind_name(kind) }],
    });
    if entity["description"].is_string() {
        result["description"] = entity["description"].clone();
    }
    result
}

fn graphql_query(query: &Value) -> Result<Value, String> {
    let Value::Object(fields) = query else {
        return Err("the query is not an object; send {\"query\": \"a name\"}".to_owned());
    };
    let mut wanted = Map::new();
    let name = match fields.get("query") {
        None | Some(Value::Null) => "",
        Some(Value::String(name)) => name.as_str(),
        Some(_) => return Err("query: it is not a string; send the name to look for".to_owned()),
    };
    wanted.insert("name".to_owned(), json!(name));
    if let Some(limit) = fields.get("limit").filter(|limit| !limit.is_null()) {
        let limit = limit.as_f64().filter(|limit| *limit >= 0.0 && limit.fract() == 0.0);
        let limit = limit.ok_or("limit: it is not a whole number from 0 on; correct it, or leave it out")?;
        wanted.insert("first".to_owned(), json!(limit.min(f64::from(CANDIDATES_LIMIT)) as i32));
    }
    let kinds = types(&query["type"]);
    if !kinds.is_empty() {
        let kinds = kinds.iter().map(|text| kind(text)).collect::<Result<Vec<_>, _>>()?;
        wanted.insert("kinds".to_owned(), json!(kinds));
    }
    let (mut others, mut identifiers) = (Vec::new(), Vec::new());
    for property in query["properties"].as_array().into_iter().flatten() {
        let values = texts(&property["v"]);
        let first = values.first().cloned();
        // What cannot be read says nothing: one bad cell must not spoil a table.
        match property["pid"].as_str().unwrap_or_default() {
            "country" => wanted
                .extend(first.and_then(|text| country_named(&text)).map(|code| ("country".to_owned(), json!(code)))),
            "city" => wanted.extend(first.map(|text| ("city".to_owned(), json!(text)))),
            "homepage" => wanted.extend(first.map(|text| ("homepage".to_owned(), json!(text)))),
            "parent" => wanted.extend(first.map(|text| ("parent".to_owned(), json!(text)))),
            "other_name" => others.extend(values),
            "identifier" => identifiers.extend(values.into_iter().filter(|text| text.parse::<Identifier>().is_ok())),
            _ => {}
        }
    }
    wanted.insert("otherNames".to_owned(), json!(others));
    wanted.insert("identifiers".to_owned(), json!(identifiers));
    Ok(Value::Object(wanted))
}

/// The types that a query is narrowed to: one or a list, each by its id, alone or in an object.
fn types(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(types).collect(),
        Value::Object(fields) => fields.get("id").or_else(|| fields.get("name")).map(texts).unwrap_or_default(),
        value => texts(value),
    }
}

/// The kind that a client means: `HOSPITAL`, `hospital`, `Medical school`.
pub(super) fn kind(text: &str) -> Result<&'static str, String> {
    let kind = text.trim().to_ascii_uppercase().replace(['-', ' '], "_").parse::<EntityKind>();
    kind.map(|kind| kind.name()).map_err(|violation| format!("type: {}; {}", violation.problem, violation.remedy))
}

/// A value, or each of a list: a text, a number, or the id or name of an object.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => vec![text.trim().to_owned()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.get("name").or_else(|| fields.get("id")).map(texts).unwrap_or_default(),
        Value::String(_) | Value::Bool(_) | Value::Null => Vec::new(),
    }
}

/// Which properties of which entities are wanted.
#[derive(Debug)]
pub(super) struct Extension {
    ids: Vec<String>,
    properties: Vec<Value>,
}

impl Extension {
    /// Reads `{"ids": [...], "properties": [{"id": "country"}, …]}`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let wanted: Value = serde_json::from_str(text).map_err(|error| format!("extend is no JSON: {error}"))?;
        let known = extensible();
        let mut properties = Vec::new();
        for property in wanted["properties"].as_array().into_iter().flatten() {
            let Some(found) = known.iter().find(|known| known["id"] == property["id"]) else {
                let names: Vec<&str> = known.iter().filter_map(|known| known["id"].as_str()).collect();
                return Err(format!("extend: {} is no property; use one of {}", property["id"], names.join(", ")));
            };
            properties.push(found.clone());
        }
        Ok(Self { ids: texts(&wanted["ids"]), properties })
    }

    pub(super) fn variables(&self) -> Map<String, Value> {
        Map::from_iter([("ids".to_owned(), json!(self.ids))])
    }

    /// A row for each id; an id that nothing has has no values.
    pub(super) fn answer(&self, data: &Value) -> Value {
        let row = |nth: usize| {
            let cells = self.properties.iter().filter_map(|property| {
                let id = property["id"].as_str()?;
                Some((id.to_owned(), json!(cells(&data["nodes"][nth], id))))
            });
            Value::Object(cells.collect())
        };
        let rows: Map<String, Value> = self.ids.iter().enumerate().map(|(nth, id)| (id.clone(), row(nth))).collect();
        json!({ "meta": self.properties, "rows": rows })
    }
}

fn cells(entity: &Value, property: &str) -> Vec<Value> {
    let text = |value: &Value| value.as_str().map(|text| json!({ "str": text }));
    let list = |field: &str| entity[field].as_array().into_iter().flatten();
    match property {
        "identifier" => list("identifiers")
            .map(|key| json!({ "str": format!("{}:{}", key["scheme"].as_str().unwrap_or_default(), key["value"].as_str().unwrap_or_default()) }))
            .collect(),
        "other_name" => list("names").filter(|name| name["text"] != entity["name"]).filter_map(|name| text(&name["text"])).collect(),
        "coordinates" => match (entity["coordinates"]["latitude"].as_f64(), entity["coordinates"]["longitude"].as_f64()) {
            (Some(latitude), Some(longitude)) => vec![json!({ "str": format!("{latitude}, {longitude}") })],
            _ => Vec::new(),
        },
        field => text(&entity[field]).into_iter().collect(),
    }
}
