use geo::{Contains, Distance, Geodesic, HaversineMeasure, Point, Validation};
use proptest::prelude::*;

use super::summary::medoid;
use super::*;

const SPHERE: HaversineMeasure = HaversineMeasure::new(EARTH_RADIUS_KM * 1000.0);

fn km(a: &Point, b: &Point) -> f64 {
    SPHERE.distance(*a, *b) / 1000.0
}

/// The definition, word for word: O(n²).
fn naive(points: &[Point], weights: &[u32], eps_km: f64, min_points: u32) -> Clustering {
    let n = points.len();
    let same = |a: Point, b: Point| a == b || (a.y() == b.y() && a.y().abs() == 90.0);
    let near =
        |i: usize, j: usize| same(points[i], points[j]) || km(&points[i], &points[j]) <= eps_km;
    let core: Vec<bool> = (0..n)
        .map(|i| {
            (0..n)
                .filter(|&j| near(i, j))
                .map(|j| weights[j])
                .sum::<u32>()
                >= min_points
        })
        .collect();
    let mut labels = vec![None; n];
    let mut count = 0;
    for start in 0..n {
        if !core[start] || labels[start].is_some() {
            continue;
        }
        let mut stack = vec![start];
        while let Some(i) = stack.pop() {
            for j in 0..n {
                if labels[j].is_none() && near(i, j) {
                    labels[j] = Some(count);
                    if core[j] {
                        stack.push(j);
                    }
                }
            }
        }
        count += 1;
    }
    Clustering {
        labels,
        core,
        count,
    }
}

fn points(list: &[(f64, f64)]) -> Vec<Point> {
    list.iter().map(|&at| Point::from(at)).collect()
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(cluster(&[], 5.0, 5), Ok(Clustering::default()));
    assert_eq!(summarise(&[], &Clustering::default(), 1.0), []);
}

#[test]
fn a_chain_is_one_cluster_and_its_loose_end_a_border_point() {
    // 0.009 degrees of latitude are 1.0008 km
    let chain = points(&[
        (40.0, 30.0),
        (40.0, 30.009),
        (40.0, 30.018),
        (40.0, 30.027),
        (40.0, 31.0),
    ]);
    let found = cluster(&chain, 1.1, 3).unwrap();
    assert_eq!(found.core, [false, true, true, false, false]);
    assert_eq!(found.labels, [Some(0), Some(0), Some(0), Some(0), None]);
    assert_eq!(found.members(), [[0, 1, 2, 3]]);
}

#[test]
fn a_border_point_between_two_clusters_goes_to_the_lowest_numbered() {
    // only the inner ends reach the middle: it has 3 neighbours with itself and is not core for 4
    let list = points(&[
        (0.0, 0.0),
        (-0.018, 0.0),
        (-0.03, 0.0),
        (-0.031, 0.0),
        (-0.032, 0.0),
        (0.018, 0.0),
        (0.03, 0.0),
        (0.031, 0.0),
        (0.032, 0.0),
    ]);
    let found = cluster(&list, 2.1, 4).unwrap();
    assert_eq!(
        (found.count, found.core[0], found.labels[0]),
        (2, false, Some(0))
    );
    assert_eq!((found.labels[1], found.labels[5]), (Some(0), Some(1)));
}

#[test]
fn the_antimeridian_and_the_poles_are_ordinary_places() {
    let dateline = points(&[
        (179.999, 10.0),
        (-179.999, 10.0),
        (180.0, 10.0),
        (-180.0, 10.0),
        (180.001, 10.0),
    ]);
    assert_eq!(cluster(&dateline, 0.3, 5).unwrap().labels, [Some(0); 5]);
    let pole: Vec<Point> = (0..12)
        .map(|i| Point::new(30.0 * f64::from(i), 89.999))
        .collect();
    let found = cluster(&pole, 0.25, 12).unwrap();
    assert_eq!(found.labels, [Some(0); 12]);
    assert_eq!(
        cluster(&points(&[(12.0, -90.0), (99.0, -90.0)]), 0.0, 2)
            .unwrap()
            .labels,
        [Some(0); 2]
    );
}

