//! The project XML of CORDIS. The sample is made up.

use std::collections::HashMap;

use consortia::graph::{
    Budget, EntityKinds, Graph, PathQuestion, PathSelection, PathWeights, RelationshipFilter, View, ViewSpec,
    components, paths,
};
use consortia::import::Options;
use consortia::import::source::Limits;
use consortia::model::entity::EntityKind;
use consortia::model::identifier::{Identifier, IdentifierScheme};

use super::{World, counts, read, read_with, sample};

const PROJECT: &str = "cordis-101000001.xml";

fn imported() -> World {
    let mut world = World::default();
    let proposal = world.land(read("cordis", &[sample(PROJECT)]).unwrap());
    // A document, a consortium, its grant, three organizations; 1 CONCERNS, 2 PARTY_TO, and 4 MEMBER_OF, for of the
    // two participations of the hospital one ended early.
    assert_eq!(counts(&proposal), [13, 0, 0, 0, 0], "{:?}", proposal.refused);
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
    let options = Options { document: Some(record), mapping: None, ..Options::default() };
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
fn a_participation_that_ended_early_ended_at_some_time_of_the_project_and_stays_apart_from_another() {
    let world = imported();
    let member = "pic-999000002:member-of:cordis-101000001:participant";
    let all = world.0.relationships.iter().map(|relationship| &relationship.value);
    let members: Vec<_> = all.filter(|value| value.id().as_str().starts_with(member)).collect();
    let told: Vec<(&str, &str)> = members
        .iter()
        .map(|member| (member.until.as_ref().unwrap().as_str(), member.citations[0].note.as_deref().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "2022-01-01/2025-12-31",
                "EU contribution 200 000.50 EUR; total cost 200 000.00 EUR; ended before the project's end, CORDIS does not say when"
            ),
            ("2025-12-31", "EU contribution 300 000.00 EUR; total cost 300 000.25 EUR"),
        ]
    );
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
    world.relationship("ror-00000z905:member-of:cordis-101000001:participant-since-2022-01-01-until-2025-12-31");
    let before = world.0.clone();
    assert!(world.land(contribution()).changes.is_empty());
    // Each registry keeps to itself: neither's next import takes away what the other says.
    assert!(world.land(read("ror", &[sample("ror-v1.json"), sample("ror-v2.json")]).unwrap()).changes.is_empty());
    assert_eq!(world.0, before);
}

/// The sample, filed under two fields of science, of which one is a part of the other's whole, and under a third that is
/// damaged.
const FIELDS: &str = r#"    </associations>
    <categories>
      <category classification="policyPriorities"><code>/x</code><displayCode>/X</displayCode></category>
      <category classification="euroSciVoc" type="isInFieldOfScience"><code>/23/53/373</code><title>electrochemistry</title>
        <displayCode>/natural sciences/chemical sciences/electrochemistry</displayCode></category>
      <category classification="euroSciVoc" type="isInFieldOfScience"><code>/23/45</code><title>computer sciences</title>
        <displayCode>/natural sciences/computer &amp; information sciences</displayCode></category>
      <category classification="euroSciVoc" type="isInFieldOfScience"><code>/23/45/7</code><title>lost</title>
        <displayCode>/natural sciences/lost</displayCode></category>
    </categories>
  </relations>
</project>"#;

fn with_fields() -> World {
    let text = std::fs::read_to_string(sample(PROJECT)).unwrap();
    let at = text.find("    </associations>").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fields.xml");
    std::fs::write(&path, format!("{}{FIELDS}", &text[..at])).unwrap();
    let mut world = World::default();
    let proposal = world.land(read("cordis", std::slice::from_ref(&path)).unwrap());
    assert_eq!(proposal.refused, []);
    let notes: Vec<String> = proposal.notes.iter().map(ToString::to_string).collect();
    let left_out: Vec<&String> = notes.iter().filter(|note| note.contains("left out")).collect();
    assert!(left_out.len() == 1 && left_out[0].contains("\"/23/45/7\""), "{notes:?}");
    assert!(world.land(read("cordis", &[path]).unwrap()).changes.is_empty(), "again it changes nothing");
    world
}

#[test]
fn a_project_concerns_its_fields_of_science_each_part_of_a_wider_one() {
    let world = with_fields();
    let field = world.entity("euroscivoc-23-53-373");
    assert_eq!((field.kind, field.name.as_str()), (EntityKind::Topic, "electrochemistry"));
    assert_eq!(world.entity("euroscivoc-23-45").name, "computer & information sciences");
    assert_eq!(field.citations[0].locator.as_deref(), Some("European Science Vocabulary /23/53/373"));
    world.relationship("cordis-101000001:concerns:euroscivoc-23-53-373");
    world.relationship("cordis-101000001:concerns:euroscivoc-23-45");
    world.relationship("euroscivoc-23-53-373:part-of:euroscivoc-23-53");
    world.relationship("euroscivoc-23-53:part-of:euroscivoc-23");
    world.relationship("euroscivoc-23-45:part-of:euroscivoc-23");
    assert!(
        world.0.relationship("cordis-101000001:concerns:euroscivoc-23-53").is_none(),
        "only what it is filed under"
    );
}

#[test]
fn fields_of_science_are_walked_only_where_topics_are_asked_for() {
    let world = with_fields();
    let graph = Graph::build(&world.0);
    let budget = Budget::of(1_000_000);
    let find = |id: &str| graph.find_entity(id).unwrap();
    let question = |from: &str, to: &str| PathQuestion {
        from: vec![find(from)],
        to: vec![find(to)],
        select: PathSelection::AllShortest,
        max_length: 6,
        avoid: None,
        via: RelationshipFilter::default(),
        k: 1,
        weights: PathWeights::default(),
    };
    let named = View::new(&graph, &ViewSpec { entity_kinds: Some(EntityKinds::ALL), ..ViewSpec::default() });
    let everything = View::everything();
    let members = |view: &View| components(&graph, view, &budget).unwrap()[0].members.len();
    // The consortium, its grant and three participants; then four fields more.
    assert_eq!((members(&everything), members(&named)), (5, 9));
    let consortium = "cordis-101000001";
    let found = |view: &View, from, to| paths(&graph, view, &question(from, to), &budget).unwrap().len();
    // By way of the computer sciences, which are nearer to the root than electrochemistry.
    assert_eq!(found(&everything, consortium, "euroscivoc-23"), 1, "an end that is asked for is free");
    assert_eq!(found(&named, consortium, "euroscivoc-23"), 1);
}
