//! Tables as others make them: ACLED, UCDP GED, GDELT, GeoJSON, HXL, XLSX, ODS, gzip, ZIP, matrices.

use std::io::{Cursor, Write as _};

use dateline::read::{
    Format, Omitted, ReadError, ReadOptions, Table, displacement_from_bytes, incidents_from_bytes,
};
use dateline::record::{Claim, Count, Displacement, Extra, Kind, Precision};
use flate2::write::GzEncoder;
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Workbook};
use serde_json::Value;

use crate::common::{Desk, stderr};

fn read(bytes: impl AsRef<[u8]>) -> Table<Claim> {
    incidents_from_bytes("t", bytes.as_ref(), &ReadOptions::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

fn read_moves(bytes: impl AsRef<[u8]>) -> Table<Displacement> {
    let options = ReadOptions {
        matrix_when: "2017-03".parse().ok(),
        ..ReadOptions::default()
    };
    displacement_from_bytes("t", bytes.as_ref(), &options).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn told(result: Result<Table<Claim>, ReadError>, lines: &[&str]) {
    let error = result.err().map(|error| error.to_string());
    assert_eq!(error, Some(lines.join("\n")));
}

const ACLED: &str = "\
event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp
SYR1,10 January 2020,2020,1,Political violence,Explosions/Remote violence,Air/drone strike,Army,,State forces,Civilians,,Civilians,State forces-Civilians,Civilian targeting,760,Middle East,Syria,Idleb,Ariha,Ariha,Ariha,35.8134,36.6099,1,SOHR; SNHR,Other,\"On 10 January, warplanes hit a market.\",6,,1600000000
SYR2,09 January 2020,2020,2,Political violence,Battles,Armed clash,Army,,State forces,Militia,,Rebel group,x,,760,Middle East,Syria,Idleb,Ariha,Ariha,Sarmin,35.9,36.7258,2,SOHR,Other,Clashes that week.,0,,1600000000
SYR3,15 January 2020,2020,3,Political violence,Battles,Armed clash,Army,,State forces,Militia,,Rebel group,x,,760,Middle East,Syria,Idleb,,,Idleb,35.9297,36.6317,3,SOHR,Other,Clashes that month.,0,,1600000000
";

#[test]
fn acled_of_today() {
    let table = read(ACLED);
    assert_eq!(table.format, Format::Acled);
    let [market, week, month] = &table.records[..] else {
        panic!("three rows")
    };
    assert_eq!(market.when.to_string(), "2020-01-10");
    assert_eq!(market.kind, Kind::AirDroneStrike);
    assert_eq!(market.killed, Some(Count::exactly(6)));
    assert_eq!(market.precision, Some(Precision::Exact));
    assert_eq!(
        [&market.id, &market.place, &market.admin1, &market.country].map(|t| t.as_deref()),
        ["SYR1", "Ariha", "Idleb", "Syria"].map(Some)
    );
    assert_eq!(week.when.to_string(), "2020-01-06~/2020-01-12~");
    assert_eq!(week.precision, Some(Precision::Near));
    assert_eq!(month.when.to_string(), "2020-01-01~/2020-01-31~");
    assert_eq!(month.precision, Some(Precision::Governorate));
}

#[test]
fn a_zero_of_acled_is_no_claim_that_nobody_died() {
    let week = &read(ACLED).records[1];
    assert_eq!(week.killed, None);
    assert_eq!(week.extra.get("fatalities"), Some("0"));
}

#[test]
fn acled_of_old_in_capitals_with_semicolons() {
    let table = read(
        "ISO;EVENT_ID_CNTY;EVENT_ID_NO_CNTY;EVENT_DATE;YEAR;TIME_PRECISION;EVENT_TYPE;SUB_EVENT_TYPE;ACTOR1;ACTOR2;COUNTRY;ADMIN1;LOCATION;LATITUDE;LONGITUDE;GEO_PRECISION;SOURCE;NOTES;FATALITIES\n\
         760;SYR9;9;10-Jan-20;2020;1;Explosions/Remote violence;Suicide bomb;A;B;Syria;Homs;Homs;34.73;36.71;1;SANA;;3\n\
         760;SYR8;8;2020-01-10;2020;1;Protests;Excessive force against protestors;A;B;Syria;Homs;Homs;34.73;36.71;1;SANA;;1\n",
    );
    assert_eq!(table.format, Format::Acled);
    assert_eq!(table.records[0].when.to_string(), "2020-01-10");
    assert_eq!(table.records[0].kind, Kind::SuicideBomb);
    assert_eq!(table.records[1].kind, Kind::ExcessiveForceAgainstProtesters);
    // Before 2019 there was no sub-event type.
    let older = "EVENT_ID_CNTY,EVENT_DATE,TIME_PRECISION,EVENT_TYPE,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,FATALITIES\n\
                 SYR7,3-March-2017,1,Battle-No change of territory,Homs,34.73,36.71,1,2\n";
    assert_eq!(read(older).records[0].kind, Kind::ArmedClash);
}

#[test]
fn what_is_wrong_with_acled_is_told_together() {
    let table = "event_id_cnty,event_date,time_precision,sub_event_type,location,latitude,longitude,geo_precision,fatalities\n\
                 A,10/01/2020,1,Armed clash,Homs,34.7,36.7,1,2\n\
                 B,2020-01-10,4,Armed clash,Homs,34.7,36.7,5,many\n";
    told(
        incidents_from_bytes("t", table.as_bytes(), &ReadOptions::default()),
        &[
            "t: 4 problems",
            "  row 2, event_date \"10/01/2020\" is ambiguous: write 2020-01-10 or 2020-10-01",
            "  row 3, time_precision \"4\" is not a time precision: 1 (day), 2 (week) or 3 (month)",
            "  row 3, geo_precision \"5\" is not a geo-precision: 1 (settlement), 2 (near it) or 3 (larger region)",
            "  row 3, fatalities \"many\" is not a count: write e.g. 8, 6-9, >=8, >200000 or ~60000, or leave it empty if unknown",
        ],
    );
}

#[test]
fn ucdp_of_several_versions() {
    let row = |header: &str, cells: &str| {
        read(format!(
            "{header},type_of_violence,side_a,side_b,source_office,source_date,where_prec,where_coordinates,adm_1,latitude,longitude,country,date_prec,date_start,date_end,low,best,high\n\
             {cells},1,Government of X,Y,Agency;Agency;Paper,2020-01-11,4,A province,Homs,34.7,36.7,Syria,2,2020-01-08 00:00:00.000,2020-01-10 00:00:00.000,2,3,5\n"
        ))
    };
    for table in [
        row("id,year,active_year,conflict_new_id", "1,2020,1,299"),
        row(
            "id,relid,year,active_year,code_status,conflict_dset_id,conflict_new_id",
            "1,SYR-1,2020,1,Clear,299,299",
        ),
    ] {
        assert_eq!(table.format, Format::UcdpGed);
        let claim = &table.records[0];
        assert_eq!(claim.when.to_string(), "2020-01-08/2020-01-10");
        assert_eq!(claim.precision, Some(Precision::Governorate));
        assert_eq!(
            claim.killed.map(|k| k.to_string()).as_deref(),
            Some("3 (2-5)")
        );
        assert_eq!(claim.source.as_deref(), Some("Agency; Paper"));
    }
}

/// A row of GDELT 2.0 with these cells, and nothing in the others.
fn gdelt(cells: &[(usize, &str)]) -> String {
    let mut row = vec![""; 61];
    let always = [
        (1, "20200110"),
        (2, "202001"),
        (3, "2020"),
        (4, "2020.0274"),
    ];
    for (at, cell) in always.iter().chain(cells) {
        row[*at] = cell;
    }
    row.join("\t") + "\n"
}

fn gdelt_table() -> String {
    let city = [
        (0, "900001"),
        (6, "AIR FORCE"),
        (26, "195"),
        (51, "4"),
        (52, "Ariha, Idlib, Syria"),
        (53, "SY"),
        (56, "35.8134"),
        (57, "36.6099"),
        (60, "https://www.example.org/2020/strike.html"),
    ];
    let province = [
        (0, "900002"),
        (26, "190"),
        (51, "5"),
        (52, "Homs, Syria"),
        (56, "34.5"),
        (57, "37.5"),
        (60, "https://news.example.net/a"),
    ];
    let talks = [
        (0, "900003"),
        (26, "036"),
        (51, "1"),
        (52, "Syria"),
        (56, "35"),
        (57, "38"),
    ];
    let nowhere = [
        (0, "900004"),
        (26, "1831"),
        (51, "0"),
        (60, "https://news.example.net/b"),
    ];
    [&city[..], &province, &talks, &nowhere].map(gdelt).concat()
}

#[test]
fn gdelt_without_a_header() {
    let table = read(gdelt_table());
    assert_eq!((table.format, table.rows), (Format::Gdelt, 4));
    let [strike, fight, bomb] = &table.records[..] else {
        panic!("three rows of violence")
    };
    assert_eq!((strike.row, strike.kind), (1, Kind::AirDroneStrike));
    assert_eq!(strike.when.to_string(), "2020-01-10");
    assert_eq!(
        [
            &strike.place,
            &strike.admin1,
            &strike.country,
            &strike.source
        ]
        .map(|t| t.as_deref()),
        ["Ariha", "Idlib", "Syria", "example.org"].map(Some)
    );
    assert_eq!(strike.precision, Some(Precision::Exact));
    assert_eq!(strike.killed, None, "unknown, not zero");
    assert_eq!(fight.precision, Some(Precision::Governorate));
    assert_eq!(fight.admin1.as_deref(), Some("Homs"));
    assert_eq!(bomb.kind, Kind::SuicideBomb);
    assert_eq!((&bomb.place, bomb.coordinates), (&None, None));
    let talks = &table.outside[..];
    assert_eq!(talks.len(), 1);
    assert_eq!((talks[0].row, talks[0].why), (3, Omitted::OtherKind));
}

#[test]
fn gdelt_from_a_data_base() {
    let table = read(
        "GLOBALEVENTID,SQLDATE,Actor1Name,EventCode,ActionGeo_Type,ActionGeo_FullName,ActionGeo_Lat,ActionGeo_Long,SOURCEURL\n\
         7,20200110,A,194,1,Syria,35,38,https://example.org/x\n",
    );
    assert_eq!(table.format, Format::Gdelt);
    assert_eq!(table.records[0].kind, Kind::ShellingArtilleryMissileAttack);
    assert_eq!(table.records[0].precision, Some(Precision::Country));
}

#[test]
fn geojson_points() {
    let table = read(
        r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","geometry":{"type":"Point","coordinates":[36.61,35.81]},
             "properties":{"date":"2020-01-10","place":"Ariha","kind":"air strike","killed":6,"lat":1,"weather":"rain"}},
            {"type":"Feature","geometry":null,
             "properties":{"date":"2020-01","place":"Idlib","kind":"clash","killed":null,"sensitive":true}}]}"#,
    );
    let [strike, clash] = &table.records[..] else {
        panic!("two features")
    };
    assert_eq!(
        strike.coordinates.map(|at| (at.y(), at.x())),
        Some((35.81, 36.61))
    );
    assert_eq!(strike.killed, Some(Count::exactly(6)));
    assert_eq!(strike.extra, Extra::from_iter([("weather", "rain")]));
    assert_eq!(
        (strike.sensitive, clash.sensitive),
        (Some(false), Some(true))
    );
    assert_eq!((clash.coordinates, clash.killed), (None, None));
    assert_eq!((strike.row, clash.row), (1, 2));
}

