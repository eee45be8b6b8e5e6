//! What the properties of a feature say of an admin area, and which of the known ones it is.

use geo::{Contains, InteriorPoint, MultiPolygon, Point};
use serde_json::{Map, Value};

use super::super::source::AdminRow;
use super::Countries;
use super::admins::{Book, Index};
use super::boundaries::{Outline, province};
use super::columns::plain;
use super::layer::{NO_COUNTRY, Names};
use crate::ground::basemap::Basemap;

/// What the properties of a feature say.
pub(super) struct Described {
    pub level: u8,
    pub names: Names,
    pub code: String,
    parent: String,
    parent_name: String,
    country: [u8; 2],
}

impl Described {
    pub fn of(
        properties: &Map<String, Value>,
        countries: &Countries<'_>,
    ) -> Result<Described, String> {
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
        let has = if keys.is_empty() {
            "no properties".to_owned()
        } else {
            keys.join(", ")
        };
        Err(format!(
            "does not say what it is: looked for ADM1_EN or ADM2_EN (with ADM1_PCODE …), shapeName with shapeType, or name with iso_3166_2; it has {has}"
        ))
    }

    /// Adds the area to the book, or finds it there.
    pub fn enter(
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

/// The middle of an area and the radius of a circle of its size.
fn disc(shape: &MultiPolygon) -> (Option<(f64, f64)>, f64) {
    use geo::{Centroid, GeodesicArea};
    let square_km = shape.geodesic_area_unsigned() / 1e6;
    let radius_km = (square_km / std::f64::consts::PI).sqrt().min(4000.0);
    let middle = shape.centroid().map(|point| (point.y(), point.x()));
    (middle, (radius_km * 10.0).round() / 10.0)
}
