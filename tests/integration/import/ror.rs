//! The data dump of ROR. The samples are made up; their check digits are right.

use consortia::model::citation::Strength;
use consortia::model::entity::EntityKind;
use consortia::model::name::NameKind;

use super::{World, counts, read, sample};

const HOSPITAL: &str = "ror-00000z905";
const UNIVERSITY: &str = "ror-00000za02";
const TRUST: &str = "ror-00000zb96";
const COLLEGE: &str = "ror-00000zd90";
const COMPANY: &str = "ror-00000ze87";

fn imported() -> World {
    let mut world = World::default();
    let proposal = world.land(read("ror", &[sample("ror-v1.json"), sample("ror-v2.json")]).unwrap());
    // A document, five entities, four relationships; what a withdrawn record is known by, and where it leads.
    assert_eq!(counts(&proposal), [12, 0, 0, 0, 0], "{:?}", proposal.refused);
    world
}

#[test]
fn records_of_both_schemas_become_entities_with_names_and_places() {
    let world = imported();
    let hospital = world.entity(HOSPITAL);
    assert_eq!((hospital.kind, hospital.name.as_str()), (EntityKind::Hospital, "Made-up General Hospital"));
    let names: Vec<_> = hospital.names.iter().map(|name| (name.text.as_str(), name.kind)).collect();
    assert_eq!(names, [("Erfundenes Krankenhaus", NameKind::Alias), ("MGH", NameKind::Acronym)]);
    assert_eq!(hospital.names[0].language.as_ref().unwrap().as_str(), "de");
    assert_eq!(hospital.country.unwrap().as_str(), "AT");
    assert_eq!(hospital.city.as_deref(), Some("Vienna"));
    assert_eq!(hospital.homepage.as_deref(), Some("https://hospital.example"));
    assert_eq!(hospital.since.as_ref().unwrap().as_str(), "1950");
    assert_eq!(hospital.citations[0].locator.as_deref(), Some(format!("https://ror.org/{}", &HOSPITAL[4..]).as_str()));
    let company = world.entity(COMPANY);
    assert_eq!((company.kind, company.homepage.as_deref()), (EntityKind::Company, Some("http://company.example")));
    assert_eq!(company.identifiers.iter().map(ToString::to_string).collect::<Vec<_>>()[1], "GRID:grid.1.1");
    assert_eq!(world.entity(UNIVERSITY).kind, EntityKind::University);
    assert_eq!(world.entity(COLLEGE).kind, EntityKind::MedicalSchool);
    assert!(world.entity(COLLEGE).description.as_deref().unwrap().contains("No longer active"));
}

#[test]
fn a_tie_of_hospital_and_university_is_kept_and_says_that_it_was_concluded() {
    let world = imported();
    let tie = world.relationship(&format!("{HOSPITAL}:affiliated-with:{UNIVERSITY}"));
    assert_eq!(tie.citations.len(), 2, "both records say it");
    assert!(tie.citations.iter().all(|citation| citation.strength == Strength::Inferred));
    assert!(tie.citations[0].note.as_deref().unwrap().contains("related"));
    let mut ends = [UNIVERSITY, COMPANY];
    ends.sort_unstable();
    assert_eq!(
        world.relationship(&format!("{}:affiliated-with:{}:related", ends[0], ends[1])).role.as_deref(),
        Some("related")
    );
    assert_eq!(world.relationship(&format!("{HOSPITAL}:part-of:{TRUST}")).citations.len(), 2);
    assert_eq!(world.relationship(&format!("{UNIVERSITY}:succeeds:{COLLEGE}")).citations.len(), 2);
    assert_eq!(world.0.relationships.len(), 4, "what a withdrawn record says is left out");
}