#[test]
fn reach_0_joins_only_coincident_points() {
    let list = points(&[
        (1.0, 1.0),
        (1.0, 1.0 + 1e-15),
        (1.0, 1.0),
        (0.0, -0.0),
        (-0.0, 0.0),
    ]);
    let found = cluster(&list, 0.0, 2).unwrap();
    assert_eq!(found.labels, [Some(0), None, Some(0), Some(1), Some(1)]);
    assert_eq!(cluster(&list, 0.0, 1).unwrap().count, 3);
}

#[test]
fn reach_round_the_globe_holds_everything() {
    let list = points(&[(0.0, 0.0), (180.0, 0.0), (90.0, 45.0), (0.0, -90.0)]);
    assert_eq!(cluster(&list, 20_016.0, 4).unwrap().labels, [Some(0); 4]);
    assert_eq!(cluster(&list, 1e9, 4).unwrap().labels, [Some(0); 4]);
}

#[test]
fn weights_count_as_so_many_points() {
    let list = points(&[(40.0, 35.0), (40.0, 35.001), (41.0, 35.0)]);
    let found = cluster_weighted(&list, &[4, 0, 4], 1.0, 4).unwrap();
    assert_eq!(found.core, [true; 3]);
    assert_eq!(found.labels, [Some(0), Some(0), Some(1)]);
    let found = cluster_weighted(&list, &[4, 0, 3], 1.0, 4).unwrap();
    assert_eq!(found.labels, [Some(0), Some(0), None]);
    let weights = cluster_weighted(&[list[0], list[0]], &[u32::MAX; 2], 1.0, u32::MAX).unwrap();
    assert_eq!(weights.count, 1);
}

#[test]
fn bad_input_is_told_apart() {
    let good = [Point::new(40.0, 35.0)];
    for bad in [
        (f64::NAN, 0.0),
        (f64::INFINITY, 0.0),
        (0.0, f64::NAN),
        (0.0, 90.1),
    ] {
        let error = cluster(&[good[0], Point::from(bad)], 5.0, 5).unwrap_err();
        assert!(
            matches!(error, ClusterError::Coordinate { index: 1, .. }),
            "{bad:?}"
        );
    }
    for eps in [f64::NAN, -1.0, f64::INFINITY, 1e-9] {
        assert!(
            matches!(cluster(&good, eps, 5), Err(ClusterError::Eps(_))),
            "{eps}"
        );
    }
    assert_eq!(cluster(&good, 5.0, 0), Err(ClusterError::MinPoints));
    assert_eq!(
        cluster_weighted(&good, &[], 5.0, 1),
        Err(ClusterError::Weights {
            points: 1,
            weights: 0
        })
    );
}

