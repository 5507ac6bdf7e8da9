//! Sentences about plans, moments, links, differences and issues.

use super::*;
use crate::model::entity::Figure;

/// What a relationship, told in words, is told as.
fn with<T>((source, kind, target, details): Told<'_>, tell: impl FnOnce(&Statement<'_>) -> T) -> T {
    let it = related(source, kind, target, details);
    let principal = it.on_behalf_of.as_ref().map(|id| entity(id.as_str()));
    tell(&Statement {
        relationship: &it,
        source: &entity(source),
        target: &entity(target),
        on_behalf_of: principal.as_ref(),
        as_of: None,
        today: today(),
    })
}

#[test]
fn plans_are_told_once_and_by_the_verb() {
    for (words, expected) in [
        (
            ("oxford", R::Hosted, "meeting", &["role=planned"][..]),
            "The University of Oxford is to host the 2023 Preparatory Meeting.",
        ),
        (
            ("sichuan", R::ParticipatedIn, "visit", &["role=visiting team (planned)"]),
            "Sichuan University was to take part in the visit of Nancy Ip to PUMCH in March 2024 as a visiting team.",
        ),
        (
            ("pumch", R::ParticipatedIn, "fellows", &["role=sends young doctors (expected)"]),
            "Peking Union Medical College Hospital is to send young doctors to A Fellowship for Young Doctors.",
        ),
        (
            ("pumch", R::ParticipatedIn, "mbbs", &["role=planned partner"]),
            "Peking Union Medical College Hospital is to take part in the MBBS program as a partner.",
        ),
        (
            ("som", R::CollaboratesWith, "pumch", &["role=planned: training programs"]),
            "Tsinghua University School of Medicine is to collaborate with Peking Union Medical College Hospital on training programs.",
        ),
        (
            ("glasgow", R::MemberOf, "alliance", &["role=planned member"]),
            "The University of Glasgow is to be a member of The Health Alliance.",
        ),
        (
            ("nhc", R::Designated, "pumch", &["role=planned base for training"]),
            "The National Health Commission designated Peking Union Medical College Hospital as a planned base for training.",
        ),
    ] {
        assert_eq!(tell(words), expected);
    }
}

#[test]
fn names_take_the_article_the_capital_and_the_verb_they_should() {
    let about = |kind, name: &str| {
        let it = related("a", R::Concerns, "cancer", &[]);
        said(&it, &named(kind, "a", name), &entity("cancer"), None)
    };
    for (kind, name, expected) in [
        (E::Program, "the MBBS program", "The MBBS program concerns"),
        (
            E::Program,
            "the medical training programs of the HKUST school",
            "The medical training programs of the HKUST school concern",
        ),
        (
            E::Program,
            "the QS World University Rankings by Subject 2024",
            "The QS World University Rankings by Subject 2024 concern",
        ),
        (E::Program, "Clinical rotations in China|clinical rotations in China", "Clinical rotations in China concern"),
        (E::Program, "Healthy China", "Healthy China concerns"),
        (E::Program, "Healthy Cities", "Healthy Cities concerns"),
        (
            E::Event,
            "Signing ceremony of the Pact|the signing ceremony of the Pact",
            "The signing ceremony of the Pact was about",
        ),
        (E::Event, "World Congress 2023", "World Congress 2023 was about"),
        (E::Event, "the lectures on oncology", "The lectures on oncology were about"),
        (E::Event, "A meeting of deans", "A meeting of deans was about"),
        (E::Agreement, "Grant agreement 101040197", "Grant agreement 101040197 concerns"),
        (E::University, "University of Leeds", "University of Leeds works on"),
        (E::University, "the University of Leeds", "The University of Leeds works on"),
        (E::Hospital, "Leeds General Infirmary", "Leeds General Infirmary works on"),
        (E::Government, "the Ministry of Health", "The Ministry of Health is concerned with"),
        (E::Foundation, "the Wellcome Trust", "The Wellcome Trust is concerned with"),
    ] {
        assert_eq!(about(kind, name), format!("{expected} gastrointestinal cancer."));
    }
    let topic = |name: &str| {
        let it = related("wch", R::Concerns, "a", &[]);
        said(&it, &entity("wch"), &named(E::Topic, "a", name), None)
    };
    for (name, inside) in [
        ("Quality of health care|the quality of health care", "the quality of health care"),
        ("Medical education", "medical education"),
        ("Chinese medicine", "Chinese medicine"),
        ("China-UK cooperation", "China-UK cooperation"),
        ("Artificial Intelligence", "Artificial Intelligence"),
        ("Global Health Community|the Global Health Community", "the Global Health Community"),
        ("Alzheimer's disease", "Alzheimer's disease"),
    ] {
        assert_eq!(topic(name), format!("West China Hospital works on {inside}."));
    }
}

