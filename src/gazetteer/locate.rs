//! A resolved place + the outlines of admin areas → a record's location.

use std::sync::Arc;

use geo::{
    Area, BoundingRect, Destination, Distance, Geodesic, Haversine, LineString, MultiPolygon,
    Point, Polygon, unary_union,
};

use super::place::AdminArea;
use super::region::{BORDER_KM, Ground, Part};
use super::resolve::Match;
use crate::record::{Footprint, Location, Precision};

/// Something that knows outlines of admin areas: a base map, or boundaries that the user gave.
pub trait AdminGeometry {
    /// The outline of `area` (WGS 84), if it is known.
    fn area(&self, area: &AdminArea<'_>) -> Option<Arc<MultiPolygon>>;

    /// The ground of the country `own` within `km` kilometres of its border with the country `with`, if both are known.
    fn border(
        &self,
        _own: &AdminArea<'_>,
        _with: &AdminArea<'_>,
        _km: f64,
    ) -> Option<Arc<MultiPolygon>> {
        None
    }
}

/// Knows none: every area is the disc that the gazetteer has for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoGeometry;

impl AdminGeometry for NoGeometry {
    fn area(&self, _: &AdminArea<'_>) -> Option<Arc<MultiPolygon>> {
        None
    }
}

/// Corners of the polygon that stands for a disc: off the circle by 0.1 % of the radius at most.
const CORNERS: usize = 72;

/// The location of a match. `None` if it covers an area of which neither outline nor middle is known.
///
/// A region of one disc stays a disc; of areas, it is their union, with discs as polygons of 72 corners.
pub fn locate(found: &Match<'_>, geometry: &impl AdminGeometry) -> Option<Location> {
    let precision = found.precision();
    let (footprint, radius_km) = match &found.ground {
        Ground::Point(place) => (
            Footprint::Point(place.point()),
            Precision::Exact.default_radius_km(),
        ),
        Ground::Parts(parts) => match parts.as_slice() {
            [part] => outline(part, geometry)?,
            parts => {
                let outlines: Option<Vec<MultiPolygon>> = parts
                    .iter()
                    .map(|part| Some(polygons(outline(part, geometry)?)))
                    .collect();
                let union = unary_union(outlines?.iter());
                let radius_km = reach_km(&union)?;
                (Footprint::Area(Arc::new(union)), radius_km)
            }
        },
    };
    Some(Location {
        name: found.name.to_string(),
        admin1: found.ground.admin1().map(|area| area.name().to_owned()),
        country: found.ground.country(),
        precision,
        radius_km,
        footprint,
        basis: found.basis(),
        score: found.score,
    })
}

fn outline(part: &Part<'_>, geometry: &impl AdminGeometry) -> Option<(Footprint, f64)> {
    match part {
        Part::Around {
            centre, radius_km, ..
        } => Some((Footprint::Disc(*centre), *radius_km)),
        Part::Border { own, with } => match geometry.border(own, with, BORDER_KM) {
            Some(ground) => Some((Footprint::Area(Arc::clone(&ground)), reach_km(&ground)?)),
            None => outline(&Part::Whole(*own), geometry),
        },
        Part::Whole(area) => {
            let known = geometry
                .area(area)
                .filter(|outline| outline.unsigned_area() > 0.0);
            match known.and_then(|outline| Some((reach_km(&outline)?, outline))) {
                Some((radius_km, outline)) => Some((Footprint::Area(outline), radius_km)),
                None => area
                    .disc()
                    .map(|(centre, radius_km)| (Footprint::Disc(centre), radius_km)),
            }
        }
    }
}

fn polygons((footprint, radius_km): (Footprint, f64)) -> MultiPolygon {
    match footprint {
        Footprint::Area(area) => Arc::unwrap_or_clone(area),
        Footprint::Disc(centre) | Footprint::Point(centre) => {
            let corner = |n: usize| {
                Geodesic.destination(
                    centre,
                    -360.0 * n as f64 / CORNERS as f64,
                    radius_km * 1000.0,
                )
            };
            let ring: Vec<Point> = (0..CORNERS).map(corner).collect();
            MultiPolygon::new(vec![Polygon::new(LineString::from(ring), Vec::new())])
        }
    }
}

/// The distance from the middle of the bounding box to the farthest corner of an outline, in kilometres.
fn reach_km(outline: &MultiPolygon) -> Option<f64> {
    let middle = Point::from(outline.bounding_rect()?.center());
    let corners = outline
        .iter()
        .flat_map(|polygon| polygon.exterior().points());
    let metres = corners
        .map(|corner| Haversine.distance(middle, corner))
        .fold(0.0, f64::max);
    Some(metres / 1000.0)
}
