//! A gazetteer → the rows that it was compiled from, to be the last layer of another, or to be exported.

use super::super::index::Gazetteer;
use super::super::place::{AdminArea, Place};
use super::super::source::{AdminRow, PlaceRow};
use super::layer::is_arabic;

/// The row of a place.
pub fn place_row(place: Place<'_>, label: &str) -> PlaceRow {
    let (names_latin, names_arabic) = split(place.names(), place.name());
    let point = place.point();
    PlaceRow {
        id: place.id().to_owned(),
        name: place.name().to_owned(),
        lat: point.y(),
        lon: point.x(),
        kind: place.kind(),
        admin1: place
            .admin1()
            .map(|area| area.id().to_owned())
            .unwrap_or_default(),
        admin2: place
            .admin2()
            .map(|area| area.id().to_owned())
            .unwrap_or_default(),
        country: place.country_code(),
        population: place.population().unwrap_or_default(),
        radius_km: place.own_radius_km(),
        layers: place.layers(),
        names_latin,
        names_arabic,
        at: (label.to_owned(), 0),
    }
}

/// The row of an admin area.
pub fn admin_row(area: AdminArea<'_>, label: &str) -> AdminRow {
    let (names_latin, names_arabic) = split(area.names(), area.name());
    let name_ar = area.name_arabic().unwrap_or_default().to_owned();
    let disc = area.disc();
    AdminRow {
        id: area.id().to_owned(),
        level: area.level(),
        name: area.name().to_owned(),
        names_latin,
        names_arabic: names_arabic
            .into_iter()
            .filter(|name| *name != name_ar)
            .collect(),
        name_ar,
        parent: area
            .parent()
            .map(|parent| parent.id().to_owned())
            .unwrap_or_default(),
        country: area.country_code(),
        pcode: area.pcode().unwrap_or_default().to_owned(),
        centre: disc.map(|(point, _)| (point.y(), point.x())),
        radius_km: disc.map_or(0.0, |(_, radius_km)| radius_km),
        at: (label.to_owned(), 0),
    }
}

/// All places and admin areas of a gazetteer.
pub fn rows(gazetteer: &Gazetteer, label: &str) -> (Vec<AdminRow>, Vec<PlaceRow>) {
    (
        gazetteer
            .admin_areas()
            .map(|area| admin_row(area, label))
            .collect(),
        gazetteer
            .places()
            .map(|place| place_row(place, label))
            .collect(),
    )
}

fn split<'n>(names: impl Iterator<Item = &'n str>, preferred: &str) -> (Vec<String>, Vec<String>) {
    names
        .map(str::to_owned)
        .filter(|name| name != preferred || is_arabic(name))
        .partition(|name| !is_arabic(name))
}