#[test]
fn a_state_begins_and_ends_in_its_own_words_and_an_act_is_told_whole() {
    let table: Vec<(Told<'_>, &str, &str)> = vec![
        (
            ("som", R::PartOf, "pku", &[]),
            "Tsinghua University School of Medicine became part of Peking University in 2021.",
            "Tsinghua University School of Medicine ceased to be part of Peking University in 2021.",
        ),
        (
            ("wch", R::AffiliatedWith, "sichuan", &["inferred"]),
            "West China Hospital became affiliated with Sichuan University in 2021 (inferred).",
            "West China Hospital ceased to be affiliated with Sichuan University in 2021 (inferred).",
        ),
        (
            ("glasgow", R::MemberOf, "alliance", &["role=founding member"]),
            "The University of Glasgow became a founding member of The Health Alliance in 2021.",
            "The University of Glasgow ceased to be a founding member of The Health Alliance in 2021.",
        ),
        (
            ("glasgow", R::MemberOf, "alliance", &[]),
            "The University of Glasgow became a member of The Health Alliance in 2021.",
            "The University of Glasgow ceased to be a member of The Health Alliance in 2021.",
        ),
        (
            ("som", R::CollaboratesWith, "gates", &[]),
            "Tsinghua University School of Medicine began to collaborate with the Gates Foundation in 2021.",
            "Tsinghua University School of Medicine stopped collaborating with the Gates Foundation in 2021.",
        ),
        (
            ("hkust", R::PartyTo, "agreement", &[]),
            "The Hong Kong University of Science and Technology became a party to the Strategic Cooperation Agreement between HKUST and PUMCH in 2021.",
            "The Hong Kong University of Science and Technology ceased to be a party to the Strategic Cooperation Agreement between HKUST and PUMCH in 2021.",
        ),
        (
            ("nancy", R::HoldsPostAt, "hkust", &["role=President"]),
            "Nancy Ip became President of The Hong Kong University of Science and Technology in 2021.",
            "Nancy Ip ceased to be President of The Hong Kong University of Science and Technology in 2021.",
        ),
        (
            ("nancy", R::HoldsPostAt, "hkust", &[]),
            "Nancy Ip took up a post at The Hong Kong University of Science and Technology in 2021.",
            "Nancy Ip left a post at The Hong Kong University of Science and Technology in 2021.",
        ),
        (
            ("som", R::Offers, "mbbs", &[]),
            "Tsinghua University School of Medicine began to offer the MBBS program in 2021.",
            "Tsinghua University School of Medicine stopped offering the MBBS program in 2021.",
        ),
        (
            ("gates", R::Funded, "center", &[]),
            "The Gates Foundation began to fund the Huaxi Joint Centre for Gastrointestinal Cancer in 2021.",
            "The Gates Foundation stopped funding the Huaxi Joint Centre for Gastrointestinal Cancer in 2021.",
        ),
        (
            ("nancy", R::Concerns, "ai", &[]),
            "Nancy Ip began to work on Artificial Intelligence in 2021.",
            "Nancy Ip stopped working on Artificial Intelligence in 2021.",
        ),
        (
            ("meeting", R::Concerns, "ai", &[]),
            "The 2023 Preparatory Meeting was about Artificial Intelligence in 2021.",
            "The 2023 Preparatory Meeting was about Artificial Intelligence in 2021.",
        ),
        (
            ("oxford", R::Founded, "consortium", &[]),
            "The University of Oxford founded the China-UK University Consortium on Medicine and Health in 2021.",
            "The University of Oxford founded the China-UK University Consortium on Medicine and Health by 2021.",
        ),
    ];
    let tell = |(source, kind, target, details): Told<'_>, date: &str, what| {
        let (since, until) = (format!("since={date}"), format!("until={date}"));
        let end = if what == Moment::Began { since.as_str() } else { until.as_str() };
        let details: Vec<&str> = details.iter().copied().chain([end]).collect();
        with((source, kind, target, &details), |statement| moment(statement, what))
    };
    for (words, began, ended) in table {
        assert_eq!(tell(words, "2021", Moment::Began), began);
        assert_eq!(tell(words, "2021", Moment::Ended), ended);
    }
    let member: Told<'_> = ("glasgow", R::MemberOf, "alliance", &[]);
    for (date, when) in [
        ("2021~", "around 2021"),
        ("2021/2023", "between 2021 and 2023"),
        ("2021-03-05?", "possibly on 5 March 2021"),
        ("2010/..", "in 2010 or later"),
        ("../2010", "by 2010"),
        ("2010~/..", "around 2010 or later"),
    ] {
        assert_eq!(
            tell(member, date, Moment::Began),
            format!("The University of Glasgow became a member of The Health Alliance {when}.")
        );
        assert_eq!(
            tell(member, date, Moment::Ended),
            format!("The University of Glasgow ceased to be a member of The Health Alliance {when}.")
        );
    }
}

