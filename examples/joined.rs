//! Whether each organization is one node after `scripts/load-registries`, judged by a half of the map from participant
//! codes to ROR that the script is not given.
//!
//! `cargo run --release --example joined -- FOLDER STORE [SEED]`. FOLDER is that of the script; where there is no STORE it
//! is made first, with the time and memory that it took. STORE.merges.tsv then has 600 merges, drawn, to be read by a
//! person. docs/importing.md tells what was found.

#![expect(clippy::print_stdout, reason = "its output is what it is run for")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use consortia::knowledge::Snapshot;
use consortia::model::decision::{Decision, Verdict};
use consortia::model::entity::{Entity, EntityKind};
use consortia::model::identifier::IdentifierScheme;
use consortia::model::relationship::RelationshipKind;
use consortia::model::state::State;
use consortia::model::text;
use consortia::store::Store;

type Error = Box<dyn std::error::Error>;

/// How many merges are drawn.
const DRAWN: usize = 600;
/// How many participants count as the most active.
const MOST_ACTIVE: usize = 200;
/// The same body, wherever it is told of.
const KNOWN: [(&str, &str); 5] = [
    ("University of Oxford", "052gg0110"),
    ("University of Cambridge", "013meh722"),
    ("Karolinska Institutet", "056d84691"),
    ("ETH Zurich", "05a28rw58"),
    ("KU Leuven", "05f950310"),
];

/// A line of the map.
struct Line {
    pic: String,
    ror: String,
    is_kept: bool,
}

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, store, rest @ ..] = arguments.as_slice() else {
        println!("usage: joined FOLDER STORE [SEED]");
        return Ok(());
    };
    let seed = rest.first().map_or(Ok(1), |seed| seed.parse())?;
    let (folder, store) = (fs::canonicalize(folder)?, PathBuf::from(store));
    let map = fs::read_to_string(folder.join("cordis/pic-ror.csv"))?;
    let lines = lines(&map, seed);
    if !store.exists() {
        load(&folder, &store, &map, &lines)?;
    }
    let snapshot = Snapshot::build(Store::open(&store)?.load()?);
    let joined = Joined::of(snapshot.state());
    println!(
        "{} lines of the map are high; {} were kept from the script",
        lines.len(),
        lines.iter().filter(|line| line.is_kept).count()
    );
    joined.of_bodies(&lines);
    joined.of_most_active();
    joined.of_known();
    joined.of_hospitals();
    draw(snapshot.stored(), &lines, seed, &store.with_extension("merges.tsv"))
}

/// The lines that the map is sure of, of which a seeded coin keeps half.
fn lines(map: &str, seed: u64) -> Vec<Line> {
    let fields = map.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let high = fields.filter(|fields| fields.get(2) == Some(&"high"));
    high.map(|fields| Line {
        pic: fields[0].to_owned(),
        ror: fields[1].to_owned(),
        is_kept: hash(seed, fields[0]).is_multiple_of(2),
    })
    .collect()
}

/// A number that looks drawn, the same for a text and a seed each time.
fn hash(seed: u64, text: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut hash = text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash ^= hash >> 29;
    hash.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 17
}

/// Runs the script over a folder that has everything but the lines that are kept.
fn load(folder: &Path, store: &Path, map: &str, lines: &[Line]) -> Result<(), Error> {
    let given = store.with_extension("given");
    fs::create_dir_all(given.join("cordis"))?;
    std::os::unix::fs::symlink(folder.join("ror"), given.join("ror"))?;
    for file in ["horizon-projects-xml.tar.zst", "h2020-participations.csv.gz"] {
        std::os::unix::fs::symlink(folder.join("cordis").join(file), given.join("cordis").join(file))?;
    }
    let kept: BTreeSet<&str> = lines.iter().filter(|line| line.is_kept).map(|line| line.pic.as_str()).collect();
    let rest = map.lines().filter(|line| line.split(',').next().is_none_or(|pic| !kept.contains(pic)));
    fs::write(given.join("cordis/pic-ror.csv"), rest.fold(String::new(), |text, line| text + line + "\n"))?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/load-registries");
    let status = Command::new(script).arg(&given).arg(store).status()?;
    fs::remove_dir_all(given)?;
    if status.success() { Ok(()) } else { Err("scripts/load-registries failed".into()) }
}

