//! `dateline resolve --csv`: what a user is promised.

use crate::common::{Desk, stderr, stdout};
use serde_json::Value;

const ADDED: &str = "resolved_status,resolved_name,resolved_lat,resolved_lon,resolved_admin1,resolved_country,resolved_precision,resolved_radius_km,resolved_score,resolved_basis";

#[test]
fn columns_are_added_and_the_others_stay() {
    let desk = Desk::new();
    desk.file(
        "in.csv",
        "\u{feff}note,place,n\n\"a, \"\"quoted\"\" cell\",Saraqib,1\n,Idlib province,2\nx,Xyzzyplugh,3\ny,,4\nshort,Saraqib\n",
    );
    let run = desk
        .dateline(&["resolve", "--csv", "in.csv", "--column", "place"])
        .assert()
        .success();
    let said = stdout(&run);
    let mut table = csv::Reader::from_reader(said.as_bytes());
    assert_eq!(
        table
            .headers()
            .unwrap()
            .iter()
            .collect::<Vec<_>>()
            .join(","),
        format!("note,place,n,{ADDED}")
    );
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.unwrap()).collect();
    assert_eq!(&rows[0][0], "a, \"quoted\" cell");
    let status: Vec<&str> = rows.iter().map(|row| &row[3]).collect();
    assert_eq!(status, ["place", "region", "unresolved", "", "place"]);
    assert_eq!(
        (&rows[1][9], rows[1][10].parse::<f64>().unwrap() > 30.0),
        ("4", true),
        "precision and radius of a region"
    );
    assert_eq!(&rows[4][2], "", "a short row is filled up");
    let summary = stderr(&run);
    assert!(
        summary.contains("in.csv: 5 rows")
            && summary.contains("most often unresolved: Xyzzyplugh (1)"),
        "{summary}"
    );
    let run = desk
        .dateline(&[
            "resolve",
            "--csv",
            "in.csv",
            "--column",
            "place",
            "--points-only",
            "--format",
            "json",
        ])
        .assert()
        .success();
    let mut table = csv::Reader::from_reader(stdout(&run).into_bytes().leak() as &[u8]);
    assert_eq!(&table.records().nth(1).unwrap().unwrap()[5], "");
    let summary: Value = serde_json::from_str(&stderr(&run)).unwrap();
    assert_eq!(
        (&summary["rows"], &summary["counts"]["region"]),
        (&5.into(), &1.into())
    );
}

#[test]
fn hints_stand_in_columns_and_the_delimiter_stays() {
    let desk = Desk::new();
    desk.file("own.csv", "name,lat,lon,country\nQasr Mushtarak,35.95,36.75,SY\nQasr Mushtarak,32.7,36.2,SY\n")
        .file("in.tsv", "wo\tgov\tnebenan\nQasr Mushtarak\tIdlib\t\nQasr Mushtarak\t\tDaraa city; Izra\nQasr Mushtarak\t\t\n");
    let run = desk
        .dateline(&[
            "resolve",
            "--csv",
            "in.tsv",
            "--column",
            "wo",
            "--admin1-column",
            "gov",
            "--with-column",
            "nebenan",
            "--gazetteer",
            "own.csv",
            "--out",
            "out.tsv",
        ])
        .assert()
        .success();
    assert_eq!(stdout(&run), "");
    let rows: Vec<Vec<String>> = desk
        .text("out.tsv")
        .lines()
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect();
    assert_eq!(rows[0].len(), 13);
    assert_eq!(
        (
            rows[1][5].as_str(),
            rows[2][5].as_str(),
            rows[3][3].as_str()
        ),
        ("35.95", "32.7", "ambiguous"),
        "{rows:?}"
    );
}

#[test]
fn standard_input_is_read() {
    let desk = Desk::new();
    let run = desk
        .dateline(&["resolve", "--csv", "-", "--column", "place"])
        .write_stdin("place\nSaraqib\n")
        .assert()
        .success();
    assert!(
        stdout(&run).contains("\nSaraqib,place,Saraqib,35."),
        "{}",
        stdout(&run)
    );
}

#[test]
fn order_is_kept_over_many_rows() {
    let desk = Desk::new();
    let mut table = String::from("n,place\n");
    for n in 0..30_000 {
        let place = [
            "Saraqib",
            "Hama province",
            "Nowhere at all",
            "Khan Sheikhoun",
        ][n % 4];
        table.push_str(&format!("{n},{place}\n"));
    }
    desk.file("in.csv", table);
    let said = stdout(
        &desk
            .dateline(&["resolve", "--csv", "in.csv", "--column", "place"])
            .assert()
            .success(),
    );
    for (n, row) in csv::Reader::from_reader(said.as_bytes())
        .records()
        .enumerate()
    {
        let row = row.unwrap();
        assert_eq!(row[0], n.to_string());
        let known = [
            ["place", "Saraqib"],
            ["region", "Hama governorate"],
            ["unresolved", ""],
            ["place", "Khan Sheikhun"],
        ][n % 4];
        assert_eq!(&row[2], known[0], "{row:?}");
        assert!(row[3].len() >= known[1].len(), "{row:?}");
    }
}

#[test]
fn mistakes_are_explained_and_nothing_is_written() {
    let desk = Desk::new();
    desk.file("in.csv", "Place,admin\nSaraqib,Idlib\n")
        .file("long.csv", "place,n\nSaraqib,1\nAriha,2,3\n");
    let said = stderr(
        &desk
            .dateline(&[
                "resolve",
                "--csv",
                "in.csv",
                "--column",
                "plcae",
                "--admin1-column",
                "governorate",
                "--out",
                "out.csv",
            ])
            .assert()
            .code(1),
    );
    assert!(
        said.contains("has no column \"plcae\" (it has Place, admin); did you mean \"Place\"?"),
        "{said}"
    );
    assert!(said.contains("has no column \"governorate\""), "{said}");
    let said = stderr(
        &desk
            .dateline(&[
                "resolve", "--csv", "long.csv", "--column", "place", "--out", "out.csv",
            ])
            .assert()
            .code(1),
    );
    assert!(
        said.contains("row 3 has 3 cells, but the header has 2"),
        "{said}"
    );
    let left: Vec<_> = std::fs::read_dir(desk.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
    desk.dateline(&["resolve", "--csv", "in.csv"])
        .assert()
        .code(2);
    desk.dateline(&["resolve"]).assert().code(2);
}

#[test]
fn explain_says_how() {
    let desk = Desk::new();
    let said = stdout(
        &desk
            .dateline(&[
                "resolve",
                "--explain",
                "northern countryside of Hama province",
            ])
            .assert()
            .success(),
    );
    assert!(
        said.contains("normal forms") && said.contains("answer"),
        "{said}"
    );
    let said = stdout(
        &desk
            .dateline(&[
                "resolve",
                "--explain",
                "--format",
                "json",
                "--with",
                "Saraqib",
                "Ariha",
            ])
            .assert()
            .success(),
    );
    let said: Value = serde_json::from_str(&said).unwrap();
    assert!(
        said["explanation"]["steps"]
            .as_array()
            .is_some_and(|steps| !steps.is_empty()),
        "{said}"
    );
}
