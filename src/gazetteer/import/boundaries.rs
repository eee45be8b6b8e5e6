//! Outlines of admin areas from GeoJSON: OCHA's, geoBoundaries', Natural Earth's, told apart by their properties.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use geo::{
    Area as _, Contains, CoordsIter, InteriorPoint, LineString, MultiPolygon, Point, Polygon,
    Simplify, Validation,
};
use geojson::{FeatureCollection, GeometryValue};
use serde_json::{Map, Value};

use super::super::source::AdminRow;
use super::admins::{Book, Index};
use super::columns::plain;
use super::layer::{NO_COUNTRY, Names};
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
    for (number, feature) in collection.features.into_iter().enumerate() {
        let properties = feature.properties.unwrap_or_default();
        let place = |problem: String| {
            format!(
                "{label}: feature {number}{}: {problem}",
                called(&properties)
            )
        };
        let shape = match feature.geometry {
            Some(geometry) => polygons(&geometry.value),
            None => Err("has no geometry".to_owned()),
        };
        match (shape, Described::of(&properties, countries)) {
            (Ok(shape), Ok(described)) => read.push((shape, described)),
            (shape, described) => {
                problems.extend(shape.err().into_iter().chain(described.err()).map(place));
            }
        }
    }
    if !problems.is_empty() {
        return Err(ImportError::all(problems));
    }
    if read.is_empty() {
        return Err(ImportError::new(format!("{label}: has no features")));
    }
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

/// What the properties of a feature say.
struct Described {
    level: u8,
    names: Names,
    code: String,
    parent: String,
    parent_name: String,
    country: [u8; 2],
}

impl Described {
    fn of(properties: &Map<String, Value>, countries: &Countries<'_>) -> Result<Described, String> {
        let get = |wanted: &str| {
            properties
                .iter()
                .find(|(key, value)| {
                    plain(key) == wanted
                        && value.as_str().is_some_and(|text| !text.trim().is_empty())
                })
                .and_then(|(_, value)| value.as_str())
                .map(str::trim)
        };
        let first = |wanted: &[&str]| wanted.iter().find_map(|key| get(key));
        // OCHA: ADM2_EN, ADM2_PCODE; admin2Name_en, admin2Pcode.
        for level in [2_u8, 1] {
            let name = [
                format!("adm{level}en"),
                format!("admin{level}nameen"),
                format!("adm{level}name"),
                format!("admin{level}name"),
            ];
            let Some(name) = name.iter().find_map(|key| get(key)) else {
                continue;
            };
            let own = |key: &str| {
                let key = plain(key);
                [format!("adm{level}"), format!("admin{level}")]
                    .iter()
                    .any(|head| {
                        key.strip_prefix(head.as_str()).is_some_and(|what| {
                            !what.contains("code")
                                && !what.contains("pcod")
                                && !what.contains("type")
                        })
                    })
            };
            let others = properties
                .iter()
                .filter(|(key, _)| own(key))
                .filter_map(|(_, value)| value.as_str());
            let code = |level: u8| {
                first(&[&format!("adm{level}pcode"), &format!("admin{level}pcode")])
                    .unwrap_or_default()
                    .to_owned()
            };
            let country = first(&["adm0pcode", "admin0pcode", "adm0en", "admin0nameen"]);
            return Ok(Described {
                level,
                names: Names::new(std::iter::once(name).chain(others)),
                code: code(level),
                parent: if level == 2 { code(1) } else { String::new() },
                parent_name: if level == 2 {
                    first(&["adm1en", "admin1nameen", "adm1name"])
                        .unwrap_or_default()
                        .to_owned()
                } else {
                    String::new()
                },
                country: country
                    .or_else(|| {
                        properties
                            .get("ADM1_PCODE")
                            .and_then(Value::as_str)?
                            .get(..2)
                    })
                    .and_then(|country| countries.code(country))
                    .unwrap_or(NO_COUNTRY),
            });
        }
        // geoBoundaries: shapeName, shapeISO, shapeType, shapeGroup.
        if let Some(name) = get("shapename") {
            let level = match get("shapetype") {
                Some("ADM0") => 0,
                Some("ADM1") | None => 1,
                Some("ADM2") => 2,
                Some(other) => {
                    return Err(format!(
                        "is of level {other}: outlines of ADM1 and ADM2 are used"
                    ));
                }
            };
            return Ok(Described {
                level,
                names: Names::new(std::iter::once(name)),
                code: get("shapeiso").unwrap_or_default().to_owned(),
                parent: String::new(),
                parent_name: String::new(),
                country: get("shapegroup")
                    .and_then(|code| countries.code(code))
                    .unwrap_or(NO_COUNTRY),
            });
        }
        // Natural Earth, and dateline's own export: name, iso_3166_2, level.
        if let Some(name) = get("name") {
            let level = properties
                .get("level")
                .and_then(Value::as_u64)
                .and_then(|level| u8::try_from(level).ok());
            let iso = first(&["iso31662", "pcode"]);
            if let Some(level) = level.filter(|level| *level <= 2).or(iso.map(|_| 1)) {
                let lists = [
                    get("namear"),
                    get("namealt"),
                    get("namelocal"),
                    get("names"),
                ];
                let lists = lists.into_iter().flatten().flat_map(|list| list.split('|'));
                return Ok(Described {
                    level,
                    names: Names::new(std::iter::once(name).chain(lists)),
                    code: iso.unwrap_or_default().to_owned(),
                    parent: get("parent").unwrap_or_default().to_owned(),
                    parent_name: String::new(),
                    country: first(&["isoa2", "country"])
                        .and_then(|code| countries.code(code))
                        .unwrap_or(NO_COUNTRY),
                });
            }
        }
        let keys: Vec<&str> = properties.keys().map(String::as_str).collect();
        Err(format!(
            "does not say what it is: looked for ADM1_EN or ADM2_EN (with ADM1_PCODE …), shapeName with shapeType, or name with iso_3166_2; it has {}",
            keys.join(", ")
        ))
    }

