use geo::{Coord, Distance, Geodesic, Point};
use proptest::prelude::*;

use super::*;

fn extent(w: f64, s: f64, e: f64, n: f64) -> Extent {
    Extent::new(w, s, e, n).unwrap()
}

/// Khan Tuman, the far north-east of Syria, the far south-west.
const PLACES: [(f64, f64); 3] = [(36.6339, 35.9306), (42.3, 37.1), (35.9, 32.4)];

fn check(choice: ProjectionChoice, around: Extent, metres: [(f64, f64); 3]) {
    let p = Projection::for_extent(choice, &around).unwrap();
    for ((lon, lat), (x, y)) in PLACES.into_iter().zip(metres) {
        let (px, py) = p.forward(lon, lat).unwrap();
        assert!(
            (px * 1000.0 - x).abs() < 1e-3 && (py * 1000.0 - y).abs() < 1e-3,
            "{p}: {px} {py}"
        );
        let (blon, blat) = p.inverse(px, py).unwrap();
        assert!(
            (blon - lon).abs() < 1e-9 && (blat - lat).abs() < 1e-9,
            "{p}: {blon} {blat}"
        );
    }
}

/// Reference values of PROJ 9.1.1, e.g. `echo 36.6339 35.9306 | proj +proj=laea +lat_0=34.8
/// +lon_0=39 +ellps=WGS84 -f %.4f`.
#[test]
fn agrees_with_proj_to_a_millimetre() {
    let syria = extent(35.5, 32.3, 42.5, 37.3);
    check(
        ProjectionChoice::EqualArea,
        syria,
        [
            (-213507.5314, 127956.4905),
            (293342.5594, 260051.4385),
            (-291632.9940, -261767.3972),
        ],
    );
    check(
        ProjectionChoice::EqualArea,
        extent(10.0, 28.0, 110.0, 52.0),
        // +proj=aea +lat_1=32 +lat_2=48 +lat_0=40 +lon_0=60
        [
            (-2070879.9230, -185267.7228),
            (-1550716.3244, -171886.9934),
            (-2238427.8555, -547342.6840),
        ],
    );
    check(
        ProjectionChoice::Utm(None),
        syria,
        [
            (286543.2938, 3978838.2112),
            (793280.5859, 4111063.6377),
            (208405.7397, 3589003.4131),
        ],
    );
    check(
        ProjectionChoice::PlateCarree,
        syria,
        [
            (-216284.9924, 3999776.0959),
            (301652.7090, 4129953.1084),
            (-283370.7267, 3606751.5017),
        ],
    );
    let mercator = Projection::for_extent(ProjectionChoice::WebMercator, &syria).unwrap();
    let (x, y) = mercator.forward(36.6339, 35.9306).unwrap();
    assert!((x + 263.3930472).abs() < 1e-6 && (y - 4291.0762361).abs() < 1e-6);
}

#[test]
fn chooses_by_the_extent_and_says_so() {
    let name = |choice, e| {
        Projection::for_extent(choice, &e)
            .unwrap()
            .name()
            .to_owned()
    };
    let syria = extent(35.5, 32.3, 42.5, 37.3);
    assert_eq!(
        name(ProjectionChoice::EqualArea, syria),
        "Lambert azimuthal equal-area, centred 34.8° N 39.0° E"
    );
    assert!(
        name(ProjectionChoice::EqualArea, extent(19.0, 41.0, 87.0, 56.0)).starts_with("Albers")
    );
    assert!(
        name(
            ProjectionChoice::EqualArea,
            extent(-180.0, -60.0, 180.0, 80.0)
        )
        .starts_with("Equal Earth")
    );
    assert_eq!(name(ProjectionChoice::Utm(None), syria), "UTM zone 37N");
    assert_eq!(name(ProjectionChoice::Utm(Some(36)), syria), "UTM zone 36N");
    assert_eq!(
        "utm-36".parse::<ProjectionChoice>().unwrap(),
        ProjectionChoice::Utm(Some(36))
    );
    assert!("utm-61".parse::<ProjectionChoice>().is_err());
    assert!(
        "robinson"
            .parse::<ProjectionChoice>()
            .unwrap_err()
            .to_string()
            .contains("equal-area")
    );
}

