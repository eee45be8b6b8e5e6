//! What a table with something wrong in it is told: one test for each mistake that people make.

use dateline::read::{ReadError, ReadOptions, displacement_from_bytes, incidents_from_bytes};

fn error(result: Result<impl Sized, ReadError>) -> String {
    match result {
        Ok(_) => panic!("read without a problem"),
        Err(error) => error.to_string(),
    }
}

fn bad_bytes(bytes: &[u8]) -> String {
    error(incidents_from_bytes(
        "t.csv",
        bytes,
        &ReadOptions::default(),
    ))
}

/// A table of incidents with one problem, and what is said of it.
#[track_caller]
fn bad(table: &str, message: &str) {
    assert_eq!(
        bad_bytes(table.as_bytes()),
        format!("t.csv: 1 problem\n  {message}")
    );
}

/// A row with one problem.
#[track_caller]
fn bad_row(row: &str, message: &str) {
    bad(
        &format!(
            "date,place,lat,lon,kind,killed,precision\n2020-01-10,Idlib,,,air strike,,\n{row}\n"
        ),
        &format!("row 3{message}"),
    );
}

#[track_caller]
fn bad_displacement(table: &str, message: &str) {
    let read = displacement_from_bytes("t.csv", table.as_bytes(), &ReadOptions::default());
    assert_eq!(error(read), format!("t.csv: 1 problem\n  {message}"));
}

#[test]
fn dates() {
    bad_row(
        "10/01/2020,Idlib,,,raid,,",
        ", date \"10/01/2020\" is ambiguous: write 2020-01-10 or 2020-10-01",
    );
    bad_row(
        "2020-02-30,Idlib,,,raid,,",
        ", date \"2020-02-30\" has no such day: that month has days 01 to 29",
    );
    bad_row(
        "2020-13,Idlib,,,raid,,",
        ", date \"2020-13\" has no such month: months are 01 to 12, e.g. 2020-01-10",
    );
    bad_row(
        ",Idlib,,,raid,,",
        ", date is empty: write e.g. 2020-01-10, 2020-01 or 2020-01-08/2020-01-10",
    );
    bad_row(
        "2020-01-10/..,Idlib,,,raid,,",
        ", date \"2020-01-10/..\" is an interval with an open end: write both ends, e.g. 2020-01-08/2020-01-10",
    );
}

#[test]
fn coordinates() {
    bad_row(
        "2020-01-10,,135.5,36.6,raid,,",
        ", lat \"135.5\" is not a latitude: write degrees from -90 to 90, e.g. 35.93 (are lat and lon swapped?)",
    );
    bad_row(
        "2020-01-10,,35.5,236.6,raid,,",
        ", lon \"236.6\" is not a longitude: write degrees from -180 to 180, e.g. 36.63",
    );
    bad_row(
        "2020-01-10,Idlib,35.5,,raid,,",
        ", lon is empty, but lat is not: give both or neither",
    );
    bad_row(
        "2020-01-10,Idlib,,36.6,raid,,",
        ", lat is empty, but lon is not: give both or neither",
    );
    bad_row(
        "2020-01-10,,\"35,5\",36.6,raid,,",
        ", lat \"35,5\" has a decimal comma: write a point, e.g. 35.93",
    );
    bad_row(
        "2020-01-10,,35°55'N,36.6,raid,,",
        ", lat \"35°55'N\" is in degrees and minutes: write decimal degrees, e.g. 35.93",
    );
    bad_row(
        "2020-01-10,,NaN,36.6,raid,,",
        ", lat \"NaN\" is not a number: write decimal degrees, e.g. 35.93",
    );
    bad_row(
        "2020-01-10,Idlib,0,0.0,raid,,",
        ", lat \"0\" and 0 is a point in the Gulf of Guinea: leave both empty if the place is unknown",
    );
    bad_row(
        "2020-01-10,,,,raid,,",
        ", place is empty and there are no coordinates: write the place as the source does, even if vague, \
         e.g. \"northern countryside of Hama\"",
    );
}

