//! How good the matcher is: CORDIS participants against all of ROR, by a map from one to the other. Also fits the
//! weights.
//!
//! `cargo run --release --example matching -- --help` says what it needs; docs/matching.md has what it found.

#![expect(clippy::print_stdout, reason = "its output is what it is run for")]

mod noise;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Instant;

use consortia::matching::{Confidence, FEATURES, Matcher, Question, country_named};
use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::identifier::{Identifier, IdentifierScheme};
use consortia::model::name::{Name, NameKind};
use consortia::model::state::State;
use serde_json::Value;

const HELP: &str = "Measures the matcher on a map from CORDIS participants (PIC) to ROR.

  --ror FILE            a ROR dump, schema v1 or v2; may be given several times, the first that has an id counts
  --names FILE          more organizations of ROR, only their names (affiliations_ror.yaml)
  --organizations FILE  tab-separated: pic, name, shortName, country, city, street, url, activity
  --truth FILE          comma-separated: pic, ror_id, confidence, source
  --with homepage       also ask with the web page
  --name-only           ask with name and country alone
  --errors N            print N wrong answers of the test half
  --fit                 fit the weights on the other half and print them
  --sites N             instead: N hospitals of ROR under each sort of noise of registries of trials (noise.rs)";

type Error = Box<dyn std::error::Error>;

/// One line of the map, with what CORDIS says.
struct Case {
    truth: usize,
    question: Question,
    confidence: String,
    hospital: bool,
    pic: String,
}

/// The best answer to a case.
struct Answer {
    score: f64,
    right: bool,
}

fn main() -> Result<(), Error> {
    let mut options: HashMap<String, Vec<String>> = HashMap::new();
    let mut arguments = std::env::args().skip(1).peekable();
    while let Some(name) = arguments.next() {
        let value = arguments.next_if(|value| !value.starts_with("--")).unwrap_or_default();
        options.entry(name).or_default().push(value);
    }
    let one = |name: &str| options.get(name).and_then(|values| values.first()).cloned();
    let sites: Option<usize> = one("--sites").and_then(|count| count.parse().ok());
    let lists = (one("--organizations"), one("--truth"));
    if sites.is_none() && (lists.0.is_none() || lists.1.is_none()) {
        println!("{HELP}");
        return Ok(());
    }
    let state = registry(options.get("--ror").map_or(&[], Vec::as_slice), one("--names"))?;
    println!(
        "{} organizations of ROR, {} names",
        state.entities.len(),
        state.entities.iter().map(|e| e.all_names().count()).sum::<usize>()
    );
    let began = Instant::now();
    let matcher = Matcher::build(&state);
    println!("index built in {:.2} s", began.elapsed().as_secs_f64());
    if let Some(sites) = sites {
        measure_sites(&state, &matcher, sites, one("--errors").and_then(|n| n.parse().ok()).unwrap_or(0));
        return Ok(());
    }
    let (Some(organizations), Some(truth)) = lists else { return Ok(()) };
    let mut cases = cases(&state, &organizations, &truth, one("--with").is_some())?;
    if options.contains_key("--name-only") {
        for case in &mut cases {
            case.question.other_names.clear();
            case.question.city = None;
        }
    }
    let (train, test): (Vec<Case>, Vec<Case>) = cases.into_iter().partition(|case| half(&case.pic) == 0);
    println!("{} cases to fit, {} to test", train.len(), test.len());
    if options.contains_key("--fit") {
        fit(&matcher, &train);
        return Ok(());
    }
    measure(&state, &matcher, &test, one("--errors").and_then(|n| n.parse().ok()).unwrap_or(0));
    Ok(())
}

/// A fair coin, the same for a PIC each time.
fn half(pic: &str) -> u64 {
    random(pic) % 2
}

fn random(pic: &str) -> u64 {
    let mut hash = pic
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash >> 17
}