#[test]
fn geojson_of_acled_and_what_is_wrong_with_features() {
    let feature = |geometry: &str, fatalities: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{geometry},
            "properties":{{"event_id_cnty":"A","event_date":"2020-01-10","sub_event_type":"Armed clash","geo_precision":1,
            "location":"Homs","latitude":34.7,"longitude":36.7,"fatalities":{fatalities}}}}}]}}"#
        )
    };
    let point = r#"{"type":"Point","coordinates":[36.7,34.7]}"#;
    let table = read(feature(point, "2"));
    assert_eq!(table.format, Format::Acled);
    assert_eq!(table.records[0].coordinates.map(|at| at.y()), Some(34.7));
    let line = r#"{"type":"LineString","coordinates":[[36.7,34.7],[36.8,34.7]]}"#;
    told(
        incidents_from_bytes(
            "t.geojson",
            feature(line, "\"x\"").as_bytes(),
            &ReadOptions::default(),
        ),
        &[
            "t.geojson: 2 problems",
            "  feature 1 is a LineString: only points are places of incidents",
            "  feature 1, fatalities \"x\" is not a count: write e.g. 8, 6-9, >=8, >200000 or ~60000, or leave it empty if unknown",
        ],
    );
}

#[test]
fn hxl_tags_below_a_header_or_alone() {
    let rows = "2020-01-10,SY07,Idlib,Ariha,air strike,5,7,Monitor\n";
    let tags = "#date +occurred,#adm1+code,#adm1+name,#loc,#event+type,#affected+killed+min,#affected+killed+max,#meta+source\n";
    let tagged = read(format!(
        "Jour,Code,Gouvernorat,Lieu,Fait,Morts,Morts (max),Dit par\n{tags}{rows}"
    ));
    let alone = read(format!("{tags}{rows}"));
    for (table, row) in [(&tagged, 3), (&alone, 2)] {
        let claim = &table.records[0];
        assert_eq!((table.rows, claim.row), (1, row));
        assert_eq!(claim.killed, Some(Count::range(5, 7)));
        assert_eq!(
            [&claim.admin1, &claim.place, &claim.source].map(|t| t.as_deref()),
            ["Idlib", "Ariha", "Monitor"].map(Some)
        );
    }
    // What a message calls a column is what stands above it.
    let bad = format!(
        "Jour,Code,Gouvernorat,Lieu,Fait,Morts,Morts (max),Dit par\n{tags}soon,SY07,Idlib,Ariha,clash,1,2,M\n"
    );
    told(
        incidents_from_bytes("t", bad.as_bytes(), &ReadOptions::default()),
        &[
            "t: 1 problem",
            "  row 3, Jour \"soon\" is not a date: write e.g. 2020-01-10, 2020-01, 2020-01-08/2020-01-10, 2019-12~ (about) or 2019-12-24? (uncertain)",
        ],
    );
}

