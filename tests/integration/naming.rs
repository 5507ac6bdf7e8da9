//! Names where ids are asked for: taken where one entity alone bears them, and the answer says so.

use std::sync::Arc;
use std::time::Duration;

use consortia::api::Api;
use consortia::api::executor::{Deadline, Executor, Operation};
use consortia::api::export::prepare;
use consortia::api::limits::Limits;
use consortia::knowledge::{Snapshot, curated, snapshot_of};
use consortia::model::change::Change;
use serde_json::{Value, json};

use crate::support::curated_snapshot;

fn ask(snapshot: &Arc<Snapshot>, document: &str) -> Value {
    let api = Api::new(Limits::default(), Arc::new(Arc::clone(snapshot)));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    serde_json::to_value(runtime.block_on(api.run(Operation::new(document, Duration::from_secs(60))))).unwrap()
}

fn ids_of_names(document: &str) -> Value {
    let answer = ask(&curated_snapshot(), document);
    assert_eq!(answer.get("errors"), None, "{document}");
    answer["extensions"]["names"].clone()
}

/// The curated data, and beside it others with some of its names.
fn with_namesakes() -> Arc<Snapshot> {
    let mut set = curated().unwrap();
    let mut add = |id: &str, name: &str, names: Value| {
        let citations = json!([{ "document": "china-uk-forum-2022" }]);
        let record = json!({ "id": id, "kind": "UNIVERSITY", "name": name, "names": names, "citations": citations });
        set.changes.push(Change::UpsertEntity(serde_json::from_value(record).unwrap()));
        set.origins.clear();
    };
    add("another-scu", "Southern Cross University", json!([{ "text": "SCU", "kind": "ACRONYM" }]));
    // Its name, but for letter case and accents, is the id of another.
    add("oxford-of-elsewhere", "Tsinghua-University", json!([]));
    // What a registry gives no name.
    add("pic-998616262", "CORDIS participant 998616262", json!([]));
    add("northern", "Northern University", json!([{ "text": "Sichuang University", "kind": "MISSPELLING" }]));
    Arc::new(snapshot_of(set).unwrap())
}

#[test]
fn every_argument_takes_a_name_and_answers_as_by_the_id() {
    let filter = |given: &str| format!("ids: [\"{given}\"]");
    /// What is asked for, and the question with an id or a name in it.
    type Case<'a> = (&'a str, &'a dyn Fn(&str) -> String);
    let fields: [Case<'_>; 15] = [
        ("entity", &|o| format!("entity(id: \"{o}\") {{ id }}")),
        ("links from", &|o| {
            format!(
                "links(from: [\"{o}\"], through: {{ kinds: [CONSORTIUM] }}, to: {{}}, first: 5) {{ nodes {{ sentence }} }}"
            )
        }),
        ("links through", &|o| {
            format!("links(from: [\"west-china-hospital\"], through: {{ {} }}, to: {{}}) {{ totalCount }}", filter(o))
        }),
        ("links to", &|o| {
            format!("links(from: [\"west-china-hospital\"], through: {{}}, to: {{ {} }}) {{ totalCount }}", filter(o))
        }),
        ("links via", &|o| {
            let via = format!("via: {{ other: {{ not: {{ {} }} }} }}", filter(o));
            format!("links(from: [\"west-china-hospital\"], through: {{}}, to: {{}}, {via}) {{ totalCount }}")
        }),
        ("paths", &|o| format!("paths(from: [\"{o}\"], to: [\"west-china-hospital\"]) {{ nodes {{ sentence }} }}")),
        ("paths to", &|o| {
            let avoid = format!("avoid: {{ {} }}", filter("Zhejiang University"));
            format!("paths(from: [\"west-china-hospital\"], to: [\"{o}\"], {avoid}) {{ totalCount }}")
        }),
        ("network", &|o| format!("network(around: [\"{o}\"], show: {{ {} }}) {{ nodes {{ x y }} hidden }}", filter(o))),
        ("common", &|o| format!("common(ids: [\"{o}\", \"sichuan-university\"]) {{ neighbors {{ totalCount }} }}")),
        ("suggestions", &|o| format!("suggestions(for: \"{o}\") {{ score }}")),
        ("similar", &|o| format!("similar(to: \"{o}\") {{ nodes {{ id }} }}")),
        ("timeline", &|o| format!("timeline(around: [\"{o}\"]) {{ totalCount }}")),
        ("entities", &|o| format!("entities(filter: {{ or: [{{ {} }}] }}) {{ nodes {{ id }} }}", filter(o))),
        ("relationships", &|o| format!("relationships(filter: {{ other: {{ {} }} }}) {{ totalCount }}", filter(o))),
        ("neighbors", &|o| {
            let neighbors = format!("neighbors(filter: {{ {} }}) {{ totalCount }}", filter(o));
            format!(
                "entity(id: \"sichuan-university\") {{ {neighbors} degree(filter: {{ other: {{ {} }} }}) }}",
                filter(o)
            )
        }),
    ];
    for (what, field) in fields {
        let document = |given: &str| format!("{{ graph {{ {} }} }}", field(given));
        let by_id = ask(&curated_snapshot(), &document("university-of-oxford"));
        let by_name = ask(&curated_snapshot(), &document("university of  OXFORD"));
        assert_eq!(by_name.get("errors"), None, "{what}: {by_name}");
        assert_eq!(by_name["data"], by_id["data"], "{what}");
        let named = json!({ "given": "university of  OXFORD", "id": "university-of-oxford" });
        let names = by_name["extensions"]["names"].as_array().unwrap();
        assert!(names.contains(&named), "{what}: {names:?}");
    }
}

