//! Density by admin area: a choropleth.
//!
//! An incident known only to an area counts where nearly all of its land is in one of the areas, as an incident in a
//! governorate does on a map of governorates. Else nobody knows in which it was, and it is counted apart: it is in none.

use std::collections::BTreeSet;

use geo::indexed::IntervalTreeMultiPolygon;
use geo::{
    Area as _, BooleanOps, BoundingRect, Contains, Coord, GeodesicArea, Intersects, MapCoords,
    MultiPolygon, Point, Rect,
};

use super::spots::{Spot, in_box, spots};
use super::{DensityRule, Ground, Per, class_of};
use crate::analyse::classes::edges;
use crate::gazetteer::import::Unit;
use crate::ground::Extent;
use crate::layer::build::Placed;
use crate::layer::{DensityAttributes, DensityStyle, Feature, Layer};

/// The part of a vague place's land that must be in an area for it to count there. Outlines of two sources differ.
const NEARLY_ALL: f64 = 0.9;

/// An area on the plane.
struct OnPlane {
    shape: MultiPolygon,
    bounds: Rect,
    index: IntervalTreeMultiPolygon<f64>,
}

pub(super) fn layer(
    placed: &[Placed],
    ground: &Ground,
    rule: &DensityRule,
    breaks: Option<&[f64]>,
) -> Layer<DensityAttributes, DensityStyle> {
    let units = if rule.areas.is_empty() {
        provinces(placed, ground)
    } else {
        (*rule.areas).clone()
    };
    let on_plane: Vec<Option<OnPlane>> = units
        .iter()
        .map(|unit| {
            let shape = unit.shape.try_map_coords(|at| ground.to_km(at).ok_or(()));
            let shape = shape.ok()?;
            Some(OnPlane {
                bounds: shape.bounding_rect()?,
                index: IntervalTreeMultiPolygon::new(&shape),
                shape,
            })
        })
        .collect();
    let mut sums = vec![0.0; units.len()];
    let mut apart = 0;
    for one in spots(placed, ground, rule) {
        let unit = on_plane.iter().position(|unit| {
            unit.as_ref().is_some_and(|unit| match &one.spot {
                Spot::At(at) => holds(unit, *at),
                Spot::Within(area) => holds_nearly_all(unit, area),
            })
        });
        match unit.and_then(|unit| sums.get_mut(unit)) {
            Some(sum) => *sum += one.weight,
            None => apart += one.incidents,
        }
    }
    let areas: Vec<f64> = units
        .iter()
        .map(|unit| unit.shape.geodesic_area_unsigned() / 1e6)
        .collect();
    let values: Vec<Option<f64>> = units
        .iter()
        .zip(&areas)
        .zip(&sums)
        .map(|((unit, km2), sum)| match rule.per {
            Per::Area => Some(100.0 * sum / km2),
            Per::People => Some(1e5 * sum / unit.population.filter(|people| *people > 0.0)?),
        })
        .collect();
    let known: Vec<f64> = values.iter().copied().flatten().collect();
    let breaks = match breaks {
        Some(breaks) => breaks.to_vec(),
        None => edges(&known, rule.classing, rule.classes, 0.0),
    };
    let features = units
        .into_iter()
        .zip(areas)
        .zip(sums.into_iter().zip(values))
        .filter(|((unit, _), _)| {
            Extent::of_area(&unit.shape).is_some_and(|area| area.overlaps(&ground.extent))
        })
        .map(|((unit, km2), (sum, value))| {
            let (class, density_from, density_to) =
                value.map_or((0, None, None), |value| class_of(value, &breaks));
            Feature {
                geometry: unit.shape.into(),
                attributes: DensityAttributes {
                    class,
                    density_from,
                    density_to,
                    unit: rule.unit(),
                    name: Some(unit.name),
                    code: Some(unit.code).filter(|code| !code.is_empty()),
                    density: value,
                    total: Some(sum),
                    area_km2: Some((km2 * 10.0).round() / 10.0),
                    population: unit.population,
                    ..DensityAttributes::default()
                },
            }
        })
        .collect();
    Layer {
        features,
        style: DensityStyle {
            breaks,
            rule: rule.clone(),
            bandwidth_km: None,
            hexagon_km: None,
            apart,
        },
    }
}

fn holds(unit: &OnPlane, at: Coord) -> bool {
    unit.bounds.intersects(&at) && unit.index.contains(&Point::from(at))
}

fn holds_nearly_all(unit: &OnPlane, area: &MultiPolygon) -> bool {
    let Some(bounds) = area
        .bounding_rect()
        .filter(|own| own.intersects(&unit.bounds))
    else {
        return false;
    };
    let enough = NEARLY_ALL * area.unsigned_area();
    if unit.shape.unsigned_area() < enough {
        return false;
    }
    // An outline is long, and most of it far from the place.
    let near: MultiPolygon = unit
        .shape
        .iter()
        .filter_map(|polygon| in_box(polygon, bounds))
        .collect();
    near.unsigned_area() >= enough && near.intersection(area).unsigned_area() >= enough
}

/// The provinces of the countries that the incidents are in.
fn provinces(placed: &[Placed], ground: &Ground) -> Vec<Unit> {
    let countries: BTreeSet<&str> = placed
        .iter()
        .filter_map(|placed| placed.location.country.as_deref())
        .collect();
    let Extent {
        west,
        south,
        east,
        north,
    } = ground.extent;
    let bounds = Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
    let provinces = ground.basemap.admin1(bounds).into_iter();
    provinces
        .filter(|area| countries.contains(area.country))
        .map(|area| Unit {
            name: area.name.to_owned(),
            code: [area.pcode, area.iso]
                .into_iter()
                .find(|code| !code.is_empty())
                .unwrap_or_default()
                .to_owned(),
            population: None,
            shape: (*area.geometry).clone(),
        })
        .collect()
}
