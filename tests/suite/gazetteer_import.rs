//! `dateline gazetteer import`: what a user is promised. The rows are invented; only the columns are those of the sources.

use std::io::Write;

use crate::common::{Desk, stderr, stdout};
use serde_json::Value;

/// A GeoNames dump's row.
fn dumped(
    id: u32,
    name: &str,
    others: &str,
    at: (f64, f64),
    class: (&str, &str),
    admin: (&str, &str),
    people: u32,
) -> String {
    let (lat, lon) = at;
    let (class, code) = class;
    let (one, two) = admin;
    format!(
        "{id}\t{name}\t{name}\t{others}\t{lat}\t{lon}\t{class}\t{code}\tSY\t\t{one}\t{two}\t\t\t{people}\t\t300\tAsia/Damascus\t2020-01-01\n"
    )
}

fn dump() -> String {
    [
        dumped(
            1,
            "Muḩāfaz̧at Idlib",
            "Idlib Governorate,محافظة إدلب",
            (35.8, 36.7),
            ("A", "ADM1"),
            ("12", ""),
            0,
        ),
        dumped(
            2,
            "Zunbuqiya",
            "Zunbouqiyeh,زنبوقية",
            (35.91, 36.71),
            ("P", "PPL"),
            ("12", ""),
            0,
        ),
        dumped(
            3,
            "Old Zunbuqiya",
            "",
            (35.95, 36.75),
            ("P", "PPLH"),
            ("12", ""),
            0,
        ),
        dumped(
            4,
            "Grand Hotel",
            "",
            (35.93, 36.63),
            ("S", "HTL"),
            ("12", ""),
            0,
        ),
        dumped(
            5,
            "Tall Zunbuq",
            "",
            (35.92, 36.72),
            ("T", "HLL"),
            ("12", ""),
            0,
        ),
    ]
    .concat()
}

const ALTERNATE: &str = "\
100\t2\ten\tZanbooqia\t1\t\t\t\t\t
101\t2\t\tQaryat al Qadima\t\t\t\t1\t\t
102\t2\tlink\thttps://example.org/zunbuqiya\t\t\t\t\t\t
103\t99\ten\tElsewhere\t\t\t\t\t\t
";

const OWN: &str = "name,lat,lon\nZunbuqiya,35.9,36.7\nQasr Bustan,36.011,36.702\n";

fn imported(desk: &Desk, args: &[&str]) -> String {
    let all: Vec<&str> = ["gazetteer", "import", "--out", "out.gaz"]
        .iter()
        .chain(args)
        .copied()
        .collect();
    stderr(&desk.dateline(&all).assert().success())
}

fn failed(desk: &Desk, args: &[&str]) -> String {
    let all: Vec<&str> = ["gazetteer", "import", "--out", "out.gaz"]
        .iter()
        .chain(args)
        .copied()
        .collect();
    let said = stderr(&desk.dateline(&all).assert().code(1));
    assert!(!desk.path("out.gaz").exists(), "nothing is written");
    said
}

