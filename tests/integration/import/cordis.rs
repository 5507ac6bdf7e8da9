//! The project XML of CORDIS. The sample is made up.

use std::collections::HashMap;

use consortia::import::Options;
use consortia::import::source::Limits;
use consortia::model::entity::EntityKind;
use consortia::model::identifier::{Identifier, IdentifierScheme};

use super::{World, counts, read, read_with, sample};

const PROJECT: &str = "cordis-101000001.xml";

fn imported() -> World {
    let mut world = World::default();
    let proposal = world.land(read("cordis", &[sample(PROJECT)]).unwrap());
    // A document, a consortium, its grant, three organizations; 1 CONCERNS, 3 MEMBER_OF, 2 PARTY_TO.
    assert_eq!(counts(&proposal), [12, 0, 0, 0, 0], "{:?}", proposal.refused);
    world
}

#[test]
fn a_project_is_a_consortium_with_its_grant() {
    let world = imported();
    let consortium = world.entity("cordis-101000001");
    assert_eq!(consortium.kind, EntityKind::Consortium);
    assert_eq!(consortium.name, "MADEUP: Hearts & minds of made-up patients");
    assert_eq!(consortium.identifiers[0].to_string(), "DOI:10.3030/101000001");
    assert_eq!(consortium.until.as_ref().unwrap().as_str(), "2025-12-31");
    let grant = world.entity("cordis-101000001-grant");
    assert_eq!((grant.kind, grant.since.as_ref().unwrap().as_str()), (EntityKind::Agreement, "2021-11-15"));
    assert_eq!(grant.term.as_ref().unwrap().as_str(), "P48M");
    let figures: Vec<_> = grant.figures.iter().map(|figure| figure.value.as_str()).collect();
    assert_eq!(figures, ["1 500 000.50 EUR", "2 000 000.00 EUR"]);
    assert_eq!(world.0.documents[0].id.as_str(), "cordis-horizon");
}

#[test]
fn projects_of_two_programmes_are_of_one_document_where_it_is_given() {
    let text = std::fs::read_to_string(sample(PROJECT)).unwrap();
    let other = text.replace("101000001", "101000002").replace("HORIZON", "H2020");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.xml");
    std::fs::write(&path, other).unwrap();
    let record = serde_json::from_value(serde_json::json!({"id": "doc", "title": "Doc"})).unwrap();
    let options = Options { document: Some(record), mapping: None };
    let contribution = read_with("cordis", &[sample(PROJECT), path], &options, &Limits::default()).unwrap();
    let mut world = World::default();
    assert_eq!(world.land(contribution).refused, []);
    assert_eq!(world.0.documents.iter().map(|document| document.id.as_str()).collect::<Vec<_>>(), ["doc"]);
    world.entity("cordis-101000002");
}

#[test]
fn participants_are_members_with_role_time_and_money() {
    let world = imported();
    let member = world.relationship("pic-999000001:member-of:cordis-101000001:coordinator");
    assert_eq!(member.since.as_ref().unwrap().as_str(), "2022-01-01");
    assert_eq!(
        member.citations[0].note.as_deref(),
        Some("EU contribution 1 000 000.00 EUR; total cost 1 200 000.00 EUR")
    );
    world.relationship("pic-999000001:party-to:cordis-101000001-grant");
    world.relationship("pic-999000003:member-of:cordis-101000001:associated-partner");
    assert!(world.0.relationship("pic-999000003:party-to:cordis-101000001-grant").is_none());
    let university = world.entity("pic-999000001");
    assert_eq!((university.kind, university.country.unwrap().as_str()), (EntityKind::University, "GB"));
    assert_eq!(university.names[0].text, "MU");
    assert_eq!(university.coordinates.unwrap().longitude(), 16.37);
    assert_eq!(university.homepage.as_deref(), Some("http://www.example.org"));
    assert_eq!(world.entity("pic-999000002").country.unwrap().as_str(), "GR");
    assert!(!serde_json::to_string(&world.0.entities[0].value).unwrap().contains("ATU"), "VAT numbers are not kept");
}

#[test]
fn a_participant_that_stands_twice_is_one_member_and_no_money_is_lost() {
    let world = imported();
    let member = world.relationship("pic-999000002:member-of:cordis-101000001:participant");
    let notes: Vec<_> = member.citations.iter().map(|citation| citation.note.as_deref().unwrap()).collect();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes[0].contains("200 000.50 EUR") && notes[0].contains("ended before"), "{notes:?}");
    assert!(notes[1].contains("300 000.00 EUR") && notes[1].contains("300 000.25 EUR"), "{notes:?}");
}

#[test]
fn an_organization_of_ror_is_one_with_its_participant_code() {
    let mut world = World::default();
    world.land(read("ror", &[sample("ror-v1.json"), sample("ror-v2.json")]).unwrap());
    let ror = Identifier::new(IdentifierScheme::Ror, "00000z905").unwrap();
    let same = HashMap::from([("999000002".into(), ror)]);
    let contribution = || {
        let mut contribution = read("cordis", &[sample(PROJECT)]).unwrap();
        contribution.identify(&same);
        contribution
    };
    world.land(contribution());
    assert!(world.0.entity("pic-999000002").is_none());
    let hospital = world.entity("ror-00000z905");
    assert_eq!((hospital.kind, hospital.name.as_str()), (EntityKind::Hospital, "Made-up General Hospital"));
    assert!(hospital.identifiers.iter().any(|identifier| identifier.to_string() == "PIC:999000002"));
    assert_eq!(hospital.citations.len(), 2);
    world.relationship("ror-00000z905:member-of:cordis-101000001:participant");
    let before = world.0.clone();
    assert!(world.land(contribution()).changes.is_empty());
    // Each registry keeps to itself: neither's next import takes away what the other says.
    assert!(world.land(read("ror", &[sample("ror-v1.json"), sample("ror-v2.json")]).unwrap()).changes.is_empty());
    assert_eq!(world.0, before);
}
