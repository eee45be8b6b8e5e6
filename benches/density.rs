//! Time to compute a density field, and to draw its classes as isobands.
//!
//! `cargo bench --bench density`

use dateline::analyse::density::{Event, density};
use dateline::analyse::grid::Grid;
use dateline::analyse::isobands::isobands;
use dateline::analyse::scale::round_breaks;
use geo::{Coord, Rect};

fn main() {
    divan::main();
}

/// A plain linear congruential generator, so that the events are the same on every run: 0 <= u < 1.
fn uniform(state: &mut u64) -> f64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*state >> 11) as f64 / (1u64 << 53) as f64
}

/// Events around 400 towns of a country of 1280 by 960 km.
fn events(n: usize) -> Vec<Event> {
    let state = &mut 1;
    let towns: Vec<Coord> = (0..400)
        .map(|_| Coord {
            x: 1280.0 * uniform(state),
            y: 960.0 * uniform(state),
        })
        .collect();
    (0..n)
        .map(|_| {
            let town = towns[(uniform(state).powi(2) * 400.0) as usize];
            let off = Coord {
                x: 20.0 * (uniform(state) - 0.5),
                y: 20.0 * (uniform(state) - 0.5),
            };
            Event {
                at: town + off,
                weight: 1.0,
            }
        })
        .collect()
}

fn frame() -> Grid {
    Grid::covering(Rect::new((0.0, 0.0), (1280.0, 960.0)), 1.6)
}

#[divan::bench(args = [2_300, 100_000, 1_000_000])]
fn field_800_by_600(bencher: divan::Bencher, n: usize) {
    let events = events(n);
    bencher.bench_local(|| density(&events, &[], frame(), 8.0));
}

#[divan::bench(args = [2_300, 1_000_000])]
fn five_bands(bencher: divan::Bencher, n: usize) {
    let Ok(field) = density(&events(n), &[], frame(), 8.0) else {
        return;
    };
    let edges = round_breaks(field.max(), 5);
    bencher.bench_local(|| isobands(&field.grid, &field.values, &edges));
}