#[test]
fn hxl_of_displacement() {
    let table = read_moves(
        "Month,From governorate,From district,To,People,Households\n\
         #date,#adm1+name+origin,#adm2+name+origin,#adm1+name+dest,#affected+idps,#affected+hh\n\
         2020-01,Idlib,Ariha,Aleppo,\"1,200\",240\n",
    );
    let moved = &table.records[0];
    assert_eq!(moved.origin.as_deref(), Some("Ariha"));
    assert_eq!(moved.destinations.join(";"), "Aleppo");
    assert_eq!(moved.people, Count::exactly(1200));
}

/// A workbook: a sheet of remarks, then one of incidents below a title.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_name("Remarks")
        .and_then(|sheet| sheet.write(0, 0, "Collected by hand"))
        .expect("a sheet");
    let sheet = book.add_worksheet().set_name("Events").expect("a sheet");
    sheet.write(0, 0, "Incidents of January").expect("a title");
    for (column, name) in ["date", "place", "kind", "killed", "lat", "lon", "sensitive"]
        .into_iter()
        .enumerate()
    {
        sheet.write(2, column as u16, name).expect("a header");
    }
    let days = CellFormat::new().set_num_format("yyyy-mm-dd");
    let day = ExcelDateTime::from_ymd(2020, 1, 10).expect("a day");
    sheet.write_with_format(3, 0, &day, &days).expect("a date");
    sheet.write(3, 1, "Ariha").expect("a place");
    sheet.write(3, 2, "air strike").expect("a kind");
    sheet.write(3, 3, 6).expect("a number");
    sheet.write(3, 4, 35.8134).expect("a number");
    sheet.write(3, 5, 36.6099).expect("a number");
    sheet.write(3, 6, true).expect("a truth");
    // Row 5 is empty; row 6 has a date as text, and fewer cells.
    sheet.write(5, 0, "2020-01~").expect("a date");
    sheet.write(5, 1, "Idlib").expect("a place");
    sheet.write(5, 2, "clash").expect("a kind");
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_workbook() {
    let table = read(workbook());
    let [strike, clash] = &table.records[..] else {
        panic!("two rows")
    };
    assert_eq!((strike.row, clash.row), (4, 6));
    assert_eq!(strike.when.to_string(), "2020-01-10");
    assert_eq!(strike.killed, Some(Count::exactly(6)));
    assert_eq!(strike.coordinates.map(|at| at.y()), Some(35.8134));
    assert_eq!(strike.sensitive, Some(true));
    assert_eq!(
        (clash.killed, clash.when.to_string()),
        (None, "2020-01~".to_owned())
    );
}