#[test]
fn counts() {
    let form =
        "is not a count: write e.g. 8, 6-9, >=8, >200000 or ~60000, or leave it empty if unknown";
    bad_row(
        "2020-01-10,Idlib,,,raid,many,",
        &format!(", killed \"many\" {form}"),
    );
    bad_row(
        "2020-01-10,Idlib,,,raid,-3,",
        ", killed \"-3\" is negative: counts start at 0; leave it empty if unknown",
    );
    bad_row(
        "2020-01-10,Idlib,,,raid,1.5,",
        ", killed \"1.5\" is not a whole number: write e.g. 8, and no thousands points (60000 or 60,000)",
    );
    bad_row(
        "2020-01-10,Idlib,,,raid,9-6,",
        ", killed \"9-6\" has its figures the wrong way round: write the lower one first, e.g. 6-9",
    );
    // An unquoted thousands comma is another cell.
    bad_row(
        "2020-01-10,Idlib,,,raid,1,234,",
        " has 8 cells, but the header has 7: put a cell that has a comma in it in double quotes",
    );
}

#[test]
fn counts_over_columns() {
    let bad = |row: &str, message: &str| {
        bad(
            &format!("date,place,kind,killed,killed_min,killed_max\n2020-01-10,Idlib,raid,{row}\n"),
            &format!("row 2, {message}"),
        );
    };
    bad(
        ",9,6",
        "killed_min \"9\" is more than killed_max, 6: the lower figure must not be the higher one",
    );
    bad(
        "10,6,9",
        "killed \"10\" is more than killed_max, 9: the lower figure must not be the higher one",
    );
    bad(
        "6-9,6,9",
        "killed \"6-9\" does not agree with killed_min: give the count once",
    );
    bad(
        ",6-9,",
        "killed_min \"6-9\" is not one figure: write e.g. 8 here, and ranges in a column of their own",
    );
}

#[test]
fn kinds_and_precision() {
    bad_row(
        "2020-01-10,Idlib,,,airstirke,,",
        ", kind \"airstirke\" is not a known kind: did you mean \"air strike\"?",
    );
    bad_row(
        "2020-01-10,Idlib,,,bombing,,",
        ", kind \"bombing\" may mean several kinds: write \"air strike\", \"shelling\", \"IED\" or \"suicide bomb\"",
    );
    bad_row(
        "2020-01-10,Idlib,,,,,",
        ", kind is empty: write what happened, e.g. air strike, shelling, clash, IED",
    );
    bad_row(
        "2020-01-10,Idlib,,,raid,,9",
        ", precision \"9\" is not a precision: write 1 (exact place), 2 (near a known place), 3 (district), \
         4 (governorate), 5 (line or informal region), 6 (country) or 7 (international)",
    );
}

#[test]
fn headers() {
    bad(
        "datum,place,kind\n2020-01-10,Idlib,raid\n",
        "row 1 has no column \"date\" (found: datum, place, kind); rename \"datum\" to \"date\"?",
    );
    bad(
        "date,kind,killed\n2020-01-10,raid,3\n",
        "row 1 has no column \"place\" or \"lat\" or \"lon\" (found: date, kind, killed)",
    );
    bad(
        "date,kind,lat\n2020-01-10,raid,35.5\n",
        "row 1 has no column \"lon\", but one for latitude (found: date, kind, lat)",
    );
    bad_displacement(
        "date,people,orgin\n2020-01-10,500,Idlib\n",
        "row 1 has no column \"origin\" or \"destination\" (found: date, people, orgin); rename \"orgin\" to \"origin\"?",
    );
    bad(
        "date,place,kind,Place\n2020-01-10,Idlib,raid,Hama\n",
        "row 1, Place stands twice in the header: rename or remove one of the two",
    );
    bad(
        "event_date,place,kind,when\n2020-01-10,Idlib,raid,2020\n",
        "row 1 has the columns \"event_date\" and \"when\" for one thing: rename the one that counts \"date\"",
    );
    bad(
        "date,origin,destination,people\n2020-01-10,Idlib,Azaz,300\n",
        "row 1 is the header of a table of displacement, but one of incidents is needed",
    );
    bad(
        "date,place,kind\n",
        "row 1 is a header with no row below it: add at least one row",
    );
    bad(
        "date,place,kind\n,,\n  \n",
        "row 1 is a header with no row below it: add at least one row",
    );
}

