//! Density-based clusters (DBSCAN) of points on the globe, exactly.
//!
//! Ester, Kriegel, Sander, Xu: *A density-based algorithm for discovering clusters in large spatial
//! databases with noise*, KDD 1996. A point is **core** when the points within `eps_km` of it, itself
//! included, number at least `min_points`. Core points within `eps_km` of each other share a cluster.
//! A point that is not core but within `eps_km` of a core point is a **border** point of that cluster;
//! any other point is noise.
//!
//! Distance is the great circle on a sphere of [`EARTH_RADIUS_KM`], the mean radius R₁ of WGS 84: what
//! `sklearn.cluster.DBSCAN(eps=eps_km / 6371.0088, min_samples=min_points, metric="haversine")` computes.
//!
//! Points may also need to be near in time (Birant & Kut, *ST-DBSCAN*, Data & Knowledge Engineering 60, 2007, without
//! its third, non-spatial value): neighbours are then within reach both on the ground and in time. And they may count as
//! several points towards `min_points`.
//!
//! Three things are fixed here that the paper leaves open:
//! - clusters are numbered from 0 by their lowest core point's index in the input;
//! - a border point within reach of several clusters goes to that of the nearest core point; of core points equally far
//!   off, the one nearer in time, then the one with the lowest coordinates on the unit sphere. The order of the input
//!   has no say in which points are together;
//! - a distance of exactly `eps_km` is within reach.
//!
//! Method: coincident points are merged into weighted sites; sites are put in cells that are never wider
//! than `eps_km` (Gunawan 2013; Gan & Tao, SIGMOD 2015), so that a cell holding `min_points` is core
//! altogether and a cell's core sites never need comparing; an R-tree over the cells' boxes finds the
//! at most some twenty cells within reach of each; a union–find joins them.
//!
//! Cost: O(n + s·log s + s·m) time and O(n + s) memory for n points at s distinct coordinates, where m is
//! `min_points`. Any number of points may share a coordinate.

mod cells;
mod reach;
mod summary;
#[cfg(test)]
mod tests;
mod union_find;

use std::cmp::Ordering;

use geo::Point;

use cells::{Cells, Site};
pub use summary::{Summary, hull, sketch, summarise};
use union_find::UnionFind;

/// Mean radius R₁ of the WGS 84 ellipsoid, in kilometres; the sphere that distances are measured on.
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// The shortest reach above zero that coordinates in `f64` can tell apart, in kilometres: a millimetre.
pub const MIN_EPS_KM: f64 = 1e-6;

/// Which cluster each point is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clustering {
    /// For each point of the input, its cluster's number from 0; `None` for noise.
    pub labels: Vec<Option<u32>>,
    /// For each point of the input, whether it is a core point.
    pub core: Vec<bool>,
    /// How many clusters there are.
    pub count: u32,
}

impl Clustering {
    /// The points of each cluster, as ascending indices into the input. Noise is in none.
    pub fn members(&self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.count as usize];
        for (point, label) in self.labels.iter().enumerate() {
            if let Some(list) = label.and_then(|label| members.get_mut(label as usize)) {
                list.push(point);
            }
        }
        members
    }
}

/// Why points could not be clustered.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ClusterError {
    /// A coordinate is NaN, infinite, or a latitude beyond a pole.
    #[error(
        "point {index} is at longitude {lon}, latitude {lat}: \
         give finite degrees with the latitude within -90..90, e.g. 36.63, 35.93"
    )]
    Coordinate {
        /// Index of the point in the input.
        index: usize,
        /// Its longitude as given.
        lon: f64,
        /// Its latitude as given.
        lat: f64,
    },
    /// The reach is NaN, infinite, negative, or above zero but less than [`MIN_EPS_KM`].
    #[error("the cluster distance is {0} km: give 0, or from 0.000001 (a millimetre) up, e.g. 5")]
    Eps(f64),
    /// `min_points` is 0, which would make every place on earth a core point.
    #[error("the smallest cluster is 0 points: give 1 or more, e.g. 5")]
    MinPoints,
    /// As many weights or times as points are needed.
    #[error("{given} weights or times for {points} points: give one for each point")]
    Uneven {
        /// Number of points.
        points: usize,
        /// Number of weights or times.
        given: usize,
    },
    /// More points than the index can number.
    #[error("{0} points are too many to cluster at once: give at most 4294967295, e.g. one period")]
    TooMany(usize),
}

