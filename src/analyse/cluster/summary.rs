//! What a cluster is to a reader: its members, a point to stand for it, and an outline.
//!
//! - The **medoid** is the member with the least sum of squared chords to the others. As
//!   Σ|p − xᵢ|² = n·|p − x̄|² + a constant, that is the member nearest the mean: O(n).
//! - The **hull** is drawn on an azimuthal equidistant plane about the members' mean: the concave hull (Park & Oh 2012,
//!   in `geo`) where that is well smaller than the convex one, as along a valley or a front, buffered by a pad in
//!   kilometres, so that one point gives a disc and two give a capsule: O(n·log n).
//!
//! All of it is the same for any order of the input: sums are of integers, and equals are told apart by coordinates.

use geo::algorithm::buffer::{BufferStyle, LineJoin};
use geo::concave_hull::ConcaveHullOptions;
use geo::{
    Area, Buffer, ConcaveHull, ConvexHull, Coord, GeodesicArea, LineString, MapCoords, MultiPoint,
    Point, Polygon, Validation,
};
use rustc_hash::FxHashSet;

use super::reach::{Xyz, distance_2, xyz};
use super::{Clustering, EARTH_RADIUS_KM};

/// The least pad around a hull without area, in kilometres.
const LEAST_PAD_KM: f64 = 0.1;
/// The greatest turn between two edges of a rounded corner, in radians.
const CORNER_STEP: f64 = std::f64::consts::PI / 24.0;
/// The concave hull is drawn where it has less than this part of the convex one's area.
const WELL_SMALLER: f64 = 0.8;
/// Edges of the concave hull shorter than this many pads are not bent inwards.
const STRAIGHT_PADS: f64 = 6.0;
/// Of more places than this, one in each square of half a pad stands for all in it: the pad covers the difference.
const PLACES: usize = 5000;

/// One cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The cluster's number, as in [`Clustering::labels`].
    pub id: u32,
    /// Its points, core and border, as ascending indices into the input.
    pub members: Vec<usize>,
    /// Index of the member that stands for it: the most central one; of equals the westernmost, then southernmost, then first.
    pub medoid: usize,
    /// Its outline in degrees, anticlockwise; see [`hull`].
    pub hull: Polygon,
    /// Area of the outline on the ellipsoid, in square kilometres.
    pub area_km2: f64,
    /// Distance between the two members that are farthest from each other, in kilometres.
    pub width_km: f64,
}

/// Summaries of all clusters, in order of number. `points` are those that were clustered.
///
/// `pad_km` is the distance between the outermost members and the outline; a quarter of the cluster distance
/// looks well. Points that the clustering does not know are ignored.
pub fn summarise(points: &[Point], clustering: &Clustering, pad_km: f64) -> Vec<Summary> {
    summaries(points, clustering, |bare| {
        let hull = bare.outline(pad_km)?;
        Some((hull.geodesic_area_unsigned() / 1e6, hull))
    })
}

/// The same without outlines and their area, which take most of the time.
pub fn sketch(points: &[Point], clustering: &Clustering) -> Vec<Summary> {
    let none = || (0.0, Polygon::new(LineString::new(Vec::new()), Vec::new()));
    summaries(points, clustering, |_| Some(none()))
}

fn summaries(
    points: &[Point],
    clustering: &Clustering,
    outline: impl Fn(&Bare) -> Option<(f64, Polygon)>,
) -> Vec<Summary> {
    let members = clustering.members().into_iter();
    (0u32..)
        .zip(members)
        .filter_map(|(id, mut members)| {
            members.retain(|&member| member < points.len());
            let at: Vec<Point> = members.iter().map(|&member| points[member]).collect();
            let sphere: Vec<Xyz> = at.iter().map(|at| xyz(at.x(), at.y())).collect();
            let sum = sum(&sphere);
            let medoid = members[medoid(&at, &sphere, &sum)?];
            let bare = Bare::of(&at, &sum)?;
            let (area_km2, hull) = outline(&bare)?;
            Some(Summary {
                id,
                medoid,
                area_km2,
                width_km: bare.width_km(),
                hull,
                members,
            })
        })
        .collect()
}

