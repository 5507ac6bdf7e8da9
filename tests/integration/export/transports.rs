//! Exports over HTTP and on the command line of the real program.

use std::fs;
use std::io::Read;

use flate2::read::GzDecoder;
use serde_json::Value;

use super::{bytes, text};
use crate::support::{Server, consortia, curated_snapshot};

#[test]
fn http_sends_the_bytes_of_the_library_with_their_type_and_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    for format in consortia::export::FORMATS {
        let spec = format.spec();
        let (status, headers, body) = server.fetch(&format!("/export/{}", spec.name));
        assert_eq!(status, 200, "{}", spec.name);
        let media_type = if spec.is_several_files { "application/zip" } else { spec.media_type };
        assert!(headers["content-type"].to_str().unwrap().starts_with(media_type), "{}", spec.name);
        let disposition = headers["content-disposition"].to_str().unwrap();
        assert!(disposition.starts_with("attachment; filename=\"consortia-1."), "{disposition}");
        let expected = bytes(&curated_snapshot(), spec.name, &[]);
        assert!(body == expected, "{}", spec.name);
        let (status, headers, packed) = server.fetch_accepting(&format!("/export/{}", spec.name), "gzip");
        let is_packed = headers.get("content-encoding").is_some_and(|encoding| encoding == "gzip");
        assert_eq!((status, is_packed), (200, true), "{}", spec.name);
        let mut unpacked = Vec::new();
        GzDecoder::new(&*packed).read_to_end(&mut unpacked).unwrap();
        assert!(unpacked == expected, "{} as gzip", spec.name);
    }
    let (_, _, body) =
        server.fetch("/export/gexf?around=tsinghua-university&depth=1&asOf=2022&entityKinds=hospital,university");
    let parameters =
        [("around", "tsinghua-university"), ("depth", "1"), ("asOf", "2022"), ("entityKinds", "hospital,university")];
    assert_eq!(String::from_utf8(body).unwrap(), text(&curated_snapshot(), "gexf", &parameters));
}

#[test]
fn http_says_what_is_wrong_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    for (path, status, code) in [
        ("/export/xlsx", 404, "NOT_FOUND"),
        ("/export/dot?zoo=1", 400, "INVALID_INPUT"),
        ("/export/dot?around=nobody", 404, "NOT_FOUND"),
        ("/export/dot?filter=%FF", 400, "INVALID_INPUT"),
        ("/export/", 404, "NOT_FOUND"),
    ] {
        let (found, headers, body) = server.fetch(path);
        let body: Value = serde_json::from_slice(&body).unwrap_or_else(|_| panic!("{path} answers no JSON"));
        assert_eq!((found, &headers["content-type"]), (status, &"application/json".parse().unwrap()), "{path}");
        assert_eq!(body["errors"][0]["extensions"]["code"], code, "{path}: {body}");
    }
}

#[test]
fn the_command_line_writes_what_the_library_does() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| consortia(folder.path()).arg("export").args(arguments).output().unwrap();
    let flags = ["--as-of", "2022", "--around", "university-of-oxford", "--depth", "2", "--max-nodes", "30"];
    let parameters = [("asOf", "2022"), ("around", "university-of-oxford"), ("depth", "2"), ("maxNodes", "30")];
    let expected = text(&curated_snapshot(), "graphml", &parameters);
    let printed = run(&[&["graphml"], &flags[..]].concat());
    assert!(printed.status.success());
    assert_eq!(String::from_utf8(printed.stdout).unwrap(), expected);
    assert!(run(&[&["graphml", "out.graphml"], &flags[..]].concat()).status.success());
    assert_eq!(fs::read_to_string(folder.path().join("out.graphml")).unwrap(), expected);

    assert!(run(&["csv", "tables"]).status.success());
    assert!(folder.path().join("tables/edges.csv").is_file());
    assert!(run(&["csv", "tables.zip"]).status.success());
    assert!(fs::read(folder.path().join("tables.zip")).unwrap() == bytes(&curated_snapshot(), "csv", &[]));
    let base = run(&["turtle", "--base", "urn:x:", "--entity-kinds", "hospital"]);
    assert!(String::from_utf8(base.stdout).unwrap().contains("<urn:x:entity/west-china-hospital>"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing unfinished is left behind");

    for (arguments, reason) in [
        (&["xlsx"][..], "graphml"),
        (&["graphml", "tables"], "is not empty"),
        (&["dot", "--around", "nobody"], "nothing has the id"),
        (&["dot", "nowhere/out.dot"], "cannot write nowhere/out.dot"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(complaint.contains(reason), "{arguments:?}: {complaint}");
    }
}
