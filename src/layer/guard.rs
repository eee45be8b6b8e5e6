//! Safety of the people mapped: records marked as sensitive (hospitals, camps, schools) are moved to a square of a fixed
//! grid, or to their governorate, before anything is made of them. Whatever a record says that could tell the place all
//! the same is taken off it: layers, maps, clusters, density and lists are made of what is left.
//!
//! The grid does not depend on the data: the globe in bands of latitude as high as a square is wide, each cut into
//! squares of that width at its middle. All squares have the same area but for the rounding of their number in a band.

use std::sync::Arc;

use geo::{MultiPolygon, Point, Rect};

use super::flows::centre;
use super::locate::Locator;
use crate::read::Outside;
use crate::record::{
    Claim, Displacement, Extra, Footprint, Incident, Location, Phrase, Precision, Text,
};

/// Half of the circumference of the sphere, from pole to pole, in kilometres.
const POLE_TO_POLE_KM: f64 = std::f64::consts::PI * 6371.0088;
/// Stands for what is not told.
pub const WITHHELD: &str = "withheld";
/// Words of a name this long give it away; shorter ones ("al", "tal") stand in many names.
const TELLING: usize = 4;

/// How far marked records are moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coarsen {
    /// To a square of a grid, so many kilometres wide.
    Grid(f64),
    /// To the first-order area.
    Governorate,
}

impl Default for Coarsen {
    fn default() -> Self {
        Self::Grid(10.0)
    }
}

impl std::fmt::Display for Coarsen {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::Grid(km) => write!(f, "a square of {km} km"),
            Self::Governorate => f.write_str("the governorate"),
        }
    }
}

impl std::str::FromStr for Coarsen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().to_ascii_lowercase();
        if text == "governorate" {
            return Ok(Self::Governorate);
        }
        let km: Option<f64> = text.trim_end_matches("km").trim_end().parse().ok();
        km.filter(|km| (1.0..=1000.0).contains(km))
            .map(Self::Grid)
            .ok_or_else(|| {
                format!(
                    "\"{text}\" is no grid: write its width in kilometres, 1 to 1000, e.g. 10, or governorate"
                )
            })
    }
}

/// Which records are moved, and how far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Guard {
    rule: Coarsen,
    /// Records of tables that mark none are moved too.
    all: bool,
}

impl Guard {
    /// By the setting: where it is given, records of tables without a column `sensitive` are moved too.
    pub fn new(setting: Option<Coarsen>) -> Self {
        Self {
            rule: setting.unwrap_or_default(),
            all: setting.is_some(),
        }
    }

    /// Whether records with this mark are moved.
    pub fn applies(&self, sensitive: Option<bool>) -> bool {
        sensitive.unwrap_or(self.all)
    }

    /// Whether an incident is moved: if any claim about it is marked.
    pub(super) fn applies_to(&self, incident: &Incident) -> bool {
        incident.claims().any(|claim| self.applies(claim.sensitive))
    }

    /// The ground that is shown instead of a location. Nothing of the location is kept but the areas that it lies in.
    pub(super) fn location(&self, real: &Location, locator: &Locator) -> Location {
        let whole = || locator.first_order(real).filter(|_| real.admin1.is_some());
        let moved = match self.rule {
            _ if real.precision >= Precision::Country => None,
            Coarsen::Governorate => whole(),
            Coarsen::Grid(_) if real.precision == Precision::Governorate => whole(),
            Coarsen::Grid(km) => {
                let square = square(centre(real), km);
                // What is known no closer than to a wide area, is somewhere about the square.
                let (footprint, radius_km) = if real.radius_km > km {
                    let middle: Point = square.center().into();
                    (Footprint::Disc(middle), real.radius_km + km)
                } else {
                    let area = MultiPolygon::from(square.to_polygon());
                    (Footprint::Area(Arc::new(area)), km)
                };
                Some(Location {
                    name: name(km, square).into(),
                    admin1: real.admin1.clone(),
                    country: real.country.clone(),
                    precision: real.precision.max(Precision::Near),
                    radius_km,
                    footprint,
                    basis: Phrase::default(),
                    score: 1.0,
                })
            }
        };
        let moved = moved.unwrap_or_else(|| wide(real));
        Location {
            basis: format!("moved to {} for the safety of people there", self.rule).into(),
            ..moved
        }
    }

    /// An incident without what could tell its place.
    pub(super) fn incident(&self, incident: &Incident, real: Option<&Location>) -> Incident {
        let places = incident.claims().filter_map(|claim| claim.place.as_deref());
        let telling = Telling::new(places.chain(real.map(|real| real.name.as_str())));
        incident.map(|claim| Claim {
            // By the id of a public data set anyone can look it up.
            id: None,
            place: Some(WITHHELD.into()),
            admin1: None,
            country: None,
            coordinates: None,
            precision: None,
            actor: telling.unless(&claim.actor),
            target: telling.unless(&claim.target),
            source: telling.unless(&claim.source),
            published: telling.unless(&claim.published),
            url: None,
            quote: None,
            note: None,
            extra: Extra::default(),
            ..claim.clone()
        })
    }

