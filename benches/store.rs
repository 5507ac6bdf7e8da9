//! How long a set of the size of all registries takes to be applied and stored, what memory and disk it needs, and how
//! long a restart and a small change take on top of it; beside a plain pass over the same records in the same run.
//!
//! `cargo bench --bench store` prints the figures; `cargo bench --bench store -- 20` those of a twentieth of the size.
//! The records are made up in the likeness of ROR and CORDIS; the same on every machine.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "what goes wrong in a benchmark shall end it")]

use std::fs;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use consortia::graph::Graph;
use consortia::knowledge::KnowledgeGraph;
use consortia::model::change::{Change, ChangeSet, OperationId};
use consortia::model::citation::{Citation, Document, DocumentRecord, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::identifier::{Identifier, IdentifierScheme};
use consortia::model::name::{Name, NameKind};
use consortia::model::place::Coordinates;
use consortia::model::relationship::{Relationship, RelationshipKind, RelationshipRecord};
use consortia::search::Index;
use consortia::store::Store;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ORGANIZATIONS: usize = 150_000;
const AGREEMENTS: usize = 20_000;
const RELATIONSHIPS: usize = 500_000;
const RESTART: &str = "CONSORTIA_BENCH_RESTART";

const PLACES: [(&str, &str, f64, f64); 8] = [
    ("Birmingham", "GB", 52.48, -1.89),
    ("Chengdu", "CN", 30.57, 104.06),
    ("Grenoble", "FR", 45.19, 5.72),
    ("Heidelberg", "DE", 49.4, 8.69),
    ("Thessaloniki", "GR", 40.64, 22.94),
    ("Campinas", "BR", -22.9, -47.06),
    ("Worcester", "US", 42.26, -71.8),
    ("Lisbon", "PT", 38.72, -9.14),
];
const WORDS: [&str; 24] = [
    "medical",
    "institute",
    "university",
    "hospital",
    "research",
    "center",
    "national",
    "clinical",
    "applied",
    "technology",
    "college",
    "sciences",
    "foundation",
    "health",
    "regional",
    "systems",
    "engineering",
    "advanced",
    "biology",
    "network",
    "studies",
    "academy",
    "materials",
    "energy",
];
const KINDS: [EntityKind; 8] = [
    EntityKind::University,
    EntityKind::Hospital,
    EntityKind::ResearchCenter,
    EntityKind::Company,
    EntityKind::Nonprofit,
    EntityKind::Government,
    EntityKind::Foundation,
    EntityKind::Consortium,
];

/// A linear congruential generator: Knuth's MMIX constants.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }

    /// Some words, the last of which is made up of letters and is mostly the only one of its kind.
    fn words(&mut self, count: usize) -> String {
        let mut text = String::new();
        for _ in 0..count {
            text.push_str(WORDS[self.below(WORDS.len())]);
            text.push(' ');
        }
        for _ in 0..3 + self.below(5) {
            text.push(char::from(b"bcdfghklmnprst"[self.below(14)]));
            text.push(char::from(b"aeiou"[self.below(5)]));
        }
        text
    }
}

fn cited(document: &str, locator: String) -> Citation {
    let document = DocumentId::new(document).unwrap();
    Citation { document, locator: Some(locator), strength: Strength::Stated, note: None }
}

fn organization(number: usize, random: &mut Random) -> Entity {
    let id = EntityId::new(&format!("ror-{number:06}x{:03}", number * 7 % 1000)).unwrap();
    let kind = KINDS[random.below(KINDS.len())];
    let mut record = EntityRecord::new(id, kind, random.words(3));
    let (city, country, latitude, longitude) = PLACES[random.below(PLACES.len())];
    for (kind, language) in [(NameKind::Acronym, None), (NameKind::Alias, Some("fr")), (NameKind::Alias, Some("de"))] {
        let text = if kind == NameKind::Acronym { random.words(0).to_uppercase() } else { random.words(3) };
        record.names.push(Name { text, kind, language: language.map(|tag| tag.to_owned().try_into().unwrap()) });
    }
    record.homepage = Some(format!("https://www.{}.example.org/", random.words(0)));
    record.country = Some(country.parse().unwrap());
    record.city = Some(city.into());
    record.coordinates = Some(Coordinates::new(latitude, longitude + random.below(1000) as f64 / 1e4).unwrap());
    record.since = Some(format!("{}", 1800 + random.below(220)).parse().unwrap());
    for (scheme, key) in [
        (IdentifierScheme::Wikidata, format!("Q{}", number + 1)),
        (IdentifierScheme::Grid, format!("grid.{}.{:x}", number + 1, random.below(16))),
        (IdentifierScheme::Pic, format!("{:09}", 900_000_000 + number)),
    ] {
        record.identifiers.push(Identifier::new(scheme, &key).unwrap());
    }
    record.citations = vec![cited("ror-v1-63", format!("https://ror.org/0{number:08}"))];
    Entity::new(record).unwrap()
}

