//! The layer of density: incidents per 100 km², as filled isobands.

use geo::{Coord, CoordsIter, MapCoords, MultiPolygon, Rect};

use super::build::Placed;
use super::{DensityAttributes, DensityStyle, Feature, Layer};
use crate::analyse::density::{DensityError, Event, Spread, density};
use crate::analyse::grid::Grid;
use crate::analyse::isobands::{IsobandError, isobands};
use crate::analyse::scale::round_breaks;
use crate::ground::{Extent, GroundError, Projection};

use crate::record::Footprint;

/// Classes that a reader tells apart at a glance.
const CLASSES: usize = 6;
/// Cells in a bandwidth: enough for contours without corners.
const CELLS_PER_BANDWIDTH: f64 = 3.0;
/// Bandwidths in the shorter side of the extent, unless the user gives a bandwidth.
const BANDWIDTHS_PER_SIDE: f64 = 60.0;
/// Points along each side of the extent, to find how far it reaches on the plane.
const SIDE_POINTS: usize = 16;

/// A density could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DensityLayerError {
    /// The extent cannot be projected.
    #[error(transparent)]
    Projection(#[from] GroundError),
    /// The bandwidth cannot be used.
    #[error(transparent)]
    Density(#[from] DensityError),
    /// No isobands could be drawn.
    #[error(transparent)]
    Isobands(#[from] IsobandError),
}

/// A bandwidth that suits an extent: a sixtieth of its shorter side, in whole kilometres from 2 to 25.
///
/// It depends on the ground shown and not on the number of incidents, so that maps of two periods compare.
pub fn default_bandwidth_km(extent: &Extent) -> f64 {
    let height = extent.height() * 111.195;
    let width = height * extent.aspect();
    (height.min(width) / BANDWIDTHS_PER_SIDE)
        .round()
        .clamp(2.0, 25.0)
}

/// The density of the incidents over an extent. `breaks` are class edges to keep to; without, they are round numbers
/// that suit the data.
///
/// Incidents known to an area are spread over it; those known to a radius over its disc.
///
/// # Errors
/// Where the extent or the bandwidth cannot be used.
pub fn layer(
    placed: &[Placed],
    extent: &Extent,
    projection: &Projection,
    bandwidth_km: f64,
    breaks: Option<&[f64]>,
) -> Result<Layer<DensityAttributes, DensityStyle>, DensityLayerError> {
    let to_km = |c: Coord| projection.forward(c.x, c.y).map(|(x, y)| Coord { x, y });
    let mut events = Vec::with_capacity(placed.len());
    let mut areas: Vec<(MultiPolygon, f64)> = Vec::new();
    for Placed {
        location, weight, ..
    } in placed
    {
        let weight = *weight;
        let area = match &location.footprint {
            Footprint::Point(point) => {
                events.extend(to_km(point.0).map(|at| Event { at, weight }));
                continue;
            }
            Footprint::Disc(centre) => {
                let disc = crate::ground::disc(*centre, location.radius_km);
                projected(&disc.into(), &to_km)
            }
            Footprint::Area(area) => projected(area, &to_km),
        };
        areas.extend(area.map(|area| (area, weight)));
    }
    let spreads: Vec<Spread> = areas
        .iter()
        .map(|(over, weight)| Spread {
            over,
            weight: *weight,
        })
        .collect();
    let frame = Grid::covering(
        plane_box(extent, &to_km),
        bandwidth_km / CELLS_PER_BANDWIDTH,
    );
    let field = density(&events, &spreads, frame, bandwidth_km)?;
    let breaks = match breaks {
        Some(breaks) => breaks.to_vec(),
        None => round_breaks(field.max(), CLASSES),
    };
    let style = DensityStyle {
        breaks,
        bandwidth_km,
    };
    if placed.is_empty() || style.breaks.len() < 2 {
        return Ok(Layer {
            features: Vec::new(),
            style,
        });
    }
    let bands = isobands(&field.grid, &field.values, &style.breaks)?;
    let features = (1..)
        .zip(bands)
        .filter(|(_, band)| !band.area.0.is_empty())
        .map(|(class, band)| Feature {
            geometry: band
                .area
                .map_coords(|c| {
                    projection
                        .inverse(c.x, c.y)
                        .map_or(c, |(x, y)| Coord { x, y })
                })
                .into(),
            attributes: DensityAttributes {
                class,
                density_from: band.from,
                density_to: band.to,
                bandwidth_km,
            },
        })
        .collect();
    Ok(Layer { features, style })
}

/// An area on the plane; `None` if a part of it has no place there.
fn projected(area: &MultiPolygon, to_km: &impl Fn(Coord) -> Option<Coord>) -> Option<MultiPolygon> {
    area.try_map_coords(|c| to_km(c).ok_or(())).ok()
}

/// The box on the plane that holds an extent.
fn plane_box(extent: &Extent, to_km: &impl Fn(Coord) -> Option<Coord>) -> Rect {
    let along = |from: f64, to: f64| {
        (0..=SIDE_POINTS).map(move |i| from + (to - from) * i as f64 / SIDE_POINTS as f64)
    };
    let edges = along(extent.west, extent.east)
        .flat_map(|x| [Coord { x, y: extent.south }, Coord { x, y: extent.north }])
        .chain(
            along(extent.south, extent.north)
                .flat_map(|y| [Coord { x: extent.west, y }, Coord { x: extent.east, y }]),
        );
    let points: geo::MultiPoint = edges.filter_map(to_km).map(geo::Point::from).collect();
    debug_assert!(
        points.coords_count() > 0,
        "a projection is made for its extent"
    );
    geo::BoundingRect::bounding_rect(&points).unwrap_or(Rect::new((0.0, 0.0), (1.0, 1.0)))
}
