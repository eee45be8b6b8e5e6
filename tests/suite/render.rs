//! `dateline render` and `dateline layers`: what a user is promised, checked on what the binary wrote.

use crate::common::{Desk, stderr};
use sha2::{Digest, Sha256};

/// Two claims about one strike, a vague place, one that nobody knows, and a displacement to two places.
const INCIDENTS: &str = "\
id,date,place,admin1,kind,killed,source,survey_date,ward
a,2020-01-10,Saraqib,Idlib,air strike,6,Monitor A,2020-01-11,north
a,2020-01-10,Saraqib,Idlib,air strike,9,Monitor B,2020-01-12,
b,2020-01-12,Idlib province,,shelling,>=3,Monitor A,,
c,2020-01-15,Nowhere-on-Sea,,shelling,1,Monitor A,,
d,2020-02-01,Ariha,Idlib,clash,2,Monitor A,,
e,2020-01,Ariha,Idlib,clash,,Monitor A,,
";
const DISPLACEMENT: &str = "\
date,origin,destination,people,source
2020-01-10,Saraqib,Azaz,1000,UN
2020-01-11,Saraqib,Azaz;Afrin,500,UN
2020-01-11,,Afrin,70,UN
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("incidents.csv", INCIDENTS)
        .file("displacement.csv", DISPLACEMENT);
    desk
}

fn layers(desk: &Desk, args: &[&str]) -> String {
    let mut all = vec![
        "layers",
        "--incidents",
        "incidents.csv",
        "--displacement",
        "displacement.csv",
    ];
    all.extend(args);
    stderr(&desk.dateline(&all).assert().success())
}

#[test]
fn without_arguments_the_example_data_is_rendered() {
    let desk = Desk::new();
    desk.dateline(&["render"]).assert().success();
    let files = desk.files("output");
    for folder in ["", "synthetic/"] {
        for file in ["incidents", "clusters", "density", "flows", "places"] {
            assert!(
                files.contains_key(&format!("{folder}layers/{file}.geojson")),
                "{folder}{file}"
            );
        }
        for kind in ["density", "displacement"] {
            let is = |ending: &str| {
                let ending = format!("_{kind}.{ending}");
                files.iter().find(|(name, _)| {
                    name.strip_prefix(folder)
                        .is_some_and(|name| !name.contains('/') && name.ends_with(&ending))
                })
            };
            let (_, png) = is("png").expect("a PNG");
            let reader = png::Decoder::new(std::io::Cursor::new(png))
                .read_info()
                .expect("a PNG that can be read");
            assert_eq!((reader.info().width, reader.info().height), (1600, 1200));
            let (_, svg) = is("svg").expect("an SVG");
            let invented = String::from_utf8_lossy(svg)
                .to_lowercase()
                .contains("synthetic");
            assert_eq!(
                invented,
                folder == "synthetic/",
                "maps of invented data say so, others do not"
            );
        }
        assert!(files.contains_key(&format!("{folder}left-out.csv")));
    }
}

#[test]
fn the_manifest_accounts_for_every_file() {
    let desk = desk();
    let args = [
        "render",
        "--incidents",
        "incidents.csv",
        "--displacement",
        "displacement.csv",
        "--period",
        "2020-01",
    ];
    desk.dateline(&args).assert().success();
    let manifest = desk.json("output/manifest.json");
    let mut files = desk.files("output");
    files.remove("manifest.json");
    let outputs = manifest["outputs"].as_array().unwrap();
    assert_eq!(outputs.len(), files.len());
    for output in outputs {
        let bytes = &files[output["path"].as_str().unwrap()];
        let hash: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(output["sha256"], hash, "{output}");
    }
    assert_eq!(manifest["inputs"][0]["rows"], 6);
}

#[test]
fn the_same_inputs_give_the_same_bytes_for_any_number_of_threads() {
    let desk = desk();
    for (out, threads) in [("one", "1"), ("four", "4")] {
        let args = [
            "render",
            "--incidents",
            "incidents.csv",
            "--displacement",
            "displacement.csv",
            "--out",
            out,
        ];
        desk.dateline(&args)
            .env("RAYON_NUM_THREADS", threads)
            .assert()
            .success();
    }
    assert_eq!(
        desk.files("one").keys().collect::<Vec<_>>(),
        desk.files("four").keys().collect::<Vec<_>>()
    );
    for (name, bytes) in desk.files("one") {
        assert!(bytes == desk.files("four")[&name], "{name} differs");
    }
}