fn agreement(number: usize, random: &mut Random) -> Entity {
    let id = EntityId::new(&format!("cordis-{}", 101_000_000 + number)).unwrap();
    let mut record = EntityRecord::new(id, EntityKind::Agreement, random.words(8));
    record.names.push(Name { text: random.words(0).to_uppercase(), kind: NameKind::Acronym, language: None });
    record.description = Some((0..6).map(|_| random.words(6)).collect::<Vec<_>>().join(", "));
    record.since = Some("2022-09-01".parse().unwrap());
    record.until = Some("2026-08-31".parse().unwrap());
    record.citations = vec![cited("cordis-horizon", format!("project {}", 101_000_000 + number))];
    Entity::new(record).unwrap()
}

/// Half as in ROR, one organization to another, and half as in CORDIS, an organization to an agreement.
fn relationship(number: usize, (organizations, agreements): (usize, usize), random: &mut Random) -> Relationship {
    let end = |number: usize| EntityId::new(&format!("ror-{number:06}x{:03}", number * 7 % 1000)).unwrap();
    let source = random.below(organizations);
    let mut record = if number.is_multiple_of(2) {
        let target = (source + 1 + random.below(organizations - 1)) % organizations;
        RelationshipRecord::new(end(source), RelationshipKind::AffiliatedWith, end(target))
    } else {
        let number = random.below(agreements);
        let agreement = EntityId::new(&format!("cordis-{}", 101_000_000 + number)).unwrap();
        let mut record = RelationshipRecord::new(end(source), RelationshipKind::PartyTo, agreement);
        record.role = Some("participant".into());
        record.since = Some("2022-09-01".parse().unwrap());
        record.until = Some("2026-08-31".parse().unwrap());
        record
    };
    record.key = Some(format!("n{number}"));
    let mut citation = cited("ror-v1-63", format!("record https://ror.org/0{source:08}, field relationships"));
    citation.strength = if number.is_multiple_of(2) { Strength::Inferred } else { Strength::Stated };
    citation.note = Some("ROR says \"related\" between the two, which is neither parent nor child".into());
    record.citations.push(citation);
    Relationship::new(record).unwrap()
}

fn registries(divisor: usize) -> ChangeSet {
    let random = &mut Random(7);
    let ends = (ORGANIZATIONS / divisor, AGREEMENTS / divisor);
    let documents = ["ror-v1-63", "cordis-horizon"].map(|id| {
        let id = DocumentId::new(id).unwrap();
        let record = DocumentRecord {
            id,
            title: "A registry".to_owned(),
            publisher: None,
            url: None,
            published: None,
            as_of: None,
            accessed: None,
            language: None,
            note: None,
        };
        Document::new(record).unwrap()
    });
    let mut changes: Vec<Change> = documents.map(Change::UpsertDocument).into();
    changes.extend((0..ends.0).map(|number| Change::UpsertEntity(organization(number, random))));
    changes.extend((0..ends.1).map(|number| Change::UpsertEntity(agreement(number, random))));
    let relationships = (0..RELATIONSHIPS / divisor).map(|number| relationship(number, ends, random));
    changes.extend(relationships.map(Change::UpsertRelationship));
    set("registries", changes)
}

