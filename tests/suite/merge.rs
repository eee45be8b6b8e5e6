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
