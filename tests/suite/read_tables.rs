//! Tables that are in order, and what is read from them.

use dateline::read::{Format, ReadOptions, Table, displacement_from_bytes, incidents_from_bytes};
use dateline::record::{Claim, Count, Displacement, Extra, Kind, Precision, incidents};
use proptest::prelude::*;

fn claims_with(table: &str, options: &ReadOptions) -> Table<Claim> {
    incidents_from_bytes("t.csv", table.as_bytes(), options).unwrap_or_else(|e| panic!("{e}"))
}

fn claims(table: &str) -> Vec<Claim> {
    claims_with(table, &ReadOptions::default()).records
}

fn moves(table: &str, options: &ReadOptions) -> Table<Displacement> {
    displacement_from_bytes("t.csv", table.as_bytes(), options).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn every_column_of_the_native_table() {
    let all = claims(
        "id,date,place,admin1,country,lat,lon,precision,kind,actor,target,count,killed,injured,source,url,published,quote,note,weather\n\
         A,2019-12~,Saraqib,Idlib,SY,35.86,36.80,1,barrel bombs,Government,market,25,6-9,>=8,SNHR,https://x.org,2019-12-24,\"He said \"\"no\"\"\",n,rain\n",
    );
    let c = &all[0];
    assert_eq!((c.row, c.file.as_deref()), (2, Some("t.csv")));
    assert_eq!(c.when.to_string(), "2019-12~");
    let texts = [
        &c.id,
        &c.place,
        &c.admin1,
        &c.country,
        &c.actor,
        &c.target,
        &c.source,
        &c.url,
        &c.published,
        &c.quote,
        &c.note,
    ];
    assert_eq!(
        texts.map(|t| t.as_deref().unwrap()),
        [
            "A",
            "Saraqib",
            "Idlib",
            "SY",
            "Government",
            "market",
            "SNHR",
            "https://x.org",
            "2019-12-24",
            "He said \"no\"",
            "n"
        ]
    );
    assert_eq!(c.coordinates.map(|p| (p.y(), p.x())), Some((35.86, 36.80)));
    assert_eq!(c.precision, Some(Precision::Exact));
    assert_eq!(c.kind, Kind::AirDroneStrike);
    assert_eq!(c.count, Some(Count::exactly(25)));
    assert_eq!(c.killed, Some(Count::range(6, 9)));
    assert_eq!(c.injured, Some(Count::at_least(8)));
    assert_eq!(c.extra, Extra::from_iter([("weather", "rain")]));
}

#[test]
fn separators_byte_order_mark_order_case_and_line_ends() {
    let plain = claims("date,place,kind,killed\n2020-01-10,Idlib,raid,3\n2020-01-11,Hama,clash,\n");
    for other in [
        "\u{feff}date,place,kind,killed\r\n2020-01-10,Idlib,raid,3\r\n2020-01-11,Hama,clash,\r\n",
        "date;place;kind;killed\n2020-01-10;Idlib;raid;3\n2020-01-11;Hama;clash;",
        "date\tplace\tkind\tkilled\n2020-01-10\tIdlib\traid\t3\n2020-01-11\tHama\tclash\t\n",
        "\"date\",\"place\",\"kind\",\"killed\"\n2020-01-10,Idlib,raid,3\n2020-01-11,\"Hama\",clash,\n",
        "kind,killed,place,date\nraid,3,Idlib,2020-01-10\nclash,,Hama,2020-01-11\n",
        " Date , PLACE,Kind,Killed\n 2020-01-10 , Idlib\u{a0},raid,3\n2020-01-11,Hama,clash,\n",
        "event_date,location,event_type,fatalities\n2020-01-10,Idlib,raid,3\n2020-01-11,Hama,clash,\n",
        "date,place,kind,killed\r2020-01-10,Idlib,raid,3\r2020-01-11,Hama,clash,\r",
        "date,place,kind,killed\n2020-01-10,Idlib,raid,3\n2020-01-11,Hama,clash,\n,,,\n\n",
    ] {
        assert_eq!(claims(other), plain, "{other:?}");
    }
    assert_eq!(plain[0].killed, Some(Count::exactly(3)));
    assert_eq!(plain[1].killed, None);
}

#[test]
fn rows_are_numbered_as_in_a_spreadsheet() {
    for end in ["\n", "\r\n"] {
        let table = [
            "date,place,kind,note",
            "2020,A,raid,\"one\ntwo\nthree\"",
            "",
            "2020,B,raid,",
            ",,,",
            "2020,C,raid,\"x\ny\"",
            "2020,D,raid,",
        ]
        .join("\n")
        .replace('\n', end);
        let rows: Vec<u64> = claims(&table).iter().map(|c| c.row).collect();
        assert_eq!(rows, [2, 4, 6, 7], "{end:?}");
    }
}

#[test]
fn counts_spread_over_columns() {
    let killed = |header: &str, cells: &str| {
        let table = format!("date,place,kind,{header}\n2020,Idlib,raid,{cells}\n");
        claims(&table)[0].killed.map(|c| c.to_string())
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(killed("killed_min,killed_max", "6,9"), some("6-9"));
    assert_eq!(killed("killed_min,killed_max", "6,"), some(">=6"));
    assert_eq!(killed("killed_min,killed_max", ",9"), some("<=9"));
    assert_eq!(killed("killed_min,killed_max", ","), None);
    assert_eq!(
        killed("killed_low,killed_best,killed_high", "2,5,9"),
        some("5 (2-9)")
    );
    assert_eq!(
        killed("killed,killed_min,killed_max", "7,6,9"),
        some("7 (6-9)")
    );
    assert_eq!(
        killed("killed,killed_min,killed_max", "~60000,,"),
        some("~60000")
    );
    assert_eq!(killed("killed", "\"1,234\""), some("1234"));
}

#[test]
fn the_sub_event_type_wins_and_the_event_type_is_carried_through() {
    let all = claims(
        "event_date,location,event_type,sub_event_type\n2020,Idlib,Explosions/Remote violence,Air/drone strike\n",
    );
    assert_eq!(all[0].kind, Kind::AirDroneStrike);
    assert_eq!(
        all[0].extra,
        Extra::from_iter([("event_type", "Explosions/Remote violence")])
    );
}

const GED: &str = "id,year,type_of_violence,side_a,side_b,source_office,source_date,source_headline,where_prec,\
    where_coordinates,adm_1,adm_2,latitude,longitude,country,date_prec,date_start,date_end,low,best,high\n";

#[test]
fn ucdp_ged() {
    let table = claims_with(
        &format!(
            "{GED}1,2016,1,Government,Rebels,A;A;B,2016-01-02;2016-01-02,Clashes,3,Harim district,Idlib,Harim,36.2,36.5,Syria,1,2016-01-01,2016-01-01,2,5,9\n\
             2,2016,3,IS,Civilians,A,2016-01-02,x,1,Idlib town,Idlib,Idlib,35.9,36.6,Syria,2,2016-01-06 00:00:00.000,2016-01-08 00:00:00.000,24,25,24\n"
        ),
        &ReadOptions::default(),
    );
    assert_eq!((table.format, table.rows), (Format::UcdpGed, 2));
    let [a, b] = &table.records[..] else {
        panic!("{table:?}")
    };
    assert_eq!(a.kind, Kind::StateBasedConflict);
    assert_eq!(a.precision, Some(Precision::District));
    assert_eq!(a.place.as_deref(), Some("Harim district"));
    assert_eq!(
        (a.actor.as_deref(), a.target.as_deref()),
        (Some("Government"), Some("Rebels"))
    );
    assert_eq!(
        (a.source.as_deref(), a.published.as_deref()),
        (Some("A; B"), Some("2016-01-02"))
    );
    assert_eq!(a.killed.unwrap().to_string(), "5 (2-9)");
    assert!(a.when.is_exact_day());
    assert!(a.extra.get("adm_2") == Some("Harim"));

    assert_eq!(b.when.to_string(), "2016-01-06/2016-01-08");
    // Published figures that are out of order are spanned, not refused.
    assert_eq!(b.killed.unwrap().to_string(), "25 (24-25)");
}

#[test]
fn acled() {
    let table = claims_with(
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,admin1,location,\
         latitude,longitude,geo_precision,source,notes,fatalities\n\
         SYR1,10 January 2020,1,Explosions/Remote violence,Air/drone strike,Government,Civilians,Syria,Idleb,Binnish,35.9,36.7,1,SNHR,n,3\n\
         SYR2,2020-01-10,2,Battles,Armed clash,Rebels,Government,Syria,Idleb,Idleb,35.9,36.6,3,SNHR,n,0\n\
         SYR3,2020-01-10,3,Battles,Armed clash,Rebels,Government,Syria,Idleb,Idleb,35.9,36.6,2,SNHR,n,\n",
        &ReadOptions::default(),
    );
    assert_eq!(table.format, Format::Acled);
    let [a, b, c] = &table.records[..] else {
        panic!("{table:?}")
    };
    assert_eq!(
        (a.id.as_deref(), a.place.as_deref(), a.note.as_deref()),
        (Some("SYR1"), Some("Binnish"), Some("n"))
    );
    assert_eq!(
        (a.kind, a.killed),
        (Kind::AirDroneStrike, Some(Count::exactly(3)))
    );
    let whens: Vec<String> = [a, b, c].iter().map(|c| c.when.to_string()).collect();
    assert_eq!(
        whens,
        [
            "2020-01-10",
            "2020-01-07~/2020-01-13~",
            "2020-01-01~/2020-01-31~"
        ]
    );
    let precisions = [a, b, c].map(|c| c.precision.unwrap());
    assert_eq!(
        precisions,
        [Precision::Exact, Precision::Governorate, Precision::Near]
    );
    assert_eq!(
        a.extra,
        Extra::from_iter([("event_type", "Explosions/Remote violence")])
    );
}

#[test]
fn a_period_leaves_out_rows_but_not_their_errors_nor_half_an_incident() {
    let table = "id,date,place,kind,killed\n\
                 A,2020-01-31,Idlib,raid,1\n\
                 B,2020-02-01,Idlib,raid,2\n\
                 ,2020-02-01,Idlib,raid,3\n\
                 A,2020-02-01,Idlib,raid,4\n\
                 ,2020,Idlib,raid,5\n\
                 C,2019-12-31,Idlib,raid,6\n";
    let january = ReadOptions {
        period: Some("2020-01".parse().unwrap()),
        ..ReadOptions::default()
    };
    let read = claims_with(table, &january);
    assert_eq!(
        read.records.iter().map(|c| c.row).collect::<Vec<_>>(),
        [2, 5, 6]
    );
    assert_eq!((read.rows, read.outside.len()), (6, 3));
    assert_eq!(read.records, {
        let mut all = claims(table);
        all.retain(|c| [2, 5, 6].contains(&c.row));
        all
    });
    assert_eq!(
        incidents(read.records)[0].killed(),
        Some(Count::range(1, 4))
    );

    let bad = table.replace("raid,6", "raid,many");
    let error = incidents_from_bytes("t.csv", bad.as_bytes(), &january).unwrap_err();
    assert_eq!(error.problems()[0].row, Some(7));
}

#[test]
fn displacement() {
    let read = moves(
        "date;origin;destination;people;source;camp\n\
         2020-01;Idlib;\"Azaz; Afrin;\";~60000;OCHA;yes\n\
         2020-01-08/2020-01-10;unknown;;>=500;;\n",
        &ReadOptions::default(),
    );
    let [a, b] = &read.records[..] else {
        panic!("{read:?}")
    };
    assert_eq!(a.origin.as_deref(), Some("Idlib"));
    assert_eq!(a.destinations, ["Azaz".into(), "Afrin".into()]);
    assert_eq!(a.people, Count::about(60_000));
    assert_eq!(a.source.as_deref(), Some("OCHA"));
    assert_eq!(a.extra, Extra::from_iter([("camp", "yes")]));
    assert_eq!((&b.origin, b.destinations.len()), (&None, 0));
    assert_eq!(b.people, Count::at_least(500));

    let february = ReadOptions {
        period: Some("2020-02".parse().unwrap()),
        ..ReadOptions::default()
    };
    let table = "date,origin,destination,people\n2020-01,A,B,1\n2020-02,A,B,2\n";
    let read = moves(table, &february);
    assert_eq!(
        (read.records.len(), read.rows, read.outside.len()),
        (1, 2, 1)
    );
}

#[test]
fn origin_destination_matrix() {
    let options = ReadOptions {
        matrix_when: Some("2017-03".parse().unwrap()),
        ..ReadOptions::default()
    };
    let read = moves(
        "From;Idlib;Hama;Total\nIdlib; 1.522 ;3; 1.525 \nHama;;7;7\nUnknown;24.950;;24.950\nTotal;26.472;10;26.482\n",
        &options,
    );
    assert_eq!((read.format, read.rows), (Format::Matrix, 3));
    let flows: Vec<_> = read
        .records
        .iter()
        .map(|d| {
            (
                d.row,
                d.origin.as_deref(),
                d.destinations[0].as_ref(),
                d.people.central(),
            )
        })
        .collect();
    assert_eq!(
        flows,
        [
            (2, Some("Idlib"), "Idlib", 1522),
            (2, Some("Idlib"), "Hama", 3),
            (3, Some("Hama"), "Hama", 7),
            (4, None, "Idlib", 24950),
        ]
    );
    assert_eq!(read.records[0].when.to_string(), "2017-03");
    let period = ReadOptions {
        period: Some("2017-03".parse().unwrap()),
        ..ReadOptions::default()
    };
    assert_eq!(
        moves("From;Idlib\nHama;3\n", &period).records[0]
            .when
            .to_string(),
        "2017-03"
    );
}

/// Cells near enough to right ones that every path is walked.
fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9<>=~+(), .-]{0,8}",
        "[0-9/~?%X-]{4,12}",
        "\\PC{0,6}",
        prop::sample::select(vec![
            "2020-01-10",
            "2020",
            "Idlib",
            "air strike",
            "35.9",
            "36.6",
            "0",
            "A",
            "\"",
            "\"a\nb\"",
            "\"\"",
            "Total",
        ])
        .prop_map(str::to_owned),
    ]
}