#[test]
fn entities_come_and_go_as_their_kinds_do() {
    for (word, what, since, until, expected) in [
        (
            "meeting",
            Moment::Happened,
            "2023-12-13",
            "2023-12-13",
            "The 2023 Preparatory Meeting took place on 13 December 2023.",
        ),
        (
            "forum",
            Moment::Happened,
            "2022-11-15",
            "2022-11-16",
            "The 2022 China-UK University Forum on Medical Innovation Cooperation took place from 15 to 16 November 2022.",
        ),
        (
            "forum",
            Moment::Happened,
            "2022-11-15/2022-11-16",
            "2022-11-15/2022-11-16",
            "The 2022 China-UK University Forum on Medical Innovation Cooperation took place from 15 to 16 November 2022.",
        ),
        ("meeting", Moment::Happened, "2023", "", "The 2023 Preparatory Meeting took place in 2023."),
        (
            "meeting",
            Moment::Happened,
            "2021/2023",
            "",
            "The 2023 Preparatory Meeting took place between 2021 and 2023.",
        ),
        ("meeting", Moment::Happened, "2010/..", "", "The 2023 Preparatory Meeting took place in 2010 or later."),
        ("meeting", Moment::Happened, "", "2023", "The 2023 Preparatory Meeting took place by 2023."),
        ("alliance", Moment::Began, "2021", "", "The Health Alliance was founded in 2021."),
        ("alliance", Moment::Began, "../2021", "", "The Health Alliance was founded by 2021."),
        ("alliance", Moment::Ended, "", "2024-03", "The Health Alliance ceased to exist in March 2024."),
        ("alliance", Moment::Ended, "2010", "2024/..", "The Health Alliance ceased to exist in 2024 or later."),
        (
            "initiative",
            Moment::Began,
            "2023-12-13",
            "",
            "The Initiative on global health challenges began on 13 December 2023.",
        ),
        (
            "initiative",
            Moment::Happened,
            "2023",
            "2023",
            "The Initiative on global health challenges was made in 2023.",
        ),
        ("nancy", Moment::Began, "1955", "", "Nancy Ip was born in 1955."),
        ("mbbs", Moment::Ended, "", "2020", "The MBBS program ended in 2020."),
    ] {
        assert_eq!(entity_moment(&dated(entity(word), since, until), what, today()), expected);
    }
    let planned = dated(named(E::Event, "visit", "the visit of the deans"), "2024", "2024");
    assert_eq!(
        planned_moment(&planned, Moment::Happened, today()),
        "The visit of the deans was to take place in 2024."
    );
}

