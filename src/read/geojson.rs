//! GeoJSON → rows of cells: a feature is a row, its properties are columns, and its point is the latitude and longitude.

use std::str::FromStr;

use csv::StringRecord;
use geojson::{FeatureCollection, GeometryValue, JsonValue};
use rustc_hash::FxHashMap;

use super::head::Subject;
use super::header::fold;
use super::problem::Problems;
use super::sheet::Sheet;

/// Properties that repeat the point.
const REPEATED: [&str; 7] = ["lat", "latitude", "y", "lon", "lng", "longitude", "x"];

/// The features of a collection, as rows numbered from 1.
pub(super) fn sheet(
    text: &str,
    subject: Subject,
    problems: &mut Problems,
) -> Option<Sheet<'static>> {
    problems.of_features();
    let collection = match FeatureCollection::from_str(text) {
        Ok(collection) => collection,
        Err(error) => {
            problems.file(format_args!(
                "begins as GeoJSON does, but is no FeatureCollection: {error}"
            ));
            return None;
        }
    };
    let placed = subject == Subject::Incidents
        && collection.features.iter().any(|one| one.geometry.is_some());
    let mut columns: Vec<&str> = Vec::new();
    let mut at: FxHashMap<&str, usize> = FxHashMap::default();
    for property in collection
        .features
        .iter()
        .filter_map(|one| one.properties.as_ref())
    {
        for name in property.keys() {
            if placed && REPEATED.contains(&fold(name).as_str()) {
                continue;
            }
            at.entry(name).or_insert_with(|| {
                columns.push(name);
                columns.len() - 1
            });
        }
    }
    let width = columns.len();
    if placed {
        columns.extend(["latitude", "longitude"]);
    }
    let mut rows = vec![(0, StringRecord::from(columns.clone()))];
    for (number, feature) in (1..).zip(&collection.features) {
        let mut cells = vec![String::new(); columns.len()];
        for (name, value) in feature.properties.iter().flatten() {
            if let Some(cell) = at.get(name.as_str()).and_then(|at| cells.get_mut(*at)) {
                *cell = written(value);
            }
        }
        let point = feature.geometry.as_ref().map(|geometry| &geometry.value);
        match (placed, point) {
            (false, _) | (_, None) => {}
            (_, Some(GeometryValue::Point { coordinates })) => {
                if let [lon, lat, ..] = coordinates.as_slice() {
                    let put = [(width, lat), (width + 1, lon)];
                    for (cell, degrees) in put {
                        if let Some(cell) = cells.get_mut(cell) {
                            *cell = degrees.to_string();
                        }
                    }
                }
            }
            (_, Some(other)) => {
                let kind = other.type_name();
                problems.row(
                    number,
                    format_args!("is a {kind}: only points are places of incidents"),
                );
            }
        }
        rows.push((number, StringRecord::from(cells)));
    }
    Some(Sheet::of_cells(rows, subject, |_, name| name.to_owned()))
}

/// A value as a table has it.
fn written(value: &JsonValue) -> String {
    match value {
        JsonValue::Null => String::new(),
        JsonValue::String(text) => text.clone(),
        other => other.to_string(),
    }
}