#[test]
fn the_same_again_changes_nothing_and_a_newer_release_only_the_differences() {
    let mut world = imported();
    let before = world.0.clone();
    let again = world.land(read("ror", &[sample("ror-v2.json"), sample("ror-v1.json")]).unwrap());
    assert_eq!(counts(&again), [0, 0, 12, 0, 0]);
    assert_eq!(world.0, before);
    // The release without the company, whose only relationship goes with it, and without the withdrawn record, whose
    // decision goes with it; the university has another name.
    let text = std::fs::read_to_string(sample("ror-v2.json")).unwrap();
    let link = format!(r#", {{"label": "x", "type": "related", "id": "https://ror.org/{}"}}"#, &COMPANY[4..]);
    let text = text.replace(&link, "").replace("\"Made-up University\"", "\"New University\"");
    let folder = tempfile::tempdir().unwrap();
    let newer = folder.path().join("newer.json");
    std::fs::write(&newer, text).unwrap();
    let proposal = world.land(read("ror", &[newer]).unwrap());
    assert_eq!(counts(&proposal), [0, 1, 7, 4, 0]);
    assert_eq!(world.entity(UNIVERSITY).name, "New University");
    assert!(world.0.entity(COMPANY).is_none());
}

/// Two records, the first with this status.
fn pair(status: &str, successors: &[&str]) -> String {
    let successors: Vec<String> = successors
        .iter()
        .map(|id| format!(r#"{{"type": "successor", "label": "x", "id": "https://ror.org/{id}"}}"#))
        .collect();
    let record = |id: &str, name: &str, status: &str, related: &str| {
        format!(
            r#"{{"id": "https://ror.org/{id}", "names": [{{"value": "{name}", "types": ["ror_display"], "lang": "en"}}],
            "status": "{status}", "types": ["education"], "locations": [], "links": [], "external_ids": [],
            "relationships": [{related}], "admin": {{"last_modified": {{"date": "2025-09-22"}}}}}}"#
        )
    };
    let old = record("000vex093", "Old Duplicate University", status, &successors.join(","));
    format!("[{old},\n{}]", record("000vex190", "Kept University", "active", ""))
}

fn given(text: &str) -> consortia::import::Contribution {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ror.json");
    std::fs::write(&path, text).unwrap();
    read("ror", &[path]).unwrap()
}

#[test]
fn the_id_of_a_withdrawn_record_leads_to_its_successor_in_a_part_of_the_registry_too() {
    use consortia::knowledge::Snapshot;
    use consortia::knowledge::contribution::{Extent, propose};
    for extent in [Extent::Whole, Extent::Part] {
        let mut world = World::default();
        world.land(given(&pair("active", &[])));
        assert_eq!(world.0.entities.len(), 2);
        let newer = given(&pair("withdrawn", &["000vex190"]));
        let proposal = propose(&world.0, newer, extent);
        assert_eq!(proposal.refused, []);
        assert_eq!((proposal.tally.read, proposal.tally.taken, proposal.tally.unchanged), (2, 1, 1));
        world.apply(&proposal);
        let snapshot = Snapshot::build(world.0.clone());
        let found = snapshot.graph().redirects().entity("ror-000vex093").map(|id| id.as_str().to_owned());
        assert_eq!(found.as_deref(), Some("ror-000vex190"));
        let kept = snapshot.state().entity("ror-000vex190").unwrap();
        assert_eq!((kept.name.as_str(), kept.identifiers.len()), ("Kept University", 2), "both keys answer");
        assert_eq!(snapshot.state().decisions[0].value.by, "Research Organization Registry");
        // A release that has it active again takes the decision back.
        let again = propose(&world.0, given(&pair("active", &[])), extent);
        world.apply(&again);
        assert!(world.0.decisions.is_empty() && world.entity("ror-000vex093").name == "Old Duplicate University");
    }
}

#[test]
fn a_withdrawn_record_without_one_successor_goes_also_where_the_files_are_a_part() {
    use consortia::knowledge::contribution::{Extent, propose};
    for successors in [&[][..], &["000vex190", "00000za02"], &["00000za02"]] {
        let mut world = World::default();
        world.land(given(&pair("active", &[])));
        let proposal = propose(&world.0, given(&pair("withdrawn", successors)), Extent::Part);
        assert_eq!((proposal.tally.passed_over, proposal.tally.unchanged), (1, 1), "{successors:?}");
        world.apply(&proposal);
        assert!(world.0.entity("ror-000vex093").is_none() && world.0.entity("ror-000vex190").is_some());
    }
}

#[test]
fn a_wrong_check_digit_in_an_identifier_costs_only_the_identifier() {
    let contribution = read("ror", &[sample("ror-v2.json")]).unwrap();
    let noted: Vec<String> = contribution.notes.iter().map(ToString::to_string).collect();
    assert_eq!(noted.len(), 1, "{noted:?}");
    assert!(noted[0].starts_with("ror-v2.json:2:1: ") && noted[0].contains("0000 0001 2345 6780"), "{noted:?}");
}

#[test]
fn a_relationship_to_nothing_is_refused_with_its_record() {
    let world = World::default();
    let proposal = world.propose(read("ror", &[sample("ror-v2.json")]).unwrap());
    let refused: Vec<String> = proposal.refused.iter().map(ToString::to_string).collect();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert!(refused[0].starts_with("ror-v2.json:3:1: ") && refused[0].contains(COMPANY), "{refused:?}");
}

#[test]
fn curated_knowledge_of_a_record_stays_and_is_completed() {
    use consortia::knowledge::{curated, snapshot_of};
    let mut world = World(snapshot_of(curated().unwrap()).unwrap().state().clone());
    let oxford = world.entity("university-of-oxford").clone();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oxford.json");
    std::fs::write(
        &file,
        r#"{"id": "https://ror.org/052gg0110", "status": "active", "types": ["education"], "established": 1096,
            "names": [{"value": "Oxford (registry name)", "lang": "en", "types": ["ror_display", "label"]}],
            "relationships": [], "links": [], "locations": [], "external_ids": [{"type": "grid", "all": ["grid.4991.5"]}]}"#,
    )
    .unwrap();
    world.land(read("ror", std::slice::from_ref(&file)).unwrap());
    let after = world.entity("university-of-oxford");
    assert_eq!(after.name, oxford.name);
    assert!(after.names.iter().any(|name| name.text == "Oxford (registry name)"));
    assert!(after.identifiers.iter().any(|identifier| identifier.value() == "grid.4991.5"));
    assert!(world.0.entity("ror-052gg0110").is_none());
    assert!(world.land(read("ror", &[file]).unwrap()).changes.is_empty());
}
