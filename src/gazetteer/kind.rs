//! What kind of place a name stands for. Included by the build script too.

use std::fmt;

/// What kind of place a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum PlaceKind {
    /// Seat of a national government.
    Capital = 0,
    /// Seat of a first-order administrative area, or a city of like weight.
    City = 1,
    /// A town: seat of a district or subdistrict.
    Town = 2,
    /// A village.
    Village = 3,
    /// A few houses or farms.
    Hamlet = 4,
    /// A part of a settlement: quarter, suburb.
    Neighbourhood = 5,
    /// A camp of displaced people or refugees.
    Camp = 6,
    /// A border crossing.
    Crossing = 7,
    /// An airport, airbase or other military base.
    Base = 8,
    /// A dam, power station, oil or gas field, factory, silo or other works.
    Works = 9,
    /// A mountain, hill or range.
    Mountain = 10,
    /// A lake, reservoir, river or wadi.
    Water = 11,
    /// A stretch of country with a name and no sharp edge: a plain, a valley, a group of villages.
    Area = 12,
    /// Anything else: a ruin, a monument, a junction.
    Site = 13,
}

impl PlaceKind {
    /// Every kind, in the order of its code.
    pub const ALL: [PlaceKind; 14] = [
        PlaceKind::Capital,
        PlaceKind::City,
        PlaceKind::Town,
        PlaceKind::Village,
        PlaceKind::Hamlet,
        PlaceKind::Neighbourhood,
        PlaceKind::Camp,
        PlaceKind::Crossing,
        PlaceKind::Base,
        PlaceKind::Works,
        PlaceKind::Mountain,
        PlaceKind::Water,
        PlaceKind::Area,
        PlaceKind::Site,
    ];

    /// The kind with this code in the compiled form.
    pub fn from_code(code: u8) -> Option<PlaceKind> {
        PlaceKind::ALL.get(usize::from(code)).copied()
    }

    /// The word for it in `places.csv` and in messages.
    pub fn label(self) -> &'static str {
        match self {
            PlaceKind::Capital => "capital",
            PlaceKind::City => "city",
            PlaceKind::Town => "town",
            PlaceKind::Village => "village",
            PlaceKind::Hamlet => "hamlet",
            PlaceKind::Neighbourhood => "neighbourhood",
            PlaceKind::Camp => "camp",
            PlaceKind::Crossing => "crossing",
            PlaceKind::Base => "base",
            PlaceKind::Works => "works",
            PlaceKind::Mountain => "mountain",
            PlaceKind::Water => "water",
            PlaceKind::Area => "area",
            PlaceKind::Site => "site",
        }
    }

    /// Reads a word of a gazetteer's `kind` column.
    pub fn parse(word: &str) -> Option<PlaceKind> {
        let word = word.trim().to_ascii_lowercase();
        PlaceKind::ALL
            .into_iter()
            .find(|kind| kind.label() == word)
            .or(match word.as_str() {
                "suburb" | "quarter" | "district of a city" => Some(PlaceKind::Neighbourhood),
                "border crossing" | "border" => Some(PlaceKind::Crossing),
                "airport" | "airbase" | "military" => Some(PlaceKind::Base),
                "dam" | "field" | "oil field" | "gas field" | "facility" => Some(PlaceKind::Works),
                "hill" | "mountains" | "range" => Some(PlaceKind::Mountain),
                "lake" | "river" | "reservoir" | "wadi" => Some(PlaceKind::Water),
                "region" | "plain" | "valley" => Some(PlaceKind::Area),
                "ruin" | "ruins" | "junction" | "landmark" => Some(PlaceKind::Site),
                _ => None,
            })
    }

    /// Whether people live there under that name.
    pub fn is_settlement(self) -> bool {
        (self as u8) <= PlaceKind::Camp as u8
    }

    /// Whether the name covers ground too wide for a dot, and if so how far it reaches from its middle, in kilometres.
    ///
    /// The figures are the size of the middling case in the Levant: a named hill range or plain is some 20 km long.
    pub fn reach_km(self) -> Option<f64> {
        match self {
            PlaceKind::Mountain | PlaceKind::Area => Some(15.0),
            PlaceKind::Water => Some(20.0),
            _ => None,
        }
    }

    /// How likely a bare name means a place of this kind: 3 for capitals and cities, 2 for towns, 1 for villages, 0 else.
    pub fn weight(self) -> u8 {
        match self {
            PlaceKind::Capital | PlaceKind::City => 3,
            PlaceKind::Town => 2,
            PlaceKind::Village => 1,
            _ => 0,
        }
    }
}

impl fmt::Display for PlaceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}
