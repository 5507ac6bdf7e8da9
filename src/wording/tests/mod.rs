//! Sentences as a reader would write them, for every kind of relationship, and for paths.

mod analysis;
mod grammar;
mod tense;

use proptest::prelude::*;

use super::*;
use crate::model::citation::{Citation, Strength};
use crate::model::edtf::EdtfDate;
use crate::model::entity::{EntityKind, EntityRecord};
use crate::model::id::{DocumentId, EntityId};
use crate::model::relationship::{RelationshipKind, RelationshipRecord};
use EntityKind as E;
use RelationshipKind as R;

/// What the sentences are about: a short word for the tests, the kind and the name.
const WORLD: [(&str, EntityKind, &str); 31] = [
    ("oxford", E::University, "the University of Oxford"),
    ("glasgow", E::University, "the University of Glasgow"),
    ("birmingham", E::University, "the University of Birmingham"),
    ("sichuan", E::University, "Sichuan University"),
    ("hkust", E::University, "The Hong Kong University of Science and Technology"),
    ("pku", E::University, "Peking University"),
    ("som", E::MedicalSchool, "Tsinghua University School of Medicine"),
    ("pumch", E::Hospital, "Peking Union Medical College Hospital"),
    ("wch", E::Hospital, "West China Hospital"),
    ("consortium", E::Consortium, "the China-UK University Consortium on Medicine and Health"),
    ("alliance", E::Consortium, "The Health Alliance"),
    ("center", E::ResearchCenter, "the Huaxi Joint Centre for Gastrointestinal Cancer"),
    ("cpo", E::Office, "the UMass Chan China Program Office"),
    ("acme", E::Company, "Acme Inc."),
    ("gates", E::Foundation, "the Gates Foundation"),
    ("nhc", E::Government, "the National Health Commission"),
    ("nancy", E::Person, "Nancy Ip"),
    ("yao", E::Person, "Yao Leye"),
    ("frampton", E::Person, "Jon Frampton"),
    ("kerr", E::Person, "David James Kerr"),
    ("agreement", E::Agreement, "the Strategic Cooperation Agreement between HKUST and PUMCH"),
    ("initiative", E::Agreement, "the Initiative on global health challenges"),
    ("forum", E::Event, "the 2022 China-UK University Forum on Medical Innovation Cooperation"),
    ("meeting", E::Event, "the 2023 Preparatory Meeting"),
    ("second", E::Event, "the Second Preparatory Meeting"),
    ("visit", E::Event, "Visit of Nancy Ip to PUMCH, March 2024|the visit of Nancy Ip to PUMCH, March 2024"),
    ("healthy", E::Program, "Healthy China"),
    ("mbbs", E::Program, "the MBBS program"),
    ("fellows", E::Program, "A Fellowship for Young Doctors"),
    ("cancer", E::Topic, "Gastrointestinal cancer"),
    ("ai", E::Topic, "Artificial Intelligence"),
];

/// An entity of this name; after a bar, as it stands inside a sentence; one that begins with "the" takes it there.
fn named(kind: EntityKind, id: &str, name: &str) -> Entity {
    let in_text = name.split_once('|').map(|(_, text)| text).or_else(|| name.starts_with("the ").then_some(name));
    let name = name.split('|').next().unwrap();
    let mut record = EntityRecord::new(EntityId::new(id).unwrap(), kind, name.strip_prefix("the ").unwrap_or(name));
    record.in_text = in_text.map(Into::into);
    record.citations.push(citation(Strength::Stated));
    Entity::new(record).unwrap()
}

fn entity(word: &str) -> Entity {
    let (id, kind, name) = WORLD.into_iter().find(|(id, ..)| *id == word).unwrap();
    let entity = named(kind, id, name);
    if word == "visit" { dated(entity, "2024-03", "2024-03") } else { entity }
}

fn citation(strength: Strength) -> Citation {
    let document = DocumentId::new("document").unwrap();
    Citation { document, locator: None, strength, note: Some("by the names".into()) }
}

