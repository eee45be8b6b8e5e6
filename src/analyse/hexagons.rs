//! Hexagons of equal area on a plane in kilometres: which one a point is in, and how much of each an area covers.
//!
//! Hexagons stand on a corner, in rows; the middle of the one in column 0 of row 0 is the plane's origin, and every
//! second row is half a hexagon further east. On the plane of an equal-area projection all of them are as large on the
//! ground.
//!
//! Cost: O(1) for a point; O(corners · hexagons of its box) for an area.

use geo::{BoundingRect, Coord, LineString, MultiPolygon, Polygon};
use rustc_hash::FxHashMap;

/// A hexagon's column and row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hexagon {
    /// Row, south to north.
    pub row: i32,
    /// Column, west to east.
    pub col: i32,
}

/// All hexagons of a size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hexagons {
    /// The distance between the middles of neighbours, which is that between opposite sides, in kilometres.
    width_km: f64,
}

/// More hexagons than this in the box of one area are not looked at.
const MOST: f64 = 4e6;

impl Hexagons {
    /// Of a distance between the middles of neighbours; `None` unless that is positive and finite.
    pub fn new(width_km: f64) -> Option<Self> {
        (width_km > 0.0 && width_km.is_finite()).then_some(Self { width_km })
    }

    /// The area of each, in square kilometres.
    pub fn area_km2(&self) -> f64 {
        3f64.sqrt() / 2.0 * self.width_km * self.width_km
    }

    /// The distance from row to row.
    fn height(&self) -> f64 {
        3f64.sqrt() / 2.0 * self.width_km
    }

    /// The middle of one.
    pub fn middle(&self, hexagon: Hexagon) -> Coord {
        let shift = f64::from(hexagon.row.rem_euclid(2)) / 2.0;
        Coord {
            x: (f64::from(hexagon.col) + shift) * self.width_km,
            y: f64::from(hexagon.row) * self.height(),
        }
    }

    /// The corners of one, anticlockwise from the southern one.
    pub fn outline(&self, hexagon: Hexagon) -> Polygon {
        let middle = self.middle(hexagon);
        let (half, long) = (self.width_km / 2.0, self.width_km / 3f64.sqrt());
        let ring = [
            (0.0, -long),
            (half, -long / 2.0),
            (half, long / 2.0),
            (0.0, long),
            (-half, long / 2.0),
            (-half, -long / 2.0),
        ];
        let ring = ring.map(|(x, y)| middle + Coord { x, y });
        Polygon::new(ring.to_vec().into(), Vec::new())
    }

    /// The one that a point is in: that with the nearest middle, of equals the south-western one.
    pub fn at(&self, point: Coord) -> Hexagon {
        let row = (point.y / self.height()).floor() as i32;
        let near = [row, row.saturating_add(1)].into_iter().flat_map(|row| {
            let shift = f64::from(row.rem_euclid(2)) / 2.0;
            let col = (point.x / self.width_km - shift).floor() as i32;
            [col, col.saturating_add(1)].map(|col| Hexagon { row, col })
        });
        let far = |hexagon: &Hexagon| {
            let off = self.middle(*hexagon) - point;
            off.x * off.x + off.y * off.y
        };
        near.min_by(|a, b| far(a).total_cmp(&far(b)))
            .unwrap_or(Hexagon { row, col: 0 }) // there are four
    }

    /// The hexagons that meet a box, row by row; none if they are far too many.
    fn meeting(&self, bounds: geo::Rect) -> Vec<Hexagon> {
        let rows = |y: f64, by: f64| (y / self.height() + by).floor() as i32;
        let cols = |x: f64, by: f64| (x / self.width_km + by).floor() as i32;
        let (low, high) = (bounds.min(), bounds.max());
        if (bounds.width() / self.width_km + 3.0) * (bounds.height() / self.height() + 3.0) > MOST {
            return Vec::new();
        }
        let rows = rows(low.y, -0.5)..=rows(high.y, 1.5);
        rows.flat_map(|row| {
            (cols(low.x, -1.0)..=cols(high.x, 1.0)).map(move |col| Hexagon { row, col })
        })
        .collect()
    }

