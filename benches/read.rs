//! How long it takes to read tables. Run with `cargo bench --bench read`.

use std::fmt::Write;

use dateline::read::{ReadOptions, incidents_from_bytes, read_incidents};
use dateline::record::incidents;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

const ROWS: usize = 100_000;

/// As many as all that ACLED holds of some regions.
const ACLED_ROWS: usize = 1_000_000;

fn main() {
    divan::main();
}

/// Numbers from a fixed sequence: Knuth's linear congruential generator, of which the high bits are the good ones.
fn numbers() -> impl FnMut(u64) -> u64 {
    let mut seed = 1u64;
    move |n| {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (seed >> 33) % n
    }
}

/// Invented events in the columns of an ACLED export, with all that such a row carries: 31 columns, a note of some 200
/// letters, commas and quotes within cells.
fn acled() -> String {
    const KINDS: [(&str, &str); 5] = [
        ("Explosions/Remote violence", "Air/drone strike"),
        (
            "Explosions/Remote violence",
            "Shelling/artillery/missile attack",
        ),
        ("Battles", "Armed clash"),
        ("Violence against civilians", "Attack"),
        ("Protests", "Peaceful protest"),
    ];
    const WORDS: [&str; 12] = [
        "forces", "of", "the", "fired", "shells", "near", "a", "village", "and", "returned",
        "towards", "its",
    ];
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut next = numbers();
    let mut text = String::with_capacity(ACLED_ROWS * 600);
    text.push_str(
        "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,\
         inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,\
         location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n",
    );
    for row in 0..ACLED_ROWS {
        let day = row * 2520 / ACLED_ROWS;
        let (year, month, day) = (2018 + day / 360, day % 360 / 30, day % 28 + 1);
        let (event, kind) = KINDS[next(5) as usize];
        let (place, lat, lon) = (next(4000), next(450_000), next(620_000));
        let mut note = format!("On {day} {} {year}, a \"\"column\"\"", MONTHS[month]);
        for _ in 0..30 {
            note.push(' ');
            note.push_str(WORDS[next(12) as usize]);
        }
        writeln!(
            text,
            "SYR{row},{day:02} {} {year},{year},{},Political violence,{event},{kind},Armed Forces ({}),,State forces,\
             Armed Group ({}),,Rebel group,State forces-Rebel group,,760,Middle East,Syria,Governorate {},District {},\
             Subdistrict {},Place no {place},{:.4},{:.4},{},\"Source {}; Source {}\",National,\"{note}, and more.\",{},,{}",
            MONTHS[month],
            1 + next(12) / 10,
            next(20),
            next(300),
            place % 14,
            place % 62,
            place % 270,
            32.5 + lat as f64 / 1e5,
            35.8 + lon as f64 / 1e5,
            1 + next(14) / 10,
            next(40),
            next(40),
            next(12).saturating_sub(8),
            1_600_000_000 + row / 40,
        )
        .expect("a string takes any text");
    }
    text
}

/// Seven years of events at 590 places, sorted by date, from a fixed sequence.
fn table() -> String {
    const KINDS: [&str; 5] = [
        "airstrike",
        "shelling",
        "drone strike",
        "ground clash",
        "IED",
    ];
    const SOURCES: [&str; 4] = ["SNHR", "SOHR", "\"Telegram, channel A\"", "Local council"];
    let mut next = numbers();
    let mut text = String::from("id,date,place,lat,lon,event_type,killed_min,killed_max,source\n");
    for row in 0..ROWS {
        let day = row * 2520 / ROWS;
        let (year, month, day) = (2018 + day / 360, day % 360 / 30 + 1, day % 28 + 1);
        let (place, lat, lon) = (next(590), next(450_000), next(620_000));
        let killed = next(4);
        writeln!(
            text,
            "I{row:07},{year}-{month:02}-{day:02},Place no {place},{:.5},{:.5},{},{killed},{},{}",
            32.5 + lat as f64 / 1e5,
            35.8 + lon as f64 / 1e5,
            KINDS[next(5) as usize],
            killed + next(3),
            SOURCES[next(4) as usize],
        )
        .expect("a string takes any text");
    }
    text
}

#[divan::bench(args = ["all", "2020-01"])]
fn read_100_000_rows(bencher: Bencher, period: &str) {
    let table = table();
    let options = ReadOptions {
        period: period.parse().ok(),
        ..ReadOptions::default()
    };
    bencher.counter(BytesCount::of_str(&table)).bench(|| {
        incidents_from_bytes("t.csv", black_box(table.as_bytes()), &options)
            .map(|t| t.records.len())
    });
}

/// With the time of reading the file, from the cache of the system.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_1_000_000_acled_rows(bencher: Bencher) {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let table = acled();
    std::fs::write(file.path(), &table).expect("the disk takes the table");
    bencher.counter(BytesCount::of_str(&table)).bench(|| {
        // What is returned is dropped off the clock.
        read_incidents(black_box(file.path()), &ReadOptions::default())
    });
}

#[divan::bench]
fn group_100_000_claims(bencher: Bencher) {
    let table = table();
    let read = || {
        let table = incidents_from_bytes("t.csv", table.as_bytes(), &ReadOptions::default());
        table.expect("the table is in order").records
    };
    bencher.with_inputs(read).bench_values(incidents);
}
