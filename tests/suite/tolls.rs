//! The layer of tolls: what the map of people killed draws, place by place.

use serde_json::{Value, json};

use crate::common::Desk;

const INCIDENTS: &str = "\
date,place,kind,killed,lat,lon,precision
2020-01-02,A,shelling,6-9,35.9,36.6,
2020-01-03,A,shelling,2,35.9,36.6,
2020-01-03,B,shelling,4,36.2,37.1,
2020-01-04,B,shelling,,36.2,37.1,
2020-01-04,C,shelling,0,35.1,36.7,
2020-01-04,D,shelling,,35.4,36.8,
2020-01-05,,shelling,>=5,35.9,36.7,4
";

fn drawn(maps: &str) -> Desk {
    let desk = Desk::new();
    desk.file("i.csv", INCIDENTS);
    let args = ["layers", "--incidents", "i.csv", "--maps", maps];
    desk.dateline(&args)
        .args(["--geopackage"])
        .assert()
        .success();
    desk
}

fn told(feature: &Value) -> Value {
    let one = &feature["properties"];
    json!([
        one["symbol"],
        one["disc"],
        one["ring"],
        one["figure"],
        one["incidents"],
        one["incidents_unknown"]
    ])
}

#[test]
fn each_place_has_the_figures_that_are_drawn_and_all_add_up() {
    let desk = drawn("killed");
    let tolls = desk.features("output/layers/tolls.geojson");
    let found: Vec<Value> = tolls.iter().map(told).collect();
    let wanted = [
        json!(["area", null, null, "at least 5 killed", 1, 0]),
        json!(["toll", 8, 11, "8–11", 2, 0]),
        // One of the two may have killed any number.
        json!(["toll", 4, null, "4+", 2, 1]),
        json!(["nobody", null, null, null, 1, 0]),
        json!(["unknown", null, null, null, 1, 1]),
    ];
    assert_eq!(found, wanted);
    let low = tolls
        .iter()
        .filter_map(|one| one["properties"]["killed_low"].as_u64());
    let counts = &desk.json("output/manifest.json")["counts"];
    assert_eq!(counts["killed_low"], low.sum::<u64>());
    let style = desk.text("output/layers/tolls.qml");
    assert!(
        roxmltree::Document::parse_with_options(
            &style,
            roxmltree::ParsingOptions {
                allow_dtd: true,
                ..Default::default()
            }
        )
        .is_ok()
    );
}

#[test]
fn it_is_there_if_the_map_is() {
    let files = drawn("density").files("output/layers");
    assert!(!files.keys().any(|name| name.contains("toll")), "{files:?}");
}
