//! The matcher over a world of look-alikes. What is expected is what a librarian would say.

use std::sync::Arc;

use consortia::matching::{Aspect, Candidate, Confidence, Matcher, Question, Verdict, country_named};
use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::name::{Name, NameKind};
use consortia::model::state::State;
use proptest::prelude::*;

use EntityKind::{Company, Hospital, Nonprofit, ResearchCenter, University};

/// Id, kind, country, city, names; a name in capitals of at most six letters is an acronym.
pub(super) type Row = (&'static str, EntityKind, &'static str, &'static str, &'static [&'static str]);

const WORLD: &[Row] = &[
    (
        "charite",
        Hospital,
        "DE",
        "Berlin",
        &["Charité - University Medicine Berlin", "Charité – Universitätsmedizin Berlin"],
    ),
    ("chu-lille", Hospital, "FR", "Lille", &["Centre Hospitalier Universitaire de Lille", "CHRU Lille"]),
    ("univ-lille", University, "FR", "Lille", &["University of Lille", "Université de Lille"]),
    ("chu-nantes", Hospital, "FR", "Nantes", &["Centre Hospitalier Universitaire de Nantes"]),
    ("guys", Hospital, "GB", "London", &["Guy's and St Thomas' NHS Foundation Trust", "GSTT"]),
    ("kch", Hospital, "GB", "London", &["King's College Hospital NHS Foundation Trust"]),
    ("kcl", University, "GB", "London", &["King's College London", "KCL"]),
    ("leipzig-uni", University, "DE", "Leipzig", &["Leipzig University", "Universität Leipzig"]),
    (
        "leipzig-clinic",
        Hospital,
        "DE",
        "Leipzig",
        &["University Hospital Leipzig", "Universitätsklinikum Leipzig", "UKL"],
    ),
    ("west-china", Hospital, "CN", "Chengdu", &["West China Hospital of Sichuan University", "四川大学华西医院"]),
    ("sichuan", University, "CN", "Chengdu", &["Sichuan University", "四川大学"]),
    ("zhengzhou-first", Hospital, "CN", "Zhengzhou", &["First Affiliated Hospital of Zhengzhou University"]),
    ("zhengzhou-second", Hospital, "CN", "Zhengzhou", &["Second Affiliated Hospital of Zhengzhou University"]),
    ("la-paz", Hospital, "ES", "Madrid", &["Hospital Universitario La Paz", "La Paz University Hospital"]),
    ("motol", Hospital, "CZ", "Prague", &["Motol University Hospital", "Fakultní nemocnice v Motole"]),
    ("oslo", Hospital, "NO", "Oslo", &["Oslo University Hospital", "Oslo universitetssykehus", "OUS"]),
    ("padua", Hospital, "IT", "Padua", &["Azienda Ospedaliera di Padova", "University Hospital of Padua"]),
    ("vall", ResearchCenter, "ES", "Barcelona", &["Vall d'Hebron Institut de Recerca", "VHIR"]),
    ("siemens-de", Company, "DE", "Munich", &["Siemens (Germany)"]),
    ("siemens-at", Company, "AT", "Vienna", &["Siemens (Austria)"]),
    ("cambridge", University, "GB", "Cambridge", &["University of Cambridge"]),
    ("cambridge-us", Nonprofit, "US", "Cambridge", &["Cambridge Health Alliance"]),
    ("birmingham", University, "GB", "Birmingham", &["University of Birmingham"]),
    ("alabama", University, "US", "Birmingham", &["University of Alabama at Birmingham", "UAB"]),
    ("york", University, "GB", "York", &["University of York"]),
    ("york-ca", University, "CA", "Toronto", &["York University"]),
];

fn world() -> State {
    state_of(WORLD)
}

pub(super) fn state_of(rows: &[Row]) -> State {
    let mut entities: Vec<Arc<Versioned<Entity>>> =
        rows.iter().map(|row| Arc::new(Versioned { revision: 1, value: entity(*row) })).collect();
    // What nobody asks for, so that words have frequencies as in a registry.
    for number in 0..400 {
        let name: &'static str = Box::leak(format!("University Hospital of Town{number}").into_boxed_str());
        let id: &'static str = Box::leak(format!("town-{number}").into_boxed_str());
        let names: &'static [&'static str] = Box::leak(vec![name].into_boxed_slice());
        entities.push(Arc::new(Versioned { revision: 1, value: entity((id, Hospital, "SE", "Town", names)) }));
    }
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    State { entities, ..State::default() }
}

fn entity((id, kind, country, city, names): Row) -> Entity {
    let mut record = EntityRecord::new(EntityId::new(id).unwrap(), kind, names[0]);
    let kind_of = |name: &str| match name.len() <= 6 && name.chars().all(|c| c.is_ascii_uppercase()) {
        true => NameKind::Acronym,
        false => NameKind::Alias,
    };
    record.names =
        names[1..].iter().map(|name| Name { text: (*name).into(), kind: kind_of(name), language: None }).collect();
    record.country = country_named(country);
    record.city = Some(city.to_owned()).filter(|city| !city.is_empty());
    record.identifiers = if id == "charite" { vec!["ROR:001w7jn25".parse().unwrap()] } else { Vec::new() };
    let document = DocumentId::new("registry").unwrap();
    record.citations = vec![Citation { document, strength: Strength::Stated, locator: None, note: None }];
    Entity::new(record).unwrap()
}

fn asked(question: &Question) -> Vec<(String, Candidate)> {
    asked_in(&world(), question)
}

pub(super) fn asked_in(state: &State, question: &Question) -> Vec<(String, Candidate)> {
    let found = Matcher::build(state).candidates(question, 10, &mut |_| true);
    found.into_iter().map(|candidate| (state.entities[candidate.position].id.to_string(), candidate)).collect()
}

pub(super) fn question(name: &str, country: &str) -> Question {
    Question { name: name.to_owned(), country: country_named(country), ..Question::default() }
}

#[test]
fn a_name_as_registries_write_it_finds_its_institution() {
    for (name, country, expected) in [
        ("CHARITE - UNIVERSITAETSMEDIZIN BERLIN", "DE", "charite"),
        ("CHU DE LILLE", "FR", "chu-lille"),
        ("CENTRE HOSPITALIER REGIONAL ET UNIVERSITAIRE DE LILLE", "FR", "chu-lille"),
        ("UNIVERSITE DE LILLE", "FR", "univ-lille"),
        ("C.H.U. Nantes", "FR", "chu-nantes"),
        ("Guys & St. Thomas Hospital NHS Trust", "GB", "guys"),
        ("KING'S COLLEGE HOSPITAL", "GB", "kch"),
        ("KING'S COLLEGE LONDON", "UK", "kcl"),
        ("UNIVERSITAET LEIPZIG", "DE", "leipzig-uni"),
        ("Universitaetsklinikum Leipzig AöR", "DE", "leipzig-clinic"),
        ("UKL", "DE", "leipzig-clinic"),
        ("West China Hospital, Sichuan University", "CN", "west-china"),
        ("四川大學華西醫院", "CN", "west-china"),
        ("四川大学", "CN", "sichuan"),
        ("The 1st Affiliated Hospital of Zhengzhou Univ.", "CN", "zhengzhou-first"),
        ("郑州大学第二附属医院", "CN", "zhengzhou-second"),
        ("UNIVERSITY HOSPITAL LA PAZ", "ES", "la-paz"),
        ("FAKULTNI NEMOCNICE V MOTOLE", "CZ", "motol"),
        ("OSLO UNIVERSITETSSYKEHUS HF", "NO", "oslo"),
        ("AZIENDA OSPEDALE-UNIVERSITA PADOVA", "IT", "padua"),
        ("SIEMENS AKTIENGESELLSCHAFT", "DE", "siemens-de"),
        ("SIEMENS AG OESTERREICH", "AT", "siemens-at"),
        ("THE CHANCELLOR MASTERS AND SCHOLARS OF THE UNIVERSITY OF CAMBRIDGE", "GB", "cambridge"),
        ("University of Birmingam", "GB", "birmingham"),
        ("University of Birmingham", "GB", "birmingham"),
        ("UNIVERSITY OF YORK", "GB", "york"),
    ] {
        let found = asked(&question(name, country));
        let first = found.first().map(|(id, candidate)| (id.as_str(), candidate.score));
        assert_eq!(first.map(|(id, _)| id), Some(expected), "{name}: {first:?}");
    }
}

#[test]
fn what_is_not_there_is_not_matched_with_confidence() {
    for (name, country) in [
        ("University of Oxford", "GB"),
        ("CHU de Rennes", "FR"),
        ("Universitätsklinikum Hamburg-Eppendorf", "DE"),
        ("Third Affiliated Hospital of Zhengzhou University", "CN"),
        ("Town Planning Board", "HK"),
    ] {
        let found = asked(&question(name, country));
        let sure: Vec<_> = found.iter().filter(|(_, candidate)| candidate.confidence == Confidence::High).collect();
        assert!(sure.is_empty(), "{name}: {sure:?}");
    }
    assert!(asked(&question("", "GB")).iter().all(|(_, candidate)| candidate.confidence == Confidence::None));
}

#[test]
fn an_identifier_outweighs_every_name() {
    let mut question = question("Some wholly other name", "DE");
    question.identifiers = vec!["ROR:001w7jn25".parse().unwrap()];
    let found = asked(&question);
    let (id, first) = &found[0];
    assert_eq!((id.as_str(), first.confidence), ("charite", Confidence::High));
    assert!(first.reasons.iter().any(|r| r.aspect == Aspect::Identifier && r.verdict == Verdict::Agrees));
    assert!(first.reasons.iter().any(|r| r.aspect == Aspect::Name && r.verdict == Verdict::Differs));
}

#[test]
fn the_reasons_name_the_country_and_the_city_that_differ() {
    let mut question = question("University of Cambridge", "US");
    question.city = Some("Boston".to_owned());
    let found = asked(&question);
    let (_, candidate) = found.iter().find(|(id, _)| id == "cambridge").unwrap();
    let texts: Vec<&str> = candidate.reasons.iter().map(|reason| reason.text.as_str()).collect();
    assert!(texts.iter().any(|text| text.contains("not in United States")), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("it is in Cambridge, not in Boston")), "{texts:?}");
    assert_ne!(candidate.confidence, Confidence::High);
}

#[test]
fn the_scores_of_a_question_and_of_none_add_up_to_one() {
    for name in ["CHU DE LILLE", "University Hospital", "Sichuan University", "x"] {
        let scores: Vec<f64> = asked(&question(name, "FR")).iter().map(|(_, candidate)| candidate.score).collect();
        assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)) && scores.iter().sum::<f64>() <= 1.0 + 1e-9);
        assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    }
}

#[test]
fn only_what_is_accepted_is_given() {
    let state = world();
    let matcher = Matcher::build(&state);
    let hospital = |position: usize| state.entities[position].kind == Hospital;
    let found = matcher.candidates(&question("University of Leipzig", "DE"), 10, &mut { hospital });
    assert!(found.iter().all(|candidate| hospital(candidate.position)) && !found.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_breaks_it(name in "\\PC{0,80}", other in "[\\PC()\\[\\]'.&（）]{0,40}") {
        let mut question = question(&name, "GB");
        question.other_names = vec![other.clone()];
        question.city = Some(other.clone());
        question.homepage = Some(name.clone());
        question.parent = Some(other);
        let found = asked(&question);
        prop_assert!(found.iter().all(|(_, candidate)| candidate.score.is_finite()));
    }
}
