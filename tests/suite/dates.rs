//! Dates wider than the period of the map, and the tolls that go with them.

use crate::common::{Desk, stderr};
use serde_json::Value;

/// One incident of a known day, one of some day of the month, one of some day of the year, one of about a day.
const INCIDENTS: &str = "\
id,date,place,admin1,kind,killed
sure,2020-01-10,Saraqib,Idlib,shelling,6
month,2020-01,Ariha,Idlib,shelling,31
year,2020,Binnish,Idlib,shelling,
about,2020-01-12~,Idlib,Idlib,shelling,4-5
";
const DISPLACEMENT: &str = "\
date,origin,destination,people
2020-01-10,Saraqib,Azaz,1000
2020-01,Saraqib,Afrin,3100
";
/// Ten of the month's days.
const TEN_DAYS: [&str; 2] = ["--period", "2020-01-08/2020-01-17"];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("incidents.csv", INCIDENTS)
        .file("displacement.csv", DISPLACEMENT);
    desk
}

/// Renders with these arguments: the counts of the manifest, the two maps as SVG, and the summary.
fn render(desk: &Desk, args: &[&str]) -> (Value, [String; 2], String) {
    let mut all = vec![
        "render",
        "--formats",
        "svg",
        "--maps",
        "killed,displacement",
    ];
    all.extend(["--incidents", "incidents.csv"]);
    all.extend(["--displacement", "displacement.csv"]);
    all.extend(TEN_DAYS);
    all.extend(args);
    let said = stderr(&desk.dateline(&all).assert().success());
    let files = desk.files("output");
    let map = |kind: &str| {
        let ending = format!("_{kind}.svg");
        let found = files.iter().find(|(name, _)| name.ends_with(&ending));
        String::from_utf8_lossy(found.expect("a map").1).into_owned()
    };
    let counts = desk.json("output/manifest.json")["counts"].clone();
    (counts, [map("killed"), map("displacement")], said)
}

fn ids(desk: &Desk) -> Vec<(String, f64)> {
    let features = desk.features("output/layers/incidents.geojson");
    let id = |feature: &Value| {
        let properties = &feature["properties"];
        (
            properties["id"].as_str().unwrap().to_owned(),
            properties["date_share"].as_f64().unwrap(),
        )
    };
    features.iter().map(id).collect()
}

#[test]
fn all_count_in_full_and_are_marked_unless_asked_otherwise() {
    let desk = desk();
    let (counts, [killed, moved], said) = render(&desk, &[]);
    assert_eq!(ids(&desk).len(), 4);
    assert_eq!(counts["incidents_date_uncertain"], 3);
    assert_eq!(counts["incidents_counted"], 4.0);
    // One has no figure: the sum is "at least".
    assert_eq!(
        (&counts["killed_low"], &counts["killed_high"]),
        (&6.into(), &Value::Null)
    );
    // Those of uncertain dates may be none of them.
    assert!(killed.contains("at least 6 killed"));
    assert!(killed.contains("Dates of 3 may lie outside of the period; they count in full, their killed in the highest figures only."));
    assert!(moved.contains("Dates of 1 report may lie outside of the period"));
    assert!(
        said.contains("3 with an uncertain date, counted in full"),
        "{said}"
    );
    assert_eq!(
        desk.json("output/manifest.json")["settings"]["dates"],
        "any"
    );
}

#[test]
fn a_share_is_the_part_of_the_days_within() {
    let desk = desk();
    let (counts, [killed, moved], said) = render(&desk, &["--dates", "share"]);
    let shares = ids(&desk);
    let share = |id: &str| shares.iter().find(|(one, _)| one == id).unwrap().1;
    assert_eq!(share("sure"), 1.0);
    assert!((share("month") - 10.0 / 31.0).abs() < 1e-4);
    assert!((share("year") - 10.0 / 366.0).abs() < 1e-4);
    assert_eq!(counts["incidents_date_shared"], 2);
    assert_eq!(counts["incidents_counted"], 2.35);
    // Those that may not belong here may add nobody, or all of theirs.
    assert_eq!(counts["killed_low"], 6);
    assert_eq!(counts["killed_high"], Value::Null);
    assert!(killed.contains("2–4 incidents"));
    assert!(killed.contains("2 of these count by the part of their days within, together as 0.4, and from none to all of their killed."));
    assert_eq!(
        (
            &counts["people_low"],
            &counts["people_best"],
            &counts["people_high"]
        ),
        (&1000.into(), &2000.into(), &4100.into())
    );
    assert!(moved.contains("count by the part of their days within"));
    assert!(said.contains("all together as 2.35"), "{said}");
}

