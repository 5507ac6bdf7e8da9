//! How long registries take to be taken over, beside a plain pass over the same files: unpacked and parsed, and no
//! more.
//!
//! `cargo bench --bench import -- FOLDER`; FOLDER holds ror/ and cordis/, as for `scripts/load-registries`. Each is
//! read once, the plain pass first. Storing is left to `cargo bench --bench store`.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "what goes wrong in a benchmark shall end it")]

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use consortia::import::source::Limits;
use consortia::import::{self, FORMATS, Options};
use consortia::knowledge::contribution::{Extent, propose};
use consortia::model::state::State;
use quick_xml::Reader;
use quick_xml::events::Event;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn unpacked(path: &Path) -> impl Read {
    let mut decoder = zstd::Decoder::new(File::open(path).unwrap()).unwrap();
    decoder.window_log_max(31).unwrap();
    decoder
}

/// How many values a file of JSON holds at its top, all of it parsed.
fn json(path: &Path) -> usize {
    let mut text = String::new();
    unpacked(path).read_to_string(&mut text).unwrap();
    serde_json::from_str::<Vec<serde_json::Value>>(&text).unwrap().len()
}

/// How many elements the files of an archive hold, all of them parsed.
fn xml(path: &Path) -> usize {
    let mut elements = 0;
    for entry in tar::Archive::new(unpacked(path)).entries().unwrap() {
        let mut text = String::new();
        entry.unwrap().read_to_string(&mut text).unwrap();
        let mut reader = Reader::from_str(&text);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(_) | Event::Empty(_) => elements += 1,
                Event::Eof => break,
                _ => {}
            }
        }
    }
    elements
}

/// How many records are taken over into an empty graph.
fn taken_over(format: &str, path: &Path) -> usize {
    let format = FORMATS.iter().find(|known| known.name == format).unwrap();
    let importer = format.importer.unwrap()(&Options::default()).unwrap();
    let contribution = import::read(importer, &[PathBuf::from(path)], &Limits::default(), &Default::default()).unwrap();
    propose(&State::default(), contribution, Extent::Part).changes.len()
}

fn timed<T>(ask: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let answer = ask();
    (start.elapsed(), answer)
}

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).expect("name a folder");
    for (format, file, plain, what) in [
        ("ror", "ror/ror-v2-subset.json.zst", json as fn(&Path) -> usize, "records"),
        ("cordis", "cordis/horizon-projects-xml.tar.zst", xml, "elements"),
    ] {
        let path = Path::new(&folder).join(file);
        let (plain, parsed) = timed(|| plain(&path));
        let (ours, changes) = timed(|| taken_over(format, &path));
        let ratio = ours.as_secs_f64() / plain.as_secs_f64();
        println!(
            "{format:<8} {parsed:>9} {what} parsed in {plain:>8.2?}; {changes:>7} records taken over in {ours:>8.2?}: \
             {ratio:.1} times"
        );
    }
}
