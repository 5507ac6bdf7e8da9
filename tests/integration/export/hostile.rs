//! Texts that would break a format that trusts them: each format is read back by a reader that is not ours.

use std::io::Read;
use std::sync::Arc;

use consortia::knowledge::Snapshot;
use consortia::model::change::Change;
use consortia::model::text::{LINE_LIMIT, PROSE_LIMIT};
use oxrdf::{NamedNode, Term};
use proptest::prelude::*;

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use serde_json::{Value, json};

use super::{bytes, snapshot, text};

const NASTY: [&str; 22] = [
    "\"",
    "'",
    "<",
    ">",
    "&",
    "&amp;",
    "]]>",
    "<!--",
    "\\",
    "\\\"",
    "=1+1",
    "@cmd",
    "{",
    "}",
    "%",
    "\u{fffe}",
    "\u{ffff}",
    "\u{202e}",
    "👩🏽‍⚕️",
    "医院",
    "\"\"\"",
    "e\u{301}",
];

/// One line as the model takes it.
fn line() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => prop::sample::select(&NASTY[..]).prop_map(str::to_owned),
        2 => "[a-zA-Z0-9 ,;:]{1,12}",
        1 => any::<char>().prop_filter("no control", |c| !c.is_control()).prop_map(String::from),
    ];
    prop::collection::vec(part, 1..12)
        .prop_map(|parts| parts.concat())
        .prop_filter("not blank", |text| !text.trim().is_empty() && text.chars().count() <= LINE_LIMIT)
}

fn prose() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![line(), Just("\n".to_owned()), Just("\t".to_owned()), Just("\\\n".to_owned())],
        1..6,
    )
    .prop_map(|parts| parts.concat())
    .prop_filter("not blank", |text| !text.trim().is_empty() && text.chars().count() <= PROSE_LIMIT)
}

/// A world of two entities with these texts in every field that takes one.
fn world(name: &str, prose: &str) -> Arc<Snapshot> {
    // An address and its scheme are one line together.
    let start: String = name.chars().take(LINE_LIMIT - 20).collect();
    let citation = json!({"document": "d", "locator": name, "strength": "INFERRED", "note": prose});
    let document =
        json!({"id": "d", "title": name, "publisher": name, "note": prose, "url": format!("https://{start}")});
    let university = json!({
        "id": "a", "kind": "UNIVERSITY", "name": name, "names": [{"text": name, "language": "zh-Hant"}],
        "description": prose, "homepage": format!("https://x/{start}"), "city": name, "since": "../1900~",
        "coordinates": {"latitude": -33.8, "longitude": 151.2}, "citations": [citation],
        "figures": [{"label": name, "value": name, "citation": citation}],
    });
    let person = json!({"id": "b", "kind": "PERSON", "name": name, "citations": [citation]});
    let post = json!({
        "source": "b", "kind": "HOLDS_POST_AT", "target": "a", "role": name, "key": "k", "citations": [citation],
        "since": "1999-12", "until": "20XX",
    });
    snapshot(vec![
        Change::UpsertDocument(serde_json::from_value(document).unwrap()),
        Change::UpsertEntity(serde_json::from_value(university).unwrap()),
        Change::UpsertEntity(serde_json::from_value(person).unwrap()),
        Change::UpsertRelationship(serde_json::from_value(post).unwrap()),
    ])
}

