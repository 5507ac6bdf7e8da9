//! What is still to come: each revision is told as of the day of its newest entry, whatever the clock says.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use consortia::api::Api;
use consortia::api::executor::{Executor, Operation};
use consortia::api::limits::Limits;
use consortia::knowledge::KnowledgeGraph;
use consortia::model::change::{Change, ChangeSet};
use consortia::model::citation::Citation;
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::EntityId;
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use serde_json::{Value, json};

use crate::history::{set, small_world};

fn citations() -> Vec<Citation> {
    let world = small_world();
    let known = world.into_iter().find_map(|change| match change {
        Change::UpsertEntity(entity) => Some(entity.citations.clone()),
        _ => None,
    });
    known.unwrap()
}

fn related(source: &str, kind: RelationshipKind, target: &str, since: &str, until: &str) -> Change {
    let date = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
    let ends = [source, target].map(|id| EntityId::new(id).unwrap());
    let [source, target] = ends;
    let mut record = RelationshipRecord::new(source, kind, target);
    (record.since, record.until, record.citations) = (date(since), date(until), citations());
    Change::UpsertRelationship(Relationship::new(record).unwrap())
}

fn entity(id: &str, kind: EntityKind, name: &str, date: &str) -> Change {
    let mut record = EntityRecord::new(EntityId::new(id).unwrap(), kind, name);
    record.citations = citations();
    record.since = (!date.is_empty()).then(|| date.parse().unwrap());
    record.until.clone_from(&record.since);
    Change::UpsertEntity(Entity::new(record).unwrap())
}

fn at(time: &str, set: ChangeSet) -> ChangeSet {
    ChangeSet { time: time.parse().unwrap(), ..set }
}

/// A graph of which revision 1 is of 30 November 2026, and revision 2, which adds a topic, of 2 January 2030.
fn graph(folder: &Path) -> Arc<KnowledgeGraph> {
    let mut changes = small_world();
    changes.push(entity("forum-2027", EntityKind::Event, "Forum 2027", "2027-05"));
    changes.push(related(
        "university-of-oxford",
        RelationshipKind::MemberOf,
        "health-consortium",
        "2026-01",
        "2029-06",
    ));
    changes.push(related("sichuan-university", RelationshipKind::MemberOf, "health-consortium", "2027", ""));
    changes.push(related("west-china-hospital", RelationshipKind::Hosted, "forum-2027", "", ""));
    let graph = KnowledgeGraph::open(folder, || Ok(at("2026-11-30T23:30:00Z", set("first", changes)))).unwrap();
    let topic = vec![entity("surgery", EntityKind::Topic, "Surgery", "")];
    graph.apply(at("2030-01-02T00:00:00Z", set("second", topic))).unwrap();
    Arc::new(graph)
}

fn ask(graph: &Arc<KnowledgeGraph>, document: &str) -> Value {
    let api = Api::new(Limits::default(), Arc::clone(graph) as _);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let response = runtime.block_on(api.run(Operation::new(document, Duration::from_secs(60))));
    let response = serde_json::to_value(response).unwrap();
    assert_eq!(response.get("errors"), None, "{response}");
    response["data"].clone()
}

/// The sentences of the relationships of these kinds, as of a revision.
fn sentences(graph: &Arc<KnowledgeGraph>, revision: u64) -> Value {
    let kinds = "relationshipKinds: [MEMBER_OF, HOSTED]";
    let fields = "relationships { nodes { sentence } }";
    let answer = ask(graph, &format!("{{ graph(view: {{ revision: {revision}, {kinds} }}) {{ {fields} }} }}"));
    let nodes = answer["graph"]["relationships"]["nodes"].as_array().unwrap().clone();
    nodes.into_iter().map(|node| node["sentence"].clone()).collect()
}

