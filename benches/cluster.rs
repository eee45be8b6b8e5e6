//! Time to cluster incidents over a country: crowds at towns, scatter around them, some anywhere.
//!
//! `cargo bench --bench cluster`

use dateline::analyse::cluster::{Also, cluster, cluster_with, summarise};
use geo::Point;

fn main() {
    divan::main();
}

/// A plain linear congruential generator, so that the points are the same on every run: 0 <= u < 1.
fn uniform(state: &mut u64) -> f64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*state >> 11) as f64 / (1u64 << 53) as f64
}

fn incidents(n: usize) -> Vec<Point> {
    let state = &mut 1;
    let towns: Vec<(f64, f64)> = (0..590)
        .map(|_| (35.8 + 6.4 * uniform(state), 32.5 + 4.5 * uniform(state)))
        .collect();
    (0..n)
        .map(|_| {
            // the square of a uniform number favours the first towns
            let (lon, lat) = towns[(uniform(state).powi(2) * 590.0) as usize];
            let (x, y) = match uniform(state) {
                u if u < 0.6 => (lon, lat),
                u if u < 0.9 => (
                    lon + 0.06 * (uniform(state) - 0.5),
                    lat + 0.06 * (uniform(state) - 0.5),
                ),
                _ => (35.8 + 6.4 * uniform(state), 32.5 + 4.5 * uniform(state)),
            };
            Point::new((x * 1e5).round() / 1e5, (y * 1e5).round() / 1e5)
        })
        .collect()
}

#[divan::bench(args = [2_300, 100_000, 1_000_000], sample_count = 20)]
fn five_km(bencher: divan::Bencher, n: usize) {
    let points = incidents(n);
    bencher.bench_local(|| cluster(&points, 5.0, 5));
}

#[divan::bench(args = [10_000_000], sample_count = 5)]
fn five_km_of_ten_million(bencher: divan::Bencher, n: usize) {
    let points = incidents(n);
    bencher.bench_local(|| cluster(&points, 5.0, 5));
}

/// Over seven years, in half days.
#[divan::bench(args = [2_300, 100_000, 1_000_000], sample_count = 20)]
fn five_km_and_three_days(bencher: divan::Bencher, n: usize) {
    let points = incidents(n);
    let state = &mut 2;
    let times: Vec<i32> = (0..n).map(|_| (uniform(state) * 5110.0) as i32).collect();
    let also = Also {
        times: Some((&times, 6)),
        ..Also::default()
    };
    bencher.bench_local(|| cluster_with(&points, also, 5.0, 5));
}

#[divan::bench(args = [2_300, 100_000])]
fn summaries(bencher: divan::Bencher, n: usize) {
    let points = incidents(n);
    let found = cluster(&points, 5.0, 5).unwrap_or_default();
    bencher.bench_local(|| summarise(&points, &found, 1.0));
}