fn resolved(desk: &Desk, names: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = ["resolve", "--gazetteer", "out.gaz", "--format", "json"]
        .iter()
        .chain(names)
        .copied()
        .collect();
    let said = stdout(&desk.dateline(&all).assert().success());
    said.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

fn listed(desk: &Desk, name: &str) -> Vec<Value> {
    let all = [
        "gazetteer",
        "list",
        "--gazetteer",
        "out.gaz",
        "--format",
        "json",
        name,
    ];
    let said = stdout(&desk.dateline(&all).assert().success());
    said.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn a_geonames_dump_with_its_alternate_names() {
    let desk = Desk::new();
    desk.file("SY.txt", dump()).file("names.txt", ALTERNATE);
    let said = imported(
        &desk,
        &[
            "--geonames",
            "SY.txt",
            "--alternate-names",
            "names.txt",
            "--report",
            "report.csv",
        ],
    );
    assert!(
        said.contains("SY.txt: 5 rows, 2 places, 1 admin areas"),
        "{said}"
    );
    let [known, historic] = &resolved(&desk, &["Zanbooqia", "Qaryat al Qadima"])[..] else {
        panic!()
    };
    assert_eq!(
        (known["status"].as_str(), known["admin1"].as_str()),
        (Some("place"), Some("Idlib"))
    );
    assert_ne!(historic["status"], "place", "historic names are left out");
    assert_eq!(listed(&desk, "Tall Zunbuq")[0]["kind"], "mountain");
    let report = desk.text("report.csv");
    assert!(
        report.contains("Old Zunbuqiya") && report.contains("no more"),
        "{report}"
    );
}

#[test]
fn the_users_own_file_says_where_a_place_is() {
    let desk = Desk::new();
    desk.file("own.csv", OWN).file("SY.txt", dump());
    let said = imported(&desk, &["--csv", "own.csv", "--geonames", "SY.txt"]);
    assert!(said.contains("merged        1 "), "{said}");
    let rows = listed(&desk, "Zunbuqiya");
    let [row] = rows.as_slice() else {
        panic!("{rows:?}")
    };
    assert_eq!(
        (row["lat"].as_f64(), row["lon"].as_f64()),
        (Some(35.9), Some(36.7))
    );
    assert!(
        row["names"].as_str().unwrap().contains("زنبوقية"),
        "names are united: {row}"
    );
    // Where the user does not say what lies around it, the outlines do.
    assert_eq!(listed(&desk, "Qasr Bustan")[0]["admin1"], "Idlib");
}

#[test]
fn a_mapping_speaks_of_the_table_before_it() {
    let desk = Desk::new();
    desk.file("a.csv", "NAME_EN;Y;X\nQasr Awal;35,9;36,7\n")
        .file(
            "b.csv",
            "wo\twas\tbreite\nx\ty\tz\n36.8\tQasr Thani\t35.95\n",
        );
    let said = imported(
        &desk,
        &[
            "--csv",
            "a.csv",
            "--map",
            "name=NAME_EN,lat=Y,lon=X",
            "--csv",
            "b.csv",
            "--map",
            "name=was,lat=breite,lon=wo",
            "--country",
            "SY",
            "--without-embedded",
        ],
    );
    assert!(said.contains("left out      1 row:"), "{said}");
    assert_eq!(listed(&desk, "Qasr").len(), 2);
}

#[test]
fn admin_areas_in_rows_of_the_same_file() {
    let desk = Desk::new();
    desk.file(
        "wof.csv",
        "id,pt,name,lat,lon,pop,latin,ar,a1\n\
         71,region,Hims Region,34.6,38.4,0,Homs,حمص,\n\
         72,locality,Qasr Thalith,34.7,36.9,,,قصر ثالث,71\n\
         73,locality,Qasr Rabi,34.75,36.95,,,,-1\n",
    );
    let said = imported(&desk, &["--csv", "wof.csv", "--country", "SY"]);
    assert!(
        said.contains("columns taken for"),
        "guesses are reported: {said}"
    );
    for name in ["Qasr Thalith", "Qasr Rabi"] {
        assert_eq!(listed(&desk, name)[0]["admin1"], "Homs");
    }
    assert!(
        listed(&desk, "Hims Region").is_empty(),
        "a region is no place"
    );
}

#[test]
fn ochas_tables() {
    let desk = Desk::new();
    desk.file(
        "pplp.csv",
        "featureName_en,featureName_ar,featurePcode,admin1Name_en,admin1Pcode,admin2Name_en,admin2Pcode,POINT_X,POINT_Y\n\
         Qasr Khamis,قصر خامس,C9001,Idleb,SY07,Jisr-Ash-Shugur,SY0704,36.32,35.81\n",
    )
    .file("codes.csv", "ADM1_EN,ADM1_AR,ADM1_PCODE,ADM2_EN,ADM2_PCODE\nHama,حماة,SY05,As-Salamiyeh of OCHA,SY0503\n");
    imported(&desk, &["--ocha", "pplp.csv", "--ocha", "codes.csv"]);
    let row = &listed(&desk, "Qasr Khamis")[0];
    assert_eq!(
        (row["admin1"].as_str(), row["id"].as_str()),
        (Some("Idlib"), Some("C9001"))
    );
    assert!(
        row["admin2"].as_str().unwrap().contains("Shughur")
            || row["admin2"].as_str().unwrap().contains("Shugur"),
        "{row}"
    );
    let area = &resolved(&desk, &["As-Salamiyeh of OCHA district"])[0];
    assert_eq!(area["status"], "region", "{area}");
    let desk = Desk::new();
    desk.file("no.csv", "town,x,y\nQasr,36,35\n");
    let said = failed(&desk, &["--ocha", "no.csv"]);
    assert!(
        said.contains("admin1Pcode") && said.contains("It has town, x, y"),
        "{said}"
    );
}

#[test]
fn same_files_same_bytes_and_gzip_is_no_other_file() {
    let desk = Desk::new();
    desk.file("own.csv", OWN);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(OWN.as_bytes()).unwrap();
    desk.file("own.csv.gz", packed.finish().unwrap());
    imported(&desk, &["--csv", "own.csv"]);
    let first = std::fs::read(desk.path("out.gaz")).unwrap();
    imported(&desk, &["--csv", "own.csv"]);
    assert_eq!(first, std::fs::read(desk.path("out.gaz")).unwrap());
    imported(&desk, &["--csv", "own.csv.gz"]);
    assert_eq!(listed(&desk, "Qasr Bustan").len(), 1);
}

#[test]
fn mistakes_are_named_together_and_nothing_is_written() {
    let desk = Desk::new();
    desk.file(
        "swapped.csv",
        "name,lat,lon,country\nQasr Sadis,38.2,34.9,SY\nQasr Sabi,39.1,35.2,SY\n",
    )
    .file("short.txt", "1\tQasr\n")
    .file("nothing.csv", "what,where\na,b\n");
    let said = failed(
        &desk,
        &[
            "--csv",
            "swapped.csv",
            "--geonames",
            "short.txt",
            "--csv",
            "nothing.csv",
            "--csv",
            "absent.csv",
        ],
    );
    for part in [
        "swapped.csv: lat and lon look swapped: row 2 (Qasr Sadis)",
        "short.txt:1: 2 tab-separated columns",
        "nothing.csv: no column for name",
        "absent.csv: cannot be read",
    ] {
        assert!(said.contains(part), "{part:?} in {said}");
    }
}

/// Two governorates side by side, which no base map has.
const BOUNDARIES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"ADM1_EN":"Idleb","ADM1_AR":"إدلب","ADM1_PCODE":"SY07","ADM0_PCODE":"SY"},
 "geometry":{"type":"Polygon","coordinates":[[[36.5,35.5],[37,35.5],[37,36.2],[36.5,36.2],[36.5,35.5]]]}},
{"type":"Feature","properties":{"ADM1_EN":"Newland","ADM1_PCODE":"SY77","ADM0_PCODE":"SY"},
 "geometry":{"type":"MultiPolygon","coordinates":[[[[37,35.5],[37.5,35.5],[37.5,36.2],[37,36.2],[37,35.5]]]]}}]}"#;

