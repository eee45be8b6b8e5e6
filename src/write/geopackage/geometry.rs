//! Geometries as a GeoPackage holds them: a header with their bounds, and ISO well-known binary, little-endian.

use geo::{BoundingRect, Geometry, LineString, MultiPolygon, Polygon};

/// Number of the coordinate reference system: WGS 84.
const SRS: i32 = super::WGS_84;

/// Marks of the header: little-endian, and whether bounds follow.
const PLAIN: u8 = 0b0000_0001;
const BOUNDED: u8 = 0b0000_0011;
/// Length of the header without bounds.
const HEADER: usize = 8;

/// A geometry as the cell of a table. Areas are all of several parts, so that a table has one type.
pub(super) fn blob(shape: &Geometry) -> Vec<u8> {
    let mut bytes = b"GP\0".to_vec();
    match (shape, shape.bounding_rect()) {
        (Geometry::Point(_), _) | (_, None) => {
            bytes.push(PLAIN);
            bytes.extend(SRS.to_le_bytes());
        }
        (_, Some(rect)) => {
            bytes.push(BOUNDED);
            bytes.extend(SRS.to_le_bytes());
            numbers(
                &mut bytes,
                &[rect.min().x, rect.max().x, rect.min().y, rect.max().y],
            );
        }
    }
    match shape {
        Geometry::Point(point) => {
            begin(&mut bytes, 1);
            numbers(&mut bytes, &[point.x(), point.y()]);
        }
        Geometry::LineString(line) => {
            begin(&mut bytes, 2);
            path(&mut bytes, line);
        }
        Geometry::Polygon(polygon) => areas(&mut bytes, std::slice::from_ref(polygon)),
        Geometry::MultiPolygon(MultiPolygon(polygons)) => areas(&mut bytes, polygons),
        // Layers have no others.
        _ => {
            begin(&mut bytes, 7);
            count(&mut bytes, 0);
        }
    }
    bytes
}

/// West, east, south and north of a geometry in a cell.
pub(super) fn bounds(blob: &[u8]) -> Option<[f64; 4]> {
    let number = |at: usize| {
        let bytes = blob.get(at..at + 8)?;
        Some(f64::from_le_bytes(bytes.try_into().ok()?))
    };
    let (header, rest) = (blob.get(..HEADER)?, HEADER);
    if header.get(3) == Some(&BOUNDED) {
        return Some([
            number(rest)?,
            number(rest + 8)?,
            number(rest + 16)?,
            number(rest + 24)?,
        ]);
    }
    // A point: its own position, after byte order and type.
    let (x, y) = (number(rest + 5)?, number(rest + 13)?);
    Some([x, x, y, y])
}

/// Byte order and type.
fn begin(bytes: &mut Vec<u8>, kind: u32) {
    bytes.push(1);
    bytes.extend(kind.to_le_bytes());
}

fn count(bytes: &mut Vec<u8>, number: usize) {
    // No geometry in memory has four thousand million parts.
    bytes.extend((number as u32).to_le_bytes());
}

fn numbers(bytes: &mut Vec<u8>, numbers: &[f64]) {
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

fn path(bytes: &mut Vec<u8>, line: &LineString) {
    count(bytes, line.0.len());
    for at in &line.0 {
        numbers(bytes, &[at.x, at.y]);
    }
}

fn areas(bytes: &mut Vec<u8>, polygons: &[Polygon]) {
    begin(bytes, 6);
    count(bytes, polygons.len());
    for polygon in polygons {
        begin(bytes, 3);
        count(bytes, 1 + polygon.interiors().len());
        path(bytes, polygon.exterior());
        for hole in polygon.interiors() {
            path(bytes, hole);
        }
    }
}

#[cfg(test)]
mod tests {
    use geo::{Point, polygon};

    use super::*;

    #[test]
    fn a_point_is_as_the_standard_has_it() {
        let blob = blob(&Point::new(1.0, 2.0).into());
        let wanted = "4750 00 01 e6100000 01 01000000 000000000000f03f 0000000000000040";
        let hex: String = blob.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, wanted.replace(' ', ""));
        assert_eq!(bounds(&blob), Some([1.0, 1.0, 2.0, 2.0]));
    }

    #[test]
    fn an_area_is_of_several_parts_and_knows_its_bounds() {
        let area = polygon![(x: 1.0, y: 2.0), (x: 4.0, y: 2.0), (x: 4.0, y: 3.0)];
        let blob = blob(&area.into());
        assert_eq!(bounds(&blob), Some([1.0, 4.0, 2.0, 3.0]));
        // Header, bounds, one part of one ring of four corners.
        assert_eq!(blob.len(), 8 + 32 + 9 + 9 + 4 + 4 * 16);
        assert_eq!(blob.get(40..45), Some(&[1, 6, 0, 0, 0][..]));
    }

    #[test]
    fn cells_cut_short_have_no_bounds() {
        let blob = blob(&Point::new(1.0, 2.0).into());
        for length in 0..blob.len() {
            assert_eq!(bounds(&blob[..length]), None, "{length}");
        }
    }
}
