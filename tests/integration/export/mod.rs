//! Export: a small world in every format against a file that was read by a person, hostile texts read back by other
//! readers, and the same parts of the graph as GraphQL gives. Readers of other languages are in tests/foreign.

mod hostile;
mod parts;
mod projection;
mod transports;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use consortia::api::executor::{Deadline, Refusal};
use consortia::api::export::{Export, prepare};
use consortia::api::limits::Limits;
use consortia::dataset::{self, Files};
use consortia::export::FORMATS;
use consortia::knowledge::{Snapshot, snapshot_of};
use consortia::model::change::{Change, ChangeSet, OperationId};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn snapshot(changes: Vec<Change>) -> Arc<Snapshot> {
    let set = ChangeSet {
        operation: OperationId::new("fill").unwrap(),
        author: "test".into(),
        message: "test".into(),
        time: "2024-01-01T00:00:00Z".parse().unwrap(),
        changes,
        origins: Vec::new(),
    };
    Arc::new(snapshot_of(set).unwrap())
}

fn small_world() -> Arc<Snapshot> {
    let reading = dataset::read(&Files::open(&project("tests/worlds/small")));
    assert_eq!(reading.violations.to_string(), "");
    snapshot(reading.changes)
}

fn exported(snapshot: &Arc<Snapshot>, format: &str, parameters: &[(&str, &str)]) -> Result<Export, Refusal> {
    let parameters: Vec<_> = parameters.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let deadline = Deadline::new(Duration::from_secs(600));
    prepare(snapshot, Limits::default(), format, &parameters, &deadline)
}

/// An export as one stream of bytes.
fn bytes(snapshot: &Arc<Snapshot>, format: &str, parameters: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    exported(snapshot, format, parameters).unwrap().write(&mut bytes).unwrap();
    bytes
}

/// An export of one file as text.
fn text(snapshot: &Arc<Snapshot>, format: &str, parameters: &[(&str, &str)]) -> String {
    String::from_utf8(bytes(snapshot, format, parameters)).unwrap()
}

/// The files of an export into a folder, sorted by path.
fn files(snapshot: &Arc<Snapshot>, format: &str, parameters: &[(&str, &str)]) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    exported(snapshot, format, parameters).unwrap().write_folder(folder.path().to_owned()).unwrap();
    let mut files = Vec::new();
    let mut folders = vec![folder.path().to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned();
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_small_world_is_written_as_expected_in_every_format() {
    let world = small_world();
    let mut failures = Vec::new();
    let mut check = |name: &str, found: &str| {
        let path = project("tests/exports").join(name);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, found).unwrap();
        }
        if std::fs::read_to_string(&path).unwrap_or_default() != found {
            failures.push(format!("== {name}\n{found}"));
        }
    };
    for format in FORMATS {
        let spec = format.spec();
        if spec.is_several_files {
            for (path, found) in files(&world, spec.name, &[]) {
                check(&format!("small.{}/{path}", spec.name), &found);
            }
        } else {
            check(&format!("small.{}", spec.ending), &text(&world, spec.name, &[]));
        }
    }
    check("around.gexf", &text(&world, "gexf", &[("around", "forum-2022"), ("layout", "circular")]));
    check("around.dot", &text(&world, "dot", &[("around", "forum-2022"), ("layout", "circular")]));
    check("around.cyjs", &text(&world, "cytoscape", &[("around", "forum-2022"), ("layout", "circular")]));
    assert!(failures.is_empty(), "run UPDATE_EXPECT=1 cargo test and read the diff\n{}", failures.join("\n"));
}

#[test]
fn an_export_asked_for_twice_gives_the_same_bytes() {
    let world = crate::support::curated_snapshot();
    for format in FORMATS {
        let name = format.name();
        assert!(bytes(&world, name, &[]) == bytes(&world, name, &[]), "{name}");
        let network = [("around", "tsinghua-university"), ("depth", "2")];
        assert!(bytes(&world, name, &network) == bytes(&world, name, &network), "{name}");
    }
}

#[test]
fn the_documentation_names_every_format_and_what_it_loses() {
    let documentation = std::fs::read_to_string(project("docs/exporting.md")).unwrap();
    for format in FORMATS {
        let spec = format.spec();
        let row = documentation.lines().find(|line| line.starts_with(&format!("| `{}` |", spec.name)));
        let row = row.unwrap_or_else(|| panic!("docs/exporting.md has no row for {}", spec.name));
        assert!(row.contains(spec.media_type) && row.contains(spec.lost), "{row}");
    }
    for parameter in consortia::api::export::PARAMETERS {
        assert!(documentation.contains(&format!("`{parameter}`")), "docs/exporting.md does not name {parameter}");
    }
}
