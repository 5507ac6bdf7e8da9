//! data/ to changes and back, and every violation with its place.

use std::fs;
use std::path::{Path, PathBuf};

use consortia::dataset::{self, File, Files};
use consortia::knowledge;
use consortia::model::change::{Change, ChangeSet, Entry, Hash, OperationId};
use consortia::model::state::State;
use proptest::prelude::*;

use crate::history::arbitrary;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The state that the changes of a dataset make of nothing.
fn state_of(changes: Vec<Change>) -> State {
    let set = ChangeSet {
        operation: OperationId::new("fill").unwrap(),
        author: "test".into(),
        message: "test".into(),
        time: "2024-01-01T00:00:00Z".parse().unwrap(),
        changes,
        origins: Vec::new(),
    };
    knowledge::apply(&State::default(), &Entry { revision: 1, previous: Hash::ZERO, set }).unwrap().0
}

/// Writes a state as files and reads them back.
fn through_files(state: &State) -> (Vec<(String, String)>, dataset::Reading) {
    let written = dataset::write(state);
    let files =
        written.iter().map(|(path, text)| File { path: path.as_str().into(), text: text.clone() }).collect::<Files>();
    (written, dataset::read(&files))
}

fn changes_of(state: &State) -> Vec<Change> {
    let documents = state.documents.iter().map(|document| Change::UpsertDocument(document.value.clone()));
    let entities = state.entities.iter().map(|entity| Change::UpsertEntity(entity.value.clone()));
    let relationships = state.relationships.iter().map(|one| Change::UpsertRelationship(one.value.clone()));
    documents.chain(entities).chain(relationships).collect()
}

