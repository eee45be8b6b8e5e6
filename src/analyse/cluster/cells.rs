//! Sites in cells never wider than the reach, and which cells are within reach of which.
//!
//! The globe is cut into bands of latitude of height h and each band into columns at most h wide at its
//! widest parallel. For two points of one cell, with Δφ ≤ h and cos φ·Δλ ≤ h,
//! chord² = 4·sin²(Δφ/2) + 4·cos φ₁·cos φ₂·sin²(Δλ/2) ≤ h² + h². With h = chord(ε)/√2 the whole cell is within
//! reach of each of its points, and a cell reaches some twenty others, at the poles as on the equator.
//!
//! Where time counts too, a cell's points also lie within one slot of time, no longer than the reach in time, and
//! cells over one ground are looked up by slot.

use std::f64::consts::{FRAC_PI_2, TAU};
use std::ops::Range;

use geo::Point;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use rustc_hash::FxHashMap;

use super::reach::{Box3, Reach, Xyz, chord_2, xyz};
use super::{Also, EARTH_RADIUS_KM};

/// The points at one coordinate and time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    /// Where, on the unit sphere.
    pub(super) at: Xyz,
    /// How many points it counts as. A sum over one coordinate beyond `u32` stays at `u32::MAX`, which is
    /// at least any `min_points`.
    pub(super) weight: u32,
    /// When; 0 where time does not count.
    pub(super) time: i32,
}

