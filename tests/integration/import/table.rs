//! Tables as CSV and JSON lines.

use std::path::PathBuf;

use consortia::dataset;
use consortia::import::source::Limits;
use consortia::import::{Contribution, Options};
use consortia::model::citation::DocumentRecord;
use consortia::model::violation::Violation;

use super::{World, counts, read_with};

fn document() -> DocumentRecord {
    serde_json::from_value(serde_json::json!({"id": "members", "title": "Members"})).unwrap()
}

fn tables(format: &str, texts: &[&str], options: &Options) -> Result<Contribution, Violation> {
    let folder = tempfile::tempdir().unwrap();
    let write = |(number, text): (usize, &&str)| {
        let path = folder.path().join(format!("table-{number}.{format}"));
        std::fs::write(&path, text).unwrap();
        path
    };
    let files: Vec<PathBuf> = texts.iter().enumerate().map(write).collect();
    read_with(format, &files, options, &Limits::default())
}

fn named(format: &str, texts: &[&str]) -> Result<Contribution, Violation> {
    tables(format, texts, &Options { document: Some(document()), mapping: None })
}

const ENTITIES: &str = "\u{feff}id;kind;name;names;country;identifiers\r\n\
    alpha;UNIVERSITY;\"Alpha\r\nUniversity\";;AT;\r\n";

#[test]
fn columns_are_fields_by_their_names_whatever_the_separator() {
    let entities = "\u{feff}id;kind;name;names;country;latitude;longitude\r\n\
        alpha;UNIVERSITY;\"Alpha; the University\";Alpha Uni;AT;48.2;16.37\r\n\
        net;consortium;Net;;;;\r\n";
    let relationships = "source\tkind\ttarget\trole\tsince\nalpha\tMEMBER_OF\tnet\tfounding member\t2020-03\n";
    let mut world = World::default();
    let proposal = world.land(named("csv", &[entities, relationships]).unwrap());
    assert_eq!(counts(&proposal), [4, 0, 0, 0, 0], "{:?}", proposal.refused);
    assert_eq!(world.entity("alpha").name, "Alpha; the University");
    assert_eq!(world.entity("alpha").names[0].text, "Alpha Uni");
    let member = world.relationship("alpha:member-of:net:founding-member");
    assert_eq!(member.citations[0].locator.as_deref(), Some("line 2"));
    assert_eq!(member.since.as_ref().unwrap().as_str(), "2020-03");
}

#[test]
fn json_lines_say_the_same_as_a_table() {
    let csv =
        named("csv", &["id,kind,name,names\na,UNIVERSITY,A,x;y\nb,HOSPITAL,B,\n", "source,kind,target\nb,PART_OF,a\n"]);
    let lines = named(
        "jsonl",
        &[
            "\n{\"id\":\"a\",\"kind\":\"UNIVERSITY\",\"name\":\"A\",\"names\":[\"x\",\"y\"]}\n\
             {\"id\":\"b\",\"kind\":\"HOSPITAL\",\"name\":\"B\",\"country\":null}\n",
            "\n{\"source\":\"b\",\"kind\":\"PART_OF\",\"target\":\"a\"}\n",
        ],
    );
    let [one, other] = [csv, lines].map(|read| World::default().land(read.unwrap()).changes);
    assert_eq!(one, other);
    assert_eq!(one.len(), 4);
}

#[test]
fn a_row_that_is_wrong_is_refused_with_its_line_and_the_next_is_read() {
    let text = "id,kind,name,since\na,UNIVERSITY,A,last year\nb,CASTLE,B,\nc,HOSPITAL,C\nd,HOSPITAL,D,1900\nd,HOSPITAL,D,1900\n";
    let contribution = named("csv", &[text]).unwrap();
    let refused: Vec<String> = contribution.refused.iter().map(ToString::to_string).collect();
    for part in
        ["table-0.csv:2:1: a: since:", "table-0.csv:3:1: b: kind:", "table-0.csv:4:1: ", "table-0.csv:6:1: d: id:"]
    {
        assert!(refused.iter().any(|line| line.starts_with(part)), "{part} is not in {refused:#?}");
    }
    assert_eq!((refused.len(), contribution.entities.len()), (4, 1));
    let contribution = named("csv", &[ENTITIES]).unwrap();
    assert!(contribution.refused[0].to_string().contains("U+000"), "{:?}", contribution.refused);
}

/// The mapping that `scripts/load-registries` uses.
const PARTICIPATIONS: &str = include_str!("../../../scripts/h2020-participations.toml");

#[test]
fn a_mapping_makes_participations_of_bare_codes() {
    let mapping = dataset::value(PARTICIPATIONS).unwrap();
    let options = Options { document: None, mapping: Some(mapping) };
    let text = "rcn,role,pic,type,contribution,country,start_date,end_date\n\
        7,participant,998616262,PRC,317625,EL,2019-05-01,2022-04-30\n\
        7,coordinator,984516342,HES,,ES,2019-05-01,2022-04-30\n\
        8,coordinator,984516342,HES,1,ES,2019-05-01,\n";
    let mut world = World::default();
    let proposal = world.land(tables("csv", &[text], &options).unwrap());
    assert_eq!(proposal.refused, []);
    assert_eq!(world.entity("pic-998616262").name, "CORDIS participant 998616262");
    assert_eq!(world.entity("pic-998616262").country.unwrap().as_str(), "GR");
    let member = world.relationship("pic-998616262:member-of:cordis-rcn-7:participant");
    assert_eq!(member.citations[0].note.as_deref(), Some("EU contribution 317625 EUR"));
    assert_eq!(world.relationship("pic-984516342:member-of:cordis-rcn-7:coordinator").citations[0].note, None);
    assert_eq!(world.0.relationships.len(), 3);
}

#[test]
fn a_template_with_a_brace_that_is_not_closed_is_refused() {
    let mapping = dataset::value(&PARTICIPATIONS.replace("\"pic-{pic}\"", "\"pic-{pic\"")).unwrap();
    let error = tables("csv", &["pic\n1\n"], &Options { document: None, mapping: Some(mapping) }).unwrap_err();
    assert!(error.to_string().contains("\"pic-{pic\" has a { that is not closed"), "{error}");
}

#[test]
fn the_help_text_lists_every_format_with_an_example() {
    let folder = tempfile::tempdir().unwrap();
    let output = crate::support::consortia(folder.path()).args(["import", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for format in &consortia::import::FORMATS {
        assert!(help.contains(&format!("consortia import {}", format.example)), "{} is not in\n{help}", format.name);
    }
}
