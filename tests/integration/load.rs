//! The way of a correction: what an editor changes or removes in a folder of data, `load` brings to the store, and
//! nothing that others say.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::consortia;

const AUTHORITY: &str = r#"
[[university]]
id = "glasgow-x"
name = "Glasgow X"

[[hospital]]
id = "lanhai"
name = "Lanhai Hospital"

[[person]]
id = "ada-x"
name = "Ada X"
"#;

const PAGE: &str = r#"
[document]
id = "page"
title = "A page"

[[mention]]
entity = "glasgow-x"

[[mention]]
entity = "ada-x"

[[relationship]]
source = "ada-x"
kind = "HOLDS_POST_AT"
target = "glasgow-x"
role = "Dean"
locator = "paragraph 1"
"#;

const OTHER: &str = r#"
[document]
id = "other"
title = "Another page"

[[mention]]
entity = "glasgow-x"

[[mention]]
entity = "lanhai"

[[relationship]]
source = "lanhai"
kind = "AFFILIATED_WITH"
target = "glasgow-x"

[[figure]]
entity = "lanhai"
label = "beds"
value = "8 billion"
at_least = 8000000000
at_most = 12345678901234567890.123
"#;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("mine/authority/all.toml", AUTHORITY);
        folder.write("mine/documents/page.toml", PAGE);
        folder.write("mine/documents/other.toml", OTHER);
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What a command says, and its exit code.
    fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = consortia(self.path()).args(arguments).output().unwrap();
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        (output.status.code(), text)
    }

    fn load(&self, more: &[&str]) -> String {
        let (code, text) = self.run(&[&["load", "mine"], more].concat());
        assert_eq!(code, Some(0), "{text}");
        text
    }

    fn ask(&self, document: &str) -> Value {
        let (code, text) = self.run(&["query", document]);
        assert_eq!(code, Some(0), "{text}");
        serde_json::from_str::<Value>(&text).unwrap()["data"]["graph"].clone()
    }

    fn has(&self, id: &str) -> bool {
        let (_, text) = self.run(&["query", &format!("{{ node(id: \"{id}\") {{ id }} }}")]);
        serde_json::from_str::<Value>(&text).unwrap()["data"]["node"]["id"] == id
    }

    /// The roles of the relationships of an entity, and the documents behind each.
    fn relationships(&self, id: &str) -> Value {
        let found = self.ask(&format!(
            "{{ graph {{ entity(id: \"{id}\") {{ relationships {{ nodes {{ id citations {{ document {{ id }} }} }} }} }} }} }}"
        ));
        let nodes = found["entity"]["relationships"]["nodes"].as_array().cloned().unwrap_or_default();
        let line = |node: &Value| {
            let cited = node["citations"].as_array().unwrap().iter().map(|citation| citation["document"]["id"].clone());
            json!([node["id"], cited.collect::<Vec<_>>()])
        };
        nodes.iter().map(line).collect()
    }
}

#[test]
fn what_is_corrected_or_removed_in_a_file_is_so_in_the_store() {
    let folder = Folder::new();
    assert!(
        folder
            .load(&[])
            .contains("mine: 7 new, 0 changed, 0 unchanged, 0 withdrawn, loaded; the store is at revision 2")
    );
    folder.write("mine/documents/page.toml", &PAGE.replace("\"Dean\"", "\"Dean of the Faculty\""));
    assert!(folder.load(&[]).contains("1 new, 0 changed, 6 unchanged, 1 withdrawn"));
    assert_eq!(folder.relationships("ada-x"), json!([["ada-x:holds-post-at:glasgow-x:dean-of-the-faculty", ["page"]]]));
    let without = PAGE.split("[[relationship]]").next().unwrap();
    folder.write("mine/documents/page.toml", without);
    assert!(folder.load(&["--dry-run"]).contains("0 new, 0 changed, 6 unchanged, 1 withdrawn, would be"));
    assert!(folder.load(&[]).contains("0 new, 0 changed, 6 unchanged, 1 withdrawn, loaded"));
    assert_eq!(folder.relationships("ada-x"), json!([]));
    // The entity goes when its table and its mention go.
    folder.write("mine/authority/all.toml", AUTHORITY.split("[[person]]").next().unwrap());
    folder.write("mine/documents/page.toml", &without.replace("[[mention]]\nentity = \"ada-x\"\n", ""));
    assert!(folder.load(&[]).contains("0 new, 0 changed, 5 unchanged, 1 withdrawn"));
    assert!(!folder.has("ada-x"));
    assert!(folder.load(&[]).contains("0 new, 0 changed, 5 unchanged, 0 withdrawn"));
}

