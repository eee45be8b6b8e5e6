//! Place names a second, on one thread, and the time that the gazetteer takes to load.
//!
//! `cargo bench --bench resolve`

use dateline::gazetteer::{Gazetteer, NoGeometry, Query, Resolution, locate};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Names of the gazetteer as written, all of home.
fn names() -> Vec<String> {
    let gazetteer = Gazetteer::embedded();
    let at_home = gazetteer
        .places()
        .filter(|place| place.country_code() == gazetteer.home());
    at_home
        .flat_map(|place| place.names().map(str::to_owned))
        .collect()
}

/// The same with other marks, hyphens and capitals, Latin only.
fn spellings() -> Vec<String> {
    let names = names().into_iter().filter(|name| name.is_ascii());
    names
        .map(|name| name.replace(' ', "-").to_uppercase())
        .collect()
}

fn resolve_all(bencher: Bencher<'_, '_>, names: Vec<String>, country: Option<&str>) {
    let gazetteer = Gazetteer::embedded();
    bencher
        .counter(ItemsCount::new(names.len()))
        .bench_local(|| {
            let found = names.iter().filter(|name| {
                let query = Query {
                    country,
                    ..Query::name(name)
                };
                matches!(gazetteer.resolve(black_box(&query)), Resolution::Place(_))
            });
            found.count()
        });
}

#[divan::bench]
fn exact(bencher: Bencher<'_, '_>) {
    resolve_all(bencher, names(), None);
}

#[divan::bench]
fn exact_with_country(bencher: Bencher<'_, '_>) {
    resolve_all(bencher, names(), Some("SY"));
}

#[divan::bench]
fn folded(bencher: Bencher<'_, '_>) {
    resolve_all(bencher, spellings(), None);
}

#[divan::bench(args = ["northern countryside of Hama province", "near Saraqib, Syria", "southern Idlib and northern Hama", "Deir el-Zoor"])]
fn phrase(bencher: Bencher<'_, '_>, phrase: &str) {
    let gazetteer = Gazetteer::embedded();
    bencher.bench_local(
        || match gazetteer.resolve(black_box(&Query::name(phrase))) {
            Resolution::Region(found) => locate(&found, &NoGeometry).is_some(),
            _ => false,
        },
    );
}

#[divan::bench]
fn load(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| Gazetteer::load(black_box(Gazetteer::embedded_bytes())).is_ok());
}
