//! Distances in the space that the unit sphere sits in.
//!
//! The straight chord between two points of the unit sphere grows with the great circle between them,
//! so that comparing squared chords orders pairs as great circles do, with no antimeridian and no poles.

use rstar::RTree;

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

/// Whether any point of `a` is within reach of any point of `b`.
///
/// Dense neighbours nearly always meet within a few tries. Where they do not, an R-tree bounds the cost to
/// O((|a| + |b|)·log), so that two crowds just out of reach of each other do not cost |a|·|b|.
pub(super) fn any_within(
    a: impl Iterator<Item = Xyz>,
    box_a: &Box3,
    b: impl Iterator<Item = Xyz>,
    box_b: &Box3,
    reach_2: f64,
) -> bool {
    let a: Vec<Xyz> = a.filter(|at| box_b.distance_2(at) <= reach_2).collect();
    let b: Vec<Xyz> = b.filter(|at| box_a.distance_2(at) <= reach_2).collect();
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let pairs = few.iter().flat_map(|p| many.iter().map(move |q| (p, q)));
    if pairs.take(TRIES).any(|(p, q)| distance_2(p, q) <= reach_2) {
        return true;
    }
    if few.len().saturating_mul(many.len()) <= TRIES {
        return false;
    }
    let tree = RTree::bulk_load(many);
    few.iter().any(|p| {
        tree.nearest_neighbor(p)
            .is_some_and(|q| distance_2(p, q) <= reach_2)
    })
}