#[test]
fn every_world_breaks_the_rules_it_says_and_no_other() {
    let mut failures = Vec::new();
    let mut worlds: Vec<_> =
        fs::read_dir(project("tests/worlds")).unwrap().map(|entry| entry.unwrap().path()).collect();
    worlds.sort();
    for world in &worlds {
        let expected = fs::read_to_string(world.join("expected.txt")).unwrap_or_default();
        let reading = dataset::read(&Files::open(world));
        let found = reading.violations.to_string();
        if found.trim() != expected.trim() {
            failures.push(format!("== {}\nexpected:\n{expected}\nfound:\n{found}\n", world.display()));
        }
        if expected.is_empty() {
            assert_eq!(knowledge::check(reading.changes, reading.origins).to_string(), "", "{}", world.display());
        }
    }
    assert!(worlds.len() > 10, "the worlds are there");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_curated_data_is_valid_and_what_the_program_carries() {
    let embedded = Files::embedded();
    let reading = dataset::read(&embedded);
    assert_eq!(reading.violations.to_string(), "");
    assert_eq!(knowledge::check(reading.changes, reading.origins).to_string(), "");
    let on_disk: Vec<File> = Files::open(&project("data")).iter().cloned().collect();
    assert_eq!(embedded.iter().cloned().collect::<Vec<_>>(), on_disk);
}

#[test]
fn the_curated_data_written_and_read_again_is_the_same() {
    for files in [Files::embedded(), Files::open(&project("tests/worlds/small"))] {
        let changes = dataset::read(&files).changes;
        let (written, again) = through_files(&state_of(changes.clone()));
        assert_eq!(again.violations.to_string(), "");
        assert_eq!(again.changes, changes);
        assert_eq!(through_files(&state_of(again.changes)).0, written);
    }
}

#[test]
fn the_small_world_says_what_it_says() {
    let reading = dataset::read(&Files::open(&project("tests/worlds/small")));
    let state = state_of(reading.changes);
    assert_eq!((state.documents.len(), state.entities.len(), state.relationships.len()), (2, 8, 6));
    let founded = state.relationship("sichuan-university:founded:health-consortium").unwrap();
    let documents: Vec<&str> = founded.citations.iter().map(|citation| citation.document.as_str()).collect();
    assert_eq!(documents, ["forum-report", "other-report"]);
    assert_eq!(founded.since.as_ref().unwrap().as_str(), "2016");
    assert_eq!(state.entity("sichuan-university").unwrap().citations.len(), 2);
    assert_eq!(state.entity("forum-2022").unwrap().figures[0].at_most.as_ref().unwrap().as_str(), "19");
    let signed = state.relationship("ada-example:signed:forum-agreement").unwrap();
    assert_eq!(signed.on_behalf_of.as_ref().unwrap().as_str(), "university-of-oxford");
    let origins = reading.origins;
    let place = origins[2 + 1].as_ref().unwrap();
    assert_eq!(place.to_string(), "authority/others.toml:5:1", "forum-2022 sorts behind ada-example");
}

#[test]
fn numbers_are_what_the_file_says_however_long() {
    let head = "[document]\nid = \"d\"\ntitle = \"D\"\n[[mention]]\nentity = \"u\"\n[[university]]\nid = \"u\"\nname = \"U\"\n";
    let figure = |bounds: &str| format!("{head}[[figure]]\nentity = \"u\"\nlabel = \"l\"\nvalue = \"v\"\n{bounds}\n");
    let read = |bounds: &str| dataset::read(&Files::from_iter([File { path: "d.toml".into(), text: figure(bounds) }]));
    for (written, expected) in [
        ("8000000000", "8000000000"),
        ("8_000_000_000", "8000000000"),
        ("1.49", "1.49"),
        ("1.490", "1.490"),
        ("0.1", "0.1"),
        ("-0.5", "-0.5"),
        ("12345678901234567890.123", "12345678901234567890.123"),
        ("99999999999999999999", "99999999999999999999"),
        ("\"2.50\"", "2.50"),
        ("0x10", "16"),
    ] {
        let reading = read(&format!("at_least = {written}"));
        assert_eq!(reading.violations.to_string(), "", "{written}");
        let state = state_of(reading.changes);
        assert_eq!(state.entity("u").unwrap().figures[0].at_least.as_ref().unwrap().as_str(), expected);
        let (_, again) = through_files(&state);
        assert_eq!(state_of(again.changes).entities, state.entities, "{written}");
    }
    for (written, expected) in [
        ("at_least = 1e3", "d.toml:13:12: u: at_least: \"1e3\" is not a valid decimal number; write digits"),
        ("at_least = nan", "is not a valid decimal number"),
        ("at_least = true", "it is true or false where a number belongs"),
        ("at_least = 1.5\nat_most = 1.49", "it is at least 1.5 and at most 1.49"),
    ] {
        let violations = read(written).violations.to_string();
        assert!(violations.contains(expected), "{written}: {violations}");
    }
}

#[test]
fn a_document_is_not_cited_for_what_only_another_gives() {
    let document = |id: &str, row: &str| File {
        path: format!("{id}.toml").into(),
        text: format!(
            "[document]\nid = \"{id}\"\ntitle = \"D\"\n[[relationship]]\nsource = \"u\"\nkind = \"FOUNDED\"\ntarget = \"c\"\n{row}\n"
        ),
    };
    let who = File {
        path: "a.toml".into(),
        text: "[document]\nid = \"a\"\ntitle = \"A\"\n[[mention]]\nentity = \"u\"\n[[mention]]\nentity = \"c\"\n\
               [[university]]\nid = \"u\"\nname = \"U\"\n[[consortium]]\nid = \"c\"\nname = \"C\"\n"
            .to_owned(),
    };
    let told = |one: &str, other: &str| {
        dataset::read(&Files::from_iter([who.clone(), document("one", one), document("two", other)]))
            .violations
            .to_string()
    };
    assert_eq!(told("since = \"2016\"", "since = \"2016\""), "");
    assert_eq!(told("since = \"2016\"\nkey = \"dated\"", ""), "");
    let lacking = told("since = \"2016\"", "");
    assert!(
        lacking.starts_with("two.toml:4:1: u:founded:c: since: this document does not give it, and it is given at one.toml:8:9; give it here too"),
        "{lacking}"
    );
    assert_eq!(told("since = \"2016\"", "until = \"2017\"").lines().count(), 2);
}

#[test]
fn what_is_written_can_be_read_by_a_person() {
    let state = state_of(dataset::read(&Files::open(&project("tests/worlds/small"))).changes);
    let written = dataset::write(&state);
    let paths: Vec<&str> = written.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "authority/agreement.toml",
            "authority/consortium.toml",
            "authority/event.toml",
            "authority/hospital.toml",
            "authority/person.toml",
            "authority/topic.toml",
            "authority/university.toml",
            "documents/forum-report.toml",
            "documents/other-report.toml",
        ]
    );
    assert!(written[6].1.starts_with(
        r#"[[university]]
id = "sichuan-university"
name = "Sichuan University"
names = [
  { text = "SCU", kind = "ACRONYM" },
  { text = "四川大学", language = "zh" },
  { text = "Sichuang University", kind = "MISSPELLING" },
]
homepage = "https://www.scu.edu.cn"
country = "CN"
city = "Chengdu"
coordinates = { latitude = 30.63, longitude = 104.08 }
identifiers = ["ROR:011ashp19"]
since = "1896"

[[university]]
id = "university-of-oxford"
"#
    ));
    assert!(written[7].1.ends_with(
        r#"
[[relationship]]
source = "west-china-hospital"
kind = "AFFILIATED_WITH"
target = "sichuan-university"
strength = "INFERRED"
locator = "paragraph 2"
note = """
The report lists it below the university.
It does not say how the two are tied."""

[[figure]]
entity = "forum-2022"
label = "universities attending"
value = "nearly 20"
at_most = 19
as_of = "2022-11-15"
locator = "paragraph 1"
"#
    ));
}

