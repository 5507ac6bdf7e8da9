//! Entities that were decided to be the same: what readers see of them, the questions that are left, and how both come
//! about on the command line and in an import. The worlds and questions are in `tests/merging`.

mod doubles;
mod imports;
mod joining;
mod properties;
mod review;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use consortia::api::Api;
use consortia::api::executor::{Executor, Operation};
use consortia::api::limits::Limits;
use consortia::dataset::{self, Files};
use consortia::knowledge::{Snapshot, snapshot_of};
use consortia::model::change::Change;
use consortia::model::state::State;
use serde_json::Value;

use crate::history::set;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/merging").join(name)
}

fn changes(name: &str) -> Vec<Change> {
    let reading = dataset::read(&Files::open(&folder(name)));
    assert_eq!(reading.violations.to_string(), "");
    reading.changes
}

fn snapshot(changes: Vec<Change>) -> Arc<Snapshot> {
    Arc::new(snapshot_of(set("fill", changes)).unwrap())
}

/// The entities and relationships of a state, without revisions.
fn values(
    state: &State,
) -> (Vec<&consortia::model::entity::Entity>, Vec<&consortia::model::relationship::Relationship>) {
    (
        state.entities.iter().map(|entity| &entity.value).collect(),
        state.relationships.iter().map(|relationship| &relationship.value).collect(),
    )
}

fn ask(snapshot: &Arc<Snapshot>, document: &str) -> Value {
    let api = Api::new(Limits::default(), Arc::new(Arc::clone(snapshot)));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let operation = Operation::new(document, Duration::from_secs(60));
    let mut answer = serde_json::to_value(runtime.block_on(api.run(operation))).unwrap();
    // What it cost stands there too, and is told elsewhere.
    answer["extensions"].as_object_mut().unwrap().retain(|name, _| name == "redirects");
    answer
}

#[test]
fn a_merge_is_what_a_person_makes_of_the_data_by_hand() {
    let (derived, by_hand) = (snapshot(changes("world")), snapshot(changes("by-hand")));
    assert_eq!(values(derived.state()), values(by_hand.state()));
    assert_eq!(derived.stored().entities.len(), derived.state().entities.len() + 1, "what is stored stays");
    assert_eq!(derived.graph().relationship_count(), by_hand.graph().relationship_count());
}

#[test]
fn questions_about_what_was_merged_have_the_answers_worked_out_by_hand() {
    let snapshot = snapshot(changes("world"));
    let mut asked = 0;
    for file in fs::read_dir(folder("questions")).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_some_and(|ending| ending == "graphql") {
            let answer = ask(&snapshot, &fs::read_to_string(&file).unwrap());
            let expected: Value =
                serde_json::from_str(&fs::read_to_string(file.with_extension("json")).unwrap()).unwrap();
            assert_eq!(answer, expected, "{}", file.display());
            asked += 1;
        }
    }
    assert_eq!(asked, 3);
}

#[test]
fn a_question_that_another_decision_answers_is_open_no_more() {
    let ids = |snapshot: &Snapshot| -> Vec<String> {
        let all = &snapshot.state().decisions;
        snapshot.questions().iter().map(|&position| all[position].id().to_string()).collect()
    };
    let asked = snapshot(changes("world"));
    assert_eq!(ids(&asked), ["north-hospital:northern-hospital", "hospital-of-the-union:union-clinic"]);
    // The clinic is another than the hospital that stays, so it is another than the one that went.
    let mut more = changes("world");
    more.push(decided("union-clinic", "union-hospital", "DIFFERENT", None));
    assert_eq!(ids(&snapshot(more)), ["north-hospital:northern-hospital"]);
    let mut more = changes("world");
    more.push(decided("union-clinic", "union-hospital", "SAME", Some("union-hospital")));
    assert_eq!(ids(&snapshot(more)), ["north-hospital:northern-hospital"]);
}

#[test]
fn what_matches_speaks_for_or_against_is_told_for_an_open_question() {
    let answer = ask(
        &snapshot(changes("world")),
        "{ graph { questions(first: 1) { nodes { evidence { aspect verdict text } } } } }",
    );
    let evidence = &answer["data"]["graph"]["questions"]["nodes"][0]["evidence"];
    let country = evidence.as_array().unwrap().iter().find(|reason| reason["aspect"] == "COUNTRY").unwrap();
    assert_eq!((&country["verdict"], &country["text"]), (&"AGREES".into(), &"it is in China".into()), "{evidence}");
}

/// A decision as a change.
fn decided(one: &str, other: &str, verdict: &str, keep: Option<&str>) -> Change {
    let record = serde_json::json!({
        "one": one, "other": other, "verdict": verdict, "keep": keep,
        "by": "a curator", "at": "2026-03-04T05:06:07Z", "reason": "because",
    });
    Change::Decide(serde_json::from_value(record).unwrap())
}

/// All that is wrong with deciding so in the world.
fn refused(more: Vec<Change>) -> String {
    let all = changes("world").into_iter().chain(more).collect();
    snapshot_of(set("refused", all)).unwrap_err().to_string()
}

#[test]
fn decisions_that_contradict_each_other_are_refused_with_a_remedy() {
    let same = |one, other, keep| decided(one, other, "SAME", keep);
    let wrong = refused(vec![same("union-clinic", "north-hospital-x", None)]);
    assert!(
        wrong.contains("one: no entity has the id") || wrong.contains("did you mean \"north-hospital\"?"),
        "{wrong}"
    );
    let wrong = refused(vec![same("ada-example", "union-hospital", None)]);
    assert!(
        wrong.contains("\"ada-example\" is a PERSON and \"union-hospital\" a HOSPITAL; decide only about"),
        "{wrong}"
    );
    // Both of two groups that are joined want their own id to stay.
    let wrong = refused(vec![
        same("northern-hospital", "union-clinic", Some("union-clinic")),
        same("union-clinic", "union-hospital", None),
    ]);
    assert!(wrong.contains("decisions keep \"union-clinic\" and \"union-hospital\"; keep one id"), "{wrong}");
    // The one keeps the other, the other a third, the third the one.
    let wrong = refused(vec![
        same("north-hospital", "union-hospital", Some("north-hospital")),
        same("hospital-of-the-union", "north-hospital", Some("hospital-of-the-union")),
    ]);
    assert!(wrong.contains("decisions keep \"hospital-of-the-union\" and \"north-hospital\" and"), "{wrong}");
    // North Hospital is another than the clinic by a decision of its own.
    let wrong =
        refused(vec![same("north-hospital", "west-university", None), same("union-clinic", "west-university", None)]);
    assert!(wrong.contains("north-hospital:union-clinic: verdict: they are DIFFERENT, and other decisions"), "{wrong}");
}
