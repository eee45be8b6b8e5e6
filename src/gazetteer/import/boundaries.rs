//! Outlines of admin areas from GeoJSON: OCHA's, geoBoundaries', Natural Earth's, told apart by their properties.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use geo::{Area as _, CoordsIter, LineString, MultiPolygon, Point, Polygon, Simplify, Validation};
use geojson::{FeatureCollection, GeometryValue};
use serde_json::{Map, Value};

use super::admins::{Book, Index};
use super::columns::plain;
use super::described::Described;
use super::{Countries, ImportError, file};
use crate::ground::basemap::Basemap;

/// Files of more corners than this are simplified.
pub const HUGE: usize = 200_000;
/// How far a simplified outline may be off, in degrees: 55 m at the most.
pub const TOLERANCE: f64 = 0.0005;

/// An outline and the admin area of the book that it is of.
pub(super) struct Outline {
    pub area: Index,
    pub shape: Arc<MultiPolygon>,
}

/// A feature of a file: its ground, what its properties say of it, and how many people live there, if they say so.
pub(super) struct Feature {
    pub shape: MultiPolygon,
    pub described: Described,
    pub population: Option<f64>,
}

/// Reads the features of a file.
///
/// # Errors
/// Everything that is wrong with them.
pub(super) fn features(
    path: &Path,
    countries: &Countries<'_>,
    notes: &mut Vec<String>,
) -> Result<Vec<Feature>, ImportError> {
    let label = path.display().to_string();
    let mut text = String::new();
    file::open(path)?
        .read_to_string(&mut text)
        .map_err(|error| ImportError::unreadable(path, &error))?;
    let collection: FeatureCollection =
        text.trim_start_matches('\u{feff}')
            .parse()
            .map_err(|error: geojson::Error| {
                ImportError::new(format!(
                    "{label}: is not a GeoJSON FeatureCollection: {error}"
                ))
            })?;
    drop(text);
    let mut problems = Vec::new();
    let mut read = Vec::new();
    let mut bare = 0;
    for (number, feature) in collection.features.into_iter().enumerate() {
        let properties = feature.properties.unwrap_or_default();
        let place = |problem: String| {
            format!(
                "{label}: feature {number}{}: {problem}",
                called(&properties)
            )
        };
        let Some(geometry) = feature.geometry else {
            bare += 1;
            continue;
        };
        let shape = polygons(&geometry.value);
        match (shape, Described::of(&properties, countries)) {
            (Ok(shape), Ok(described)) => read.push(Feature {
                shape,
                described,
                population: population(&properties),
            }),
            (shape, described) => {
                problems.extend(shape.err().into_iter().chain(described.err()).map(place));
            }
        }
    }
    if !problems.is_empty() {
        return Err(ImportError::all(problems));
    }
    if bare > 0 {
        notes.push(format!(
            "{label}: {bare} features without a geometry left out"
        ));
    }
    if read.is_empty() {
        return Err(ImportError::new(format!(
            "{label}: has no feature with a geometry"
        )));
    }
    Ok(read)
}

/// The number of people that properties give.
fn population(properties: &Map<String, Value>) -> Option<f64> {
    const KEYS: [&str; 6] = [
        "population",
        "pop",
        "poptotal",
        "totalpop",
        "popest",
        "ttpop",
    ];
    let number = |value: &Value| {
        let text = |text: &str| text.trim().replace(',', "").parse().ok();
        value.as_f64().or_else(|| value.as_str().and_then(text))
    };
    let found = KEYS.iter().find_map(|wanted| {
        let mut all = properties.iter();
        all.find_map(|(key, value)| (plain(key) == *wanted).then(|| number(value))?)
    });
    found.filter(|people| people.is_finite() && *people >= 0.0)
}

