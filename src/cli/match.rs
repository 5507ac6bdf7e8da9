//! `consortia match FILE.csv`: for each row of a table the entities that it may mean.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use csv::{ByteRecord, Reader, ReaderBuilder, Writer};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Ending, StoreArguments, output};
use crate::knowledge::Snapshot;
use crate::matching::{Candidate, Question, country_named};
use crate::model::identifier::Identifier;

/// How many bad rows are told of one by one.
const TOLD: usize = 20;
/// The columns that are added to those of the table.
const ADDED: [&str; 8] = [
    "match_rank",
    "match_id",
    "match_name",
    "match_kind",
    "match_score",
    "match_confidence",
    "match_matched",
    "match_reasons",
];

/// Which table, and how to read it.
#[derive(Args)]
pub(super) struct Arguments {
    /// The table, with a line of column names; - reads it from standard input
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// The column of the name
    #[arg(long, default_value = "name", value_name = "COLUMN")]
    name_column: String,
    /// A column of another name; may be given several times
    #[arg(long, value_name = "COLUMN")]
    other_name_column: Vec<String>,
    /// The column of the country: a code or an English name
    #[arg(long, value_name = "COLUMN")]
    country_column: Option<String>,
    /// The column of the city
    #[arg(long, value_name = "COLUMN")]
    city_column: Option<String>,
    /// The column of the web page
    #[arg(long, value_name = "COLUMN")]
    homepage_column: Option<String>,
    /// A column of an identifier, as `ROR:011ashp19` or the address of its page; may be given several times
    #[arg(long, value_name = "COLUMN")]
    identifier_column: Vec<String>,
    /// What stands between two cells
    #[arg(long, default_value = ",", value_name = "CHARACTER")]
    delimiter: char,
    /// Leave out candidates with a lower score, 0 to 1
    #[arg(long, default_value_t = 0.1, value_name = "SCORE", value_parser = share)]
    threshold: f64,
    /// Candidates for a row, at most
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=25))]
    candidates: u8,
    /// Where to write; standard output when left out
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    store: StoreArguments,
}

fn share(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "give a number from 0 to 1".to_owned())
}

/// Where the parts of a question stand in a row.
struct Columns {
    name: usize,
    other_names: Vec<usize>,
    country: Option<usize>,
    city: Option<usize>,
    homepage: Option<usize>,
    identifiers: Vec<usize>,
}

/// What came of the rows.
#[derive(Default)]
struct Tally {
    rows: usize,
    matched: usize,
    bad: usize,
}

/// Writes a row for each candidate, and one without for a row that has none.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let shown = arguments.file.display();
    let progress = progress(&arguments.file);
    let Ok(delimiter) = u8::try_from(arguments.delimiter) else {
        bail!("--delimiter: '{}' is no ASCII character; use a comma, a semicolon or a tab", arguments.delimiter);
    };
    let input: Box<dyn Read> = match arguments.file.as_os_str() == "-" {
        true => Box::new(io::stdin().lock()),
        false => {
            Box::new(progress.wrap_read(File::open(&arguments.file).with_context(|| format!("cannot read {shown}"))?))
        }
    };
    let mut table = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(input);
    let headers = table.byte_headers().with_context(|| format!("cannot read the column names of {shown}"))?.clone();
    let columns = Columns::find(arguments, &headers)?;
    let snapshot = arguments.store.read()?.newest();
    let tally = match &arguments.output {
        Some(path) => {
            if std::fs::canonicalize(path)
                .is_ok_and(|to| std::fs::canonicalize(&arguments.file).is_ok_and(|from| from == to))
            {
                bail!("--output: {shown} is the table itself; name another file");
            }
            let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            match_all(arguments, &columns, &headers, &mut table, &snapshot, file, &progress)?
        }
        None => match_all(arguments, &columns, &headers, &mut table, &snapshot, io::stdout().lock(), &progress)?,
    };
    progress.finish_and_clear();
    output::complain(&format!(
        "{shown}: {} {}, {} with a candidate, {} bad",
        tally.rows,
        if tally.rows == 1 { "row" } else { "rows" },
        tally.matched,
        tally.bad
    ));
    Ok(if tally.bad == 0 { Ending::Fine } else { Ending::Findings })
}

