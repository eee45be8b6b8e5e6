//! One file with all layers: what the GeoJSON has, typed, indexed, styled, and the same bytes each time.

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use crate::common::{Desk, PARTS, stderr};

const FILE: &str = "out/synthetic/layers/syria_2020-02.gpkg";

fn drawn(args: &[&str]) -> Desk {
    let desk = Desk::new();
    let command = ["layers", "--geopackage", "--out", "out"];
    desk.dateline(&command).args(args).assert().success();
    desk
}

fn opened(desk: &Desk, file: &str) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    Connection::open_with_flags(desk.path(file), flags).expect("a database")
}

fn one<T: rusqlite::types::FromSql>(database: &Connection, sql: &str) -> T {
    let row = database.query_row(sql, [], |row| row.get(0));
    row.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

fn all(database: &Connection, sql: &str) -> Vec<String> {
    let mut rows = database.prepare(sql).expect("a statement");
    let rows = rows.query_map([], |row| row.get(0)).expect("rows");
    rows.map(|row| row.expect("a text")).collect()
}

#[test]
fn every_layer_is_a_table_with_the_same_rows_and_columns() {
    let desk = drawn(&[]);
    let database = opened(&desk, FILE);
    for (table, layer, is) in PARTS {
        let features = desk.features(&format!("out/synthetic/layers/{layer}.geojson"));
        let features: Vec<&Value> = features.iter().filter(|one| is(one)).collect();
        let rows: u32 = one(&database, &format!("SELECT count(*) FROM {table}"));
        assert_eq!(rows as usize, features.len(), "{table}");
        let names = all(
            &database,
            &format!("SELECT name FROM pragma_table_info('{table}')"),
        );
        let properties = features[0]["properties"].as_object().expect("properties");
        let wanted = ["fid", "geom"].into_iter();
        let wanted: Vec<&str> = wanted
            .chain(properties.keys().map(String::as_str))
            .collect();
        assert_eq!(names, wanted, "{table}");
        // Each value, as the text that SQLite makes of it.
        for name in properties.keys() {
            let read = format!("SELECT coalesce(CAST(\"{name}\" AS TEXT), '') FROM {table}");
            let cells = all(&database, &read);
            for (cell, feature) in cells.iter().zip(&features) {
                let wanted = match &feature["properties"][name] {
                    Value::Null => String::new(),
                    Value::Bool(flag) => u8::from(*flag).to_string(),
                    Value::String(text) => text.clone(),
                    Value::Number(number) if number.is_f64() => {
                        let cell: f64 = cell.parse().expect("a number");
                        let off = (cell - number.as_f64().expect("a number")).abs();
                        assert!(off < 1e-9 * cell.abs().max(1.0), "{table} {name}");
                        continue;
                    }
                    number => number.to_string(),
                };
                assert_eq!(*cell, wanted, "{table} {name}");
            }
        }
    }
}

#[test]
fn columns_have_types_whether_or_not_anything_is_in_them() {
    let desk = drawn(&[]);
    let database = opened(&desk, FILE);
    for (table, column, wanted) in [
        ("incidents", "date_start", "DATE"),
        ("incidents", "date_end", "DATE"),
        ("incidents", "precision", "INTEGER"),
        ("incidents", "killed_high", "INTEGER"),
        ("incidents", "radius_km", "REAL"),
        ("incidents", "synthetic", "TEXT"),
        ("clusters", "chained", "BOOLEAN"),
        ("clusters", "killed_high", "INTEGER"),
        // No flow of the month has one.
        ("flows", "back_best", "INTEGER"),
        ("flows", "date_end", "DATE"),
        ("density", "density_from", "REAL"),
        ("places", "population", "INTEGER"),
    ] {
        let sql = format!("SELECT type FROM pragma_table_info('{table}') WHERE name = '{column}'");
        let kind: String = one(&database, &sql);
        assert_eq!(kind, wanted, "{table} {column}");
    }
    let back: u32 = one(&database, "SELECT count(back_best) FROM flows");
    assert_eq!(back, 0);
}

#[test]
fn it_is_sound_indexed_and_styled() {
    let desk = drawn(&[]);
    let database = opened(&desk, FILE);
    let id: u32 = one(&database, "SELECT * FROM pragma_application_id");
    assert_eq!(id.to_be_bytes(), *b"GPKG");
    assert_eq!(one::<String>(&database, "PRAGMA integrity_check"), "ok");
    assert!(all(&database, "SELECT \"table\" FROM pragma_foreign_key_check").is_empty());
    let tables = all(
        &database,
        "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY rowid",
    );
    let wanted: Vec<&str> = PARTS.iter().map(|(table, ..)| *table).collect();
    assert_eq!(tables, wanted);
    for (table, layer, _) in PARTS {
        // What is in view is found by the index; what has no place is in no index.
        let there = format!("SELECT count(*) FROM {table} WHERE geom IS NOT NULL");
        let indexed = format!("SELECT count(*) FROM rtree_{table}_geom");
        assert_eq!(
            one::<i64>(&database, &there),
            one::<i64>(&database, &indexed),
            "{table}"
        );
        let west: f64 = one(
            &database,
            &format!("SELECT min(minx) FROM rtree_{table}_geom"),
        );
        let edge = format!("SELECT min_x FROM gpkg_contents WHERE table_name = '{table}'");
        let off = (west - one::<f64>(&database, &edge)).abs();
        // The index rounds outwards, to 32 bits.
        assert!(off < 1e-4, "{table}: {off}");
        let read = format!(
            "SELECT styleQML FROM layer_styles WHERE f_table_name = '{table}' AND useAsDefault"
        );
        let style: String = one(&database, &read);
        let beside = desk.text(&format!("out/synthetic/layers/{layer}.qml"));
        let renderer = |text: &str| {
            let start = text.find("<renderer-v2").expect("a renderer");
            text[start..].to_owned()
        };
        assert_eq!(renderer(&style), renderer(&beside), "{table}");
    }
}

#[test]
fn the_same_tables_give_the_same_bytes_and_the_manifest_has_their_hash() {
    let (desk, again) = (drawn(&[]), drawn(&[]));
    let file = |desk: &Desk| std::fs::read(desk.path(FILE)).expect("a file");
    assert!(file(&desk) == file(&again));
    let manifest = desk.json("out/synthetic/manifest.json");
    let outputs = manifest["outputs"].as_array().expect("outputs");
    let of = |path: &str| outputs.iter().find(|one| one["path"] == path);
    let listed = of("layers/syria_2020-02.gpkg").expect("an entry");
    assert_eq!(listed["sha256"], dateline::write::sha256(&file(&desk)));
    for layer in ["density", "incidents", "clusters", "flows", "places"] {
        assert!(of(&format!("layers/{layer}.qml")).is_some(), "{layer}");
    }
}

#[test]
fn columns_of_the_table_keep_clear_of_those_that_a_geopackage_has() {
    let desk = Desk::new();
    desk.file(
        "incidents.csv",
        "date,place,kind,roof \"\"b\"\",Place_Basis,FID,geom\n2020-01-05,Idlib,shelling,flat,\"a \"\"dome\"\"\",7,here\n",
    );
    desk.file(
        "map.toml",
        "incidents = \"incidents.csv\"\ngeopackage = true\n",
    );
    let assert = desk.dateline(&["layers", "map.toml"]).assert().success();
    let files = desk.files("output/layers");
    let file = files.keys().find(|name| name.ends_with(".gpkg"));
    let file = file.unwrap_or_else(|| panic!("{}", stderr(&assert)));
    let database = opened(&desk, &format!("output/layers/{file}"));
    let names = all(&database, "SELECT name FROM pragma_table_info('incidents')");
    for name in ["roof \"\"b\"\"", "Place_Basis_2", "FID_2", "geom_2"] {
        assert!(names.iter().any(|one| one == name), "{name} of {names:?}");
    }
    let dome: String = one(&database, "SELECT Place_Basis_2 FROM incidents");
    assert_eq!(dome, "a \"dome\"");
}

#[test]
fn a_batch_has_one_in_each_frame_and_keeps_those_that_are_up_to_date() {
    let desk = Desk::new();
    desk.file(
        "incidents.csv",
        "date,place,kind\n2020-01-05,Idlib,shelling\n2020-02-05,Saraqib,shelling\n",
    );
    let args = ["batch", "--every", "month", "--incidents", "incidents.csv"];
    let run = |more: &[&str]| {
        let mut command = desk.dateline(&args);
        command
            .args(["--formats", "png", "--geopackage"])
            .args(more);
        stderr(&command.assert().success())
    };
    run(&[]);
    let packed = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        files.keys().filter(|name| name.ends_with(".gpkg")).count()
    };
    let files = desk.files("output");
    assert_eq!(packed(&files), 2);
    assert!(run(&["--resume"]).contains("2 of them kept"));
    assert!(desk.files("output") == files);
    // A file that was changed is made anew.
    let name = files
        .keys()
        .find(|name| name.ends_with(".gpkg"))
        .expect("one");
    desk.file(&format!("output/{name}"), "nothing");
    assert!(run(&["--resume"]).contains("1 of them kept"));
    assert!(desk.files("output") == files);
}
