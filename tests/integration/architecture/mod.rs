//! The floors of `src/lib.rs`: no module names one beside or above it, no engine leaves its module.

mod reader;

use std::path::Path;

use reader::{Floors, breaches};

/// The floors as the table in `src/lib.rs` has them: the number in the first column, the modules in the second.
fn floors(lib: &str) -> Floors {
    let mut floors = Floors::new();
    for line in lib.lines().filter_map(|line| line.strip_prefix("//! | ")) {
        let mut columns = line.split('|').map(str::trim);
        if let (Some(Ok(floor)), Some(modules)) = (columns.next().map(str::parse), columns.next()) {
            let names = modules.split_whitespace().map(|name| name.trim_matches(['[', ']', '`']).to_owned());
            floors.extend(names.map(|name| (name, floor)));
        }
    }
    floors
}

/// Where an engine may stand in a public signature. The limits guard whatever schema they are given, so that a test can
/// hold a schema of its own to them.
const ALLOWED: [(&str, &str); 1] = [("api/limits/mod.rs:", "of async_graphql in a public signature")];

#[test]
fn every_module_names_only_what_stands_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = std::fs::read_to_string(root.join("lib.rs")).unwrap();
    let floors = floors(&lib);
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") {
                found.extend(breaches(&name, &std::fs::read_to_string(&path).unwrap(), &floors));
            }
        }
    }
    found.retain(|breach| !ALLOWED.iter().any(|(file, engine)| breach.starts_with(file) && breach.contains(engine)));
    found.sort();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_module_has_a_floor() {
    let lib = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let mut modules: Vec<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    modules.sort_unstable();
    assert_eq!(floors(&lib).keys().collect::<Vec<_>>(), modules);
}

#[test]
fn a_planted_breach_is_named() {
    let floors: Floors = [("model", 0), ("graph", 1), ("search", 1), ("store", 1), ("knowledge", 2), ("cli", 5)]
        .map(|(name, floor)| (name.to_owned(), floor))
        .into();
    for (path, source, expected) in [
        ("graph/mod.rs", "use crate::model::State;\nuse crate::search::Index;", "graph/mod.rs:2: graph → search"),
        ("graph/mod.rs", "use super::{model, knowledge as k};", "graph/mod.rs:1: graph → knowledge"),
        ("graph/path.rs", "fn f() { super::super::store::open() }", "graph/path.rs:1: graph → store"),
        ("graph/path.rs", "mod tests { use super::super::super::cli; }", "graph/path.rs:1: graph → cli"),
        ("model/mod.rs", "fn f() {\n  let x = vec![crate::graph::Graph::build()];\n}", "model/mod.rs:2: model → graph"),
        ("model/id.rs", "impl From<crate::store::Key> for Id {}", "model/id.rs:1: model → store"),
        ("graph/mod.rs", "fn f() { sled::open() }", "graph/mod.rs:1: graph names sled, which belongs to store"),
        ("graph/mod.rs", "#[derive(clap::Parser)] struct A;", "graph/mod.rs:1: graph names clap, which belongs to cli"),
        ("store/mod.rs", "pub fn f() -> sled::Db { g() }", "store/mod.rs:1: sled in a public signature of store"),
        (
            "store/mod.rs",
            "pub struct A { pub db: Db }\nuse sled::Db;",
            "store/mod.rs:1: Db of sled in a public signature of store",
        ),
        ("graph/mod.rs", "use toml;", "graph/mod.rs:1: graph names toml, which belongs to dataset"),
        ("store/mod.rs", "pub use sled::Db;", "store/mod.rs:1: sled in a public signature of store"),
        ("store/error.rs", "pub enum E { A(sled::Error) }", "store/error.rs:1: sled in a public signature of store"),
        ("store/mod.rs", "fn f() { println!(\"x\") }", "store/mod.rs:1: store prints; only cli may"),
        ("store/mod.rs", "fn f() { std::process::exit(1) }", "store/mod.rs:1: store ends the process; only cli may"),
        ("main.rs", "fn main() { println!() }", "main.rs:1: main prints; only cli may"),
    ] {
        assert_eq!(breaches(path, source, &floors), [expected], "{source}");
    }
    for (path, source) in [
        ("graph/path.rs", "use super::Graph;\nuse super::super::model::State;\nuse petgraph::Graph as Inner;"),
        ("knowledge/mod.rs", "use crate::{graph::Graph, model, store};\nfn f() { self::g(); crate::search::h() }"),
        ("store/mod.rs", "use sled::Db;\npub struct Store { db: Db }\nimpl Store { fn db(&self) -> &Db { &self.db } }"),
        ("store/mod.rs", "#[cfg(test)]\nmod tests { fn f() { println!() } }"),
        ("cli/mod.rs", "fn f() { println!(\"{}\", crate::knowledge::N); std::process::exit(2) }"),
        ("cli/mod.rs", "fn f(toml: &str) { println!(\"{}\", toml); g(toml, self.axum.sled) }"),
        ("main.rs", "fn main() -> ExitCode { consortia::cli::run() }"),
    ] {
        assert_eq!(breaches(path, source, &floors), [""; 0], "{source}");
    }
}
