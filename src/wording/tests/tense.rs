//! Sentences about what is over, what goes on and what is still to come, all told on 30 November 2026.

use super::*;

fn moment_of((source, kind, target, details): Told<'_>, what: Moment) -> String {
    let it = related(source, kind, target, details);
    let (source, target) = (entity(source), entity(target));
    moment(
        &Statement {
            relationship: &it,
            source: &source,
            target: &target,
            on_behalf_of: None,
            as_of: None,
            today: today(),
        },
        what,
    )
}

#[test]
fn states_are_told_as_they_are_on_the_day() {
    #[rustfmt::skip]
    let table: Vec<(Told<'_>, &str)> = vec![
        (("glasgow", R::MemberOf, "alliance", &["since=2026-01-01", "until=2029-06-30"]), "The University of Glasgow is a member of The Health Alliance from 1 January 2026 to 30 June 2029."),
        (("glasgow", R::MemberOf, "alliance", &["since=2026", "until=2029"]), "The University of Glasgow is a member of The Health Alliance from 2026 to 2029."),
        (("glasgow", R::MemberOf, "alliance", &["until=2029"]), "The University of Glasgow is a member of The Health Alliance until 2029."),
        (("glasgow", R::MemberOf, "alliance", &["until=2029/.."]), "The University of Glasgow is a member of The Health Alliance until 2029 or later."),
        (("glasgow", R::MemberOf, "alliance", &["until=2027/2029"]), "The University of Glasgow is a member of The Health Alliance until some time between 2027 and 2029."),
        (("glasgow", R::MemberOf, "alliance", &["since=2027"]), "The University of Glasgow is to be a member of The Health Alliance from 2027 on."),
        (("glasgow", R::MemberOf, "alliance", &["since=2027/.."]), "The University of Glasgow is to be a member of The Health Alliance from 2027 or later on."),
        (("glasgow", R::MemberOf, "alliance", &["since=2027", "until=2029"]), "The University of Glasgow is to be a member of The Health Alliance from 2027 to 2029."),
        (("glasgow", R::MemberOf, "alliance", &["on=2027"]), "The University of Glasgow is to be a member of The Health Alliance in 2027."),
        (("glasgow", R::MemberOf, "alliance", &["since=2027", "inferred"]), "The University of Glasgow is to be a member of The Health Alliance from 2027 on (inferred)."),
        (("glasgow", R::MemberOf, "alliance", &["role=founding member", "until=2029"]), "The University of Glasgow is a founding member of The Health Alliance until 2029."),
        (("glasgow", R::MemberOf, "alliance", &["role=founding member", "since=2027"]), "The University of Glasgow is to be a founding member of The Health Alliance from 2027 on."),
        (("glasgow", R::MemberOf, "alliance", &["role=coordinator", "since=2027"]), "The University of Glasgow is to be a member of The Health Alliance as coordinator from 2027 on."),
        // What may be over, or still to come, is told so that it is true of both.
        (("glasgow", R::MemberOf, "alliance", &["since=2020", "until=2026"]), "The University of Glasgow was a member of The Health Alliance from 2020 to 2026."),
        (("glasgow", R::MemberOf, "alliance", &["since=2026"]), "The University of Glasgow is a member of The Health Alliance from 2026 on."),
        (("glasgow", R::MemberOf, "alliance", &["since=2026~"]), "The University of Glasgow is a member of The Health Alliance from around 2026 on."),
        (("glasgow", R::MemberOf, "alliance", &["since=2026-11-30"]), "The University of Glasgow has been a member of The Health Alliance since 30 November 2026."),
        (("glasgow", R::MemberOf, "alliance", &["since=2024/.."]), "The University of Glasgow has been a member of The Health Alliance since 2024 or later."),
        (("center", R::PartOf, "wch", &["since=2027"]), "The Huaxi Joint Centre for Gastrointestinal Cancer is to be part of West China Hospital from 2027 on."),
        (("wch", R::AffiliatedWith, "sichuan", &["role=teaching hospital", "until=2028"]), "West China Hospital is affiliated with Sichuan University as a teaching hospital until 2028."),
        (("som", R::CollaboratesWith, "gates", &["since=2025", "until=2028"]), "Tsinghua University School of Medicine collaborates with the Gates Foundation from 2025 to 2028."),
        (("hkust", R::PartyTo, "agreement", &["since=2027-01"]), "The Hong Kong University of Science and Technology is to be a party to the Strategic Cooperation Agreement between HKUST and PUMCH from January 2027 on."),
        (("som", R::Offers, "mbbs", &["until=2030"]), "Tsinghua University School of Medicine offers the MBBS program until 2030."),
        (("nancy", R::Concerns, "ai", &["since=2027"]), "Nancy Ip is to work on Artificial Intelligence from 2027 on."),
        (("nancy", R::HoldsPostAt, "hkust", &["role=President", "until=2027"]), "Nancy Ip is President of The Hong Kong University of Science and Technology until 2027."),
        (("nancy", R::HoldsPostAt, "hkust", &["role=President", "since=2022-10", "until=2027"]), "Nancy Ip is President of The Hong Kong University of Science and Technology from October 2022 to 2027."),
        (("nancy", R::HoldsPostAt, "hkust", &["role=President", "since=2027"]), "Nancy Ip is to be President of The Hong Kong University of Science and Technology from 2027 on."),
        (("kerr", R::HoldsPostAt, "oxford", &["role=professor of oncology", "since=2027", "inferred"]), "David James Kerr is to be a professor of oncology at the University of Oxford from 2027 on (inferred)."),
        (("yao", R::HoldsPostAt, "sichuan", &["until=2027"]), "Yao Leye holds a post at Sichuan University until 2027."),
        (("yao", R::HoldsPostAt, "sichuan", &["since=2027"]), "Yao Leye is to hold a post at Sichuan University from 2027 on."),
    ];
    for (words, expected) in table {
        assert_eq!(tell(words), expected);
    }
}

