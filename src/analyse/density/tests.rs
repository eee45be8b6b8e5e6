use geo::{Rect, polygon};
use proptest::prelude::*;

use super::*;

fn frame() -> Grid {
    Grid::covering(Rect::new((-100.0, -50.0), (100.0, 50.0)), 1.6)
}

fn event(x: f64, y: f64, weight: f64) -> Event {
    Event {
        at: Coord { x, y },
        weight,
    }
}

/// Events per 100 km² at a distance from one event.
fn gauss(r: f64, sigma: f64) -> f64 {
    PER_KM2 / (std::f64::consts::TAU * sigma * sigma) * (-0.5 * (r / sigma).powi(2)).exp()
}

#[test]
fn one_event_is_a_gaussian_wherever_it_lies_in_a_cell() {
    for (x, y) in [(0.0, 0.0), (0.8, 0.8), (0.31, -0.57), (1.599, 0.01)] {
        let field = density(&[event(x, y, 1.0)], &[], frame(), 8.0).unwrap();
        for row in 0..field.grid.rows {
            for col in 0..field.grid.cols {
                let at = field.grid.centre(col, row);
                let expected = gauss((at.x - x).hypot(at.y - y), 8.0);
                let got = f64::from(field.values[row * field.grid.cols + col]);
                // within 0.1 % of the peak
                assert!(
                    (got - expected).abs() < 1e-3 * gauss(0.0, 8.0),
                    "{at:?}: {got}, not {expected}"
                );
            }
        }
    }
}

#[test]
fn the_kernel_stays_right_where_cells_are_coarse() {
    let field = density(&[event(3.0, 4.0, 2.0)], &[], frame(), 1.6).unwrap();
    assert!((field.total() - 2.0).abs() < 1e-4);
    let variance: f64 = (0..field.values.len())
        .map(|i| {
            let at = field.grid.centre(i % field.grid.cols, i / field.grid.cols);
            f64::from(field.values[i]) * (at.x - 3.0).powi(2)
        })
        .sum::<f64>()
        / field.values.iter().map(|&v| f64::from(v)).sum::<f64>();
    assert!((variance / (1.6 * 1.6) - 1.0).abs() < 0.01, "{variance}");
}

#[test]
fn it_integrates_to_the_number_of_events() {
    let events: Vec<Event> = (0..500)
        .map(|i| {
            event(
                f64::from(i * 37 % 200) - 100.0,
                f64::from(i * 13 % 100) - 50.0,
                1.0,
            )
        })
        .collect();
    let field = density(&events, &[], frame(), 8.0).unwrap();
    assert_eq!(field.beyond, 0.0);
    assert!((field.total() - 500.0).abs() < 0.05, "{}", field.total());
    assert!(field.max() > 0.0 && field.rows().count() == frame().rows);
    assert!(field.rows().all(|row| row.len() == frame().cols));
    let border = |i: usize| {
        let (col, row) = (i % field.grid.cols, i / field.grid.cols);
        col == 0 || row == 0 || col == field.grid.cols - 1 || row == field.grid.rows - 1
    };
    assert!(
        (0..field.values.len())
            .filter(|&i| border(i))
            .all(|i| field.values[i] == 0.0)
    );
}

#[test]
fn events_just_outside_the_frame_are_felt_in_it_and_far_ones_reported() {
    let field = density(
        &[
            event(104.0, 0.0, 1.0),
            event(400.0, 0.0, 3.0),
            event(-1e300, 0.0, 2.0),
        ],
        &[],
        frame(),
        8.0,
    )
    .unwrap();
    assert_eq!(field.beyond, 5.0);
    assert!((field.total() - 1.0).abs() < 1e-4);
    let edge = Coord { x: 100.0, y: 0.0 };
    assert!((field.at(edge) - gauss(4.0, 8.0)).abs() < 0.01 * gauss(0.0, 8.0));
}