fn match_all(
    arguments: &Arguments,
    columns: &Columns,
    headers: &ByteRecord,
    table: &mut Reader<Box<dyn Read>>,
    snapshot: &Snapshot,
    into: impl Write,
    progress: &ProgressBar,
) -> anyhow::Result<Tally> {
    let mut writer = Writer::from_writer(into);
    let added = ADDED.iter().map(|name| name.as_bytes());
    writer.write_record(headers.iter().map(csv_safe_bytes).chain(added.map(<[u8]>::to_vec)))?;
    let mut tally = Tally::default();
    let mut row = ByteRecord::new();
    loop {
        let line = table.position().line();
        match table.read_byte_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => return Err(error).with_context(|| format!("cannot read on from line {line}")),
        }
        tally.rows += 1;
        let line = row.position().map_or(line, csv::Position::line);
        let cells = row.len();
        if cells != headers.len() {
            let problem = format!("it has {cells} cells, the first line has {}", headers.len());
            tally.complain(progress, line, &problem);
        }
        let question = columns.question(&row).unwrap_or_else(|problem| {
            tally.complain(progress, line, &problem);
            Question::default()
        });
        row.truncate(headers.len());
        while row.len() < headers.len() {
            row.push_field(b"");
        }
        let mut found = snapshot.matcher().candidates(&question, arguments.candidates.into(), &mut |_| true);
        found.retain(|candidate| candidate.score >= arguments.threshold && !question.name.is_empty());
        tally.matched += usize::from(!found.is_empty());
        if found.is_empty() {
            writer.write_record(row.iter().map(csv_safe_bytes).chain(ADDED.map(|_| Vec::new())))?;
        }
        for (rank, candidate) in found.iter().enumerate() {
            let cells = cells_of(snapshot, rank, candidate).map(|cell| csv_safe_bytes(cell.as_bytes()));
            writer.write_record(row.iter().map(csv_safe_bytes).chain(cells))?;
        }
    }
    writer.flush()?;
    Ok(tally)
}

fn cells_of(snapshot: &Snapshot, rank: usize, candidate: &Candidate) -> [String; 8] {
    let entity = &snapshot.state().entities[candidate.position];
    let reasons: Vec<&str> = candidate.reasons.iter().map(|reason| reason.text.as_str()).collect();
    [
        (rank + 1).to_string(),
        entity.id.to_string(),
        entity.name.clone(),
        entity.kind.to_string(),
        format!("{:.4}", candidate.score),
        candidate.confidence.name().to_owned(),
        candidate.matched.clone(),
        reasons.join("; "),
    ]
}

/// A cell that no spreadsheet takes for a formula.
fn csv_safe_bytes(cell: &[u8]) -> Vec<u8> {
    match cell.first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => [b"'", cell].concat(),
        Some(_) | None => cell.to_vec(),
    }
}

impl Columns {
    fn find(arguments: &Arguments, headers: &ByteRecord) -> anyhow::Result<Self> {
        let names: Vec<String> = headers
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        let find = |column: &String| match names.iter().position(|name| name == column) {
            Some(at) => Ok(at),
            None => bail!("there is no column \"{column}\"; there are {}", names.join(", ")),
        };
        Ok(Self {
            name: find(&arguments.name_column)?,
            other_names: arguments.other_name_column.iter().map(find).collect::<Result<_, _>>()?,
            country: arguments.country_column.as_ref().map(find).transpose()?,
            city: arguments.city_column.as_ref().map(find).transpose()?,
            homepage: arguments.homepage_column.as_ref().map(find).transpose()?,
            identifiers: arguments.identifier_column.iter().map(find).collect::<Result<_, _>>()?,
        })
    }

    /// What a row asks, or what is wrong with it.
    fn question(&self, row: &ByteRecord) -> Result<Question, String> {
        let cell = |at: usize| -> Result<Option<String>, String> {
            let text = std::str::from_utf8(row.get(at).unwrap_or_default())
                .map_err(|_| "it is not in UTF-8; save the table as UTF-8".to_owned())?;
            Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
        };
        let optional = |at: Option<usize>| at.map_or(Ok(None), cell);
        let country = optional(self.country)?;
        let all = |columns: &[usize]| -> Result<Vec<String>, String> {
            Ok(columns.iter().map(|at| cell(*at)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
        };
        let identifier = |text: String| {
            text.parse::<Identifier>().map_err(|violation| format!("{}; {}", violation.problem, violation.remedy))
        };
        Ok(Question {
            name: cell(self.name)?.ok_or("it has no name; fill the cell, or leave the row out")?,
            other_names: all(&self.other_names)?,
            country: match country {
                Some(text) => Some(country_named(&text).ok_or_else(|| {
                    format!(
                        "\"{}\" is no country; use a code or an English name",
                        text.chars().take(40).collect::<String>()
                    )
                })?),
                None => None,
            },
            city: optional(self.city)?,
            homepage: optional(self.homepage)?,
            identifiers: all(&self.identifiers)?.into_iter().map(identifier).collect::<Result<_, _>>()?,
            ..Question::default()
        })
    }
}

impl Tally {
    fn complain(&mut self, progress: &ProgressBar, line: u64, problem: &str) {
        self.bad += 1;
        progress.suspend(|| {
            if self.bad <= TOLD {
                output::complain(&format!("line {line}: {problem}"));
            } else if self.bad == TOLD + 1 {
                output::complain("more bad rows are counted, not shown");
            }
        });
    }
}

/// A bar on a terminal, by bytes read; none elsewhere.
fn progress(file: &Path) -> ProgressBar {
    let length = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
    let progress = ProgressBar::new(length);
    progress.set_draw_target(if io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    });
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {percent} %  {eta} left") {
        progress.set_style(style);
    }
    progress
}
