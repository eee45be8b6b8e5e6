//! The layer of density: how many incidents, or how many killed in them, for each piece of ground, in classes: as
//! isobands of a kernel, as hexagons of equal area, or as admin areas.

mod areas;
mod hexagons;
mod kernel;
mod rule;
mod spots;
#[cfg(test)]
mod tests;

use geo::{Coord, Rect};

use super::build::Placed;
use super::{DensityAttributes, DensityStyle, Detail, Layer};
use crate::analyse::density::DensityError;
use crate::analyse::isobands::IsobandError;
use crate::ground::basemap::Basemap;
use crate::ground::{Extent, GroundError, Projection};

pub use kernel::default_bandwidth_km;
pub use rule::{Bandwidth, DensityMethod, DensityRule, DensityWeight, Per};

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
    /// Hexagons are too small.
    #[error(
        "hexagons of {given} km are too small for a map of this ground: give hexagon_km {least} or more"
    )]
    Hexagons {
        /// Their width in kilometres.
        given: f64,
        /// The least that can be drawn.
        least: f64,
    },
}

/// The ground that a density is of.
pub struct Ground<'a> {
    /// What is shown.
    pub extent: Extent,
    /// An equal-area plane in kilometres: incidents per 100 km² mean something on no other.
    pub plane: &'a Projection,
    /// Land, and admin areas.
    pub basemap: &'a Basemap,
}

impl Ground<'_> {
    fn to_km(&self, at: Coord) -> Option<Coord> {
        let (x, y) = self.plane.forward(at.x, at.y)?;
        Some(Coord { x, y })
    }

    fn to_degrees(&self, at: Coord) -> Coord {
        let degrees = self.plane.inverse(at.x, at.y);
        degrees.map_or(at, |(x, y)| Coord { x, y })
    }

    /// The box on the plane that holds the extent.
    fn frame(&self) -> Rect {
        let Extent {
            west,
            south,
            east,
            north,
        } = self.extent;
        let along = |from: f64, to: f64| {
            (0..=SIDE_POINTS).map(move |i| from + (to - from) * i as f64 / SIDE_POINTS as f64)
        };
        let edges = along(west, east)
            .flat_map(|x| [Coord { x, y: south }, Coord { x, y: north }])
            .chain(along(south, north).flat_map(|y| [Coord { x: west, y }, Coord { x: east, y }]));
        let points: geo::MultiPoint = edges
            .filter_map(|at| self.to_km(at))
            .map(geo::Point::from)
            .collect();
        // A projection is made for its extent, so that there are points.
        geo::BoundingRect::bounding_rect(&points).unwrap_or(Rect::new((0.0, 0.0), (1.0, 1.0)))
    }
}

/// The density of the incidents over some ground. `breaks` are class edges to keep to; without, the rule makes some that
/// suit the data. A sketch of a kernel's density has its classes without their ground.
///
/// # Errors
/// Where the extent, the bandwidth or the size of hexagons cannot be used.
pub fn layer(
    placed: &[Placed],
    ground: &Ground,
    rule: &DensityRule,
    breaks: Option<&[f64]>,
    detail: Detail,
) -> Result<Layer<DensityAttributes, DensityStyle>, DensityLayerError> {
    match rule.method {
        DensityMethod::Kernel => kernel::layer(placed, ground, rule, (breaks, detail)),
        DensityMethod::Hexagons => hexagons::layer(placed, ground, rule, breaks),
        DensityMethod::Areas => Ok(areas::layer(placed, ground, rule, breaks)),
    }
}

/// Edges between values that are no counts may be this part off for a number with fewer digits.
const GIVE: f64 = 0.03;

/// A class from 1 and its edges; 0 and none for a value below the first edge. The last class is open above.
fn class_of(value: f64, breaks: &[f64]) -> (usize, Option<f64>, Option<f64>) {
    let above = breaks.partition_point(|edge| *edge <= value);
    let class = above.min(breaks.len().saturating_sub(1));
    let edge = |i: usize| breaks.get(i).copied();
    match class.checked_sub(1) {
        Some(below) => (class, edge(below), edge(class)),
        None => (0, None, None),
    }
}
