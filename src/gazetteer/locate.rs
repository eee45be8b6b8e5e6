//! A resolved place + the outlines of admin areas → a record's location.

use std::sync::Arc;

use geo::{Area, BoundingRect, Distance, Haversine, MultiPolygon, Point, unary_union};

use super::cuts;
use super::place::AdminArea;
use super::region::{BORDER_KM, Ground, Part, SEAM_KM, SIDE_KM};
use super::resolve::Match;
use super::shape;
use crate::ground::disc;
use crate::record::{Footprint, Location, Precision};

/// Something that knows outlines of admin areas: a base map, or boundaries that the user gave.
pub trait AdminGeometry {
    /// The outline of `area` (WGS 84), if it is known.
    fn area(&self, area: &AdminArea<'_>) -> Option<Arc<MultiPolygon>>;

    /// The ground of the country `own` within `km` kilometres of its border with the country `with`, and `give_km` beyond
    /// it, if both are known.
    fn border(
        &self,
        _own: &AdminArea<'_>,
        _with: &AdminArea<'_>,
        _km: f64,
        _give_km: f64,
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

/// The location of a match. `None` if it covers an area of which neither outline nor middle is known.
///
/// A region of one disc stays a disc; of areas, it is their union, with discs as polygons.
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
        name: found.name.to_string().into(),
        admin1: found
            .ground
            .admin1()
            .map(|area| area.name().to_owned().into()),
        country: found.ground.country().map(Into::into),
        precision,
        radius_km,
        footprint,
        basis: found.basis().into(),
        score: found.score,
    })
}

/// "The countryside of X" leaves out what is within this of the town X, in kilometres.
const TOWN_KM: f64 = 4.0;

/// What two sources may differ in where a border runs, in kilometres.
const GIVE_KM: f64 = 2.0;

fn outline(part: &Part<'_>, geometry: &impl AdminGeometry) -> Option<(Footprint, f64)> {
    let whole = |area: &AdminArea<'_>| outline(&Part::Whole(*area), geometry).map(polygons);
    match part {
        Part::Side { of, side, edge } => shaped(shape::side(&whole(of)?, *side, *edge)?),
        Part::Less { of, town } => shaped(shape::less(&whole(of)?, town.point(), TOWN_KM)),
        Part::Seam { one, other } => shaped(shape::seam(&whole(one)?, &whole(other)?, SEAM_KM)?),
        Part::Sector { of, side, km } => {
            let half_angle = if km.1 - km.0 > SIDE_KM / 2.0 {
                shape::ANYWHERE
            } else {
                shape::AT_DISTANCE
            };
            shaped(shape::sector(of.point(), side.bearing()?, half_angle, *km))
        }
        Part::Corridor {
            along,
            half_width_km,
            filled,
            ..
        } => shaped(shape::corridor(along, *half_width_km, *filled)?),
        Part::Common(one, other) => {
            let first = outline(one, geometry)?;
            let Some(second) = outline(other, geometry) else {
                return Some(first);
            };
            let first_shape = match other.as_ref() {
                // Two sources draw one border a little differently.
                Part::Border { .. } => shape::widened(&polygons(first.clone()), GIVE_KM)?,
                _ => polygons(first.clone()),
            };
            let both = shape::common(&first_shape, &polygons(second));
            both.and_then(shaped).or(Some(first))
        }
        Part::Around {
            centre, radius_km, ..
        } => Some((Footprint::Disc(*centre), *radius_km)),
        Part::Border { own, with } => match geometry.border(own, with, BORDER_KM, 0.0) {
            Some(ground) => Some((Footprint::Area(Arc::clone(&ground)), reach_km(&ground)?)),
            None => outline(&Part::Whole(*own), geometry),
        },
        Part::Whole(area) => {
            let known =
                cuts::outline(area, geometry).filter(|outline| outline.unsigned_area() > 0.0);
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
        Footprint::Disc(centre) | Footprint::Point(centre) => disc(centre, radius_km).into(),
    }
}

fn shaped(shape: MultiPolygon) -> Option<(Footprint, f64)> {
    let radius_km = reach_km(&shape)?;
    Some((Footprint::Area(Arc::new(shape)), radius_km))
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
