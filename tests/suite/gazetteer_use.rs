//! A gazetteer of the user's in `resolve`, `render`, `layers` and `check`.

use crate::common::{Desk, stderr, stdout};
use serde_json::Value;

const OWN: &str = "name,lat,lon,country\nQasr Bustan,36.011,36.702,SY\nSaraqib,35.9,36.9,SY\n";
const INCIDENTS: &str =
    "date,place,kind\n2020-01-10,Qasr Bustan,air strike\n2020-01-11,Saraqib,shelling\n";

#[test]
fn a_table_is_laid_over_the_embedded_gazetteer() {
    let desk = Desk::new();
    desk.file("own.csv", OWN);
    let said = stdout(
        &desk
            .dateline(&[
                "resolve",
                "--gazetteer",
                "own.csv",
                "--format",
                "json",
                "Qasr Bustan",
                "Khan Sheikhun",
            ])
            .assert()
            .success(),
    );
    let status: Vec<Value> = said
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["status"].clone())
        .collect();
    assert_eq!(status, ["place", "place"]);
}

#[test]
fn a_spec_names_it_and_the_manifest_lists_it() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("maps")).unwrap();
    desk.file("maps/own.csv", OWN)
        .file("maps/incidents.csv", INCIDENTS)
        .file(
            "maps/map.toml",
            "incidents = \"incidents.csv\"\ngazetteer = \"own.csv\"\nout = \"out\"\n",
        );
    desk.dateline(&["layers", "maps/map.toml"])
        .assert()
        .success();
    let names: Vec<String> = desk
        .features("maps/out/layers/incidents.geojson")
        .iter()
        .map(|feature| {
            feature["properties"]["place"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    assert_eq!(names.len(), 2, "both are placed: {names:?}");
    let inputs = desk.json("maps/out/manifest.json")["inputs"].clone();
    let input = inputs
        .as_array()
        .unwrap()
        .iter()
        .find(|input| input["path"].as_str().unwrap().ends_with("own.csv"));
    let input = input.expect("the gazetteer is an input");
    assert_eq!(input["rows"], 2);
    assert_eq!(input["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn files_that_are_none_are_named() {
    let desk = Desk::new();
    desk.file("bad.gaz", b"dateline gazette\x01\0\0\0 and what follows, which is too little for a header of sixty-four");
    let said = stderr(
        &desk
            .dateline(&[
                "resolve",
                "--gazetteer",
                "bad.gaz",
                "--gazetteer",
                "absent.csv",
                "Idlib",
            ])
            .assert()
            .code(1),
    );
    assert!(
        said.contains("bad.gaz: compiled gazetteer of version 1")
            && said.contains("absent.csv: cannot be read"),
        "{said}"
    );
}

#[test]
fn lists_are_filtered() {
    let desk = Desk::new();
    let list = |args: &[&str]| {
        let all: Vec<&str> = ["gazetteer", "list", "--format", "csv"]
            .iter()
            .chain(args)
            .copied()
            .collect();
        stdout(&desk.dateline(&all).assert().success())
    };
    let near = list(&["--near", "35.64,36.67", "--km", "2"]);
    assert!(
        near.lines().nth(1).unwrap().contains("Maarrat al-Numan"),
        "{near}"
    );
    let cities = list(&["--country", "Syria", "--kind", "city", "--admin1", "SY07"]);
    assert!(
        cities.contains(",Idlib,city,") && !cities.contains(",Hama,"),
        "{cities}"
    );
    let said = stderr(
        &desk
            .dateline(&["gazetteer", "list", "--admin1", "Narnia"])
            .assert()
            .code(1),
    );
    assert!(said.contains("no admin area \"Narnia\""), "{said}");
}

#[test]
fn the_other_end_of_a_displacement_decides() {
    let desk = Desk::new();
    // Two villages of one name, one near each origin.
    desk.file("own.csv", "name,lat,lon,country\nQasr Mushtarak,35.95,36.75,SY\nQasr Mushtarak,32.7,36.2,SY\n")
        .file("displacement.csv", "date,origin,destination,people\n2020-01-10,Saraqib,Qasr Mushtarak,500\n2020-01-11,Daraa city,Qasr Mushtarak,70\n");
    desk.dateline(&[
        "layers",
        "--displacement",
        "displacement.csv",
        "--gazetteer",
        "own.csv",
    ])
    .assert()
    .success();
    let mut ends: Vec<f64> = desk
        .features("output/layers/flows.geojson")
        .iter()
        .map(|flow| flow["geometry"]["coordinates"][1][1].as_f64().unwrap())
        .collect();
    ends.sort_by(f64::total_cmp);
    assert_eq!(ends.len(), 2, "{}", desk.text("output/left-out.csv"));
    assert!(
        (ends[0] - 32.7).abs() < 0.01 && (ends[1] - 35.95).abs() < 0.01,
        "{ends:?}"
    );
}
