//! What QGIS makes of the layers: each opens styled as on the map, its fields typed, its dates in the temporal controller.
//!
//! QGIS itself is asked (`tests/qgis/look.py`). Where it is not installed, the tests say so and pass.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use assert_cmd::Command;
use serde_json::{Value, json};

use crate::common::Desk;
use crate::common::picture::{path, read};
use dateline::map::{Theme, ThemeName};

/// Debian's: another Python does not know Debian's QGIS.
const PYTHON: &str = "/usr/bin/python3";

/// The examples.
static DRAWN: LazyLock<Desk> = LazyLock::new(|| {
    let desk = Desk::new();
    let args = ["render", "--formats", "png", "--out", "out"];
    desk.dateline(&args).assert().success();
    desk
});

/// Whether QGIS can be asked; if not, that is said aloud.
fn is_there() -> bool {
    let mut ask = Command::new(PYTHON);
    ask.args(["-c", "import qgis.core"]);
    let there = ask.output().is_ok_and(|output| output.status.success());
    if !there {
        say(b"SKIPPED: QGIS is not installed (qgis, python3-qgis): nobody looks at the styles of the layers\n");
    }
    there
}

/// Past the test harness, which would keep it to itself.
fn say(text: &[u8]) {
    let _ = std::io::stderr().write_all(text);
}

/// What QGIS says of some layers, by name and geometry; a picture of all is left beside the first.
fn look(desk: &Desk, picture: &str, sources: &[String]) -> BTreeMap<(String, String), Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/qgis/look.py");
    let picture = desk.path(picture);
    let mut command = Command::new(PYTHON);
    command.env("XDG_RUNTIME_DIR", desk.path(""));
    command.env("QGIS_CUSTOM_CONFIG_PATH", desk.path("qgis"));
    command.args([path(&script), path(&picture)]);
    command.args(sources.iter().map(|source| desk.path(source)));
    let output = command.timeout(Duration::from_secs(120)).output();
    let output = output.expect("QGIS");
    assert!(output.status.success(), "{output:?}");
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(told["errors"], json!([]), "{told}");
    let layers = told["layers"].as_array().expect("layers");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let layers: BTreeMap<_, _> = layers
        .iter()
        .map(|layer| {
            (
                (text(&layer["name"]), text(&layer["geometry"])),
                layer.clone(),
            )
        })
        .collect();
    for (name, layer) in &layers {
        assert_eq!(layer["valid"], true, "{name:?}");
        assert_eq!(layer["styled"], true, "{name:?}");
        // A file without a feature has no ground and no fields.
        if layer["features"] != 0 {
            assert_eq!(layer["crs"], "EPSG:4326", "{name:?}");
            assert_eq!(layer["faults"], json!([]), "{name:?}");
        }
    }
    layers
}

/// The layers of a folder, the lowest first.
fn sources(folder: &str, names: &[&str]) -> Vec<String> {
    let names = names.iter();
    names
        .map(|name| format!("{folder}/layers/{name}.geojson"))
        .collect()
}

fn of<'a>(layers: &'a BTreeMap<(String, String), Value>, name: &str, geometry: &str) -> &'a Value {
    let layer = layers.get(&(name.to_owned(), geometry.to_owned()));
    layer.unwrap_or_else(|| panic!("no {name} of {geometry} in {:?}", layers.keys()))
}

/// How many features are of each class, by its value.
fn classes(layer: &Value) -> BTreeMap<String, (u64, bool)> {
    let classes = layer["classes"].as_array().expect("classes");
    let class = |class: &Value| {
        let value = class["value"].as_str().unwrap_or_default().to_owned();
        let features = class["features"].as_u64().expect("a number");
        (value, (features, class["shown"].as_bool().expect("a mark")))
    };
    classes.iter().map(class).collect()
}

fn features(desk: &Desk, name: &str, is: impl Fn(&Value) -> bool) -> u64 {
    desk.features(name).iter().filter(|one| is(one)).count() as u64
}

const ALL: [&str; 6] = [
    "density",
    "incidents",
    "clusters",
    "flows",
    "open_flows",
    "places",
];

