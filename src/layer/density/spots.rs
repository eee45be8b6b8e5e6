//! The ground of incidents on an equal-area plane, each piece once, with all that counts there.

use geo::{
    Area, BooleanOps, BoundingRect, Coord, LineString, MapCoords, MultiPolygon, Point, Polygon,
    Rect,
};
use rustc_hash::FxHashMap;

use super::{DensityRule, Ground};
use crate::analyse::hexagons::cut;
use crate::ground::{Extent, disc};
use crate::layer::build::Placed;
use crate::record::Footprint;

/// Where something happened.
pub(super) enum Spot {
    /// At a point.
    At(Coord),
    /// Somewhere in an area: its part on land.
    Within(MultiPolygon),
}

/// All that happened at one place.
pub(super) struct Weighed {
    pub spot: Spot,
    /// As how much it counts.
    pub weight: f64,
    /// How many incidents it is.
    pub incidents: usize,
}

/// The ground of incidents with a weight, in the order in which it is first met. What has no place on the plane is left
/// out: it is far off the map.
pub(super) fn spots(placed: &[Placed], ground: &Ground, rule: &DensityRule) -> Vec<Weighed> {
    let mut land = Land {
        ground,
        polygons: None,
    };
    let mut spots: Vec<Weighed> = Vec::new();
    let mut seen: FxHashMap<Key, Option<usize>> = FxHashMap::default();
    for one in placed {
        let Some(weight) = rule.weight.of(&one.incident) else {
            continue;
        };
        let location = &one.location;
        let known = *seen.entry(key(one)).or_insert_with(|| {
            let spot = match &location.footprint {
                Footprint::Point(point) => Spot::At(ground.to_km(point.0)?),
                Footprint::Disc(centre) => {
                    Spot::Within(land.part(&disc(*centre, location.radius_km).into())?)
                }
                Footprint::Area(area) => Spot::Within(land.part(area)?),
            };
            spots.push(Weighed {
                spot,
                weight: 0.0,
                incidents: 0,
            });
            Some(spots.len() - 1)
        });
        if let Some(spot) = known.and_then(|at| spots.get_mut(at)) {
            spot.weight += weight * one.weight;
            spot.incidents += 1;
        }
    }
    spots
}

/// What makes two footprints the same: a point or disc, or one and the same area in memory.
type Key = (u64, u64, u64, usize);

fn key(placed: &Placed) -> Key {
    let bits = |point: &Point| (point.x().to_bits(), point.y().to_bits());
    match &placed.location.footprint {
        Footprint::Point(point) => (bits(point).0, bits(point).1, 0, 0),
        Footprint::Disc(centre) => {
            let (x, y) = bits(centre);
            (x, y, placed.location.radius_km.to_bits(), 1)
        }
        Footprint::Area(area) => (0, 0, 0, std::sync::Arc::as_ptr(area).addr()),
    }
}

/// The land, projected when first asked for.
struct Land<'a> {
    ground: &'a Ground<'a>,
    polygons: Option<Vec<(Polygon, Rect)>>,
}

impl Land<'_> {
    /// The part of an area in degrees that is on land, on the plane; all of it where none is: a strike at sea. `None` where
    /// it has no place on the plane, or no extent.
    fn part(&mut self, area: &MultiPolygon) -> Option<MultiPolygon> {
        let area = area
            .try_map_coords(|at| self.ground.to_km(at).ok_or(()))
            .ok()?;
        let bounds = area.bounding_rect()?;
        let whole = area.unsigned_area();
        if whole <= 0.0 {
            return None;
        }
        let near = self.near(bounds);
        // Most areas have no coast.
        let box_area = bounds.width() * bounds.height();
        if near.unsigned_area() >= (1.0 - 1e-6) * box_area {
            return Some(area);
        }
        let part = area.intersection(&near);
        Some(if part.unsigned_area() > 1e-6 * whole {
            part
        } else {
            area
        })
    }

    /// The land within a box on the plane.
    fn near(&mut self, bounds: Rect) -> MultiPolygon {
        let ground = self.ground;
        let polygons = self.polygons.get_or_insert_with(|| projected(ground));
        let meets = |other: &Rect| {
            other.min().x <= bounds.max().x
                && other.max().x >= bounds.min().x
                && other.min().y <= bounds.max().y
                && other.max().y >= bounds.min().y
        };
        polygons
            .iter()
            .filter(|(_, bounds)| meets(bounds))
            .filter_map(|(polygon, _)| in_box(polygon, bounds))
            .collect()
    }
}

/// The part of a polygon that is in a box. Its rings may run to and fro along the box.
pub(super) fn in_box(polygon: &Polygon, bounds: Rect) -> Option<Polygon> {
    let (low, high) = (bounds.min(), bounds.max());
    let cut_ring = |ring: &LineString| -> LineString {
        let ring = cut(ring.0.clone(), |at| at.x - low.x);
        let ring = cut(ring, |at| high.x - at.x);
        let ring = cut(ring, |at| at.y - low.y);
        cut(ring, |at| high.y - at.y).into()
    };
    let exterior = cut_ring(polygon.exterior());
    let holes = polygon.interiors().iter().map(cut_ring);
    let holes = holes.filter(|hole| hole.0.len() >= 3).collect();
    (exterior.0.len() >= 3).then(|| Polygon::new(exterior, holes))
}

/// The land of the extent and as much around it again, on the plane.
fn projected(ground: &Ground) -> Vec<(Polygon, Rect)> {
    let Extent {
        west,
        south,
        east,
        north,
    } = ground.extent.padded(1.0);
    let bounds = Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
    let land = ground.basemap.land(bounds);
    land.into_iter()
        .filter_map(|polygon| {
            let polygon = polygon
                .try_map_coords(|at| ground.to_km(at).ok_or(()))
                .ok()?;
            let bounds = polygon.bounding_rect()?;
            Some((polygon, bounds))
        })
        .collect()
}