    /// The hexagons that an area meets, and the part of the area that is in each: together 1, up to rounding. In the order
    /// of rows. Empty for an area without extent, or one of far too many hexagons.
    pub fn shares(&self, area: &MultiPolygon) -> Vec<(Hexagon, f64)> {
        let Some(bounds) = area.bounding_rect() else {
            return Vec::new();
        };
        // Row by row: what is left of the area is cut to the row's strip before it is cut to hexagons.
        let mut covered: FxHashMap<Hexagon, f64> = FxHashMap::default();
        let hexagons = self.meeting(bounds);
        for of_row in hexagons.chunk_by(|a, b| a.row == b.row) {
            let y = self.middle(of_row[0]).y; // chunks are not empty
            let long = self.width_km / 3f64.sqrt();
            let strip = |ring: &LineString| {
                let ring = cut(ring.0.clone(), |at| at.y - (y - long));
                cut(ring, |at| (y + long) - at.y)
            };
            for polygon in area {
                let rings = std::iter::once((polygon.exterior(), 1.0))
                    .chain(polygon.interiors().iter().map(|hole| (hole, -1.0)));
                for (ring, sign) in rings {
                    let ring = strip(ring);
                    if ring.is_empty() {
                        continue;
                    }
                    for &hexagon in of_row {
                        let part = sign * self.cut_to(&ring, hexagon);
                        if part != 0.0 {
                            *covered.entry(hexagon).or_default() += part;
                        }
                    }
                }
            }
        }
        let total: f64 = hexagons
            .iter()
            .filter_map(|hexagon| covered.get(hexagon))
            .sum();
        if !(total > 0.0 && total.is_finite()) {
            return Vec::new();
        }
        let mut shares: Vec<(Hexagon, f64)> = covered
            .into_iter()
            .map(|(hexagon, part)| (hexagon, part / total))
            .filter(|(_, share)| *share > 1e-12)
            .collect();
        shares.sort_unstable_by_key(|(hexagon, _)| *hexagon);
        shares
    }

    /// The area of the part of a ring that is in a hexagon.
    fn cut_to(&self, ring: &[Coord], hexagon: Hexagon) -> f64 {
        let middle = self.middle(hexagon);
        let half = self.width_km / 2.0;
        let box_is_off = |side: fn(&Coord) -> f64, from: f64| {
            ring.iter().all(|at| side(at) <= from - half)
                || ring.iter().all(|at| side(at) >= from + half)
        };
        if box_is_off(|at| at.x, middle.x) {
            return 0.0;
        }
        let (sin, cos) = (3f64.sqrt() / 2.0, 0.5);
        let mut ring = ring.to_vec();
        for (x, y) in [
            (1.0, 0.0),
            (-1.0, 0.0),
            (cos, sin),
            (-cos, sin),
            (cos, -sin),
            (-cos, -sin),
        ] {
            ring = cut(ring, |at| {
                half - (at.x - middle.x) * x - (at.y - middle.y) * y
            });
        }
        unsigned_area(&ring, middle)
    }
}

/// The part of a closed ring where a linear function is not negative (Sutherland & Hodgman 1974). Edges may run to and fro
/// along the line where it is 0, which changes no area.
pub fn cut(ring: Vec<Coord>, inside: impl Fn(Coord) -> f64) -> Vec<Coord> {
    let mut kept = Vec::with_capacity(ring.len() + 4);
    let Some(&last) = ring.last() else {
        return kept;
    };
    let (mut from, mut from_in) = (last, inside(last));
    for to in ring {
        let to_in = inside(to);
        if (from_in >= 0.0) != (to_in >= 0.0) {
            kept.push(from + (to - from) * (from_in / (from_in - to_in)));
        }
        if to_in >= 0.0 {
            kept.push(to);
        }
        (from, from_in) = (to, to_in);
    }
    kept
}

