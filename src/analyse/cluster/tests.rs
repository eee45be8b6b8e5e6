use geo::{Contains, Distance, Geodesic, HaversineMeasure, Point, Validation};
use proptest::prelude::*;

use super::*;

const SPHERE: HaversineMeasure = HaversineMeasure::new(EARTH_RADIUS_KM * 1000.0);

fn km(a: &Point, b: &Point) -> f64 {
    SPHERE.distance(*a, *b) / 1000.0
}

/// The definition, word for word: O(n²).
fn naive(points: &[Point], also: Also, eps_km: f64, min_points: u32) -> Clustering {
    let n = points.len();
    let same = |a: Point, b: Point| a == b || (a.y() == b.y() && a.y().abs() == 90.0);
    let apart = |i: usize, j: usize| match also.times {
        Some((times, _)) => times[i].abs_diff(times[j]),
        None => 0,
    };
    let in_time = |i: usize, j: usize| also.times.is_none_or(|(_, reach)| apart(i, j) <= reach);
    let near = |i: usize, j: usize| {
        in_time(i, j) && (same(points[i], points[j]) || km(&points[i], &points[j]) <= eps_km)
    };
    let weight = |i: usize| also.weights.map_or(1, |weights| weights[i]);
    let core: Vec<bool> = (0..n)
        .map(|i| (0..n).filter(|&j| near(i, j)).map(weight).sum::<u32>() >= min_points)
        .collect();
    let mut labels = vec![None; n];
    let mut count = 0;
    for start in 0..n {
        if !core[start] || labels[start].is_some() {
            continue;
        }
        labels[start] = Some(count);
        let mut stack = vec![start];
        while let Some(i) = stack.pop() {
            for j in 0..n {
                if core[j] && labels[j].is_none() && near(i, j) {
                    labels[j] = Some(count);
                    stack.push(j);
                }
            }
        }
        count += 1;
    }
    // border points: the nearest core point, then the nearer in time, then by coordinates
    let spot = |j: usize| {
        let (lon, lat) = cells::canonical(&points[j]);
        reach::xyz(lon, lat)
    };
    for i in (0..n).filter(|&i| !core[i]) {
        let reached = (0..n).filter(|&j| core[j] && near(i, j));
        let nearest = reached.min_by(|&a, &b| {
            let far = |j: usize| reach::distance_2(&spot(i), &spot(j));
            let by_place = spot(a).partial_cmp(&spot(b)).unwrap();
            far(a)
                .total_cmp(&far(b))
                .then(apart(i, a).cmp(&apart(i, b)))
                .then(by_place)
                .then(
                    also.times
                        .map_or(0, |(t, _)| t[a])
                        .cmp(&also.times.map_or(0, |(t, _)| t[b])),
                )
        });
        labels[i] = nearest.and_then(|j| labels[j]);
    }
    Clustering {
        labels,
        core,
        count,
    }
}