/// What a timeline around the consortium and the forum tells from 2026 on as of a revision, and its counts by year.
fn timeline(graph: &Arc<KnowledgeGraph>, revision: u64) -> [Value; 2] {
    let arguments = r#"around: ["health-consortium", "forum-2027"], between: "2026/2099""#;
    let fields = "nodes { what sentence } buckets { date began happened ended planned }";
    let document = format!("{{ graph(view: {{ revision: {revision} }}) {{ timeline({arguments}) {{ {fields} }} }} }}");
    let answer = ask(graph, &document);
    let told = answer["graph"]["timeline"]["nodes"].as_array().unwrap().iter();
    let told = told.map(|node| format!("{} {}", node["what"].as_str().unwrap(), node["sentence"].as_str().unwrap()));
    [told.collect::<Vec<_>>().into(), answer["graph"]["timeline"]["buckets"].clone()]
}

#[test]
fn a_revision_is_told_as_of_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let graph = graph(folder.path());
    assert_eq!(
        sentences(&graph, 1),
        json!([
            "Sichuan University is to be a member of China-UK Health Consortium from 2027 on.",
            "University of Oxford is a member of China-UK Health Consortium from January 2026 to June 2029.",
            "West China Hospital is to host Forum 2027.",
        ])
    );
    assert_eq!(
        sentences(&graph, 2),
        json!([
            "Sichuan University has been a member of China-UK Health Consortium since 2027.",
            "University of Oxford was a member of China-UK Health Consortium from January 2026 to June 2029.",
            "West China Hospital hosted Forum 2027.",
        ])
    );
}

#[test]
fn a_timeline_plans_what_comes_after_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let graph = graph(folder.path());
    let year = |date: &str, [began, happened, ended, planned]: [u32; 4]| json!({ "date": date, "began": began, "happened": happened, "ended": ended, "planned": planned });
    let [told, counts] = timeline(&graph, 1);
    assert_eq!(
        told,
        json!([
            "BEGAN University of Oxford became a member of China-UK Health Consortium in January 2026.",
            "PLANNED Sichuan University is to become a member of China-UK Health Consortium in 2027.",
            "PLANNED Forum 2027 is to take place in May 2027.",
            "PLANNED University of Oxford is to remain a member of China-UK Health Consortium until June 2029.",
        ])
    );
    assert_eq!(counts, json!([year("2026", [1, 0, 0, 0]), year("2027", [0, 0, 0, 2]), year("2029", [0, 0, 0, 1])]));
    let [told, counts] = timeline(&graph, 2);
    assert_eq!(
        told,
        json!([
            "BEGAN University of Oxford became a member of China-UK Health Consortium in January 2026.",
            "BEGAN Sichuan University became a member of China-UK Health Consortium in 2027.",
            "HAPPENED Forum 2027 took place in May 2027.",
            "ENDED University of Oxford ceased to be a member of China-UK Health Consortium in June 2029.",
        ])
    );
    assert_eq!(counts, json!([year("2026", [1, 0, 0, 0]), year("2027", [1, 1, 0, 0]), year("2029", [0, 0, 1, 0])]));
}

#[test]
fn a_comparison_tells_each_side_as_of_its_own_day() {
    let folder = tempfile::tempdir().unwrap();
    let graph = graph(folder.path());
    let lost = |a: u64, b: u64, kinds: &str| {
        let document = format!(
            "{{ compare(a: {{ revision: {a}, relationshipKinds: [MEMBER_OF] }}, b: {{ revision: {b}, {kinds} }}) \
             {{ relationships(first: 1) {{ nodes {{ sentence }} }} }} }}"
        );
        ask(&graph, &document)["compare"]["relationships"]["nodes"][0]["sentence"].clone()
    };
    let nothing = "relationshipKinds: [FUNDED]";
    let member = "Sichuan University is to be a member of China-UK Health Consortium from 2027 on.";
    assert_eq!(lost(1, 2, nothing), json!(format!("Gone: {member}")));
    let member = "Sichuan University has been a member of China-UK Health Consortium since 2027.";
    assert_eq!(lost(2, 1, nothing), json!(format!("Gone: {member}")));
}
