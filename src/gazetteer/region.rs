//! The ground that a name or phrase stands for, before its outline is looked up.

use geo::Point;

use super::place::{AdminArea, Place, Target};
use crate::record::Precision;

/// "Near X", "outside X": within this of X, in kilometres.
pub const NEAR_KM: f64 = 10.0;
/// "X area", "the countryside around X", "X and surrounding villages": within this of X, in kilometres.
pub const AREA_KM: f64 = 15.0;
/// "The border region of X": within this of X, in kilometres. UCDP's level 2 ends there too.
pub const BORDER_KM: f64 = 25.0;

/// "North of X": from X to this far off, in kilometres.
pub const SIDE_KM: f64 = 25.0;
/// The border between two governorates or districts: within this of it, on both sides, in kilometres.
pub const SEAM_KM: f64 = 25.0;

/// A side of an area or of a place, or its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A direction of the compass in steps of 45 degrees, clockwise from north.
    Compass(u8),
    /// Away from the edges.
    Central,
}

impl Side {
    /// The side between two: north and west is north-west; the second, if they do not go together.
    pub fn and(self, other: Side) -> Side {
        match (self, other) {
            (Side::Compass(a), Side::Compass(b)) if a % 2 == 0 && b % 2 == 0 => {
                match (a.min(b), a.max(b)) {
                    (0, 6) => Side::Compass(7),
                    (low, high) if high - low == 2 => Side::Compass(low + 1),
                    _ => other,
                }
            }
            _ => other,
        }
    }

    /// The bearing in degrees from north.
    pub fn bearing(self) -> Option<f64> {
        match self {
            Side::Compass(step) => Some(f64::from(step) * 45.0),
            Side::Central => None,
        }
    }

    /// "north of", "in the middle of".
    pub fn towards(self) -> String {
        match self {
            Side::Compass(step) => format!("{} of", point(step)),
            Side::Central => "in the middle of".to_owned(),
        }
    }

    /// "northern", "central".
    pub fn adjective(self) -> String {
        match self {
            Side::Compass(step) => format!("{}ern", point(step)),
            Side::Central => "central".to_owned(),
        }
    }
}

/// The point of the compass that is so many times 45 degrees from north.
fn point(step: u8) -> &'static str {
    const POINTS: [&str; 8] = [
        "north",
        "north-east",
        "east",
        "south-east",
        "south",
        "south-west",
        "west",
        "north-west",
    ];
    POINTS[usize::from(step % 8)] // below 8
}

