//! Density equals scikit-learn's `KernelDensity`, which sums the kernel of every event at every place.
//!
//! tests/reference/density.py made the reference values and says with which versions.

use dateline::analyse::density::{Event, density};
use dateline::analyse::grid::Grid;
use geo::{Coord, Rect};

fn rows(table: &str) -> Vec<Vec<f64>> {
    let row = |line: &str| line.split(',').map(|cell| cell.parse().unwrap()).collect();
    table.lines().skip(1).map(row).collect()
}

#[test]
fn the_density_of_clustered_events() {
    let event = |row: Vec<f64>| Event {
        at: Coord {
            x: row[0],
            y: row[1],
        },
        weight: 1.0,
    };
    let events: Vec<Event> = rows(include_str!("../reference/density_events.csv"))
        .into_iter()
        .map(event)
        .collect();
    // a frame smaller than the events' extent: those beyond it must be felt at its border
    let frame = Grid::covering(Rect::new((-190.0, -115.0), (190.0, 115.0)), 1.0);
    let field = density(&events, &[], frame, 8.0).unwrap();
    let peak = field.max();
    for row in rows(include_str!("../reference/density_8km.csv")) {
        let at = Coord {
            x: row[0],
            y: row[1],
        };
        let got = field.at(at);
        // of a value: 0.3 % for reading between cells; of the peak: the cut-off of the kernel
        assert!(
            (got - row[2]).abs() < 0.003 * row[2] + 2e-4 * peak,
            "{got} and not {} at {at:?}",
            row[2]
        );
    }
    assert!(
        (field.total() + field.beyond - events.len() as f64).abs() < 0.005 * events.len() as f64
    );
}