#[test]
fn a_share_is_what_density_and_clusters_take() {
    let desk = Desk::new();
    let mut table = "date,place,admin1,kind,killed\n".to_owned();
    for _ in 0..10 {
        table.push_str("2020-01,Saraqib,Idlib,shelling,1\n");
    }
    desk.file("incidents.csv", table);
    let layers = |args: &[&str]| {
        let mut all = vec![
            "layers",
            "--incidents",
            "incidents.csv",
            "--bandwidth-km",
            "5",
        ];
        all.extend(TEN_DAYS);
        all.extend(args);
        desk.dateline(&all).assert().success();
        let densest = desk.features("output/layers/density.geojson");
        let densest = densest
            .iter()
            .filter_map(|band| band["properties"]["density_to"].as_f64());
        let cluster = desk.features("output/layers/clusters.geojson")[0]["properties"].clone();
        (densest.fold(0.0, f64::max), cluster)
    };
    let (all, cluster) = layers(&[]);
    assert_eq!(cluster["killed_best"], 10);
    let (part, cluster) = layers(&["--dates", "share"]);
    assert_eq!(
        (
            &cluster["killed_low"],
            &cluster["killed_best"],
            &cluster["killed_high"]
        ),
        (&0.into(), &3.into(), &10.into())
    );
    assert_eq!(cluster["incidents_counted"], 3.23);
    // Upper ends of classes, which go by 1, 2, 5.
    assert!(part <= 0.5 * all, "{part} {all}");
}

#[test]
fn only_what_is_certain_where_asked_and_the_rest_is_listed() {
    let desk = desk();
    let (counts, [killed, moved], said) = render(&desk, &["--dates", "certain"]);
    assert_eq!(ids(&desk), [("sure".to_owned(), 1.0)]);
    assert_eq!(counts["incidents_date_left_out"], 3);
    assert_eq!(counts["displacement_date_left_out"], 1);
    assert!(killed.contains("6 killed") && !killed.contains("at least 6"));
    assert!(killed.contains("3 perhaps outside of it"));
    assert!(moved.contains("1,000 people"));
    assert!(said.contains("3 left out for their dates"), "{said}");
    let left_out = desk.text("output/left-out.csv");
    assert_eq!(
        left_out.matches("date not certainly in period").count(),
        4,
        "{left_out}"
    );
}

#[test]
fn without_a_period_no_date_lies_outside() {
    let desk = desk();
    for rule in ["share", "certain"] {
        let args = ["layers", "--incidents", "incidents.csv", "--dates", rule];
        desk.dateline(&args).assert().success();
        assert_eq!(ids(&desk).len(), 4, "{rule}");
    }
}

#[test]
fn another_rule_is_refused() {
    let desk = desk();
    let args = ["layers", "--incidents", "incidents.csv", "--dates", "some"];
    let said = stderr(&desk.dateline(&args).assert().code(1));
    assert!(
        said.contains("any") && said.contains("share") && said.contains("certain"),
        "{said}"
    );
}

#[test]
fn a_retelling_adds_nobody() {
    let killed = |retelling: &str| {
        let desk = Desk::new();
        let table = format!(
            "id,date,place,kind,killed\na,2020-01-10,Saraqib,shelling,6-9\n{retelling}b,2020-01-11,Ariha,shelling,>=2\n"
        );
        desk.file("incidents.csv", table);
        desk.dateline(&["layers", "--incidents", "incidents.csv"])
            .assert()
            .success();
        let counts = &desk.json("output/manifest.json")["counts"];
        ["killed_low", "killed_best", "killed_high"].map(|name| counts[name].as_u64())
    };
    let once = killed("");
    assert_eq!(once, [Some(8), None, None]);
    for retelling in ["6", "9", "7-8", ""] {
        assert_eq!(
            killed(&format!("a,2020-01-10,Saraqib,shelling,{retelling}\n")),
            once,
            "{retelling}"
        );
    }
}