#[test]
fn what_is_wrong_with_a_workbook_is_told_with_sheet_row_and_column() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Events").expect("a sheet");
    for (row, cells) in [
        ["date", "place", "kind", "killed"],
        ["43840", "Idlib", "air strike", "many"],
    ]
    .iter()
    .enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            sheet
                .write(row as u32, column as u16, *cell)
                .expect("a cell");
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    told(
        incidents_from_bytes("t.xlsx", &bytes, &ReadOptions::default()),
        &[
            "t.xlsx, sheet \"Events\": 2 problems",
            "  row 2, date (column A) \"43840\" is a spreadsheet's day number: format the column as a date, here probably 2020-01-10",
            "  row 2, killed (column D) \"many\" is not a count: write e.g. 8, 6-9, >=8, >200000 or ~60000, or leave it empty if unknown",
        ],
    );
    let options = ReadOptions {
        sheet: Some("Ereignisse".to_owned()),
        ..ReadOptions::default()
    };
    told(
        incidents_from_bytes("t.xlsx", &bytes, &options),
        &[
            "t.xlsx: 1 problem",
            "  has no sheet \"Ereignisse\": it has \"Events\"",
        ],
    );
}

#[test]
fn a_zip_that_is_no_workbook() {
    let result = incidents_from_bytes("t.zip", b"PK\x03\x04nothing", &ReadOptions::default());
    let error = result
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    assert!(
        error.contains("unpack it, or save the table as CSV"),
        "{error}"
    );
}