#[test]
fn acts_are_told_as_they_are_on_the_day() {
    #[rustfmt::skip]
    let table: Vec<(Told<'_>, &str)> = vec![
        (("wch", R::Hosted, "meeting", &["on=2027-05-03"]), "West China Hospital is to host the 2023 Preparatory Meeting on 3 May 2027."),
        (("sichuan", R::Organized, "meeting", &["on=2027", "inferred"]), "Sichuan University is to organize the 2023 Preparatory Meeting in 2027 (inferred)."),
        (("frampton", R::ParticipatedIn, "meeting", &["role=keynote speaker", "for=birmingham", "on=2027-05"]), "Jon Frampton is to take part in the 2023 Preparatory Meeting as a keynote speaker on behalf of the University of Birmingham in May 2027."),
        (("nancy", R::Signed, "agreement", &["role=President", "on=2027-01"]), "Nancy Ip, as President, is to sign the Strategic Cooperation Agreement between HKUST and PUMCH in January 2027."),
        (("yao", R::Witnessed, "agreement", &["on=2027-01"]), "Yao Leye is to witness the signing of the Strategic Cooperation Agreement between HKUST and PUMCH in January 2027."),
        (("oxford", R::Founded, "alliance", &["since=2027"]), "The University of Oxford is to found The Health Alliance in 2027."),
        (("nhc", R::Designated, "pumch", &["role=national guidance center", "since=2027"]), "The National Health Commission is to designate Peking Union Medical College Hospital as a national guidance center in 2027."),
        (("meeting", R::Adopted, "initiative", &["on=2027"]), "The 2023 Preparatory Meeting is to adopt the Initiative on global health challenges in 2027."),
        (("alliance", R::Succeeds, "consortium", &["since=2027"]), "The Health Alliance is to succeed the China-UK University Consortium on Medicine and Health in 2027."),
        (("gates", R::Funded, "center", &["since=2027", "until=2029"]), "The Gates Foundation is to fund the Huaxi Joint Centre for Gastrointestinal Cancer from 2027 to 2029."),
        (("gates", R::Funded, "center", &["since=2024", "until=2029"]), "The Gates Foundation funds the Huaxi Joint Centre for Gastrointestinal Cancer from 2024 to 2029."),
        (("gates", R::Funded, "center", &["until=2029"]), "The Gates Foundation funds the Huaxi Joint Centre for Gastrointestinal Cancer until 2029."),
        // What may be over, or still to come.
        (("wch", R::Hosted, "meeting", &["on=2026"]), "West China Hospital hosts the 2023 Preparatory Meeting in 2026."),
        (("yao", R::Witnessed, "agreement", &["on=2026~"]), "Yao Leye witnesses the signing of the Strategic Cooperation Agreement between HKUST and PUMCH around 2026."),
        (("wch", R::Hosted, "meeting", &["on=2026-11"]), "West China Hospital hosted the 2023 Preparatory Meeting in November 2026."),
        (("oxford", R::Founded, "alliance", &["since=2024/.."]), "The University of Oxford founded The Health Alliance in 2024 or later."),
    ];
    for (words, expected) in table {
        assert_eq!(tell(words), expected);
    }
    let rotations = named(E::Program, "rotations", "Clinical rotations in China|clinical rotations in China");
    for (details, expected) in [
        (&["until=2029"][..], "Clinical rotations in China are part of The Health Alliance until 2029."),
        (&["since=2027"], "Clinical rotations in China are to be part of The Health Alliance from 2027 on."),
    ] {
        let it = related("rotations", R::PartOf, "alliance", details);
        assert_eq!(said(&it, &rotations, &entity("alliance"), None), expected);
    }
}

