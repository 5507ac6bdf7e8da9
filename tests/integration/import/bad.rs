//! Input that is damaged, hostile or wrong: each has an error that names the record, and nothing is half-written.

use std::io::Write;
use std::path::{Path, PathBuf};

use consortia::import::source::Limits;
use consortia::import::{Contribution, Options};
use consortia::model::violation::Violation;

use super::{World, read, read_with, sample};
use crate::support;

fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        archive.append_data(&mut header, name, *bytes).unwrap();
    }
    archive.into_inner().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn small(format: &str, bytes: &[u8], limits: &Limits) -> Result<Contribution, Violation> {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "input", bytes);
    let record = serde_json::from_value(serde_json::json!({"id": "doc", "title": "Doc"})).unwrap();
    let options = Options { document: Some(record), mapping: None, ..Options::default() };
    read_with(format, &[path], &options, limits)
}

#[test]
fn however_it_is_packed_the_same_is_read() {
    let xml = std::fs::read(sample("cordis-101000001.xml")).unwrap();
    let plain = World::default().propose(read("cordis", &[sample("cordis-101000001.xml")]).unwrap());
    let tarred = tar(&[("README.md", b"not a project"), ("a/101000001.xml", &xml)]);
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("project.xml.gz", gzip(&xml)),
        ("project.xml.zst", zstd::encode_all(&xml[..], 3).unwrap()),
        ("project.zip", zip(&[("a/b.xml", &xml)])),
        ("projects.tar", tarred.clone()),
        ("projects.tar.gz", gzip(&tarred)),
        // The name says nothing: the first bytes do.
        ("projects", zstd::encode_all(&tarred[..], 3).unwrap()),
    ] {
        let proposal = World::default().propose(read("cordis", &[file(folder.path(), name, &bytes)]).unwrap());
        assert_eq!(proposal.changes, plain.changes, "{name}");
        assert_eq!(proposal.refused, [], "{name}");
    }
}

#[test]
fn an_archive_that_breaks_off_is_an_error_wherever_it_is_cut() {
    let xml = std::fs::read(sample("cordis-101000001.xml")).unwrap();
    let tarred = tar(&[("1.xml", &xml), ("2.xml", &xml)]);
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("x.gz", gzip(&xml)),
        ("x.zst", zstd::encode_all(&xml[..], 3).unwrap()),
        ("x.zip", zip(&[("x.xml", &xml)])),
        ("x.tar", tarred.clone()),
        ("x.tar.gz", gzip(&tarred)),
    ] {
        for part in 1..8 {
            let cut = file(folder.path(), name, &bytes[..bytes.len() * part / 8]);
            let read = read("cordis", &[cut]);
            let told = read.is_err_and(|violation| violation.to_string().starts_with('x'));
            assert!(told, "{name} cut at {part}/8 is an error that names the member");
        }
    }
}

#[test]
fn json_that_breaks_off_or_is_none_is_an_error_with_its_line() {
    for (text, expected) in [
        ("[\n{\"id\": \"a\"},\n{\"id\": \"b", "input:3:1: the file breaks off"),
        ("[\n{\"id\": \"a\"},\n", "input:3:1: the file breaks off"),
        ("hello", "input:1:1: \"h\" stands where an object should begin"),
        ("[{}] {}", "input:1:1: \"{\" stands where an object should begin"),
        ("", "no record of this format"),
    ] {
        let error = small("ror", text.as_bytes(), &Limits::default()).unwrap_err().to_string();
        assert!(error.contains(expected), "{text:?} gives {error}");
    }
}

#[test]
fn other_encodings_than_utf_8_are_named() {
    let latin = b"id,kind,name\na,UNIVERSITY,Universit\xe9\n";
    let error = small("csv", latin, &Limits::default()).unwrap_err().to_string();
    assert!(error.starts_with("input:2:1: ") && error.contains("UTF-8"), "{error}");
    let wide: Vec<u8> = "\u{feff}id,kind".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let error = small("csv", &wide[..wide.len() - 1], &Limits::default()).unwrap_err().to_string();
    assert!(error.contains("line 1 is not in the encoding UTF-16LE"), "{error}");
    let xml = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<project><id>1</id><title>\xe9</title></project>";
    let refused = small("cordis", xml, &Limits::default()).unwrap().refused;
    assert!(refused[0].to_string().starts_with("input:2:1: "), "{refused:?}");
}

