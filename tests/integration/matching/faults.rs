//! Kinds of faults that a matcher of names falls into, each with names of its kind. What is expected is what somebody
//! who knows the bodies would say.

use std::sync::Arc;

use consortia::matching::{Confidence, Question};
use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use consortia::model::state::State;

use super::names::{Row, asked_in, question, state_of};

use EntityKind::{Company, Hospital, Nonprofit, University};

const WORLD: &[Row] = &[
    ("nuclear-safety", Nonprofit, "FR", "Paris", &["Autorité de sûreté nucléaire", "ASN"]),
    ("icp", Nonprofit, "ES", "Madrid", &["Instituto de Catálisis y Petroleoquímica", "ICP"]),
    ("e-da", Hospital, "TW", "Kaohsiung", &["E-Da Hospital"]),
    ("kg", Hospital, "IN", "Coimbatore", &["KG Hospital"]),
    ("regents", University, "GB", "London", &["Regent's University London"]),
    ("italy-institute", Nonprofit, "IT", "Rome", &["Italy Institute"]),
    ("maschinen", Company, "DE", "Stuttgart", &["Musterwerk Maschinen AG"]),
    ("leonardo", Company, "IT", "Rome", &["Leonardo Elicotteri SpA"]),
    ("biobank", Nonprofit, "AT", "Graz", &["Biobanking Research Infrastructure"]),
    ("plata-university", University, "AR", "Libertador San Martín", &["Universidad Adventista del Plata"]),
    ("plata-hospital", Hospital, "AR", "Libertador San Martín", &["Sanatorio Adventista del Plata"]),
    ("avignon", Hospital, "FR", "Avignon", &["Centre Hospitalier d'Avignon"]),
    ("univ-lille", University, "FR", "Lille", &["University of Lille", "Université de Lille"]),
    ("univ-salamanca", University, "ES", "Salamanca", &["University of Salamanca", "Universidad de Salamanca"]),
    ("univ-verona", University, "IT", "Verona", &["University of Verona", "Università di Verona"]),
    ("univ-coimbra", University, "PT", "Coimbra", &["University of Coimbra", "Universidade de Coimbra"]),
    ("univ-bonn", University, "DE", "Bonn", &["University of Bonn", "Universität Bonn"]),
    ("maria-north", Hospital, "AU", "Perth", &["St Mary Memorial Hospital"]),
    ("maria-south", Hospital, "AU", "Hobart", &["St Mary Memorial Hospital"]),
    ("oxford-network", Nonprofit, "GB", "Oxford", &["Oxford Academic Health Science Network"]),
    ("western-network", Nonprofit, "GB", "Bristol", &["West of England Academic Health Science Network"]),
    ("northern-network", Nonprofit, "GB", "Leeds", &["Yorkshire & Humber Academic Health Science Network"]),
    (
        "international-school",
        University,
        "TR",
        "Ankara",
        &["International School of Medicine of Karahisar University", "Karahisar International School of Medicine"],
    ),
    ("karahisar", University, "TR", "Ankara", &["Karahisar University", "Karahisar Üniversitesi"]),
    ("karolinska", University, "SE", "Stockholm", &["Karolinska Institutet"]),
];

fn first(state: &State, question: &Question) -> Option<(String, Confidence)> {
    asked_in(state, question).into_iter().next().map(|(id, candidate)| (id, candidate.confidence))
}

/// Asserts that the first candidate of each name is this one, and may be taken without a look.
fn assert_found(cases: &[(&str, &str, &str)]) {
    let state = state_of(WORLD);
    for (name, country, expected) in cases {
        let found = first(&state, &question(name, country));
        assert_eq!(found, Some(((*expected).to_owned(), Confidence::High)), "{name:?}");
    }
}

/// Asserts that no candidate of a name may be taken without a look.
fn assert_none(cases: &[(&str, &str)]) {
    let state = state_of(WORLD);
    for (name, country) in cases {
        let found = first(&state, &question(name, country));
        assert!(found.as_ref().is_none_or(|(_, confidence)| *confidence != Confidence::High), "{name:?}: {found:?}");
    }
}

