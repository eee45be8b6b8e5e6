//! Areas to count in: the features of boundary files, with the people who live there where the files say so.

use std::path::PathBuf;

use geo::orient::Direction;
use geo::{MultiPolygon, Orient};

use super::super::index::Gazetteer;
use super::ImportError;
use super::boundaries::features;
use super::countries::Countries;

/// An area to count in.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its code; empty where the source has none.
    pub code: String,
    /// How many people live there, where the source says so.
    pub population: Option<f64>,
    /// Its ground; exterior rings anticlockwise, as areas on the ellipsoid are taken.
    pub shape: MultiPolygon,
}

/// The areas of some boundary files; where these have governorates and districts, the districts.
///
/// # Errors
/// Everything that is wrong with the files.
pub fn units(paths: &[PathBuf], gazetteer: &Gazetteer) -> Result<Vec<Unit>, ImportError> {
    let mut read = Vec::new();
    for path in paths {
        // What there is to note is noted where the same files are read for their names.
        read.extend(features(path, &Countries(gazetteer), &mut Vec::new())?);
    }
    let deepest = read.iter().map(|one| one.described.level).max();
    let of_level = read
        .into_iter()
        .filter(|one| Some(one.described.level) == deepest);
    let mut units: Vec<Unit> = Vec::new();
    for one in of_level {
        let (name, code) = (one.described.names.preferred, one.described.code);
        let same = |unit: &&mut Unit| unit.name == name && unit.code == code && !code.is_empty();
        match units.iter_mut().find(same) {
            // An area may stand in several features.
            Some(unit) => unit.shape.0.extend(one.shape.0),
            None => units.push(Unit {
                name,
                code,
                population: one.population,
                shape: one.shape,
            }),
        }
    }
    for unit in &mut units {
        unit.shape = unit.shape.orient(Direction::Default);
    }
    Ok(units)
}
