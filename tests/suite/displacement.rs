//! Maps of displacement: what their arrows join, which ground they show, and what they say of people without an arrow.

use crate::common::Desk;
use dateline::gazetteer::Gazetteer;
use dateline::ground::Extent;
use dateline::ground::basemap::Basemap;
use dateline::layer::{self, FlowLevel, Guard, Locator, Reason, Window};
use dateline::record::{Count, DateRule, Displacement};
use proptest::prelude::*;
use serde_json::{Value, json};

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
    let mut flows = layers("governorates.csv");
    flows.retain(|flow| !flow["geometry"].is_null());
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
    for said in [
        "250, origin unknown",
        "250 of unknown origin",
        "(1,080 people)",
        "1,755 people",
        "Shown: 10 of 13 figures",
        "Origin or destination not known",
    ] {
        assert!(svg.contains(said), "{said}");
    }
    assert!(!svg.contains("without origin"), "they are on the map");
    let counts = &desk.json("output/manifest.json")["counts"];
    assert_eq!(counts["people_within"], 1080);
    assert_eq!(counts["people_one_end"], 250);
    assert_eq!(counts["people_open_ended"], 0);
}

#[test]
fn an_unknown_end_is_told_alike_in_the_map_the_caption_and_the_lists() {
    let desk = Desk::new();
    desk.file(
        "d.csv",
        "date,origin,destination,people,source,url\n\
         2022-08-03,,Homs,>=250,Desk X,https://example.org/x\n\
         2022-08-04,Idlib,Azaz,1200,Desk Y,\n\
         2022-08-04,,Hama,300-400,Desk Z,\n\
         2022-08-05,,Nowhere-on-Sea,7,Desk Q,\n",
    );
    render(&desk, &["--displacement", "d.csv"]);
    let files = desk.files("output");
    let of = |ending: &str| {
        let file = files.iter().find(|(name, _)| name.ends_with(ending));
        String::from_utf8_lossy(file.expect("written").1).replace('\n', " ")
    };
    let (svg, caption) = (of("_displacement.svg"), of("_displacement.md"));
    for said in [
        "at least 550 of unknown origin in 2 reports",
        "Shown: 3 of 4 reports",
    ] {
        assert!(svg.contains(said) && caption.contains(said), "{said}");
    }
    // The ground and the days are those of all that is drawn.
    assert!(
        svg.contains(">Homs: at least 250, origin unknown<"),
        "Homs is on the map"
    );
    assert!(caption.contains("3–4 August 2022"), "{caption}");
    for said in [
        "to Homs, nobody says from where: at least 250 (Desk X)",
        "to Hama, nobody says from where: 300–400 (Desk Z)",
        "Desk X (1 flow): <https://example.org/x>",
    ] {
        assert!(caption.contains(said), "{said}: {caption}");
    }
    let left_out = desk.text("output/left-out.csv");
    assert_eq!(left_out.lines().count(), 2, "{left_out}");
    assert!(left_out.contains("Nowhere-on-Sea"));
    let manifest = desk.json("output/manifest.json");
    assert_eq!(manifest["counts"]["displacement_drawn"], 3);
    assert_eq!(manifest["counts"]["people_one_end_low"], 550);
    assert_eq!(manifest["left_out"]["origin or destination not given"], 1);
}

#[test]
fn reports_of_one_end_alone_make_a_map() {
    let desk = Desk::new();
    let table = "date,origin,destination,people\n2022-08-03,,Homs,>=250\n";
    desk.file("d.csv", table);
    render(&desk, &["--displacement", "d.csv"]);
    let files = desk.files("output");
    let caption = files.iter().find(|(name, _)| name.ends_with(".md"));
    let caption = String::from_utf8_lossy(caption.expect("a caption").1).into_owned();
    assert!(
        caption.contains("at least 250 of unknown origin in 1 report"),
        "{caption}"
    );
    assert!(
        !caption.contains("can be drawn") && !caption.contains("0 flows"),
        "{caption}"
    );
    assert!(
        !desk.path("output/left-out.csv").exists()
            || desk.text("output/left-out.csv").lines().count() <= 1
    );
}

/// Svg of the map of displacement of a table.
fn map_of(table: &str) -> String {
    let desk = Desk::new();
    desk.file("displacement.csv", table);
    render(&desk, &["--displacement", "displacement.csv"]);
    let files = desk.files("output");
    let svg = files.iter().find(|(name, _)| name.ends_with(".svg"));
    String::from_utf8_lossy(svg.expect("a map").1).into_owned()
}

