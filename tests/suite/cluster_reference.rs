//! Clusters equal those of scikit-learn: the same core points, the same partition of them, the same noise.
//!
//! tests/reference/dbscan.py made the reference labels and says with which versions.

use std::collections::BTreeMap;

use dateline::analyse::cluster::{Also, cluster_with};
use geo::Point;

/// Checks one reference table and returns how many border points went to another cluster in reach. `days` are how many
/// neighbours may be apart where days and weights count.
fn check(table: &str, eps_km: f64, days: Option<u32>, min_points: u32) -> usize {
    let mut points = Vec::new();
    let mut reference = Vec::new();
    let (mut times, mut weights) = (Vec::new(), Vec::new());
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        points.push(Point::new(
            cells[0].parse().unwrap(),
            cells[1].parse().unwrap(),
        ));
        reference.push((cells[2].parse::<i64>().unwrap(), cells[3] == "1"));
        if days.is_some() {
            times.push(cells[4].parse::<i32>().unwrap());
            weights.push(cells[5].parse::<u32>().unwrap());
        }
    }
    let also = Also {
        weights: days.map(|_| &weights[..]),
        times: days.map(|days| (&times[..], days)),
    };
    let found = cluster_with(&points, also, eps_km, min_points).unwrap();
    let (mut forth, mut back) = (BTreeMap::new(), BTreeMap::new());
    for (i, &(label, core)) in reference.iter().enumerate() {
        assert_eq!(found.core[i], core, "core, row {i}");
        assert_eq!(found.labels[i].is_none(), label < 0, "noise, row {i}");
        if core {
            assert_eq!(
                *forth.entry(label).or_insert(found.labels[i]),
                found.labels[i],
                "row {i}"
            );
            assert_eq!(
                *back.entry(found.labels[i]).or_insert(label),
                label,
                "row {i}"
            );
        }
    }
    assert!(
        forth.len() > 2,
        "a reference with too few clusters tests nothing"
    );
    assert_eq!(forth.len(), found.count as usize);
    let border = reference
        .iter()
        .zip(&found.labels)
        .filter(|((label, core), _)| !core && *label >= 0);
    border
        .filter(|((label, _), ours)| forth.get(label) != Some(ours))
        .count()
}

#[test]
fn a_country_of_towns() {
    let elsewhere = check(
        include_str!("../reference/dbscan_country_5km_5.csv"),
        5.0,
        None,
        5,
    );
    assert!(elsewhere < 20, "{elsewhere} border points elsewhere");
}

#[test]
fn across_the_antimeridian() {
    let elsewhere = check(
        include_str!("../reference/dbscan_antimeridian_3km_4.csv"),
        3.0,
        None,
        4,
    );
    assert!(elsewhere < 10, "{elsewhere} border points elsewhere");
}

#[test]
fn round_the_pole() {
    let elsewhere = check(
        include_str!("../reference/dbscan_pole_6km_6.csv"),
        6.0,
        None,
        6,
    );
    assert!(elsewhere < 10, "{elsewhere} border points elsewhere");
}

#[test]
fn in_space_and_time_with_weights() {
    let table = include_str!("../reference/dbscan_time_5km_3days_9.csv");
    let elsewhere = check(table, 5.0, Some(3), 9);
    assert!(elsewhere < 20, "{elsewhere} border points elsewhere");
}
