//! The real program, importing: from standard input, killed on the way, given what is far too large.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use consortia::knowledge::KnowledgeGraph;
use consortia::model::state::State;

use crate::support::consortia;

const MEMBERS: &str = "id,kind,name\nalpha,UNIVERSITY,Alpha\nbeta,HOSPITAL,Beta\nnet,CONSORTIUM,Net\n";
const LINKS: &str = "source,kind,target\nalpha,MEMBER_OF,net\nbeta,PART_OF,alpha\n";

/// The arguments of an import of tables that are the document `members`.
fn import(folder: &Path, files: &[&str]) -> Command {
    let mut command = consortia(folder);
    command.args(["import", "csv"]).args(files).args(["--document", "members", "--title", "Members"]);
    command
}

/// What the program says when this is written to its standard input.
fn told(mut command: Command, input: &[u8]) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // It may close its end before it has read all.
    pipe.write_all(input).ok();
    drop(pipe);
    child.wait_with_output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn state(folder: &Path) -> State {
    let graph = KnowledgeGraph::open(&folder.join("consortia.db"), || panic!("it is filled")).unwrap();
    graph.verify().unwrap();
    graph.snapshot().state().clone()
}

#[test]
fn a_table_comes_over_standard_input_packed_or_not() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(MEMBERS.as_bytes()).unwrap();
    for input in [MEMBERS.as_bytes().to_vec(), packer.finish().unwrap()] {
        let folder = tempfile::tempdir().unwrap();
        let output = told(import(folder.path(), &["-"]), &input);
        assert!(output.status.success(), "{}", text(&output));
        assert_eq!(state(folder.path()).entity("beta").unwrap().name, "Beta");
    }
    let folder = tempfile::tempdir().unwrap();
    let output = told(import(folder.path(), &["-"]), b"id,kind,name\na,CASTLE,A\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("standard input:2:1: a: kind:"), "{}", text(&output));
}

/// Bytes without end, counted as they are taken.
struct Endless {
    start: &'static [u8],
    taken: u64,
}

impl Endless {
    /// Writes up to a gigabyte to a process; how much it took before it closed its end.
    fn feed(mut self, mut pipe: impl Write) -> u64 {
        if pipe.write_all(self.start).is_err() {
            return 0;
        }
        let piece = [b'x'; 1 << 16];
        while self.taken < 1 << 30 && pipe.write_all(&piece).is_ok() {
            self.taken += piece.len() as u64;
        }
        self.taken
    }
}