#[test]
fn damaged_workbooks_are_told_and_never_panic() {
    let whole = workbook();
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let _ = incidents_from_bytes("t.xlsx", &bytes, &ReadOptions::default());
        let _ = incidents_from_bytes("t.xlsx", &whole[..at], &ReadOptions::default());
    }
}

#[test]
fn gzip_around_any_table() {
    let plain = read(ACLED);
    let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(ACLED.as_bytes()).expect("memory");
    let packed = packed.finish().expect("memory");
    assert_eq!(read(&packed), plain);
    let cut = &packed[..packed.len() / 2];
    let result = incidents_from_bytes("t", cut, &ReadOptions::default());
    let error = result
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    assert!(error.contains("cannot be unpacked"), "{error}");
}

#[test]
fn a_matrix_with_any_thousands() {
    for (separator, cells) in [
        (";", ["1.522", "2,000", "1 000", "12.0"]),
        ("\t", ["1,522", "2000", "1'000", "12,00"]),
        (";", ["1522", "2\u{202f}000", "1.000", "12"]),
    ] {
        let [a, b, c, d] = cells;
        let table = read_moves(format!(
            "From{separator}Aleppo{separator}Homs{separator}Hama\nIdlib{separator}{a}{separator}{b}{separator}\nUnknown{separator}{c}{separator}{d}{separator}0\n"
        ));
        assert_eq!(table.format, Format::Matrix);
        let people: u64 = table
            .records
            .iter()
            .map(|moved| moved.people.central())
            .sum();
        assert_eq!(people, 1522 + 2000 + 1000 + 12, "{cells:?}");
        assert_eq!(table.records.len(), 4);
        assert_eq!(table.records[2].origin, None);
    }
    let half = "From;Aleppo;Homs;Hama\nIdlib;12.5;1;1\n";
    let options = ReadOptions {
        matrix_when: "2017-03".parse().ok(),
        ..ReadOptions::default()
    };
    let result = displacement_from_bytes("t", half.as_bytes(), &options);
    assert_eq!(
        result.err().map(|error| error.to_string()).as_deref(),
        Some(
            "t: 1 problem\n  row 2, Aleppo \"12.5\" is not a number of people: write e.g. 1522 or 1.522"
        )
    );
}

#[test]
fn the_format_may_be_said() {
    // Without geo_precision an export is not known by its columns.
    let table = "event_id_cnty,event_date,time_precision,sub_event_type,location,latitude,longitude,fatalities\n\
                 A,9 January 2020,2,Armed clash,Homs,34.7,36.7,0\n";
    let options = ReadOptions {
        format: Some(Format::Acled),
        ..ReadOptions::default()
    };
    let read = incidents_from_bytes("t", table.as_bytes(), &options).unwrap();
    assert_eq!(read.format, Format::Acled);
    assert_eq!(read.records[0].when.to_string(), "2020-01-06~/2020-01-12~");
    assert!(incidents_from_bytes("t", table.as_bytes(), &ReadOptions::default()).is_err());
}

