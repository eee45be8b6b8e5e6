//! Density as a user gets it: by hexagon, by admin area, of people killed, in classes of their choice.

use crate::common::{Desk, stderr};
use geo::{GeodesicArea, Geometry};
use serde_json::{Value, json};

/// Two at points of Idlib, one known to the governorate only, one in Aleppo, one within 25 km of a point.
const INCIDENTS: &str = "\
id,date,place,admin1,lat,lon,precision,kind,killed
a,2020-01-10,,,35.93,36.63,1,air strike,6
b,2020-01-10,,,35.86,36.80,1,air strike,9-11
c,2020-01-12,Idlib governorate,,,,,shelling,>=3
d,2020-01-15,,,36.20,37.16,1,shelling,1
e,2020-01-15,,,36.05,36.90,2,shelling,
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("incidents.csv", INCIDENTS);
    desk
}

fn run(desk: &Desk, command: &str, args: &[&str]) -> String {
    let mut all = vec![command, "--incidents", "incidents.csv"];
    all.extend(args);
    stderr(&desk.dateline(&all).assert().success())
}

fn refused(desk: &Desk, args: &[&str]) -> String {
    let mut all = vec!["layers", "--incidents", "incidents.csv"];
    all.extend(args);
    stderr(&desk.dateline(&all).assert().failure())
}

fn number(feature: &Value, name: &str) -> f64 {
    feature["properties"][name]
        .as_f64()
        .unwrap_or_else(|| panic!("{name} of {feature}"))
}

/// The geometry of a feature.
fn shape(feature: &Value) -> Geometry {
    let read: geojson::Geometry =
        serde_json::from_value(feature["geometry"].clone()).expect("a geometry");
    Geometry::try_from(read).expect("a shape")
}

/// Text of the map of density.
fn picture(desk: &Desk) -> String {
    let files = desk.files("output");
    let (_, svg) = files
        .iter()
        .find(|(name, _)| name.ends_with("density.svg"))
        .expect("a picture");
    String::from_utf8_lossy(svg).into_owned()
}

/// A square as a boundary file has it.
fn square(name: &str, west: f64, south: f64, side: f64, population: Option<u64>) -> Value {
    let (east, north) = (west + side, south + side);
    json!({
        "type": "Feature",
        // clockwise, as many files have it
        "geometry": {"type": "Polygon", "coordinates": [[[west, south], [west, north], [east, north], [east, south], [west, south]]]},
        "properties": {"ADM1_EN": name, "ADM1_PCODE": format!("XX{name}"), "population": population},
    })
}

#[test]
fn hexagons_are_of_equal_area_and_hold_every_incident() {
    let desk = desk();
    run(
        &desk,
        "layers",
        &["--density", "hexagons", "--hexagon-km", "12"],
    );
    let hexagons = desk.features("output/layers/hexagons.geojson");
    let total: f64 = hexagons.iter().map(|one| number(one, "total")).sum();
    assert!((total - 5.0).abs() < 1e-6, "{total}");
    for one in &hexagons {
        let km2 = shape(one).geodesic_area_unsigned() / 1e6;
        let said = number(one, "area_km2");
        assert!((said - 124.7).abs() < 0.01, "{said}");
        assert!((km2 / said - 1.0).abs() < 0.005, "{km2} and not {said}");
        let density = 100.0 * number(one, "total") / said;
        assert!((number(one, "density") - density).abs() < 1e-9);
    }
    assert!(!desk.files("output").contains_key("layers/density.geojson"));
    assert_eq!(
        desk.json("output/manifest.json")["settings"]["hexagon_km"],
        12.0
    );
    assert!(
        refused(&desk, &["--density", "hexagons", "--hexagon-km", "0.01"])
            .contains("give hexagon_km")
    );
}

