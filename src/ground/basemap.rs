//! The embedded basemap: countries, provinces, borders as lines, rivers and lakes, in WGS 84 degrees.
//!
//! Where each part comes from, and under which licence, is said in `data/basemap/SOURCES.md`. Borders are drawn from
//! [`Basemap::borders`], never from the outlines of areas: there each border stands once, so that dashes and
//! translucent strokes do not double. Geometry is decoded the first time it is asked for and kept.

mod areas;
mod container;
mod corridor;

use std::sync::{Arc, LazyLock};

use geo::{LineString, MultiPolygon, Rect};

use areas::Layer;
pub use container::BasemapError;
use container::{Container, Header, meets};

static LAND: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/basemap.bin"));
static WATER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/water.bin"));

/// A country, a province or a disputed area. Texts are empty where the source has none.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its name in English.
    pub name: &'static str,
    /// Its name in Arabic (the Middle East and its surroundings).
    pub name_ar: &'static str,
    /// ISO 3166-1 alpha-2 for a country, ISO 3166-2 for a province.
    pub iso: &'static str,
    /// OCHA P-code, e.g. `SY07` (governorates of Syria).
    pub pcode: &'static str,
    /// Natural Earth's code of a province.
    pub natural_earth: &'static str,
    /// ISO 3166-1 alpha-2 of the country that a province lies in.
    pub country: &'static str,
    /// Empty for an undisputed country; else `disputed`, `occupied`, `buffer zone`, `base area` or `leased`.
    pub status: &'static str,
    /// Who holds a disputed area (ISO 3166-1 alpha-2).
    pub held_by: &'static str,
    /// Who claims it (ISO 3166-1 alpha-2, several separated by spaces).
    pub claimed_by: &'static str,
    /// Its extent.
    pub bbox: Rect,
    /// Its polygons: exteriors counter-clockwise, holes clockwise.
    pub geometry: Arc<MultiPolygon>,
}

/// What a border divides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BorderClass {
    /// Land and sea.
    Coast,
    /// Two countries, by a border that the source holds settled.
    Land,
    /// Two countries or areas, by a line that is disputed, indefinite, claimed, or one of control: drawn dashed.
    Disputed,
    /// Two provinces of one country.
    Admin1,
    /// A zone within a country, such as that of UNDOF, and the rest of it.
    Zone,
}

/// Lines of one class between the same two countries.
#[derive(Clone, Debug)]
pub struct Border {
    /// What it divides.
    pub class: BorderClass,
    /// For a disputed border: `line of control`, `claim`, `indefinite`, `disputed` or `breakaway`.
    pub status: &'static str,
    /// Its name, e.g. `Ceasefire line 1974`; often empty.
    pub name: &'static str,
    /// ISO codes (or the names of disputed units) on its sides, separated by a space.
    pub units: &'static str,
    /// The lines whose boxes meet the box asked for; not cut at it.
    pub lines: Vec<LineString>,
}

/// A river or a lake.
#[derive(Clone, Debug)]
pub struct Water<G> {
    /// Its name in English; empty for nameless ones.
    pub name: &'static str,
    /// Its name in Arabic; often empty.
    pub name_ar: &'static str,
    /// Importance: 1 (Euphrates, Lake Van) to 6 (seasonal streams, ponds).
    pub rank: u8,
    /// The line or the polygons.
    pub geometry: G,
}

/// Countries, provinces, borders, rivers and lakes.
#[derive(Default)]
pub struct Basemap {
    land: Container,
    water: Container,
    countries: Layer,
    admin1: Layer,
    disputed: Layer,
}

