//! How good the matcher is: CORDIS participants against all of ROR, by a map from one to the other, and hospitals as
//! registries of clinical trials write them, by language. Also fits the weights.
//!
//! `cargo run --release --example matching -- --help` says what it needs; docs/matching.md has what it found.

#![expect(clippy::print_stdout, reason = "its output is what it is run for")]

mod fit;
mod hospitals;
mod noise;
mod participants;
mod registry;

use std::collections::HashMap;
use std::time::Instant;

use consortia::matching::Matcher;
use fit::Lesson;
use participants::Case;

const HELP: &str = "Measures the matcher on a map from CORDIS participants (PIC) to ROR, and on hospitals by language.

  --ror FILE            a ROR dump, schema v1 or v2; may be given several times, the first that has an id counts
  --names FILE          more organizations of ROR, only their names (affiliations_ror.yaml)
  --organizations FILE  tab-separated: pic, name, shortName, country, city, street, url, activity
  --truth FILE          comma-separated: pic, ror_id, confidence, source
  --with homepage       also ask with the web page
  --name-only           ask with name and country alone
  --errors N            print N wrong answers of the test half
  --fit                 fit the weights on the other halves, of participants and of hospitals, and print them
  --sites N             instead: N hospitals of ROR under each sort of noise of registries of trials (noise.rs)
  --languages           instead: hospitals of seven languages by a name that is kept from the matcher (hospitals.rs)
  --list FILE           instead: the names of a list, tab-separated: language, name, city, country, ROR id or -";

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let mut options: HashMap<String, Vec<String>> = HashMap::new();
    let mut arguments = std::env::args().skip(1).peekable();
    while let Some(name) = arguments.next() {
        let value = arguments.next_if(|value| !value.starts_with("--")).unwrap_or_default();
        options.entry(name).or_default().push(value);
    }
    let one = |name: &str| options.get(name).and_then(|values| values.first()).cloned();
    let sites: Option<usize> = one("--sites").and_then(|count| count.parse().ok());
    let lists = one("--organizations").zip(one("--truth"));
    let is_of_hospitals = sites.is_some() || options.contains_key("--languages") || options.contains_key("--list");
    if !is_of_hospitals && lists.is_none() {
        println!("{HELP}");
        return Ok(());
    }
    let errors = one("--errors").and_then(|count| count.parse().ok()).unwrap_or(0);
    let name_only = options.contains_key("--name-only");
    let state = registry::registry(options.get("--ror").map_or(&[], Vec::as_slice), one("--names"))?;
    println!(
        "{} organizations of ROR, {} names",
        state.entities.len(),
        state.entities.iter().map(|e| e.all_names().count()).sum::<usize>()
    );
    if options.contains_key("--languages") {
        hospitals::measure_languages(&state, name_only, errors);
        return Ok(());
    }
    let began = Instant::now();
    let matcher = Matcher::build(&state);
    println!("index built in {:.2} s", began.elapsed().as_secs_f64());
    if let Some(sites) = sites {
        hospitals::measure_sites(&state, &matcher, sites, errors);
        return Ok(());
    }
    if let Some(list) = one("--list") {
        return hospitals::measure_list(&state, &matcher, &list, name_only, errors);
    }
    let Some((organizations, truth)) = lists else { return Ok(()) };
    let mut cases = participants::cases(&state, &organizations, &truth, one("--with").is_some())?;
    if name_only {
        for case in &mut cases {
            case.question.other_names.clear();
            case.question.city = None;
        }
    }
    let (train, test): (Vec<Case>, Vec<Case>) = cases.into_iter().partition(|case| half(&case.pic) == 0);
    println!("{} cases to fit, {} to test", train.len(), test.len());
    if options.contains_key("--fit") {
        let (kept, withheld) = hospitals::withheld(&state);
        let without = Matcher::build(&kept);
        let participants = train.into_iter().map(|case| Lesson {
            matcher: &matcher,
            question: case.question,
            truth: case.truth,
            key: case.pic,
        });
        let hospitals = withheld.into_iter().filter(|case| half(&case.key) == 0).map(|case| Lesson {
            matcher: &without,
            question: case.question,
            truth: case.truth,
            key: case.key,
        });
        fit::fit(&participants.chain(hospitals).collect::<Vec<_>>());
        return Ok(());
    }
    participants::measure(&state, &matcher, &test, errors);
    Ok(())
}

/// A fair coin, the same for a key each time.
fn half(key: &str) -> u64 {
    random(key) % 2
}

fn random(key: &str) -> u64 {
    let mut hash = key
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash >> 17
}