/// Sites grouped by cell. Sites of one cell are next to each other.
pub(super) struct Cells {
    /// All sites, cell by cell.
    pub(super) sites: Vec<Site>,
    /// The tight box of each cell's sites.
    pub(super) boxes: Vec<Box3>,
    /// The first and the last time of each cell's sites.
    pub(super) spans: Vec<(i32, i32)>,
    /// How far neighbours may be apart.
    pub(super) reach: Reach,
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
    pub(super) fn new(points: &[Point], also: Also, eps_km: f64) -> Self {
        let (places, mut site_of_point) = merge(points, also);
        let reach = Reach {
            chord_2: chord_2(eps_km / EARTH_RADIUS_KM),
            time: also.times.map_or(0, |(_, reach)| reach),
        };
        let Assigned {
            cell_of_place,
            cells: keys,
            grounds,
        } = assign(&places, reach);
        let count = keys.len();

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
                weight: 0,
                time: 0
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
                time: place.time,
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
        let mut spans = Vec::with_capacity(count);
        let mut weights = Vec::with_capacity(count);
        for cell in 0..count {
            let sites = &sites[span(cell)];
            let mut bounds = Box3::of(sites[0].at); // a cell is made by its first site
            let mut times = (sites[0].time, sites[0].time);
            for site in sites {
                bounds.add(&site.at);
                times = (times.0.min(site.time), times.1.max(site.time));
            }
            boxes.push(bounds);
            spans.push(times);
            weights.push(sites.iter().map(|site| u64::from(site.weight)).sum());
        }
        let (near_start, near) = neighbours(&boxes, &spans, &keys, grounds, reach);
        Self {
            sites,
            boxes,
            spans,
            reach,
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

    /// Whether some of a cell's sites may be within reach of a site.
    #[inline]
    pub(super) fn may_reach(&self, cell: usize, site: &Site) -> bool {
        let (first, last) = self.spans[cell];
        self.boxes[cell].distance_2(&site.at) <= self.reach.chord_2
            && self.reach.times(first, last, site.time, site.time)
    }

    /// The other cells whose boxes are within reach of a cell's box, ascending.
    pub(super) fn neighbours(&self, cell: usize) -> impl Iterator<Item = usize> + '_ {
        self.near[self.near_start[cell]..self.near_start[cell + 1]]
            .iter()
            .map(|&other| other as usize)
    }
}

/// A distinct coordinate, in degrees, and time.
struct Place {
    lon: f64,
    lat: f64,
    time: i32,
    weight: u32,
}

/// Merges points of one place and time; distinct ones stand in order of first appearance.
fn merge(points: &[Point], also: Also) -> (Vec<Place>, Vec<u32>) {
    let mut places: Vec<Place> = Vec::new();
    let mut seen: FxHashMap<(u64, u64, i32), u32> = FxHashMap::default();
    let site_of_point = points
        .iter()
        .enumerate()
        .map(|(i, point)| {
            let (lon, lat) = canonical(point);
            // as many weights and times as points were checked for
            let time = also.times.map_or(0, |(times, _)| times[i]);
            let weight = also.weights.map_or(1, |weights| weights[i]);
            let site = *seen
                .entry((lon.to_bits(), lat.to_bits(), time))
                .or_insert_with(|| {
                    places.push(Place {
                        lon,
                        lat,
                        time,
                        weight: 0,
                    });
                    places.len() as u32 - 1
                });
            let sum = &mut places[site as usize].weight;
            *sum = sum.saturating_add(weight);
            site
        })
        .collect();
    (places, site_of_point)
}

/// One way to write each coordinate: longitude in -180 <= lon < 180, 0 at the poles, no negative zero.
pub(super) fn canonical(point: &Point) -> (f64, f64) {
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

/// A cell's piece of ground and slot of time.
#[derive(Clone, Copy)]
struct Key {
    ground: u32,
    slot: i64,
}

/// Which cell each place is in. Cells and grounds are numbered in order of first appearance.
struct Assigned {
    cell_of_place: Vec<u32>,
    cells: Vec<Key>,
    /// How many pieces of ground there are.
    grounds: usize,
}

fn assign(places: &[Place], reach: Reach) -> Assigned {
    let chord = reach.chord_2.sqrt();
    // smaller than reach/√2 by more than rounding can make up, relative to the reach
    let height = chord / 2f64.sqrt() * (1.0 - 1e-9 - 4e-15 / chord);
    let ground = |place: &Place| {
        // with reach 0 only coincident points are within reach of each other
        if chord == 0.0 {
            return (place.lon.to_bits(), place.lat.to_bits());
        }
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
        (band as u64, column as u64)
    };
    let slot_length = i64::from(reach.time) + 1;
    let mut seen: FxHashMap<(u64, u64, i64), u32> = FxHashMap::default();
    let mut grounds: FxHashMap<(u64, u64), u32> = FxHashMap::default();
    let mut cells = Vec::new();
    let cell_of_place = places
        .iter()
        .map(|place| {
            let at = ground(place);
            let slot = i64::from(place.time).div_euclid(slot_length);
            *seen.entry((at.0, at.1, slot)).or_insert_with(|| {
                let next = grounds.len() as u32;
                let ground = *grounds.entry(at).or_insert(next);
                cells.push(Key { ground, slot });
                cells.len() as u32 - 1
            })
        })
        .collect();
    Assigned {
        cell_of_place,
        cells,
        grounds: grounds.len(),
    }
}

/// For each cell the others within reach, as offsets into one list.
fn neighbours(
    boxes: &[Box3],
    spans: &[(i32, i32)],
    keys: &[Key],
    grounds: usize,
    reach: Reach,
) -> (Vec<usize>, Vec<u32>) {
    // the cells over each piece of ground, by slot, and the box of all of them
    let mut over: Vec<Vec<(i64, u32)>> = vec![Vec::new(); grounds];
    let mut extent: Vec<Option<Box3>> = vec![None; grounds];
    for ((cell, key), own) in (0u32..).zip(keys).zip(boxes) {
        let ground = key.ground as usize;
        over[ground].push((key.slot, cell));
        let bounds = extent[ground].get_or_insert(*own);
        bounds.add(&own.lower);
        bounds.add(&own.upper);
    }
    over.iter_mut().for_each(|cells| cells.sort_unstable());
    let extent: Vec<Box3> = extent.into_iter().flatten().collect(); // each has a cell
    let tree = RTree::bulk_load(
        (0u32..)
            .zip(&extent)
            .map(|(ground, b)| GeomWithData::new(Rectangle::from_corners(b.lower, b.upper), ground))
            .collect(),
    );
    // a shade more than the reach: the exact test follows
    let wide = reach.chord_2.sqrt() * (1.0 + 1e-9) + 1e-15;
    let mut start = Vec::with_capacity(boxes.len() + 1);
    let mut near = Vec::new();
    start.push(0);
    for (cell, (own, key)) in (0u32..).zip(boxes.iter().zip(keys)) {
        let window = AABB::from_corners(own.lower.map(|x| x - wide), own.upper.map(|x| x + wide));
        let from = near.len();
        let (first, last) = spans[cell as usize];
        for ground in tree.locate_in_envelope_intersecting(&window) {
            let cells = &over[ground.data as usize];
            let at = cells.partition_point(|(slot, _)| *slot < key.slot - 1);
            let slots = cells[at..]
                .iter()
                .take_while(|(slot, _)| *slot <= key.slot + 1);
            near.extend(slots.map(|(_, other)| *other).filter(|&other| {
                let (other_first, other_last) = spans[other as usize];
                other != cell
                    && own.gap_2(&boxes[other as usize]) <= reach.chord_2
                    && reach.times(first, last, other_first, other_last)
            }));
        }
        near[from..].sort_unstable();
        start.push(near.len());
    }
    (start, near)
}
