//! `dateline check` of tables with mistakes in them, as a user meets it. What is said of which mistake is tested in
//! `read_problems.rs`.

use crate::common::{Desk, stderr};

const BAD_INCIDENTS: &str = "\
date,place,lat,lon,kind,killed
10/01/2020,Saraqib,,,air strike,many
2020-01-10,Saraqib,135,36.8,airstirke,3
";
const BAD_DISPLACEMENT: &str = "date;origin;destination;people\n2020-02-30;Saraqib;Azaz;-5\n";

const MESSAGE: &str = "\
error: incidents.csv: 4 problems
  row 2, date \"10/01/2020\" is ambiguous: write 2020-01-10 or 2020-10-01
  row 2, killed \"many\" is not a count: write e.g. 8, 6-9, >=8, >200000 or ~60000, or leave it empty if unknown
  row 3, kind \"airstirke\" is not a known kind: did you mean \"air strike\"?
  row 3, lat \"135\" is not a latitude: write degrees from -90 to 90, e.g. 35.93 (are lat and lon swapped?)
displacement.csv: 2 problems
  row 2, date \"2020-02-30\" has no such day: that month has days 01 to 29
  row 2, people \"-5\" is negative: counts start at 0; leave it empty if unknown
";

#[test]
fn every_problem_of_every_table_is_told_and_nothing_is_written() {
    let desk = Desk::new();
    desk.file("incidents.csv", BAD_INCIDENTS)
        .file("displacement.csv", BAD_DISPLACEMENT);
    for command in ["check", "render", "layers"] {
        let tables = [
            command,
            "--incidents",
            "incidents.csv",
            "--displacement",
            "displacement.csv",
        ];
        let output = desk.dateline(&tables).assert().code(1);
        assert_eq!(stderr(&output), MESSAGE, "{command}");
        assert!(output.get_output().stdout.is_empty(), "{command}");
        assert!(!desk.path("output").exists(), "{command}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let desk = Desk::new();
    let output = desk
        .dateline(&["check", "--incidents", "no.csv"])
        .assert()
        .code(1);
    assert!(stderr(&output).contains("no.csv"), "{}", stderr(&output));
}