#[test]
fn what_nobody_dates_is_done_when_its_event_is() {
    for (since, details, expected) in [
        ("2022-11-15", &["role=speaker"][..], "Jon Frampton took part in the World Forum as a speaker."),
        ("2027-05", &["role=speaker"], "Jon Frampton is to take part in the World Forum as a speaker."),
        ("2026", &["role=speaker"], "Jon Frampton takes part in the World Forum as a speaker."),
        ("2024", &["role=speaker (planned)"], "Jon Frampton was to take part in the World Forum as a speaker."),
        ("2027", &["role=speaker (planned)"], "Jon Frampton is to take part in the World Forum as a speaker."),
        ("", &["role=speaker (planned)"], "Jon Frampton is to take part in the World Forum as a speaker."),
    ] {
        let forum = dated(named(E::Event, "forum", "the World Forum"), since, since);
        let it = related("frampton", R::ParticipatedIn, "forum", details);
        assert_eq!(said(&it, &entity("frampton"), &forum, None), expected);
    }
}

#[test]
fn what_an_event_adopts_is_adopted_when_the_event_is() {
    let congress = dated(named(E::Event, "congress", "the World Congress"), "2027", "2027");
    let it = related("congress", R::Adopted, "initiative", &[]);
    assert_eq!(
        said(&it, &congress, &entity("initiative"), None),
        "The World Congress is to adopt the Initiative on global health challenges."
    );
}

#[test]
fn a_plan_is_to_come_until_its_day_may_have_come() {
    for (details, expected) in [
        (
            &["role=planned", "since=2027"][..],
            "The University of Glasgow is to be a member of The Health Alliance from 2027 on.",
        ),
        (
            &["role=planned", "until=2029"],
            "The University of Glasgow is to be a member of The Health Alliance until 2029.",
        ),
        (&["role=planned"], "The University of Glasgow is to be a member of The Health Alliance."),
        (
            &["role=planned", "since=2026"],
            "The University of Glasgow was to be a member of The Health Alliance from 2026 on.",
        ),
        (
            &["role=planned founding member", "since=2020", "until=2029"],
            "The University of Glasgow was to be a founding member of The Health Alliance from 2020 to 2029.",
        ),
    ] {
        assert_eq!(tell(("glasgow", R::MemberOf, "alliance", details)), expected);
    }
}