#[test]
fn people_of_unknown_origin_are_at_the_place_that_others_of_its_name_are_at() {
    let flows = "date,origin,destination,people\n2020-01-05,Saraqib,Tripoli,900\n2020-01-05,Beirut,Tripoli,900\n";
    let svg = map_of(&format!(
        "{flows}2020-01-06,,Tripoli,700\n2020-01-06,Beirut,,50\n2020-01-06,,Nowhere-on-Sea,3\n"
    ));
    for said in [
        ">700, origin unknown<",
        ">50, destination unknown<",
        "750 of unknown origin or destination in 2 reports",
        "1 without origin or destination (about 3 people)",
    ] {
        assert!(svg.contains(said), "{said}");
    }
}

#[test]
fn one_is_one_in_every_sentence() {
    let svg = map_of(
        "date,origin,destination,people\n2020-01-05,Saraqib,Idlib,1\n2020-01-05,,Nowhere-on-Sea,1\n",
    );
    for said in ["1 person", "1 flow from 1 report", "(about 1 person)"] {
        assert!(svg.contains(said), "{said}");
    }
    for wrong in ["1 people", "1 flows", "1 reports"] {
        assert!(!svg.contains(wrong), "{wrong}");
    }
    let desk = Desk::new();
    desk.file("i.csv", "date,place,kind\n2020-01-02,Idlib,air strike\n");
    let args = ["batch", "--incidents", "i.csv", "--every", "day"];
    let run = desk.dateline(&[&args[..], &["--formats", "svg"]].concat());
    let mut run = run;
    let told = crate::common::stderr(&run.assert().success());
    assert!(told.contains("1 of 1 frame, every day"), "{told}");
}