const HEADERS: [&str; 6] = [
    "id,date,place,lat,lon,kind,killed,precision",
    "id,event_date,location,latitude,longitude,sub_event_type,killed_min,killed_max",
    "date,origin,destination,people,people_min,people_max,source,x",
    "From;Idlib;Hama;Homs;Total",
    "where_prec,type_of_violence,date_start,date_end,low,best,high,latitude",
    "",
];

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let options = ReadOptions { period: Some("2020".parse().unwrap()), matrix_when: Some("2020".parse().unwrap()), ..ReadOptions::default() };
        let _ = incidents_from_bytes("t.csv", &bytes, &options);
        let _ = displacement_from_bytes("t.csv", &bytes, &options);
    }

    #[test]
    fn no_table_makes_a_reader_panic(
        header in prop::sample::select(&HEADERS[..]),
        rows in prop::collection::vec(prop::collection::vec(any_cell(), 0..10), 0..6),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        separator in prop::sample::select(vec![",", ";", "\t"]),
    ) {
        let rows = rows.iter().map(|cells| cells.join(separator));
        let table: Vec<String> = std::iter::once(header.replace([',', ';'], separator)).chain(rows).collect();
        let table = table.join(end);
        let options = ReadOptions { period: Some("2020".parse().unwrap()), matrix_when: Some("2020".parse().unwrap()), ..ReadOptions::default() };
        for result in [
            incidents_from_bytes("t.csv", table.as_bytes(), &options).map(|t| t.rows),
            displacement_from_bytes("t.csv", table.as_bytes(), &options).map(|t| t.rows),
        ] {
            match result {
                Ok(rows) => prop_assert!(rows > 0),
                Err(error) => prop_assert!(!error.problems().is_empty() && !error.to_string().is_empty()),
            }
        }
    }

    #[test]
    fn what_a_csv_writer_writes_is_read(
        places in prop::collection::vec("[^\u{0}]{1,12}", 1..20),
        killed in 0u64..1000,
        delimiter in prop::sample::select(vec![b',', b';', b'\t']),
    ) {
        let places: Vec<&String> = places.iter().filter(|p| !p.trim().is_empty()).collect();
        prop_assume!(!places.is_empty());
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["place", "date", "kind", "killed"]).unwrap();
        for place in &places {
            writer.write_record([place.as_str(), "2020-01-10", "raid", &killed.to_string()]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let read = incidents_from_bytes("t.csv", &bytes, &ReadOptions::default()).unwrap().records;
        prop_assert_eq!(read.len(), places.len());
        for (i, (claim, place)) in read.iter().zip(&places).enumerate() {
            prop_assert_eq!(claim.place.as_deref(), Some(place.trim()));
            prop_assert_eq!(claim.killed, Some(Count::exactly(killed)));
            if places.iter().all(|p| !p.contains('\r')) {
                prop_assert_eq!(claim.row, i as u64 + 2);
            }
        }
    }
}
