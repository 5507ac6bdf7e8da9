//! What `export csv` wrote, read back.

use std::path::{Path, PathBuf};

use consortia::dataset::{self, File};
use consortia::knowledge::contribution::of_dataset;
use consortia::knowledge::{curated, snapshot_of};
use consortia::model::state::State;

use super::{World, read};
use crate::support;

fn tables(folder: &Path) -> Vec<PathBuf> {
    let output = support::consortia(folder).args(["export", "csv", "tables"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    ["nodes.csv", "edges.csv", "documents.csv"].map(|name| folder.join("tables").join(name)).into()
}

fn content(state: &State) -> impl PartialEq + std::fmt::Debug + use<> {
    let entities: Vec<_> = state.entities.iter().map(|entity| entity.value.clone()).collect();
    let relationships: Vec<_> = state.relationships.iter().map(|relationship| relationship.value.clone()).collect();
    let documents: Vec<_> = state.documents.iter().map(|document| document.value.clone()).collect();
    (entities, relationships, documents)
}

#[test]
fn the_tables_that_were_exported_say_what_the_store_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::default();
    let tables = tables(folder.path());
    let proposal = world.land(read("csv", &tables).unwrap());
    assert_eq!((proposal.refused, proposal.notes), (Vec::new(), Vec::new()));
    let known = snapshot_of(curated().unwrap()).unwrap();
    assert!(content(&world.0) == content(known.state()), "something of the curated data is lost or bent");
    let again = world.land(read("csv", &tables).unwrap());
    assert!(again.changes.is_empty());
}

#[test]
fn texts_that_a_spreadsheet_would_run_and_keys_come_back() {
    let document = r#"
        [document]
        id = "d"
        title = "=D"
        note = "'quoted'"

        [[mention]]
        entity = "u"

        [[mention]]
        entity = "h"
        locator = "-1"

        [[figure]]
        entity = "u"
        label = "+beds"
        value = "=1"
        at_least = 1

        [[relationship]]
        source = "h"
        kind = "AFFILIATED_WITH"
        target = "u"
        role = "+first"
        key = "second-time"
        since = "2001-05~"
    "#;
    let authority = r#"
        [[university]]
        id = "u"
        name = "'t Hart"
        names = [{ text = "''both''" }, { text = "=U; V", language = "nl" }, { text = "-U", kind = "FORMER" }]
        description = "@one\ntwo\t three"

        [[hospital]]
        id = "h"
        name = "[H]"
        coordinates = { latitude = -33.5, longitude = 1.0 }
    "#;
    let files = [("documents/d.toml", document), ("authority/all.toml", authority)];
    let read_files = files.map(|(path, text)| File { path: path.into(), text: text.to_owned() });
    let reading = dataset::read(&read_files.into_iter().collect());
    let mut world = World::default();
    let proposal = world.land(of_dataset(reading));
    assert_eq!(proposal.refused, []);
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        std::fs::write(folder.path().join(path.rsplit('/').next().unwrap()), text).unwrap();
    }
    let output = support::consortia(folder.path()).args(["import", "toml", "d.toml", "all.toml"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let mut back = World::default();
    let proposal = back.land(read("csv", &tables(folder.path())).unwrap());
    assert_eq!((proposal.refused, proposal.notes), (Vec::new(), Vec::new()));
    for id in ["u", "h"] {
        assert_eq!(back.entity(id), world.entity(id));
    }
    let id = "h:affiliated-with:u:second-time";
    assert_eq!(back.relationship(id), world.relationship(id));
}

#[test]
fn a_list_that_cannot_be_read_is_refused_and_one_that_can_is_not_taken_for_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nodes.csv");
    let text = "id,kind,name,names,identifiers,citations\n\
        a,TOPIC,A,\"[{\"\"text\"\":\"\"Sample\"\"},{\"\"text\"\":\"\"Muster\"\",\"\"language\"\":\"\"de\"\"}]\",,\"[{\"\"document\"\":\"\"d\"\"}]\"\n\
        b,UNIVERSITY,B,,\"[\"\"ROR:02bfwt286\"\"]\",\"[{\"\"document\"\":\"\"d\"\"}]\"\n\
        c,TOPIC,C,\"[{\"\"text\"\":\",,\"[{\"\"document\"\":\"\"d\"\"}]\"\n\
        d1,TOPIC,\"[{\"\"text\"\":\"\"D\"\"}]\",,,\"[{\"\"document\"\":\"\"d\"\"}]\"\n\
        e,TOPIC,E,\"[{\"\"txt\"\":\"\"E\"\"}]\",,\"[{\"\"document\"\":\"\"d\"\"}]\"\n";
    std::fs::write(&path, text).unwrap();
    let contribution = read("csv", &[path]).unwrap();
    let names = &contribution.entities[0].value.names;
    assert_eq!(names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>(), ["Sample", "Muster"]);
    assert_eq!(names[1].language.as_ref().unwrap().as_str(), "de");
    assert_eq!(contribution.entities[1].value.identifiers[0].to_string(), "ROR:02bfwt286");
    let refused: Vec<String> = contribution.refused.iter().map(ToString::to_string).collect();
    for part in
        ["nodes.csv:4:1: c: names: ", "nodes.csv:5:1: d1: name: the name begins as a list", "nodes.csv:6:1: e: names: "]
    {
        assert!(refused.iter().any(|line| line.starts_with(part)), "{part} is not in {refused:#?}");
    }
    assert_eq!((refused.len(), contribution.entities.len()), (3, 2));
}

#[test]
fn what_cites_a_document_that_is_not_told_of_is_refused_with_its_row_and_the_rest_can_be_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nodes.csv");
    let header = "id,kind,name,citations\n";
    let rows = "a-topic,TOPIC,A topic,\"[{\"\"document\"\":\"\"d1\"\"}]\"\nb-topic,TOPIC,Another topic,\"[{\"\"document\"\":\"\"d2\"\"}]\"\n";
    std::fs::write(&path, format!("{header}{rows}")).unwrap();
    let documents = folder.path().join("documents.csv");
    std::fs::write(&documents, "id,title\nd2,Told of\n").unwrap();
    let mut world = World::default();
    let proposal = world.land(read("csv", &[path, documents]).unwrap());
    let refused: Vec<String> = proposal.refused.iter().map(ToString::to_string).collect();
    assert_eq!(
        refused,
        [
            "nodes.csv:2:1: a-topic: citations: no document has the id \"d1\"; add the document to the files, or correct the id"
        ]
    );
    assert!(world.0.entity("a-topic").is_none());
    assert_eq!(world.entity("b-topic").name, "Another topic");
}
