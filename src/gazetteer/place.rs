//! Handles of places and admin areas: what the compiled rows say, in the words of the domain.

use std::fmt;

use geo::{Distance, Haversine, Point};

use super::compiled::{AdminText, PlaceText};
use super::index::Gazetteer;
use super::kind::PlaceKind;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'g> {
    /// A point.
    Place(Place<'g>),
    /// A country, governorate or district.
    Area(AdminArea<'g>),
}

impl<'g> Target<'g> {
    /// Preferred name.
    pub fn name(&self) -> &'g str {
        match self {
            Target::Place(place) => place.name(),
            Target::Area(area) => area.name(),
        }
    }

    /// ISO 3166-1 alpha-2 code of the country.
    pub fn country(&self) -> [u8; 2] {
        match self {
            Target::Place(place) => place.country_code(),
            Target::Area(area) => area.country_code(),
        }
    }
}

impl fmt::Display for Target<'_> {
    /// "Hama, city, Hama governorate, SY"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Place(place) => {
                write!(f, "{}, {}", place.name(), place.kind())?;
                if let Some(area) = place.admin1() {
                    write!(f, ", {}", area.title())?;
                }
                write!(f, ", {}", place.country())
            }
            Target::Area(area) if area.level() == 0 => f.write_str(area.name()),
            Target::Area(area) => write!(f, "{}, {}", area.title(), area.country()),
        }
    }
}

/// A place of the gazetteer.
#[derive(Clone, Copy)]
pub struct Place<'g> {
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) index: u32,
}

impl<'g> Place<'g> {
    /// Id in the source, e.g. `gn:169389` for GeoNames.
    pub fn id(&self) -> &'g str {
        self.gazetteer.data.place_text(self.index, PlaceText::Id)
    }

    /// Preferred name in Latin letters.
    pub fn name(&self) -> &'g str {
        self.gazetteer.data.place_text(self.index, PlaceText::Name)
    }

    /// First Arabic name.
    pub fn name_arabic(&self) -> Option<&'g str> {
        Some(
            self.gazetteer
                .data
                .place_text(self.index, PlaceText::Arabic),
        )
        .filter(|name| !name.is_empty())
    }

    /// Every name, the preferred one first.
    pub fn names(&self) -> impl Iterator<Item = &'g str> + use<'g> {
        self.gazetteer
            .data
            .place_text(self.index, PlaceText::All)
            .split('|')
    }

    /// What kind of place it is.
    pub fn kind(&self) -> PlaceKind {
        self.gazetteer.data.place_kind(self.index)
    }

    /// How far it reaches from its point in kilometres, if it is too wide for a dot: a mountain, a plain, a river.
    pub fn reach_km(&self) -> Option<f64> {
        let by_kind = self.kind().reach_km()?;
        match self.gazetteer.data.place_radius(self.index) {
            0 => Some(by_kind),
            metres => Some(f64::from(metres) / 1000.0),
        }
    }

    /// How many of the gazetteers that this one was made of have it: 1 if it was made of one.
    pub fn layers(&self) -> u8 {
        self.gazetteer.data.place_layers(self.index)
    }

    /// The reach that its row gives, in kilometres; 0 if it gives none.
    pub(super) fn own_radius_km(&self) -> f64 {
        f64::from(self.gazetteer.data.place_radius(self.index)) / 1000.0
    }

    /// Inhabitants, if known.
    pub fn population(&self) -> Option<u32> {
        Some(self.gazetteer.data.place_population(self.index)).filter(|people| *people > 0)
    }

    /// First-order area it lies in, if known.
    pub fn admin1(&self) -> Option<AdminArea<'g>> {
        self.admin(1)
    }

    /// Second-order area it lies in, if known.
    pub fn admin2(&self) -> Option<AdminArea<'g>> {
        self.admin(2)
    }

    fn admin(&self, level: u8) -> Option<AdminArea<'g>> {
        let index = self.gazetteer.data.place_admin(self.index, level)?;
        Some(AdminArea {
            gazetteer: self.gazetteer,
            index,
        })
    }

    /// ISO 3166-1 alpha-2 code of its country, as bytes.
    pub fn country_code(&self) -> [u8; 2] {
        self.gazetteer.data.place_country(self.index)
    }

    /// ISO 3166-1 alpha-2 code of its country.
    pub fn country(&self) -> String {
        code_text(self.country_code())
    }

    /// WGS 84 longitude and latitude.
    pub fn point(&self) -> Point {
        let [lon, lat] = self.gazetteer.data.place_point(self.index);
        Point::new(lon, lat)
    }
}