/// Longer than one part: what is read in parts is what is read in one go, with the same problems.
#[test]
fn a_long_table_is_read_as_a_short_one_is() {
    let header = "id,date,place,kind,killed,note\n";
    let row = |n: usize| {
        let note = match n % 5 {
            0 => "\"two\nlines, and a \"\"quote\"\"\"".to_owned(),
            1 => "\"semicolons; commas, and\r\nmore\"".to_owned(),
            _ => "x".repeat(150),
        };
        format!(
            "I{n},2020-01-{:02},Place {},clash,{},{note}\n",
            n % 28 + 1,
            n % 97,
            n % 9
        )
    };
    let rows = 60_000;
    let mut text = header.to_owned();
    let mut expected = Vec::new();
    let mut line = 1;
    for n in 0..rows {
        if n % 1000 == 7 {
            text.push('\n');
            line += 1;
        }
        line += 1;
        expected.push((line, format!("I{n}")));
        text.push_str(&row(n));
    }
    assert!(text.len() > 6 << 20, "more than one part: {}", text.len());
    let found = read(&text).records;
    let found: Vec<_> = found
        .iter()
        .map(|claim| {
            (
                claim.row,
                claim.id.as_deref().unwrap_or_default().to_owned(),
            )
        })
        .collect();
    assert_eq!(found.len(), rows);
    assert!(found == expected, "rows differ");

    // A quote that is not at the start of a cell is none; the parts are then cut where no row begins.
    let odd = text
        .replacen(",clash,", ",clash ,", 1)
        .replacen("Place 3,", "Place 3\",", 1);
    let found = read(&odd).records;
    assert_eq!(found.len(), rows);
    assert_eq!(found.last().map(|claim| claim.row), Some(line));

    let bad = text.replacen("Place 5,clash,", "Place 5,clash,many", 1)
        + "J,2020-01-01,Homs,clash\nK,soon,Homs,clash,1,\n";
    let error = incidents_from_bytes("t", bad.as_bytes(), &ReadOptions::default()).unwrap_err();
    let text = error.to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert!(
        lines[1].contains(", killed \"many5\" is not a count"),
        "{text}"
    );
    assert!(
        lines[2].starts_with(&format!("  row {} has 4 cells", line + 1)),
        "{text}"
    );
    assert!(
        lines[3].starts_with(&format!("  row {}, date \"soon\"", line + 2)),
        "{text}"
    );
}

#[test]
fn gdelt_on_a_map_says_what_is_no_incident_and_how_vague_places_are() {
    let country = [
        (0, "900005"),
        (26, "190"),
        (51, "1"),
        (52, "Syria"),
        (56, "35"),
        (57, "38"),
    ];
    let desk = Desk::new();
    desk.file("events.CSV", gdelt_table() + &gdelt(&country));
    let args = ["render", "--incidents", "events.CSV", "--formats", "svg"];
    desk.dateline(&args).assert().success();
    let drawn = desk.features("output/layers/incidents.geojson");
    let drawn: Vec<_> = drawn.iter().map(|one| &one["properties"]).collect();
    assert_eq!(drawn.len(), 3);
    let of = |id: &str| {
        drawn
            .iter()
            .find(|one| one["id"] == id)
            .expect("an incident")
    };
    assert_eq!(of("900001")["admin1"], "Idlib");
    assert_eq!(
        (&of("900005")["precision"], &of("900005")["admin1"]),
        (&6.into(), &Value::Null)
    );
    assert!(drawn.iter().all(|one| one["killed_low"].is_null()));
    let manifest = desk.json("output/manifest.json");
    assert_eq!(manifest["inputs"][0]["format"], "gdelt");
    assert_eq!(manifest["counts"]["incidents_other_kind"], 1);
    assert_eq!(manifest["left_out"]["no incident"], 1);
    let left_out = desk.text("output/left-out.csv");
    assert!(
        left_out.contains("incidents,3,900003,2020-01-10,Syria,no incident,"),
        "{left_out}"
    );
}

