//! Place names a second, on one thread, and the time that the gazetteer takes to load.
//!
//! `cargo bench --bench resolve`; with `GAZETTEER=FILE`, of that compiled gazetteer instead of the embedded one.

use std::sync::OnceLock;
use std::{env, fs};

use dateline::gazetteer::{Gazetteer, NoGeometry, Query, Resolution, locate};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// The bytes of the gazetteer that is measured.
fn bytes() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    match env::var_os("GAZETTEER") {
        Some(path) => BYTES.get_or_init(|| fs::read(path).expect("GAZETTEER is a file")),
        None => Gazetteer::embedded_bytes(),
    }
}

fn gazetteer() -> &'static Gazetteer {
    static LOADED: OnceLock<Gazetteer> = OnceLock::new();
    LOADED.get_or_init(|| Gazetteer::load(bytes()).expect("GAZETTEER is a compiled gazetteer"))
}

/// Names of the gazetteer as written, all of home.
fn names() -> Vec<String> {
    let gazetteer = gazetteer();
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

/// Names that are in no gazetteer but sound like one: doubled letters and other vowels; then with one consonant misheard;
/// then with one changed to any other, so that most are found nowhere.
fn heard(change: impl Fn(&str) -> String) -> Vec<String> {
    let names = names()
        .into_iter()
        .filter(|name| name.is_ascii() && name.len() > 6);
    names
        .step_by(3)
        .take(5000)
        .map(|name| change(&name))
        .collect()
}

#[divan::bench]
fn romanised(bencher: Bencher<'_, '_>) {
    let respell = |name: &str| {
        name.replace("ay", "ei")
            .replace("aw", "o")
            .replace('q', "k")
            .replace("ah", "eh")
    };
    resolve_all(bencher, heard(respell), Some("SY"));
}

#[divan::bench]
fn fuzzy(bencher: Bencher<'_, '_>) {
    let mishear = |name: &str| {
        let (head, tail) = name.split_at(name.len() / 2);
        format!(
            "{head}{}",
            tail.replacen('t', "z", 1)
                .replacen('k', "gh", 1)
                .replacen('n', "m", 1)
        )
    };
    resolve_all(bencher, heard(mishear), Some("SY"));
}

#[divan::bench]
fn miss(bencher: Bencher<'_, '_>) {
    let change = |name: &str| {
        let (head, tail) = name.split_at(name.len() / 2);
        format!("{head}f{}", tail.replacen(['r', 'l', 'b'], "f", 1))
    };
    resolve_all(bencher, heard(change), Some("SY"));
}

fn resolve_all(bencher: Bencher<'_, '_>, names: Vec<String>, country: Option<&str>) {
    let gazetteer = gazetteer();
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
    let gazetteer = gazetteer();
    bencher.bench_local(
        || match gazetteer.resolve(black_box(&Query::name(phrase))) {
            Resolution::Region(found) => locate(&found, &NoGeometry).is_some(),
            _ => false,
        },
    );
}

#[divan::bench]
fn load(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| Gazetteer::load(black_box(bytes())).is_ok());
}