/// Clusters points: x is longitude and y latitude, in degrees; any finite longitude is taken round the globe.
///
/// `eps_km` is the reach in kilometres, `min_points` how many points make a core point, itself included.
///
/// ```
/// use dateline::analyse::cluster::cluster;
/// use geo::Point;
///
/// // two within 2 km of each other across the antimeridian, one far away
/// let points = [Point::new(179.99, 0.0), Point::new(-179.995, 0.0), Point::new(10.0, 0.0)];
/// let found = cluster(&points, 2.0, 2)?;
/// assert_eq!(found.labels, [Some(0), Some(0), None]);
/// # Ok::<(), dateline::analyse::cluster::ClusterError>(())
/// ```
pub fn cluster(points: &[Point], eps_km: f64, min_points: u32) -> Result<Clustering, ClusterError> {
    cluster_with(points, Also::default(), eps_km, min_points)
}

/// What counts besides the places of points.
#[derive(Clone, Copy, Debug, Default)]
pub struct Also<'a> {
    /// As how many points each counts towards `min_points`; one each without. A point of weight 0 makes nothing core
    /// but may itself be core or border.
    pub weights: Option<&'a [u32]>,
    /// When each was, in whole units of any kind, and how many of them neighbours may be apart.
    pub times: Option<(&'a [i32], u32)>,
}

/// As [`cluster`], where time or weight count too.
///
/// ```
/// use dateline::analyse::cluster::{Also, cluster_with};
/// use geo::Point;
///
/// // four at one place, two of them on days 1 and 3, two a month later
/// let points = [Point::new(36.6, 35.9); 4];
/// let also = Also { times: Some((&[1, 3, 31, 33], 3)), ..Also::default() };
/// assert_eq!(cluster_with(&points, also, 5.0, 2)?.labels, [Some(0), Some(0), Some(1), Some(1)]);
/// # Ok::<(), dateline::analyse::cluster::ClusterError>(())
/// ```
pub fn cluster_with(
    points: &[Point],
    also: Also,
    eps_km: f64,
    min_points: u32,
) -> Result<Clustering, ClusterError> {
    let lengths = [
        also.weights.map(<[u32]>::len),
        also.times.map(|(times, _)| times.len()),
    ];
    if let Some(given) = lengths.into_iter().flatten().find(|n| *n != points.len()) {
        return Err(ClusterError::Uneven {
            points: points.len(),
            given,
        });
    }
    if !(eps_km == 0.0 || (MIN_EPS_KM..f64::INFINITY).contains(&eps_km)) {
        return Err(ClusterError::Eps(eps_km));
    }
    if min_points == 0 {
        return Err(ClusterError::MinPoints);
    }
    if u32::try_from(points.len()).is_err() {
        return Err(ClusterError::TooMany(points.len()));
    }
    for (index, point) in points.iter().enumerate() {
        let (lon, lat) = point.x_y();
        if !lon.is_finite() || !(-90.0..=90.0).contains(&lat) {
            return Err(ClusterError::Coordinate { index, lon, lat });
        }
    }

    let cells = Cells::new(points, also, eps_km);
    let core = core_sites(&cells, u64::from(min_points));
    let mut joined = join(&cells, &core);
    let numbers = number(&cells, &core, &mut joined);
    let labels = label(&cells, &core, &numbers.of_cell);
    let per_point = |site: &u32| *site as usize;
    Ok(Clustering {
        labels: cells
            .site_of_point
            .iter()
            .map(|site| labels[per_point(site)])
            .collect(),
        core: cells
            .site_of_point
            .iter()
            .map(|site| core[per_point(site)])
            .collect(),
        count: numbers.count,
    })
}

