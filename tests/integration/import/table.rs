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
    tables(format, texts, &Options { document: Some(document()), mapping: None, ..Options::default() })
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
    assert_eq!(contribution.entities[0].value.name, "Alpha University", "a line break in a name is a space");
}

#[test]
fn blank_rows_are_passed_over_and_counted() {
    for text in [
        "id,kind,name,country\nu-one,UNIVERSITY,Uni One,AT\n,,,\n   \nu-two,UNIVERSITY,Uni Two,AT\n,,,\n",
        "\u{feff};;;\nid;kind;name;country\nu-one;UNIVERSITY;Uni One;AT\n \u{a0};;\u{200b};\n;;\n;;;;;\nu-two;UNIVERSITY;Uni Two;AT;;\n",
    ] {
        let contribution = named("csv", &[text]).unwrap();
        assert_eq!(contribution.refused, [], "{text}");
        assert_eq!(contribution.entities.len(), 2);
        assert_eq!(contribution.passed_over.get("blank rows"), Some(&3));
    }
    let lines =
        "{\"id\":\"a\",\"kind\":\"UNIVERSITY\",\"name\":\"A\"}\n{}\n{\"id\":\"\",\"name\":null,\"names\":[\" \"]}\n";
    let contribution = named("jsonl", &[lines]).unwrap();
    assert_eq!((contribution.refused.len(), contribution.passed_over["blank rows"]), (0, 2));
}

#[test]
fn a_header_says_what_is_in_its_columns_or_is_refused() {
    let contribution = named("csv", &["sep=;\nid;kind;name\nu-one;UNIVERSITY;Uni One\n"]).unwrap();
    assert_eq!(contribution.entities[0].origin.line, 3, "the line of the file");
    let contribution = named("csv", &["ID,Kind,\u{feff}Name ,On Behalf Of\nu-one,UNIVERSITY,Uni One,\n"]).unwrap();
    assert_eq!(contribution.entities.len(), 1);
    let error = |text: &str| named("csv", &[text]).unwrap_err().to_string();
    let told = error("id,kind,name,name,country\nu-one,UNIVERSITY,Uni One,Other Name,AT\n");
    assert!(told.starts_with("table-0.csv:1:1: the column \"name\" stands twice"), "{told}");
    let told = error("id,kind,name,Name\nu-one,UNIVERSITY,Uni One,Other Name\n");
    assert!(told.contains("the columns \"name\" and \"Name\" are one field, name"), "{told}");
    let contribution = named("csv", &["id,kind,name,contry,,\nu-one,UNIVERSITY,Uni One,AT,,\n"]).unwrap();
    let notes: Vec<String> = contribution.notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes, ["table-0.csv:2:1: the column \"contry\" is not a field; it is left out; did you mean country?"]);
}

#[test]
fn identifiers_are_read_in_every_form_and_in_columns_of_their_registries() {
    let text = "id,kind,name,identifiers,ror_id,Wikidata,isni\n\
        x1,UNIVERSITY,One,ROR:https://ror.org/02bfwt286,,,\n\
        x2,UNIVERSITY,Two,ISNI:0000 0001 2103 2683;http://www.wikidata.org/entity/Q598841,,,\n\
        x3,UNIVERSITY,Three,,02bfwt286,,\n\
        x4,UNIVERSITY,Four,,www.ror.org/02BFWT286/,https://www.wikidata.org/wiki/Q598841,0000-0001-2103-2683\n\
        x5,UNIVERSITY,Five,,02bfwt287,,\n";
    let contribution = named("csv", &[text]).unwrap();
    let found: Vec<Vec<String>> = contribution
        .entities
        .iter()
        .map(|said| said.value.identifiers.iter().map(ToString::to_string).collect())
        .collect();
    let (ror, isni, wikidata) = ("ROR:02bfwt286", "ISNI:0000000121032683", "WIKIDATA:Q598841");
    assert_eq!(found, [vec![ror], vec![wikidata, isni], vec![ror], vec![ror, wikidata, isni]]);
    let refused = contribution.refused[0].to_string();
    assert!(
        refused.starts_with("table-0.csv:6:1: x5: identifiers: \"02bfwt287\" is not a valid ROR identifier"),
        "{refused}"
    );
}

#[test]
fn half_a_point_is_noted_and_a_moment_is_its_day() {
    let text = "id,kind,name,latitude,longitude,since\n\
        u-one,UNIVERSITY,Uni One,48.2,,1999-01-01T00:00:00Z\n\
        u-two,UNIVERSITY,Uni Two,,16.4,2001-05-00\n";
    let contribution = named("csv", &[text]).unwrap();
    let notes: Vec<String> = contribution.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "table-0.csv:2:1: u-one: latitude: it has a latitude and no longitude; it is left out; give both",
            "table-0.csv:3:1: u-two: longitude: it has a longitude and no latitude; it is left out; give both",
        ]
    );
    let since: Vec<&str> =
        contribution.entities.iter().map(|said| said.value.since.as_ref().unwrap().as_str()).collect();
    assert_eq!(since, ["1999-01-01", "2001-05"]);
}

#[test]
fn a_table_of_another_encoding_is_read_where_it_is_named_and_else_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    std::fs::write(&path, b"id,kind,name\na,UNIVERSITY,Universit\xe9\n").unwrap();
    let files = [path.clone()];
    let options = |name: Option<&str>| Options {
        document: Some(document()),
        encoding: name.map(|name| name.parse().unwrap()),
        ..Options::default()
    };
    let read = |name| read_with("csv", &files, &options(name), &Limits::default());
    let error = read(None).unwrap_err().to_string();
    assert!(error.starts_with("t.csv:2:1: ") && error.contains("--encoding windows-1252"), "{error}");
    assert_eq!(read(Some("latin1")).unwrap().entities[0].value.name, "Université");
    assert!(read(Some("shift_jis")).unwrap_err().to_string().contains("line 2 is not in the encoding Shift_JIS"));
}

/// The mapping that `scripts/load-registries` uses.
const PARTICIPATIONS: &str = include_str!("../../../scripts/h2020-participations.toml");

#[test]
fn a_mapping_makes_participations_of_bare_codes() {
    let mapping = dataset::value(PARTICIPATIONS).unwrap();
    let options = Options { document: None, mapping: Some(mapping), ..Options::default() };
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
    let error = tables("csv", &["pic\n1\n"], &Options { document: None, mapping: Some(mapping), ..Options::default() })
        .unwrap_err();
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
