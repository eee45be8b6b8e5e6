//! `dateline merge`: what several sources tell of one event has one id, and a person has the last word.

use crate::common::{Desk, stderr};

const ONE: &str = "\
id,date,place,country,kind,killed,source,article
a,2021-05-02,Saraqib,SY,air strike,6,Monitor,x.txt
b,2021-05-02,Ariha,SY,shelling,,Monitor,x.txt
";
const OTHER: &str = "\
id,date,place,country,kind,killed,source,article
c,2021-05-02,Saraqib,SY,air strike,9,Ministry,y.txt
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("one.csv", ONE).file("other.csv", OTHER);
    desk
}

fn ids(csv: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader
        .records()
        .map(|row| row.unwrap()[0].to_owned())
        .collect()
}

#[test]
fn a_conflict_is_kept_as_a_range_with_both_sources() {
    let desk = desk();
    let run = desk
        .dateline(&["merge", "one.csv", "other.csv", "--out", "all.csv"])
        .assert()
        .success();
    assert!(
        stderr(&run).contains("3 incidents are 2 events"),
        "{}",
        stderr(&run)
    );
    assert!(
        desk.text("merges.csv")
            .contains("same kind, same place, same day, 6 vs 9 killed: conflict kept")
    );
    assert_eq!(ids(&desk.text("all.csv")), ["a", "b", "a"]);

    desk.dateline(&["layers", "--incidents", "all.csv", "--out", "map"])
        .assert()
        .success();
    let drawn = desk.features("map/layers/incidents.geojson");
    assert_eq!(drawn.len(), 2);
    let both = &drawn
        .iter()
        .find(|one| one["properties"]["id"] == "a")
        .unwrap()["properties"];
    assert_eq!(
        (&both["killed_low"], &both["killed_high"]),
        (&6.into(), &9.into())
    );
    assert!(
        both["sources"].to_string().contains("Monitor")
            && both["sources"].to_string().contains("Ministry")
    );
}

#[test]
fn what_a_person_splits_is_never_merged_again() {
    let desk = desk();
    let merge = ["merge", "one.csv", "other.csv", "--out", "all.csv"];
    desk.dateline(&merge).assert().success();
    let edited = desk.text("merges.csv").replace("\na,c,", "\n,c,");
    desk.file("merges.csv", &edited);
    for _ in 0..2 {
        desk.dateline(&merge).assert().success();
        assert_eq!(ids(&desk.text("all.csv")), ["a", "b", "c"]);
    }
    // Also with the tables in another order, and with new ones.
    desk.dateline(&["merge", "other.csv", "one.csv", "--out", "all.csv"])
        .assert()
        .success();
    assert_eq!(ids(&desk.text("all.csv")), ["c", "a", "b"]);
}

#[test]
fn what_it_writes_it_reads_as_it_was() {
    let desk = desk();
    let merge = ["merge", "one.csv", "other.csv", "--out", "all.csv"];
    desk.dateline(&merge).assert().success();
    let (first, file) = (desk.text("all.csv"), desk.text("merges.csv"));
    desk.dateline(&merge).assert().success();
    assert_eq!(desk.text("all.csv"), first);
    assert_eq!(ids(&desk.text("merges.csv")), ids(&file));
}

#[test]
fn tables_are_what_the_command_says_they_are() {
    let desk = Desk::new();
    // By its columns an export of ACLED, whose 0 is no toll.
    desk.file(
        "one.csv",
        "event_id_cnty,event_date,sub_event_type,location,geo_precision,fatalities,id,date,kind,place,killed\n\
         S1,2021-05-02,Armed clash,Saraqib,1,0,own,2021-05-02,clash,Saraqib,0\n",
    );
    let merge = ["merge", "one.csv", "--out", "all.csv"];
    desk.dateline(&merge).assert().success();
    assert_eq!(ids(&desk.text("all.csv")), ["S1"]);
    let merge = [&merge[..], &["--format", "dateline"]].concat();
    desk.dateline(&merge).assert().success();
    assert_eq!(ids(&desk.text("all.csv")), ["own"]);
    let run = desk
        .dateline(&["merge", "one.csv", "--out", "all.csv", "--format", "csv"])
        .assert()
        .code(1);
    assert!(stderr(&run).contains("format: \"csv\""), "{}", stderr(&run));
}

#[test]
fn a_sheet_is_chosen_by_its_name() {
    let desk = Desk::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for id in ["draft", "final"] {
        let sheet = book.add_worksheet().set_name(id).expect("a sheet");
        let rows = [
            ["id", "date", "place", "kind"],
            [id, "2021-05-02", "Saraqib", "clash"],
        ];
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write(row, column, cell).expect("a cell");
            }
        }
    }
    book.save(desk.path("t.xlsx")).expect("a workbook");
    for (sheet, id) in [(&[][..], "draft"), (&["--sheet", "final"][..], "final")] {
        let merge = [&["merge", "t.xlsx", "--out", "all.csv"], sheet].concat();
        desk.dateline(&merge).assert().success();
        assert_eq!(ids(&desk.text("all.csv")), [id]);
    }
}

