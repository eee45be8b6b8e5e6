//! Areas of the basemap: by code, by place, by extent. Look-ups by place go through an R-tree of boxes, then an interval
//! tree per area, both made when first needed.

use std::sync::{Arc, OnceLock};

use geo::indexed::IntervalTreeMultiPolygon;
use geo::{Contains, Coord, Distance, Haversine, MultiPolygon, Point, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::container::{Container, Header, meets};
use super::{Area, Basemap};
use crate::gazetteer::{AdminArea, AdminGeometry};
use crate::ground::Extent;

/// Pieces smaller than this part of a country's largest are not its mainland.
const SMALL: f64 = 0.05;

/// The areas of a layer and what was decoded of them so far.
#[derive(Default)]
pub(super) struct Layer {
    name: &'static str,
    geometry: Vec<OnceLock<Arc<MultiPolygon>>>,
    index: Vec<OnceLock<IntervalTreeMultiPolygon<f64>>>,
    boxes: OnceLock<RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>>,
}

impl Layer {
    pub fn new(name: &'static str, land: &Container) -> Self {
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
    /// The province with this ISO 3166-2 code (`SY-ID`), OCHA P-code (`SY07`) or Natural Earth code.
    pub fn admin1_by_code(&self, code: &str) -> Option<Area> {
        self.by_code(&self.admin1, code, &["pcode", "iso", "ne"])
    }

    /// The country with this ISO 3166-1 alpha-2 code (`SY`).
    pub fn country_by_code(&self, iso: &str) -> Option<Area> {
        self.by_code(&self.countries, iso, &["iso"])
    }

    /// Around the large pieces of a country (ISO 3166-1 alpha-2): without islands and exclaves far off.
    pub fn mainland(&self, iso: &str) -> Option<Extent> {
        let area = self.country_by_code(iso)?;
        let areas: Vec<f64> = area.geometry.iter().map(geo::Area::unsigned_area).collect();
        let largest = areas.iter().copied().fold(0.0_f64, f64::max);
        let large = area
            .geometry
            .iter()
            .zip(&areas)
            .filter(|(_, a)| **a >= SMALL * largest)
            .map(|(p, _)| p.clone());
        Extent::of_area(&large.collect())
    }

    /// The province that a place lies in.
    pub fn admin1_at(&self, place: Point) -> Option<Area> {
        self.at(&self.admin1, place)
    }

    /// The province that a place lies in, or else the nearest one within `km` kilometres: the source's coast is a
    /// kilometre off in places, so that ports lie in its sea.
    pub fn admin1_near(&self, place: Point, km: f64) -> Option<Area> {
        self.at(&self.admin1, place)
            .or_else(|| self.near(&self.admin1, place, km, |_| true))
    }

    /// The province of `country` (ISO 3166-1 alpha-2) that a place lies in, or else its nearest within `km` kilometres:
    /// for towns on a border that the source has a kilometre off, such as Ayn al-Arab, when the country is known.
    pub fn admin1_in(&self, place: Point, country: &str, km: f64) -> Option<Area> {
        let headers = self.land.layer("admin1");
        let own = |i: usize| {
            headers
                .get(i)
                .is_some_and(|h| self.land.property(h, "country") == country)
        };
        let found = self
            .at(&self.admin1, place)
            .filter(|a| a.country == country);
        found.or_else(|| self.near(&self.admin1, place, km, own))
    }

    /// The country that a place lies in; a disputed area is returned as itself, with its status.
    pub fn country_at(&self, place: Point) -> Option<Area> {
        self.at(&self.countries, place)
    }

    /// As [`Self::admin1_near`], for countries.
    pub fn country_near(&self, place: Point, km: f64) -> Option<Area> {
        self.at(&self.countries, place)
            .or_else(|| self.near(&self.countries, place, km, |_| true))
    }

    pub(super) fn areas(&self, layer: &Layer, bbox: Rect) -> Vec<Area> {
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

    fn near(
        &self,
        layer: &Layer,
        place: Point,
        km: f64,
        wanted: impl Fn(usize) -> bool,
    ) -> Option<Area> {
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
        let measured = around
            .filter(|b| wanted(b.data))
            .filter_map(|b| Some((to_outline(place, self.geometry(layer, b.data)?), b.data)));
        let (distance, i) = measured.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
        if distance <= km {
            self.area(layer, i)
        } else {
            None
        }
    }
}

/// Outlines of countries and provinces; districts have none here.
impl AdminGeometry for Basemap {
    fn area(&self, area: &AdminArea<'_>) -> Option<Arc<MultiPolygon>> {
        let found = match area.level() {
            0 => self.country_by_code(&area.country()),
            1 => self
                .admin1_by_code(area.id())
                .or_else(|| self.admin1_by_code(area.pcode()?)),
            _ => None,
        };
        found.map(|a| a.geometry)
    }

    fn border(
        &self,
        own: &AdminArea<'_>,
        with: &AdminArea<'_>,
        km: f64,
        give_km: f64,
    ) -> Option<Arc<MultiPolygon>> {
        self.border_ground(&own.country(), &with.country(), km, give_km)
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
