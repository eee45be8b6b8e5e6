//! The layer of places: what is worth a label, the most important first.

use geo::{Distance, Haversine, Point};
use itertools::Itertools;

use super::{Feature, PlaceAttributes, PlaceRole};
use crate::gazetteer::{Gazetteer, Place};

/// The settlement nearest to a point, if one lies within `reach_km`. Of two in one spot, the larger.
pub fn nearest(gazetteer: &Gazetteer, point: Point, reach_km: f64) -> Option<Place<'_>> {
    // A degree of latitude is at least 110.5 km: a cheap first sieve.
    let reach_degrees = reach_km / 110.5;
    gazetteer
        .places()
        .filter(|place| place.kind().is_settlement() && (place.point().y() - point.y()).abs() <= reach_degrees)
        .map(|place| (Haversine.distance(place.point(), point) / 1000.0, place))
        .filter(|(km, _)| *km <= reach_km)
        .min_by(|(a, x), (b, y)| a.total_cmp(b).then(y.population().cmp(&x.population())))
        .map(|(_, place)| place)
}