#[test]
fn claims_about_one_incident_are_one_feature_with_a_range() {
    let desk = desk();
    layers(&desk, &["--period", "2020-01"]);
    let features = desk.features("output/layers/incidents.geojson");
    let a: Vec<_> = features
        .iter()
        .filter(|feature| feature["properties"]["id"] == "a")
        .collect();
    assert_eq!(a.len(), 1);
    let properties = &a[0]["properties"];
    assert_eq!(
        (&properties["killed_low"], &properties["killed_high"]),
        (&6.into(), &9.into())
    );
    assert!(
        properties["killed_best"].is_null(),
        "nobody's figure is taken for the truth"
    );
    assert_eq!(properties["sources"], "Monitor A; Monitor B");
    assert_eq!(properties["claims"], 2);
    assert_eq!(
        properties["ward"], "north",
        "unknown columns are carried through"
    );
}

#[test]
fn only_exact_places_are_points() {
    let desk = desk();
    layers(&desk, &[]);
    for feature in desk.features("output/layers/incidents.geojson") {
        let is_point = feature["geometry"]["type"] == "Point";
        assert_eq!(
            is_point,
            feature["properties"]["precision"] == 1,
            "{}",
            feature["properties"]
        );
        assert!(
            feature["properties"]["place_basis"]
                .as_str()
                .is_some_and(|basis| !basis.is_empty())
        );
    }
}

#[test]
fn only_the_two_dates_look_like_dates() {
    let desk = desk();
    layers(&desk, &[]);
    for layer in ["incidents", "clusters", "density", "flows", "places"] {
        for feature in desk.features(&format!("output/layers/{layer}.geojson")) {
            for (name, value) in feature["properties"].as_object().unwrap() {
                let date = value
                    .as_str()
                    .is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok());
                assert_eq!(
                    date,
                    ["date_start", "date_end"].contains(&name.as_str()),
                    "{layer}: {name} {value}"
                );
            }
        }
    }
}

#[test]
fn whatever_is_not_drawn_is_listed() {
    let desk = desk();
    let said = layers(&desk, &["--period", "2020-01"]);
    let drawn = desk.features("output/layers/incidents.geojson").len();
    let left_out = desk.text("output/left-out.csv");
    let listed = left_out
        .lines()
        .filter(|line| line.starts_with("incidents,"))
        .count();
    assert_eq!(drawn + listed, 5, "five incidents in the table\n{left_out}");
    assert!(
        left_out.contains("Nowhere-on-Sea,place unresolved"),
        "{left_out}"
    );
    assert!(
        left_out.contains("2020-02-01,Ariha,outside period"),
        "{left_out}"
    );
    // People of whom one end is known are drawn there.
    assert!(!left_out.contains("→ Afrin"), "{left_out}");
    assert!(said.contains("3 of 5 drawn"), "{said}");
    let counts = &desk.json("output/manifest.json")["counts"];
    assert_eq!(counts["incidents_drawn"], drawn);
    assert_eq!(counts["incidents_unplaced"], 1);
    assert_eq!(counts["incidents_outside_period"], 1);
}

#[test]
fn tolls_add_up_without_making_the_unknown_zero() {
    let desk = desk();
    layers(&desk, &["--period", "2020-01"]);
    let counts = &desk.json("output/manifest.json")["counts"];
    // 6–9, at least 3, and one of which nobody says how many
    assert_eq!(counts["killed_low"], 9);
    assert!(counts["killed_high"].is_null());
    assert_eq!(counts["killed_unknown"], 1);
}

#[test]
fn people_who_went_to_several_places_are_counted_once() {
    let desk = desk();
    layers(&desk, &[]);
    let counts = &desk.json("output/manifest.json")["counts"];
    assert_eq!(
        (&counts["people_low"], &counts["people_high"]),
        (&1500.into(), &1500.into())
    );
    let mut flows = desk.features("output/layers/flows.geojson");
    flows.retain(|flow| !flow["geometry"].is_null());
    assert_eq!(flows.len(), 2);
    let azaz = flows
        .iter()
        .find(|flow| flow["properties"]["shared"] == 1 && flow["properties"]["records"] == 2);
    let properties = &azaz.expect("the flow to Azaz")["properties"];
    assert_eq!(
        (&properties["people_low"], &properties["people_high"]),
        (&1000.into(), &1500.into())
    );
}

