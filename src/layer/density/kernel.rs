//! Density as filled isobands of a Gaussian kernel.

use geo::{Coord, MapCoords, MultiPolygon};

use super::spots::{Spot, spots};
use super::{Bandwidth, DensityLayerError, DensityRule, GIVE, Ground};
use crate::analyse::bandwidth::cross_validated_km;
use crate::analyse::classes::{Classing, edges};
use crate::analyse::density::{Density, Event, Spread, density, scott_km};
use crate::analyse::grid::Grid;
use crate::analyse::isobands::isobands;
use crate::analyse::scale::round_breaks;
use crate::ground::Extent;
use crate::layer::build::Placed;
use crate::layer::{DensityAttributes, DensityStyle, Detail, Feature, Layer};

/// Cells in a bandwidth: enough for contours without corners.
const CELLS_PER_BANDWIDTH: f64 = 3.0;
/// Bandwidths in the shorter side of the extent, unless the user gives a bandwidth.
const BANDWIDTHS_PER_SIDE: f64 = 60.0;

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

/// Incidents known to an area are spread over its part on land; those known to a radius over their disc's.
pub(super) fn layer(
    placed: &[Placed],
    ground: &Ground,
    rule: &DensityRule,
    (breaks, detail): (Option<&[f64]>, Detail),
) -> Result<Layer<DensityAttributes, DensityStyle>, DensityLayerError> {
    let spots = spots(placed, ground, rule);
    let (mut events, mut spreads) = (Vec::with_capacity(spots.len()), Vec::new());
    for one in &spots {
        let weight = one.weight;
        match &one.spot {
            Spot::At(at) => events.push(Event { at: *at, weight }),
            Spot::Within(over) => spreads.push(Spread { over, weight }),
        }
    }
    let chosen = match rule.bandwidth {
        Bandwidth::OfExtent => None,
        Bandwidth::Km(km) => Some(km),
        Bandwidth::Scott => scott_km(&events).map(tenths),
        Bandwidth::CrossValidated => cross_validated_km(&events).map(tenths),
    };
    // Too few places to choose by are as good as none.
    let bandwidth_km = chosen.unwrap_or_else(|| default_bandwidth_km(&ground.extent));
    let frame = Grid::covering(ground.frame(), bandwidth_km / CELLS_PER_BANDWIDTH);
    let field = density(&events, &spreads, frame, bandwidth_km)?;
    let breaks = match breaks {
        Some(breaks) => breaks.to_vec(),
        None => classed(&field, rule),
    };
    let style = DensityStyle {
        breaks,
        rule: rule.clone(),
        bandwidth_km: Some(bandwidth_km),
        hexagon_km: None,
        apart: 0,
    };
    if placed.is_empty() || style.breaks.len() < 2 {
        return Ok(Layer {
            features: Vec::new(),
            style,
        });
    }
    let bands = match detail {
        Detail::Full => isobands(&field.grid, &field.values, &style.breaks)?,
        Detail::Sketch => {
            let least = style.breaks.first().copied().unwrap_or(f64::INFINITY);
            return Ok(Layer {
                features: (field.max() >= least)
                    .then(|| Feature {
                        geometry: MultiPolygon::new(Vec::new()).into(),
                        attributes: DensityAttributes::default(),
                    })
                    .into_iter()
                    .collect(),
                style,
            });
        }
    };
    let features = (1..)
        .zip(bands)
        .filter(|(_, band)| !band.area.0.is_empty())
        .map(|(class, band)| Feature {
            geometry: band
                .area
                .map_coords(|at: Coord| ground.to_degrees(at))
                .into(),
            attributes: DensityAttributes {
                class,
                density_from: Some(band.from),
                density_to: Some(band.to),
                unit: rule.unit(),
                bandwidth_km: Some(bandwidth_km),
                ..DensityAttributes::default()
            },
        })
        .collect();
    Ok(Layer { features, style })
}

/// Class edges of a field, which fades out to nothing: what is below the lowest round edge has no class, however they are
/// made.
fn classed(field: &Density, rule: &DensityRule) -> Vec<f64> {
    let round = round_breaks(field.max(), rule.classes);
    let Some(&least) = round.first().filter(|_| rule.classing != Classing::Round) else {
        return round;
    };
    let values = field.rows().flatten().map(|value| f64::from(*value));
    let values: Vec<f64> = values.filter(|value| *value >= least).collect();
    edges(&values, rule.classing, rule.classes, GIVE)
}

fn tenths(km: f64) -> f64 {
    ((km * 10.0).round() / 10.0).max(0.1)
}