#[test]
fn links_and_what_is_shared_name_three_and_count_the_rest() {
    let entities = |words: &[&str]| words.iter().map(|word| entity(word)).collect::<Vec<_>>();
    let tell = |from: &[&str], through: &[&str], distance| {
        let (from, through) = (entities(from), entities(through));
        link(&entity("wch"), &from.iter().collect::<Vec<_>>(), &through.iter().collect::<Vec<_>>(), distance, 6)
    };
    assert_eq!(
        tell(&["oxford"], &["consortium"], 3),
        "West China Hospital is linked to the University of Oxford through the China-UK University Consortium on Medicine and Health, in 3 steps."
    );
    assert_eq!(
        tell(&["oxford", "glasgow", "birmingham", "pku", "hkust"], &["consortium", "alliance"], 2),
        "West China Hospital is linked to the University of Oxford, the University of Glasgow, the University of Birmingham and 2 more through the China-UK University Consortium on Medicine and Health and The Health Alliance, in 2 steps by the shortest way."
    );
    assert_eq!(
        tell(&["oxford"], &["meeting", "forum", "visit"], 2),
        "West China Hospital is linked to the University of Oxford through the 2023 Preparatory Meeting, the 2022 China-UK University Forum on Medical Innovation Cooperation and the visit of Nancy Ip to PUMCH in March 2024, in 2 steps by the shortest way."
    );
    assert_eq!(
        tell(&["oxford", "glasgow"], &["alliance"], 1),
        "West China Hospital is linked to the University of Oxford and the University of Glasgow through The Health Alliance, in 1 step by the shortest way."
    );
    let all_alike = link(&entity("wch"), &[&entity("oxford"), &entity("glasgow")], &[&entity("alliance")], 2, 2);
    assert_eq!(
        all_alike,
        "West China Hospital is linked to the University of Oxford and the University of Glasgow through The Health Alliance, in 2 steps."
    );
    let share = |words: &[&str]| {
        let all = entities(words);
        shared(&entity("oxford"), &entity("sichuan"), &all.iter().collect::<Vec<_>>())
    };
    assert_eq!(
        share(&["alliance"]),
        "The University of Oxford and Sichuan University share one consortium: The Health Alliance."
    );
    assert_eq!(
        share(&["meeting", "second"]),
        "The University of Oxford and Sichuan University share 2 events: the 2023 Preparatory Meeting and the Second Preparatory Meeting."
    );
    assert_eq!(
        share(&["meeting", "alliance"]),
        "The University of Oxford and Sichuan University share 2 entities: the 2023 Preparatory Meeting and The Health Alliance."
    );
    assert_eq!(
        share(&["meeting", "second", "forum", "visit", "initiative"]),
        "The University of Oxford and Sichuan University share 5 entities: the 2023 Preparatory Meeting, the Second Preparatory Meeting, the 2022 China-UK University Forum on Medical Innovation Cooperation and 2 more."
    );
}

#[test]
fn differences_say_what_is_new_gone_or_otherwise() {
    let change = |name, before: Option<&str>, after: Option<&str>| FieldChange {
        name,
        before: before.map(Into::into),
        after: after.map(Into::into),
    };
    assert_eq!(gained(&entity("wch")), "New: West China Hospital, a hospital.");
    assert_eq!(lost(&entity("oxford")), "Gone: the University of Oxford, a university.");
    assert_eq!(gained(&entity("cpo")), "New: the UMass Chan China Program Office, an office.");
    assert_eq!(gained(&entity("initiative")), "New: the Initiative on global health challenges, an agreement.");
    let member: Told<'_> = ("glasgow", R::MemberOf, "alliance", &["since=2021"]);
    assert_eq!(
        with(member, gained_relationship),
        "New: the University of Glasgow has been a member of The Health Alliance since 2021."
    );
    assert_eq!(
        with(member, lost_relationship),
        "Gone: the University of Glasgow has been a member of The Health Alliance since 2021."
    );
    let changes = [change("start", Some("2022"), Some("2021")), change("citations", None, None)];
    assert_eq!(
        with(member, |statement| changed_relationship(statement, &changes)),
        "The University of Glasgow has been a member of The Health Alliance since 2021: the start changed from \"2022\" to \"2021\" and the citations changed."
    );
    let changes =
        [change("city", None, Some("Chengdu")), change("end", Some("2020"), None), change("names", None, None)];
    assert_eq!(
        changed(&entity("wch"), &changes),
        "West China Hospital: the city is now \"Chengdu\", the end \"2020\" is no longer given and the names changed."
    );
}

