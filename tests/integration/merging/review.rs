//! `consortia review` and what it leaves in a store.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use super::folder;
use crate::support::{Server, consortia};

fn run(at: &Path, arguments: &[&str]) -> Output {
    consortia(at).args(arguments).output().unwrap()
}

/// The output of a command that must end with this code.
fn ended(at: &Path, code: i32, arguments: &[&str]) -> String {
    let output = run(at, arguments);
    let printed = String::from_utf8(output.stdout).unwrap();
    let complained = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{printed}\n{complained}");
    printed + &complained
}

fn query(at: &Path, query: &str) -> Value {
    serde_json::from_str(&ended(at, 0, &["query", query])).unwrap()
}

#[test]
fn people_decide_and_withdraw_and_the_graph_follows() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    ended(at, 0, &["load", folder("world").to_str().unwrap()]);
    let listed = ended(at, 0, &["review"]);
    assert!(listed.contains("North Hospital [north-hospital], Harbin, China"), "{listed}");
    let listed: Value = serde_json::from_str(&ended(at, 0, &["review", "--format", "json"])).unwrap();
    let ids: Vec<&str> = listed.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["north-hospital:northern-hospital", "hospital-of-the-union:union-clinic"]);
    assert_eq!((&listed[0]["score"], &listed[0]["confidence"]), (&0.87.into(), &"HIGH".into()));

    let before = query(at, "{ graph { statistics { entities relationships } } }");
    let why = ["--reason", "one telephone number", "--by", "Ada"];
    let same = [&["review", "same", "northern-hospital", "north-hospital", "--keep", "northern-hospital"][..], &why];
    let told = ended(at, 0, &same.concat());
    assert!(told.contains("is SAME: done; northern-hospital stays; the store is at revision 3"), "{told}");
    let answer = query(at, "{ graph { entity(id: \"north-hospital\") { id mergedIds decisions { by reason } } } }");
    let entity = &answer["data"]["graph"]["entity"];
    assert_eq!((&entity["id"], &entity["mergedIds"][0]), (&"northern-hospital".into(), &"north-hospital".into()));
    let own = entity["decisions"].as_array().unwrap().iter().find(|decision| decision["by"] == "Ada").unwrap();
    assert_eq!(own["reason"], "one telephone number");
    assert_eq!(answer["extensions"]["redirects"][0]["to"], "northern-hospital");

    let wrong = ended(at, 1, &["review", "same", "northern-hospital", "union-clinic", "--reason", "no"]);
    assert!(wrong.contains("they are DIFFERENT, and other decisions make them the same"), "{wrong}");
    assert!(wrong.contains("nothing was decided"), "{wrong}");
    ended(at, 0, &["review", "withdraw", "north-hospital", "northern-hospital"]);
    assert_eq!(query(at, "{ graph { statistics { entities relationships } } }")["data"], before["data"]);
    let nothing = ended(at, 1, &["review", "withdraw", "north-hospital", "northern-hospital"]);
    assert!(nothing.contains("nothing was decided about"), "{nothing}");
    ended(at, 0, &[&["review", "different", "union-clinic", "hospital-of-the-union"][..], &why].concat());
    ended(at, 0, &[&["review", "unsure", "north-hospital", "northern-hospital"][..], &why].concat());
    let listed: Value = serde_json::from_str(&ended(at, 0, &["review", "--format", "json"])).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 1, "{listed}");
}

#[test]
fn what_came_later_goes_when_nobody_says_what_stays() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    ended(at, 0, &["load", folder("world").to_str().unwrap()]);
    fs::write(at.join("table.csv"), "id,kind,name,country\na-northern,HOSPITAL,Northern Hosp.,CN\n").unwrap();
    let document = ["--document", "table", "--title", "A table"];
    ended(at, 0, &[&["import", "csv", "table.csv"][..], &document].concat());
    let told = ended(at, 0, &["review", "same", "a-northern", "union-clinic", "--reason", "one address"]);
    assert!(told.contains("; union-clinic stays; the store is at revision 4"), "{told}");
    let answer = query(at, "{ graph { entity(id: \"a-northern\") { id mergedIds } } }");
    let expected = serde_json::json!({"id": "union-clinic", "mergedIds": ["a-northern"]});
    assert_eq!(answer["data"]["graph"]["entity"], expected);
}

#[test]
fn a_wrong_id_or_a_store_that_is_served_is_told() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    ended(at, 0, &["load", folder("world").to_str().unwrap()]);
    let wrong = ended(at, 1, &["review", "same", "north-hospita", "northern-hospital", "--reason", "x"]);
    assert!(wrong.contains("no entity has the id \"north-hospita\"; did you mean \"north-hospital\"?"), "{wrong}");
    let wrong = ended(at, 2, &["review", "same", "North", "northern-hospital", "--reason", "x"]);
    assert!(wrong.contains("\"North\" is no id"), "{wrong}");
    let wrong = ended(at, 2, &["review", "same", "north-hospital", "northern-hospital"]);
    assert!(wrong.contains("--reason"), "{wrong}");
    let _server = Server::start(at);
    let wrong = ended(at, 2, &["review", "different", "north-hospital", "northern-hospital", "--reason", "x"]);
    assert!(wrong.contains("is in use by process"), "{wrong}");
}

#[test]
fn an_entity_that_a_decision_names_is_kept_and_an_export_holds_the_decisions() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    ended(at, 0, &["load", folder("world").to_str().unwrap()]);
    ended(at, 0, &["export", "toml", "exported"]);
    let decisions = fs::read_to_string(at.join("exported/decisions.toml")).unwrap();
    assert_eq!(decisions, fs::read_to_string(folder("world/decisions.toml")).unwrap());
    ended(at, 0, &["check", "exported"]);
    let told = ended(at, 0, &["load", "exported"]);
    assert!(told.contains("0 new, 0 changed"), "{told}");
    let written = ended(at, 0, &["export", "node-link"]);
    assert_eq!(written.matches("\"merged_ids\":[\"hospital-of-the-union\"]").count(), 1, "{written}");
    let written = ended(at, 0, &["export", "nquads"]);
    assert_eq!(written.matches("owl#sameAs> <").count(), 1, "{written}");
    let written = ended(at, 0, &["export", "graphml"]);
    assert!(written.contains("[&quot;hospital-of-the-union&quot;]") || written.contains("[\"hospital-of-the-union\"]"));
    // What an import withdraws takes its decisions with it.
    let data = at.join("registry");
    fs::create_dir_all(data.join("documents")).unwrap();
    let registry = "[document]\nid = \"registry\"\ntitle = \"A registry\"\n";
    fs::write(data.join("documents/registry.toml"), registry).unwrap();
    let told = ended(at, 0, &["import", "toml", "registry/documents/registry.toml"]);
    assert!(told.contains("  north-hospital:northern-hospital\n"), "{told}");
    let answer = query(at, "{ graph { decisions { nodes { id } } entity(id: \"union-hospital\") { mergedIds } } }");
    assert_eq!(answer["data"]["graph"]["decisions"]["nodes"], serde_json::json!([]), "{told}");
    assert_eq!(answer["data"]["graph"]["entity"]["mergedIds"], serde_json::json!([]));
}