#[test]
fn the_users_outlines_come_before_the_base_maps() {
    let desk = Desk::new();
    desk.file("own.csv", "name,lat,lon\nQasr Thamin,35.9,37.2\n")
        .file("adm1.geojson", BOUNDARIES);
    let said = imported(&desk, &["--csv", "own.csv", "--boundaries", "adm1.geojson"]);
    assert!(
        said.contains("2 with outlines; 1 of the files' were known"),
        "{said}"
    );
    assert_eq!(listed(&desk, "Qasr Thamin")[0]["admin1"], "Newland");
    let [idlib, newland] = &resolved(&desk, &["Idlib governorate", "Newland governorate"])[..]
    else {
        panic!()
    };
    let off = |answer: &Value, lat: f64, lon: f64| {
        (answer["lat"].as_f64().unwrap() - lat).abs() < 0.01
            && (answer["lon"].as_f64().unwrap() - lon).abs() < 0.01
    };
    assert!(
        off(idlib, 35.85, 36.75),
        "the middle of the user's box: {idlib}"
    );
    assert!(off(newland, 35.85, 37.25), "{newland}");
    // At run time as well.
    let answer = stdout(
        &desk
            .dateline(&[
                "resolve",
                "--boundaries",
                "adm1.geojson",
                "--format",
                "json",
                "Newland governorate",
            ])
            .assert()
            .success(),
    );
    assert_eq!(
        serde_json::from_str::<Value>(&answer).unwrap()["status"],
        "region",
        "{answer}"
    );
}