#[test]
fn an_acronym_alone_carries_no_match_where_full_names_have_nothing_in_common() {
    let state = state_of(WORLD);
    for (name, acronym, country) in [
        ("Alcatel Submarine Networks", "ASN", "FR"),
        ("Association des sourds de Nantes", "ASN", "FR"),
        ("Inversiones Comerciales del Pirineo", "ICP", "ES"),
    ] {
        let question = Question { other_names: vec![acronym.to_owned()], ..question(name, country) };
        let found = first(&state, &question);
        assert!(found.as_ref().is_none_or(|(_, confidence)| *confidence < Confidence::High), "{name}: {found:?}");
    }
}

#[test]
fn short_words_of_a_name_do_not_vanish() {
    assert_found(&[("E-DA Hospital", "TW", "e-da"), ("K.G. Hospital", "IN", "kg")]);
    assert_none(&[
        ("University of London", "GB"),
        ("I+ (Italy)", "IT"),
        ("El.En. Group (Italy)", "IT"),
        ("El.En. SpA", "IT"),
    ]);
}

#[test]
fn legal_forms_written_out_say_nothing() {
    assert_found(&[
        ("Musterwerk Maschinen Aktiengesellschaft", "DE", "maschinen"),
        ("MUSTERWERK MASCHINEN GESELLSCHAFT MIT BESCHRANKTER HAFTUNG", "DE", "maschinen"),
        ("Leonardo Società per azioni Elicotteri", "IT", "leonardo"),
        ("LEONARDO S. P. A. ELICOTTERI", "IT", "leonardo"),
        ("Biobanking Research Infrastructure ERIC", "AT", "biobank"),
        ("Biobanking Research Infrastructure - European Research Infrastructure Consortium", "AT", "biobank"),
    ]);
}

#[test]
fn what_the_parent_explains_does_not_carry_a_name() {
    let mut state = state_of(WORLD);
    let id = |id: &str| EntityId::new(id).unwrap();
    let mut record = RelationshipRecord::new(id("plata-hospital"), RelationshipKind::PartOf, id("plata-university"));
    record.citations = citations();
    state.relationships = vec![Arc::new(Versioned { revision: 1, value: Relationship::new(record).unwrap() })];
    let found = first(&state, &question("Sanatorio Plaza", "AR"));
    assert!(found.as_ref().is_none_or(|(_, confidence)| *confidence != Confidence::High), "{found:?}");
    let found = first(&state, &question("SANATORIO ADVENTISTA DEL PLATA", "AR"));
    assert_eq!(found, Some(("plata-hospital".to_owned(), Confidence::High)));
}

#[test]
fn a_teaching_hospital_is_not_answered_with_its_university() {
    assert_none(&[
        ("CHU Lille", "FR"),
        ("CHRU de Lille", "FR"),
        ("Hospital Clínico Universitario de Salamanca", "ES"),
        ("Azienda Ospedaliera Universitaria Integrata Verona", "IT"),
        ("Hospitais da Universidade de Coimbra", "PT"),
        ("Universitätsklinikum Bonn", "DE"),
        ("University Hospital of Bonn", "DE"),
    ]);
    assert_found(&[("CH AVIGNON", "FR", "avignon"), ("CH d'Avignon", "FR", "avignon")]);
}

#[test]
fn the_town_tells_hospitals_of_one_name_apart() {
    let state = state_of(WORLD);
    for (city, expected) in [("Perth", "maria-north"), ("Hobart", "maria-south")] {
        let question = Question { city: Some(city.to_owned()), ..question("St. Mary Memorial Hospital", "AU") };
        let (found, confidence) = first(&state, &question).unwrap();
        assert_eq!(found, expected);
        assert_eq!(confidence, Confidence::High);
    }
    assert_none(&[("St. Mary Memorial Hospital", "AU")]);
}

#[test]
fn a_word_that_alone_tells_two_bodies_apart_is_not_passed_over() {
    assert_none(&[
        ("East Midlands Academic Health Science Network", "GB"),
        ("Karahisar Üniversitesi Tıp Fakültesi", "TR"),
    ]);
}

#[test]
fn characters_that_nobody_sees_change_nothing() {
    assert_found(&[
        ("Karo\u{ad}linska Insti\u{ad}tutet", "SE", "karolinska"),
        ("Karolinska\u{200b} Institutet\u{feff}", "SE", "karolinska"),
        ("Karo\u{2060}linska Institutet", "SE", "karolinska"),
        ("Karolinska\tInstitutet", "SE", "karolinska"),
        ("Karo\nlinska Institutet", "SE", "karolinska"),
    ]);
}

