//! What differs stays apart: two rows or documents that give a relationship other dates, or that say for whom somebody
//! acted, make two relationships, and no citation stands for what its record does not say.

use std::collections::{BTreeMap, BTreeSet};

use consortia::import::source::Limits;
use consortia::import::{Contribution, Options};
use consortia::knowledge::contribution::{Extent, Tally, propose};
use consortia::model::relationship::Relationship;
use proptest::prelude::*;

use super::{World, counts, read_with};

fn table(document: &str, texts: &[&str]) -> Contribution {
    let folder = tempfile::tempdir().unwrap();
    let write = |(number, text): (usize, &&str)| {
        let path = folder.path().join(format!("{document}-{number}.csv"));
        std::fs::write(&path, text).unwrap();
        path
    };
    let files: Vec<_> = texts.iter().enumerate().map(write).collect();
    let record = serde_json::from_value(serde_json::json!({"id": document, "title": document})).unwrap();
    read_with("csv", &files, &Options { document: Some(record), ..Options::default() }, &Limits::default()).unwrap()
}

const ENTITIES: &str = "id,kind,name\nu,UNIVERSITY,U\nc,CONSORTIUM,C\np,PERSON,P\nag,AGREEMENT,Ag\no-a,UNIVERSITY,O A\no-b,UNIVERSITY,O B\n";
const HEADER: &str = "source,kind,target,role,on_behalf_of,since,until\n";

/// A world of the entities, and then of each document with its rows.
fn world(documents: &[(&str, &[&str])]) -> World {
    let mut world = World::default();
    assert_eq!(world.land(table("entities", &[ENTITIES])).refused, []);
    for (document, rows) in documents {
        let proposal = world.land(table(document, &[&format!("{HEADER}{}\n", rows.join("\n"))]));
        assert_eq!(proposal.refused, []);
    }
    world
}

/// Each relationship as one line: its id, what it states, and who says so.
fn told(world: &World) -> Vec<String> {
    let line = |value: &Relationship| {
        let cited: Vec<String> = value.citations.iter().map(|citation| citation.document.to_string()).collect();
        format!("{}: {} [{}]", value.id(), value.circumstances(), cited.join(" "))
    };
    world.0.relationships.iter().map(|relationship| line(&relationship.value)).collect()
}

#[test]
fn a_second_period_is_a_second_relationship_whatever_the_order() {
    let (first, second) = ("u,MEMBER_OF,c,partner,,2001,2005", "u,MEMBER_OF,c,partner,,2010,");
    let expected = [
        "u:member-of:c:partner-since-2001-until-2005: since 2001, until 2005 [d]",
        "u:member-of:c:partner-since-2010: since 2010 [d]",
    ];
    assert_eq!(told(&world(&[("d", &[first, second])])), expected);
    assert_eq!(told(&world(&[("d", &[second, first])])), expected);
    let two = world(&[("da", &[first]), ("db", &[second])]);
    assert_eq!(told(&two), told(&world(&[("db", &[second]), ("da", &[first])])), "nor of the imports");
    assert_eq!(two.relationships(), world(&[("d", &[first, second])]).relationships());
    assert_eq!(
        told(&two),
        [
            "u:member-of:c:partner-since-2001-until-2005: since 2001, until 2005 [da]",
            "u:member-of:c:partner-since-2010: since 2010 [db]",
        ]
    );
    let alone = world(&[("da", &[first]), ("db", &[first])]);
    assert_eq!(told(&alone), ["u:member-of:c:partner: since 2001, until 2005 [da db]"], "what agrees is one");
}