impl Basemap {
    /// The basemap that is part of the program; opened once, in under a millisecond.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Basemap> = LazyLock::new(|| {
            // The bytes are made by build.rs with this very version; the test `every_feature_decodes` reads them all.
            Basemap::open(LAND, WATER).expect("the compiled basemap is well-formed")
        });
        &EMBEDDED
    }

    /// Opens compiled data: areas and borders, rivers and lakes.
    pub fn open(land: &'static [u8], water: &'static [u8]) -> Result<Self, BasemapError> {
        let (land, water) = (Container::open(land)?, Container::open(water)?);
        let [countries, admin1, disputed] =
            ["countries", "admin1", "areas"].map(|n| Layer::new(n, &land));
        Ok(Self {
            land,
            water,
            countries,
            admin1,
            disputed,
        })
    }

    /// Countries, and areas that belong to none undisputedly, whose box meets `bbox`: together they cover the land.
    pub fn countries(&self, bbox: Rect) -> Vec<Area> {
        self.areas(&self.countries, bbox)
    }

    /// Provinces (first-order divisions) whose box meets `bbox`.
    pub fn admin1(&self, bbox: Rect) -> Vec<Area> {
        self.areas(&self.admin1, bbox)
    }

    /// Disputed and occupied areas and buffer zones, with who holds and who claims them.
    pub fn disputed_areas(&self, bbox: Rect) -> Vec<Area> {
        self.areas(&self.disputed, bbox)
    }

    /// All land near `bbox`, to be filled as *one* path, which shows no seams between neighbours. As a geometry it is
    /// not valid: neighbours share edges.
    pub fn land(&self, bbox: Rect) -> MultiPolygon {
        let areas = self.countries(bbox);
        areas
            .iter()
            .flat_map(|a| a.geometry.0.iter())
            .filter(|p| polygon_meets(p, bbox))
            .cloned()
            .collect()
    }

    /// Borders near `bbox`, each line once; in the order of their classes.
    pub fn borders(&self, bbox: Rect) -> Vec<Border> {
        let mut out = Vec::new();
        for header in self
            .land
            .layer("borders")
            .iter()
            .filter(|h| meets(h.bbox, bbox))
        {
            let lines = self.land.lines(header, bbox).unwrap_or_default();
            if lines.is_empty() {
                continue;
            }
            let text = |key| self.land.property(header, key);
            let class = match text("class") {
                "coast" => BorderClass::Coast,
                "land" => BorderClass::Land,
                "admin1" => BorderClass::Admin1,
                "overlay" => BorderClass::Zone,
                _ => BorderClass::Disputed,
            };
            out.push(Border {
                class,
                status: text("status"),
                name: text("name"),
                units: text("units"),
                lines,
            });
        }
        for header in self
            .land
            .layer("claims")
            .iter()
            .filter(|h| meets(h.bbox, bbox))
        {
            let lines = self.land.lines(header, bbox).unwrap_or_default();
            let text = |key| self.land.property(header, key);
            if !lines.is_empty() {
                let class = BorderClass::Disputed;
                out.push(Border {
                    class,
                    status: "claim",
                    name: text("name"),
                    units: text("units"),
                    lines,
                });
            }
        }
        out.sort_by_key(|b| b.class);
        out
    }

    /// Rivers near `bbox`; the lines whose boxes meet it, not cut at it.
    pub fn rivers(&self, bbox: Rect) -> Vec<Water<Vec<LineString>>> {
        let near = self
            .water
            .layer("rivers")
            .iter()
            .filter(|h| meets(h.bbox, bbox));
        near.map(|h| self.named(h, self.water.lines(h, bbox).unwrap_or_default()))
            .filter(|river| !river.geometry.is_empty())
            .collect()
    }

    /// Lakes and reservoirs near `bbox`.
    pub fn lakes(&self, bbox: Rect) -> Vec<Water<MultiPolygon>> {
        let near = self
            .water
            .layer("lakes")
            .iter()
            .filter(|h| meets(h.bbox, bbox));
        near.map(|h| {
            self.named(
                h,
                self.water
                    .polygons(h)
                    .unwrap_or_else(|_| MultiPolygon::empty()),
            )
        })
        .collect()
    }

    fn named<G>(&self, header: &Header, geometry: G) -> Water<G> {
        let text = |key| self.water.property(header, key);
        Water {
            name: text("name"),
            name_ar: text("name_ar"),
            rank: text("rank").parse().unwrap_or(6),
            geometry,
        }
    }
}

fn polygon_meets(polygon: &geo::Polygon, bbox: Rect) -> bool {
    use geo::BoundingRect;
    polygon.bounding_rect().is_some_and(|b| meets(b, bbox))
}

#[cfg(test)]
mod tests;