#[test]
fn a_document_that_is_removed_is_told_and_taken_back_when_asked() {
    let folder = Folder::new();
    folder.load(&[]);
    fs::remove_file(folder.path().join("mine/documents/page.toml")).unwrap();
    folder.write("mine/authority/all.toml", AUTHORITY.split("[[person]]").next().unwrap());
    let told = folder.load(&[]);
    assert!(told.contains("page") && told.contains("consortia load mine --withdraw ID"), "{told}");
    assert_eq!(
        folder.relationships("ada-x"),
        json!([["ada-x:holds-post-at:glasgow-x:dean", ["page"]]]),
        "it stays, and that is told"
    );
    let told = folder.load(&["--withdraw", "page"]);
    // The document, the person and the post go; the university loses a citation.
    assert!(told.contains(" 1 changed, 3 unchanged, 3 withdrawn, loaded"), "{told}");
    assert!(!folder.has("ada-x"));
    assert_eq!(folder.relationships("glasgow-x"), json!([["lanhai:affiliated-with:glasgow-x", ["other"]]]));
    assert!(!folder.load(&[]).contains(" page"), "nothing of it is left");
    for (id, expected) in [
        ("other", "the folder has this document; remove its file first"),
        ("nothing", "the store has no such document"),
    ] {
        let (code, text) = folder.run(&["load", "mine", "--withdraw", id]);
        assert!(code == Some(1) && text.contains(expected), "{text}");
    }
}

