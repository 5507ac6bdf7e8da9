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
    let table =
        b"organisation,land\nUniversity of Oxford,Atlantis\n,GB\nUniversity of Oxford\n=cmd(),GB\nOxford,GB,UK\n,\n";
    let (output, rows) = run(folder.path(), table, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(rows.len(), 7);
    let told = complained(&output);
    for expected in [
        "line 2: \"Atlantis\" is not a country",
        "line 3: it has no name",
        "line 4: it has 1 cells",
        "line 6: it has 3 cells, the first line has 2",
        "6 rows, 0 with a candidate, 4 bad, 1 blank",
    ] {
        assert!(told.contains(expected), "{expected} is not in\n{told}");
    }
    assert_eq!(rows[4][0], "'=cmd()", "a cell that a spreadsheet takes for a formula");
    assert_eq!(rows[5][..2], ["Oxford", "GB,UK"], "no cell is lost");
}

#[test]
fn a_column_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (output, _) = run(folder.path(), TABLE.as_bytes(), &["--city-column", "city"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("there is no column \"city\"; there are row, organisation, land, town"));
}

#[test]
fn a_table_is_read_with_its_own_separator_and_in_its_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let text = "organisation;land\nUniversit\u{e9} d'Oxford;GB\n";
    let wide = format!("\u{feff}{}", text.replace(';', "\t"));
    let wide: Vec<u8> = wide.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
    for (table, arguments, separator) in [
        (text.as_bytes(), &[][..], ";"),
        (format!("sep=;\n{text}").as_bytes(), &[], ";"),
        (&wide, &[], "\t"),
        (&latin, &["--encoding", "windows-1252"], ";"),
        (text.replace(';', "|").as_bytes(), &["--delimiter", "|"], "|"),
        (text.replace(';', "\t").as_bytes(), &["--delimiter", "\\t"], "\t"),
        (text.replace(';', "\t").as_bytes(), &["--delimiter", "tab"], "\t"),
    ] {
        let (output, _) = run(folder.path(), table, arguments);
        assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
        let answer = String::from_utf8(output.stdout.clone()).unwrap();
        let line: Vec<&str> = answer.lines().nth(1).unwrap().split(separator).collect();
        assert_eq!(line[..2], ["Universit\u{e9} d'Oxford", "GB"], "{answer}");
    }
    let (output, rows) = run(folder.path(), &latin, &[]);
    assert_eq!((output.status.code(), rows.len()), (Some(2), 0));
    assert!(complained(&output).contains("line 2 is not UTF-8; name the encoding with --encoding windows-1252"));
    let (output, _) = run(folder.path(), text.as_bytes(), &["--delimiter", ";;"]);
    assert!(complained(&output).contains("give one character"), "{}", complained(&output));
}

#[test]
fn columns_of_an_earlier_answer_and_doubled_ones_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (table, told) in [
        (&b"organisation,land,match_id\nOxford,GB,old\n"[..], "has a column match_id already"),
        (b"organisation,land,land\nOxford,GB,US\n", "the column \"land\" stands twice"),
        (b"", "it is empty"),
    ] {
        let (output, rows) = run(folder.path(), table, &[]);
        assert_eq!((output.status.code(), rows.len()), (Some(2), 0));
        assert!(complained(&output).contains(told), "{}", complained(&output));
    }
}

#[test]
fn an_identifier_is_read_in_every_form_and_bare_in_a_column_of_its_registry() {
    let folder = tempfile::tempdir().unwrap();
    let table = "organisation,land,ror_id,other\nX,,052gg0110,\nX,,ror.org/052gg0110,\nX,,http://www.ror.org/052GG0110/,\n\
        X,,,https://www.wikidata.org/entity/Q34433\nX,,052gg0111,\nX,,,999984059\n";
    let (output, rows) =
        run(folder.path(), table.as_bytes(), &["--identifier-column", "ror_id", "--identifier-column", "other"]);
    let ids: Vec<&str> = rows[1..].iter().map(|row| row[5].as_str()).collect();
    assert_eq!(ids[..4], ["university-of-oxford"; 4], "{}", complained(&output));
    for told in ["line 6: \"052gg0111\" is not a valid ROR identifier", "line 7: \"999984059\" does not say of which"] {
        assert!(complained(&output).contains(told), "{told} is not in\n{}", complained(&output));
    }
}