/// A country, governorate or district of the gazetteer.
#[derive(Clone, Copy)]
pub struct AdminArea<'g> {
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) index: u32,
}

impl<'g> AdminArea<'g> {
    /// Id in the source.
    pub fn id(&self) -> &'g str {
        self.text(AdminText::Id)
    }

    /// Preferred name in Latin letters.
    pub fn name(&self) -> &'g str {
        self.text(AdminText::Name)
    }

    /// Arabic name.
    pub fn name_arabic(&self) -> Option<&'g str> {
        Some(self.text(AdminText::Arabic)).filter(|name| !name.is_empty())
    }

    /// Every name, the preferred one first.
    pub fn names(&self) -> impl Iterator<Item = &'g str> + use<'g> {
        self.text(AdminText::All).split('|')
    }

    /// 0 country, 1 governorate or province, 2 district.
    pub fn level(&self) -> u8 {
        self.gazetteer.data.admin_level(self.index)
    }

    /// OCHA P-code, or ISO 3166-2 code where OCHA has none: what its geometry goes by.
    pub fn pcode(&self) -> Option<&'g str> {
        Some(self.text(AdminText::Pcode)).filter(|code| !code.is_empty())
    }

    /// The area it is part of.
    pub fn parent(&self) -> Option<AdminArea<'g>> {
        let index = self.gazetteer.data.admin_parent(self.index)?;
        Some(AdminArea {
            gazetteer: self.gazetteer,
            index,
        })
    }

    /// ISO 3166-1 alpha-2 code of its country, as bytes.
    pub fn country_code(&self) -> [u8; 2] {
        self.gazetteer.data.admin_country(self.index)
    }

    /// ISO 3166-1 alpha-2 code of its country.
    pub fn country(&self) -> String {
        code_text(self.country_code())
    }

    /// Its middle (WGS 84) and how far it reaches, in kilometres: for when its geometry is not at hand.
    pub fn disc(&self) -> Option<(Point, f64)> {
        let ([lon, lat], metres) = self.gazetteer.data.admin_disc(self.index)?;
        Some((Point::new(lon, lat), f64::from(metres) / 1000.0))
    }

    /// Its name with the word for its level: "Idlib governorate", "Hatay province", "Afrin district", "Syria".
    pub fn title(&self) -> String {
        let word = match (self.level(), &self.country_code()) {
            (1, b"SY" | b"IQ" | b"LB" | b"JO" | b"EG" | b"YE") => "governorate",
            (1, b"TR" | b"IR" | b"SA") => "province",
            (1, b"UA") if self.name() != "Crimea" => "oblast",
            (1, b"SD" | b"SS") => "state",
            (2, _) => "district",
            _ => return self.name().to_owned(),
        };
        match super::words::without_admin_word(self.name()) {
            Some(_) => self.name().to_owned(),
            None => format!("{} {word}", self.name()),
        }
    }

    /// Whether it is `other` or lies in it.
    pub fn is_within(&self, other: AdminArea<'_>) -> bool {
        // Three levels: two steps up at most.
        let up = self.parent();
        let top = up.and_then(|area| area.parent());
        [Some(*self), up, top]
            .into_iter()
            .flatten()
            .any(|area| area.index == other.index)
    }

    /// Whether a place lies in it, as far as the gazetteer knows: a place without a district lies in the district whose
    /// middle is near.
    pub fn holds(&self, place: &Place<'_>) -> bool {
        if place.country_code() != self.country_code() {
            return false;
        }
        let own = if self.level() == 2 {
            place.admin2()
        } else {
            place.admin1()
        };
        match own {
            Some(own) => own.is_within(*self),
            None if place.admin1().is_some_and(|own| !self.is_within(own)) => false,
            None => self.disc().is_none_or(|(middle, radius_km)| {
                self.level() == 0 || Haversine.distance(middle, place.point()) <= radius_km * 1500.0
            }),
        }
    }

    fn text(&self, which: AdminText) -> &'g str {
        self.gazetteer.data.admin_text(self.index, which)
    }
}

fn code_text(code: [u8; 2]) -> String {
    code.iter().map(|letter| char::from(*letter)).collect()
}

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.gazetteer, other.gazetteer) && self.index == other.index
    }
}

impl Eq for Place<'_> {}

impl PartialEq for AdminArea<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.gazetteer, other.gazetteer) && self.index == other.index
    }
}

impl Eq for AdminArea<'_> {}

impl fmt::Debug for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, {})", self.name(), self.kind(), self.id())
    }
}

impl fmt::Debug for AdminArea<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.title(), self.id())
    }
}
