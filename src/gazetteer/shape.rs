//! Shapes of vague ground: the side of an area, a sector, a corridor, a seam. All in degrees (WGS 84), worked out on a
//! plane in kilometres that is true at the shape's middle latitude ([`Plane`]).
//!
//! | words | shape |
//! |---|---|
//! | "northern X" | X beyond an east–west line a twentieth of its height south of its centroid; of "north-western" both sides |
//! | "northern edges of X", "far north of X" | X's northernmost three tenths |
//! | "central X" | X within a square around its centroid, a quarter of its diagonal to either side |
//! | "10 km south of X" | 7.5–12.5 km from X (2 km to either side at least), within 35° of south |
//! | "south of X" | 1–25 km from X, within 50° of south |
//! | between A and B | within a tenth of their distance of the line, 3–15 km |
//! | a road | within 3 km of it |

use geo::{
    Area, BooleanOps, BoundingRect, Buffer, Centroid, ConvexHull, Destination, Geodesic,
    Intersects, LineString, MultiPoint, MultiPolygon, Point, Polygon, Rect,
};

use super::region::Side;
use crate::ground::{Plane, disc};

/// How far beyond the centroid a side begins, as a part of the extent in its direction.
const BEYOND: f64 = 0.05;
/// How deep an edge is, as a part of the extent in its direction.
const EDGE: f64 = 0.3;
/// Half the angle of "10 km south of", in degrees.
pub(super) const AT_DISTANCE: f64 = 35.0;
/// Half the angle of "south of", in degrees.
pub(super) const ANYWHERE: f64 = 50.0;

/// The part of an area on one side; the whole, if nothing is left.
pub(super) fn side(area: &MultiPolygon, side: Side, edge: bool) -> Option<MultiPolygon> {
    let plane = Plane::at(area.bounding_rect()?.center().y);
    let outline = plane.to_km(area);
    let extent = outline.bounding_rect()?;
    let centroid = outline.centroid()?;
    let Side::Compass(step) = side else {
        let reach = extent.width().hypot(extent.height()) / 4.0;
        let square = Rect::new(
            (centroid.x() - reach, centroid.y() - reach),
            (centroid.x() + reach, centroid.y() + reach),
        );
        let part = outline.intersection(&square.to_polygon());
        return Some(plane.to_degrees(&part)).filter(|part| part.unsigned_area() > 0.0);
    };
    let (min, max) = (extent.min(), extent.max());
    // Where the part begins, from the side that it is on.
    let begin = |low: f64, middle: f64, high: f64, towards_high: bool| {
        let deep = EDGE * (high - low);
        let beyond = BEYOND * (high - low);
        match (towards_high, edge) {
            (true, true) => high - deep,
            (true, false) => middle - beyond,
            (false, true) => low + deep,
            (false, false) => middle + beyond,
        }
    };
    let (mut from, mut to) = (min, max);
    if matches!(step, 7 | 0 | 1) {
        from.y = begin(min.y, centroid.y(), max.y, true);
    }
    if matches!(step, 3..=5) {
        to.y = begin(min.y, centroid.y(), max.y, false);
    }
    if matches!(step, 1..=3) {
        from.x = begin(min.x, centroid.x(), max.x, true);
    }
    if matches!(step, 5..=7) {
        to.x = begin(min.x, centroid.x(), max.x, false);
    }
    let part = outline.intersection(&Rect::new(from, to).to_polygon());
    let part = if part.unsigned_area() > 0.0 {
        part
    } else {
        outline
    };
    Some(plane.to_degrees(&part))
}

/// What lies in one direction of a point, between two distances.
pub(super) fn sector(of: Point, bearing: f64, half_angle: f64, km: (f64, f64)) -> MultiPolygon {
    const STEPS: u32 = 24;
    let arc = |radius_km: f64| {
        (0..=STEPS).map(move |n| {
            let turn = half_angle * (2.0 * f64::from(n) / f64::from(STEPS) - 1.0);
            Geodesic.destination(of, bearing + turn, radius_km * 1000.0)
        })
    };
    // Clockwise along the far arc, back along the near one: turned round for a ring that runs counter-clockwise.
    let mut ring: Vec<Point> = arc(km.1).collect();
    let near: Vec<Point> = arc(km.0).collect();
    ring.extend(near.into_iter().rev());
    ring.reverse();
    Polygon::new(LineString::from(ring), Vec::new()).into()
}

/// The ground within a distance of a line; `filled`: of all between its points.
pub(super) fn corridor(along: &[Point], half_width_km: f64, filled: bool) -> Option<MultiPolygon> {
    let plane = Plane::at(MultiPoint::from(along.to_vec()).bounding_rect()?.center().y);
    let line = plane.to_km(&LineString::from(along.to_vec()));
    let ground = if filled {
        line.convex_hull().buffer(half_width_km)
    } else {
        line.buffer(half_width_km)
    };
    Some(plane.to_degrees(&ground))
}

/// The ground of two areas within a distance of each other.
pub(super) fn seam(one: &MultiPolygon, other: &MultiPolygon, km: f64) -> Option<MultiPolygon> {
    let plane = Plane::at(one.bounding_rect()?.center().y);
    let (a, b) = (plane.to_km(one), plane.to_km(other));
    let near_b = a.intersection(&b.buffer(km));
    let near_a = b.intersection(&a.buffer(km));
    let both = near_b.union(&near_a);
    (both.unsigned_area() > 0.0).then(|| plane.to_degrees(&both))
}

/// What two shapes have in common, if they have anything.
pub(super) fn common(one: &MultiPolygon, other: &MultiPolygon) -> Option<MultiPolygon> {
    let apart = match (one.bounding_rect(), other.bounding_rect()) {
        (Some(a), Some(b)) => !a.intersects(&b),
        _ => true,
    };
    if apart {
        return None;
    }
    let both = one.intersection(other);
    (both.unsigned_area() > 0.0).then_some(both)
}

/// An area and what is within a distance of it.
pub(super) fn widened(area: &MultiPolygon, km: f64) -> Option<MultiPolygon> {
    let plane = Plane::at(area.bounding_rect()?.center().y);
    Some(plane.to_degrees(&plane.to_km(area).buffer(km)))
}

/// An area less a disc.
pub(super) fn less(area: &MultiPolygon, centre: Point, radius_km: f64) -> MultiPolygon {
    let rest = area.difference(&MultiPolygon::from(disc(centre, radius_km)));
    if rest.unsigned_area() > 0.0 {
        rest
    } else {
        area.clone()
    }
}