/// Who is who in what readers see, and who takes part how often.
struct Joined<'s> {
    state: &'s State,
    /// The memberships of each entity.
    memberships: HashMap<&'s str, usize>,
    /// The entity that has a key.
    keys: HashMap<(IdentifierScheme, &'s str), &'s Entity>,
}

impl<'s> Joined<'s> {
    fn of(state: &'s State) -> Self {
        let mut memberships = HashMap::new();
        for relationship in state.relationships.iter().filter(|one| one.kind == RelationshipKind::MemberOf) {
            *memberships.entry(relationship.source.as_str()).or_insert(0) += 1;
        }
        let entities = || state.entities.iter().map(|entity| &entity.value);
        let keys = entities()
            .flat_map(|entity| entity.identifiers.iter().map(move |key| ((key.scheme(), key.value()), entity)));
        Self { state, memberships, keys: keys.collect() }
    }

    fn memberships(&self, entity: &Entity) -> usize {
        self.memberships.get(entity.id.as_str()).copied().unwrap_or(0)
    }

    /// Of the bodies of the lines that were kept: how many of their participations are on another node than the rest.
    fn of_bodies(&self, lines: &[Line]) {
        let bodies: BTreeSet<&str> = lines.iter().filter(|line| line.is_kept).map(|line| line.ror.as_str()).collect();
        let mut nodes: BTreeMap<&str, BTreeMap<&str, &Entity>> = BTreeMap::new();
        for line in lines.iter().filter(|line| bodies.contains(line.ror.as_str())) {
            let ends = [(IdentifierScheme::Pic, line.pic.as_str()), (IdentifierScheme::Ror, line.ror.as_str())];
            let found = ends.iter().filter_map(|end| self.keys.get(end));
            nodes.entry(&line.ror).or_default().extend(found.map(|entity| (entity.id.as_str(), *entity)));
        }
        let (mut all, mut apart, mut nameless, mut otherwise) = (0, 0, 0, 0);
        let mut split = Vec::new();
        for (ror, nodes) in &nodes {
            let of_ror = self.keys.get(&(IdentifierScheme::Ror, ror)).copied();
            let largest = nodes.values().copied().max_by_key(|entity| self.memberships(entity));
            let Some(main) = of_ror.or(largest) else { continue };
            for entity in nodes.values() {
                all += self.memberships(entity);
                if entity.id != main.id && self.memberships(entity) > 0 {
                    let count = self.memberships(entity);
                    let is_of_ror = entity.identifiers.iter().any(|key| key.scheme() == IdentifierScheme::Ror);
                    *match (entity.is_placeholder(), is_of_ror) {
                        (true, _) => &mut nameless,
                        (false, true) => &mut otherwise,
                        (false, false) => &mut apart,
                    } += count;
                    split.push((count, *entity, main));
                }
            }
        }
        let share = |count: usize| 100.0 * count as f64 / all as f64;
        println!(
            "{} bodies, {all} participations: {apart} ({:.2} %) on a second node, {nameless} ({:.2} %) on one of which only the \
             number is known, {otherwise} ({:.2} %) on another organization of ROR than the map has",
            nodes.len(),
            share(apart),
            share(nameless),
            share(otherwise)
        );
        split.sort_by_key(|(count, entity, _)| (std::cmp::Reverse(*count), entity.id.clone()));
        for (count, entity, main) in split.iter().filter(|(_, entity, _)| !entity.is_placeholder()).take(40) {
            println!("  {count:>5}  {} beside {}", shown(entity), shown(main));
        }
    }

    /// The most active participants that are not joined to an organization of ROR.
    fn of_most_active(&self) {
        let has = |entity: &Entity, scheme| entity.identifiers.iter().any(|key| key.scheme() == scheme);
        let participants =
            self.state.entities.iter().map(|entity| &entity.value).filter(|entity| has(entity, IdentifierScheme::Pic));
        let mut participants: Vec<&Entity> = participants.collect();
        participants.sort_by_key(|entity| (std::cmp::Reverse(self.memberships(entity)), &entity.id));
        participants.truncate(MOST_ACTIVE);
        participants.retain(|entity| !has(entity, IdentifierScheme::Ror));
        println!("of the {MOST_ACTIVE} most active participants {} are not joined to ROR", participants.len());
        participants.iter().for_each(|entity| println!("  {:>5}  {}", self.memberships(entity), shown(entity)));
    }

