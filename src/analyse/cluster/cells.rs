//! Sites in cells never wider than the reach, and which cells are within reach of which.
//!
//! The globe is cut into bands of latitude of height h and each band into columns at most h wide at its
//! widest parallel. For two points of one cell, with Δφ ≤ h and cos φ·Δλ ≤ h,
//! chord² = 4·sin²(Δφ/2) + 4·cos φ₁·cos φ₂·sin²(Δλ/2) ≤ h² + h². With h = chord(ε)/√2 the whole cell is within
//! reach of each of its points, and a cell reaches some twenty others, at the poles as on the equator.

use std::f64::consts::{FRAC_PI_2, TAU};
use std::ops::Range;

use geo::Point;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use rustc_hash::FxHashMap;

use super::EARTH_RADIUS_KM;
use super::reach::{Box3, Xyz, chord_2, xyz};

/// The points at one coordinate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    /// Where, on the unit sphere.
    pub(super) at: Xyz,
    /// How many points it counts as. A sum over one coordinate beyond `u32` stays at `u32::MAX`, which is
    /// at least any `min_points`.
    pub(super) weight: u32,
}

/// Sites grouped by cell. Sites of one cell are next to each other.
pub(super) struct Cells {
    /// All sites, cell by cell.
    pub(super) sites: Vec<Site>,
    /// The tight box of each cell's sites.
    pub(super) boxes: Vec<Box3>,
    /// The squared chord of the reach.
    pub(super) reach_2: f64,
    /// The cell of each site.
    pub(super) cell_of_site: Vec<u32>,
    /// The site of each point of the input.
    pub(super) site_of_point: Vec<u32>,
    start: Vec<u32>,
    weights: Vec<u64>,
    near_start: Vec<usize>,
    near: Vec<u32>,
}

impl Cells {
    /// Puts checked points in cells for a checked reach.
    pub(super) fn new(points: &[Point], weight: impl Fn(usize) -> u32, eps_km: f64) -> Self {
        let (places, mut site_of_point) = merge(points, weight);
        let angle = eps_km / EARTH_RADIUS_KM;
        let reach_2 = chord_2(angle);
        let (cell_of_place, count) = assign(&places, reach_2);

        // counting sort of the sites by cell
        let mut start = vec![0u32; count + 1];
        for &cell in &cell_of_place {
            start[cell as usize + 1] += 1;
        }
        for cell in 0..count {
            start[cell + 1] += start[cell];
        }
        let mut next = start.clone();
        let mut sites = vec![
            Site {
                at: [0.0; 3],
                weight: 0
            };
            places.len()
        ];
        let mut cell_of_site = vec![0; places.len()];
        let mut moved = vec![0; places.len()];
        for (i, (place, &cell)) in places.iter().zip(&cell_of_place).enumerate() {
            let to = &mut next[cell as usize];
            sites[*to as usize] = Site {
                at: xyz(place.lon, place.lat),
                weight: place.weight,
            };
            cell_of_site[*to as usize] = cell;
            moved[i] = *to;
            *to += 1;
        }
        for site in &mut site_of_point {
            *site = moved[*site as usize];
        }

        let span = |cell: usize| start[cell] as usize..start[cell + 1] as usize;
        let mut boxes = Vec::with_capacity(count);
        let mut weights = Vec::with_capacity(count);
        for cell in 0..count {
            let sites = &sites[span(cell)];
            let mut bounds = Box3::of(sites[0].at); // a cell is made by its first site
            sites.iter().for_each(|site| bounds.add(&site.at));
            boxes.push(bounds);
            weights.push(sites.iter().map(|site| u64::from(site.weight)).sum());
        }
        // with reach 0 only coincident points, one site, are within reach of each other
        let (near_start, near) = if reach_2 > 0.0 {
            neighbours(&boxes, reach_2)
        } else {
            (vec![0; count + 1], Vec::new())
        };
        Self {
            sites,
            boxes,
            reach_2,
            cell_of_site,
            site_of_point,
            start,
            weights,
            near_start,
            near,
        }
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.boxes.len()
    }

    /// The sites of a cell.
    pub(super) fn range(&self, cell: usize) -> Range<usize> {
        self.start[cell] as usize..self.start[cell + 1] as usize
    }

    /// How many points a cell counts as.
    pub(super) fn weight(&self, cell: usize) -> u64 {
        self.weights[cell]
    }