fn weighted(
    points: &[Point],
    weights: &[u32],
    eps_km: f64,
    min_points: u32,
) -> Result<Clustering, ClusterError> {
    let also = Also {
        weights: Some(weights),
        times: None,
    };
    cluster_with(points, also, eps_km, min_points)
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
fn a_border_point_between_two_clusters_goes_to_the_nearest_core_point() {
    // only the inner ends reach the middle: it has 3 neighbours with itself and is not core for 4
    let list = |middle: f64| {
        points(&[
            (middle, 0.0),
            (-0.018, 0.0),
            (-0.03, 0.0),
            (-0.031, 0.0),
            (-0.032, 0.0),
            (0.018, 0.0),
            (0.03, 0.0),
            (0.031, 0.0),
            (0.032, 0.0),
        ])
    };
    for (middle, with) in [(-0.0005, 1), (0.0005, 5)] {
        let found = cluster(&list(middle), 2.1, 4).unwrap();
        assert_eq!((found.count, found.core[0]), (2, false));
        assert_eq!(found.labels[0], found.labels[with]);
        assert_ne!(found.labels[1], found.labels[5]);
    }
}

#[test]
fn neighbours_are_within_reach_both_on_the_ground_and_in_time() {
    let here = Point::new(36.6, 35.9);
    let list = [here, here, here, here, Point::new(36.7, 35.9)];
    let times = [0, 3, 7, 9, 3];
    let at = |reach: u32, min: u32| {
        let also = Also {
            times: Some((&times, reach)),
            ..Also::default()
        };
        cluster_with(&list, also, 5.0, min).unwrap()
    };
    // days 0 and 3, 7 and 9; the fifth is on day 3 but 9 km off
    assert_eq!(at(3, 2).labels, [Some(0), Some(0), Some(1), Some(1), None]);
    // 3 to 7 are four days: one chain, whose ends are border points of a core of three
    let chain = at(4, 3);
    assert_eq!(chain.core, [false, true, true, false, false]);
    assert_eq!(chain.labels[..4], [Some(0); 4]);
    assert_eq!(at(u32::MAX, 4).labels[..4], [Some(0); 4]);
    let extremes = Also {
        times: Some((&[i32::MIN, i32::MAX], 1)),
        ..Also::default()
    };
    assert_eq!(
        cluster_with(&[here, here], extremes, 5.0, 2).unwrap().count,
        0
    );
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
    let found = weighted(&list, &[4, 0, 4], 1.0, 4).unwrap();
    assert_eq!(found.core, [true; 3]);
    assert_eq!(found.labels, [Some(0), Some(0), Some(1)]);
    let found = weighted(&list, &[4, 0, 3], 1.0, 4).unwrap();
    assert_eq!(found.labels, [Some(0), Some(0), None]);
    let weights = weighted(&[list[0], list[0]], &[u32::MAX; 2], 1.0, u32::MAX).unwrap();
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
        weighted(&good, &[], 5.0, 1),
        Err(ClusterError::Uneven {
            points: 1,
            given: 0
        })
    );
    let also = Also {
        times: Some((&[1, 2], 3)),
        ..Also::default()
    };
    assert_eq!(
        cluster_with(&good, also, 5.0, 1),
        Err(ClusterError::Uneven {
            points: 1,
            given: 2
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
    // the same arcs near each other, but out of reach in time
    let near: Vec<Point> = arc(0.0).chain(arc(0.001)).collect();
    let times: Vec<i32> = (0..60_000)
        .map(|i| if i < 30_000 { 0 } else { 7 })
        .collect();
    let also = Also {
        times: Some((&times, 6)),
        ..Also::default()
    };
    assert_eq!(cluster_with(&near, also, 1.6, 5).unwrap().count, 2);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
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
}

#[test]
fn a_bent_cluster_has_a_bent_outline() {
    // two legs of 40 km by 4 km at a right angle: the convex hull would claim the triangle between them
    let list: Vec<Point> = (0..20)
        .flat_map(|along| (0..3).map(move |across| (f64::from(along), f64::from(across))))
        .flat_map(|(along, across)| [(along, across), (across, along)])
        .map(|(x, y)| Point::new(37.0 + x * 0.02, 35.0 + y * 0.02))
        .collect();
    let found = cluster(&list, 5.0, 3).unwrap();
    let [one] = &summarise(&list, &found, 1.25)[..] else {
        panic!("one cluster");
    };
    assert!(one.hull.is_valid());
    assert!(list.iter().all(|p| one.hull.contains(p)));
    assert!(!one.hull.contains(&Point::new(37.15, 35.15)));
    // about 300 + 240 km² with the pad; the triangle has 900
    assert!((350.0..700.0).contains(&one.area_km2), "{}", one.area_km2);
    let far = km(&Point::new(37.38, 35.0), &Point::new(37.0, 35.38));
    assert!((one.width_km - far).abs() < 0.05 * far, "{}", one.width_km);
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
        let also = Also { weights: Some(&weights), times: None };
        prop_assert_eq!(&cluster_with(&list, also, eps, min).unwrap(), &naive(&list, also, eps, min));
        let also = Also::default();
        prop_assert_eq!(&cluster(&list, eps, min).unwrap(), &naive(&list, also, eps, min));
    }

    #[test]
    fn equals_the_definition_with_time(
        list in anywhere(), eps in prop_oneof![Just(0.0), 0.5..20.0f64], min in 1u32..6, reach in 0u32..9, seed in any::<u64>()
    ) {
        let times: Vec<i32> = (0..list.len()).map(|i| (seed.rotate_left(i as u32 * 7) % 40) as i32 - 20).collect();
        let also = Also { weights: None, times: Some((&times, reach)) };
        prop_assert_eq!(&cluster_with(&list, also, eps, min).unwrap(), &naive(&list, also, eps, min));
    }

    #[test]
    fn hulls_hold_all_their_members(list in anywhere(), eps in 1.0..20.0f64) {
        let list: Vec<Point> = list.into_iter().filter(|p| p.y().abs() < 80.0 && p.x() < 170.0).collect();
        let found = cluster(&list, eps, 2).unwrap();
        for one in summarise(&list, &found, eps / 4.0) {
            prop_assert!(one.hull.is_valid());
            for &member in &one.members {
                prop_assert!(one.hull.contains(&list[member]));
            }
        }
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
        // border points too are in the same company
        let mut pairs: Vec<_> = found.labels.iter().zip(&again.labels).filter(|(a, _)| a.is_some()).collect();
        pairs.sort_unstable();
        pairs.dedup();
        prop_assert_eq!(pairs.len(), found.count as usize);
        for (a, b) in found.labels.iter().zip(&again.labels) {
            prop_assert_eq!(a.is_some(), b.is_some());
        }
        // and each cluster has the same outline, wherever the order put it
        let of = |points: &[Point], found: &Clustering| {
            let mut hulls: Vec<_> = summarise(points, found, 1.0)
                .into_iter()
                .map(|one| (format!("{:?}", one.hull), points[one.medoid].x().to_bits(), one.width_km.to_bits()))
                .collect();
            hulls.sort();
            hulls
        };
        let again = cluster(&turned, eps, min).unwrap();
        prop_assert_eq!(of(&list, &found), of(&turned, &again));
    }
}
