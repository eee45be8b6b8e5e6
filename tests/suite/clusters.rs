//! Clusters as a user gets them: in space and time, by count, with what is sure and what is not.

use std::fmt::Write;

use crate::common::{Desk, stderr};

/// Rows of incidents at one place or along a line, each `id,date,lat,lon,kind,count,killed`.
fn table(rows: &[(&str, f64, f64, &str)]) -> String {
    let mut text = "id,date,lat,lon,kind,count,killed\n".to_owned();
    for (i, (date, lat, lon, count)) in rows.iter().enumerate() {
        writeln!(text, "i{i},{date},{lat},{lon},air strike,{count},1").unwrap();
    }
    text
}

fn layers(desk: &Desk, args: &[&str]) -> String {
    let mut all = vec!["layers", "--incidents", "incidents.csv"];
    all.extend(args);
    stderr(&desk.dateline(&all).assert().success())
}

#[test]
fn clusters_in_time_are_apart_where_days_are() {
    let desk = Desk::new();
    let mut rows: Vec<_> = ["01", "03", "05", "20", "22"]
        .map(|day| (format!("2020-01-{day}"), 35.9))
        .to_vec();
    // known to a month only: near in time to nothing in particular
    rows.push(("2020-01".to_owned(), 35.9));
    let rows: Vec<_> = rows
        .iter()
        .map(|(date, lat)| (date.as_str(), *lat, 36.6, ""))
        .collect();
    desk.file("incidents.csv", table(&rows));
    layers(&desk, &["--cluster-min", "2"]);
    assert_eq!(desk.features("output/layers/clusters.geojson").len(), 1);
    let said = layers(&desk, &["--cluster-min", "2", "--cluster-days", "3"]);
    let clusters = desk.features("output/layers/clusters.geojson");
    let sizes: Vec<_> = clusters
        .iter()
        .map(|one| one["properties"]["incidents"].as_u64().unwrap())
        .collect();
    assert_eq!(sizes, [3, 2]);
    assert_eq!(clusters[0]["properties"]["date_end"], "2020-01-05");
    assert!(
        said.contains("2; 1 incident with dates too vague"),
        "{said}"
    );
    let manifest = desk.json("output/manifest.json");
    assert_eq!(manifest["settings"]["cluster_days"], 3);
}

#[test]
fn counts_may_weigh_and_dates_may_be_in_doubt() {
    let desk = Desk::new();
    desk.file(
        "incidents.csv",
        table(&[
            ("2020-01-10", 35.9, 36.6, "4"),
            ("2020-01-31/2020-02-02", 35.9, 36.61, ">=1"),
            ("2020-01-12", 35.2, 37.9, "3"),
        ]),
    );
    let period = ["--period", "2020-01", "--cluster-min", "5"];
    layers(&desk, &period);
    assert!(desk.features("output/layers/clusters.geojson").is_empty());
    layers(
        &desk,
        &[&period[..], &["--cluster-weight", "count"]].concat(),
    );
    let [one] = &desk.features("output/layers/clusters.geojson")[..] else {
        panic!("one cluster");
    };
    let says = |name: &str| one["properties"][name].as_u64();
    assert_eq!(
        [
            "incidents_low",
            "incidents",
            "incidents_high",
            "count_low",
            "count_high"
        ]
        .map(says),
        [Some(1), Some(2), Some(2), Some(5), None]
    );
    let said = desk.dateline(&[
        "layers",
        "--incidents",
        "incidents.csv",
        "--cluster-weight",
        "deaths",
    ]);
    let said = stderr(&{ said }.assert().failure());
    assert!(said.contains("write incidents or count"), "{said}");
}

#[test]
fn a_cluster_that_chains_across_the_country_is_named_as_such() {
    let desk = Desk::new();
    let rows: Vec<_> = (0..120)
        .map(|i| ("2020-01-10", 35.0, 36.5 + f64::from(i) * 0.02, ""))
        .collect();
    desk.file("incidents.csv", table(&rows));
    let said = layers(&desk, &[]);
    assert!(said.contains("1 chain as far as 217 km"), "{said}");
    assert!(
        said.contains("--cluster-km") && said.contains("--cluster-days"),
        "{said}"
    );
    let one = &desk.features("output/layers/clusters.geojson")[0]["properties"];
    assert_eq!(one["chained"], true);
    // 2.38 degrees on the parallel of 35
    assert!(
        (one["width_km"].as_f64().unwrap() - 216.8).abs() < 0.3,
        "{one}"
    );
    desk.dateline(&["render", "--incidents", "incidents.csv", "--formats", "svg"])
        .assert()
        .success();
    let svg = desk.files("output");
    let svg = svg
        .iter()
        .find(|(name, _)| name.ends_with("density.svg"))
        .unwrap();
    assert!(String::from_utf8_lossy(svg.1).contains("chain as far as 217 km"));
}

#[test]
fn the_order_of_the_table_changes_nothing() {
    let desk = Desk::new();
    let days: Vec<String> = (0..40)
        .map(|i| format!("2020-01-{:02}", 1 + i % 28))
        .collect();
    let mut rows: Vec<_> = (0..40)
        .map(|i| {
            let (x, y) = (f64::from(i % 3), f64::from(i * 7 % 11));
            (
                days[i as usize].as_str(),
                35.0 + 0.4 * x + 0.004 * y,
                36.5 + 0.011 * y,
                "2",
            )
        })
        .collect();
    let clusters = |rows: &[(&str, f64, f64, &str)]| {
        desk.file("incidents.csv", table(rows));
        layers(&desk, &["--cluster-days", "9", "--cluster-min", "3"]);
        desk.text("output/layers/clusters.geojson")
    };
    let forth = clusters(&rows);
    assert!(desk.features("output/layers/clusters.geojson").len() > 2);
    rows.reverse();
    assert_eq!(clusters(&rows), forth);
}