#[test]
fn crowds_do_not_cost_their_square() {
    let start = std::time::Instant::now();
    // 200,000 points at one coordinate
    let found = cluster(&vec![Point::new(37.0, 36.0); 200_000], 5.0, 5).unwrap();
    assert_eq!((found.count, found.labels[199_999]), (1, Some(0)));
    // two arcs of 30,000 distinct points whose cells are within reach of each other but whose points never are
    let arc = |lat: f64| {
        (0..30_000).map(move |i| Point::new(f64::from(i) * 3e-7, lat + f64::from(i) * 3e-7))
    };
    let apart: Vec<Point> = arc(0.0).chain(arc(0.0205)).collect();
    let found = cluster(&apart, 1.6, 5).unwrap();
    assert_eq!(found.count, 2);
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn hulls_hold_their_points_at_the_given_distance() {
    for list in [
        points(&[(37.0, 36.0)]),
        points(&[(37.0, 36.0), (37.0, 36.0)]),
        points(&[(37.0, 36.0), (37.1, 36.0)]),
        points(&[(37.0, 36.0), (37.0, 36.1), (37.0, 36.2)]),
        points(&[(37.0, 36.0), (37.1, 36.0), (37.0, 36.1), (37.02, 36.02)]),
        points(&[(179.99, -17.0), (-179.95, -17.0), (179.97, -17.1)]),
    ] {
        for pad in [0.0, 1.5] {
            let hull = hull(&list, pad).unwrap();
            assert!(hull.is_valid(), "{hull:?}");
            for corner in hull.exterior().points() {
                let near = list
                    .iter()
                    .map(|p| km(p, &corner))
                    .fold(f64::INFINITY, f64::min);
                let least = if pad > 0.0 { pad } else { 0.0 };
                assert!(
                    near > least * 0.99 - 1e-9 && near < 12.0,
                    "corner {near} km off, pad {pad}"
                );
            }
            if pad > 0.0 {
                let near = list.iter().map(|p| {
                    if p.x() < -90.0 {
                        Point::new(p.x() + 360.0, p.y())
                    } else {
                        *p
                    }
                });
                assert!(
                    near.into_iter()
                        .all(|p| hull.contains(&p)
                            || hull.contains(&Point::new(p.x() - 360.0, p.y())))
                );
            }
        }
    }
    // one point: a disc of the pad's radius
    let disc = hull(&points(&[(37.0, 36.0)]), 2.0).unwrap();
    let far = disc
        .exterior()
        .points()
        .map(|p| Geodesic.distance(p, Point::new(37.0, 36.0)));
    assert!(far.into_iter().all(|m| (1990.0..2010.0).contains(&m)));
    assert_eq!(hull(&[], 1.0), None);
}

#[test]
fn the_medoid_is_the_most_central_member() {
    let list = points(&[
        (0.0, 0.0),
        (10.0, 0.0),
        (10.1, 0.0),
        (10.2, 0.0),
        (10.1, 0.0),
    ]);
    let found = cluster(&list, 20.0, 2).unwrap();
    let summaries = summarise(&list, &found, 1.0);
    assert_eq!(summaries.len(), 1);
    assert_eq!(
        (summaries[0].medoid, &summaries[0].members[..]),
        (2, &[1, 2, 3, 4][..])
    );
    assert_eq!(medoid(&[]), None);
}

/// Points on a coarse grid (many coincide), crossing the antimeridian or a pole at random.
fn anywhere() -> impl Strategy<Value = Vec<Point>> {
    let centre = prop_oneof![
        Just((37.0, 35.0)),
        Just((180.0, 0.5)),
        Just((0.0, 89.9)),
        Just((-60.0, -75.0))
    ];
    (
        centre,
        prop::collection::vec((-30i32..30, -30i32..30), 0..120),
    )
        .prop_map(|((lon, lat), offsets)| {
            offsets
                .into_iter()
                .map(|(x, y)| {
                    let lat: f64 = lat + f64::from(y) * 0.0103;
                    let wide = if lat > 80.0 { 6.0 } else { 0.0111 };
                    Point::new(lon + f64::from(x) * wide, lat.min(90.0))
                })
                .collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn equals_the_definition(
        list in anywhere(), eps in prop_oneof![Just(0.0), 0.01..9.0f64, 9.0..60.0f64], min in 1u32..8, seed in any::<u64>()
    ) {
        let weights: Vec<u32> = (0..list.len()).map(|i| (seed >> (i % 60)) as u32 % 3).collect();
        let found = cluster_weighted(&list, &weights, eps, min).unwrap();
        prop_assert_eq!(&found, &naive(&list, &weights, eps, min));
        let ones = vec![1; list.len()];
        prop_assert_eq!(&cluster(&list, eps, min).unwrap(), &naive(&list, &ones, eps, min));
    }

    #[test]
    fn order_changes_numbers_only(list in anywhere(), eps in 0.3..9.0f64, min in 2u32..6, by in 0usize..120) {
        let found = cluster(&list, eps, min).unwrap();
        let by = by % list.len().max(1);
        let mut turned = list.clone();
        turned.rotate_left(by);
        turned.reverse();
        let mut again = cluster(&turned, eps, min).unwrap();
        again.labels.reverse();
        again.labels.rotate_right(by);
        again.core.reverse();
        again.core.rotate_right(by);
        prop_assert_eq!(&found.core, &again.core);
        prop_assert_eq!(found.count, again.count);
        let mut pairs: Vec<_> = (0..list.len())
            .filter(|&i| found.core[i])
            .map(|i| (found.labels[i], again.labels[i]))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        prop_assert_eq!(pairs.len(), found.count as usize);
        for i in 0..list.len() {
            prop_assert_eq!(found.labels[i].is_some(), again.labels[i].is_some());
        }
    }
}
