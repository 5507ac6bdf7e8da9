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
pub(super) const SUGGEST: &str = "query ($text: String!, $first: Int) { graph { search(text: $text, first: $first) { \
    edges { node { id name kind description city country } } } } }";
/// All that a table can be extended with.
pub(super) const EXTEND: &str = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Entity { id name kind description \
    homepage country city coordinates { latitude longitude } names { text } identifiers { scheme value } } } }";

/// Queries under the keys that the client gave them.
#[derive(Debug)]
pub(super) struct Batch {
    keys: Vec<String>,
    queries: Vec<Value>,
}

impl Batch {
    /// Reads `{"q0": {"query": "…", …}, …}`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let batch: Map<String, Value> =
            serde_json::from_str(text).map_err(|error| format!("queries is no JSON object of queries: {error}"))?;
        let mut parsed = Self { keys: Vec::new(), queries: Vec::new() };
        for (key, query) in batch {
            parsed.queries.push(graphql_query(&query).map_err(|problem| format!("{key}: {problem}"))?);
            parsed.keys.push(key);
        }
        Ok(parsed)
    }

    pub(super) fn variables(&self) -> Map<String, Value> {
        Map::from_iter([("queries".to_owned(), json!(self.queries))])
    }

    /// The candidates of each query, under its key.
    pub(super) fn answer(&self, data: &Value) -> Value {
        let answers = data["graph"]["reconcile"].as_array().into_iter().flatten();
        let answer = |answer: &Value| {
            let candidates: Vec<Value> = answer["candidates"].as_array().into_iter().flatten().map(candidate).collect();
            json!({ "result": candidates })
        };
        Value::Object(self.keys.iter().cloned().zip(answers.map(answer)).collect())
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
    let mut wanted = Map::new();
    wanted.insert("name".to_owned(), json!(query["query"].as_str().unwrap_or_default()));
    if let Some(limit) = query["limit"].as_u64() {
        let first = i32::try_from(limit).map_or(CANDIDATES_LIMIT, |limit| limit.min(CANDIDATES_LIMIT));
        wanted.insert("first".to_owned(), json!(first));
    }
    let kinds = texts(&query["type"]);
    if !kinds.is_empty() {
        for kind in &kinds {
            kind.parse::<EntityKind>()
                .map_err(|violation| format!("type: {}; {}", violation.problem, violation.remedy))?;
        }
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