/// Which sites are core.
fn core_sites(cells: &Cells, min_points: u64) -> Vec<bool> {
    let mut core = vec![false; cells.sites.len()];
    for cell in 0..cells.len() {
        let own = cells.weight(cell);
        let range = cells.range(cell);
        if own >= min_points {
            core[range].fill(true);
            continue;
        }
        let most: u64 = own
            + cells
                .neighbours(cell)
                .map(|other| cells.weight(other))
                .sum::<u64>();
        if most < min_points {
            continue;
        }
        for site in range {
            let own_site = &cells.sites[site];
            let mut reached = own;
            'count: for other in cells.neighbours(cell) {
                if !cells.may_reach(other, own_site) {
                    continue;
                }
                for near in &cells.sites[cells.range(other)] {
                    if cells.reach.joins(own_site, near) {
                        reached += u64::from(near.weight);
                        if reached >= min_points {
                            break 'count;
                        }
                    }
                }
            }
            core[site] = reached >= min_points;
        }
    }
    core
}

/// Joins the cells whose core sites are within reach of each other.
fn join(cells: &Cells, core: &[bool]) -> UnionFind {
    let mut joined = UnionFind::new(cells.len());
    let has_core: Vec<bool> = (0..cells.len())
        .map(|cell| core[cells.range(cell)].contains(&true))
        .collect();
    let core_of = |cell: usize| {
        cells
            .range(cell)
            .filter(|&site| core[site])
            .map(|site| &cells.sites[site])
    };
    for cell in (0..cells.len()).filter(|&cell| has_core[cell]) {
        for other in cells
            .neighbours(cell)
            .filter(|&other| other > cell && has_core[other])
        {
            if joined.find(cell) != joined.find(other)
                && reach::any_within(
                    core_of(cell),
                    &cells.boxes[cell],
                    core_of(other),
                    &cells.boxes[other],
                    &cells.reach,
                )
            {
                joined.union(cell, other);
            }
        }
    }
    joined
}

/// The cluster number of each cell that has core sites.
struct Numbers {
    of_cell: Vec<Option<u32>>,
    count: u32,
}

/// Numbers the clusters by their lowest core point.
fn number(cells: &Cells, core: &[bool], joined: &mut UnionFind) -> Numbers {
    let mut of_root = vec![None; cells.len()];
    let mut count = 0;
    for &site in &cells.site_of_point {
        let site = site as usize;
        if core[site] {
            of_root[joined.find(cells.cell_of_site[site] as usize)].get_or_insert_with(|| {
                count += 1;
                count - 1
            });
        }
    }
    // a cell without core sites is joined to nothing, so its own root never got a number
    let of_cell = (0..cells.len())
        .map(|cell| of_root[joined.find(cell)])
        .collect();
    Numbers { of_cell, count }
}

/// The cluster of each site.
fn label(cells: &Cells, core: &[bool], of_cell: &[Option<u32>]) -> Vec<Option<u32>> {
    let mut labels = vec![None; cells.sites.len()];
    for cell in 0..cells.len() {
        for site in cells.range(cell) {
            if core[site] {
                labels[site] = of_cell[cell];
                continue;
            }
            let own = &cells.sites[site];
            let near = std::iter::once(cell)
                .chain(cells.neighbours(cell))
                .filter(|&other| of_cell[other].is_some() && cells.may_reach(other, own));
            let nearest = near
                .flat_map(|other| cells.range(other).map(move |near| (near, other)))
                .filter(|&(near, _)| core[near] && cells.reach.joins(own, &cells.sites[near]))
                .min_by(|a, b| nearer(own, &cells.sites[a.0], &cells.sites[b.0]));
            labels[site] = nearest.and_then(|(_, other)| of_cell[other]);
        }
    }
    labels
}

/// Which of two core sites a border site belongs to.
fn nearer(own: &Site, a: &Site, b: &Site) -> Ordering {
    let far = |site: &Site| reach::distance_2(&own.at, &site.at);
    let apart = |site: &Site| own.time.abs_diff(site.time);
    let place = |axis: usize| a.at[axis].total_cmp(&b.at[axis]);
    far(a)
        .total_cmp(&far(b))
        .then(apart(a).cmp(&apart(b)))
        .then(place(0))
        .then(place(1))
        .then(place(2))
        .then(a.time.cmp(&b.time))
}