/// What no XML file may hold is replaced; nothing else changes.
fn in_xml(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// The texts below elements of this name and the values of its attributes, as an XML reader gives them.
fn xml(document: &str) -> (Vec<String>, Vec<String>) {
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_end_names = true;
    let (mut texts, mut values, mut text, mut depth) = (Vec::new(), Vec::new(), String::new(), 0_usize);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                depth += 1;
                text.clear();
                values.extend(
                    start
                        .attributes()
                        .map(|one| one.unwrap().normalized_value(XmlVersion::Explicit1_0).unwrap().into_owned()),
                );
            }
            Event::Empty(start) => {
                values.extend(
                    start
                        .attributes()
                        .map(|one| one.unwrap().normalized_value(XmlVersion::Explicit1_0).unwrap().into_owned()),
                );
            }
            Event::End(_) => {
                depth -= 1;
                texts.push(std::mem::take(&mut text));
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(reference) => {
                let named = reference.resolve_char_ref().unwrap().map(String::from);
                let name: &str = &reference;
                text.push_str(&named.unwrap_or_else(|| {
                    quick_xml::escape::resolve_xml_entity(name).expect("no entity but XML's own").to_owned()
                }));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "an element is not closed");
    (texts, values)
}

fn holds(found: &[String], wanted: &str) {
    assert!(found.iter().any(|text| text == wanted), "{wanted:?} is not among {found:?}");
}

/// The cells of each row of a table of the CSV export.
fn csv(world: &Arc<Snapshot>, table: &str) -> Vec<Vec<String>> {
    let zip = bytes(world, "csv", &[]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    let mut content = Vec::new();
    archive.by_name(table).unwrap().read_to_end(&mut content).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&content[..]);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The strings in quotes of a DOT file as Graphviz' scanner has them, checked to be balanced.
fn dot(document: &str) -> Vec<String> {
    let (mut strings, mut characters, mut brackets) = (Vec::new(), document.chars(), 0_i32);
    while let Some(character) = characters.next() {
        match character {
            '[' | '{' => brackets += 1,
            ']' | '}' => brackets -= 1,
            '"' => {
                let mut string = String::new();
                loop {
                    match characters.next().expect("a string ends") {
                        '"' => break,
                        '\\' => string.push(characters.next().expect("a string ends")),
                        other => string.push(other),
                    }
                }
                strings.push(string);
            }
            other => assert!(other.is_ascii(), "{other:?} stands outside quotes"),
        }
    }
    assert_eq!(brackets, 0);
    strings
}

fn check(name: &str, prose: &str) {
    let world = world(name, prose);
    // The model trims what it is given.
    let (name, prose) = (name.trim(), prose.trim());

    let (texts, _) = xml(&text(&world, "graphml", &[]));
    holds(&texts, &in_xml(name));
    holds(&texts, &in_xml(prose));
    let (_, values) = xml(&text(&world, "gexf", &[]));
    holds(&values, &in_xml(name));
    holds(&values, &in_xml(prose));

    let node_link: Value = serde_json::from_str(&text(&world, "node-link", &[])).unwrap();
    assert_eq!(node_link["nodes"][0]["name"], name);
    assert_eq!(node_link["edges"][0]["citations"][0]["note"], prose);
    let cytoscape: Value = serde_json::from_str(&text(&world, "cytoscape", &[])).unwrap();
    assert_eq!(cytoscape["elements"]["nodes"][1]["data"]["name"], name);
    assert_eq!(cytoscape["elements"]["edges"][0]["data"]["role"], name);

    for table in ["nodes.csv", "edges.csv", "documents.csv"] {
        for cell in csv(&world, table).iter().flatten() {
            let is_number = cell.parse::<f64>().is_ok();
            assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "a formula: {cell:?}");
        }
    }
    let role = &csv(&world, "edges.csv")[1][4];
    assert_eq!(role.strip_prefix('\'').unwrap_or(role), name);

    let strings = dot(&text(&world, "dot", &[]));
    holds(&strings, &name.replace('&', "&amp;"));
    holds(&strings, prose);

    let property = NamedNode::new("https://schema.org/description").unwrap();
    let said = |triple: oxrdf::Triple| match triple.object {
        Term::Literal(literal) if triple.predicate == property => Some(literal.value().to_owned()),
        _ => None,
    };
    let turtle = text(&world, "turtle", &[]);
    let descriptions: Vec<_> = oxttl::TurtleParser::new().for_slice(turtle.as_bytes()).map(Result::unwrap).collect();
    let statements = descriptions.len();
    assert_eq!(descriptions.into_iter().filter_map(said).collect::<Vec<_>>(), [prose]);
    let quads = text(&world, "nquads", &[]);
    assert_eq!(oxttl::NQuadsParser::new().for_slice(quads.as_bytes()).map(Result::unwrap).count(), statements);
    let json_ld = text(&world, "jsonld", &[]);
    let parsed = oxjsonld::JsonLdParser::new().for_slice(json_ld.as_bytes()).map(Result::unwrap);
    assert_eq!(parsed.filter_map(|quad| said(quad.into())).collect::<Vec<_>>(), [prose]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_breaks_a_format(name in line(), prose in prose()) {
        check(&name, &prose);
    }
}

#[test]
fn each_nasty_text_alone_and_the_longest_break_no_format() {
    for nasty in NASTY {
        check(nasty, &format!("{nasty}\n{nasty}"));
    }
    check(&"é\"".repeat(LINE_LIMIT / 2), &"<\\&\n".repeat(PROSE_LIMIT / 4));
}
