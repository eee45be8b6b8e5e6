//! `dateline layers --only incidents`: the layer of incidents from tables of any length.

use serde_json::Value;

use crate::common::{Desk, stderr};

/// Features by id, without the cluster.
fn by_id(desk: &Desk, name: &str) -> Vec<(String, Value)> {
    let mut all: Vec<(String, Value)> = desk
        .features(name)
        .into_iter()
        .map(|mut feature| {
            feature["properties"]["cluster"] = Value::Null;
            (feature["properties"]["id"].to_string(), feature)
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// Long enough for several pieces; the claims about "a1" are far apart, and those without id stand for themselves.
fn table() -> String {
    let mut table = "id,date,kind,killed,lat,lon,source,note\n".to_owned();
    table += "a1,2020-01-02,air strike,6,35.93,36.63,SNHR,\n";
    for i in 0..12_000 {
        let id = if i % 3 == 0 {
            format!("i{i}")
        } else {
            String::new()
        };
        let (month, day) = (1 + i % 12, 1 + i % 28);
        let (lat, lon) = (
            34.5 + f64::from(i % 97) / 60.0,
            36.7 + f64::from(i % 89) / 60.0,
        );
        table += &format!(
            "{id},2020-{month:02}-{day:02},shelling,{},{lat:.4},{lon:.4},SOHR,\"{}, or so\"\n",
            i % 5,
            "words ".repeat(20)
        );
    }
    table += "a1,2020-01-03,air strike,9,35.93,36.63,SOHR,\n";
    table
}

#[test]
fn features_are_those_of_the_whole_layer() {
    let desk = Desk::new();
    let table = table();
    assert!(table.len() > 3 << 20 >> 1, "several pieces");
    desk.file("i.csv", &table);
    let tables = ["--incidents", "i.csv", "--period", "2020-01/2020-06"];
    let whole = [&["layers", "--out", "whole"], &tables[..]].concat();
    desk.dateline(&whole).assert().success();
    let only = [
        &["layers", "--only", "incidents", "--out", "only"],
        &tables[..],
    ]
    .concat();
    let run = desk.dateline(&only).assert().success();
    assert!(stderr(&run).contains("12,002 rows"), "{}", stderr(&run));
    let files: Vec<String> = desk.files("only").into_keys().collect();
    assert_eq!(files, ["layers/incidents.geojson", "left-out.csv"]);

    let layer = "layers/incidents.geojson";
    let all = by_id(&desk, &format!("whole/{layer}"));
    assert!(all.len() > 5000);
    assert!(by_id(&desk, &format!("only/{layer}")) == all);
    let bbox = |folder: &str| desk.json(&format!("{folder}/{layer}"))["bbox"].clone();
    assert_eq!(bbox("only"), bbox("whole"));
    let a1 = all.iter().find(|(id, _)| id == "\"a1\"").expect("a1");
    assert_eq!(a1.1["properties"]["claims"], 2);
    assert_eq!(a1.1["properties"]["killed_low"], 6);
    assert_eq!(a1.1["properties"]["killed_high"], 9);
    let lines = |folder: &str| desk.text(&format!("{folder}/left-out.csv")).lines().count();
    assert_eq!(lines("only"), lines("whole"));
}

#[test]
fn what_needs_all_rows_at_once_is_read_as_a_whole() {
    let desk = Desk::new();
    // A name, which other rows help to understand.
    desk.file(
        "i.csv",
        "date,kind,place,lat,lon\n2020-01-02,shelling,Idlib,,\n2020-01-02,shelling,,35.9,36.6\n",
    );
    let only = ["layers", "--only", "incidents", "--incidents", "i.csv"];
    desk.dateline(&only).assert().success();
    assert_eq!(desk.features("output/layers/incidents.geojson").len(), 2);
    let files: Vec<String> = desk.files("output").into_keys().collect();
    assert_eq!(files, ["layers/incidents.geojson", "left-out.csv"]);

    let desk = Desk::new();
    desk.file(
        "i.csv",
        "date,kind,lat,lon\n2020-01-02,shelling,35.9,36.6\n2020-13-02,shelling,35.9,366\n",
    );
    let run = desk.dateline(&only).assert().code(1);
    for words in ["row 3, date \"2020-13-02\"", "row 3, lon"] {
        assert!(stderr(&run).contains(words), "{words}: {}", stderr(&run));
    }
    assert!(!desk.path("output").exists(), "not even a folder");
}
