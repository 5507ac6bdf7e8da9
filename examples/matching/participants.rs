//! CORDIS participants and the map from them to ROR.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use consortia::matching::{Confidence, Matcher, Question, country_named};
use consortia::model::entity::EntityKind;
use consortia::model::state::State;

use crate::{Error, random};

/// One line of the map, with what CORDIS says.
pub(crate) struct Case {
    pub(crate) truth: usize,
    pub(crate) question: Question,
    confidence: String,
    hospital: bool,
    pub(crate) pic: String,
}

/// The best answer to a case.
struct Answer {
    score: f64,
    right: bool,
}

pub(crate) fn cases(state: &State, organizations: &str, truth: &str, with_homepage: bool) -> Result<Vec<Case>, Error> {
    let organizations = std::fs::read_to_string(organizations)?;
    let known: HashMap<&str, Vec<&str>> = organizations
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .map(|fields| (fields[0], fields))
        .collect();
    let truth = std::fs::read_to_string(truth)?;
    let mut cases = Vec::new();
    let (mut unknown, mut absent) = (0, 0);
    for line in truth.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let Some(organization) = known.get(fields[0]) else {
            unknown += 1;
            continue;
        };
        let Ok(position) = state.entities.binary_search_by(|entity| entity.id.as_str().cmp(fields[1])) else {
            absent += 1;
            continue;
        };
        let given = |at: usize| organization.get(at).map(|text| (*text).to_owned()).filter(|text| !text.is_empty());
        cases.push(Case {
            truth: position,
            question: Question {
                name: given(1).unwrap_or_default(),
                other_names: given(2).into_iter().collect(),
                country: given(3).and_then(|country| country_named(&country)),
                city: given(4),
                homepage: given(6).filter(|_| with_homepage),
                ..Question::default()
            },
            confidence: fields[2].to_owned(),
            hospital: state.entities[position].kind == EntityKind::Hospital,
            pic: fields[0].to_owned(),
        });
    }
    println!("{unknown} lines of the map name no participant of Horizon Europe, {absent} no organization of ROR here");
    Ok(cases)
}

fn best(matcher: &Matcher, case: &Case, without_truth: bool) -> (Option<usize>, Answer) {
    let found = matcher.candidates(&case.question, 1, &mut |position| !without_truth || position != case.truth);
    match found.first() {
        Some(first) => (Some(first.position), Answer { score: first.score, right: first.position == case.truth }),
        None => (None, Answer { score: 0.0, right: false }),
    }
}

pub(crate) fn measure(state: &State, matcher: &Matcher, cases: &[Case], errors: usize) {
    let began = Instant::now();
    let answers: Vec<(Option<usize>, Answer)> = cases.iter().map(|case| best(matcher, case, false)).collect();
    let seconds = began.elapsed().as_secs_f64();
    println!("{:.0} names a second", cases.len() as f64 / seconds);
    type Wanted = fn(&Case) -> bool;
    let groups: [(&str, Wanted); 5] = [
        ("all", |_| true),
        ("map says high", |case| case.confidence == "high"),
        ("map says medium", |case| case.confidence == "medium"),
        ("hospitals", |case| case.hospital),
        ("hospitals, map says high", |case| case.hospital && case.confidence == "high"),
    ];
    for (name, wanted) in groups {
        let group: Vec<&Answer> =
            cases.iter().zip(&answers).filter(|(case, _)| wanted(case)).map(|(_, (_, answer))| answer).collect();
        println!("\n{name}: {} cases\n\n| threshold | precision | recall | answered |\n|---|---|---|---|", group.len());
        for threshold in [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99] {
            let taken: Vec<_> = group.iter().filter(|answer| answer.score >= threshold).collect();
            let right = taken.iter().filter(|answer| answer.right).count();
            println!(
                "| {threshold:.2} | {:.4} | {:.4} | {} |",
                right as f64 / taken.len().max(1) as f64,
                right as f64 / group.len().max(1) as f64,
                taken.len()
            );
        }
    }
    println!("\nWith the right answer taken away\n\n| class | still answered |\n|---|---|");
    let without: Vec<Confidence> =
        cases.iter().map(|case| Confidence::of(best(matcher, case, true).1.score, true)).collect();
    for class in [Confidence::High, Confidence::Medium, Confidence::Low] {
        let count = without.iter().filter(|found| **found == class).count();
        println!("| {} | {:.4} |", class.name(), count as f64 / cases.len() as f64);
    }
    let mut seen = HashSet::new();
    let describe = |position: usize| {
        let entity = &state.entities[position];
        format!(
            "{} [{}] {:?} {}",
            entity.name,
            entity.all_names().skip(1).take(5).collect::<Vec<_>>().join("; "),
            entity.country,
            entity.city.as_deref().unwrap_or("")
        )
    };
    let shown = cases.iter().zip(&answers).filter(|(_, (_, answer))| !answer.right || answer.score < 0.9);
    let mut shown: Vec<_> = shown.filter(|(case, _)| seen.insert(&case.pic)).collect();
    shown.sort_by_key(|(case, _)| random(&case.pic));
    for (case, (position, answer)) in shown.into_iter().take(errors) {
        let question = &case.question;
        let rank =
            matcher.candidates(question, 100, &mut |_| true).iter().position(|found| found.position == case.truth);
        println!(
            "\n{} {:.3} {} | {:?} {:?} {:?} {:?} ({})",
            if answer.right { "LOW" } else { "WRONG" },
            answer.score,
            case.pic,
            question.name,
            question.other_names,
            question.country,
            question.city,
            case.confidence
        );
        if !answer.right {
            println!("   got    {}", position.map(describe).unwrap_or_default());
        }
        println!("   truth  {} (rank {rank:?})", describe(case.truth));
    }
}