#[test]
fn broken_outlines_are_named_by_their_feature() {
    let desk = Desk::new();
    desk.file(
        "bad.geojson",
        r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"shapeName":"Open","shapeType":"ADM1"},"geometry":{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,36]]]}},
        {"type":"Feature","properties":{"shapeName":"Metres","shapeType":"ADM1"},"geometry":{"type":"Polygon","coordinates":[[[300000,35],[37,35],[37,36],[300000,35]]]}},
        {"type":"Feature","properties":{"colour":"red"},"geometry":{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,35]]]}}]}"#,
    );
    let said = failed(&desk, &["--boundaries", "bad.geojson"]);
    for part in [
        "feature 0 (Open): has a ring that is not closed",
        "feature 1 (Metres): 300000, 35 is not on the globe",
        "feature 2: does not say what it is",
    ] {
        assert!(said.contains(part), "{part:?} in {said}");
    }
}

#[test]
fn what_is_exported_imports_again() {
    let desk = Desk::new();
    desk.file("own.csv", "name,lat,lon,kind,population,names_arabic\nQasr Tasi,35.9,36.7,town,1200,قصر تاسع|القصر\nQasr Ashir,36.01,36.7,village,,\n");
    imported(&desk, &["--csv", "own.csv", "--without-embedded"]);
    let export = |from: &str| {
        stdout(
            &desk
                .dateline(&["gazetteer", "export", "--gazetteer", from])
                .assert()
                .success(),
        )
    };
    let first = export("out.gaz");
    assert_eq!(first.lines().count(), 3);
    desk.file("again.csv", &first);
    imported(&desk, &["--csv", "again.csv", "--without-embedded"]);
    assert_eq!(export("out.gaz"), first);
    let geojson = stdout(
        &desk
            .dateline(&[
                "gazetteer",
                "export",
                "--gazetteer",
                "out.gaz",
                "--format",
                "geojson",
            ])
            .assert()
            .success(),
    );
    let geojson: Value = serde_json::from_str(&geojson).unwrap();
    assert_eq!(geojson["features"][0]["properties"]["kind"], "town");
}

#[test]
fn admin_areas_are_exported_and_imported_too() {
    let desk = Desk::new();
    desk.file("own.csv", OWN).file("adm1.geojson", BOUNDARIES);
    imported(&desk, &["--csv", "own.csv", "--boundaries", "adm1.geojson"]);
    let export = |args: &[&str]| {
        let all: Vec<&str> = ["gazetteer", "export", "--gazetteer", "out.gaz"]
            .iter()
            .chain(args)
            .copied()
            .collect();
        stdout(&desk.dateline(&all).assert().success())
    };
    let (places, areas) = (export(&[]), export(&["--areas"]));
    desk.file("places.csv", &places)
        .file("areas.csv", &areas)
        .file("areas.geojson", export(&["--areas", "--format", "geojson"]));
    imported(
        &desk,
        &[
            "--without-embedded",
            "--csv",
            "areas.csv",
            "--csv",
            "places.csv",
            "--boundaries",
            "areas.geojson",
        ],
    );
    assert!(export(&[]) == places, "places come back as they were");
    let rows = |table: &str| {
        let mut rows: Vec<String> = table.lines().map(str::to_owned).collect();
        rows.sort();
        rows.into_iter()
            .filter(|row| row.contains(",1,Idlib,") || row.contains("Newland"))
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(&export(&["--areas"])).len(), rows(&areas).len());
    assert_eq!(
        resolved(&desk, &["Newland governorate"])[0]["status"],
        "region"
    );
}