fn citations() -> Vec<Citation> {
    let document = DocumentId::new("registry").unwrap();
    vec![Citation { document, strength: Strength::Stated, locator: None, note: None }]
}

fn record(id: &str, kind: EntityKind, name: &str, identifiers: &[&str]) -> EntityRecord {
    let mut record = EntityRecord::new(EntityId::new(id).unwrap(), kind, name);
    record.identifiers = identifiers.iter().map(|identifier| identifier.parse().unwrap()).collect();
    record.citations = citations();
    record
}

fn state(records: Vec<EntityRecord>) -> State {
    let mut entities: Vec<_> = records
        .into_iter()
        .map(|record| Arc::new(Versioned { revision: 1, value: Entity::new(record).unwrap() }))
        .collect();
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    State { entities, ..State::default() }
}

#[test]
fn placeholders_and_projects_are_no_candidates() {
    let mut project = record("cordis-101", EntityKind::Consortium, "ENDURE: Enduring hearts", &[]);
    project.since = Some("2022-01-01".parse().unwrap());
    project.until = Some("2026-12-31".parse().unwrap());
    let grant = record("cordis-101-grant", EntityKind::Agreement, "Grant agreement Enduring hearts", &[]);
    let funded = record("cordis-102", EntityKind::Consortium, "Beating hearts", &["DOI:10.3030/101057619"]);
    let nameless = record("pic-999984350", Company, "CORDIS participant 999984350", &["PIC:999984350"]);
    let alliance = record("alliance", EntityKind::Consortium, "Alliance of hearts", &[]);
    let state = state(vec![project, grant, funded, nameless, alliance]);
    for name in
        ["Enduring hearts", "ENDURE", "Grant agreement", "Beating hearts", "CORDIS participant 999984350", "Cordis"]
    {
        let found = asked_in(&state, &question(name, ""));
        assert!(found.iter().all(|(id, _)| id == "alliance"), "{name}: {found:?}");
    }
    assert_eq!(asked_in(&state, &question("Alliance of hearts", ""))[0].0, "alliance");
    let of_kind = Question { kinds: vec![EntityKind::Consortium], ..question("Beating hearts", "") };
    assert_eq!(asked_in(&state, &of_kind)[0].0, "cordis-102", "asked for by its kind, a project is found");
    let by_key = Question { identifiers: vec!["PIC:999984350".parse().unwrap()], ..Question::default() };
    assert_eq!(asked_in(&state, &by_key)[0].0, "pic-999984350", "its number finds what only has a number");
}

#[test]
fn of_twins_the_curated_one_comes_first_then_that_of_ror_then_the_better_tied() {
    let name = "Madeup Institute of Hearts";
    let curated = record("madeup-institute", Nonprofit, name, &[]);
    let of_ror = record("ror-052gg0110", Nonprofit, name, &["ROR:052gg0110"]);
    let one = record("pic-999984350", Nonprofit, "MADEUP INSTITUTE OF HEARTS", &["PIC:999984350"]);
    let tied = record("pic-999984351", Nonprofit, "MADEUP INSTITUTE OF HEARTS", &["PIC:999984351"]);
    let mut state = state(vec![one, tied, of_ror, curated]);
    let id = |id: &str| EntityId::new(id).unwrap();
    let mut tie = RelationshipRecord::new(id("pic-999984351"), RelationshipKind::CollaboratesWith, id("ror-052gg0110"));
    tie.citations = citations();
    state.relationships = vec![Arc::new(Versioned { revision: 1, value: Relationship::new(tie).unwrap() })];
    let expected = ["madeup-institute", "ror-052gg0110", "pic-999984351", "pic-999984350"];
    let found = asked_in(&state, &question(name, ""));
    assert_eq!(found.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), expected);
    let scores: Vec<f64> = found.iter().map(|(_, candidate)| candidate.score).collect();
    assert!(scores.iter().all(|score| (score - scores[0]).abs() < 1e-9), "twins share one score: {scores:?}");
    let hits = consortia::search::Index::build(&state).search(name, 10, &mut |_| true);
    let hits: Vec<&str> = hits.iter().map(|hit| state.entities[hit.position].id.as_str()).collect();
    assert_eq!(hits, expected);
}