#[test]
fn rows_of_another_width_and_quotes() {
    bad(
        "date,place,kind\n2020-01-10,Idlib\n",
        "row 2 has 2 cells, but the header has 3: add a comma for each empty cell, or close a double quote",
    );
    bad(
        "date;place;kind\n2020-01-10;Idlib;raid;x\n",
        "row 2 has 4 cells, but the header has 3: put a cell that has a semicolon in it in double quotes",
    );
    bad(
        "date,place,kind\n2020-01-10,\"Idlib,raid\n2020-01-11,Hama,raid\n",
        "row 2 has a double quote that is never closed: close it, or write two for a quote within a cell",
    );
}

#[test]
fn files_that_are_no_utf8_table() {
    for (bytes, message) in [
        (
            &b""[..],
            "is empty: a header row and at least one row are needed",
        ),
        (
            b"\xef\xbb\xbf\r\n \n",
            "is empty: a header row and at least one row are needed",
        ),
        (
            b"\xff\xfed\0a\0",
            "is UTF-16: save it as UTF-8 (in Excel: \"CSV UTF-8\")",
        ),
        (
            b"d\0a\0t\0e\0",
            "is UTF-16: save it as UTF-8 (in Excel: \"CSV UTF-8\")",
        ),
        (
            b"date,place,kind\n2020-01-10,Id\0lib,raid\n",
            "line 2 has a NUL byte: the file is damaged or not a text; save it again as UTF-8",
        ),
        (
            b"date,place,kind\n2020-01-10,Alep\xe9,raid\n",
            "line 2 is not UTF-8 after \"Alep\" (byte 0xE9): save it as UTF-8 (in Excel: \"CSV UTF-8\")",
        ),
        (
            b"\xd0\xcf\x11\xe0...",
            "is an old Excel file: save it as XLSX or as CSV, in UTF-8",
        ),
    ] {
        assert_eq!(bad_bytes(bytes), format!("t.csv: 1 problem\n  {message}"));
    }
    let none = dateline::read::read_incidents("no/such.csv".as_ref(), &ReadOptions::default());
    assert!(error(none).starts_with("no/such.csv: 1 problem\n  cannot be read: "));
}

#[test]
fn every_problem_is_told_at_once_with_the_row_a_spreadsheet_shows() {
    let table = "\u{feff}date,place,kind,killed,note\r\n\
                 2020-01-10,Idlib,raid,3,\"two\r\nlines\"\r\n\
                 \r\n\
                 yesterday,Idlib,riad,x,\r\n\
                 2020-01-10,Idlib,raid,3\r\n\
                 2020-01-10,,raid,3,";
    assert_eq!(
        bad_bytes(table.as_bytes()),
        "t.csv: 5 problems\n  \
         row 4, date \"yesterday\" is not a date: write e.g. 2020-01-10, 2020-01, 2020-01-08/2020-01-10, \
         2019-12~ (about) or 2019-12-24? (uncertain)\n  \
         row 4, kind \"riad\" is not a known kind: did you mean \"raid\"?\n  \
         row 4, killed \"x\" is not a count: write e.g. 8, 6-9, >=8, >200000 or ~60000, or leave it empty if unknown\n  \
         row 5 has 4 cells, but the header has 5: add a comma for each empty cell, or close a double quote\n  \
         row 6, place is empty and there are no coordinates: write the place as the source does, even if vague, \
         e.g. \"northern countryside of Hama\""
    );
}