/// Reads a file, adds its areas to the book, and gives their outlines.
///
/// # Errors
/// Everything that is wrong with its features.
pub(super) fn read(
    path: &Path,
    book: &mut Book,
    countries: &Countries<'_>,
    basemap: &Basemap,
    notes: &mut Vec<String>,
) -> Result<Vec<Outline>, ImportError> {
    let label = path.display().to_string();
    let mut read: Vec<(MultiPolygon, Described)> = features(path, countries, notes)?
        .into_iter()
        .map(|feature| (feature.shape, feature.described))
        .collect();
    let corners: usize = read.iter().map(|(shape, _)| shape.coords_count()).sum();
    if corners > HUGE {
        for (shape, _) in &mut read {
            *shape = simplified(shape);
        }
        let left: usize = read.iter().map(|(shape, _)| shape.coords_count()).sum();
        notes.push(format!(
            "{label}: outlines of {corners} corners simplified to {left}, none off by more than {TOLERANCE}°"
        ));
    }
    // Governorates first, so that districts find their parent.
    read.sort_by_key(|(_, described)| described.level);
    let mut outlines: Vec<Outline> = Vec::new();
    for (shape, described) in read {
        let area = described.enter(&shape, book, basemap, &outlines, &label);
        match outlines.iter_mut().find(|outline| outline.area == area) {
            // An area may stand in several features.
            Some(outline) => {
                let mut polygons = Arc::unwrap_or_clone(std::mem::replace(
                    &mut outline.shape,
                    Arc::new(MultiPolygon::empty()),
                ));
                polygons.0.extend(shape.0);
                outline.shape = Arc::new(polygons);
            }
            None => outlines.push(Outline {
                area,
                shape: Arc::new(shape),
            }),
        }
    }
    Ok(outlines)
}

/// " (Idlib)", for messages.
fn called(properties: &Map<String, Value>) -> String {
    let name = properties.iter().find(|(key, value)| {
        let key = plain(key);
        value.is_string() && (key.contains("name") || key.ends_with("en"))
    });
    name.and_then(|(_, value)| value.as_str())
        .map_or(String::new(), |name| format!(" ({name})"))
}

/// The area of the book that is the base map's province at a point.
pub(super) fn province(
    point: Point,
    country: [u8; 2],
    book: &Book,
    basemap: &Basemap,
) -> Option<Index> {
    let code = String::from_utf8_lossy(&country).into_owned();
    let found = basemap.admin1_in(point, &code, 3.0)?;
    [found.iso, found.pcode]
        .into_iter()
        .filter(|code| !code.is_empty())
        .find_map(|code| book.find(code, country, 1))
}

fn polygons(value: &GeometryValue) -> Result<MultiPolygon, String> {
    let parts = match value {
        GeometryValue::Polygon { coordinates } => std::slice::from_ref(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates.as_slice(),
        other => {
            return Err(format!(
                "is a {}: a Polygon or MultiPolygon is needed",
                other.type_name()
            ));
        }
    };
    let mut out = Vec::with_capacity(parts.len());
    for part in parts {
        let mut rings = Vec::with_capacity(part.len());
        for positions in part {
            let mut ring = Vec::with_capacity(positions.len());
            for position in positions {
                let (Some(x), Some(y)) = (position.as_slice().first(), position.as_slice().get(1))
                else {
                    return Err("has a position of less than two numbers".to_owned());
                };
                if !(x.abs() <= 180.0 && y.abs() <= 90.0) {
                    return Err(format!(
                        "{x}, {y} is not on the globe: longitude and latitude in degrees (WGS 84) are needed"
                    ));
                }
                ring.push((*x, *y));
            }
            if ring.len() < 4 || ring.first() != ring.last() {
                return Err("has a ring that is not closed".to_owned());
            }
            rings.push(LineString::from(ring));
        }
        let mut rings = rings.into_iter();
        out.extend(
            rings
                .next()
                .map(|outer| Polygon::new(outer, rings.collect())),
        );
    }
    let shape = MultiPolygon::new(out);
    if shape.unsigned_area() > 0.0 {
        Ok(shape)
    } else {
        Err("has no area".to_owned())
    }
}

/// Each polygon simplified, unless that would break it.
fn simplified(shape: &MultiPolygon) -> MultiPolygon {
    let polygons = shape.iter().map(|polygon| {
        let fewer = polygon.simplify(TOLERANCE);
        if fewer.exterior().0.len() >= 4 && fewer.is_valid() {
            fewer
        } else {
            polygon.clone()
        }
    });
    MultiPolygon::new(polygons.collect())
}
