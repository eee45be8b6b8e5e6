//! `--flatgeobuf`: what the GeoJSON has, typed and indexed, as GDAL and the format's own library read it.

use std::io::Cursor;

use flatgeobuf::geozero::PropertyProcessor;
use flatgeobuf::{FallibleStreamingIterator, FgbReader, GeometryType};
use serde_json::Value;

use crate::common::picture::{path, run};
use crate::common::{Desk, PARTS};

const FOLDER: &str = "out/synthetic/layers";

fn drawn(threads: &str) -> Desk {
    let desk = Desk::new();
    let mut command = desk.dateline(&["layers", "--flatgeobuf", "--out", "out"]);
    command.env("RAYON_NUM_THREADS", threads);
    command.assert().success();
    desk
}

/// A feature as text, without what the format leaves away or has in another shape: nulls, times of days, areas of one part.
fn told(feature: &Value) -> String {
    let mut properties: Vec<String> = Vec::new();
    for (name, value) in feature["properties"].as_object().expect("properties") {
        let value = match value {
            Value::Null => continue,
            Value::String(text) => text.trim_end_matches("T00:00:00").to_owned(),
            Value::Number(number) => format!("{:.9}", number.as_f64().expect("a number")),
            value => value.to_string(),
        };
        // Days that nobody knows are none.
        if !value.is_empty() {
            properties.push(format!("{name}={value}"));
        }
    }
    properties.sort();
    let mut shape = feature["geometry"]["coordinates"].clone();
    if feature["geometry"]["type"] == "Polygon" {
        shape = Value::Array(vec![shape]);
    }
    format!("{} {shape}", properties.join(" "))
}

#[test]
fn every_layer_is_read_by_gdal_as_its_geojson() {
    let desk = drawn("2");
    for (name, layer, is) in PARTS {
        let file = desk.path(&format!("{FOLDER}/{name}.fgb"));
        let Some(summary) = run("ogrinfo", &["-ro", "-so", "-al", path(&file)]) else {
            return;
        };
        assert!(summary.contains("ID[\"EPSG\",4326]"), "{summary}");
        let to = ["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=6"];
        let args = [&to[..], &["/vsistdout/", path(&file)]].concat();
        let read = run("ogr2ogr", &args).expect("GDAL");
        let read: Value = serde_json::from_str(&read).expect("GeoJSON");
        let mut read: Vec<String> = read["features"]
            .as_array()
            .unwrap()
            .iter()
            .map(told)
            .collect();
        let features = desk.features(&format!("{FOLDER}/{layer}.geojson"));
        // A flow without a line is found by no index.
        let located = features
            .iter()
            .filter(|one| layer != "flows" || !one["geometry"].is_null());
        let mut wanted: Vec<String> = located.filter(|one| is(one)).map(told).collect();
        assert!(!wanted.is_empty());
        read.sort();
        wanted.sort();
        for (read, wanted) in read.iter().zip(&wanted) {
            assert_eq!(
                read.replace(".0,", ","),
                wanted.replace(".0,", ","),
                "{name}"
            );
        }
        assert_eq!(read.len(), wanted.len(), "{name}");
    }
}

/// Texts of a feature.
#[derive(Default)]
struct Ids(Vec<String>);

impl PropertyProcessor for Ids {
    fn property(
        &mut self,
        _: usize,
        name: &str,
        value: &flatgeobuf::geozero::ColumnValue,
    ) -> flatgeobuf::geozero::error::Result<bool> {
        if name == "id" {
            self.0.push(value.to_string());
        }
        Ok(false)
    }
}