/// The area of a ring, whichever way it turns; about a point near it, so that little is lost to rounding.
pub fn unsigned_area(ring: &[Coord], near: Coord) -> f64 {
    let Some(&last) = ring.last() else {
        return 0.0;
    };
    let mut from = last - near;
    let mut sum = 0.0;
    for &to in ring {
        let to = to - near;
        sum += from.x * to.y - from.y * to.x;
        from = to;
    }
    (sum / 2.0).abs()
}

#[cfg(test)]
mod tests {
    use geo::{Area, BooleanOps, Distance, Euclidean, Intersects, Point, Validation, polygon};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hexagons_are_regular_and_as_large_as_they_say() {
        let all = Hexagons::new(10.0).unwrap();
        for hexagon in [Hexagon { row: 0, col: 0 }, Hexagon { row: -3, col: 7 }] {
            let outline = all.outline(hexagon);
            assert!(outline.is_valid());
            assert!((outline.signed_area() - all.area_km2()).abs() < 1e-9);
            let sides: Vec<f64> = outline
                .exterior()
                .lines()
                .map(|side| side.dx().hypot(side.dy()))
                .collect();
            assert!(
                sides
                    .iter()
                    .all(|side| (side - 10.0 / 3f64.sqrt()).abs() < 1e-9)
            );
        }
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Hexagons::new(bad), None);
        }
    }

    #[test]
    fn an_area_over_two_hexagons_is_shared_by_its_ground() {
        let all = Hexagons::new(10.0).unwrap();
        // from the middle of one to the middle of the next: half in each
        let bridge =
            polygon![(x: 0.0, y: -1.0), (x: 10.0, y: -1.0), (x: 10.0, y: 1.0), (x: 0.0, y: 1.0)];
        let shares = all.shares(&bridge.into());
        assert_eq!(shares.len(), 2);
        for (hexagon, share) in shares {
            assert_eq!(hexagon.row, 0);
            assert!((share - 0.5).abs() < 1e-12);
        }
        assert!(all.shares(&MultiPolygon::empty()).is_empty());
    }

    proptest! {
        #[test]
        fn a_point_is_in_its_hexagon(x in -900.0..900.0f64, y in -900.0..900.0f64, width in 0.5..80.0f64) {
            let all = Hexagons::new(width).unwrap();
            let at = Coord { x, y };
            let outline = all.outline(all.at(at));
            let touches = outline.exterior().lines().any(|side| {
                Euclidean.distance(&side, &Point::from(at)) < 1e-9 * width
            });
            prop_assert!(outline.intersects(&Point::from(at)) || touches);
        }

        #[test]
        fn shares_are_those_of_a_polygon_library(
            x in -90.0..90.0f64, y in -90.0..90.0f64, radii in prop::collection::vec(4.0..40.0f64, 5..24), width in 5.0..40.0f64, hole in any::<bool>()
        ) {
            let all = Hexagons::new(width).unwrap();
            let corner = |(i, r): (usize, &f64)| {
                let turn = std::f64::consts::TAU * i as f64 / radii.len() as f64;
                Coord { x: x + r * turn.cos(), y: y + r * turn.sin() }
            };
            let ring: Vec<Coord> = radii.iter().enumerate().map(corner).collect();
            let small: Vec<Coord> = ring.iter().map(|at| Coord { x: x + (at.x - x) * 0.3, y: y + (at.y - y) * 0.3 }).collect();
            let holes = if hole { vec![small.into()] } else { vec![] };
            let area = MultiPolygon::from(Polygon::new(ring.into(), holes));
            let shares = all.shares(&area);
            let sum: f64 = shares.iter().map(|(_, share)| share).sum();
            prop_assert!((sum - 1.0).abs() < 1e-9);
            for (hexagon, share) in shares {
                let both = MultiPolygon::from(all.outline(hexagon)).intersection(&area).unsigned_area();
                prop_assert!((both / area.unsigned_area() - share).abs() < 1e-5, "{both} {share}");
            }
        }
    }
}