#[test]
fn whom_somebody_stood_for_and_what_has_no_date_stay_apart() {
    let behalf = world(&[("d", &["p,SIGNED,ag,President,o-a,2001-01-01,", "p,SIGNED,ag,President,o-b,2001-01-01,"])]);
    assert_eq!(
        told(&behalf),
        [
            "p:signed:ag:president-since-2001-01-01-for-o-a: since 2001-01-01, for \"o-a\" [d]",
            "p:signed:ag:president-since-2001-01-01-for-o-b: since 2001-01-01, for \"o-b\" [d]",
        ]
    );
    let (undated, dated) = ("u,MEMBER_OF,c,partner,,,", "u,MEMBER_OF,c,partner,,2010,");
    let expected = ["u:member-of:c:partner: undated [da]", "u:member-of:c:partner-since-2010: since 2010 [db]"];
    assert_eq!(told(&world(&[("da", &[undated]), ("db", &[dated])])), expected);
    assert_eq!(told(&world(&[("db", &[dated]), ("da", &[undated])])), expected);
    let roles = world(&[("d", &["p,HOLDS_POST_AT,u,校长,,,", "p,HOLDS_POST_AT,u,xiao zhang,,,"])]);
    assert_eq!(roles.relationships().len(), 2, "a role that only reads alike is another");
    let ways = ["u,COLLABORATES_WITH,o-a,,,2001,", "o-a,COLLABORATES_WITH,u,,,2010,"];
    let back: Vec<&str> = ways.into_iter().rev().collect();
    let expected =
        ["o-a:collaborates-with:u:since-2001: since 2001 [d]", "o-a:collaborates-with:u:since-2010: since 2010 [d]"];
    assert_eq!(told(&world(&[("d", &ways)])), expected);
    assert_eq!(told(&world(&[("d", &back)])), expected);
}

#[test]
fn a_new_edition_brings_its_dates_and_takes_the_old_ones_away() {
    let mut world = world(&[("da", &["u,MEMBER_OF,c,partner,,,"]), ("db", &["u,MEMBER_OF,c,partner,,2010,"])]);
    let edition = |rows: &str| table("db", &[&format!("{HEADER}{rows}\n")]);
    let proposal = world.land(edition("u,MEMBER_OF,c,partner,,2010,2015"));
    assert_eq!(counts(&proposal), [1, 0, 1, 1, 0]);
    assert_eq!(
        told(&world),
        [
            "u:member-of:c:partner: undated [da]",
            "u:member-of:c:partner-since-2010-until-2015: since 2010, until 2015 [db]"
        ]
    );
    assert!(world.land(edition("u,MEMBER_OF,c,partner,,2010,2015")).changes.is_empty());
    world.land(table("da", &[ENTITIES, &format!("{HEADER}u,PARTY_TO,ag,,,,\n")]));
    assert_eq!(world.relationships(), ["u:member-of:c:partner-since-2010-until-2015", "u:party-to:ag"]);
}

#[test]
fn a_key_that_somebody_chose_stays_and_takes_the_citation_of_who_agrees() {
    let mut world = World::default();
    world.land(table("entities", &[ENTITIES]));
    let header = HEADER.replace("role,", "role,key,");
    let rows = "p,HOLDS_POST_AT,u,President,first-term,,2001,2005\np,HOLDS_POST_AT,u,President,second-term,,2010,\n";
    world.land(table("curated", &[&format!("{header}{rows}")]));
    world.land(table("other", &[&format!("{HEADER}p,HOLDS_POST_AT,u,president,,2010,\n")]));
    assert_eq!(
        told(&world),
        [
            "p:holds-post-at:u:first-term: since 2001, until 2005 [curated]",
            "p:holds-post-at:u:second-term: since 2010 [curated other]",
        ]
    );
}

#[test]
fn a_part_of_a_document_adds_and_takes_nothing_away() {
    let mut world = world(&[("d", &["u,MEMBER_OF,c,partner,,2001,2005"])]);
    let part = table("d", &[&format!("{HEADER}u,MEMBER_OF,c,partner,,2010,\n")]);
    let proposal = propose(&world.0, part, Extent::Part);
    assert_eq!(proposal.notes.len(), 1, "{:?}", proposal.notes);
    let note = proposal.notes[0].to_string();
    assert!(
        note.contains("d-0.csv:2:1: u:member-of:c:partner: it is since 2010 here, and since 2001, until 2005"),
        "{note}"
    );
    world.apply(&proposal);
    assert_eq!(world.relationships().len(), 2);
}

