//! Articles, commas, lists and roles, whatever the names; and walks that turn back.

use super::*;

/// What somebody tells of two entities of any name.
fn told(source: (EntityKind, &str), kind: RelationshipKind, target: (EntityKind, &str), details: &[&str]) -> String {
    let it = related("a", kind, "b", details);
    said(&it, &named(source.0, "a", source.1), &named(target.0, "b", target.1), None)
}

#[test]
fn posts_and_parts_have_their_articles() {
    let kerr = (E::Person, "David Kerr");
    let department = (E::ResearchCenter, "Oncology Department of the University of Oxford");
    let faculty = (E::MedicalSchool, "Faculty of Medicine, University of Glasgow");
    let design = (E::ResearchCenter, "Division of Integrative Systems");
    for (source, kind, target, details, expected) in [
        (
            kerr,
            R::HoldsPostAt,
            department,
            &["role=Head"][..],
            "David Kerr is Head of the Oncology Department of the University of Oxford.",
        ),
        (
            kerr,
            R::HoldsPostAt,
            faculty,
            &["role=Dean"],
            "David Kerr is Dean of the Faculty of Medicine, University of Glasgow.",
        ),
        (
            kerr,
            R::HoldsPostAt,
            design,
            &["role=Acting Head of Division of Integrative Systems"],
            "David Kerr is Acting Head of the Division of Integrative Systems.",
        ),
        (
            kerr,
            R::MemberOf,
            (E::Nonprofit, "Academy of Medical Sciences"),
            &["role=Fellow"],
            "David Kerr is a Fellow of the Academy of Medical Sciences.",
        ),
        (
            kerr,
            R::HoldsPostAt,
            (E::University, "University of Oxford"),
            &["role=honorary professor"],
            "David Kerr is an honorary professor at the University of Oxford.",
        ),
        (
            kerr,
            R::Witnessed,
            (E::Agreement, "Global Pact"),
            &["role=Acting Head of Division of Design"],
            "David Kerr, as Acting Head of the Division of Design, witnessed the Global Pact.",
        ),
        (
            faculty,
            R::PartOf,
            (E::University, "University of Glasgow"),
            &[],
            "The Faculty of Medicine, University of Glasgow, is part of the University of Glasgow.",
        ),
        (
            (E::Office, "Office of Europe, Ministry of Education"),
            R::PartOf,
            (E::Government, "Ministry of Education"),
            &[],
            "The Office of Europe, Ministry of Education, is part of the Ministry of Education.",
        ),
        (
            (E::MedicalSchool, "HKUST medical school (planned)"),
            R::PartOf,
            (E::University, "HKUST"),
            &["role=planned"],
            "The HKUST medical school (planned) is to be part of HKUST.",
        ),
        (
            (E::Company, "Acme"),
            R::MemberOf,
            (E::Consortium, "CITY: Smart, green and inclusive cities, and more"),
            &["role=coordinator", "since=2026-01-01", "until=2029-06-30"],
            "Acme is a member of CITY: Smart, green and inclusive cities, and more as coordinator from 1 January 2026 to 30 June 2029.",
        ),
        (
            (E::Hospital, "Mercy Hospital, Inc."),
            R::PartOf,
            (E::University, "Mercy University"),
            &[],
            "Mercy Hospital, Inc. is part of Mercy University.",
        ),
    ] {
        assert_eq!(told(source, kind, target, details), expected);
    }
}

#[test]
fn a_name_that_explains_itself_after_a_comma_is_closed_by_one() {
    let visit = (E::Event, "Visit of the deans, April 2024");
    let platform = (E::Program, "Platform for research, exchange and training");
    let host = (E::University, "HKUST");
    for (source, kind, target, details, expected) in [
        (visit, R::Concerns, (E::Topic, "Cancer"), &[][..], "The visit of the deans, April 2024, concerns cancer."),
        (host, R::Hosted, visit, &["on=2024-04"], "HKUST hosted the visit of the deans, April 2024."),
        (host, R::Hosted, visit, &["inferred"], "HKUST hosted the visit of the deans, April 2024 (inferred)."),
        (
            host,
            R::Hosted,
            visit,
            &["on=2024-04-05"],
            "HKUST hosted the visit of the deans, April 2024, on 5 April 2024.",
        ),
        (
            platform,
            R::Concerns,
            (E::Topic, "Cancer"),
            &[],
            "The platform for research, exchange and training concerns cancer.",
        ),
        (
            host,
            R::Offers,
            platform,
            &["since=2024"],
            "HKUST has run the platform for research, exchange and training since 2024.",
        ),
    ] {
        assert_eq!(told(source, kind, target, details), expected);
    }
    let lectures = named(E::Event, "lectures", "Lectures on oncology, 2024");
    assert_eq!(
        planned_moment(&dated(lectures, "2024", "2024"), Moment::Happened, today()),
        "The Lectures on oncology were to take place in 2024."
    );
    let visit = named(visit.0, "visit", visit.1);
    assert_eq!(
        entity_moment(&dated(visit.clone(), "2024-04", "2024-04"), Moment::Happened, today()),
        "The visit of the deans took place in April 2024."
    );
    assert_eq!(
        no_country(&named(E::MedicalSchool, "x", "Faculty of Medicine, Glasgow")),
        "The country of the Faculty of Medicine, Glasgow, is not known."
    );
    let (one, other, third) = (entity("oxford"), entity("sichuan"), entity("meeting"));
    assert_eq!(
        shared(&one, &other, &[&visit, &third]),
        "The University of Oxford and Sichuan University share 2 events: the visit of the deans, April 2024, and the 2023 Preparatory Meeting."
    );
    assert_eq!(
        shared(&one, &other, &[&third, &visit, &entity("forum")]),
        "The University of Oxford and Sichuan University share 3 events: the 2023 Preparatory Meeting; the visit of the deans, April 2024; and the 2022 China-UK University Forum on Medical Innovation Cooperation."
    );
    assert_eq!(
        shared(&entity("forum"), &third, &[&entity("nancy"), &entity("yao")]),
        "The 2022 China-UK University Forum on Medical Innovation Cooperation and the 2023 Preparatory Meeting share 2 people: Nancy Ip and Yao Leye."
    );
    assert_eq!(
        link(&entity("wch"), &[&one], &[&visit], 2),
        "West China Hospital is linked to the University of Oxford through the visit of the deans, April 2024, in 2 steps."
    );
}