#[test]
fn of_very_many_flows_the_small_are_hair_lines_and_the_map_says_how_many() {
    let towns = [
        "Azaz", "Afrin", "Ariha", "Harim", "Salqin", "Idlib", "Saraqib", "Al-Bab",
    ];
    let mut table = "date,origin,destination,people\n".to_owned();
    for from in towns {
        for to in towns.iter().filter(|to| **to != from) {
            let people = if from == "Saraqib" { 900 } else { 20 };
            table.push_str(&format!("2020-01-05,{from},{to},{people}\n"));
        }
    }
    let svg = map_of(&table);
    for said in [
        "56 flows",
        "Hair lines: 49 flows of fewer than 900 people each, 980 people together, 13 % of all",
        "Fewer than 900 people",
    ] {
        assert!(svg.contains(said), "{said}");
    }
    // None of them has a figure, each of the others one or a word that it has none.
    assert!(!svg.contains(">20<"));
    let figures = svg.matches(">900<").count();
    let bare = svg.contains(&format!("No room for the figures of {} arrow", 7 - figures));
    assert!(figures == 7 || bare, "{figures}");
    // A few flows are all arrows, however small.
    let few: String = table.lines().take(30).collect::<Vec<_>>().join("\n");
    assert!(!map_of(&few).contains("Hair lines"));
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

/// Sum of a column over the features of the layer of flows.
fn sum(flows: &[Value], column: &str) -> u64 {
    let figures = flows.iter().map(|flow| &flow["properties"][column]);
    figures.filter_map(Value::as_u64).sum()
}

#[test]
fn a_matrix_reads_back_to_its_total() {
    let desk = Desk::new();
    desk.file("matrix.csv", GOVERNORATES);
    for args in [&[][..], &["--flows", "governorate"], &["--net"]] {
        let all = [
            "layers",
            "--displacement",
            "matrix.csv",
            "--period",
            "2017-03",
        ];
        let all: Vec<&str> = all.iter().chain(args).copied().collect();
        desk.dateline(&all).assert().success();
        let flows = desk.features("output/layers/flows.geojson");
        let one_ended = desk.features("output/layers/open_flows.geojson");
        // Net flows set people off twice: once on each side.
        let total = sum(&flows, "people_best") + 2 * sum(&flows, "back_best");
        assert_eq!(total + sum(&one_ended, "people_best"), 3085, "{args:?}");
        let unseen = flows.iter().filter(|flow| flow["geometry"].is_null());
        let open: Vec<&Value> = unseen.chain(&one_ended).collect();
        let people = |origin: Value| -> u64 {
            let of = open
                .iter()
                .filter(|flow| flow["properties"]["origin"] == origin);
            of.filter_map(|flow| flow["properties"]["people_best"].as_u64())
                .sum()
        };
        assert_eq!(people(Value::Null), 250, "of unknown origin");
        assert_eq!(people("Aleppo".into()), 900, "within one governorate");
        let counts = &desk.json("output/manifest.json")["counts"];
        let said = [
            "named_people",
            "people_within",
            "people_one_end",
            "people_open_ended",
            "people_unplaced",
            "people_outside",
        ];
        let said: u64 = said.iter().filter_map(|name| counts[name].as_u64()).sum();
        assert_eq!(said, 3085, "{args:?}");
    }
}

#[test]
fn those_with_one_known_end_are_a_layer_of_their_own() {
    let desk = Desk::new();
    desk.file(
        "displacement.csv",
        "date,origin,destination,people\n2020-01-05,Saraqib,Azaz,900\n2020-01-06,,Azaz,700\n2020-01-06,Ariha,,300\n\
         2020-01-06,,Idlib governorate,>=250\n2020-01-07,Idlib,Idlib,70\n2020-01-07,,,40\n",
    );
    let args = ["layers", "--displacement", "displacement.csv"];
    desk.dateline(&args).assert().success();
    let told = |flow: &Value| {
        let one = &flow["properties"];
        json!([
            one["origin"],
            one["destination"],
            one["origin_precision"],
            one["destination_precision"],
            one["people_low"],
            one["arrow"],
            flow["geometry"]["type"]
        ])
    };
    let open = desk.features("output/layers/open_flows.geojson");
    let wanted = [
        json!([null, "Azaz", null, 1, 700, "origin unknown", "Point"]),
        json!(["Ariha", null, 1, null, 300, "destination unknown", "Point"]),
        json!([
            null,
            "Idlib governorate",
            null,
            4,
            250,
            "origin unknown",
            "Point"
        ]),
    ];
    assert_eq!(open.iter().map(told).collect::<Vec<_>>(), wanted);
    let flows = desk.features("output/layers/flows.geojson");
    let shapes: Vec<_> = flows.iter().map(|flow| &flow["geometry"]["type"]).collect();
    assert_eq!(shapes, [&json!("LineString"), &Value::Null, &Value::Null]);
    // Each in one of the two, once.
    let both: Vec<Value> = flows.into_iter().chain(open).collect();
    assert_eq!(sum(&both, "people_low"), 900 + 700 + 300 + 250 + 70 + 40);
    // What is drawn is not left out.
    let left_out = desk.text("output/left-out.csv");
    assert_eq!(left_out.lines().count(), 3, "{left_out}");
}

#[test]
fn flows_are_taken_together_to_governorates_where_asked() {
    let desk = Desk::new();
    desk.file(
        "displacement.csv",
        "date,origin,destination,people\n2020-01-05,Saraqib,Azaz,900\n2020-01-06,Ariha,Afrin,300\n\
         2020-01-07,Idlib governorate,Azaz,70\n2020-01-08,Saraqib,Ariha,20\n2020-01-09,Azaz,Ariha,5\n",
    );
    let flows = |args: &[&str]| {
        let all = ["layers", "--displacement", "displacement.csv"];
        let all: Vec<&str> = all.iter().chain(args).copied().collect();
        desk.dateline(&all).assert().success();
        desk.features("output/layers/flows.geojson")
    };
    assert_eq!(flows(&[]).len(), 5);
    let found = flows(&["--flows", "governorate"]);
    let said: Vec<_> = found
        .iter()
        .map(|flow| {
            let p = &flow["properties"];
            (
                p["origin"].as_str().unwrap(),
                p["destination"].as_str().unwrap(),
                p["people_best"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("Idlib governorate", "Aleppo governorate", 1270),
            ("Aleppo governorate", "Idlib governorate", 5),
            ("Saraqib", "Ariha", 20),
        ]
    );
    assert!(found[2]["geometry"].is_null(), "within one governorate");
    let net = flows(&["--flows", "governorate", "--net"]);
    assert_eq!(net.len(), 2);
    assert_eq!(
        (sum(&net[..1], "people_best"), sum(&net[..1], "back_best")),
        (1265, 5)
    );
    render(
        &desk,
        &[
            "--displacement",
            "displacement.csv",
            "--flows",
            "governorate",
            "--net",
        ],
    );
    let files = desk.files("output");
    let svg = files.iter().find(|(name, _)| name.ends_with(".svg"));
    let svg = String::from_utf8_lossy(svg.expect("a map").1).into_owned();
    for said in ["Net displacement", "net 1,265", "between governorates"] {
        assert!(svg.contains(said), "{said}");
    }
}

#[test]
fn districts_are_known_where_boundaries_are_given() {
    let desk = Desk::new();
    let square = |w: f64, s: f64, e: f64, n: f64, name: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"name":"{name}","level":2,"country":"SY"}},
            "geometry":{{"type":"Polygon","coordinates":[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]}}}}"#
        )
    };
    let (one, other) = (
        square(36.7, 35.8, 36.9, 36.0, "Idlib"),
        square(36.9, 36.5, 37.2, 36.7, "Otherfield"),
    );
    desk.file(
        "districts.geojson",
        format!(r#"{{"type":"FeatureCollection","features":[{one},{other}]}}"#),
    )
    .file(
        "displacement.csv",
        "date,origin,destination,people\n2020-01-05,Saraqib,Azaz,900\n2020-01-05,Saraqib,Daraa,7\n",
    );
    let args = [
        "layers",
        "--displacement",
        "displacement.csv",
        "--flows",
        "district",
        "--boundaries",
        "districts.geojson",
    ];
    desk.dateline(&args).assert().success();
    let flows = desk.features("output/layers/flows.geojson");
    let ends = |flow: &Value| {
        ["origin", "destination"].map(|end| flow["properties"][end].as_str().unwrap().to_owned())
    };
    assert_eq!(ends(&flows[0]), ["Idlib district", "Otherfield district"]);
    assert_eq!(
        ends(&flows[1]),
        ["Idlib district", "Daraa"],
        "no district is known there"
    );
}