/// A relationship from words: `role=`, `for=`, `since=`, `until=`, `on=` (both dates) and `inferred`.
fn related(source: &str, kind: RelationshipKind, target: &str, details: &[&str]) -> Relationship {
    let mut record = RelationshipRecord::new(EntityId::new(source).unwrap(), kind, EntityId::new(target).unwrap());
    let mut strength = Strength::Stated;
    for detail in details {
        match detail.split_once('=') {
            Some(("role", role)) => record.role = Some(role.into()),
            Some(("for", principal)) => record.on_behalf_of = Some(EntityId::new(principal).unwrap()),
            Some(("since", date)) => record.since = Some(date.parse().unwrap()),
            Some(("until", date)) => record.until = Some(date.parse().unwrap()),
            Some(("on", date)) => {
                record.since = Some(date.parse().unwrap());
                record.until = record.since.clone();
            }
            _ => strength = Strength::Inferred,
        }
    }
    record.citations.push(citation(strength));
    Relationship::new(record).unwrap()
}

/// The day on which all is told.
fn today() -> Day {
    "2026-11-30".parse::<EdtfDate>().unwrap().first_day()
}

/// A relationship as it is told on that day.
fn said(it: &Relationship, source: &Entity, target: &Entity, on_behalf_of: Option<&Entity>) -> String {
    relationship(&Statement { relationship: it, source, target, on_behalf_of, as_of: None, today: today() })
}

/// The entity with these dates, where they are not empty.
fn dated(entity: Entity, since: &str, until: &str) -> Entity {
    let date = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
    let mut record = EntityRecord::from(entity);
    (record.since, record.until) = (date(since), date(until));
    Entity::new(record).unwrap()
}

