//! The command line as a person or a script meets it: what is printed where, exit codes, bad input.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::support::{Server, consortia};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    consortia(folder).args(arguments).output().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder of data with one hospital, changed by `edit` before it is written.
fn dataset(folder: &Path, edit: impl Fn(String) -> String) -> std::path::PathBuf {
    let data = folder.join("data");
    fs::create_dir_all(data.join("authority")).unwrap();
    fs::create_dir_all(data.join("documents")).unwrap();
    let hospital = "[[hospital]]\nid = \"general\"\nname = \"General Hospital\"\ncountry = \"GB\"\n";
    fs::write(data.join("authority/hospital.toml"), edit(hospital.to_owned())).unwrap();
    let document = "[document]\nid = \"page\"\ntitle = \"A page\"\n\n[[mention]]\nentity = \"general\"\n";
    fs::write(data.join("documents/page.toml"), document).unwrap();
    data
}

#[test]
fn check_names_file_line_and_remedy_of_everything_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    dataset(folder.path(), |hospital| hospital.replace("\"GB\"", "\"UK\"\nsince = \"19x4\""));
    let output = run(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(1));
    let printed = printed(&output);
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 2, "{printed}");
    assert!(lines[0].starts_with("authority/hospital.toml:4:"), "{printed}");
    assert!(lines[0].ends_with("use GB for the United Kingdom"), "{printed}");
    assert!(lines[1].starts_with("authority/hospital.toml:5:") && lines[1].contains("allowed are"), "{printed}");
    assert!(complained(&output).contains("2 wrong"));

    dataset(folder.path(), |hospital| hospital.replace("\"GB\"", "\"GB\"\nsince = \"\\u001b[2J\""));
    let printed = self::printed(&run(folder.path(), &["check"]));
    assert!(printed.contains("\\u{1b}[2J") && !printed.contains('\u{1b}'), "what clears a screen is shown: {printed}");

    dataset(folder.path(), |hospital| hospital);
    let output = run(folder.path(), &["check", "data"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert_eq!(run(folder.path(), &["check", "nowhere"]).status.code(), Some(1));
}

#[test]
fn load_adds_takes_over_and_refuses_whole() {
    let folder = tempfile::tempdir().unwrap();
    let data = dataset(folder.path(), |hospital| hospital);
    let load = |more: &[&str]| run(folder.path(), &[&["load", data.to_str().unwrap()], more].concat());
    let dry = load(&["--dry-run"]);
    assert!(
        printed(&dry).contains("2 new, 0 changed, 0 unchanged, 0 withdrawn, would be loaded into revision 1"),
        "{}",
        printed(&dry)
    );
    assert!(
        printed(&load(&[])).contains("2 new, 0 changed, 0 unchanged, 0 withdrawn, loaded; the store is at revision 2")
    );
    assert!(
        printed(&load(&[])).contains("0 new, 0 changed, 2 unchanged, 0 withdrawn, loaded; the store is at revision 2")
    );
    dataset(folder.path(), |hospital| hospital.replace("General Hospital", "General Infirmary"));
    assert!(
        printed(&load(&[])).contains("0 new, 1 changed, 1 unchanged, 0 withdrawn, loaded; the store is at revision 3")
    );

    dataset(folder.path(), |hospital| hospital.replace("id = \"general\"", "id = \"Gen eral\""));
    let refused = load(&[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(complained(&refused).contains("nothing was loaded"));
    let query = "{ graph { revision entity(id: \"general\") { name } } commits { nodes { author message } } }";
    let answer: Value = serde_json::from_str(&printed(&run(folder.path(), &["query", query]))).unwrap();
    assert_eq!(answer["data"]["graph"]["revision"], 3);
    assert_eq!(answer["data"]["graph"]["entity"]["name"], "General Infirmary");
    assert_eq!(answer["data"]["commits"]["nodes"][0]["author"], "consortia load");
}

#[test]
fn export_writes_what_load_reads_and_never_over_something() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["export", "toml", "out"]).status.success());
    assert!(!folder.path().join("consortia.db").exists(), "export of the curated data makes no store");
    let again = run(folder.path(), &["export", "toml", "out"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(complained(&again).contains("out is not empty; name another folder"), "{}", complained(&again));

    let loaded = printed(&run(folder.path(), &["load", "out"]));
    assert!(loaded.contains(" 0 new, 0 changed, "), "{loaded}");
    assert!(run(folder.path(), &["export", "toml", "second"]).status.success());
    assert_eq!(tree(&folder.path().join("out")), tree(&folder.path().join("second")));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing unfinished is left behind");
}

/// The files below a folder with what they hold.
fn tree(folder: &Path) -> Vec<(std::path::PathBuf, String)> {
    let mut files = Vec::new();
    for area in fs::read_dir(folder).unwrap() {
        for file in fs::read_dir(area.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            files.push((path.strip_prefix(folder).unwrap().to_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn query_takes_an_argument_a_file_or_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let query = "query Name($id: ID!) { graph { entity(id: $id) { name } } }";
    fs::write(folder.path().join("q.graphql"), query).unwrap();
    let variables = "{\"id\": \"west-china-hospital\"}";
    let expected: Value = serde_json::json!({
        "data": {"graph": {"entity": {"name": "West China Hospital"}}},
        "extensions": {"cost": {"visits": 0}, "truncated": false},
    });
    fs::write(folder.path().join("stdin"), query).unwrap();
    let input = || fs::File::open(folder.path().join("stdin")).unwrap();
    let outputs = [
        run(folder.path(), &["query", query, "--variables", variables]),
        run(folder.path(), &["query", "-f", "q.graphql", "-v", variables, "--operation", "Name"]),
        consortia(folder.path()).args(["query", "-", "-v", variables]).stdin(input()).output().unwrap(),
        consortia(folder.path()).args(["query", "-f", "-", "-v", variables]).stdin(input()).output().unwrap(),
    ];
    for output in outputs {
        assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
        assert_eq!(serde_json::from_str::<Value>(&printed(&output)).unwrap(), expected);
    }
}

#[test]
fn a_table_is_accompanied_by_how_names_were_taken() {
    let folder = tempfile::tempdir().unwrap();
    let document = "{ graph { entity(id: \"university of oxford\") { relationships(first: 1) { nodes { id } } } } }";
    let output = run(folder.path(), &["query", "--format", "table", document]);
    assert_eq!(output.status.code(), Some(0));
    let taken = "\"university of oxford\" is taken for the entity with the id \"university-of-oxford\"\n";
    assert_eq!(complained(&output), taken);
}

#[test]
fn what_cannot_be_done_ends_with_a_reason_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bytes"), [0xff, 0xfe, 0x00]).unwrap();
    for (arguments, code, reason) in [
        (&["query", "{ nonsense }"][..], 1, ""),
        (&["query", "{"], 1, ""),
        (&["query", "-f", "nowhere.graphql"], 2, "cannot read the query in nowhere.graphql"),
        (&["query", "-f", "bytes"], 2, "cannot read the query in bytes"),
        (&["query", "{ graph { revision } }", "-v", "[1]"], 2, "no JSON object"),
        (&["query", "{ graph { revision } }", "-v", "{"], 2, "no JSON"),
        (&["query", "{ graph { revision } }", "--data-dir", "bytes"], 2, "bytes"),
        (&["query"], 2, "Usage"),
        (&["serve", "--listen", "here"], 2, "--listen"),
        (&["serve", "--log", "!!"], 2, "--log"),
        (&["frobnicate"], 2, "frobnicate"),
    ] {
        let output = run(folder.path(), arguments);
        let complaint = complained(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {complaint}");
        assert!(complaint.contains(reason), "{arguments:?}: {complaint}");
        assert!(!complaint.contains("panicked"), "{arguments:?}: {complaint}");
    }
}

#[test]
fn a_port_or_a_store_in_use_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let _server = Server::start(folder.path());
    let output = run(folder.path(), &["query", "{ graph { revision } }"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("in use"), "{}", complained(&output));

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let output = run(folder.path(), &["serve", "--data-dir", "other", "--listen", &address]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("choose another address with --listen"), "{}", complained(&output));
}

#[test]
fn a_first_start_that_is_killed_at_any_moment_is_made_good_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    for pause in [0, 2, 5, 10, 20, 40, 80, 160] {
        let mut command = consortia(folder.path());
        let mut process =
            command.args(["serve", "--listen", "127.0.0.1:0"]).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(pause));
        process.kill().unwrap();
        process.wait().unwrap();
    }
    let mut server = Server::start(folder.path());
    let query = r#"{"query": "{ graph { revision statistics { entities relationships } } commits { totalCount } }"}"#;
    let answer: Value = serde_json::from_str(&server.post("/graphql", query)).unwrap();
    server.kill();
    let snapshot = crate::support::curated_snapshot();
    assert_eq!(answer["data"]["graph"]["revision"], 1);
    assert_eq!(answer["data"]["commits"]["totalCount"], 1);
    assert_eq!(answer["data"]["graph"]["statistics"]["entities"], snapshot.state().entities.len());
    assert_eq!(answer["data"]["graph"]["statistics"]["relationships"], snapshot.state().relationships.len());
}

#[test]
fn schema_prints_the_schema() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(printed(&run(folder.path(), &["schema"])), consortia::api::sdl());
}