#[test]
fn a_merge_file_that_says_two_things_is_refused() {
    let desk = desk();
    desk.file("merges.csv", "group,id\nx,a\ny,a\n");
    let run = desk
        .dateline(&["merge", "one.csv", "other.csv", "--out", "all.csv"])
        .assert()
        .code(1);
    assert!(
        stderr(&run).contains("row 3, id \"a\" stands twice"),
        "{}",
        stderr(&run)
    );
    assert!(!desk.path("all.csv").exists());
}

const MOVED: &str = "\
id,date,origin,destination,people,source,quote,sensitive
m1,2021-05-02,Saraqib,Azaz,1200,UN,,yes
m2,2021-05-02,Ariha,Afrin,300,UN,,no
";
const MOVED_TOO: &str = "\
date,origin,destination,people,source,camp
2021-05-02,Saraqib,Azaz,1500,Council,B
2021-05-02,Saraqib,Azaz,90000,Ministry,
2021-07-02,Saraqib,Azaz,1200,Council,
";

#[test]
fn movements_told_twice_are_one_and_keep_their_conflict() {
    let desk = Desk::new();
    desk.file("one.csv", MOVED).file("other.csv", MOVED_TOO);
    let merge = [
        "merge",
        "--displacement",
        "one.csv",
        "--displacement",
        "other.csv",
    ];
    let merge = [&merge[..], &["--displacement-out", "all.csv"]].concat();
    let run = desk.dateline(&merge).assert().success();
    let said = stderr(&run);
    assert!(said.contains("5 movements are 4 events"), "{said}");
    let all = desk.text("all.csv");
    assert_eq!(ids(&all), ["m1", "m2", "m1", "other row 3", "other row 4"]);
    let merges = desk.text("merges-displacement.csv");
    assert!(
        merges.contains("same place of origin, same place of destination, same day, 1200 vs 1500 people: conflict kept"),
        "{merges}"
    );
    // What marks a row, and what has no meaning here, is carried on.
    assert!(all.starts_with(
        "id,date,origin,destination,people,source,url,published,quote,note,sensitive,camp\n"
    ));
    assert!(all.contains(",yes,") && all.contains(",B\n"), "{all}");

    desk.dateline(&[
        "layers",
        "--displacement",
        "all.csv",
        "--period",
        "2021-05-02",
        "--out",
        "map",
    ])
    .assert()
    .success();
    let flows = desk.features("map/layers/flows.geojson");
    let both = flows.iter().map(|flow| &flow["properties"]);
    let both: Vec<_> = both.filter(|flow| flow["people_high"] == 1500).collect();
    assert_eq!(both.len(), 1, "{flows:?}");
    assert_eq!(both[0]["people_low"], 1200);

    // What a person splits stays apart.
    let edited = merges.replace("\nm1,other row 2,", "\n,other row 2,");
    desk.file("merges-displacement.csv", &edited);
    desk.dateline(&merge).assert().success();
    assert_eq!(ids(&desk.text("all.csv"))[2], "other row 2");
}

#[test]
fn marks_and_plain_kinds_are_kept() {
    let desk = Desk::new();
    desk.file(
        "one.csv",
        "id,date,place,kind,source,sensitive\na,2021-05-02,Saraqib,barrel bombs,Monitor,yes\n",
    )
    .file("other.csv", OTHER);
    desk.dateline(&["merge", "one.csv", "other.csv", "--out", "all.csv"])
        .assert()
        .success();
    let all = desk.text("all.csv");
    assert_eq!(ids(&all), ["a", "a"]);
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(all.as_bytes())
        .records()
        .map(Result::unwrap)
        .collect();
    let header = all.lines().next().unwrap().split(',').collect::<Vec<_>>();
    let cell = |row: usize, name: &str| {
        let column = header
            .iter()
            .position(|known| *known == name)
            .expect("a column");
        rows[row][column].to_owned()
    };
    assert_eq!(
        [cell(0, "kind"), cell(1, "kind")],
        ["barrel bombs", "air strike"]
    );
    assert_eq!([cell(0, "sensitive"), cell(1, "sensitive")], ["yes", ""]);
}

#[test]
fn tables_without_a_place_to_write_to_are_refused() {
    let desk = desk();
    desk.file("moved.csv", MOVED);
    let args = [
        "merge",
        "one.csv",
        "--displacement",
        "moved.csv",
        "--displacement-out",
        "m.csv",
    ];
    desk.dateline(&args).assert().code(2);
    assert!(!desk.path("m.csv").exists());
}