#[test]
fn a_name_in_any_language_an_acronym_and_a_former_name_are_borne() {
    let entity = |given: &str| ids_of_names(&format!("{{ graph {{ entity(id: \"{given}\") {{ id }} }} }}"));
    for (given, id) in [
        ("清华大学", "tsinghua-university"),
        ("thu", "tsinghua-university"),
        ("University of Massachusetts Medical School", "umass-chan-medical-school"),
        ("West-China Hospital", "west-china-hospital"),
    ] {
        assert_eq!(entity(given), json!([{ "given": given, "id": id }]));
    }
    let topic = "{ graph { entities(filter: { topics: [\"Medical Education\"] }) { totalCount } } }";
    assert_eq!(ids_of_names(topic)[0]["given"], "Medical Education");
    let ids = "{ graph { entity(id: \"tsinghua-university\") { id } } }";
    assert_eq!(ids_of_names(ids), Value::Null, "an id is no name");
    // Two names in two places: sorted by what was given, each once.
    let twice =
        "{ graph { a: entity(id: \"THU\") { id } b: entity(id: \"SCU\") { id } c: entity(id: \"THU\") { id } } }";
    let both = json!([{ "given": "SCU", "id": "sichuan-university" }, { "given": "THU", "id": "tsinghua-university" }]);
    assert_eq!(ids_of_names(twice), both);
}

#[test]
fn what_is_misspelt_shared_or_a_part_of_a_name_is_refused_with_candidates() {
    let snapshot = with_namesakes();
    for (given, message, suggestions) in [
        (
            "SCU",
            "id: nothing has the id \"SCU\", and 2 entities bear that name: sichuan-university, another-scu; give the id of one",
            json!(["sichuan-university", "another-scu"]),
        ),
        (
            "Univercity of Oxford",
            "id: nothing has the id \"Univercity of Oxford\"; did you mean university-of-oxford",
            Value::Null,
        ),
        (
            "University, Oxford",
            "id: nothing has the id \"University, Oxford\"; did you mean university-of-oxford",
            Value::Null,
        ),
        ("Oxford", "id: nothing has the id \"Oxford\"; did you mean ", Value::Null),
        (
            "CORDIS participant 998616262",
            "id: nothing has the id \"CORDIS participant 998616262\"; did you mean pic-998616262",
            Value::Null,
        ),
        // Listed as a misspelling.
        ("Sichuang University", "id: nothing has the id \"Sichuang University\"; did you mean ", Value::Null),
        ("", "id: nothing has the id \"\"; look it up", Value::Null),
    ] {
        let answer = ask(&snapshot, &format!("{{ graph {{ entity(id: \"{given}\") {{ id }} }} }}"));
        let error = &answer["errors"][0];
        assert!(error["message"].as_str().unwrap().starts_with(message), "{error}");
        assert_eq!(error["extensions"]["code"], "NOT_FOUND");
        assert!(suggestions.is_null() || error["extensions"]["suggestions"] == suggestions, "{error}");
        assert_eq!(answer["extensions"].get("names"), None);
    }
    // A name that two bear does not become clear because the view leaves one out.
    let view = "view: { relationshipKinds: [] entityKinds: [UNIVERSITY] documents: [\"china-uk-forum-2022\"] }";
    let answer = ask(&snapshot, &format!("{{ graph({view}) {{ entity(id: \"SCU\") {{ id }} }} }}"));
    assert_eq!(answer["errors"][0]["extensions"]["suggestions"], json!(["sichuan-university", "another-scu"]));
}

#[test]
fn an_id_is_never_read_as_a_name() {
    let answer = ask(&with_namesakes(), "{ graph { entity(id: \"tsinghua-university\") { name } } }");
    assert_eq!(answer["data"]["graph"]["entity"]["name"], "Tsinghua University");
    assert_eq!(answer["extensions"].get("names"), None);
    // Written otherwise it is no id, and two bear it.
    let answer = ask(&with_namesakes(), "{ graph { entity(id: \"Tsinghua-University\") { name } } }");
    assert_eq!(answer["errors"][0]["extensions"]["suggestions"], json!(["tsinghua-university", "oxford-of-elsewhere"]));
}

#[test]
fn a_name_that_the_view_leaves_out_is_told_to_be_outside_of_it() {
    let answer = ask(
        &curated_snapshot(),
        "{ graph(view: { entityKinds: [HOSPITAL] }) { entity(id: \"University of Oxford\") { id } } }",
    );
    let message = answer["errors"][0]["message"].as_str().unwrap();
    assert_eq!(message, "id: \"University of Oxford\" is not in this view; widen the view, or ask for another");
}

#[test]
fn node_nodes_and_exports_take_ids_alone() {
    let answer = ask(
        &curated_snapshot(),
        "{ node(id: \"University of Oxford\") { id } nodes(ids: [\"University of Oxford\"]) { id } }",
    );
    assert_eq!(answer["data"], json!({ "node": null, "nodes": [null] }));
    let parameters = [("around".to_owned(), "University of Oxford".to_owned())];
    let deadline = Deadline::new(Duration::from_secs(60));
    let refused = prepare(&curated_snapshot(), Limits::default(), "dot", &parameters, &deadline).err().unwrap();
    let message = refused.message();
    assert!(
        message.starts_with("around: nothing has the id \"University of Oxford\"; did you mean university-of-oxford"),
        "{message}"
    );
}