/// The outline of some points in degrees: their hull, `pad_km` kilometres wider all round.
///
/// `None` for no points. A pad that is not positive gives the bare convex hull; where that has no area (one point, or all
/// on a line) a pad of 100 m is used. Longitudes run on past ±180 where the outline crosses the antimeridian.
/// For points that spread less than half way round the globe and do not surround a pole.
pub fn hull(points: &[Point], pad_km: f64) -> Option<Polygon> {
    let sphere: Vec<Xyz> = points.iter().map(|at| xyz(at.x(), at.y())).collect();
    Bare::of(points, &sum(&sphere))?.outline(pad_km)
}

/// Points on a plane, each place once, and their convex hull.
struct Bare {
    plane: Plane,
    places: Vec<Coord>,
    convex: Polygon,
}

impl Bare {
    /// Of some points and the sum of their positions.
    fn of(points: &[Point], sum: &Xyz) -> Option<Self> {
        let plane = Plane::about(points.first()?, sum);
        let mut seen = FxHashSet::default();
        let mut places: Vec<Coord> = points
            .iter()
            .filter(|point| seen.insert((point.x().to_bits(), point.y().to_bits())))
            .map(|point| plane.to_km(point))
            .collect();
        places.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        let flat: MultiPoint = places.iter().copied().map(Point::from).collect();
        Some(Self {
            plane,
            places,
            convex: flat.convex_hull(),
        })
    }

    fn width_km(&self) -> f64 {
        let corners = &self.convex.exterior().0;
        let far = |a: &Coord| {
            let far = |b: &Coord| (a.x - b.x).powi(2) + (a.y - b.y).powi(2);
            corners.iter().map(far).fold(0.0, f64::max)
        };
        corners.iter().map(far).fold(0.0, f64::max).sqrt()
    }

    fn outline(&self, pad_km: f64) -> Option<Polygon> {
        let bare = &self.convex;
        let is_flat = bare.unsigned_area() < 1e-6;
        let pad = if pad_km > 0.0 {
            pad_km
        } else if is_flat {
            LEAST_PAD_KM
        } else {
            return Some(bare.map_coords(|at| self.plane.to_degrees(at)));
        };
        let style = BufferStyle::new(pad).line_join(LineJoin::Round(CORNER_STEP));
        let wide = if is_flat {
            // the two ends of the line that all points are on, or one point twice
            let ends = ends(bare.exterior());
            if ends[0] == ends[1] {
                Point::from(ends[0]).buffer_with_style(style)
            } else {
                LineString::from(ends.to_vec()).buffer_with_style(
                    style.line_cap(geo::algorithm::buffer::LineCap::Round(CORNER_STEP)),
                )
            }
        } else {
            let concave = self.concave(pad);
            concave.as_ref().unwrap_or(bare).buffer_with_style(style)
        };
        let outline = wide
            .into_iter()
            .max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
        // a ring of places encloses ground of the cluster too
        let outline = Polygon::new(outline.into_inner().0, Vec::new());
        Some(outline.map_coords(|at| self.plane.to_degrees(at)))
    }

    /// The concave hull; `None` where it is not well smaller than the convex one.
    fn concave(&self, pad: f64) -> Option<Polygon> {
        let mut square = FxHashSet::default();
        let thin = self.places.len() > PLACES;
        let mut one_in_each = |at: &Coord| {
            let side = pad / 2.0;
            !thin || square.insert(((at.x / side).floor() as i64, (at.y / side).floor() as i64))
        };
        let places: MultiPoint = self
            .places
            .iter()
            .filter(|at| one_in_each(at))
            .map(|at| Point::from(*at))
            .collect();
        let hull = places.concave_hull_with_options(
            ConcaveHullOptions::default().length_threshold(STRAIGHT_PADS * pad),
        );
        let helps = hull.unsigned_area() < WELL_SMALLER * self.convex.unsigned_area();
        (helps && hull.is_valid()).then_some(hull)
    }
}

