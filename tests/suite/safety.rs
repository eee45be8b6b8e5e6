//! Records marked as sensitive: no output tells where they are any closer than to the square, or what the place is called.

use std::collections::BTreeMap;

use crate::common::{Desk, stderr};

/// A hospital by its coordinates, a village by its name, a camp in a row outside of the period, one that nobody can
/// place, and incidents that everyone may know of.
const INCIDENTS: &str = "\
id,date,place,admin1,lat,lon,kind,target,killed,source,url,quote,note,site_code,sensitive
zorvan-1,2020-01-10,Zorvan hospital,Idlib,35.7431,36.5937,air strike,Zorvan hospital,6,Monitor A,https://example.org/zorvan,the Zorvan hospital was hit,at 35.7431 36.5937,ZORVAN-7,yes
2,2020-01-12,Kafr Uwayd,Idlib,,,shelling,a school,2,Kafr Uwayd council,,,,,true
3,2020-03-12,Zorvan annex,Idlib,,,shelling,,,Monitor A,,,,,1
4,2020-01-13,Zorvanville-on-Sea,,,,shelling,,,Monitor A,,,,,yes
5,2020-01-14,Saraqib,Idlib,,,shelling,,1,Monitor A,,,,,no
6,2020-01-15,Saraqib,Idlib,,,shelling,,1,Monitor A,,,,,
";
const DISPLACEMENT: &str = "\
date,origin,destination,people,source,quote,camp,sensitive
2020-01-10,Saraqib,Kafr Uwayd,500,UN,fled to Kafr Uwayd,Zorvan,yes
2020-01-11,,Kafr Uwayd,70,UN,,,yes
2020-01-11,Saraqib,Zorvanville-on-Sea,80,UN,,,yes
2020-01-12,Saraqib,Azaz,900,UN,,,no
";
/// What no output may say, by letters and digits alone.
const NAMES: [&str; 3] = ["zorvan", "kafruwayd", "kafraweid"];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("incidents.csv", INCIDENTS)
        .file("displacement.csv", DISPLACEMENT);
    desk
}

fn render(desk: &Desk, args: &[&str]) -> (BTreeMap<String, Vec<u8>>, String) {
    let mut all = vec!["render", "--maps", "density,killed,displacement"];
    all.extend(["--formats", "svg,pdf", "--period", "2020-01"]);
    all.extend(["--incidents", "incidents.csv"]);
    all.extend(["--displacement", "displacement.csv"]);
    all.extend(args);
    let said = stderr(&desk.dateline(&all).assert().success());
    (desk.files("output"), said)
}

/// The text of a file: of pictures what they say, not how they draw it.
fn text(name: &str, bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    if !name.ends_with(".svg") {
        return text;
    }
    let parts = text.split('<').filter_map(|part| part.split_once('>'));
    parts.map(|(_, said)| format!("{said}\n")).collect()
}

/// Whether two numbers that follow each other are about these, in either order.
fn tells(text: &str, lat: f64, lon: f64, off: f64) -> bool {
    let numbers: Vec<f64> = text
        .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
        .filter_map(|number| number.parse().ok())
        .collect();
    let near = |a: f64, b: f64| (a - b).abs() < off;
    numbers.windows(2).any(|pair| {
        near(pair[0], lat) && near(pair[1], lon) || near(pair[0], lon) && near(pair[1], lat)
    })
}

fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[test]
fn no_output_tells_the_place_or_its_name() {
    for more in [
        &[][..],
        &["--coarsen", "25"],
        &["--coarsen", "governorate"],
        &["--flows", "governorate"],
    ] {
        let desk = desk();
        // On so wide a map the village is not named to find the way by, as any village may be.
        let args = [&["--extent", "Syria"], more].concat();
        let (files, said) = render(&desk, &args);
        assert!(files.len() > 10);
        for (name, bytes) in files
            .iter()
            .chain([(&"stderr".to_owned(), &said.into_bytes())])
        {
            let text = text(name, bytes);
            for leak in NAMES {
                assert!(
                    !plain(&text).contains(leak),
                    "{name} names {leak}, {args:?}"
                );
            }
            // Lines of equal density have corners all over the map; the next test is about what shapes them.
            let off = if name.ends_with("density.geojson") {
                0.0005
            } else {
                0.01
            };
            // The hospital's coordinates, and the village's in the gazetteer.
            for (lat, lon) in [(35.7431, 36.5937), village()] {
                assert!(
                    !tells(&text, lat, lon, off),
                    "{name} tells {lat} {lon}, {args:?}"
                );
            }
        }
    }
}