#[test]
fn a_comparison_counts_what_there_is() {
    let tally = |[gained, lost, changed, kept]: [usize; 4]| Tally { gained, lost, changed, kept };
    for (entities, relationships, expected) in [
        (
            [1, 0, 2, 30],
            [3, 1, 0, 100],
            "1 entity and 3 relationships gained; 1 relationship lost; 2 entities changed; 30 entities and 100 relationships as before.",
        ),
        ([0, 1, 0, 2], [0, 0, 1, 1], "1 entity lost; 1 relationship changed; 2 entities and 1 relationship as before."),
        (
            [0, 2, 1, 1],
            [0, 2, 2, 2],
            "2 entities and 2 relationships lost; 1 entity and 2 relationships changed; 1 entity and 2 relationships as before.",
        ),
        ([2, 0, 0, 0], [1, 0, 0, 0], "2 entities and 1 relationship gained."),
        ([0, 0, 0, 171], [0, 0, 0, 350], "The two views show the same: 171 entities and 350 relationships."),
        ([0, 0, 0, 1], [0, 0, 0, 0], "The two views show the same: 1 entity."),
        ([0, 0, 0, 2], [0, 0, 0, 1], "The two views show the same: 2 entities and 1 relationship."),
        ([0; 4], [0; 4], "Neither view shows anything."),
    ] {
        assert_eq!(compared(tally(entities), tally(relationships)), expected);
    }
}

#[test]
fn issues_say_what_is_wrong_or_missing() {
    let inferred: Told<'_> = ("wch", R::AffiliatedWith, "sichuan", &["inferred"]);
    assert_eq!(
        with(inferred, only_inferred),
        "No document states that West China Hospital is affiliated with Sichuan University."
    );
    assert_eq!(
        with(inferred, undated),
        "No date is known: West China Hospital is affiliated with Sichuan University (inferred)."
    );
    let one: Told<'_> = ("frampton", R::HoldsPostAt, "birmingham", &["role=Pro-Vice-Chancellor"]);
    let other: Told<'_> = ("frampton", R::HoldsPostAt, "birmingham", &["role=Deputy Pro-Vice Chancellor"]);
    assert_eq!(
        with(one, |one| with(other, |other| roles_disagree(one, other))),
        "Documents disagree on the role: Jon Frampton is Pro-Vice-Chancellor of the University of Birmingham; Jon Frampton is Deputy Pro-Vice Chancellor of the University of Birmingham."
    );
    let (one, other): (Told<'_>, Told<'_>) =
        (("oxford", R::Founded, "alliance", &["on=2021"]), ("oxford", R::Founded, "alliance", &["on=2022"]));
    assert_eq!(
        with(one, |one| with(other, |other| dates_disagree(one, other))),
        "Documents disagree on the dates: the University of Oxford founded The Health Alliance in 2021; the University of Oxford founded The Health Alliance in 2022."
    );
    let mut record = EntityRecord::from(entity("alliance"));
    record.since = Some("2022".parse().unwrap());
    let late = Entity::new(record).unwrap();
    assert_eq!(
        with(one, |one| outside_lifetime(one, &late)),
        "The dates do not fit: the University of Oxford founded The Health Alliance in 2021, outside the time of The Health Alliance (since 2022)."
    );
    let figure = |value: &str| Figure {
        label: "member universities attending".into(),
        value: value.into(),
        at_least: None,
        at_most: None,
        as_of: None,
        citation: citation(Strength::Stated),
    };
    let forum = entity("forum");
    let name = "2022 China-UK University Forum on Medical Innovation Cooperation";
    for (known, expected) in [(0, "none is"), (1, "1 is"), (5, "5 are")] {
        assert_eq!(
            named_by_number(&forum, &figure("nearly 20"), known),
            format!(
                "The {name}: \"member universities attending\" is given as \"nearly 20\"; {expected} known by name."
            )
        );
    }
    assert_eq!(
        figures_disagree(&forum, &figure("eight"), &figure("nine")),
        format!("Documents disagree on the {name}: \"member universities attending\" is \"eight\", or \"nine\".")
    );
    assert_eq!(
        undated_entity(&entity("initiative")),
        "No date of the Initiative on global health challenges is known."
    );
    assert_eq!(no_members(&entity("alliance")), "No member of The Health Alliance is known.");
    assert_eq!(no_hospital(&entity("alliance"), 1), "The one known member of The Health Alliance is not a hospital.");
    assert_eq!(
        no_hospital(&entity("alliance"), 10),
        "None of the 10 known members of The Health Alliance is a hospital."
    );
    assert_eq!(no_country(&entity("acme")), "The country of Acme Inc. is not known.");
    assert_eq!(unrelated(&entity("acme")), "No relationship of Acme Inc. is known.");
}
