//! How well the embedded gazetteer knows a list of spellings: right, wrong, abstained.
//!
//! `cargo run --release --example score_names -- variants.csv`, a CSV with the columns `variant, cc, lat, lon`. Right is
//! a point within 10 km; wrong is a point farther off; a region or no answer is abstained. Each is asked without and
//! with its country.

use std::{env, process};

use dateline::gazetteer::{Gazetteer, Query, Resolution};
use geo::{Distance, Haversine, Point};

const NEAR_M: f64 = 10_000.0;

fn main() {
    let Some(path) = env::args().nth(1) else {
        eprintln!("usage: score_names FILE.csv");
        process::exit(2);
    };
    let rows: Result<Vec<Row>, csv::Error> =
        csv::Reader::from_path(&path).and_then(|mut reader| reader.deserialize().collect());
    let rows = rows.unwrap_or_else(|error| {
        eprintln!("{path}: {error}");
        process::exit(1);
    });
    for with_country in [false, true] {
        let (mut right, mut wrong, mut abstained) = (0, 0, 0);
        for row in &rows {
            let query = Query {
                country: with_country.then_some(row.cc.as_str()),
                ..Query::name(&row.variant)
            };
            let answer = Gazetteer::embedded().resolve(&query);
            match &answer {
                Resolution::Place(found) => {
                    let at = found.ground.parts();
                    let off = at
                        .iter()
                        .filter_map(|part| part.centre())
                        .map(|centre| Haversine.distance(centre, Point::new(row.lon, row.lat)))
                        .fold(0.0, f64::max);
                    if off <= NEAR_M {
                        right += 1;
                    } else {
                        wrong += 1;
                        println!(
                            "wrong: {} → {} ({:.0} km off)",
                            row.variant,
                            found.name,
                            off / 1000.0
                        );
                    }
                }
                other => {
                    abstained += 1;
                    println!("abstained: {}: {}", row.variant, brief(other));
                }
            }
        }
        let how = if with_country { "with" } else { "without" };
        println!(
            "{how} country: {right} right, {wrong} wrong, {abstained} abstained of {}",
            rows.len()
        );
    }
}

fn brief(answer: &Resolution<'_>) -> String {
    let names = |list: &[dateline::gazetteer::Candidate<'_>]| {
        list.iter()
            .map(|c| format!("{:?} {:.2}", c.target, c.score))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match answer {
        Resolution::Place(found) | Resolution::Region(found) => format!("region {}", found.name),
        Resolution::Ambiguous(list) => format!("one of {}", names(list)),
        Resolution::Unresolved(list) => format!("near {}", names(list)),
    }
}

#[derive(serde::Deserialize)]
struct Row {
    variant: String,
    cc: String,
    lat: f64,
    lon: f64,
}