type Told<'a> = (&'a str, RelationshipKind, &'a str, &'a [&'a str]);

fn tell((source, kind, target, details): Told<'_>) -> String {
    let it = related(source, kind, target, details);
    let principal = it.on_behalf_of.as_ref().map(|id| entity(id.as_str()));
    said(&it, &entity(source), &entity(target), principal.as_ref())
}

#[test]
fn relationships_read_as_a_person_would_say_them() {
    #[rustfmt::skip]
    let table: [(Told<'_>, &str); 62] = [
        (("center", R::PartOf, "wch", &[]), "The Huaxi Joint Centre for Gastrointestinal Cancer is part of West China Hospital."),
        (("som", R::PartOf, "pku", &["since=2001"]), "Tsinghua University School of Medicine has been part of Peking University since 2001."),
        (("meeting", R::PartOf, "forum", &[]), "The 2023 Preparatory Meeting is part of the 2022 China-UK University Forum on Medical Innovation Cooperation."),
        (("wch", R::AffiliatedWith, "sichuan", &[]), "West China Hospital is affiliated with Sichuan University."),
        (("wch", R::AffiliatedWith, "sichuan", &["inferred"]), "West China Hospital is affiliated with Sichuan University (inferred)."),
        (("wch", R::AffiliatedWith, "sichuan", &["role=teaching hospital"]), "West China Hospital is affiliated with Sichuan University as a teaching hospital."),
        (("kerr", R::AffiliatedWith, "oxford", &["until=2019"]), "David James Kerr was affiliated with the University of Oxford until 2019."),
        (("glasgow", R::MemberOf, "consortium", &[]), "The University of Glasgow is a member of the China-UK University Consortium on Medicine and Health."),
        (("glasgow", R::MemberOf, "consortium", &["role=founding member"]), "The University of Glasgow is a founding member of the China-UK University Consortium on Medicine and Health."),
        (("glasgow", R::MemberOf, "alliance", &["since=2021~"]), "The University of Glasgow has been a member of The Health Alliance since around 2021."),
        (("glasgow", R::MemberOf, "alliance", &["since=2019", "until=2022"]), "The University of Glasgow was a member of The Health Alliance from 2019 to 2022."),
        (("kerr", R::MemberOf, "alliance", &["role=chair"]), "David James Kerr is a member of The Health Alliance as chair."),
        (("oxford", R::Founded, "consortium", &[]), "The University of Oxford founded the China-UK University Consortium on Medicine and Health."),
        (("oxford", R::Founded, "consortium", &["since=2022"]), "The University of Oxford founded the China-UK University Consortium on Medicine and Health in 2022."),
        (("oxford", R::Founded, "consortium", &["role=launched the initiative to establish it"]), "The University of Oxford launched the initiative to establish the China-UK University Consortium on Medicine and Health."),
        (("som", R::CollaboratesWith, "gates", &[]), "Tsinghua University School of Medicine collaborates with the Gates Foundation."),
        (("som", R::CollaboratesWith, "acme", &[]), "Tsinghua University School of Medicine collaborates with Acme Inc."),
        (("som", R::CollaboratesWith, "acme", &["role=in medical education"]), "Tsinghua University School of Medicine collaborates with Acme Inc. in medical education."),
        (("som", R::CollaboratesWith, "gates", &["role=talent exchange", "since=2015?"]), "Tsinghua University School of Medicine has collaborated with the Gates Foundation on talent exchange possibly since 2015."),
        (("hkust", R::PartyTo, "agreement", &[]), "The Hong Kong University of Science and Technology is a party to the Strategic Cooperation Agreement between HKUST and PUMCH."),
        (("nancy", R::Signed, "agreement", &["role=President", "for=hkust"]), "Nancy Ip, as President, signed the Strategic Cooperation Agreement between HKUST and PUMCH on behalf of The Hong Kong University of Science and Technology."),
        (("nancy", R::Signed, "agreement", &["on=2024-06-25"]), "Nancy Ip signed the Strategic Cooperation Agreement between HKUST and PUMCH on 25 June 2024."),
        (("nancy", R::Signed, "agreement", &["role=spoke at the ceremony"]), "Nancy Ip signed the Strategic Cooperation Agreement between HKUST and PUMCH and spoke at the ceremony."),
        (("yao", R::Witnessed, "agreement", &["role=Associate Provost (Mainland Affairs)", "for=hkust"]), "Yao Leye, as Associate Provost (Mainland Affairs) of The Hong Kong University of Science and Technology, witnessed the signing of the Strategic Cooperation Agreement between HKUST and PUMCH."),
        (("yao", R::Witnessed, "meeting", &[]), "Yao Leye witnessed the 2023 Preparatory Meeting."),
        (("sichuan", R::Organized, "forum", &["on=2022-11-15"]), "Sichuan University organized the 2022 China-UK University Forum on Medical Innovation Cooperation on 15 November 2022."),
        (("sichuan", R::Organized, "forum", &["role=host"]), "Sichuan University organized the 2022 China-UK University Forum on Medical Innovation Cooperation as host."),
        (("sichuan", R::Organized, "forum", &["since=2022-11-15", "until=2022-11-16"]), "Sichuan University organized the 2022 China-UK University Forum on Medical Innovation Cooperation from 15 to 16 November 2022."),
        (("wch", R::Hosted, "meeting", &["on=2023-12-13"]), "West China Hospital hosted the 2023 Preparatory Meeting on 13 December 2023."),
        (("frampton", R::ParticipatedIn, "forum", &["role=keynote speaker", "for=birmingham"]), "Jon Frampton took part in the 2022 China-UK University Forum on Medical Innovation Cooperation as a keynote speaker on behalf of the University of Birmingham."),
        (("yao", R::ParticipatedIn, "meeting", &["role=presided over the opening ceremony"]), "Yao Leye presided over the opening ceremony of the 2023 Preparatory Meeting."),
        (("yao", R::ParticipatedIn, "meeting", &["role=online", "on=2023-12-13"]), "Yao Leye took part online in the 2023 Preparatory Meeting on 13 December 2023."),
        (("yao", R::ParticipatedIn, "fellows", &["since=2021"]), "Yao Leye took part in A Fellowship for Young Doctors from 2021 on."),
        (("yao", R::HoldsPostAt, "sichuan", &["role=Vice President"]), "Yao Leye is Vice President of Sichuan University."),
        (("yao", R::HoldsPostAt, "sichuan", &["role=Vice President", "on=2022-11-15"]), "Yao Leye was Vice President of Sichuan University on 15 November 2022."),
        (("yao", R::HoldsPostAt, "sichuan", &["role=Vice President of Sichuan University"]), "Yao Leye is Vice President of Sichuan University."),
        (("yao", R::HoldsPostAt, "sichuan", &["since=2020"]), "Yao Leye has held a post at Sichuan University since 2020."),
        (("yao", R::HoldsPostAt, "sichuan", &[]), "Yao Leye holds a post at Sichuan University."),
        (("kerr", R::HoldsPostAt, "oxford", &["role=professor of oncology"]), "David James Kerr is a professor of oncology at the University of Oxford."),
        (("kerr", R::HoldsPostAt, "oxford", &["role=Head of the Oncology Department", "since=2019-03"]), "David James Kerr has been Head of the Oncology Department at the University of Oxford since March 2019."),
        (("kerr", R::HoldsPostAt, "cpo", &["role=Director"]), "David James Kerr is Director of the UMass Chan China Program Office."),
        (("kerr", R::HoldsPostAt, "oxford", &["role=led the department"]), "David James Kerr holds a post at the University of Oxford and led the department."),
        (("som", R::Offers, "mbbs", &[]), "Tsinghua University School of Medicine offers the MBBS program."),
        (("som", R::Offers, "mbbs", &["since=2009"]), "Tsinghua University School of Medicine has offered the MBBS program since 2009."),
        (("gates", R::Funded, "center", &["since=2019", "until=2022"]), "The Gates Foundation funded the Huaxi Joint Centre for Gastrointestinal Cancer from 2019 to 2022."),
        (("second", R::Succeeds, "forum", &[]), "The Second Preparatory Meeting followed the 2022 China-UK University Forum on Medical Innovation Cooperation."),
        (("alliance", R::Succeeds, "consortium", &["since=2024-03"]), "The Health Alliance succeeded the China-UK University Consortium on Medicine and Health in March 2024."),
        (("meeting", R::Adopted, "initiative", &["on=2023-12-13"]), "The 2023 Preparatory Meeting adopted the Initiative on global health challenges on 13 December 2023."),
        (("center", R::Concerns, "cancer", &[]), "The Huaxi Joint Centre for Gastrointestinal Cancer works on gastrointestinal cancer."),
        (("nancy", R::Concerns, "ai", &["since=2018"]), "Nancy Ip has worked on Artificial Intelligence since 2018."),
        (("meeting", R::Concerns, "consortium", &[]), "The 2023 Preparatory Meeting was about the China-UK University Consortium on Medicine and Health."),
        (("initiative", R::Concerns, "cancer", &["role=one of its aims"]), "The Initiative on global health challenges concerns gastrointestinal cancer as one of its aims."),
        (("nhc", R::Designated, "pumch", &["role=national guidance center"]), "The National Health Commission designated Peking Union Medical College Hospital as a national guidance center."),
        (("nhc", R::Designated, "pumch", &["role=the national facility for clinical research", "by"]), "The National Health Commission designated Peking Union Medical College Hospital as the national facility for clinical research (inferred)."),
        (("nhc", R::Designated, "pumch", &[]), "The National Health Commission designated Peking Union Medical College Hospital."),
        (("nancy", R::ParticipatedIn, "visit", &["role=visitor", "for=hkust", "on=2024-03"]), "Nancy Ip visited PUMCH on behalf of The Hong Kong University of Science and Technology in March 2024."),
        (("pumch", R::ParticipatedIn, "visit", &["role=sends young doctors"]), "Peking Union Medical College Hospital sent young doctors to the visit of Nancy Ip to PUMCH in March 2024."),
        (("yao", R::ParticipatedIn, "meeting", &["role=spoke on behalf of Sichuan University and others", "for=sichuan"]), "Yao Leye spoke on behalf of Sichuan University and others at the 2023 Preparatory Meeting."),
        (("frampton", R::ParticipatedIn, "forum", &["role=round-table discussion"]), "Jon Frampton took part in the round-table discussion of the 2022 China-UK University Forum on Medical Innovation Cooperation."),
        (("som", R::Concerns, "healthy", &[]), "Tsinghua University School of Medicine contributes to Healthy China."),
        (("nhc", R::Designated, "pumch", &["role=national base for training resident doctors"]), "The National Health Commission designated Peking Union Medical College Hospital as a national base for training resident doctors."),
        (("gates", R::Signed, "initiative", &["until=2022"]), "The Gates Foundation signed the Initiative on global health challenges by 2022."),
    ];
    let mut told: Vec<RelationshipKind> = Vec::new();
    for (words, expected) in table {
        assert_eq!(tell(words), expected);
        told.push(words.1);
    }
    assert!(RelationshipKind::ALL.iter().all(|kind| told.contains(kind)), "each kind is told");
}

/// Tells the path that starts at the first entity and walks over each relationship, whichever way leads on.
fn tell_path(start: &str, told: &[Told<'_>]) -> String {
    let entities: Vec<Entity> = WORLD.iter().map(|(word, ..)| entity(word)).collect();
    let find = |word: &str| entities.iter().find(|entity| entity.id.as_str() == word).unwrap();
    let relationships: Vec<Relationship> =
        told.iter().map(|(a, kind, b, details)| related(a, *kind, b, details)).collect();
    let mut at = start;
    let steps: Vec<Statement<'_>> = told
        .iter()
        .zip(&relationships)
        .map(|((source, _, target, _), relationship)| {
            let forward = *source == at;
            assert!(forward || *target == at, "the path is a path");
            at = if forward { target } else { source };
            let on_behalf_of = relationship.on_behalf_of.as_ref().map(|id| find(id.as_str()));
            Statement {
                relationship,
                source: find(source),
                target: find(target),
                on_behalf_of,
                as_of: None,
                today: today(),
            }
        })
        .collect();
    path(find(start), &steps)
}

#[test]
fn paths_read_as_one_sentence() {
    let founded: [Told<'_>; 2] =
        [("oxford", R::Founded, "consortium", &[]), ("sichuan", R::Founded, "consortium", &[])];
    let affiliated: Told<'_> = ("wch", R::AffiliatedWith, "sichuan", &[]);
    #[rustfmt::skip]
    let table: Vec<(&str, Vec<Told<'_>>, &str)> = vec![
        ("oxford", vec![], "It is the University of Oxford itself."),
        ("forum", vec![], "It is the 2022 China-UK University Forum on Medical Innovation Cooperation itself."),
        ("oxford", vec![founded[0]], "The University of Oxford founded the China-UK University Consortium on Medicine and Health."),
        ("oxford", vec![founded[0], founded[1], affiliated],
            "The University of Oxford and Sichuan University founded the China-UK University Consortium on Medicine and Health; West China Hospital is affiliated with Sichuan University."),
        ("wch", vec![affiliated, founded[1], founded[0]],
            "West China Hospital is affiliated with Sichuan University, which, together with the University of Oxford, founded the China-UK University Consortium on Medicine and Health."),
        ("glasgow", vec![("glasgow", R::MemberOf, "consortium", &[]), founded[1], affiliated],
            "The University of Glasgow is a member of the China-UK University Consortium on Medicine and Health; Sichuan University founded the consortium; West China Hospital is affiliated with Sichuan University."),
        ("glasgow", vec![("glasgow", R::MemberOf, "alliance", &[]), ("birmingham", R::MemberOf, "alliance", &[])],
            "The University of Glasgow and the University of Birmingham are members of The Health Alliance."),
        ("glasgow", vec![("glasgow", R::MemberOf, "alliance", &["since=2021"]), ("birmingham", R::MemberOf, "alliance", &["since=2022"])],
            "The University of Glasgow has been a member of The Health Alliance since 2021; the University of Birmingham has been a member of the alliance since 2022."),
        ("glasgow", vec![("glasgow", R::MemberOf, "alliance", &["inferred"]), ("birmingham", R::MemberOf, "alliance", &[])],
            "The University of Glasgow is a member of The Health Alliance (inferred); the University of Birmingham is a member of the alliance."),
        ("oxford", vec![("oxford", R::Organized, "meeting", &[]), ("wch", R::Hosted, "meeting", &["on=2023-12-13"])],
            "The University of Oxford organized the 2023 Preparatory Meeting; West China Hospital hosted it on 13 December 2023."),
        ("oxford", vec![("oxford", R::Organized, "meeting", &[]), ("sichuan", R::Organized, "meeting", &[]), ("sichuan", R::Founded, "alliance", &["since=2022"])],
            "The University of Oxford and Sichuan University organized the 2023 Preparatory Meeting; Sichuan University founded The Health Alliance in 2022."),
        ("birmingham", vec![("frampton", R::HoldsPostAt, "birmingham", &["role=Pro-Vice-Chancellor"]), ("frampton", R::ParticipatedIn, "forum", &["role=keynote speaker"]), ("sichuan", R::Organized, "forum", &[])],
            "Jon Frampton is Pro-Vice-Chancellor of the University of Birmingham and took part in the 2022 China-UK University Forum on Medical Innovation Cooperation as a keynote speaker; Sichuan University organized it."),
        ("nancy", vec![("nancy", R::HoldsPostAt, "hkust", &["role=President"]), ("hkust", R::PartyTo, "agreement", &[]), ("pumch", R::PartyTo, "agreement", &[])],
            "Nancy Ip is President of The Hong Kong University of Science and Technology, which, together with Peking Union Medical College Hospital, is a party to the Strategic Cooperation Agreement between HKUST and PUMCH."),
        ("nancy", vec![("nancy", R::Signed, "agreement", &["role=President", "for=hkust"]), ("pumch", R::PartyTo, "agreement", &[])],
            "Nancy Ip, as President, signed the Strategic Cooperation Agreement between HKUST and PUMCH on behalf of The Hong Kong University of Science and Technology; Peking Union Medical College Hospital is a party to it."),
        ("center", vec![("center", R::PartOf, "wch", &[]), affiliated, ("sichuan", R::Founded, "consortium", &[])],
            "The Huaxi Joint Centre for Gastrointestinal Cancer is part of West China Hospital, which is affiliated with Sichuan University, which founded the China-UK University Consortium on Medicine and Health."),
        ("som", vec![("som", R::CollaboratesWith, "gates", &[]), ("gates", R::Funded, "center", &[])],
            "Tsinghua University School of Medicine collaborates with the Gates Foundation, which funded the Huaxi Joint Centre for Gastrointestinal Cancer."),
        ("som", vec![("som", R::CollaboratesWith, "nancy", &[]), ("nancy", R::Signed, "agreement", &["role=President", "for=hkust"])],
            "Tsinghua University School of Medicine collaborates with Nancy Ip, who, as President, signed the Strategic Cooperation Agreement between HKUST and PUMCH on behalf of The Hong Kong University of Science and Technology."),
        ("hkust", vec![("nancy", R::HoldsPostAt, "hkust", &["role=President"]), ("nancy", R::Signed, "agreement", &["role=President"]), ("yao", R::Witnessed, "agreement", &[])],
            "Nancy Ip is President of The Hong Kong University of Science and Technology and, as President, signed the Strategic Cooperation Agreement between HKUST and PUMCH; Yao Leye witnessed its signing."),
        ("second", vec![("second", R::Succeeds, "forum", &[]), ("meeting", R::Succeeds, "forum", &[])],
            "The Second Preparatory Meeting and the 2023 Preparatory Meeting followed the 2022 China-UK University Forum on Medical Innovation Cooperation."),
        ("meeting", vec![("meeting", R::Concerns, "consortium", &[]), ("alliance", R::Succeeds, "consortium", &[])],
            "The 2023 Preparatory Meeting was about the China-UK University Consortium on Medicine and Health; The Health Alliance succeeds the consortium."),
        ("forum", vec![("sichuan", R::Organized, "forum", &[]), ("sichuan", R::Organized, "meeting", &[])],
            "Sichuan University organized the 2022 China-UK University Forum on Medical Innovation Cooperation and the 2023 Preparatory Meeting."),
        ("consortium", vec![("meeting", R::Concerns, "consortium", &[]), ("meeting", R::Adopted, "initiative", &[]), ("initiative", R::Concerns, "cancer", &[])],
            "The 2023 Preparatory Meeting was about the China-UK University Consortium on Medicine and Health and adopted the Initiative on global health challenges, which concerns gastrointestinal cancer."),
    ];
    for (start, told, expected) in table {
        assert_eq!(tell_path(start, &told), expected);
    }
}

fn any_kind() -> impl Strategy<Value = RelationshipKind> {
    prop::sample::select(RelationshipKind::ALL.to_vec())
}

/// Names as they may come: they start with a capital or a digit and end in anything but a full stop.
fn any_name() -> impl Strategy<Value = String> {
    "[A-Z0-9四É]\\PC{0,20}[^. \\PC]|The [A-Z][a-z ,&'()-]{1,20}[a-z]".prop_filter("one line", |name| {
        !name.chars().any(|c| c.is_control() || c == '|') && !name.ends_with('.') && name.trim() == name
    })
}

fn ends_in_one_full_stop(text: &str) -> bool {
    text.ends_with('.') && !text.ends_with("..") && text.chars().next().is_some_and(|first| !first.is_lowercase())
}

proptest! {
    #[test]
    fn any_relationship_is_a_sentence_that_names_all(
        kind in any_kind(),
        kinds in (0..E::ALL.len(), 0..E::ALL.len(), 0..E::ALL.len()),
        names in (any_name(), any_name(), any_name()),
        role in proptest::option::of("\\PC{1,30}"),
        since in proptest::option::of(prop::sample::select(vec!["2021", "2021-03~", "202X", "2021-21", "2021/2023", "2020/.."])),
        until in proptest::option::of(prop::sample::select(vec!["2024?", "2024-05-01", "2024-XX-XX", "2030%", "../2024"])),
        principal in any::<bool>(),
    ) {
        let mut record = RelationshipRecord::new(EntityId::new("a").unwrap(), kind, EntityId::new("b").unwrap());
        record.role = role.filter(|role| !role.trim().is_empty() && !role.chars().any(char::is_control));
        record.since = since.map(|date| date.parse().unwrap());
        record.until = until.map(|date| date.parse().unwrap());
        record.citations.push(citation(Strength::Inferred));
        let it = Relationship::new(record).unwrap();
        let ends = [
            named(E::ALL[kinds.0], "a", &names.0),
            named(E::ALL[kinds.1], "b", &names.1),
            named(E::ALL[kinds.2], "c", &names.2),
        ];
        let text = said(&it, &ends[0], &ends[1], principal.then_some(&ends[2]));
        prop_assert!(ends_in_one_full_stop(&text), "{text}");
        for end in &ends[..2 + usize::from(principal)] {
            prop_assert!(text.to_lowercase().contains(&end.name.to_lowercase()), "{text} does not name {}", end.name);
        }
    }

    #[test]
    fn any_path_is_one_sentence_that_names_all(
        words in prop::collection::vec((0..WORLD.len(), any_kind(), any::<bool>(), any::<bool>()), 1..8),
    ) {
        let mut seen = Vec::new();
        let walk: Vec<_> = words.into_iter().filter(|(at, ..)| !std::mem::replace(&mut seen.contains(at), true) && { seen.push(*at); true }).collect();
        let told: Vec<Told<'_>> = walk
            .windows(2)
            .map(|pair| {
                let (a, b) = (WORLD[pair[0].0].0, WORLD[pair[1].0].0);
                let (source, target) = if pair[0].2 { (a, b) } else { (b, a) };
                let details: &[&str] = if pair[0].3 { &["on=2024-03"] } else { &[] };
                (source, pair[0].1, target, details)
            })
            .collect();
        let text = tell_path(WORLD[walk[0].0].0, &told);
        prop_assert!(ends_in_one_full_stop(&text), "{text}");
        prop_assert!(!text.contains("  ") && !text.contains(" ,") && !text.contains(" ;"), "{text}");
        prop_assert!(!text.contains(",,") && !text.contains(" the The "), "{text}");
        for (at, ..) in walk {
            let (kind, name) = (WORLD[at].1, entity(WORLD[at].0).name.trim_end_matches('.').to_lowercase());
            // A visit is told by its place and its date.
            let is_said = kind == E::Event && name.contains("visit of nancy ip") || text.to_lowercase().contains(&name);
            prop_assert!(is_said, "{text} does not name {name}");
        }
    }
}