#[test]
fn what_is_in_view_is_found_by_the_index() {
    let desk = drawn("2");
    let bytes = std::fs::read(desk.path(&format!("{FOLDER}/incidents.fgb"))).expect("a file");
    let reader = FgbReader::open(Cursor::new(&bytes)).expect("FlatGeobuf");
    let header = reader.header();
    assert_eq!(header.geometry_type(), GeometryType::Point);
    assert!(header.index_node_size() > 0);
    assert_eq!(header.crs().map(|crs| crs.code()), Some(4326));
    let [west, south, east, north] = [36.5, 35.7, 36.9, 36.0];
    let mut found = Ids::default();
    let mut view = reader
        .select_bbox(west, south, east, north)
        .expect("an index");
    while let Some(feature) = view.next().expect("a feature") {
        flatgeobuf::FeatureProperties::process_properties(feature, &mut found).expect("texts");
    }
    let features = desk.features(&format!("{FOLDER}/incidents.geojson"));
    let points = features.iter().filter(|one| PARTS[2].2(one));
    let within = points.filter(|one| {
        let at = |i: usize| one["geometry"]["coordinates"][i].as_f64().unwrap();
        (west..=east).contains(&at(0)) && (south..=north).contains(&at(1))
    });
    let mut wanted: Vec<String> = within
        .map(|one| one["properties"]["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(wanted.len() > 20 && wanted.len() < 463, "{}", wanted.len());
    wanted.sort();
    found.0.sort();
    assert_eq!(found.0, wanted);
}

#[test]
fn bytes_are_the_same_on_any_number_of_threads_and_in_the_manifest() {
    let (one, two) = (drawn("1"), drawn("2"));
    let manifest = one.json("out/synthetic/manifest.json");
    let outputs = manifest["outputs"].as_array().expect("outputs");
    for (name, ..) in PARTS {
        let file = |desk: &Desk| std::fs::read(desk.path(&format!("{FOLDER}/{name}.fgb")));
        let bytes = file(&one).expect("a file");
        assert!(bytes == file(&two).expect("a file"), "{name}");
        let path = format!("layers/{name}.fgb");
        let listed = outputs.iter().find(|one| one["path"] == path);
        assert_eq!(
            listed.expect("an entry")["sha256"],
            dateline::write::sha256(&bytes)
        );
    }
}

#[test]
fn a_layer_without_features_is_a_file_that_can_be_read() {
    let desk = Desk::new();
    desk.file(
        "i.csv",
        "date,place,kind,lat,lon\n2020-01-02,A,shelling,35.93,36.63\n",
    );
    let args = ["layers", "--incidents", "i.csv", "--flatgeobuf"];
    desk.dateline(&args).assert().success();
    for name in ["incident_areas", "clusters"] {
        let file = desk.path(&format!("output/layers/{name}.fgb"));
        let bytes = std::fs::read(&file).expect("a file");
        let reader = FgbReader::open(Cursor::new(&bytes)).expect("FlatGeobuf");
        assert!(reader.header().columns().is_some_and(|all| all.len() > 10));
        let Some(said) = run("ogrinfo", &["-ro", "-so", "-al", path(&file)]) else {
            return;
        };
        assert!(
            said.contains("Feature Count: 0") && said.contains("Multi Polygon"),
            "{said}"
        );
    }
}

#[test]
fn incidents_alone_are_those_of_their_geojson() {
    let desk = Desk::new();
    let rows = (0..3000).map(|i| {
        let (lat, lon) = (
            34.5 + f64::from(i % 97) / 60.0,
            36.7 + f64::from(i % 89) / 60.0,
        );
        let precision = if i % 10 == 0 { "4" } else { "" };
        format!("i{i},2020-01-02,shelling,{lat:.4},{lon:.4},{precision}\n")
    });
    let table: String = rows.collect();
    desk.file("i.csv", format!("id,date,kind,lat,lon,precision\n{table}"));
    let args = [
        "layers",
        "--only",
        "incidents",
        "--incidents",
        "i.csv",
        "--flatgeobuf",
    ];
    desk.dateline(&args).assert().success();
    let features = desk.features("output/layers/incidents.geojson");
    assert_eq!(features.len(), 3000);
    for (name, _, is) in &PARTS[1..3] {
        let bytes = std::fs::read(desk.path(&format!("output/layers/{name}.fgb"))).expect("a file");
        let reader = FgbReader::open(Cursor::new(&bytes)).expect("FlatGeobuf");
        let mut all = reader.select_all().expect("features");
        let mut ids = Ids::default();
        while let Some(feature) = all.next().expect("a feature") {
            flatgeobuf::FeatureProperties::process_properties(feature, &mut ids).expect("texts");
        }
        let points = features.iter().filter(|one| is(one));
        let mut wanted: Vec<String> = points
            .map(|one| one["properties"]["id"].as_str().unwrap().to_owned())
            .collect();
        ids.0.sort();
        wanted.sort();
        assert_eq!(ids.0, wanted, "{name}");
    }
    let files: Vec<String> = desk.files("output").into_keys().collect();
    assert_eq!(files.len(), 4, "{files:?}");
}