#[test]
fn a_folder_that_cannot_be_read_is_a_violation_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let violations = |path: &Path| dataset::read(&Files::open(path)).violations.to_string();
    assert!(violations(&folder.path().join("nowhere")).contains("nowhere: it cannot be read"));
    assert!(violations(folder.path()).contains("holds no .toml file"));
    let file = folder.path().join("latin.toml");
    fs::write(&file, b"[[topic]]\nid = \"a\"\nname = \"caf\xe9\"\n").unwrap();
    assert!(violations(&file).contains("cannot be read"));
    let found = violations(folder.path());
    assert!(found.contains("latin.toml:3:12: here the file is not UTF-8"), "{found}");
    assert!(found.contains("no document mentions it"), "the rest of the file is read: {found}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_round_in_a_circle_or_nowhere_are_violations() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("authority")).unwrap();
    symlink(folder.path(), folder.path().join("authority/again")).unwrap();
    symlink(folder.path().join("missing"), folder.path().join("gone.toml")).unwrap();
    symlink(folder.path().join("missing"), folder.path().join(".hidden.toml")).unwrap();
    symlink("/dev/zero", folder.path().join("endless.toml")).unwrap();
    let mut found: Vec<String> = dataset::read(&Files::open(folder.path()))
        .violations
        .0
        .iter()
        .map(|violation| violation.subject.clone())
        .collect();
    found.sort();
    assert_eq!(found, ["authority/again", "endless.toml", "gone.toml"]);
}

#[test]
fn a_file_of_more_than_64_megabytes_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::File::create(folder.path().join("huge.toml")).unwrap().set_len((64 << 20) + 1).unwrap();
    let found = dataset::read(&Files::open(folder.path())).violations.to_string();
    assert!(found.contains("huge.toml: it is larger than 64 MB"), "{found}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_state_written_and_read_again_is_the_same(changes in arbitrary::world()) {
        let state = state_of(changes);
        let (written, again) = through_files(&state);
        prop_assert_eq!(again.violations.to_string(), "", "{:#?}", written);
        prop_assert_eq!(again.changes, changes_of(&state));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "(\\[\\[?(university|document|relationship|mention|figure)\\]\\]?\n|(id|name|source|kind|since|names|coordinates|at_most) ?= ?(\"[a-z]{0,3}\"|[0-9.e-]{1,9}|\\[|\\{|\"|'''|\\PC{0,3})\n|\\PC){0,20}") {
        let files: Files = [File { path: "x.toml".into(), text }].into_iter().collect();
        let reading = dataset::read(&files);
        prop_assert!(reading.violations.0.iter().all(|violation| violation.origin.is_some()));
    }
}