#[test]
fn a_sheet_and_a_format_are_flags_and_keys() {
    let desk = Desk::new();
    desk.file("book.xlsx", workbook());
    desk.file(
        "map.toml",
        "incidents = \"book.xlsx\"\nsheet = \"Events\"\nformat = \"dateline\"\n",
    );
    desk.dateline(&["layers", "map.toml"]).assert().success();
    let input = desk.json("output/manifest.json")["inputs"][0].take();
    assert_eq!(
        (&input["sheet"], &input["rows"]),
        (&"Events".into(), &2.into())
    );
    let run = desk
        .dateline(&["layers", "map.toml", "--format", "stata"])
        .assert()
        .code(1);
    let said = stderr(&run);
    assert!(
        said.contains("format: \"stata\" is none: write dateline, acled, ucdp, gdelt or matrix"),
        "{said}"
    );
}

/// A ZIP archive of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).expect("a file");
        archive.write_all(bytes).expect("bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

const PLAIN: &[u8] = b"date,place,kind,killed\n2020-01-10,Idlib,air strike,6\n";

#[test]
fn an_archive_with_one_table() {
    let plain = read(PLAIN);
    for files in [
        &[("events.CSV", PLAIN)][..],
        &[
            ("data/a.csv", PLAIN),
            ("readme.txt", b"of whom"),
            ("terms.pdf", b"%PDF"),
        ],
        &[
            ("__MACOSX/._a.csv", b"\0"),
            ("a.csv", PLAIN),
            (".hidden.csv", PLAIN),
        ],
        &[("20200110", PLAIN)],
    ] {
        assert_eq!(read(zipped(files)).records, plain.records, "{files:?}");
    }
    let book = read(zipped(&[("t.xlsx", &workbook())]));
    assert_eq!(book.sheet.as_deref(), Some("Events"));
}

#[test]
fn an_archive_that_is_not_of_one_table_says_what_is_in_it() {
    let read = |files: &[(&str, &[u8])]| {
        incidents_from_bytes("t.zip", &zipped(files), &ReadOptions::default())
    };
    told(
        read(&[("a.csv", PLAIN), ("b.csv", PLAIN), ("c.txt", b"about")]),
        &[
            "t.zip: 1 problem",
            "  is a ZIP archive with 2 tables in it (\"a.csv\", \"b.csv\"): unpack it and name those that are meant",
        ],
    );
    told(
        read(&[("a.pdf", b"%PDF"), ("b.png", b"x")]),
        &[
            "t.zip: 1 problem",
            "  is a ZIP archive without a table in it (\"a.pdf\", \"b.png\")",
        ],
    );
    told(
        read(&[]),
        &["t.zip: 1 problem", "  is a ZIP archive with nothing in it"],
    );
    // Cut short.
    let whole = zipped(&[("a.csv", PLAIN)]);
    for length in 4..whole.len() {
        let cut = whole.get(..length).expect("shorter");
        assert!(incidents_from_bytes("t.zip", cut, &ReadOptions::default()).is_err());
    }
}

/// A workbook of OpenDocument, as LibreOffice writes it but for what does not matter here.
fn open_document() -> Vec<u8> {
    let cell = |kind: &str, value: &str, text: &str| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" {value}><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let text = |text: &str| cell("string", "", text);
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        row(&[text("Incidents of January")]),
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>"
            .to_owned(),
        row(&["date", "place", "kind", "killed", "lat", "lon"].map(text)),
        row(&[
            cell("date", "office:date-value=\"2020-01-10\"", "10.01.20"),
            text("Ariha"),
            text("air strike"),
            cell("float", "office:value=\"6\"", "6"),
            cell("float", "office:value=\"35.8134\"", "35,8134"),
            cell("float", "office:value=\"36.6099\"", "36,6099"),
        ]),
    ];
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Remarks\"><table:table-row><table:table-cell/></table:table-row></table:table>\
         <table:table table:name=\"Events\">{}</table:table></office:spreadsheet></office:body></office:document-content>",
        rows.concat()
    );
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest \
                    xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ])
}

#[test]
fn a_workbook_of_open_document() {
    let table = read(open_document());
    let [strike] = &table.records[..] else {
        panic!("one row")
    };
    assert_eq!(table.sheet.as_deref(), Some("Events"));
    assert_eq!(strike.row, 5);
    assert_eq!(strike.when.to_string(), "2020-01-10");
    assert_eq!(strike.killed, Some(Count::exactly(6)));
    assert_eq!(strike.coordinates.map(|at| at.y()), Some(35.8134));
    let whole = open_document();
    for length in (4..whole.len()).step_by(7) {
        let cut = whole.get(..length).expect("shorter");
        assert!(incidents_from_bytes("t.ods", cut, &ReadOptions::default()).is_err());
    }
}
