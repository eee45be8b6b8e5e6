use geo::{Intersects, Point, Validation};
use proptest::prelude::*;

use super::*;
use crate::analyse::density::{Event, density};
use crate::analyse::scale::round_breaks;

fn grid(cols: usize, rows: usize) -> Grid {
    Grid {
        origin: Coord { x: -7.0, y: 11.0 },
        cell_km: 2.0,
        cols,
        rows,
    }
}

/// Bands are valid, lie apart, and say of each cell's middle what its value says.
fn check(grid: &Grid, values: &[f32], edges: &[f64]) -> Vec<Isoband> {
    let bands = isobands(grid, values, edges).unwrap();
    for band in &bands {
        if let Err(error) = band.area.check_validation() {
            panic!("{}..{}: {error}", band.from, band.to);
        }
        assert!(
            band.area
                .iter()
                .all(|polygon| signed_area(polygon.exterior()) > 0.0)
        );
    }
    for (i, &value) in values.iter().enumerate() {
        let at = Point(grid.centre(i % grid.cols, i / grid.cols));
        let value = clear_of(edges, value.into());
        for band in &bands {
            let expected = band.from <= value && value < band.to;
            assert_eq!(
                band.area.intersects(&at),
                expected,
                "value {value} at {at:?} in {}..{}",
                band.from,
                band.to
            );
        }
    }
    bands
}

#[test]
fn a_cone_gives_rings_of_the_right_size() {
    let grid = grid(101, 101);
    let middle = grid.centre(50, 50);
    let cone = |i: usize| {
        let at = grid.centre(i % 101, i / 101) - middle;
        (90.0 - at.x.hypot(at.y)).max(0.0) as f32
    };
    let values: Vec<f32> = (0..grid.len()).map(cone).collect();
    let bands = check(&grid, &values, &[10.0, 40.0, 70.0, f64::INFINITY]);
    let disc = |r: f64| std::f64::consts::PI * r * r;
    for (band, (outer, inner)) in bands.iter().zip([(80.0, 50.0), (50.0, 20.0), (20.0, 0.0)]) {
        let expected = disc(outer) - disc(inner);
        assert!(
            (band.area.unsigned_area() / expected - 1.0).abs() < 0.005,
            "{}",
            band.from
        );
    }
    assert_eq!(bands[1].area.0[0].interiors().len(), 1);
}

#[test]
fn islands_in_holes_belong_to_themselves() {
    // high ground with a lake, in it an island with its own lake
    let grid = grid(41, 41);
    let values: Vec<f32> = (0..grid.len())
        .map(|i| {
            let ring = (i % 41).abs_diff(20).max((i / 41).abs_diff(20));
            if ring > 17 || (10..13).contains(&ring) || ring < 3 {
                0.5
            } else {
                3.0
            }
        })
        .collect();
    let bands = check(&grid, &values, &[1.0, 5.0]);
    assert_eq!(bands[0].area.0.len(), 2);
    assert!(
        bands[0]
            .area
            .iter()
            .all(|polygon| polygon.interiors().len() == 1)
    );
}

#[test]
fn ground_cut_by_the_border_is_closed_and_values_on_an_edge_count_as_above() {
    let flat = check(&grid(8, 5), &[3.0; 40], &[1.0, 3.0, 4.0]);
    assert!(flat[0].area.unsigned_area() < flat[1].area.unsigned_area());
    let step: Vec<f32> = (0..40).map(|i| if i % 8 < 4 { 1.0 } else { 2.0 }).collect();
    check(&grid(8, 5), &step, &[1.0, 2.0, 5.0]);
    check(&grid(1, 1), &[1.0], &[1.0, 2.0]);
    assert!(
        check(&grid(2, 2), &[0.0; 4], &[1.0, 2.0])[0]
            .area
            .0
            .is_empty()
    );
}

#[test]
fn bands_can_be_cut_to_the_map() {
    let frame = Grid::covering(Rect::new((0.0, 0.0), (60.0, 40.0)), 1.0);
    let events = [
        (2.0, 3.0),
        (58.0, 20.0),
        (61.0, 39.0),
        (30.0, 20.0),
        (31.0, 21.0),
    ]
    .map(|(x, y)| Event {
        at: Coord { x, y },
        weight: 1.0,
    });
    let field = density(&events, &[], frame, 5.0).unwrap();
    let edges = round_breaks(field.max(), 5);
    for band in check(&field.grid, &field.values, &edges) {
        let cut = band.clipped(&frame.rect());
        assert!(cut.area.is_valid(), "{:?}", cut.area.check_validation());
        let bounds = cut.area.bounding_rect().unwrap();
        assert!(
            bounds.min().x > -1e-6 && bounds.max().x < 60.0 + 1e-6 && bounds.max().y < 40.0 + 1e-6
        );
        assert!(cut.area.unsigned_area() <= band.area.unsigned_area() + 1e-6);
    }
}

#[test]
fn bad_input_is_told_apart() {
    for edges in [
        &[][..],
        &[1.0],
        &[2.0, 1.0],
        &[0.0, 1.0],
        &[1.0, f64::NAN],
        &[f64::NAN, 1.0],
    ] {
        assert!(
            matches!(
                isobands(&grid(2, 2), &[0.0; 4], edges),
                Err(IsobandError::Edges(_))
            ),
            "{edges:?}"
        );
    }
    for values in [&[0.0; 3][..], &[0.0, 1.0, 2.0, f32::NAN]] {
        assert!(matches!(
            isobands(&grid(2, 2), values, &[1.0, 2.0]),
            Err(IsobandError::Values { .. })
        ));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_field_gives_valid_bands(
        cols in 1usize..14, steps in prop::collection::vec(prop_oneof![0u8..8, Just(2), Just(4)], 14..180), wild in 0.0..1.0f32
    ) {
        let rows = steps.len() / cols;
        let values: Vec<f32> = steps[..cols * rows]
            .iter()
            .enumerate()
            .map(|(i, &step)| f32::from(step) + wild * ((i * 7919 % 101) as f32 / 101.0))
            .collect();
        let bands = check(&grid(cols, rows), &values, &[1.0, 2.0, 4.0, 6.5]);
        for (i, a) in bands.iter().enumerate() {
            for b in &bands[i + 1..] {
                prop_assert!(a.area.intersection(&b.area).unsigned_area() < 1e-6);
            }
        }
    }
}
