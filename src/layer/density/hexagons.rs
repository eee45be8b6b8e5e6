//! Density as hexagons of equal area on the ground.
//!
//! The grid is fixed to the middle of the ground shown, so that maps of the same ground compare. What is known only to an
//! area is shared among hexagons by the part of its land in each: the layer adds up to all that is counted.

use geo::MapCoords;
use rustc_hash::FxHashMap;

use super::spots::{Spot, spots};
use super::{DensityLayerError, DensityRule, GIVE, Ground, class_of};
use crate::analyse::classes::edges;
use crate::analyse::hexagons::{Hexagon, Hexagons};
use crate::analyse::scale::nice_floor;
use crate::ground::Extent;
use crate::layer::build::Placed;
use crate::layer::{DensityAttributes, DensityStyle, Feature, Layer};

/// Hexagons along the shorter side of the extent, unless the user gives their size.
const HEXAGONS_PER_SIDE: f64 = 24.0;
/// Hexagons with less than this need not have a class: half an incident, or half of one of what is counted.
const LEAST: f64 = 0.5;
/// More than this in an extent are too small to see.
const MOST: f64 = 250_000.0;

/// A width of hexagons that suits an extent: a round number of kilometres.
fn default_km(extent: &Extent) -> f64 {
    let height = extent.height() * 111.195;
    let width = height * extent.aspect();
    nice_floor(1.5 * height.min(width) / HEXAGONS_PER_SIDE).max(0.5)
}

pub(super) fn layer(
    placed: &[Placed],
    ground: &Ground,
    rule: &DensityRule,
    breaks: Option<&[f64]>,
) -> Result<Layer<DensityAttributes, DensityStyle>, DensityLayerError> {
    let width_km = rule
        .hexagon_km
        .unwrap_or_else(|| default_km(&ground.extent));
    let frame = ground.frame();
    let too_small = || DensityLayerError::Hexagons {
        given: width_km,
        least: ((frame.width() * frame.height() / MOST).sqrt() * 1.1 * 100.0).ceil() / 100.0,
    };
    let hexagons = Hexagons::new(width_km).ok_or_else(too_small)?;
    if frame.width() * frame.height() / hexagons.area_km2() > MOST {
        return Err(too_small());
    }
    let mut sums: FxHashMap<Hexagon, f64> = FxHashMap::default();
    for one in spots(placed, ground, rule) {
        match one.spot {
            Spot::At(at) => *sums.entry(hexagons.at(at)).or_default() += one.weight,
            Spot::Within(area) => {
                for (hexagon, share) in hexagons.shares(&area) {
                    *sums.entry(hexagon).or_default() += share * one.weight;
                }
            }
        }
    }
    let mut sums: Vec<(Hexagon, f64)> = sums.into_iter().filter(|(_, sum)| *sum > 0.0).collect();
    sums.sort_unstable_by_key(|(hexagon, _)| *hexagon);
    let per_100 = 100.0 / hexagons.area_km2();
    let values: Vec<f64> = sums.iter().map(|(_, sum)| sum * per_100).collect();
    let breaks = match breaks {
        Some(breaks) => breaks.to_vec(),
        None => {
            // Shares of vague places may be next to nothing.
            let least = LEAST * per_100;
            let some: Vec<f64> = values
                .iter()
                .copied()
                .filter(|value| *value >= least)
                .collect();
            let some = if some.is_empty() { &values } else { &some };
            edges(some, rule.classing, rule.classes, GIVE)
        }
    };
    let features = sums
        .iter()
        .zip(&values)
        .map(|((hexagon, sum), &value)| {
            let (class, density_from, density_to) = class_of(value, &breaks);
            let outline = hexagons.outline(*hexagon);
            Feature {
                geometry: outline.map_coords(|at| ground.to_degrees(at)).into(),
                attributes: DensityAttributes {
                    class,
                    density_from,
                    density_to,
                    unit: rule.unit(),
                    density: Some(value),
                    total: Some(*sum),
                    area_km2: Some(hexagons.area_km2()),
                    ..DensityAttributes::default()
                },
            }
        })
        .collect();
    Ok(Layer {
        features,
        style: DensityStyle {
            breaks,
            rule: rule.clone(),
            bandwidth_km: None,
            hexagon_km: Some(width_km),
            apart: 0,
        },
    })
}