#[test]
fn a_state_is_to_begin_and_to_go_on_until_it_ends() {
    let table: Vec<(Told<'_>, &str, &str)> = vec![
        (
            ("som", R::PartOf, "pku", &[]),
            "Tsinghua University School of Medicine is to become part of Peking University in 2027.",
            "Tsinghua University School of Medicine is to remain part of Peking University until 2029.",
        ),
        (
            ("wch", R::AffiliatedWith, "sichuan", &["inferred"]),
            "West China Hospital is to become affiliated with Sichuan University in 2027 (inferred).",
            "West China Hospital is to remain affiliated with Sichuan University until 2029 (inferred).",
        ),
        (
            ("glasgow", R::MemberOf, "alliance", &[]),
            "The University of Glasgow is to become a member of The Health Alliance in 2027.",
            "The University of Glasgow is to remain a member of The Health Alliance until 2029.",
        ),
        (
            ("glasgow", R::MemberOf, "alliance", &["role=founding member"]),
            "The University of Glasgow is to become a founding member of The Health Alliance in 2027.",
            "The University of Glasgow is to remain a founding member of The Health Alliance until 2029.",
        ),
        (
            ("som", R::CollaboratesWith, "gates", &[]),
            "Tsinghua University School of Medicine is to begin to collaborate with the Gates Foundation in 2027.",
            "Tsinghua University School of Medicine is to go on collaborating with the Gates Foundation until 2029.",
        ),
        (
            ("nancy", R::HoldsPostAt, "hkust", &["role=President"]),
            "Nancy Ip is to become President of The Hong Kong University of Science and Technology in 2027.",
            "Nancy Ip is to remain President of The Hong Kong University of Science and Technology until 2029.",
        ),
        (
            ("nancy", R::HoldsPostAt, "hkust", &[]),
            "Nancy Ip is to take up a post at The Hong Kong University of Science and Technology in 2027.",
            "Nancy Ip is to keep a post at The Hong Kong University of Science and Technology until 2029.",
        ),
        (
            ("som", R::Offers, "mbbs", &[]),
            "Tsinghua University School of Medicine is to begin to offer the MBBS program in 2027.",
            "Tsinghua University School of Medicine is to go on offering the MBBS program until 2029.",
        ),
        (
            ("gates", R::Funded, "center", &[]),
            "The Gates Foundation is to begin to fund the Huaxi Joint Centre for Gastrointestinal Cancer in 2027.",
            "The Gates Foundation is to go on funding the Huaxi Joint Centre for Gastrointestinal Cancer until 2029.",
        ),
        (
            ("hkust", R::PartyTo, "agreement", &[]),
            "The Hong Kong University of Science and Technology is to become a party to the Strategic Cooperation Agreement between HKUST and PUMCH in 2027.",
            "The Hong Kong University of Science and Technology is to remain a party to the Strategic Cooperation Agreement between HKUST and PUMCH until 2029.",
        ),
    ];
    for ((source, kind, target, details), began, ended) in table {
        let details: Vec<&str> = details.iter().copied().chain(["since=2027", "until=2029"]).collect();
        assert_eq!(moment_of((source, kind, target, &details), Moment::Began), began);
        assert_eq!(moment_of((source, kind, target, &details), Moment::Ended), ended);
    }
    for (details, what, expected) in [
        (&["since=2026"][..], Moment::Began, "becomes a member of The Health Alliance in 2026."),
        (&["until=2026"], Moment::Ended, "ceases to be a member of The Health Alliance in 2026."),
        (&["since=2027/.."], Moment::Began, "is to become a member of The Health Alliance in 2027 or later."),
        (&["until=2027/.."], Moment::Ended, "is to remain a member of The Health Alliance until 2027 or later."),
        (
            &["until=2027/2029"],
            Moment::Ended,
            "is to remain a member of The Health Alliance until some time between 2027 and 2029.",
        ),
        (
            &["role=planned", "since=2027", "until=2029"],
            Moment::Ended,
            "is to remain a member of The Health Alliance until 2029.",
        ),
    ] {
        let told = moment_of(("glasgow", R::MemberOf, "alliance", details), what);
        assert_eq!(told, format!("The University of Glasgow {expected}"));
    }
}

#[test]
fn a_planned_state_is_told_by_its_start_and_by_its_end() {
    for (details, began, ended) in [
        (
            &["role=planned", "since=2018-03-04", "until=2026-11-30"][..],
            "was to become a member of The Health Alliance on 4 March 2018.",
            "was to remain a member of The Health Alliance until 30 November 2026.",
        ),
        (
            &["role=planned founding member", "since=2024", "until=2029"],
            "was to become a founding member of The Health Alliance in 2024.",
            "is to remain a founding member of The Health Alliance until 2029.",
        ),
        (
            &["role=planned", "since=2027", "until=2029", "inferred"],
            "is to become a member of The Health Alliance in 2027 (inferred).",
            "is to remain a member of The Health Alliance until 2029 (inferred).",
        ),
    ] {
        let words = ("glasgow", R::MemberOf, "alliance", details);
        assert_eq!(moment_of(words, Moment::Began), format!("The University of Glasgow {began}"));
        assert_eq!(moment_of(words, Moment::Ended), format!("The University of Glasgow {ended}"));
    }
}

