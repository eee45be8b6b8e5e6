//! Outlines of admin areas that a gazetteer brings along: packed by `gazetteer import --boundaries`, read in place.
//!
//! | part | size |
//! |---|---|
//! | count | u32 |
//! | areas | 28 bytes each: u32 index of the admin area, i32 west, south, east, north (micro-degrees), u32 offset and u32 length of the shape |
//! | shapes | numbers of 7 bits a byte, the lowest first: polygons; for each its rings; for each its corners (the closing one left out), then longitude and latitude of each corner as the zigzag difference from the one before, in micro-degrees |
//!
//! A corner is good to 0.1 m. Shapes are decoded when first asked for.

use std::sync::{Arc, OnceLock};

use geo::indexed::IntervalTreeMultiPolygon;
use geo::{BoundingRect, Contains, Coord, LineString, MultiPolygon, Point, Polygon, Rect};

use super::compiled::u32_at;
use super::index::Gazetteer;
use super::locate::AdminGeometry;
use super::place::AdminArea;
use crate::ground::basemap::Basemap;

/// Bytes of an area's entry.
const ENTRY: usize = 28;

/// Outlines, the packed form opened.
pub struct Outlines<'g> {
    shapes: &'g [u8],
    areas: Vec<Outline>,
}

struct Outline {
    area: u32,
    level: u8,
    bbox: Rect,
    shape: (usize, usize),
    geometry: OnceLock<Option<Arc<MultiPolygon>>>,
    index: OnceLock<Option<IntervalTreeMultiPolygon<f64>>>,
}

impl<'g> Outlines<'g> {
    /// Those of a gazetteer; none if it has none.
    pub fn of(gazetteer: &'g Gazetteer) -> Outlines<'g> {
        let bytes = gazetteer.outlines();
        let count = u32_at(bytes, 0).unwrap_or_default() as usize;
        let shapes_at = 4 + count.saturating_mul(ENTRY);
        let mut outlines = Outlines {
            shapes: bytes.get(shapes_at..).unwrap_or_default(),
            areas: Vec::new(),
        };
        let entries = bytes.get(4..shapes_at).unwrap_or_default();
        for entry in entries.chunks_exact(ENTRY) {
            let word = |at| u32_at(entry, at).unwrap_or_default();
            let degrees = |at| f64::from(word(at) as i32) / 1e6;
            outlines.areas.push(Outline {
                area: word(0),
                level: gazetteer.data.admin_level(word(0)),
                bbox: Rect::new(
                    Coord {
                        x: degrees(4),
                        y: degrees(8),
                    },
                    Coord {
                        x: degrees(12),
                        y: degrees(16),
                    },
                ),
                shape: (word(20) as usize, word(24) as usize),
                geometry: OnceLock::new(),
                index: OnceLock::new(),
            });
        }
        outlines
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// Index of the admin area with an outline of this level that a point lies in.
    fn at(&self, point: Point, level: u8) -> Option<u32> {
        let within = |outline: &&Outline| {
            let (low, high) = (outline.bbox.min(), outline.bbox.max());
            outline.level == level
                && (low.x..=high.x).contains(&point.x())
                && (low.y..=high.y).contains(&point.y())
                && outline
                    .index
                    .get_or_init(|| Some(IntervalTreeMultiPolygon::new(&*self.geometry(outline)?)))
                    .as_ref()
                    .is_some_and(|shape| shape.contains(&point))
        };
        self.areas.iter().find(within).map(|outline| outline.area)
    }

    /// The outline of the admin area with this index.
    pub(super) fn shape(&self, area: u32) -> Option<Arc<MultiPolygon>> {
        self.geometry(self.areas.iter().find(|outline| outline.area == area)?)
    }

    /// The admin areas that have an outline, by index.
    pub(super) fn areas(&self) -> impl Iterator<Item = u32> {
        self.areas.iter().map(|outline| outline.area)
    }

    fn geometry(&self, outline: &Outline) -> Option<Arc<MultiPolygon>> {
        let decode = || {
            let (offset, length) = outline.shape;
            let bytes = self.shapes.get(offset..offset.checked_add(length)?)?;
            Reader { bytes }.polygons().map(Arc::new)
        };
        outline.geometry.get_or_init(decode).clone()
    }
}

/// The outlines of a gazetteer, and the base map's for what it has none of.
pub struct Grounds<'g> {
    gazetteer: &'g Gazetteer,
    outlines: Outlines<'g>,
    basemap: &'g Basemap,
}

impl<'g> Grounds<'g> {
    /// Of a gazetteer and a base map.
    pub fn new(gazetteer: &'g Gazetteer, basemap: &'g Basemap) -> Grounds<'g> {
        Grounds {
            gazetteer,
            outlines: Outlines::of(gazetteer),
            basemap,
        }
    }