/// The ground of a match.
#[derive(Clone, Debug, PartialEq)]
pub enum Ground<'g> {
    /// A settlement or site.
    Point(Place<'g>),
    /// One or several stretches of ground; it is somewhere in them.
    Parts(Vec<Part<'g>>),
}

/// A stretch of ground.
#[derive(Clone, Debug, PartialEq)]
pub enum Part<'g> {
    /// The whole of a country, governorate or district.
    Whole(AdminArea<'g>),
    /// Within a distance of a point.
    Around {
        /// What stands at the point.
        what: Target<'g>,
        /// WGS 84.
        centre: Point,
        /// In kilometres.
        radius_km: f64,
    },
    /// The ground of one country within [`BORDER_KM`] of its border with another.
    Border {
        /// The country that it is in.
        own: AdminArea<'g>,
        /// The country beyond.
        with: AdminArea<'g>,
    },
    /// The part of an area on one of its sides.
    Side {
        /// The area.
        of: AdminArea<'g>,
        /// Which side.
        side: Side,
        /// Its outer edge only.
        edge: bool,
    },
    /// An area without the town that it is named for: its countryside.
    Less {
        /// The area.
        of: AdminArea<'g>,
        /// The town.
        town: Place<'g>,
    },
    /// The ground on both sides of the border between two areas of one country, within [`SEAM_KM`] of it.
    Seam {
        /// One.
        one: AdminArea<'g>,
        /// The other.
        other: AdminArea<'g>,
    },
    /// What lies in one direction of a place, between two distances.
    Sector {
        /// The place.
        of: Place<'g>,
        /// The direction.
        side: Side,
        /// Nearest and farthest, in kilometres.
        km: (f64, f64),
    },
    /// The ground along a line through places, or between them: within a distance of it.
    Corridor {
        /// Points of the line (WGS 84).
        along: Vec<Point>,
        /// In kilometres.
        half_width_km: f64,
        /// The ground within the line too: between three places and more.
        filled: bool,
        /// Code of the country that it is in.
        country: [u8; 2],
    },
    /// What two parts have in common; the first, if they have nothing.
    Common(Box<Part<'g>>, Box<Part<'g>>),
}

impl<'g> Ground<'g> {
    /// The whole of an admin area.
    pub fn whole(area: AdminArea<'g>) -> Ground<'g> {
        Ground::Parts(vec![Part::Whole(area)])
    }

    /// Within a distance of a point.
    pub fn around(what: Target<'g>, centre: Point, radius_km: f64) -> Ground<'g> {
        Ground::Parts(vec![Part::Around {
            what,
            centre,
            radius_km,
        }])
    }

    /// The stretches it consists of; a point is one that reaches no farther than its precision says.
    pub fn parts(&self) -> Vec<Part<'g>> {
        match self {
            Ground::Point(place) => vec![Part::Around {
                what: Target::Place(*place),
                centre: place.point(),
                radius_km: Precision::Exact.default_radius_km(),
            }],
            Ground::Parts(parts) => parts.clone(),
        }
    }

    /// How exactly the place is known.
    ///
    /// Several governorates or districts of one country have no agreed edge together: [`Precision::Fuzzy`].
    pub fn precision(&self) -> Precision {
        match self {
            Ground::Point(_) => Precision::Exact,
            Ground::Parts(parts) => match parts.as_slice() {
                [part] => part.precision(),
                parts
                    if parts
                        .iter()
                        .any(|part| part.precision() == Precision::Country) =>
                {
                    if self.country().is_some() {
                        Precision::Country
                    } else {
                        Precision::International
                    }
                }
                _ => Precision::Fuzzy,
            },
        }
    }

    /// Whether it is one disc.
    pub fn is_disc(&self) -> bool {
        matches!(self, Ground::Parts(parts) if matches!(parts.as_slice(), [Part::Around { .. }]))
    }

    /// The country, if it is one.
    pub fn country(&self) -> Option<String> {
        one(self.parts().iter().map(|part| Some(part.country())))
    }

    /// The first-order area that all of it is known to lie in. A disc counts as lying where its middle does.
    pub fn admin1(&self) -> Option<AdminArea<'g>> {
        one(self.parts().iter().map(Part::admin1))
    }
}

impl<'g> Part<'g> {
    /// How exactly the place is known.
    pub fn precision(&self) -> Precision {
        match self {
            Part::Whole(area) => match area.level() {
                0 => Precision::Country,
                1 => Precision::Governorate,
                _ => Precision::District,
            },
            Part::Less { of, .. } if of.level() > 0 => Part::Whole(*of).precision(),
            Part::Around { radius_km, .. } if *radius_km <= BORDER_KM => Precision::Near,
            Part::Sector { km: (_, far), .. } if *far <= BORDER_KM => Precision::Near,
            // UCDP codes parts of areas, borders and roads so.
            Part::Around { .. }
            | Part::Border { .. }
            | Part::Side { .. }
            | Part::Less { .. }
            | Part::Seam { .. }
            | Part::Sector { .. }
            | Part::Corridor { .. } => Precision::Fuzzy,
            Part::Common(one, other) => match (one.precision(), other.precision()) {
                (Precision::Near, _) | (_, Precision::Near) => Precision::Near,
                _ => Precision::Fuzzy,
            },
        }
    }

    /// Its middle, WGS 84, if the gazetteer knows it.
    pub fn centre(&self) -> Option<Point> {
        match self {
            Part::Whole(area) => area.disc().map(|(centre, _)| centre),
            Part::Around { centre, .. } => Some(*centre),
            Part::Common(one, other) => one.centre().or_else(|| other.centre()),
            _ => None,
        }
    }

    /// The admin area that all of it lies in, if that is known. A disc lies where its middle does.
    pub fn area(&self) -> Option<AdminArea<'g>> {
        match self {
            Part::Whole(area)
            | Part::Around {
                what: Target::Area(area),
                ..
            }
            | Part::Border { own: area, .. }
            | Part::Side { of: area, .. }
            | Part::Less { of: area, .. } => Some(*area),
            Part::Around {
                what: Target::Place(place),
                ..
            }
            | Part::Sector { of: place, .. } => place.admin1(),
            Part::Seam { one, .. } => one.parent(),
            Part::Corridor { .. } => None,
            Part::Common(one, other) => match (one.area(), other.area()) {
                (Some(one), Some(other)) if other.is_within(one) => Some(other),
                (one, other) => one.or(other),
            },
        }
    }

    fn country(&self) -> String {
        match self {
            Part::Around {
                what: Target::Place(place),
                ..
            }
            | Part::Sector { of: place, .. } => place.country(),
            Part::Corridor { country, .. } => String::from_utf8_lossy(country).into_owned(),
            Part::Common(one, _) => one.country(),
            other => other.area().map(|area| area.country()).unwrap_or_default(),
        }
    }

    fn admin1(&self) -> Option<AdminArea<'g>> {
        let area = self.area()?;
        [Some(area), area.parent()]
            .into_iter()
            .flatten()
            .find(|area| area.level() == 1)
    }
}

/// The value, if all have the same.
fn one<T: PartialEq>(mut values: impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = values.next()??;
    values
        .all(|value| value.as_ref() == Some(&first))
        .then_some(first)
}
