//! Projections in the formats that hold them.

use serde_json::Value;

use super::{exported, files, text};
use crate::support::curated_snapshot;

const WHO_MET: &str = r#"{"of": {"kinds": ["UNIVERSITY"]}, "through": {"kinds": ["EVENT"]},
    "via": {"kinds": ["PARTICIPATED_IN", "HOSTED", "ORGANIZED"]}, "minWeight": 3}"#;

#[test]
fn a_projection_has_its_ties_with_what_is_shared_and_where_it_was_read() {
    let world = curated_snapshot();
    let found: Value = serde_json::from_str(&text(&world, "node-link", &[("projection", WHO_MET)])).unwrap();
    assert_eq!((&found["directed"], &found["multigraph"]), (&false.into(), &false.into()));
    let ids: Vec<_> = found["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["peking-university", "sichuan-university", "university-of-oxford"]);
    let edges = found["edges"].as_array().unwrap();
    let ends: Vec<_> =
        edges.iter().map(|edge| (edge["source"].as_str().unwrap(), edge["target"].as_str().unwrap())).collect();
    assert_eq!(ends, [("peking-university", "sichuan-university"), ("sichuan-university", "university-of-oxford")]);
    let through = [
        "china-uk-consortium-preparatory-meeting-2023",
        "china-uk-university-forum-2022",
        "second-preparatory-meeting-of-chinese-founding-members",
    ];
    assert_eq!((&edges[0]["weight"], &edges[0]["through"]), (&3.into(), &through.into()));
    let relationships = edges[0]["relationships"].as_array().unwrap();
    // Peking took part in three; Sichuan took part in all, organized two and hosted one.
    assert_eq!(relationships.len(), 9);
    let documents: Vec<_> = found["graph"]["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|document| document["id"].as_str().unwrap())
        .collect();
    for citation in edges.iter().flat_map(|edge| edge["citations"].as_array().unwrap()) {
        assert!(documents.contains(&citation["document"].as_str().unwrap()), "{citation}");
    }

    let graphml = text(&world, "graphml", &[("projection", WHO_MET)]);
    assert!(graphml.contains("edgedefault=\"undirected\""));
    assert_eq!(graphml.matches("<edge ").count(), 2);
    assert_eq!(graphml.matches("<data key=\"e_weight\">3</data>").count(), 2);

    let tables = files(&world, "csv", &[("projection", WHO_MET)]);
    let (_, edges) = tables.iter().find(|(name, _)| name == "edges.csv").unwrap();
    let lines: Vec<_> = edges.lines().collect();
    assert_eq!(lines[0], "source,target,weight,significance,through,relationships,citations");
    assert!(lines[1].starts_with("peking-university,sichuan-university,3,"), "{}", lines[1]);
    assert_eq!(lines.len(), 3);
}

#[test]
fn a_projection_that_cannot_be_written_is_refused_with_what_to_do() {
    let world = curated_snapshot();
    let refused =
        |format: &str, parameters: &[(&str, &str)]| exported(&world, format, parameters).err().unwrap().message();
    assert!(refused("gexf", &[("projection", WHO_MET)]).contains("use graphml, node-link or csv"));
    assert!(refused("csv", &[("projection", "{")]).contains("it is no JSON"));
    assert!(refused("csv", &[("projection", "[]")]).contains("`of` is missing"));
    assert!(refused("csv", &[("projection", r#"{"zoo": 1}"#)]).contains("there is no field \"zoo\""));
    assert!(refused("csv", &[("projection", r#"{"of": {"zoo": 1}}"#)]).contains("there is no field \"zoo\""));
    let with =
        |more: &str| format!("{},{more}}}", WHO_MET.trim_end_matches('}').trim_end_matches(", \"minWeight\": 3"));
    for (more, said) in
        [("\"minWeight\": 0", "1 or more"), ("\"minWeight\": 0.5", "whole number"), ("\"backbone\": 7", "out of range")]
    {
        let message = refused("csv", &[("projection", &with(more))]);
        assert!(message.contains(said), "{more}: {message}");
    }
    assert!(refused("csv", &[("projection", WHO_MET), ("depth", "1")]).contains("depth: a projection has none"));
}