fn set(operation: &str, changes: Vec<Change>) -> ChangeSet {
    ChangeSet {
        operation: OperationId::new(operation).unwrap(),
        author: "bench".into(),
        message: "registries".into(),
        time: "2024-02-03T04:05:06Z".parse().unwrap(),
        changes,
        origins: Vec::new(),
    }
}

/// A line of `/proc/self/status` in MB; 0 on systems without one.
fn memory(field: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn timed<T>(what: &str, run: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let value = run();
    let seconds = start.elapsed().as_secs_f64();
    println!("{what:<44} {seconds:>8.3} s   memory {:>5} MB, at most {:>5} MB", memory("VmRSS:"), memory("VmHWM:"));
    (value, seconds)
}

fn size(folder: &Path) -> u64 {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
}

/// Writes and reads the same records without a store: JSON, compressed, in one file.
fn plain(folder: &Path, changes: &[Change]) -> (f64, f64) {
    let path = folder.join("plain.json.zst");
    let ((), writing) = timed("plain pass: JSON, compressed, to one file", || {
        let encoder = zstd::Encoder::new(fs::File::create(&path).unwrap(), 1).unwrap();
        let mut writer = BufWriter::with_capacity(1 << 16, encoder);
        for change in changes {
            serde_json::to_writer(&mut writer, change).unwrap();
        }
        writer.into_inner().map_err(drop).unwrap().finish().unwrap().sync_all().unwrap();
    });
    println!("{:<44} {:>8} MB", "its file", fs::metadata(&path).unwrap().len() >> 20);
    let (read, reading) = timed("plain pass: that file read and parsed", || {
        let decoder = zstd::Decoder::new(fs::File::open(&path).unwrap()).unwrap();
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut BufReader::new(decoder), &mut text).unwrap();
        serde_json::Deserializer::from_slice(&text).into_iter::<Change>().map(Result::unwrap).count()
    });
    assert_eq!(read, changes.len());
    (writing, reading)
}

/// A process of its own opens the store that another filled.
fn restart(folder: &Path) {
    let (graph, seconds) =
        timed("restart: ready to answer", || KnowledgeGraph::open(folder, || panic!("the store is filled")).unwrap());
    println!("restarted in {seconds}");
    for number in 0..3 {
        let mut record = EntityRecord::from((**graph.snapshot().state().entities[5]).clone());
        record.description = Some(format!("Changed {} times", number + memory("VmRSS:")));
        let operation = format!("small-{number}-{}", std::process::id());
        let change = set(&operation, vec![Change::UpsertEntity(Entity::new(record).unwrap())]);
        timed("one more small change, published", || graph.apply(change).unwrap());
    }
    drop(graph);
    let (store, _) = timed("  of a restart: the engine opens", || Store::open(folder).unwrap());
    let (state, _) = timed("  of a restart: all values are read", || store.load().unwrap());
    timed("  of a restart: the graph, alone", || Graph::build(&state));
    timed("  of a restart: the names to search, alone", || Index::build(&state));
}

fn main() {
    if let Some(folder) = std::env::var_os(RESTART) {
        return restart(Path::new(&folder));
    }
    let divisor = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(1);
    let folder = tempfile::tempdir().unwrap();
    let (set, _) = timed("the set is made", || registries(divisor));
    println!("{:<44} {:>8}", "values in it", set.changes.len());
    let store = folder.path().join("store");
    let graph = KnowledgeGraph::open(&store, || Ok(self::set("nothing", Vec::new()))).unwrap();
    let copy = set.changes.clone();
    let (_, applying) = timed("applied, stored, published", || graph.apply(set).unwrap());
    drop(graph);
    println!("{:<44} {:>8} MB", "the store on disk", size(&store) >> 20);
    let status = || Command::new(std::env::current_exe().unwrap()).env(RESTART, &store).output().unwrap();
    let output = String::from_utf8(status().stdout).unwrap();
    print!("{output}");
    let restarted: f64 =
        output.lines().find_map(|line| line.strip_prefix("restarted in ")?.parse().ok()).unwrap_or(f64::NAN);
    let (writing, reading) = plain(folder.path(), &copy);
    println!("applied and stored / written plainly: {:.2}", applying / writing);
    println!("restarted / read plainly: {:.2}", restarted / reading);
}
