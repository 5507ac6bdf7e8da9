//! The cookbook keeps its word: docs/querying.md is made of the examples of the query page, each with the answer that the
//! program gives.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::ask;

/// One example: what it asks, how, and how to read the answer.
struct Recipe {
    file: PathBuf,
    title: String,
    question: String,
    reading: String,
    query: String,
}

impl Recipe {
    fn read(file: PathBuf) -> Self {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut lines = text.lines();
        let mut comment = |what: &str| {
            let line = lines.next().and_then(|line| line.strip_prefix("# "));
            line.unwrap_or_else(|| panic!("{} does not say {what}", file.display())).to_owned()
        };
        let (title, question, reading) =
            (comment("its title"), comment("what it answers"), comment("how to read the answer"));
        let query = lines.collect::<Vec<_>>().join("\n");
        Self { file, title, question, reading, query }
    }

    fn answer(&self) -> Value {
        let mut response = ask(&self.query, Value::Null);
        if let Some(response) = response.as_object_mut() {
            response.retain(|part, _| part != "extensions");
        }
        response
    }
}

/// All examples in the order in which the query page offers them.
fn recipes() -> Vec<Recipe> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/examples");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(Recipe::read).collect()
}

#[test]
fn each_example_is_valid_and_finds_something() {
    let schema = apollo_compiler::Schema::parse_and_validate(consortia::api::sdl(), "schema.graphql").unwrap();
    for recipe in recipes() {
        let shown = recipe.file.display();
        let parsed =
            apollo_compiler::ExecutableDocument::parse_and_validate(&schema, recipe.query.as_str(), &recipe.file);
        if let Err(error) = parsed {
            panic!("{shown}: {}", error.errors);
        }
        let answer = recipe.answer();
        assert_eq!(answer.get("errors"), None, "{shown}");
        assert!(finds_something(&answer), "{shown} finds nothing: {answer}");
    }
}

#[test]
fn the_cookbook_shows_each_example_with_its_answer() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/querying.md");
    let found = std::fs::read_to_string(&path).unwrap();
    let (introduction, _) = found.split_once("\n## ").expect("the introduction ends where the first question begins");
    let mut expected = introduction.trim_end().to_owned() + "\n";
    for (number, recipe) in (1..).zip(recipes()) {
        let Recipe { title, question, reading, query, .. } = &recipe;
        let answer = serde_json::to_string_pretty(&recipe.answer()["data"]).unwrap();
        expected += &format!(
            "\n## {number}. {title}\n\n{question}.\n\n```graphql\n{query}\n```\n\n<details><summary>The answer</summary>\n\n\
             ```json\n{answer}\n```\n\n</details>\n\n{reading}\n"
        );
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, expected).unwrap();
        return;
    }
    if found != expected {
        let difference = similar::TextDiff::from_lines(&found, &expected);
        panic!("docs/querying.md is not what the program answers:\n{}", difference.unified_diff());
    }
}

fn finds_something(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty(),
        Value::Number(number) => number.as_u64().is_some_and(|number| number > 0),
        Value::Object(fields) => fields.values().any(finds_something),
        _ => false,
    }
}