    /// The base map.
    pub fn basemap(&self) -> &'g Basemap {
        self.basemap
    }

    /// The area of a level (1: governorate, 2: district) with an outline of the gazetteer's own that a point lies in.
    pub fn admin_at(&self, point: Point, level: u8) -> Option<AdminArea<'g>> {
        let index = self.outlines.at(point, level)?;
        Some(AdminArea {
            gazetteer: self.gazetteer,
            index,
        })
    }
}

impl AdminGeometry for Grounds<'_> {
    fn area(&self, area: &AdminArea<'_>) -> Option<Arc<MultiPolygon>> {
        self.outlines
            .shape(area.index)
            .or_else(|| self.basemap.area(area))
    }

    fn border(
        &self,
        own: &AdminArea<'_>,
        with: &AdminArea<'_>,
        km: f64,
        give_km: f64,
    ) -> Option<Arc<MultiPolygon>> {
        self.basemap.border(own, with, km, give_km)
    }
}

/// Packs outlines, each with the index of its admin area.
pub(super) fn pack(outlines: &[(u32, Arc<MultiPolygon>)]) -> Vec<u8> {
    let mut head = Vec::new();
    let mut shapes = Vec::new();
    let count = outlines.len() as u32;
    head.extend(count.to_le_bytes());
    for (area, shape) in outlines {
        let bbox = shape
            .bounding_rect()
            .unwrap_or(Rect::new((0.0, 0.0), (0.0, 0.0)));
        let offset = shapes.len() as u32;
        put_polygons(shape, &mut shapes);
        head.extend(area.to_le_bytes());
        for degrees in [bbox.min().x, bbox.min().y, bbox.max().x, bbox.max().y] {
            head.extend(micro(degrees).to_le_bytes());
        }
        head.extend(offset.to_le_bytes());
        head.extend((shapes.len() as u32 - offset).to_le_bytes());
    }
    head.extend(shapes);
    head
}

fn micro(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

fn put_polygons(shape: &MultiPolygon, out: &mut Vec<u8>) {
    put(out, shape.0.len() as u64);
    let (mut x, mut y) = (0_i64, 0_i64);
    for polygon in shape {
        put(out, 1 + polygon.interiors().len() as u64);
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            let corners = ring.0.split_last().map_or(&[][..], |(_, corners)| corners);
            put(out, corners.len() as u64);
            for corner in corners {
                let (to_x, to_y) = (i64::from(micro(corner.x)), i64::from(micro(corner.y)));
                put(out, zigzag(to_x - x));
                put(out, zigzag(to_y - y));
                (x, y) = (to_x, to_y);
            }
        }
    }
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

struct Reader<'b> {
    bytes: &'b [u8],
}

impl Reader<'_> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A count of things that take a byte each at least.
    fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.bytes.len()).then_some(count)
    }

    fn difference(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn polygons(&mut self) -> Option<MultiPolygon> {
        let (mut x, mut y) = (0_i64, 0_i64);
        let polygons = self.count()?;
        let mut shape = Vec::with_capacity(polygons);
        for _ in 0..polygons {
            let mut rings = Vec::new();
            for _ in 0..self.count()? {
                let mut ring = Vec::new();
                for _ in 0..self.count()? {
                    x = x.checked_add(self.difference()?)?;
                    y = y.checked_add(self.difference()?)?;
                    ring.push(Coord {
                        x: x as f64 / 1e6,
                        y: y as f64 / 1e6,
                    });
                }
                rings.push(LineString::new(ring));
            }
            let mut rings = rings.into_iter();
            // A polygon closes its rings itself.
            shape.push(Polygon::new(rings.next()?, rings.collect()));
        }
        Some(MultiPolygon::new(shape))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::wkt;

    #[test]
    fn shapes_come_back_as_they_were() {
        let shape: MultiPolygon = wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.),(1. 1.,1. 2.,2. 2.,1. 1.)),((-179.5 -10.25,-179. -10.,-179. -11.,-179.5 -10.25))));
        let mut bytes = Vec::new();
        put_polygons(&shape, &mut bytes);
        assert_eq!(Reader { bytes: &bytes }.polygons(), Some(shape));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = Reader { bytes: &bytes }.polygons();
        }
    }
}
