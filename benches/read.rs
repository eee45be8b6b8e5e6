//! How long it takes to read tables. Run with `cargo bench --bench read`.

use std::fmt::Write;

use dateline::read::{ReadOptions, incidents_from_bytes};
use dateline::record::incidents;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

const ROWS: usize = 100_000;

fn main() {
    divan::main();
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
    let mut seed = 1u64;
    let mut next = |n: u64| {
        // Knuth's linear congruential generator; the high bits are the good ones.
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (seed >> 33) % n
    };
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

#[divan::bench]
fn group_100_000_claims(bencher: Bencher) {
    let table = table();
    let read = || {
        let table = incidents_from_bytes("t.csv", table.as_bytes(), &ReadOptions::default());
        table.expect("the table is in order").records
    };
    bencher.with_inputs(read).bench_values(incidents);
}