#[test]
fn what_others_say_stays_whatever_a_folder_takes_back() {
    let folder = Folder::new();
    folder.load(&[]);
    folder.write(
        "more.csv",
        "source,kind,target,role\nada-x,HOLDS_POST_AT,glasgow-x,Dean\nlanhai,AFFILIATED_WITH,glasgow-x,\n",
    );
    folder.write("who.csv", "id,kind,name,homepage\nada-x,PERSON,Ada X,https://ada.example\n");
    let (code, text) = folder.run(&["import", "csv", "who.csv", "more.csv", "--document", "table", "--title", "T"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("3 records: 3 taken, 0 unchanged, 0 passed over, 0 refused"), "{text}");
    folder.write("mine/documents/page.toml", PAGE.split("[[relationship]]").next().unwrap());
    folder.load(&[]);
    assert_eq!(folder.relationships("ada-x"), json!([["ada-x:holds-post-at:glasgow-x:dean", ["table"]]]));
    let homepage = folder.ask("{ graph { entity(id: \"ada-x\") { homepage } } }");
    assert_eq!(homepage["entity"]["homepage"], "https://ada.example", "what the table adds is not undone");
}

#[test]
fn what_an_import_says_of_a_document_of_the_folder_is_not_taken_back() {
    let folder = Folder::new();
    folder.load(&[]);
    folder.write("who.csv", "id,kind,name\nnew-x,HOSPITAL,New X\n");
    folder.write("more.csv", "source,kind,target\nnew-x,AFFILIATED_WITH,glasgow-x\n");
    let (code, text) =
        folder.run(&["import", "csv", "--partial", "who.csv", "more.csv", "--document", "page", "--title", "A page"]);
    assert_eq!(code, Some(0), "{text}");
    folder.write("mine/documents/page.toml", PAGE.split("[[relationship]]").next().unwrap());
    let told = folder.load(&[]);
    assert!(
        told.contains(
            "noted: page: an import speaks for this document too; what the folder does not say of it any more stays"
        ),
        "{told}"
    );
    assert!(told.contains(" 0 withdrawn, loaded") && folder.has("new-x"), "{told}");
}

#[test]
fn a_new_file_alone_is_taken_over_beside_what_the_store_describes() {
    let folder = Folder::new();
    folder.load(&[]);
    let new = PAGE.replace("id = \"page\"", "id = \"new\"").replace("role = \"Dean\"", "role = \"Rector\"");
    folder.write("alone/new.toml", &new);
    let (code, told) = folder.run(&["load", "alone"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.contains("entities have no table in the folder and stay as the store has them (2): ada-x, glasgow-x;"),
        "{told}"
    );
    let expected =
        json!([["ada-x:holds-post-at:glasgow-x:dean", ["page"]], ["ada-x:holds-post-at:glasgow-x:rector", ["new"]],]);
    assert_eq!(folder.relationships("ada-x"), expected);
    // The same as an import of the form of data/; there a name that is misspelt is told.
    folder.write("third.toml", &new.replace("\"new\"", "\"third\""));
    let (code, told) = folder.run(&["import", "toml", "third.toml"]);
    assert!(code == Some(0) && told.contains("4 records: 4 taken"), "{told}");
    assert_eq!(folder.relationships("ada-x")[1], json!(["ada-x:holds-post-at:glasgow-x:rector", ["new", "third"]]));
    let (_, told) = folder.run(&["import", "toml", "third.toml"]);
    assert!(told.contains("4 records: 0 taken, 4 unchanged") && told.contains("nothing to change"), "{told}");
    folder.write("fourth.toml", &new.replace("\"new\"", "\"fourth\"").replace("glasgow-x", "glasgow-y"));
    let (code, told) = folder.run(&["import", "toml", "fourth.toml"]);
    assert!(code == Some(1) && told.contains("fourth.toml:7:10: entity: no entity has the id \"glasgow-y\""), "{told}");
}

#[test]
fn a_decision_of_the_folder_follows_it_and_one_that_is_removed_is_told() {
    let folder = Folder::new();
    let decision = |verdict: &str| {
        format!(
            "[[decision]]\none = \"glasgow-x\"\nother = \"lanhai\"\nverdict = \"{verdict}\"\nby = \"A\"\nat = \"2026-03-09T12:00:00Z\"\nreason = \"R\"\n"
        )
    };
    folder.write("mine/decisions.toml", &decision("UNSURE"));
    folder.load(&[]);
    folder.write("mine/decisions.toml", &decision("DIFFERENT"));
    assert!(folder.load(&[]).contains("0 new, 1 changed, 7 unchanged"));
    fs::remove_file(folder.path().join("mine/decisions.toml")).unwrap();
    let told = folder.load(&[]);
    let expected = "decisions that the folder does not have stay (1): glasgow-x lanhai; to take one back: consortia review withdraw";
    assert!(told.contains(expected), "{told}");
}

#[test]
fn a_number_is_answered_and_exported_as_the_file_has_it() {
    let folder = Folder::new();
    folder.load(&[]);
    let found = folder.ask("{ graph { entity(id: \"lanhai\") { figures { value atLeast atMost } } } }");
    let expected = json!([{ "value": "8 billion", "atLeast": "8000000000", "atMost": "12345678901234567890.123" }]);
    assert_eq!(found["entity"]["figures"], expected);
    let (code, text) = folder.run(&["export", "turtle", "all.ttl"]);
    assert_eq!(code, Some(0), "{text}");
    let turtle = fs::read_to_string(folder.path().join("all.ttl")).unwrap();
    assert!(turtle.contains("minValue> 8000000000") || turtle.contains("minValue 8000000000"), "a whole number");
    assert!(turtle.contains("12345678901234567890.123"), "a decimal number");
    folder.run(&["export", "toml", "out"]);
    let other = fs::read_to_string(folder.path().join("out/documents/other.toml")).unwrap();
    assert!(other.contains("at_least = 8000000000\nat_most = \"12345678901234567890.123\"\n"), "{other}");
    let (_, told) = folder.run(&["load", "out"]);
    assert!(told.contains(" 0 new, 0 changed, "), "{told}");
}
