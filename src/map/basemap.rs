//! The embedded basemap: countries, provinces, borders as lines, rivers and lakes, in WGS 84 degrees.
//!
//! Where each part comes from, and under which licence, is said in `data/basemap/SOURCES.md`. Borders are drawn from
//! [`Basemap::borders`], never from the outlines of areas: there each border stands once, so that dashes and
//! translucent strokes do not double. Geometry is decoded the first time it is asked for and kept.

mod container;

use std::sync::{Arc, LazyLock, OnceLock};

use geo::indexed::IntervalTreeMultiPolygon;
use geo::{Contains, Coord, Distance, Haversine, LineString, MultiPolygon, Point, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::gazetteer::{AdminArea, AdminGeometry};

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

/// The areas of a layer and what was decoded of them so far.
#[derive(Default)]
struct Layer {
    name: &'static str,
    geometry: Vec<OnceLock<Arc<MultiPolygon>>>,
    index: Vec<OnceLock<IntervalTreeMultiPolygon<f64>>>,
    boxes: OnceLock<RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>>,
}

impl Layer {
    fn new(name: &'static str, land: &Container) -> Self {
        let count = land.layer(name).len();
        Self {
            name,
            geometry: vec![OnceLock::new(); count],
            index: (0..count).map(|_| OnceLock::new()).collect(),
            boxes: OnceLock::new(),
        }
    }
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

    /// The province with this ISO 3166-2 code (`SY-ID`), OCHA P-code (`SY07`) or Natural Earth code.
    pub fn admin1_by_code(&self, code: &str) -> Option<Area> {
        self.by_code(&self.admin1, code, &["pcode", "iso", "ne"])
    }

    /// The country with this ISO 3166-1 alpha-2 code (`SY`).
    pub fn country_by_code(&self, iso: &str) -> Option<Area> {
        self.by_code(&self.countries, iso, &["iso"])
    }

    /// The province that a place lies in.
    pub fn admin1_at(&self, place: Point) -> Option<Area> {
        self.at(&self.admin1, place)
    }

    /// The province that a place lies in, or else the nearest one within `km` kilometres: the source's coast is a
    /// kilometre off in places, so that ports lie in its sea.
    pub fn admin1_near(&self, place: Point, km: f64) -> Option<Area> {
        self.at(&self.admin1, place)
            .or_else(|| self.near(&self.admin1, place, km))
    }

    /// The country that a place lies in; a disputed area is returned as itself, with its status.
    pub fn country_at(&self, place: Point) -> Option<Area> {
        self.at(&self.countries, place)
    }

    /// As [`Self::admin1_near`], for countries.
    pub fn country_near(&self, place: Point, km: f64) -> Option<Area> {
        self.at(&self.countries, place)
            .or_else(|| self.near(&self.countries, place, km))
    }

    fn areas(&self, layer: &Layer, bbox: Rect) -> Vec<Area> {
        let headers = self.land.layer(layer.name).iter().enumerate();
        headers
            .filter(|(_, h)| meets(h.bbox, bbox))
            .filter_map(|(i, _)| self.area(layer, i))
            .collect()
    }

    fn area(&self, layer: &Layer, i: usize) -> Option<Area> {
        let header = self.land.layer(layer.name).get(i)?;
        let text = |key| self.land.property(header, key);
        Some(Area {
            name: text("name"),
            name_ar: text("name_ar"),
            iso: text("iso"),
            pcode: text("pcode"),
            natural_earth: text("ne"),
            country: text("country"),
            status: text("status"),
            held_by: text("held_by"),
            claimed_by: text("claimed_by"),
            bbox: header.bbox,
            geometry: Arc::clone(self.geometry(layer, i)?),
        })
    }

    fn geometry<'a>(&'a self, layer: &'a Layer, i: usize) -> Option<&'a Arc<MultiPolygon>> {
        let header = self.land.layer(layer.name).get(i)?;
        let decode = || {
            Arc::new(
                self.land
                    .polygons(header)
                    .unwrap_or_else(|_| MultiPolygon::empty()),
            )
        };
        Some(layer.geometry.get(i)?.get_or_init(decode))
    }

    fn by_code(&self, layer: &Layer, code: &str, keys: &[&str]) -> Option<Area> {
        let headers = self.land.layer(layer.name);
        let has = |h: &Header| keys.iter().any(|k| self.land.property(h, k) == code);
        let found = headers.iter().position(|h| !code.is_empty() && has(h))?;
        self.area(layer, found)
    }

    fn boxes<'a>(
        &'a self,
        layer: &'a Layer,
    ) -> &'a RTree<GeomWithData<Rectangle<[f64; 2]>, usize>> {
        layer.boxes.get_or_init(|| {
            let headers = self.land.layer(layer.name).iter().enumerate();
            let entry = |(i, h): (usize, &Header)| {
                let corners = Rectangle::from_corners(h.bbox.min().into(), h.bbox.max().into());
                GeomWithData::new(corners, i)
            };
            RTree::bulk_load(headers.map(entry).collect())
        })
    }

    fn at(&self, layer: &Layer, place: Point) -> Option<Area> {
        if !(place.x().is_finite() && place.y().is_finite()) {
            return None;
        }
        let tree = self.boxes(layer);
        let candidates = tree
            .locate_all_at_point(&[place.x(), place.y()])
            .map(|b| b.data);
        let holds = |&i: &usize| {
            let (Some(slot), Some(shape)) = (layer.index.get(i), self.geometry(layer, i)) else {
                return false;
            };
            slot.get_or_init(|| IntervalTreeMultiPolygon::new(shape))
                .contains(&place)
        };
        self.area(layer, candidates.filter(holds).min()?)
    }

    fn near(&self, layer: &Layer, place: Point, km: f64) -> Option<Area> {
        if !(place.x().is_finite() && place.y().is_finite() && km.is_finite()) {
            return None;
        }
        let lat = km / 110.0;
        let lon = lat / place.y().to_radians().cos().max(0.02);
        let (low, high) = (
            [place.x() - lon, place.y() - lat],
            [place.x() + lon, place.y() + lat],
        );
        let around = self
            .boxes(layer)
            .locate_in_envelope_intersecting(&AABB::from_corners(low, high));
        let measured =
            around.filter_map(|b| Some((to_outline(place, self.geometry(layer, b.data)?), b.data)));
        let (distance, i) = measured.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
        if distance <= km {
            self.area(layer, i)
        } else {
            None
        }
    }
}