#[test]
fn provinces_count_what_is_known_to_be_in_them() {
    let desk = desk();
    run(&desk, "render", &["--density", "areas", "--formats", "svg"]);
    let areas = desk.features("output/layers/areas.geojson");
    let of = |name: &str| {
        let found = areas.iter().find(|one| one["properties"]["name"] == name);
        number(
            found.unwrap_or_else(|| panic!("{name} is not among {areas:?}")),
            "total",
        )
    };
    // the governorate's own incident counts in it; the disc reaches over its border and counts in neither
    assert_eq!((of("Idlib"), of("Aleppo")), (3.0, 1.0));
    let svg = picture(&desk);
    assert!(svg.contains("1 is not known to lie in one of the areas: counted in none."));
    assert!(svg.contains(r#"id="areas""#) && !svg.contains(r#"id="isobands""#));
}

#[test]
fn with_a_population_areas_are_per_100_000_people() {
    let desk = desk();
    let file = |west_people, east_people| {
        let features = [
            square("West", 36.0, 35.5, 0.9, west_people),
            square("East", 36.9, 35.5, 0.9, east_people),
        ];
        json!({"type": "FeatureCollection", "features": features}).to_string()
    };
    desk.file("own.geojson", file(Some(200_000), None));
    let args = [
        "--density",
        "areas",
        "--boundaries",
        "own.geojson",
        "--weight",
        "killed-low",
    ];
    run(&desk, "layers", &args);
    // 6, 9 at least, and 3 at least in the governorate, nine tenths of which lie here
    let west = &desk.features("output/layers/areas.geojson")[0];
    assert_eq!(
        (west["properties"]["name"].as_str(), number(west, "total")),
        (Some("West"), 18.0)
    );
    let km2 = shape(west).geodesic_area_unsigned() / 1e6;
    assert!((number(west, "area_km2") - km2).abs() < 1.0 && (8000.0..8200.0).contains(&km2));
    run(
        &desk,
        "render",
        &[&args[..], &["--per", "people", "--formats", "svg"]].concat(),
    );
    let areas = desk.features("output/layers/areas.geojson");
    assert!((number(&areas[0], "density") - 9.0).abs() < 1e-9);
    // nobody says how many live there: no density, not 0
    assert!(areas[1]["properties"].get("density").is_none());
    assert_eq!(
        areas[0]["properties"]["unit"],
        "Killed (lowest figures) per 100,000 people"
    );
    assert!(picture(&desk).contains("Killed (lowest figures) per 100,000 people"));
    desk.file("own.geojson", file(None, None));
    let said = refused(&desk, &[&args[..], &["--per", "people"]].concat());
    assert!(said.contains("\"population\""), "{said}");
    let said = refused(&desk, &["--per", "people"]);
    assert!(said.contains("admin areas only"), "{said}");
}

#[test]
fn a_map_of_killed_says_so_in_title_legend_and_layer() {
    let desk = desk();
    run(&desk, "render", &["--weight", "killed", "--formats", "svg"]);
    let svg = picture(&desk);
    assert!(svg.contains("Killed per 100 km² in"));
    assert!(svg.contains("No number of killed is given for 1. These add nothing to the density."));
    let bands = desk.features("output/layers/density.geojson");
    assert!(
        bands
            .iter()
            .all(|one| one["properties"]["unit"] == "Killed per 100 km²")
    );
    assert_eq!(
        desk.json("output/manifest.json")["settings"]["weight"],
        "killed"
    );
}

#[test]
fn bandwidth_and_classes_go_by_rules() {
    let desk = desk();
    let settings = |args: &[&str]| {
        run(&desk, "layers", args);
        desk.json("output/manifest.json")["settings"].clone()
    };
    let scott = settings(&["--bandwidth-km", "scott"]);
    let cv = settings(&[
        "--bandwidth-km",
        "cv",
        "--classes",
        "jenks",
        "--class-count",
        "4",
    ]);
    for (found, rule) in [(&scott, "scott"), (&cv, "cv")] {
        assert_eq!(found["bandwidth_rule"], rule);
        assert!(found["bandwidth_km"].as_f64().unwrap() > 0.5);
    }
    assert_eq!(cv["density_breaks"].as_array().unwrap().len(), 5);
    assert_eq!(cv["classes"], "jenks");
    desk.file(
        "map.toml",
        "incidents = \"incidents.csv\"\nbandwidth_km = 7\nclass_count = 3\n",
    );
    desk.dateline(&["layers", "map.toml"]).assert().success();
    let found = desk.json("output/manifest.json")["settings"].clone();
    assert_eq!(
        (&found["bandwidth_km"], &found["bandwidth_rule"]),
        (&json!(7.0), &json!("given"))
    );
    for (args, says) in [
        (["--bandwidth-km", "wide"], "scott or cv"),
        (["--bandwidth-km", "-3"], "above 0"),
        (["--classes", "equal"], "round, quantiles or jenks"),
        (["--class-count", "12"], "2 to 9"),
        (["--density", "dots"], "kernel, hexagons, areas"),
        (["--weight", "injured"], "killed-low"),
    ] {
        let joined = format!("{}={}", args[0], args[1]);
        let said = refused(&desk, &[&joined]);
        assert!(said.contains(says), "{joined}: {said}");
    }
}
