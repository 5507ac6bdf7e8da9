//! The shapes that the Reconciliation Service API 0.2 asks of a service's answers, section by section of its text
//! (W3C Entity Reconciliation Community Group, https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/).
//!
//! Each check names the section it is of. What the answers say is left to `service`.

use serde_json::{Map, Value, json};

use super::service::{encoded, form, get};

fn object<'v>(value: &'v Value, what: &str) -> &'v Map<String, Value> {
    value.as_object().unwrap_or_else(|| panic!("{what} is an object, not {value}"))
}

fn list<'v>(value: &'v Value, what: &str) -> &'v Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{what} is a list, not {value}"))
}

fn text<'v>(value: &'v Value, what: &str) -> &'v str {
    value.as_str().unwrap_or_else(|| panic!("{what} is a text, not {value}"))
}

/// Fields that need not be there are texts where they are.
fn optional_texts(value: &Value, names: &[&str]) {
    for name in names {
        assert!(value.get(*name).is_none_or(Value::is_string), "{name} is a text or absent, never null: {value}");
    }
}

/// Section "Types": an object with an id and perhaps a name, or an id alone.
fn is_type(value: &Value) {
    if !value.is_string() {
        text(&value["id"], "the id of a type");
        optional_texts(value, &["name"]);
    }
}

/// Sections "View Template" and "Preview Service": an address in which `{{id}}` stands for the entity.
fn is_template(value: &Value) {
    assert!(text(&value["url"], "a template").contains("{{id}}"), "{value}");
}

#[test]
fn the_manifest_has_the_shape_of_section_service_manifest() {
    let manifest = get("/reconcile").json();
    let versions = list(&manifest["versions"], "versions");
    assert!(versions.iter().all(Value::is_string) && versions.contains(&json!("0.2")));
    for required in ["name", "identifierSpace", "schemaSpace"] {
        text(&manifest[required], required);
    }
    optional_texts(&manifest, &["documentation", "serviceVersion", "logo"]);
    is_template(&manifest["view"]);
    is_template(&manifest["preview"]);
    for side in ["width", "height"] {
        assert!(manifest["preview"][side].is_u64(), "{side} is a whole number of pixels");
    }
    let types = list(&manifest["defaultTypes"], "defaultTypes");
    types.iter().for_each(is_type);
    assert!((1..types.len()).all(|at| !types[at..].contains(&types[at - 1])), "each type once");
    for what in ["entity", "type", "property"] {
        let service = object(&manifest["suggest"][what], what);
        for part in ["service_url", "service_path"] {
            text(&service[part], part);
        }
        assert!(!service.contains_key("flyout_service_path"), "there is no flyout");
    }
    for part in ["service_url", "service_path"] {
        text(&manifest["extend"]["propose_properties"][part], part);
    }
    assert_eq!(manifest["extend"]["property_settings"], json!([]));
    let known = [
        "versions",
        "name",
        "identifierSpace",
        "schemaSpace",
        "documentation",
        "serviceVersion",
        "logo",
        "authentication",
        "view",
        "feature_view",
        "defaultTypes",
        "suggest",
        "preview",
        "extend",
        "batchSize",
    ];
    object(&manifest, "the manifest").keys().for_each(|key| assert!(known.contains(&key.as_str()), "{key}"));
}

