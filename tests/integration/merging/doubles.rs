//! What is probably one organization told as two, and what answers that rest on it say.

use serde_json::{Value, json};

use super::imports::import;
use crate::support::consortia;

const TABLE: &str = "id,kind,name,names,acronyms,country,city,identifiers\n\
    pic-999878620,COMPANY,QUANTUM WIDGETS GMBH,,QW,DE,Bonn,PIC:999878620\n\
    pic-999978530,COMPANY,Quantum-Widgets GmbH,,,DE,Ulm,PIC:999978530\n\
    pic-999977851,COMPANY,Quantum Widgets GmbH,,,AT,Wien,PIC:999977851\n\
    widgets,COMPANY,Widgets of Bonn,Quantum Widgets GmbH,QW,DE,Bonn,\n\
    ror-056d84691,HOSPITAL,General Hospital North,,,GB,London,ROR:056d84691\n\
    ror-05xg72x27,HOSPITAL,General Hospital North,,,GB,Leeds,ROR:05xg72x27\n\
    asked,UNIVERSITY,Old Polytechnic,,OP,FR,Lyon,\n\
    other,UNIVERSITY,New University,,OP,FR,Lyon,\n";

fn answer(at: &std::path::Path, query: &str) -> Value {
    let output = consortia(at).args(["query", query]).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn doubles(at: &std::path::Path) -> Vec<(String, String, String)> {
    let query =
        "{ graph { quality(kinds: [POSSIBLE_DOUBLE]) { nodes { severity entity { id } double { id } sentence } } } }";
    let found = answer(at, query);
    let nodes = found["data"]["graph"]["quality"]["nodes"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    assert!(nodes.iter().all(|node| node["severity"] == "MEDIUM"), "{nodes:?}");
    nodes
        .iter()
        .map(|node| (text(&node["entity"]["id"]), text(&node["double"]["id"]), text(&node["sentence"])))
        .collect()
}

#[test]
fn one_name_in_one_country_and_open_questions_are_told_and_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    import(at, "table.csv", TABLE, &[]);
    let unsure = ["review", "unsure", "asked", "other", "--reason", "renamed?", "--by", "Ada"];
    assert!(consortia(at).args(unsure).output().unwrap().status.success());
    let pair = |one: &str, other: &str, sentence: &str| (one.to_owned(), other.to_owned(), sentence.to_owned());
    let named = "have a name and the country in common, and are probably the same.";
    let expected = [
        pair(
            "asked",
            "other",
            "It is not decided whether Old Polytechnic (asked) and New University (other) are the same.",
        ),
        pair(
            "pic-999878620",
            "pic-999978530",
            &format!("QUANTUM WIDGETS GMBH (pic-999878620) and Quantum-Widgets GmbH (pic-999978530) {named}"),
        ),
        pair(
            "pic-999878620",
            "widgets",
            &format!("QUANTUM WIDGETS GMBH (pic-999878620) and Widgets of Bonn (widgets) {named}"),
        ),
        pair(
            "pic-999978530",
            "widgets",
            &format!("Quantum-Widgets GmbH (pic-999978530) and Widgets of Bonn (widgets) {named}"),
        ),
    ];
    assert_eq!(doubles(at), expected);

    let found = answer(at, "{ graph { entity(id: \"other\") { name possibleDoubles { id } } } }");
    assert_eq!(found["data"]["graph"]["entity"]["possibleDoubles"], json!([{"id": "asked"}]));
    assert_eq!(
        found["extensions"]["possibleDoubles"],
        json!([{"id": "asked", "probablyAlso": ["other"]}, {"id": "other", "probablyAlso": ["asked"]}])
    );
    let found = answer(at, "{ graph { search(query: \"General Hospital North\") { nodes { id } } } }");
    assert!(found["extensions"].get("possibleDoubles").is_none(), "ROR has a record of each: {found}");
    let filter = "{ graph { entities(filter: { quality: [POSSIBLE_DOUBLE] }) { nodes { id } } } }";
    let found = answer(at, filter);
    let nodes = found["data"]["graph"]["entities"]["nodes"].as_array().unwrap();
    assert_eq!(nodes.len(), 5, "either of two is found: {found}");

    let different = ["review", "different", "pic-999878620", "widgets", "--reason", "two shops", "--by", "Ada"];
    assert!(consortia(at).args(different).output().unwrap().status.success());
    let left: Vec<_> = doubles(at).into_iter().map(|(one, other, _)| (one, other)).collect();
    assert_eq!(left.len(), 3, "{left:?}");
    assert!(!left.contains(&("pic-999878620".to_owned(), "widgets".to_owned())));
}