#[test]
fn roles_say_once_how_somebody_took_part() {
    let meeting = (E::Event, "2023 Preparatory Meeting");
    for (source, target, details, expected) in [
        (
            (E::Person, "Yao Leye"),
            meeting,
            &["role=attended in person", "on=2023-12-13"][..],
            "Yao Leye took part in the 2023 Preparatory Meeting in person on 13 December 2023.",
        ),
        (
            (E::Person, "Yao Leye"),
            meeting,
            &["role=joined online", "inferred"],
            "Yao Leye took part in the 2023 Preparatory Meeting online (inferred).",
        ),
        (
            (E::Person, "Yao Leye"),
            meeting,
            &["role=witness"],
            "Yao Leye took part in the 2023 Preparatory Meeting as a witness.",
        ),
        (
            (E::University, "Sichuan University"),
            meeting,
            &["role=host"],
            "Sichuan University took part in the 2023 Preparatory Meeting as host.",
        ),
        (
            (E::University, "HKUST"),
            (E::Program, "QS World University Rankings by Subject 2024"),
            &["role=12 subjects ranked in the top 50"],
            "HKUST appeared in the QS World University Rankings by Subject 2024 (12 subjects ranked in the top 50).",
        ),
    ] {
        assert_eq!(told(source, R::ParticipatedIn, target, details), expected);
    }
    for (program, expected) in [
        ("Task force on the curriculum", "HKUST runs the task force on the curriculum."),
        ("Young University Rankings 2024", "HKUST runs the Young University Rankings 2024."),
        ("MBBS program", "HKUST offers the MBBS program."),
    ] {
        assert_eq!(told((E::University, "HKUST"), R::Offers, (E::Program, program), &[]), expected);
    }
}

#[test]
fn a_visit_is_made_by_whom_it_is_named_for() {
    let visit =
        |name: &str, details: &[&str]| told((E::Person, "Nancy Ip"), R::ParticipatedIn, (E::Event, name), details);
    for (name, details, expected) in [
        (
            "Visit of Nancy Ip to PUMCH, March 2024",
            &["role=visitor"][..],
            "Nancy Ip made the visit to PUMCH, March 2024.",
        ),
        (
            "Visit of Nancy Ip to PUMCH, March 2024",
            &["role=visitor", "on=2024-03-05"],
            "Nancy Ip made the visit to PUMCH, March 2024, on 5 March 2024.",
        ),
        ("Visit of Nancy Ip", &["role=planned", "on=2027"], "Nancy Ip is to make the visit in 2027."),
        ("Visit of Nancy Ipswich", &[], "Nancy Ip took part in the visit of Nancy Ipswich."),
        ("Visit of the deans", &["role=visitor"], "Nancy Ip took part in the visit of the deans."),
    ] {
        assert_eq!(visit(name, details), expected);
    }
}

#[test]
fn what_was_planned_for_a_date_was_to_take_place_then() {
    for (words, expected) in [
        (
            ("oxford", R::Hosted, "meeting", &["role=planned", "on=2024"][..]),
            "The University of Oxford was to host the 2023 Preparatory Meeting in 2024.",
        ),
        (
            ("sichuan", R::ParticipatedIn, "meeting", &["role=visiting team (planned)", "on=2024"]),
            "Sichuan University was to take part in the 2023 Preparatory Meeting as a visiting team in 2024.",
        ),
        (
            ("som", R::Offers, "mbbs", &["role=planned", "since=2026"]),
            "Tsinghua University School of Medicine was to offer the MBBS program from 2026 on.",
        ),
    ] {
        assert_eq!(tell(words), expected);
    }
}

