//! The questions of `tests/queries` and their answers, worked out by hand from the five documents.
//!
//! A pair is `AREA/NAME.graphql`, whose first line is the question in plain English, and `AREA/NAME.json`, the whole
//! response; `AREA/NAME.variables.json` holds the variables where there are any. Of an error only what a client can
//! rely on is compared: message, path, code and suggestions; what the answer cost is left to
//! [`budget`](crate::budget). `UPDATE_EXPECT=1 cargo test` writes the answers anew;
//! read the difference. How a document is refused before it runs is left to [`limits`](crate::limits).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use similar::TextDiff;

use crate::support::ask;

/// A question, and the files that hold it and its answer.
struct Question {
    /// The file of the document, relative to the folder of all questions.
    file: String,
    document: String,
    variables: Value,
    /// Where its answer is, or is to be.
    expected: PathBuf,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries")
}

/// All files of the folder, relative to it, sorted.
fn files() -> BTreeSet<String> {
    let areas = fs::read_dir(folder()).unwrap().map(|area| area.unwrap().path());
    let files = areas.flat_map(|area| fs::read_dir(area).unwrap().map(|file| file.unwrap().path()));
    files.map(|file| file.strip_prefix(folder()).unwrap().to_str().unwrap().replace('\\', "/")).collect()
}

fn questions() -> Vec<Question> {
    let names = files().into_iter().filter_map(|file| file.strip_suffix(".graphql").map(str::to_owned));
    let question = |name: String| {
        let variables = folder().join(format!("{name}.variables.json"));
        Question {
            document: fs::read_to_string(folder().join(format!("{name}.graphql"))).unwrap(),
            variables: if variables.exists() { read_json(&variables) } else { json!({}) },
            expected: folder().join(format!("{name}.json")),
            file: name + ".graphql",
        }
    };
    names.map(question).collect()
}

fn read_json(file: &Path) -> Value {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The response with nothing in its errors but what a client can rely on, and without what it cost.
fn comparable(mut response: Value) -> Value {
    response.as_object_mut().unwrap().remove("extensions");
    let Some(errors) = response.get_mut("errors").and_then(Value::as_array_mut) else { return response };
    for error in errors {
        let pick = |from: &Value, names: &[&str]| -> serde_json::Map<String, Value> {
            names.iter().filter_map(|name| Some(((*name).to_owned(), from.get(name)?.clone()))).collect()
        };
        let mut kept = pick(error, &["message", "path"]);
        if let Some(extensions) = error.get("extensions") {
            kept.insert("extensions".to_owned(), pick(extensions, &["code", "suggestions"]).into());
        }
        *error = kept.into();
    }
    response
}

/// The lines of both texts that differ, marked with `-` or `+`, and those near to them.
fn difference(expected: &str, found: &str) -> String {
    TextDiff::from_lines(expected, found).unified_diff().to_string()
}

fn pretty(value: &Value) -> String {
    let mut value = value.clone();
    value.sort_all_objects();
    serde_json::to_string_pretty(&value).unwrap() + "\n"
}

#[test]
fn every_question_has_the_answer_that_the_documents_give() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut failures = Vec::new();
    for question in questions() {
        let found = comparable(ask(&question.document, question.variables.clone()));
        if update && (!question.expected.exists() || read_json(&question.expected) != found) {
            fs::write(&question.expected, pretty(&found)).unwrap();
        } else if !question.expected.exists() {
            failures.push(format!("== {}: no answer\nfound:\n{}", question.file, pretty(&found)));
        } else {
            let expected = read_json(&question.expected);
            if expected != found {
                failures.push(format!("== {}\n{}", question.file, difference(&pretty(&expected), &pretty(&found))));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} of the questions in tests/queries are answered otherwise (- expected, + found); when the answers found are \
         right, UPDATE_EXPECT=1 cargo test writes them:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn every_file_of_the_questions_belongs_to_a_pair() {
    let files = files();
    let strangers: Vec<_> = files
        .iter()
        .filter(|file| {
            let name = file.strip_suffix(".variables.json").or_else(|| file.strip_suffix(".json"));
            !file.ends_with(".graphql") && name.is_none_or(|name| !files.contains(&format!("{name}.graphql")))
        })
        .collect();
    assert!(strangers.is_empty(), "no question goes with {strangers:?}; remove them, or add their .graphql");
    let pairs = files.iter().filter(|file| file.ends_with(".graphql")).count();
    assert!(pairs >= 40, "only {pairs} questions");
}

#[test]
fn every_question_is_asked_once_in_plain_english() {
    let mut asked: BTreeMap<String, String> = BTreeMap::new();
    for question in questions() {
        let first = question.document.lines().next().unwrap_or_default();
        let text =
            first.strip_prefix("# ").unwrap_or_else(|| panic!("{} does not open with `# Question?`", question.file));
        assert!(text.ends_with('?'), "{} opens with no question: {text}", question.file);
        let before = asked.insert(text.to_owned(), question.file.clone());
        assert_eq!(before, None, "{} asks what another file asks", question.file);
    }
}

#[test]
fn of_an_error_only_message_path_code_and_suggestions_count() {
    let response = json!({
        "data": null,
        "errors": [{
            "message": "m", "path": ["graph"], "locations": [{ "line": 1, "column": 2 }],
            "extensions": { "code": "NOT_FOUND", "suggestions": ["a"], "requestId": "7" },
        }],
    });
    let expected = json!({
        "data": null,
        "errors": [{ "message": "m", "path": ["graph"], "extensions": { "code": "NOT_FOUND", "suggestions": ["a"] } }],
    });
    assert_eq!(comparable(response), expected);
}
