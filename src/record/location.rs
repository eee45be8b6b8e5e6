//! Where a record was placed, and how exactly that is known.

use std::sync::Arc;

use geo::{MultiPolygon, Point};

use super::{Phrase, Precision};

/// The ground that a location may be on.
#[derive(Clone, Debug, PartialEq)]
pub enum Footprint {
    /// Known to the settlement: WGS 84 longitude and latitude.
    Point(Point),
    /// Somewhere within [`Location::radius_km`] of this point.
    Disc(Point),
    /// Somewhere in this area.
    Area(Arc<MultiPolygon>),
}

/// A placed record's place.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// Preferred name of the place or region.
    pub name: Phrase,
    /// Name of the first-order administrative area it lies in.
    pub admin1: Option<Phrase>,
    /// ISO 3166-1 alpha-2 code of the country it lies in.
    pub country: Option<Phrase>,
    /// How exactly it is known.
    pub precision: Precision,
    /// The truth lies within this distance of the footprint's centre, in kilometres.
    pub radius_km: f64,
    /// The ground it may be on.
    pub footprint: Footprint,
    /// Why this place: a short sentence for a person who has to defend it.
    pub basis: Phrase,
    /// How sure the match is, 0..=1; 1 for coordinates given by the coder.
    pub score: f64,
}
