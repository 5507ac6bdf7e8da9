//! Hospitals as registries of clinical trials write them: under each sort of noise, by language under names that are
//! kept from the matcher, and from a list.

use std::sync::Arc;
use std::time::Instant;

use consortia::matching::{Confidence, Matcher, Question, country_named};
use consortia::model::change::Versioned;
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::name::NameKind;
use consortia::model::state::State;

use crate::noise::{self, Noise};
use crate::{Error, half, random};

/// The languages, and the countries whose hospitals are named in them.
const LANGUAGES: [(&str, &[&str]); 7] = [
    ("English", &["GB", "IE", "US", "AU", "NZ"]),
    ("French", &["FR"]),
    ("Spanish", &["ES", "MX", "AR", "CL", "CO", "PE"]),
    ("Italian", &["IT"]),
    ("Portuguese", &["PT", "BR"]),
    ("German", &["DE", "AT"]),
    ("Chinese", &["CN", "TW", "HK"]),
];

/// A hospital and a question about it.
pub(crate) struct Case {
    pub(crate) truth: usize,
    pub(crate) question: Question,
    /// The hospital's key in ROR.
    pub(crate) key: String,
    language: &'static str,
}

/// What came of the questions of a group.
#[derive(Default)]
struct Tally {
    asked: usize,
    there: usize,
    high: usize,
    right: usize,
    first: usize,
}

impl Tally {
    fn add(&mut self, truth: Option<usize>, best: Option<(usize, Confidence)>) {
        self.asked += 1;
        self.there += usize::from(truth.is_some());
        let Some((position, confidence)) = best else { return };
        let is_right = truth == Some(position);
        self.first += usize::from(is_right);
        self.high += usize::from(confidence == Confidence::High);
        self.right += usize::from(is_right && confidence == Confidence::High);
    }

    fn print(&self, name: &str) {
        println!(
            "| {name} | {} | {} | {} | {:.1} |",
            self.asked,
            share(self.right, self.high),
            share(self.right, self.there),
            100.0 * self.first as f64 / self.there.max(1) as f64
        );
    }
}

/// A share in per cent, with its 95 % interval after Wilson.
fn share(part: usize, whole: usize) -> String {
    let (n, p) = (whole.max(1) as f64, part as f64 / whole.max(1) as f64);
    let z = 1.96_f64;
    let middle = p + z * z / (2.0 * n);
    let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let bound = |sign: f64| 100.0 * (middle + sign * spread) / (1.0 + z * z / n);
    format!("{:.1} ({:.1}–{:.1})", 100.0 * p, bound(-1.0), bound(1.0))
}

/// A state in which each hospital that has several full names lacks one, and a question about each of them: by that name
/// for one half, by one that is there for the other, written as a registry of trials would.
pub(crate) fn withheld(state: &State) -> (State, Vec<Case>) {
    let mut kept = state.clone();
    let mut cases = Vec::new();
    for (position, entity) in kept.entities.iter_mut().enumerate() {
        let country = entity.country.map(|country| country.as_str().to_owned()).unwrap_or_default();
        let language = LANGUAGES.iter().find(|(_, countries)| countries.contains(&country.as_str()));
        let Some((language, _)) = language.filter(|_| entity.kind == EntityKind::Hospital) else { continue };
        let dice = random(&format!("withheld {}", entity.id));
        let full: Vec<usize> = (0..entity.names.len())
            .filter(|at| entity.names[*at].kind != NameKind::Acronym && entity.names[*at].text.contains(' '))
            .collect();
        let name = match full.is_empty() {
            true => entity.name.clone(),
            false => {
                let at = full[dice as usize % full.len()];
                let mut record = EntityRecord::clone(&entity.value);
                let withheld = record.names.remove(at).text;
                let Ok(value) = Entity::new(record) else { continue };
                *entity = Arc::new(Versioned { revision: 1, value });
                if (dice / 16).is_multiple_of(2) { withheld } else { entity.name.clone() }
            }
        };
        let mut question = noise::any(&name, entity, dice / 32);
        question.city = entity.city.clone().filter(|_| (dice / 8).is_multiple_of(2));
        cases.push(Case { truth: position, question, key: entity.id.to_string(), language });
    }
    (kept, cases)
}

/// The reported half of the hospitals, by language.
pub(crate) fn measure_languages(state: &State, name_only: bool, errors: usize) {
    let (kept, cases) = withheld(state);
    let matcher = Matcher::build(&kept);
    let mut shown = Vec::new();
    let mut all = Tally::default();
    let began = Instant::now();
    heading();
    for (language, _) in LANGUAGES {
        let mut tally = Tally::default();
        for case in cases.iter().filter(|case| case.language == language && half(&case.key) == 1) {
            let mut question = case.question.clone();
            question.city = question.city.filter(|_| !name_only);
            let best = answer(&matcher, &question);
            tally.add(Some(case.truth), best);
            all.add(Some(case.truth), best);
            show(&kept, &question, Some(case.truth), best, &matcher, &mut shown);
        }
        tally.print(language);
    }
    all.print("all");
    finish(&mut shown, errors, all.asked, began);
}

