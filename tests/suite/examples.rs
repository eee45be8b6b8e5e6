//! The example tables read without a problem and hold what their SOURCES.md says they hold.

use std::path::{Path, PathBuf};

use dateline::read::{ReadOptions, read_displacement, read_incidents};
use dateline::record::{Claim, Count, Displacement, Kind, incidents};

fn example(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data/examples")
        .join(path)
}

fn claims(path: &str) -> Vec<Claim> {
    read_incidents(&example(path), &ReadOptions::default())
        .unwrap_or_else(|error| panic!("{error}"))
        .records
}

fn displacement(path: &str) -> Vec<Displacement> {
    read_displacement(&example(path), &ReadOptions::default())
        .unwrap_or_else(|error| panic!("{error}"))
        .records
}

#[test]
fn reports_hold_the_events_of_five_articles() {
    let claims = claims("reports/incidents.csv");
    assert_eq!(claims.len(), 25);
    assert_eq!(incidents(claims).len(), 15);
    assert_eq!(displacement("reports/displacement.csv").len(), 3);
}

#[test]
fn retold_strike_is_one_incident_with_a_toll_of_six_to_nine() {
    let incidents = incidents(claims("reports/incidents.csv"));
    let strike = incidents
        .iter()
        .find(|incident| incident.id() == "R23-5")
        .expect("R23-5 is in the table");
    assert_eq!(strike.claim_count(), 6);
    assert_eq!(strike.kind(), Kind::AirDroneStrike);
    let killed = strike.killed().expect("a toll is given");
    assert_eq!((killed.low(), killed.high()), (Some(6), Some(9)));
}

#[test]
fn reports_copy_no_sentence() {
    assert!(
        claims("reports/incidents.csv")
            .iter()
            .all(|claim| claim.quote.is_none())
    );
    assert!(
        displacement("reports/displacement.csv")
            .iter()
            .all(|row| row.quote.is_none())
    );
}

#[test]
fn more_than_200_000_people_fled_to_the_border() {
    let rows = displacement("reports/displacement.csv");
    let row = rows
        .iter()
        .find(|row| row.people == Count::more_than(200_000))
        .expect("the row is in the table");
    assert_eq!(row.origin.as_deref(), Some("Idlib province"));
    assert_eq!(row.destinations.len(), 1);
    assert_eq!(&*row.destinations[0], "near the border with Turkey");
}

#[test]
fn every_synthetic_row_says_that_it_is_synthetic() {
    let claims = claims("synthetic/incidents.csv");
    let rows = displacement("synthetic/displacement.csv");
    let said = |extra: &dateline::record::Extra| extra.get("synthetic") == Some("yes");
    assert!(claims.iter().all(|claim| said(&claim.extra)));
    assert!(rows.iter().all(|row| said(&row.extra)));
    assert_eq!(incidents(claims).len(), 2000);
    assert_eq!(rows.len(), 300);
}