#[test]
fn a_line_without_end_and_a_zip_bomb_are_cut_off() {
    let limits = Limits { record: 1000, ratio: 50, ratio_from: 1 << 20, ..Limits::default() };
    let giant = format!("id,kind,name\na,UNIVERSITY,{}", "x".repeat(1 << 18));
    let error = small("csv", giant.as_bytes(), &limits).unwrap_err().to_string();
    assert!(error.starts_with("input:2:1: ") && error.contains("larger than 1000 bytes"), "{error}");
    let giant = format!("\n{{\"id\": \"{}\"}}", "x".repeat(1 << 18));
    for format in ["ror", "jsonl"] {
        let error = small(format, giant.as_bytes(), &limits).unwrap_err().to_string();
        assert!(error.starts_with("input:2:1: ") && error.contains("larger than 1000 bytes"), "{error}");
    }
    let bomb = gzip(&vec![b' '; 4 << 20]);
    for format in ["ror", "csv", "cordis"] {
        let limits = Limits { record: 16 << 20, ..limits };
        let error = small(format, &bomb, &limits).unwrap_err().to_string();
        assert!(error.contains("zip bomb"), "{format}: {error}");
    }
    let error = small("ror", b"[                    ]", &Limits { member: 10, ..limits }).unwrap_err().to_string();
    assert!(error.contains("larger than 10 bytes"), "{error}");
}

#[test]
fn entities_that_an_xml_file_declares_are_never_expanded() {
    let laughs = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>\n<project><id>&b;</id></project>";
    let refused = small("cordis", laughs.as_bytes(), &Limits::default()).unwrap().refused;
    assert!(
        refused[0].to_string().starts_with("input:") && refused[0].to_string().contains("document type"),
        "{refused:?}"
    );
    let unknown = "<project><id>1</id><title>&b;</title></project>";
    let refused = small("cordis", unknown.as_bytes(), &Limits::default()).unwrap().refused;
    assert!(refused[0].to_string().contains("&b;"), "{refused:?}");
}

#[test]
fn dates_that_are_none_and_names_without_end_are_refused() {
    let xml = std::fs::read_to_string(sample("cordis-101000001.xml")).unwrap();
    for (from, to, expected) in [
        ("2022-01-01", "2022-13-01", "project 101000001: startDate: \"2022-13-01\" is not a valid date"),
        ("2025-12-31", "2021-12-31", "it ends (2021-12-31) before it begins"),
        ("MADE-UP COMPANY", &"X".repeat(10_000), "the text is 10000 characters long"),
        ("999000003", "12", "project 101000001, participant 12: identifiers:"),
        ("</project>", "", "breaks off"),
        ("</project>", "</project><project></project>", "behind the end of the project"),
    ] {
        let contribution = small("cordis", xml.replace(from, to).as_bytes(), &Limits::default()).unwrap();
        let refused: Vec<String> = contribution.refused.iter().map(ToString::to_string).collect();
        assert!(refused.len() == 1 && refused[0].starts_with("input:"), "{refused:?}");
        assert!(refused[0].contains(expected), "{refused:?}");
    }
}

#[test]
fn a_circle_of_parts_is_refused_at_the_link_that_closes_it() {
    let folder = tempfile::tempdir().unwrap();
    let entities =
        file(folder.path(), "entities.csv", b"id,kind,name\na,UNIVERSITY,A\nb,OFFICE,B\nc,OFFICE,C\nd,OFFICE,D\n");
    let links =
        file(folder.path(), "links.csv", b"source,kind,target\na,PART_OF,b\nb,PART_OF,c\nc,PART_OF,a\nd,PART_OF,a\n");
    let record = serde_json::from_value(serde_json::json!({"id": "doc", "title": "Doc"})).unwrap();
    let options = Options { document: Some(record), mapping: None, ..Options::default() };
    let contribution = read_with("csv", &[entities, links], &options, &Limits::default()).unwrap();
    let proposal = World::default().propose(contribution);
    let refused: Vec<String> = proposal.refused.iter().map(ToString::to_string).collect();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert!(refused[0].starts_with("links.csv:4:1: c:part-of:a: "), "{refused:?}");
}

#[test]
fn the_program_writes_nothing_of_files_with_a_bad_record_unless_told_to_skip_it() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "members.csv", b"id,kind,name\na,UNIVERSITY,Alpha\nb,CASTLE,Beta\n");
    let import = |more: &[&str]| {
        let mut command = support::consortia(folder.path());
        command.args(["import", "csv", "members.csv", "--document", "members", "--title", "Members"]).args(more);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, text) = import(&[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("members.csv:3:1: b: kind:"), "{text}");
    let (code, text) = import(&["--skip-invalid", "--dry-run", "--report", "report.jsonl"]);
    assert_eq!(code, Some(0), "{text}");
    let report = std::fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
    assert_eq!(report.lines().count(), 3, "{report}");
    let (code, text) = import(&["--skip-invalid"]);
    assert_eq!((code, text.contains("2 new, 0 changed, 0 unchanged")), (Some(0), true), "{text}");
    let (code, text) = import(&["--skip-invalid"]);
    assert_eq!((code, text.contains("nothing to change")), (Some(0), true), "{text}");
    std::fs::write(folder.path().join("members.csv"), "nothing").unwrap();
    assert_eq!(import(&[]).0, Some(1));
    let missing = support::consortia(folder.path()).args(["import", "ror", "missing.json"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(2));
}
