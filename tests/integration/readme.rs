//! The README keeps its word: each command and query in it is run, and each answer in it is the real one.

use std::path::Path;

use serde_json::Value;

use crate::support::{Server, ask, consortia};

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The fenced blocks of a text, as language and content.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let content: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((language.to_owned(), content.join("\n")));
        }
    }
    blocks
}

/// The commands of a shell block: lines, with those that end in a backslash joined to the next.
fn commands(block: &str) -> Vec<String> {
    block.replace("\\\n", " ").lines().map(str::to_owned).collect()
}

/// The words of a command, split where a shell splits them; single quotes keep what they hold.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (position, part) in command.split('\'').enumerate() {
        if position % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn each_query_has_the_answer_that_stands_below_it() {
    let blocks = blocks(&readme());
    let mut asked = 0;
    for (at, (language, query)) in blocks.iter().enumerate() {
        if language == "graphql" {
            let (answer_language, answer) = &blocks[at + 1];
            assert_eq!(answer_language, "json", "no answer follows the query\n{query}");
            let answer: Value = serde_json::from_str(answer).unwrap();
            assert_eq!(ask(query, Value::Null)["data"], answer["data"], "{query}");
            asked += 1;
        }
    }
    assert_eq!(asked, 1);
}

#[test]
fn each_command_runs_and_prints_what_stands_below_it() {
    let folder = tempfile::tempdir().unwrap();
    for shared in ["data", "web"] {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(shared);
        copy(&source, &folder.path().join(shared));
    }
    let blocks = blocks(&readme());
    let mut run = Vec::new();
    for (at, (language, block)) in blocks.iter().enumerate().filter(|(_, (language, _))| language == "sh") {
        assert_eq!(language, "sh");
        for command in commands(block) {
            let words = words(&command);
            match words[0].as_str() {
                "cargo" if words[1..] == ["test"] => {}
                "cargo" => {
                    assert_eq!(words[1..], ["run", "--release"], "{command}");
                    let server = Server::start(folder.path());
                    assert!(server.get("/graphiql").contains("<html"), "no query page");
                }
                "curl" => {
                    let server = Server::start(folder.path());
                    let path = words[1].strip_prefix("http://127.0.0.1:8080").unwrap();
                    let body = words.iter().position(|word| word == "-d").map(|at| &words[at + 1]).unwrap();
                    assert_eq!(server.post(path, body), blocks[at + 1].1, "{command}");
                }
                "consortia" => {
                    let output = consortia(folder.path()).args(&words[1..]).output().unwrap();
                    let printed = String::from_utf8(output.stdout).unwrap();
                    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
                    if let Some((_, expected)) = blocks.get(at + 1).filter(|(language, _)| language == "text") {
                        assert_eq!(printed.trim_end(), expected, "{command}");
                    }
                }
                other => panic!("the README runs {other}, and this test does not know how"),
            }
            run.push(words[0].clone());
        }
    }
    assert_eq!(run.iter().filter(|program| *program == "consortia").count(), 6, "{run:?}");
    assert!(folder.path().join("exported/documents").is_dir(), "export wrote nothing");
}

#[test]
fn each_file_that_it_points_to_is_there() {
    let readme = readme();
    let links = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let files: Vec<&str> = links.filter(|link| !link.starts_with("http")).collect();
    assert!(files.len() >= 6, "{files:?}");
    for file in files {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(file).exists(), "{file} is not there");
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_dir() && name != "node_modules" {
            copy(&path, &to.join(name));
        } else if path.is_file() {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}
