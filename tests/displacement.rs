//! Maps of displacement: what their arrows join, which ground they show, and what they say of people without an arrow.

mod common;

use common::Desk;
use serde_json::Value;

/// A matrix of eight of Syria's fourteen governorates, one of which no city has the name of.
const GOVERNORATES: &str = "\
From;Aleppo;Idlib;Hama;Homs;Rural Damascus;Damascus;Raqqa;Daraa
Aleppo;900;500;20;;;;300;
Hama;40;700;100;60;;;;
Unknown;;;;;;;;250
Rural Damascus;;30;;;80;90;;15
";

fn render(desk: &Desk, args: &[&str]) {
    let all: Vec<&str> = ["render", "--formats", "svg"]
        .iter()
        .chain(args)
        .copied()
        .collect();
    desk.dateline(&all).assert().success();
}

fn precisions(flows: &[Value], end: &str) -> Vec<i64> {
    let mut found: Vec<i64> = flows
        .iter()
        .filter_map(|flow| flow["properties"][format!("{end}_precision")].as_i64())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn a_matrix_of_governorates_joins_areas_and_one_of_cities_towns() {
    let desk = Desk::new();
    desk.file("governorates.csv", GOVERNORATES).file(
        "cities.csv",
        "From;Aleppo;Idlib;Hama;Homs\nAleppo;;5;7;\nHama;3;;;\nHoms;;2;;\n",
    );
    let layers = |table: &str| {
        let args = ["layers", "--displacement", table, "--period", "2017-03"];
        desk.dateline(&args).assert().success();
        desk.features("output/layers/flows.geojson")
    };
    let flows = layers("governorates.csv");
    assert_eq!(flows.len(), 9);
    assert_eq!(precisions(&flows, "origin"), [4]);
    assert_eq!(precisions(&flows, "destination"), [4]);
    let basis = flows[0]["properties"]["origin_basis"].as_str().unwrap();
    assert!(basis.contains("8 of the 14 governorates"), "{basis}");
    // Four cities are also four governorates, but most of those are missing.
    assert_eq!(precisions(&layers("cities.csv"), "origin"), [1]);
}

#[test]
fn people_without_an_arrow_are_counted_in_people() {
    let desk = Desk::new();
    desk.file("matrix.csv", GOVERNORATES);
    render(
        &desk,
        &["--displacement", "matrix.csv", "--period", "2017-03"],
    );
    let files = desk.files("output");
    let svg = files.iter().find(|(name, _)| name.ends_with(".svg"));
    let svg = String::from_utf8_lossy(svg.expect("a map").1).into_owned();
    for said in ["(250 people)", "(1,080 people)", "1,755 people"] {
        assert!(svg.contains(said), "{said}");
    }
    let counts = &desk.json("output/manifest.json")["counts"];
    assert_eq!(counts["people_within"], 1080);
    assert_eq!(counts["people_open_ended"], 250);
}

#[test]
fn small_flows_are_left_away_where_asked_and_the_map_says_so() {
    let desk = Desk::new();
    let mut table = "date,origin,destination,people\n2020-01-05,Saraqib,Azaz,900\n".to_owned();
    for town in ["Afrin", "Ariha", "Harim", "Salqin"] {
        table.push_str(&format!("2020-01-05,Saraqib,{town},30\n"));
    }
    desk.file("displacement.csv", table);
    let map = |args: &[&str]| {
        let tables = ["--displacement", "displacement.csv"];
        let all: Vec<&str> = tables.iter().chain(args).copied().collect();
        render(&desk, &all);
        let files = desk.files("output");
        let svg = files.iter().find(|(name, _)| name.ends_with(".svg"));
        String::from_utf8_lossy(svg.expect("a map").1).into_owned()
    };
    let all = map(&[]);
    assert!(all.contains("5 flows") && !all.contains("Not drawn"));
    let most = map(&["--flows-min", "100"]);
    assert!(most.contains("the 1 largest of 5 flows"));
    assert!(most.contains("Not drawn: 4 flows of fewer than 100 people each, 12 % of the people"));
    // Nothing of it is lost.
    assert_eq!(desk.features("output/layers/flows.geojson").len(), 5);
}

#[test]
fn far_ends_of_hardly_anyone_do_not_shrink_the_map() {
    let desk = Desk::new();
    let scale = |far: &str| {
        let table = format!(
            "date,origin,destination,people\n2020-01-05,Saraqib,Azaz,9000\n2020-01-05,Idlib,Afrin,8000\n\
             2020-01-06,Saraqib,Al-Hasakah,{far}\n"
        );
        desk.file("displacement.csv", table);
        render(&desk, &["--displacement", "displacement.csv"]);
        let files = desk.files("output");
        let svg = files.iter().find(|(name, _)| name.ends_with(".svg"));
        let svg = String::from_utf8_lossy(svg.expect("a map").1).into_owned();
        assert!(svg.contains("3 flows"));
        // Its arrow says where it goes, where the place itself is off the map.
        let beyond = svg.contains(">to Al-Hasakah<");
        assert_eq!(svg.contains(">Al-Hasakah<"), !beyond);
        beyond
    };
    assert!(!scale("3000"));
    assert!(scale("20"));
}

#[test]
fn the_map_of_displacement_shows_its_own_ground_where_that_is_left_open() {
    let desk = Desk::new();
    desk.file(
        "incidents.csv",
        "date,place,kind\n2020-01-03,Daraa,shelling\n2020-01-04,Al-Hasakah,shelling\n",
    )
    .file(
        "displacement.csv",
        "date,origin,destination,people\n2020-01-05,Saraqib,Azaz,400\n",
    );
    let tables = [
        "--incidents",
        "incidents.csv",
        "--displacement",
        "displacement.csv",
    ];
    // South of what the flow needs, north-east of it.
    let names = |args: &[&str]| {
        let all: Vec<&str> = tables.iter().chain(args).copied().collect();
        render(&desk, &all);
        let files = desk.files("output");
        let map = files
            .iter()
            .find(|(name, _)| name.ends_with("_displacement.svg"));
        let svg = String::from_utf8_lossy(map.expect("a map").1).into_owned();
        ["Azaz", "Damascus"].map(|name| svg.contains(name))
    };
    assert_eq!(names(&[]), [true, false]);
    assert_eq!(names(&["--extent", "Syria"]), [true, true]);
    assert_eq!(
        names(&["--extent", "Syria", "--flow-extent", "flows"]),
        [true, false]
    );
    desk.dateline(&["render", "--flow-extent", "Atlantis"])
        .assert()
        .failure();
}