#[test]
fn an_act_without_an_end_is_as_long_as_its_event() {
    for (since, until, details, expected) in [
        ("2022-11-15", "2022-11-15", &["since=2022-11-15"][..], "organized the World Forum on 15 November 2022."),
        ("2022-11-15", "", &["since=2022-11-15"], "organized the World Forum on 15 November 2022."),
        ("2022-11-15", "2022-11-15", &["since=2022"], "organized the World Forum on 15 November 2022."),
        ("2027-05", "2027-05", &["since=2027"], "is to organize the World Forum in May 2027."),
        // The event lasts, nobody says when it is, it is told less precisely, or the act began before it.
        ("2022-11-15", "2022-11-18", &["since=2022-11-15"], "organized the World Forum from 15 November 2022 on."),
        ("", "", &["since=2022-11-15"], "organized the World Forum from 15 November 2022 on."),
        ("2022", "2022", &["since=2022-11-15"], "organized the World Forum from 15 November 2022 on."),
        ("2022-11-15", "2022-11-15", &["since=2021"], "organized the World Forum from 2021 on."),
    ] {
        let forum = dated(named(E::Event, "forum", "the World Forum"), since, until);
        let it = related("sichuan", R::Organized, "forum", details);
        assert_eq!(said(&it, &entity("sichuan"), &forum, None), format!("Sichuan University {expected}"));
    }
    let forum = dated(named(E::Event, "forum", "the World Forum"), "2022-11-15", "2022-11-15");
    let funded = related("gates", R::Funded, "forum", &["since=2022"]);
    assert_eq!(
        said(&funded, &entity("gates"), &forum, None),
        "The Gates Foundation funded the World Forum from 2022 on."
    );
}

#[test]
fn entities_are_to_come_and_to_last() {
    for (word, what, since, until, expected) in [
        (
            "meeting",
            Moment::Happened,
            "2027-05",
            "2027-05",
            "The 2023 Preparatory Meeting is to take place in May 2027.",
        ),
        ("meeting", Moment::Happened, "2026", "2026", "The 2023 Preparatory Meeting takes place in 2026."),
        (
            "meeting",
            Moment::Happened,
            "2026-11-29",
            "2026-12-02",
            "The 2023 Preparatory Meeting takes place from 29 November to 2 December 2026.",
        ),
        ("alliance", Moment::Began, "2027", "", "The Health Alliance is to be founded in 2027."),
        ("alliance", Moment::Ended, "2020", "2029", "The Health Alliance is to exist until 2029."),
        ("initiative", Moment::Began, "2027", "", "The Initiative on global health challenges is to begin in 2027."),
        (
            "initiative",
            Moment::Ended,
            "2020",
            "2029",
            "The Initiative on global health challenges is to last until 2029.",
        ),
        ("mbbs", Moment::Began, "2027", "", "The MBBS program is to begin in 2027."),
    ] {
        assert_eq!(entity_moment(&dated(entity(word), since, until), what, today()), expected);
    }
    let lectures = named(E::Event, "lectures", "Lectures on oncology|the lectures on oncology");
    for (date, expected) in [
        ("2027", "The lectures on oncology are to take place in 2027."),
        ("2026", "The lectures on oncology were to take place in 2026."),
    ] {
        assert_eq!(planned_moment(&dated(lectures.clone(), date, date), Moment::Happened, today()), expected);
    }
    let pact = dated(entity("initiative"), "2020", "2024");
    assert_eq!(
        planned_moment(&pact, Moment::Ended, today()),
        "The Initiative on global health challenges was to last until 2024."
    );
}

#[test]
fn where_no_day_is_known_all_is_over() {
    let it = related("glasgow", R::MemberOf, "alliance", &["since=2026", "until=2029"]);
    let (source, target) = (entity("glasgow"), entity("alliance"));
    let statement = Statement {
        relationship: &it,
        source: &source,
        target: &target,
        on_behalf_of: None,
        as_of: None,
        today: Day::MAX,
    };
    assert_eq!(
        relationship(&statement),
        "The University of Glasgow was a member of The Health Alliance from 2026 to 2029."
    );
    assert_eq!(
        moment(&statement, Moment::Ended),
        "The University of Glasgow ceased to be a member of The Health Alliance in 2029."
    );
}

#[test]
fn a_path_tells_each_step_as_it_is_on_the_day() {
    assert_eq!(
        tell_path(
            "glasgow",
            &[
                ("glasgow", R::MemberOf, "alliance", &["since=2027"]),
                ("birmingham", R::MemberOf, "alliance", &["since=2027"])
            ]
        ),
        "The University of Glasgow and the University of Birmingham are to be members of The Health Alliance from 2027 on."
    );
    assert_eq!(
        tell_path(
            "nancy",
            &[
                ("nancy", R::HoldsPostAt, "hkust", &["role=President", "until=2027"]),
                ("hkust", R::Hosted, "meeting", &["on=2027-05"])
            ]
        ),
        "Nancy Ip is President of The Hong Kong University of Science and Technology until 2027; The Hong Kong University of Science and Technology is to host the 2023 Preparatory Meeting in May 2027."
    );
}