    /// How many nodes bear one of the names of an organization in its country.
    fn of_known(&self) {
        for (name, ror) in KNOWN {
            let Some(known) = self.keys.get(&(IdentifierScheme::Ror, ror)) else {
                println!("{name}: not there");
                continue;
            };
            let names: BTreeSet<String> = known.all_names().map(text::folded).filter(|name| name.len() > 8).collect();
            let is_like = |entity: &&Entity| {
                entity.country == known.country && entity.all_names().any(|name| names.contains(&text::folded(name)))
            };
            let like: Vec<&Entity> = self.state.entities.iter().map(|entity| &entity.value).filter(is_like).collect();
            println!("{name}: {} node(s), {} memberships", like.len(), self.memberships(known));
            like.iter().filter(|entity| entity.id != known.id).for_each(|entity| println!("  {}", shown(entity)));
        }
    }

    fn of_hospitals(&self) {
        let hospitals = self.state.entities.iter().filter(|entity| entity.kind == EntityKind::Hospital);
        let active: Vec<usize> = hospitals.map(|entity| self.memberships(entity)).filter(|&count| count > 0).collect();
        println!("{} hospitals have {} memberships", active.len(), active.iter().sum::<usize>());
    }
}

fn shown(entity: &Entity) -> String {
    let place: Vec<&str> =
        entity.city.as_deref().into_iter().chain(entity.country.map(|country| country.name())).collect();
    format!("{} [{}] {}, {}", entity.name, entity.id, entity.kind, place.join(", "))
}

/// Writes the merges that were drawn, each with names and places; of all of them, how many the map denies.
fn draw(state: &State, lines: &[Line], seed: u64, path: &Path) -> Result<(), Error> {
    let same =
        state.decisions.iter().map(|decision| &decision.value).filter(|decision| decision.verdict == Verdict::Same);
    let mut merges: Vec<&Decision> = same.collect();
    let map: HashMap<&str, &str> = lines.iter().map(|line| (line.pic.as_str(), line.ror.as_str())).collect();
    let key = |id: &str, scheme| {
        let entity = state.entity(id)?;
        entity.identifiers.iter().find(|key| key.scheme() == scheme).map(|key| key.value().to_owned())
    };
    let (mut told, mut denied) = (0, Vec::new());
    for merge in &merges {
        let pair = [merge.one.as_str(), merge.other.as_str()];
        let pic = pair.iter().filter(|id| id.starts_with("pic-")).find_map(|id| key(id, IdentifierScheme::Pic));
        let ror = pair.iter().find_map(|id| key(id, IdentifierScheme::Ror));
        let (Some(pic), Some(ror)) = (pic, ror) else { continue };
        let Some(right) = map.get(pic.as_str()) else { continue };
        told += 1;
        if *right != ror {
            denied.push(format!("{pair:?}, by the map {right}"));
        }
    }
    println!("{} merges; the map tells of {told}, and denies {}", merges.len(), denied.len());
    denied.iter().for_each(|line| println!("  {line}"));
    merges.sort_by_key(|merge| hash(seed, merge.id().as_str()));
    merges.truncate(DRAWN);
    let mut table = "one\tother\tscore\treason\n".to_owned();
    for merge in merges {
        let [one, other] = [&merge.one, &merge.other].map(|id| {
            state.entity(id.as_str()).map_or_else(String::new, |entity| {
                let names: Vec<&str> = entity.names.iter().take(4).map(|name| name.text.as_str()).collect();
                format!("{} ({})", shown(entity), names.join("; "))
            })
        });
        writeln!(table, "{one}\t{other}\t{}\t{}", merge.score.unwrap_or_default(), merge.reason)?;
    }
    fs::write(path, table)?;
    println!("{DRAWN} of them are in {}", path.display());
    Ok(())
}
