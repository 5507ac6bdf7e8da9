//! `import --match`: what the matcher finds about organizations that are new.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::consortia;

const THERE: &str = "id,kind,name,country,city,identifiers\n\
    charite,HOSPITAL,Charité Universitätsmedizin Berlin,DE,Berlin,ROR:001w7jn25\n\
    karolinska,UNIVERSITY,Karolinska Institutet,SE,Stockholm,ROR:056d84691\n\
    general-london,HOSPITAL,General Hospital,GB,London,\n\
    general-leeds,HOSPITAL,General Hospital,GB,Leeds,\n";

const NEW: &str = "id,kind,name,country,city,identifiers\n\
    pic-1,HOSPITAL,Charité - Universitaetsmedizin Berlin,DE,Berlin,PIC:999992304\n\
    pic-2,UNIVERSITY,Karolinska Institutet,SE,Stockholm,PIC:999978530\n\
    pic-3,HOSPITAL,General Hospital,GB,,\n\
    pic-4,COMPANY,Quantum Widgets of Nowhere,FR,Lyon,\n\
    pic-5,PERSON,Karolinska Institutet,SE,,\n";

pub(super) fn import(at: &Path, file: &str, table: &str, more: &[&str]) -> String {
    fs::write(at.join(file), table).unwrap();
    let document = file.trim_end_matches(".csv");
    let arguments = [&["import", "csv", file, "--document", document][..], more].concat();
    let output = consortia(at).args(&arguments).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

pub(super) fn query(at: &Path, query: &str) -> Value {
    let output = consortia(at).args(["query", query]).output().unwrap();
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["data"]["graph"].clone()
}

pub(super) fn decisions(at: &Path) -> Vec<(String, String)> {
    let found = query(at, "{ graph { decisions { nodes { id verdict } } } }");
    let nodes = found["decisions"]["nodes"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    nodes.iter().map(|node| (text(&node["id"]), text(&node["verdict"]))).collect()
}

#[test]
fn what_is_certain_is_merged_what_is_doubtful_is_asked_and_again_changes_nothing() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    import(at, "there.csv", THERE, &[]);
    let dry = import(at, "new.csv", NEW, &["--match", "auto", "--dry-run"]);
    assert!(dry.contains("the same as what was there (2):\n  charite and pic-1 ("), "{dry}");
    assert!(decisions(at).is_empty(), "a dry run writes nothing");
    let told = import(at, "new.csv", NEW, &["--match", "auto", "--report", "report.jsonl"]);
    assert!(told.contains("to be reviewed (2):\n  general-l"), "{told}");
    let pair = |id: &str, verdict: &str| (id.to_owned(), verdict.to_owned());
    let expected = [
        pair("charite:pic-1", "SAME"),
        pair("general-leeds:pic-3", "UNSURE"),
        pair("general-london:pic-3", "UNSURE"),
        pair("karolinska:pic-2", "SAME"),
    ];
    assert_eq!(decisions(at), expected);
    let report = fs::read_to_string(at.join("report.jsonl")).unwrap();
    let matched: Vec<Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let matched: Vec<&Value> = matched.iter().filter(|line| line["fate"] == "matched").collect();
    assert_eq!(matched.len(), 4, "{report}");
    assert_eq!(matched[0]["decision"]["keep"], "charite", "the id that was there stays");

    let merged = query(at, "{ graph { entity(id: \"pic-1\") { id mergedIds identifiers { value } } } }");
    assert_eq!(merged["entity"]["id"], "charite");
    assert_eq!(merged["entity"]["mergedIds"], json!(["pic-1"]));
    assert_eq!(merged["entity"]["identifiers"], json!([{"value": "001w7jn25"}, {"value": "999992304"}]));
    let again = import(at, "new.csv", NEW, &["--match", "auto"]);
    assert!(again.contains("nothing to change"), "{again}");

    // A person knows better, and no import overturns it.
    let argument = ["review", "different", "charite", "pic-1", "--reason", "two bodies", "--by", "Ada"];
    assert!(consortia(at).args(argument).output().unwrap().status.success());
    import(at, "new.csv", &NEW.replace("Berlin,PIC", "Potsdam,PIC"), &["--match", "auto"]);
    assert!(decisions(at).contains(&pair("charite:pic-1", "DIFFERENT")));

    // What a newer release no longer has goes, and so do the decisions about it.
    let shorter = NEW.lines().filter(|line| !line.starts_with("pic-2")).collect::<Vec<_>>().join("\n");
    let told = import(at, "new.csv", &shorter, &["--match", "auto"]);
    assert!(told.contains("withdrawn:\n") && told.contains("  karolinska:pic-2\n"), "{told}");
    assert!(!decisions(at).iter().any(|(id, _)| id == "karolinska:pic-2"));
}

#[test]
fn review_asks_about_all_and_off_about_none() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    import(at, "there.csv", THERE, &[]);
    import(at, "new.csv", NEW, &["--match", "review"]);
    let found = decisions(at);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found.iter().all(|(_, verdict)| verdict == "UNSURE"), "{found:?}");
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    import(at, "there.csv", THERE, &[]);
    import(at, "new.csv", NEW, &[]);
    assert!(decisions(at).is_empty());
}

#[test]
fn two_that_ror_has_a_record_each_of_are_never_asked_about() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    import(at, "there.csv", THERE, &[]);
    let twin = "id,kind,name,country,city,identifiers\n\
        another,UNIVERSITY,Karolinska Institutet,SE,Stockholm,ROR:00m8d6786\n";
    import(at, "twin.csv", twin, &["--match", "auto"]);
    assert!(decisions(at).is_empty());
}

#[test]
fn what_the_same_import_takes_away_is_no_candidate() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    import(at, "there.csv", THERE, &[]);
    let renamed = THERE.replace("karolinska,", "karolinska-institutet,").replace("ROR:056d84691", "");
    let told = import(at, "there.csv", &renamed, &["--match", "auto"]);
    assert!(told.contains("withdrawn:\n  karolinska\n"), "{told}");
    assert!(decisions(at).is_empty());
}
