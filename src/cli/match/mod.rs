//! `consortia match FILE.csv`: for each row of a table the entities that it may mean.

mod columns;
mod sheet;

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use csv::{StringRecord, WriterBuilder};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Ending, StoreArguments, output};
use crate::import::decode::TextEncoding;
use crate::knowledge::Snapshot;
use crate::matching::{Candidate, Question};
use columns::Columns;
use sheet::{Sheet, is_blank};

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
    /// A column of an identifier, as `ROR:011ashp19`, the address of its page, or the bare key where the column is named
    /// after its registry; may be given several times
    #[arg(long, value_name = "COLUMN")]
    identifier_column: Vec<String>,
    /// What stands between two cells: a character, or tab; found in the line of column names when left out
    #[arg(long, value_name = "CHARACTER", value_parser = sheet::delimiter)]
    delimiter: Option<u8>,
    /// The encoding of the table, where it is not UTF-8 or UTF-16: windows-1252, gbk, shift_jis …
    #[arg(long, value_name = "NAME")]
    encoding: Option<TextEncoding>,
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

/// What came of the rows.
#[derive(Default)]
struct Tally {
    rows: usize,
    matched: usize,
    blank: usize,
    bad: usize,
}

/// Writes a row for each candidate, and one without for a row that has none. Nothing is written of a table that cannot be
/// read to its end.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let shown = arguments.file.display();
    let sheet = Sheet::read(&arguments.file, arguments.delimiter, arguments.encoding)
        .with_context(|| format!("cannot read {shown}"))?;
    let columns = Columns::find(arguments, &sheet.headers)?;
    if let Some(taken) = ADDED.iter().find(|name| sheet.headers.iter().any(|header| header == **name)) {
        bail!("{shown} has a column {taken} already, as the output of this command has; rename or remove it");
    }
    let snapshot = arguments.store.read()?.newest();
    let tally = match &arguments.output {
        Some(path) => {
            if std::fs::canonicalize(path)
                .is_ok_and(|to| std::fs::canonicalize(&arguments.file).is_ok_and(|from| from == to))
            {
                bail!("--output: {shown} is the table itself; name another file");
            }
            let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            match_all(arguments, &columns, &sheet, &snapshot, file)?
        }
        None => match_all(arguments, &columns, &sheet, &snapshot, io::stdout().lock())?,
    };
    let counted = |count: usize, what: &str| if count == 0 { String::new() } else { format!(", {count} {what}") };
    output::complain(&format!(
        "{shown}: {} {}, {} with a candidate, {} bad{}",
        tally.rows,
        if tally.rows == 1 { "row" } else { "rows" },
        tally.matched,
        tally.bad,
        counted(tally.blank, "blank")
    ));
    Ok(if tally.bad == 0 { Ending::Fine } else { Ending::Findings })
}

fn match_all(
    arguments: &Arguments,
    columns: &Columns,
    sheet: &Sheet,
    snapshot: &Snapshot,
    into: impl Write,
) -> anyhow::Result<Tally> {
    let progress = progress(sheet.rows.len());
    let mut writer = WriterBuilder::new().delimiter(sheet.delimiter).from_writer(into);
    writer.write_record(sheet.headers.iter().chain(ADDED).map(csv_safe))?;
    let mut tally = Tally::default();
    for (line, row) in &sheet.rows {
        progress.inc(1);
        tally.rows += 1;
        let mut found = Vec::new();
        if is_blank(row) {
            tally.blank += 1;
        } else {
            let question = columns.question(row, sheet.headers.len()).unwrap_or_else(|problem| {
                tally.complain(&progress, *line, &problem);
                Question::default()
            });
            found = snapshot.matcher().candidates(&question, arguments.candidates.into(), &mut |_| true);
            found.retain(|candidate| candidate.score >= arguments.threshold && !question.name.is_empty());
        }
        let row = fitted(row, sheet);
        tally.matched += usize::from(!found.is_empty());
        if found.is_empty() {
            writer.write_record(row.iter().map(csv_safe).chain(ADDED.map(|_| String::new())))?;
        }
        for (rank, candidate) in found.iter().enumerate() {
            let cells = cells_of(snapshot, rank, candidate).map(|cell| csv_safe(&cell));
            writer.write_record(row.iter().map(csv_safe).chain(cells))?;
        }
    }
    writer.flush()?;
    progress.finish_and_clear();
    Ok(tally)
}

/// A row with as many cells as the table has columns: what is too much stands in the last of them.
fn fitted(row: &StringRecord, sheet: &Sheet) -> StringRecord {
    let width = sheet.headers.len();
    let mut fitted: Vec<String> = row.iter().take(width).map(str::to_owned).collect();
    for surplus in row.iter().skip(width).filter(|cell| !cell.trim().is_empty()) {
        if let Some(last) = fitted.last_mut() {
            last.push(char::from(sheet.delimiter));
            last.push_str(surplus);
        }
    }
    fitted.resize(width, String::new());
    fitted.into()
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
fn csv_safe(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
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

/// A bar on a terminal, by rows; none elsewhere.
fn progress(rows: usize) -> ProgressBar {
    let progress = ProgressBar::new(rows as u64);
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
