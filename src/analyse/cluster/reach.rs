//! Distances in the space that the unit sphere sits in.
//!
//! The straight chord between two points of the unit sphere grows with the great circle between them,
//! so that comparing squared chords orders pairs as great circles do, with no antimeridian and no poles.

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::cells::Site;

/// A point of the unit sphere.
pub(super) type Xyz = [f64; 3];

/// Pairs tried one by one before an index is built over one side.
const TRIES: usize = 4096;

/// The point of the unit sphere at a longitude and latitude in degrees.
pub(super) fn xyz(lon: f64, lat: f64) -> Xyz {
    let (sin_lon, cos_lon) = lon.to_radians().sin_cos();
    let (sin_lat, cos_lat) = lat.to_radians().sin_cos();
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

/// The squared chord that a great-circle distance spans, given in radians.
///
/// From half way round every point is within reach: more than 4, the squared diameter, so that rounding leaves none out.
pub(super) fn chord_2(angle: f64) -> f64 {
    if angle >= std::f64::consts::PI {
        5.0
    } else {
        4.0 * (angle / 2.0).sin().powi(2)
    }
}

/// The squared chord between two points.
#[inline]
pub(super) fn distance_2(a: &Xyz, b: &Xyz) -> f64 {
    let (dx, dy, dz) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
    dx * dx + dy * dy + dz * dz
}

/// How far neighbours may be apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    /// As a squared chord.
    pub(super) chord_2: f64,
    /// In units of time.
    pub(super) time: u32,
}

impl Reach {
    /// Whether two sites are neighbours.
    #[inline]
    pub(super) fn joins(&self, a: &Site, b: &Site) -> bool {
        distance_2(&a.at, &b.at) <= self.chord_2 && a.time.abs_diff(b.time) <= self.time
    }

    /// Whether two spans of time are within reach of each other.
    #[inline]
    pub(super) fn times(&self, first: i32, last: i32, other_first: i32, other_last: i32) -> bool {
        let gap = (i64::from(other_first) - i64::from(last))
            .max(i64::from(first) - i64::from(other_last));
        gap <= i64::from(self.time)
    }
}

/// The smallest box around some points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Box3 {
    /// Least x, y and z.
    pub(super) lower: Xyz,
    /// Greatest x, y and z.
    pub(super) upper: Xyz,
}

impl Box3 {
    /// The box of one point.
    pub(super) fn of(at: Xyz) -> Self {
        Self {
            lower: at,
            upper: at,
        }
    }

    /// Grows to hold a point.
    pub(super) fn add(&mut self, at: &Xyz) {
        self.lower = std::array::from_fn(|axis| self.lower[axis].min(at[axis]));
        self.upper = std::array::from_fn(|axis| self.upper[axis].max(at[axis]));
    }

    /// The squared distance from a point to the box; 0 inside.
    #[inline]
    pub(super) fn distance_2(&self, at: &Xyz) -> f64 {
        (0..3)
            .map(|axis| {
                (self.lower[axis] - at[axis])
                    .max(at[axis] - self.upper[axis])
                    .max(0.0)
            })
            .map(|gap| gap * gap)
            .sum()
    }

    /// The squared distance between two boxes; 0 where they meet.
    pub(super) fn gap_2(&self, other: &Self) -> f64 {
        (0..3)
            .map(|axis| {
                (self.lower[axis] - other.upper[axis])
                    .max(other.lower[axis] - self.upper[axis])
                    .max(0.0)
            })
            .map(|gap| gap * gap)
            .sum()
    }
}

/// Whether any site of `a` is within reach of any site of `b`; the boxes are theirs.
///
/// Dense neighbours nearly always meet within a few tries. Where they do not, an R-tree bounds the cost to
/// O((|a| + |b|)·log), so that two crowds just out of reach of each other do not cost |a|·|b|. (With time, a tree of
/// four dimensions finds those within a box of the reach; only sites in its corners are tried for nothing.)
pub(super) fn any_within<'a>(
    a: impl Iterator<Item = &'a Site>,
    box_a: &Box3,
    b: impl Iterator<Item = &'a Site>,
    box_b: &Box3,
    reach: &Reach,
) -> bool {
    let a: Vec<&Site> = a
        .filter(|site| box_b.distance_2(&site.at) <= reach.chord_2)
        .collect();
    let b: Vec<&Site> = b
        .filter(|site| box_a.distance_2(&site.at) <= reach.chord_2)
        .collect();
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut pairs = few.iter().flat_map(|p| many.iter().map(move |q| (p, q)));
    if pairs.by_ref().take(TRIES).any(|(p, q)| reach.joins(p, q)) {
        return true;
    }
    if few.len().saturating_mul(many.len()) <= TRIES {
        return false;
    }
    let timeless = few.iter().chain(&many).all(|site| site.time == few[0].time); // there are more than `TRIES` pairs, so that neither is empty
    if timeless {
        let tree = RTree::bulk_load(many.iter().map(|site| site.at).collect());
        return few.iter().any(|p| {
            tree.nearest_neighbor(&p.at)
                .is_some_and(|q| distance_2(&p.at, q) <= reach.chord_2)
        });
    }
    let with_time = |site: &Site, time: f64| [site.at[0], site.at[1], site.at[2], time];
    let entries = many
        .iter()
        .map(|site| GeomWithData::new(with_time(site, site.time.into()), *site));
    let tree = RTree::bulk_load(entries.collect());
    let chord = reach.chord_2.sqrt() * (1.0 + 1e-9) + 1e-15;
    let wide = [chord, chord, chord, reach.time.into()];
    few.iter().any(|p| {
        let middle = with_time(p, p.time.into());
        let window = AABB::from_corners(
            std::array::from_fn(|axis| middle[axis] - wide[axis]),
            std::array::from_fn(|axis| middle[axis] + wide[axis]),
        );
        tree.locate_in_envelope(&window)
            .any(|q| reach.joins(p, q.data))
    })
}