#[test]
fn a_long_list_is_cut_and_the_rest_counted() {
    let table = format!("date,place,kind\n{}", "2020,Idlib,\n".repeat(120));
    let Err(error) = incidents_from_bytes("t.csv", table.as_bytes(), &ReadOptions::default())
    else {
        panic!("read without a problem");
    };
    assert_eq!(error.problems().len(), 120);
    let text = error.to_string();
    assert_eq!(text.lines().count(), 1 + ReadError::PRINTED + 1);
    assert!(text.starts_with("t.csv: 120 problems\n  row 2, kind is empty"));
    assert!(text.ends_with("\n  … and 70 more"));

    let both = error.clone().and(error);
    assert_eq!(both.problems().len(), 240);
}

#[test]
fn values_are_shown_so_that_a_person_sees_what_is_wrong() {
    bad_row(
        "2020-01-10,Idlib,,,قَصف,,",
        ", kind \"قَصف\" is not a known kind: write one of the names in docs/tables.md, \
         e.g. air strike, shelling, clash, IED",
    );
    bad_row(
        "2020\u{200f}-01,Idlib,,,raid,,",
        ", date \"2020\\u{200f}-01\" is not a date: write e.g. 2020-01-10, 2020-01, 2020-01-08/2020-01-10, \
         2019-12~ (about) or 2019-12-24? (uncertain)",
    );
    bad_row(
        &format!("2020,Idlib,,,raid,{},", "x".repeat(100)),
        &format!(
            ", killed \"{}…\" is not a count: write e.g. 8, 6-9, >=8, >200000 or ~60000, or leave it empty if unknown",
            "x".repeat(60)
        ),
    );
}

#[test]
fn displacement() {
    bad_displacement(
        "date,origin,destination,people\n2020-01-10,Idlib,Azaz,\n",
        "row 2, people is empty: write how many, e.g. 1200, >=500 or ~60000",
    );
    bad_displacement(
        "date,origin,destination,people\n2020-01-10,Idlib,Azaz,thousands\n",
        "row 2, people \"thousands\" is not a count: write e.g. 8, 6-9, >=8, >200000 or ~60000, \
         or leave it empty if unknown",
    );
    bad_displacement(
        "date,origin,destination,peoples\n2020-01-10,Idlib,Azaz,3\n",
        "row 1 has no column \"people\" (found: date, origin, destination, peoples); rename \"peoples\" to \"people\"?",
    );
    bad_displacement(
        "date,place,kind\n2020-01-10,Idlib,raid\n",
        "row 1 is the header of a table of incidents, but one of displacement is needed",
    );
}

#[test]
fn matrices() {
    let matrix = "From;Idlib;Hama;Total\nIdlib;1.522;3;1.525\nHama;;7;7\nTotal;1.522;10;1.532\n";
    bad_displacement(
        matrix,
        "row 1 is the header of an origin–destination matrix, which does not say when: give its date as the period, \
         e.g. 2017-03",
    );
    let options = ReadOptions {
        matrix_when: Some("2017-03".parse().unwrap()),
        ..ReadOptions::default()
    };
    let bad = |from: &str, to: &str, message: &str| {
        let table = matrix.replacen(from, to, 1);
        let read = displacement_from_bytes("t.csv", table.as_bytes(), &options);
        assert_eq!(error(read), format!("t.csv: 1 problem\n  {message}"));
    };
    bad(
        "1.525",
        "1.526",
        "row 2, Total \"1.526\" is not the sum of the cells, 1525: correct it, or leave the totals out",
    );
    bad(
        "1.522;10;",
        "1.522;11;",
        "row 4, Hama \"11\" is not the sum of the cells, 10: correct it, or leave the totals out",
    );
    bad(
        "Hama;;7;7",
        "Hama;some;7;7",
        "row 3, Idlib \"some\" is not a number of people: write e.g. 1522 or 1.522",
    );
}