#[test]
fn no_arrow_points_to_the_middle_of_a_country_or_from_a_place_to_itself() {
    let desk = Desk::new();
    desk.file(
        "displacement.csv",
        "date,origin,destination,people\n\
         2020-01-10,Saraqib,eastern Syria,100\n\
         2020-01-10,Saraqib,Saraqib,200\n\
         2020-01-10,Saraqib,Saraqib;Azaz,300\n\
         2020-01-10,Saraqib,near the border with Turkey,400\n",
    );
    desk.dateline(&["layers", "--displacement", "displacement.csv"])
        .assert()
        .success();
    let mut flows = desk.features("output/layers/flows.geojson");
    flows.retain(|flow| !flow["geometry"].is_null());
    assert_eq!(flows.len(), 2);
    let azaz = flows
        .iter()
        .find(|flow| flow["properties"]["destination"] == "Azaz");
    let azaz = &azaz.expect("a flow to Azaz")["properties"];
    assert_eq!(
        (&azaz["people_low"], &azaz["people_high"]),
        (&0.into(), &300.into())
    );
    let border = flows
        .iter()
        .find(|flow| flow["properties"]["people_best"] == 400);
    let end = &border.expect("a flow to the border")["geometry"]["coordinates"][1];
    assert!(
        end[1].as_f64().unwrap() > 36.0,
        "the border with Turkey is in the north: {end}"
    );
    let left_out = desk.text("output/left-out.csv");
    assert!(left_out.contains("too vague"), "{left_out}");
    assert_eq!(left_out.matches("are one place").count(), 2, "{left_out}");
}

#[test]
fn the_size_of_the_page_changes_no_number() {
    let desk = desk();
    for size in ["1600x1200", "square", "600x1000"] {
        layers(&desk, &["--extent", "Idlib", "--size", size, "--out", size]);
    }
    let counts = |size: &str| desk.json(&format!("{size}/manifest.json"))["counts"].clone();
    assert_eq!(counts("1600x1200"), counts("square"));
    assert_eq!(counts("1600x1200"), counts("600x1000"));
}

#[test]
fn a_flow_whose_areas_only_reach_onto_the_map_is_not_on_it() {
    let desk = Desk::new();
    desk.file(
        "displacement.csv",
        "date,origin,destination,people\n2020-01-10,Idlib province,near the border with Turkey,400\n",
    );
    let args = [
        "layers",
        "--displacement",
        "displacement.csv",
        "--extent",
        "Deir ez-Zor",
    ];
    desk.dateline(&args).assert().success();
    assert_eq!(desk.features("output/layers/flows.geojson").len(), 0);
    assert!(desk.text("output/left-out.csv").contains("outside extent"));
}

#[test]
fn a_table_in_the_place_of_the_spec_is_told_apart() {
    let desk = desk();
    let said = stderr(&desk.dateline(&["check", "incidents.csv"]).assert().code(1));
    assert!(said.contains("--incidents"), "{said}");
    let args = [
        "check",
        "--incidents",
        "incidents.csv",
        "--extent",
        "37,35,36,37",
    ];
    let said = stderr(&desk.dateline(&args).assert().code(1));
    assert!(
        said.contains("extent") && said.contains("west,south,east,north"),
        "{said}"
    );
}

#[test]
fn a_spec_is_the_same_as_its_flags() {
    let desk = desk();
    desk.file(
        "map.toml",
        "incidents = \"incidents.csv\"\nperiod = \"2020-01\"\nextent = \"Idlib\"\ncluster_min = 2\nout = \"spec\"\n",
    );
    desk.dateline(&["layers", "map.toml"]).assert().success();
    let flags = [
        "layers",
        "--incidents",
        "incidents.csv",
        "--period",
        "2020-01",
        "--extent",
        "Idlib",
    ];
    desk.dateline(&flags)
        .args(["--cluster-min", "2", "--out", "flags"])
        .assert()
        .success();
    assert_eq!(desk.files("spec"), desk.files("flags"));
    // A flag wins over its key.
    desk.dateline(&["layers", "map.toml", "--period", "2020-02", "--out", "won"])
        .assert()
        .success();
    assert_eq!(desk.features("won/layers/incidents.geojson").len(), 1);
}

#[test]
fn a_mistake_in_the_spec_is_named() {
    let desk = desk();
    desk.file(
        "map.toml",
        "incidents = \"incidents.csv\"\nperoid = \"2020-01\"\n",
    );
    let said = stderr(&desk.dateline(&["render", "map.toml"]).assert().code(1));
    assert!(
        said.contains("map.toml") && said.contains("peroid") && said.contains("period"),
        "{said}"
    );
    desk.file("map.toml", "incidents = \"incidents.csv\"\nperiod = \"2020-13\"\nsize = \"huge\"\nextent = \"Atlantis\"\n");
    let said = stderr(&desk.dateline(&["render", "map.toml"]).assert().code(1));
    for word in ["2020-13", "huge", "Atlantis"] {
        assert!(
            said.contains(word),
            "all mistakes are named at once: {said}"
        );
    }
    assert!(!desk.path("output").exists());
}

