//! A phrase for a place, and where that is.

use std::ops::Range;

use geo::{Contains, Distance, Haversine, Point};

use crate::layer::centre;
use crate::record::{Footprint, Location, Precision};

/// A phrase for a place, and where that is.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Spot {
    pub tokens: Range<usize>,
    /// The name within the phrase.
    pub core: Range<usize>,
    pub phrase: String,
    pub location: Location,
    /// Name of the area that the text puts it in, if it does.
    pub within: Option<Box<Spot>>,
    /// Behind "from".
    pub from: bool,
    /// Said to be where something is: "in", "at", the object of a verb, a heading.
    pub framed: bool,
    /// The gazetteer does not have it.
    pub unknown: bool,
    /// The governorate of the name, if it is that of a settlement too: reports mean either.
    pub wide: Option<Location>,
    /// The name of a part that the gazetteer does not have: "Majengo" of "the Majengo quarter of Goma".
    pub part: Option<String>,
}

impl Spot {
    /// A place that a line or a heading names.
    pub fn named(tokens: Range<usize>, phrase: String, location: Location) -> Spot {
        Spot {
            core: tokens.clone(),
            tokens,
            phrase,
            location,
            within: None,
            from: false,
            framed: true,
            unknown: false,
            wide: None,
            part: None,
        }
    }

    /// A part that nobody knows the place of, of a town: "Afrin city (Rajo Street)"; else what is in an area.
    pub fn in_town(&self, town: &Spot) -> Spot {
        if town.location.precision >= Precision::Governorate || town.unknown || town.part.is_some()
        {
            return Spot {
                within: Some(Box::new(town.clone())),
                ..self.clone()
            };
        }
        Spot {
            phrase: format!("{} ({})", town.phrase, self.phrase),
            location: town.location.clone(),
            within: town.within.clone(),
            unknown: false,
            wide: None,
            part: Some(self.phrase.clone()),
            ..self.clone()
        }
    }

    /// Whether it is a street or a square that the gazetteer does not have.
    pub fn is_street(&self) -> bool {
        let last = self.phrase.rsplit(' ').next().unwrap_or_default();
        self.unknown
            && self.within.is_none()
            && matches!(
                last.to_lowercase().as_str(),
                "street" | "square" | "roundabout" | "bridge" | "junction"
            )
    }

    /// Whether it is an area as its name says, though the gazetteer does not have it: "Chin State".
    pub fn is_unknown_area(&self) -> bool {
        self.unknown && names_area(&self.phrase)
    }

    pub fn is_country(&self) -> bool {
        self.location.precision >= Precision::Country && !self.unknown
    }

    /// Kilometres between the middles of two.
    pub fn distance_km(&self, other: &Spot) -> f64 {
        Haversine.distance(centre(&self.location), centre(&other.location)) / 1000.0
    }

    /// Whether the other lies in it.
    pub fn covers(&self, other: &Spot) -> bool {
        let over = |wide: &Location| covers(wide, &other.location);
        !self.unknown
            && !other.unknown
            && (over(&self.location) || self.wide.as_ref().is_some_and(over))
    }

    /// Whether both may be one place.
    pub fn agrees(&self, other: &Spot) -> bool {
        if self.part.is_some() && other.part.is_some() && self.part != other.part {
            return false;
        }
        // "Masisi (Bweru)", told again as Bweru
        let is_part = |a: &Spot, b: &Spot| a.part.is_some() && a.part.as_ref() == Some(&b.phrase);
        if is_part(self, other) || is_part(other, self) {
            return true;
        }
        if self.phrase == other.phrase || self.location.name == other.location.name {
            return true;
        }
        // "the road near Kafra" is not Yaroun, however near.
        let narrow = |spot: &Spot| spot.location.radius_km <= 12.0 && spot.wide.is_none();
        if narrow(self) && narrow(other) && !self.shares_a_name(other) {
            return false;
        }
        self.location.name == other.location.name
            || !(self.unknown || other.unknown) && self.near_or_in(other)
    }

    fn shares_a_name(&self, other: &Spot) -> bool {
        let names = |spot: &Spot| -> Vec<String> {
            spot.phrase
                .split([' ', '-', '(', ')', ','])
                .filter(|word| word.len() > 2 && word.starts_with(char::is_uppercase))
                .map(str::to_lowercase)
                .collect()
        };
        let theirs = names(other);
        theirs.is_empty() || names(self).iter().any(|name| theirs.contains(name))
    }

    fn near_or_in(&self, other: &Spot) -> bool {
        // Two settlements are two places, however near.
        let exact =
            |spot: &Spot| spot.location.precision == Precision::Exact && spot.wide.is_none();
        if exact(self) && exact(other) {
            return self.distance_km(other) < 1.0;
        }
        // "the edge of X" is not Y, a village beside it.
        let small = |spot: &Spot| spot.location.radius_km <= 10.0 && spot.wide.is_none();
        if small(self) && small(other) && self.location.name != other.location.name {
            return self.distance_km(other) < 1.5;
        }
        self.covers(other)
            || other.covers(self)
            || self.distance_km(other) < 6.0_f64.max(self.reach().min(other.reach()) * 0.5)
    }

    fn reach(&self) -> f64 {
        self.location.radius_km
    }

    /// How vaguely it is known: less is finer.
    pub fn vagueness(&self) -> f64 {
        if self.is_unknown_area() {
            150.0
        } else if self.unknown {
            1.0
        } else {
            self.location.radius_km
        }
    }
}

/// Whether the middle of one lies in the other, which is wider.
pub(in crate::extract) fn covers(wide: &Location, narrow: &Location) -> bool {
    if narrow.radius_km > wide.radius_km * 1.05 {
        return false;
    }
    let middle = centre(narrow);
    match &wide.footprint {
        Footprint::Point(_) => false,
        Footprint::Disc(at) => {
            wide.radius_km > 5.0 && Haversine.distance(*at, middle) / 1000.0 <= wide.radius_km
        }
        Footprint::Area(area) => area.contains(&middle) || near_area(area, middle),
    }
}

/// Outlines are drawn roughly: a border town may lie just outside.
fn near_area(area: &geo::MultiPolygon, point: Point) -> bool {
    const STEP: f64 = 0.05;
    [(-STEP, 0.0), (STEP, 0.0), (0.0, STEP), (0.0, -STEP)]
        .iter()
        .any(|(dx, dy)| area.contains(&Point::new(point.x() + dx, point.y() + dy)))
}

/// Whether a name is that of a wide area: "Sagaing Region", "Djugu territory".
pub(in crate::extract) fn names_area(phrase: &str) -> bool {
    let last = phrase.rsplit(' ').next().unwrap_or_default();
    matches!(
        last.to_lowercase().as_str(),
        "state"
            | "states"
            | "region"
            | "province"
            | "governorate"
            | "oblast"
            | "territory"
            | "prefecture"
    )
}

/// The name of the admin area of a spot.
pub(in crate::extract) fn area_name(spot: &Spot) -> String {
    let Location { name, admin1, .. } = &spot.location;
    admin1.as_ref().unwrap_or(name).to_string()
}