/// A table of displacement between names of all sorts.
fn movements() -> impl Strategy<Value = Vec<Displacement>> {
    let names = [
        "",
        "Saraqib",
        "Ariha",
        "Azaz",
        "Afrin",
        "Daraa",
        "Idlib governorate",
        "Aleppo governorate",
        "Syria",
        "Nowhere-on-Sea",
    ];
    let name = || prop::sample::select(names.to_vec());
    let when = prop::sample::select(vec!["2020-01-05", "2020-02-07", "2020"]);
    let one = (name(), name(), 0u64..10_000, when).prop_map(|(from, to, people, when)| {
        let known = |name: &str| (!name.is_empty()).then(|| name.into());
        Displacement {
            origin: known(from),
            destinations: known(to).into_iter().collect(),
            ..Displacement::new(2, when.parse().unwrap(), Count::exactly(people))
        }
    });
    prop::collection::vec(one, 0..30)
}

/// Everyone in the table is in one flow, or in one reason for none.
fn all_are_somewhere(records: &[Displacement], level: FlowLevel, net: bool) {
    let mut locator = Locator::new(Gazetteer::embedded(), Basemap::embedded());
    let window = Window {
        period: Some("2020-01".parse().unwrap()),
        rule: DateRule::Any,
    };
    let placed = layer::place_displacement(
        records.to_vec(),
        window,
        level,
        Guard::default(),
        &mut locator,
    );
    let north = Extent {
        west: 35.0,
        south: 35.0,
        east: 40.0,
        north: 37.5,
    };
    let (placed, open) = layer::flows_within_extent(placed, &north);
    let flows = layer::flows(&placed.records, level, net);
    let lines = flows.features.iter().map(|flow| &flow.attributes);
    let drawn: u64 = lines
        .map(|flow| flow.people.best.unwrap() + 2 * flow.back.best.unwrap_or(0))
        .sum();
    let open = layer::unlocated(&open, &placed.left_out);
    let open: u64 = open.iter().filter_map(|flow| flow.people.best).sum();
    let elsewhere = [
        Reason::OutsidePeriod,
        Reason::OutsideExtent,
        Reason::Unresolved,
        Reason::Ambiguous,
        Reason::TooVague,
    ];
    let elsewhere = placed.people_left_out_for(&elsewhere);
    let all: u64 = records.iter().map(|record| record.people.central()).sum();
    assert_eq!(drawn + open + elsewhere, all);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn people_are_conserved(records in movements()) {
        for level in [FlowLevel::Settlement, FlowLevel::Governorate] {
            for net in [false, true] {
                all_are_somewhere(&records, level, net);
            }
        }
    }
}