    /// Adds the area to the book, or finds it there.
    fn enter(
        mut self,
        shape: &MultiPolygon,
        book: &mut Book,
        basemap: &Basemap,
        before: &[Outline],
        label: &str,
    ) -> Index {
        let inside = shape.interior_point();
        if self.country == NO_COUNTRY {
            let country = inside.and_then(|point| basemap.country_near(point, 50.0));
            if let Some(&[a, b]) = country.map(|country| country.iso.as_bytes()) {
                self.country = [a, b];
            }
        }
        let parent = match self.level {
            2 => book
                .find(&self.parent, self.country, 1)
                .or_else(|| book.find(&self.parent_name, self.country, 1))
                .or_else(|| {
                    let inside = inside?;
                    let holds = |outline: &&Outline| {
                        book.rows
                            .get(outline.area)
                            .is_some_and(|row| row.level == 1)
                            && outline.shape.contains(&inside)
                    };
                    before.iter().find(holds).map(|outline| outline.area)
                })
                .or_else(|| province(inside?, self.country, book, basemap)),
            _ => None,
        };
        let (centre, radius_km) = disc(shape);
        let row = AdminRow {
            id: self.code.clone(),
            level: self.level,
            name_ar: self.names.arabic.first().cloned().unwrap_or_default(),
            name: self.names.preferred,
            names_latin: self.names.latin,
            names_arabic: self.names.arabic,
            parent: parent.map_or_else(
                || String::from_utf8_lossy(&self.country).into_owned(),
                |at| book.rows[at].id.clone(),
            ),
            country: self.country,
            pcode: self.code,
            centre,
            radius_km,
            at: (label.to_owned(), 0),
        };
        if let Some(at) = book.known(&row) {
            return book.join_known(at, row);
        }
        let by_ground = match self.level {
            1 => inside.and_then(|point| province(point, self.country, book, basemap)),
            2 => {
                // The one district of the book that has its middle here.
                let mut inside = book.rows.iter().enumerate().filter(|(_, known)| {
                    known.level == 2
                        && known.country == self.country
                        && known
                            .centre
                            .is_some_and(|(lat, lon)| shape.contains(&Point::new(lon, lat)))
                });
                inside
                    .next()
                    .filter(|_| inside.next().is_none())
                    .map(|(at, _)| at)
            }
            _ => None,
        };
        let free = |at: &Index| {
            before.iter().all(|outline| outline.area != *at) && !book.has_other_code(*at, &row)
        };
        match by_ground.filter(free) {
            Some(at) => book.join_known(at, row),
            None => book.add(row),
        }
    }
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

/// The middle of an area and the radius of a circle of its size.
fn disc(shape: &MultiPolygon) -> (Option<(f64, f64)>, f64) {
    use geo::{Centroid, GeodesicArea};
    let square_km = shape.geodesic_area_unsigned() / 1e6;
    let radius_km = (square_km / std::f64::consts::PI).sqrt().min(4000.0);
    let middle = shape.centroid().map(|point| (point.y(), point.x()));
    (middle, (radius_km * 10.0).round() / 10.0)
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