#[test]
fn every_layer_opens_as_it_is_on_the_map() {
    if !is_there() {
        return;
    }
    for folder in ["out", "out/synthetic"] {
        let layers = look(&DRAWN, &format!("{folder}/all.png"), &sources(folder, &ALL));
        let manifest = DRAWN.json(&format!("{folder}/manifest.json"));
        let picture = read(&DRAWN.path(&format!("{folder}/all.png")));
        assert!(picture.rgb.iter().any(|pixel| *pixel != [255; 3]));

        // Density: the map's own classes in the map's own colours.
        let density = of(&layers, "density", "MultiPolygon");
        assert_eq!(density["renderer"], "graduatedSymbol");
        let breaks = manifest["settings"]["density_breaks"].as_array();
        let breaks: Vec<f64> = breaks
            .unwrap()
            .iter()
            .map(|edge| edge.as_f64().unwrap())
            .collect();
        let theme = Theme::named(ThemeName::Light);
        assert_eq!(density["opacity"], theme.density_opacity);
        let colors = theme.density(breaks.len() - 1);
        let wanted: Vec<(Value, String)> = breaks
            .windows(2)
            .zip(colors)
            .map(|(edges, c)| (json!(edges), format!("#{:02x}{:02x}{:02x}", c.r, c.g, c.b)))
            .collect();
        let classed = density["classes"].as_array().unwrap();
        let found: Vec<(Value, String)> = classed
            .iter()
            .map(|class| {
                (
                    class["value"].clone(),
                    class["color"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        assert_eq!(found, wanted, "{folder}");
        // A band of each class that the layer has.
        for feature in DRAWN.features(&format!("{folder}/layers/density.geojson")) {
            let class = feature["properties"]["class"].as_u64().unwrap() as usize;
            assert_eq!(classed[class - 1]["features"], 1, "{folder} {class}");
        }

        // Incidents: by what is known of their place.
        let file = format!("{folder}/layers/incidents.geojson");
        let is = |kind: &'static str| move |one: &Value| one["properties"]["ground"] == kind;
        let areas = classes(of(&layers, "incidents", "Polygon"));
        let known = |one: &Value| one["properties"]["precision"].as_u64() < Some(6);
        assert_eq!(areas["circle"].0, features(&DRAWN, &file, is("circle")));
        assert_eq!(
            areas["area"].0,
            features(&DRAWN, &file, |one| is("area")(one) && known(one))
        );
        assert_eq!(
            areas["country"],
            (features(&DRAWN, &file, |one| !known(one)), false)
        );
        let points = of(&layers, "incidents", "Point");
        let dots = classes(points);
        assert_eq!(
            dots["point"].0 + dots["uncertain"].0,
            features(&DRAWN, &file, is("point"))
        );
        assert_eq!(points["renderer"], "categorizedSymbol");
        let parts = |value: &str| {
            let classes = points["classes"].as_array().unwrap();
            classes
                .iter()
                .find(|class| class["value"] == value)
                .unwrap()["parts"]
                .clone()
        };
        assert_eq!(parts("point"), json!(["SimpleMarker"]));
        assert_eq!(parts("circle"), json!(["SimpleLine"]));
        assert_eq!(parts("area"), json!(["LinePatternFill", "SimpleLine"]));

        // Flows: arrows, hollow ones, hair lines.
        let flows = of(&layers, "flows", "LineString");
        let arrows = classes(flows);
        let file = format!("{folder}/layers/flows.geojson");
        for kind in ["width", "hollow", "hair"] {
            let drawn = features(&DRAWN, &file, |one| one["properties"]["arrow"] == kind);
            assert_eq!(
                arrows.get(kind).map_or(0, |class| class.0),
                drawn,
                "{folder} {kind}"
            );
        }
        assert!(!arrows[""].1 && arrows["width"].1);

        // Those of whom one end is known: an arrow with a broken end, and the place.
        let file = format!("{folder}/layers/open_flows.geojson");
        for end in ["origin unknown", "destination unknown"] {
            let drawn = features(&DRAWN, &file, |one| one["properties"]["arrow"] == end);
            let open = layers.get(&("open_flows".to_owned(), "Point".to_owned()));
            let classed = open.map_or(0, |open| classes(open)[end].0);
            assert_eq!(classed, drawn, "{folder} {end}");
        }

        for (name, geometry) in [
            ("incidents", "Point"),
            ("incidents", "Polygon"),
            ("flows", "LineString"),
            ("places", "Point"),
        ] {
            assert_eq!(
                of(&layers, name, geometry)["labels"],
                true,
                "{folder} {name}"
            );
        }
    }
}

#[test]
fn tolls_open_as_on_the_map_of_people_killed() {
    if !is_there() {
        return;
    }
    let desk = Desk::new();
    let args = ["layers", "--maps", "killed", "--flatgeobuf", "--out", "out"];
    desk.dateline(&args).assert().success();
    let layers = look(&desk, "apart.png", &sources("out/synthetic", &["tolls"]));
    let file = "out/synthetic/layers/tolls.geojson";
    let points = of(&layers, "tolls", "Point");
    for (symbol, (n, shown)) in classes(points) {
        let is = |one: &Value| one["properties"]["symbol"] == *symbol;
        if ["toll", "nobody", "unknown"].contains(&&*symbol) {
            assert_eq!((n, shown), (features(&desk, file, is), true), "{symbol}");
        }
    }
    // The area of a ring goes by the highest figure, but for the least, which are drawn larger to be seen.
    let sizes = points["sizes"].as_array().expect("sizes").iter();
    let tolls = desk.features(file);
    let dots = tolls
        .iter()
        .filter(|one| one["properties"]["ground"] == "point");
    let known: Vec<(f64, f64)> = sizes
        .zip(dots)
        .filter_map(|(size, one)| Some((size.as_f64()?, one["properties"]["ring"].as_f64()?)))
        .filter(|(_, people)| *people > 4.0)
        .collect();
    assert!(known.len() > 5, "{known:?}");
    let (widest, most) = known[0];
    for (size, people) in &known {
        let off = (size / widest).powi(2) / (people / most) - 1.0;
        assert!(off.abs() < 0.01, "{people}: {size}");
    }
    // The same as two files of one kind of geometry each.
    let files = ["toll_areas", "tolls"].map(|name| format!("out/synthetic/layers/{name}.fgb"));
    let packed = look(&desk, "packed.png", &files);
    assert_eq!(of(&packed, "tolls", "Point")["classes"], points["classes"]);
    let areas = of(&packed, "toll_areas", "MultiPolygon");
    assert_eq!(areas["classes"], of(&layers, "tolls", "Polygon")["classes"]);
}

#[test]
fn sizes_are_in_proportion_to_what_they_stand_for() {
    if !is_there() {
        return;
    }
    let layers = look(&DRAWN, "sized.png", &sources("out/synthetic", &ALL));
    let sizes = |name: &str, geometry: &str| -> Vec<f64> {
        let sizes = of(&layers, name, geometry)["sizes"].as_array();
        let sizes = sizes.expect("sizes").iter();
        sizes.map(|size| size.as_f64().unwrap_or(0.0)).collect()
    };
    // The area of a circle goes by the number of incidents. The least are drawn larger than that, to be seen.
    let circles = sizes("clusters", "Polygon");
    let clusters = DRAWN.features("out/synthetic/layers/clusters.geojson");
    let of_cluster = |one: &Value| one["properties"]["incidents"].as_f64().unwrap();
    let largest = circles[0].powi(2) / of_cluster(&clusters[0]);
    for (size, cluster) in circles.iter().zip(&clusters) {
        let wanted = largest * of_cluster(cluster);
        assert!(
            (size.powi(2) / wanted - 1.0).abs() < 0.01,
            "{size} {cluster}"
        );
    }
    // The largest is as large as on the map: 2.6 ems, an em being 15 of 96 pixels in an inch.
    assert!(
        (circles[0] - 2.0 * 2.6 * 15.0 * 25.4 / 96.0).abs() < 0.05,
        "{}",
        circles[0]
    );

    // The width of an arrow goes by its people.
    let widths = sizes("flows", "LineString");
    let flows = DRAWN.features("out/synthetic/layers/flows.geojson");
    let known = widths.iter().zip(&flows).filter_map(|(width, flow)| {
        let people = flow["properties"]["people_best"].as_f64()?;
        (flow["properties"]["arrow"] == "width").then_some((*width, people))
    });
    let known: Vec<(f64, f64)> = known.collect();
    assert!(known.len() > 10);
    let (width, people) = known[0];
    for (other, fewer) in &known {
        assert!(
            (other / width - fewer / people).abs() < 0.01,
            "{fewer} {other}"
        );
    }
}

#[test]
fn fields_are_typed_as_they_are_meant() {
    if !is_there() {
        return;
    }
    let layers = look(&DRAWN, "typed.png", &sources("out/synthetic", &ALL));
    let wanted = [
        ("incidents", "Point", "date_start", "Date"),
        ("incidents", "Point", "date_end", "Date"),
        ("incidents", "Polygon", "precision", "Integer"),
        ("incidents", "Point", "radius_km", "Real"),
        ("incidents", "Point", "killed_low", "Integer"),
        ("clusters", "Polygon", "incidents", "Integer"),
        ("clusters", "Polygon", "chained", "Boolean"),
        ("clusters", "Polygon", "date_end", "Date"),
        ("density", "MultiPolygon", "density_from", "Real"),
        ("flows", "LineString", "people_best", "Integer"),
        ("flows", "LineString", "date_start", "Date"),
        ("places", "Point", "population", "Integer"),
        ("places", "Point", "name_ar", "String"),
    ];
    for (layer, geometry, field, kind) in wanted {
        assert_eq!(
            of(&layers, layer, geometry)["fields"][field],
            kind,
            "{layer} {field}"
        );
    }
}

#[test]
fn the_temporal_controller_knows_the_dates() {
    if !is_there() {
        return;
    }
    let layers = look(&DRAWN, "dated.png", &sources("out/synthetic", &ALL));
    for name in ["incidents", "clusters", "flows"] {
        let file = format!("out/synthetic/layers/{name}.geojson");
        let dated = layers.iter().filter(|((layer, _), _)| layer == name);
        // The parts of the file by geometry, day by day, together.
        for (part, layer) in dated {
            let temporal = &layer["temporal"];
            let fields = [&temporal["start"], &temporal["end"]];
            assert_eq!(temporal["active"], true, "{part:?}");
            assert_eq!(temporal["mode"], 2, "{part:?}");
            assert_eq!(fields, ["date_start", "date_end"], "{part:?}");
            for day in layer["days"].as_array().unwrap() {
                let (day, shown) = (day[0].as_str().unwrap(), day[1].as_u64().unwrap());
                let date = |one: &Value, name: &str| {
                    one["properties"][name]
                        .as_str()
                        .unwrap_or_default()
                        .to_owned()
                };
                let on = features(&DRAWN, &file, |one| {
                    let kind = one["geometry"]["type"].as_str().unwrap_or("LineString");
                    kind.trim_start_matches("Multi") == part.1.trim_start_matches("Multi")
                        && *date(one, "date_start") <= *day
                        && *date(one, "date_end") >= *day
                });
                assert_eq!(shown, on, "{part:?} {day}");
            }
        }
    }
    // Density is of the period as a whole; places are of no time.
    let density = &of(&layers, "density", "MultiPolygon")["temporal"];
    assert_eq!(
        (&density["active"], &density["mode"]),
        (&json!(true), &json!(0))
    );
    assert_eq!(of(&layers, "places", "Point")["temporal"]["active"], false);
}

/// Tables of one kind of geometry, and the layer that each is of as QGIS has it.
const TABLES: [(&str, &str, &str, &str); 7] = [
    ("density", "MultiPolygon", "density", "MultiPolygon"),
    ("incident_areas", "MultiPolygon", "incidents", "Polygon"),
    ("incidents", "Point", "incidents", "Point"),
    ("clusters", "MultiPolygon", "clusters", "Polygon"),
    ("flows", "LineString", "flows", "LineString"),
    ("open_flows", "Point", "open_flows", "Point"),
    ("places", "Point", "places", "Point"),
];

#[test]
fn flatgeobuf_opens_as_its_layers_do() {
    if !is_there() {
        return;
    }
    let desk = Desk::new();
    let args = ["layers", "--flatgeobuf", "--out", "out"];
    desk.dateline(&args).assert().success();
    let apart = look(&desk, "apart.png", &sources("out/synthetic", &ALL));
    let files = TABLES.map(|(name, ..)| format!("out/synthetic/layers/{name}.fgb"));
    let packed = look(&desk, "packed.png", &files);
    for (name, shape, layer, geometry) in TABLES {
        let (one, other) = (of(&packed, name, shape), of(&apart, layer, geometry));
        for same in ["classes", "renderer", "labels", "opacity", "days"] {
            assert_eq!(one[same], other[same], "{name} {same}");
        }
        let active = |layer: &Value| layer["temporal"]["active"].clone();
        assert_eq!(active(one), active(other), "{name}");
    }
    let fields = |name, shape, field: &str| of(&packed, name, shape)["fields"][field].clone();
    assert_eq!(fields("incidents", "Point", "date_start"), "DateTime");
    assert_eq!(fields("clusters", "MultiPolygon", "chained"), "Boolean");
    assert_eq!(fields("flows", "LineString", "back_best"), "Integer64");
}

#[test]
fn a_geopackage_opens_as_its_layers_do() {
    if !is_there() {
        return;
    }
    let desk = Desk::new();
    let args = ["layers", "--geopackage", "--out", "out"];
    desk.dateline(&args).assert().success();
    let file = "out/synthetic/layers/syria_2020-02.gpkg";
    let apart = look(&desk, "apart.png", &sources("out/synthetic", &ALL));
    let packed = look(&desk, "packed.png", &[file.to_owned()]);
    for (table, shape, layer, geometry) in TABLES {
        let (one, other) = (of(&packed, table, shape), of(&apart, layer, geometry));
        for same in [
            "features", "classes", "renderer", "labels", "opacity", "days",
        ] {
            assert_eq!(one[same], other[same], "{table} {same}");
        }
        assert_eq!(
            one["temporal"]["active"], other["temporal"]["active"],
            "{table}"
        );
    }
    let fields = |table, shape, field: &str| of(&packed, table, shape)["fields"][field].clone();
    assert_eq!(fields("incidents", "Point", "date_start"), "Date");
    assert_eq!(fields("clusters", "MultiPolygon", "chained"), "Boolean");
    // In GeoJSON a column of nothing but nulls is text.
    assert_eq!(fields("flows", "LineString", "back_best"), "Integer64");
    // GDAL's own judgement.
    let mut command = Command::new("ogrinfo");
    let output = command.args(["-al", "-so"]).arg(desk.path(file)).output();
    match output {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success() && said.is_empty(), "{said}");
        }
        Err(_) => say(b"SKIPPED in part: ogrinfo (gdal-bin) is not installed\n"),
    }
}

#[test]
fn other_kinds_of_density_and_other_looks_open_as_well() {
    if !is_there() {
        return;
    }
    let desk = Desk::new();
    for (name, theme) in [("hexagons", ThemeName::Dark), ("areas", ThemeName::Grey)] {
        let args = [
            "layers",
            "--density",
            name,
            "--theme",
            theme.name(),
            "--out",
            name,
        ];
        desk.dateline(&args)
            .args(["--names", "both"])
            .assert()
            .success();
        let folder = format!("{name}/synthetic");
        let layers = look(
            &desk,
            &format!("{name}.png"),
            &sources(&folder, &[name, "incidents", "places"]),
        );
        let (_, density) = layers.iter().find(|((layer, _), _)| layer == name).unwrap();
        let classes = density["classes"].as_array().unwrap();
        let colors = Theme::named(theme).density(classes.len());
        for (class, c) in classes.iter().zip(colors) {
            assert_eq!(
                class["color"],
                format!("#{:02x}{:02x}{:02x}", c.r, c.g, c.b)
            );
        }
        // What is below the lowest class has no colour, all else has one.
        let file = format!("{folder}/layers/{name}.geojson");
        let classed = features(&desk, &file, |one| one["properties"]["class"] != 0);
        let drawn: u64 = classes
            .iter()
            .map(|class| class["features"].as_u64().unwrap())
            .sum();
        assert_eq!(drawn, classed, "{name}");
    }
}