#[test]
fn answers_to_queries_have_the_shape_of_section_reconciliation_query_responses() {
    // Every form of a query that section "Reconciliation Queries" allows.
    let queries = json!({
        "plain": { "query": "Oxford" },
        "typed": { "query": "Oxford", "type": "UNIVERSITY", "limit": 3 },
        "any": { "query": "Sichuan", "type": ["HOSPITAL", "UNIVERSITY"], "type_strict": "any" },
        "should": { "query": "Sichuan", "type": ["HOSPITAL"], "type_strict": "should" },
        "all": { "query": "Sichuan", "type": ["HOSPITAL"], "type_strict": "all" },
        "values": { "query": "West China Hospital", "properties": [
            { "pid": "country", "v": "CN" },
            { "pid": "city", "v": ["Chengdu", "Nowhere"] },
            { "pid": "parent", "v": { "id": "sichuan-university", "name": "Sichuan University" } },
            { "pid": "unknown", "v": 7 },
            { "pid": "other", "v": true },
        ] },
        "only values": { "properties": [{ "pid": "identifier", "v": "ROR:052gg0110" }] },
        "none": { "query": "zzzz qqqq" },
    });
    let answer = form(&[("queries", &queries.to_string())]);
    assert_eq!(answer.status, 200, "{}", answer.text);
    let answers = answer.json();
    let asked: Vec<&String> = object(&queries, "queries").keys().collect();
    assert_eq!(object(&answers, "the batch").keys().collect::<Vec<_>>(), asked, "each query has its answer");
    for (key, answer) in object(&answers, "the batch") {
        let found = list(&answer["result"], "result");
        for candidate in found {
            for required in ["id", "name"] {
                text(&candidate[required], required);
            }
            assert!(candidate["score"].is_number() && candidate["match"].is_boolean(), "{key}: {candidate}");
            optional_texts(candidate, &["description"]);
            list(&candidate["type"], "type").iter().for_each(is_type);
            let features = list(&candidate["features"], "features");
            for feature in features {
                text(&feature["id"], "the id of a feature");
                assert!(feature["value"].is_boolean() || feature["value"].is_number(), "{feature}");
            }
            let mut ids: Vec<&str> = features.iter().filter_map(|feature| feature["id"].as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), features.len(), "each feature once: {candidate}");
        }
        let scores: Vec<f64> = found.iter().filter_map(|candidate| candidate["score"].as_f64()).collect();
        assert!(scores.is_sorted_by(|one, next| one >= next), "{key}: the likeliest first");
    }
    assert_eq!(answers["only values"]["result"][0]["id"], "university-of-oxford");
}

#[test]
fn suggestions_have_the_shape_of_section_suggest_services() {
    for (path, has_types) in [("entity?prefix=West", true), ("type?prefix=uni", false), ("property?prefix=c", false)] {
        let answer = get(&format!("/reconcile/suggest/{path}")).json();
        let found = list(&answer["result"], path);
        assert!(!found.is_empty(), "{path}");
        for one in found {
            text(&one["id"], "id");
            text(&one["name"], "name");
            optional_texts(one, &["description"]);
            assert_eq!(one.get("notable").is_some(), has_types, "{one}");
            one["notable"].as_array().into_iter().flatten().for_each(is_type);
        }
        // "cursor": how many of the suggestions are left out.
        let rest = get(&format!("/reconcile/suggest/{path}&cursor=1")).json();
        assert_eq!(list(&rest["result"], path).first(), found.get(1), "{path}");
    }
    assert_eq!(get(&format!("/reconcile/suggest/entity?prefix={}", encoded("§§"))).json(), json!({ "result": [] }));
}

#[test]
fn extensions_have_the_shape_of_section_data_extension_service() {
    let proposed = get("/reconcile/properties?type=UNIVERSITY&limit=20").json();
    let properties = list(&proposed["properties"], "properties");
    for property in properties {
        text(&property["id"], "id");
        text(&property["name"], "name");
    }
    assert_eq!((&proposed["type"], &proposed["limit"]), (&json!("UNIVERSITY"), &json!(20)));
    let ids = ["university-of-oxford", "west-china-hospital", "nobody"];
    let wanted: Vec<Value> =
        properties.iter().map(|property| json!({ "id": property["id"], "settings": {} })).collect();
    let answer = form(&[("extend", &json!({ "ids": ids, "properties": wanted }).to_string())]).json();
    let meta = list(&answer["meta"], "meta");
    assert_eq!(meta.len(), properties.len());
    for column in meta {
        text(&column["id"], "id");
        text(&column["name"], "name");
    }
    let rows = object(&answer["rows"], "rows");
    assert_eq!(rows.keys().collect::<Vec<_>>(), ids, "a row for each id");
    for row in rows.values() {
        for column in meta {
            for cell in list(&row[text(&column["id"], "id")], "a cell") {
                let fields = object(cell, "a value");
                let is_entity = cell["id"].is_string() && cell["name"].is_string();
                let is_value =
                    fields.len() == 1 && (cell["str"].is_string() || cell["int"].is_i64() || cell["float"].is_number());
                assert!(fields.is_empty() || is_entity || is_value, "{cell}");
            }
        }
    }
}