    /// The other cells whose boxes are within reach of a cell's box, ascending.
    pub(super) fn neighbours(&self, cell: usize) -> impl Iterator<Item = usize> + '_ {
        self.near[self.near_start[cell]..self.near_start[cell + 1]]
            .iter()
            .map(|&other| other as usize)
    }
}

/// A distinct coordinate, in degrees.
struct Place {
    lon: f64,
    lat: f64,
    weight: u32,
}

/// Merges coincident points; distinct ones stand in order of first appearance.
fn merge(points: &[Point], weight: impl Fn(usize) -> u32) -> (Vec<Place>, Vec<u32>) {
    let mut places: Vec<Place> = Vec::new();
    let mut seen: FxHashMap<(u64, u64), u32> = FxHashMap::default();
    let site_of_point = points
        .iter()
        .enumerate()
        .map(|(i, point)| {
            let (lon, lat) = canonical(point);
            let site = *seen
                .entry((lon.to_bits(), lat.to_bits()))
                .or_insert_with(|| {
                    places.push(Place {
                        lon,
                        lat,
                        weight: 0,
                    });
                    places.len() as u32 - 1
                });
            let sum = &mut places[site as usize].weight;
            *sum = sum.saturating_add(weight(i));
            site
        })
        .collect();
    (places, site_of_point)
}

/// One way to write each coordinate: longitude in -180 <= lon < 180, 0 at the poles, no negative zero.
fn canonical(point: &Point) -> (f64, f64) {
    let (lon, lat) = point.x_y();
    let lon = if lat.abs() == 90.0 {
        0.0
    } else if (-180.0..180.0).contains(&lon) {
        lon
    } else {
        (lon + 180.0).rem_euclid(360.0) - 180.0
    };
    (lon + 0.0, lat + 0.0) // -0.0 + 0.0 is 0.0
}

/// The cell of each place, numbered in order of first appearance, and how many cells there are.
fn assign(places: &[Place], reach_2: f64) -> (Vec<u32>, usize) {
    if reach_2 == 0.0 {
        return ((0..places.len() as u32).collect(), places.len());
    }
    let reach = reach_2.sqrt();
    // smaller than reach/√2 by more than rounding can make up, relative to the reach
    let height = reach / 2f64.sqrt() * (1.0 - 1e-9 - 4e-15 / reach);
    let mut seen: FxHashMap<(u64, u64), u32> = FxHashMap::default();
    let cells = places
        .iter()
        .map(|place| {
            let band = ((place.lat.to_radians() + FRAC_PI_2) / height).floor();
            let (south, north) = (band * height - FRAC_PI_2, (band + 1.0) * height - FRAC_PI_2);
            let widest = if south <= 0.0 && north >= 0.0 {
                1.0
            } else {
                south.abs().min(north.abs()).cos()
            };
            // at most 2π/1e-10 columns and π/1e-10 bands: exact in u64; a pole's band has one column
            let width = (height / widest.max(f64::MIN_POSITIVE)).min(2.0 * TAU);
            let column = ((place.lon.to_radians() + TAU / 2.0) / width).floor();
            let next = seen.len() as u32;
            *seen.entry((band as u64, column as u64)).or_insert(next)
        })
        .collect();
    (cells, seen.len())
}

/// For each box the other boxes within reach, as offsets into one list.
fn neighbours(boxes: &[Box3], reach_2: f64) -> (Vec<usize>, Vec<u32>) {
    let tree = RTree::bulk_load(
        (0u32..)
            .zip(boxes)
            .map(|(cell, b)| GeomWithData::new(Rectangle::from_corners(b.lower, b.upper), cell))
            .collect(),
    );
    // a shade more than the reach: the exact test follows
    let reach = reach_2.sqrt() * (1.0 + 1e-9) + 1e-15;
    let mut start = Vec::with_capacity(boxes.len() + 1);
    let mut near = Vec::new();
    start.push(0);
    for (cell, own) in (0u32..).zip(boxes) {
        let window = AABB::from_corners(own.lower.map(|x| x - reach), own.upper.map(|x| x + reach));
        let from = near.len();
        near.extend(
            tree.locate_in_envelope_intersecting(&window)
                .map(|other| other.data)
                .filter(|&other| other != cell && own.gap_2(&boxes[other as usize]) <= reach_2),
        );
        near[from..].sort_unstable();
        start.push(near.len());
    }
    (start, near)
}