#[test]
fn an_event_known_to_an_area_is_spread_over_it() {
    // 60 x 40 km with a hole of 20 x 20: far from its edges the density is 6 / 2000 km²
    let area = MultiPolygon::from(polygon!(
        exterior: [(x: -90.0, y: -20.0), (x: -30.0, y: -20.0), (x: -30.0, y: 20.0), (x: -90.0, y: 20.0)],
        interiors: [[(x: -60.0, y: -10.0), (x: -60.0, y: 10.0), (x: -40.0, y: 10.0), (x: -40.0, y: -10.0)]],
    ));
    let field = density(
        &[],
        &[Spread {
            over: &area,
            weight: 6.0,
        }],
        frame(),
        2.0,
    )
    .unwrap();
    assert!((field.total() - 6.0).abs() < 1e-3, "{}", field.total());
    assert!((field.at(Coord { x: -75.0, y: 3.3 }) - 0.3).abs() < 1e-3);
    assert!(field.at(Coord { x: -50.0, y: 0.0 }) < 1e-3);
    assert!(field.at(Coord { x: 0.0, y: 0.0 }) < 1e-6);
    // the part of an area outside the window is reported
    let half = MultiPolygon::from(Rect::new((0.0, -10.0), (4000.0, 10.0)).to_polygon());
    let field = density(
        &[],
        &[Spread {
            over: &half,
            weight: 1.0,
        }],
        frame(),
        2.0,
    )
    .unwrap();
    assert!((field.total() + field.beyond - 1.0).abs() < 1e-4);
    assert!(
        field.beyond > 0.97 && field.beyond < 0.98,
        "{}",
        field.beyond
    );
}

#[test]
fn bad_input_is_told_apart() {
    let area = MultiPolygon::from(polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 2.0, y: 0.0)]);
    let nan =
        MultiPolygon::from(polygon![(x: 0.0, y: 0.0), (x: f64::NAN, y: 0.0), (x: 2.0, y: 3.0)]);
    for over in [&area, &nan] {
        assert_eq!(
            density(&[], &[Spread { over, weight: 1.0 }], frame(), 8.0),
            Err(DensityError::Area(0))
        );
    }
    for bad in [
        event(f64::NAN, 0.0, 1.0),
        event(0.0, 0.0, -1.0),
        event(0.0, 0.0, f64::INFINITY),
    ] {
        assert_eq!(
            density(&[event(0.0, 0.0, 1.0), bad], &[], frame(), 8.0),
            Err(DensityError::Event(1))
        );
    }
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(
            density(&[], &[], frame(), bad),
            Err(DensityError::Bandwidth(_))
        ));
    }
    assert!(matches!(
        density(&[], &[], frame(), 1.0),
        Err(DensityError::Coarse { .. })
    ));
    for grid in [
        Grid { cols: 0, ..frame() },
        Grid {
            cols: usize::MAX,
            ..frame()
        },
        Grid {
            cell_km: f64::NAN,
            ..frame()
        },
        Grid::covering(Rect::new((0.0, 0.0), (1.0, 1.0)), 1e-12),
        Grid {
            cell_km: 1e-9,
            ..frame()
        },
    ] {
        assert!(
            matches!(density(&[], &[], grid, 8.0), Err(DensityError::Grid { .. })),
            "{grid:?}"
        );
    }
}

#[test]
fn scott_is_the_rule_in_the_book() {
    // four at the corners of a square of side 2: variance 4/3 along each axis
    let square: Vec<Event> = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
        .map(|(x, y)| event(x, y, 1.0))
        .into();
    let expected = 4f64.powf(-1.0 / 6.0) * (4f64 / 3.0).sqrt();
    assert!((scott_km(&square).unwrap() - expected).abs() < 1e-12);
    for none in [
        &[][..],
        &square[..1],
        &[square[0], square[0]],
        &[event(f64::NAN, 0.0, 1.0), square[0]],
    ] {
        assert_eq!(scott_km(none), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn equals_the_sum_of_gaussians(
        list in prop::collection::vec((-120.0..120.0f64, -70.0..70.0f64, 0.0..5.0f64), 1..40), sigma in 3.0..15.0f64
    ) {
        let events: Vec<Event> = list.iter().map(|&(x, y, w)| event(x, y, w)).collect();
        let field = density(&events, &[], frame(), sigma).unwrap();
        let weight: f64 = events.iter().map(|e| e.weight).sum();
        prop_assert!((field.total() + field.beyond - weight).abs() <= 0.0005 * weight);
        for at in [(0.0, 0.0), (-100.0, 50.0), (60.0, -20.0), (31.7, 8.2)].map(|(x, y)| Coord { x, y }) {
            let exact: f64 = events.iter().map(|e| e.weight * gauss((e.at.x - at.x).hypot(e.at.y - at.y), sigma)).sum();
            // linear reading between cells adds up to cell²/8 of the curvature: 1 % of the peak at 3 km
            let step = 0.3 * (frame().cell_km / sigma).powi(2);
            prop_assert!((field.at(at) - exact).abs() <= (0.001 + step) * weight * gauss(0.0, sigma));
        }
    }
}
