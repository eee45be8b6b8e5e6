//! Where a place lies, for files that do not say: its country and admin areas by outlines; and whether a file has
//! latitude and longitude swapped.

use geo::indexed::IntervalTreeMultiPolygon;
use geo::{BoundingRect, Contains, Point, Rect};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::super::source::PlaceRow;
use super::admins::{Book, Index};
use super::boundaries::{Outline, province};
use super::layer::{Layer, LeftOut, NO_COUNTRY};
use crate::ground::basemap::Basemap;

/// A place this far off the coast or border of the base map is still in the country, in kilometres.
const COAST_KM: f64 = 10.0;
/// So many rows of a file are looked at to tell whether latitude and longitude are swapped.
const SAMPLE: usize = 500;

/// Finds the countries that a file does not say; what lies in none is left out.
pub(super) fn countries(layer: &mut Layer, basemap: &Basemap) {
    layer.places.par_iter_mut().for_each(|spot| {
        if spot.row.country == NO_COUNTRY {
            let point = Point::new(spot.row.lon, spot.row.lat);
            if let Some(&[a @ b'A'..=b'Z', b @ b'A'..=b'Z']) = basemap
                .country_near(point, COAST_KM)
                .map(|area| area.iso.as_bytes())
            {
                spot.row.country = [a, b];
            }
        }
    });
    let places = std::mem::take(&mut layer.places);
    for spot in places {
        if spot.row.country == NO_COUNTRY {
            layer.left_out.push(LeftOut {
                file: spot.row.at.0,
                row: spot.row.at.1,
                name: spot.row.name,
                reason: "lies in no country; say which with a country column or --country"
                    .to_owned(),
            });
        } else {
            layer.places.push(spot);
        }
    }
}

/// What to say if most rows of a file lie far out of their country, but in it with latitude and longitude swapped.
pub(super) fn swapped(layer: &Layer, basemap: &Basemap) -> Option<String> {
    let step = layer.places.len().div_ceil(SAMPLE).max(1);
    let mut outlines: FxHashMap<[u8; 2], Option<(Rect, IntervalTreeMultiPolygon<f64>)>> =
        FxHashMap::default();
    let (mut known, mut wrong, mut first) = (0, 0, None);
    for spot in layer.places.iter().step_by(step) {
        let row = &spot.row;
        let outline = outlines.entry(row.country).or_insert_with(|| {
            let area = basemap.country_by_code(&code(row.country))?;
            Some((
                area.geometry.bounding_rect()?,
                IntervalTreeMultiPolygon::new(&*area.geometry),
            ))
        });
        let Some((bbox, outline)) = outline else {
            continue;
        };
        known += 1;
        let (point, turned) = (Point::new(row.lon, row.lat), Point::new(row.lat, row.lon));
        // Coordinates a little off the outline are no sign of anything.
        let far = |point: Point| {
            let (low, high) = (bbox.min(), bbox.max());
            point.x() < low.x - 1.0
                || point.x() > high.x + 1.0
                || point.y() < low.y - 1.0
                || point.y() > high.y + 1.0
        };
        if (far(point) || !outline.contains(&point))
            && turned.y().abs() <= 90.0
            && outline.contains(&turned)
        {
            wrong += 1;
            first.get_or_insert(row);
        }
    }
    let row = first.filter(|_| wrong * 2 > known)?;
    Some(format!(
        "{}: lat and lon look swapped: row {} ({}) at lat {}, lon {} is not in {}, but is the other way round, as are {wrong} of {known} rows looked at. Swap the columns, e.g. --map lat=…,lon=…",
        layer.label,
        row.at.1,
        row.name,
        row.lat,
        row.lon,
        code(row.country)
    ))
}

/// Fills in the admin areas that no file says, from the user's outlines first, the base map's after. Gives how many.
pub(super) fn admin_areas(
    places: &mut [PlaceRow],
    book: &Book,
    outlines: &[Outline],
    basemap: &Basemap,
) -> usize {
    let shapes: Vec<(u8, Index, Option<Rect>, IntervalTreeMultiPolygon<f64>)> = outlines
        .par_iter()
        .filter_map(|outline| {
            let level = book.rows.get(outline.area)?.level;
            let bbox = outline.shape.bounding_rect();
            Some((
                level,
                outline.area,
                bbox,
                IntervalTreeMultiPolygon::new(&*outline.shape),
            ))
        })
        .collect();
    let at = |point: Point, wanted: u8| {
        let holds = |(level, _, bbox, shape): &&(
            u8,
            Index,
            Option<Rect>,
            IntervalTreeMultiPolygon<f64>,
        )| {
            let near = bbox.is_some_and(|bbox| bbox.contains(&point));
            *level == wanted && near && shape.contains(&point)
        };
        shapes.iter().find(holds).map(|(_, area, ..)| *area)
    };
    let id = |area: Index| {
        book.rows
            .get(area)
            .map(|row| row.id.clone())
            .unwrap_or_default()
    };
    let filled = places.par_iter_mut().map(|place| {
        if !place.admin1.is_empty() && (!place.admin2.is_empty() || shapes.is_empty()) {
            return 0;
        }
        let point = Point::new(place.lon, place.lat);
        let own = |area: &Index| {
            book.rows
                .get(*area)
                .is_some_and(|row| row.country == place.country)
        };
        let second = at(point, 2).filter(own);
        let parent = second
            .and_then(|area| book.rows.get(area))
            .map(|row| row.parent.clone());
        let mut filled = 0;
        if place.admin1.is_empty() {
            let first = parent
                .clone()
                .filter(|parent| parent.len() > 2)
                .or_else(|| at(point, 1).filter(own).map(id))
                .or_else(|| province(point, place.country, book, basemap).map(id));
            if let Some(first) = first {
                place.admin1 = first;
                filled = 1;
            }
        }
        // A district of another governorate than the file says would contradict it.
        if place.admin2.is_empty() && parent.is_some_and(|parent| parent == place.admin1) {
            place.admin2 = second.map(id).unwrap_or_default();
            filled = 1;
        }
        filled
    });
    filled.sum()
}

fn code(country: [u8; 2]) -> String {
    country.iter().map(|byte| char::from(*byte)).collect()
}