#[test]
fn nothing_depends_on_where_in_the_square_it_was() {
    let outputs = |lat: &str, lon: &str| {
        let desk = Desk::new();
        desk.file(
            "incidents.csv",
            INCIDENTS.replace("35.7431", lat).replace("36.5937", lon),
        )
        .file("displacement.csv", DISPLACEMENT);
        let (mut files, _) = render(&desk, &[]);
        // It has the table's own hash.
        files.remove("manifest.json");
        files
    };
    let here = outputs("35.7431", "36.5937");
    assert!(here == outputs("35.7799", "36.6011"));
    assert!(
        here != outputs("35.9431", "36.5937"),
        "but another square is another map"
    );
}

/// Where the village is.
fn village() -> (f64, f64) {
    let desk = Desk::new();
    let out = desk
        .dateline(&["resolve", "Kafr Uwayd", "--format", "json"])
        .output()
        .unwrap();
    let found: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let found = found.get(0).unwrap_or(&found);
    (
        found["lat"].as_f64().unwrap(),
        found["lon"].as_f64().unwrap(),
    )
}

#[test]
fn marked_records_are_moved_to_a_square_and_the_outputs_say_so() {
    let desk = desk();
    let (files, said) = render(&desk, &[]);
    let incidents = desk.features("output/layers/incidents.geojson");
    assert_eq!(incidents.len(), 4);
    let moved: Vec<_> = incidents
        .iter()
        .filter(|one| one["properties"]["place"] == "withheld")
        .collect();
    assert_eq!(moved.len(), 2);
    for one in &moved {
        assert_eq!(one["geometry"]["type"], "MultiPolygon");
        assert_eq!(one["properties"]["precision"], 2);
        let basis = one["properties"]["place_basis"].as_str().unwrap();
        assert_eq!(
            basis,
            "moved to a square of 10 km for the safety of people there"
        );
    }
    // What happened is told in full.
    assert_eq!(moved[0]["properties"]["killed_best"], 6);
    assert_eq!(moved[0]["properties"]["sources"], "Monitor A");
    assert_eq!(moved[1]["properties"]["target"], "a school");
    let manifest = desk.json("output/manifest.json");
    assert_eq!(manifest["counts"]["incidents_coarsened"], 2);
    assert_eq!(manifest["counts"]["displacement_coarsened"], 1);
    assert_eq!(manifest["settings"]["coarsen"], "a square of 10 km");
    assert!(said.contains("3 records to a square of 10 km"), "{said}");
    for (kind, note) in [
        (
            "density",
            "2 incidents are shown no closer than to a square of 10 km",
        ),
        (
            "killed",
            "2 incidents are shown no closer than to a square of 10 km",
        ),
        (
            "displacement",
            "1 report is shown no closer than to a square of 10 km",
        ),
    ] {
        let ending = format!("_{kind}.svg");
        let map = files
            .iter()
            .find(|(name, _)| name.ends_with(&ending))
            .unwrap();
        assert!(
            text(map.0, map.1).replace('\n', " ").contains(note),
            "{kind}"
        );
    }
    // Nothing is dropped: those without a line or a place are in the lists, without a name.
    assert_eq!(manifest["counts"]["people_open_ended"], 70);
    let left_out = desk.text("output/left-out.csv");
    assert_eq!(left_out.lines().count(), 1 + 4, "{left_out}");
}

#[test]
fn a_grid_that_is_asked_for_moves_tables_that_mark_nothing() {
    let desk = Desk::new();
    let table = "date,place,kind\n2020-01-10,Saraqib,shelling\n2020-01-11,Ariha,shelling\n";
    desk.file("incidents.csv", table);
    let points = |args: &[&str]| {
        let all = ["layers", "--incidents", "incidents.csv"];
        let all: Vec<&str> = all.iter().chain(args).copied().collect();
        desk.dateline(&all).assert().success();
        let features = desk.features("output/layers/incidents.geojson");
        features
            .iter()
            .filter(|one| one["geometry"]["type"] == "Point")
            .count()
    };
    assert_eq!(points(&[]), 2);
    assert_eq!(points(&["--coarsen", "5"]), 0);
    let said = stderr(
        &desk
            .dateline(&[
                "layers",
                "--incidents",
                "incidents.csv",
                "--coarsen",
                "village",
            ])
            .assert()
            .failure(),
    );
    assert!(said.contains("coarsen"), "{said}");
}

#[test]
fn a_mark_that_cannot_be_read_stops_the_run() {
    let desk = Desk::new();
    desk.file(
        "incidents.csv",
        "date,place,kind,sensitive\n2020-01-10,Saraqib,shelling,maybe\n",
    );
    let said = stderr(
        &desk
            .dateline(&["layers", "--incidents", "incidents.csv"])
            .assert()
            .failure(),
    );
    assert!(
        said.contains("sensitive") && said.contains("write yes or no"),
        "{said}"
    );
    assert!(desk.files("output").is_empty());
}