fn registry(dumps: &[String], names: Option<String>) -> Result<State, Error> {
    let mut entities: BTreeMap<String, Entity> = BTreeMap::new();
    for dump in dumps {
        let records: Vec<Value> = serde_json::from_reader(std::io::BufReader::new(std::fs::File::open(dump)?))?;
        for record in &records {
            let Some(key) = record["id"].as_str().and_then(|id| id.rsplit('/').next()) else { continue };
            if !entities.contains_key(key)
                && let Some(entity) = organization(key, record)
            {
                entities.insert(key.to_owned(), entity);
            }
        }
    }
    if let Some(names) = names {
        let mut key = String::new();
        let mut found: Vec<String> = Vec::new();
        let text = std::fs::read_to_string(names)?;
        let mut titles = false;
        for line in text.lines().chain(["- id: end"]) {
            if let Some(id) = line.strip_prefix("- id: ") {
                if !key.is_empty()
                    && !entities.contains_key(&key)
                    && !found.is_empty()
                    && let Some(entity) = entity(&key, EntityKind::Nonprofit, &found, |_| {})
                {
                    entities.insert(key.clone(), entity);
                }
                key = id.trim_matches(['\'', '"']).to_owned();
                found.clear();
                titles = false;
            } else if let Some(name) = line.strip_prefix("  name: ") {
                found.push(unquoted(name));
            } else if line.starts_with("  title:") {
                titles = true;
            } else if titles
                && line.starts_with("    ")
                && let Some((_, title)) = line.split_once(": ")
            {
                let title = unquoted(title);
                if !found.contains(&title) {
                    found.push(title);
                }
            }
        }
    }
    let entities = entities.into_values().map(|value| Arc::new(Versioned { revision: 1, value })).collect();
    Ok(State { entities, ..State::default() })
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    match text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
        Some(inner) => inner.replace("''", "'"),
        None => text.trim_matches('"').to_owned(),
    }
}

fn entity(key: &str, kind: EntityKind, names: &[String], more: impl FnOnce(&mut EntityRecord)) -> Option<Entity> {
    let mut record = EntityRecord::new(EntityId::new(key).ok()?, kind, names.first()?.clone());
    record.names =
        names.iter().skip(1).map(|text| Name { text: text.clone(), kind: NameKind::Alias, language: None }).collect();
    record.citations = vec![Citation {
        document: DocumentId::new("ror").ok()?,
        strength: Strength::Stated,
        locator: None,
        note: None,
    }];
    more(&mut record);
    Entity::new(record).ok()
}

fn organization(key: &str, record: &Value) -> Option<Entity> {
    let strings = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect()
    };
    let types: Vec<String> = strings(&record["types"]).iter().map(|kind| kind.to_lowercase()).collect();
    let has = |kind: &str| types.iter().any(|known| known == kind);
    let kind = if has("healthcare") {
        EntityKind::Hospital
    } else if has("education") {
        EntityKind::University
    } else if has("company") {
        EntityKind::Company
    } else if has("government") {
        EntityKind::Government
    } else {
        EntityKind::Nonprofit
    };
    let mut names: Vec<(String, NameKind)> = Vec::new();
    let (country, city, home);
    if record["names"].is_array() {
        let all: Vec<&Value> = record["names"].as_array().into_iter().flatten().collect();
        let is = |name: &Value, kind: &str| strings(&name["types"]).iter().any(|known| known == kind);
        for display in [true, false] {
            for name in all.iter().filter(|name| is(name, "ror_display") == display) {
                let kind = if is(name, "acronym") { NameKind::Acronym } else { NameKind::Alias };
                names.push((name["value"].as_str()?.to_owned(), kind));
            }
        }
        let place = &record["locations"][0]["geonames_details"];
        (country, city) = (place["country_code"].as_str(), place["name"].as_str());
        home = record["links"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|link| link["type"] == "website")
            .and_then(|link| link["value"].as_str());
    } else {
        names.push((record["name"].as_str()?.to_owned(), NameKind::Alias));
        names.extend(strings(&record["aliases"]).into_iter().map(|name| (name, NameKind::Alias)));
        names.extend(strings(&record["acronyms"]).into_iter().map(|name| (name, NameKind::Acronym)));
        let labels = record["labels"].as_array().into_iter().flatten();
        names.extend(labels.filter_map(|label| Some((label["label"].as_str()?.to_owned(), NameKind::Alias))));
        (country, city) = (record["country"]["country_code"].as_str(), record["addresses"][0]["city"].as_str());
        home = record["links"][0].as_str();
    }
    let texts: Vec<String> = names.iter().map(|(name, _)| name.clone()).collect();
    entity(key, kind, &texts, |into| {
        for (name, (_, kind)) in into.names.iter_mut().zip(names.iter().skip(1)) {
            name.kind = *kind;
        }
        into.country = country.and_then(country_named);
        into.city = city.map(str::to_owned);
        into.homepage = home.map(str::to_owned).filter(|home| home.starts_with("http") && !home.contains(' '));
        into.identifiers = Identifier::new(IdentifierScheme::Ror, key).into_iter().collect();
    })
}