/// A walk over these, each told with its ends, whichever way it leads.
fn walk(steps: &[(&Entity, &Relationship, &Entity)]) -> String {
    let steps: Vec<Statement<'_>> = steps
        .iter()
        .map(|&(source, relationship, target)| Statement {
            relationship,
            source,
            target,
            on_behalf_of: None,
            today: today(),
        })
        .collect();
    path(steps[0].source, &steps)
}

#[test]
fn a_walk_that_turns_back_is_told_once() {
    let hosted: Told<'_> = ("oxford", R::Hosted, "forum", &["on=2022-11-15"]);
    let organized: Told<'_> = ("oxford", R::Organized, "forum", &[]);
    let once = "The University of Oxford hosted the 2022 China-UK University Forum on Medical Innovation Cooperation on 15 November 2022.";
    assert_eq!(tell_path("oxford", &[hosted, hosted]), once);
    assert_eq!(tell_path("oxford", &[hosted, hosted, hosted]), once);
    assert_eq!(
        tell_path("oxford", &[hosted, organized]),
        "The University of Oxford hosted the 2022 China-UK University Forum on Medical Innovation Cooperation on 15 November 2022 and organized it."
    );
}

#[test]
fn what_a_registry_calls_related_is_not_told_as_affiliated() {
    assert_eq!(
        tell_path("hkust", &[("hkust", R::AffiliatedWith, "pku", &["role=related"])]),
        "The Hong Kong University of Science and Technology is related to Peking University."
    );
}

#[test]
fn paths_name_what_a_pronoun_would_blur() {
    let yao_1 = related("yao", R::ParticipatedIn, "meeting", &["role=welcomed the guests"]);
    let yao_2 = related("yao", R::ParticipatedIn, "meeting", &["role=gave remarks"]);
    let (yao, meeting) = (entity("yao"), entity("meeting"));
    assert_eq!(
        walk(&[(&yao, &yao_1, &meeting), (&yao, &yao_2, &meeting)]),
        "Yao Leye took part in the 2023 Preparatory Meeting (welcomed the guests; gave remarks)."
    );
    assert_eq!(
        tell_path(
            "kerr",
            &[("kerr", R::AffiliatedWith, "oxford", &[]), ("frampton", R::HoldsPostAt, "oxford", &["role=Dean"])]
        ),
        "David James Kerr is affiliated with the University of Oxford; Jon Frampton is Dean of the University of Oxford."
    );
    let rankings = named(E::Program, "rankings", "World University Rankings 2024");
    let (hkust, pku) = (entity("hkust"), entity("pku"));
    let listed = related("hkust", R::ParticipatedIn, "rankings", &["role=ranked 3rd"]);
    let offers = related("pku", R::Offers, "rankings", &[]);
    assert_eq!(
        walk(&[(&hkust, &listed, &rankings), (&pku, &offers, &rankings)]),
        "The Hong Kong University of Science and Technology appeared in the World University Rankings 2024 (ranked 3rd); Peking University runs them."
    );
    assert_eq!(
        tell_path(
            "meeting",
            &[
                ("yao", R::ParticipatedIn, "meeting", &["role=speaker"]),
                ("yao", R::AffiliatedWith, "sichuan", &["role=related"])
            ]
        ),
        "Yao Leye took part in the 2023 Preparatory Meeting as a speaker, and is affiliated with Sichuan University."
    );
    let visit = named(E::Event, "deans", "Visit of the deans, April 2024");
    let hosted = related("hkust", R::Hosted, "deans", &[]);
    let works = related("hkust", R::CollaboratesWith, "pku", &[]);
    assert_eq!(
        walk(&[(&hkust, &hosted, &visit), (&hkust, &works, &pku)]),
        "The Hong Kong University of Science and Technology hosted the visit of the deans, April 2024, and collaborates with Peking University."
    );
    let platform = named(E::Program, "platform", "HKUST-PUMCH platform for research and talent exchange");
    let concerns = related("platform", R::Concerns, "cancer", &[]);
    let offers = related("hkust", R::Offers, "platform", &["role=planned"]);
    assert_eq!(
        walk(&[(&platform, &concerns, &entity("cancer")), (&hkust, &offers, &platform)]),
        "The HKUST-PUMCH platform for research and talent exchange concerns gastrointestinal cancer; The Hong Kong University of Science and Technology is to run the platform."
    );
    let causes = named(E::Topic, "causes", "Causes and cures of disease");
    let (one, other) = (related("cpo", R::Concerns, "causes", &[]), related("cpo", R::Concerns, "ai", &[]));
    let (cpo, ai) = (entity("cpo"), entity("ai"));
    assert_eq!(
        walk(&[(&cpo, &one, &causes), (&cpo, &other, &ai)]),
        "The UMass Chan China Program Office works on causes and cures of disease and works on Artificial Intelligence."
    );
}

#[test]
fn a_name_that_is_spelled_with_a_small_letter_keeps_it() {
    assert_eq!(gained(&named(E::Company, "e", "eHealth Africa")), "New: eHealth Africa, a company.");
    let it = related("a", R::Concerns, "b", &[]);
    assert_eq!(
        said(&it, &named(E::Company, "a", "eHealth Africa"), &entity("cancer"), None),
        "eHealth Africa works on gastrointestinal cancer."
    );
}