/// The names of a list.
pub(crate) fn measure_list(
    state: &State,
    matcher: &Matcher,
    list: &str,
    name_only: bool,
    errors: usize,
) -> Result<(), Error> {
    let text = std::fs::read_to_string(list)?;
    let mut groups: Vec<(String, Tally)> = Vec::new();
    let mut all = Tally::default();
    let mut shown = Vec::new();
    let began = Instant::now();
    for (nth, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [language, name, city, country, ror, ..] = fields[..] else {
            return Err(
                format!("{list}:{nth}: it has {} fields; write five, with tabs between them", fields.len()).into()
            );
        };
        let truth = match ror {
            "-" => None,
            key => match state.entities.binary_search_by(|entity| entity.id.as_str().cmp(key)) {
                Ok(position) => Some(position),
                Err(_) => return Err(format!("{list}:{nth}: ROR has no {key} here; give another, or -").into()),
            },
        };
        let question = Question {
            name: name.to_owned(),
            country: country_named(country),
            city: Some(city.to_owned()).filter(|city| !name_only && !city.is_empty()),
            ..Question::default()
        };
        let best = answer(matcher, &question);
        if !groups.iter().any(|(known, _)| known == language) {
            groups.push((language.to_owned(), Tally::default()));
        }
        if let Some((_, tally)) = groups.iter_mut().find(|(known, _)| known == language) {
            tally.add(truth, best);
        }
        all.add(truth, best);
        show(state, &question, truth, best, matcher, &mut shown);
    }
    heading();
    groups.iter().for_each(|(language, tally)| tally.print(language));
    all.print("all");
    finish(&mut shown, errors, all.asked, began);
    Ok(())
}

fn heading() {
    println!("\n| language | names | precision of HIGH | recall of HIGH | right at all |\n|---|---|---|---|---|");
}

fn answer(matcher: &Matcher, question: &Question) -> Option<(usize, Confidence)> {
    matcher.candidates(question, 1, &mut |_| true).first().map(|best| (best.position, best.confidence))
}

fn finish(shown: &mut [String], errors: usize, asked: usize, began: Instant) {
    println!("\n{:.0} names a second", asked as f64 / began.elapsed().as_secs_f64());
    shown.sort_by_key(|line| random(line));
    shown.iter().take(errors).for_each(|line| println!("{line}"));
}

fn show(
    state: &State,
    question: &Question,
    truth: Option<usize>,
    best: Option<(usize, Confidence)>,
    matcher: &Matcher,
    shown: &mut Vec<String>,
) {
    let is_right = best.map(|(position, _)| position) == truth;
    let is_high = best.is_some_and(|(_, confidence)| confidence == Confidence::High);
    if is_right && is_high || truth.is_none() && !is_high {
        return;
    }
    let found = matcher.candidates(question, 40, &mut |_| true);
    let describe = |position: usize| {
        let entity = &state.entities[position];
        let others: Vec<&str> = entity.all_names().skip(1).take(4).collect();
        format!("{} {} [{}] {}", entity.id, entity.name, others.join("; "), entity.city.as_deref().unwrap_or(""))
    };
    let first = found.first().map(|first| format!("{:.2} {}", first.score, describe(first.position)));
    let right = truth.map(|truth| {
        let rank = found.iter().position(|candidate| candidate.position == truth);
        let score = rank.map_or(0.0, |rank| found[rank].score);
        format!("{rank:?} {score:.2} {}", describe(truth))
    });
    shown.push(format!(
        "{} {:?} {:?}\n    got   {}\n    truth {}",
        if is_high { "WRONG" } else { "LOW" },
        question.name,
        question.city,
        first.unwrap_or_default(),
        right.unwrap_or_default()
    ));
}

/// Hospitals under each sort of noise: how many first candidates are HIGH and right, HIGH and wrong, right at all.
pub(crate) fn measure_sites(state: &State, matcher: &Matcher, count: usize, errors: usize) {
    let is_asked = |position: &usize| state.entities[*position].kind == EntityKind::Hospital;
    let mut hospitals: Vec<usize> = (0..state.entities.len()).filter(is_asked).collect();
    hospitals.sort_by_key(|position| random(state.entities[*position].id.as_str()));
    hospitals.truncate(count);
    println!(
        "\n{} hospitals\n\n| noise | precision of HIGH | recall of HIGH | right at all |\n|---|---|---|---|",
        hospitals.len()
    );
    let mut shown = Vec::new();
    let (mut asked, began) = (0, Instant::now());
    for noise in Noise::ALL {
        let (mut high, mut right, mut first) = (0, 0, 0);
        for &position in &hospitals {
            let entity = &state.entities[position];
            let question = noise::question(entity, noise, random(entity.id.as_str()));
            let found = matcher.candidates(&question, 1, &mut |_| true);
            asked += 1;
            let Some(best) = found.first() else { continue };
            // Two records of one name in one country cannot be told apart.
            let is_right = best.position == position;
            first += usize::from(is_right);
            high += usize::from(best.confidence == Confidence::High);
            right += usize::from(is_right && best.confidence == Confidence::High);
            if !is_right || best.confidence != Confidence::High {
                shown.push(format!(
                    "{noise:?} {:.2} {:?}: {} (truth {})",
                    best.score, question.name, state.entities[best.position].name, entity.name
                ));
            }
        }
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        println!(
            "| {noise:?} | {:.1} | {:.1} | {:.1} |",
            share(right, high),
            share(right, hospitals.len()),
            share(first, hospitals.len())
        );
    }
    println!("\n{:.0} names a second", asked as f64 / began.elapsed().as_secs_f64());
    shown.sort_by_key(|line| random(line));
    shown.iter().take(errors).for_each(|line| println!("{line}"));
}