fn row() -> impl Strategy<Value = (String, String)> {
    let date = || prop_oneof![Just(""), Just("2001"), Just("2005"), Just("2001?"), Just("2001/2003")];
    let role = prop_oneof![Just(""), Just("partner"), Just("Partner"), Just("校长")];
    let behalf = prop_oneof![3 => Just(""), 1 => Just("o-a"), 1 => Just("o-b")];
    let kind = prop_oneof![Just("u,MEMBER_OF,c"), Just("u,COLLABORATES_WITH,o-a"), Just("o-a,COLLABORATES_WITH,u")];
    let rest = (kind, role, behalf, date(), date());
    let row = rest.prop_filter_map("a period ends after it begins", |(kind, role, behalf, since, until)| {
        let is_turned = since == "2005" && !until.is_empty() && until != "2005";
        (!is_turned).then(|| format!("{kind},{role},{behalf},{since},{until}"))
    });
    (row, prop_oneof![Just("da".to_owned()), Just("db".to_owned())])
}

fn of(rows: &[(String, String)], document: &str) -> Vec<String> {
    rows.iter().filter(|(_, of)| of == document).map(|(row, _)| row.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_row_stands_and_every_citation_says_what_it_is_cited_for(
        (rows, shuffled) in prop::collection::vec(row(), 1..8).prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let ids = |order: [&str; 2], rows: &[(String, String)]| {
            let texts = order.map(|document| (document, of(rows, document)));
            let texts: Vec<(&str, Vec<&str>)> =
                texts.iter().map(|(document, rows)| (*document, rows.iter().map(String::as_str).collect())).collect();
            let documents: Vec<(&str, &[&str])> =
                texts.iter().filter(|(_, rows)| !rows.is_empty()).map(|(document, rows)| (*document, rows.as_slice())).collect();
            world(&documents)
        };
        let one = ids(["da", "db"], &rows);
        let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (document, line, row) in ["da", "db"].into_iter().flat_map(|document| {
            of(&rows, document).into_iter().enumerate().map(move |(at, row)| (document, at + 2, row))
        }) {
            said.entry(format!("{document} line {line}")).or_default().insert(row);
        }
        let mut cited = 0;
        for relationship in &one.0.relationships {
            for citation in &relationship.citations {
                let place = format!("{} {}", citation.document, citation.locator.as_deref().unwrap());
                let row = said[&place].first().unwrap().clone();
                let cells: Vec<&str> = row.split(',').collect();
                let date = |date: &Option<consortia::model::edtf::EdtfDate>| date.as_ref().map_or("", |date| date.as_str()).to_owned();
                prop_assert_eq!(cells[3].to_lowercase(), relationship.role.as_deref().unwrap_or("").to_lowercase());
                prop_assert_eq!(cells[4], relationship.on_behalf_of.as_ref().map_or("", |id| id.as_str()));
                prop_assert_eq!(cells[5], date(&relationship.since));
                prop_assert_eq!(cells[6], date(&relationship.until));
                cited += 1;
            }
        }
        prop_assert_eq!(cited, rows.len(), "every row is cited once");
        // Neither the order of the rows nor that of the imports makes a difference, but for which way round things stand.
        if rows.iter().all(|(row, _)| row.starts_with("u,MEMBER_OF")) {
            let other = ids(["db", "da"], &shuffled);
            prop_assert_eq!(other.relationships(), one.relationships());
        }
    }

    #[test]
    fn every_row_is_counted_once(
        rows in prop::collection::vec(prop_oneof![Just("good"), Just("known"), Just("wrong"), Just("short")], 1..12),
    ) {
        let mut world = World::default();
        let known: String = (0..rows.len()).map(|at| format!("known-{at},UNIVERSITY,Known {at}\n")).collect();
        world.land(table("doc", &[&format!("id,kind,name\n{known}")]));
        let mut expected = Tally { read: rows.len(), ..Tally::default() };
        let mut text = "id,kind,name\n".to_owned();
        for (at, row) in rows.iter().enumerate() {
            let (counter, line) = match *row {
                "good" => (&mut expected.taken, format!("good-{at},UNIVERSITY,Good {at}\n")),
                // The locator is the line, which is the same as before.
                "known" => (&mut expected.unchanged, format!("known-{at},UNIVERSITY,Known {at}\n")),
                "wrong" => (&mut expected.refused, format!("wrong-{at},CASTLE,Wrong\n")),
                _ => (&mut expected.refused, format!("short-{at},UNIVERSITY\n")),
            };
            *counter += 1;
            text.push_str(&line);
        }
        let tally = world.propose(table("doc", &[&text])).tally;
        prop_assert_eq!(tally, expected);
        prop_assert_eq!(tally.read, tally.taken + tally.unchanged + tally.passed_over + tally.refused);
    }
}