#[test]
fn works_across_the_antimeridian() {
    // echo -179.5 -17 | proj +proj=laea +lat_0=-17 +lon_0=179 +ellps=WGS84
    let p = Projection::for_extent(
        ProjectionChoice::EqualArea,
        &extent(177.0, -19.0, -179.0, -15.0),
    )
    .unwrap();
    for lon in [-179.5, 180.5] {
        let (x, y) = p.forward(lon, -17.0).unwrap();
        assert!(
            (x - 159.7230244).abs() < 1e-6 && (y + 0.6075718).abs() < 1e-6,
            "{x} {y}"
        );
    }
    for choice in [ProjectionChoice::WebMercator, ProjectionChoice::PlateCarree] {
        let p = Projection::for_extent(choice, &extent(177.0, -19.0, -179.0, -15.0)).unwrap();
        let (x, _) = p.forward(-179.5, -17.0).unwrap();
        assert!((100.0..200.0).contains(&x), "{p}: {x}");
    }
}

#[test]
fn what_has_no_image_is_not_a_number() {
    let p = Projection::for_extent(ProjectionChoice::EqualArea, &extent(35.0, 32.0, 43.0, 37.0))
        .unwrap();
    assert!(p.forward(f64::NAN, 0.0).is_none());
    let mut points = [
        Coord { x: 36.0, y: 33.0 },
        Coord {
            x: f64::INFINITY,
            y: 0.0,
        },
        Coord { x: 37.0, y: 34.0 },
    ];
    p.forward_all(&mut points);
    assert!(points[0].x.is_finite() && points[1].x.is_nan() && points[2].x.is_finite());
}

#[test]
fn north_and_scale() {
    let syria = extent(35.5, 32.3, 42.5, 37.3);
    let equal_area = Projection::for_extent(ProjectionChoice::EqualArea, &syria).unwrap();
    assert!(equal_area.north_at(39.0, 34.8).unwrap().abs() < 1e-6);
    assert!((equal_area.scale_at(39.0, 34.8).unwrap() - 1.0).abs() < 1e-6);
    let utm = Projection::for_extent(ProjectionChoice::Utm(Some(35)), &syria).unwrap();
    // Convergence: 12° from the central meridian times sin 34.8°, north to the left of up.
    assert!((utm.north_at(39.0, 34.8).unwrap() + 6.89).abs() < 0.05);
    let mercator = Projection::for_extent(ProjectionChoice::WebMercator, &syria).unwrap();
    assert!((mercator.scale_at(39.0, 60.0).unwrap() - 2.0).abs() < 0.01);
}

proptest! {
    /// The area of a small square on the plane is that on the ground: this is what makes
    /// "incidents per 100 km²" true.
    #[test]
    fn equal_area_keeps_areas(lon in -170.0..170.0f64, lat in -60.0..60.0f64, dx in -4.0..4.0f64, dy in -4.0..4.0f64) {
        let p = Projection::for_extent(ProjectionChoice::EqualArea, &extent(lon - 5.0, lat - 5.0, lon + 5.0, lat + 5.0)).unwrap();
        let step = 0.01;
        let at = |i: f64, j: f64| p.forward(lon + dx + i * step, lat + dy + j * step).unwrap();
        let (a, b, c) = (at(0.0, 0.0), at(1.0, 0.0), at(0.0, 1.0));
        let plane = ((b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)).abs();
        let ground = |x0, y0, x1, y1| Geodesic.distance(Point::new(x0, y0), Point::new(x1, y1)) / 1000.0;
        let (x, y) = (lon + dx, lat + dy);
        let side = ground(x, y, x + step, y) * ground(x, y, x, y + step);
        prop_assert!((plane / side - 1.0).abs() < 1e-3, "{plane} {side}");
    }

    #[test]
    fn there_and_back(lon in -180.0..180.0f64, lat in -80.0..80.0f64, dx in -8.0..8.0f64, dy in -8.0..8.0f64) {
        let p = Projection::for_extent(ProjectionChoice::EqualArea, &extent(lon - 9.0, lat - 9.0, lon + 9.0, lat + 9.0)).unwrap();
        let (x, y) = p.forward(lon + dx, lat + dy).unwrap();
        let (blon, blat) = p.inverse(x, y).unwrap();
        prop_assert!(wrap(blon - lon - dx).abs() < 1e-7 && (blat - lat - dy).abs() < 1e-7);
    }
}
