//! `consortia match` as a person with a spreadsheet meets it.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::consortia;

const TABLE: &str =
    "row,organisation,land,town\n1,UNIV OXFORD,UK,Oxford\n2,\"四川大学\",CN,\n3,Nobody Knows Ltd,FR,Paris\n";

fn run(folder: &Path, table: &[u8], arguments: &[&str]) -> (Output, Vec<Vec<String>>) {
    fs::write(folder.join("table.csv"), table).unwrap();
    let given = ["match", "table.csv", "--name-column", "organisation", "--country-column", "land"];
    let output = consortia(folder).args(given).args(arguments).output().unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(output.stdout.as_slice());
    let text = |cell: &[u8]| String::from_utf8_lossy(cell).into_owned();
    let rows = reader.byte_records().map(|row| row.unwrap().iter().map(text).collect()).collect();
    (output, rows)
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn each_row_gets_its_best_candidate_with_score_class_and_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let (output, rows) = run(folder.path(), TABLE.as_bytes(), &["--city-column", "town"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert_eq!(rows.len(), 4);
    let column = |name: &str| rows[0].iter().position(|header| header == name).unwrap();
    let ids: Vec<&str> = rows[1..].iter().map(|row| row[column("match_id")].as_str()).collect();
    assert_eq!(ids, ["university-of-oxford", "sichuan-university", ""]);
    assert_eq!(rows[1][..4], ["1", "UNIV OXFORD", "UK", "Oxford"]);
    assert_eq!(rows[1][column("match_confidence")], "HIGH");
    assert!(rows[1][column("match_score")].parse::<f64>().unwrap() > 0.6);
    assert!(rows[1][column("match_reasons")].contains("it is in Oxford"), "{:?}", rows[1]);
    assert!(complained(&output).contains("3 rows, 2 with a candidate, 0 bad"));
}

#[test]
fn bad_rows_are_told_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let table = b"organisation,land\nUniversity of Oxford,Atlantis\n,GB\nUniversity of Oxford\n=cmd(),GB\n\xff,GB\n";
    let (output, rows) = run(folder.path(), table, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(rows.len(), 6);
    let told = complained(&output);
    for expected in [
        "line 2: \"Atlantis\" is no country",
        "line 3: it has no name",
        "line 4: it has 1 cells",
        "line 6: it is not in UTF-8",
        "4 bad",
    ] {
        assert!(told.contains(expected), "{expected} is not in\n{told}");
    }
    assert_eq!(rows[4][0], "'=cmd()", "a cell that a spreadsheet takes for a formula");
}

#[test]
fn a_column_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (output, _) = run(folder.path(), TABLE.as_bytes(), &["--city-column", "city"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("there is no column \"city\"; there are row, organisation, land, town"));
}