fn cases(state: &State, organizations: &str, truth: &str, with_homepage: bool) -> Result<Vec<Case>, Error> {
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

fn measure(state: &State, matcher: &Matcher, cases: &[Case], errors: usize) {
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

/// Hospitals under each sort of noise: how many first candidates are HIGH and right, HIGH and wrong, right at all.
fn measure_sites(state: &State, matcher: &Matcher, count: usize, errors: usize) {
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
    for noise in noise::Noise::ALL {
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

/// Candidates of one question: the features of each, and which is right, if one is.
struct Choice {
    case: usize,
    candidates: Vec<[f64; FEATURES]>,
    right: Option<usize>,
}

/// Whether another candidate than the map's is four times as likely as all others together.
fn is_denied(choice: &Choice, weights: &[f64; FEATURES]) -> bool {
    let odds: Vec<f64> = choice
        .candidates
        .iter()
        .map(|features| features.iter().zip(weights).map(|(a, b)| a * b).sum::<f64>().exp())
        .collect();
    let sum = 1.0 + odds.iter().sum::<f64>();
    choice.right.is_some_and(|right| odds.iter().enumerate().any(|(at, odds)| at != right && odds / sum > 0.8))
}

/// Multinomial logistic regression with "none" as one of the answers, by Adam.
fn fit(matcher: &Matcher, cases: &[Case]) {
    let mut choices = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let full = case.question.clone();
        let bare = Question { other_names: Vec::new(), city: None, homepage: None, ..full.clone() };
        let named = Question { homepage: None, ..full.clone() };
        for (nth, question) in [full, named, bare].into_iter().enumerate() {
            let mut found = matcher.features(&question);
            // Of a third the right answer is taken away, so that "none" is learned.
            if (random(&case.pic) / 7 + nth as u64).is_multiple_of(3) {
                found.retain(|(position, _)| *position != case.truth);
            }
            let right = found.iter().position(|(position, _)| *position == case.truth);
            choices.push(Choice {
                case: number,
                candidates: found.into_iter().map(|(_, features)| features).collect(),
                right,
            });
        }
    }
    let mut weights = [0.0; FEATURES];
    let (mut first, mut second) = ([0.0; FEATURES], [0.0; FEATURES]);
    for step in 1..=800 {
        if step == 400 {
            // The map is made by a machine: what the fit so far is sure of and the map denies is left out.
            let denied: HashSet<usize> =
                choices.iter().filter(|choice| is_denied(choice, &weights)).map(|choice| choice.case).collect();
            println!("{} of {} cases left out", denied.len(), cases.len());
            choices.retain(|choice| !denied.contains(&choice.case));
        }
        let mut gradient = [0.0; FEATURES];
        let mut loss = 0.0;
        for choice in &choices {
            let logits: Vec<f64> = choice
                .candidates
                .iter()
                .map(|features| features.iter().zip(weights).map(|(a, b)| a * b).sum())
                .collect();
            let highest = logits.iter().copied().fold(0.0, f64::max);
            let sum = (-highest).exp() + logits.iter().map(|logit| (logit - highest).exp()).sum::<f64>();
            loss -= choice.right.map_or(0.0, |right| logits[right]) - highest - sum.ln();
            for (at, features) in choice.candidates.iter().enumerate() {
                let error = (logits[at] - highest).exp() / sum - f64::from(u8::from(choice.right == Some(at)));
                if error.abs() > 1e-9 {
                    for (slope, feature) in gradient.iter_mut().zip(features) {
                        *slope += error * feature;
                    }
                }
            }
        }
        for at in 0..FEATURES {
            let slope = gradient[at] / choices.len() as f64 + 1e-4 * weights[at];
            first[at] = 0.9 * first[at] + 0.1 * slope;
            second[at] = 0.999 * second[at] + 0.001 * slope * slope;
            let corrected = (first[at] / (1.0 - 0.9_f64.powi(step)), second[at] / (1.0 - 0.999_f64.powi(step)));
            weights[at] -= 0.05 * corrected.0 / (corrected.1.sqrt() + 1e-9);
        }
        if step % 100 == 0 {
            println!("step {step}: loss {:.4}", loss / choices.len() as f64);
        }
    }
    println!("{}", weights.map(|weight| format!("{weight:.2}")).join(", "));
}