    /// A displacement without what could tell its places.
    pub(super) fn displacement<'a>(
        &self,
        record: Displacement,
        real: impl Iterator<Item = &'a Location>,
    ) -> Displacement {
        let places = record.origin.iter().chain(&record.destinations);
        let names = real.map(|real| real.name.as_str());
        let telling = Telling::new(places.map(|place| &**place).chain(names));
        let withheld = || Text::from(WITHHELD);
        Displacement {
            id: None,
            origin: record.origin.as_ref().map(|_| withheld()),
            destinations: record.destinations.iter().map(|_| withheld()).collect(),
            source: telling.unless(&record.source),
            published: telling.unless(&record.published),
            url: None,
            quote: None,
            note: None,
            extra: Extra::default(),
            ..record
        }
    }

    /// Rows that were not kept, without what could tell the places of those that are marked.
    pub fn outside(&self, rows: Vec<Outside>) -> Vec<Outside> {
        let guarded = |row: Outside| {
            if self.applies(row.sensitive) {
                Outside {
                    id: None,
                    place: row.place.map(|_| WITHHELD.into()),
                    ..row
                }
            } else {
                row
            }
        };
        rows.into_iter().map(guarded).collect()
    }
}

/// Where no governorate is known, a square about as large as one; a country stays one.
fn wide(real: &Location) -> Location {
    let km = 100.0;
    let square = square(centre(real), km);
    let (name, footprint) = match &real.footprint {
        Footprint::Area(area) if real.precision >= Precision::Country => {
            let country = real.country.as_deref().unwrap_or(WITHHELD);
            (country.to_owned(), Footprint::Area(Arc::clone(area)))
        }
        _ => {
            let area = MultiPolygon::from(square.to_polygon());
            (name(km, square), Footprint::Area(Arc::new(area)))
        }
    };
    Location {
        name: name.into(),
        footprint,
        admin1: real.admin1.clone(),
        country: real.country.clone(),
        radius_km: real.radius_km.max(km),
        precision: real.precision.max(Precision::Governorate),
        basis: Phrase::default(),
        score: 1.0,
    }
}

/// Words that give a place away.
struct Telling(Vec<String>);

impl Telling {
    fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let words = names.flat_map(|name| {
            let words = name.split(|c: char| c.is_whitespace() || "-,;/()".contains(c));
            words.map(plain).chain([plain(name)])
        });
        Self(
            words
                .filter(|word| word.chars().count() >= TELLING)
                .collect(),
        )
    }

    /// The text, unless it has one of the words in it.
    fn unless(&self, text: &Option<Text>) -> Option<Text> {
        let tells = |text: &Text| {
            let text = plain(text);
            self.0.iter().any(|word| text.contains(word.as_str()))
        };
        text.clone().filter(|text| !tells(text))
    }
}

/// Letters and digits alone, in lower case.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn name(km: f64, square: Rect) -> String {
    let at = square.center();
    let side = |degrees: f64, sides: [&str; 2]| {
        let side = sides[usize::from(degrees < 0.0)];
        format!("{:.2}° {side}", degrees.abs())
    };
    format!(
        "a square of {km} km about {} {}",
        side(at.y, ["N", "S"]),
        side(at.x, ["E", "W"])
    )
}

/// The square of the grid that a point lies in.
fn square(point: Point, km: f64) -> Rect {
    let rows = (POLE_TO_POLE_KM / km).round().max(1.0);
    let (south, north) = cell(point.y() + 90.0, 180.0, rows);
    let middle = ((south + north) / 2.0 - 90.0).to_radians();
    let columns = (2.0 * POLE_TO_POLE_KM * middle.cos() / km).round().max(1.0);
    let (west, east) = cell(point.x() + 180.0, 360.0, columns);
    Rect::new((west - 180.0, south - 90.0), (east - 180.0, north - 90.0))
}

/// The part of a length, cut into so many, that a value lies in.
fn cell(value: f64, length: f64, parts: f64) -> (f64, f64) {
    let n = (value / length * parts).floor().clamp(0.0, parts - 1.0);
    (n * length / parts, (n + 1.0) * length / parts)
}

#[cfg(test)]
mod tests {
    use geo::GeodesicArea;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_of_the_name_give_it_away() {
        let telling = Telling::new(["Al-Amal hospital", "Ma'arrat al-Numan"].into_iter());
        let unless = |text: &str| telling.unless(&Some(text.into())).is_some();
        for (text, kept) in [
            ("Monitor A", true),
            ("AMAL hospital staff", false),
            ("maarrat-12", false),
            ("al-Numan council", false),
            ("alamal_3", false),
        ] {
            assert_eq!(unless(text), kept, "{text}");
        }
    }

    #[test]
    fn grids_are_read_and_others_refused() {
        assert_eq!("10".parse(), Ok(Coarsen::Grid(10.0)));
        assert_eq!("25 km".parse(), Ok(Coarsen::Grid(25.0)));
        assert_eq!("governorate".parse(), Ok(Coarsen::Governorate));
        for wrong in ["0", "-5", "nan", "village", "1e9"] {
            assert!(wrong.parse::<Coarsen>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn squares_are_as_large_as_they_say_and_hide_where_in_them(
            lon in -180.0..180.0f64, lat in -80.0..80.0f64, km in 1.0..100.0f64, x in 0.01..0.99f64, y in 0.01..0.99f64,
        ) {
            let found = square(Point::new(lon, lat), km);
            prop_assert!(found.min().x <= lon && lon <= found.max().x && found.min().y <= lat && lat <= found.max().y);
            let area = found.to_polygon().geodesic_area_unsigned() / 1e6;
            prop_assert!((area / (km * km) - 1.0).abs() < 0.05, "{area} {km}");
            let other = Point::new(found.min().x + x * found.width(), found.min().y + y * found.height());
            prop_assert_eq!(square(other, km), found);
        }
    }
}