#[test]
fn strict_ends_with_3_where_a_record_is_left_out() {
    let desk = desk();
    desk.dateline(&["layers", "--incidents", "incidents.csv", "--strict"])
        .assert()
        .code(3);
    assert!(
        desk.path("output/layers/incidents.geojson").exists(),
        "the work is done all the same"
    );
    desk.file(
        "good.csv",
        "date,place,kind\n2020-01-10,Saraqib,air strike\n",
    );
    desk.dateline(&["layers", "--incidents", "good.csv", "--strict"])
        .assert()
        .success();
}

#[test]
fn timings_name_every_step() {
    let desk = desk();
    layers(&desk, &["--timings", "timings.json"]);
    let timings = desk.json("timings.json");
    for step in [
        "read", "resolve", "merge", "cluster", "density", "flow", "layout", "draw", "encode",
        "write", "total",
    ] {
        assert!(
            timings[step].as_f64().is_some_and(|seconds| seconds >= 0.0),
            "{step}"
        );
    }
}

#[test]
fn bad_tables_are_told_in_full_and_nothing_is_written() {
    let bad: [(&str, &[u8], &[&str]); 9] = [
        ("empty", b"", &["bad.csv"]),
        ("header only", b"date,place,kind\n", &["bad.csv"]),
        (
            "no such column",
            b"when,place,kind\n2020-01-10,Idlib,clash\n",
            &["date"],
        ),
        (
            "encoding",
            b"date,place,kind\n2020-01-10,Alep\xe9,clash\n",
            &["UTF-8"],
        ),
        ("ragged", b"date,place,kind\n2020-01-10,Idlib\n", &["row 2"]),
        (
            "impossible date",
            b"date,place,kind\n2020-02-30,Idlib,clash\n",
            &["row 2", "date", "2020-02-30"],
        ),
        (
            "latitude",
            b"date,lat,lon,kind\n2020-01-10,135,36.6,clash\n",
            &["row 2", "lat", "135"],
        ),
        (
            "toll",
            b"date,place,kind,killed\n2020-01-10,Idlib,clash,many\n",
            &["row 2", "killed", "many"],
        ),
        (
            "kind",
            b"date,place,kind\n2020-01-10,Idlib,air stroke\n",
            &["row 2", "kind", "air stroke"],
        ),
    ];
    for (what, bytes, words) in bad {
        let desk = Desk::new();
        desk.file("bad.csv", bytes)
            .file("worse.csv", "date,people\n2020-01-10,lots\n");
        let args = [
            "render",
            "--incidents",
            "bad.csv",
            "--displacement",
            "worse.csv",
        ];
        let said = stderr(&desk.dateline(&args).assert().code(1));
        for word in words {
            assert!(said.contains(word), "{what}: {said}");
        }
        assert!(
            said.contains("lots"),
            "{what}: the mistakes of both tables are told: {said}"
        );
        assert!(!desk.path("output").exists(), "{what}");
    }
}

#[test]
fn a_table_that_is_not_there_and_a_folder_that_cannot_be_written_are_errors() {
    let desk = desk();
    let said = stderr(
        &desk
            .dateline(&["render", "--incidents", "none.csv"])
            .assert()
            .code(1),
    );
    assert!(said.contains("none.csv"), "{said}");
    desk.file("taken", "a file, no folder");
    let said = stderr(
        &desk
            .dateline(&["layers", "--incidents", "incidents.csv", "--out", "taken"])
            .assert()
            .code(1),
    );
    assert!(said.contains("taken"), "{said}");
    assert_eq!(desk.text("taken"), "a file, no folder");
}

#[test]
fn a_period_without_records_says_what_to_do() {
    let desk = desk();
    let said = stderr(
        &desk
            .dateline(&["render", "--incidents", "incidents.csv", "--period", "1999"])
            .assert()
            .code(1),
    );
    assert!(said.contains("1999") && said.contains("--extent"), "{said}");
    let args = [
        "render",
        "--incidents",
        "incidents.csv",
        "--period",
        "1999",
        "--extent",
        "Syria",
        "--formats",
        "svg",
    ];
    desk.dateline(&args).assert().success();
    assert_eq!(desk.features("output/layers/incidents.geojson").len(), 0);
    assert!(desk.path("output/syria_1999_density.svg").exists());
}
