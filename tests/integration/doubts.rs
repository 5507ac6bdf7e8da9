//! What `check` warns of: probably a mistake, and no reason to refuse a folder.

use consortia::dataset::{self, File, Files};
use consortia::knowledge;
use consortia::model::edtf::day_of;

const WHO: &str = r#"
[[hospital]]
id = "a-hospital"
name = "City Hospital"
country = "AT"
identifiers = ["ROR:007mrxy13"]

[[hospital]]
id = "b-hospital"
name = "CITY  hospital"
country = "AT"
names = [{ text = "Stadtspital", language = "german" }]

[[university]]
id = "uni"
name = "Example University"
identifiers = ["ROR:007mrxy13"]

[[consortium]]
id = "alliance"
name = "Example Alliance"

[[event]]
id = "forum"
name = "Example Forum"
since = "2022-11-15"
until = "2022-11-15"

[[event]]
id = "open-day"
name = "Open day"
since = "2022-05"
"#;

const SAYS: &str = r#"
[document]
id = "report"
title = "Report"
published = "2023-01-06"

[[mention]]
entity = "a-hospital"
locator = "paragraph 1"

[[mention]]
entity = "b-hospital"
locator = "paragraph 1"

[[mention]]
entity = "uni"
locator = "paragraph 1"

[[mention]]
entity = "alliance"
strength = "INFERRED"
locator = "paragraph 1"
note = "Named as the body only."

[[mention]]
entity = "forum"
locator = "paragraph 1"

[[mention]]
entity = "open-day"
"#;

fn doubts(relationships: &str, today: &str) -> Vec<String> {
    let file = |path: &str, text: String| File { path: path.into(), text };
    let files =
        [file("authority/all.toml", WHO.into()), file("documents/report.toml", format!("{SAYS}{relationships}"))];
    let reading = dataset::read(&Files::from_iter(files));
    assert_eq!(reading.violations.to_string(), "");
    let found = dataset::doubts(&reading, day_of(format!("{today}T00:00:00Z").parse().unwrap()));
    assert_eq!(knowledge::check(reading.changes, reading.origins).to_string(), "");
    found.0.iter().map(ToString::to_string).collect()
}

/// What is doubtful without any relationship.
const ALWAYS: [&str; 5] = [
    "authority/all.toml:8:1: b-hospital: language: \"german\" is not the tag of a language; write the code of ISO 639, such as en, zh or zh-Hant",
    "authority/all.toml:8:1: b-hospital: name: \"a-hospital\" has this name and country too; make the two one entity, correct one of them, or say in a [[decision]] whether they are the same",
    "authority/all.toml:14:1: uni: identifiers: \"a-hospital\" has ROR:007mrxy13 too; make the two one entity, correct one of them, or say in a [[decision]] whether they are the same",
    "authority/all.toml:29:1: open-day: locator: a citation of \"report\" has no locator; say where it stands, such as \"paragraph 3\"",
    "authority/all.toml:29:1: open-day: until: an event has one of since and until; give its date in both",
];

fn row(text: &str) -> String {
    format!("\n[[relationship]]\n{text}\n")
}

#[test]
fn entities_that_share_what_only_one_has_are_doubted() {
    assert_eq!(doubts("", "2026-01-01"), ALWAYS);
}

#[test]
fn somebody_who_decided_is_not_asked_again() {
    let decided = "[[decision]]\none = \"a-hospital\"\nother = \"b-hospital\"\nverdict = \"DIFFERENT\"\nby = \"Ada\"\n\
                   at = \"2026-01-01T00:00:00Z\"\nreason = \"two houses\"\n";
    let found = doubts(decided, "2026-01-01");
    assert!(found.iter().all(|doubt| !doubt.contains("this name and country")), "{found:?}");
}

#[test]
fn each_doubtful_relationship_is_told_and_its_sound_sibling_is_not() {
    for (sound, doubtful, told) in [
        (
            "source = \"uni\"\nkind = \"MEMBER_OF\"\ntarget = \"alliance\"\nlocator = \"p1\"\nstrength = \"INFERRED\"\nnote = \"It says a body.\"",
            "source = \"uni\"\nkind = \"MEMBER_OF\"\ntarget = \"alliance\"\nlocator = \"p1\"",
            "uni:member-of:alliance: strength: it is STATED by \"report\", where \"alliance\" is mentioned only as INFERRED",
        ),
        (
            "source = \"uni\"\nkind = \"COLLABORATES_WITH\"\ntarget = \"a-hospital\"\nlocator = \"p1\"\nsince = \"2021\"\nuntil = \"2021\"",
            "source = \"uni\"\nkind = \"COLLABORATES_WITH\"\ntarget = \"a-hospital\"\nlocator = \"p1\"\nsince = \"2021-03-01\"\nuntil = \"2021-03-01\"",
            "ends on the day it begins",
        ),
        (
            "source = \"uni\"\nkind = \"HOSTED\"\ntarget = \"forum\"\nlocator = \"p1\"\nsince = \"2022-11\"\nuntil = \"2022-11\"",
            "source = \"uni\"\nkind = \"HOSTED\"\ntarget = \"forum\"\nlocator = \"p1\"\nsince = \"2021-11-15\"\nuntil = \"2021-11-15\"",
            "uni:hosted:forum: since: its dates are not those of \"forum\" (2022-11-15); correct one of the two",
        ),
        (
            "source = \"uni\"\nkind = \"COLLABORATES_WITH\"\ntarget = \"a-hospital\"\nrole = \"planned\"\nlocator = \"p1\"\nsince = \"2024\"",
            "source = \"uni\"\nkind = \"COLLABORATES_WITH\"\ntarget = \"a-hospital\"\nlocator = \"p1\"\nsince = \"2024\"",
            "since: it begins 2024, after \"report\" was published (2023-01-06)",
        ),
        (
            "source = \"uni\"\nkind = \"COLLABORATES_WITH\"\ntarget = \"a-hospital\"\nlocator = \"p1\"",
            "source = \"uni\"\nkind = \"COLLABORATES_WITH\"\ntarget = \"a-hospital\"",
            "uni:collaborates-with:a-hospital: locator: a citation of \"report\" has no locator",
        ),
    ] {
        assert_eq!(doubts(&row(sound), "2026-01-01"), ALWAYS, "{sound}");
        let found = doubts(&row(doubtful), "2026-01-01");
        assert_eq!(found.len(), ALWAYS.len() + 1, "{doubtful}: {found:?}");
        assert!(found.iter().any(|doubt| doubt.contains(told)), "{doubtful}: {found:?}");
    }
}

#[test]
fn a_document_of_the_future_is_doubted_until_its_day_comes() {
    let is_told =
        |today| doubts("", today).iter().any(|doubt| doubt.contains("published: 2023-01-06 has not come yet"));
    assert!(is_told("2023-01-05"));
    assert!(!is_told("2023-01-06"));
}

#[test]
fn the_curated_data_leaves_no_doubt() {
    let reading = dataset::read(&Files::embedded());
    assert_eq!(dataset::doubts(&reading, day_of("2026-01-01T00:00:00Z".parse().unwrap())).to_string(), "");
}