/// Kilometres from a place to the nearest exterior ring, on a plane tangent at the place: good to 1 % within 50 km.
fn to_outline(place: Point, shape: &MultiPolygon) -> f64 {
    let east = Haversine.distance(place, Point::new(place.x() + 0.01, place.y())) * 100.0 / 1000.0;
    let plane = |c: &Coord| ((c.x - place.x()) * east, (c.y - place.y()) * 111.195);
    let lines = shape.0.iter().flat_map(|p| p.exterior().0.windows(2));
    let distance = |edge: &[Coord]| {
        let [a, b] = edge else { return f64::INFINITY };
        let ((ax, ay), (bx, by)) = (plane(a), plane(b));
        let (dx, dy) = (bx - ax, by - ay);
        let length2 = dx * dx + dy * dy;
        let t = if length2 > 0.0 {
            (-(ax * dx + ay * dy) / length2).clamp(0.0, 1.0)
        } else {
            0.0
        };
        (ax + t * dx).hypot(ay + t * dy)
    };
    lines.map(distance).fold(f64::INFINITY, f64::min)
}

fn polygon_meets(polygon: &geo::Polygon, bbox: Rect) -> bool {
    use geo::BoundingRect;
    polygon.bounding_rect().is_some_and(|b| meets(b, bbox))
}

#[cfg(test)]
mod tests;

impl AdminGeometry for Basemap {
    fn area(&self, admin: &AdminArea<'_>) -> Option<Arc<MultiPolygon>> {
        let code = admin.pcode()?;
        match admin.level() {
            0 => self.country_by_code(code),
            1 => self.admin1_by_code(code),
            _ => None,
        }
        .map(|area| area.geometry)
    }
}