/// The two points of a flat ring that are farthest from each other: its corners are on a line that has two ends.
fn ends(ring: &LineString) -> [Coord; 2] {
    let farthest = |from: Coord| {
        let far = |at: &Coord| (at.x - from.x).hypot(at.y - from.y);
        let farthest = ring.coords().max_by(|a, b| far(a).total_cmp(&far(b)));
        farthest.copied().unwrap_or(from)
    };
    let one = farthest(ring.coords().next().copied().unwrap_or_default());
    [one, farthest(one)]
}

/// Position of the most central of some points, the westernmost, then southernmost, then first of equals. `None` for no
/// points. `sphere` are their positions and `sum` is the sum of these.
fn medoid(points: &[Point], sphere: &[Xyz], sum: &Xyz) -> Option<usize> {
    let mean = sum.map(|x| x / points.len() as f64);
    let by_distance = sphere.iter().map(|at| distance_2(at, &mean)).enumerate();
    by_distance
        .min_by(|a, b| {
            let (p, q) = (points[a.0], points[b.0]);
            a.1.total_cmp(&b.1)
                .then(p.x().total_cmp(&q.x()))
                .then(p.y().total_cmp(&q.y()))
        })
        .map(|(i, _)| i)
}

/// Of integers, which add up to the same in any order.
fn sum(sphere: &[Xyz]) -> Xyz {
    /// 2⁶⁰: a coordinate on the unit sphere keeps all its digits but those below 1e-18.
    const ONE: f64 = (1u64 << 60) as f64;
    let sum = sphere.iter().fold([0i128; 3], |sum, at| {
        // within ±2⁶⁰, which an i64 holds
        std::array::from_fn(|axis| sum[axis] + i128::from((at[axis] * ONE) as i64))
    });
    sum.map(|sum| sum as f64 / ONE)
}

/// Azimuthal equidistant projection of the sphere about a point, in kilometres, x east and y north.
struct Plane {
    centre: Xyz,
    east: Xyz,
    north: Xyz,
    lon: f64,
}

impl Plane {
    /// The plane about the mean of points that add up to `sum`; about the first of them where they balance.
    fn about(first: &Point, sum: &Xyz) -> Self {
        let length = dot(sum, sum).sqrt();
        let (lon, lat) = if length > 1e-9 {
            (
                sum[1].atan2(sum[0]),
                (sum[2] / length).clamp(-1.0, 1.0).asin(),
            )
        } else {
            (first.x().to_radians(), first.y().to_radians())
        };
        let ((sin_lon, cos_lon), (sin_lat, cos_lat)) = (lon.sin_cos(), lat.sin_cos());
        Self {
            centre: [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat],
            east: [-sin_lon, cos_lon, 0.0],
            north: [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat],
            lon: lon.to_degrees(),
        }
    }

    fn to_km(&self, point: &Point) -> Coord {
        let at = xyz(point.x(), point.y());
        let (x, y) = (dot(&self.east, &at), dot(&self.north, &at));
        let sin = x.hypot(y);
        if sin == 0.0 {
            return Coord::zero();
        }
        let km = sin.atan2(dot(&self.centre, &at)) * EARTH_RADIUS_KM;
        Coord {
            x: km * x / sin,
            y: km * y / sin,
        }
    }

    fn to_degrees(&self, at: Coord) -> Coord {
        let km = at.x.hypot(at.y);
        let (sin, cos) = (km / EARTH_RADIUS_KM).sin_cos();
        let (east, north) = if km > 0.0 {
            (sin * at.x / km, sin * at.y / km)
        } else {
            (0.0, 0.0)
        };
        let [x, y, z] = [0, 1, 2].map(|axis| {
            cos * self.centre[axis] + east * self.east[axis] + north * self.north[axis]
        });
        let lon = y.atan2(x).to_degrees();
        Coord {
            x: lon + 360.0 * ((self.lon - lon) / 360.0).round(),
            y: z.clamp(-1.0, 1.0).asin().to_degrees(),
        }
    }
}

fn dot(a: &Xyz, b: &Xyz) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
