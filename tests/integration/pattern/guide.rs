//! `docs/patterns.md` keeps its word: each pattern in it is asked over the curated data and has the rows that stand below.

use std::path::Path;

use serde_json::json;

use crate::support::ask;

/// The fenced blocks of a language, each with the text block that follows it at once, if any.
fn examples(text: &str) -> Vec<(String, Option<String>)> {
    let mut examples: Vec<(String, Option<String>)> = Vec::new();
    let mut lines = text.lines().peekable();
    let mut open = false;
    while let Some(line) = lines.next() {
        let content = |lines: &mut std::iter::Peekable<std::str::Lines<'_>>| {
            lines.by_ref().take_while(|line| *line != "```").collect::<Vec<_>>().join("\n")
        };
        match line {
            "```gql" => {
                examples.push((content(&mut lines), None));
                open = true;
            }
            "```text" if open => {
                let answer = content(&mut lines);
                if let Some(last) = examples.last_mut() {
                    last.1 = Some(answer);
                }
                open = false;
            }
            "" => {}
            _ => open = false,
        }
    }
    examples
}

/// The rows as one line each: what the variables stand for.
fn listed(pattern: &str) -> String {
    let document = "query($pattern: String!) { graph { match(pattern: $pattern, first: 100) { nodes { bindings {
        name entity { id } relationship { id } entities { id } relationships { id } path { entities { id } } } } } } }";
    let response = ask(document, json!({ "pattern": pattern }));
    if let Some(errors) = response.get("errors") {
        return errors[0]["message"].as_str().unwrap().to_owned();
    }
    let ids = |list: &serde_json::Value| {
        let each = list.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned());
        each.collect::<Vec<_>>().join(", ")
    };
    let rows = response["data"]["graph"]["match"]["nodes"].as_array().unwrap().iter().map(|row| {
        let bindings = row["bindings"].as_array().unwrap().iter().map(|binding| {
            let name = binding["name"].as_str().unwrap();
            let one = ["entity", "relationship"].iter().find_map(|field| binding[field]["id"].as_str());
            let list = ["entities", "relationships"].iter().find(|field| binding[**field].is_array());
            match (one, list) {
                (Some(id), _) => format!("{name} = {id}"),
                (None, Some(field)) => format!("{name} = [{}]", ids(&binding[*field])),
                (None, None) if binding["path"].is_object() => {
                    format!("{name} = <{}>", ids(&binding["path"]["entities"]))
                }
                (None, None) => format!("{name} = nothing"),
            }
        });
        bindings.collect::<Vec<_>>().join("; ")
    });
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_pattern_of_the_guide_has_the_rows_that_stand_below_it() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/patterns.md");
    let mut text = std::fs::read_to_string(&file).unwrap();
    let examples = examples(&text);
    assert!(examples.len() >= 15, "{} examples", examples.len());
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    for (pattern, answer) in examples {
        let answer = answer.unwrap_or_else(|| panic!("no rows stand below\n{pattern}"));
        let found = listed(&pattern);
        if update {
            let block = |answer: &str| format!("```gql\n{pattern}\n```\n```text\n{answer}\n```");
            text = text.replace(&block(&answer), &block(&found));
        } else {
            assert_eq!(found, answer, "{pattern}");
        }
    }
    if update {
        std::fs::write(&file, text).unwrap();
    }
}

#[test]
fn a_key_is_read_as_its_registry_writes_it_with_its_name_and_as_an_address() {
    for key in ["007mrxy13", "ROR:007mrxy13", "ror: 007mrxy13", "https://ror.org/007mrxy13", " 007mrxy13 "] {
        for pattern in [
            format!("(h {{ror: '{key}'}})"),
            format!("(h) WHERE h.ror = '{key}'"),
            format!("(h) WHERE '{key}' = h.ror"),
            format!("(h) WHERE h.ror IN ['05jb9pq57', '{key}'] AND h.id STARTS WITH 'west'"),
            format!("(h:Hospital) WHERE h.country = 'CN' AND NOT h.ror <> '{key}'"),
        ] {
            assert_eq!(listed(&pattern), "h = west-china-hospital", "{pattern}");
        }
    }
    assert_eq!(listed("(h) WHERE h.ror STARTS WITH 'https://ror.org/'"), "");
    assert_eq!(listed("(h) WHERE h.identifiers CONTAINS 'ror:007mrxy13'"), "h = west-china-hospital");
    assert_eq!(listed("(h) WHERE 'https://ror.org/007mrxy13' IN h.identifiers"), "h = west-china-hospital");
    assert_eq!(
        listed("(h) WHERE h.crossrefFunder = 'https://doi.org/10.13039/501100013365'"),
        "h = west-china-hospital"
    );
}
