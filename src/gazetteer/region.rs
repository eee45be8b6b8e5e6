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

/// The ground of a match.
#[derive(Clone, Debug, PartialEq)]
pub enum Ground<'g> {
    /// A settlement or site.
    Point(Place<'g>),
    /// One or several stretches of ground; it is somewhere in them.
    Parts(Vec<Part<'g>>),
}

/// A stretch of ground.
#[derive(Clone, Copy, Debug, PartialEq)]
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
            Part::Around { radius_km, .. } if *radius_km <= BORDER_KM => Precision::Near,
            Part::Around { .. } | Part::Border { .. } => Precision::Fuzzy,
        }
    }

    /// Its middle, WGS 84, if the gazetteer knows it.
    pub fn centre(&self) -> Option<Point> {
        match self {
            Part::Whole(area) => area.disc().map(|(centre, _)| centre),
            Part::Around { centre, .. } => Some(*centre),
            Part::Border { .. } => None,
        }
    }

    fn country(&self) -> String {
        match self {
            Part::Whole(area) | Part::Border { own: area, .. } => area.country(),
            Part::Around {
                what: Target::Place(place),
                ..
            } => place.country(),
            Part::Around {
                what: Target::Area(area),
                ..
            } => area.country(),
        }
    }

    fn admin1(&self) -> Option<AdminArea<'g>> {
        let area = match self {
            Part::Whole(area)
            | Part::Around {
                what: Target::Area(area),
                ..
            } => *area,
            Part::Around {
                what: Target::Place(place),
                ..
            } => return place.admin1(),
            Part::Border { .. } => return None,
        };
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
