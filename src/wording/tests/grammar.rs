//! Names, commas, lists and roles, whatever the names; and walks that turn back.

use super::*;

/// What somebody tells of two entities of any name.
fn told(source: (EntityKind, &str), kind: RelationshipKind, target: (EntityKind, &str), details: &[&str]) -> String {
    let it = related("a", kind, "b", details);
    said(&it, &named(source.0, "a", source.1), &named(target.0, "b", target.1), None)
}

/// Source, kind and target of a relationship, the parts of its role, and its sentence.
type Case<'a> = ((EntityKind, &'a str), RelationshipKind, (EntityKind, &'a str), &'a [&'a str], &'a str);

#[test]
fn posts_and_parts_have_their_articles() {
    let kerr = (E::Person, "David Kerr");
    let faculty = (
        E::MedicalSchool,
        "Faculty of Medicine, University of Glasgow|the Faculty of Medicine of the University of Glasgow",
    );
    let bare = (E::MedicalSchool, "Faculty of Medicine, University of Glasgow");
    let consulate = (E::Government, "the British Consulate-General Chongqing");
    let initiative = (E::Consortium, "CITY: Smart, green and inclusive cities, and more");
    #[rustfmt::skip]
    let table: [Case; 11] = [
        (kerr, R::HoldsPostAt, faculty, &["role=Dean"], "David Kerr is Dean of the Faculty of Medicine of the University of Glasgow."),
        (kerr, R::HoldsPostAt, bare, &["role=Dean"], "David Kerr is Dean of Faculty of Medicine, University of Glasgow."),
        (kerr, R::HoldsPostAt, consulate, &["role=Consul General"], "David Kerr is Consul General at the British Consulate-General Chongqing."),
        (kerr, R::HoldsPostAt, consulate, &["role=will be Consul General"], "David Kerr is to be Consul General at the British Consulate-General Chongqing."),
        (kerr, R::MemberOf, (E::Nonprofit, "the Academy of Medical Sciences"), &["role=Fellow"], "David Kerr is a Fellow of the Academy of Medical Sciences."),
        (kerr, R::HoldsPostAt, (E::University, "the University of Oxford"), &["role=honorary professor"], "David Kerr is an honorary professor at the University of Oxford."),
        (kerr, R::Witnessed, (E::Agreement, "the Global Pact"), &["role=Acting Head of the Division of Design"], "David Kerr, as Acting Head of the Division of Design, witnessed the signing of the Global Pact."),
        ((E::MedicalSchool, "HKUST medical school (planned)|the planned HKUST medical school"), R::PartOf, (E::University, "HKUST"), &["role=planned"], "The planned HKUST medical school is to be part of HKUST."),
        ((E::MedicalSchool, "HKUST medical school (planned)|the planned HKUST medical school"), R::Concerns, (E::Topic, "Cancer"), &["role=planned"], "The planned HKUST medical school is to work on cancer."),
        ((E::Company, "Acme"), R::MemberOf, initiative, &["role=coordinator", "since=2026-01-01", "until=2029-06-30"], "Acme is a member of CITY: Smart, green and inclusive cities, and more as coordinator from 1 January 2026 to 30 June 2029."),
        ((E::Hospital, "Mercy Hospital, Inc."), R::PartOf, (E::University, "Mercy University"), &[], "Mercy Hospital, Inc. is part of Mercy University."),
    ];
    for (source, kind, target, details, expected) in table {
        assert_eq!(told(source, kind, target, details), expected);
    }
}

#[test]
fn what_both_names_say_is_said_once() {
    let oxford = (E::University, "the University of Oxford");
    let ministry = (E::Government, "the Ministry of Education");
    #[rustfmt::skip]
    let table: [Case; 16] = [
        ((E::ResearchCenter, "the Oncology Department of the University of Oxford"), R::PartOf, oxford, &[], "The Oncology Department is part of the University of Oxford."),
        ((E::MedicalSchool, "School of Nursing, University of Oxford"), R::PartOf, (E::University, "University of Oxford"), &[], "School of Nursing is part of University of Oxford."),
        ((E::Office, "the Office of Europe of the Ministry of Education"), R::PartOf, (E::Government, "the Department of Exchange of the Ministry of Education"), &["inferred"], "The Office of Europe is part of the Department of Exchange of the Ministry of Education (inferred)."),
        ((E::Office, "the Office of Europe of the Ministry of Education"), R::PartOf, ministry, &[], "The Office of Europe is part of the Ministry of Education."),
        // What is left would say too little.
        ((E::Hospital, "the Hospital of the University of Oxford"), R::PartOf, oxford, &[], "The Hospital of the University of Oxford is part of the University of Oxford."),
        (oxford, R::Offers, (E::Program, "the MBBS program of the University of Oxford"), &[], "The University of Oxford offers its MBBS program."),
        (oxford, R::Offers, (E::Program, "the task force on the MBBS curriculum of the University of Oxford"), &[], "The University of Oxford runs the task force on its MBBS curriculum."),
        (oxford, R::Signed, (E::Agreement, "the Global Pact"), &["role=signed on behalf of the members"], "The University of Oxford signed the Global Pact on behalf of the members."),
        (oxford, R::Offers, (E::Program, "the nursing course at the University of Oxford"), &["role=planned"], "The University of Oxford is to offer the nursing course."),
        (oxford, R::Hosted, (E::Event, "the visit of the deans to the University of Oxford"), &["on=2024-04"], "The University of Oxford hosted the visit of the deans in April 2024."),
        (oxford, R::Hosted, (E::Event, "Planned visit of the deans|the planned visit of the deans"), &["role=planned", "on=2024"], "The University of Oxford was to host the visit of the deans in 2024."),
        ((E::Event, "the signing ceremony of the Global Pact"), R::Concerns, (E::Agreement, "the Global Pact"), &[], "The signing ceremony was for the Global Pact."),
        ((E::Event, "the 2023 Meeting for the Health Alliance"), R::Concerns, (E::Consortium, "the Health Alliance"), &[], "The 2023 Meeting was for the Health Alliance."),
        (oxford, R::Concerns, (E::Topic, "Cancer"), &["role=aims to improve"], "The University of Oxford aims to improve cancer."),
        (oxford, R::Concerns, (E::Topic, "the history of Oxford"), &["role=promotes"], "The University of Oxford promotes the history of Oxford."),
        (ministry, R::Concerns, (E::Topic, "Chinese medicine"), &["role=supports", "since=2021"], "The Ministry of Education has supported Chinese medicine since 2021."),
    ];
    for (source, kind, target, details, expected) in table {
        assert_eq!(told(source, kind, target, details), expected);
    }
}

#[test]
fn the_date_in_a_name_is_told_as_a_date() {
    let visit = |name: &str| dated(named(E::Event, "b", name), "2024-04", "2024-04");
    let host = named(E::University, "a", "HKUST");
    let hosted = |name: &str, details: &[&str]| said(&related("a", R::Hosted, "b", details), &host, &visit(name), None);
    for name in ["Visit of the deans, April 2024", "Visit of the deans in April 2024"] {
        for (details, expected) in [
            (&["on=2024-04"][..], "HKUST hosted Visit of the deans in April 2024."),
            (&[], "HKUST hosted Visit of the deans in April 2024."),
            (&["inferred"], "HKUST hosted Visit of the deans in April 2024 (inferred)."),
            (&["on=2024-04-05"], "HKUST hosted Visit of the deans on 5 April 2024."),
        ] {
            assert_eq!(hosted(name, details), expected);
        }
        let about = related("b", R::Concerns, "cancer", &[]);
        assert_eq!(
            said(&about, &visit(name), &entity("cancer"), None),
            "Visit of the deans in April 2024 was about gastrointestinal cancer."
        );
        assert_eq!(
            entity_moment(&visit(name), Moment::Happened, today()),
            "Visit of the deans took place in April 2024."
        );
    }
    assert_eq!(
        shared(&entity("oxford"), &entity("sichuan"), &[&visit("Visit of the deans, April 2024"), &entity("meeting")]),
        "The University of Oxford and Sichuan University share 2 events: Visit of the deans in April 2024 and the 2023 Preparatory Meeting."
    );
    // Nobody knows that this is its date.
    let undated = named(E::Event, "b", "Visit of the deans, April 2024");
    assert_eq!(
        said(&related("b", R::Concerns, "cancer", &[]), &undated, &entity("cancer"), None),
        "Visit of the deans, April 2024, was about gastrointestinal cancer."
    );
}

#[test]
fn a_role_says_what_somebody_did() {
    let meeting = (E::Event, "the World Forum");
    let yao = (E::Person, "Yao Leye");
    let did = |role: &str| told(yao, R::ParticipatedIn, meeting, &[&format!("role={role}"), "on=2023-12-13"]);
    for (role, expected) in [
        ("attended in person", "took part in person in the World Forum"),
        ("joined online", "took part online in the World Forum"),
        ("witness", "took part in the World Forum as a witness"),
        ("host", "took part in the World Forum as host"),
        ("The keynote speaker", "took part in the World Forum as the keynote speaker"),
        ("participant", "took part in the World Forum"),
        ("gave remarks", "gave remarks at the World Forum"),
        ("keynote speech", "gave a keynote speech at the World Forum"),
        ("presided over the opening ceremony", "presided over the opening ceremony of the World Forum"),
        ("presided over it", "presided over the World Forum"),
        ("chaired", "chaired the World Forum"),
        ("came second", "came second in the World Forum"),
        ("led the delegation", "led the delegation at the World Forum"),
        ("round-table discussion", "took part in the round-table discussion of the World Forum"),
        (
            "round-table discussion; welcomed the guests",
            "took part in the round-table discussion and welcomed the guests at the World Forum",
        ),
        ("was awarded a medal", "was awarded a medal at the World Forum"),
        ("delivered the keynote", "delivered the keynote at the World Forum"),
        ("moderated the session on AI", "moderated the session on AI at the World Forum"),
        ("commemorated the founders", "commemorated the founders at the World Forum"),
        ("representing the UK members", "took part in the World Forum, representing the UK members"),
        ("represented by its leaders", "took part in the World Forum, represented by its leaders"),
        ("to attend", "was to take part in the World Forum"),
        ("will give remarks", "was to give remarks at the World Forum"),
        ("will give remarks; chair a panel", "was to give remarks and chair a panel of the World Forum"),
        ("future keynote speaker", "was to take part in the World Forum as a keynote speaker"),
    ] {
        assert_eq!(did(role), format!("Yao Leye {expected} on 13 December 2023."), "{role}");
    }
    for (role, expected) in [
        ("will host", "was to host"),
        ("to be host", "was to host"),
        ("future host", "was to host"),
        ("proposed", "was to host"),
        ("intended host", "was to host"),
        ("co-hosted", "co-hosted"),
        ("host", "hosted"),
    ] {
        let details = [&format!("role={role}"), "on=2023-12-13"];
        let told = told((E::University, "HKUST"), R::Hosted, meeting, &details);
        assert_eq!(told, format!("HKUST {expected} the World Forum on 13 December 2023."), "{role}");
    }
}

#[test]
fn programs_are_taught_run_published_or_conducted() {
    let hkust = (E::University, "HKUST");
    let rankings = (E::Program, "the QS Rankings 2024");
    for (kind, program, details, expected) in [
        (
            R::ParticipatedIn,
            rankings,
            &["role=12 subjects in the top 50"][..],
            "HKUST appeared in the QS Rankings 2024 with 12 subjects in the top 50.",
        ),
        (
            R::ParticipatedIn,
            rankings,
            &["role=ranked 3rd", "inferred"],
            "HKUST ranked 3rd in the QS Rankings 2024 (inferred).",
        ),
        (
            R::ParticipatedIn,
            (E::Program, "the assessment of hospitals"),
            &["role=came first"],
            "HKUST came first in the assessment of hospitals.",
        ),
        (
            R::ParticipatedIn,
            (E::Program, "the exchange of young PUMCH doctors at HKUST"),
            &["role=sends young doctors (expected)"],
            "HKUST is to send young doctors to the exchange.",
        ),
        (
            R::Offers,
            (E::Program, "the task force on the curriculum"),
            &[],
            "HKUST runs the task force on the curriculum.",
        ),
        (R::Offers, rankings, &[], "HKUST published the QS Rankings 2024."),
        (
            R::Offers,
            (E::Program, "the Research Assessment Exercise 2020"),
            &[],
            "HKUST conducted the Research Assessment Exercise 2020.",
        ),
        (R::Offers, (E::Program, "the MBBS program"), &[], "HKUST offers the MBBS program."),
        (R::Offers, (E::Program, "the MBBS program"), &["role=set up"], "HKUST set up the MBBS program."),
    ] {
        assert_eq!(told(hkust, kind, program, details), expected);
    }
}

#[test]
fn two_work_together_on_something_or_as_something() {
    let som = (E::MedicalSchool, "Tsinghua University School of Medicine");
    for (role, expected) in [
        ("MD education, exchange and research", "collaborates with Acme on MD education, exchange and research."),
        ("enterprise collaboration", "collaborates with Acme as an enterprise partner."),
        ("partnership", "collaborates with Acme as a partner."),
        ("enterprise partner", "collaborates with Acme as an enterprise partner."),
        ("in medical education", "collaborates with Acme in medical education."),
        ("planned: training programs", "is to collaborate with Acme on training programs."),
        ("remotely", "collaborates remotely with Acme."),
    ] {
        let role = format!("role={role}");
        let told = told(som, R::CollaboratesWith, (E::Company, "Acme"), &[&role]);
        assert_eq!(told, format!("Tsinghua University School of Medicine {expected}"));
    }
    let partner: &[&str] = &["role=enterprise collaboration"];
    assert_eq!(
        tell_path(
            "acme",
            &[("som", R::CollaboratesWith, "acme", partner), ("som", R::CollaboratesWith, "gates", partner)]
        ),
        "Tsinghua University School of Medicine collaborates with Acme Inc. and the Gates Foundation, each as an enterprise partner."
    );
}

#[test]
fn a_visit_is_told_by_where_it_led() {
    let visit =
        |name: &str, details: &[&str]| told((E::Person, "Nancy Ip"), R::ParticipatedIn, (E::Event, name), details);
    for (name, details, expected) in [
        ("Visit of Nancy Ip to PUMCH", &["role=visitor"][..], "Nancy Ip visited PUMCH."),
        (
            "the visit of Nancy Ip to PUMCH",
            &["role=visitor", "on=2024-03-05"],
            "Nancy Ip visited PUMCH on 5 March 2024.",
        ),
        ("the visit of Nancy Ip to PUMCH", &["role=planned", "on=2027"], "Nancy Ip is to visit PUMCH in 2027."),
        (
            "the visit of Nancy Ip to PUMCH",
            &["role=gave a lecture"],
            "Nancy Ip gave a lecture during the visit to PUMCH.",
        ),
        ("the visit of Nancy Ipswich to PUMCH", &[], "Nancy Ip took part in the visit of Nancy Ipswich to PUMCH."),
        (
            "the visit of the deans to PUMCH",
            &["role=met the deans"],
            "Nancy Ip met the deans during the visit to PUMCH.",
        ),
        ("the visit of the deans", &["role=visitor"], "Nancy Ip took part in the visit of the deans."),
    ] {
        assert_eq!(visit(name, details), expected);
    }
    for (details, expected) in [
        (&["role=delegation", "on=2024-04"][..], "HKUST sent a delegation to Oxford in April 2024."),
        (&["role=planned", "on=2024"], "HKUST was to send a delegation to Oxford in 2024."),
        (&["role=led the delegation"], "HKUST led the delegation during the visit to Oxford."),
    ] {
        let visit = (E::Event, "the planned visit of an HKUST delegation to Oxford");
        let expected = expected.replace("the visit", "the planned visit");
        assert_eq!(told((E::University, "HKUST"), R::ParticipatedIn, visit, details), expected);
    }
    assert_eq!(
        tell_path(
            "nancy",
            &[("nancy", R::ParticipatedIn, "visit", &["role=visitor"]), ("hkust", R::Hosted, "visit", &[])]
        ),
        "Nancy Ip visited PUMCH in March 2024; The Hong Kong University of Science and Technology hosted the visit."
    );
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

/// What is told of a relationship whose document tells of this time as the present.
fn as_of((source, kind, target, details): Told<'_>, date: &str) -> String {
    let it = related(source, kind, target, details);
    let (source, target, date) = (entity(source), entity(target), date.parse().unwrap());
    let as_of = Some(&date);
    relationship(&Statement {
        relationship: &it,
        source: &source,
        target: &target,
        on_behalf_of: None,
        as_of,
        today: today(),
    })
}

#[test]
fn posts_and_plans_without_dates_are_told_as_of_their_document() {
    let post: Told<'_> = ("yao", R::HoldsPostAt, "sichuan", &["role=Vice President"]);
    for (date, when) in [
        ("2022-11-15", "in November 2022"),
        ("2022-11", "in November 2022"),
        ("2022", "in 2022"),
        ("2024~", "around 2024"),
        ("202X", "in the 2020s"),
    ] {
        assert_eq!(as_of(post, date), format!("Yao Leye was, {when}, Vice President of Sichuan University."));
    }
    assert_eq!(as_of(post, "2027"), "Yao Leye is Vice President of Sichuan University.");
    #[rustfmt::skip]
    let table: [(Told<'_>, &str); 6] = [
        (("yao", R::AffiliatedWith, "sichuan", &["inferred"]), "Yao Leye was, in November 2022, affiliated with Sichuan University (inferred)."),
        (("yao", R::HoldsPostAt, "sichuan", &["role=Dean", "since=2020"]), "Yao Leye has been Dean of Sichuan University since 2020."),
        (("wch", R::AffiliatedWith, "sichuan", &[]), "West China Hospital is affiliated with Sichuan University."),
        (("oxford", R::Hosted, "meeting", &["role=planned"]), "The University of Oxford was, as of November 2022, to host the 2023 Preparatory Meeting."),
        (("oxford", R::Hosted, "meeting", &["role=planned", "on=2027"]), "The University of Oxford is to host the 2023 Preparatory Meeting in 2027."),
        (("oxford", R::Hosted, "meeting", &[]), "The University of Oxford hosted the 2023 Preparatory Meeting."),
    ];
    for (words, expected) in table {
        assert_eq!(as_of(words, "2022-11-15"), expected);
    }
}

/// A walk over these, each told with its ends, whichever way it leads.
fn walk(steps: &[(&Entity, &Relationship, &Entity)]) -> String {
    let (on_behalf_of, as_of, today) = (None, None, today());
    let steps = steps.iter();
    let steps: Vec<Statement<'_>> = steps
        .map(|&(source, relationship, target)| Statement { relationship, source, target, on_behalf_of, as_of, today })
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
fn how_it_was_done_stands_behind_a_short_word() {
    assert_eq!(
        tell_path(
            "glasgow",
            &[
                ("glasgow", R::ParticipatedIn, "meeting", &["role=online"]),
                ("wch", R::ParticipatedIn, "meeting", &["role=in person"])
            ]
        ),
        "The University of Glasgow took part online in the 2023 Preparatory Meeting; West China Hospital took part in it in person."
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
        "Yao Leye welcomed the guests and gave remarks at the 2023 Preparatory Meeting."
    );
    let vice: &[&str] = &["role=Vice President"];
    assert_eq!(
        tell_path("kerr", &[("kerr", R::HoldsPostAt, "oxford", vice), ("frampton", R::HoldsPostAt, "oxford", vice)]),
        "David James Kerr and Jon Frampton are each Vice President of the University of Oxford."
    );
    assert_eq!(
        tell_path(
            "kerr",
            &[("kerr", R::AffiliatedWith, "oxford", &[]), ("frampton", R::HoldsPostAt, "oxford", &["role=Dean"])]
        ),
        "David James Kerr is affiliated with the University of Oxford; Jon Frampton is Dean of the University of Oxford."
    );
    assert_eq!(
        tell_path(
            "frampton",
            &[("frampton", R::HoldsPostAt, "oxford", &["role=Dean"]), ("kerr", R::AffiliatedWith, "oxford", &[])]
        ),
        "Jon Frampton is Dean of the University of Oxford; David James Kerr is affiliated with the University of Oxford."
    );
    let rankings = named(E::Program, "rankings", "the World University Rankings 2024");
    let (hkust, pku) = (entity("hkust"), entity("pku"));
    let listed = related("hkust", R::ParticipatedIn, "rankings", &["role=ranked 3rd"]);
    let offers = related("pku", R::Offers, "rankings", &[]);
    assert_eq!(
        walk(&[(&hkust, &listed, &rankings), (&pku, &offers, &rankings)]),
        "The Hong Kong University of Science and Technology ranked 3rd in the World University Rankings 2024; Peking University published them."
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
        "The Hong Kong University of Science and Technology hosted Visit of the deans, April 2024, and collaborates with Peking University."
    );
    let platform = named(E::Program, "platform", "the HKUST-PUMCH platform for research and talent exchange");
    let concerns = related("platform", R::Concerns, "cancer", &[]);
    let offers = related("hkust", R::Offers, "platform", &["role=planned"]);
    assert_eq!(
        walk(&[(&platform, &concerns, &entity("cancer")), (&hkust, &offers, &platform)]),
        "The HKUST-PUMCH platform for research and talent exchange concerns gastrointestinal cancer; The Hong Kong University of Science and Technology is to run the platform."
    );
    let causes = named(E::Topic, "causes", "Causes and cures of disease|the causes and cures of disease");
    let (one, other) = (related("cpo", R::Concerns, "causes", &[]), related("cpo", R::Concerns, "ai", &[]));
    let (cpo, ai) = (entity("cpo"), entity("ai"));
    assert_eq!(
        walk(&[(&cpo, &one, &causes), (&cpo, &other, &ai)]),
        "The UMass Chan China Program Office is concerned with the causes and cures of disease and is concerned with Artificial Intelligence."
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