#[test]
fn a_line_of_a_gigabyte_is_refused_when_the_first_of_it_has_come() {
    for (format, start) in
        [("csv", &b"id,kind,name\na,UNIVERSITY,"[..]), ("jsonl", b"\n{\"id\": \""), ("ror", b"[\n{\"id\": \"")]
    {
        let folder = tempfile::tempdir().unwrap();
        let mut command = consortia(folder.path());
        command.args(["import", format, "-", "--document", "members", "--title", "Members"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let taken = Endless { start, taken: 0 }.feed(child.stdin.take().unwrap());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}: {said}");
        assert!(said.starts_with("standard input:2:1: ") && said.contains("larger than 16777216 bytes"), "{said}");
        // The record, what lies in the pipe and the buffers on the way.
        assert!(taken < 20 << 20, "{format}: it took {taken} bytes before it refused");
        assert!(!folder.path().join("consortia.db").exists(), "{format}: nothing is written");
    }
}

#[test]
fn relationships_to_nothing_and_names_without_end_are_refused_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let long = "X".repeat(10_000);
    let entities = format!("id,kind,name\nalpha,UNIVERSITY,Alpha\nbeta,HOSPITAL,{long}\nalpha,HOSPITAL,Again\n");
    std::fs::write(folder.path().join("entities.csv"), entities).unwrap();
    std::fs::write(folder.path().join("links.csv"), "source,kind,target\nalpha,MEMBER_OF,nowhere\n").unwrap();
    let output = import(folder.path(), &["entities.csv", "links.csv"]).output().unwrap();
    let said = text(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for part in [
        "entities.csv:3:1: beta: name: the text is 10000 characters long",
        "entities.csv:4:1: alpha: id:",
        "links.csv:2:1: alpha:member-of:nowhere: target: no entity has the id \"nowhere\"",
    ] {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
    assert!(state(folder.path()).entity("alpha").is_none());
}

#[test]
fn what_was_exported_as_toml_is_imported_as_toml() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [("members.csv", MEMBERS), ("links.csv", LINKS)] {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    assert!(import(folder.path(), &["members.csv", "links.csv"]).status().unwrap().success());
    let run = |arguments: &[&str]| {
        let output = consortia(folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", text(&output));
        text(&output)
    };
    run(&["export", "toml", "out"]);
    let mut files = Vec::new();
    for part in ["authority", "documents"] {
        for file in std::fs::read_dir(folder.path().join("out").join(part)).unwrap() {
            files.push(file.unwrap().path().to_str().unwrap().to_owned());
        }
    }
    files.sort();
    let mut again = vec!["import", "toml"];
    again.extend(files.iter().map(String::as_str));
    assert!(run(&again).contains("nothing to change"), "what is there is what was exported");
    again.extend(["--data-dir", "other.db"]);
    run(&again);
    run(&["export", "toml", "other", "--data-dir", "other.db"]);
    for file in files {
        let other = file.replace("/out/", "/other/");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), std::fs::read_to_string(&other).unwrap(), "{file}");
    }
}

/// Tables of so many members that they become a new base of the store.
fn many(folder: &Path) {
    let mut entities = String::from("id,kind,name\nnet,CONSORTIUM,Net\n");
    let mut links = String::from("source,kind,target\n");
    for number in 0..2_100 {
        entities.push_str(&format!("member-{number},UNIVERSITY,Member {number}\n"));
        links.push_str(&format!("member-{number},MEMBER_OF,net\n"));
    }
    std::fs::write(folder.join("members.csv"), entities).unwrap();
    std::fs::write(folder.join("links.csv"), links).unwrap();
}

/// Waits until a process ends or the time is over; whether it ended.
fn ended(child: &mut Child, within: Duration) -> bool {
    let (sender, receiver) = channel::<()>();
    let mut out = child.stdout.take().unwrap();
    std::thread::spawn(move || {
        out.read_to_end(&mut Vec::new()).ok();
        drop(sender);
    });
    receiver.recv_timeout(within) == Err(RecvTimeoutError::Disconnected)
}

#[test]
fn an_import_killed_at_any_moment_leaves_all_or_nothing_and_is_completed_by_running_it_again() {
    let folder = tempfile::tempdir().unwrap();
    many(folder.path());
    let files = ["members.csv", "links.csv"];
    let start = Instant::now();
    assert!(import(folder.path(), &files).output().unwrap().status.success());
    let whole = start.elapsed();
    let expected = state(folder.path());
    assert!(expected.entities.len() > 2_100);
    for moment in 1..=6 {
        let folder = tempfile::tempdir().unwrap();
        many(folder.path());
        let mut child = import(folder.path(), &files).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        ended(&mut child, whole * moment / 6);
        child.kill().unwrap();
        child.wait().unwrap();
        if folder.path().join("consortia.db").exists() {
            let filled = consortia::knowledge::curated;
            let graph = KnowledgeGraph::open(&folder.path().join("consortia.db"), filled).unwrap();
            graph.verify().unwrap();
            let members =
                graph.snapshot().state().entities.iter().filter(|e| e.id.as_str().starts_with("member-")).count();
            assert!(members == 0 || members == 2_100, "{members} of 2100 are there, at {moment}/6");
        }
        let again = import(folder.path(), &files).output().unwrap();
        assert!(again.status.success(), "{}", text(&again));
        let found = state(folder.path());
        assert_eq!(found.entities, expected.entities, "at {moment}/6");
        assert_eq!(found.relationships, expected.relationships, "at {moment}/6");
        if moment == 3 {
            let once_more = import(folder.path(), &files).output().unwrap();
            assert!(text(&once_more).contains("nothing to change"), "{}", text(&once_more));
        }
    }
}
